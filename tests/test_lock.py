"""The versions in requirements/: whole, exact, and those that pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import lock
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from paths import ROOT

LOCKS = ROOT / "requirements"
PLATFORMS = sorted((ROOT / "tests" / "platforms").glob("*/requirements.in"))
FILES = [*sorted(LOCKS.glob("*.txt")), *(file.with_suffix(".txt") for file in PLATFORMS)]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME: list[str] = PROJECT["project"]["dependencies"]
EXTRAS: list[str] = [each for extra in PROJECT["project"]["optional-dependencies"].values() for each in extra]
PRODUCT: list[str] = [*RUNTIME, *EXTRAS, *PROJECT["build-system"]["requires"]]
BUILD: list[str] = [*PROJECT["build-system"]["requires"], *PROJECT["dependency-groups"]["build"]]


def names(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def versions(file: Path) -> dict[str, set[str]]:
    """Each package of a lock, with its version, or the versions for several systems."""
    found: dict[str, set[str]] = {}
    for (name, _), version in lock.pins(file).items():
        found.setdefault(name, set()).add(version)
    return found


def wrong(requirements: list[str], file: Path) -> list[str]:
    """Those of `requirements` that the lock does not have, or not as they are asked for."""
    has = versions(file)
    asked = map(Requirement, requirements)
    return [
        str(each)
        for each in asked
        if not has.get(canonicalize_name(each.name))
        or not all(each.specifier.contains(version) for version in has[canonicalize_name(each.name)])
    ]


def test_there_are_locks() -> None:
    assert [file.name for file in FILES[: -len(PLATFORMS)]] == [
        "build.txt",
        "dev.txt",
        "lock.txt",
        "lowest.txt",
        "node.txt",
        "runtime.txt",
    ]
    assert [file.parent.name for file in PLATFORMS] == ["ralph", "wagtail", "xblock"]


@pytest.mark.parametrize(
    ("requirements", "name"),
    [
        (RUNTIME, "runtime"),
        (BUILD, "build"),
        ([*RUNTIME, *EXTRAS, *BUILD, *PROJECT["dependency-groups"]["dev"]], "dev"),
        ([*RUNTIME, *EXTRAS, *BUILD, *PROJECT["dependency-groups"]["dev"]], "lowest"),
        (PROJECT["dependency-groups"]["node"], "node"),
        (PROJECT["dependency-groups"]["lock"], "lock"),
    ],
)
def test_a_lock_has_what_the_project_asks_for(requirements: list[str], name: str) -> None:
    assert wrong(requirements, LOCKS / f"{name}.txt") == []


@pytest.mark.parametrize("file", PLATFORMS, ids=lambda file: file.parent.name)
def test_a_lock_has_what_a_platform_asks_for(file: Path) -> None:
    asked = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert asked
    assert wrong(asked, file.with_suffix(".txt")) == []


def test_what_a_lock_lacks_or_has_in_another_version_is_found(tmp_path: Path) -> None:
    file = tmp_path / "lock.txt"
    file.write_text("a-b==1.0 \\\n    --hash=sha256:0\nc==2 ; os_name == 'nt' \\\nc==3 ; os_name != 'nt' \\\n")
    assert lock.pins(file) == {("a-b", ""): "1.0", ("c", "os_name == 'nt'"): "2", ("c", "os_name != 'nt'"): "3"}
    assert wrong(["A_b>=1", "c>=2", "c>=3", "d", "a-b>1"], file) == ["c>=3", "d", "a-b>1"]


def test_the_lowest_versions_are_those_of_pyproject() -> None:
    lowest = versions(LOCKS / "lowest.txt")
    for each in map(Requirement, PRODUCT):
        (bound,) = each.specifier
        assert bound.operator in (">=", "==")
        found = {Version(version) for version in lowest[canonicalize_name(each.name)]}
        highest = max(Version(b.version) for b in bounds(each.name))
        assert found == {highest}, each


def bounds(name: str) -> Any:
    """All bounds of a package that both the product and its build ask for."""
    return chain.from_iterable(each.specifier for each in map(Requirement, PRODUCT) if each.name == name)


@pytest.mark.parametrize("name", ["runtime", "build"])
def test_everything_is_the_same_in_the_environment_of_developers(name: str) -> None:
    pins, dev = lock.pins(LOCKS / f"{name}.txt"), lock.pins(LOCKS / "dev.txt")
    assert {pin[0]: version for pin, version in pins.items()}.items() <= {pin[0]: v for pin, v in dev.items()}.items()


@pytest.mark.parametrize("file", FILES, ids=names)
def test_a_lock_is_exact_and_names_no_place(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"https?:|--(extra-)?index|--find-links|\s@\s", text)
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    pins = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    assert len(pins) == len(lock.pins(file)) > 0
    for begin, end in zip(pins, [*pins[1:], len(lines)], strict=True):
        hashes = lines[begin + 1 : end]
        assert hashes
        assert all(re.fullmatch(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes), lines[begin]


def test_what_has_changed_is_said() -> None:
    before = {("a", ""): "1", ("b", "os_name == 'nt'"): "1", ("c", ""): "1", ("same", ""): "1"}
    after = {("a", ""): "2", ("c", ""): "1", ("d", ""): "1", ("same", ""): "1"}
    assert list(lock.changes(before, after)) == ["a: 1 → 2", "b ; os_name == 'nt': 1 → –", "d: – → 1"]


@pytest.mark.parametrize("file", FILES, ids=names)
def test_a_lock_says_nothing_of_the_machine_that_it_was_made_on(file: Path) -> None:
    said = re.findall(r"(?:^|\s)-[a-z-]+ (\S+)|(\bfile://\S+|[a-z]+://\S+)", file.read_text(encoding="utf-8"))
    assert [each for each in map("".join, said) if each.startswith("/") or "://" in each] == []
