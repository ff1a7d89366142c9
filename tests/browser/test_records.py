"""What a record store learns of a learner: real packages, launched as cmi5 and Tin Can, with trouble on the way."""

from __future__ import annotations

import html
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from learner import Learner
from lxml import etree
from playwright.sync_api import Browser, expect
from records import MODULE, PAGES, TARGETS, UNIT, Visit, build, learner_of, short
from test_page import axe
from visitor import BY_THE_LAUNCHER, Launch, name, phone, see, verbs

from scormpack.batch import Built
from scormpack.lms import RecordStore, Session, answer, delay, drop, log_in, lose_answer, refuse_cors
from scormpack.lms.faults import Fault
from scormpack.package import Entry, Package

HOME = MODULE.partition("/modules/")[0]
MOST_REQUESTS = 60
CMI5 = "https://w3id.org/xapi/cmi5/context"
# A page that goes without ever having heard of it.
THROWN_AWAY = """for (const name of ["pagehide", "visibilitychange"]) {
  addEventListener(name, (event) => event.stopImmediatePropagation(), true);
}"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The module that has one of everything, for record stores."""
    return build(tmp_path_factory.mktemp("records"))


@pytest.fixture
def visit(browser: Browser, packages: dict[str, Built]) -> Iterator[Callable[[str], Visit]]:
    """`visit(target)` is a learner on a phone, and a store of her own."""
    with RecordStore() as store, learner_of(store, browser, packages) as begin:
        yield begin


@pytest.fixture(params=TARGETS)
def course(request: pytest.FixtureRequest, visit: Callable[[str], Visit]) -> Visit:
    """The course in a launch of each kind."""
    return visit(request.param)


def listed(built: Built) -> dict[str, dict[str, str]]:
    """What tincan.xml tells a platform of activities."""
    with zipfile.ZipFile(built.path) as package:
        descriptor = etree.fromstring(package.read("tincan.xml"))
    return {
        str(each.get("id")): {
            "type": str(each.get("type")),
            "name": str(each.findtext("{*}name")),
            "description": str(each.findtext("{*}description")),
        }
        for each in descriptor.iter("{*}activity")
    }


def described(launch: Launch) -> dict[str, dict[str, str]]:
    """What statements tell of activities, in the same form."""
    told: dict[str, dict[str, str]] = {}
    for statement in launch.said():
        thing = statement["object"]
        definition = thing.get("definition", {})
        words = {field: text for field in ("name", "description") for text in definition.get(field, {}).values()}
        told.setdefault(thing["id"], {}).update({"type": definition["type"], **words} if definition else {})
    return told


@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_the_whole_course_is_passed(course: Visit, packages: dict[str, Built], keyboard: bool) -> None:
    launch = course.launch()
    learner = course.learner(keyboard=keyboard)
    learner.take()
    expect(learner.frame.locator(".result-verdict")).to_have_text("You have passed. Well done.")
    assert learner.sign() == "saved"
    critical = {*learner.questions("[data-critical]")}
    course.exit(learner, launch)
    found = verbs(course)
    assert [found[verb] for verb in ("initialized", "passed", "completed", "failed")] == [1, 1, 1, 0]
    assert found["experienced"] == len({each["object"]["id"] for each in course.store.statements("experienced")})
    course.check(launch)
    if isinstance(launch, Session):
        assert launch.satisfied
        assert launch.fetches == 1
    else:
        told, expected = described(launch), listed(packages["xapi"])
        assert told == {name: {field: expected[name][field] for field in told[name]} for name in expected}
    answers = launch.said("answered")
    assert {rating for each in answers if (rating := extension(each["result"], "rating"))} == {"best"}
    things = [each["object"] for each in answers]
    assert {
        thing["id"].rpartition("/")[2] for thing in things if extension(thing["definition"], "critical")
    } == critical
    practised = [part for each in answers for part in each["context"]["contextActivities"].get("other", [])]
    named = [(part["id"], *part["definition"]["name"].values()) for part in practised]
    assert named == [(f"{MODULE}/objectives/do-it", "Do it")]


def extension(where: dict[str, Any], name: str) -> Any:
    """What one of the library's own extensions says there."""
    return where.get("extensions", {}).get(f"{HOME}/extensions/{name}")


