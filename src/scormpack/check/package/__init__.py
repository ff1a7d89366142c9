"""Rules about packages of any maker. They know the standards, never our writers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from scormpack.check.package import aicc, cmi5, doors, scorm12, scorm2004, xapi
from scormpack.check.package.any import NAME_RULES, PAGE_RULES
from scormpack.check.package.standard import Standard as Standard
from scormpack.check.rule import Rule, check
from scormpack.diagnostics import Diagnostic
from scormpack.package import Package

# By the kind of package, which has the name of the target that makes it where there is one. A web page follows none.
STANDARDS: Final[dict[str, Standard]] = {
    standard.name: standard
    for standard in (
        *(scorm12.STANDARD, scorm2004.SECOND, scorm2004.THIRD, scorm2004.FOURTH),
        *(xapi.STANDARD, cmi5.STANDARD, aicc.STANDARD, *doors.STANDARDS),
    )
}


def package_rules(target: str) -> list[Rule[Any]]:
    """Every rule about a package of this kind: those about any package first."""
    standard = STANDARDS.get(target)
    return [*NAME_RULES, *PAGE_RULES, *((*standard.rules, *standard.others) if standard else ())]


def check_pages(package: Package) -> Iterator[Diagnostic]:
    """What the rules find in the pages and styles of `package`, whatever its standard."""
    return check(PAGE_RULES, package)


def check_standard(package: Package, target: str) -> Iterator[Diagnostic]:
    """What the rules find in the names of the files of `package`, and in what its standard asks for."""
    yield from check(NAME_RULES, package)
    if target in STANDARDS:
        yield from STANDARDS[target].check(package)


def check_package(package: Package, target: str) -> Iterator[Diagnostic]:
    """Everything that the rules find in `package`, which is meant for the kind of platform that `target` names."""
    yield from check_pages(package)
    yield from check_standard(package, target)


def check_any(package: Package, kinds: Sequence[str], is_ours: bool) -> Iterator[Diagnostic]:
    """What the rules find in a package from anywhere that is of these `kinds`, targets by name.

    The rules of the house are for packages that are ours.
    """
    yield from check(_held(NAME_RULES, is_ours), package)
    yield from check(_held(PAGE_RULES, is_ours), package)
    from scormpack.check.package.site import check_site  # here, because builds never need it

    yield from check_site(package, kinds)
    for kind in kinds:
        if kind in STANDARDS:
            yield from STANDARDS[kind].check(package, is_ours)


def _held(rules: Iterable[Rule[Any]], is_ours: bool) -> list[Rule[Any]]:
    """The rules that hold for a package of ours, or for one of anybody's."""
    return [each for each in rules if is_ours or not each.house]
