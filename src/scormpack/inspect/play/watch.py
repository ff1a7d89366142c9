"""What a course does besides talking to its platform: mistakes, requests, message boxes, windows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Error, Page, Request, Response, WebError

from scormpack.check.played import RUN_09, RUN_10, RUN_11, RUN_12, RUN_13
from scormpack.diagnostics import Place, Severity
from scormpack.inspect.play.diary import Diary
from scormpack.inspect.play.platform import Platform

MOST = 500  # of one kind, of all that pages can say: who floods is no longer heard
MOST_WINDOWS = 4
_INSIDE = ("data:", "blob:", "about:", "chrome-error:", "javascript:")
_ON_ITS_OWN = "/favicon.ico"  # which browsers ask for by themselves


class Watcher:
    """Writes into `diary` whatever the pages of `context` do, which belong to `platform`."""

    def __init__(self, context: BrowserContext, platform: Platform, diary: Diary) -> None:
        self._context = context
        self._origins = tuple(f"{origin.rstrip('/')}/" for origin in platform.origins)
        self._files = platform.files
        self._diary = diary
        self._heard: Counter[str] = Counter()
        self._asked: set[str] = set()  # the origins elsewhere that were asked, where nobody is
        heed: dict[str, Callable[[Any], None]] = {
            "console": self._console,
            "weberror": self._mistake,
            "request": self._request,
            "response": self._response,
            "dialog": self._dialog,
            "page": self._page,
        }
        for event, heard in heed.items():
            context.on(event, self._within(event, heard))  # type: ignore[call-overload]  # one for each event

    def _within(self, event: str, heard: Callable[[Any], None]) -> Callable[[Any], None]:
        """As long as there are not too many; a message box has to be answered always."""

        def listen(what: Any) -> None:
            self._heard[event] += 1
            if event == "dialog" or self._heard[event] <= MOST:
                with suppress(Error):
                    heard(what)
            elif self._heard[event] == MOST + 1:
                self._diary.note("browser", f"more than {MOST} of {event}: no more is written down", bad=True)
                self._context.remove_listener(event, listen)

        return listen

    def _console(self, said: ConsoleMessage) -> None:
        if said.type != "error" or said.text.startswith("Failed to load resource"):  # which `_response` tells
            return
        place = self._diary.place(said.location["url"], said.location["lineNumber"] + 1)
        self._diary.note("browser", f"console: {said.text}", bad=True)
        if said.text.startswith("Blocked "):  # an alert while the page is closed
            self._diary.find(RUN_12, said.text, place)
        else:
            self._diary.find(RUN_09, f"in the console: {said.text}", place, Severity.INFO)

    def _mistake(self, error: WebError) -> None:
        text = str(error.error).partition("\n")[0]
        url, line = error.location["url"], error.location["line"]
        self._diary.note("browser", f"mistake: {text}", bad=True)
        place = self._diary.place(url, line + 1)
        if self._asked:
            text += "; perhaps because nothing elsewhere can be reached here"
        self._diary.find(RUN_09, text, place, Severity.INFO if self._asked else None)

    def _is_inside(self, url: str) -> bool:
        return url.startswith(self._origins) or url.startswith(_INSIDE)

    def _request(self, request: Request) -> None:
        if not self._is_inside(request.url):
            self._find_outside(request.url, self._diary.place(request.frame.url) if request.frame else None)

    def _find_outside(self, url: str, place: Place | None = None) -> None:
        self._diary.note("course", f"asks elsewhere: {url}", bad=True)
        if (origin := _origin(url)) not in self._asked:
            self._asked.add(origin)
            self._diary.find(RUN_11, f"asks {origin}, for example for {url}", place)

    def _response(self, response: Response) -> None:
        url = response.url
        if response.status < 400 or not url.startswith(self._files) or url.endswith(_ON_ITS_OWN):
            return
        path = url.removeprefix(self._files).partition("?")[0]
        self._diary.note("browser", f"{response.status} for {path}", bad=True)
        self._diary.find(RUN_10, f"asks for {path}, and it is not there", self._diary.place(response.frame.url))

    def _dialog(self, dialog: Dialog) -> None:
        words = f": “{dialog.message}”" if dialog.message else ""
        if dialog.type == "beforeunload":
            self._diary.note("browser", f"asks whether she wants to leave{words}", bad=True)
            self._diary.find(RUN_12, "asks whether she wants to leave, when the page is closed")
        else:
            self._diary.note("browser", f"shows a message box, {dialog.type}{words}", bad=True)
            self._diary.find(RUN_12, f"shows a message box, {dialog.type}{words}")
        dialog.accept()

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda each: self._find_outside(each.url))
        page.on("download", lambda each: self._find_window(f"downloads {each.suggested_filename}"))
        if page.opener() is None:
            return
        self._find_window("opens a window of its own")
        if len(self._context.pages) > MOST_WINDOWS:
            page.close(run_before_unload=False)

    def _find_window(self, what: str) -> None:
        self._diary.note("course", what)
        self._diary.find(RUN_13, what)


def _origin(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}" if rest else f"{scheme[:20]}…"
