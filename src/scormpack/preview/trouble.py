"""Trouble by name, and platforms by name: each does what a real one was seen to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from scormpack.lms.faults import FAULTS, Fault, kinds

SCORM: Final = ("scorm12", "scorm2004")
STORES: Final = ("xapi", "cmi5")
EXPIRED: Final = "expired"


@dataclass(frozen=True)
class Platform:
    """A platform that a run can be like: how it keeps what a SCORM course sets, by standard.

    With `reviews` it opens what is satisfied to look at only, and with `closes` nothing counts any more once a
    learner has passed or completed.
    """

    name: str
    title: str
    manners: Mapping[str, str] = field(default_factory=dict)
    reviews: bool = False
    closes: bool = False

    def manner(self, standard: str) -> str:
        """One of the `MANNERS` of SCORM platforms."""
        return self.manners.get(standard, "careful")


PLATFORMS: Final = {
    platform.name: platform
    for platform in (
        Platform("", "A careful platform"),
        Platform("moodle", "Moodle", {"scorm12": "marking", "scorm2004": "flinging"}),
        Platform("ilias", "ILIAS", dict.fromkeys(SCORM, "emptying")),
        Platform("chamilo", "Chamilo", dict.fromkeys(SCORM, "trusting")),
        Platform("frappe", "Frappe LMS", dict.fromkeys(SCORM, "trusting")),
        Platform("forma", "Forma LMS", closes=True),
        Platform("catapult", "CATAPULT", reviews=True),
    )
}


def platforms_of(standard: str) -> tuple[Platform, ...]:
    """The platforms that play packages of this standard in a way of their own, after the careful one."""
    careful, *others = PLATFORMS.values()
    if standard in SCORM:
        return (careful, *(each for each in others if each.closes or standard in each.manners))
    return (careful, *(each for each in others if each.reviews and standard == "cmi5"))


def platform_of(name: str) -> Platform:
    """The platform of this name; the careful one where there is none."""
    return PLATFORMS.get(name, PLATFORMS[""])


@dataclass(frozen=True)
class Trouble:
    """Something that goes wrong, with what it is like for the learner or the course as a sentence.

    `platform` is where it was seen, `like` the one of the `PLATFORMS` in whose manner the run goes on until the next
    launch; an empty one leaves its own. `fault` is one of `FAULTS`, with `how` for its further fields, or `EXPIRED`.
    What is of the kind `launch` needs a new launch to be seen.
    """

    name: str
    title: str
    platform: str
    sentence: str
    standards: tuple[str, ...]
    fault: str
    how: Mapping[str, Any] = field(default_factory=dict)
    like: str = ""

    @property
    def kind(self) -> Literal["launch", "requests"]:
        """When it can be seen."""
        return "launch" if self.fault in kinds("api") else "requests"

    def make(self) -> Fault:
        """The fault, for as long as the trouble is on."""
        return Fault(self.fault, times=None, **self.how)

    def shown(self, is_on: bool) -> dict[str, Any]:
        """As JSON for the preview's page."""
        names = ("name", "title", "platform", "sentence", "kind")
        return {**{name: getattr(self, name) for name in names}, "on": is_on}


ANY = "Any platform"


def _api(fault: str, title: str) -> Trouble:
    return Trouble(fault, title, ANY, FAULTS[fault].sentence, SCORM, fault)


def _store(name: str, title: str, sentence: str, fault: str = "answer", platform: str = ANY, **how: Any) -> Trouble:
    return Trouble(name, title, platform, sentence, STORES, fault, how)


def _like(like: str, name: str, title: str, sentence: str, fault: str, *standards: str, **how: Any) -> Trouble:
    platform = PLATFORMS[like].title
    return Trouble(
        f"{like}-{name}", f"As {platform} {title}", platform, sentence, standards or SCORM, fault, how, like
    )


