"""A strict record store for xAPI 1.0.3, and a launcher for cmi5 and Tin Can: for tests, on this machine only.

    with RecordStore() as store:
        origin = store.serve(built.path)                      # the package, on an origin of its own
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

        course = read_course(built.path)
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

| file | what it knows |
| --- | --- |
| `values.py`, `statements.py` | what a statement has to be |
| `ledger.py`, `documents.py` | keeping statements and documents |
| `resources.py` | the resources of xAPI and their parameters |
| `cmi5.py` | what a unit may say, and when |
| `structure.py` | a course: its units and blocks |
| `launch.py` | the LMS's part: sessions, tokens, launch data, satisfaction |
| `faults.py` | trouble on purpose |
| `server.py`, `exchange.py`, `files.py` | HTTP |
"""

from store.documents import Document
from store.exchange import Request
from store.faults import Fault, answer, delay, drop, lose_answer, refuse_cors
from store.launch import LEARNER, Registration, Session, TinCan
from store.server import RecordStore
from store.structure import Block, Course, Unit, read_course

__all__ = [
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
