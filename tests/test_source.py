"""Text on disk: every scalar stays what was typed, every place points at its text, every mistake has its place."""

from __future__ import annotations

import os
import pickle
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scormpack.diagnostics import ContentError, Diagnostic, Place
from scormpack.source.files import LARGEST_TEXT, read_bytes, read_text
from scormpack.source.node import NOWHERE, Node, YesNo, nearest, read, read_model
from scormpack.source.signs import UNUSABLE
from scormpack.source.word import Slug
from scormpack.source.yaml import DEEPEST, Mapping, Sequence, parse, read_yaml, written
from scormpack.vocabulary import AssetPath, ContactId, Markdown, SlotName, references

INDENT = "Check the indentation, and put quotes around text that contains `: ` or ` #`."

Found = tuple[str, int, int, str, str]


def findings(error: ContentError) -> list[Found]:
    return [(d.code, d.place.line, d.place.column, d.message, d.hint) for d in error.diagnostics]


def problems(step: Callable[[], object]) -> tuple[Diagnostic, ...]:
    """What a step finds; any other exception passes."""
    try:
        step()
    except ContentError as error:
        return error.diagnostics
    return ()


def refused(text: str, line: int = 1) -> Found:
    """The one finding about a text that is refused."""
    with pytest.raises(ContentError) as caught:
        parse(text, "a.yaml", line)
    (found,) = findings(caught.value)
    assert caught.value.diagnostics[0].place.path == "a.yaml"
    return found


# Scalars


@pytest.mark.parametrize(
    "word",
    ["no", "yes", "on", "12:30", "0800", "1e3", "0x1f", "1_000", "2026-01-01", "true", ".inf", "=", "<<", "Null"],
)
def test_a_plain_word_stays_the_text_that_was_typed(word: str) -> None:
    assert parse(f"a: {word}", "a.yaml") == {"a": word}


@pytest.mark.parametrize("word", ["", "~", "null"])
def test_nothing_is_nothing_unless_it_is_quoted(word: str) -> None:
    assert parse(f"a: {word}", "a.yaml") == {"a": None}
    assert parse(f"a: '{word}'", "a.yaml") == {"a": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("word", "word"),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("a: >\n  one\n  two\n", {"a": "one two\n"}),
        ("a: ! 3", {"a": "3"}),
        ("---\na: 1\n...\n", {"a": "1"}),
        ("\ufeffa: 1", {"a": "1"}),
        ("a: [x, {b: ü}]\n", {"a": ["x", {"b": "ü"}]}),
    ],
)
def test_values(text: str, value: object) -> None:
    assert parse(text, "a.yaml") == value


# Places


def test_every_key_and_value_knows_its_place() -> None:
    value = parse("é: ü\nb:\n  - 😀\n  - {c: 'd', e: f}\n", "dir/a.yaml", line=11)
    assert isinstance(value, Mapping)
    inner = value["b"][1]

    def place(line: int, column: int) -> Place:
        return Place("dir/a.yaml", line, column)

    assert value.place == place(11, 1)
    assert value.keys_at == {"é": place(11, 1), "b": place(12, 1)}
    assert value.values_at == {"é": place(11, 4), "b": place(13, 3)}
    assert value["b"].place == place(13, 3)
    assert value["b"].values_at == [place(13, 5), place(14, 5)]
    assert inner.place == place(14, 5)
    assert inner.keys_at == {"c": place(14, 6), "e": place(14, 14)}
    assert inner.values_at == {"c": place(14, 9), "e": place(14, 17)}


# What is refused


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: [1, 2\nb: 3\n", (2, 2, "did not find expected ',' or ']'")),
        ("a: b: c", (1, 5, "mapping values are not allowed in this context")),
        ("a: 1\n  b: 2\n", (2, 4, "mapping values are not allowed in this context")),
        ("a: 1\n\tb: 2\n", (2, 1, "found a tab character that violates indentation")),
        ("a: 'x", (1, 6, "found unexpected end of stream")),
        ("a: @x", (1, 4, "found character that cannot start any token")),
        ("a: 1\n...\nb: 2", (3, 1, "did not find expected <document start>")),
    ],
)
def test_what_is_not_yaml(text: str, found: tuple[int, int, str]) -> None:
    line, column, message = found
    assert refused(text) == ("SRC-01", line, column, message, INDENT)
    assert refused(text, line=8) == ("SRC-01", line + 7, column, message, INDENT)


