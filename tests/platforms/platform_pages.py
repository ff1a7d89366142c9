"""Pages of a browser that tell which requests are under way, and keep to the platform's own host."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Frame, Page, Request

REFUSED = "Content Security Policy"
QUIET_SECONDS = 0.3
WAIT_SECONDS = 20


@dataclass
class Traffic:
    """The requests of one page."""

    host: str
    pending: set[Request] = field(default_factory=set)
    strays: list[str] = field(default_factory=list)
    changed: float = 0

    def begin(self, request: Request) -> None:
        """Note a request that starts."""
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.hostname != self.host:
            self.strays.append(request.url)
        self.pending.add(request)
        self.changed = time.monotonic()

    def end(self, request: Request) -> None:
        """Note a request that ended, well or not."""
        self.pending.discard(request)
        self.changed = time.monotonic()

    def settle(self, page: Page) -> None:
        """Wait until what was sent has been answered."""
        limit = time.monotonic() + WAIT_SECONDS
        while self.pending or time.monotonic() - self.changed < QUIET_SECONDS:
            assert time.monotonic() < limit, f"unanswered: {[request.url for request in self.pending]}"
            page.wait_for_timeout(50)


@dataclass(frozen=True)
class Visit:
    """A page, the requests it makes, and the errors its scripts and those of its frames raise."""

    page: Page
    traffic: Traffic
    errors: list[str]

    def frame(self, selector: str) -> Frame:
        """Return the frame inside the iframe that `selector` finds, once it is loaded."""
        element = self.page.wait_for_selector(selector)
        assert element is not None
        frame = element.content_frame()
        assert frame is not None
        frame.wait_for_url(re.compile("^http"))
        return frame

    def leave(self, exit_: Callable[[], object]) -> None:
        """Leave the player the platform's way, when what was sent has been answered."""
        self.traffic.settle(self.page)
        exit_()
        self.traffic.settle(self.page)

    def close(self) -> None:
        """Close the tab, as one does who has had enough, when what was sent has been answered."""
        self.traffic.settle(self.page)
        with self.page.expect_event("close"):
            self.page.close(run_before_unload=True)


def refusals(text: str) -> list[str]:
    """Return the console's text when it tells of something that a page's own policy refused."""
    return [text] if REFUSED in text else []


@contextmanager
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open a page with cookies of its own; at the end, nothing failed or was refused, no other host asked."""
    with browser.new_context(base_url=address) as context:
        page = context.new_page()
        traffic = Traffic(urlsplit(address).hostname or "")
        errors: list[str] = []
        page.on("request", traffic.begin)
        page.on("requestfinished", traffic.end)
        page.on("requestfailed", traffic.end)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.extend(refusals(message.text)))
        yield Visit(page, traffic, errors)
        assert not errors, errors
        assert not traffic.strays, traffic.strays
