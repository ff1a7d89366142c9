"""Packages that are played: what ours do to the end, and what is found in those of other makers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from chromium import CHROMIUM, FLAGS
from paths import NODE_MODULES, SAMPLE
from playwright.sync_api import Browser, Error

from inspection.misbehaving import COURSE, changed, in_a_window, sender, several, stranger, teller
from scormpack.batch import Built, build_all, plan
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.inspect.play import Played, play
from scormpack.lms.exchange import Answer, Request
from scormpack.lms.server import Server
from scormpack.package import read_zip

pytestmark = pytest.mark.browser
PATIENT = 240  # seconds, after which what plays is ended: a busy machine is no failure, and nothing waits for ever
TARGETS = ("scorm12", "scorm2004-3rd", "scorm2004-4th", "xapi", "cmi5", "web")
MODULES = ("oxygen-at-home", "may-have-died", "alone-in-the-house")  # together they have every kind of page
AXE = (NODE_MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def browser(browser: Browser) -> Iterator[Browser]:
    """A browser of its own, which is killed if a play does not come to its end."""
    own = browser.browser_type.launch(executable_path=CHROMIUM, args=FLAGS)
    yield own
    with suppress(Error):
        own.close()


def told(played: Played) -> list[str]:
    return sorted(f"{finding.code}: {finding.message}" for finding in played.findings)


def ended(played: Played) -> tuple[str, str, float]:
    reached = played.reached
    return reached.completion, reached.success, float(reached.score or 0)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("module", MODULES)
def test_our_own_are_taken_to_the_end_and_nothing_is_found(
    module: str, target: str, browser: Browser, tmp_path: Path
) -> None:
    wanted = plan(load_library(SAMPLE), today(), [module], ["willow-lane"], [target])
    (built,) = build_all(wanted, tmp_path)
    assert isinstance(built, Built)
    played = play(read_zip(built.path), browser, patience=PATIENT)
    assert told(played) == []
    best = {"web": ("", "", 0.0), "xapi": ("completed", "passed", 1.0), "cmi5": ("completed", "passed", 1.0)}
    assert ended(played) == best.get(target, ("completed", "passed", 100.0))
    assert (played.reached.begins is None) == (target == "web")


def test_every_kind_of_question_is_answered(every_block: dict[str, Built], browser: Browser) -> None:
    played = play(read_zip(every_block["scorm12"].path), browser, patience=PATIENT, axe=AXE)
    assert (told(played), ended(played)) == ([], ("completed", "passed", 100.0))
    visits = [picture.visit for picture in played.pictures]
    assert len(set(visits)) == 5
    assert all(picture.jpeg.startswith(b"\xff\xd8") for picture in played.pictures)
    said = [moment.text for moment in played.timeline if moment.who == "course"]
    assert said[0] == 'LMSInitialize("") → true'


# What is changed in a course that does everything right, and what is found then.
REVIEW = 'if (api.LMSGetValue("cmi.core.lesson_mode") === "review") save = () => {};'
EXIT = "exit.onclick = end;"
BAD = """
  new Image().src = "ELSEWHERE/a.png";
  document.body.append(Object.assign(document.createElement("iframe"), { src: "file:///etc/passwd" }));
  new Image().src = "media/b.png";
  console.error("Oh");
  onbeforeunload = event => event.preventDefault();
  let page"""
LONG = "x" * 59
WHISPER = '<p style="color: #ccc; background: #fff">A whisper</p>'
CONTRAST = "Elements must meet minimum color contrast ratio thresholds (axe: color-contrast; WCAG 1.4.3)"
HABITS = {
    "none": ([], []),
    "it is done on opening": (
        [("page === last ?", "true ?"), (REVIEW, "")],
        [
            "RUN-03: it was completed as soon as it had been opened and closed",
            "RUN-06: it was opened in review mode, and set cmi.core.lesson_status to completed",
        ],
    ),
    "it keeps no place": (
        [('set("lesson_location", String(page));', "")],
        ["RUN-04: after 5 presses the tab was closed: neither location nor suspend data are on record"],
    ),
    "it does what it should not": (
        [
            ('Number(api.LMSGetValue("cmi.core.lesson_location"))', "0"),
            (EXIT, 'exit.onclick = () => { alert("Goodbye"); end(); };'),
            ('set("exit"', 'api.LMSSetValue("cmi.suspend_data", "x".repeat(4097)); set("exit"'),
            ("let page", BAD),
            ("<h1></h1>", f"<h1></h1>{WHISPER}"),
        ],
        [
            f"RTE-26: cmi.suspend_data was set to '{LONG}…' (4097 characters); allowed is at most 4096 characters",
            "RUN-05: it was opened again, and did not ask for the place that was kept",
            "RUN-09: in the console: Not allowed to load local resource: file:///etc/passwd",
            "RUN-09: in the console: Oh",
            "RUN-10: asks for media/b.png, and it is not there",
            "RUN-11: asks ELSEWHERE, for example for ELSEWHERE/a.png",
            "RUN-12: asks whether she wants to leave, when the page is closed",
            "RUN-12: shows a message box, alert: “Goodbye”",
            f"RUN-16: {CONTRAST}, for example {WHISPER}",
            "RUN-16: Frames must have an accessible name (axe: frame-title; WCAG 4.1.2), for example"
            ' <iframe src="file:///etc/passwd"></iframe>',
        ],
    ),
}


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Another server on this machine, which nobody is to reach."""
    asked: list[Request] = []

    def hear(request: Request) -> Answer:
        asked.append(request)
        return Answer()

    with Server(hear) as server:
        yield server.address
    assert asked == []


