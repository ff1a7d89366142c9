"""Rules about the names of files, in zips and folders: whether platforms can keep them, and find a course."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import Final, TypeAlias

from scormpack.archive.codes import ZIP_09, ZIP_10, ZIP_17, ZIP_18, ZIP_19, finding
from scormpack.archive.kinds import kind_of_zip
from scormpack.archive.members import MOST, inside, leads_out, quoted
from scormpack.diagnostics import Diagnostic, Place, Severity
from scormpack.package import DESCRIPTORS
from scormpack.source.patterns import pattern

_LONGEST: Final = 255  # bytes of one name on Linux, Windows and macOS
_LONGEST_PATH: Final = 4_000  # bytes, with all its folders, on Linux; Windows takes less
_CONTROL: Final = pattern(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_DEVICE: Final = pattern(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?", re.IGNORECASE)
_NOT_IN_WINDOWS: Final = pattern(r'[<>:"|?*\\]|[. ]$')
_NOT_IN_MOODLE: Final = pattern(r"[&<>\"`|':\\]")  # `clean_param` with PARAM_FILE
_LEFT_OVER: Final = pattern(
    r"(^|/)(__MACOSX/|\._[^/]*$|\.DS_Store$|Thumbs\.db$|desktop\.ini$|Icon\r$)", re.IGNORECASE
)
_OPENED: Final = pattern(r"(\.(x?html?|xht|crs|cst)|^h5p\.json)$", re.IGNORECASE)  # pages, AICC and H5P
_PAGE: Final = pattern(r"\.(x?html?|xht)$", re.IGNORECASE)


@dataclass(frozen=True)
class Names:
    """The paths of files and, ending in `/`, of folders in what is called `name`; `place` is the whole of it."""

    name: str
    place: Place
    paths: Sequence[str]

    def at(self, path: str) -> Place:
        """The place of a file."""
        return inside(self.name, path)

    @cached_property
    def files(self) -> list[str]:
        """The paths of files that somebody put in on purpose."""
        return [path for path in self.paths if not path.endswith("/") and not _LEFT_OVER.search(path)]

    @cached_property
    def has_page(self) -> bool:
        """Whether there is a page at the root."""
        return any("/" not in path and _PAGE.search(path) for path in self.files)

    @cached_property
    def astray(self) -> list[str]:
        """Descriptors that no platform finds: in folders, or in other letters. None of them where one is found."""
        if set(DESCRIPTORS) & set(self.files):
            return []
        found = [path for path in self.files if path.rpartition("/")[2].lower() in DESCRIPTORS]
        least = min((path.count("/") for path in found), default=0)
        return [path for path in found if path.count("/") == least]


Search: TypeAlias = Callable[[Names], Iterator[Diagnostic]]


def is_kept(path: str) -> bool:
    """Whether there is a system on which such a file can be unpacked, and in its place."""
    return not leads_out(path) and not _refused(path)


def _refused(path: str) -> str:
    """Why no system keeps such a name; empty if one does."""
    if _CONTROL.search(path):
        return "has control characters"
    parts = path.removesuffix("/").split("/")
    if any(part in ("", ".") for part in parts):
        return "has a part without a name"
    is_long = len(path.encode()) > _LONGEST_PATH or any(len(part.encode()) > _LONGEST for part in parts)
    return "is too long" if is_long else ""


def name_that_is_not_kept(names: Names) -> Iterator[Diagnostic]:
    """Find names that no system keeps, or that Windows or Moodle do not."""
    for path in names.paths:
        if leads_out(path) or _LEFT_OVER.search(path):
            continue
        if why := _refused(path):
            yield finding(ZIP_09, f"{quoted(path)} {why}", names.at(path), severity=Severity.ERROR)
        elif why := _changed(path):
            yield finding(ZIP_09, f"{quoted(path)} {why}", names.at(path))


def _changed(path: str) -> str:
    """Where a name is not kept as it is; empty if it is kept everywhere."""
    parts = path.removesuffix("/").split("/")
    if any(_DEVICE.fullmatch(part) for part in parts):
        return "is the name of a device in Windows"
    if any(_NOT_IN_WINDOWS.search(part) for part in parts):
        return "has signs, or ends in one, that Windows does not allow"
    moodle = _NOT_IN_MOODLE.sub("", path)
    return f"becomes {quoted(moodle)} in Moodle" if moodle != path else ""


def name_of_two(names: Names) -> Iterator[Diagnostic]:
    """Find names that are given twice, to the letter or to a system that does not know capital letters."""
    seen: dict[str, str] = {}
    for path in names.paths:
        if path.endswith("/"):
            continue
        is_new = path.casefold() not in seen
        first = seen.setdefault(path.casefold(), path)
        if first == path and not is_new:
            yield finding(ZIP_10, f"{quoted(path)} is there twice", names.at(path))
        elif first != path:
            message = f"{quoted(path)} and {quoted(first)} are one name to Windows and macOS"
            yield finding(ZIP_10, message, names.at(path), severity=Severity.WARNING)


def file_and_folder(names: Names) -> Iterator[Diagnostic]:
    """Find files with the name of a folder. In this order, what is in a folder stands right behind it."""
    ordered = sorted({path.replace("/", "\0") for path in names.paths if "\0" not in path})
    for one, two in pairwise(ordered):
        if two.startswith(f"{one}\0") and not one.endswith("\0"):
            path = one.replace("\0", "/")
            yield finding(ZIP_10, f"{quoted(path)} is a file and a folder", names.at(path))


def left_over(names: Names) -> Iterator[Diagnostic]:
    """Find what macOS and Windows put beside files."""
    found = [path for path in names.paths if _LEFT_OVER.search(path) and not path.endswith("/")]
    if found:
        more = f" and {len(found) - 1:,} more" if len(found) > 1 else ""
        yield finding(ZIP_19, f"{quoted(found[0])}{more}: no part of the course", names.at(found[0]))


def course_elsewhere(names: Names) -> Iterator[Diagnostic]:
    """Find descriptors that platforms do not. Beside a page at the root, one in a folder may be meant so."""
    severity = Severity.WARNING if names.has_page else Severity.ERROR
    for path in names.astray:
        folder, _, name = path.rpartition("/")
        if folder:
            hint = f"Select what is in the folder `{quoted(folder)[1:-1]}`, not the folder itself, and zip that."
            message = f"{quoted(name)} is in a folder, not at the root"
            yield finding(ZIP_17, message, names.at(path), hint, severity)
        else:
            hint = f"Call it `{name.lower()}`."
            yield finding(ZIP_17, f"{quoted(name)} is not spelt `{name.lower()}`", names.at(path), hint)


def no_course(names: Names) -> Iterator[Diagnostic]:
    """Find what has no descriptor and no page."""
    if names.has_page or names.astray or set(DESCRIPTORS) & set(names.files):
        return
    kind, remedy = kind_of_zip(set(names.files))
    inner = [path for path in names.files if path.lower().endswith(".zip")]
    if not names.files:
        yield finding(ZIP_18, "holds no files", names.place)
    elif kind:
        yield finding(ZIP_18, f"is {kind}", names.place, remedy)
    elif any(map(_OPENED.search, names.files)):
        return
    elif inner:
        hint = f"Unpack it, and upload {quoted(inner[0])} itself."
        yield finding(ZIP_18, f"holds {quoted(inner[0])}, and no course of its own", names.at(inner[0]), hint)
    else:
        yield finding(ZIP_18, "holds neither a descriptor nor a page", names.place)


_RULES: Final[tuple[Search, ...]] = (
    name_that_is_not_kept,
    name_of_two,
    file_and_folder,
    left_over,
    course_elsewhere,
    no_course,
)


def found_in_names(name: str, place: Place, paths: Sequence[str]) -> list[Diagnostic]:
    """What is wrong with the names of files."""
    names = Names(name, place, paths)
    return [each for search in _RULES for each in islice(search(names), MOST)]
