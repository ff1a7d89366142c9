"""The road that every module travels, stage by stage: examine, prepare, present, pack, write.

Each stage takes finished values and gives one, with what its rules found in `findings`. It raises ContentError, with
every problem, where there is nothing to give. Whoever calls decides how far a module goes and what a warning means:
see `batch.py`.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scormpack.cache import NOTHING, Cache
from scormpack.check.content import check_course, check_for_target, check_module
from scormpack.check.content.subject import Manuscript
from scormpack.check.waivers import impossible
from scormpack.content.codes import MOD_08, REC_06
from scormpack.content.library import Library
from scormpack.content.module import Module
from scormpack.content.outline import Outline
from scormpack.content.provider import Provider
from scormpack.course.model import Course
from scormpack.course.resolve import LookedUp, for_provider, look_up
from scormpack.diagnostics import ContentError, Diagnostic, Place, Severity, has_error
from scormpack.package import PKG_11, Package, write_file, zip_bytes
from scormpack.render import Site, render
from scormpack.targets import Target
from scormpack.targets.target import Unit

LATE = (MOD_08.id, REC_06.id)  # what says that a review is due


@dataclass(frozen=True)
class Examined:
    """A module as written on a day, every word of which leads somewhere."""

    manuscript: Manuscript
    found: LookedUp
    findings: tuple[Diagnostic, ...]

    @property
    def module(self) -> Module:
        """The module itself."""
        return self.manuscript.module


@dataclass(frozen=True)
class Prepared:
    """A module as one provider gets it. `findings` are about that alone."""

    examined: Examined
    course: Course
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Presented:
    """A prepared module as a page, the same for every target. `findings` are about the page."""

    prepared: Prepared
    site: Site
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Written:
    """A package on the disk: where, how many bytes, and their SHA-256 in hexadecimal digits."""

    path: Path
    bytes: int
    sha256: str


def examine(
    module: Module, library: Library, day: datetime.date, overdue: bool = False, cache: Cache = NOTHING
) -> Examined:
    """Hold `module` against the rules, as it is on `day`, and follow every reference in it.

    With `overdue` a review that is due is a warning only. Pictures made before are in the `cache`.

    Raises ContentError where a reference leads nowhere, with what the rules found besides.
    """
    manuscript = Manuscript(module, library, day)
    findings = (*impossible(module.waive), *let_pass(check_module(manuscript), overdue))
    try:
        return Examined(manuscript, look_up(module, library, cache), findings)
    except ContentError as error:
        raise ContentError((*findings, *error.diagnostics)) from None


def let_pass(findings: Iterable[Diagnostic], overdue: bool) -> Iterator[Diagnostic]:
    """The findings; with `overdue` those that a review is due are warnings."""
    for finding in findings:
        late = overdue and finding.code in LATE and finding.severity is Severity.ERROR
        yield replace(finding, severity=Severity.WARNING) if late else finding


def suits(examined: Examined, target: Target) -> tuple[Diagnostic, ...]:
    """What keeps a module from becoming a package for `target`, or will soon."""
    return tuple(check_for_target(examined.manuscript, target.name))


def prepare(examined: Examined, provider: Provider) -> Prepared:
    """Give the module what is the provider's own. Raises ContentError about its logo."""
    day = examined.manuscript.today
    course = replace(for_provider(examined.found, provider), overdue=examined.module.review_due < day)
    return Prepared(examined, course, tuple(check_course(course, day)))


def present(prepared: Prepared) -> Presented:
    """Render the course, and hold its pages against the rules, once for all targets."""
    from scormpack.check.package import check_pages  # here, because validation never needs it

    site = render(prepared.course)
    package = Package.of(prepared.course.module.id, site.files())
    return Presented(prepared, site, tuple(check_pages(package)))


def pack(
    modules: Sequence[Presented], target: Target, outline: Outline | None = None
) -> tuple[Package, tuple[Diagnostic, ...]]:
    """The package for `target`, in memory, and what was found in making it.

    `modules` is one module, or with `outline` those of a course, in any order, each for the same provider. Raises
    ContentError where a module cannot become such a package.
    """
    from scormpack.check.package import check_standard  # as above

    findings = tuple(each for module in modules for each in suits(module.prepared.examined, target))
    if has_error(findings):
        raise ContentError(findings)
    units = [Unit(each.prepared.course, each.site.files(target.driver, target.asks)) for each in modules]
    package = target.package(units, outline)
    return package, (*findings, *check_standard(package, target.name))


def write(package: Package, out: Path) -> Written:
    """Write `package` into the folder `out`, whole or not at all. Raises ContentError (PKG-11) where it cannot."""
    path, data = out / package.name, zip_bytes(package)
    try:
        write_file(data, path)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise ContentError([PKG_11.finding(message, Place(path.as_posix(), outside=True))]) from None
    return Written(path, len(data), hashlib.sha256(data).hexdigest())
