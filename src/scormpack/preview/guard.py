"""Who may ask: pages of our own, and, where the preview can be reached from outside, whoever brings a token."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from scormpack.lms.exchange import Answer, Refusal, Request

COOKIE = "scormpack"
SAFE = ("GET", "HEAD")


class Guard:
    """Lets requests pass or raises a Refusal.

    With `closed` nobody reads anything without a token, which opens the preview for one browser and then no more;
    `spent` is called when that has happened.
    """

    def __init__(self, closed: bool = False, spent: Callable[[], object] = lambda: None) -> None:
        self._closed = closed
        self._spent = spent
        self._lock = threading.Lock()
        self._tokens: set[str] = set()
        self._cookies: set[str] = set()

    @property
    def is_closed(self) -> bool:
        """Whether a token is needed."""
        return self._closed

    def token(self) -> str:
        """A new token: whoever comes with it may read."""
        token = secrets.token_urlsafe(18)
        with self._lock:
            self._tokens.add(token)
        return token

    def admit(self, request: Request) -> Answer | None:
        """The answer to a browser that shows a token, with a cookie for it; None for other requests."""
        shown = request.query.get("token", "")
        if not self._closed or not shown or request.method != "GET":
            return None
        with self._lock:
            found = next((token for token in self._tokens if _equal(token, shown)), None)
            if found is None:
                return None
            self._tokens.discard(found)
            cookie = secrets.token_urlsafe(24)
            self._cookies.add(cookie)
        self._spent()
        keep = f"{COOKIE}={cookie}; HttpOnly; SameSite=Strict; Path=/"
        return Answer(303, headers={"Location": request.path, "Set-Cookie": keep, "Cache-Control": "no-store"})

    def check(self, request: Request, origin: str) -> None:
        """Raise a Refusal where the request is not one of a page from `origin`, or of somebody without a token."""
        self.check_reader(request)
        came_from = request.header("Sec-Fetch-Site")
        is_visit = request.header("Sec-Fetch-Mode") == "navigate"
        if came_from in ("cross-site", "same-site") and not is_visit:
            raise Refusal(403, "another site's page may not ask this")
        if request.method not in SAFE and request.header("Origin") != origin:
            raise Refusal(403, "only the preview's own page may change something")

    def check_reader(self, request: Request) -> None:
        """Raise a Refusal where a token is needed and was never shown."""
        if self._closed and not any(_equal(one, _cookie(request)) for one in self._cookies):
            raise Refusal(403, "this preview needs an address with a token: use the one that the terminal shows")


def _equal(one: str, other: str) -> bool:
    """Whether they are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(one.encode(), other.encode())


def _cookie(request: Request) -> str:
    try:
        found = SimpleCookie(request.header("Cookie")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
