"""Values changed in a YAML text: nothing else in it changes, and the result says what was meant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormpack.diagnostics import ContentError
from scormpack.source.yaml import parse
from scormpack.starter.edit import edited

ORDER = [("id",), ("name",), ("brand", "colour"), ("brand", "logo"), ("welcome",)]
ORDER += [("local", "a"), ("local", "b"), ("local", "c"), ("cmi5", "key")]
HAND = """\
# By hand.

id: oak   # for ever
name: 'Oak & Co'
brand: {colour: "#112233"}  # ours

local:
  b: "01632 960100"   # rings at the desk
  # nobody has c yet
welcome: >  # shown first
  Hello
  there.

waive:
  - {rule: LOC-02, reason: It is new}
"""


def change(text: str, **values: str | None) -> str:
    """`text` with values by the names of their keys, `local__a` for what stands in a group."""
    return edited(text, {tuple(name.split("__")): value for name, value in values.items()}, ORDER, "oak.yaml")


def lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone, and those that are new."""
    old, new = before.splitlines(), after.splitlines()
    return [each for each in old if each not in new], [each for each in new if each not in old]


@pytest.mark.parametrize(
    ("values", "gone", "new"),
    [
        ({"name": "Oak's"}, ["name: 'Oak & Co'"], ["name: 'Oak''s'"]),
        ({"id": "elm"}, ["id: oak   # for ever"], ["id: elm   # for ever"]),
        (
            {"local__b": "01632 960999"},
            ['  b: "01632 960100"   # rings at the desk'],
            ['  b: "01632 960999"   # rings at the desk'],
        ),
        ({"local__b": ""}, ['  b: "01632 960100"   # rings at the desk'], ['  b: ""   # rings at the desk']),
        ({"local__a": "yes", "local__c": "At 7: us"}, [], ['  a: "yes"', '  c: "At 7: us"']),
        ({"welcome": "Hi."}, ["welcome: >  # shown first", "  Hello", "  there."], ["welcome: Hi.  # shown first"]),
        ({"welcome": None}, ["welcome: >  # shown first", "  Hello", "  there."], []),
        (
            {"brand__logo": "a, b.svg"},
            ['brand: {colour: "#112233"}  # ours'],
            ['brand: {colour: "#112233", logo: "a, b.svg"}  # ours'],
        ),
        ({"brand__colour": None}, ['brand: {colour: "#112233"}  # ours'], []),
        (
            {"brand__colour": None, "brand__logo": "x.svg"},
            ['brand: {colour: "#112233"}  # ours'],
            ["brand: {logo: x.svg}  # ours"],
        ),
        ({"cmi5__key": "K"}, [], ["cmi5:", "  key: K"]),
    ],
)
def test_only_the_lines_of_a_value_change(values: dict[str, str | None], gone: list[str], new: list[str]) -> None:
    assert lines(HAND, change(HAND, **values)) == (gone, new)


def test_what_is_new_stands_in_its_place() -> None:
    assert change("id: oak\nwaive: []\n", name="Oak", local__b="1", local__a="2") == (
        'id: oak\nname: Oak\nlocal:\n  b: "1"\n  a: "2"\nwaive: []\n'
    )


def test_a_comment_that_belongs_to_a_group_stays_in_it() -> None:
    assert "  # nobody has c yet\ncmi5:\n" in change(HAND, cmi5__key="K")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_stay(end: str, mark: str) -> None:
    text = mark + HAND.replace("\n", end)
    made = change(text, local__a="here", name="Elm")
    assert made == mark + change(HAND, local__a="here", name="Elm").replace("\n", end)


def test_a_text_without_a_last_line_end_gets_none() -> None:
    assert change("id: oak\nname: Oak", name="Elm") == "id: oak\nname: Elm"
    assert change("id: oak\nname: Oak", welcome="Hi.") == "id: oak\nname: Oak\nwelcome: Hi."


@pytest.mark.parametrize(
    ("text", "values", "made"),
    [
        ("{id: oak, name: Oak}\n", {"name": None}, "{id: oak}\n"),
        ("{id: oak, name: Oak}\n", {"id": None}, "{name: Oak}\n"),
        ("{id: oak, name: Oak, welcome: Hi}\n", {"name": None, "welcome": None}, "{id: oak}\n"),
        ("{id: oak, }\n", {"name": "Oak", "local__a": "b"}, "{id: oak, name: Oak, local: {a: b}, }\n"),
        ("{\n  id: oak,  # mine\n  name: Oak\n}\n", {"id": "elm"}, "{\n  id: elm,  # mine\n  name: Oak\n}\n"),
        ("id: oak\nlocal: {}\n", {"local__a": "x"}, "id: oak\nlocal: {a: x}\n"),
        ("id: oak\nbrand:\n  logo:  # none\n", {"brand__logo": "x"}, "id: oak\nbrand:\n  logo: x  # none\n"),
        ("id: oak\nbrand:\n  logo: x\nname: y\n", {"brand__logo": None}, "id: oak\nname: y\n"),
        ("---\nid: oak\n...\n", {"name": "Oak"}, "---\nid: oak\nname: Oak\n...\n"),
        ("id: oak\nname: |\n  A\n\n\nwelcome: x\n", {"name": "B"}, "id: oak\nname: B\n\n\nwelcome: x\n"),
        ("id: oak\nname: two\n  lines\n", {"name": "B"}, "id: oak\nname: B\n"),
    ],
)
def test_each_way_to_write_a_group(text: str, values: dict[str, str | None], made: str) -> None:
    assert change(text, **values) == made


def test_what_would_say_anything_else_is_refused() -> None:
    with pytest.raises(ContentError) as caught:
        change("name: Oak\rid: oak\r", name=None)  # lines of an old Mac, which nobody else writes
    assert str(caught.value) == "oak.yaml: TAB-03: cannot be changed without touching more than the value"


# Any text that a cell can hold
VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12).map(
    str.strip
)
TEXTS = st.one_of(
    VALUES, st.sampled_from(["no", "01632", "# a", "a: b", "- a", "'", '"', "a, b", "{a}", "x #y", "a\nb"])
)


@given(st.dictionaries(st.sampled_from([("name",), ("local", "b"), ("local", "a"), ("brand", "logo")]), TEXTS))
def test_any_text_is_read_as_it_was_meant(values: dict[tuple[str, ...], str]) -> None:
    wanted: Any = parse(HAND, "")
    for (*above, name), value in values.items():
        inside = wanted[above[0]] if above else wanted
        if value or name in inside:
            inside[name] = value
    assert parse(edited(HAND, values, ORDER, ""), "") == wanted
