"""A release: every package built, judged and put into its provider's folder; whole, or nothing.

All is made in a hidden folder beside the releases. The folder gets its name when everything is in it, and the record
gets its file right after; whatever stops that leaves the releases as they were. There may be ten thousand providers:
what is known of each is written down when its folder is done. Only those for whom something has changed get papers.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from heapq import merge
from pathlib import Path
from typing import BinaryIO, Final

from scormpack.batch import Built, Plan, Refused, build_all, refuse
from scormpack.batch.papers import Printed as Paper
from scormpack.batch.papers import print_all
from scormpack.cache import NOTHING, Cache
from scormpack.content.provider import Provider
from scormpack.diagnostics import ContentError, Diagnostic, Place
from scormpack.inspect.judgement import Change
from scormpack.inspect.shape import kept_under
from scormpack.lock import alone
from scormpack.outputs import OUTPUTS
from scormpack.package import PKG_11, read_zip, write_file
from scormpack.platforms.known import targets_for
from scormpack.release.catalogue import Tally, as_json, catalogue_page, holder
from scormpack.release.content import details_of, shared_of
from scormpack.release.drafts import check_versions, drafts_of
from scormpack.release.folder import line_for, plugins_for, write_papers
from scormpack.release.judging import Court
from scormpack.release.record import HISTORY, Head, History, ProviderLine, as_line, lines_in, read_history
from scormpack.release.slip import PRINT, SLIP, Given, Printed
from scormpack.release.spool import Row, Spool, spool
from scormpack.sink import Folder
from scormpack.targets import ALIASES

_HIDDEN: Final = ".making"
_LOCK: Final = ".lock"
_ROWS: Final = ".rows"
_PRINTED: Final = ".printed"
_RECORD: Final = ".record"


@dataclass(frozen=True)
class Released:
    """What came of it. `folder` is None where nothing was given out: nothing had changed, or nothing was whole.

    `left_out` are the providers for which something could not be built: they keep what they have.
    """

    head: Head
    folder: Path | None
    packages: int
    printed: int
    given: tuple[str, ...]
    unchanged: tuple[str, ...]
    left_out: tuple[str, ...]
    modules: tuple[Tally, ...]
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class _Making:
    """A release that is being made in `folder`."""

    work: Plan
    folder: Path
    court: Court
    kept: defaultdict[str, dict[str, str]]
    tallies: dict[str, Tally]
    findings: dict[Diagnostic, None]
    to_print: bool
    packages: Counter[str] = field(default_factory=Counter)  # by provider
    printed: Counter[str] = field(default_factory=Counter)
    plugins: Counter[str] = field(default_factory=Counter)  # by file: how many providers have it
    lacking: set[str] = field(default_factory=set)  # providers for which something could not be printed
    given: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def release(
    work: Plan,
    releases: Path,
    tool: str,
    asked: int,
    strict: bool = False,
    cache: Cache = NOTHING,
    processes: int = 1,
    to_print: bool = True,
    step: Callable[[object], None] = lambda _: None,
) -> Released:
    """Build what is planned and give it out into the folder `releases`; `tool` is the version of this program.

    `asked` is how many modules were asked for: where one of them cannot be read, nothing is given out. A provider
    gets all of its packages or none, and none where nothing has changed for it. Papers come with them, if they are
    `to_print`. `step` is called for each package and each paper, with the module and the provider that it is for.

    Raises ContentError where something is not to be given out: a module with mistakes, a version that was given out
    with other content; and where the record cannot be read or nothing can be written.
    """
    with _writing(releases), alone(releases / _LOCK), _hidden(releases / _HIDDEN) as folder:
        making = _begun(work, read_history(releases), folder, tool, strict, asked, to_print)
        with spool(folder / _ROWS) as rows, spool(folder / _PRINTED) as papers:
            for built in build_all(work, folder, strict, cache, processes, remember=False):
                step((built.id, built.provider))
                _note(built, making, rows)
            chosen = _chosen(making, rows)
            for each in _print(making, chosen, strict, cache, processes):
                step((each.id, each.provider))
                _note_paper(each, making, papers)
            with (folder / _RECORD).open("wb") as record:
                _give_all(making, chosen, rows, papers, record)
        if making.given:
            _write_catalogue(making)
            if hasattr(os, "sync"):  # not on Windows
                os.sync()  # once for all: to wait for each of ten thousand files would take minutes
        return _released(making, _publish(making, releases) if making.given else None)


def _released(making: _Making, folder: Path | None) -> Released:
    return Released(
        head=making.court.head,
        folder=folder,
        packages=sum(making.packages[name] for name in making.given),
        printed=sum(making.printed[name] for name in making.given),
        given=tuple(making.given),
        unchanged=tuple(making.unchanged),
        left_out=tuple(sorted(making.left_out)),
        modules=tuple(making.tallies.values()),
        findings=tuple(making.findings),
    )


@contextmanager
def _writing(releases: Path) -> Iterator[None]:
    """The folder of all releases, made if it is not there; ContentError (PKG-11) where the disk refuses."""
    try:
        releases.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        place = Place(Path(error.filename or releases).as_posix(), outside=True)
        raise ContentError([PKG_11.finding(f"cannot be written: {error.strerror or error}", place)]) from None
    finally:
        with suppress(OSError):
            releases.rmdir()  # which only an empty folder allows


@contextmanager
def _hidden(folder: Path) -> Iterator[Path]:
    """An empty folder, which is gone afterwards unless it has another name by then."""
    shutil.rmtree(folder, ignore_errors=True)  # left by one that was killed: we are alone here
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _begun(
    work: Plan, history: History, folder: Path, tool: str, strict: bool, asked: int, to_print: bool
) -> _Making:
    """Everything that can be known before anything is built. Raises ContentError where it is not to be given out."""
    drafts = drafts_of(work)
    found = tuple(check_versions(drafts.values(), history))
    if work.stopped or len(work.wanted) < asked:
        raise ContentError((*work.findings, *found))
    refuse(found, strict)
    head = Head(
        release=history.next_id(work.day),
        format=1,
        day=work.day,
        library=work.library.settings.title,
        tool=tool,
        shared=shared_of(work.library),
    )
    kept: defaultdict[str, dict[str, str]] = defaultdict(dict)
    court = Court(head, history, drafts, kept)
    tallies = {str(each.id): Tally(each) for each in work.modules}
    return _Making(work, folder, court, kept, tallies, dict.fromkeys((*work.findings, *found)), to_print)


def _kinds(work: Plan, provider: Provider) -> set[str]:
    """The kinds of package that a provider is given, now or as a rule: what is of no such kind has been replaced."""
    usual = targets_for(provider.platform, (), work.library.settings.targets)
    return {*(each.name for each in work.targets_of(provider)), *(ALIASES.get(each, each) for each in usual)}


def _note(result: Built | Refused, making: _Making, rows: Spool) -> None:
    """Keep what was built, without the findings, and each finding once."""
    making.findings.update(dict.fromkeys(result.findings))
    if isinstance(result, Refused):
        return
    kept, tally = making.kept[result.id], making.tallies[result.id]
    if result.target not in kept:
        kept[result.target] = kept_under(read_zip(result.path), result.target)
    tally.sizes[result.target] = max(result.bytes, tally.sizes.get(result.target, 0))
    tally.waived.update({f"{each.code}: {each.message}": None for each in result.findings if each.waived})
    making.packages[result.provider] += 1
    found = (result.id, result.version, result.target, result.path.name, result.bytes, result.sha256)
    rows.add(result.provider, Row(*found))


def _chosen(making: _Making, rows: Spool) -> list[str]:
    """Who is given something: those whose packages are all there, and for whom something has changed."""
    work, chosen = making.work, []
    for name in sorted(work.named):
        provider = _sound(work, name)
        if not provider or making.packages[name] < len(work.wanted) * len(work.targets_of(provider)):
            _leave(making, name, making.left_out)
        elif _is_as_it_was(*_judged(making, provider, rows)):
            _leave(making, name, making.unchanged)
        else:
            chosen.append(name)
    return chosen


def _sound(work: Plan, name: str) -> Provider | None:
    try:
        return work.provider(name)
    except ContentError:
        return None  # why is among the findings of what could not be built


def _judged(making: _Making, provider: Provider, rows: Spool) -> tuple[tuple[Given, ...], tuple[str, ...]]:
    """The provider's packages, and the titles of the modules that are given out no more."""
    court, library = making.court, making.work.library
    before, details = court.history.provider(provider.id), details_of(provider, library)
    kinds = _kinds(making.work, provider)
    packages = tuple(court.given(row, before, details, kinds) for row in rows.of(provider.id))
    return packages, court.gone(before, library)


