"""What a filled-in table changes in a self-assessment: found and checked as a whole, then written all or none."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from scormpack.assess.form import ABOUT, ANSWER, COLUMNS, ID, KIND
from scormpack.content.assessment import (
    FIELDS,
    WORDS,
    SelfAssessment,
    blank,
    check_assessment,
    load_assessment,
    measures,
    unanswered,
)
from scormpack.content.codes import LNK_01, MOD_01, TAB_03
from scormpack.content.library import Library
from scormpack.content.recommendation import Measure
from scormpack.diagnostics import ContentError, Diagnostic, Place, Problems
from scormpack.source.codes import FRM_01, FRM_03, FRM_04
from scormpack.source.files import LARGEST_TEXT, read_bytes
from scormpack.source.node import nearest, read
from scormpack.source.signs import brief
from scormpack.source.yaml import Mapping as Located
from scormpack.source.yaml import Sequence as LocatedList
from scormpack.source.yaml import parse
from scormpack.starter.edit import KeyPath, edited
from scormpack.tables.cells import Cell
from scormpack.tables.lines import Line, read_lines

FOLDER: Final = "assessments"
_FIELD_OF: Final = {column.name: column.field for column in COLUMNS}
_NAME_OF: Final = {column.field: column.name for column in COLUMNS}
_DAYS: Final = {column.name for column in COLUMNS if column.is_day}
_CODES: Final = {word.casefold(): code for code, (word, _) in WORDS.items()} | {code: code for code in WORDS}
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00")  # a day that a spreadsheet keeps as a moment


@dataclass(frozen=True)
class Change:
    """A value that becomes another one, either of them empty: of a question, or of the whole."""

    about: str
    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Plan:
    """What a table changes in the file `path` of the library, and what that becomes; `text` is empty if nothing."""

    provider: str
    path: str
    is_new: bool
    changes: tuple[Change, ...]
    text: str = ""


def plan_import(library: Library, table: Path) -> Plan:
    """What the table in the file `table` changes in the self-assessment of its provider. Nothing is written.

    Raises ContentError with every problem of every row, each with its cell.
    """
    reader = _Reader(library)
    lines = read_lines(table, KIND, {column.name: column.name for column in COLUMNS}, reader.problems)
    with reader.problems:
        reader.take(lines)
        wanted = reader.wanted()
        found = reader.assessment(wanted) if wanted else None
        if wanted and found and not reader.problems.found:
            return reader.plan(found, wanted)
    told = map(reader.in_its_cell, reader.problems.found)
    raise ContentError(sorted(told, key=lambda each: (each.place, each.code)))


def file_of(library: Library, provider: str) -> Path:
    """Where the self-assessment of a provider is kept."""
    return library.folder / FOLDER / f"{provider}.yaml"


class _Reader:
    """Takes a table's lines, and holds them against what is there."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.known: dict[str, Measure] = {measure.id: measure for _, measure in measures(library)}
        self.problems = Problems()
        self.about: dict[str, Cell] = {}
        self.answers: dict[str, dict[str, Cell]] = {}
        self.cells: dict[Place, str] = {}

    def in_its_cell(self, finding: Diagnostic) -> Diagnostic:
        """A finding that says in which cell of the table it is."""
        where = self.cells.get(finding.place, "")
        behind = f" ({where})" if where else ""
        return replace(finding, message=f"{finding.message.removesuffix(behind)}{behind}")

    def take(self, lines: list[Line[str]]) -> None:
        """Sort the lines: what is said of the whole, and the answers, each of which has to be to a known question."""
        first: dict[str, Cell] = {}
        for line in lines:
            given = line.cells[ID]
            self.cells |= {cell.place: f"cell {cell.name}" for cell in line.cells.values()}
            self.cells[line.row.place] = f"row {line.row.number}"  # an empty cell has no place of its own
            if (before := first.setdefault(given.text, given)) is not given:
                message = f"the question `{brief(given.text)}` is there twice; first in cell {before.name}"
                self.problems.add(MOD_01, message, given.place, "Keep one of the rows.", given.text)
            elif given.text in ABOUT:
                self.about[given.text] = line.cells.get(ANSWER) or given._replace(text="")
            elif given.text in self.known:
                cells = {name: cell for name, cell in line.cells.items() if _FIELD_OF[name]}
                self.answers[given.text] = {name: self.checked(cell, name) for name, cell in cells.items()}
            else:
                self.problems.add(LNK_01, *self.unknown(given))
        if lines and "provider" not in self.about:
            hint = "Export the table again: its third row says whose self-assessment it is."
            self.problems.add(FRM_01, "no row has the id `provider`", lines[0].row.place, hint)

    def checked(self, cell: Cell, column: str) -> Cell:
        """The cell, with its trouble if it holds no such word, or no such day, as is wanted there."""
        text = _meant(cell)
        if column == ANSWER and text and text.casefold() not in _CODES:
            words = [word for word, _ in WORDS.values()]
            message = f"`{column}`: has to be {', '.join(words[:-1])} or {words[-1]}, not `{brief(text)}`"
            self.problems.add(FRM_04, message, cell.place, nearest(text, words), cell.text)
        elif column in _DAYS and text and not _is_day(text):
            hint = "Write the day as year-month-day."
            self.problems.add(FRM_03, f"`{column}`: has to be a day such as 2026-11-30", cell.place, hint, cell.text)
        else:
            return cell
        return cell._replace(trouble="is not what is wanted here")

    def unknown(self, given: Cell) -> tuple[str, Place, str, str]:
        """What to say of a question that the library does not ask, or not any more."""
        hint = nearest(given.text, [*self.known, *ABOUT])
        hint = hint or "The library has changed since, or is another one: export the table again."
        return f"`{brief(given.text)}` is no measure of a recommendation", given.place, hint, given.text

    def assessment(self, wanted: Located) -> SelfAssessment:
        """What the table says, as a file would. Adds a problem for each mistake in it."""
        found = read(SelfAssessment, wanted, wanted.place)
        check_assessment(found, self.library, self.problems)
        return found

    def plan(self, found: SelfAssessment, wanted: Located) -> Plan:
        """What becomes of the file."""
        file, path = file_of(self.library, found.provider), f"{FOLDER}/{found.provider}.yaml"
        is_new = not file.exists()
        text = blank(self.library, found.provider, found.date) if is_new else self.text(file, path)
        return self.changed(text, wanted, path, is_new)

    def text(self, file: Path, path: str) -> str:
        """The file as it is, with a place for each answer that it has none for yet."""
        before = load_assessment(file, self.library)
        text = read_bytes(file, self.library.folder, LARGEST_TEXT).decode()
        there = {str(each.measure) for each in before.answers}
        new = [name for name in self.answers if name not in there and any(self.said(name).values())]
        if not new:
            return text
        if not before.answers:
            hint = "Move that file away, and import the table again."
            raise ContentError([TAB_03.finding("has no answers that others could be put behind", Place(path), hint)])
        added = "\n".join(line for name in new for line in unanswered(self.known[name]))
        return f"{text.rstrip()}\n{added}\n"

    def said(self, name: str) -> dict[str, str]:
        """What the table says in answer to a question, by the fields of an answer."""
        return {_FIELD_OF[column]: _meant(cell) for column, cell in self.answers[name].items() if column != ID}

    def wanted(self) -> Located | None:
        """The table as if it had been read from a file: so what is said of a mistake is said of its cell.

        None where the table does not say whose it is.
        """
        provider = self.about.get("provider")
        if provider is None:
            return None
        made, kept = Located(provider.place), self.kept(_meant(provider))
        for field in ABOUT:
            if cell := self.about.get(field):
                _put(made, field, _meant(cell) or None, cell.place)
            elif field in kept:
                _put(made, field, kept[field], provider.place)
        answers = LocatedList(made.place)
        for name, cells in self.answers.items():
            answer = Located(cells[ID].place)
            for column, cell in cells.items():
                _put(answer, _FIELD_OF[column], _coded(cell, column) or None, cell.place)
            if any(self.said(name).values()):
                answers.append(answer)
                answers.values_at.append(answer.place)
        _put(made, "answers", answers, made.place)
        return made

    def kept(self, provider: str) -> dict[str, str]:
        """What the file of a provider says of the whole, if there is one that can be read."""
        with suppress(ContentError):
            if provider in self.library.providers and (file := file_of(self.library, provider)).exists():
                found = load_assessment(file, self.library)
                return {"date": str(found.date), "prepared_by": found.prepared_by}
        return {}

    def changed(self, text: str, wanted: Located, path: str, is_new: bool) -> Plan:
        """The plan: what differs between a file's `text` and the table."""
        data = parse(text.removeprefix("\ufeff"), path)
        assert isinstance(data, Located)
        values: dict[KeyPath, str | None] = {}
        changes = []
        for key, change in self.differences(data, wanted):
            values[key] = change.new or (None if change.about else "")  # an answer can go without, the whole cannot
            changes.append(change)
        order: list[KeyPath] = [(field,) for field in ABOUT]
        order += [("answers", str(at), field) for at in range(len(data["answers"] or ())) for field in FIELDS]
        made = edited(text, values, order, path) if values else text
        return Plan(str(data["provider"]), path, is_new, tuple(changes), made if values or is_new else "")

    def differences(self, data: Located, wanted: Located) -> Iterator[tuple[KeyPath, Change]]:
        """What the table says otherwise than the file, by where it stands there."""
        for field in ABOUT:
            new, old = str(wanted.get(field) or ""), str(data.get(field) or "")
            if field in wanted and new != old:
                yield (field,), Change("", field, old, new)
        for at, there in enumerate(data["answers"] or ()):
            for column, cell in self.answers.get(there["measure"], {}).items():
                field = _FIELD_OF[column]
                new, old = _coded(cell, column), " ".join(str(there.get(field) or "").split())
                if column != ID and new != old:
                    yield ("answers", str(at), field), Change(there["measure"], _NAME_OF[field], old, new)


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _meant(cell: Cell) -> str:
    """What was typed into a cell, if anybody knows; a day as it is written in a file."""
    if cell.trouble:
        return ""
    day = _MIDNIGHT.fullmatch(cell.text)
    return day[1] if day else " ".join(cell.text.split())


def _coded(cell: Cell, column: str) -> str:
    """The same, of an answer the word that a file has for it."""
    text = _meant(cell)
    return _CODES.get(text.casefold(), text) if column == ANSWER else text


def _put(data: Located, key: str, value: object, place: Place) -> None:
    data[key] = value
    data.keys_at[key] = data.values_at[key] = place
