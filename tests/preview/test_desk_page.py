"""The preview's own page in Chromium: what it shows, every button, keys, small screens, and a lost server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from scorm import DESKTOP
from test_page import COLOURS, TAGS, axe

from preview.pretended import Pretended, entry, finding, module, trouble

pytestmark = pytest.mark.browser
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture
def server() -> Iterator[Pretended]:
    """A preview that says what the test wants."""
    pretended = Pretended()
    yield pretended
    pretended.close()


@pytest.fixture
def course(server: Pretended, page: Page) -> Page:
    """The page of a course, with the course in its frame."""
    return opened(server, page)


def opened(server: Pretended, page: Page, query: str = "") -> Page:
    page.goto(f"{server.address}/m/hands{query}")
    expect(place(page)).to_have_text("begin 0")
    return page


def place(page: Page) -> Locator:
    """Where the learner is."""
    return page.frame_locator("iframe").locator("#place")


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("tab", name=name)


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True).and_(page.locator(":visible"))


def choice(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=label, exact=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def lines(page: Page) -> Locator:
    return page.locator(".entry")


def is_at_end(page: Page) -> bool:
    return bool(
        page.locator(".entries").evaluate("list => list.scrollHeight - list.scrollTop - list.clientHeight < 2")
    )


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


# The library


def test_the_library_says_how_each_module_stands(server: Pretended, page: Page) -> None:
    server.library["modules"] = [
        module("hands", "Clean hands", errors=2, warnings=1, notes=3, comments=4),
        module("feet", "Feet", warnings=0),
        module("late", "Late", known=False),
        module("bad", "bad", readable=False, version="", minutes=None, findings=[finding()]),
    ]
    page.goto(server.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sample library")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(5)
    cells = [[re.sub(r"\s+", " ", cell) for cell in row.locator("td").all_inner_texts()] for row in rows.all()[:4]]
    assert cells == [
        ["✕ 2 errors ! 1 warning i 3 notes ✎ 4 comments", "12 min", "1.0.0"],
        ["✓ Ready", "12 min", "1.0.0"],
        ["Being checked", "12 min", "1.0.0"],
        ["✕ Cannot be read", "", ""],
    ]
    assert rows.nth(4).locator(".excerpt").inner_text() == "promt: Which of these do you do first?\n^^^^^"


def test_a_module_is_found_and_opened_for_whom_it_is_chosen(server: Pretended, page: Page) -> None:
    page.goto(server.address)
    field(page, "Find a module").fill("HAND")
    expect(page.get_by_role("link", name="Feet")).to_be_hidden()
    expect(page.locator(".found")).to_have_text("1 module")
    choice(page, "Provider").select_option("harbour")
    choice(page, "Target").select_option("xapi")
    assert page.url == f"{server.address}/?provider=harbour&target=xapi"
    page.reload()
    expect(choice(page, "Provider")).to_have_value("harbour")
    page.get_by_role("link", name="Clean hands").click()
    expect(place(page)).to_have_text("begin 0")
    assert page.url == f"{server.address}/m/hands?provider=harbour&target=xapi"
    assert [(path, body["provider"], body["target"]) for path, body in server.heard] == [
        ("/api/runs", "harbour", "xapi")
    ]


def test_what_is_wrong_with_the_library_as_a_whole_is_in_sight_if_it_is_an_error(
    server: Pretended, page: Page
) -> None:
    server.library["findings"] = [finding("LNK-04", "info")]
    page.goto(server.address)
    about = page.locator(".of-library")
    expect(about.locator("summary")).to_contain_text("1 note")
    expect(about.locator("li")).to_be_hidden()
    server.library["findings"] = [finding("SRC-01")]
    server.tell()
    expect(about.locator("li")).to_contain_text("SRC-01")


def test_a_package_that_somebody_has_is_one_click_away(server: Pretended, page: Page) -> None:
    server.library.update(zip="other.zip", title="other.zip", modules=[], providers=[], targets=[])
    page.goto(server.address)
    page.get_by_role("link", name="other.zip").click()
    expect(place(page)).to_have_text("begin 0")
    expect(choice(page, "Provider").or_(choice(page, "Target"))).to_have_count(0)  # it is what it is
    assert [body["subject"] for _, body in server.heard] == ["zip"]


# How the course is shown


def test_the_choice_is_kept_in_the_address(server: Pretended, course: Page) -> None:
    for name in ("Tablet", "Turned", "Dark", "Forced colours", "Less movement", "Large text"):
        field(course, name).check()
    choice(course, "Provider").select_option("harbour")
    query = "?provider=harbour&frame=tablet&turned=1&scheme=dark&forced=1&calm=1&large=1"
    assert course.url == f"{server.address}/m/hands{query}"
    course.reload()
    expect(place(course)).to_have_text("begin 0")
    expect(field(course, "Tablet")).to_be_checked()
    expect(field(course, "Forced colours")).to_be_checked()
    assert server.hears("/api/runs") == {
        "subject": "hands",
        "provider": "harbour",
        "target": "",
        "learner": "",
        "mode": "normal",
        "platform": "",
        "appearance": {"scheme": "dark", "forced": True, "calm": True, "large": True},
    }


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("", (375, 667)),
        ("?frame=tablet", (768, 1024)),
        ("?frame=wide", (1280, 800)),
        ("?frame=phone&turned=1", (667, 375)),
    ],
)
def test_the_course_has_the_pixels_of_its_device(
    server: Pretended, page: Page, query: str, size: tuple[int, int]
) -> None:
    opened(server, page, query)
    assert page.frames[1].evaluate("[innerWidth, innerHeight]") == list(size)
    said = page.locator(".scale").inner_text()
    found = re.fullmatch(rf"{size[0]} × {size[1]}(?: at (\d+) %)?", said)
    assert found, said
    box = page.locator(".holder").bounding_box()
    room = page.locator(".stage").bounding_box()
    assert box
    assert room
    assert box["width"] == pytest.approx(size[0] * int(found[1] or 100) / 100, abs=size[0] / 150)
    assert room["x"] <= box["x"]
    assert box["y"] + box["height"] <= room["y"] + room["height"]


@pytest.mark.parametrize("width", [1280, 1024])
def test_what_stands_above_the_course_stands_in_one_line(server: Pretended, page: Page, width: int) -> None:
    title = "Your role when someone is dying at home, and whom you call at night"
    server.library["targets"][0]["name"] = "SCORM 2004 4th Edition"
    page.set_viewport_size({"width": width, "height": 800})
    opened(server, page)
    server.tell(title=title, guide=f"{server.platform.address}/guide")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    height = "node => node.getBoundingClientRect().height / parseFloat(getComputedStyle(node).lineHeight)"
    assert [round(page.locator(f".top {part}").evaluate(height)) for part in (".back", "h1", ".version")] == [1, 1, 1]
    assert sideways(page) == 0


def test_the_course_cannot_lead_the_page_elsewhere(course: Page) -> None:
    allowed = course.locator("iframe").get_attribute("sandbox")
    assert allowed
    assert "allow-scripts allow-same-origin" in allowed
    assert "top-navigation" not in allowed


def test_a_course_that_is_not_there_is_said(server: Pretended, page: Page) -> None:
    server.refuses = "there is no module `hnads`"
    page.goto(f"{server.address}/m/hnads")
    expect(page.locator(".problem")).to_have_text("there is no module `hnads`")


def test_what_others_wrote_never_becomes_markup(server: Pretended, page: Page) -> None:
    server.library["title"] = MARKUP
    server.tell(
        title=MARKUP,
        entries=[entry(1, MARKUP, given=[MARKUP], answer=MARKUP, trouble=MARKUP)],
        data=[[MARKUP, MARKUP]],
        state={"text": MARKUP, "size": 9, "limit": None},
        findings=[finding(message=MARKUP, excerpt=MARKUP, hint=MARKUP, reason=MARKUP)],
        troubles=[trouble(MARKUP, MARKUP)],
        comments=[comment(text=MARKUP, name=MARKUP, quote=MARKUP)],
    )
    opened(server, page)
    expect(lines(page)).to_have_count(1)
    page.goto(server.address)
    expect(page.get_by_role("heading", level=1)).to_have_text(MARKUP)
    assert page.locator("img").count() == 0


# A save


def test_a_save_shows_at_once_where_the_learner_was(server: Pretended, course: Page) -> None:
    course.frame_locator("iframe").get_by_role("button", name="Next").click()
    expect(place(course)).to_have_text("begin 1")
    with course.expect_response("**/r1/**"):
        server.tell(stamp="b")
    expect(course.locator(".heard")).to_have_text("Saved. Nothing is wrong.")
    expect(place(course)).to_have_text("begin 1")
    assert server.launches == 2


def test_many_saves_leave_nothing_behind(server: Pretended, course: Page) -> None:
    counter = course.context.new_cdp_session(course)

    def documents() -> int:
        counter.send("HeapProfiler.collectGarbage")
        return int(counter.send("Memory.getDOMCounters")["documents"])

    before = documents()
    for number in range(50):
        with course.expect_response("**/r1/"):
            server.tell(stamp=f"save-{number}")
    expect(place(course)).to_have_text("begin 0")
    assert server.launches == 51
    assert documents() <= before + 1  # the browser itself may still hold the last


def test_nothing_is_loaded_again_without_a_save(server: Pretended, course: Page) -> None:
    server.tell(entries=[entry(1)])
    expect(lines(course)).to_have_count(1)
    assert server.launches == 1


def test_a_broken_save_is_told_over_the_course_until_it_is_mended(server: Pretended, course: Page) -> None:
    server.tell(stale=True, findings=[finding(), finding("ACC-02", "warning")])
    over = course.locator(".over")
    expect(over).to_be_visible()
    expect(over.locator("li")).to_have_count(1)
    for words in ("FRM-02", "hands/pages/when.md:5:1", "Did you mean prompt?", "the learner misses it"):
        expect(over).to_contain_text(words)
    assert over.locator(".excerpt").inner_text() == "promt: Which of these do you do first?\n^^^^^"
    expect(course.locator(".heard")).to_have_text("Saved. 1 error, 1 warning.")
    press(course, "Put aside")
    expect(over).to_be_hidden()
    press(course, "Show what is to be mended")
    expect(over).to_be_visible()
    press(course, "Put aside")
    server.tell(findings=[finding("QUZ-01")])
    expect(over).to_contain_text("QUZ-01")
    with course.expect_response("**/r1/"):
        server.tell(stale=False, findings=[finding("ACC-02", "warning")], stamp="b")
    expect(over).to_be_hidden()
    expect(tab(course, "Findings 1 warning")).to_be_visible()
    assert server.launches == 2


# What the learner does


def test_leaving_and_coming_back_lets_the_course_find_its_place(server: Pretended, course: Page) -> None:
    course.frame_locator("iframe").get_by_role("button", name="Next").click()
    expect(place(course)).to_have_text("begin 1")
    press(course, "Leave and come back")
    expect(place(course)).to_have_text("begin 0")
    assert server.launches == 2


def test_a_closed_tab_can_be_opened_again(server: Pretended, course: Page) -> None:
    press(course, "Close the tab")
    expect(course.get_by_text("The tab is closed.")).to_be_visible()
    expect(course.frame_locator("iframe").locator("body")).to_have_text("Closed.")
    expect(course.get_by_role("button", name="Open again")).to_be_focused()
    course.keyboard.press("Enter")
    expect(place(course)).to_have_text("begin 0")
    expect(course.get_by_text("The tab is closed.")).to_be_hidden()
    assert server.launches == 2


def test_a_new_learner_begins_with_an_empty_record(server: Pretended, course: Page) -> None:
    server.tell(entries=[entry(1), entry(2)])
    expect(lines(course)).to_have_count(2)
    course.frame_locator("iframe").get_by_role("button", name="Next").click()
    expect(place(course)).to_have_text("begin 1")
    with course.expect_response("**/forget"):
        press(course, "New learner")
    expect(course.locator(".before")).to_have_text("No call so far.")
    assert server.hears("/api/runs/r1/forget") == {}
    server.tell(entries=[entry(1, "LMSInitialize")], stamp="b", record=1)
    expect(lines(course)).to_have_count(1)
    expect(place(course)).to_have_text("begin 0")
    expect(course.locator(".heard")).to_be_empty()  # nothing was saved


def test_somebody_else_can_begin_anew_in_another_browser(server: Pretended, course: Page) -> None:
    server.tell(entries=[entry(1), entry(2)])
    expect(lines(course)).to_have_count(2)
    server.tell(entries=[entry(1, "LMSInitialize")], record=1)
    expect(lines(course)).to_have_count(1)
    expect(lines(course)).to_contain_text("LMSInitialize")


def test_another_mode_and_another_platform_are_asked_for(server: Pretended, course: Page) -> None:
    server.tell(platforms=[{"id": "", "name": "A careful platform"}, {"id": "moodle", "name": "Moodle"}])
    choice(course, "Mode").select_option("review")
    choice(course, "Platform").select_option("moodle")
    assert course.url == f"{server.address}/m/hands?mode=review&platform=moodle"
    expect(choice(course, "Platform")).to_have_value("moodle")
    server.hears("/api/runs", mode="review", platform="moodle")


# Trouble on purpose


def test_trouble_is_made_and_ended_by_the_platforms_name(server: Pretended, course: Page) -> None:
    server.tell(troubles=[trouble("m"), trouble("i", "ILIAS")])
    opener = course.locator(".make-trouble")
    opener.click()
    panel = course.get_by_role("region", name="Make trouble")
    expect(panel.get_by_role("group", name="ILIAS")).to_contain_text("It says that all is saved, and nothing is.")
    expect(panel.get_by_label("As Moodle does when the signal goes")).to_be_focused()
    with course.expect_response("**/api/runs/r1/trouble"):
        panel.get_by_label("As ILIAS does when the signal goes").check()
    expect(panel.get_by_label("As ILIAS does when the signal goes")).to_be_focused()
    assert server.hears("/api/runs/r1/trouble") == {"name": "i", "on": True}
    server.tell(troubles=[trouble("m"), trouble("i", "ILIAS", on=True)])
    expect(opener).to_have_text("Make trouble (1 on)")
    expect(panel.get_by_label("As ILIAS does when the signal goes")).to_be_focused()
    course.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()
    with course.expect_response("**/api/runs/r1/trouble"):
        press(course, "Stop: As ILIAS does when the signal goes")
    assert server.hears("/api/runs/r1/trouble") == {"name": "i", "on": False}
    assert server.launches == 1


def test_trouble_with_opening_opens_the_course_again(server: Pretended, course: Page) -> None:
    server.tell(troubles=[trouble("late", "", title="The API appears late", kind="launch")])
    course.locator(".make-trouble").click()
    with course.expect_response("**/r1/"):
        course.get_by_label("The API appears late").check()
    expect(course.get_by_role("group", name="Any platform")).to_be_visible()
    assert server.launches == 2


# On record


def test_each_call_is_a_line_that_opens_to_the_whole(server: Pretended, course: Page) -> None:
    flaw = {"code": "S12-07", "message": "`cmi.core.exit` cannot be `normal` (RTE 3.4.4)"}
    server.tell(
        entries=[
            entry(1, "LMSInitialize", given=[""], at=0.4),
            entry(2, given=["cmi.core.exit", "normal"], answer="false", refused=True, flaws=[flaw]),
            entry(3, "LMSCommit", given=[""], trouble="As Moodle does when the signal goes", session=2),
            entry(4, "LMSFinish", given=[""]),
        ]
    )
    expect(lines(course)).to_have_count(4)
    # A line out of sight is not drawn, and has no inner text: its parts are read from the document.
    said = course.locator("#panel-entries ol > li").evaluate_all(
        """lines => lines.map((line) => {
            const parts = [...line.querySelectorAll("time, .said > *, .mark")];
            return (parts.length ? parts : [line]).map(({ textContent }) => textContent).join(" ");
        })"""
    )
    assert said == [
        "Session 1",
        "0:00.4 LMSInitialize → true",
        "0:00.5 LMSSetValue cmi.core.exit, normal → false ✕ S12-07",
        "Session 2",
        "0:00.8 LMSCommit → true ⚑ On purpose",
        "0:01.0 LMSFinish → true Session 1",
    ]
    lines(course).nth(1).locator("summary").click()
    expect(lines(course).nth(1)).to_contain_text("S12-07: cmi.core.exit cannot be normal (RTE 3.4.4)")
    expect(lines(course).nth(1).locator("pre")).to_contain_text('"error": "0"')
    course.get_by_label("Only what is wrong (1)").check()
    expect(lines(course)).to_have_count(1)
    expect(tab(course, "Calls 4")).to_be_visible()


def test_the_newest_is_in_sight_until_the_reader_looks_back(server: Pretended, course: Page) -> None:
    entries = [entry(number) for number in range(1, 101)]
    server.tell(entries=entries)
    expect(lines(course)).to_have_count(100)
    assert is_at_end(course)
    course.locator(".entries").evaluate("list => { list.scrollTop = 0; }")
    server.tell(entries=[*entries, entry(101), entry(102)])
    expect(course.get_by_role("button", name="2 newer ones below")).to_be_visible()
    assert not is_at_end(course)
    press(course, "2 newer ones below")
    assert is_at_end(course)
    server.tell(entries=[*server.run["entries"], entry(103)])
    expect(lines(course)).to_have_count(103)
    assert is_at_end(course)
    expect(course.locator(".newer")).to_be_hidden()


def test_thousands_of_calls_leave_the_page_quick(server: Pretended, course: Page) -> None:
    entries = [entry(number) for number in range(1, 5_001)]
    server.tell(entries=entries)
    expect(tab(course, "Calls 5,000")).to_be_visible()
    expect(course.locator(".before")).to_have_text("4,000 earlier calls not shown. Copy as JSON has all.")
    assert course.locator("#panel-entries li").count() == 1_000
    lines(course).last.evaluate("line => { line.id = 'drawn-once'; }")
    server.tell(entries=[*entries, entry(5_001)])
    expect(tab(course, "Calls 5,001")).to_be_visible()
    expect(course.locator("#drawn-once")).to_contain_text("page-5000")
    press(course, "Copy as JSON")
    expect(course.get_by_role("button", name="Copied")).to_be_visible()
    assert len(course.evaluate("navigator.clipboard.readText().then(JSON.parse)")) == 5_001


def test_data_state_and_result_are_said(server: Pretended, course: Page) -> None:
    server.tell(
        data=[["cmi.core.lesson_status", "incomplete"], ["cmi.core.score.raw", "80"]],
        state={"text": "1|ab", "size": 820, "limit": 4096},
        result={"completion": "incomplete", "success": None, "score": 0.8, "seconds": 65, "page": "questions"},
    )
    tab(course, "Data").click()
    expect(course.get_by_role("row", name="cmi.core.score.raw 80")).to_be_visible()
    server.tell(data=[["cmi.core.lesson_status", "completed"], ["cmi.core.score.raw", "80"]])
    expect(course.locator(".is-new")).to_have_text("cmi.core.lesson_statuscompleted")
    tab(course, "State").click()
    expect(course.get_by_text("820 of 4,096 characters, 20 %")).to_be_visible()
    meter = course.get_by_role("meter")
    assert (meter.evaluate("it => [it.value, it.max]")) == [820, 4096]
    tab(course, "Result").click()
    expect(course.locator("dl")).to_have_text(
        re.compile(r"Completion.*Not completed yet.*Score.*80 %.*1 minute 5 seconds.*questions.*Session.*Open", re.S)
    )
    course.locator("#panel-result .copy").click()
    expect(course.locator("#panel-result .copy")).to_have_text("Copied")
    assert course.evaluate("navigator.clipboard.readText().then(JSON.parse)") == server.run["result"]


@pytest.mark.parametrize(
    ("kind", "name"), [("scorm2004", "Calls"), ("xapi", "Statements"), ("cmi5", "Statements"), ("web", "Requests")]
)
def test_what_is_on_record_has_its_name(server: Pretended, page: Page, kind: str, name: str) -> None:
    server.tell(kind=kind)
    opened(server, page)
    expect(tab(page, name)).to_be_visible()


# Comments


def comment(**more: Any) -> dict[str, Any]:
    usual = {"id": "c1", "block": "wash", "page": "begin", "name": "Dr Okafor", "date": "2026-11-20"}
    said = {"text": "Say “died”.", "resolved": False, "quote": "Wash your hands.", "gone": False}
    return {**usual, **said, **more}


def test_a_comment_is_added_beside_its_block(server: Pretended, course: Page) -> None:
    server.review = True
    server.tell(
        blocks=[
            {"page": "", "pageTitle": "", "id": "", "says": ""},
            {"page": "begin", "pageTitle": "Begin", "id": "wash", "says": "Wash your hands."},
        ]
    )
    tab(course, "Comments").click()
    chosen = choice(course, "Block").locator("option:checked")
    expect(chosen).to_have_text("Wash your hands.")  # the first of the page in sight
    server.tell(
        blocks=[{"page": "begin", "pageTitle": "Begin", "id": "dry", "says": "Dry them."}, *server.run["blocks"]]
    )
    expect(choice(course, "Block").locator("option")).to_have_count(3)
    field(course, "Comment").fill("Say for how long.")
    field(course, "Your name").fill("Ada")
    press(course, "Add comment")
    expect(course.get_by_text("Added.")).to_be_visible()
    assert server.hears("/api/review/hands") == {
        "block": "wash",
        "quote": "Wash your hands.",
        "text": "Say for how long.",
        "name": "Ada",
    }
    expect(field(course, "Comment")).to_have_value("")
    course.reload()
    tab(course, "Comments").click()
    expect(field(course, "Your name")).to_have_value("Ada")


def test_the_page_in_sight_is_the_one_to_speak_of(server: Pretended, course: Page) -> None:
    server.review = True
    server.tell(
        comments=[comment(), comment(id="c2", page="end")],
        blocks=[{"page": page, "pageTitle": page, "id": "", "says": page} for page in ("", "begin", "end")],
    )
    tab(course, "Comments 2").click()
    chosen, here = choice(course, "Block").locator("option:checked"), course.get_by_text("On this page")
    expect(chosen).to_have_text("begin")
    expect(course.locator(".comment").nth(0).filter(has=here)).to_be_visible()
    go = course.get_by_role("button", name="Go to the page")
    go.nth(1).click()
    expect(chosen).to_have_text("end")
    expect(course.locator(".comment").nth(1).filter(has=here)).to_be_visible()
    expect(here.and_(course.locator(":visible"))).to_have_count(1)
    expect(go.nth(1)).to_be_focused()
    field(course, "Comment").fill("Say more.")
    go.nth(0).click()
    expect(here.and_(course.locator(":visible"))).to_have_count(1)
    expect(chosen).to_have_text("end")  # what somebody writes stays where it belongs


def test_a_comment_leads_to_its_page_and_is_resolved(server: Pretended, course: Page) -> None:
    server.tell(comments=[comment(), comment(id="c2", gone=True, page=""), comment(id="c3", resolved=True)])
    tab(course, "Comments 2").click()
    items = course.locator(".comment")
    expect(items.nth(1)).to_contain_text("The text that it is about has gone")
    expect(items.nth(2)).to_contain_text("✓ Resolved")
    expect(course.get_by_text("To add one, start the preview with")).to_be_visible()
    course.frame_locator("iframe").get_by_role("button", name="Next").click()
    expect(place(course)).to_have_text("begin 1")
    items.nth(0).get_by_role("button", name="Go to the page").click()
    expect(place(course)).to_have_text("begin 0")
    with course.expect_response("**/api/review/hands"):
        items.nth(0).get_by_role("button", name="Resolved").click()
    assert server.hears("/api/review/hands") == {"id": "c1", "resolved": True}


# The page itself


def test_a_preview_that_has_ended_is_said_and_found_again(server: Pretended, course: Page) -> None:
    server.end()
    ended = course.get_by_text("The preview has ended. Start it again with scormpack preview.")
    expect(ended).to_be_visible()
    server.begin()
    server.tell(entries=[entry(1)])
    expect(ended).to_be_hidden()
    expect(lines(course)).to_have_count(1)


def test_what_was_chosen_meanwhile_is_asked_for_then(server: Pretended, course: Page) -> None:
    server.end()
    field(course, "Dark").check()
    expect(course.get_by_text("The preview has ended.")).to_be_visible()
    expect(course.locator(".problem")).to_be_hidden()
    with course.expect_response("**/api/runs"):
        server.begin()
    assert server.hears("/api/runs")["appearance"]["scheme"] == "dark"


def test_tabs_are_reached_by_arrows(course: Page) -> None:
    tab(course, "Calls").focus()
    for key, name in [
        ("ArrowRight", "Data"),
        ("End", "Comments"),
        ("ArrowRight", "Calls"),
        ("ArrowLeft", "Comments"),
    ]:
        course.keyboard.press(key)
        expect(tab(course, name)).to_be_focused()
        expect(tab(course, name)).to_have_attribute("aria-selected", "true")
        expect(course.get_by_role("tabpanel", name=re.compile(name))).to_be_visible()


def test_the_focus_goes_from_above_to_below(server: Pretended, course: Page) -> None:
    server.tell(entries=[entry(1)], troubles=[trouble("m")], guide=f"{server.platform.address}/guide")
    expect(lines(course)).to_have_count(1)
    reached = []
    for _ in range(20):
        course.keyboard.press("Tab")
        reached.append(course.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
        if "Make trouble" in reached:
            break
    assert reached == [
        *("Library", "provider", "target", "Guide for groups", "Open alone"),
        *("frame", "turned", "scheme", "forced", "calm", "large", ""),
        *("Leave and come back", "Close the tab", "New learner", "mode", "Make trouble"),
    ]


SCREENS = [(1920, 1080), (1280, 800), (375, 667), (320, 568)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_page(server: Pretended, browser: Browser, scheme: Any) -> None:
    server.review = True
    server.library["findings"] = [finding()]
    server.library["modules"][0]["errors"] = 3
    server.library["targets"] += [{"id": "long", "name": "SCORM 2004, 4th edition, and whatever else it may be"}]
    flaw = {"code": "S12-07", "message": "no such exit"}
    server.tell(
        entries=[entry(1), entry(2, flaws=[flaw], refused=True, answer="false"), entry(3, trouble="Slow")],
        data=[["cmi.core.lesson_status", "incomplete"]],
        state={"text": "1|ab", "size": 820, "limit": 4096},
        findings=[finding(), finding("ACC-02", "warning"), finding("ACC-03", "info", waived=True)],
        stale=True,
        troubles=[trouble("m", on=True), trouble("i", "ILIAS")],
        platforms=[{"id": "", "name": "A careful platform"}, {"id": "moodle", "name": "Moodle"}],
        comments=[comment(), comment(id="c2", resolved=True), comment(id="c3", gone=True)],
        blocks=[{"page": "begin", "pageTitle": "Begin", "id": "wash", "says": "Wash your hands."}],
        guide=f"{server.platform.address}/guide",
    )
    context = browser.new_context(viewport=DESKTOP, color_scheme=scheme)
    page = context.new_page()
    only = TAGS if scheme == "light" else COLOURS
    page.goto(server.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sample library")
    assert axe(page.main_frame, only) == []
    opened(server, page)
    assert axe(page.main_frame, only) == []
    press(page, "Put aside")
    lines(page).nth(1).locator("summary").click()
    page.locator(".make-trouble").click()
    assert axe(page.main_frame, only) == []
    page.keyboard.press("Escape")
    for name in ("Data", "State", "Result", "Findings", "Comments"):
        tab(page, name).click()
        assert axe(page.main_frame, only) == [], name
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        assert sideways(page) == 0, width
    assert axe(page.main_frame, only) == []
    page.goto(server.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sample library")
    assert sideways(page) == 0
    assert axe(page.main_frame, only) == []
    context.close()
