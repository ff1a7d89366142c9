"""What a SCO may say to its platform: the methods and the elements of SCORM 1.2 and SCORM 2004."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Literal, TypeAlias

from scormpack.check.session import responses as session_responses
from scormpack.check.session.forms import (
    DECIMAL_12,
    DECIMAL_2004,
    INTEGER,
    LANGUAGE,
    Form,
    anything,
    clock_12,
    duration,
    either,
    every,
    identifier,
    localized,
    number,
    span_12,
    text,
    timestamp,
    words,
    written,
)

Standard: TypeAlias = Literal["scorm12", "scorm2004"]


class Role(StrEnum):
    """What a method does, whatever its standard calls it."""

    INITIALIZE = "Initialize"
    TERMINATE = "Terminate"
    GET = "GetValue"
    SET = "SetValue"
    COMMIT = "Commit"
    LAST_ERROR = "GetLastError"
    ERROR_STRING = "GetErrorString"
    DIAGNOSTIC = "GetDiagnostic"


ASKS_ABOUT_ERRORS = (Role.LAST_ERROR, Role.ERROR_STRING, Role.DIAGNOSTIC)
ARGUMENTS = dict.fromkeys(Role, 1) | {Role.SET: 2, Role.LAST_ERROR: 0}


@dataclass(frozen=True)
class Element:
    """One place in the platform's data: who may touch it, and what it holds."""

    readable: bool
    writable: bool
    form: Form = anything


@dataclass(frozen=True)
class DataModel:
    """A standard, as far as one session meets it. An `n` in the name of an element stands for an index."""

    methods: dict[str, Role]
    elements: dict[str, Element]
    status: str  # the element that says whether an attempt was begun
    judgements: dict[str, dict[str, tuple[str, ...]]]  # per status element: what a kept status may become
    score: str
    score_parts: tuple[str, ...]
    mode: str
    credit: str
    exit: str
    session_time: str
    answer: str  # the last word of the element that holds a learner's answer
    responses: dict[str, Form]
    patterns: dict[str, Form]

    def find(self, element: str) -> Element | None:
        """Look an element up by its name; None if this standard has no such element."""
        return self.elements.get(_without_indexes(element))


INDEX = re.compile("0|[1-9][0-9]{0,5}")
TARGET = r"\{target=[^\s{}]+\}"
VALID_REQUEST = re.compile(rf"(adl\.nav\.request_valid\.(?:choice|jump))\.{TARGET}")


def _without_indexes(element: str) -> str:
    """`cmi.interactions.3.id` becomes `cmi.interactions.n.id`; a literal `n` must not pass for an index."""
    if found := VALID_REQUEST.fullmatch(element):
        return f"{found[1]}.n"
    words_ = element.split(".")
    return "" if "n" in words_ else ".".join("n" if INDEX.fullmatch(word) else word for word in words_)


READ = Element(readable=True, writable=False)


def _both(form: Form) -> Element:
    return Element(readable=True, writable=True, form=form)


def _write(form: Form) -> Element:
    return Element(readable=False, writable=True, form=form)


DECIMAL_WORDS = "a decimal number with a leading digit and no exponent"
REAL_WORDS = f"{DECIMAL_WORDS}, at most 7 decimals"
STATUS_12 = ("passed", "completed", "failed", "incomplete", "browsed")

_SCORE_12 = _both(either(words(""), number(DECIMAL_12, "a decimal number from 0 to 100, or nothing", 0, 100)))
_RESULT_12 = either(
    words("correct", "wrong", "unanticipated", "neutral"),
    number(DECIMAL_12, "correct, wrong, unanticipated, neutral or a decimal number"),
)


def _preference(low: int, high: int) -> Element:
    return _both(number(INTEGER, f"a whole number from {low} to {high}", low, high))


