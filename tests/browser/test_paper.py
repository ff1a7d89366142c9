"""What comes out on paper: all that was written, and all that is closed on the screen."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from learner import Learner
from pdf import squeezed, words_of
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from test_notes import note, reading, wait_until_kept

from scormpack.batch import Built
from scormpack.lms.scorm import serve
from scormpack.package import read_zip

SENTENCES = {
    name: [f"{name} {number} is what I would say on a day like this." for number in range(60)]
    for name in ("Thought", "Plan")
}


def missing(pdf: bytes) -> list[str]:
    """What was written and is not on paper."""
    words = words_of(pdf)
    return [sentence for name in SENTENCES for sentence in SENTENCES[name] if squeezed(sentence) not in words]


def test_what_was_written_is_on_paper_to_its_last_word(alone: tuple[BrowserContext, str]) -> None:
    learner = reading(*alone)
    page = learner.frame.page
    learner.find("my-thoughts")
    note(learner).fill(" ".join(SENTENCES["Thought"]))
    learner.go("to-keep")
    page.locator("#my-plan").get_by_label("Before", exact=True).fill("\n".join(SENTENCES["Plan"]))
    assert missing(page.pdf()) == []
    assert missing(page.pdf()) == []
    page.emulate_media(media="screen")
    expect(page.locator("#my-plan").get_by_label("Before", exact=True)).to_be_visible()
    expect(page.locator(".written")).to_have_count(0)
    page.emulate_media(media="print")
    page.evaluate("window.print = () => {}")
    page.locator("#my-plan .print").evaluate("button => button.click()")
    paper = words_of(page.pdf())
    assert [one for one in SENTENCES["Plan"] if squeezed(one) not in paper] == []


def test_without_scripts_it_is_on_paper_as_well(every_block: dict[str, Built], scriptless: BrowserContext) -> None:
    with serve(read_zip(every_block["web"].path)) as url:
        page = scriptless.new_page()
        page.goto(f"{url}course/index.html")
        expect(page.locator("#my-thoughts .kept")).to_have_text(
            "This is not kept. It is gone when you close the page."
        )
        page.get_by_label("Your own note").fill(" ".join(SENTENCES["Thought"]))
        page.locator("#my-plan").get_by_label("Before", exact=True).fill("\n".join(SENTENCES["Plan"]))
        assert missing(page.pdf()) == []


def test_an_older_browser_prints_it_all_as_well(alone: tuple[BrowserContext, str]) -> None:
    """What is closed, and what does not fit into its field."""
    context, url = alone
    learner = reading(context, url)
    learner.find("my-thoughts")
    note(learner).fill(" ".join(SENTENCES["Thought"]))
    wait_until_kept(learner.frame, SENTENCES["Thought"][-1])
    paper = words_of(learner.frame.page.pdf())
    closed = ["I called the office.", "In danger, or not sure? Call now.", "You can show it when you can say yes to:"]
    assert [text for text in [*closed, *SENTENCES["Thought"]] if squeezed(text) not in paper] == []
    context.route("**/course-*.css", older)
    page = reading(context, url).frame.page
    page.locator(".help summary").click()
    before = page.locator("details[open]").count()
    assert Counter(words_of(page.pdf())) == Counter(paper)  # pages may end elsewhere
    page.emulate_media(media="screen")
    expect(page.locator("details[open]")).to_have_count(before)  # as the reader has left them


# The whole training


SHEET = re.compile(rb"/Type /Page\b")
HEIGHT = 261 / 25.4 * 96  # of a sheet of A4 inside its margins, in pixels
WIDTH = 174 / 25.4 * 96
WASTE = 1.2  # what is kept whole, a card or a picture, can leave something of a sheet empty


@pytest.fixture
def page(alone: tuple[BrowserContext, str]) -> Page:
    """The module with one of everything, opened and gone on in."""
    context, url = alone
    page = context.new_page()
    page.goto(f"{url}index.html")
    learner = Learner(page.main_frame, wrong=["what-helps", "say-no", "the-steps", "my-role"])
    learner.next()
    learner.do_page()
    learner.next()
    learner.do_page()
    return page


def on_paper(page: Page) -> list[str]:
    """The lines that the paper has, in their order."""
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return [" ".join(line.split()) for line in page.locator("body").inner_text().splitlines() if line.strip()]


def test_the_answers_stand_at_the_end_and_nowhere_else(page: Page) -> None:
    lines = on_paper(page)
    start = lines.index("Answers")
    answers = lines[start + 1 : lines.index("Get help now")]
    assert answers[:7] == [
        "Who do you call first?",
        "The number in the plan, at once",
        "Why: They can help you best.",
        "What helps?",
        "Listening",
        "Sitting down",
        "Why: Both help.",
    ]
    assert lines.index("About this training") < start
    assert sum(line.startswith("Why: ") for line in answers) == 7
    assert [line for line in lines[:start] if line.startswith(("Why: ", "Right", "Not right", "Not quite"))] == []
    assert "Yes, that is who can help." not in lines  # what was said of an answer
    assert "Look first, call second, write last." not in lines
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".answers")).to_have_count(0)


def test_a_question_has_no_marks_on_paper(page: Page) -> None:
    on_paper(page)
    expect(page.locator("#what-helps .option")).to_have_count(3)
    expect(page.locator("#what-helps .option").first).to_be_visible()
    styles = page.locator(".question :is(.option, .item, .pair)").evaluate_all(
        "all => [...new Set(all.map(each => getComputedStyle(each).border))]"
    )
    assert styles == ["1px solid rgb(153, 153, 153)"]


def test_the_paper_says_whose_training_it_is_and_what_each_page_is_called(page: Page) -> None:
    lines = on_paper(page)
    assert lines[:3] == ["Full Homecare", "Every block & “every” kind", "Where it starts"]
    titles = ["Some questions", "More questions", "A story", "To keep", "The end", "Word list", "About this training"]
    assert [line for line in lines if line in titles] == titles
    assert lines.index("Get help now") > lines.index("Answers")
    assert page.locator("header").evaluate("header => header.getBoundingClientRect().top + scrollY") == 0
    assert not {"Page 4 of 6", "My cards", "Still to come", "Back", "Next"} & set(lines)


def test_without_scripts_the_answers_stay_below_the_questions(
    every_block: dict[str, Built], scriptless: BrowserContext
) -> None:
    with serve(read_zip(every_block["web"].path)) as url:
        page = scriptless.new_page()
        page.goto(f"{url}course/index.html")
        paper = words_of(page.pdf())
        assert squeezed("Why: They can help you best.What helps?") not in paper
        assert paper.index(squeezed("They can help you best.")) < paper.index(squeezed("Saying no lets people down."))
        assert squeezed("My cards") not in paper


@pytest.mark.parametrize("module", ["families-and-boundaries", "may-have-died"])
def test_sheets_are_full(module: str, sample: dict[tuple[str, str, str], Built], browser: Browser) -> None:
    """A screen is no sheet: what is printed flows on, and only what is kept whole leaves something empty."""
    with serve(read_zip(sample[module, "willow-lane", "web"].path)) as url, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{url}course/index.html")
        page.locator(".bar .next").wait_for()
        sheets = len(SHEET.findall(page.pdf(format="A4")))
        page.set_viewport_size({"width": round(WIDTH), "height": round(HEIGHT)})
        on_paper(page)
        flow = page.evaluate("document.documentElement.getBoundingClientRect().height") / HEIGHT
        assert sheets <= flow * WASTE
        cards = page.locator("sp-card").evaluate_all("all => all.map(card => card.offsetHeight)")
        assert max(cards) < HEIGHT * 0.6


def older(route: Route) -> None:
    """The stylesheet as browsers read it before Chrome 123 and Safari 18.4."""
    answer = route.fetch()
    text, count = re.subn(r"details::details-content\{[^}]*\}|field-sizing:\s*content;?", "", answer.text())
    assert count == 2
    route.fulfill(response=answer, body=text)
