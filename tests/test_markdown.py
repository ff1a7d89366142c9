"""Markdown: what works is shown as it is meant, what does not is refused at its line, and nothing stands raw."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from paths import EVERY_BLOCK

from scormpack.content.library import Library
from scormpack.content.load import load_library, load_module
from scormpack.content.markdown import raw
from scormpack.content.module import Module
from scormpack.course.plain import plain
from scormpack.diagnostics import ContentError, Diagnostic, has_error
from scormpack.road import Prepared, draft, examine, pack, prepare, present
from scormpack.source.node import Node
from scormpack.targets import TARGETS
from scormpack.vocabulary import Markdown, Phrase

DAY = datetime.date(2026, 11, 23)


@cache
def library() -> Library:
    return load_library(EVERY_BLOCK)


@cache
def module() -> Module:
    return load_module(library().modules["every-block"])


def slots(item: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], type[Markdown]]]:
    """Where in a module running text stands, and of which kind it is."""
    if isinstance(item, Markdown):
        yield path, type(item)
    elif isinstance(item, Node):
        for field, value in item.fields():
            yield from slots(value, (*path, field))
    elif isinstance(item, tuple):
        for number, value in enumerate(item):
            yield from slots(value, (*path, number))


def put(item: Any, path: tuple[str | int, ...], text: str) -> Any:
    """The same with `text` in the place at `path`."""
    if not path:
        return type(item)(text)
    first, *rest = path
    if isinstance(first, int):
        return (*item[:first], put(item[first], tuple(rest), text), *item[first + 1 :])
    return item.model_copy(update={first: put(getattr(item, first), tuple(rest), text)})


SLOTS = dict(slots(module()))
PROSE = next(path for path in SLOTS if path[-3:] == ("blocks", 0, "text"))
PHRASE = next(path for path, kind in SLOTS.items() if path[-1] == "feedback" and kind is Phrase)


def validated(text: str, path: tuple[str | int, ...]) -> Prepared | list[Diagnostic]:
    """The module with `text` in one place, as `validate` leaves it; or what it finds."""
    try:
        examined = examine(put(module(), path, text), library(), DAY)
    except ContentError as error:
        return list(error.diagnostics)
    prepared = prepare(examined, library().providers["full"])
    found = [*examined.findings, *prepared.findings]
    return found if has_error(found) else prepared


def found(text: str, path: tuple[str | int, ...] = PROSE) -> list[tuple[str, str, str]]:
    """Code, words and remedy of what is refused."""
    result = validated(text, path)
    return (
        [(each.code, each.words, each.hint) for each in result if each.code.startswith("FRM")]
        if isinstance(result, list)
        else []
    )


def built(text: str, path: tuple[str | int, ...] = PROSE) -> html.HtmlElement:
    """The page of the module with `text` in one place."""
    result = validated(text, path)
    assert isinstance(result, Prepared), result
    drafted = draft(result.examined)
    assert drafted.findings == ()
    package, findings = pack([present(drafted, result)], TARGETS["scorm12"])
    assert not has_error(findings)
    return html.document_fromstring(next(each.data for each in package.entries if each.path == "index.html"))


def shown(text: str) -> str:
    """Prose as HTML."""
    (element,) = built(text).cssselect("#start .prose")[:1]
    inside = html.tostring(element, encoding="unicode")
    return " ".join(re.sub(r"^<div[^>]*>|</div>\s*$", "", inside).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<https://a.example/x_y>", '<p><a target="_blank" rel="noreferrer" href="https://a.example/x_y">'
         "https://a.example/x_y</a></p>"),
        ("<jo@a.example>", '<p><a href="mailto:jo@a.example">jo@a.example</a></p>'),
        ("One\\\ntwo", "<p>One<br> two</p>"),
        (r"Not \*\*bold\*\*, 5\^2\^", "<p>Not **bold**, 5^2^</p>"),
        ("`**` and `~~x~~`", "<p><code>**</code> and <code>~~x~~</code></p>"),
        ("5 * 3, a_b, ~5 km, 3 < 5, 5^2, #1", "<p>5 * 3, a_b, ~5 km, 3 &lt; 5, 5^2, #1</p>"),
    ],
)  # fmt: skip
def test_what_is_shown(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Give ~~5 ml~~ 2 ml.", "~~5 ml~~"),
        ("Give ~5 ml~ 2 ml.", "~5 ml~"),
        ("- [ ] Wash\n- Dry", "[ ]"),
        ("- [x] Wash", "[x]"),
        ("See https://a.example/b.", "https://a.example/b"),
        ("See www.a.example.", "www.a.example"),
        ("Write to jo@a.example.", "jo@a.example"),
        ("As NICE says[^1].", "[^1]"),
        ("[^1]: See NICE", "[^1]:"),
        ("H~2~O", "~2~"),
        ("5 m^2^", "^2^"),
        ("Word\n: meaning", ": meaning"),
        ("| a | b |\n| 1 | 2 |", "| a | b |"),
        ("| a | b |\n| --- |\n| 1 | 2 |", "| a | b |"),
        ("a | b\n- | -\n1 | 2", "| -"),
        ("##Heading", "##Heading"),
        ("Some ** bold ** words", "** bold"),
        ("[here][there]", "[here][there]"),
        ("> [!NOTE]\n> Mind.", "[!NOTE]"),
    ],
)
def test_what_is_refused_at_its_words(text: str, words: str) -> None:
    codes = [(code, at) for code, at, _ in found(text)]
    assert ("FRM-16", words) == codes[0]
    assert {code for code, _ in codes} == {"FRM-16"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Yes.\n\nNo.", "No."),
        ("- Yes", "- Yes"),
        ("1. Yes", "1. Yes"),
        ("# Yes", "# Yes"),
        ("> Yes", "> Yes"),
        ("Yes\n---", "Yes"),
        ("***", "***"),
        ("| a | b |\n| - | - |\n| 1 | 2 |", "| a | b |"),
        ("```\nx\n```", "```"),
    ],
)
def test_one_run_of_text_takes_nothing_that_stands_apart(text: str, words: str) -> None:
    assert [(code, at) for code, at, _ in found(text, PHRASE)] == [("FRM-16", words)]
    assert found(text) == []


@pytest.mark.parametrize(
    ("html_", "hint"),
    [
        ("a<br>b", "End the line with `\\`; in a table, begin another row."),
        ("a<b>b", "Use Markdown, or write the character in words."),
        ("<?php x", "Use Markdown, or write the character in words."),
        ("<!DOCTYPE html>", "Use Markdown, or write the character in words."),
        ("<svg:rect>", "Use Markdown, or write the character in words."),
        ("<javascript:alert(1)>", "Use Markdown, or write the character in words."),
    ],
)
def test_html_has_its_own_remedy(html_: str, hint: str) -> None:
    assert [(code, at) for code, _, at in found(html_, PHRASE)] == [("FRM-10", hint)]


def test_a_text_that_is_too_long_to_be_looked_at() -> None:
    assert [code for code, _, _ in found("word " * 20_001)] == ["FRM-06"]


@pytest.mark.parametrize("title", ["**Bold**", "[x](https://a.example)"])
def test_a_title_takes_no_marks(title: str) -> None:
    page = module().pages[0].model_copy(update={"title": title})
    with pytest.raises(ContentError) as caught:
        examine(module().model_copy(update={"pages": (page, *module().pages[1:])}), library(), DAY)
    assert [(each.code, each.words) for each in caught.value.diagnostics] == [("FRM-16", title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Read [the plan](#start), *now*", "Read the plan, now"),
        (r"5 \* 3 &amp; a_b `x`", "5 * 3 & a_b x"),
        ("<https://a.example>", "https://a.example"),
        ("One\\\ntwo", "One\ntwo"),
    ],
)
def test_what_is_told_elsewhere_has_no_marks(text: str, expected: str) -> None:
    result = validated("x", PROSE)
    assert isinstance(result, Prepared)
    assert plain(text, result.course) == expected


def test_an_answer_has_no_link_of_its_own() -> None:
    path = next(path for path in SLOTS if path[-1] == "text" and "options" in path)
    labels = built("[the plan](https://a.example) {contact:emergency}", path).cssselect("label")
    assert [label for label in labels if "the plan" in label.text_content()]
    assert [label for label in labels if label.cssselect("a")] == []


# Of all that is Markdown somewhere: in one order or another, it is built as it is meant, or refused.
CONSTRUCTS = st.sampled_from(
    [
        *("Plain words.", "**bold**", "*slanted*", "__bold__", "_slanted_", "***both***", "** not **", "~~struck~~"),
        *("`code`", "``a ` b``", "[words](https://a.example)", '[words](#start "title")', "[a][b]", "[a]", "[]()"),
        *("[b]: https://a.example", "<https://a.example>", "https://a.example", "www.a.example", "<a@b.example>"),
        *("- item\n  - inside", "* item", "+ item", "1. item\n2. item", "3) item", "- [ ] box", "- [x] box"),
        *("## heading", "### heading", "heading\n---", "heading\n===", "##heading", "> said", "> [!NOTE]\n> said"),
        *("---", "***", "```\nfence\n```", "    indented", "\tindented", "line  \nbreak", "line\\\nbreak"),
        *("| a | b |\n| :- | -: |\n| 1 | 2 |", "| a | b |\n|:-:|---|\n| **1** | 2 |", "| a | b |", "a | b\n- | -"),
        *("[^1]", "[^1]: note", "H~2~O", "x^2^", "word\n: meaning", "\\* \\_", "&copy; &lt;b&gt;", "5 < 6"),
        *("![p](x.png)", "{local:office_phone}", "{contact:emergency}", "{nothing}", "$x$", ":smile:"),
    ]
)  # fmt: skip
RAW = re.compile(r"\*\*|~~|\[\^|^\[[ x]\]|\^2\^|~2~|\]\(|\]\[|^\|.*\||&lt;|<br>|^\[!", re.MULTILINE)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(CONSTRUCTS, st.sampled_from([" ", "\n", "\n\n"])), min_size=1, max_size=4),
    st.sampled_from(sorted(SLOTS, key=str)),
)
def test_whatever_is_valid_is_built_as_it_is_meant(parts: list[tuple[str, str]], path: tuple[str | int, ...]) -> None:
    text = "".join(part + gap for part, gap in parts).strip()
    if not isinstance(validated(text, path), list):
        assert RAW.findall(built(text, path).text_content()) == []


@given(st.lists(st.sampled_from(["**", "*", "__", "a", "be", " ", ".", "!", "\n", "~", "[c](#d)", "-"])).map("".join))
@example("**a __b** c")
@example("**a.** **b**c **d**")
def test_what_is_told_without_reading_is_what_reading_tells(text: str) -> None:
    """Behind an escaped sign everything is read."""
    assert raw(text, False) == raw(f"{text}\n\n\\[", False)
