"""A course of several modules, launched as a whole: one package, one registration, one browser."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from learner import PATIENCE, Learner
from paths import EVERY_BLOCK
from playwright.sync_api import expect
from visitor import Arrive, Visitor, name

from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.lms import Block, Registration, Session, Unit, drop, read_course
from scormpack.package import read_zip

IRI = "https://learning.a-library-for-tests.co.uk"
COURSE = """
courses:
  - id: whole
    version: 1.0.0
    title: The whole
    summary: Three modules in two parts.
    parts:
      - {id: begin, title: Begin, summary: Reading and asking., modules: [reading, asking]}
      - {id: go-on, title: Go on, summary: Asking again., modules: [asking-again]}
"""
MODULE = """\
id: {id}
version: 1.0.0
title: The module {id}
summary: A module of a course.
jurisdictions: [england]
stage: first_weeks
audiences: [homecare_worker]
format: micro
delivery: [self_study]
duration_minutes: 5
time_policy: {{rule: paid_required, sentence: Your time is paid.}}
topics: [testing]
objectives:
  - {{id: do-it, text: Do it}}
key_messages: [Be kind., Write it down., Ask for help.]
sensitivity: [none]
addresses: [test-a1]
provenance: {{status: editorial}}
review_due: 2028-06-30
pages: [start, middle, the-end]
safety: {{role_scope: registered}}
"""
REFLECTION = """
```reflection
id: my-thoughts
objective: do-it
prompt: What would help you most?
```
"""
QUESTION = """
```true_false
id: say-no
objective: do-it
prompt: Saying no lets people down.
answer: false
rationale: Saying no and calling keeps them safe.
if_true: It feels like that, yet it keeps them safe.
if_false: "Yes: saying no keeps them safe."
```
"""
TASKS = {"reading": REFLECTION, "asking": QUESTION, "asking-again": QUESTION}
BEGIN, GO_ON = (f"{IRI}/courses/whole/blocks/{part}" for part in ("begin", "go-on"))
JUDGEMENTS = ("completed", "passed", "failed")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of three modules in two parts; the first module asks nothing."""
    folder = tmp_path_factory.mktemp("course") / "library"
    shutil.copytree(EVERY_BLOCK, folder, ignore=shutil.ignore_patterns("every-block"))
    settings = folder / "library.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + COURSE, encoding="utf-8")
    for module, task in TASKS.items():
        pages = folder / module / "pages"
        pages.mkdir(parents=True)
        (folder / module / "module.yaml").write_text(MODULE.format(id=module), encoding="utf-8")
        for page, more in {"start": "", "middle": task, "the-end": ""}.items():
            (pages / f"{page}.md").write_text(f"# A page\n\nSome words.\n{more}", encoding="utf-8")
    (built,) = build_all(plan(load_library(folder), today(), courses=["whole"]), folder.with_name("out"))
    assert isinstance(built, Built), built
    return built.path