@pytest.mark.parametrize(
    ("text", "place", "lost"),
    [
        ("a: Rule #1: wash", (1, 9), "#1: wash"),
        ("- Rule #1\n- b", (1, 8), "#1"),
        ("a: one\n  two #3 x\n  three", (2, 7), "#3 x"),
        ("é: {text: 😀 #1, b: c}", (1, 13), "#1, b: c}"),
        ("a: [x #1, y]", (1, 7), "#1, y]"),
        ("colour: #1F5F6B\nb: 1", (1, 9), "#1F5F6B"),
    ],
)
def test_what_would_be_lost_behind_a_hash_is_refused(text: str, place: tuple[int, int], lost: str) -> None:
    message = f"`{lost}` is left out: what stands behind ` #` is a comment"
    hint = "Put quotes around the whole text; a comment has a space behind the `#`."
    assert refused(text) == ("SRC-01", *place, message, hint)


@pytest.mark.parametrize(
    "text", ["a: x # why", "a: x\n#b: y", "a:\n  #b\n", "a: 'x #1'", "a: 'x' #y", "a: x#1", "a: |\n  x #1\n"]
)
def test_a_comment_is_one(text: str) -> None:
    assert set(parse(text, "a.yaml") or ()) == {"a"}


@pytest.mark.parametrize(
    ("text", "place", "key"),
    [
        ("id: a\nprompt Who\nrationale: x\n", (2, 1), "prompt"),
        ("id: a\nprompt:Who\nrationale: x\n", (2, 1), "prompt"),
        ("id: a\nprompt Who", (2, 1), "prompt"),
        ("prompt Who\n\nrationale: x\n", (1, 1), "prompt"),
        ("id:a\nprompt: x\n", (1, 1), "id"),
        ("- id: a\n  text Foo\n  feedback: x\n", (2, 3), "text"),
        ("options:\n  - text Yes\n    correct: true\n", (2, 5), "text"),
        ("a: 1\nb:\n  - x\nprompt\n", (4, 1), "prompt"),
    ],
)
def test_a_missing_colon_is_told_where_it_is_missing(text: str, place: tuple[int, int], key: str) -> None:
    message = f"a colon with a space behind it is missing after `{key}`"
    assert refused(text) == ("SRC-01", *place, message, f"Write `{key}: …`.")


def test_curly_quotes_are_no_quotes() -> None:
    assert refused("a: “Care: the first day”")[4].startswith("To YAML “ and ” are part of the text")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{text: “Yes, I do”}", "To YAML “ and ” are part of the text: put `\"` or `'` around the whole of it."),
        ("{text: Yes, I do}", "Put quotes around text that holds a comma."),
        ("{text Yes}", "Put a colon with a space behind it after `text`."),
        ("{texd: Yes}", "Did you mean `text`?"),
    ],
)
def test_a_field_that_is_none_leads_to_what_was_meant(text: str, hint: str) -> None:
    class Answer(Node):
        text: str = ""

    (found,) = problems(lambda: read(Answer, parse(text, "a.yaml"), NOWHERE))
    assert (found.code, found.hint) == ("FRM-02", hint)


@pytest.mark.parametrize(
    ("text", "line", "column", "first"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, 1),
        ("{a: 1, 'a': 2}", 1, 8, 1),
        ("b:\n  c: 1\n  c: 1\n", 3, 3, 2),
    ],
)
def test_a_key_that_is_given_twice(text: str, line: int, column: int, first: int) -> None:
    key = "c" if "c" in text else "a"
    message = f"`{key}` is given twice; first in line {first}"
    assert refused(text) == ("SRC-02", line, column, message, "Keep one of them.")


