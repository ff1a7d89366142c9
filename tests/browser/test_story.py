"""A story as learners see it: one scene at a time, choices that are played out, and a look back at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from learner import Learner
from playwright.sync_api import Locator, expect
from scorm import Launcher, Platform
from test_page import axe

from scormpack.batch import Built

FOLLOWING = 4  # Node.DOCUMENT_POSITION_FOLLOWING
Open = Callable[..., Any]
BEST = '.situation:visible li[data-rating="best"] > .choice'
POOR = '.situation:visible li[data-rating="unsafe"] > .choice'
OTHER = '.situation:visible li[data-rating="acceptable"] > .choice'


@pytest.fixture
def course(every_block: dict[str, Built], platform: Launcher) -> Platform:
    """The module with one of everything."""
    return platform(every_block["scorm12"])


@pytest.fixture(params=[False, True], ids=["mouse", "keyboard"])
def learner(course: Platform, request: pytest.FixtureRequest) -> Learner:
    """Someone on the page of the story."""
    someone = course.learner(course.launch(), keyboard=request.param)
    someone.go("story")
    someone.find("the-story")
    return someone


def story(learner: Learner) -> Locator:
    return learner.element("the-story")


def choose(learner: Learner, choice: str) -> None:
    learner.press(story(learner).locator(choice))


def go_on(learner: Learner) -> None:
    """By the one main button."""
    learner.check()


def said(learner: Learner) -> list[str]:
    """What the bubbles say."""
    return story(learner).locator(".bubble:visible").all_inner_texts()


def test_a_poor_choice_is_played_out_and_leads_back(learner: Learner) -> None:
    expect(story(learner).locator(".count")).to_have_text("Scene 1 of 2")
    choose(learner, POOR)
    assert [each.split("\n")[-1].strip() for each in said(learner)] == ["Do it.", "“Ouch.”"]
    expect(story(learner).locator(".worth:visible")).to_contain_text("Not safe: look again.")
    expect(story(learner).locator(".choice:visible, .telling:visible")).to_have_count(0)
    expect(story(learner).locator(".stage img")).to_be_visible()
    assert axe(learner.frame) == []
    expect(learner.frame.locator(".bar .next")).to_have_text("Choose again")
    go_on(learner)
    expect(story(learner).locator(POOR)).to_be_focused()
    expect(story(learner).locator(".choice:visible")).to_have_count(2)


def test_a_story_can_be_left_as_a_question_can(learner: Learner) -> None:
    later = learner.frame.locator(".past .later")
    expect(later).to_have_text("Leave it for now")
    expect(learner.frame.locator(".bar .next")).to_have_attribute("aria-disabled", "true")
    learner.frame.locator(".bar .next").press("Enter")
    expect(learner.frame.locator(".says")).to_have_text("Choose one first.")
    choose(learner, POOR)
    expect(learner.frame.locator(".says")).to_have_text("")
    expect(later).to_be_hidden()
    go_on(learner)
    before = learner.screen()
    learner.press(later)
    assert learner.screen() != before


def test_the_picture_stays_and_is_described_once(learner: Learner) -> None:
    expect(story(learner).locator(".stage img")).to_have_attribute("alt", "A dot on the wall")
    choose(learner, BEST)
    go_on(learner)
    expect(story(learner).locator(".count")).to_have_text("Scene 2 of 2")
    expect(story(learner).locator(".stage img")).to_have_attribute("alt", "")


@pytest.mark.parametrize(("width", "height"), [(375, 667), (320, 568)])
def test_nothing_is_said_twice_before_the_choices(opened_module: Open, width: int, height: int) -> None:
    with opened_module("hard-questions", width, height) as page:
        learner = Learner(page.main_frame)
        learner.go("story-mr-kowalski")
        learner.find("mr-kowalski")
        choices, origin = page.locator(".scenario .choices:visible"), page.locator(".origin")
        expect(page.locator('[id="story-mr-kowalski.title"]')).to_have_class("unseen")
        expect(page.locator(".scenario h3")).to_be_in_viewport()
        expect(choices.locator(".choice").first).to_be_in_viewport()
        where = "(one, other) => one.compareDocumentPosition(other)"
        assert choices.evaluate(where, origin.element_handle()) == FOLLOWING
        learner.press(page.locator(BEST).first)
        go_on(learner)
        expect(page.locator(".scenario h3")).to_have_class("unseen")
        expect(origin).to_be_hidden()


def test_where_some_ways_are_shorter_the_length_is_told_roughly(opened_module: Open) -> None:
    with opened_module("hard-questions") as page:
        learner = Learner(page.main_frame)
        learner.go("story-mr-kowalski")
        learner.find("mr-kowalski")
        expect(page.locator(".count")).to_have_text("Scene 1 of about 5")


def test_at_the_end_the_way_is_looked_over_and_another_can_be_tried(learner: Learner) -> None:
    for choice in (BEST, OTHER):
        choose(learner, choice)
        go_on(learner)
    expect(story(learner).locator(".ending:visible")).to_contain_text("The nurse comes back tomorrow.")
    way = story(learner).locator(".scenario-path summary")
    expect(way).to_have_text("Your way through the story")
    steps = story(learner).locator(".scenario-path li")
    expect(steps).to_have_count(2)
    expect(steps.nth(0)).to_be_hidden()
    learner.press(way)
    expect(steps.nth(0)).to_contain_text("A good choice. That keeps everyone safe.")
    expect(steps.nth(1)).to_contain_text("This can be right too. It takes longer.")
    assert axe(learner.frame) == []
    learner.press(steps.nth(1).get_by_role("button", name="Scene 2: try another way"))
    expect(story(learner).locator(".count")).to_have_text("Scene 2 of 2")
    choose(learner, BEST)
    go_on(learner)
    expect(story(learner).locator(".ending:visible")).to_contain_text("The nurse comes back.")


def test_numbers_to_call_stand_in_the_story_and_in_their_line_on_paper(changed: Callable[..., Platform]) -> None:
    asked, told = "text: The nurse asks you", 'text: "Ring {contact:listeners}, as the nurse asks you'
    change = ("every-block/scenarios/the-story.yaml", f"{asked} to do something new.", f'{told}."')
    course = changed(change, "scorm12")
    learner = course.learner(course.launch())
    learner.go("story")
    learner.find("the-story")
    number = story(learner).locator(".telling .number")
    expect(number).to_be_visible()
    learner.frame.page.emulate_media(media="print")
    expect(number).to_have_css("display", "inline")


def test_the_whole_story_is_on_paper_whatever_was_chosen(learner: Learner) -> None:
    choose(learner, POOR)
    learner.frame.page.emulate_media(media="print")
    expect(story(learner).locator(".choice:visible")).to_have_count(5)
    expect(story(learner).locator(".outcome:visible")).to_have_count(5)
    expect(story(learner).locator("h4:visible")).to_have_text(["Scene 1", "Scene 2", "How it ends", "How it ends"])
    expect(story(learner).locator("img:visible")).to_have_count(1)
    expect(story(learner).locator(".mine:visible, .count:visible")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(375, 667), (1280, 800)])
def test_where_there_is_no_picture_nothing_lies_over_the_number_of_the_scene(
    opened_module: Open, width: int, height: int
) -> None:
    with opened_module("may-have-died", width, height) as page:
        learner = Learner(page.main_frame)
        learner.go("story-without-paper")
        learner.find("mr-doyle-no-paper")
        learner.press(page.locator(BEST).first)
        count, mine = page.locator(".count:visible").bounding_box(), page.locator(".mine").bounding_box()
        assert count is not None
        assert mine is not None
        assert count["y"] + count["height"] <= mine["y"]


def test_no_title_is_cut_in_two_above_what_comes_of_a_choice(opened_module: Open) -> None:
    with opened_module("after-the-death") as page:
        learner = Learner(page.main_frame)
        learner.go("story-mr-rahman")
        learner.find("mr-rahman")
        learner.press(page.locator(".situation:visible .choice").first)
        title, head = page.locator(".scenario h3").bounding_box(), page.locator(".top").bounding_box()
        assert title is not None
        assert head is not None
        assert title["y"] + title["height"] <= head["y"] + head["height"]


def test_on_a_desk_the_choices_are_of_one_height(opened_module: Open) -> None:
    with opened_module("may-have-died", 1280, 800) as page:
        learner = Learner(page.main_frame)
        learner.go("story-with-paper")
        learner.find("mr-doyle")
        heights = page.locator(".situation:visible .choice").evaluate_all("all => all.map(each => each.offsetHeight)")
        assert len(heights) == 3
        assert len(set(heights)) == 1


@pytest.mark.parametrize(("width", "height"), [(375, 667), (1280, 800)])
def test_who_speaks_does_so_from_the_picture(opened_module: Open, width: int, height: int) -> None:
    """The bubble reaches into the picture, before a choice as after it: so the choices stand higher."""
    with opened_module("may-have-died", width, height) as page:
        learner = Learner(page.main_frame)
        learner.go("story-with-paper")
        learner.find("mr-doyle")
        picture, bubble = page.locator(".stage img").bounding_box(), page.locator(".bubble:visible").bounding_box()
        assert picture is not None
        assert bubble is not None
        assert picture["y"] + picture["height"] - 40 < bubble["y"] < picture["y"] + picture["height"]
