"""What several tests use: the sample library, the library for tests, and packages made of them once."""

from __future__ import annotations

import datetime
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from chromium import CHROMIUM, FLAGS
from hypothesis import settings
from learner import PATIENCE
from paths import EVERY_BLOCK, SAMPLE, TESTS
from playwright.sync_api import Browser, expect, sync_playwright

from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.schemas import authoring_folder
from scormpack.starter import begin

# The fixtures of two folders, not in a conftest.py each: mypy takes files of one name for one module.
pytest_plugins = ["browser_fixtures", "platform_fixtures"]

# A busy machine is no failure; and what one run of CI finds, the next one finds too.
settings.register_profile("project", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("quick", settings.get_profile("project"), max_examples=10)
settings.load_profile("project")

# What `make quick` leaves out; single tests elsewhere are marked where they stand.
SLOW = ("properties", "conformance", "test_wheel.py")

# Rules about dates look at this day, so that no test grows old.
os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC).timestamp()))


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Generator[None, int, int]:
    """Three workers for two cores where browsers are driven: while one waits for its browser, another works."""
    cores = yield
    return cores if "not browser" in config.option.markexpr else cores + cores // 2


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """What takes long, by its place; what takes longest begins first, so that no worker waits for it at the end.

    `-m` looks at the marks in between.
    """
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in SLOW:
            item.add_marker(pytest.mark.slow)
    yield
    items.sort(key=lambda item: not (item.get_closest_marker("platform") or item.get_closest_marker("long")))


def build_library(folder: Path, out: Path) -> dict[tuple[str, str, str], Built]:
    """Everything in a library, by module, provider and target."""
    built = {}
    for result in build_all(plan(load_library(folder), today()), out):
        assert isinstance(result, Built), result
        built[result.id, result.provider, result.target] = result
    return built


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], Built]:
    """The packages of the sample library."""
    return build_library(SAMPLE, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def every_block(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The packages of the module that has one of everything, by target."""
    built = build_library(EVERY_BLOCK, tmp_path_factory.mktemp("every-block"))
    return {target: result for (_, _, target), result in built.items()}


@pytest.fixture
def schemas_for_editors(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """The files that have a schema; with a stand-in for each where the schemas are not made yet."""
    kinds = (
        *("library", "contacts", "glossary", "frameworks", "recommendation", "provider", "module", "facilitator"),
        *("review", "card", "scenario", "deck"),
    )
    if not authoring_folder().is_dir():
        folder = tmp_path_factory.mktemp("authoring")
        for kind in kinds:
            (folder / f"{kind}.schema.json").write_text("{}", encoding="utf-8")
        monkeypatch.setattr(begin, "authoring_folder", lambda: folder)
    return kinds


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        expect.set_options(timeout=PATIENCE * 1000)  # a busy machine is no failure
        yield browser
        browser.close()
