"""How pages, styles, scripts and links are read: as a browser does, and in one pass."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormpack.check.package.site.address import Address, Way, resolve
from scormpack.check.package.site.charset import words
from scormpack.check.package.site.css import loaded
from scormpack.check.package.site.javascript import code
from scormpack.check.package.site.markup import Tag, tags

# Scripts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a = 'it' + \"is\" // so\nb", "a = '  ' + \"  \"      \nb"),
        ("/* eval() */ b", "             b"),
        ("a /* never closed", "a                "),
        ("'a\\'b' + c", "'    ' + c"),
        ("'never closed\nb", "'            \nb"),
        ("'nor this\\'", "'          "),
        ("'two\\\nlines' + c", "'          ' + c"),
        ("a / b / c", "a / b / c"),
        ("a = /'/g.test(b)", "a =     .test(b)"),
        ("return /'/", "return    "),
        ("a[/[/']/]", "a[      ]"),
        ("(a + b) / c / d", "(a + b) / c / d"),
        ("if (a) /'/.test(b)", "if (a)    .test(b)"),
        ("a++ / b / c", "a++ / b / c"),
        ("x = /[/\nb('c')", "x = /[/\nb(' ')"),
        ("`a ${b + `c ${'d'}`} e` + f", "`    b + `    ' '} }    + f"),
        ("`a ${{b: 1}.b} e`", "`    {b: 1}.b}   "),
        ("`$a ${", "`     "),
        ("", ""),
    ],
)
def test_the_code_of_a_script(text: str, found: str) -> None:
    assert code(text) == found


@given(st.text(alphabet="a'\"`/\\*[](){}$ \n=", max_size=40))
def test_every_position_in_a_script_stays(text: str) -> None:
    assert len(code(text)) == len(text)


# Styles


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("p { background: url(a.png) }", ["a.png"]),
        ("p { background: url( 'a b.png' ) }", ["a b.png"]),
        ('p { background: URL("a.png") }', ["a.png"]),
        ("/* url(a.png) */ p { content: 'url(b.png)' }", []),
        ("p { background: url(a\\ b\\2e png) }", ["a b.png"]),
        ("@namespace svg url(http://www.w3.org/2000/svg); p { background: url(a.png) }", ["a.png"]),
        ("@import 'a.css' screen; @import url(b.css);", ["a.css", "b.css"]),
        ("p { background: image-set('a.png' 1x, url('b.png') 2x); content: 'c' }", ["a.png", "b.png"]),
        ("@font-face { src: local('A'), url(a.woff2) format('woff2') }", ["a.woff2"]),
        (
            "p { background: url(data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>) }",
            ["data:image/svg+xml,<svg"],
        ),
        ("p { background: url(", [""]),
        ("p { content: 'never closed\n; background: url(a.png) }", ["a.png"]),
        ("p { background: url(\\110000 \\d800 a) }", ["\ufffd\ufffda"]),
    ],
)
def test_what_a_style_loads(text: str, links: list[str]) -> None:
    assert [each.link for each in loaded(text)] == links


def test_a_style_that_another_takes_in_is_told_from_its_pictures() -> None:
    assert [each.is_style for each in loaded("@import 'a.css'; p { background: url(b.png) }")] == [True, False]


# Pages


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<A HREF="x&amp;y" href=z>', [Tag("a", {"href": "x&y"}, 0, "", 25)]),
        ("<img src=a/b alt>", [Tag("img", {"src": "a/b", "alt": ""}, 0, "", 17)]),
        ("<img/>", [Tag("img", {}, 0, "", 6)]),
        ("a < b <- c </ > <3", []),
        ("<!-- <img> --><!--><img><!doctype html><?php <svg> ?>", [Tag("img", {}, 19, "", 24)]),
        ("<!-- never <a>", []),
        ('<img title="never closed>', [Tag("img", {}, 0, "", 25)]),
        ("<img", [Tag("img", {}, 0, "", 4)]),
        ("<template><img></template><svg>", [Tag("svg", {}, 26, "", 31)]),
        ("<noscript><img></noscript><svg>", [Tag("svg", {}, 26, "", 31)]),
        ("<p><b>nobody asks</b></p>", []),
    ],
)
def test_the_tags_of_a_page(text: str, found: list[Tag]) -> None:
    assert list(tags(text)) == found


def test_there_are_no_tags_in_a_script() -> None:
    script, image = tags("<script>a = '<img>' + \"</i>\"</SCRIPT ><img>")
    assert (script.text, script.within, image.name) == ("a = '<img>' + \"</i>\"", 8, "img")


def test_a_script_in_xml_may_be_empty() -> None:
    assert [tag.name for tag in tags('<?xml version="1.0"?><script src="a.js"/><svg>')] == ["script", "svg"]
    assert [tag.name for tag in tags('<script src="a.js"/><p>')] == ["script"]


# Links


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("a.png", Address(Way.INSIDE, "part/a.png")),
        (" ./a.png?v=1#b ", Address(Way.INSIDE, "part/a.png")),
        ("../a.png", Address(Way.INSIDE, "a.png")),
        ("..\\a.png", Address(Way.INSIDE, "a.png")),
        ("a%20b%23.png", Address(Way.INSIDE, "part/a b#.png")),
        ("a\n.png", Address(Way.INSIDE, "part/a.png")),
        ("a/", Address(Way.INSIDE, "part/a/")),
        (".", Address(Way.INSIDE, "part/")),
        ("..", Address(Way.INSIDE, "")),
        ("../../a.png", Address(Way.ABOVE)),
        ("/a.png", Address(Way.ROOT)),
        ("file:///a.png", Address(Way.DISK)),
        ("C:/a.png", Address(Way.DISK)),
        ("\\\\server\\a.png", Address(Way.DISK)),
        ("http://localhost/a.png", Address(Way.DISK, host="localhost")),
        ("https://A.example:8080/b", Address(Way.OUTSIDE, host="a.example:8080")),
        ("http://me:secret@a.example", Address(Way.OUTSIDE, host="a.example", is_plain=True)),
        ("//a.example/b", Address(Way.OUTSIDE, host="a.example")),
        ("http:", Address(Way.NOWHERE)),
        ("https://[", Address(Way.OUTSIDE, host="[")),
        *(
            (link, Address(Way.NOWHERE))
            for link in ("", "#a", "?a", "mailto:a@b.example", "javascript:go()", "data:,")
        ),
        *((link, Address(Way.NOWHERE)) for link in ("{{ a }}", "${a}.png", "<%= a %>.png", "about:blank")),
    ],
)
def test_where_a_link_leads(link: str, address: Address) -> None:
    assert resolve(link, "part/") == address


# Encodings


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é".encode(), "é"),
        ("é".encode("latin-1"), "é"),
        (b"\xef\xbb\xbf" + "é".encode(), "é"),
        ("\ufeffé".encode("utf-16-le"), "é"),
        (b"<meta charset=iso-8859-1>\xe9", "<meta charset=iso-8859-1>é"),
        (b"<meta charset=utf-16>\xc3\xa9", "<meta charset=utf-16>é"),
        (b"<!-- <meta charset=iso-8859-5> -->\xc3\xa9", "<!-- <meta charset=iso-8859-5> -->é"),
        (b"<meta charset=hex>\xc3\xa9", "<meta charset=hex>é"),
        (b"<meta charset=utf-8>\xff", "<meta charset=utf-8>\ufffd"),
    ],
)
def test_the_words_of_a_page(data: bytes, text: str) -> None:
    assert words(data).text == text


# Hostile files: each of these would take minutes if anything were read twice for each sign.

MANY = 50_000
CPU = 20  # seconds for all that a reader is given; a few tenths are needed


@pytest.mark.parametrize(
    ("read", "signs"),
    [
        (code, ["(/[", ")/[", ")/a", "(/a", "`${", "\"'", "/*", "//", "a\\", " / "]),
        (tags, ["<a ", '<a x="', "<a x='\">", "<!--", "<title>", "<script>", "<a =", "<a x  ", "<![CDATA[", "<?"]),
        (loaded, ["url(", "url(  ", "url(\\", '"', "/*", "((", "@import ", "image-set("]),
    ],
)
def test_the_time_to_read_grows_with_the_file_alone(read: Callable[[str], Any], signs: list[str]) -> None:
    begin = time.process_time()
    for each in signs:
        for text in (each * MANY, f"{each}{' ' * MANY}", f"{' ' * MANY}{each}"):
            assert sum(1 for _ in read(text)) <= len(text)
    assert time.process_time() - begin < CPU