_ELEMENTS_12: dict[str, Element] = {
    "cmi._version": READ,
    "cmi.core._children": READ,
    "cmi.core.student_id": READ,
    "cmi.core.student_name": READ,
    "cmi.core.lesson_location": _both(text(255)),
    "cmi.core.credit": READ,
    "cmi.core.lesson_status": _both(words(*STATUS_12)),
    "cmi.core.entry": READ,
    "cmi.core.score._children": READ,
    "cmi.core.score.raw": _SCORE_12,
    "cmi.core.score.min": _SCORE_12,
    "cmi.core.score.max": _SCORE_12,
    "cmi.core.total_time": READ,
    "cmi.core.lesson_mode": READ,
    # `normal` is a word of SCORM 2004; here a normal end is the empty string.
    "cmi.core.exit": _write(words("suspend", "logout", "time-out", "")),
    "cmi.core.session_time": _write(span_12),
    "cmi.suspend_data": _both(text(4096)),
    "cmi.launch_data": READ,
    "cmi.comments": _both(text(4096)),
    "cmi.comments_from_lms": READ,
    "cmi.objectives._children": READ,
    "cmi.objectives._count": READ,
    "cmi.objectives.n.id": _both(identifier(255)),
    "cmi.objectives.n.score._children": READ,
    "cmi.objectives.n.score.raw": _SCORE_12,
    "cmi.objectives.n.score.min": _SCORE_12,
    "cmi.objectives.n.score.max": _SCORE_12,
    "cmi.objectives.n.status": _both(words(*STATUS_12, "not attempted")),
    "cmi.student_data._children": READ,
    "cmi.student_data.mastery_score": READ,
    "cmi.student_data.max_time_allowed": READ,
    "cmi.student_data.time_limit_action": READ,
    "cmi.student_preference._children": READ,
    "cmi.student_preference.audio": _preference(-1, 100),
    "cmi.student_preference.language": _both(text(255)),
    "cmi.student_preference.speed": _preference(-100, 100),
    "cmi.student_preference.text": _preference(-1, 1),
    "cmi.interactions._children": READ,
    "cmi.interactions._count": READ,
    "cmi.interactions.n.id": _write(identifier(255)),
    "cmi.interactions.n.objectives._count": READ,
    "cmi.interactions.n.objectives.n.id": _write(identifier(255)),
    "cmi.interactions.n.time": _write(clock_12),
    "cmi.interactions.n.type": _write(words(*session_responses.RESPONSES_12)),
    "cmi.interactions.n.correct_responses._count": READ,
    "cmi.interactions.n.correct_responses.n.pattern": _write(text(255)),
    "cmi.interactions.n.weighting": _write(number(DECIMAL_12, "a decimal number from -100 to 100", -100, 100)),
    "cmi.interactions.n.student_response": _write(text(255)),
    "cmi.interactions.n.result": _write(_RESULT_12),
    "cmi.interactions.n.latency": _write(span_12),
}


def _real(low: float = -inf, high: float = inf, also: str = "") -> Element:
    return _both(number(DECIMAL_2004, REAL_WORDS + also, low, high))


_COMPLETION = _both(words("completed", "incomplete", "not attempted", "unknown"))
_SUCCESS = _both(words("passed", "failed", "unknown"))
_PROGRESS = _real(0, 1, ", from 0 to 1")
_SCALED = _real(-1, 1, ", from -1 to 1")
_NEVER_NEGATIVE = _real(0, also=", not below 0")
_RESULT_2004 = either(
    words("correct", "incorrect", "unanticipated", "neutral"),
    number(DECIMAL_2004, "correct, incorrect, unanticipated, neutral or a decimal number"),
)
_REQUESTS = ("continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll", "_none_")
_REQUEST = written(
    re.compile(rf"{'|'.join(_REQUESTS)}|{TARGET}(?:choice|jump)"),
    f"{', '.join(_REQUESTS)}, {{target=…}}choice or {{target=…}}jump",
)
_LANGUAGE = either(words(""), every(text(250), written(LANGUAGE, "a language tag, or nothing")))

