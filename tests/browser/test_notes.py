"""What learners write for themselves: whose it is, where it is kept, and how it is cleared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from learner import Learner
from playwright.sync_api import BrowserContext, Frame, Locator, expect
from records import MODULE
from scorm import Launcher, Platform
from test_page import TOO_SMALL, axe
from visitor import Arrive

from scormpack.batch import Built

WHO = {"scorm12": "cmi.core.student_id", "scorm2004": "cmi.learner_id"}
KEPT = """async () => {
  const answer = request => new Promise(done => {
    request.onupgradeneeded = () => request.transaction.abort();
    request.onsuccess = () => done(request.result);
    request.onerror = () => done(null);
  });
  const base = await answer(indexedDB.open('scormpack'));
  if (!base) return {};
  const shelf = base.transaction('kept').objectStore('kept');
  const [keys, values] = await Promise.all([answer(shelf.getAllKeys()), answer(shelf.getAll())]);
  base.close();
  const notes = keys.map((key, place) => [key, values[place]]).filter(([key]) => key.includes('/note/'));
  return Object.fromEntries(notes.filter(([, value]) => value));
}"""
HOLDS = f"async text => JSON.stringify(await ({KEPT})()).includes(text)"
FILLED = "fields => fields.filter(field => field.value).length"
YOURS = "This is kept on this device. When someone else logs in, they do not see it."
ANYONE = "This is kept on this device. Anyone who uses this device can read it."
LOST = "This cannot be kept here. It is gone when you close the page. To keep it, print it or save it as a file."
NO_BASE = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
OLD = "scormpack/note/full/every-block/my-thoughts"


def reading(context: BrowserContext, url: str, page: str = "story", room: int = 0) -> Learner:
    """Someone who has opened the course and gone to one of its pages; `room` is how much the device can hold."""
    tab = context.new_page()
    if room:
        quota = {"origin": url.removesuffix("/course/"), "quotaSize": room}
        context.new_cdp_session(tab).send("Storage.overrideQuotaForOrigin", quota)
    tab.goto(f"{url}index.html")
    learner = Learner(tab.main_frame)
    if tab.locator(".welcome-back[open]").count():
        tab.locator('.welcome-back [value="on"]').click()
    learner.go(page)
    return learner


def visit(course: Platform, who: str, **more: Any) -> Learner:
    """The course as a platform opens it for one learner."""
    frame = course.launch(api="memory", elements={WHO[course.standard]: who}, **more)
    return course.learner(frame)


def wait_until_kept(frame: Frame, text: str) -> None:
    """Wait until the device has it: a tab that is closed too early takes it along."""
    frame.wait_for_function(HOLDS, arg=text)


def note(learner: Learner) -> Locator:
    """The field of the reflection on the page of the story."""
    learner.find("my-thoughts")
    return learner.frame.get_by_label("Your own note")


def line(learner: Learner, block: str = "my-thoughts") -> Locator:
    """The line below a block that says what becomes of it."""
    return learner.frame.locator(f"#{block} .kept")


# Whose it is


@pytest.fixture(params=["scorm12", "scorm2004-3rd"])
def course(request: pytest.FixtureRequest, every_block: dict[str, Built], platform: Launcher) -> Platform:
    """The module with one of everything, for each of the two APIs."""
    return platform(every_block[request.param])


def test_what_one_learner_writes_is_not_shown_to_the_next(course: Platform) -> None:
    ada = visit(course, "ada@work.example")
    ada.go("to-keep")
    ada.frame.get_by_label("The call bell is in reach").check()
    ada.frame.get_by_label("Before", exact=True).fill("Breathe out")
    ada.find("where-are-we")
    ada.frame.get_by_label("Not yet").check()
    ada.frame.get_by_label("Who will do it").fill("Joy")
    ada.go("story")
    note(ada).fill("My father")
    expect(line(ada)).to_have_text(YOURS)
    for text in ("Breathe out", "before-you-leave", "Joy", "My father"):
        wait_until_kept(ada.frame, text)

    ben = visit(course, "ben@work.example")
    ben.go("story")
    expect(line(ben)).to_have_text(YOURS)
    expect(note(ben)).to_have_value("")
    ben.go("to-keep")
    expect(line(ben, "my-plan")).to_have_text(YOURS)
    expect(ben.frame.locator("#to-keep :checked")).to_have_count(0)
    assert ben.frame.locator("#to-keep textarea").evaluate_all(FILLED) == 0
    ben.frame.get_by_label("Before", exact=True).fill("Call Sam")
    wait_until_kept(ben.frame, "Call Sam")

    ben.frame.evaluate("localStorage.clear()")  # as Moodle does at every login
    ada = visit(course, "ada@work.example")
    ada.go("to-keep")
    expect(ada.frame.get_by_label("Before", exact=True)).to_have_value("Breathe out")
    expect(ada.frame.get_by_label("The call bell is in reach")).to_be_checked()
    expect(ada.frame.get_by_label("Who will do it")).to_have_value("Joy")
    ada.go("story")
    expect(note(ada)).to_have_value("My father")


def test_the_device_keeps_no_name(course: Platform) -> None:
    learner = visit(course, "ada@work.example")
    learner.go("story")
    note(learner).fill("Mine")
    wait_until_kept(learner.frame, "Mine")
    kept = learner.frame.evaluate(KEPT)
    assert "ada" not in json.dumps(kept)
    assert [key.split("/")[3:] for key in kept] == [["full", "every-block", "my-thoughts"]]


def test_a_platform_that_names_nobody_is_no_secret(course: Platform) -> None:
    learner = visit(course, "")
    learner.go("story")
    expect(line(learner)).to_have_text(ANYONE)
    note(learner).fill("Ours")
    wait_until_kept(learner.frame, "Ours")
    again = visit(course, "")
    again.go("story")
    expect(note(again)).to_have_value("Ours")
    named = visit(course, "ada")
    named.go("story")
    expect(line(named)).to_have_text(YOURS)
    expect(note(named)).to_have_value("")


def test_a_record_store_says_whose_it_is(every_block: dict[str, Built], arrive: Arrive) -> None:
    visitor = arrive(every_block["xapi"].path)
    for name, called, before in (("ada", "Ada B", ""), ("ben", "Ben", ""), ("ada", "Ada Bello", "By ada")):
        account = {"homePage": "https://work.example", "name": name}
        actor = {"objectType": "Agent", "name": called, "account": account}
        visitor.launch_tincan(MODULE, actor=actor)
        learner = visitor.learner()
        learner.go("story")
        expect(line(learner)).to_have_text(YOURS)
        expect(note(learner)).to_have_value(before)
        note(learner).fill(f"By {name}")
        wait_until_kept(learner.frame, f"By {name}")


def test_what_an_earlier_release_kept_for_all_is_left_to_all(alone: tuple[BrowserContext, str]) -> None:
    learner = reading(*alone)
    learner.frame.evaluate("([key, text]) => localStorage.setItem(key, text)", [OLD, '{"note": "Written before"}'])
    learner.frame.page.close()
    again = reading(*alone)
    expect(note(again)).to_have_value("Written before")
    wait_until_kept(again.frame, "Written before")
    again.frame.wait_for_function("key => localStorage.getItem(key) === null", arg=OLD)
    note(again).fill("Written after")
    wait_until_kept(again.frame, "Written after")
    again.frame.page.close()
    expect(note(reading(*alone))).to_have_value("Written after")


def test_what_an_earlier_release_kept_for_all_is_shown_to_nobody_by_name(course: Platform) -> None:
    frame = course.launch(api="memory")
    frame.evaluate("([key, text]) => localStorage.setItem(key, text)", [OLD, '{"note": "Whose is it?"}'])
    learner = visit(course, "ada")
    learner.go("story")
    expect(line(learner)).to_have_text(YOURS)
    expect(note(learner)).to_have_value("")
    assert learner.frame.evaluate("key => localStorage.getItem(key)", OLD) is None
    assert learner.frame.evaluate(KEPT) == {}


def test_the_browser_itself_puts_nothing_back(alone: tuple[BrowserContext, str]) -> None:
    """Where a page is come back to, browsers fill in what was there, whoever holds the device now."""
    context, url = alone
    context.add_init_script(NO_BASE)
    learner = reading(context, url, page="to-keep")
    learner.frame.get_by_label("The call bell is in reach").check()
    learner.find("where-are-we")
    learner.frame.get_by_label("Partly").check()
    learner.frame.get_by_label("Who will do it").fill("Joy")
    learner.frame.page.goto("about:blank")
    learner.frame.page.go_back()
    expect(line(learner, "where-are-we")).to_have_text(LOST)
    expect(learner.frame.locator("#to-keep :checked")).to_have_count(0)
    assert learner.frame.locator("#to-keep textarea").evaluate_all(FILLED) == 0


# Before it is known whose it is


def test_what_is_written_before_the_platform_answers_is_put_to_what_was_kept(course: Platform) -> None:
    learner = visit(course, "ada")
    learner.go("to-keep")
    learner.frame.get_by_label("The call bell is in reach").check()
    learner.find("where-are-we")
    learner.frame.get_by_label("Partly").check()
    learner.frame.get_by_label("By when").last.fill("Friday")
    learner.find("my-plan")
    learner.frame.get_by_label("After", exact=True).fill("Sleep")
    learner.go("story")
    note(learner).fill("First thought")
    for text in ("before-you-leave", "Friday", "Sleep", "First thought"):
        wait_until_kept(learner.frame, text)

    late = unanswered(course, "ada")
    expect(line(late)).to_have_text("")
    note(late).press_sequentially("Second")
    late.go("to-keep")
    late.find("where-are-we")
    late.frame.get_by_label("Met", exact=True).check()
    late.find("my-plan")
    late.frame.get_by_label("After", exact=True).press_sequentially("Walk")
    late.go("story")
    note(late).focus()
    course.context.clock.run_for(3_000)
    expect(line(late)).to_have_text(YOURS)
    expect(note(late)).to_have_value("First thought\nSecond")
    note(late).press_sequentially(" thought")
    expect(note(late)).to_have_value("First thought\nSecond thought")
    wait_until_kept(late.frame, "Second thought")
    late.go("to-keep")
    expect(late.frame.get_by_label("Met", exact=True)).to_be_checked()
    expect(late.frame.get_by_label("By when").last).to_have_value("Friday")
    expect(late.frame.get_by_label("The call bell is in reach")).to_be_checked()
    expect(late.frame.get_by_label("After", exact=True)).to_have_value("Sleep\nWalk")
    wait_until_kept(late.frame, "Sleep\\\\nWalk")


def test_what_is_cleared_before_the_platform_answers_does_not_come_back(course: Platform) -> None:
    learner = visit(course, "ada")
    learner.go("story")
    note(learner).fill("First thought")
    wait_until_kept(learner.frame, "First thought")
    late = unanswered(course, "ada")
    clear(late)
    course.context.clock.run_for(3_000)
    expect(line(late)).to_have_text(YOURS)
    expect(note(late)).to_have_value("")
    late.frame.wait_for_function(f"async () => !Object.keys(await ({KEPT})()).length")


def unanswered(course: Platform, who: str) -> Learner:
    """At the story of a course whose platform answers only when the clock is moved on."""
    course.context.clock.install(time=0)
    course.context.clock.pause_at(1_000)
    learner = visit(course, who, fault="late")
    learner.go("story")
    return learner


# Clearing


def clear(learner: Learner, block: str = "my-thoughts") -> None:
    """Clear what is written in a block, and say yes."""
    learner.find(block)
    learner.frame.locator(f"#{block}").get_by_role("button", name="Clear what I wrote").click()
    learner.frame.locator(f"#{block}").get_by_role("button", name="Yes, clear it").click()


def test_what_was_written_is_cleared_here_and_on_the_device(alone: tuple[BrowserContext, str]) -> None:
    learner = reading(*alone, page="to-keep")
    learner.frame.get_by_label("The call bell is in reach").check()
    learner.frame.get_by_label("Before", exact=True).fill("Breathe out")
    learner.find("where-are-we")
    learner.frame.get_by_label("Not yet").check()
    learner.frame.get_by_label("Who will do it").fill("Joy")
    for text in ("before-you-leave", "Breathe out", "Joy"):
        wait_until_kept(learner.frame, text)
    for block in ("before-you-leave", "my-plan", "where-are-we"):
        learner.find(block)
        clear(learner, block)
        expect(learner.frame.locator("p.said")).to_have_text("Cleared.")
    expect(learner.frame.locator("#to-keep :checked")).to_have_count(0)
    expect(learner.frame.get_by_label("Before", exact=True)).to_have_value("")
    expect(learner.frame.locator("#where-are-we .tally")).to_have_text("")
    expect(learner.frame.get_by_label("Who will do it")).to_be_hidden()
    learner.frame.wait_for_function(f"async () => !Object.keys(await ({KEPT})()).length")
    learner.frame.page.close()
    again = reading(*alone, page="to-keep")
    expect(line(again, "my-plan")).to_have_text(ANYONE)
    expect(again.frame.get_by_label("Before", exact=True)).to_have_value("")


def test_clearing_asks_once_and_is_done_by_keyboard(alone: tuple[BrowserContext, str]) -> None:
    learner = reading(*alone)
    learner.keyboard = True
    note(learner).fill("Keep me")
    block = learner.frame.locator("#my-thoughts")
    button = block.get_by_role("button", name="Clear what I wrote")
    learner.press(button)
    question = block.get_by_role("group", name="Clear all that you wrote here? You cannot get it back.")
    expect(question.get_by_role("button", name="No, keep it")).to_be_focused()
    assert axe(learner.frame) == []
    assert learner.frame.evaluate(TOO_SMALL) == []
    learner.frame.page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(button).to_be_focused()
    learner.press(button)
    learner.frame.page.keyboard.press("Enter")
    expect(button).to_be_focused()
    expect(note(learner)).to_have_value("Keep me")
    learner.press(button)
    learner.frame.page.keyboard.press("Shift+Tab")
    learner.frame.page.keyboard.press("Enter")
    expect(note(learner)).to_have_value("")
    expect(button).to_be_focused()


# Where nothing can be kept


@pytest.mark.parametrize("fault", [NO_BASE, f"{NO_BASE}; Storage.prototype.setItem = () => {{ throw new Error(); }}"])
def test_what_cannot_be_kept_is_said_and_can_be_taken_along(alone: tuple[BrowserContext, str], fault: str) -> None:
    context, url = alone
    context.add_init_script(fault)
    learner = reading(context, url)
    block = learner.frame.locator("#my-thoughts")
    expect(line(learner)).to_have_text(LOST)
    expect(note(learner)).to_have_accessible_description(f"{LOST} Do not write names or addresses.")
    expect(learner.frame.locator("p.said")).not_to_have_text(LOST)  # nothing is lost yet
    note(learner).fill("Something")
    expect(learner.frame.locator("p.said")).to_have_text(LOST)
    with learner.frame.page.expect_download() as download:
        block.get_by_role("button", name="Save as a file").click()
    assert "Your own note: Something" in Path(download.value.path()).read_text(encoding="utf-8")
    expect(block.get_by_role("button", name="Print")).to_be_visible()


def test_a_device_that_is_full_is_told_of_when_it_is(alone: tuple[BrowserContext, str]) -> None:
    learner = reading(*alone, room=1_000_000)
    expect(line(learner)).to_have_text(ANYONE)
    note(learner).fill("x" * 2_000_000)
    expect(line(learner)).to_have_text(LOST)
    expect(learner.frame.locator("p.said")).to_have_text(LOST)
    note(learner).fill("less")
    expect(line(learner)).to_have_text(ANYONE)
    wait_until_kept(learner.frame, "less")


def test_a_device_that_begins_to_keep_has_lost_nothing_that_it_kept_before(alone: tuple[BrowserContext, str]) -> None:
    learner = reading(*alone)
    note(learner).fill("Earlier")
    wait_until_kept(learner.frame, "Earlier")
    learner.frame.page.close()
    context, url = alone
    context.add_init_script(f"window.open_base = IDBFactory.prototype.open; {NO_BASE}")
    learner = reading(context, url)
    note(learner).press_sequentially("No")
    expect(line(learner)).to_have_text(LOST)
    learner.frame.evaluate("() => { IDBFactory.prototype.open = window.open_base; }")
    note(learner).press_sequentially("w")
    expect(note(learner)).to_have_value("Earlier\nNow")
    expect(line(learner)).to_have_text(ANYONE)
    wait_until_kept(learner.frame, "Earlier\\\\nNow")


@pytest.mark.parametrize("state", [YOURS, ANYONE, LOST])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_whatever_becomes_of_it(
    state: str, scheme: str, every_block: dict[str, Built], platform: Launcher
) -> None:
    course = platform(every_block["scorm12"], viewport={"width": 360, "height": 2_400}, color_scheme=scheme)
    if state == LOST:
        course.context.add_init_script(NO_BASE)
    learner = visit(course, "ada" if state == YOURS else "")
    for page, block in (("story", "my-thoughts"), ("to-keep", "my-plan")):
        learner.go(page)
        learner.find(block)
        expect(line(learner, block)).to_have_text(state)
        learner.frame.locator(f"#{block} .clear").click()
        assert axe(learner.frame) == []
        assert learner.frame.evaluate(TOO_SMALL) == []
        assert learner.frame.evaluate("document.documentElement.scrollWidth") <= 360
