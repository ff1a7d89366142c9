"""What stands around a screen: head, foot, help, contents, reading aids: how much room they take, how they open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from learner import Learner
from playwright.sync_api import Browser, Page, expect
from scorm import Launcher, Platform
from test_page import axe

from scormpack.batch import Built
from scormpack.lms.scorm import serve
from scormpack.package import read_zip

# Of the window: width, height, and the most that head and foot together may take on any screen but the first.
WINDOWS = {
    "phone": (375, 667, 132),
    "small phone": (320, 568, 132),
    "frame of a platform": (650, 666, 132),
    "desk": (1280, 800, 140),
}
EDGES = """() => [...document.querySelectorAll('.top, .foot')]
  .reduce((sum, edge) => sum + edge.getBoundingClientRect().height, 0)"""
STUCK = """() => [...document.querySelectorAll('.top, .foot')]
  .filter(edge => ['sticky', 'fixed'].includes(getComputedStyle(edge).position))
  .reduce((sum, edge) => sum + edge.getBoundingClientRect().height, 0)"""
PINNED = "() => ['.top', '.foot'].map(name => getComputedStyle(document.querySelector(name)).position)"

Open = Callable[..., Any]


@pytest.fixture
def opened(every_block: dict[str, Built], browser: Browser) -> Open:
    """The module with one of everything, in a window of its own."""

    @contextmanager
    def open_it(width: int = 375, height: int = 667, **options: Any) -> Iterator[Page]:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        with serve(read_zip(every_block["web"].path)) as url:
            page = context.new_page()
            page.goto(f"{url}course/index.html")
            yield page
        context.close()

    return open_it


@pytest.mark.parametrize("window", WINDOWS)
def test_head_and_foot_leave_the_screen_to_the_course(opened: Open, window: str) -> None:
    width, height, most = WINDOWS[window]
    with opened(width, height) as page:
        learner = Learner(page.main_frame)
        while learner.here() != "result":
            learner.forward()
            assert page.evaluate(EDGES) <= most, learner.screen()
            assert page.evaluate(PINNED) == ["sticky", "sticky"]


def test_on_a_phone_on_its_side_text_has_the_most_room(opened: Open) -> None:
    with opened(667, 375) as page:
        learner = Learner(page.main_frame)
        learner.forward()
        head = page.locator(".top").bounding_box()
        rail = page.locator(".bar").bounding_box()
        assert head is not None
        assert rail is not None
        assert head["height"] <= 96
        assert 375 - head["height"] >= 200
        assert rail["width"] <= 160
        assert rail["height"] == 375
        assert axe(page.main_frame) == []
        learner.wrong = {"who-first"}
        learner.next()
        learner.do("who-first")
        expect(page.locator(".says")).to_be_in_viewport(ratio=1)
        assert page.evaluate(PINNED)[0] == "sticky"


@pytest.mark.parametrize(("size", "most"), [(2, 166), (3, 132), (4, 142)])
def test_with_large_text_nothing_is_covered(opened: Open, size: int, most: int) -> None:
    with opened(320, 568) as page:
        page.locator(".reading summary").click()
        page.locator(f'[name="reading-size"][value="{size}"]').check()
        page.keyboard.press("Escape")
        expect(page.locator(".help summary")).to_be_in_viewport()
        learner = Learner(page.main_frame)
        while learner.here() != "result":
            learner.forward()
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, learner.screen()
            assert page.evaluate(STUCK) <= most, learner.screen()


def test_room_is_kept_for_what_covers_the_page_and_for_nothing_else(opened: Open) -> None:
    """Where the head is higher than the window and scrolls, room for it pushed what has the focus out of sight."""
    with opened(320, 640) as page:
        html = page.locator("html")
        expect(html).to_have_css("--head", "0px")  # that of the cover scrolls away
        expect(html).to_have_css("--foot", re.compile("^[5-9][0-9]px$"))
        html.evaluate("html => { html.style.fontSize = '225%' }")
        expect(html).to_have_css("--foot", "0px")
        page.locator(".help summary").click()
        page.locator(".help .close").click()
        expect(page.locator(".help-inside")).to_be_hidden()
        Learner(page.main_frame).forward()
        html.evaluate("html => { html.style.fontSize = '112.5%' }")
        expect(html).to_have_css("--head", re.compile("^[4-9][0-9]px$"))


def test_with_the_largest_text_what_is_said_has_the_whole_width(opened: Open) -> None:
    with opened(320, 568) as page:
        page.locator(".reading summary").click()
        page.locator('[name="reading-size"][value="4"]').check()
        page.keyboard.press("Escape")
        learner = Learner(page.main_frame, wrong=["who-first"])
        learner.next()
        learner.do("who-first")
        line = page.locator(".says p").first
        size = line.evaluate("line => [line.offsetWidth, parseFloat(getComputedStyle(line).fontSize)]")
        assert size[0] >= 280
        assert size[1] >= 2 * 18


def test_on_a_small_phone_no_number_and_no_word_of_the_help_is_broken(opened: Open) -> None:
    """A line of its words is 22 px high and more."""
    with opened(320, 568) as page:
        page.locator(".help summary").click()
        expect(page.locator(".help-inside")).to_be_visible()
        heights = page.locator(".help-inside .tel, .sos strong, .sos span").evaluate_all(
            """all => all.map(each => {
              const range = document.createRange();
              range.selectNodeContents(each);
              return [each.textContent, new Set([...range.getClientRects()].map(box => box.top)).size];
            })"""
        )
        assert ["Emergency services", 1] in heights
        assert [each for each in heights if each[1] > 1] == []


@pytest.mark.parametrize("way", ["Escape", "a tap outside", "Close"])
def test_help_opens_over_any_screen_and_closes(opened: Open, way: str) -> None:
    with opened() as page:
        learner = Learner(page.main_frame)
        learner.next()
        button, panel = page.locator(".help summary"), page.locator(".help-inside")
        expect(button).to_be_in_viewport()
        button.click()
        expect(panel).to_be_visible()
        first = panel.get_by_role("link").first
        expect(first).to_have_attribute("href", "tel:999")
        expect(first).to_have_text("999 Emergency services")
        heights = [link.bounding_box() for link in panel.get_by_role("link").all()]
        assert heights[0] is not None
        assert all(other is not None and other["height"] < heights[0]["height"] for other in heights[1:])
        assert axe(page.main_frame) == []
        if way == "Escape":
            page.keyboard.press("Escape")
        elif way == "Close":
            panel.get_by_role("button", name="Close").click()
        else:
            page.mouse.click(180, 20)
        expect(panel).to_be_hidden()
        if way != "a tap outside":
            expect(button).to_be_focused()


def test_help_does_not_open_by_itself_on_the_next_page(opened: Open) -> None:
    with opened() as page:
        learner = Learner(page.main_frame)
        page.locator(".help summary").click()
        learner.next()
        expect(page.locator(".help-inside")).to_be_hidden()


def test_the_shade_lets_no_tap_through(opened: Open) -> None:
    """A tap outside shuts the help, and chooses nothing that lies there."""
    with opened() as page:
        learner = Learner(page.main_frame)
        learner.next()
        learner.find("who-first")
        box = page.locator("#who-first .option").first.bounding_box()
        assert box is not None
        page.locator(".help summary").click()
        page.mouse.click(box["x"] + 20, box["y"] + 10)
        expect(page.locator(".help-inside")).to_be_hidden()
        expect(page.locator("#who-first :checked")).to_have_count(0)


def test_the_contents_are_a_sheet_on_a_phone_and_a_column_on_a_desk(opened: Open) -> None:
    with opened() as page:
        button, sheet = page.locator(".to-contents"), page.locator(".contents-inside")
        expect(sheet).to_be_hidden()
        expect(button).to_have_attribute("aria-expanded", "false")
        button.click()
        expect(sheet).to_be_in_viewport(ratio=1)
        expect(page.locator(".contents")).to_be_focused()
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        expect(button).to_be_focused()
    with opened(1280, 800) as page:
        Learner(page.main_frame).next()
        expect(page.locator(".to-contents")).to_be_hidden()
        Learner(page.main_frame).next()
        for part in (*page.locator(".contents a").all(), *page.locator(".aids label").all()):
            expect(part).to_be_in_viewport(ratio=1)


def test_the_focus_goes_as_the_eye_does(opened: Open) -> None:
    """Head, contents, screen, foot: in the document as in sight."""
    with opened(1280, 800) as page:
        order = page.evaluate(
            """() => [...document.querySelectorAll('.top, .contents, main, .foot')]
              .map(part => part.classList[0] ?? part.localName)"""
        )
        assert order == ["top", "contents", "main", "foot"]


def test_the_title_of_the_window_says_where_one_is(opened: Open) -> None:
    with opened() as page:
        learner = Learner(page.main_frame)
        expect(page).to_have_title("Every block & “every” kind")
        learner.next()
        expect(page).to_have_title("Some questions – Every block & “every” kind")


def test_nothing_that_has_to_be_done_is_passed_in_silence(opened: Open) -> None:
    with opened() as page:
        learner = Learner(page.main_frame)
        learner.next()
        learner.find("who-first")
        button, later = page.locator(".bar .next"), page.locator(".past .later")
        expect(button).to_have_text("Check")
        expect(button).to_have_attribute("aria-disabled", "true")
        screen = learner.screen()
        button.press("Enter")
        assert learner.screen() == screen
        expect(page.locator(".says")).to_have_text("Choose one first.")
        learner.wrong = {"who-first"}
        learner.do("who-first")
        expect(button).to_have_text("Try again")
        expect(later).to_have_text("Leave it for now")
        learner.check()
        expect(page.locator(".says")).to_have_text("")
        expect(page.locator("#who-first input").first).to_be_focused()
        learner.wrong = set()
        learner.do("who-first")
        expect(button).to_have_text("Continue")
        expect(later).to_be_hidden()


def test_the_answer_and_its_reason_are_in_sight_at_once(opened: Open) -> None:
    with opened() as page:
        learner = Learner(page.main_frame, wrong=["who-first"])
        learner.next()
        learner.do("who-first")
        expect(page.locator(".says")).to_be_in_viewport(ratio=1)
        chosen = page.locator("#who-first .bad").bounding_box()
        sheet = page.locator(".says").bounding_box()
        assert chosen is not None
        assert sheet is not None
        assert chosen["y"] >= 0
        assert chosen["y"] + chosen["height"] <= sheet["y"] + 1


def test_nothing_unseen_has_the_focus(changed: Callable[..., Platform]) -> None:
    """What the sheet says of an answer stands beside it, too, for those who listen; its links are no further stop."""
    why = "feedback: A friend cannot see the plan."
    calls = 'feedback: "Call {contact:emergency}."'
    course = changed(("every-block/pages/questions.md", why, calls), "scorm12")
    learner = course.learner(course.launch())
    learner.go("questions")
    learner.find("who-first")
    learner.give("who-first", "c")
    learner.check()
    expect(learner.frame.locator(".says")).to_contain_text("Call 999.")
    assert learner.frame.locator(".unseen a").evaluate_all("all => all.map(link => link.tabIndex)") == [-1]


def test_forced_colours_keep_every_sign_and_the_progress(opened: Open) -> None:
    shown = """selector => {
      const {backgroundColor} = getComputedStyle(document.querySelector(selector), '::before');
      return backgroundColor !== getComputedStyle(document.documentElement).backgroundColor
        && backgroundColor !== 'rgba(0, 0, 0, 0)';
    }"""
    with opened(forced_colors="active") as page:
        learner = Learner(page.main_frame)
        learner.next()
        for selector in (".help summary", ".to-contents", ".back", ".kind", ".close", ".contents .done"):
            assert page.evaluate(shown, selector), selector
        expect(page.locator(".sign")).to_have_attribute("data-sign", "device")
        assert not page.evaluate(shown, ".sign")  # a dot between words is a word, and no sign
        colours = page.evaluate(
            """() => ['.progress .done', '.progress i:last-child']
              .map(part => getComputedStyle(document.querySelector(part)).backgroundColor)"""
        )
        assert colours[0] != colours[1]
        learner.find("who-first")
        later = page.locator(".past .later")
        assert (
            later.evaluate("later => parseFloat(getComputedStyle(later).paddingLeft)") >= 16
        )  # its edge is seen now


def test_looking_at_one_of_several_again_is_no_answer(opened: Open) -> None:
    with opened() as page:
        learner = Learner(page.main_frame)
        learner.go("more-questions")
        learner.do("my-role")
        page.locator("#my-role .item:visible .choice:visible").first.click()
        expect(page.locator(".bar .next")).to_have_attribute("aria-disabled", "true")


def test_help_is_there_after_the_last_word(every_block: dict[str, Built], platform: Launcher) -> None:
    learner = Learner(platform(every_block["scorm12"]).launch())
    learner.exit()
    expect(learner.frame.locator(".help summary")).to_be_in_viewport()
    expect(learner.frame.locator(".bar .next, .to-contents")).to_have_count(2)
    expect(learner.frame.locator(".bar .next")).to_be_hidden()
    assert axe(learner.frame) == []
