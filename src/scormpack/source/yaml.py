"""YAML as authors mean it: every scalar stays the text that was typed, every key knows its place.

What a word means is decided by the model that reads it, so `no` is a word, `12:30` is not a number and
`0800` keeps its zero. Duplicate keys, anchors, tags and a second document are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TypeAlias

import yaml

from scormpack.diagnostics import ContentError, Diagnostic, Place, Severity

Value: TypeAlias = "str | Mapping | Sequence | None"

DEEPEST = 12  # levels; the models need six
MOST_VALUES = 50_000  # keys and values; the glossary of the sample library has under 1,000
# What XML cannot carry, and the line ends of YAML 1.1 that no editor counts as such.
UNUSABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufffe\\uffff]")
_NULL = ("", "~", "null")


def legible(text: str) -> str:
    """`text` on one line, with an escape for each sign that cannot be shown."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def brief(text: str, most: int = 60) -> str:
    """`text` as a message quotes it: legible, and cut where a stranger wrote too much."""
    return legible(text[:most]) + ("…" if len(text) > most else "")


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


def refuse_unusable(text: str, path: str, line: int = 1) -> None:
    """ContentError (SRC-01) at the first sign in `text` that is none to read."""
    if found := UNUSABLE.search(text):
        before = text[: found.start()]
        place = Place(path, line + before.count("\n"), len(before) - before.rfind("\n"))
        message = f"the control character U+{ord(found[0]):04X} is not used here"
        raise ContentError(
            [Diagnostic("SRC-01", Severity.ERROR, message, place, "Remove it, or write it as a space.")]
        )


class _Reader:
    """Builds values from the event stream; no recursion on what a stranger nested."""

    def __init__(self, text: str, path: str, line: int) -> None:
        self.path = path
        self.line = line
        self.text = text

    def place(self, mark: Any) -> Place:
        return Place(self.path, self.line + int(mark.line), int(mark.column) + 1)

    def refuse(self, mark: Any, code: str, message: str, hint: str) -> ContentError:
        return ContentError([Diagnostic(code, Severity.ERROR, message, self.place(mark), hint)])

    def document(self) -> Value:
        try:
            return self.build(self.text)
        except yaml.MarkedYAMLError as error:
            problem = error.problem or "not valid YAML"
            if "\\t" in problem or "'\t'" in problem:
                problem = "a tab stands where spaces have to"
            mark = error.problem_mark or error.context_mark
            hint = "Check the indentation, and put quotes around text that holds `: ` or ` #`."
            if mark is None:
                raise ContentError(
                    [Diagnostic("SRC-01", Severity.ERROR, problem, Place(self.path, self.line), hint)]
                ) from None
            self.refuse_before(mark)
            raise self.refuse(mark, "SRC-01", problem, hint) from None

    def refuse_before(self, mark: Any) -> None:
        """Raise what is to be refused before `mark`: the library reads far ahead, and some releases have limits."""
        with suppress(yaml.MarkedYAMLError):
            self.build(self.text[: mark.index])

    def events(self, text: str) -> Iterator[Any]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return iter(yaml.parse(text, Loader=loader))

    def build(self, text: str) -> Value:
        stack: list[tuple[Mapping | Sequence, list[tuple[str, Place]]]] = []
        root: Value = None
        documents = values = 0
        for event in self.events(text):
            self.refuse_the_unused(event)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.refuse(event.start_mark, "SRC-03", "a second document starts here", "Remove `---`.")
            elif isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
            elif isinstance(event, yaml.NodeEvent):
                values += 1
                if values > MOST_VALUES:
                    message = f"holds more than {MOST_VALUES:,} keys and values"
                    raise self.refuse(event.start_mark, "SRC-06", message, "Split it, or make it smaller.")
                place = self.place(event.start_mark)
                if isinstance(event, yaml.ScalarEvent):
                    if UNUSABLE.search(event.value):  # written as an escape, such as "\\x07"
                        hint = "Write it as a space."
                        raise self.refuse(event.start_mark, "SRC-01", "control characters are not used here", hint)
                    self.refuse_a_swallowed_item(event)
                    value: Value = _scalar(event)
                elif isinstance(event, yaml.MappingStartEvent):
                    value = Mapping(place)
                else:
                    value = Sequence(place)
                if stack:
                    self.attach(*stack[-1], value, place, event)
                else:
                    root = value
                if isinstance(value, Mapping | Sequence):
                    if len(stack) == DEEPEST:
                        raise self.refuse(event.start_mark, "SRC-03", "nested too deeply", "Write it flatter.")
                    stack.append((value, []))
        return root

    def refuse_the_unused(self, event: Any) -> None:
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise self.refuse(
                mark, "SRC-03", "anchors (&) and aliases (*) are not used here", "Write it out, or quote it."
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise self.refuse(
                mark, "SRC-03", f"tags such as {brief(event.tag)} are not used here", "Remove it, or quote it."
            )

    def refuse_a_swallowed_item(self, event: Any) -> None:
        """YAML takes an item that stands too far to the right as more of the text above: two steps become one."""
        first, last = event.start_mark.line, event.end_mark.line
        if event.style not in (None, "") or first == last:
            return
        for number, line in enumerate(self.text.split("\n")[first + 1 : last + 1], first + 1):
            if line.lstrip().startswith("- "):
                place = Place(self.path, self.line + number, line.index("-") + 1)
                message = "an item of a list begins here, but it is read as part of the text above"
                hint = "Move it to the left, under the `-` of the item above; or put quotes around the whole text."
                raise ContentError([Diagnostic("SRC-01", Severity.ERROR, message, place, hint)])

    def attach(
        self,
        parent: Mapping | Sequence,
        waiting: list[tuple[str, Place]],
        value: Value,
        place: Place,
        event: Any,
    ) -> None:
        """Put a value into its parent; in a mapping every other value is a key that waits for the next."""
        if isinstance(parent, Sequence):
            parent.append(value)
            parent.values_at.append(place)
        elif waiting:
            key, key_place = waiting.pop()
            parent[key] = value
            parent.keys_at[key] = key_place
            parent.values_at[key] = place
        elif not isinstance(value, str):
            raise self.refuse(event.start_mark, "SRC-03", "a key has to be a word", "Put quotes around it.")
        elif value in parent:
            first = parent.keys_at[value]
            raise self.refuse(
                event.start_mark,
                "SRC-02",
                f"`{brief(value)}` is given twice; first in line {first.line}",
                "Keep one of them.",
            )
        else:
            waiting.append((value, place))


def _scalar(event: yaml.ScalarEvent) -> str | None:
    plain = event.style in (None, "")
    return None if plain and event.value in _NULL else str(event.value)


def written(values: dict[str, Any], comment: str) -> str:
    """`values` as YAML that `parse` reads, a line for each, below a comment."""
    above = "".join(f"# {line}\n" for line in comment.splitlines())
    return above + yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000)
