"""A package in a platform: what a learner's visits leave on record, and what was said on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from learner import Learner
from paths import NODE_MODULES
from playwright.sync_api import BrowserContext, Frame, Page, ViewportSize, expect
from playwright.sync_api import TimeoutError as TooLate

from scormpack.check.session import OUR_RULES, Call, check_session
from scormpack.lms.scorm import Records, Standard, address

ENGINES = {
    "scorm12": NODE_MODULES / "scorm-again/dist/scorm12.min.js",
    "scorm2004": NODE_MODULES / "scorm-again/dist/scorm2004.min.js",
}
PHONE: ViewportSize = {"width": 375, "height": 720}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
LAST_BREATH = 5_000  # milliseconds that the end of a session is waited for when its tab is closed
_IS_OVER = """() => {
    const last = window.platform.sessions.filter((session) => session.length).at(-1)?.at(-1);
    return !last || ["LMSFinish", "Terminate"].includes(last.method);
}"""

Change = tuple[str, str, str]  # a file of the library, what stands there, what is to stand there


@dataclass
class Platform:
    """A package in a platform. Each `launch` is a visit of the same learner, in the same browser profile."""

    context: BrowserContext
    url: str
    standard: Standard
    records: Records
    page: Page | None = None
    fault: str = ""

    def launch(self, api: str = "engine", fault: str = "", elements: Mapping[str, str] | None = None) -> Frame:
        """Open the course; `elements` are what the platform says at the start."""
        if self.page is not None:
            self.close_tab()
        self.fault = fault
        self.page = self.context.new_page()
        self.page.on("pageerror", self._fail)
        self.page.goto(address(self.url, self.standard, api=api, fault=fault, elements=elements or {}))
        frame = self.page.frames[1]
        frame.wait_for_selector(".to-contents:not([hidden])")
        return frame

    def launch_late(self, **given: Any) -> Frame:
        """Open the course on a platform that is not there until `come` is called."""
        self.context.clock.install(time=0)
        self.context.clock.pause_at(1_000)
        return self.launch(fault="late", **given)

    def come(self) -> None:
        """The platform that was late is there now."""
        self.context.clock.run_for(3_000)
        self.context.clock.resume()

    def learner(self, frame: Frame, **habits: Any) -> Learner:
        """Someone to take the course; a welcome back is answered by going on."""
        if not self.fault:
            expect(frame.locator(".sign")).not_to_have_attribute("data-sign", "connecting")
        if frame.locator(".welcome-back[open]").count():
            frame.locator('.welcome-back [value="on"]').click()
        return Learner(frame, **habits)

    def close_tab(self) -> None:
        """As a learner does who has had enough: no Exit, no warning.

        What the course said with its last breath comes a little later: the end of the session, if it says so.
        """
        assert self.page is not None
        self.page.close(run_before_unload=False)
        self.page = None
        with self._elsewhere() as page, suppress(TooLate):
            page.wait_for_function(_IS_OVER, timeout=LAST_BREATH)

    @property
    def record(self) -> dict[str, str]:
        """What the platform has kept, read from a page of its own if the course's is closed."""
        found: dict[str, str] = self._ask("window.platform.record")
        return found

    @property
    def sessions(self) -> list[list[Call]]:
        """Every call of every visit."""
        found = self._ask("window.platform.sessions")
        return [[self._call(call) for call in session] for session in found if session]

    def check(self) -> list[tuple[str, str]]:
        """What our strict model finds wrong in all visits: nothing, but for a good reason."""
        return [
            (finding.code, finding.message)
            for number, session in enumerate(self.sessions, 1)
            for finding in check_session(session, self.standard, f"visit {number}", OUR_RULES)
        ]

    def said(self, element: str) -> list[str]:
        """Every value that was written to an element, in order."""
        return [
            call.arguments[1]
            for session in self.sessions
            for call in session
            if call.method.endswith("SetValue") and call.arguments[0] == element
        ]

    def _ask(self, question: str) -> Any:
        if self.page is not None:
            return self.page.evaluate(question)
        with self._elsewhere() as page:
            return page.evaluate(question)

    @contextmanager
    def _elsewhere(self) -> Iterator[Page]:
        """A page of the platform without the course."""
        page = self.context.new_page()
        page.goto(address(self.url, self.standard, course=""))
        yield page
        page.close()

    @staticmethod
    def _call(call: dict[str, Any]) -> Call:
        return Call(
            method=call["method"],
            arguments=tuple(call["arguments"]),
            result=call["result"],
            error=int(call["error"]),
            at=call["at"],
            argument_types=tuple(call["argument_types"]),
        )

    @staticmethod
    def _fail(error: Any) -> None:
        raise AssertionError(f"the page threw {error}")


Launcher = Callable[..., Platform]
