"""A learner with a browser, and the record store that keeps what is learned of her: for tests that take courses."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learner import Learner
from lms import PHONE
from paths import EVERY_BLOCK
from playwright.sync_api import Browser, BrowserContext, Page, expect
from ralph.models.xapi.base.statements import BaseXapiStatement
from store import RecordStore, Session, TinCan, Unit
from store.faults import Fault

from scormpack.batch import build_all, plan
from scormpack.build import Built
from scormpack.content.load import load_library

MODULE = "https://learning.a-library-for-tests.co.uk/modules/every-block"
UNIT = Unit(id=MODULE, move_on="CompletedAndPassed", mastery_score=0.8)
Launch = Session | TinCan
BY_THE_LAUNCHER = ("launched", "satisfied", "abandoned")
PATIENCE = 45  # seconds: longer than the player waits for an answer that never comes
PAGES = 2
GATHERED = 150  # milliseconds after which the player has sent what belongs together
BEGUN = re.compile("saved|saving|waiting|looking")


def build(out: Path) -> dict[str, Built]:
    """The packages of the module that has one of everything, for record stores, by target."""
    built = list(build_all(plan(load_library(EVERY_BLOCK), targets=["xapi", "cmi5"]), out))
    assert all(isinstance(each, Built) for each in built), built
    return {each.target: each for each in built if isinstance(each, Built)}


@dataclass
class Visit:
    """One learner with one browser, and the store that keeps what is learned of her."""

    store: RecordStore
    context: BrowserContext
    url: str
    target: str
    page: Page | None = None

    def launch(self, again: Launch | None = None, **options: Any) -> Launch:
        """Open the course; `again` is an earlier launch of the same registration."""
        found: Launch
        if self.target == "cmi5":
            found = self.store.launch_cmi5(self.url, UNIT, again=again, return_url=self.store.back, **options)
        else:
            options.setdefault("registration", again.registration if again else str(uuid.uuid4()))
            found = self.store.launch_tincan(self.url, MODULE, **options)
        self.open(found.url)
        return found

    def open(self, url: str) -> None:
        """Open an address in a tab of its own."""
        if self.page:
            self.page.close(run_before_unload=False)
        self.page = self.context.new_page()
        self.page.goto(url)
        self.settle()

    def reload(self) -> None:
        """Load the page again."""
        assert self.page
        self.page.reload()
        self.settle()

    def settle(self) -> None:
        """Wait until the course knows its store."""
        assert self.page
        self.page.wait_for_selector(".bar:not([hidden])")
        expect(self.page.locator(".sign")).to_have_attribute("data-sign", BEGUN, timeout=PATIENCE * 1000)

    def learner(self, **habits: Any) -> Learner:
        """Someone to take the course from where she was."""
        assert self.page
        if self.page.locator(".welcome-back[open]").count():
            self.page.locator('.welcome-back [value="on"]').click()
        return Learner(self.page.main_frame, **habits)

    def exit(self, learner: Learner, launch: Launch) -> None:
        """Leave by the button, and wait until the store has the last word; cmi5 leads back to the platform."""
        before = self.last_words(launch)
        learner.press(learner.frame.locator(".bar .exit"))
        self.store.wait_for(lambda: self.last_words(launch) > before, PATIENCE)
        if isinstance(launch, Session):
            learner.frame.wait_for_url(self.store.back)

    def last_words(self, launch: Launch) -> int:
        """How many sessions of a launch are over."""
        return len(launch.said("terminated")) + len(launch.said("suspended"))

    def check(self, launch: Launch) -> None:
        """Nothing was forbidden, nothing refused, and others find every statement right."""
        if isinstance(launch, Session):
            assert launch.failures == []
        assert self.store.refused() == []
        for statement in self.store.statements():
            BaseXapiStatement.model_validate(statement)


@contextmanager
def learner_of(store: RecordStore, browser: Browser, packages: dict[str, Built]) -> Iterator[Callable[[str], Visit]]:
    """Gives `visit(target)`: a learner on a phone, who takes that package with this store."""
    with browser.new_context(viewport=PHONE) as context:  # type: ignore[arg-type]
        context.new_page()  # so that a learner can close the course and keep her browser

        def begin(target: str) -> Visit:
            return Visit(store, context, f"{store.serve(packages[target].path)}index.html", target)

        yield begin


def name(statement: dict[str, Any]) -> str:
    """The last part of the verb."""
    return str(statement["verb"]["id"]).rpartition("/")[2]


def verbs(visit: Visit) -> Counter[str]:
    """How often each verb was said by the player."""
    return Counter(verb for verb in map(name, visit.store.statements()) if verb not in BY_THE_LAUNCHER)


def short(visit: Visit, trouble: Fault | None = None) -> Launch:
    """The first pages with their tasks, and Exit as soon as the learner likes; trouble begins with the course."""
    launch = visit.launch()
    learner = visit.learner()
    visit.store.faults = [trouble] if trouble else []
    for _ in range(PAGES):
        learner.do_page()
        learner.next()
        learner.frame.wait_for_timeout(GATHERED)
    visit.exit(learner, launch)
    return launch
