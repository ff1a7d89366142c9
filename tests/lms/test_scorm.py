"""The SCORM platform's page: how it is asked for, and what each fault does to its API."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from email.message import Message
from typing import Any, get_args
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from scormpack.lms.exchange import Request
from scormpack.lms.faults import Fault, answer, delay, drop, kinds, log_in, lose_answer
from scormpack.lms.scorm import MANNERS, Records, Standard, address, serve
from scormpack.package import Entry, Package
from scormpack.render.bundles import BUNDLES

PACKAGE = Package.of("blank", [Entry("index.html", b"<!doctype html><title>Blank</title>")])
CALLS = {
    "scorm12": ("API", ["LMSInitialize", "LMSSetValue", "LMSCommit", "LMSGetValue"], "cmi.core.lesson_location"),
    "scorm2004": ("API_1484_11", ["Initialize", "SetValue", "Commit", "GetValue"], "cmi.location"),
}
TAKE = """([name, methods, element]) => {
  const api = window[name];
  if (!api) return "no API";
  const values = [[""], [element, "page 2"], [""], [element]];
  return methods.map((method, place) => {
    try { return api[method](...values[place]); } catch (error) { return error.message; }
  });
}"""
WORKS = ["true", "true", "true", "page 2"]
SAID = {
    "missing": "no API",
    "late": "no API",
    "refusing": ["false"] * 4,
    "throwing": ["this platform is broken"] * 4,
    "mute": ["true", "false", "false", "false"],
}


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    with serve(PACKAGE) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def take(page: Page, standard: Standard) -> Any:
    """What the calls of a small course come to."""
    return page.evaluate(TAKE, list(CALLS[standard]))


@pytest.mark.browser
@pytest.mark.parametrize("standard", get_args(Standard))
def test_the_platform_keeps_what_is_saved_and_says_it_again(page: Page, home: str, standard: Standard) -> None:
    page.goto(address(home, standard))
    expect(page.locator("iframe")).to_have_attribute("src", "course/index.html")
    assert take(page, standard) == WORKS
    _, methods, element = CALLS[standard]
    page.goto(address(home, standard))
    assert page.evaluate("window.platform.record") == {element: "page 2"}
    (session,) = page.evaluate("window.platform.sessions")
    assert [call["method"] for call in session] == methods
    page.goto(address(home, standard, learner="somebody else"))
    assert page.evaluate("window.platform.record") == {}


@pytest.mark.browser
@pytest.mark.parametrize("fault", kinds("api"))
@pytest.mark.parametrize("standard", get_args(Standard))
def test_a_fault_does_what_its_name_says(page: Page, home: str, standard: Standard, fault: str) -> None:
    page.goto(address(home, standard, fault=fault, seconds=1))
    assert take(page, standard) == SAID[fault]
    if fault == "late":
        page.wait_for_function(f"window.{CALLS[standard][0]}")
        assert take(page, standard) == WORKS
    assert page.evaluate("window.platform.record") == ({CALLS[standard][2]: "page 2"} if fault == "late" else {})


@pytest.mark.browser
def test_the_platform_says_what_it_is_given(page: Page, home: str) -> None:
    page.goto(address(home, "scorm2004", elements={"cmi.mode": "review", "cmi.learner_name": "Ada & Bello"}))
    found = page.evaluate("['cmi.mode', 'cmi.learner_name', 'cmi.credit'].map(API_1484_11.GetValue)")
    assert found == ["review", "Ada & Bello", "credit"]


@pytest.mark.browser
@pytest.mark.parametrize("standard", get_args(Standard))
def test_an_engine_holds_the_values_in_any_manner(browser: Browser, standard: Standard) -> None:
    engine = BUNDLES / "scorm-again" / f"{standard}.min.js"
    records = Records()
    with serve(PACKAGE, engine, records) as url, browser.new_context() as context:
        page = context.new_page()
        page.goto(address(url, standard, api="careful", engine=True))
        assert take(page, standard) == WORKS
        name, methods, element = CALLS[standard]
        assert page.evaluate("([name, get]) => window[name][get]('cmi.nothing')", [name, methods[3]]) == ""
        assert page.evaluate("window.platform.calls.at(-1).error") == 401
    assert records.of["somebody"] == {element: "page 2"}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/record", b"{}", 400),
        ("/record?learner=a", b"no JSON", 400),
        ("/record?learner=a", b"[1]", 400),
        ("/record?learner=a", b'{"cmi.location": 1}', 400),
        ("/record?learner=a", b"[" * 100_000, 400),
        ("/record?learner=a", b'{"cmi.location": "%s"}' % (b"x" * 6_000_000), 413),
        ("/record?learner=a", b'{"cmi.location": "1"}', 204),
    ],
)
def test_what_is_no_record_is_refused(path: str, body: bytes, status: int) -> None:
    records = Records()
    with serve(PACKAGE, records=records) as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
        connection.request("POST", path, body)
        assert connection.getresponse().status == status
        connection.close()
    assert records.of.get("a", {}) == ({"cmi.location": "1"} if status == 204 else {})


@pytest.mark.browser
def test_another_file_is_opened(page: Page, home: str) -> None:
    page.goto(address(home, "scorm12", course="a folder/start.html?mode=1&x"))
    expect(page.locator("iframe")).to_have_attribute("src", "course/a folder/start.html?mode=1&x")


@pytest.mark.browser
def test_who_looks_at_the_record_only_opens_no_course(page: Page, home: str) -> None:
    page.goto(address(home, "scorm12", course=""))
    assert page.evaluate("window.platform.sessions") == []
    assert len(page.frames) == 1


@pytest.mark.browser
def test_a_course_that_fills_or_empties_the_storage_changes_no_record_of_calls(page: Page, home: str) -> None:
    page.goto(address(home, "scorm12"))
    page.evaluate("localStorage.setItem('x', 'x'.repeat(5 * 1024 * 1024 - 1000))")
    page.evaluate("API.LMSSetValue('cmi.suspend_data', 'y'.repeat(1000)); API.LMSCommit(''); localStorage.clear()")
    assert [call["method"] for call in page.evaluate("window.platform.calls")] == ["LMSSetValue", "LMSCommit"]


SAVE = """([name, methods, element]) => {
  const api = window[name];
  const [begin, set, commit] = methods;
  api[begin]("");
  const save = value => { api[set](element, value); return api[commit](""); };
  return [save("one"), save("two"), save("two"), save("three")];
}"""
# What each says to four saves of which the second is lost: its answers, and what the server heard.
SAYS = {
    "careful": (["true", "false", "true", "true"], ["one", "two", "three"]),
    "trusting": (["true", "true", "true", "true"], ["one", "three"]),
    "emptying": (["true", "false", "true", "true"], ["one", "three"]),
    "marking": (["true", "true", "true", "true"], ["one", "three"]),
    "flinging": (["true", "true", "true", "true"], ["one", "two", "three"]),
}


@pytest.mark.browser
@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("standard", get_args(Standard))
def test_a_manner_does_what_its_name_says(page: Page, standard: Standard, manner: str) -> None:
    heard: list[str] = []
    element = CALLS[standard][2]

    def hear(request: Request) -> bool:
        heard.append(request.json[element])
        return heard == ["one", "two"]

    records = Records()
    records.faults.append(answer(503, method="POST", matching=hear))
    with serve(PACKAGE, records=records) as home:
        page.goto(address(home, standard, api=manner))
        said = page.evaluate(SAVE, list(CALLS[standard]))
    answers, arrived = SAYS[manner]
    assert (said, [value for place, value in enumerate(heard) if place != 1]) == (answers, arrived)
    assert records.of["somebody"] == {element: "three"}


@pytest.mark.browser
@pytest.mark.parametrize(("manner", "flings"), [("careful", False), ("marking", True), ("flinging", True)])
def test_what_no_answer_came_to_is_handed_to_the_browser_by_some(page: Page, manner: str, flings: bool) -> None:
    page.add_init_script("window.flung = 0; navigator.sendBeacon = () => Boolean(++window.flung)")
    records = Records()
    records.faults.append(drop(method="POST", times=None))
    with serve(PACKAGE, records=records) as home:
        page.goto(address(home, "scorm12", api=manner))
        page.evaluate(SAVE, list(CALLS["scorm12"]))
        assert bool(page.evaluate("window.flung")) == flings


DONE = {"cmi.core.lesson_status": "passed", "cmi.suspend_data": "all of it"}


def saved(fault: Fault) -> tuple[int | None, dict[str, str]]:
    """What comes of a save that `fault` strikes: the status that is heard, and what is on record."""
    records = Records()
    records.faults.append(fault)
    query = {"learner": "ada"}
    said = records.answer(Request("POST", "/record", query, Message(), json.dumps(DONE).encode(), 0))
    return said.status if said else None, records.of.get("ada", {})


@pytest.mark.parametrize(
    ("fault", "status", "record"),
    [
        (drop(), None, {}),
        (lose_answer(), None, DONE),
        (answer(503), 503, {}),
        (log_in(), 200, {}),
        (delay(0.01), 204, DONE),
        (Fault("ignore"), 204, {}),
        (Fault("wipe"), 204, {"cmi.core.lesson_status": "passed"}),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
def test_what_comes_of_a_save(fault: Fault, status: int | None, record: dict[str, str]) -> None:
    assert saved(fault) == (status, record)


def test_a_save_waits_no_longer_than_its_trouble() -> None:
    trouble = delay(600)
    records = Records()
    records.faults.append(trouble)
    request = Request("POST", "/record", {"learner": "ada"}, Message(), json.dumps(DONE).encode(), 0)
    saving = threading.Thread(target=records.answer, args=[request])
    saving.start()
    records.faults.clear()
    saving.join(timeout=10)
    assert records.of == {"ada": DONE}


@pytest.mark.browser
@pytest.mark.parametrize(("manner", "kept"), [("careful", "incomplete"), ("emptying", "not attempted")])
def test_what_a_closed_tab_saves(page: Page, manner: str, kept: str) -> None:
    """Browsers let no page that is closed wait for an answer; a careful platform hands its last save over to them."""
    records = Records()
    with serve(PACKAGE, records=records) as home:
        page.goto(address(home, "scorm12", api=manner))
        page.evaluate(
            """() => window.addEventListener("pagehide", () => {
                API.LMSInitialize(""); API.LMSSetValue("cmi.core.lesson_status", "incomplete"); API.LMSCommit("");
            })"""
        )
        page.goto(f"{home}login")
        page.goto(address(home, "scorm12", api=manner))  # comes after what was sent before
        assert page.evaluate("API.LMSGetValue('cmi.core.lesson_status')") == kept


@pytest.mark.browser
def test_a_platform_that_has_forgotten_the_learner_shows_its_login(page: Page) -> None:
    records = Records()
    with serve(PACKAGE, records=records) as home:
        records.is_closed = True
        page.goto(address(home, "scorm12", api="careful"))
        expect(page).to_have_title("Log in")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"api": "moodle"}, "'moodle' is not one of memory, engine, careful, trusting, emptying, marking, flinging"),
        ({"fault": "drop"}, "'drop' is not one of missing, late, refusing, throwing, mute"),
        ({"elements": {"cmi.mode": "review", "fault": "mute"}}, "not in the data model: fault"),
    ],
)
def test_what_a_platform_cannot_be_asked_for(options: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=f"^{problem}$"):
        address("http://127.0.0.1/", "scorm12", **options)
