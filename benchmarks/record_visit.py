"""What a visit to a record store costs a phone: a whole module, taken in Chromium by someone who takes her time.

As xAPI and as cmi5, with our own record store. "Naive" is the same visit with a request for each statement
and one for the state with each of them. Bytes are those of bodies. Preflights, by which a browser asks for leave, are
counted apart: how long it remembers is for the store to say.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / part) for part in ("benchmarks", "tests", "tests/browser", "tools")]

from chromium import CHROMIUM, FLAGS  # noqa: E402
from learner import Learner  # noqa: E402
from playwright.sync_api import Browser, Locator, sync_playwright  # noqa: E402
from visitor import Launch, Visitor, phone  # noqa: E402

from scormpack.batch import (  # noqa: E402
    Built,
    build_all,
    plan,
)
from scormpack.clock import today  # noqa: E402
from scormpack.content.load import load_library  # noqa: E402
from scormpack.lms import RecordStore, Request, Unit  # noqa: E402
from scormpack.package import read_zip  # noqa: E402

ACTIVITY = "https://training.example.org/modules/a-module"
PACE = 400  # milliseconds from one tap to the next: longer than the player gathers what belongs together
MODULES = ("looking-after-you", "leading-the-team")


class Unhurried(Learner):
    """A learner who does one thing after the other."""

    def press(self, button: Locator) -> None:
        """Press a button, and look at what comes of it."""
        super().press(button)
        self.frame.wait_for_timeout(PACE)


@dataclass(frozen=True)
class Visit:
    """What one visit asked of the store."""

    asked: list[Request]
    preflights: int
    statements: int

    @property
    def naive(self) -> int:
        """How many requests it would take to send each statement by itself, and the state with it."""
        return sum(each.method == "GET" or each.is_for("fetch") for each in self.asked) + 2 * self.statements

    @property
    def kilobytes(self) -> float:
        """What was sent."""
        return sum(len(each.body) for each in self.asked) / 1000


def take(browser: Browser, file: Path) -> Visit:
    """The whole course, from opening it to Exit."""
    with RecordStore() as store, phone(browser) as context:
        visitor = Visitor(store, context, store.serve(read_zip(file)))
        launch: Launch
        if file.stem.endswith("cmi5"):
            launch = visitor.launch_cmi5(Unit(move_on="CompletedAndPassed", mastery_score=0.8))
        else:
            launch = visitor.launch_tincan(ACTIVITY)
        learner = Unhurried(visitor.learner().frame)
        learner.take()
        visitor.exit(learner, launch)
        asked = [each for each in store.log if each.method != "OPTIONS"]
        sent = [json.loads(each.body) for each in asked if each.method == "POST" and each.is_for("statements")]
        return Visit(asked, len(store.log) - len(asked), sum(map(len, sent)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", nargs="*", default=MODULES, help="Modules of the sample library.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scormpack-benchmark-") as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        print("| package | statements | requests | naive | × | preflights | kB sent |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        library = load_library(ROOT / "modules")
        work = plan(library, today(), options.modules, list(library.providers)[:1], ["xapi", "cmi5"])
        for built in build_all(work, Path(name)):
            assert isinstance(built, Built), built.findings
            visit = take(browser, built.path)
            row = f"{visit.statements} | {len(visit.asked)} | {visit.naive} | {len(visit.asked) / visit.naive:.2f}"
            print(f"| {built.path.name} | {row} | {visit.preflights} | {visit.kilobytes:.1f} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