TROUBLES: Final = (
    Trouble("signal", "The signal goes", ANY, "No save arrives, and no answer comes.", SCORM, "drop"),
    Trouble("slow", "The platform is slow", ANY, "Each save takes two seconds.", SCORM, "delay", {"seconds": 2}),
    Trouble("refuses", "The platform refuses", ANY, "It answers each save with an error.", SCORM, "answer"),
    Trouble(
        "ignores",
        "The platform says true, and keeps nothing",
        ANY,
        "It answers each save as if all was well, and forgets it.",
        SCORM,
        "ignore",
    ),
    Trouble(
        EXPIRED,
        "The session expires",
        ANY,
        "The platform has forgotten who is logged in, and leads every request to its login page.",
        SCORM,
        EXPIRED,
    ),
    _api("missing", "There is no API"),
    _api("late", "The API comes late"),
    _api("refusing", "The API refuses every call"),
    _api("throwing", "The API throws at every call"),
    _api("mute", "The API refuses all but the first call"),
    _like(
        "moodle",
        "signal",
        "does when the signal goes",
        "A save without an answer is handed to the browser, and called saved. In SCORM 1.2 its values are sent again"
        " only when they change.",
        "drop",
    ),
    _like(
        "moodle",
        "busy",
        "does when its server is busy",
        "A save is answered with 503, and called saved. In SCORM 1.2 its values go out again only when they change.",
        "answer",
    ),
    _like(
        "moodle",
        "login",
        "does when the session expires",
        "A page to log in answers each save; the values count as sent, and the course hears true.",
        "login",
    ),
    _like(
        "ilias",
        "signal",
        "does when the signal goes",
        "What is to be sent is forgotten before it is sent. The next save has nothing to send, and says true.",
        "drop",
    ),
    _like(
        "chamilo",
        "drops",
        "does with what it does not keep",
        "Each save is answered with true, and nothing of it is kept.",
        "ignore",
    ),
    _like(
        "chamilo",
        "signal",
        "does when the signal goes",
        "Each save is answered with true, whether it arrives or not, and its values count as sent.",
        "drop",
    ),
    _like(
        "frappe",
        "forgets",
        "does once the course is done",
        "A save with passed or completed throws away the place and the saved state.",
        "wipe",
    ),
    _store("signal", "The signal goes", "No request arrives, and no answer comes.", "drop"),
    _store("slow", "The store is slow", "Each request takes two seconds.", "delay", seconds=2),
    _store("never", "The store never answers", "A request waits for ever.", "delay", seconds=86_400),
    _store("unheard", "The answers get lost", "Each request is carried out, and its answer never comes.", "lose"),
    _store("401", "The store does not know the key", "It answers 401: log in.", status=401),
    _store("403", "The store forbids it", "It answers 403: you may not.", status=403),
    _store("409", "The store finds a conflict", "It answers 409: this is here already, and differs.", status=409),
    _store("412", "The store has a newer document", "It answers 412: read it again first.", status=412),
    _store(
        "429", "The store has too much to do", "It answers 429: come back in two seconds.", status=429, retry_after=2
    ),
    _store("500", "The store fails", "It answers 500.", status=500),
    _store(
        "login",
        "As a sign-on before the store does when the session expires",
        "A page to log in answers with the status 200, and nothing is kept.",
        "login",
        "Single sign-on",
    ),
    _store(
        "cors",
        "As a store does that does not know the course's site",
        "The browser is not allowed to send a request there, so none arrives.",
        "cors",
        "Another site's store",
    ),
)


def troubles_of(standard: str) -> dict[str, Trouble]:
    """What can go wrong with packages of this standard, by name."""
    return {trouble.name: trouble for trouble in TROUBLES if standard in trouble.standards}


class Troubles:
    """What goes wrong in a run at the moment; `faults` are those that strike its requests, kept as they should be."""

    def __init__(self, standard: str, faults: list[Fault]) -> None:
        self._known = troubles_of(standard)
        self._faults = faults
        self._on: dict[str, Fault | None] = {}

    def switch(self, name: str, is_on: bool) -> None:
        """Let a trouble begin or end. Raises KeyError for one that there is not."""
        trouble = self._known[name]
        over = self._on.pop(name, None)
        self._faults[:] = [fault for fault in self._faults if fault is not over]
        if is_on:
            strikes = trouble.fault != EXPIRED and trouble.kind == "requests"
            self._on[name] = trouble.make() if strikes else None
            self._faults += filter(None, [self._on[name]])

    def shown(self) -> list[dict[str, Any]]:
        """All that can go wrong, as JSON for the preview's page."""
        return [trouble.shown(name in self._on) for name, trouble in self._known.items()]

    def has(self, name: str) -> bool:
        """Whether a trouble is on."""
        return name in self._on

    @property
    def api(self) -> str:
        """How the API is broken; an empty text if it is not."""
        return next((name for name in self._on if self._known[name].kind == "launch"), "")

    @property
    def like(self) -> Platform | None:
        """The platform in whose manner the run goes on: that of the newest trouble that has one."""
        names = [like for name in self._on if (like := self._known[name].like)]
        return PLATFORMS[names[-1]] if names else None

    def named(self, fault: str) -> str:
        """The name of the trouble that a fault of this name belongs to; an empty text if there is none."""
        return next((name for name, each in self._on.items() if each and each.name == fault), "")
