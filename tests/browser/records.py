"""A learner with a browser, and the record store that keeps what is learned of her: for tests that take courses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paths import EVERY_BLOCK
from playwright.sync_api import Browser
from visitor import Launch, Visitor, phone

from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.lms import RecordStore, Unit
from scormpack.lms.faults import Fault
from scormpack.package import read_zip

MODULE = "https://learning.a-library-for-tests.co.uk/modules/every-block"
UNIT = Unit(id=MODULE, move_on="CompletedAndPassed", mastery_score=0.8)
PAGES = 2
TARGETS = ["xapi", "cmi5"]


def build(out: Path) -> dict[str, Built]:
    """The packages of the module that has one of everything, for record stores, by target."""
    built = list(build_all(plan(load_library(EVERY_BLOCK), today(), targets=TARGETS), out))
    assert all(isinstance(each, Built) for each in built), built
    return {each.target: each for each in built if isinstance(each, Built)}


@dataclass
class Visit(Visitor):
    """A visit to the module, in a launch of one kind or the other."""

    target: str = field(kw_only=True)

    def launch(self, again: Any = None, **options: Any) -> Launch:
        """Open the module; `again` is an earlier launch of the same registration."""
        if self.target == "cmi5":
            return self.launch_cmi5(UNIT, again, **options)
        return self.launch_tincan(MODULE, again, **options)


@contextmanager
def learner_of(store: RecordStore, browser: Browser, packages: dict[str, Built]) -> Iterator[Callable[[str], Visit]]:
    """Gives `visit(target)`: a learner on a phone, who takes that package with this store."""
    with phone(browser) as context:

        def begin(target: str) -> Visit:
            return Visit(store, context, store.serve(read_zip(packages[target].path)), target=target)

        yield begin


def short(visit: Visit, trouble: Fault | None = None) -> Launch:
    """The first pages with their tasks, and Exit as soon as the learner likes; trouble begins with the course."""
    launch = visit.launch()
    learner = visit.learner()
    visit.store.faults = [trouble] if trouble else []
    for _ in range(PAGES):
        learner.do_page()
        learner.next()
        learner.sign()  # it has been sent, or has met with trouble
    visit.exit(learner, launch)
    return launch
