"""A real browser, and real packages in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from chromium import set_so
from paths import EVERY_BLOCK, SAMPLE
from playwright.sync_api import Browser, BrowserContext, Page
from scorm import DESKTOP, ENGINES, PHONE, Change, Launcher, Platform
from visitor import Arrive, Visitor, phone

from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.lms import RecordStore
from scormpack.lms.scorm import Records, Standard, serve
from scormpack.package import read_zip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def platform(browser: Browser) -> Iterator[Launcher]:
    """`platform(built, **context)` puts a package into a platform of its kind."""
    with ExitStack() as stack:

        def start(built: Built, **settings: Any) -> Platform:
            standard: Standard = "scorm12" if built.target == "scorm12" else "scorm2004"
            records = Records()
            url = stack.enter_context(serve(read_zip(built.path), ENGINES[standard], records))
            context = browser.new_context(viewport=settings.pop("viewport", PHONE), **settings)
            stack.callback(context.close)
            return Platform(context, url, standard, records)

        yield start


@pytest.fixture
def alone(every_block: dict[str, Built], browser: Browser) -> Iterator[tuple[BrowserContext, str]]:
    """The module with one of everything as pages without a platform: the context, and the address of its folder."""
    context = browser.new_context(viewport=PHONE)
    with serve(read_zip(every_block["web"].path)) as url:
        yield context, f"{url}course/"
    context.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window on a desk, in which no page makes a mistake."""
    context = browser.new_context(viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    mistakes: list[str] = []
    context.on("weberror", lambda error: mistakes.append(str(error.error)))
    context.on("console", lambda said: mistakes.append(said.text) if "Security Policy" in said.text else None)
    yield context
    context.close()
    assert mistakes == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page on a desk."""
    return context.new_page()


@pytest.fixture(scope="session")
def web_package(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`web_package(module)` is the package of one module of the sample library, as pages without a platform."""

    @cache
    def make(module: str) -> Path:
        wanted = plan(load_library(SAMPLE), today(), [module], targets=["web"])
        results = build_all(wanted, tmp_path_factory.mktemp("web"))
        return next(each.path for each in results if isinstance(each, Built))

    return make


@pytest.fixture
def opened_module(web_package: Callable[[str], Path], browser: Browser) -> Callable[..., Any]:
    """`opened_module(module, width, height)` opens it in a window of its own."""

    @contextmanager
    def open_it(module: str, width: int = 375, height: int = 667, **options: Any) -> Iterator[Page]:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        with serve(read_zip(web_package(module))) as url:
            page = context.new_page()
            page.goto(f"{url}course/index.html")
            page.wait_for_selector("html.runs")
            yield page
        context.close()

    return open_it


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[BrowserContext]:
    """A phone whose owner has forbidden scripts in the browser's own settings.

    What Playwright switches off leaves <noscript> closed.
    """
    with set_so(browser, "scriptEnabled=false") as without:
        yield without.new_context(viewport=PHONE)


@pytest.fixture
def arrive(browser: Browser) -> Iterator[Arrive]:
    """`arrive(package)` is a learner on a phone, before a package for record stores."""
    with RecordStore() as store, phone(browser) as context:
        yield lambda package: Visitor(store, context, store.serve(read_zip(package)))


@pytest.fixture
def changed(tmp_path: Path, platform: Launcher) -> Callable[[Change, str], Platform]:
    """The module with one of everything, with one change to its library, in a platform."""

    def make(change: Change, target: str) -> Platform:
        file, old, new = change
        folder = tmp_path / "library"
        shutil.copytree(EVERY_BLOCK, folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        (built,) = build_all(plan(load_library(folder), today(), targets=[target], overdue=True), tmp_path / "out")
        assert isinstance(built, Built)
        return platform(built)

    return make
