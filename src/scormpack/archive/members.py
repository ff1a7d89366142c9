"""What is in a zip, and rules about how it is kept there."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from scormpack.archive.bounds import ALL_FILES
from scormpack.archive.codes import (
    ZIP_02,
    ZIP_04,
    ZIP_05,
    ZIP_06,
    ZIP_07,
    ZIP_08,
    ZIP_09,
    ZIP_11,
    ZIP_12,
    ZIP_13,
    ZIP_14,
    ZIP_15,
    finding,
)
from scormpack.archive.directory import Directory, Listed
from scormpack.diagnostics import Code, Diagnostic, Place, Severity
from scormpack.source.patterns import pattern
from scormpack.source.signs import brief

MOST: Final = 100  # findings of one rule; the rest will show when these are mended
STORED, DEFLATED = 0, 8
_LOCKED, _SIZE_FOLLOWS, _UTF8 = 1, 8, 1 << 11  # flags (APPNOTE 4.4.4)
_METHODS: Final = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_HERE: Final = pattern(r"\A(\./+)+")
_SWOLLEN: Final = 100  # times
_NO_BOMB: Final = 10_000_000  # bytes that anybody can take


class Local(NamedTuple):
    """What stands before a file in a zip, and where its bytes begin."""

    name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    begin: int


@dataclass(frozen=True)
class Member:
    """A file in a zip: as the list has it, and as it says of itself; `local` is None where there is no such place."""

    listed: Listed
    local: Local | None

    @cached_property
    def path(self) -> str:
        """Its name as most readers take it: with forward slashes, and from the folder that it is unpacked into."""
        return _HERE.sub("", self.name.replace("\\", "/"), count=1)

    @cached_property
    def name(self) -> str:
        """Its name as UTF-8 where it is that, or else in the letters of the first PCs (APPNOTE D.1)."""
        return as_text(self.listed.utf8) if self.listed.utf8 else as_text(self.listed.name)

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, of which the name is all there is."""
        return self.path.endswith("/") or self.is_here

    @property
    def is_here(self) -> bool:
        """Whether it is the folder itself that everything is unpacked into."""
        return not self.path and bool(self.name)

    @property
    def is_special(self) -> bool:
        """Whether it is a link, or something else that is no file."""
        return stat.S_IFMT(self.listed.mode) not in (0, stat.S_IFREG, stat.S_IFDIR)

    @property
    def leads_out(self) -> bool:
        """Whether its path leads out of the folder that it is unpacked into."""
        return leads_out(self.path)

    @property
    def swells(self) -> bool:
        """Whether it is much larger than any file of a course, for what it has in the zip."""
        return self.listed.size > max(_NO_BOMB, _SWOLLEN * self.listed.packed)

    @property
    def end(self) -> int:
        """Where its bytes end."""
        return self.local.begin + self.listed.packed if self.local else 0


@dataclass(frozen=True)
class Contents:
    """What is in the zip called `name`, of `size` bytes; `place` is the zip itself."""

    name: str
    place: Place
    size: int
    directory: Directory
    members: tuple[Member, ...]

    def at(self, member: Member) -> Place:
        """The place of a file in it."""
        return inside(self.name, member.path)

    @cached_property
    def overlapping(self) -> frozenset[Member]:
        """Files of which another one has the bytes too."""
        ordered = sorted(filter(lambda each: each.local, self.members), key=lambda each: each.listed.offset)
        reach, found = 0, []
        for member in ordered:
            if member.listed.offset < reach:
                found.append(member)
            reach = max(reach, member.end - self.directory.before)
        return frozenset(found)

    def is_readable(self, member: Member) -> bool:
        """Whether its bytes can be unpacked by what every platform has."""
        listed = member.listed
        locked = listed.flags & _LOCKED or listed.method not in (STORED, DEFLATED)
        return not (locked or member.local is None or member.swells or member in self.overlapping)


Search: TypeAlias = Callable[[Contents], Iterator[Diagnostic]]


def as_text(name: bytes) -> str:
    """A name in a zip, or on a disk: whatever its bytes are, a text that can be written."""
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("cp437")


def leads_out(path: str) -> bool:
    """Whether a path is not one inside the folder that it is said to be in."""
    return path.startswith("/") or ".." in path.split("/") or re.match(r"[A-Za-z]:", path) is not None


