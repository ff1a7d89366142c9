"""Rules about packages of any maker. They know the standards, never our writers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, Final

from scormpack.check.package.any import NAME_RULES, PAGE_RULES
from scormpack.check.package.standard import Standard as Standard
from scormpack.check.rule import Rule, check
from scormpack.diagnostics import Diagnostic
from scormpack.package import Package


class _Standards(Mapping[str, Standard]):
    """The standards by the kind of package, each loaded when it is asked for: few packages follow more than one."""

    _FILES: Final = {
        "scorm12": "scorm12",
        "scorm2004-2nd": "scorm2004",
        "scorm2004-3rd": "scorm2004",
        "scorm2004-4th": "scorm2004",
        "xapi": "xapi",
        "cmi5": "cmi5",
        "aicc": "aicc",
        "h5p": "doors",
        "common-cartridge": "doors",
        "qti": "doors",
        "ims-content": "doors",
    }

    def __getitem__(self, kind: str) -> Standard:
        standards: tuple[Standard, ...] = import_module(f"{__name__}.{self._FILES[kind]}").STANDARDS
        return next(each for each in standards if each.name == kind)

    def __contains__(self, kind: object) -> bool:
        return kind in self._FILES

    def __iter__(self) -> Iterator[str]:
        return iter(self._FILES)

    def __len__(self) -> int:
        return len(self._FILES)


# The kind has the name of the target that makes it where there is one. A web page follows no standard.
STANDARDS: Final = _Standards()


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
