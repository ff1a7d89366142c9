"""What was said to a record store, in words for a line, and as a result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from scormpack.lms.exchange import Request
from scormpack.lms.judge.values import parse
from scormpack.lms.store.resources import ROOT
from scormpack.preview.runs.run import Flaw, Result

Statement = dict[str, Any]
LONGEST = 100_000  # bytes of a body that are shown
_NO_FLAW = (404, 409, 412)  # a store says so to whom it has nothing to give, or somebody was quicker
_TIME = re.compile(r"PT(?:([0-9.]+)H)?(?:([0-9.]+)M)?(?:([0-9.]+)S)?")
_LAST = ("suspended", "terminated", "abandoned")  # the last by the launcher, of a course that was closed
_LAUNCHER = ("launched", "abandoned", "satisfied")


def words(statement: Any, activity: str = "") -> str:
    """A statement as a line: verb, object and result; `activity` is the course's own."""
    if not isinstance(statement, dict):
        return "no statement"
    verb, thing, result = (_object(statement.get(name)) for name in ("verb", "object", "result"))
    about = _some(_object(thing.get("definition")).get("name")) or _end(thing.get("id"))
    about = "the course" if activity and thing.get("id") == activity else f"“{about}”"
    found = ", ".join(_of_result(result))
    return f"{verb_of(statement) or _some(verb.get('display'))} {about}{f': {found}' if found else ''}"


def verb_of(statement: Statement) -> str:
    """The name of a verb: the last part of its IRI."""
    return _end(_object(statement.get("verb")).get("id"))


def _of_result(result: dict[str, Any]) -> Iterable[str]:
    score = _object(result.get("score"))
    if score:
        yield f"score {score.get('scaled', score.get('raw'))}"
    for name, yes, no in (("success", "success", "no success"), ("completion", "complete", "not complete")):
        if isinstance(result.get(name), bool):
            yield yes if result[name] else no
    if result.get("response"):
        yield f"answer {result['response']}"
    if result.get("duration"):
        yield str(result["duration"])
    yield from (f"{_end(name)} {value}" for name, value in _object(result.get("extensions")).items())


def sent(request: Request, activity: str = "") -> tuple[str, ...]:
    """What came with a request: its statements in words, or the document that it is about."""
    if request.path == f"{ROOT}statements" and request.method in ("PUT", "POST"):
        body = body_of(request.body)
        return tuple(words(each, activity) for each in (body if isinstance(body, list) else [body]))
    names = ("stateId", "profileId", "statementId", "activityId")
    about = next((request.query[name] for name in names if name in request.query), "")
    return tuple(filter(None, (about, f"{len(request.body)} bytes" if request.body else "")))


def body_of(data: bytes) -> Any:
    """A body as JSON for people: as text where it is none, and cut where it is long."""
    text = data[:LONGEST].decode("utf-8", "replace")
    if len(data) > LONGEST:
        return f"{text}… ({len(data)} bytes)"
    try:
        return parse(text)
    except ValueError:
        return text


def flaws(request: Request) -> tuple[Flaw, ...]:
    """What a request breaks, by the clauses of cmi5, or by xAPI in the store's own words."""
    if request.fault or not request.status or request.status < 400:
        return ()
    if request.failures:
        return tuple(Flaw(failure.requirement, failure.message) for failure in request.failures)
    return () if request.status in _NO_FLAW else (Flaw(f"xAPI {request.status}", request.error),)


def result_of(statements: Sequence[Statement], activity: str) -> Result:
    """What statements come to: those about the activity that was launched count, and every visit's own time."""
    about = [each for each in statements if _object(each.get("object")).get("id") == activity]
    verbs = {verb_of(each) for each in about} - set(_LAUNCHER)
    judged = [each for each in about if verb_of(each) in ("passed", "failed")]
    scores = [_object(_object(each.get("result")).get("score")).get("scaled") for each in about]
    pages = [each for each in statements if verb_of(each) == "experienced"]
    times = [_seconds(each) for each in about if verb_of(each) in _LAST]
    return Result(
        completion="completed" if "completed" in verbs else "incomplete" if verbs else None,
        success=("passed" if "passed" in verbs else "failed") if judged else None,
        score=next((float(score) for score in reversed(scores) if score is not None), None),
        seconds=sum(times) if times else None,
        page=_some(_object(_object(pages[-1]["object"]).get("definition")).get("name")) if pages else None,
    )


def _seconds(statement: Statement) -> float:
    told = _TIME.fullmatch(str(_object(statement.get("result")).get("duration", "")))
    if told is None:
        return 0
    return sum(float(part) * size for part, size in zip(told.groups(), (3600, 60, 1), strict=True) if part)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _some(language_map: Any) -> str:
    """The first text of a language map."""
    return str(next(iter(_object(language_map).values()), ""))


def _end(name: Any) -> str:
    """The last part of an IRI."""
    return str(name or "").rstrip("/").rpartition("/")[2]