def _is_as_it_was(packages: Sequence[Given], gone: Sequence[str]) -> bool:
    return not gone and all(each.change is Change.UNCHANGED for each in packages)


def _print(
    making: _Making, chosen: Sequence[str], strict: bool, cache: Cache, processes: int
) -> Iterator[Paper | Refused]:
    if making.to_print and chosen:
        work, out = replace(making.work, named=tuple(chosen)), Folder(making.folder)
        outputs = tuple(OUTPUTS.values())
        yield from print_all(work, outputs, out, strict=strict, cache=cache, processes=processes, folder=PRINT)


def _note_paper(result: Paper | Refused, making: _Making, papers: Spool) -> None:
    """Keep what was printed. Whoever lacks a paper is left out, as with a package."""
    making.findings.update(dict.fromkeys(result.findings))
    if isinstance(result, Refused):
        making.lacking.update([result.provider] if result.provider else making.work.named)
        return
    making.printed[result.provider] += 1
    making.tallies[result.module].printed[result.output] = None
    file = f"{PRINT}/{result.path.name}"
    papers.add(result.provider, Row(result.module, result.version, result.output, file, result.bytes, result.sha256))


def _give_all(making: _Making, chosen: Sequence[str], rows: Spool, papers: Spool, record: BinaryIO) -> None:
    """Fill the folder of each who is `chosen`, and write the record of all."""
    court = making.court
    record.write(as_line(court.head))
    for name in making.tallies:
        record.write(as_line(court.line(name)))
    for name in chosen:
        if name not in making.lacking:
            _give(making, making.work.provider(name), rows, papers, record)
        else:
            _leave(making, name, making.left_out)


