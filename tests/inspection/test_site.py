"""What the rules find in pages, styles and scripts of any maker, beyond the examples in tests/rules."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormpack.batch import Built
from scormpack.check.package.site import check_site
from scormpack.check.package.site.subject import Site
from scormpack.inspect import kinds_of
from scormpack.package import Distant, Entry, Package, Unread, read_zip

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Hands</title>'
MANIFEST = """<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xml:base="%s">
<resources xml:base="%s"><resource href="%s" adlcp:scormtype="%s"/></resources></manifest>"""


def package(**files: str | bytes) -> Package:
    """A package of files, whose names have `__` for a stroke and `_` for a point."""
    return of({name.replace("__", "/").replace("_", "."): data for name, data in files.items()})


def of(files: dict[str, str | bytes]) -> Package:
    entries = (Entry(name, data.encode() if isinstance(data, str) else data) for name, data in files.items())
    return Package("a.zip", tuple(entries))


def found(files: Package, *kinds: str) -> list[str]:
    """Place, severity, code and message of every finding."""
    diagnostics = check_site(files, kinds or kinds_of(files))
    return [f"{str(each.place)[6:]} {each.severity} {each.code} {each.message}" for each in diagnostics]


# Our own packages


def test_nothing_is_found_in_packages_of_our_own(every_block: dict[str, Built]) -> None:
    for target, built in every_block.items():
        assert found(read_zip(built.path), target) == []


# Which pages count


def reached(files: Package) -> list[str]:
    return [page.path for page in Site(files).pages]


def test_pages_count_that_are_opened_or_led_to() -> None:
    links = '<a href="b.html">B</a><iframe src="c.html"></iframe><script src="d.js"></script><form action="g.htm">'
    pages = package(
        imsmanifest_xml=MANIFEST % ("", "", "a.html", "sco"),
        a_html=links,
        b_html='<meta http-equiv="refresh" content="3;URL=\'e.html\'">',
        c_html="<script>open('f.html?a=1')</script>",
        d_js='show("h.html"); // nothing.html',
        **{f"{name}_html": "" for name in "efhi"},
        g_htm="",
    )
    assert reached(pages) == ["a.html", "b.html", "c.html", "g.htm", "h.html", "e.html", "f.html"]


@pytest.mark.parametrize(
    ("files", "pages"),
    [
        ({"imsmanifest.xml": MANIFEST % ("a/", "b/", "c%20d.html?e#f", "sco"), "a/b/c d.html": ""}, ["a/b/c d.html"]),
        ({"cmi5.xml": "<a><au><url> a.html </url></au></a>", "a.html": "", "b.html": ""}, ["a.html"]),
        ({"tincan.xml": "<a><launch>a.html</launch></a>", "a.html": "", "b.html": ""}, ["a.html"]),
        ({"index.html": "", "b.html": ""}, ["index.html"]),
        ({"a.html": "", "b.xhtml": "", "c.txt": ""}, ["a.html", "b.xhtml"]),
        ({"imsmanifest.xml": "no XML", "a.html": ""}, ["a.html"]),
        ({"imsmanifest.xml": "", "a.html": ""}, ["a.html"]),
        ({"cmi5.xml": "<url>https://elsewhere.example/</url>", "a.html": ""}, ["a.html"]),
    ],
)
def test_where_a_package_is_opened(files: dict[str, str | bytes], pages: list[str]) -> None:
    assert reached(of(files)) == pages


def test_a_page_that_nothing_leads_to_is_not_judged() -> None:
    pages = package(index_html=HEAD, draft_html="<html><img src='no.png'>")
    assert [each.split()[2] for each in found(pages)] == ["WEB-06"]


# Links


def test_a_base_moves_the_links_of_its_page() -> None:
    pages = package(
        index_html=f'{HEAD}<base href="a/b.html"><img alt="" src="c.png"><img alt="" src="d.png">', a__c_png=""
    )
    assert found(pages) == ["index.html:1 error WEB-01 `d.png` is not in the package"]


def test_a_base_elsewhere_is_told_once() -> None:
    pages = package(
        index_html=f'{HEAD}<base href="https://a.example/"><img alt="" src="c.png"><img alt="" src="d.png">'
    )
    assert found(pages) == ["index.html:1 info WEB-07 asks `a.example` for 2 pictures"]


def test_a_name_in_other_characters_that_look_alike_is_another_file() -> None:
    name, other = (unicodedata.normalize(form, "é.png") for form in ("NFC", "NFD"))
    pages = of({"index.html": f'{HEAD}<img alt="" src="{name}">', other: b""})
    assert found(pages) == [f"index.html:1 error WEB-02 `{name}` is called `{other}` in the package"]


def test_a_name_that_the_zip_does_not_call_utf8_is_found() -> None:
    pages = of({"index.html": f'{HEAD}<img alt="" src="é.png">', "é.png".encode().decode("cp437"): b""})
    assert [each for each in found(pages) if "WEB-06" not in each] == []


def test_a_script_that_has_something_in_its_place_may_be_missing() -> None:
    assert found(package(index_html=f'{HEAD}<script src="a.js" onerror="other()"></script>')) == []


def test_many_links_are_one_finding() -> None:
    pictures = "".join(f'\n<img alt="" src="{number}.png">' for number in range(1000))
    assert found(package(index_html=HEAD + pictures)) == [
        "index.html:2 error WEB-01 `0.png`, `1.png`, `2.png` and 997 more are not in the package"
    ]


def test_a_drawing_that_is_shown_as_a_page_is_asks_for_files_too() -> None:
    drawing = '<svg><style>p { fill: url(#a) url(b.svg#c) }</style><image xlink:href="no.png"/><use href="#d"/></svg>'
    pages = of({"index.html": f'{HEAD}<object data="a/b.svg"></object><img alt="" src="c.svg">'})
    drawings = (Entry("a/b.svg", drawing.encode()), Entry("c.svg", drawing.encode()))
    assert found(Package("a.zip", (*pages.entries, *drawings))) == [
        "a/b.svg:1 error WEB-01 `no.png` is not in the package"
    ]


def test_what_is_the_same_in_many_files_is_told_once() -> None:
    parts = {f"{number}.html": HEAD.replace(' lang="en"', "") + "<p>Words" for number in range(7)}
    links = "".join(f'<a href="{name}">On</a>' for name in parts)
    assert found(of({"index.html": HEAD + links, **parts})) == [
        "0.html:1 warning WEB-24 `html` has no `lang`; and likewise in 6 other files"
    ]


def test_what_is_wrong_is_told_of_each_file() -> None:
    parts = {f"{number}.html": f'{HEAD}<img alt="" src="no.png">' for number in range(7)}
    links = "".join(f'<a href="{name}">On</a>' for name in parts)
    assert found(of({"index.html": HEAD + links, **parts})) == [
        f"{name}:1 error WEB-01 `no.png` is not in the package" for name in parts
    ]


def test_nothing_is_claimed_of_what_is_too_large_to_be_looked_into() -> None:
    pages = package(
        imsmanifest_xml=MANIFEST % ("", "", "a.html", "sco"),
        a_html=f'{HEAD}<script src="b.js"></script>',
        b_js=b"eval(a);" + b" " * 8_000_000,
        c_png=b"",
    )
    assert found(pages) == []


def test_a_film_is_weighed_and_not_read() -> None:
    page = Entry("index.html", f'{HEAD}<video muted src="a.mp4"></video>'.encode())
    film = Distant("a.mp4", 60_000_000, lambda: pytest.fail("it is read"))
    assert found(Package("a.zip", (page, film))) == ["a.mp4 info WEB-12 it has 60 MB"]


def test_nothing_is_claimed_of_what_could_not_be_read() -> None:
    manifest = MANIFEST % ("", "", "a.html", "sco")
    pages = package(imsmanifest_xml=manifest, a_html=f'{HEAD}<script src="b.js"></script>', c_png=b"")
    assert found(Package("a.zip", (*pages.entries, Unread("b.js", 10)))) == []


def test_nothing_is_said_of_scripts_that_no_page_runs() -> None:
    assert found(package(a_js="eval(a)", b_css="")) == []


def test_a_page_of_too_many_tags_is_not_judged() -> None:
    assert found(package(index_html=f"{HEAD}{'<img>' * 300_001}")) == []


def test_a_long_or_strange_name_is_shown_short_and_plain() -> None:
    pages = package(index_html=f'{HEAD}<img alt="" src="{"a" * 500}.png"><img alt="" src="`\x1b[31m&#xD800;">')
    assert found(pages) == [f"index.html:1 error WEB-01 `{'a' * 99}…` and `??[31m\ufffd` are not in the package"]


# Scripts and platforms


def test_nothing_is_claimed_where_a_script_comes_from_elsewhere_or_is_missing() -> None:
    for script in ("https://cdn.example/driver.js", "driver.js"):
        pages = package(
            imsmanifest_xml=MANIFEST % ("", "", "a.html", "sco"), a_html=f'{HEAD}<script src="{script}"></script>'
        )
        assert [each for each in found(pages) if "WEB-2" in each] == []


def test_nothing_is_claimed_where_a_page_that_is_opened_is_missing() -> None:
    resources = "".join(f'<resource href="{name}.html" adlcp:scormtype="sco"/>' for name in "ab")
    manifest = f'<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">{resources}</manifest>'
    assert found(package(imsmanifest_xml=manifest, a_html=HEAD)) == []


def test_numbers_are_no_name_of_a_platform() -> None:
    pages = package(
        imsmanifest_xml=MANIFEST % ("", "", "a.html", "sco"), a_html=f"{HEAD}<script>a = 0.1484; b = 11484</script>"
    )
    assert found(pages) == ["a.html warning WEB-21 no script mentions the platform's API, `API` or `API_1484_11`"]


@pytest.mark.parametrize("kind", ["scorm12", "scorm2004-4th"])
def test_a_word_that_may_be_another_api_is_no_proof(kind: str) -> None:
    pages = package(imsmanifest_xml=MANIFEST % ("", "", "a.html", "sco"), a_html=f'{HEAD}<script>say("API")</script>')
    assert found(pages, kind) == []


def test_a_page_may_say_in_its_tags_that_it_saves_in_time() -> None:
    body = '<body onunload="save()" onpagehide="save()"><script>fetch(endpoint)</script>'
    assert found(package(cmi5_xml="<url>a.html</url>", a_html=HEAD + body)) == []


@pytest.mark.parametrize("language", ["en-GB", "i-default", "FIL"])
def test_a_language(language: str) -> None:
    assert found(package(index_html=HEAD.replace('"en"', f'"{language}"') + "<p>Words")) == []


@pytest.mark.parametrize("language", ["i", "en_GB", "ſv"])
def test_what_is_no_language(language: str) -> None:
    assert found(package(index_html=HEAD.replace('"en"', f'"{language}"') + "<p>Words")) == [
        f"index.html:1 warning WEB-24 `{language}` is no language (BCP 47): compare `en-GB`"
    ]


def test_a_page_that_says_nothing_needs_no_language() -> None:
    blank = "<html><!-- words --><head><script>start()</script></head><body>&nbsp;</body></html>"
    assert found(package(index_html=f'{HEAD}<iframe title="A" src="b.html"></iframe>', b_html=blank)) == []


def test_a_script_that_is_data_is_no_script() -> None:
    assert found(package(index_html=f'{HEAD}<script type="application/json">"eval(1)"; eval(1)</script>')) == []


def test_the_line_of_a_script_is_that_of_its_page() -> None:
    page = f"{HEAD}\n<script>\n\n  eval(a);\n</script>\n<script>eval(b)</script>"
    assert found(package(index_html=page)) == [
        "index.html:4 info WEB-17 makes code from text by `eval` or `new Function`, in 2 places"
    ]


# Encodings


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEAD.encode() + "é".encode("latin-1"), "error WEB-23 says that it is UTF-8 and is not: byte 0xe9 in line 1"),
        (("\ufeff" + HEAD).encode("utf-16-le"), "warning WEB-23 is UTF-16, and a page has to be UTF-8"),
        (HEAD.encode() + b"\0", "warning WEB-23 holds NUL characters, as UTF-16 does, or a file that was damaged"),
        (
            b'<html lang="en"><title>A</title>' + b" " * 1024 + '<meta charset="utf-8">é'.encode(),
            "warning WEB-23 does not say its encoding in its first 1,024 bytes, and has letters that are not ASCII",
        ),
    ],
)
def test_a_page_in_another_encoding(data: bytes, said: str) -> None:
    assert found(package(index_html=data)) == [f"index.html:1 {said}"]


# Anything at all

SIGNS = "<>/!-=\"'`\\ \n()[]{}$:;.,#?%@&aA1é\0"
WORDS = ("<script>", "</script>", "<style>", "url(", "@import ", "src=", "href=", "style=", "<img ", "<a ", "srcset=")
ANYTHING = st.lists(st.one_of(st.sampled_from(WORDS), st.text(SIGNS, max_size=8)), max_size=30).map("".join)


@given(ANYTHING, ANYTHING, ANYTHING, st.binary(max_size=60))
def test_every_file_is_read(page: str, style: str, script: str, data: bytes) -> None:
    """No rule stops at what a stranger wrote."""
    files: dict[str, str | bytes] = {
        "index.html": page,
        "a": page,
        "style.css": style,
        "course.js": script,
        "b.html": data,
        "c.js": data,
    }
    for descriptor in ("imsmanifest.xml", "cmi5.xml", "tincan.xml"):
        names = of({**files, descriptor: data, "d.html": f'<link rel="stylesheet" href="style.css">{page}'})
        assert isinstance(found(names), list)
        assert isinstance(found(names, "scorm12", "scorm2004-3rd", "cmi5", "xapi"), list)
