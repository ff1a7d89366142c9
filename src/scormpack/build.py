"""The whole road: a module, a provider and a target become a package. Nothing wrong is ever written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from scormpack.check import check_course, check_module, package_rules
from scormpack.check.rule import check
from scormpack.check.subject import Manuscript
from scormpack.content.library import Library
from scormpack.content.module import Module
from scormpack.content.outline import Outline
from scormpack.content.provider import Provider
from scormpack.course.model import Course
from scormpack.course.resolve import LookedUp, for_provider
from scormpack.diagnostics import ContentError, Diagnostic, Place, Severity
from scormpack.package import Entry, Package, write_file, zip_bytes
from scormpack.render import render
from scormpack.render.bundles import bundle
from scormpack.source.clock import today
from scormpack.targets import Target, cmi5

LATE = ("MOD-08", "REC-06")  # what says that a review is due


@dataclass(frozen=True)
class Rendered:
    """A course for one provider, with its files and what was found about it; every target starts from here."""

    course: Course
    site: tuple[Entry, ...]
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Built:
    """A package that was written, of a module or of a course of several."""

    kind: Literal["module", "course"]
    id: str
    version: str
    provider: str
    language: str
    target: str
    path: Path
    bytes: int
    sha256: str
    findings: tuple[Diagnostic, ...]


def examine(module: Module, library: Library, overdue: bool = False, strict: bool = False) -> tuple[Diagnostic, ...]:
    """What the rules find in a module as written. Raises ContentError; with `strict` for warnings too.

    With `overdue` a review that is due is a warning.
    """
    findings = tuple(let_pass(check_module(Manuscript(module, library, today())), overdue))
    refuse(findings, strict)
    return findings


def let_pass(findings: Iterable[Diagnostic], overdue: bool) -> Iterator[Diagnostic]:
    """The findings; with `overdue` those that a review is due are warnings."""
    for finding in findings:
        late = overdue and finding.code in LATE and finding.severity is Severity.ERROR
        yield replace(finding, severity=Severity.WARNING) if late else finding


def prepare(found: LookedUp, provider: Provider, strict: bool = False) -> Rendered:
    """Check and render the course for a provider. Raises ContentError; with `strict` for warnings too."""
    course = replace(for_provider(found, provider), overdue=found.module.review_due < today())
    findings = tuple(check_course(course))
    refuse(findings, strict)
    return Rendered(course, render(course), findings)


def build(rendered: Rendered, target: Target, out: Path, strict: bool = False) -> Built:
    """Write the package of a course to `out/<provider>/`. Raises ContentError before anything is written."""
    course = rendered.course
    found = list(check_course(course, target.name))
    refuse(found, strict)
    package = target.package(course, rendered.site, bundle(f"{target.driver}.js"))
    found += check(package_rules(target.name), package)
    refuse(found, strict)
    return _written(package, course.module, course.provider, target, out, (*rendered.findings, *found))


def build_course(outline: Outline, rendered: Sequence[Rendered], out: Path, strict: bool = False) -> Built:
    """Write one package of several modules for cmi5. Raises ContentError before anything is written."""
    target = cmi5.TARGET
    found = [finding for each in rendered for finding in check_course(each.course, target.name)]
    refuse(found, strict)
    package = cmi5.package_of(outline, [(each.course, each.site) for each in rendered], bundle(f"{target.driver}.js"))
    found += check(package_rules(target.name), package)
    refuse(found, strict)
    told = (*(finding for each in rendered for finding in each.findings), *found)
    return _written(package, outline, rendered[0].course.provider, target, out, told)


def _written(
    package: Package,
    about: Module | Outline,
    provider: Provider,
    target: Target,
    out: Path,
    findings: tuple[Diagnostic, ...],
) -> Built:
    path = out / provider.id / package.name
    data = zip_bytes(package)
    try:
        write_file(data, path)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise ContentError([Diagnostic("PKG-11", Severity.ERROR, message, Place(path.as_posix()))]) from None
    return Built(
        kind="module" if isinstance(about, Module) else "course",
        id=about.id,
        version=about.version,
        provider=provider.id,
        language=about.language,
        target=target.name,
        path=path,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        findings=findings,
    )


def refuse(findings: list[Diagnostic] | tuple[Diagnostic, ...], strict: bool) -> None:
    """Raise ContentError if an error is among `findings`, or, with `strict`, a warning."""
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in grave for finding in findings):
        raise ContentError(findings)
