"""A real browser, and real packages in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from lms import ENGINES, PHONE, Launcher, Platform, Standard
from playwright.sync_api import Browser

from scormpack.build import Built
from scormpack.package import read_zip
from scormpack.platform import serve


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
            url = stack.enter_context(serve(read_zip(built.path), ENGINES[standard]))
            context = browser.new_context(viewport=settings.pop("viewport", PHONE), **settings)
            stack.callback(context.close)
            return Platform(context, url, standard)

        yield start
