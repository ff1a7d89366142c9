"""What a platform learns of a learner: the course in scorm-again, every call held against our strict model."""

from __future__ import annotations

import pytest
from learner import Learner
from paths import EVERY_BLOCK
from playwright.sync_api import expect
from scorm import Launcher, Platform

from scormpack.batch import Built
from scormpack.content.load import load_module
from scormpack.course.state import largest_state

TARGETS = ["scorm12", "scorm2004-3rd"]  # a learner's package for the 4th edition is the same: see test_manifests.py


@pytest.fixture(params=TARGETS)
def course(request: pytest.FixtureRequest, every_block: dict[str, Built], platform: Launcher) -> Platform:
    """The module with one of everything, for each standard."""
    return platform(every_block[request.param])


def status(course: Platform) -> tuple[str, ...]:
    """The standard's words for where the learner stands: one in 1.2, completion and success in 2004."""
    record = course.record
    if course.standard == "scorm12":
        return (record["cmi.core.lesson_status"],)
    return (record.get("cmi.completion_status", ""), record.get("cmi.success_status", ""))


def words(course: Platform, one: str, completion: str, success: str) -> tuple[str, ...]:
    """What `status` has to be in the standard at hand."""
    return (one,) if course.standard == "scorm12" else (completion, success)


def score(course: Platform) -> str | None:
    """The raw score on record."""
    return course.record.get("cmi.core.score.raw" if course.standard == "scorm12" else "cmi.score.raw")


@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_the_whole_course_is_passed(course: Platform, keyboard: bool) -> None:
    learner = course.learner(course.launch(), keyboard=keyboard)
    learner.take()
    expect(learner.frame.locator(".result-verdict")).to_have_text("You have passed. Well done.")
    learner.exit()
    assert status(course) == words(course, "passed", "completed", "passed")
    assert score(course) == "100"
    assert course.check() == []
    # A finished course stays open by default; test_options.py has the other way.
    is_old = course.standard == "scorm12"
    assert course.record["cmi.core.exit" if is_old else "cmi.exit"] == "suspend"
    assert course.said("adl.nav.request") == ([] if is_old else ["suspendAll"])


def test_every_answer_is_recorded_in_readable_words(course: Platform) -> None:
    learner = course.learner(course.launch(), wrong=["who-first"])
    learner.take()
    learner.exit()
    record = course.record
    fields = {int(element.split(".")[2]): element for element in record if element.startswith("cmi.interactions.")}
    assert sorted(fields) == list(range(8))
    told = [
        {field: record[f"cmi.interactions.{n}.{field}"] for field in ("id", "type", "result")} for n in sorted(fields)
    ]
    answer = "student_response" if course.standard == "scorm12" else "learner_response"
    answers = [record[f"cmi.interactions.{n}.{answer}"] for n in sorted(fields)]
    assert [each["id"] for each in told] == [
        f"every-block.{task}"
        for task in (
            "who-first",
            "what-helps",
            "say-no",
            "the-steps",
            "my-role",
            "who-does-what",
            "what-to-notice",
            "how-sure",
        )
    ]
    kinds = ["choice", "choice", "true-false", "sequencing", "matching", "matching", "choice", "likert"]
    assert [each["type"] for each in told] == kinds
    wrong = "wrong" if course.standard == "scorm12" else "incorrect"
    assert [each["result"] for each in told] == [wrong, *["correct"] * 6, "neutral"]
    assert "cmi.interactions.7.correct_responses.0.pattern" not in record  # how sure one is cannot be right
    if course.standard == "scorm12":
        assert answers == ["a", "a,c", "f", "a,b,c", "0.a,1.a,2.b", "0.a,1.b,2.c", "a,c", "3"]
    else:
        assert answers == [
            "a_nobody_at_all",
            "a_listening[,]c_sitting_down",
            "false",
            "a_look[,]b_call[,]c_write",
            "0_listen[.]a_my_role[,]1_report[.]a_my_role[,]2_give_an_injection[.]b_not_my_role",
            "0_nurse[.]a_gives_the_injection[,]1_office[.]b_plans_your_visits[,]2_you[.]c_notice_and_report",
            "a_new_pain[,]c_new_confusion",
            "3_quite_sure",
        ]
        assert record["cmi.interactions.0.description"] == "Who do you call first?"
    assert course.check() == []


def test_opening_and_closing_judges_nothing(course: Platform) -> None:
    course.learner(course.launch())  # once the platform has been found
    course.close_tab()
    assert status(course) == words(course, "incomplete", "incomplete", "")
    assert score(course) is None
    assert course.check() == []


