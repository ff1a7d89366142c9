"""The browser that plays packages: found, shut in, and ended in time."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Browser, BrowserContext, Error, Playwright, ViewportSize, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OWN = "SCORMPACK_BROWSER"  # the variable with the path of another one
REMEDY = f"There is no browser to play it in: `playwright install chromium` gets one, and {OWN} can name another."
_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--no-first-run",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # no way round the proxy
]
_VIEW: ViewportSize = {"width": 1024, "height": 768}


class NoBrowserError(Exception):
    """There is no browser, or it does not start; the message says what to do."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, while the context is open. Raises NoBrowserError."""
    with sync_playwright() as playwright:
        browser = _launched(playwright)
        try:
            yield browser
        finally:
            with suppress(Error):
                browser.close()


@contextmanager
def ended_in(browser: Browser, patience: float) -> Iterator[None]:
    """Kill the browser if the context is still open after so many seconds, whatever a page does."""
    end = _ender(browser, patience)
    try:
        yield
    finally:
        end.cancel()


def _launched(playwright: Playwright) -> Browser:
    """The browser that is asked for, else the first of this machine's that starts, else Playwright's own."""
    own = os.environ.get(OWN, "")
    paths = [own] if own else [*filter(None, map(shutil.which, NAMES)), None]
    root = getattr(os, "geteuid", lambda: 1)() == 0  # for root Chromium has no sandbox
    said = ""
    for path in paths:
        try:
            return playwright.chromium.launch(executable_path=path, args=_FLAGS, chromium_sandbox=not root)
        except Error as error:
            said = str(error).partition("\n")[0]
    raise NoBrowserError(REMEDY if "doesn't exist" in said else f"The browser does not start: {said}")


def _ender(browser: Browser, patience: float) -> threading.Timer:
    """What kills the browser when time is up: a page that loops for ever heeds nothing else."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    number = next(each["id"] for each in processes if each["type"] == "browser")
    timer = threading.Timer(patience, _kill, [number])
    timer.daemon = True  # Ctrl+C does not wait for it
    timer.start()
    return timer


def _kill(number: int) -> None:
    with suppress(OSError):
        os.kill(number, getattr(signal, "SIGKILL", signal.SIGTERM))


@contextmanager
def shut_in(browser: Browser, origins: Iterable[str]) -> Iterator[BrowserContext]:
    """A profile that is forgotten, from which nothing but these origins can be reached.

    Every other request goes to a proxy that is the first of them, and is refused there, so that even names are not
    looked up.
    """
    hosts = [origin.partition("://")[2].strip("/") for origin in origins]
    context = browser.new_context(
        proxy={"server": f"http://{hosts[0]}", "bypass": ",".join(hosts)},
        viewport=_VIEW,
        accept_downloads=False,
        service_workers="block",
        reduced_motion="reduce",
        locale="en-GB",
    )
    try:
        yield context
    finally:
        with suppress(Error):
            context.close()