def test_what_is_done_while_connecting_keeps_its_time(visit: Callable[[str], Visit]) -> None:
    course = visit("cmi5")
    slow = delay(600, path="fetch")
    course.store.faults = [slow]
    launch = course.store.launch_cmi5(f"{course.origin}{UNIT.url}", UNIT)
    course.page = course.context.new_page()
    course.page.goto(launch.url)
    course.store.wait_for(lambda: slow.seen)
    learner = Learner(course.page.main_frame)
    learner.next()
    learner.do_page()
    done = course.page.evaluate("new Date().toISOString()")
    course.page.wait_for_function("done => new Date().toISOString() > done", arg=done)
    course.store.faults = []
    assert learner.sign() == "saved"
    said = [(name(each), each["timestamp"] <= done) for each in launch.said() if name(each) not in BY_THE_LAUNCHER]
    kinds = ("initialized", "experienced", "answered")
    assert {each for each in said if each[0] in kinds} == {(kind, True) for kind in kinds}
    course.check(launch)


def test_left_half_way_and_taken_up_again(course: Visit) -> None:
    launch = course.launch()
    learner = course.learner()
    learner.do_page()
    learner.next()
    here = learner.here()
    course.exit(learner, launch)
    later = course.launch(again=launch)
    assert course.page
    expect(course.page.locator(".welcome-back[open]")).to_be_visible()
    learner = course.learner()
    assert learner.here() == here
    learner.take()
    course.exit(learner, later)
    found = verbs(course)
    assert [found[verb] for verb in ("initialized", "passed", "completed")] == [2, 1, 1]
    course.check(launch)
    course.check(later)


def test_a_page_that_the_phone_threw_away_goes_on(course: Visit) -> None:
    """It is loaded again without ever having heard that it goes; cmi5 gives a token only once."""
    course.context.add_init_script(THROWN_AWAY)
    launch = course.launch()
    learner = course.learner()
    learner.next()
    assert learner.sign() == "saved"
    course.reload()
    learner = course.learner()
    learner.take()
    course.exit(learner, launch)
    assert verbs(course)["passed"] == verbs(course)["completed"] == 1
    course.check(launch)
    if isinstance(launch, Session):
        assert (launch.fetches, verbs(course)["initialized"]) == (1, 1)


def test_an_answer_is_kept_as_soon_as_it_is_given(course: Visit) -> None:
    """Not only once something is drawn or a moment has passed: the phone may go flat now."""
    course.context.add_init_script(THROWN_AWAY)
    course.context.clock.install()
    course.launch()
    learner = course.learner()
    while not learner.tasks():
        learner.next()
    assert learner.sign() == "saved"
    task = learner.tasks()[0]
    assert course.page
    course.context.clock.pause_at(course.page.evaluate("Date.now() + 1000"))
    learner.do(task)
    course.page.reload()
    course.context.clock.resume()
    course.settle()
    expect(course.learner().element(task)).to_have_class(re.compile("is-right"))


def test_a_session_that_is_over_leads_back_to_the_platform(visit: Callable[[str], Visit]) -> None:
    course = visit("cmi5")
    launch = course.launch()
    learner = course.learner()
    learner.next()
    course.exit(learner, launch)
    assert course.page
    course.page.go_back(wait_until="commit")
    course.page.wait_for_url(course.store.back)
    assert verbs(course)["terminated"] == 1
    course.check(launch)


def test_nothing_is_said_after_the_last_word(visit: Callable[[str], Visit]) -> None:
    """A page that goes has no last word, with something under way or not; loaded again, its session goes on."""
    course = visit("cmi5")
    launch = course.launch()
    learner = course.learner()
    assert learner.sign() == "saved"
    course.reload()
    learner = course.learner()
    slow = delay(600, path="statements")
    course.store.faults = [slow]
    learner.next()
    course.store.wait_for(lambda: slow.seen)
    course.reload()
    course.store.faults = []
    learner = course.learner()
    learner.do_page()
    course.exit(learner, launch)
    assert verbs(course)["initialized"] == verbs(course)["terminated"] == 1
    course.check(launch)


@pytest.mark.parametrize("leads_back", [True, False])
@pytest.mark.parametrize("framed", [False, True], ids=["window", "frame"])
def test_a_course_that_is_loaded_again_goes_on_in_its_session(
    visit: Callable[[str], Visit], framed: bool, leads_back: bool
) -> None:
    course = visit("cmi5")
    back = course.store.back if leads_back else None
    launch = course.store.launch_cmi5(f"{course.origin}{UNIT.url}", UNIT, return_url=back)
    frame = f'<iframe src="{html.escape(launch.url)}" width="375" height="700"></iframe>'
    platform = Package.of("platform", [Entry("index.html", f"<!doctype html>{frame}".encode())])
    page = course.context.new_page()
    page.goto(f"{course.store.serve(platform)}index.html" if framed else launch.url)
    for _ in range(PAGES):
        learner = Learner(page.frames[-1])
        welcome = learner.frame.locator('.welcome-back[open] [value="on"]')
        assert learner.sign() == "saved"
        if verbs(course)["experienced"]:
            welcome.click()
        learner.do_page()
        learner.next()
        assert learner.sign() == "saved"
        page.reload()
    learner = Learner(page.frames[-1])
    assert learner.sign() == "saved"
    learner.frame.locator('.welcome-back[open] [value="on"]').click()
    assert learner.pages().index(learner.here()) == PAGES
    learner.leave()
    course.store.wait_for(lambda: course.last_words(launch))
    found = verbs(course)
    assert (found["initialized"], found["terminated"], found["experienced"], launch.fetches) == (1, 1, PAGES, 1)
    course.check(launch, crossing=True)  # the page that goes away saves while the next one begins


