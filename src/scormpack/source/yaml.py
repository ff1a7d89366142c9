"""YAML as authors mean it: every scalar stays the text that was typed, every key knows its place.

What a word means is decided by the model that reads it, so `no` is a word, `12:30` is not a number and
`0800` keeps its zero. Duplicate keys, anchors, tags and a second document are refused.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

import yaml

from scormpack.diagnostics import Code, ContentError, Place
from scormpack.source.codes import SRC_01, SRC_02, SRC_03, SRC_06
from scormpack.source.files import read_text, within
from scormpack.source.signs import UNUSABLE, brief, refuse_unusable

Value: TypeAlias = "str | Mapping | Sequence | None"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML has it
DEEPEST = 12  # levels; the models need six
MOST_VALUES = 50_000  # keys and values; the glossary of the sample library has under 1,000
_INDENT = "Check the indentation, and put quotes around text that contains `: ` or ` #`."
_CURLY = re.compile("[“”„]")
CURLY = "To YAML “ and ” are part of the text: put `\"` or `'` around the whole of it."
_LOST = re.compile(r"[ \t]+(#[^\s#].*)")
_KEY = re.compile(r"[ ]*(?:-[ ]+)*([\w-]+)(?=:(?:\s|$))")
_NO_COLON = re.compile(r"[ ]*(?:-[ ]+)*([A-Za-z_][\w-]*)(?::(?=\S)|[ ]+(?![:#])|[ ]*$)(?:(?!:\s|:$).)*")
_NULL = ("", "~", "null")


class Mapping(dict[str, Any]):
    """A YAML mapping that knows where it starts and where each key and each value stands."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.keys_at: dict[str, Place] = {}
        self.values_at: dict[str, Place] = {}


