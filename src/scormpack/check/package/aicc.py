"""Rules about AICC courses: files in a folder that have one name and different endings (AICC CMI001)."""

from __future__ import annotations

import csv
import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scormpack.check.package.any import place
from scormpack.check.package.links import few_of, is_elsewhere, path_of
from scormpack.check.package.standard import Standard
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Place, Severity
from scormpack.package import Entry, Package

ENDINGS = (".crs", ".au", ".des", ".cst")
# The columns without which a platform cannot use a file.
_COLUMNS = {".au": ("system_id", "file_name"), ".des": ("system_id", "title"), ".cst": ("block", "member")}


@dataclass(frozen=True)
class Files:
    """What a course is known by."""

    standard: str = "aicc"


@dataclass(frozen=True)
class Course:
    """The course in `package`: its tables, read once for all the rules about it."""

    package: Package
    form: Files
    is_ours: bool = False

    @cached_property
    def files(self) -> dict[str, Entry]:
        """The files that describe the course, by their endings in small letters."""
        stem = next(_stems(self.package), "")
        return {entry.path.lower().removeprefix(stem): entry for entry in _described(self.package, stem)}

    @cached_property
    def paths(self) -> frozenset[str]:
        """The names of all files in the package."""
        return frozenset(entry.path for entry in self.package.entries)

    @cached_property
    def _tables(self) -> dict[str, list[tuple[int, list[str]]]]:
        return {ending: list(_rows(entry)) for ending, entry in self.files.items() if ending in _COLUMNS}

    def table(self, ending: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
        """The names of the columns, and the rows below them with the lines on which they stand."""
        head, *rows = self._tables.get(ending) or [(0, [])]
        return [name.lower() for name in head[1]], rows

    def column(self, ending: str, name: str) -> Iterator[tuple[int, str]]:
        """Line and value of each row in the column `name`."""
        columns, rows = self.table(ending)
        if name in columns:
            at = columns.index(name)
            yield from ((line, row[at]) for line, row in rows if at < len(row))

    def members(self) -> Iterator[tuple[int, str]]:
        """Line and id of everything that stands in a block."""
        for line, row in self.table(".cst")[1]:
            yield from ((line, name) for name in row[1:] if name)

    def at(self, ending: str, line: int = 0) -> Place:
        """A line of the file with this ending."""
        entry = self.files.get(ending)
        return place(self.package, entry.path if entry else f"*{ending}", line)


RULES: list[Rule[Course]] = []


def is_course(package: Package) -> bool:
    """Whether there is an AICC course at the root of `package` or in a folder there."""
    return any(True for _ in _stems(package))


def _stems(package: Package) -> Iterator[str]:
    """The path, in small letters and without its ending, of each course."""
    paths = {entry.path.lower() for entry in package.entries if entry.path.count("/") < 2}
    stems = (path[:-4] for path in sorted(paths) if path.endswith(".crs"))
    return (stem for stem in stems if any(f"{stem}{ending}" in paths for ending in ENDINGS[1:]))


def _described(package: Package, stem: str) -> Iterator[Entry]:
    names = {f"{stem}{ending}" for ending in ENDINGS}
    return (entry for entry in package.entries if entry.path.lower() in names)


def _rows(entry: Entry) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table and their lines, as far as they can be read; empty ones left out."""
    try:
        text = entry.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = entry.data.decode("cp1252", errors="replace")
    reader = csv.reader(text.splitlines(), skipinitialspace=True)
    try:
        for row in reader:
            if any(each.strip() for each in row):
                yield reader.line_num, [each.strip() for each in row]
    except csv.Error:
        return


@rule(RULES, "AIC-01", "AICC file that is missing", Severity.ERROR, "Add the file, with the name of the `.crs` file.")
def file_that_is_missing(course: Course) -> Findings:
    """A platform puts a course together from all four, and imports nothing if one is not there (CMI001)."""
    for ending in ENDINGS:
        if ending not in course.files:
            yield course.at(".crs"), f"there is no `{ending}` file beside it"


@rule(RULES, "AIC-02", "AICC table that cannot be read", Severity.ERROR, "Write the names of the columns in row one.")
def table_that_cannot_be_read(course: Course) -> Findings:
    """Values are told apart by their columns: with one too few, each counts as its neighbour (CMI001)."""
    for ending, needed in _COLUMNS.items():
        columns, rows = course.table(ending)
        missing = [name for name in needed if name not in columns]
        if ending in course.files and missing:
            yield course.at(ending), f"there is no column {few_of(missing)}"
        for line, row in rows if ending != ".cst" and not missing else []:
            if len(row) != len(columns):
                message = f"has {len(row)} values for {len(columns)} columns"
                yield Found(course.at(ending, line), message, Severity.WARNING)


@rule(
    RULES,
    "AIC-03",
    "AICC course without a name",
    Severity.WARNING,
    "Write `Course_ID` and `Course_Title` in `[Course]`.",
)
def course_without_a_name(course: Course) -> Findings:
    """A platform lists the course under its title, and keeps records under its id (CMI001, course description)."""
    entry = course.files.get(".crs")
    lines = [] if entry is None else entry.data.decode("latin-1").splitlines()
    said = {name.strip().lower() for name, sign, value in (line.partition("=") for line in lines) if value.strip()}
    missing = [name for name in ("Course_ID", "Course_Title") if name.lower() not in said]
    if entry is not None and missing:
        yield course.at(".crs"), f"does not say {few_of(missing)}"


@rule(
    RULES,
    "AIC-04",
    "AICC unit that opens nothing",
    Severity.ERROR,
    "Write the path of its page in `file_name`, from the folder of the course.",
)
def unit_that_opens_nothing(course: Course) -> Findings:
    """The learner opens the unit and meets an empty page."""
    folder = posixpath.dirname(course.files[".au"].path) if ".au" in course.files else ""
    for line, link in course.column(".au", "file_name"):
        path = path_of(link, folder, course.paths)
        if not link:
            yield course.at(".au", line), "`file_name` is empty"
        elif (
            not is_elsewhere(link)
            and path not in course.paths
            and path_of(link, "", course.paths) not in course.paths
        ):
            yield course.at(".au", line), f"`{link}` is not in the package"


@rule(RULES, "AIC-05", "AICC member that is not there", Severity.ERROR, "Correct the id in the `.cst` file.")
def member_that_is_not_there(course: Course) -> Findings:
    """A learner finds a gap in the course, or the platform stops importing."""
    known = {name.lower() for ending, column in _IDS for _, name in course.column(ending, column)}
    for line, name in course.members():
        if name.lower() not in known:
            yield course.at(".cst", line), f"`{name}` is no unit and no block"


_IDS = ((".au", "system_id"), (".des", "system_id"), (".cst", "block"))


@rule(
    RULES, "AIC-06", "AICC unit in no block", Severity.WARNING, "Name it in the `.cst` file, as a member of `root`."
)
def unit_in_no_block(course: Course) -> Findings:
    """A platform shows the members of `root` and what is in them: nobody meets the unit."""
    members = {name.lower() for _, name in course.members()}
    for line, name in course.column(".au", "system_id"):
        if members and name.lower() not in members:
            yield course.at(".au", line), f"`{name}` is in no block"


@rule(RULES, "AIC-07", "AICC id that is given twice", Severity.ERROR, "Give each unit its own `system_id`.")
def id_that_is_given_twice(course: Course) -> Findings:
    """Two units under one id share a learner's record."""
    for ending in (".au", ".des"):
        names = [(line, name.lower()) for line, name in course.column(ending, "system_id")]
        counts = Counter(name for _, name in names)
        for line, name in names:
            if counts[name] > 1:
                yield course.at(ending, line), f"`{name}` is given {counts[name]} times"
                counts[name] = 0


@rule(
    RULES, "AIC-08", "AICC unit without a title", Severity.WARNING, "Give it a row with a `title` in the `.des` file."
)
def unit_without_a_title(course: Course) -> Findings:
    """A learner chooses by titles; a platform shows an id in its place."""
    columns, rows = course.table(".des")
    described = [dict(zip(columns, row, strict=False)) for _, row in rows]
    titled = {each.get("system_id", "").lower() for each in described if each.get("title")}
    for line, name in course.column(".au", "system_id"):
        if name.lower() not in titled and ".des" in course.files:
            yield course.at(".au", line), f"`{name}` has no title"


STANDARDS = (Standard(Files(), Course, tuple(RULES)),)
