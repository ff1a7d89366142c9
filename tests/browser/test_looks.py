"""What is seen in each window, at night and in colours of somebody's own choice: nothing cut, covered or lost."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from learner import Learner
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from scormpack.render.brand import contrast

ON_ITS_SIDE = (667, 375)
DESK = (1280, 800)
PHONE = (375, 812)
SMALL = (320, 568)
BEST = '.situation:visible li[data-rating="best"] > .choice'
# How many lines of text of an element begin at each place from the left.
COLUMNS = "each => new Set([...each.getClientRects()].map(({left}) => Math.round(left))).size"
# How many lines its text takes, wherever it is a box of its own.
LINES = """each => {
  const text = document.createRange();
  text.selectNodeContents(each);
  return new Set([...text.getClientRects()].map(({top}) => Math.round(top))).size;
}"""
IS_CUT = "each => each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight"

Open = Callable[..., Any]


def colour_of(element: Locator, name: str) -> str:
    """A colour as it is computed, as `#rrggbb`."""
    said = element.evaluate(f"each => getComputedStyle(each).{name}")
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", said)[:3])


def in_story(page: Page) -> Learner:
    """Someone at the first scene of a story that has a picture."""
    learner = Learner(page.main_frame)
    learner.go("story-mrs-lewis")
    learner.find("mrs-lewis")
    return learner


def apart(page: Page, one: str, other: str) -> bool:
    """Whether what is seen of two things shares no place."""
    first, second = (page.locator(each).filter(visible=True).first.bounding_box() for each in (one, other))
    assert first
    assert second
    return first["x"] + first["width"] <= second["x"] or first["y"] + first["height"] <= second["y"]


def test_on_a_phone_on_its_side_nobody_speaks_over_a_face(opened_module: Open) -> None:
    with opened_module("cannot-tell-you", *ON_ITS_SIDE) as page:
        learner = in_story(page)
        assert apart(page, ".scene img", ".telling")
        assert apart(page, ".scene img", BEST)
        learner.press(page.locator(BEST))
        assert apart(page, ".scene img", ".mine")
        expect(page.locator(".worth:visible")).to_be_in_viewport(ratio=0.99)


def test_on_a_phone_on_its_side_a_picture_leaves_room_for_what_is_said(opened_module: Open) -> None:
    with opened_module("cannot-tell-you", *ON_ITS_SIDE) as page:
        Learner(page.main_frame).go("behaviour-speaks")
        picture, words = page.locator("main figure:visible"), page.locator("main .prose p:visible").first
        expect(picture).to_be_in_viewport(ratio=0.99)
        expect(words).to_be_in_viewport(ratio=0.99)
        first_line_ends = words.evaluate(
            """words => {
              const range = document.createRange();
              range.selectNodeContents(words);
              return range.getClientRects()[0].right;
            }"""
        )
        box = picture.bounding_box()
        assert box
        assert first_line_ends <= box["x"]


def test_on_a_phone_on_its_side_no_answer_of_a_scale_stands_alone(opened_module: Open) -> None:
    with opened_module("cannot-tell-you", *ON_ITS_SIDE) as page:
        learner = Learner(page.main_frame)
        learner.go("before-you-start")
        learner.look_through()
        tops = page.locator(".scale label:visible").evaluate_all("all => all.map(each => each.offsetTop)")
        assert {tops.count(top) for top in tops} == {2}


def test_on_a_phone_on_its_side_the_reading_aids_are_seen_at_once(opened_module: Open) -> None:
    with opened_module("cannot-tell-you", *ON_ITS_SIDE) as page:
        Learner(page.main_frame).forward()
        page.locator(".reading summary").click()
        panel = page.locator(".reading-inside")
        expect(panel).to_be_in_viewport(ratio=1)
        assert not panel.evaluate(IS_CUT)


@pytest.mark.parametrize("window", [SMALL, PHONE, ON_ITS_SIDE], ids=["small", "phone", "on its side"])
def test_it_is_said_in_full_where_the_progress_is(opened_module: Open, window: tuple[int, int]) -> None:
    """The number of the page stands beside the contents."""
    with opened_module("may-have-died", *window) as page:
        Learner(page.main_frame).go("my-numbers")
        expect(page.locator(".standing")).to_have_text(re.compile("Saved on this device$"))
        assert not page.locator(".standing").evaluate(IS_CUT)
        expect(page.locator(".to-contents .at")).to_have_text("14 of 17")


def test_on_a_desk_no_step_of_a_card_goes_on_in_the_next_column(opened_module: Open) -> None:
    with opened_module("may-have-died", *DESK) as page:
        learner = Learner(page.main_frame)
        learner.go("call-stay-write")
        learner.find("arrive-may-have-died")
        learner.press(page.locator(".bar .next"))
        steps = page.locator(".card-back:visible li:visible")
        assert steps.count() == 6
        assert {step.evaluate(COLUMNS) for step in steps.all()} == {1}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_to_help_has_a_ground_of_its_own_in_a_story_too(opened_module: Open, scheme: str) -> None:
    with opened_module("cannot-tell-you", *DESK, color_scheme=scheme) as page:
        in_story(page)
        way = page.locator(".help summary")
        ground = colour_of(way, "backgroundColor")
        assert contrast(ground, colour_of(page.locator(".bar"), "backgroundColor")) >= 1.09
        assert contrast(ground, colour_of(way, "color")) >= 4.6


def test_no_gap_stands_before_a_comma_where_a_word_is_explained(opened_module: Open) -> None:
    with opened_module("leading-the-team", *DESK) as page:
        learner = Learner(page.main_frame)
        learner.go("before")
        page.locator("main a.term:visible", has_text="DNACPR").first.click()
        links = page.locator(".meaning a")
        assert links.count() == 2
        gap = links.first.evaluate(
            """link => {
              const words = document.createRange(), comma = document.createRange();
              words.selectNodeContents(link);
              comma.setStart(link.nextSibling, 0);
              comma.setEnd(link.nextSibling, 1);
              return comma.getBoundingClientRect().left - words.getBoundingClientRect().right;
            }"""
        )
        assert abs(gap) < 0.5
        sizes = links.evaluate_all(
            "all => all.map(each => each.getBoundingClientRect()).map(({width, height}) => [width, height])"
        )
        assert [size for size in sizes if min(size) < 44] == []


def test_a_button_that_waits_is_grey_in_forced_colours(opened_module: Open) -> None:
    with opened_module("cannot-tell-you", *DESK, forced_colors="active") as page:
        in_story(page)
        button = page.locator(".bar .next")
        expect(button).to_have_attribute("aria-disabled", "true")
        assert colour_of(button, "borderTopColor") == colour_of(button, "color")


@pytest.mark.parametrize(("window", "edge"), [(DESK, "0px"), (SMALL, "2px")], ids=["desk", "small"])
def test_the_contents_have_one_edge_in_forced_colours(
    opened_module: Open, window: tuple[int, int], edge: str
) -> None:
    """A column has its line already; a sheet has nothing else to stand out by."""
    with opened_module("cannot-tell-you", *window, forced_colors="active") as page:
        learner = Learner(page.main_frame)
        learner.forward()
        learner.open_contents()
        expect(page.locator(".contents-inside")).to_have_css("border-top-width", edge)


def test_at_night_no_picture_dazzles(opened_module: Open) -> None:
    with opened_module("after-the-death", *DESK, color_scheme="dark") as page:
        Learner(page.main_frame).go("last-care")
        picture = page.locator("figure img:visible")
        expect(picture).to_be_in_viewport()
        seen = Image.open(io.BytesIO(picture.screenshot())).convert("L")
        assert max(seen.tobytes()) <= 225


def test_what_can_be_pressed_and_what_is_sorted_have_an_edge_in_forced_colours(opened_module: Open) -> None:
    with opened_module("cannot-tell-you", *SMALL, forced_colors="active") as page:
        learner = Learner(page.main_frame)
        learner.go("slow-or-sudden-change")
        learner.find("sort-the-changes")
        page.locator(".help summary").click()
        edges = [
            page.locator(each).evaluate("each => parseFloat(getComputedStyle(each).borderTopWidth)")
            for each in (".sos", ".alone:visible legend")
        ]
        assert edges == [2, 2]


def test_on_a_desk_the_sign_of_a_step_stays_with_its_step(opened_module: Open) -> None:
    """It is as tall as a line, and a line that ends a column is no place to be cut in two."""
    with opened_module("cannot-tell-you", *DESK) as page:
        learner = Learner(page.main_frame)
        learner.go("slow-or-sudden-change")
        learner.find("suddenly-confused")
        learner.press(page.locator(".bar .next"))
        steps = page.locator(".card-back:visible ol li:visible")
        room = "each => each.getBoundingClientRect().height - parseFloat(getComputedStyle(each, '::before').height)"
        assert [step.evaluate(room) > -0.01 for step in steps.all()] == [True] * 6


def test_a_card_stands_out_from_its_ground_at_night(opened_module: Open) -> None:
    with opened_module("after-the-death", *DESK, color_scheme="dark") as page:
        learner = Learner(page.main_frame)
        learner.go("faith-and-time")
        learner.find("faith-and-culture")
        card = colour_of(page.locator(".card-front:visible"), "backgroundColor")
        assert contrast(card, colour_of(page.locator("body"), "backgroundColor")) >= 1.15


def test_on_a_desk_a_story_has_room_for_its_choices(opened_module: Open) -> None:
    with opened_module("after-the-death", *DESK) as page:
        learner = Learner(page.main_frame)
        learner.go("story-mr-rahman")
        learner.find("mr-rahman")
        choices = page.locator(".choice:visible")
        widths = choices.evaluate_all("all => all.map(each => each.clientWidth)")
        assert len(widths) == 3
        assert min(widths) >= 250
        for choice in choices.all():
            expect(choice).to_be_in_viewport(ratio=0.99)


def test_on_a_phone_on_its_side_no_number_lies_over_a_face(opened_module: Open) -> None:
    with opened_module("cannot-tell-you", *ON_ITS_SIDE) as page:
        in_story(page)
        assert apart(page, ".scene img", ".count")


def test_on_a_desk_each_answer_of_a_scale_is_one_line(opened_module: Open) -> None:
    with opened_module("cannot-tell-you", *DESK) as page:
        learner = Learner(page.main_frame)
        learner.go("before-you-start")
        learner.look_through()
        answers = page.locator(".scale .label:visible")
        assert answers.count() == 4
        assert {answer.evaluate(LINES) for answer in answers.all()} == {1}


def test_on_a_desk_a_tall_drawing_is_seen_whole(opened_module: Open) -> None:
    with opened_module("may-have-died", *DESK) as page:
        Learner(page.main_frame).go("what-answers-mean")
        expect(page.locator("main figure img:visible")).to_be_in_viewport(ratio=0.99)


def test_no_word_of_a_scale_is_broken_on_a_small_phone(opened_module: Open) -> None:
    with opened_module("leading-the-team", *SMALL) as page:
        learner = Learner(page.main_frame)
        learner.go("where-are-we-now")
        learner.look_through()
        answers = page.locator(".scale .label:visible", has_text="Partly")
        assert answers.count() > 2
        assert {answer.evaluate(LINES) for answer in answers.all()} == {1}


def test_a_number_to_call_stays_whole_on_a_small_phone(opened_module: Open) -> None:
    with opened_module("may-have-died", *SMALL) as page:
        learner = Learner(page.main_frame)
        learner.go("my-numbers")
        numbers = page.locator("main a.tel:visible")
        assert numbers.count() > 3
        assert {number.evaluate(LINES) for number in numbers.all()} == {1}


def test_an_address_breaks_before_a_dot_on_a_small_phone(opened_module: Open) -> None:
    with opened_module("leading-the-team", *SMALL) as page:
        Learner(page.main_frame).go("before-you-go")
        address = page.locator("main .contacts a:visible", has_text="thecareworkerscharity.org.uk")
        assert address.count() == 1
        tops = address.evaluate(
            """link => [...link.childNodes].filter(each => each.nodeType === Node.TEXT_NODE).map(each => {
              const part = document.createRange();
              part.selectNodeContents(each);
              return part.getClientRects().length;
            })"""
        )
        assert tops == [1, 1, 1]
