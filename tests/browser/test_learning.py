"""What stands beside the questions: listening, words, text size, notes, plans, media, certificate, printing."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from learner import Learner
from paths import EVERY_BLOCK
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect
from scorm import PHONE, Launcher, Platform
from stamps import plain
from test_page import COLOURS, SAMPLE_MODULES, axe

from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.lms.scorm import serve
from scormpack.package import read_zip

# A voice that says nothing and is done at once; `spoken` holds what it was given.
VOICE = """(voices) => {
  window.spoken = [];
  window.hold = false;
  const synthesis = new EventTarget();
  Object.assign(synthesis, {
    getVoices: () => voices,
    speak: utterance => {
      const mark = CSS.highlights?.get('sp-read');
      window.spoken.push([utterance.text, mark ? [...mark].join(' ') : '']);
      window.last = utterance;
      if (!window.hold) setTimeout(() => utterance.onend());
    },
    cancel: () => undefined,
  });
  Object.defineProperty(window, 'speechSynthesis', {value: synthesis, configurable: true});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""
ENGLISH = {"lang": "en-GB", "localService": True, "name": "English"}
PRINT = """() => { window.printed = []; window.print = () => {
  const sheet = document.querySelector('.printed');
  const lines = [...sheet.querySelectorAll('h1, dt, dd')].map(line => line.textContent.trim());
  const words = sheet.innerText.split('\\n').map(line => line.trim()).filter(Boolean);
  window.printed.push(sheet.querySelector('dl') ? lines : words);
  window.dispatchEvent(new Event('afterprint'));
}; }"""


@pytest.fixture
def course(every_block: dict[str, Built], platform: Launcher) -> Platform:
    """The module with one of everything."""
    return platform(every_block["scorm12"])


def opened(context: BrowserContext, address: str, voices: list[dict[str, Any]] | None = None) -> Page:
    page = context.new_page()
    if voices is not None:
        page.add_init_script(f"({VOICE})({json.dumps(voices)})")
    page.goto(address)
    return page


# Listen


def test_the_page_is_read_sentence_by_sentence_and_marked(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = opened(context, f"{url}index.html", [ENGLISH])
    Learner(page.main_frame).go("the-end")
    page.get_by_role("button", name="Listen").click()
    expect(page.get_by_role("button", name="Listen")).to_be_visible()  # it has come to the end
    spoken = page.evaluate("window.spoken")
    assert [text for text, _ in spoken][:7] == [
        "The end",
        "Key messages",
        "Be kind.",
        "Write it down.",
        "Ask for help.",
        "Your local details",
        "Office phone",
    ]
    assert [text for text, marked in spoken if marked.split() != text.split()] == []
    assert page.evaluate("CSS.highlights.has('sp-read')") is False


def test_listening_stops_and_goes_on_with_the_same_sentence(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = opened(context, f"{url}index.html", [ENGLISH])
    page.evaluate("window.hold = true")
    page.get_by_role("button", name="Listen").click()
    stop = page.get_by_role("button", name="Stop")
    expect(stop).to_have_attribute("aria-pressed", "true")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # nothing is half under the bar
    assert axe(page.main_frame) == []
    stop.click()
    page.get_by_role("button", name="Listen").click()
    assert [text for text, _ in page.evaluate("window.spoken")] == ["Where it starts", "Where it starts"]
    Learner(page.main_frame).next()
    expect(page.get_by_role("button", name="Listen")).to_be_visible()
    page.get_by_role("button", name="Listen").click()
    assert page.evaluate("window.spoken.at(-1)[0]") == "Some questions"


def test_what_has_made_room_is_not_read_and_what_has_come_is(alone: tuple[BrowserContext, str]) -> None:
    """Where a question goes through several things, the next takes the place of the one that was chosen for."""
    context, url = alone
    page = opened(context, f"{url}index.html", [ENGLISH])
    learner = Learner(page.main_frame)
    learner.go("more-questions")
    learner.find("my-role")
    things = page.locator("#my-role .item")
    page.evaluate("window.hold = true")
    page.get_by_role("button", name="Listen").click()
    first = str(things.filter(visible=True).locator("legend").text_content())
    things.filter(visible=True).locator(".choice").first.click()
    second = str(things.filter(visible=True).locator("legend").text_content())
    page.evaluate("() => { window.hold = false; window.last.onend(); }")
    expect(page.get_by_role("button", name="Listen")).to_be_visible()
    spoken = [text for text, _ in page.evaluate("window.spoken")]
    assert first not in spoken
    assert spoken[spoken.index(second) :] == [second, "My role", "Not my role"]


@pytest.mark.parametrize(
    "voices",
    [[], [{**ENGLISH, "localService": False}], [{**ENGLISH, "lang": "de-DE"}]],
    ids=["no voice", "a voice from the network", "another language"],
)
def test_without_a_voice_of_the_device_nothing_is_offered(
    alone: tuple[BrowserContext, str], voices: list[dict[str, Any]]
) -> None:
    context, url = alone
    page = opened(context, f"{url}index.html", voices)
    expect(page.locator(".listen")).to_be_hidden()


# Reading


def test_text_size_and_less_movement_are_kept(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = opened(context, f"{url}index.html")
    usual = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.locator(".reading summary").click()
    page.get_by_label("Largest").check()
    page.get_by_label("Less movement").check()
    page.close()
    page = opened(context, f"{url}index.html")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 2 * usual
    assert page.evaluate("document.documentElement.classList.contains('calm')")
    page.locator(".reading summary").click()
    expect(page.get_by_label("Largest")).to_be_checked()
    assert axe(page.main_frame) == []


def test_a_word_opens_its_meaning_in_a_sheet(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = opened(context, f"{url}index.html")
    Learner(page.main_frame).go("to-keep")
    word = page.get_by_role("button", name="care plan")
    expect(word).to_have_count(1)  # the second time it stands there it is plain
    word.click()
    meaning = page.get_by_role("dialog", name="care plan")
    expect(meaning).to_contain_text("What care a person gets and how.")
    expect(meaning).to_be_focused()
    expect(word).to_have_attribute("aria-expanded", "true")
    assert axe(page.main_frame) == []
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    expect(word).to_be_focused()
    for key in ("Enter", "Space"):
        word.press(key)
        expect(meaning).to_be_visible()
        meaning.get_by_role("button", name="Close").click()
        expect(meaning).to_be_hidden()
    word.click()
    page.locator("h1").click()  # a tap outside
    expect(meaning).to_be_hidden()
    assert page.url.endswith("index.html")


def test_the_contents_say_how_long_it_still_takes(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    learner = Learner(opened(context, f"{url}index.html").main_frame)
    left = learner.frame.locator(".contents .left")
    expect(left).to_have_text("About 5 minutes")
    told = []
    while learner.here() != "result":
        learner.do_page()
        learner.next()
        told.append(str(left.text_content()))
    minutes = [int(match[1]) for text in told if (match := re.search(r"(\d+) min", text))]
    assert minutes == sorted(minutes, reverse=True)
    assert minutes[-1] == 1
    assert told[0].startswith("1 of 6 done")
    assert told[-1] == "All done"


def test_what_stands_beside_the_course_is_no_page_of_it(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.next()
    learner.go("about")
    expect(learner.frame.locator(".bar .next")).to_have_text("Back")
    expect(learner.frame.locator("#about")).to_contain_text("Educators should test what they build.")
    learner.go("words")
    learner.press(learner.frame.locator(".back"))
    assert learner.here() == "questions"
    learner.exit()
    assert course.record["cmi.core.lesson_location"] == "questions"
    again = course.launch()
    expect(again.locator(".welcome-back p")).to_have_text("You were on this page: Some questions")


# Notes, plans, recommendations


def test_ticks_and_plans_stay_on_the_device(course: Platform) -> None:
    learner = course.learner(course.launch())
    learner.go("to-keep")
    frame = learner.frame
    frame.get_by_label("The call bell is in reach").check()
    frame.get_by_label("Before", exact=True).fill("Breathe out")
    frame.get_by_label("By when", exact=True).first.fill("Friday")
    learner.find("where-are-we")
    frame.get_by_role("group", name="Educators should test what they build.").get_by_label("Partly").check()
    learner.exit()
    again = course.learner(course.launch())
    again.go("to-keep")
    frame = again.frame
    expect(frame.get_by_label("The call bell is in reach")).to_be_checked()
    expect(frame.get_by_label("Before", exact=True)).to_have_value("Breathe out")
    expect(frame.get_by_label("By when", exact=True).first).to_have_value("Friday")
    expect(frame.get_by_label("Partly")).to_be_checked()
    again.exit()
    told = json.dumps([call.arguments for session in course.sessions for call in session])
    assert not [word for word in ("Breathe", "Friday", "artly", "before-you-leave") if word in told]
    assert course.check() == []


def test_recommendations_become_a_plan_to_print(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = opened(context, f"{url}index.html")
    page.evaluate(PRINT)
    learner = Learner(page.main_frame)
    learner.go("to-keep")
    learner.find("where-are-we")
    block = page.locator("#where-are-we")
    expect(block.get_by_label("Who will do it")).to_be_hidden()
    block.get_by_label("Met", exact=True).check()
    expect(block.locator(".tally")).to_have_text("Met: 1 of 1. To plan: 0.")
    expect(block.get_by_label("Who will do it")).to_be_hidden()
    block.get_by_label("Not yet").check()
    expect(block.get_by_role("status")).to_have_text("Met: 0 of 1. To plan: 1.")
    block.get_by_label("Who will do it").fill("Sam")
    block.get_by_label("By when").fill("1 March")
    assert axe(page.main_frame) == []
    block.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == [
        [
            "Where are you now?",
            "Educators should test what they build.",
            "Not yet",
            "Who will do it",
            "Sam",
            "By when",
            "1 March",
            "How we will show it",
            "",
        ]
    ]
    expect(page.locator(".printed")).to_have_count(0)


def test_a_plan_is_saved_as_a_file(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = opened(context, f"{url}index.html")
    Learner(page.main_frame).go("to-keep")
    page.locator("#our-plan").get_by_label("Who").fill("Sam")
    with page.expect_download() as download:
        page.locator("#our-plan").get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename == "our-plan.txt"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.splitlines() == ["Our plan", "", "First thing: Who: Sam", "First thing: By when: "]


# Media


def test_media_load_only_when_they_are_played(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(plain(request.url.removeprefix(url))))
    page.goto(f"{url}index.html")
    Learner(page.main_frame).go("to-keep")
    expect(page.get_by_text("30 seconds, 2 kB. It plays only when you start it.")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert "media/tone.mp3" not in asked
    assert "media/film.webm" not in asked
    for kind in ("audio", "video"):
        seconds = page.locator(kind).evaluate(
            """media => media.play().then(() => new Promise(done => {
              media.ontimeupdate = () => done(media.duration);
            }))"""
        )
        assert seconds > 0.5
    assert "media/tone.mp3" in asked
    cues = page.locator("video").evaluate(
        """video => new Promise(done => {
          const tell = () => done([...video.textTracks[0].cues].map(cue => cue.text));
          const track = video.querySelector('track');
          track.readyState === 2 ? tell() : track.addEventListener('load', tell);
        })"""
    )
    assert cues == ["A light moves across the room."]
    page.get_by_text("Read it instead").first.click()
    expect(page.get_by_text("I called the office.")).to_be_visible()


def test_the_next_pages_pictures_are_fetched_ahead(
    sample: dict[tuple[str, str, str], Built], browser: Browser
) -> None:
    context = browser.new_context(viewport=PHONE)
    with serve(read_zip(sample["notice-report-record", "willow-lane", "web"].path)) as url:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(plain(request.url.removeprefix(f"{url}course/"))))
        page.goto(f"{url}course/index.html")
        learner = Learner(page.main_frame)
        learner.next()
        learner.next()
        page.wait_for_load_state("networkidle")
        assert "media/who-to-call.svg" not in asked
        with page.expect_request("**/who-to-call-*.svg"):
            learner.next()  # it stands on the page after this one
        assert learner.here() == "what-to-notice"
    context.close()


# The certificate


def test_the_certificate_names_the_learner_and_the_day(course: Platform) -> None:
    learner = course.learner(course.launch(api="memory", elements={"cmi.core.student_name": "Bello, Ada"}))
    learner.take()
    frame = learner.frame
    frame.evaluate(PRINT)
    frame.get_by_role("button", name="Print or save your certificate").click()
    today = datetime.datetime.now().astimezone()
    assert frame.evaluate("window.printed") == [
        [
            "Full Homecare",
            "Certificate of learning",
            "This says that",
            "Ada Bello",
            "has finished the learning",
            "Every block & “every” kind",
            f"{today.day} {today:%B %Y} 5 minutes · version 1.2.3",
            "It shows what was learned here. It does not show that someone is able to do a task.",
        ]
    ]
    assert axe(frame) == []


def test_without_a_name_there_is_a_line_to_write_it_on(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    learner = Learner(opened(context, f"{url}index.html").main_frame)
    learner.go("result")
    expect(learner.frame.locator(".result-verdict")).to_have_text("You have made a start. 6 things are left.")
    expect(learner.frame.locator(".certificate")).to_be_hidden()
    learner.go("start")
    learner.take()
    expect(learner.frame.locator(".certificate-name")).to_have_text("Your name")


def test_the_certificate_keeps_its_day(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = opened(context, f"{url}index.html")
    Learner(page.main_frame).take()
    page.close()
    later = context.new_page()
    later.clock.install(time=datetime.datetime(2031, 5, 1, 12))
    later.goto(f"{url}index.html")
    later.locator('.welcome-back [value="on"]').click()
    today = datetime.datetime.now().astimezone()
    expect(later.locator(".certificate-date")).to_have_text(f"{today.day} {today:%B %Y}")


def test_only_a_sheet_is_printed(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = opened(context, f"{url}index.html")
    Learner(page.main_frame).go("to-keep")
    page.evaluate("window.print = () => {}")  # as on a phone, where it comes back at once
    page.locator("#my-plan").get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    expect(page.locator(".printed h1")).to_have_text("My plan")
    expect(page.locator("#to-keep")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#the-end")).to_be_visible()  # the whole course, every page of it
    expect(page.get_by_text("I called the office.")).to_be_visible()  # paper cannot be opened
    expect(page.locator(".bar .next")).to_be_hidden()
    expect(page.locator(".help-inside")).to_be_visible()


# With a finger


def test_steps_can_be_dragged(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    page = opened(context, f"{url}index.html")
    page.set_viewport_size({"width": 375, "height": 2000})
    learner = Learner(page.main_frame)
    learner.go("more-questions")
    learner.find("the-steps")
    learner.give("the-steps", "bca")
    steps = page.locator("#the-steps .steps li")
    start, end = steps.nth(0).locator(".grip").bounding_box(), steps.nth(2).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, end["y"] + end["height"] - 2, steps=8)
    page.mouse.up()
    assert [step.get_attribute("data-key") for step in steps.all()] == ["c", "a", "b"]
    expect(steps.nth(2).get_by_role("button")).to_have_accessible_name("Step 3: Call. Take it back")


# In an order of one's own


def orders(learner: Learner) -> dict[str, list[str | None]]:
    """What each of these questions offers, by its letters, as it is shown."""
    found = {}
    for page, question in (
        ("questions", "who-first"),
        ("questions", "what-helps"),
        ("more-questions", "say-no"),
        ("more-questions", "my-role"),
        ("more-questions", "who-does-what"),
    ):
        learner.go(page)
        learner.find(question)
        parts = learner.element(question).locator(".option, .item, .item:nth-of-type(2) .choice")
        found[question] = [part.get_attribute("data-key") for part in parts.all()]
    return found


def test_a_learner_sees_an_order_of_their_own_and_the_same_each_time(
    every_block: dict[str, Built], platform: Launcher
) -> None:
    def seen(device: Platform, learner: str) -> dict[str, list[str | None]]:
        return orders(device.learner(device.launch(api="memory", elements={"cmi.core.student_id": learner})))

    one_phone, another = platform(every_block["scorm12"]), platform(every_block["scorm12"])
    ada, finn = seen(one_phone, "ada"), seen(one_phone, "finn")
    assert seen(one_phone, "ada") == seen(another, "ada") == ada
    for question in ("what-helps", "my-role", "who-does-what"):
        assert ada[question] != finn[question]
    assert ada["who-first"] == finn["who-first"] == ["a", "b", "c"]  # as its author wants it
    assert ada["say-no"] == finn["say-no"] == ["t", "f"]


def test_where_nobody_is_named_the_device_remembers_the_order(alone: tuple[BrowserContext, str]) -> None:
    context, url = alone
    first = orders(Learner(opened(context, f"{url}index.html").main_frame))
    page = opened(context, f"{url}index.html")
    page.locator('.welcome-back [value="on"]').click()
    assert orders(Learner(page.main_frame)) == first


def test_nothing_moves_under_a_thumb_when_the_platform_comes_late(course: Platform) -> None:
    learner = Learner(course.launch_late(elements={"cmi.core.student_id": "bo"}))
    learner.next()
    learner.find("what-helps")
    options = learner.element("what-helps").locator(".option")

    def shown() -> list[str | None]:
        return [option.get_attribute("data-key") for option in options.all()]

    assert shown() == ["a", "b", "c"]
    course.come()
    expect(learner.frame.locator(".sign")).not_to_have_attribute("data-sign", "connecting")
    assert shown() == ["a", "b", "c"]
    learner.give("what-helps", "ac")
    learner.go("start")
    learner.next()
    learner.find("what-helps")
    assert shown() != ["a", "b", "c"]
    learner.check()
    expect(learner.element("what-helps")).to_have_class(re.compile("is-right"))


# For screen readers


SPOKEN = {
    "#who-first": """
        - group "Question Who do you call first?":
          - paragraph: Choose one answer. You need this one right to pass.
          - radio "Nobody at all"
          - text: Nobody at all
          - radio "The number in the plan, at once"
          - text: The number in the plan, at once
          - radio "A friend who knows a lot"
          - text: A friend who knows a lot
        """,
    "#the-steps": """
        - group "Question Put the steps in order.":
          - list "Your order":
            - listitem: Tap what comes next
          - list "Still to place":
            - listitem:
              - button "Look. Make it step 1": Look
        - status
        """,
    "#my-role": """
        - group "Question Is it my role?":
          - paragraph: 1 of 3
          - group /^(Listen|Report|Give an injection)$/:
            - button "My role"
            - button "Not my role"
        - status
        """,
    "#who-does-what": """
        - group "Question Who does what?":
          - paragraph: 1 of 3
          - group "Nurse":
            - button /^(Gives the injection|Plans your visits|Notice and report)$/
        - status
        """,
    "#how-sure": """
        - group "How sure are you? How sure are you that you know who to call?":
          - radio "Not sure at all"
          - radio "Very sure"
        - status
        """,
    "#the-story": """
        - heading "What would you do? Just this once" [level=3]
        - figure:
          - img "A dot on the wall"
        - heading "Scene 1 of 2" [level=4]
        - paragraph: "The nurse: “Put this on tonight.”"
        - paragraph: The nurse asks you to do something new.
        - list:
          - listitem:
            - button "Do it."
        """,
    "#before-you-leave": """
        - heading "Checklist Before you leave" [level=3]
        - list:
          - listitem:
            - checkbox "The call bell is in reach"
        - paragraph:
          - button "Print"
          - button "Save as a file"
          - button "Clear what I wrote"
        """,
    "#our-plan": """
        - heading "Your plan Our plan" [level=3]
        - group "First thing":
          - textbox "Who"
          - textbox "By when"
        """,
    "#where-are-we": """
        - group "Educators should test what they build.":
          - radio "Met"
          - radio "Partly"
          - radio "Not yet"
        - status
        """,
    "#help-card": """
        - heading "What if…? Help" [level=3]
        - paragraph: What if I need help?
        """,
    "#my-thoughts": """
        - textbox "Your own note"
        """,
    "#group-talk": """
        - heading "Slides A talk for a group" [level=3]
        - list:
          - listitem:
            - heading "Welcome" [level=4]
            - list:
              - listitem: We listen.
              - listitem: Nobody has to speak.
            - group: Notes for you (5 min)
        """,
    "figure:has(audio)": """
        - figure "Listen Joy tells 30 seconds, 2 kB. It plays only when you start it.":
          - paragraph: Joy says what helped her.
          - group: Read it instead
        """,
    "#the-end .pause": """
        - heading "A pause for you" [level=3]
        """,
    "#the-end .key-messages": """
        - heading "Key messages" [level=3]
        - list:
          - listitem: Be kind.
          - listitem: Write it down.
          - listitem: Ask for help.
        """,
    "#start .notice": """
        - note:
          - paragraph: This part talks about dying and death.
          - button "Leave it for now"
        """,
    "#start figure": """
        - figure "A dot.":
          - img "A small dot"
        """,
}


@pytest.fixture(scope="module")
def listener(every_block: dict[str, Built], browser: Browser) -> Iterator[Learner]:
    """Someone who goes through the course and touches nothing."""
    with serve(read_zip(every_block["web"].path)) as url, browser.new_context(viewport=PHONE) as context:
        yield Learner(opened(context, f"{url}course/index.html").main_frame)


@pytest.mark.parametrize("block", SPOKEN)
def test_roles_and_names(listener: Learner, block: str) -> None:
    found = listener.frame.locator(block)
    listener.go(str(found.evaluate("block => block.closest('.page').id")))
    while not found.is_visible():
        listener.forward()
    expect(found).to_match_aria_snapshot(SPOKEN[block])


# Right to left


def test_a_language_from_right_to_left(browser: Browser, tmp_path: Path, every_block_in_arabic: Path) -> None:
    (built,) = build_all(plan(load_library(every_block_in_arabic), today(), targets=["web"]), tmp_path / "out")
    assert isinstance(built, Built)
    for width in (320, 1280):
        context = browser.new_context(viewport={"width": width, "height": 800})
        with serve(read_zip(built.path)) as url:
            learner = Learner(opened(context, f"{url}course/index.html").main_frame)
            assert learner.frame.evaluate("getComputedStyle(document.body).direction") == "rtl"
            while learner.here() != "result":
                learner.do_page()
                if learner.here() == "questions":
                    assert is_left_of(learner.frame, ".aids", ".now")
                    assert is_left_of(learner.frame, ".bar .next", ".help")
                assert learner.frame.evaluate("document.documentElement.scrollWidth") <= width, learner.here()
                assert learner.frame.evaluate("document.scrollingElement.scrollLeft") == 0
                assert axe(learner.frame) == []
                learner.next()
        context.close()


def is_left_of(frame: Frame, one: str, other: str) -> bool:
    left = "selector => document.querySelector(selector).getBoundingClientRect().left"
    return bool(frame.evaluate(left, one) < frame.evaluate(left, other))


@pytest.fixture
def every_block_in_arabic(tmp_path: Path) -> Path:
    """The library for tests, declared to be in a language that is written from right to left."""
    folder = tmp_path / "library"
    shutil.copytree(EVERY_BLOCK, folder)
    module = folder / "every-block" / "module.yaml"
    module.write_text(module.read_text(encoding="utf-8") + "language: ar\n", encoding="utf-8")
    return folder


# For groups


@pytest.mark.parametrize("module", SAMPLE_MODULES)
def test_the_guide_for_groups(module: str, sample: dict[tuple[str, str, str], Built], browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme="light")
    with serve(read_zip(sample[module, "willow-lane", "web"].path)) as url, context:
        page = opened(context, f"{url}course/facilitator.html")
        expect(page.get_by_role("heading", level=1)).to_have_text("Guide for the person who leads a group")
        assert page.locator(".slide-notes").count() == page.locator(".slide-notes[open]").count() >= 6
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert axe(page.main_frame) == []
        page.emulate_media(color_scheme="dark")
        assert axe(page.main_frame, COLOURS) == []
