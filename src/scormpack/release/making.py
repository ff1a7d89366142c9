"""A release: every package built, judged and put into its provider's folder; whole, or nothing.

All is made in a hidden folder beside the releases. The folder gets its name when everything is in it, and the record
gets its file right after; whatever stops that leaves the releases as they were. There may be ten thousand providers:
what is known of each is written down when its folder is done.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from heapq import merge
from pathlib import Path
from typing import BinaryIO, Final

from scormpack.batch import Built, Plan, Refused, build_all, refuse
from scormpack.batch.papers import print_all
from scormpack.cache import NOTHING, Cache
from scormpack.content.provider import Provider
from scormpack.diagnostics import ContentError, Diagnostic, Place
from scormpack.inspect.judgement import Change
from scormpack.inspect.shape import kept_under
from scormpack.lock import alone
from scormpack.outputs import Output
from scormpack.outputs.output import USUAL
from scormpack.package import PKG_11, read_zip, write_file
from scormpack.platforms.known import targets_for
from scormpack.release.catalogue import Tally, as_json, catalogue_page, holder
from scormpack.release.content import details_of, shared_of
from scormpack.release.drafts import check_versions, drafts_of
from scormpack.release.folder import line_for, write_papers
from scormpack.release.judging import Court
from scormpack.release.record import HISTORY, Head, History, ProviderLine, as_line, lines_in, read_history
from scormpack.release.slip import PRINT, SLIP
from scormpack.release.spool import Row, Spool, spool
from scormpack.sink import Folder
from scormpack.targets import ALIASES

_HIDDEN: Final = ".making"
_LOCK: Final = ".lock"
_ROWS: Final = ".rows"
_RECORD: Final = ".record"


@dataclass(frozen=True)
class Released:
    """What came of it. `folder` is None where nothing was given out: nothing had changed, or nothing was whole.

    `left_out` are the providers for which something could not be built: they keep what they have.
    """

    head: Head
    folder: Path | None
    packages: int
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
    packages: Counter[str]  # by provider
    given: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    unprinted: set[str] = field(default_factory=set)


def release(
    work: Plan,
    releases: Path,
    tool: str,
    asked: int,
    strict: bool = False,
    cache: Cache = NOTHING,
    processes: int = 1,
    step: Callable[[object], None] = lambda _: None,
    outputs: Sequence[Output] = (),
) -> Released:
    """Build what is planned and give it out into the folder `releases`; `tool` is the version of this program.

    `asked` is how many modules were asked for: where one of them cannot be read, nothing is given out. A provider
    gets all of its packages or none, and none where nothing has changed for it. Beside its packages it gets these
    `outputs` of each module. `step` is called for each package,
    with the module and the provider that it is for.

    Raises ContentError where something is not to be given out: a module with mistakes, a version that was given out
    with other content; and where the record cannot be read or nothing can be written.
    """
    with _writing(releases), alone(releases / _LOCK), _hidden(releases / _HIDDEN) as folder:
        making = _begun(work, read_history(releases), folder, tool, strict, asked)
        with spool(folder / _ROWS) as rows:
            for each in build_all(work, folder, strict, cache, processes, remember=False):
                step((each.id, each.provider))
                _note(each, making, rows)
            _print(making, outputs, strict, cache, processes)
            with (folder / _RECORD).open("wb") as record:
                _give_all(making, rows, record)
        if making.given:
            _write_catalogue(making)
            if hasattr(os, "sync"):  # not on Windows
                os.sync()  # once for all: to wait for each of ten thousand files would take minutes
        return _released(making, _publish(making, releases) if making.given else None)


def _released(making: _Making, folder: Path | None) -> Released:
    counts = Counter({name: making.packages[name] for name in making.given})
    return Released(
        head=making.court.head,
        folder=folder,
        packages=counts.total(),
        given=tuple(making.given),
        unchanged=tuple(making.unchanged),
        left_out=tuple(making.left_out),
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


def _begun(work: Plan, history: History, folder: Path, tool: str, strict: bool, asked: int) -> _Making:
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
    return _Making(work, folder, court, kept, tallies, dict.fromkeys((*work.findings, *found)), Counter())


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


def _print(making: _Making, outputs: Sequence[Output], strict: bool, cache: Cache, processes: int) -> None:
    """Put what is to be printed into the providers' folders; who cannot have all of it gets nothing."""
    sink = Folder(making.folder)
    for each in print_all(making.work, outputs, sink, USUAL, strict, cache, processes, PRINT) if outputs else ():
        making.findings.update(dict.fromkeys(each.findings))
        if isinstance(each, Refused):
            making.unprinted.add(each.provider)


def _give_all(making: _Making, rows: Spool, record: BinaryIO) -> None:
    """Fill each provider's folder, and write the record of all."""
    court = making.court
    record.write(as_line(court.head))
    for name in making.tallies:
        record.write(as_line(court.line(name)))
    work = making.work
    for name in sorted(work.named):
        provider = _sound(work, name) if making.unprinted.isdisjoint((name, "")) else None
        if provider and making.packages[name] == len(work.wanted) * len(work.targets_of(provider)):
            _give(making, provider, rows, record)
        else:
            _leave(making, name, making.left_out)


def _sound(work: Plan, name: str) -> Provider | None:
    try:
        return work.provider(name)
    except ContentError:
        return None  # why is among the findings of what could not be built


def _give(making: _Making, provider: Provider, rows: Spool, record: BinaryIO) -> None:
    """Judge what the provider gets, and put the papers beside it; nothing is left where nothing has changed."""
    court, library = making.court, making.work.library
    before, details = court.history.provider(provider.id), details_of(provider, library)
    kinds = _kinds(making.work, provider)
    packages = tuple(court.given(row, before, details, kinds) for row in rows.of(provider.id))
    for each in packages:
        tally = making.tallies[each.module]
        tally.changes[each.change] += 1
        tally.was |= {each.was} if each.was else set()
        tally.reasons.update(dict.fromkeys(each.reasons))
    gone = court.gone(before, library)
    if not gone and all(each.change is Change.UNCHANGED for each in packages):
        _leave(making, provider.id, making.unchanged)
        return
    write_papers(making.folder / provider.id, provider, library.settings.publisher, court.head, packages, gone)
    still = court.still(before, library, kinds)
    record.write(as_line(line_for(provider, details, still, packages, court.head)))
    making.given.append(provider.id)


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
    page = catalogue_page(head, publisher, making.tallies, holders)
    write_file(page.encode(), making.folder / "index.html", lasting=False)
    with (making.folder / SLIP).open("w", encoding="utf-8", newline="\n") as file:
        as_json(head, making.tallies, (line for _, line in _everyone(making)), file)


def _everyone(making: _Making) -> Iterator[tuple[str, ProviderLine]]:
    """What each provider has now, by its id, and since which release."""
    given = set(making.given)
    new = ((making.court.head.release, line) for line in lines_in(making.folder / _RECORD))
    old = (each for each in making.court.history.providers() if each[1].provider not in given)
    return merge(new, old, key=lambda each: each[1].provider)
