"""The library while somebody writes it: what has changed is read and made again, and nothing else."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scormpack.batch import check_examined, providers_of
from scormpack.cache import NOTHING, Cache
from scormpack.check.content import check_library
from scormpack.check.content.subject import Collection
from scormpack.content.codes import LNK_01
from scormpack.content.library import Library
from scormpack.content.load import load_library, load_module
from scormpack.content.module import Module
from scormpack.content.provider import Provider
from scormpack.course.resolve import MEDIA
from scormpack.diagnostics import ContentError, Diagnostic, Place
from scormpack.preview.made import Made, stamp_of
from scormpack.road import Drafted, Examined, Presented, draft, examine, let_pass, pack, prepare, present
from scormpack.source.changes import matters
from scormpack.targets import ALIASES, TARGETS, Target

MODULE = "module.yaml"


@dataclass(frozen=True)
class Listed:
    """A module as the library's page lists it; what is None is not known yet, or cannot be read."""

    id: str
    title: str = ""
    version: str = ""
    minutes: int | None = None
    findings: tuple[Diagnostic, ...] | None = None
    comments: int = 0  # that are open
    readable: bool = True


@dataclass(frozen=True)
class Choice:
    """A module for a provider as a kind of package."""

    module: str
    provider: str
    target: str


class Workshop:
    """The library in the folder `root`, as on `day`. Several threads may ask.

    Pictures made before are in the `cache`. Raises nothing for a library that is broken: its findings say why, and
    what could be read before stays.
    """

    def __init__(self, root: Path, day: datetime.date, cache: Cache = NOTHING) -> None:
        self.root = root
        self.edition = 0  # grows with whatever is known anew
        self._day = day
        self._cache = cache
        self._lock = threading.RLock()
        self._library: Library | None = None
        self._is_current = False  # the library, as it is on the disk
        self._broken: tuple[Diagnostic, ...] = ()
        self._about_all: tuple[Diagnostic, ...] = ()
        self._read: dict[str, Module | ContentError] = {}
        self._examined: dict[str, Examined | ContentError] = {}
        self._drafted: dict[str, Drafted] = {}
        self._presented: dict[tuple[str, str], Presented | ContentError] = {}
        self._made: dict[Choice, Made] = {}
        self._last: dict[Choice, Made] = {}  # that could be shown
        self._listed: dict[str, Listed] = {}

    # What is there --------------------------------------------------------------------------------

    @property
    def library(self) -> Library | None:
        """The library, or the last one that could be read; None where none ever could."""
        with self._lock:
            if not self._is_current:
                self._load()
            return self._library

    @property
    def title(self) -> str:
        """What the library is called."""
        library = self.library
        return library.settings.title if library else self.root.resolve().name

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What is wrong with what all modules share, as far as it is known by now."""
        with self._lock:
            library = self.library
            unread = library.unread.values() if library else ()
            return (*self._broken, *self._about_all, *(finding for each in unread for finding in each))

    @property
    def providers(self) -> tuple[Provider, ...]:
        """Those that can be read, or the publisher where there are none."""
        library = self.library
        return providers_of(library) if library else ()

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every kind of package: those that the library builds first."""
        library = self.library
        named = [ALIASES.get(name, name) for name in library.settings.targets] if library else []
        first = [TARGETS[name] for name in dict.fromkeys(named) if name in TARGETS]
        return (*first, *(each for each in TARGETS.values() if each not in first))

    def modules(self) -> list[Listed]:
        """Every module, with what is known of it by now: `survey` finds out."""
        with self._lock:
            library = self.library
            return [self._listed.get(name) or Listed(name) for name in (library.modules if library else ())]

    def module(self, name: str) -> Module | None:
        """The module as it was read last; None where it cannot be read."""
        with self._lock:
            read = self._module(name)
            return read if isinstance(read, Module) else None

    # What has changed -----------------------------------------------------------------------------

    def concerns(self, path: Path) -> bool:
        """Whether the file at `path` may be part of the library."""
        return matters(path, self.root)

    def changed(self, paths: Iterable[Path]) -> None:
        """Forget what was made from the files at `paths`, which are relative to the library's folder."""
        with self._lock:
            self.edition += 1
            for path in paths:
                self._forget(path.parts)

    def _forget(self, parts: tuple[str, ...]) -> None:
        name = parts[0] if parts else ""
        library = self._library
        if library is not None and name in library.modules and len(parts) > 1 and parts[1] != MODULE:
            self._read.pop(name, None)
            self._forget_made([name])
        elif library is not None and name == MEDIA and len(parts) > 1:
            self._forget_made([each for each in library.modules if self._may_show(each, "/".join(parts[1:]))])
        else:  # what all share; a module's title, too, stands in others
            self._is_current = False
            self._read.pop(name, None)
            self._forget_made(library.modules if library else ())

    def _forget_made(self, names: Iterable[str]) -> None:
        """Forget what was made of these modules."""
        gone = set(names)
        self._examined = {name: each for name, each in self._examined.items() if name not in gone}
        self._drafted = {name: each for name, each in self._drafted.items() if name not in gone}
        self._presented = {key: each for key, each in self._presented.items() if key[0] not in gone}
        self._made = {choice: each for choice, each in self._made.items() if choice.module not in gone}

    def _may_show(self, name: str, asset: str) -> bool:
        """Whether a module shows this file, or may: one that cannot be followed may miss it."""
        examined = self._examined.get(name)
        return not isinstance(examined, Examined) or asset in examined.found.assets

    def _load(self) -> None:
        try:
            self._library, self._broken = load_library(self.root), ()
        except ContentError as error:
            self._broken = error.diagnostics
        self._is_current = True

    # What can be shown ----------------------------------------------------------------------------

    def make(self, choice: Choice) -> Made:
        """The package for `choice`, made from what is on the disk now, or else the last one that could be made."""
        with self._lock:
            if choice not in self._made:
                self._made[choice] = self._make(choice)
            made = self._made[choice]
            if made.package is not None:
                self._last[choice] = made
            elif (last := self._last.get(choice)) is not None:
                made = replace(last, findings=made.findings, stale=True)
            return replace(made, stale=made.stale or bool(self._broken), findings=(*self._broken, *made.findings))

    def _make(self, choice: Choice) -> Made:
        module = self._module(choice.module)
        title, version = (module.title, module.version) if isinstance(module, Module) else (choice.module, "")
        target = TARGETS[ALIASES.get(choice.target, choice.target)]
        blank = Made(title, version, target.driver)
        try:
            presented = self._present(choice)
            package, found = pack([presented], target)
        except ContentError as error:
            return replace(blank, findings=error.diagnostics)
        prepared = presented.prepared
        drafted = self._draft(prepared.examined)
        findings = (*prepared.examined.findings, *prepared.findings, *drafted.findings, *found)
        return replace(blank, package=package, stamp=stamp_of(package), findings=tuple(dict.fromkeys(findings)))

    def _module(self, name: str) -> Module | ContentError:
        library = self.library
        if library is None or name not in library.modules:
            return ContentError([LNK_01.finding(f"there is no module `{name}`", Place(f"{name}/{MODULE}"))])
        if name not in self._read:
            try:
                self._read[name] = load_module(library.modules[name])
            except ContentError as error:
                self._read[name] = error
        return self._read[name]

    def _examine(self, name: str) -> Examined:
        """The module, looked at. Raises ContentError where it cannot be read or followed."""
        if name not in self._examined:
            self._examined[name] = self._examined_anew(name)
        found = self._examined[name]
        if isinstance(found, ContentError):
            raise found
        return found

    def _examined_anew(self, name: str) -> Examined | ContentError:
        module, library = self._module(name), self.library
        if isinstance(module, ContentError):
            return module
        assert library is not None
        try:
            return examine(module, library, self._day, overdue=True, cache=self._cache)
        except ContentError as error:
            return error

    def _draft(self, examined: Examined) -> Drafted:
        name = examined.module.id
        if name not in self._drafted:
            self._drafted[name] = draft(examined)
        return self._drafted[name]

    def _present(self, choice: Choice) -> Presented:
        key = (choice.module, choice.provider)
        if key not in self._presented:
            try:
                examined = self._examine(choice.module)
                provider = next((each for each in self.providers if each.id == choice.provider), self.providers[0])
                self._presented[key] = present(self._draft(examined), prepare(examined, provider))
            except ContentError as error:
                self._presented[key] = error
        found = self._presented[key]
        if isinstance(found, ContentError):
            raise found
        return found

    # What is found in all of it -------------------------------------------------------------------

    def survey(self) -> Iterator[None]:
        """Look at the whole and then at every module, one with each step. A change may come between two steps."""
        with self._lock:
            self._about_all = tuple(self._look_at_all())
            library = self.library
            self.edition += 1
        for name in library.modules if library else ():
            yield
            with self._lock:
                self._listed[name] = self._list(name)
                self.edition += 1

    def _list(self, name: str) -> Listed:
        module = self._module(name)
        if isinstance(module, ContentError):
            return Listed(name, findings=module.diagnostics, readable=False)
        found = (each for each in self._about(name) if each.place.path.startswith(f"{name}/"))
        said = len(module.review.open())
        return Listed(name, module.title, module.version, module.duration_minutes, tuple(dict.fromkeys(found)), said)

    def _about(self, name: str) -> Sequence[Diagnostic]:
        """What `validate` finds in a module, but for what it finds in looking at the whole."""
        try:
            examined = self._examine(name)
        except ContentError as error:
            return error.diagnostics
        beside = [finding for finding in self._about_all if finding.place.path.startswith(f"{name}/")]
        return check_examined(examined, self.providers, self.targets, beside, self._day).findings

    def _look_at_all(self) -> Iterator[Diagnostic]:
        if (library := self.library) is None:
            return
        read = {name: module for name in library.modules if isinstance(module := self._module(name), Module)}
        yield from let_pass(check_library(Collection(library, read, self._day)), overdue=True)
