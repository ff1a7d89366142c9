"""How long a worker waits for the first page on a poor link: Chromium, 400 kbit/s, 400 ms of latency.

Each module of the sample library is opened from an empty cache. "Shown" is the first paint of the page's text,
"usable" is when Next answers. Times are in seconds, medians; bytes are what came over the link.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / part) for part in ("benchmarks", "tests/browser", "tools")]

from chromium import CHROMIUM, FLAGS  # noqa: E402
from first_page import build_samples  # noqa: E402
from playwright.sync_api import Browser, ViewportSize, sync_playwright  # noqa: E402

from scormpack.lms.scorm import serve  # noqa: E402
from scormpack.package import read_zip  # noqa: E402

KILOBITS = 400
LATENCY = 400  # milliseconds
PHONE: ViewportSize = {"width": 375, "height": 720}
SHOWN = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
USABLE = "() => document.querySelector('.to-contents:not([hidden])') && performance.now()"


def open_once(browser: Browser, address: str) -> tuple[float, float, int, int]:
    """Seconds until shown and until usable, requests and bytes, with an empty cache."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    speed = KILOBITS * 1000 / 8
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed},
    )
    asked: set[str] = set()  # not what the stylesheet carries in itself
    sizes: dict[str, int] = {}
    session.on("Network.responseReceived", lambda event: asked.add(event["requestId"]) if _sent(event) else None)
    session.on(
        "Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]})
    )
    page.goto(address, wait_until="commit")
    usable = page.wait_for_function(USABLE, polling=20).json_value()
    page.wait_for_load_state("load")
    shown = page.evaluate(SHOWN)
    context.close()
    return shown / 1000, usable / 1000, len(asked), sum(sizes.get(request, 0) for request in asked)


def _sent(event: dict[str, Any]) -> bool:
    return not event["response"]["url"].startswith("data:")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--target", default="web")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scormpack-benchmark-") as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        print("| package | shown, s | usable, s | requests | kB over the link |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for file in build_samples(Path(name), [options.target]):
            with serve(read_zip(file)) as url:
                runs = [open_once(browser, f"{url}course/index.html") for _ in range(options.runs)]
            shown, usable = (median(run[part] for run in runs) for part in (0, 1))
            row = f"{shown:.2f} | {usable:.2f} | {runs[0][2]} | {runs[0][3] / 1000:.1f}"
            print(f"| {file.parent.name}/{file.name} | {row} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
