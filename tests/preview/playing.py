"""A run with servers around it, as the preview has them: a desk that frames it, a platform, a record store."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from learner import PATIENCE, Learner
from playwright.sync_api import BrowserContext, Frame, Page, expect

from scormpack.lms import Stores
from scormpack.lms.exchange import Answer, Request
from scormpack.lms.server import Server
from scormpack.package import Package
from scormpack.preview.runs import start
from scormpack.preview.runs.run import Entry, Recorded, Run

ID = "a-run-that-nobody-guesses"
_DESK = """<!doctype html><title>Desk</title><script>
  window.told = [];
  window.addEventListener("message", ({ data, origin }) => window.told.push({ ...data, origin }));
</script><iframe style="border:0; width:375px; height:700px" src="%s"></iframe>"""


@dataclass
class Table:
    """A run of a package, and where it is reached. `asked` counts what it told of something new."""

    run: Run
    origin: str
    desk: str
    stores: Stores
    asked: list[float] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"{self.origin}{self.run.url}"

    @property
    def now(self) -> Recorded:
        return self.run.recorded()

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.now.entries

    @property
    def flaws(self) -> list[tuple[str, str]]:
        """Every flaw that was shown, with its code."""
        return [(flaw.code, flaw.message) for entry in self.entries for flaw in entry.flaws]

    def said(self, name: str) -> list[Entry]:
        """The entries of a call or a request."""
        return [entry for entry in self.entries if entry.what.endswith(name)]

    def wait_for(self, condition: Callable[[], Any], page: Page | None = None) -> Any:
        """Wait until `condition` is true, and return what it came to; `page` goes on meanwhile."""
        end = time.monotonic() + PATIENCE
        while not (found := condition()) and time.monotonic() < end:
            if page:
                page.evaluate("new Promise(requestAnimationFrame)")
            else:
                time.sleep(0.005)
        assert found
        return found


@contextmanager
def table(package: Package, standard: str, **choice: Any) -> Iterator[Table]:
    """A run of `package`; `choice` are further arguments of `start`."""
    runs: list[Run] = []
    news: list[float] = []
    with ExitStack() as stack:
        stores = stack.enter_context(Stores())
        platform = Server(lambda request: runs[0].hear(request))
        desk = Server(lambda request: _desk(request, f"{platform.address}/{ID}/"))
        options = {
            "id": ID,
            "standard": standard,
            "learner": "Ada Bello",
            "mode": "normal",
            "platform": "",
            "kept": None,
            "stores": stores,
            "origin": platform.address,
            "desk": desk.address,
            "changed": lambda: news.append(time.monotonic()),
            "as_if": lambda path, data: data,  # noqa: ARG005
        }
        runs.append(start(package, **{**options, **choice}))
        for server in (platform, desk):
            stack.enter_context(server)
        yield Table(runs[0], platform.address, desk.address, stores, news)


def _desk(request: Request, address: str) -> Answer:
    if request.path != "/":
        return Answer(404)
    page = _DESK % f"{address}{request.query.get('at', '')}"
    return Answer(200, page.encode(), {"Content-Type": "text/html"})


@dataclass
class Seat:
    """A learner in front of the desk."""

    table: Table
    context: BrowserContext
    page: Page | None = None

    def launch(self, at: str = "") -> Frame:
        """Open the desk's page; the course is in a frame of the frame. `at` is a place in the course."""
        if self.page:
            self.page.close(run_before_unload=False)
        self.page = self.context.new_page()
        self.page.goto(f"{self.table.desk}/?at={at}")
        return self.frame

    @property
    def frame(self) -> Frame:
        """The frame of the course."""
        assert self.page
        self.table.wait_for(lambda: len(self.page.frames) > 2 if self.page else False, self.page)
        return self.page.frames[2]

    def learner(self) -> Learner:
        """Someone to take the course from where she was."""
        frame = self.frame
        frame.wait_for_selector(".to-contents:not([hidden])")
        expect(frame.locator(".sign")).not_to_have_attribute("data-sign", "connecting")
        if frame.locator(".welcome-back[open]").count():
            frame.locator('.welcome-back [value="on"]').click()
        return Learner(frame)

    def show_anew(self) -> None:
        """What the desk does after a change: another frame in the place of the one that was there."""
        assert self.page
        before = self.frame
        self.page.evaluate(
            "() => { const old = document.querySelector('iframe'); old.replaceWith(old.cloneNode()); }"
        )
        self.table.wait_for(before.is_detached, self.page)

    def tell(self, word: str) -> None:
        """What the desk says to the page in its frame."""
        assert self.page
        script = "([word, to]) => frames[0].postMessage({scormpack: word}, to)"
        self.page.evaluate(script, [word, self.table.origin])

    @property
    def told(self) -> list[dict[str, Any]]:
        """What the page in the frame has told the desk."""
        assert self.page
        return list(self.page.evaluate("window.told"))