_ELEMENTS_2004: dict[str, Element] = {
    "cmi._version": READ,
    "cmi.comments_from_learner._children": READ,
    "cmi.comments_from_learner._count": READ,
    "cmi.comments_from_learner.n.comment": _both(localized(4000)),
    "cmi.comments_from_learner.n.location": _both(text(250)),
    "cmi.comments_from_learner.n.timestamp": _both(timestamp),
    "cmi.comments_from_lms._children": READ,
    "cmi.comments_from_lms._count": READ,
    "cmi.comments_from_lms.n.comment": READ,
    "cmi.comments_from_lms.n.location": READ,
    "cmi.comments_from_lms.n.timestamp": READ,
    "cmi.completion_status": _COMPLETION,
    "cmi.completion_threshold": READ,
    "cmi.credit": READ,
    "cmi.entry": READ,
    "cmi.exit": _write(words("suspend", "normal", "logout", "time-out", "")),
    "cmi.interactions._children": READ,
    "cmi.interactions._count": READ,
    "cmi.interactions.n.id": _both(identifier(4000)),
    "cmi.interactions.n.type": _both(words(*session_responses.RESPONSES_2004)),
    "cmi.interactions.n.objectives._count": READ,
    "cmi.interactions.n.objectives.n.id": _both(identifier(4000)),
    "cmi.interactions.n.timestamp": _both(timestamp),
    "cmi.interactions.n.correct_responses._count": READ,
    "cmi.interactions.n.correct_responses.n.pattern": _both(anything),
    "cmi.interactions.n.weighting": _real(),
    "cmi.interactions.n.learner_response": _both(anything),
    "cmi.interactions.n.result": _both(_RESULT_2004),
    "cmi.interactions.n.latency": _both(duration),
    "cmi.interactions.n.description": _both(localized(250)),
    "cmi.launch_data": READ,
    "cmi.learner_id": READ,
    "cmi.learner_name": READ,
    "cmi.learner_preference._children": READ,
    "cmi.learner_preference.audio_level": _NEVER_NEGATIVE,
    "cmi.learner_preference.language": _both(_LANGUAGE),
    "cmi.learner_preference.delivery_speed": _NEVER_NEGATIVE,
    "cmi.learner_preference.audio_captioning": _both(words("-1", "0", "1")),
    "cmi.location": _both(text(1000)),
    "cmi.max_time_allowed": READ,
    "cmi.mode": READ,
    "cmi.objectives._children": READ,
    "cmi.objectives._count": READ,
    "cmi.objectives.n.id": _both(identifier(4000)),
    "cmi.objectives.n.score._children": READ,
    "cmi.objectives.n.score.scaled": _SCALED,
    "cmi.objectives.n.score.raw": _real(),
    "cmi.objectives.n.score.min": _real(),
    "cmi.objectives.n.score.max": _real(),
    "cmi.objectives.n.success_status": _SUCCESS,
    "cmi.objectives.n.completion_status": _COMPLETION,
    "cmi.objectives.n.progress_measure": _PROGRESS,
    "cmi.objectives.n.description": _both(localized(250)),
    "cmi.progress_measure": _PROGRESS,
    "cmi.scaled_passing_score": READ,
    "cmi.score._children": READ,
    "cmi.score.scaled": _SCALED,
    "cmi.score.raw": _real(),
    "cmi.score.min": _real(),
    "cmi.score.max": _real(),
    "cmi.session_time": _write(duration),
    "cmi.success_status": _SUCCESS,
    "cmi.suspend_data": _both(text(64000)),
    "cmi.time_limit_action": READ,
    "cmi.total_time": READ,
    "adl.nav.request": _both(_REQUEST),
    "adl.nav.request_valid.continue": READ,
    "adl.nav.request_valid.previous": READ,
    "adl.nav.request_valid.choice.n": READ,
    "adl.nav.request_valid.jump.n": READ,
}

SCORM_12 = DataModel(
    methods={"LMSFinish" if role is Role.TERMINATE else f"LMS{role}": role for role in Role},
    elements=_ELEMENTS_12,
    status="cmi.core.lesson_status",
    judgements={"cmi.core.lesson_status": {"passed": ("passed",), "completed": ("completed", "passed")}},
    score="cmi.core.score",
    score_parts=("raw", "min", "max"),
    mode="cmi.core.lesson_mode",
    credit="cmi.core.credit",
    exit="cmi.core.exit",
    session_time="cmi.core.session_time",
    answer="student_response",
    responses=session_responses.RESPONSES_12,
    patterns=session_responses.RESPONSES_12,
)

SCORM_2004 = DataModel(
    methods={role.value: role for role in Role},
    elements=_ELEMENTS_2004,
    status="cmi.completion_status",
    judgements={
        "cmi.completion_status": {"completed": ("completed",)},
        "cmi.success_status": {"passed": ("passed",)},
    },
    score="cmi.score",
    score_parts=("scaled", "raw", "min", "max"),
    mode="cmi.mode",
    credit="cmi.credit",
    exit="cmi.exit",
    session_time="cmi.session_time",
    answer="learner_response",
    responses=session_responses.RESPONSES_2004,
    patterns=session_responses.PATTERNS_2004,
)

MODELS: dict[Standard, DataModel] = {"scorm12": SCORM_12, "scorm2004": SCORM_2004}
