"""The page that `scormpack check` makes for whoever made a package: everybody can read it, and nothing in it runs."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from test_page import SMALLEST, TOO_WIDE, axe

from scormpack.cli import main

EVIL = "<img src=x onerror=window.ran=1>"
MANIFEST = f"""\
<manifest identifier="a-long-identifier-of-a-manifest" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
 xmlns:x="http://www.adlnet.org/xsd/adlcp_v1p3">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 3rd edition</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>{EVIL.replace("<", "&lt;")}</title>
<item identifier="i" identifierref="{EVIL.replace("<", "&lt;")}"><title>Tea</title></item></organization>
</organizations>
<resources><resource identifier="r" type="webcontent" x:scormType="sco" href="{"long/" * 40}tea.html"/></resources>
</manifest>
"""


@pytest.fixture(scope="module", params=["one", "many"])
def page_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page about one package that is full of mistakes, or about it and others."""
    folder = tmp_path_factory.mktemp("found")
    with zipfile.ZipFile(folder / "tea.zip", "w") as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        archive.writestr(f"{EVIL}.html", f"<!-- Made by {EVIL.strip('<>')} -->")
    with zipfile.ZipFile(folder / "fine.zip", "w") as archive:
        archive.writestr(
            "index.html", '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>Tea</title>Tea.'
        )
    (folder / "broken.zip").write_bytes(b"no zip")
    checked = [str(folder / "tea.zip")] if request.param == "one" else [str(folder)]
    result = CliRunner().invoke(main, ["check", *checked, "--format", "html", "--out", str(folder / "found.html")])
    assert result.exit_code == 1, result.output
    return folder / "found.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(browser: Browser, page_file: Path, scheme: Literal["light", "dark"]) -> None:
    page = browser.new_page(viewport=SMALLEST, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    assert page.evaluate(TOO_WIDE) == []
    assert axe(page.main_frame) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert axe(page.main_frame) == []
    assert page.evaluate("window.ran") is None
    assert asked == [page_file.as_uri()]
    page.close()