@pytest.mark.parametrize("habit", HABITS)
def test_a_course_of_another_maker(habit: str, browser: Browser, elsewhere: str) -> None:
    changes, expected = HABITS[habit]
    package = changed(*((old, new.replace("ELSEWHERE", elsewhere)) for old, new in changes))
    played = play(package, browser, patience=PATIENT, axe=AXE)
    assert told(played) == [words.replace("ELSEWHERE", elsewhere) for words in expected]
    assert played.reached.completion == "completed"


def test_what_never_begins_is_an_error_unless_it_need_not(browser: Browser) -> None:
    page = "<!doctype html><title>Nothing</title><h1>Nothing</h1>"
    found = told(play(stranger(page), browser, patience=10))
    assert found == ["RUN-02: it was opened, and never began with its platform"]
    assert told(play(stranger(page, "asset"), browser, patience=10)) == []


def test_a_course_in_a_window_of_its_own_is_taken_too(browser: Browser) -> None:
    played = play(in_a_window(), browser, patience=60)
    assert told(played) == ["RUN-13: opens a window of its own"]
    assert played.reached.completion == "completed"


def test_what_a_record_store_refuses_is_found(browser: Browser) -> None:
    played = play(teller(), browser, patience=PATIENT)
    assert told(played) == [
        "RUN-03: it was completed as soon as it had been opened and closed",
        "RUN-15: POST /xapi/statements: statement.verb is text, not an object",
    ]


def test_what_is_to_be_opened_has_to_be_there(browser: Browser) -> None:
    package = stranger()
    bare = type(package)(package.name, package.entries[:1])
    assert told(play(bare, browser)) == ["RUN-01: `start.html` is to be opened, and it is not there"]


@pytest.mark.long
def test_every_part_of_a_course_is_opened(browser: Browser) -> None:
    """The second begins as it should, the third says nothing, the fourth is not there."""
    silent = "<!doctype html><html lang='en'><title>Nothing</title><h1>Nothing</h1></html>"
    played = play(several(COURSE, COURSE, silent, ""), browser, patience=90)
    assert told(played) == [
        "RUN-01: `part-4.html` is to be opened as part 4, and it is not there",
        "RUN-02: part 3, “Part 3”, was opened, and never began with its platform",
    ]
    assert [str(each.place) for each in played.findings] == ["several.zip/part-3.html", "several.zip"]
    visits = list(dict.fromkeys(moment.visit for moment in played.timeline))
    assert [each for each in visits if "part" in each] == [
        "Of the course part 2, “Part 2”, is opened",
        "Of the course part 3, “Part 3”, is opened",
    ]


def test_what_is_sent_without_a_signal_and_not_again_is_lost(browser: Browser) -> None:
    """It sends again what was refused, and forgets what was never answered."""
    played = play(sender(), browser, patience=PATIENT)
    codes = {finding.code: finding.message for finding in played.findings}
    lost = codes.pop("RUN-07")
    assert re.fullmatch(r"\d saves have gone without an answer, and (statement [\w-]{36}(, )?)+ never arrived", lost)
    assert codes == {"RUN-09": "Failed to fetch"}


def test_a_page_that_never_rests_is_ended_in_any_browser(browser: Browser) -> None:
    """Where the browser is another's too, nobody waits for ever."""
    played = play(changed(("let page", "onclick = () => { for (;;); }; let page")), browser, patience=8)
    assert [finding.code for finding in played.findings] == ["RUN-14"]
    assert not browser.is_connected()