ANCHORS = "anchors (&) and aliases (*) are not used here"


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("a: &x 1\nb: 2", 1, 4, ANCHORS, "Write it out, or quote it."),
        ("a: &x [1]\nb: 2", 1, 4, ANCHORS, "Write it out, or quote it."),
        ("a: 1\nb: *x", 2, 4, ANCHORS, "Write it out, or quote it."),
        (
            "a: !!int 3",
            1,
            4,
            "tags such as tag:yaml.org,2002:int are not used here",
            "Remove it, or quote it.",
        ),
        ("a: 1\nb: !x {}", 2, 4, "tags such as !x are not used here", "Remove it, or quote it."),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document starts here", "Remove `---`."),
        ("? [a]\n: 1", 1, 3, "a key has to be a word", "Put quotes around it."),
        ("~: 1", 1, 1, "a key has to be a word", "Put quotes around it."),
        ("a: " + "[" * DEEPEST, 1, 3 + DEEPEST, "nested too deeply", "Write it flatter."),
    ],
)
def test_parts_of_yaml_that_are_not_used(text: str, line: int, column: int, message: str, hint: str) -> None:
    assert refused(text) == ("SRC-03", line, column, message, hint)


def test_the_deepest_nesting_that_is_read() -> None:
    depth = DEEPEST - 1
    value = parse("a: " + "[" * depth + "x" + "]" * depth, "a.yaml")
    assert isinstance(value, Mapping)
    inner = value["a"]
    for _ in range(depth - 1):
        (inner,) = inner
    assert inner == ["x"]