def test_turning_every_page_without_an_answer_completes_nothing(course: Platform) -> None:
    learner = course.learner(course.launch())
    while learner.here() != "result":
        learner.next()
    learner.exit()
    assert status(course) == words(course, "incomplete", "incomplete", "")
    assert course.check() == []


def test_answering_everything_on_unseen_pages_completes_nothing(course: Platform) -> None:
    learner = course.learner(course.launch())
    for page in ("questions", "more-questions", "story"):
        learner.go(page)
        learner.do_page()
    learner.exit()
    # Seen: start, questions, more-questions. The page that one leaves by Exit and the last one are not.
    assert status(course) == words(course, "incomplete", "incomplete", "")  # passed only when complete
    assert course.check() == []


def test_a_wrong_critical_answer_does_not_pass_whatever_the_score(course: Platform) -> None:
    learner = course.learner(course.launch(), wrong=["who-first"])
    learner.take()
    expect(learner.frame.locator(".result-verdict")).to_have_text("Nearly there. One thing is left.")
    expect(learner.frame.locator(".left-to-do")).to_have_text("Some questions Question 1 · Right answer needed")
    expect(learner.frame.locator(".certificate")).to_be_hidden()
    learner.exit()
    assert score(course) == "85.71"  # the pass mark is 80
    # There are tries left: nothing has failed, and platforms take what is completed as done.
    assert status(course) == words(course, "incomplete", "incomplete", "")
    assert course.check() == []


def test_a_score_under_the_mark_does_not_pass_and_a_second_try_does(course: Platform) -> None:
    learner = course.learner(course.launch(), wrong=["what-helps", "say-no"])
    learner.take()
    assert learner.sign() == "saved"
    assert score(course) == "71.43"
    assert status(course) == words(course, "incomplete", "incomplete", "")
    learner.wrong = set()
    learner.frame.locator(".result a").first.click()
    assert learner.here() == "questions"
    learner.do("what-helps")
    learner.exit()
    assert score(course) == "85.71"
    assert status(course) == words(course, "passed", "completed", "passed")
    assert course.check() == []


def test_a_learner_comes_back_to_the_page_and_the_answers(course: Platform) -> None:
    learner = course.learner(course.launch(), wrong=["what-helps"])
    learner.next()
    learner.do_page()
    learner.next()
    learner.do("the-steps")
    learner.exit()

    frame = course.launch()
    expect(frame.locator(".welcome-back")).to_be_visible()
    expect(frame.locator(".welcome-back p")).to_have_text("You were on this page: More questions")
    again = course.learner(frame)
    assert again.here() == "more-questions"
    expect(again.element("the-steps")).to_have_class("question panel is-right")
    expect(again.element("what-helps")).to_have_class("question panel is-wrong")
    expect(again.element("who-first").locator('input[value="b"]')).to_be_checked()
    again.take()
    again.exit()
    assert status(course) == words(course, "passed", "completed", "passed")
    assert score(course) == "85.71"
    assert course.check() == []


