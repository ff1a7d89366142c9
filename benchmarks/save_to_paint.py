"""From saving a page to seeing it: `.venv/bin/python benchmarks/save_to_paint.py` (see README.md).

A real browser shows the largest module of the sample library in `scormpack preview`; a page is saved again and again.
The time runs from before the write until the new words are painted in the frame.
"""

from __future__ import annotations

import argparse
import datetime
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "tools")]

from chromium import CHROMIUM, FLAGS  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from scormpack.preview import Preview  # noqa: E402
from scormpack.preview.workshop import Workshop  # noqa: E402

# Resolves in the frame in which it is painted: the second of two frames comes after the first was drawn.
PAINTED = """(words) => new Promise((painted) => {
  const look = () => {
    const page = document.querySelector("main > .page:not([hidden])");
    if (page && page.textContent.includes(words)) requestAnimationFrame(() => requestAnimationFrame(painted));
    else requestAnimationFrame(look);
  };
  look();
})"""


def largest(library: Path) -> Path:
    """The module with the most bytes of text."""
    modules = [file.parent for file in library.glob("*/module.yaml")]
    return max(modules, key=lambda folder: sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()))


def seconds(page: Page, file: Path, text: str, number: int) -> float:
    """How long one save takes to be seen."""
    words = f"Saved as number {number}."
    began = time.perf_counter()
    file.write_text(f"{text}\n{words}\n", encoding="utf-8")
    while True:  # the frame is loaded anew, so a look may end with it
        course = next((frame for frame in page.frames if urlsplit(frame.url).path.endswith("/index.html")), None)
        try:
            if course is not None:
                course.evaluate(PAINTED, words)
                return time.perf_counter() - began
        except Exception as error:
            if "detached" not in str(error) and "destroyed" not in str(error) and "navigat" not in str(error):
                raise
        page.wait_for_timeout(1)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--saves", type=int, default=20)
    options.add_argument("--target", default="scorm12")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, "modules")
        shutil.copytree(ROOT / "modules", library)
        module = largest(library)
        file = next(iter(sorted((module / "pages").glob("welcome.md"))), next((module / "pages").glob("*.md")))
        text = file.read_text(encoding="utf-8")
        day = datetime.date(2026, 11, 30)
        with Preview(Workshop(library, day), day) as preview, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(preview.address(f"m/{module.name}?target={asked.target}"))
            seconds(page, file, text, 0)
            found = []
            for number in range(1, asked.saves + 1):
                page.wait_for_timeout(1000)  # an author types for a while
                found.append(seconds(page, file, text, number))
            browser.close()
    print(f"{module.name}, {asked.target}, {asked.saves} saves: median {statistics.median(found):.3f} s, ", end="")
    print(f"shortest {min(found):.3f} s, longest {max(found):.3f} s")


if __name__ == "__main__":
    main()
