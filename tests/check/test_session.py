"""Recorded sessions, one call a line: the good ones, and what is found when one thing in them is wrong.

A line is `init`, `commit`, `end`, `get ELEMENT = ANSWER`, `set ELEMENT = VALUE` or `call METHOD ARG|ARG`.
It may end in ` ! CODE` (the platform refused), ` @ MILLISECONDS` and ` # TYPE,TYPE` (of the arguments).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scormpack.check.session import OUR_RULES, SESSION_RULES, Call, check_session
from scormpack.check.session.data_model import MODELS, Role, Standard
from scormpack.check.session.privacy import PRIVACY_RULES
from scormpack.diagnostics import Place, Severity

GOOD_12 = """\
init
get cmi.core.lesson_mode = normal
get cmi.core.credit = credit
get cmi.core.lesson_status = not attempted
get cmi.suspend_data =
get cmi.interactions._count = 0
set cmi.core.lesson_status = incomplete
commit
set cmi.interactions.0.id = q1
set cmi.interactions.0.type = choice
set cmi.interactions.0.time = 10:20:30
set cmi.interactions.0.student_response = a,c
set cmi.interactions.0.correct_responses.0.pattern = a,b
set cmi.interactions.0.weighting = 1
set cmi.interactions.0.result = wrong
set cmi.interactions.0.latency = 0000:00:12.50
set cmi.interactions.1.id = q1
set cmi.interactions.1.type = true-false
set cmi.interactions.1.student_response = t
set cmi.core.lesson_location = page-2
set cmi.suspend_data = 1:ab
set cmi.core.session_time = 0000:01:00.00 @ 61000
set cmi.core.exit = suspend
commit
get cmi.core.student_name = Doe, Jo
set cmi.core.score.raw = 80
set cmi.core.score.min = 0
set cmi.core.score.max = 100
set cmi.core.lesson_status = passed
commit
set cmi.suspend_data = 1:abc
set cmi.core.session_time = 0000:02:03.45 @ 124000
set cmi.core.exit =
commit
end"""

GOOD_2004 = """\
init
get cmi.mode = normal
get cmi.credit = credit
get cmi.completion_status = unknown
get cmi.success_status = unknown
get cmi.suspend_data = ! 403
get cmi.interactions._count = 2
get cmi.objectives._count = 0
set cmi.completion_status = incomplete
commit
set cmi.interactions.2.id = q1
set cmi.interactions.2.type = choice
set cmi.interactions.2.timestamp = 2030-01-02T03:04:05.00Z
set cmi.interactions.2.correct_responses.0.pattern = a[,]b
set cmi.interactions.2.weighting = 1
set cmi.interactions.2.learner_response = a[,]c
set cmi.interactions.2.result = incorrect
set cmi.interactions.2.latency = PT12.5S
set cmi.interactions.2.description = {lang=de}Was hilft?
set cmi.objectives.0.id = o1
set cmi.objectives.0.success_status = passed
set cmi.location = page-2
set cmi.progress_measure = 0.5
set cmi.suspend_data = 1:ab
set cmi.session_time = PT1M @ 61000
set cmi.exit = suspend
commit
set cmi.score.scaled = 0.8
set cmi.score.raw = 80
set cmi.score.min = 0
set cmi.score.max = 100
set cmi.success_status = passed
set cmi.completion_status = completed
commit
set cmi.suspend_data = 1:abc
set cmi.session_time = PT2M3.45S @ 124000
set cmi.exit = normal
set adl.nav.request = exitAll
commit
end"""

GOOD: dict[Standard, str] = {"scorm12": GOOD_12, "scorm2004": GOOD_2004}
SHORT = {
    "init": Role.INITIALIZE,
    "commit": Role.COMMIT,
    "end": Role.TERMINATE,
    "get": Role.GET,
    "set": Role.SET,
}
LINE = re.compile(
    r"(?P<said>.*?)(?: ! (?P<error>[0-9]+))?(?: @ (?P<at>[0-9.]+))?(?: # (?P<types>[a-z,]+))?", re.DOTALL
)


def recorded(script: str, standard: Standard) -> list[Call]:
    return [one_call(line, standard) for line in script.split("\n") if line]


def one_call(line: str, standard: Standard) -> Call:
    found = LINE.fullmatch(line)
    assert found
    word, _, rest = found["said"].partition(" ")
    names = {role: method for method, role in MODELS[standard].methods.items()}
    error, at = int(found["error"] or 0), float(found["at"] or 0)
    types = tuple((found["types"] or "").split(",")) if found["types"] else ()
    answer = "false" if error else "true"
    if word == "call":
        method, _, arguments = rest.partition(" ")
        return Call(method, tuple(arguments.split("|")) if arguments else (), answer, error, at, types)
    element, _, value = rest.partition(" =")
    value = value.removeprefix(" ")
    if word == "get":
        return Call(names[Role.GET], (element,), value, error, at, types)
    return Call(names[SHORT[word]], (element, value) if word == "set" else ("",), answer, error, at, types)


def found(script: str, standard: Standard) -> str:
    findings = check_session(recorded(script, standard), standard, "s")
    return " ".join(f"{each.code}@{each.place.line}" for each in findings)


def changed(script: str, edits: dict[int, str]) -> str:
    """The script with some of its lines, counted from 1, replaced by none, one or several."""
    lines = script.split("\n")
    return "\n".join(edits.get(number, line) for number, line in enumerate(lines, start=1))


@pytest.mark.parametrize("standard", GOOD)
def test_a_good_session_has_no_findings(standard: Standard) -> None:
    assert found(GOOD[standard], standard) == ""


def test_a_step_back_that_is_taken_back_at_once_is_none() -> None:
    """A platform that took as said what it lost sends a value only when it changes."""
    again = "set cmi.core.lesson_status = incomplete\ncommit\nset cmi.core.lesson_status = passed"
    assert found(changed(GOOD_12, {31: again}), "scorm12") == ""


def test_who_browses_scorm12_may_say_so() -> None:
    script = "init\nget cmi.core.lesson_mode = browse\nset cmi.core.lesson_status = browsed\ncommit\nend"
    assert "RTE-50" not in found(script, "scorm12")
    assert "RTE-50@3" in found(script.replace("= browsed", "= incomplete"), "scorm12")


OPEN_12 = """\
init
get cmi.core.lesson_mode = normal
get cmi.core.credit = credit
get cmi.core.lesson_status = not attempted
set cmi.core.lesson_status = incomplete
commit
"""
CLOSE_12 = """\
set cmi.core.session_time = 0000:02:03.45
set cmi.core.exit = suspend
commit
end"""
OPEN_2004 = """\
init
get cmi.mode = normal
get cmi.credit = credit
get cmi.completion_status = unknown
get cmi.success_status = unknown
set cmi.completion_status = incomplete
commit
"""
CLOSE_2004 = """\
set cmi.session_time = PT2M
set cmi.exit = suspend
commit
end"""
AROUND: dict[Standard, tuple[str, str]] = {
    "scorm12": (OPEN_12, CLOSE_12),
    "scorm2004": (OPEN_2004, CLOSE_2004),
}
READ_12 = """\
init
get cmi.core.lesson_mode = normal
get cmi.core.credit = credit
get cmi.core.lesson_status = {}
"""
READ_2004 = """\
init
get cmi.mode = normal
get cmi.credit = credit
get cmi.completion_status = {}
get cmi.success_status = {}
"""
SCORE_12 = "set cmi.core.score.raw = 80\nset cmi.core.score.min = 0\nset cmi.core.score.max = 100\n"
SCORE_2004 = "set cmi.score.scaled = 0.8\nset cmi.score.raw = 80\nset cmi.score.min = 0\nset cmi.score.max = 100\n"

NEVER_MARKED_12 = """\
get cmi.interactions._count = 0
set cmi.interactions.0.id = how-sure
set cmi.interactions.0.type = likert
set cmi.interactions.0.weighting = 0
set cmi.interactions.0.student_response = 3
set cmi.interactions.0.result = neutral
"""
NEVER_MARKED_2004 = """\
get cmi.interactions._count = 0
set cmi.interactions.0.id = how-sure
set cmi.interactions.0.type = likert
set cmi.interactions.0.weighting = 0
set cmi.interactions.0.learner_response = 3
set cmi.interactions.0.result = neutral
"""

GOOD_SESSIONS: dict[str, tuple[Standard, str]] = {
    "an answer that is never marked": ("scorm12", OPEN_12 + NEVER_MARKED_12 + CLOSE_12),
    "an answer that is never marked, 2004": ("scorm2004", OPEN_2004 + NEVER_MARKED_2004 + CLOSE_2004),
    "left half-way": ("scorm12", OPEN_12 + "set cmi.core.lesson_location = 2\n" + CLOSE_12),
    "left half-way, 2004": ("scorm2004", OPEN_2004 + "set cmi.location = 2\n" + CLOSE_2004),
    "resumed, already passed": (
        "scorm12",
        READ_12.format("passed") + "set cmi.suspend_data = 1\n" + CLOSE_12,
    ),
    "passed again, said again": (
        "scorm12",
        READ_12.format("passed") + "set cmi.core.lesson_status = passed\n" + CLOSE_12,
    ),
    "completed becomes passed": (
        "scorm12",
        READ_12.format("completed") + SCORE_12 + "set cmi.core.lesson_status = passed\n" + CLOSE_12,
    ),
    "failed, then another try": (
        "scorm12",
        READ_12.format("failed") + "set cmi.core.lesson_status = incomplete\n" + CLOSE_12,
    ),
    "failed before, passed now": (
        "scorm2004",
        READ_2004.format("completed", "failed") + SCORE_2004 + "set cmi.success_status = passed\n" + CLOSE_2004,
    ),
    "completed without a quiz": ("scorm12", OPEN_12 + "set cmi.core.lesson_status = completed\n" + CLOSE_12),
    "completed, success unknown": (
        "scorm2004",
        OPEN_2004 + "set cmi.success_status = unknown\nset cmi.completion_status = completed\n" + CLOSE_2004,
    ),
    "completed first, scored in a later save": (
        "scorm2004",
        OPEN_2004 + "set cmi.completion_status = completed\ncommit\n" + SCORE_2004 + CLOSE_2004,
    ),
    "review: nothing written": ("scorm12", "init\nget cmi.core.lesson_mode = review\nend"),
    "browse: nothing written": ("scorm2004", "init\nget cmi.mode = browse\ncommit\nend"),
    "no credit: incomplete and suspend data": (
        "scorm12",
        OPEN_12.replace("= credit", "= no-credit") + "set cmi.suspend_data = 1\n" + CLOSE_12,
    ),
    "no credit: nothing but the end": (
        "scorm2004",
        READ_2004.format("unknown", "unknown").replace("= credit", "= no-credit") + CLOSE_2004,
    ),
    "taken away by a phone": ("scorm12", OPEN_12 + CLOSE_12.removesuffix("\nend")),
    "hidden, then ended with nothing new": (
        "scorm2004",
        OPEN_2004 + CLOSE_2004.replace("\nend", "\nset cmi.suspend_data = 1\ncommit\nend"),
    ),
    "end refused and tried again": ("scorm12", OPEN_12 + CLOSE_12 + " ! 101\ncall LMSGetLastError\nend"),
    "objective ids told twice": (
        "scorm2004",
        OPEN_2004 + "get cmi.objectives._count = 1\nget cmi.objectives.0.id = a\n"
        "set cmi.objectives.0.id = a\nset cmi.objectives.1.id = b\n" + CLOSE_2004,
    ),
    "old record touched": (
        "scorm2004",
        OPEN_2004 + "get cmi.interactions._count = 1\nget cmi.interactions.0.type = numeric\n"
        "set cmi.interactions.0.learner_response = 3.5\n" + CLOSE_2004,
    ),
    "same record told again": (
        "scorm12",
        OPEN_12 + "set cmi.interactions.0.id = a\nset cmi.interactions.0.id = a\n" + CLOSE_12,
    ),
    "errors asked about": (
        "scorm2004",
        OPEN_2004 + "call GetLastError\ncall GetErrorString 403\ncall GetDiagnostic \n" + CLOSE_2004,
    ),
}
ALLOWED = {"end refused and tried again": "RTE-12@10"}


@pytest.mark.parametrize("name", GOOD_SESSIONS)
def test_a_session_that_is_fine(name: str) -> None:
    standard, script = GOOD_SESSIONS[name]
    # GetDiagnostic takes one argument, here the empty one.
    calls = [
        Call(c.method, c.arguments or ("",), c.result) if c.method == "GetDiagnostic" else c
        for c in recorded(script, standard)
    ]
    findings = check_session(calls, standard)
    assert " ".join(f"{each.code}@{each.place.line}" for each in findings) == ALLOWED.get(name, "")


Defect = tuple[dict[int, str], str]
TIME_12 = "set cmi.core.session_time = "
DEFECTS_12: dict[str, Defect] = {
    # the calls
    "method of the other standard": ({25: "call GetValue cmi.core.student_name"}, "RTE-01@25"),
    "method in other case": ({25: "call LMSgetvalue cmi.core.student_name"}, "RTE-01@25"),
    "set without a value": ({20: "call LMSSetValue cmi.core.lesson_location"}, "RTE-02@20"),
    "get with a surplus argument": ({25: "call LMSGetValue cmi.core.student_name|"}, "RTE-02@25"),
    "commit without argument": ({8: "call LMSCommit"}, "RTE-02@8"),
    "last error with argument": ({25: "call LMSGetLastError 0"}, "RTE-02@25"),
    "number as value": ({26: "set cmi.core.score.raw = 80 # string,number"}, "RTE-03@26"),
    "null to commit": ({8: "call LMSCommit null # object"}, "RTE-03@8 RTE-04@8"),
    "word to initialize": ({1: "call LMSInitialize true"}, "RTE-04@1"),
    "word to commit": ({24: "call LMSCommit x"}, "RTE-04@24"),
    "word to finish": ({35: "call LMSFinish x"}, "RTE-04@35"),
    "read before initialize": ({1: "get cmi.core.entry = ab-initio\ninit"}, "RTE-05@1"),
    "two reads before initialize": (
        {1: "get cmi.core.entry = ab-initio\nget cmi.core.entry = ab-initio\ninit"},
        "RTE-05@1",
    ),
    "error asked before initialize": ({1: "call LMSGetLastError\ninit"}, "RTE-05@1"),
    "initialize twice": ({2: "init\nget cmi.core.lesson_mode = normal"}, "RTE-06@2"),
    "initialize after the end": ({35: "end\ninit"}, "RTE-06@36"),
    "read after the end": ({35: "end\nget cmi.core.entry ="}, "RTE-07@36"),
    "commit after the end": ({35: "end\ncommit\ncommit"}, "RTE-07@36"),
    "error asked after the end": ({35: "end\ncall LMSGetLastError"}, "RTE-07@36"),
    "finish twice": ({35: "end\nend"}, "RTE-08@36"),
    "not ended": ({35: "", 33: "set cmi.core.lesson_location = 3"}, "RTE-09@34"),
    "no commit before the end": ({34: ""}, "RTE-10@34"),
    "read between commit and end": ({34: "commit\nget cmi.core.entry ="}, "RTE-10@36"),
    "not ended, not committed": ({34: "", 35: ""}, "RTE-11@31 RTE-09@33"),
    "write refused": ({20: "set cmi.core.lesson_location = page-2 ! 101"}, "RTE-12@20"),
    "commit refused": ({30: "commit ! 101"}, "RTE-12@30"),
    # the elements
    "element of 2004": ({20: "set cmi.location = page-2"}, "RTE-20@20"),
    "misspelt element": ({20: "set cmi.core.Lesson_location = page-2"}, "RTE-20@20"),
    "index without number": ({17: "set cmi.interactions.n.id = q1", 18: "", 19: ""}, "RTE-20@17"),
    "index with a leading zero": ({17: "set cmi.interactions.01.id = q1", 18: "", 19: ""}, "RTE-20@17"),
    "children of a leaf": ({25: "get cmi.core.exit._children ="}, "RTE-21@25"),
    "count of a group": ({25: "get cmi.core._count ="}, "RTE-21@25"),
    "write to entry": ({20: "set cmi.core.entry = resume"}, "RTE-22@20"),
    "write to a count": ({20: "set cmi.interactions._count = 3"}, "RTE-22@20"),
    "read of exit": ({25: "get cmi.core.exit ="}, "RTE-23@25"),
    "read of an interaction": ({25: "get cmi.interactions.0.result = wrong"}, "RTE-23@25"),
    # the values
    "time without hours": ({32: TIME_12 + "02:03.45"}, "RTE-24@32"),
    "time with one decimal": ({32: TIME_12 + "0000:02:03.4"}, "RTE-24@32"),
    "time without decimals": ({32: TIME_12 + "0000:02:03"}, "RTE-24@32"),
    "time with five hour digits": ({32: TIME_12 + "00000:02:03.45"}, "RTE-24@32"),
    "time as a duration": ({32: TIME_12 + "PT2M"}, "RTE-24@32"),
    "time in other digits": ({32: TIME_12 + "0000:02:0٣.45"}, "RTE-24@32"),
    "sixty minutes": ({32: TIME_12 + "0000:60:00.00"}, "RTE-25@32"),
    "exit normal": ({33: "set cmi.core.exit = normal"}, "RTE-24@33"),
    "status not attempted": ({7: "set cmi.core.lesson_status = not attempted"}, "RTE-24@7 RTE-41@7"),
    "score with a comma": ({26: "set cmi.core.score.raw = 79,5"}, "RTE-24@26"),
    "score with an exponent": ({26: "set cmi.core.score.raw = 8e1"}, "RTE-24@26"),
    "score above 100": ({26: "set cmi.core.score.raw = 101"}, "RTE-25@26"),
    "score below 0": ({27: "set cmi.core.score.min = -1"}, "RTE-25@27"),
    "location too long": ({20: "set cmi.core.lesson_location = " + "x" * 256}, "RTE-26@20"),
    "suspend data too long": ({31: "set cmi.suspend_data = " + "x" * 4097}, "RTE-26@31"),
    "suspend data with an umlaut": ({31: "set cmi.suspend_data = 1:ä"}, "RTE-27@31"),
    "interaction id with a space": ({17: "set cmi.interactions.1.id = q 1"}, "RTE-24@17"),
    "interaction id empty": ({17: "set cmi.interactions.1.id ="}, "RTE-24@17"),
    "interaction time at 24": ({11: "set cmi.interactions.0.time = 24:00:00"}, "RTE-25@11"),
    "interaction time as timestamp": (
        {11: "set cmi.interactions.0.time = 2030-01-02T03:04:05.00Z"},
        "RTE-24@11",
    ),
    "interaction type unknown": ({10: "set cmi.interactions.0.type = multiple"}, "RTE-24@10"),
    "result incorrect": ({15: "set cmi.interactions.0.result = incorrect"}, "RTE-24@15"),
    "weighting too big": ({14: "set cmi.interactions.0.weighting = 101"}, "RTE-25@14"),
    "latency with one decimal": ({16: "set cmi.interactions.0.latency = 0000:00:12.5"}, "RTE-24@16"),
    "choice as words": ({12: "set cmi.interactions.0.student_response = aa,c"}, "RTE-28@12"),
    "choice in capitals": ({12: "set cmi.interactions.0.student_response = A"}, "RTE-28@12"),
    "choice twice": ({12: "set cmi.interactions.0.student_response = a,a"}, "RTE-28@12"),
    "pattern in the other form": (
        {13: "set cmi.interactions.0.correct_responses.0.pattern = a[,]b"},
        "RTE-28@13",
    ),
    "true for t": ({19: "set cmi.interactions.1.student_response = true"}, "RTE-28@19"),
    "index skipped": (
        {
            17: "set cmi.interactions.2.id = q1",
            18: "set cmi.interactions.2.type = true-false",
            19: "set cmi.interactions.2.student_response = t",
        },
        "RTE-29@17",
    ),
    "index from one": (
        {
            9: "set cmi.interactions.1.id = q1",
            **dict.fromkeys(range(10, 17), ""),
        },
        "RTE-29@9",
    ),
    "index below the count": ({6: "get cmi.interactions._count = 3"}, "RTE-34@9 RTE-34@17"),
    "type before id": (
        {17: "set cmi.interactions.1.type = true-false", 18: "set cmi.interactions.1.id = q1"},
        "RTE-30@17",
    ),
    # the attempt
    "status not read": ({4: ""}, "RTE-40@6"),
    "mode and credit not read": ({2: "", 3: ""}, "RTE-40@5"),
    "incomplete forgotten": ({7: "", 8: ""}, "RTE-41@13"),
    "completed at once": ({7: "set cmi.core.lesson_status = completed"}, "RTE-41@7"),
    "passed before its score": (
        {26: "set cmi.core.lesson_status = passed\nset cmi.core.score.raw = 80", 29: ""},
        "RTE-43@26",
    ),
    "passed with an empty score": ({26: "set cmi.core.score.raw ="}, "RTE-43@29"),
    "passed without a score": ({26: "", 27: "", 28: ""}, "RTE-43@26"),
    "completed before the score of the same save": (
        {26: "set cmi.core.lesson_status = completed\nset cmi.core.score.raw = 80", 29: ""},
        "RTE-43@26",
    ),
    "min before raw": (
        {26: "set cmi.core.score.min = 0", 27: "set cmi.core.score.raw = 80"},
        "RTE-44@26",
    ),
    "max before min": (
        {27: "set cmi.core.score.max = 100", 28: "set cmi.core.score.min = 0"},
        "RTE-44@27",
    ),
    "score without max": ({28: ""}, "RTE-45@26"),
    "no session time at all": ({22: "", 32: ""}, "RTE-46@33"),
    "session time from before": ({32: ""}, "RTE-46@34"),
    "no exit at all": ({23: "", 33: ""}, "RTE-47@33"),
    "total time as session time": ({32: TIME_12 + "0001:02:03.45 @ 124000"}, "RTE-48@32"),
    "passed, then failed": ({31: "set cmi.core.lesson_status = failed"}, "RTE-49@31"),
    "passed, then completed": ({31: "set cmi.core.lesson_status = completed"}, "RTE-49@31"),
    "passed, then incomplete": ({31: "set cmi.core.lesson_status = incomplete"}, "RTE-49@31 RTE-52@33"),
    "passed before, incomplete now": ({4: "get cmi.core.lesson_status = passed"}, "RTE-49@7"),
    "completed before, incomplete now": ({4: "get cmi.core.lesson_status = completed"}, "RTE-49@7"),
    "written in review": ({2: "get cmi.core.lesson_mode = review"}, "RTE-50@7"),
    "judged without credit": (
        {3: "get cmi.core.credit = no-credit"},
        "RTE-51@15 RTE-51@26 RTE-51@27 RTE-51@28 RTE-51@29",
    ),
    "unfinished, exit empty": ({29: "", **dict.fromkeys(range(26, 29), "")}, "RTE-52@29"),
}

DEFECTS_2004: dict[str, Defect] = {
    "method of 1.2": ({22: "call LMSSetValue cmi.location|page-2"}, "RTE-01@22"),
    "terminate with a word": ({40: "call Terminate exit"}, "RTE-04@40"),
    "read before initialize": ({1: "get cmi.entry =\ninit"}, "RTE-05@1"),
    "initialize twice": ({2: "init\nget cmi.mode = normal"}, "RTE-06@2"),
    "write after terminate": ({40: "end\nset cmi.location = 3"}, "RTE-07@41"),
    "terminate twice": ({40: "end\nend"}, "RTE-08@41"),
    "no commit before terminate": ({39: ""}, "RTE-10@39"),
    "write refused": ({22: "set cmi.location = page-2 ! 351"}, "RTE-12@22"),
    "element of 1.2": ({22: "set cmi.core.lesson_location = page-2"}, "RTE-20@22"),
    "interaction field of 1.2": ({13: "set cmi.interactions.2.time = 10:20:30"}, "RTE-20@13"),
    "children of a leaf": ({8: "get cmi.location._children =\nget cmi.objectives._count = 0"}, "RTE-21@8"),
    "write to the threshold": ({22: "set cmi.scaled_passing_score = 0.8"}, "RTE-22@22"),
    "read of session time": ({8: "get cmi.session_time = ! 405\nget cmi.objectives._count = 0"}, "RTE-23@8"),
    "duration with three decimals": ({36: "set cmi.session_time = PT2M3.456S"}, "RTE-24@36"),
    "duration of nothing": ({36: "set cmi.session_time = PT"}, "RTE-24@36"),
    "duration with a bare P": ({36: "set cmi.session_time = P"}, "RTE-24@36"),
    "duration with an open T": ({36: "set cmi.session_time = P1DT"}, "RTE-24@36"),
    "duration in the 1.2 form": ({36: "set cmi.session_time = 0000:02:03.45"}, "RTE-24@36"),
    "timestamp with three decimals": (
        {13: "set cmi.interactions.2.timestamp = 2030-01-02T03:04:05.000Z"},
        "RTE-24@13",
    ),
    "timestamp without decimals": (
        {13: "set cmi.interactions.2.timestamp = 2030-01-02T03:04:05Z"},
        "RTE-24@13",
    ),
    "timestamp without Z": ({13: "set cmi.interactions.2.timestamp = 2030-01-02T03:04:05.00"}, "RTE-24@13"),
    "timestamp of 2039": ({13: "set cmi.interactions.2.timestamp = 2039-01-02T03:04:05.00Z"}, "RTE-25@13"),
    "30 February": ({13: "set cmi.interactions.2.timestamp = 2030-02-30T03:04:05.00Z"}, "RTE-25@13"),
    "scaled above one": ({28: "set cmi.score.scaled = 80"}, "RTE-25@28"),
    "scaled with an exponent": ({28: "set cmi.score.scaled = 8e-1"}, "RTE-24@28"),
    "scaled without leading digit": ({28: "set cmi.score.scaled = .8"}, "RTE-24@28"),
    "scaled with 8 decimals": ({28: "set cmi.score.scaled = 0.33333333"}, "RTE-24@28"),
    "raw empty": ({29: "set cmi.score.raw ="}, "RTE-24@29 RTE-43@32"),
    "progress above one": ({23: "set cmi.progress_measure = 50"}, "RTE-25@23"),
    "completion failed": ({33: "set cmi.completion_status = failed"}, "RTE-24@33"),
    "success completed": ({21: "set cmi.objectives.0.success_status = completed"}, "RTE-24@21"),
    "exit finish": ({37: "set cmi.exit = finish"}, "RTE-24@37"),
    "request unknown": ({38: "set adl.nav.request = exitall"}, "RTE-24@38"),
    "request without a target": ({38: "set adl.nav.request = {target=}choice"}, "RTE-24@38"),
    "location too long": ({22: "set cmi.location = " + "x" * 1001}, "RTE-26@22"),
    "suspend data too long": ({35: "set cmi.suspend_data = " + "x" * 64001}, "RTE-26@35"),
    "suspend data with an emoji": ({35: "set cmi.suspend_data = 🙂"}, "RTE-27@35"),
    "id too long": ({11: "set cmi.interactions.2.id = " + "x" * 4001}, "RTE-26@11"),
    "description too long": ({19: "set cmi.interactions.2.description = {lang=de}" + "x" * 251}, "RTE-26@19"),
    "description with a strange language": (
        {19: "set cmi.interactions.2.description = {lang=d e}Was?"},
        "RTE-24@19",
    ),
    "result wrong": ({17: "set cmi.interactions.2.result = wrong"}, "RTE-24@17"),
    "option with a hyphen": ({16: "set cmi.interactions.2.learner_response = a-1"}, "RTE-28@16"),
    "option twice": ({16: "set cmi.interactions.2.learner_response = a[,]a"}, "RTE-28@16"),
    "option too long": ({16: "set cmi.interactions.2.learner_response = " + "x" * 251}, "RTE-28@16"),
    "options joined by a comma": ({16: "set cmi.interactions.2.learner_response = a,c"}, "RTE-28@16"),
    "pattern with a space": (
        {14: "set cmi.interactions.2.correct_responses.0.pattern = a [,]b"},
        "RTE-28@14",
    ),
    "index below the stored ones": ({7: ""}, "RTE-29@10"),
    "pattern index skipped": ({14: "set cmi.interactions.2.correct_responses.1.pattern = a"}, "RTE-29@14"),
    "timestamp before id": (
        {
            11: "set cmi.interactions.2.timestamp = 2030-01-02T03:04:05.00Z",
            13: "set cmi.interactions.2.id = q1",
        },
        "RTE-30@11",
    ),
    "answer before type": (
        {
            12: "set cmi.interactions.2.learner_response = a[,]c",
            16: "set cmi.interactions.2.type = choice",
        },
        "RTE-31@12 RTE-31@14",
    ),
    "pattern before type": (
        {
            12: "set cmi.interactions.2.correct_responses.0.pattern = a",
            14: "set cmi.interactions.2.type = choice",
        },
        "RTE-31@12",
    ),
    "type never told": ({12: "", 14: ""}, "RTE-31@14"),
    "objective id twice": ({22: "set cmi.objectives.1.id = o1"}, "RTE-32@22"),
    "objective id changed": ({22: "set cmi.objectives.0.id = o2"}, "RTE-32@22"),
    "status not read": ({5: ""}, "RTE-40@8"),
    "incomplete forgotten": ({9: "", 10: ""}, "RTE-41@15"),
    "status written as unknown": ({9: "set cmi.completion_status = unknown"}, "RTE-41@9"),
    "passed before its score": (
        {28: "set cmi.success_status = passed\nset cmi.score.scaled = 0.8", 32: ""},
        "RTE-43@28",
    ),
    "completed before the score of the same save": (
        {28: "set cmi.completion_status = completed\nset cmi.score.scaled = 0.8", 33: ""},
        "RTE-43@28",
    ),
    "score without scaled": ({28: ""}, "RTE-45@28"),
    "score without min and max": ({30: "", 31: ""}, "RTE-45@28"),
    "session time from before": ({36: ""}, "RTE-46@39"),
    "no exit at all": ({26: "", 37: ""}, "RTE-47@38"),
    "total time as session time": ({36: "set cmi.session_time = P1DT2M @ 124000"}, "RTE-48@36"),
    "passed, then unknown": ({35: "set cmi.success_status = unknown"}, "RTE-49@35"),
    "passed, then failed": ({35: "set cmi.success_status = failed"}, "RTE-49@35"),
    "completed, then incomplete": ({35: "set cmi.completion_status = incomplete"}, "RTE-49@35 RTE-52@37"),
    "passed before, failed now": (
        {5: "get cmi.success_status = passed", 32: "set cmi.success_status = failed"},
        "RTE-49@32",
    ),
    "written in browse": ({2: "get cmi.mode = browse"}, "RTE-50@9"),
    "unfinished, exit normal": ({33: ""}, "RTE-52@36"),
}


@pytest.mark.parametrize("name", DEFECTS_12)
def test_one_defect_in_scorm12(name: str) -> None:
    edits, expected = DEFECTS_12[name]
    assert found(changed(GOOD_12, edits), "scorm12") == expected


@pytest.mark.parametrize("name", DEFECTS_2004)
def test_one_defect_in_scorm2004(name: str) -> None:
    edits, expected = DEFECTS_2004[name]
    assert found(changed(GOOD_2004, edits), "scorm2004") == expected


BAD_SESSIONS: dict[str, tuple[Standard, str, str]] = {
    "nothing recorded": ("scorm12", "", "RTE-05@0"),
    "never opened": ("scorm12", "get cmi.core.entry =\nset cmi.suspend_data = 1\ncommit\nend", "RTE-05@1"),
    "opened in vain": ("scorm12", "init ! 101\nset cmi.suspend_data = 1\ncommit", "RTE-12@1 RTE-05@2"),
    "opened and forgotten": ("scorm2004", "init", "RTE-09@1"),
    "ended without a status": (
        "scorm12",
        READ_12.format("not attempted") + "set cmi.suspend_data = 1\n" + CLOSE_12,
        "RTE-42@9",
    ),
    "ended without a status, never read": ("scorm2004", "init\n" + CLOSE_2004, "RTE-42@5"),
    "score in review": (
        "scorm12",
        "init\nget cmi.core.lesson_mode = review\nset cmi.comments = hi\ncommit\nend",
        "RTE-50@3",
    ),
    "result without credit": (
        "scorm2004",
        OPEN_2004.replace("= credit", "= no-credit")
        + "set cmi.interactions.0.id = a\nset cmi.interactions.0.result = correct\n"
        + CLOSE_2004,
        "RTE-51@9",
    ),
}


@pytest.mark.parametrize("name", BAD_SESSIONS)
def test_a_session_that_is_not_fine(name: str) -> None:
    standard, script, expected = BAD_SESSIONS[name]
    assert found(script, standard) == expected


@pytest.mark.parametrize(
    ("standard", "said"),
    [
        ("scorm12", "cmi.interactions.1.type = fill-in"),
        ("scorm2004", "cmi.interactions.2.type = long-fill-in"),
        ("scorm12", "cmi.comments = She died last week."),
        ("scorm2004", "cmi.comments_from_learner.0.comment = She died last week."),
    ],
)
def test_what_a_learner_writes_is_never_sent(standard: Standard, said: str) -> None:
    """The standards take free text; a course of ours keeps it."""
    calls = recorded(f"init\nset {said}\ncommit\nend", standard)
    (finding,) = check_session(calls, standard, "s", PRIVACY_RULES)
    assert (finding.code, finding.place.line) == ("PRV-01", 2)
    assert finding.message == f"{said.split(' ')[0]} takes what the learner has written"


def test_what_a_learner_chose_is_sent() -> None:
    assert check_session(recorded(GOOD_2004, "scorm2004"), "scorm2004", "s", OUR_RULES) == ()


ANSWERS: list[tuple[Standard, str, str, str, str]] = [
    # standard, type, good answers, bad answers, and the same for patterns where they differ; parted by spaces
    ("scorm12", "true-false", "t f", "true 1 T ''", ""),
    ("scorm12", "choice", "a 0 a,b,9", "'' a, ,a ab a.b a,a {a}", ""),
    ("scorm12", "sequencing", "b,a,c", "'' ba a;b", ""),
    ("scorm12", "matching", "1.a 1.a,2.c", "1a 1.a.b 1,a 1-a ''", ""),
    ("scorm12", "likert", "4 d", "'' dd 4.5", ""),
    ("scorm12", "numeric", "4 -4.5 0.25", "'' .5 1e3 4,5 1:2", ""),
    ("scorm12", "fill-in", "word '' two[,]three", "", ""),
    ("scorm2004", "true-false", "true false", "t True '' 1", ""),
    ("scorm2004", "choice", "'' a a[,]b a_1.x", "a-b a:b a[,] a,b a[.]b a[,]a", ""),
    (
        "scorm2004",
        "choice",
        "[,]".join(f"o{n}" for n in range(36)),
        "[,]".join(f"o{n}" for n in range(37)),
        "",
    ),
    ("scorm2004", "fill-in", "'' word one[,]two {lang=fr}mot", "a[.]b a[:]b {lang=}mot {lang=fr", ""),
    ("scorm2004", "fill-in", "[,]".join("x" * 10), "[,]".join("x" * 11) + " " + "x" * 251, ""),
    (
        "scorm2004",
        "fill-in",
        "{case_matters=true}{order_matters=false}a[,]b",
        "{case_matters=yes}a",
        "pattern",
    ),
    ("scorm2004", "long-fill-in", "x" * 4000, "x" * 4001 + " a[,]b", ""),
    (
        "scorm2004",
        "long-fill-in",
        "{case_matters=false}{lang=en}word",
        "{case_matters=true}{case_matters=true}a",
        "pattern",
    ),
    ("scorm2004", "matching", "a[.]b a[.]b[,]c[.]d", "'' a a[.] a[,]b a[.]b[.]c a-1[.]b", ""),
    ("scorm2004", "performance", "s[.]done s[.] [.]done s[.]1[,]t[.]2", "'' s [.] s-1[.]x s[.]1[:]2", ""),
    ("scorm2004", "performance", "{order_matters=true}s[.]1[:]2 s[.][:]2", "s[.]2[:]1 s[.]a[:]b", "pattern"),
    ("scorm2004", "sequencing", "a[,]b[,]c", "'' a[,] a,b", ""),
    ("scorm2004", "likert", "likert_3", "'' a[,]b a-b", ""),
    ("scorm2004", "numeric", "3 -3.25", "'' .5 1e3 3[:]4 1.12345678", ""),
    ("scorm2004", "numeric", "3[:]4 [:] 3[:] [:]4 3[:]3", "3 4[:]3 3:4 a[:]b", "pattern"),
    ("scorm2004", "other", "anything", "x[,]y", ""),
]


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_the_form_of_answers(row: tuple[Standard, str, str, str, str]) -> None:
    standard, type_, good, bad, only = row
    field = "correct_responses.0.pattern" if only else MODELS[standard].answer
    start, close = AROUND[standard]
    head = f"{start}set cmi.interactions.0.id = a\nset cmi.interactions.0.type = {type_}\n"
    line = head.count("\n") + 1
    for values, expected in ((good, ""), (bad, f"RTE-28@{line}")):
        for value in values.split():
            script = f"{head}set cmi.interactions.0.{field} = {value if value != QUOTES else ''}\n{close}"
            assert found(script, standard) == expected, value


QUOTES = "''"
FINE_VALUES: list[tuple[Standard, str, str]] = [
    ("scorm12", "cmi.core.lesson_location", "x" * 255),
    ("scorm12", "cmi.suspend_data", "x" * 4096),
    ("scorm12", "cmi.comments", "Grüße"),
    ("scorm12", "cmi.student_preference.audio", "-1"),
    ("scorm12", "cmi.student_preference.speed", "100"),
    ("scorm12", "cmi.objectives.0.id", "urn:x-1"),
    ("scorm12", "cmi.core.session_time", "99:59:59.99"),
    ("scorm2004", "cmi.location", "x" * 1000),
    ("scorm2004", "cmi.suspend_data", "x" * 64000),
    ("scorm2004", "cmi.session_time", "P1Y2M3DT4H5M6.7S"),
    ("scorm2004", "cmi.session_time", "PT0S"),
    ("scorm2004", "cmi.progress_measure", "1"),
    ("scorm2004", "cmi.learner_preference.audio_captioning", "-1"),
    ("scorm2004", "cmi.learner_preference.language", "de-AT"),
    ("scorm2004", "cmi.learner_preference.language", ""),
    ("scorm2004", "cmi.comments_from_learner.0.comment", "{lang=de}Gut!"),
    ("scorm2004", "cmi.objectives.0.id", "urn:x-1:y"),
    ("scorm2004", "adl.nav.request", "{target=page-2.x}jump"),
    ("scorm2004", "adl.nav.request", "_none_"),
]


@pytest.mark.parametrize(("standard", "element", "value"), FINE_VALUES, ids=lambda value: str(value)[:40])
def test_a_value_that_is_fine(standard: Standard, element: str, value: str) -> None:
    start, close = AROUND[standard]
    assert found(f"{start}set {element} = {value}\n{close}", standard) == ""


def test_a_second_pattern_for_one_right_answer() -> None:
    script = (
        OPEN_2004 + "set cmi.interactions.0.id = a\nset cmi.interactions.0.type = true-false\n"
        "set cmi.interactions.0.correct_responses.0.pattern = true\n"
        "set cmi.interactions.0.correct_responses.1.pattern = false\n" + CLOSE_2004
    )
    assert found(script, "scorm2004") == "RTE-33@11"


def test_a_target_may_hold_dots() -> None:
    script = OPEN_2004 + "get adl.nav.request_valid.choice.{target=a.1.b} = true\n" + CLOSE_2004
    assert found(script, "scorm2004") == ""


def test_a_finding_says_what_was_found_what_is_allowed_and_how_to_mend() -> None:
    calls = recorded(changed(GOOD_12, {20: "set cmi.core.lesson_location = " + "x" * 300}), "scorm12")
    (finding,) = check_session(calls, "scorm12", "first.json")
    assert finding.place == Place("first.json", 20, outside=True)
    assert finding.severity is Severity.ERROR
    assert finding.message == (
        f"cmi.core.lesson_location was set to '{'x' * 59}…' (300 characters); allowed is at most 255 characters"
    )
    assert finding.hint


def test_findings_come_in_the_order_of_the_calls() -> None:
    script = changed(GOOD_12, {11: "set cmi.interactions.0.time = noon", 20: "set cmi.location = 2", 25: "init"})
    assert found(script, "scorm12") == "RTE-24@11 RTE-20@20 RTE-06@25"


def test_every_rule_has_one_code_and_says_why() -> None:
    codes = [each.code for each in SESSION_RULES]
    assert len(set(codes)) == len(codes)
    assert all(each.meaning.reason and each.hint for each in SESSION_RULES)


def test_every_rule_is_met_by_a_defect() -> None:
    rows = [*(row[1] for row in (*DEFECTS_12.values(), *DEFECTS_2004.values()))]
    rows += [row[2] for row in BAD_SESSIONS.values()]
    met = set(re.findall(r"RTE-[0-9]+", " ".join(rows))) | {"RTE-33"}
    assert met == {each.code for each in SESSION_RULES}


FEW = settings(max_examples=60, deadline=None, database=None)
STANDARDS = st.sampled_from(["scorm12", "scorm2004"])
CENTISECONDS = st.integers(0, 9999 * 360_000)


@FEW
@given(CENTISECONDS)
def test_every_length_of_time_can_be_told(time: int) -> None:
    hours, rest = divmod(time, 360_000)
    minutes, hundredths = divmod(rest, 6000)
    span = f"{hours:04}:{minutes:02}:{hundredths / 100:05.2f}"
    assert found(OPEN_12 + CLOSE_12.replace("0000:02:03.45", span), "scorm12") == ""
    duration = f"PT{hours}H{minutes}M{hundredths / 100:.2f}S"
    assert found(OPEN_2004 + CLOSE_2004.replace("PT2M", duration), "scorm2004") == ""


@FEW
@given(CENTISECONDS, st.integers(3, 1000))
def test_a_time_longer_than_its_session_is_found_in_either_form(time: int, more: int) -> None:
    seconds = time / 100 + more
    days, rest = divmod(round(seconds * 100), 8_640_000)
    duration = f"P{days}DT{rest / 100:.2f}S"
    at = max(1.0, time * 10)
    script = OPEN_2004 + CLOSE_2004.replace("PT2M", f"{duration} @ {at}")
    assert found(script, "scorm2004") == "RTE-48@8"


@FEW
@given(st.datetimes(datetime(1970, 1, 1), datetime(2038, 12, 31)))
def test_every_moment_can_be_told(moment: datetime) -> None:
    told = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 10_000:02}Z"
    script = OPEN_2004 + f"set cmi.interactions.0.id = a\nset cmi.interactions.0.timestamp = {told}\n" + CLOSE_2004
    assert found(script, "scorm2004") == ""


@FEW
@given(st.integers(0, 100_000))
def test_a_moment_as_browsers_print_it_is_found(minutes: int) -> None:
    moment = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    told = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    script = OPEN_2004 + f"set cmi.interactions.0.id = a\nset cmi.interactions.0.timestamp = {told}\n" + CLOSE_2004
    assert found(script, "scorm2004") == "RTE-24@9"


@FEW
@given(st.lists(st.text("abcdefghij0123456789_.", min_size=1, max_size=20), max_size=36, unique=True))
def test_every_set_of_options_can_be_told(options: list[str]) -> None:
    script = (
        OPEN_2004 + "set cmi.interactions.0.id = a\nset cmi.interactions.0.type = choice\n"
        f"set cmi.interactions.0.learner_response = {'[,]'.join(options)}\n" + CLOSE_2004
    )
    assert found(script, "scorm2004") == ""


@FEW
@given(st.integers(0, 100), st.integers(1, 100))
def test_every_score_can_be_told(points: int, total: int) -> None:
    scaled = min(points, total) / total
    score = SCORE_2004.replace("= 80", f"= {scaled * 100:.2f}").replace("= 0.8", f"= {scaled:.7f}")
    assert found(OPEN_2004 + score + CLOSE_2004, "scorm2004") == ""


NAMES = sorted({name for model in MODELS.values() for name in model.elements})
METHODS = sorted({name for model in MODELS.values() for name in model.methods})
ODD = st.text(max_size=12) | st.sampled_from(
    ["9" * 5000, "-" * 99, "0", "P" + "9" * 400 + "D", "[,]", "{lang=", "\ud800"]
)
ELEMENTS = st.sampled_from(NAMES).map(lambda name: name.replace(".n", ".0")) | ODD
CALLS = st.builds(
    Call,
    st.sampled_from(METHODS) | ODD,
    st.lists(ELEMENTS | ODD, max_size=3).map(tuple),
    st.sampled_from(["true", "false", "", "1", "passed", "review"]) | ODD,
    st.integers(-1, 500),
    st.floats(),
    st.lists(ODD, max_size=2).map(tuple),
)


@FEW
@given(st.lists(CALLS, max_size=12), STANDARDS)
def test_no_record_makes_the_checker_fail(calls: list[Call], standard: Standard) -> None:
    for finding in check_session(calls, standard):
        assert finding.place.line <= len(calls)
        assert finding.message.encode()


@FEW
@given(st.data(), STANDARDS)
def test_no_value_makes_the_checker_fail(data: st.DataObject, standard: Standard) -> None:
    start, close = AROUND[standard]
    calls = recorded(start, standard)
    name = next(method for method, role in MODELS[standard].methods.items() if role is Role.SET)
    for element, value in data.draw(st.lists(st.tuples(ELEMENTS, ODD | st.sampled_from(NAMES)), max_size=9)):
        calls.append(Call(name, (element, value), "true"))
    calls += recorded(close, standard)
    assert all(finding.hint for finding in check_session(calls, standard))