def test_a_learner_may_begin_again_and_keeps_the_answers(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    learner.do_page()
    learner.exit()
    frame = course.launch()
    frame.locator('.welcome-back [value="start"]').click()
    again = course.learner(frame)
    assert again.here() == "start"
    expect(again.element("who-first")).to_have_class("question panel is-right")


@pytest.mark.parametrize("worse", [[], ["who-first", "what-helps", "say-no", "the-steps", "my-role"]])
def test_a_visit_after_passing_takes_nothing_back(course: Platform, worse: list[str]) -> None:
    learner = course.learner(course.launch())
    learner.take()
    learner.exit()
    before = (status(course), score(course))

    again = course.learner(course.launch(), wrong=worse)
    if worse:
        again.go("start")
        again.take()
    again.exit()
    assert (status(course), score(course)) == before
    third = course.launch()
    third.locator(".welcome-back[open]").wait_for()
    course.close_tab()
    assert (status(course), score(course)) == before
    assert course.check() == []


def test_a_closed_tab_loses_nothing(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.take()
    learner.sign()
    course.close_tab()
    assert status(course) == words(course, "passed", "completed", "passed")
    sessions = course.sessions
    assert sessions[0][-1].method in ("LMSFinish", "Terminate")  # by `pagehide`, without Exit
    assert course.check() == []
    again = course.launch()
    expect(again.locator(".welcome-back p")).to_have_text("You were on this page: Your result")


def test_a_phone_that_kills_the_page_loses_nothing(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    learner.do("who-first")
    # iOS tells "hidden" and then nothing more.
    learner.frame.evaluate(
        """() => {
          Object.defineProperty(document, 'visibilityState', {value: 'hidden'});
          document.dispatchEvent(new Event('visibilitychange'));
          window.addEventListener('pagehide', event => event.stopImmediatePropagation(), true);
        }"""
    )
    record = course.record
    assert "who-first=b" in record["cmi.suspend_data"]
    assert record["cmi.core.exit" if course.standard == "scorm12" else "cmi.exit"] == "suspend"
    course.close_tab()
    again = course.learner(course.launch())
    expect(again.element("who-first")).to_have_class("question panel is-right")


@pytest.mark.parametrize("mode", ["browse", "review"])
def test_looking_around_writes_nothing(course: Platform, mode: str) -> None:
    element = "cmi.core.lesson_mode" if course.standard == "scorm12" else "cmi.mode"
    # scorm-again takes its mode from what it is given at the start.
    learner = course.learner(course.launch(elements={element: mode}))
    learner.take()
    assert learner.sign() == "looking"
    assert_nothing_is_judged(learner)
    course.close_tab()
    # Moodle takes an untouched activity of SCORM 1.2 that ends for completed, also when it is only looked at.
    browsed = {"cmi.core.lesson_status": "browsed"} if (course.standard, mode) == ("scorm12", "browse") else {}
    assert course.record == browsed
    assert course.said("cmi.core.lesson_status") == list(browsed.values())
    assert course.check() == []


def test_looking_at_what_is_begun_writes_nothing(every_block: dict[str, Built], platform: Launcher) -> None:
    course = platform(every_block["scorm12"])
    says = {"cmi.core.lesson_mode": "browse", "cmi.core.lesson_status": "incomplete"}
    course.learner(course.launch(elements=says)).next()
    course.close_tab()
    assert course.record == {}


def test_what_is_on_record_is_shown_to_whoever_looks_at_it_again(course: Platform) -> None:
    says = (
        {"cmi.core.lesson_mode": "review", "cmi.core.lesson_status": "passed"}
        if course.standard == "scorm12"
        else {"cmi.mode": "review", "cmi.completion_status": "completed", "cmi.success_status": "passed"}
    )
    learner = course.learner(course.launch(api="memory", elements=says))
    learner.go("result")
    expect(learner.frame.locator(".result-verdict")).to_have_text("You have passed. Well done.")
    expect(learner.frame.locator(".certificate")).to_be_visible()


def assert_nothing_is_judged(learner: Learner) -> None:
    """The result page says that the visit does not count, and no more."""
    page = learner.frame
    expect(page.locator(".result-verdict")).to_have_text(
        "This visit does not count, so nothing is recorded of how it went."
    )
    expect(page.locator(".result")).not_to_contain_text("score")
    expect(page.locator(".certificate")).to_be_hidden()


def test_without_credit_nothing_is_judged(course: Platform) -> None:
    element = "cmi.core.credit" if course.standard == "scorm12" else "cmi.credit"
    learner = course.learner(course.launch(elements={element: "no-credit"}))
    learner.take()
    assert learner.sign() == "uncounted"
    assert_nothing_is_judged(learner)
    learner.exit()
    expect(learner.frame.locator(".ended-words")).to_contain_text("This visit does not count")
    assert status(course) == words(course, "incomplete", "incomplete", "")
    assert score(course) is None
    assert "cmi.suspend_data" in course.record
    assert course.check() == []


def test_a_pass_mark_of_the_platform_counts(course: Platform) -> None:
    says = (
        {"cmi.student_data.mastery_score": "60"}
        if course.standard == "scorm12"
        else {"cmi.scaled_passing_score": "0.6"}
    )
    learner = course.learner(course.launch(api="memory", elements=says), wrong=["what-helps", "say-no"])
    learner.take()
    expect(learner.frame.locator(".result .score")).to_have_text("Your score is 71 out of 100. You need 60.")
    learner.exit()
    assert status(course) == words(course, "passed", "completed", "passed")
    assert course.check() == []


def test_the_largest_state_is_the_one_that_the_build_computes(course: Platform) -> None:
    """The real player, driven to the most that it can ever save."""
    module = load_module(EVERY_BLOCK / "every-block")
    learner = course.learner(course.launch())
    learner.take()
    # Passed before, so the flags stay; now the longest answer to each question.
    for page, question in (("questions", "what-helps"), ("more-questions", "what-to-notice")):
        learner.go(page)
        learner.find(question)
        learner.give(question, "abc")
        learner.check()
    learner.go("more-questions")  # the longest id of a page
    learner.sign()
    longest = len(course.record["cmi.suspend_data"])
    assert longest == largest_state(module)
    assert longest == max(len(state) for state in course.said("cmi.suspend_data"))