def test_without_a_session_all_is_kept_for_the_next_and_nothing_is_certified(
    visit: Callable[[str], Visit],
) -> None:
    """The address of a launch that was used, opened in another window: the token is given once."""
    course = visit("cmi5")
    launch = course.launch()
    assert course.learner().sign() == "saved"
    assert course.page
    course.page.close()
    course.page = course.context.new_page()
    course.page.goto(launch.url)
    learner = Learner(course.page.main_frame)
    assert learner.sign() == "refused"
    assert "open the course again from your platform" in learner.frame.locator(".sign").inner_text()
    learner.take()
    expect(learner.frame.locator(".result-verdict")).to_have_text("You have passed. Well done.")
    expect(learner.frame.locator(".certificate")).to_be_hidden()
    assert axe(learner.frame) == []
    learner.exit()
    expect(learner.frame.locator(".ended-words")).to_contain_text("open the course again on this device")
    assert verbs(course) == {"initialized": 1}
    later = course.launch(again=launch)
    learner = course.learner()
    assert learner.sign() == "saved"
    expect(learner.frame.locator(".certificate")).to_be_visible()
    assert [verbs(course)[verb] for verb in ("initialized", "passed", "completed")] == [2, 1, 1]
    course.check(later)


def tell(launch: Launch) -> Counter[tuple[str, str, str]]:
    """What was said in a launch, whenever it was: verb, object and answer."""
    return Counter(
        (
            name(each),
            each["object"]["id"].replace(launch.activity, "the module"),
            str(each.get("result", {}).get("response")),
        )
        for each in launch.said()
        if name(each) not in BY_THE_LAUNCHER
    )


TROUBLES: dict[str, Callable[[int], Fault]] = {
    "no signal": lambda nth: drop(nth=nth),
    "the answer is lost": lambda nth: lose_answer(nth=nth),
    "out of order": lambda nth: answer(503, nth=nth),
    "not allowed": lambda nth: refuse_cors(nth=nth),
    "a page to log in": lambda nth: log_in(nth=nth),
}


@pytest.mark.long
@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_with_each_request_in_turn_loses_nothing_and_says_nothing_twice(course: Visit, trouble: str) -> None:
    expected = tell(short(course))
    assert sum(expected.values()) > PAGES
    for nth in range(1, MOST_REQUESTS):
        fault = TROUBLES[trouble](nth)
        launch = short(course, fault)
        if fault.seen < nth:
            break  # the session has no more requests
        assert tell(launch) == expected, nth
        course.check(launch)
    assert nth > PAGES + 1


def two_pages(course: Visit, *faults: Fault) -> tuple[Launch, Learner]:
    """One page with all well, and a second with trouble."""
    launch = course.launch()
    learner = course.learner()
    learner.do_page()
    assert learner.sign() == "saved"
    course.store.faults = list(faults)
    learner.next()
    learner.do_page()
    return launch, learner


def told_with_all_well(course: Visit) -> Counter[tuple[str, str, str]]:
    """What these two pages come to."""
    launch, learner = two_pages(course)
    see(learner, "saved")
    return tell(launch)


def go_back(course: Visit, learner: Learner, launch: Launch) -> None:
    """Take the way back to the platform, where the launch has said which it is."""
    back = learner.frame.locator(".go-back")
    if isinstance(launch, Session):
        learner.press(back)
        learner.frame.wait_for_url(course.store.back)
    else:
        expect(back).to_be_hidden()


@pytest.mark.parametrize("status", [404, 429, 500])
def test_an_answer_that_passes_is_waited_out(course: Visit, status: int) -> None:
    expected = told_with_all_well(course)
    faults = [answer(status, 1, method="PUT", path="activities/state"), answer(status, 1, path="statements")]
    launch, learner = two_pages(course, *faults)
    see(learner, "waiting")
    see(learner, "saved")
    assert all(fault.seen > 1 for fault in faults)
    assert tell(launch) == expected
    asked = [request for request in course.store.requests(path="statements") if request.status in (status, 200)]
    refused = next(number for number, request in enumerate(asked) if request.status == status)
    if status == 429:
        assert asked[refused + 1].at - asked[refused].at >= 1  # no sooner than the store has asked for
    course.check(launch)