@dataclass
class Enrolled:
    """A learner with one browser, and her registration for the course."""

    visitor: Visitor
    registration: Registration

    def open(self, unit: Unit, **options: Any) -> tuple[Session, Learner]:
        """Launch a unit, and go on where she was."""
        session = self.visitor.launch_cmi5(unit, self.registration, **options)
        return session, self.visitor.learner()

    def take(self, unit: Unit) -> Session:
        """A unit from where she is to its end, and back to the platform."""
        session, learner = self.open(unit)
        learner.take()
        self.visitor.exit(learner, session)
        return session

    def take_and_wait(self, learner: Learner) -> None:
        """The whole of a unit, while nothing of it arrives."""
        learner.take()
        expect(learner.frame.locator(".result-verdict")).to_have_text("You have passed. Well done.")
        expect(learner.frame.locator(".sign")).to_have_attribute("data-sign", "waiting")

    def find_all_sent(self, unit: Unit, untroubled: Unit) -> None:
        """Open a unit again: what it could not send is sent, without another click, and nothing of it twice."""
        assert self.said(unit) == {"initialized": 1}
        session = self.visitor.launch_cmi5(unit, self.registration)
        self.visitor.store.wait_for(lambda: session.satisfied, PATIENCE)
        learner = self.visitor.learner()
        assert learner.sign() == "saved"
        self.visitor.exit(learner, session)
        assert self.said(unit) == self.said(untroubled) + Counter(["initialized"])
        assert self.registration.satisfied == [untroubled.id, GO_ON, unit.id]

    def written(self) -> int:
        """How often a unit has written its state."""
        return len(self.visitor.store.requests("PUT", "activities/state"))

    def satisfied(self) -> list[str]:
        """What the platform has said to be satisfied, by its own ids."""
        return [statement["object"]["id"] for statement in self.visitor.store.statements("satisfied")]

    def said(self, unit: Unit) -> Counter[str]:
        """What a unit has said in all its sessions but those for looking, each verb with what it is about.

        Progress is left out: how often it is told is a matter of time.
        """
        activity = self.registration.activity(unit)
        return Counter(
            f"{name(each)} {each['object']['id'].removeprefix(activity).removeprefix(unit.id)}".strip()
            for session in self.registration.sessions
            if session.unit.id == unit.id and session.mode == "Normal"
            for each in session.said()
            if name(each) != "progressed"
        )

    def check(self, over: Session | None = None) -> None:
        """Nothing was forbidden or refused, but to a session that was `over`, and none speaks of another's unit."""
        for session in self.registration.sessions:
            assert session is over or session.failures == []
            for statement in session.said():
                about = statement["object"]["id"]
                assert about == session.activity or about.startswith(f"{session.unit.id}/"), statement
                unit, provider = statement["context"]["contextActivities"]["grouping"]
                assert (unit["id"], provider["id"]) == (session.unit.id, f"{IRI}/providers/full")
        known = set(over.failures if over else [])
        refused = self.visitor.store.refused()
        assert [one for one in refused if not one.failures or not known.issuperset(one.failures)] == []


@pytest.fixture
def enrolled(arrive: Arrive, package: Path) -> Enrolled:
    """Someone who has opened nothing yet."""
    visitor = arrive(package)
    return Enrolled(visitor, visitor.store.enrol(read_course(read_zip(package))))


def test_the_whole_course_unit_after_unit(enrolled: Enrolled) -> None:
    registration = enrolled.registration
    course = registration.course
    assert [(unit.id, unit.url, unit.move_on, unit.mastery_score) for unit in course.units] == [
        (f"{IRI}/modules/reading", "reading/index.html", "Completed", None),
        (f"{IRI}/modules/asking", "asking/index.html", "CompletedAndPassed", 0.8),
        (f"{IRI}/modules/asking-again", "asking-again/index.html", "CompletedAndPassed", 0.8),
    ]
    reading, asking, again = course.units
    blocks = {part.id: part for part in course.inside_out() if isinstance(part, Block)}
    told: list[str] = []
    for unit, done in [(reading, [reading.id]), (asking, [asking.id, BEGIN]), (again, [again.id, GO_ON, course.id])]:
        session = enrolled.take(unit)
        told += done
        assert (session.satisfied, registration.satisfied, session.fetches) == (True, told, 1)
        passed = ["passed"] if unit.mastery_score else []
        assert Counter(session.verbs) == Counter(["initialized", "completed", *passed, "terminated"])
        assert enrolled.satisfied() == [registration.activity(blocks[each]) for each in told if each in blocks]
    assert told[-1] == course.id
    enrolled.check()


def test_each_unit_goes_on_where_it_was_left(enrolled: Enrolled) -> None:
    _, asking, again = enrolled.registration.course.units
    session, learner = enrolled.open(asking)
    learner.next()
    learner.do_page()
    learner.next()
    enrolled.visitor.exit(learner, session)
    session, learner = enrolled.open(again)
    assert learner.here() == "start"
    learner.next()
    enrolled.visitor.exit(learner, session)
    for unit, page, answered in [(asking, "the-end", True), (again, "middle", False)]:
        session = enrolled.visitor.launch_cmi5(unit, enrolled.registration)
        assert enrolled.visitor.page
        expect(enrolled.visitor.page.locator(".welcome-back[open]")).to_be_visible()
        learner = enrolled.visitor.learner()
        assert learner.here() == page
        is_right = str(learner.element("say-no").get_attribute("class")).split().count("is-right")
        assert is_right == answered
        enrolled.visitor.exit(learner, session)
    for unit in (asking, again):
        enrolled.take(unit)
        assert [enrolled.said(unit)[verb] for verb in JUDGEMENTS] == [1, 1, 0]
    assert enrolled.registration.satisfied == [asking.id, again.id, GO_ON]
    enrolled.check()