def inside(name: str, path: str) -> Place:
    """A place inside a package: `hands-scorm12.zip/imsmanifest.xml`."""
    return Place(brief(f"{name}/{path}", 300), outside=True)


def quoted(path: str) -> str:
    """A path as a message quotes it."""
    return f"`{brief(path, 100)}`"


def damaged_list(contents: Contents) -> Iterator[Diagnostic]:
    """Find a list that ends before all files are named. A writer of old counts to 65,535 and begins again."""
    found, says = len(contents.members), contents.directory.says
    if found != says and found & 0xFFFF != says:
        yield finding(ZIP_02, f"counts {says:,} and lists {found:,} of its files", contents.place)
    for each in contents.members:
        if each.local is None:
            yield finding(ZIP_02, f"{quoted(each.path)} is listed and not there", contents.at(each))


def behind_a_password(contents: Contents) -> Iterator[Diagnostic]:
    """Find what is encrypted."""
    locked = [each for each in contents.members if each.listed.flags & _LOCKED]
    yield from _together(contents, ZIP_04, locked, "needs a password", "need a password")


def unknown_compression(contents: Contents) -> Iterator[Diagnostic]:
    """Find what is neither stored nor deflated."""
    methods: dict[int, list[Member]] = {}
    for each in contents.members:
        if not each.listed.flags & _LOCKED:
            methods.setdefault(each.listed.method, []).append(each)
    for method in sorted(set(methods) - {STORED, DEFLATED}):
        name = _METHODS.get(method, f"by method {method}")
        text = f"compressed with {name}" if method in _METHODS else f"compressed {name}"
        yield from _together(contents, ZIP_05, methods[method], f"is {text}", f"are {text}")


def path_that_leads_out(contents: Contents) -> Iterator[Diagnostic]:
    """Find paths that lead out of the folder that the zip is unpacked into."""
    for each in contents.members:
        if each.leads_out:
            yield finding(ZIP_06, f"{quoted(each.name)} leads out of the package", contents.at(each))


def backslash(contents: Contents) -> Iterator[Diagnostic]:
    """Find paths with backslashes. In an old encoding, half of a Chinese sign may look like one."""
    found = [each for each in contents.members if b"\\" in each.listed.name and _is_utf8(each)]
    yield from _together(contents, ZIP_07, found, "has a backslash", "have backslashes", lambda each: each.name)


def path_from_here(contents: Contents) -> Iterator[Diagnostic]:
    """Find paths that begin with `./`, as `tar` writes them. Moodle compares them as they are."""
    found = [each for each in contents.members if _HERE.match(each.name)]
    for each in _together(contents, ZIP_09, found, "begins with `./`", "begin with `./`", lambda each: each.name):
        yield replace(each, hint="Make the zip with another program: Moodle finds no manifest by such a name.")


def link_or_special_file(contents: Contents) -> Iterator[Diagnostic]:
    """Find what is no file."""
    for each in contents.members:
        if each.is_special:
            what = "a link to another file" if stat.S_ISLNK(each.listed.mode) else "no ordinary file"
            yield finding(ZIP_08, f"{quoted(each.path)} is {what}", contents.at(each))


def name_in_doubt(contents: Contents) -> Iterator[Diagnostic]:
    """Find names beyond ASCII that are not UTF-8, or do not say that they are."""
    beyond = [each for each in contents.members if not each.listed.name.isascii()]
    flagged = [each for each in beyond if each.listed.flags & _UTF8 and not _is_utf8(each)]
    plain = [each for each in beyond if not each.listed.flags & _UTF8]
    for found in _together(contents, ZIP_11, flagged, "is said to be UTF-8, and is not", "are said to be UTF-8"):
        yield replace(found, severity=Severity.ERROR)
    other = [each for each in plain if not _is_utf8(each)]
    yield from _together(contents, ZIP_11, other, "is not in UTF-8", "are not in UTF-8")
    utf8 = [each for each in plain if _is_utf8(each)]
    yield from _together(contents, ZIP_11, utf8, "is UTF-8 and does not say so", "are UTF-8 and do not say so")


def _is_utf8(member: Member) -> bool:
    try:
        member.listed.name.decode()
    except UnicodeDecodeError:
        return False
    return True


