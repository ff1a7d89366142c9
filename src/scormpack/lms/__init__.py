"""The platforms that we bring ourselves, on this machine only: previews, checks of runs and browser tests use them.

A SCORM package is shown beside an API that records every call:

    with scorm.serve(package) as page:
        browser.goto(scorm.address(page, "scorm12"))
        ...                                                   # the learner takes the course
        browser.evaluate("window.platform.sessions")          # every call of every launch, for `check_session`

A package for record stores is launched beside a strict store for xAPI 1.0.3, as cmi5 or as Tin Can:

    with RecordStore() as store:
        origin = store.serve(package)                         # on an origin of its own
        session = store.launch_cmi5(f"{origin}index.html", Unit(move_on="Passed", mastery_score=0.8))
        browser.goto(session.url)
        ...
        assert session.failures == []                         # nothing that cmi5 forbids
        assert session.verbs == ["initialized", "completed", "passed", "terminated"]
        assert session.satisfied
        assert store.refused() == []                          # nothing that xAPI forbids

        later = store.launch_cmi5(f"{origin}index.html", again=session, mode="Review")
        plain = store.launch_tincan(f"{origin}index.html", "https://content.example/course")

        store.faults.append(drop(method="PUT", path="statements", nth=2))

The units of a cmi5 course are read from its package, and launched in one registration:

        course = read_course(package)
        enrolled = store.enrol(course)
        for unit in course.units:
            session = store.launch_cmi5(f"{origin}{unit.url}", unit, again=enrolled)
            ...
        assert enrolled.satisfied[-1] == course.id

`session.said("answered")` are the statements of one launch, `store.statements("passed")` those of all, and
`store.requests("PUT", "activities/state")` the requests, each with its query, headers, body, status and time.

| room | what it knows |
| --- | --- |
| `scorm/` | the SCORM platform: a page with an API in memory, a recorder of calls, a server |
| `record_store.py` | the record store and the launcher as a server |
| `store/` | the resources of xAPI; keeping statements and documents |
| `launch/` | the LMS's part of cmi5: a course and its units, sessions, tokens, launch data, satisfaction; Tin Can |
| `judge/` | what a statement has to be; what a unit of cmi5 may say, and when. No I/O |
| `faults.py` | what can go wrong, by name: trouble on purpose |
| `server.py`, `exchange.py`, `files.py` | the one HTTP server; requests and answers; a package's files |
"""

from scormpack.lms import scorm
from scormpack.lms.exchange import Request
from scormpack.lms.faults import FAULTS, Fault, answer, delay, drop, log_in, lose_answer, refuse_cors
from scormpack.lms.launch.cmi5 import LEARNER, Registration, Session
from scormpack.lms.launch.structure import Block, Course, Unit, read_course
from scormpack.lms.launch.tincan import TinCan
from scormpack.lms.record_store import RecordStore, Stores
from scormpack.lms.store.documents import Document

__all__ = [
    "FAULTS",
    "LEARNER",
    "Block",
    "Course",
    "Document",
    "Fault",
    "RecordStore",
    "Registration",
    "Request",
    "Session",
    "Stores",
    "TinCan",
    "Unit",
    "answer",
    "delay",
    "drop",
    "log_in",
    "lose_answer",
    "read_course",
    "refuse_cors",
    "scorm",
]
