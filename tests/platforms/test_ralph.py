"""Real packages speak with a running ralph, the record store of Open FUN.

ralph has statements and no other resource: without the learner's state no package runs on it alone. So our own store
answers for the rest, judges what is said, and lets ralph answer for statements.
"""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from learner import PATIENCE, TASKS, Learner
from lms.examples import PLAIN, changed
from platform_ralph import Ralph, Statement
from playwright.sync_api import Browser, expect
from records import TARGETS, Visit, build, learner_of
from visitor import Launch, see

from scormpack.batch import Built
from scormpack.lms import RecordStore, Request, Session, lose_answer


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The module that has one of everything, for record stores."""
    return build(tmp_path_factory.mktemp("ralph"))


@pytest.fixture
def visit(browser: Browser, packages: dict[str, Built], ralph: Ralph) -> Iterator[Callable[[str], Visit]]:
    """`visit(target)` is a learner on a phone, and a store of her own with ralph behind it."""
    with RecordStore(behind=ralph.answer) as store, learner_of(store, browser, packages) as begin:
        yield begin


@pytest.fixture(params=TARGETS)
def course(request: pytest.FixtureRequest, visit: Callable[[str], Visit]) -> Visit:
    """The course in a launch of each kind."""
    return visit(request.param)


@pytest.fixture
def somebody() -> dict[str, Any]:
    """A learner of whom ralph has never heard."""
    account = {"homePage": "https://lms.example", "name": str(uuid.uuid4())}
    return {"objectType": "Agent", "name": "Sam Example", "account": account}


def plain() -> Statement:
    """A statement that nobody has sent."""
    return {**PLAIN, "id": str(uuid.uuid4()), "timestamp": "2026-11-23T10:15:30.123Z"}


def batches(course: Visit) -> list[Request]:
    """What the page has sent."""
    return course.store.requests("POST", "statements")


def sent(course: Visit) -> list[Statement]:
    """Each statement that the page has sent, once, in order."""
    every = itertools.chain.from_iterable(request.json for request in batches(course))
    return list({statement["id"]: statement for statement in every}.values())


def ids(statements: list[Statement]) -> list[str]:
    return [statement["id"] for statement in statements]


def leave(course: Visit, learner: Learner, launch: Launch) -> None:
    """Exit, and wait until ralph has the last word, too; everything was right for our own store."""
    course.exit(learner, launch)
    course.store.wait_for(lambda: all(request.status or request.fault for request in batches(course)), PATIENCE)
    course.check(launch)


def check_answers(course: Visit) -> None:
    """ralph has taken each batch as it came; to one that a browser had to send again it says that it has it."""
    assert batches(course)
    known: set[str] = set()
    for request in batches(course):
        new = [each for each in ids(request.json) if each not in known]
        known.update(new)
        said = json.loads(request.answer) if request.answer else []
        assert (request.status, said) == (200 if new else 204, new)


def test_a_course_with_every_kind_of_task_is_passed(course: Visit, ralph: Ralph, somebody: dict[str, Any]) -> None:
    launch = course.launch(actor=somebody)
    learner = course.learner()
    assert {learner.kind(task) for task in learner.all_tasks()} == set(TASKS.split(", "))
    learner.take()
    expect(learner.frame.locator(".result-verdict")).to_have_text("You have passed. Well done.")
    assert learner.sign() == "saved"
    leave(course, learner, launch)
    check_answers(course)
    registration = launch.registration.id if isinstance(launch, Session) else str(launch.registration)
    expected = sent(course)
    assert ralph.held(registration=registration) == expected
    assert ralph.held(agent=json.dumps(somebody)) == expected
    after = expected[len(expected) // 2]["timestamp"]
    later = [statement for statement in expected if statement["timestamp"] > after]
    assert later
    assert ralph.held(registration=registration, since=after) == later


def test_left_half_way_and_taken_up_again(course: Visit, ralph: Ralph, somebody: dict[str, Any]) -> None:
    launch = course.launch(actor=somebody)
    learner = course.learner()
    learner.do_page()
    learner.next()
    here = learner.here()
    leave(course, learner, launch)
    later = course.launch(again=launch, actor=somebody)
    learner = course.learner()
    assert learner.here() == here
    learner.do_page()
    leave(course, learner, later)
    check_answers(course)
    assert ralph.held(agent=json.dumps(somebody)) == sent(course)


def test_an_answer_that_is_lost_makes_no_duplicate(course: Visit, ralph: Ralph, somebody: dict[str, Any]) -> None:
    """The player sends the same again; ralph has it and answers 204, and the player calls it saved."""
    launch = course.launch(actor=somebody)
    learner = course.learner()
    assert learner.sign() == "saved"
    before = len(batches(course))
    course.store.faults = [lose_answer(method="POST", path="statements")]
    learner.next()
    course.store.wait_for(
        lambda: [each.status for each in batches(course)[before : before + 2]] == [None, 204], PATIENCE
    )
    lost, again = batches(course)[before : before + 2]
    assert (lost.fault, lost.json) == ("lose", again.json)
    see(learner, "saved")
    leave(course, learner, launch)
    assert ralph.held(agent=json.dumps(somebody)) == sent(course)


def test_a_launch_of_old_without_a_registration(
    visit: Callable[[str], Visit], ralph: Ralph, somebody: dict[str, Any]
) -> None:
    course = visit("xapi")
    launch = course.launch(actor=somebody, old_actor=True, registration=None)
    learner = course.learner()
    learner.do_page()
    learner.next()
    learner.do_page()
    leave(course, learner, launch)
    check_answers(course)
    assert ralph.held(agent=json.dumps(somebody)) == sent(course)


def test_what_ralph_says_to_a_statement_that_it_has(ralph: Ralph) -> None:
    """For what is the same the specification wants 200 with all ids (part three, 2.1.2); ralph names the new ones."""
    first, second = plain(), plain()
    other = changed(first, "result.success", False)
    said = [ralph.post(*batch) for batch in ([first], [first, second], [first, second], [other])]
    assert [answer.status for answer in said] == [200, 200, 204, 409]
    assert [answer.json for answer in said[:2]] == [ids([first]), ids([second])]
    assert ralph.held(statementId=first["id"]) == [first]


def test_what_ralph_does_not_find(ralph: Ralph) -> None:
    """ralph 5.1 finds nothing in files by verb or activity, tells all where ids are asked, and turns the order."""
    first, second = plain(), plain()
    first["context"] = second["context"] = {"registration": str(uuid.uuid4())}
    ralph.post(first, second)
    both = {"registration": first["context"]["registration"]}
    assert ralph.held(**both) == ralph.held(**both, format="ids") == [first, second]
    assert ralph.held(**both, ascending="true") == [second, first]
    assert ralph.held(**both, verb=first["verb"]["id"]) == []
    assert ralph.held(**both, activity=first["object"]["id"]) == []


@pytest.mark.parametrize(
    ("place", "value", "status"),
    [("verb", {}, 422), ("object", {}, 422), ("id", "1", 422), ("actor.mbox", "sam", 500), ("result", {}, 200)],
)
def test_what_ralph_refuses(ralph: Ralph, place: str, value: object, status: int) -> None:
    """It looks at ids and the actor and no further, and has not always words for what is wrong (400 is right)."""
    assert ralph.post(changed(plain(), place, value)).status == status
