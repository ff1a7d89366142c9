"""The platforms that we bring ourselves, on this machine only: previews and browser tests stand on them.

There is a SCORM platform with a recorder, a strict record store for xAPI 1.0.3, and a launcher for cmi5 and Tin Can.

    with scorm.serve(package) as url:                        # a package beside an API
        page.goto(scorm.address(url, "scorm12"))
        page.evaluate("window.platform.sessions")             # every call, for `check_session`

    with RecordStore() as store:
        origin = store.serve(package)                         # a package, on an origin of its own
        session = store.launch_cmi5(f"{origin}index.html", Unit(move_on="Passed", mastery_score=0.8))
        page.goto(session.url)
        ...                                                   # the learner takes the course
        assert session.failures == []                         # nothing that cmi5 forbids
        assert session.verbs == ["initialized", "completed", "passed", "terminated"]
        assert session.satisfied
        assert store.refused() == []                          # nothing that xAPI forbids

        later = store.launch_cmi5(f"{origin}index.html", again=session, mode="Review")

        store.faults.append(drop(method="PUT", path="statements", nth=2))

A course of several units is read from its package:

        course = read_course(package)
        enrolled = store.enrol(course)
        for unit in course.units:
            session = store.launch_cmi5(f"{origin}{unit.url}", unit, again=enrolled)
            ...
        assert enrolled.satisfied[-1] == course.id

`store.launch_tincan(url, activity, old_actor=True, registration=..., **more)` launches content that speaks plain
xAPI. `session.said("answered")` are statements of one launch, `store.statements("passed")` those of all;
`store.requests("PUT", "activities/state")` is what was asked, each with query, headers, body, status and time.
What a page sends while it is closed comes late: `store.wait_for(lambda: session.terminated)`. `store.back` is a page
for `return_url`.

`RecordStore(behind=ask)` lets another store speak: what it finds right itself of requests for statements it keeps and
also gives to `ask`, and the page hears that answer, be it yes or no.

| | what it knows |
| --- | --- |
| `scorm/` | the SCORM platform: a page with an API in memory, a recorder of calls, a server |
| `record_store.py` | the record store and launcher as a server |
| `store/` | the resources of xAPI, and keeping statements and documents |
| `launch/` | the LMS's part of cmi5: a course and its units, sessions, tokens, launch data, satisfaction |
| `judge/` | what a statement has to be; what a unit of cmi5 may say, and when |
| `faults.py` | what can go wrong, by name: trouble on purpose |
| `server.py`, `exchange.py`, `files.py` | the one HTTP server; requests and answers; a package's files |
"""

from scormpack.lms.exchange import Request
from scormpack.lms.faults import FAULTS, Fault, answer, delay, drop, lose_answer, refuse_cors
from scormpack.lms.launch.cmi5 import LEARNER, Registration, Session
from scormpack.lms.launch.structure import Block, Course, Unit, read_course
from scormpack.lms.launch.tincan import TinCan
from scormpack.lms.record_store import RecordStore
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
    "TinCan",
    "Unit",
    "answer",
    "delay",
    "drop",
    "lose_answer",
    "read_course",
    "refuse_cors",
]
