"""Values changed in a YAML text, and nothing else: comments, order and quoting of all other lines stay."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import yaml

from scormpack.content.codes import TAB_03
from scormpack.diagnostics import ContentError, Place
from scormpack.source.yaml import parse
from scormpack.starter.files import in_yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HINT = "Make this change in the file itself, then import the table again."

KeyPath: TypeAlias = tuple[str, ...]  # of keys; an item of a list has its number, as `answers`, `3`, `date`
Values: TypeAlias = "Mapping[KeyPath, str | None]"
Tree: TypeAlias = "dict[str, str | Tree | None]"


class _Splice(NamedTuple):
    """What is put in place of what stands between two places of a text."""

    begin: int
    end: int
    text: str


def edited(text: str, changes: Values, order: Sequence[KeyPath], path: str) -> str:
    """`text` of the file `path` with `changes` in it: a value in place of the old one, or None to take it out.

    What is new stands after what precedes it in `order`. The result is read again: ContentError (TAB-03) where it
    would say anything else than was meant.
    """
    body = text.removeprefix("\ufeff")
    try:
        made = _Editor(body, order).edited(_as_tree(changes))
        as_meant = _full(parse(made, path)) == _full(_meant(parse(body, path), changes))
    except (ContentError, yaml.YAMLError):
        as_meant = False
    if not as_meant:
        raise ContentError(
            [TAB_03.finding("cannot be changed without touching more than the value", Place(path), _HINT)]
        )
    return text[: len(text) - len(body)] + made


def _as_tree(changes: Values) -> Tree:
    tree: Tree = {}
    for path, value in changes.items():
        inside: Any = tree
        for name in path[:-1]:
            inside = inside.setdefault(name, {})
        inside[path[-1]] = value
    return tree


def _meant(data: Any, changes: Values) -> Any:
    """`data` with `changes` in it."""
    for path, value in changes.items():
        inside = data
        for name in path[:-1]:
            inside = inside[int(name)] if isinstance(inside, list) else inside.setdefault(name, {})
        if value is None:
            inside.pop(path[-1], None)
        elif value or path[-1] in inside:
            inside[path[-1]] = value
    return data


def _full(data: Any) -> Any:
    return {name: value for name, value in data.items() if value != {}} if isinstance(data, dict) else data


class _Editor:
    """One text, and what is to be put where in it."""

    def __init__(self, text: str, order: Sequence[KeyPath]) -> None:
        self.line_end = "\r\n" if "\r\n" in text else "\n"
        self.ended = text.endswith("\n")
        self.text = text if self.ended else text + self.line_end
        self.order = order
        self.splices: list[_Splice] = []

    def edited(self, changes: Tree) -> str:
        """The text with `changes` in it."""
        self.change(yaml.compose(self.text, Loader=_LOADER), changes, ())
        parts, at = [], 0
        for splice in sorted(self.splices, key=lambda each: each[:2]):  # at one place in the order in which they came
            parts += [self.text[at : splice.begin], splice.text]
            at = splice.end
        made = "".join([*parts, self.text[at:]])
        return made if self.ended else made.removesuffix(self.line_end)

    def put(self, begin: int, end: int, text: str) -> None:
        self.splices.append(_Splice(begin, end, text))

    def change(self, node: Any, changes: Tree, above: KeyPath) -> None:
        """Change what stands in the mapping `node`, whose own keys are `above`."""
        if isinstance(node, yaml.SequenceNode):
            for number, inside in changes.items():
                assert isinstance(inside, dict)
                self.change(node.value[int(number)], inside, (*above, number))
            return
        there = {key.value: value for key, value in node.value}
        gone: set[str] = set()
        new: Tree = {}
        for name, value in changes.items():
            if name not in there:
                new |= {name: value} if _filled(value) else {}
            elif value is None or (isinstance(value, dict) and _empties(value, there[name])):
                gone.add(name)
            elif isinstance(value, dict):
                self.change(there[name], value, (*above, name))
            else:
                self.replace(there[name], value, node.flow_style)
        (self.change_flow if node.flow_style else self.change_block)(node, gone, new, above)

    def replace(self, node: Any, value: str, in_flow: bool) -> None:
        """Another value, quoted as the old one was; a comment behind it stays."""
        begin, end = node.start_mark.index, self.end(node)
        old = self.text[begin:end]
        new = _in_flow(value) if in_flow else in_yaml(value)
        if node.style == '"':
            new = json.dumps(value, ensure_ascii=False)
        elif node.style == "'" and "\n" not in value:
            new = f"'{value.replace(chr(39), chr(39) * 2)}'"
        elif node.style in ("|", ">") and (comment := re.match(r"[^\n]*?(\s+#[^\r\n]*)", old)):
            new += comment[1]
        self.put(begin, end, new if old else f" {new}")

    def end(self, node: Any) -> int:
        """Where the value `node` ends, without the white space behind it."""
        if node.value and not isinstance(node.value, str) and not node.flow_style:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        begin = int(node.start_mark.index)
        return begin + len(self.text[begin : node.end_mark.index].rstrip())

    def change_block(self, node: Any, gone: set[str], new: Tree, above: KeyPath) -> None:
        """Whole lines of the mapping `node`, taken out and put in."""
        indent = node.value[0][0].start_mark.column
        behind = {key.value: self.line_behind(value, indent) for key, value in node.value}
        for key, _ in node.value:
            if key.value in gone:
                self.put(key.start_mark.index - indent, behind[key.value], "")
        for name, value in new.items():
            at = behind[self.predecessor(name, list(behind), above)]
            self.put(at, at, self.lines(name, value, indent))

    def line_behind(self, node: Any, indent: int) -> int:
        """Where the line after a value begins, and after comments that stand further right than its key."""
        at = self.text.index("\n", self.end(node)) + 1
        found = re.compile(rf"(?: {{{indent + 1},}}#[^\n]*\n)*").match(self.text, at)
        return found.end() if found else at

    def predecessor(self, name: str, there: list[str], above: KeyPath) -> str:
        """After which of those that are `there` a new one stands: the last otherwise."""
        names = list(dict.fromkeys(path[len(above)] for path in self.order if path[: len(above)] == above))
        before = [each for each in names[: names.index(name)] if each in there]
        return before[-1] if before else there[-1]

    def lines(self, name: str, value: str | Tree | None, indent: int) -> str:
        if not isinstance(value, dict):
            return f"{' ' * indent}{name}: {in_yaml(value or '')}{self.line_end}"
        inner = [self.lines(each, inside, indent + 2) for each, inside in value.items() if _filled(inside)]
        return "".join([f"{' ' * indent}{name}:{self.line_end}", *inner])

    def change_flow(self, node: Any, gone: set[str], new: Tree, above: KeyPath) -> None:  # noqa: ARG002
        """Parts of a mapping between `{` and `}`."""
        added = _pairs(new)
        kept = [value for key, value in node.value if key.value not in gone]
        if not kept:
            self.put(node.start_mark.index + 1, node.end_mark.index - 1, added)
            return
        last, end = self.end(kept[-1]), self.end(node.value[-1][1])
        for (key, _), (following, _) in pairwise(node.value):
            if key.value in gone and key.start_mark.index < last:
                self.put(key.start_mark.index, following.start_mark.index, "")
        self.put(last, last, f", {added}" if added else "")
        self.put(last, end, "")


def _filled(value: str | Tree | None) -> bool:
    """Whether there is something in `value` to write."""
    return any(map(_filled, value.values())) if isinstance(value, dict) else bool(value)


def _empties(changes: Tree, node: Any) -> bool:
    """Whether nothing stays in `node`. A list always stays."""
    if isinstance(node, yaml.SequenceNode):
        return False
    return not _filled(changes) and all(key.value in changes and changes[key.value] is None for key, _ in node.value)


def _pairs(values: Tree) -> str:
    filled = {name: value for name, value in values.items() if _filled(value)}
    return ", ".join(f"{name}: {_in_flow(value)}" for name, value in filled.items())


def _in_flow(value: str | Tree | None) -> str:
    """A value between `{` and `}`, where a comma ends it."""
    if isinstance(value, dict):
        return f"{{{_pairs(value)}}}"
    plain = in_yaml(value or "")
    return json.dumps(value, ensure_ascii=False) if "," in plain else plain
