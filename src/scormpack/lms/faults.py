"""Trouble on purpose: what goes wrong, on which requests, how often.

    store.faults.append(drop(method="PUT", path="statements"))            # the next one never arrives
    store.faults.append(lose_answer(path="statements", nth=2))            # the second is kept, but nobody hears of it
    store.faults.append(answer(429, retry_after=1, times=3))              # three times, then it works again
    store.faults.append(delay(2, matching=lambda request: b"passed" in request.body))
    store.faults.append(refuse_cors(times=None))                          # for ever

`method` and `path` say which requests fit; a path is one or more whole parts of the request's, such as `state`,
`activities/state` or `fetch`.

A fault counts the requests that fit it: it lets `nth - 1` of them pass, then strikes `times` times. Preflights do
not count, but for `refuse_cors`, which answers the preflight of a request that fits, so that the browser never
sends it. For every request the first fault that strikes is the one; `store.faults.clear()` ends all trouble.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from scormpack.lms.exchange import Request

Trouble = Literal["drop", "lose", "answer", "delay", "cors"]


@dataclass
class Fault:
    """One kind of trouble; made by the functions below."""

    trouble: Trouble
    method: str = ""
    path: str = ""
    matching: Callable[[Request], bool] | None = None
    nth: int = 1
    times: int | None = 1
    status: int = 503
    retry_after: int | None = None
    seconds: float = 0
    seen: int = 0

    def strikes(self, request: Request) -> bool:
        """Whether this request is hit; counts it."""
        if not self._fits(request):
            return False
        self.seen += 1
        return self.seen >= self.nth and (self.times is None or self.seen < self.nth + self.times)

    def _fits(self, request: Request) -> bool:
        method = request.method
        if method == "OPTIONS":
            if self.trouble != "cors":
                return False
            method = request.header("Access-Control-Request-Method")
        fits = self.method in ("", method) and request.is_for(self.path)
        return fits and (self.matching is None or self.matching(request))


def drop(**which: Any) -> Fault:
    """The request is lost on its way: nothing happens, the connection ends."""
    return Fault("drop", **which)


def lose_answer(**which: Any) -> Fault:
    """The request does its work, and the answer is lost on its way."""
    return Fault("lose", **which)


def answer(status: int, retry_after: int | None = None, **which: Any) -> Fault:
    """The request is answered with a status, and does nothing."""
    return Fault("answer", status=status, retry_after=retry_after, **which)


def delay(seconds: float, **which: Any) -> Fault:
    """The request waits before it does its work."""
    return Fault("delay", seconds=seconds, **which)


def refuse_cors(**which: Any) -> Fault:
    """The browser is told that this page has no business here."""
    return Fault("cors", **which)