class Sequence(list[Any]):
    """A YAML sequence that knows where each item stands."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.values_at: list[Place] = []


def parse(text: str, path: str, line: int = 1) -> Value:
    """The one document in `text`, whose first line is line `line` of the file `path`.

    Raises ContentError (SRC-01 not YAML, SRC-02 duplicate key, SRC-03 a part of YAML that is not used here,
    SRC-06 too much of it).
    """
    refuse_unusable(text, path, line)
    return _Reader(text, path, line).document()


def read_yaml(path: Path, root: Path) -> Value:
    """The located YAML value in the file `path` of the folder `root`."""
    return parse(read_text(path, root), within(path, root))


class _Reader:
    """Builds values from the event stream; no recursion on what a stranger nested."""

    def __init__(self, text: str, path: str, line: int) -> None:
        self.path = path
        self.line = line
        self.text = text
        self.hashes = " #" in text

    def place(self, mark: Any) -> Place:
        return Place(self.path, self.line + mark.line, mark.column + 1)

    def refuse(self, mark: Any, code: Code, message: str, hint: str) -> ContentError:
        return ContentError([code.finding(message, self.place(mark), hint)])

    def document(self) -> Value:
        try:
            return self.build(self.text)
        except yaml.MarkedYAMLError as error:
            problem = error.problem or "not valid YAML"
            if "\\t" in problem or "'\t'" in problem:
                problem = "a tab stands where spaces have to"
            mark = error.problem_mark or error.context_mark
            hint = _INDENT
            if mark is None:
                raise ContentError([SRC_01.finding(problem, Place(self.path, self.line), hint)]) from None
            self.refuse_before(mark)
            self.refuse_a_missing_colon(error)
            if _CURLY.search(self.lines[mark.line] if mark.line < len(self.lines) else ""):
                hint = CURLY
            raise self.refuse(mark, SRC_01, problem, hint) from None

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def refuse_a_missing_colon(self, error: yaml.MarkedYAMLError) -> None:
        """YAML notices on the line below that a key had no colon: it took the two lines for one text."""
        mark = error.problem_mark
        if mark is None or not 0 < mark.line <= len(self.lines):
            return
        above = next((n for n in range(mark.line - 1, -1, -1) if self.lines[n].strip()), 0)
        found = _NO_COLON.fullmatch(self.lines[above])
        if found is None:
            return
        begun = _KEY.match(self.lines[mark.line]) if mark.line < len(self.lines) else None
        key_is_next = begun is not None and begun.end() == mark.column and begun.start(1) == found.start(1)
        if key_is_next or "expected ':'" in str(error.problem):
            place = Place(self.path, self.line + above, found.start(1) + 1)
            message = f"a colon with a space behind it is missing after `{brief(found[1])}`"
            raise ContentError([SRC_01.finding(message, place, f"Write `{brief(found[1])}: …`.")])

    def refuse_before(self, mark: Any) -> None:
        """Raise what is to be refused before `mark`: the library reads far ahead, and some releases have limits."""
        with suppress(yaml.MarkedYAMLError):
            self.build(self.text[: mark.index])

    def build(self, text: str) -> Value:
        """The value that the events of `text` make."""
        self.root: Value = None
        self.documents = self.values = 0
        self.open: list[Mapping | Sequence] = []  # what has begun and not ended, the outermost first
        self.keys: list[tuple[str, Place] | None] = []  # for each of them the key that waits for its value
        for event in yaml.parse(text, Loader=_LOADER):
            take = self._TAKE.get(type(event))
            if take is not None:
                take(self, event)
        return self.root

    def begin(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self.refuse(event.start_mark, SRC_03, "a second document starts here", "Remove `---`.")

    def scalar(self, event: Any) -> None:
        value, plain = event.value, not event.style
        if not value.isprintable() and UNUSABLE.search(value):  # an escape: "\\x07"
            hint = "Write it as a space."
            raise self.refuse(event.start_mark, SRC_01, "control characters are not used here", hint)
        if plain and event.start_mark.line != event.end_mark.line:
            self.refuse_a_swallowed_item(event)
        if plain and self.hashes:
            self.refuse_a_lost_end(event)
        self.put(None if plain and value in _NULL else value, event)

    def collection(self, event: Any) -> None:
        value = (Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence)(self.place(event.start_mark))
        self.put(value, event)
        if len(self.open) == DEEPEST:
            raise self.refuse(event.start_mark, SRC_03, "nested too deeply", "Write it flatter.")
        self.open.append(value)
        self.keys.append(None)

    def end(self, _: Any) -> None:
        self.open.pop()
        self.keys.pop()

    def alias(self, event: Any) -> None:
        message, hint = "anchors (&) and aliases (*) are not used here", "Write it out, or quote it."
        raise self.refuse(event.start_mark, SRC_03, message, hint)

    def put(self, value: Value, event: Any) -> None:
        """Put a value where it belongs: into what is open, or at the root."""
        if event.anchor is not None:
            self.alias(event)
        if event.tag not in (None, "!"):
            message = f"tags such as {brief(event.tag)} are not used here"
            raise self.refuse(event.start_mark, SRC_03, message, "Remove it, or quote it.")
        self.values += 1
        if self.values > MOST_VALUES:
            message = f"holds more than {MOST_VALUES:,} keys and values"
            raise self.refuse(event.start_mark, SRC_06, message, "Split it, or make it smaller.")
        if not self.open:
            self.root = value
        elif isinstance(self.open[-1], Sequence):
            self.open[-1].append(value)
            self.open[-1].values_at.append(self.place(event.start_mark))
        else:
            self.put_into(self.open[-1], value, event)

    def put_into(self, parent: Mapping, value: Value, event: Any) -> None:
        """In a mapping every other value is a key, which waits for the next."""
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = self.checked_key(parent, value, event)
            return
        parent[key[0]] = value
        parent.keys_at[key[0]] = key[1]
        parent.values_at[key[0]] = self.place(event.start_mark)
        self.keys[-1] = None

    def checked_key(self, parent: Mapping, value: Value, event: Any) -> tuple[str, Place]:
        if not isinstance(value, str):
            raise self.refuse(event.start_mark, SRC_03, "a key has to be a word", "Put quotes around it.")
        if value in parent:
            message = f"`{brief(value)}` is given twice; first in line {parent.keys_at[value].line}"
            raise self.refuse(event.start_mark, SRC_02, message, "Keep one of them.")
        return value, self.place(event.start_mark)

    def refuse_a_swallowed_item(self, event: Any) -> None:
        """YAML takes an item that stands too far to the right as more of the text above: two steps become one."""
        first, last = event.start_mark.line, event.end_mark.line
        for number, line in enumerate(self.text.split("\n")[first + 1 : last + 1], first + 1):
            if line.lstrip().startswith("- "):
                place = Place(self.path, self.line + number, line.index("-") + 1)
                message = "an item of a list begins here, but it is read as part of the text above"
                hint = "Move it to the left, under the `-` of the item above; or put quotes around the whole text."
                raise ContentError([SRC_01.finding(message, place, hint)])

    def refuse_a_lost_end(self, event: Any) -> None:
        """YAML takes ` #1` for a comment, and what stands behind it would be gone."""
        if found := _LOST.match(self.text, event.end_mark.index):
            line, column = event.end_mark.line, event.end_mark.column + found.start(1) - found.start()
            message = f"`{brief(found[1])}` is left out: what stands behind ` #` is a comment"
            place = Place(self.path, self.line + line, column + 1)
            hint = "Put quotes around the whole text; a comment has a space behind the `#`."
            raise ContentError([SRC_01.finding(message, place, hint)])

    _TAKE: ClassVar[dict[type[Any], Callable[[_Reader, Any], None]]] = {
        yaml.DocumentStartEvent: begin,
        yaml.ScalarEvent: scalar,
        yaml.AliasEvent: alias,
        yaml.MappingStartEvent: collection,
        yaml.SequenceStartEvent: collection,
        yaml.MappingEndEvent: end,
        yaml.SequenceEndEvent: end,
    }


def written(values: Any, comment: str = "") -> str:
    """`values` as YAML that `parse` reads, a line for each, below a comment; a text keeps its lines."""
    above = "".join(f"# {line}\n" for line in comment.splitlines())
    return above + yaml.dump(values, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=sys.maxsize)


class _Writer(yaml.SafeDumper):
    """Text between quotes only where it has to be."""

    def text(self, value: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", str(value), style="|" if "\n" in value else None)


_Writer.add_representer(str, _Writer.text)
_Writer.add_multi_representer(str, _Writer.text)  # words that are more than a `str`