@pytest.mark.parametrize("status", [409, 412])
def test_a_state_that_somebody_else_wrote_is_read_again(course: Visit, status: int) -> None:
    launch, learner = two_pages(course, answer(status, method="PUT", path="activities/state"))
    see(learner, "saved")
    asked = course.store.requests(path="activities/state")
    refused = [request.status for request in asked].index(status)
    assert [request.method for request in asked[refused : refused + 3]] == ["PUT", "GET", "PUT"]
    course.check(launch)


@pytest.mark.parametrize(("path", "status"), [("activities/state", 401), ("statements", 401), ("statements", 403)])
def test_a_launch_that_is_not_accepted_any_more_keeps_all_for_the_next(course: Visit, path: str, status: int) -> None:
    launch, learner = two_pages(course, answer(status, path=path, times=None))
    see(learner, "refused")
    expect(learner.frame.locator(".sign")).to_contain_text("open the course again from your platform")
    expect(learner.frame.locator(".sign")).to_be_in_viewport(ratio=1)  # on a phone, too
    assert axe(learner.frame) == []
    before = len(course.store.requests(path=path))
    learner.next()
    assert learner.sign() == "refused"
    learner.exit()
    expect(learner.frame.locator(".ended-words")).to_contain_text("open the course again on this device")
    expect(learner.frame.locator(".said")).to_be_empty()
    assert axe(learner.frame) == []
    assert len(course.store.requests(path=path)) == before  # it is left alone
    course.store.faults = []
    go_back(course, learner, launch)
    later = course.launch(again=launch)
    learner = course.learner()
    assert learner.sign() == "saved"
    seen = {statement["object"]["id"].rpartition("/")[2] for statement in course.store.statements("experienced")}
    assert set(learner.pages()[:2]) <= seen
    assert learner.here() == learner.pages()[2]
    course.exit(learner, later)
    course.check(later)


def test_a_judgement_that_is_not_taken_is_told_and_the_way_back_is_open(course: Visit) -> None:
    trouble = answer(400, path="statements", matching=lambda request: b"/passed" in request.body, times=None)
    course.store.faults = [trouble]
    launch = course.launch()
    learner = course.learner()
    learner.take()
    learner.exit()
    words = "We could not save your progress to your provider’s system. Please tell your manager."
    expect(learner.frame.locator(".ended-words")).to_contain_text(words)
    found = verbs(course)
    assert [found[verb] for verb in ("completed", "passed", "terminated")] == [1, 0, 1]
    go_back(course, learner, launch)
    course.check(launch)


def test_an_answer_that_never_comes_is_not_waited_for(course: Visit) -> None:
    expected = told_with_all_well(course)
    course.context.clock.install()
    silence = delay(600, path="statements")
    launch, learner = two_pages(course, silence)
    course.store.wait_for(lambda: silence.seen)
    course.context.clock.run_for(21_000)
    see(learner, "waiting")
    course.store.faults = []
    see(learner, "saved")
    assert tell(launch) == expected
    course.check(launch)


@pytest.mark.parametrize("trouble", ["no signal", "out of order", "a page to log in"])
def test_trouble_at_the_start_is_waited_out(course: Visit, trouble: str) -> None:
    asked = 5 if course.target == "cmi5" else 2  # token, launch data, preferences; the first statement; our own state
    for nth in range(1, asked + 1):
        course.store.faults = [TROUBLES[trouble](nth)]
        launch = course.launch()
        learner = course.learner()
        learner.do_page()
        course.exit(learner, launch)
        assert course.store.faults[0].seen >= nth
        assert len(launch.said("initialized")) == 1
        course.check(launch)


def test_without_signal_all_is_kept_and_sent_when_there_is_signal_again(course: Visit) -> None:
    launch = course.launch()
    learner = course.learner()
    assert learner.sign() == "saved"
    course.context.set_offline(True)
    learner.take()
    see(learner, "waiting")
    expect(learner.frame.locator(".sign")).to_be_in_viewport(ratio=1)  # on a phone, too
    assert axe(learner.frame) == []
    assert verbs(course)["passed"] == 0
    course.context.set_offline(False)
    see(learner, "saved")
    course.exit(learner, launch)
    assert [verbs(course)[verb] for verb in ("initialized", "passed", "completed")] == [1, 1, 1]
    course.check(launch)


