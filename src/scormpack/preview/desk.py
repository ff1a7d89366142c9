"""The preview's own page and what it asks for: what there is, what is played, what was recorded."""

from __future__ import annotations

import datetime
from pathlib import PurePosixPath
from typing import Any

from scormpack.lms.exchange import Answer, Refusal, Request, answer_json
from scormpack.lms.files import CONTENT_TYPES
from scormpack.preview.guard import Guard
from scormpack.preview.playing import Playing
from scormpack.preview.stage import Stage
from scormpack.render.bundles import bundle

PATIENCE = 20  # seconds that a page waits for news
LARGEST = 20_000  # bytes that a page may say at once
_PAGE = "desk.html"
_FILES = ("desk.js", "desk.css")


class Desk:
    """Answers the preview's page. `stage` has what can be played; `platform` is the origin that plays it."""

    def __init__(self, stage: Stage, guard: Guard, day: datetime.date, may_review: bool = False) -> None:
        self._stage = stage
        self._guard = guard
        self._day = day
        self._may_review = may_review
        self.origin = ""  # known when the server listens
        self.platform = ""

    def hear(self, request: Request) -> Answer | None:
        """The answer to a request."""
        if (admitted := self._guard.admit(request)) is not None:
            return admitted
        self._guard.check(request, self.origin)
        if request.path.startswith("/api/"):
            return self._carry_out(request)
        return self._file(request)

    # Pages ----------------------------------------------------------------------------------------

    def _file(self, request: Request) -> Answer:
        if request.method not in ("GET", "HEAD"):
            raise Refusal(405, "this can only be read")
        name = request.path.removeprefix("/")
        if name in _FILES:
            return self._answer(name)
        if name in ("", "zip") or name.startswith("m/"):
            return self._answer(_PAGE)
        raise Refusal(404, f"there is nothing at {request.path}")

    def _answer(self, name: str) -> Answer:
        headers = {
            "Content-Type": CONTENT_TYPES[PurePosixPath(name).suffix],
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                f"frame-src {self.platform}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            ),
        }
        return Answer(200, bundle(name).encode(), headers)

    # What the page asks for -----------------------------------------------------------------------

    def _carry_out(self, request: Request) -> Answer:
        steps = request.path.removeprefix("/api/").split("/")
        match request.method, steps:
            case "GET", ["news"]:
                return self._news(request)
            case "POST", ["runs"]:
                return _said({"run": self._stage.play(_body(request)).id})
            case "POST", ["runs", name, "trouble"]:
                body = _body(request)
                self._stage.trouble(self._playing(name), str(body.get("name")), body.get("on") is True)
            case "POST", ["runs", name, "forget"]:
                self._stage.forget(self._playing(name))
            case "POST", ["review", module]:
                self._review(module, _body(request))
            case _:
                raise Refusal(404, f"there is nothing at {request.path}")
        return _said({})

    def _news(self, request: Request) -> Answer:
        number = self._stage.news.wait(_number(request, "seen"), PATIENCE)
        name = request.query.get("run", "")
        playing = self._stage.runs.get(name)
        shown = self._run(playing, _number(request, "from")) if playing else None
        return _said({"version": number, "library": self._stage.library(), "run": shown, "review": self._may_review})

    def _run(self, playing: Playing, since: int) -> dict[str, Any]:
        shown = playing.shown(since)
        said = self._stage.said(playing.chosen.subject)
        there = {name: f"{self.platform}{shown[name]}" for name in ("url", "guide") if shown[name]}
        return {**shown, **said, **there}

    def _playing(self, name: str) -> Playing:
        if (playing := self._stage.runs.get(name)) is None:
            raise Refusal(404, "this run has ended")
        return playing

    def _review(self, module: str, body: dict[str, Any]) -> None:
        if not self._may_review:
            raise Refusal(403, "comments are open with `scormpack preview --review`")
        self._stage.review(module, body, self._day)


def _said(value: dict[str, Any]) -> Answer:
    return answer_json(value, 200, Cache_Control="no-store", X_Content_Type_Options="nosniff")


def _number(request: Request, name: str) -> int:
    said = request.query.get(name, "0")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else 0


def _body(request: Request) -> dict[str, Any]:
    """What the page says. Raises a Refusal for what is no JSON object, or too long."""
    if len(request.body) > LARGEST:
        raise Refusal(413, f"at most {LARGEST} bytes at once")
    try:
        found = request.json
    except (ValueError, RecursionError):
        raise Refusal(400, "the body is not JSON") from None
    if not isinstance(found, dict):
        raise Refusal(400, "the body is not a JSON object")
    return found
