"""What comes out on paper: all that was written, and all that is closed on the screen."""

from __future__ import annotations

import re
from collections import Counter

from pdf import squeezed, words_of
from playwright.sync_api import BrowserContext, Route, expect
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
    assert [one for one in SENTENCES["Plan"] if squeezed(one) not in words_of(page.pdf())] == []


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


def older(route: Route) -> None:
    """The stylesheet as browsers read it before Chrome 123 and Safari 18.4."""
    answer = route.fetch()
    text, count = re.subn(r"details::details-content\{[^}]*\}|field-sizing:\s*content;?", "", answer.text())
    assert count == 2
    route.fulfill(response=answer, body=text)
