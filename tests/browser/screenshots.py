"""Every page of every module as a picture: phone and desktop, light and dark. `make screenshots` runs it.

The pictures go to build/screenshots/<module>/, with one sheet of all pages for each width and scheme beside them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from chromium import CHROMIUM, FLAGS
from paths import ROOT, SAMPLE
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.lms.scorm import serve
from scormpack.package import read_zip

Scheme = Literal["light", "dark"]
PROVIDERS: dict[Scheme, str] = {"light": "willow-lane", "dark": "harbour-hands"}
WIDTHS = {375: 720, 1280: 800}
SHEET = 2400  # pixels: the width of a sheet
GAP = 16


def main() -> None:
    """Build, open, turn the pages, and take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", nargs="*", help="Modules of the library. Default: all.")
    parser.add_argument("--library", type=Path, default=SAMPLE)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--width", type=int, action="append", choices=list(WIDTHS))
    parser.add_argument("--scheme", action="append", choices=list(PROVIDERS))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for built in packages(options.library, options.modules, Path(made)):
            for scheme in options.scheme or PROVIDERS:
                if built.provider != PROVIDERS.get(scheme) and options.library == SAMPLE:
                    continue
                for width in options.width or WIDTHS:
                    shots = list(shoot(browser, built, width, scheme, options.out))
                    sheet(shots, options.out / f"{built.id}-{width}-{scheme}.png")
                    print(f"{built.id}, {width} px, {scheme}: {len(shots)} pictures", flush=True)
        browser.close()


def packages(library: Path, modules: list[str], out: Path) -> Iterator[Built]:
    """The web package of each module for each provider."""
    for result in build_all(plan(load_library(library), today(), modules, targets=["web"]), out):
        if isinstance(result, Built):
            yield result
        else:
            print("\n".join(f"{each.place}: {each.message}" for each in result.findings))


def shoot(browser: Browser, built: Built, width: int, scheme: Scheme, out: Path) -> Iterator[Path]:
    """A picture of each page, of the result and of what stands beside the course."""
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, color_scheme=scheme, reduced_motion="reduce"
    )
    folder = out / built.id
    folder.mkdir(parents=True, exist_ok=True)
    with serve(read_zip(built.path)) as url:
        page = context.new_page()
        page.goto(f"{url}course/index.html")
        names = page.eval_on_selector_all("main > .page", "pages => pages.map(page => page.id)")
        for number, name in enumerate(names):
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            open_page(page, name)
            # As tall as the page, so that the bar at the bottom covers nothing.
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": height})
            file = folder / f"{number:02}-{name}-{width}-{scheme}.png"
            page.screenshot(path=file)
            yield file
    context.close()


def open_page(page: Page, name: str) -> None:
    """Turn to a page, its cards over and its pictures there."""
    page.evaluate("name => document.querySelector(`.contents a[href='#${name}']`).click()", name)
    for card in page.locator(f"[id='{name}'] .turn").all():
        card.click()
    page.evaluate("() => Promise.all([...document.images].filter(i => i.offsetParent).map(i => i.decode()))")
    page.evaluate("window.scrollTo(0, 0)")


def sheet(shots: list[Path], file: Path) -> None:
    """All pictures side by side, at half their size."""
    pictures = [Image.open(shot).convert("RGB").reduce(2) for shot in shots]
    rows: list[list[Image.Image]] = [[]]
    for picture in pictures:
        if sum(each.width + GAP for each in rows[-1]) + picture.width > SHEET:
            rows.append([])
        rows[-1].append(picture)
    height = sum(max(each.height for each in row) + GAP for row in rows)
    whole = Image.new("RGB", (SHEET, height), "#888888")
    top = 0
    for row in rows:
        left = 0
        for picture in row:
            whole.paste(picture, (left, top))
            left += picture.width + GAP
        top += max(each.height for each in row) + GAP
    whole.save(file)


if __name__ == "__main__":
    main()