def test_what_one_unit_could_not_send_waits_while_another_is_taken(enrolled: Enrolled) -> None:
    _, asking, again = enrolled.registration.course.units
    first, learner = enrolled.open(asking)
    assert learner.sign() == "saved"
    token = f"Basic {first.token}"  # nothing arrives of what is sent while the page goes away, neither
    enrolled.visitor.store.faults = [drop(times=None, matching=lambda asked: asked.header("Authorization") == token)]
    enrolled.take_and_wait(learner)
    learner.frame.page.close()
    enrolled.take(again)
    assert (first.abandoned, first.verbs) == (True, ["initialized"])
    assert enrolled.registration.satisfied == [again.id, GO_ON]
    look, learner = enrolled.open(asking, mode="Review")
    enrolled.visitor.exit(learner, look)
    assert [name(each) for each in look.said()] == ["initialized", "terminated"]
    enrolled.find_all_sent(asking, again)
    enrolled.check()


def test_a_unit_that_is_still_open_in_another_tab(enrolled: Enrolled) -> None:
    """Its session is over as soon as another unit is launched; what it could not send goes into its next one."""
    _, asking, again = enrolled.registration.course.units
    first, learner = enrolled.open(asking)
    assert learner.sign() == "saved"
    enrolled.visitor.context.set_offline(True)
    enrolled.take_and_wait(learner)
    enrolled.visitor.page = None  # its tab stays
    other = enrolled.visitor.store.launch_cmi5(
        f"{enrolled.visitor.origin}{again.url}",
        again,
        again=enrolled.registration,
        return_url=enrolled.visitor.store.back,
    )
    enrolled.visitor.context.set_offline(False)
    expect(learner.frame.locator(".sign")).to_have_attribute("data-sign", "refused")
    assert {failure.requirement for failure in first.failures} == {"8.1.2.0-2 (d)"}
    enrolled.visitor.open(other.url)
    elsewhere = enrolled.visitor.learner()
    elsewhere.take()
    enrolled.visitor.exit(elsewhere, other)
    enrolled.find_all_sent(asking, again)
    enrolled.check(over=first)


def test_the_same_unit_open_in_two_tabs(enrolled: Enrolled) -> None:
    """The session in the first tab is over: it leaves alone what waits in the second."""
    _, asking, _ = enrolled.registration.course.units
    first, forgotten = enrolled.open(asking)
    assert forgotten.sign() == "saved"
    enrolled.visitor.page = None  # its tab stays
    second, learner = enrolled.open(asking)
    assert learner.sign() == "saved"
    enrolled.visitor.context.set_offline(True)
    enrolled.take_and_wait(learner)
    forgotten.frame.evaluate("dispatchEvent(new Event('online'))")  # so that it looks for what waits before the other
    enrolled.visitor.context.set_offline(False)
    enrolled.visitor.store.wait_for(lambda: second.satisfied, PATIENCE)
    enrolled.visitor.exit(learner, second)
    assert (first.verbs, Counter(second.verbs)) == (
        ["initialized"],
        Counter(["initialized", "completed", "passed", "terminated"]),
    )
    enrolled.check()


def test_in_review_nothing_is_said_of_what_is_satisfied(enrolled: Enrolled) -> None:
    course = enrolled.registration.course
    for unit in course.units:
        enrolled.take(unit)
    told, kept = enrolled.registration.satisfied, enrolled.written()
    for unit in course.units:
        look, learner = enrolled.open(unit, mode="Review")
        assert learner.here() == "result"
        learner.go("start")
        learner.next()
        learner.do_page()
        enrolled.visitor.exit(learner, look)
        assert [name(each) for each in look.said()] == ["initialized", "terminated"]
        assert look.satisfied
    assert (enrolled.registration.satisfied, enrolled.written()) == (told, kept)
    assert len(enrolled.satisfied()) == 3
    enrolled.check()
