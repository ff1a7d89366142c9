"""What can go wrong on a platform, by name: trouble made on purpose.

`FAULTS` names every kind with a sentence, so that a preview can offer it. Those of the API are chosen when a course
is launched: `scorm.address(page, "scorm12", fault="mute")`. Those of requests are put into a record store:

    store.faults.append(Fault("answer"))                                  # by name, with what is usual
    store.faults.append(drop(method="PUT", path="statements"))            # the next one never arrives
    store.faults.append(lose_answer(path="statements", nth=2))            # the second is kept, but nobody hears of it
    store.faults.append(answer(429, retry_after=1, times=3))              # three times, then it works again
    store.faults.append(delay(2, matching=lambda request: b"passed" in request.body))
    store.faults.append(refuse_cors(times=None))                          # for ever

For every request the first fault that strikes is the one; `store.faults.clear()` ends all trouble, and what a `delay`
holds back is carried out at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from scormpack.lms.exchange import Answer, Request

Where = Literal["api", "requests", "record"]
LOGIN = Answer(200, b"<!doctype html><title>Log in</title>", {"Content-Type": "text/html"})


@dataclass(frozen=True)
class Kind:
    """A kind of trouble: what it happens to, and what happens, as a sentence for people.

    It happens to the SCORM API, to requests, or to requests that save a SCORM record only.
    """

    name: str
    where: Where
    sentence: str


FAULTS = {
    kind.name: kind
    for kind in (
        Kind("missing", "api", "There is no API, so the course finds no platform."),
        Kind("late", "api", "The API appears only some time after the course."),
        Kind("refusing", "api", "The API answers every call with “false”."),
        Kind("throwing", "api", "The API throws an error at every call."),
        Kind("mute", "api", "The API begins the session, and then refuses every call and keeps nothing."),
        Kind("drop", "requests", "A request is lost on its way: nothing is kept, and no answer comes."),
        Kind("lose", "requests", "A request is carried out, and its answer is lost on its way."),
        Kind("answer", "requests", "A request is answered with an error status and not carried out."),
        Kind("login", "requests", "A page to log in answers, as if all was well, and nothing is kept."),
        Kind("delay", "requests", "A request waits before it is carried out."),
        Kind("cors", "requests", "The browser is not allowed to send a request to the record store from this page."),
        Kind("ignore", "record", "A save is answered as if all was well, and nothing is kept."),
        Kind("wipe", "record", "A save that says the course is done throws away place and saved state."),
    )
}


def kinds(*where: Where) -> tuple[str, ...]:
    """The names of the faults that happen there: see `Kind`."""
    return tuple(name for name, kind in FAULTS.items() if kind.where in where)


@dataclass
class Fault:
    """Trouble with requests: `name` says which, the rest on which of them and how often.

    A request fits if it has this `method` and `path` and is `matching`; a path is one or more whole parts of the
    request's, such as `state`, `activities/state` or `fetch`. The fault counts in `seen` what fits: it spares the
    first `nth - 1`, then strikes `times` times; None is for ever. Preflights do not count, but for `cors`, which
    refuses the preflight of a request that fits, so that the browser never sends it.

    `answer` takes the `status` and the seconds for Retry-After, `delay` its `seconds`.
    Raises ValueError for a name that is no fault of requests.
    """

    name: str
    method: str = ""
    path: str = ""
    matching: Callable[[Request], bool] | None = None
    nth: int = 1
    times: int | None = 1
    status: int = 503
    retry_after: int | None = None
    seconds: float = 5
    seen: int = 0

    def __post_init__(self) -> None:
        if self.name not in (names := kinds("requests", "record")):
            raise ValueError(f"{self.name!r} is not one of {', '.join(names)}")

    def strikes(self, request: Request) -> bool:
        """Whether this request is hit; counts it."""
        if not self._fits(request):
            return False
        self.seen += 1
        return self.seen >= self.nth and (self.times is None or self.seen < self.nth + self.times)

    def _fits(self, request: Request) -> bool:
        method = request.method
        if method == "OPTIONS":
            if self.name != "cors":
                return False
            method = request.header("Access-Control-Request-Method")
        fits = self.method in ("", method) and request.is_for(self.path)
        return fits and (self.matching is None or self.matching(request))


def drop(**which: Any) -> Fault:
    """A request is lost on its way; `which` are fields of `Fault`, as for all of these."""
    return Fault("drop", **which)


def lose_answer(**which: Any) -> Fault:
    """A request is carried out, and its answer is lost on its way."""
    return Fault("lose", **which)


def answer(status: int, retry_after: int | None = None, **which: Any) -> Fault:
    """A request is answered with `status`, and `retry_after` seconds if given, and not carried out."""
    return Fault("answer", status=status, retry_after=retry_after, **which)


def log_in(**which: Any) -> Fault:
    """A page to log in answers with the status 200, and nothing is kept: a sign-on stands before the store."""
    return Fault("login", **which)


def delay(seconds: float, **which: Any) -> Fault:
    """A request waits before it is carried out."""
    return Fault("delay", seconds=seconds, **which)


def refuse_cors(**which: Any) -> Fault:
    """The browser is not allowed to send a request from this page."""
    return Fault("cors", **which)
