"""Results from a table: in a form that is known, or in one that somebody has described."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from scormpack.check.returned import RES_01, RES_02, RES_03, RES_04, RES_05, RES_06
from scormpack.diagnostics import Code, Place
from scormpack.results.days import AmbiguousError, Days, order_of
from scormpack.results.form import WORDS, Activities, Form, Meaning, Order, Word, forms
from scormpack.results.interactions import Entry, Interactions
from scormpack.results.names import Names
from scormpack.results.values import Gathered, Origin, Read, State, Told, Took
from scormpack.source.files import shown
from scormpack.source.signs import brief
from scormpack.tables.cells import Cell, Kind, Row
from scormpack.tables.reading import rows_in, table_bytes

KIND: Final = Kind("", "learner", typed=True, bytes=50_000_000, rows=400_000, cells=4_000_000)
_MOST_NOTES = 20  # of a file, about what is left out
_MOST_BEFORE = 10  # names of sections before that of an activity
_ABOVE = 10  # rows that may stand above the names of the columns
MOST_FINDINGS = 200  # of one file
# In which unit a length of time is; a duration is written as 1:02:03.
_LENGTHS: Final[tuple[tuple[Meaning, float], ...]] = (("seconds", 1), ("minutes", 60), ("duration", 0))
_STATES: Final[dict[Word, State]] = {
    "finished": "finished",
    "passed": "finished",
    "failed": "not_passed",
    "begun": "begun",
    "not_begun": "not_begun",
}
_BY_EMAIL: Final[tuple[Meaning, ...]] = ("email", "person")  # what tells people apart, the surest first


@dataclass(frozen=True)
class Asked:
    """What was asked for: in which form tables are, in which order days, and which zone moments are told in."""

    names: Names
    zone: datetime.tzinfo = datetime.UTC
    form: Form | None = None
    order: Order = "any"
    asks: frozenset[str] = frozenset()  # modules with questions: who has not passed one has not finished it


def read_table(file: Path, name: str, asked: Asked, into: Gathered) -> None:
    """Take the results in a table, which the report calls `name`. Findings go to `into` (RES-01 to RES-06).

    Raises ContentError where the file is no table (TAB-01, SRC-04, SRC-06, SRC-07).
    """
    data = table_bytes(file, KIND)
    above: list[Row] = []
    rows = rows_in(file, data, KIND)
    for head in rows:
        form = _form(head, above, asked.form)
        if form:
            _Reader(file, name, above, head, form, asked, into).take(rows, rows_in(file, data, KIND))
            return
        above.append(head)
        if len(above) == _ABOVE:
            break
    columns = ", ".join(f"`{brief(cell.text)}`" for cell in above[0].cells.values() if cell.text) if above else ""
    place = above[0].place if above else Place(shown(file), outside=True)
    _find(into, RES_01, f"no known table has these columns: {brief(columns, 300)}" if columns else "is empty", place)


def take_rows(file: Path, name: str, head: Row, rows: Iterable[Row], asked: Asked, into: Gathered) -> None:
    """Take the results in `rows`, whose form is known by `head`. Findings go to `into` (RES-02, RES-03, RES-05)."""
    form = _form(head, (), asked.form)
    assert form, "whoever makes a head makes one that is known"
    _Reader(file, name, (), head, form, asked, into).take(rows, ())


def _form(head: Row, above: Iterable[Row], given: Form | None) -> Form | None:
    """The form of a table with these columns: the one that was given, or the one that needs most of them."""
    begins = {_plain(row.cell(1).text) for row in above}
    names = {_plain(cell.text) for _, cell in _columns(head)}
    if given and given.columns and {_plain(name) for name in given.needs or given.columns} <= names:
        return given
    found = max(
        (each for each in forms() if each.knows(names, begins)), key=lambda each: len(each.needs), default=None
    )
    return found.with_more(given) if found and given else found


def _columns(head: Row) -> Iterator[tuple[int, Cell]]:
    """The columns of a table by their numbers, those without a name included."""
    return ((number, head.cell(number)) for number in range(1, max(head.cells) + 1))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _find(into: Gathered, code: Code, message: str, place: Place, hint: str = "", words: str = "") -> None:
    into.findings.append(code.finding(message, place, hint or code.remedy, words))


class _Reader:
    """Goes through one table. What is wrong with many rows in the same way is told once."""

    def __init__(
        self, file: Path, name: str, above: Iterable[Row], head: Row, form: Form, asked: Asked, into: Gathered
    ) -> None:
        self.file, self.name, self.head, self.form, self.asked, self.into = file, name, head, form, asked, into
        self.about = [row.cell(2) for row in above if form.above and _plain(row.cell(1).text) == _plain(form.above)]
        self.meanings: dict[Meaning, list[int]] = {}
        self.activities: dict[int, str] = {}
        self.named: set[int] = set()  # columns that have an activity as their name, of a module or not
        self.due: dict[int, datetime.date] = {}
        self.interactions = Interactions()
        self.words = {word: state for name, said in WORDS.items() for word, state in _spelled(name, said)}
        self.words |= {word: state for name, said in form.words.items() for word, state in _spelled(name, said)}
        self.days = Days(form.days if form.days != "any" else asked.order, asked.zone)
        self.told: Counter[tuple[str, str]] = Counter()
        self.notes: list[str] = []
        self.rows = 0
        self.look_at_columns()

    # Columns

    def look_at_columns(self) -> None:
        known = {_plain(name): meaning for name, meaning in self.form.columns.items()}
        ignored = [_plain(name) for name in self.form.ignored]
        for number, cell in _columns(self.head):
            name = _plain(cell.text)
            if name in known and (name or number == 1):
                self.meanings.setdefault(known[name], []).append(number)
            elif (
                self.is_beside(number, cell)
                or (self.form.answers and self.interactions.take_column(number, name))
                or not name
                or any(fnmatchcase(name, each) for each in ignored)
            ):
                continue
            elif self.form.activities:
                self.look_at_activity(number, cell, self.form.activities)
            else:
                self.find(RES_06, f"the column `{brief(cell.text)}` is not used", cell)

    def is_beside(self, number: int, cell: Cell) -> bool:
        """Whether a column has the days of the activity on its left. Its name may be the day by which that is due."""
        if not (self.form.activities and self.form.activities.day_beside and number - 1 in self.named):
            return False
        with suppress(ValueError):
            self.due[number - 1] = self.days.read(cell.text)
        return not cell.text or number - 1 in self.due

    def look_at_activity(self, number: int, cell: Cell, written: Activities) -> None:
        self.named.add(number)
        text = cell.text
        if not (text.startswith(written.begins) and text.endswith(written.ends)):
            self.find(RES_06, f"the column `{brief(text)}` is not used", cell)
            return
        name = text.removeprefix(written.begins).removesuffix(written.ends)
        if module := self.module(self.shortened(name, written.after), cell):
            self.activities[number] = module

    def shortened(self, name: str, after: str) -> str:
        """The name without what stands before it. It may have in it what divides it from that."""
        parts = name.split(after, _MOST_BEFORE) if after else [name]
        names = [after.join(parts[begin:]).strip() for begin in range(len(parts))]
        return next(filter(self.asked.names.found, names), names[-1])

    def module(self, name: str, cell: Cell) -> str:
        """The module that an activity is; empty, and told, where it is none or could be several."""
        found = self.asked.names.found(name)
        if len(found) == 1:
            return found[0]
        code, what = (RES_03, f"could be {' or '.join(found)}") if found else (RES_02, "is no module of this library")
        self.find(code, f"“{brief(name)}” {what}", cell)
        return ""

    def find(self, code: Code, message: str, cell: Cell, hint: str = "") -> None:
        """Tell something once, at the first cell that has it."""
        self.told[code.id, message] += 1
        if self.told[code.id, message] == 1 and len(self.told) <= MOST_FINDINGS:
            _find(self.into, code, f"{message} (cell {cell.name})", cell.place, hint, cell.text)

    # Rows

    def take(self, rows: Iterable[Row], again: Iterable[Row]) -> None:
        """Take all `rows`. `again` has them once more, for what only all of them tell."""
        self.whole = self.of_whole_table()
        if self.days.order == "any" and self.day_columns():
            self.settle_order(again)
        for row in rows:
            self.rows += 1
            if person := self.person(row):
                self.take_row(row, person)
        if self.form.activities and self.form.activities.holds == "mark":
            self.notes.append("It has marks and no completion, so nobody counts as finished by it.")
        if self.interactions.says_nothing:
            self.notes.append("Its answers have no questions: tick “Summary of question” and “Summary of result”.")
        if not ({"email", "person"} & set(self.meanings)):
            self.notes.append("It tells people apart by their names only: two of one name would be one.")
        self.note_what_is_left_out()
        self.into.read.append(Read(self.name, self.form.name or "as described", self.rows, tuple(self.notes)))

    def note_what_is_left_out(self) -> None:
        left = [message for code, message in self.told if code in (RES_02.id, RES_06.id)]
        self.notes += [f"Not counted: {message}." for message in left[:_MOST_NOTES]]
        if len(left) > _MOST_NOTES:
            self.notes.append(f"Not counted: {len(left) - _MOST_NOTES:,} more activities or columns.")

    def of_whole_table(self) -> str:
        """The module that all rows are about, if no column says which; empty where one does."""
        if self.form.module or self.activities or "module" in self.meanings:
            return str(self.form.module or "")
        if self.about and "status" in self.meanings:
            return self.module(self.about[0].text, self.about[0])
        if self.about:
            self.notes.append("Nothing in it says how far somebody came with a module.")
            return ""
        found = self.asked.names.in_file_name(self.file.stem)
        if len(found) == 1:
            self.notes.append(f"Its name says that it is about {found[0]}.")
            return found[0]
        if not any(code in (RES_02.id, RES_03.id) for code, _ in self.told):
            cell = self.head.cell(1)
            self.find(RES_03, "no column says which module it is about, and neither does the name of the file", cell)
        return ""

    def day_columns(self) -> list[int]:
        beside = [number + 1 for number in self.activities] if self.form.activities else []
        return [*self.meanings.get("finished", []), *self.meanings.get("due", []), *beside]

    def settle_order(self, rows: Iterable[Row]) -> None:
        """Find out from all days of the table which comes first, the day or the month."""
        columns = self.day_columns()
        try:
            order, shown_by = order_of(row.cell(column).text for row in rows for column in columns)
        except AmbiguousError as error:
            message = f"some days have the day first, some the month: {error}"
            self.find(RES_04, message, self.head.cell(columns[0]), "Export the table again, with days of one kind.")
            return
        if shown_by:
            self.days.order = order
            first = "day" if order == "day_first" else "month"
            self.notes.append(f"In its days the {first} comes first, as {shown_by} shows.")

    def person(self, row: Row) -> str:
        """What tells a person apart from all others; empty, and told, where a row names nobody."""
        known = [self.text(row, meaning) for meaning in _BY_EMAIL]
        name = self.text(row, "name") or f"{self.text(row, 'first_name')} {self.text(row, 'last_name')}".strip()
        told = next((each for each in known if each), name)
        key = told.casefold()
        if not key:
            self.find(RES_05, "a row names nobody", row.cell(1), "Write who it is about, or delete the row.")
            return ""
        self.into.name(key, [name])
        self.into.spelled.setdefault(key, told)
        return key

    def text(self, row: Row, meaning: Meaning) -> str:
        found = (self.sound(row.cells[number]) for number in self.meanings.get(meaning, ()) if number in row.cells)
        return next((each.text for each in found if each.text and each.text not in self.form.unmarked), "")

    def sound(self, cell: Cell) -> Cell:
        """The cell, which is told of if it does not hold what stood there."""
        if cell.trouble:
            self.find(RES_05, f"“{brief(cell.text)}” {cell.trouble}", cell, "Export the table again.")
        return cell

    def take_row(self, row: Row, person: str) -> None:
        origin = Origin(self.name, row.number)
        for number, module in self.activities.items():
            result = self.of_activity(row, row.cell(number), number)
            self.into.take(person, module, result._replace(origins=(origin,)))
        for entry in self.interactions.entries(row, self.text(row, "attempt")):
            self.take_entry(person, entry)
        if not self.activities:
            for module in self.modules(row):
                self.into.take(person, module, self.of_row(row, module)._replace(origins=(origin,)))

    def take_entry(self, person: str, entry: Entry) -> None:
        task = entry.module, entry.task
        if entry.module in self.asked.names.ids and entry.right is not None:
            self.into.answer(person, task, Told(entry.moment, entry.right))
        if entry.module in self.asked.names.ids and entry.sure is not None:
            self.into.rate(person, task, Told(entry.moment, entry.sure))

    def modules(self, row: Row) -> Iterator[str]:
        columns = self.meanings.get("module")
        module = self.module(row.cell(columns[0]).text, row.cell(columns[0])) if columns else self.whole
        if module:
            yield module

    def of_activity(self, row: Row, cell: Cell, number: int) -> Took:
        if self.form.activities and self.form.activities.holds == "mark":
            return Took("not_begun" if cell.text in self.form.unmarked else "begun")
        beside = row.cells.get(number + 1) if self.form.activities and self.form.activities.day_beside else None
        state = self.state(cell)
        day = self.day(beside) if beside and state == "finished" else None
        return Took(state, day, due=self.due.get(number))

    def of_row(self, row: Row, module: str) -> Took:
        status = self.one(row, "status")
        state: State = self.state(status) if status else "begun"
        success = self.one(row, "success")
        if success and state == "finished":
            passed = self.state(success)
            state = (
                "not_passed"
                if passed == "not_passed" or (module in self.asked.asks and passed != "finished")
                else state
            )
        finished, due = self.one(row, "finished"), self.one(row, "due")
        if not status and finished and finished.text:
            state = "finished"
        day = self.day(finished) if finished and state == "finished" else None
        return Took(state, day, self.seconds(row), self.text(row, "version")[:40], self.day(due) if due else None)

    def one(self, row: Row, meaning: Meaning) -> Cell | None:
        columns = self.meanings.get(meaning)
        return self.sound(row.cell(columns[0])) if columns else None

    # Cells

    def state(self, cell: Cell) -> State:
        word = self.words.get(_plain(cell.text))
        if word is None:
            self.find(RES_05, f"“{brief(cell.text)}” says nothing known about how far somebody came", cell)
        return word or "not_begun"

    def day(self, cell: Cell) -> datetime.date | None:
        if cell.text in ("", "-"):
            return None
        try:
            return self.days.read(cell.text)
        except AmbiguousError:
            self.find(RES_04, "the day and the month could be either way round", cell)
        except ValueError:
            self.find(RES_05, f"“{brief(cell.text)}” is no day that can be read", cell, "Write it as 2026-11-30.")
        return None

    def seconds(self, row: Row) -> float | None:
        """The time that was recorded."""
        for meaning, unit in _LENGTHS:
            cell = self.one(row, meaning)
            if cell and cell.text:
                return self.length(cell, unit)
        return None

    def length(self, cell: Cell, unit: float) -> float | None:
        try:
            found = float(cell.text) * unit if unit else _clock(cell.text)
            if 0 <= found < 1e7:
                return found
        except ValueError:
            pass
        message = f"“{brief(cell.text)}” is no length of time that can be read"
        self.find(RES_05, message, cell, "Write it as minutes.")
        return None


def _spelled(name: Word, said: Iterable[str]) -> Iterator[tuple[str, State]]:
    return ((_plain(each), _STATES[name]) for each in said)


def _clock(text: str) -> float:
    """Seconds of `1:02:03`. Raises ValueError for anything else."""
    hours, minutes, seconds = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
