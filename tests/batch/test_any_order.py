"""Whatever happens between two builds, in whatever order: what is there then is what a clean build makes."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from many_providers import built, edit, files, planned, write

from scormpack.batch import build_all
from scormpack.batch.memory import FILE
from scormpack.cache import Cache
from scormpack.clock import today

PROVIDERS, DAYS = ("full", "welsh"), (today(), datetime.date(2027, 2, 3))
TARGETS: Final = (("scorm12",), ("web",), ("scorm12", "web"))
Step: TypeAlias = Callable[[Path], object]


def page(module: str, number: int, folder: Path) -> None:
    """Write a page, perhaps as it was before; its time may stay as it was."""
    file = folder / "lib" / module / "pages" / "start.md"
    before = file.stat()
    head, _, _ = file.read_text(encoding="utf-8").partition("\n\nNumber ")
    file.write_text(f"{head}\n\nNumber {number}\n", encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def title(number: int, folder: Path) -> None:
    file = folder / "lib" / "every-block" / "module.yaml"
    line = next(each for each in file.read_text(encoding="utf-8").splitlines() if each.startswith("title:"))
    edit(file, line, f"title: Title {number}")


def remark(provider: str, number: int, folder: Path) -> None:
    file = folder / "lib" / "providers" / f"{provider}.yaml"
    head, _, _ = file.read_text(encoding="utf-8").partition("# ")
    file.write_text(f"{head}# {number}\nwaive: []\n", encoding="utf-8")


def logo(number: int, folder: Path) -> None:
    file = folder / "lib" / "providers" / "logo.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 {number}h9"/></svg>', encoding="utf-8")


def spoil(provider: str, size: int, folder: Path) -> None:
    for each in (folder / "out" / provider).glob("every-block-*.zip"):
        os.truncate(each, size)


def lose(provider: str, folder: Path) -> None:
    shutil.rmtree(folder / "out" / provider, ignore_errors=True)


def damage(at: int, folder: Path) -> None:
    with suppress(FileNotFoundError):
        os.truncate(folder / "kept" / FILE, at)


def build(day: datetime.date, targets: tuple[str, ...], folder: Path) -> None:
    """Build with what is remembered, and hold what is there against a clean build."""
    work = replace(planned(folder / "lib", targets=targets), day=day)
    found = built(build_all(work, folder / "out", cache=Cache(folder / "kept")))
    shutil.rmtree(folder / "clean", ignore_errors=True)
    clean = built(build_all(work, folder / "clean"))
    assert [each.findings for each in found] == [each.findings for each in clean]
    there = files(folder / "out")
    assert {name: there[name] for name in files(folder / "clean")} == files(folder / "clean")
    assert all(each.sha256 == other.sha256 for each, other in zip(found, clean, strict=True))


NUMBERS, WHO = st.integers(1, 3), st.sampled_from(PROVIDERS)
CHANGES: st.SearchStrategy[Step] = st.one_of(
    st.builds(partial, st.just(page), st.sampled_from(("every-block", "second")), NUMBERS),
    st.builds(partial, st.just(title), NUMBERS),
    st.builds(partial, st.just(remark), WHO, NUMBERS),
    st.builds(partial, st.just(logo), NUMBERS),
    st.builds(partial, st.just(spoil), WHO, st.integers(0, 5_000)),
    st.builds(partial, st.just(lose), WHO),
    st.builds(partial, st.just(damage), st.sampled_from((0, 100, 5_000, 9_000))),
)
BUILDS = st.builds(partial, st.just(build), st.sampled_from(DAYS), st.sampled_from(TARGETS))


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(st.tuples(st.lists(CHANGES, max_size=3), BUILDS), min_size=2, max_size=5))
def test_what_is_there_is_what_a_clean_build_makes(steps: list[tuple[list[Step], Step]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "lib", PROVIDERS)
        for changes, last in steps:
            for each in (*changes, last):
                each(folder)
