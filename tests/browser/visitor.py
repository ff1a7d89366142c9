"""A learner's visits to packages for record stores: one browser, and the store that keeps what is learned of her."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learner import PATIENCE, Learner
from lms.others import be_judged_by_ralph
from playwright.sync_api import Browser, BrowserContext, Page, expect
from scorm import PHONE

from scormpack.lms import RecordStore, Registration, Session, TinCan, Unit

Launch = Session | TinCan
BY_THE_LAUNCHER = ("launched", "satisfied", "abandoned")
BEGUN = re.compile("saved|saving|waiting|looking")


@dataclass
class Visitor:
    """One learner with one browser, and the store that keeps what is learned of her."""

    store: RecordStore
    context: BrowserContext
    origin: str
    page: Page | None = None
    judged: int = 0  # statements that others have found right

    def launch_cmi5(self, unit: Unit, again: Session | Registration | None = None, **options: Any) -> Session:
        """Open a unit; `again` is an earlier launch in the same registration, or a registration."""
        url = f"{self.origin}{unit.url}"
        found = self.store.launch_cmi5(url, unit, again=again, return_url=self.store.back, **options)
        self.open(found.url)
        return found

    def launch_tincan(self, activity: str, again: TinCan | None = None, **options: Any) -> TinCan:
        """Open a module; `again` is an earlier launch in the same registration."""
        options.setdefault("registration", again.registration if again else str(uuid.uuid4()))
        found = self.store.launch_tincan(f"{self.origin}index.html", activity, **options)
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
        self.page.wait_for_selector(".to-contents:not([hidden])")
        expect(self.page.locator(".sign")).to_have_attribute("data-sign", BEGUN)

    def learner(self, **habits: Any) -> Learner:
        """Someone to take the course from where she was."""
        assert self.page
        if self.page.locator(".welcome-back[open]").count():
            self.page.locator('.welcome-back [value="on"]').click()
        return Learner(self.page.main_frame, **habits)

    def exit(self, learner: Learner, launch: Launch) -> None:
        """Leave by the button, and wait until the store has the last word; cmi5 leads back to the platform."""
        before = self.last_words(launch)
        learner.leave()
        self.store.wait_for(lambda: self.last_words(launch) > before, PATIENCE)
        if isinstance(launch, Session):
            learner.frame.wait_for_url(self.store.back)

    def last_words(self, launch: Launch) -> int:
        """How many sessions of a launch are over."""
        return len(launch.said("terminated")) + len(launch.said("suspended"))

    def sent(self) -> list[list[str]]:
        """The verbs of each request with statements."""
        asked = self.store.requests("POST", "statements")
        return [[name(statement) for statement in request.json] for request in asked]

    def check(self, launch: Launch, crossing: bool = False) -> None:
        """Nothing was forbidden, nothing refused, and others find every statement right.

        What two pages save at once may be `crossing`: the store refuses the later one (412), which looks again then.
        """
        if isinstance(launch, Session):
            assert launch.failures == []
            assert [said for said in self.sent() if "initialized" in said and len(said) > 1] == []
        refused = [str(one) for one in self.store.refused() if not (crossing and one.status == 412)]
        assert refused == [], refused
        found = self.store.statements()
        for statement in found[self.judged :]:
            be_judged_by_ralph(statement)
        self.judged = len(found)


Arrive = Callable[[Path], Visitor]


@contextmanager
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with nothing kept on it."""
    with browser.new_context(viewport=PHONE) as context:
        context.new_page()  # so that a learner can close the course and keep her browser
        yield context


def name(statement: dict[str, Any]) -> str:
    """The last part of the verb."""
    return str(statement["verb"]["id"]).rpartition("/")[2]


def verbs(visitor: Visitor) -> Counter[str]:
    """How often each verb was said by the player."""
    return Counter(verb for verb in map(name, visitor.store.statements()) if verb not in BY_THE_LAUNCHER)


def see(learner: Learner, sign: str) -> None:
    """The quiet line comes to say this, whatever it says before."""
    expect(learner.frame.locator(".sign")).to_have_attribute("data-sign", sign)
