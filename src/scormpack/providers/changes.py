"""What a table changes in a library: found and checked as a whole, then written all or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scormpack.cache import NOTHING, Cache
from scormpack.check.content.local import LOC_04, against_modules, numbers_not_to_call
from scormpack.content.codes import LOC_03, MOD_01
from scormpack.content.library import Library
from scormpack.content.links import check_links, registers
from scormpack.content.provider import Provider
from scormpack.content.texts import check_texts
from scormpack.course.model import LocalDetail
from scormpack.course.phone import dialled
from scormpack.diagnostics import Code, ContentError, Diagnostic, Place, Problems, Severity
from scormpack.package import PKG_02
from scormpack.providers.columns import COLOUR, ID, LOCAL, LOGO, NAME, WELCOME, Column, KeyPath, columns, value_at
from scormpack.providers.logos import Logos
from scormpack.providers.table import read_table
from scormpack.source import codes
from scormpack.source.codes import FRM_05
from scormpack.source.files import LARGEST_TEXT, listed, read_bytes, within
from scormpack.source.node import read
from scormpack.source.signs import brief
from scormpack.source.word import Slug
from scormpack.source.yaml import Mapping as Located
from scormpack.source.yaml import read_yaml
from scormpack.starter.add import for_editors
from scormpack.starter.edit import edited
from scormpack.starter.files import in_yaml
from scormpack.tables.cells import Cell
from scormpack.tables.lines import MOST_PROBLEMS, Line
from scormpack.vocabulary import references

FOLDER = "providers"
_RESERVED = re.compile(r"con|prn|aux|nul|com[1-9]|lpt[1-9]")  # Windows: no file can be called so, with any ending
_REMEDIES = {each.id: each.remedy for each in vars(codes).values() if isinstance(each, Code)}


@dataclass(frozen=True)
class Change:
    """A value that becomes another one, either of them empty; `note` says what is not as the table has it."""

    name: str
    old: str
    new: str
    note: str = ""


@dataclass(frozen=True)
class Update:
    """What a table changes for one provider."""

    id: str
    is_new: bool
    changes: tuple[Change, ...]

    @property
    def state(self) -> str:
        """`new`, `changed` or `unchanged`."""
        return "new" if self.is_new else "changed" if self.changes else "unchanged"


@dataclass(frozen=True)
class Plan:
    """What a table changes, provider by provider, and the files to write, by their paths in the library."""

    updates: tuple[Update, ...]
    files: Mapping[str, bytes]


def plan_import(library: Library, table: Path, cache: Cache = NOTHING) -> Plan:
    """What the table in the file `table` changes in `library`. Nothing is written.

    Raises ContentError with every problem of every row. A value that stays as it is has none.
    """
    planner = _Planner(library, table, cache)
    with planner.problems:
        planner.take_all(read_table(table, planner.columns, planner.problems))
    if planner.problems.found:
        raise ContentError(
            sorted(map(planner.in_its_cell, planner.problems.found), key=lambda each: (each.place, each.code))
        )
    return Plan(tuple(planner.updates), planner.files | planner.logos.files)


class _Planner:
    """Goes from line to line, and remembers what was there before."""

    def __init__(self, library: Library, table: Path, cache: Cache) -> None:
        self.library = library
        self.columns = columns(library.settings.slots)
        self.known = registers(library)
        self.folder = library.folder / FOLDER
        self.there = {path.name for path in listed(self.folder, "*", library.folder)}
        self.spelled = {name.casefold(): name for name in self.there}
        self.logos = Logos(library, table.parent, cache)
        self.ids: dict[str, Cell] = {}
        self.cells: dict[Place, tuple[str, KeyPath | None]] = {}
        self.problems = Problems()
        self.updates: list[Update] = []
        self.files: dict[str, bytes] = {}

    def in_its_cell(self, finding: Diagnostic) -> Diagnostic:
        """A finding that says in which cell of the table it is, and what to do there."""
        where, column = self.cells.get(finding.place, ("", None))
        hint = finding.hint or _REMEDIES.get(finding.code, "")
        if finding.code == FRM_05.id and column == COLOUR:  # only YAML needs quotes
            hint = next(each.meaning for each in self.columns if each.path == COLOUR)
        behind = f" ({where})" if where else ""
        return replace(finding, message=f"{finding.message.removesuffix(behind)}{behind}", hint=hint)

    def take_all(self, lines: list[Line[KeyPath]]) -> None:
        ids = {line.cells[ID].text for line in lines}
        for line in lines:
            if len(self.problems.found) >= MOST_PROBLEMS:
                break
            self.cells |= {cell.place: (f"cell {cell.name}", path) for path, cell in line.cells.items()}
            self.cells[line.row.place] = f"row {line.row.number}", None
            with self.problems:
                self.take(line, ids)

    def take(self, line: Line[KeyPath], ids: set[str]) -> None:
        given = line.cells[ID]
        is_new = f"{given.text}.yaml" not in self.there
        self.check_id(given, is_new)
        data = Located(line.row.place) if is_new else self.read(given.text)
        changes = dict(self.changes(line, data, ids))
        if is_new or changes:
            before = len(self.problems.found)
            self.check(line, data, changes)
            if len(self.problems.found) == before and not any(cell.trouble for cell in line.cells.values()):
                self.write(given.text, changes, is_new)
        self.updates.append(Update(given.text, is_new, tuple(changes.values())))

    def check_id(self, cell: Cell, is_new: bool) -> None:
        name = cell.text
        first = self.ids.setdefault(name.casefold(), cell)
        if first is not cell:
            message = f"the id `{brief(name)}` is given twice; first in cell {first.name}"
            self.problems.add(MOD_01, message, cell.place, "Put all of one provider into one row.", name)
        if is_new and _RESERVED.fullmatch(name):
            message = f"`id`: `{name}` is a name that Windows keeps for itself"
            self.problems.add(FRM_05, message, cell.place, "Choose another id: on Windows no file can be called so.")
        spelled = self.spelled.get(f"{name.casefold()}.yaml")
        if is_new and spelled and Slug.fits(name):
            message = f"`id`: the library has {FOLDER}/{spelled}, which differs in case only"
            self.problems.add(PKG_02, message, cell.place, f"Rename that file to `{name}.yaml`.", name)

    def read(self, name: str) -> Located:
        """What the provider's file says. ContentError where it is not even a provider's in its outline."""
        path = self.folder / f"{name}.yaml"
        data = read_yaml(path, self.library.folder)
        if not all(_is_in_order(data, each.path) for each in self.columns):
            read(Provider, data, Place(within(path, self.library.folder), 1, 1))
        assert isinstance(data, Located)
        return data

    def changes(self, line: Line[KeyPath], data: Located, ids: set[str]) -> Iterator[tuple[KeyPath, Change]]:
        """What the line changes in a provider's file, in the order of the model."""
        for column in self.columns:
            cell = line.cells.get(column.path)
            if cell is None or cell.trouble:
                continue
            old = value_at(data, column.path)
            new, note = (cell.text, "") if cell.text == old else _meant(cell.text, column)
            if column.path == LOGO and new:
                with self.problems:
                    note = "its picture comes along" if self.logos.take(cell, new != old, ids) else ""
            if new != old or (column.path == LOGO and note):
                yield column.path, Change(column.name, old, new, note)

    def check(self, line: Line[KeyPath], data: Located, changes: Mapping[KeyPath, Change]) -> None:
        """Add a problem for everything that is wrong with the provider as it would be."""
        made = _copy(data)
        if name := line.cells.get(NAME):
            _put(made, NAME, "?" if name.trouble else made.get("name"), name.place)  # where it is missing
        for path, change in changes.items():
            _put(made, path, change.new or None, line.cells[path].place)
        for column in self.columns:
            if column.path in changes:
                self.check_words(column, changes[column.path].new, line.cells[column.path], made.get("name") or "?")
        own = Problems()
        with own:
            provider = read(Provider, made, line.row.place)
            check_links(references(provider), self.known, own)
            check_texts([provider], own)
        self.problems.found += dict.fromkeys(own.found)

    def check_words(self, column: Column, text: str, cell: Cell, whose: str) -> None:
        """What the rules would find in a course with these words, of which an import makes errors."""
        if column.slot is None and column.path != WELCOME:
            return
        for message, words in against_modules(text):
            self.problems.add(LOC_03, message, cell.place, LOC_03.remedy, words)
        if column.slot:
            detail = LocalDetail(column.path[-1], column.slot.label, column.slot.kind, text or None)
            for found in numbers_not_to_call(detail, whose, cell.place):
                finding = LOC_04.finding(found.message, cell.place, LOC_04.remedy, found.words)
                self.problems.found.append(replace(finding, severity=Severity.ERROR))

    def write(self, name: str, changes: Mapping[KeyPath, Change], is_new: bool) -> None:
        """Note what the provider's file becomes."""
        values = {path: change.new for path, change in changes.items() if change.new != change.old}
        order = [each.path for each in self.columns]
        path = f"{FOLDER}/{name}.yaml"
        if is_new:
            begun = f"id: {in_yaml(values.pop(ID))}\nname: {in_yaml(values.pop(NAME))}\n"
            text = for_editors(path, edited(begun, values, order, path), self.library.folder)
        elif values:
            # A slot stays where it was, perhaps with a note on what it is, and becomes empty.
            wanted = {path: value or ("" if path[0] == LOCAL else None) for path, value in values.items()}
            text = edited(self.text(path), wanted, order, path)
        else:
            return
        self.files[path] = text.encode()

    def text(self, path: str) -> str:
        """A file as it is, with its line ends and its mark."""
        return read_bytes(self.library.folder / path, self.library.folder, LARGEST_TEXT).decode()


