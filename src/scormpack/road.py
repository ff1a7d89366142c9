"""The road that every module travels, stage by stage: examine, draft, prepare, present, pack, write.

The first two are the same for all providers, and are made once.

Each stage takes finished values and gives one, with what its rules found in `findings`. It raises ContentError, with
every problem, where there is nothing to give. Whoever calls decides how far a module goes and what a warning means:
see `batch.py`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from scormpack.cache import NOTHING, Cache
from scormpack.check.content import check_course, check_for_target, check_local, check_module
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
from scormpack.package import PKG_11, Package, zip_bytes
from scormpack.sink import Sink, Written
from scormpack.targets import Target
from scormpack.targets.target import Unit

if TYPE_CHECKING:
    from scormpack.render import Draft, Site

NOBODY: Final = Provider.model_validate({"id": "nobody", "name": "Nobody"})  # has filled in nothing
LATE = (MOD_08.id, REC_06.id)  # what says that a review is due


class Examined(NamedTuple):
    """A module as written on a day, every word of which leads somewhere."""

    manuscript: Manuscript
    found: LookedUp
    findings: tuple[Diagnostic, ...]

    @property
    def module(self) -> Module:
        """The module itself."""
        return self.manuscript.module


class Drafted(NamedTuple):
    """A module as pages for every provider, with marks where these differ. `findings` are about the pages."""

    examined: Examined
    draft: Draft
    findings: tuple[Diagnostic, ...]


class Prepared(NamedTuple):
    """A module as one provider gets it. `findings` are about that alone."""

    examined: Examined
    course: Course
    findings: tuple[Diagnostic, ...]


class Presented(NamedTuple):
    """A prepared module as pages, the same for every target."""

    prepared: Prepared
    site: Site


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
        found = look_up(module, library, cache)
    except ContentError as error:
        raise ContentError((*findings, *error.diagnostics)) from None
    return Examined(manuscript, found, (*findings, *check_course(for_provider(found, NOBODY), day)))


def let_pass(findings: Iterable[Diagnostic], overdue: bool) -> Iterator[Diagnostic]:
    """The findings; with `overdue` those that a review is due are warnings."""
    for finding in findings:
        late = overdue and finding.code in LATE and finding.severity is Severity.ERROR
        yield replace(finding, severity=Severity.WARNING) if late else finding


def suits(examined: Examined, target: Target) -> tuple[Diagnostic, ...]:
    """What keeps a module from becoming a package for `target`, or will soon."""
    return tuple(check_for_target(examined.manuscript, target.name))


def draft(examined: Examined) -> Drafted:
    """Render the module, and hold its pages against the rules, once for all providers and targets."""
    from scormpack.check.package import check_pages  # here, because validation needs neither
    from scormpack.render import draft as drafted

    course = _course(examined, NOBODY)
    made = drafted(course)
    package = Package.of(examined.module.id, made.fill(course).files())
    return Drafted(examined, made, tuple(check_pages(package)))


def prepare(examined: Examined, provider: Provider) -> Prepared:
    """Give the module what is the provider's own, and check that. Raises ContentError about its logo."""
    course = _course(examined, provider)
    return Prepared(examined, course, tuple(check_local(course, examined.manuscript.today)))


def _course(examined: Examined, provider: Provider) -> Course:
    overdue = examined.module.review_due < examined.manuscript.today
    return replace(for_provider(examined.found, provider), overdue=overdue)


def present(made: Drafted, prepared: Prepared) -> Presented:
    """The pages of the module with what is the provider's own in its places."""
    return Presented(prepared, made.draft.fill(prepared.course))


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
    package = assemble(modules, target, outline)
    return package, (*findings, *check_standard(package, target.name))


def assemble(modules: Sequence[Presented], target: Target, outline: Outline | None = None) -> Package:
    """The package that `pack` gives, without a look at it.

    What was found in the package of one provider holds for those of all others: they differ in words and in the names
    of two files.
    """
    units = [Unit(each.prepared.course, each.site.files(target.driver, target.asks)) for each in modules]
    return target.package(units, outline)


def write(package: Package, out: Sink) -> Written:
    """Put `package` into `out`, whole or not at all. Raises ContentError (PKG-11) where that is impossible."""
    try:
        return out.put(package.name, zip_bytes(package))
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        place = Place(f"{out.address}/{package.name}", outside=True)
        raise ContentError([PKG_11.finding(message, place)]) from None