def test_who_leaves_without_signal_is_told_to_wait(course: Visit) -> None:
    launch = course.launch()
    learner = course.learner()
    learner.next()
    assert learner.sign() == "saved"
    course.context.set_offline(True)
    learner.do_page()
    learner.exit()
    words = learner.frame.locator(".ended-words")
    expect(words).to_contain_text("If you keep this page open, it will be sent when your platform can be reached.")
    assert axe(learner.frame) == []
    course.context.set_offline(False)
    if isinstance(launch, Session):
        learner.frame.wait_for_url(course.store.back)
    else:
        expect(words).to_contain_text("has been saved")
    assert course.last_words(launch) == 1
    course.check(launch)


def test_what_a_closed_tab_could_not_send_is_sent_on_the_next_visit(course: Visit) -> None:
    launch = course.launch()
    learner = course.learner()
    learner.do_page()
    assert learner.sign() == "saved"
    before = verbs(course)["answered"]
    course.context.set_offline(True)
    learner.next()
    learner.do_page()
    learner.next()
    see(learner, "waiting")
    assert course.page
    course.page.close()
    course.page = None
    course.context.set_offline(False)
    later = course.launch(again=launch)
    assert course.learner().sign() == "saved"
    assert verbs(course)["answered"] > before
    if isinstance(later, Session):
        assert later.failures == []


def test_in_review_nothing_is_judged(visit: Callable[[str], Visit]) -> None:
    course = visit("cmi5")
    launch = course.launch(mode="Review")
    learner = course.learner()
    assert axe(learner.frame) == []
    learner.do_page()
    learner.next()
    course.exit(learner, launch)
    assert verbs(course) == {"initialized": 1, "terminated": 1}
    course.check(launch)


@pytest.mark.parametrize(("mark", "passes"), [(0.5, True), (0.9, False)])
def test_the_platforms_mark_counts(visit: Callable[[str], Visit], mark: float, passes: bool) -> None:
    course = visit("cmi5")
    launch = course.launch_cmi5(replace(UNIT, mastery_score=mark))
    learner = course.learner()
    learner.wrong = {*sorted({*learner.questions()} - {*learner.questions("[data-critical]")})[:2]}
    learner.take()
    course.exit(learner, launch)
    said = launch.said("passed")
    assert len(said) == passes
    for statement in said:
        assert mark <= statement["result"]["score"]["scaled"] < 0.8  # the module's own
        assert statement["context"]["extensions"][f"{CMI5}/extensions/masteryscore"] == mark
    assert launch.satisfied == passes
    course.check(launch)


@pytest.mark.parametrize(("wish", "is_muted"), [("on", False), ("off", True)])
def test_who_wants_no_sound_has_none_also_when_the_page_is_loaded_again(
    visit: Callable[[str], Visit], wish: str, is_muted: bool
) -> None:
    course = visit("cmi5")
    course.context.add_init_script(THROWN_AWAY)
    course.launch(preferences={"languagePreference": "en", "audioPreference": wish})
    film = course.learner().frame.locator("video")
    assert film.evaluate_all("films => films.map((film) => film.muted)") == [is_muted]
    course.reload()
    assert film.evaluate_all("films => films.map((film) => film.muted)") == [is_muted]


@pytest.mark.parametrize(
    "options", [{"old_actor": True}, {"registration": None}], ids=["old actor", "no registration"]
)
def test_other_ways_to_launch_a_tin_can_package(visit: Callable[[str], Visit], options: dict[str, Any]) -> None:
    course = visit("xapi")
    launch = course.launch(**options)
    learner = course.learner()
    learner.take()
    course.exit(learner, launch)
    assert [verbs(course)[verb] for verb in ("initialized", "passed", "completed")] == [1, 1, 1]
    course.check(launch)


def test_two_phones_are_united(visit: Callable[[str], Visit], browser: Browser) -> None:
    """What one phone saved after the other had read stays. (With cmi5 a second launch ends the first.)"""
    course = visit("xapi")
    launch = course.launch()
    learner = course.learner()
    learner.do_page()
    with phone(browser) as context:
        other = Visit(course.store, context, course.origin, target=course.target)
        other.launch(again=launch)
        elsewhere = other.learner()
        elsewhere.next()
        elsewhere.do_page()
        there = set(elsewhere.tasks())
        assert elsewhere.sign() == "saved"
    here = set(learner.tasks())
    learner.next()
    assert learner.sign() == "saved"
    course.launch(again=launch)
    resumed = course.learner()
    for task in here | there:
        expect(resumed.element(task)).to_have_class(re.compile("is-"))