def _is_in_order(data: Any, path: KeyPath) -> bool:
    """Whether there is a group wherever `path` goes through one, and a text or nothing at its end."""
    for name in path:
        if not isinstance(data, Located):
            return False
        if name not in data:
            return True
        data = data[name]
    return data is None or isinstance(data, str)


def _copy(data: Located) -> Located:
    made = Located(data.place)
    made.update({name: _copy(value) if isinstance(value, Located) else value for name, value in data.items()})
    made.keys_at, made.values_at = {**data.keys_at}, {**data.values_at}
    return made


def _put(data: Located, path: KeyPath, value: str | None, place: Place) -> None:
    """Write a value at `path` of `data`, as if it had been read at `place`; take it out where it is None."""
    for name in path[:-1]:
        if name not in data:
            data[name] = Located(place)
            data.keys_at[name] = data.values_at[name] = place
        data = data[name]
    data.keys_at[path[-1]] = data.values_at[path[-1]] = place
    if value is None:
        data.pop(path[-1], None)
    else:
        data[path[-1]] = value


def _meant(text: str, column: Column) -> tuple[str, str]:
    """What was typed, and a note where a spreadsheet has taken the zero of a phone number for nothing."""
    if column.slot and text.isdecimal() and not dialled(text) and dialled(f"0{text}"):
        return f"0{text}", f"the table has {text}, a number without its zero"
    return text, ""
