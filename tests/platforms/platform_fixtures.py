"""Real learning platforms, each in an environment of its own, and the browser that visits them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from platform_process import Platform, environment, running
from platform_ralph import Ralph

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here has to do with the platforms."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.platform)


@pytest.fixture(scope="session")
def wagtail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A Wagtail site with wagtail-lms, its database new."""
    folder = HERE / "wagtail"
    python = environment("wagtail", folder / "requirements.txt")
    with running(python, folder / "lms_site.py", tmp_path_factory.mktemp("wagtail")) as platform:
        yield platform


@pytest.fixture(scope="session")
def xblock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """The workbench of Open edX with its SCORM block, its database new."""
    folder = HERE / "xblock"
    python = environment("xblock", folder / "requirements.txt")
    with running(python, folder / "studio_site.py", tmp_path_factory.mktemp("xblock")) as platform:
        yield platform


@pytest.fixture(scope="session")
def ralph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ralph]:
    """The record store of Open FUN, without a statement."""
    folder = HERE / "ralph"
    python = environment("ralph", folder / "requirements.txt")
    with running(python, folder / "lrs_site.py", tmp_path_factory.mktemp("ralph")) as platform:
        yield Ralph(platform)