@pytest.mark.parametrize(
    ("once", "line", "column"),
    [
        ("[", 1, DEEPEST + 1),
        ("{a: ", 1, 4 * DEEPEST + 1),
        ("[{", 1, 3),
        ("- ", 1, 2 * DEEPEST + 1),
        ("? ", 1, 3),
    ],
)
def test_a_bomb_of_brackets_is_refused_at_once(once: str, line: int, column: int) -> None:
    assert refused(once * (LARGEST_TEXT // len(once)))[:3] == ("SRC-03", line, column)


def test_a_staircase_of_keys_is_refused_at_its_thirteenth_step() -> None:
    stairs = "".join(f"{' ' * step}a:\n" for step in range(1200))
    assert refused(stairs)[:3] == ("SRC-03", DEEPEST + 1, DEEPEST + 1)


def test_emphasis_at_the_start_of_a_value_is_taken_for_an_alias() -> None:
    assert refused("a: *b* c") == ("SRC-03", 1, 4, ANCHORS, "Write it out, or quote it.")


def test_depth_comes_before_a_mistake_behind_it() -> None:
    assert refused("é: " + "[" * 20 + " @")[:3] == ("SRC-03", 1, 3 + DEEPEST)
    assert refused("a: " + "[" * (DEEPEST - 1) + " @")[:3] == ("SRC-01", 1, 4 + DEEPEST)


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\x7f", "\x85", "\u2028", "\u2029", "\ufffe", "\uffff"])
def test_control_characters(sign: str) -> None:
    message = f"the control character U+{ord(sign):04X} is not used here"
    remove = "Remove it, or write it as a space."
    assert refused(f"a: 1\nb: x{sign}y\n") == ("SRC-01", 2, 5, message, remove)
    assert refused(f"{sign}a: 1\n", line=5) == ("SRC-01", 5, 1, message, remove)
    escaped = f'a: 1\nb: "x\\u{ord(sign):04x}y"\n'
    assert refused(escaped) == ("SRC-01", 2, 4, "control characters are not used here", "Write it as a space.")


# Properties

USABLE = st.characters(exclude_categories=["Cs"]).filter(lambda sign: not UNUSABLE.match(sign))
WORDS = st.text(USABLE, max_size=20)
# libyaml's keys are at most 1024 characters, and on one line.
KEYS = st.text(USABLE.filter(lambda sign: sign not in "\r\n"), max_size=20)
DATA = st.recursive(
    st.none() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def located(value: Any) -> Iterator[tuple[str | None, Place]]:
    """Every scalar in `value`, keys too, with the place that is recorded for it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key, value.keys_at[key]
            yield from scalars(inner, value.values_at[key])
    elif isinstance(value, Sequence):
        for inner, place in zip(value, value.values_at, strict=True):
            yield from scalars(inner, place)


def scalars(value: Any, place: Place) -> Iterator[tuple[str | None, Place]]:
    if isinstance(value, Mapping | Sequence):
        assert value.place == place
        yield from located(value)
    else:
        yield value, place


def at(text: str, place: Place) -> str:
    """The text from a place on."""
    return text.split("\n")[place.line - 1][place.column - 1 :]


def spoken_of(rest: str, word: str | None) -> bool:
    """Whether `word` begins where `rest` does: as it is, or as it is quoted; nothing stands where nothing is."""
    if word is None:
        return rest.startswith("null")
    return rest.startswith(("'", '"', "|", ">")) or (
        word != "" and rest.startswith(word.split("\n")[0].split(" ")[0])
    )


@settings(deadline=None)
@given(DATA, st.booleans(), st.integers(1, 500))
def test_dumped_data_comes_back_as_text_and_every_place_points_at_it(data: Any, flow: bool, line: int) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True, width=60)
    value = parse(text, "a.yaml", line)
    assert value == data
    for word, place in located(value):
        assert place.path == "a.yaml"
        assert spoken_of(at(text, Place("", place.line - line + 1, place.column)), word), (word, place)


@settings(deadline=None)
@given(st.text() | st.text(alphabet="ab:-[]{},&*!|>'\"%@#?~\n \t<"))
@example("[" * 1000)
@example("- " * 1000)
@example("a:\n" * 40)
@example("? ? ? ?")
def test_any_text_is_a_value_or_a_content_error(text: str) -> None:
    found = problems(lambda: parse(text, "a.yaml"))
    assert {d.code for d in found} <= {"SRC-01", "SRC-02", "SRC-03"}
    assert all(d.place.line >= 1 and d.place.column >= 1 for d in found)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary() | st.text().map(str.encode) | st.text("ab: \r\n-\x00\ufeff").map(str.encode))
@example(data=b"\xef\xbb\xbfa: 1")
@example(data=b"\xff\xfea\x00")
def test_any_file_is_a_value_or_a_content_error(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(data)
    found = problems(lambda: read_yaml(file, tmp_path))
    assert {d.code for d in found} <= {"SRC-01", "SRC-02", "SRC-03", "SRC-07"}


# Files


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library folder inside the current one, so that places are short."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lib").mkdir()
    return Path("lib")


def file_refused(path: Path, library: Path) -> tuple[str, str, str, str]:
    with pytest.raises(ContentError) as caught:
        read_text(path, library)
    (found,) = caught.value.diagnostics
    return found.code, str(found.place), found.message, found.hint


def test_text_comes_without_a_byte_order_mark_and_with_plain_line_ends(here: Path) -> None:
    (here / "a.yaml").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert read_text(here / "a.yaml", here) == "one\ntwo\nthree\n"


def test_a_file_that_is_not_utf8(here: Path) -> None:
    (here / "a.yaml").write_bytes(b"one\ntwo \xe9\n")
    assert file_refused(here / "a.yaml", here) == (
        "SRC-07",
        "a.yaml:2",
        "is not UTF-8 text (byte 9)",
        "Save the file as UTF-8.",
    )


def test_a_file_with_a_control_character(here: Path) -> None:
    (here / "a.md").write_bytes("one\r\ntwo\u2028three".encode())
    assert file_refused(here / "a.md", here) == (
        "SRC-01",
        "a.md:2:4",
        "the control character U+2028 is not used here",
        "Remove it, or write it as a space.",
    )


def test_the_largest_file(here: Path) -> None:
    (here / "a.yaml").write_bytes(b"x" * LARGEST_TEXT)
    assert len(read_text(here / "a.yaml", here)) == LARGEST_TEXT
    (here / "a.yaml").write_bytes(b"x" * (LARGEST_TEXT + 1))
    assert file_refused(here / "a.yaml", here) == (
        "SRC-06",
        "a.yaml",
        "is larger than 500,000 bytes",
        "Split it, or make it smaller.",
    )


def test_a_file_that_is_missing(here: Path) -> None:
    assert file_refused(here / "a.yaml", here) == ("SRC-04", "a.yaml", "there is no such file", "")


def test_a_folder_is_no_file(here: Path) -> None:
    (here / "a.yaml").mkdir()
    assert file_refused(here / "a.yaml", here) == ("SRC-04", "a.yaml", "there is no such file", "")


def test_a_link_out_of_the_library(here: Path) -> None:
    Path("secret").write_text("secret")
    (here / "a.yaml").symlink_to(Path("secret").resolve())
    message = ("a link leads out of the library", "Put the file itself here.")
    assert file_refused(here / "a.yaml", here) == ("SRC-05", "a.yaml", *message)
    assert file_refused(here / ".." / "secret", here) == ("SRC-05", "../secret", *message)


def test_a_link_that_stays_inside_is_followed(here: Path) -> None:
    (here / "b.yaml").write_text("a: 1")
    (here / "a.yaml").symlink_to("b.yaml")
    assert read_yaml(here / "a.yaml", here) == {"a": "1"}


def test_a_link_in_a_circle(here: Path) -> None:
    (here / "a.yaml").symlink_to("a.yaml")
    code, place, message, _ = file_refused(here / "a.yaml", here)
    assert (code, place) == ("SRC-04", "a.yaml")
    assert message.startswith(("cannot be opened: ", "there is no such file"))


def test_a_pipe_is_not_waited_for(here: Path) -> None:
    os.mkfifo(here / "a.yaml")
    assert file_refused(here / "a.yaml", here)[0] == "SRC-04"


def test_bytes_up_to_a_limit(here: Path) -> None:
    (here / "a.png").write_bytes(b"12345")
    assert read_bytes(here / "a.png", here, 5) == b"12345"
    with pytest.raises(ContentError) as caught:
        read_bytes(here / "a.png", here, 4)
    assert findings(caught.value) == [
        ("SRC-06", 0, 0, "is larger than 4 bytes", "Split it, or make it smaller."),
    ]


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="every disk here knows how long its files are")
def test_a_file_whose_length_nobody_knows_is_read_to_its_end() -> None:
    file = Path("/proc/version")
    assert file.stat().st_size == 0
    assert read_bytes(file, file.parent, 10_000) == file.read_bytes()
    with pytest.raises(ContentError, match="is larger than 8 bytes"):
        read_bytes(file, file.parent, 8)


def test_little_memory_is_taken_for_a_short_file(here: Path) -> None:
    (here / "a.yaml").write_bytes(b"12345")
    tracemalloc.start()
    assert read_bytes(here / "a.yaml", here, 100_000_000) == b"12345"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


# Nodes


class Leg(Node):
    length: int
    kind: Literal["wood", "steel"] = "wood"


class Thing(Node):
    id: Slug
    text: Markdown
    legs: tuple[Leg, ...] = ()
    contact: ContactId | None = None
    picture: AssetPath | None = None
    slots: dict[SlotName, str] = {}
    ready: YesNo = False


GOOD = "id: a-thing\ntext: Some words\n"


def thing(text: str) -> Thing:
    return read(Thing, parse(text, "a.yaml"), Place("a.yaml", 1, 1))


def thing_refused(text: str) -> list[tuple[str, int, int, str, str]]:
    with pytest.raises(ContentError) as caught:
        thing(text)
    return findings(caught.value)


def test_a_node_knows_where_it_and_its_fields_were_written() -> None:
    found = thing(GOOD + "legs:\n  - length: 3\n")
    assert found == Thing(id=Slug("a-thing"), text=Markdown("Some words"), legs=(Leg(length=3),))
    assert str(found.place()) == "a.yaml:1:1"
    assert str(found.place("text")) == "a.yaml:2:7"
    assert str(found.place("contact")) == "a.yaml:1:1"
    assert str(found.legs[0].place("length")) == "a.yaml:4:13"
    assert Leg(length=3).place("length") == NOWHERE


def test_a_node_inside_another_one_a_copy_and_what_comes_from_another_process_know_it_too() -> None:
    leg = thing(GOOD + "legs:\n  - length: 3\n").legs[0]
    around = Thing(id=Slug("a-thing"), text=Markdown("Some words"), legs=(leg,))
    others = (around.legs[0], leg.model_copy(update={"length": 4}), pickle.loads(pickle.dumps(leg)))
    assert [str(each.place("length")) for each in others] == ["a.yaml:4:13"] * 3
    assert around.place("text") == NOWHERE


def test_a_node_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Leg(length=3).length = 4  # type: ignore[misc]  # refused by mypy, too


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("txt: b\n", ("FRM-02", 3, 1, "`txt`: no such field", "Did you mean `text`?")),
        (
            "zzz: b\n",
            (
                "FRM-02",
                3,
                1,
                "`zzz`: no such field",
                "Known here: contact, id, kind, legs, length, picture, ready, slots, text.",
            ),
        ),
        (
            "legs: [{length: 1, lenght: 2}]\n",
            ("FRM-02", 3, 20, "`legs[1].lenght`: no such field", "Did you mean `length`?"),
        ),
        ("legs: [{length: x}]\n", ("FRM-03", 3, 17, "`legs[1].length`: has to be a whole number", "")),
        (f"legs: [{{length: {'9' * 5000}}}]\n", ("FRM-03", 3, 17, "`legs[1].length`: has too many digits", "")),
        ("legs: x\n", ("FRM-03", 3, 7, "`legs`: has to be a list", "")),
        ("legs: [x]\n", ("FRM-03", 3, 8, "`legs[1]`: has to be a group of `key: value` lines", "")),
        ("legs: [{}]\n", ("FRM-01", 3, 8, "`legs[1].length`: is missing", "")),
        ("slots: x\n", ("FRM-03", 3, 8, "`slots`: has to be a group of `key: value` lines", "")),
        ("picture: [a]\n", ("FRM-03", 3, 10, "`picture`: has to be text", "")),
        (
            "legs: [{length: 1, kind: wod}]\n",
            ("FRM-04", 3, 26, "`legs[1].kind`: has to be one of `wood` or `steel`, not `wod`", ""),
        ),
        (
            "contact: A B\n",
            (
                "FRM-05",
                3,
                10,
                "`contact`: `A B` is not spelled as it has to be",
                "Small letters, digits and single hyphens, a letter first: `who-to-call`.",
            ),
        ),
        ("picture: " + "a" * 101 + "\n", ("FRM-06", 3, 10, "`picture`: is longer than 100 characters", "")),
        ("ready: yes\n", ("FRM-07", 3, 8, "`ready`: write `true` or `false`", "")),
    ],
)
def test_a_mistake_in_a_node(text: str, found: Found) -> None:
    assert thing_refused(GOOD + text) == [found]


def test_every_mistake_is_told_at_once_and_none_of_them_twice() -> None:
    assert thing_refused("id: a-thing\nlegs: [{length: x, kind: tin}, {}]\nother: 1\n") == [
        ("FRM-01", 1, 1, "`text`: is missing", ""),
        ("FRM-03", 2, 17, "`legs[1].length`: has to be a whole number", ""),
        ("FRM-04", 2, 26, "`legs[1].kind`: has to be one of `wood` or `steel`, not `tin`", ""),
        ("FRM-01", 2, 32, "`legs[2].length`: is missing", ""),
        (
            "FRM-02",
            3,
            1,
            "`other`: no such field",
            "Known here: contact, id, kind, legs, length, picture, ready, slots, text.",
        ),
    ]


@pytest.mark.parametrize("text", ["", "- a\n", "word"])
def test_a_file_that_is_no_group(text: str) -> None:
    assert thing_refused(text) == [("FRM-03", 1, 1, "has to be a group of `key: value` lines", "")]


def test_text_must_not_be_empty() -> None:
    assert thing_refused("id: a-thing\ntext: ' '\n") == [("FRM-06", 2, 7, "`text`: is empty", "")]


def test_a_model_from_its_file(here: Path) -> None:
    (here / "a.yaml").write_text(GOOD + "colour: red\n")
    with pytest.raises(ContentError) as caught:
        read_model(Thing, here / "a.yaml", here)
    (found,) = caught.value.diagnostics
    assert (found.code, str(found.place)) == ("FRM-02", "a.yaml:3:1")
    assert str(caught.value) == "a.yaml:3:1: FRM-02: `colour`: no such field"


@given(st.text(), st.lists(st.text(), min_size=1))
def test_a_hint_proposes_a_known_word_or_lists_them_all(word: str, known: list[str]) -> None:
    hint = nearest(word, known)
    assert any(hint == f"Did you mean `{each}`?" for each in known if each != word) or hint.startswith("Known here: ")


# References


def test_every_reference_in_a_node_in_the_order_written() -> None:
    found = thing(
        GOOD.replace("Some words", '"{local:phone} {contact:x} {nothing:y}"') + "contact: c\npicture: p.png\n"
    )
    assert [(type(each.word).__name__, str(each.word), each.field) for each in references(found)] == [
        ("SlotName", "phone", "text"),
        ("ContactId", "x", "text"),
        ("ContactId", "c", "contact"),
        ("AssetPath", "p.png", "picture"),
    ]


@pytest.mark.parametrize("path", ["../a.png", "/a.png", "a//b.png", ".hidden", "a b.png", "a\\b.png", "a/", "é.png"])
def test_a_path_that_leads_elsewhere_is_none(path: str) -> None:
    found = thing_refused(GOOD + f"picture: '{path}'\n")
    assert [(code, line, column) for code, line, column, _, _ in found] == [("FRM-05", 3, 10)]


def test_an_item_that_stands_too_far_to_the_right_is_not_swallowed() -> None:
    """YAML would make one step of two."""
    message = "an item of a list begins here, but it is read as part of the text above"
    hint = "Move it to the left, under the `-` of the item above; or put quotes around the whole text."
    text = "steps:\n  - Pat it\n    dry.\n    - Press lightly.\n"
    assert refused(text, line=4) == ("SRC-01", 7, 5, message, hint)
    assert refused("a: b\n  - c\n") == ("SRC-01", 2, 3, message, hint)


@pytest.mark.parametrize(
    "text", ["- a\n  -b\n", "- a b\n  c - d\n", "- |\n  a\n  - b\n", "- 'a\n  - b'\n", "- a # x\n# - b\n- c\n"]
)
def test_a_text_of_several_lines_may_have_dashes(text: str) -> None:
    parse(text, "x.yaml")


# What is written


WRITABLE = st.text().filter(lambda text: not UNUSABLE.search(text) and "\r" not in text)


@given(values=st.lists(st.fixed_dictionaries({"one": WRITABLE, "two": WRITABLE})))
def test_what_is_written_is_read_again(values: list[dict[str, str]]) -> None:
    assert parse(written(values, "A comment."), "x.yaml") == values


def test_text_of_several_lines_keeps_its_lines() -> None:
    assert written({"text": "One.\n\n- Two: #2\nThree.", "name": "no"}, "First.\nSecond.") == (
        "# First.\n# Second.\ntext: |-\n  One.\n\n  - Two: #2\n  Three.\nname: 'no'\n"
    )
    assert written([Slug("a-b"), f"{'long ' * 400}- x"]) == f"- a-b\n- {'long ' * 400}- x\n"