def two_readings(contents: Contents) -> Iterator[Diagnostic]:
    """Find what makes a zip another one for another reader."""
    if contents.directory.has_second_end:
        yield _worse(contents.place, "has two ends, each with a list of its own")
    elif contents.directory.before:
        message = f"{contents.directory.before:,} bytes stand before the zip: readers that begin there see no files"
        yield finding(ZIP_12, message, contents.place)
    for each in contents.members:
        if each in contents.overlapping:
            yield _worse(contents.at(each), f"{quoted(each.path)} has the bytes of another file")
        elif each.local is not None:
            yield from _two_readings_of(contents, each, each.local)


def _two_readings_of(contents: Contents, member: Member, local: Local) -> Iterator[Diagnostic]:
    """Where the sizes follow the file, what stands before it need not say them."""
    listed, name = member.listed, quoted(member.path)
    if local.name != listed.name:
        yield _worse(contents.at(member), f"{name} is called {quoted(as_text(local.name))} where it begins")
    elif local.method != listed.method:
        yield finding(ZIP_12, f"{name} is compressed in another way than the list says", contents.at(member))
    elif not local.flags & _SIZE_FOLLOWS and _disagree(local, listed):
        yield finding(ZIP_12, f"{name} has another size or checksum than the list says", contents.at(member))


def _worse(place: Place, message: str) -> Diagnostic:
    """A second reading that shows other files."""
    return finding(ZIP_12, message, place, severity=Severity.ERROR)


def _disagree(local: Local, listed: Listed) -> bool:
    """Whether sizes or checksums differ. Those of Zip64 stand elsewhere, as four bytes of ones."""
    said = (local.checksum, local.packed, local.size)
    return any(one not in (two, 0xFFFFFFFF) for one, two in zip(said, listed[3:6], strict=True))


def size_said_too_late(contents: Contents) -> Iterator[Diagnostic]:
    """Find stored files whose size stands behind them."""
    found = [
        each
        for each in contents.members
        if each.local is not None and each.local.method == STORED and each.local.flags & _SIZE_FOLLOWS
        if not each.listed.flags & _LOCKED
    ]
    yield from _together(contents, ZIP_13, found, "is stored and says its size afterwards", "are stored in this way")


def zip64(contents: Contents) -> Iterator[Diagnostic]:
    """Find a zip whose end is in the newer form."""
    if contents.directory.is_64:
        yield finding(ZIP_14, "is in the form Zip64", contents.place)


def swelling(contents: Contents) -> Iterator[Diagnostic]:
    """Find what is a hundred times as large when it is unpacked."""
    whole = sum(each.listed.size for each in contents.members)
    if whole > max(_SWOLLEN * contents.size, ALL_FILES // 10):
        yield finding(ZIP_15, f"{contents.size:,} bytes become {whole:,} when they are unpacked", contents.place)
    for each in contents.members:
        if each.swells:
            text = f"{each.listed.packed:,} bytes become {each.listed.size:,}"
            message = f"{quoted(each.path)}: {text} when it is unpacked"
            yield finding(ZIP_15, message, contents.at(each), severity=Severity.WARNING)


def _together(
    contents: Contents,
    code: Code,
    found: list[Member],
    one: str,
    many: str,
    name: Callable[[Member], str] = lambda each: each.path,
) -> Iterator[Diagnostic]:
    """One finding for all that the same program has done in the same way."""
    if len(found) == 1:
        yield finding(code, f"{quoted(name(found[0]))} {one}", contents.at(found[0]))
    elif found:
        more = f"{quoted(name(found[0]))} and {len(found) - 1:,} more {many}"
        yield finding(code, more, contents.at(found[0]))


_RULES: Final[tuple[Search, ...]] = (
    damaged_list,
    two_readings,
    behind_a_password,
    unknown_compression,
    path_that_leads_out,
    backslash,
    path_from_here,
    link_or_special_file,
    name_in_doubt,
    size_said_too_late,
    zip64,
    swelling,
)


def found_in(contents: Contents) -> Iterable[Diagnostic]:
    """What is wrong with how the files are kept in the zip."""
    return [each for search in _RULES for each in islice(search(contents), MOST)]
