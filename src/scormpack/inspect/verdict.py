"""Everything that is found in one package, whoever made it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path
from typing import NamedTuple

from scormpack.archive import read_archive
from scormpack.check.package import check_any
from scormpack.diagnostics import Diagnostic
from scormpack.inspect.about import NOTHING, About, about
from scormpack.inspect.kinds import is_ours, kinds_of
from scormpack.package import Package
from scormpack.source.excerpt import Excerpt
from scormpack.source.files import shown
from scormpack.source.signs import legible

_LARGEST = 20_000_000  # bytes of a file whose lines are looked for
_LONGEST = 500  # signs of a line; what stands behind them is not shown


class Verdict(NamedTuple):
    """What a package is, and what is found in it.

    `kinds` are the targets that make such packages, empty where nothing could be read; `findings` are in the order of
    the archive, its names and pages, and each of the standards. `lines` are those that the findings are about, as far
    as they are known.
    """

    name: str
    kinds: tuple[str, ...]
    is_ours: bool
    findings: tuple[Diagnostic, ...]
    about: About = NOTHING
    lines: tuple[str, ...] = ()

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """Each finding with its line, file by file in the order of the findings."""
        files: dict[str, int] = {}
        for each in self.findings:
            files.setdefault(each.place.path, len(files))
        lines = chain(self.lines, repeat(""))
        found = [Excerpt(each, line) for each, line in zip(self.findings, lines, strict=False)]
        return tuple(sorted(found, key=lambda each: (files[each.finding.place.path], each.finding.place)))


def inspect(file: Path) -> Verdict:
    """Read the zip or folder `file`, and hold it against everything that is known of its kinds."""
    archive = read_archive(file)
    if archive.package is None:
        return _told(Verdict(file.name, (), False, archive.findings), file)
    size = file.stat().st_size if file.is_file() else sum(each.size for each in archive.package.entries)
    return _told(judge(archive.package, archive.findings, size), file)


def judge(package: Package, found: tuple[Diagnostic, ...] = (), size: int = 0) -> Verdict:
    """Hold `package` against everything that is known of its kinds; `found` is what was found while it was read.

    The rules of the house are for our own packages only.
    """
    kinds, ours = kinds_of(package), is_ours(package)
    findings = tuple(dict.fromkeys((*found, *check_any(package, kinds, ours))))
    return Verdict(package.name, kinds, ours, findings, about(package, kinds, size), tuple(_lines(package, findings)))


def _lines(package: Package, findings: Iterable[Diagnostic]) -> Iterator[str]:
    """The line that each of `findings` is about; an empty one where there is none to show."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for each in findings:
        if each.place.line:
            wanted[each.place.path].add(each.place.line)
    texts = {}
    for entry in package.entries if wanted else ():
        path = f"{package.name}/{entry.path}"
        if path in wanted:
            texts[path] = _some(entry.data, wanted[path])
    for each in findings:
        yield texts.get(each.place.path, {}).get(each.place.line, "")


def _some(data: bytes, numbers: set[int]) -> dict[int, str]:
    """The lines with these numbers."""
    if len(data) > _LARGEST or b"\0" in data[:_LONGEST]:
        return {}
    found, begin, at = {}, 0, 1
    for number in sorted(numbers):
        while at < number and begin >= 0:
            begin, at = data.find(b"\n", begin) + 1 or -1, at + 1
        if begin < 0:
            break
        end = data.find(b"\n", begin)
        found[number] = _shortened(data[begin : end if end >= 0 else len(data)])
    return found


def _shortened(line: bytes) -> str:
    text = line[: 4 * _LONGEST].decode(errors="replace").rstrip("\r")
    return text[:_LONGEST]


def _told(verdict: Verdict, file: Path) -> Verdict:
    """The verdict as it is shown: under the name that was typed, and with nothing that could steer a terminal."""
    names, typed = (verdict.name, file.as_posix()), shown(file)
    return verdict._replace(name=typed, findings=tuple(_legible(each, names, typed) for each in verdict.findings))


def _legible(finding: Diagnostic, names: Iterable[str], typed: str) -> Diagnostic:
    """The finding in the package that is shown as `typed`, whichever of its `names` it was found under."""
    path = finding.place.path
    name = next((each for each in names if path == each or path.startswith(f"{each}/")), None)
    path = path if name is None else typed + path.removeprefix(name)
    return replace(
        finding,
        message=legible(finding.message),
        hint=legible(finding.hint),
        place=finding.place._replace(path=legible(path), outside=True),
    )