def _give(making: _Making, provider: Provider, rows: Spool, papers: Spool, record: BinaryIO) -> None:
    """Put the papers beside the packages, and write down what the provider has now."""
    court, library = making.court, making.work.library
    packages, gone = _judged(making, provider, rows)
    for each in packages:
        _count(each, making.tallies[each.module])
    printed = tuple(_printed(row) for row in papers.of(provider.id))
    folder, publisher = making.folder / provider.id, library.settings.publisher
    found = write_papers(folder, provider, publisher, court.head, packages, gone, printed, making.to_print)
    making.findings.update(dict.fromkeys(found))
    making.plugins.update(each.file for each in plugins_for(provider))
    before, kinds = court.history.provider(provider.id), _kinds(making.work, provider)
    still = court.still(before, library, kinds)
    record.write(as_line(line_for(provider, details_of(provider, library), still, packages, court.head)))
    making.given.append(provider.id)


def _count(given: Given, tally: Tally) -> None:
    tally.changes[given.change] += 1
    tally.was |= {given.was} if given.was else set()
    tally.reasons.update(dict.fromkeys(given.reasons))


def _printed(row: Row) -> Printed:
    """The paper as the slip has it."""
    return Printed(
        file=row.file,
        bytes=row.bytes,
        sha256=row.sha256,
        module=row.module,
        version=row.version,
        output=row.target,
    )


def _leave(making: _Making, provider: str, among: list[str]) -> None:
    """The provider keeps what it has."""
    shutil.rmtree(making.folder / provider, ignore_errors=True)
    among.append(provider)


def _publish(making: _Making, releases: Path) -> Path:
    """Give the release its name and its place in the record: both, or neither."""
    name = making.court.head.release
    release, history = releases / name, releases / HISTORY
    history.mkdir(exist_ok=True)
    record, on_record = making.folder / _RECORD, history / f"{name}.jsonl"
    waiting = record.replace(history / f".{name}.part")
    try:
        making.folder.rename(release)
        waiting.rename(on_record)
    except BaseException:
        shutil.rmtree(release, ignore_errors=True)
        waiting.unlink(missing_ok=True)
        raise
    return release


def _write_catalogue(making: _Making) -> None:
    head, publisher = making.court.head, making.work.library.settings.publisher
    newest = {name: tally.module for name, tally in making.tallies.items()}
    holders = (
        holder(line, release, newest, f"{'' if release == head.release else f'../{release}/'}{line.provider}/")
        for release, line in _everyone(making)
    )
    page = catalogue_page(head, publisher, making.tallies, holders, making.plugins)
    write_file(page.encode(), making.folder / "index.html", lasting=False)
    with (making.folder / SLIP).open("w", encoding="utf-8", newline="\n") as file:
        as_json(head, making.tallies, making.plugins, (line for _, line in _everyone(making)), file)


def _everyone(making: _Making) -> Iterator[tuple[str, ProviderLine]]:
    """What each provider has now, by its id, and since which release."""
    given = set(making.given)
    new = ((making.court.head.release, line) for line in lines_in(making.folder / _RECORD))
    old = (each for each in making.court.history.providers() if each[1].provider not in given)
    return merge(new, old, key=lambda each: each[1].provider)
