"""The module with one of everything, on each of the preview's platforms, in a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser

from preview.playing import Seat, table
from scormpack.batch import Built
from scormpack.package import Entry, Package, read_zip
from scormpack.preview.runs.run import Mode

pytestmark = pytest.mark.browser
KINDS = {
    "scorm12": "scorm12",
    "scorm2004-3rd": "scorm2004",
    "scorm2004-4th": "scorm2004",
    "xapi": "xapi",
    "cmi5": "cmi5",
}
EACH = ("scorm12", "scorm2004-4th", "xapi", "cmi5")


class Sit(Protocol):
    def __call__(self, target: str, **choice: Any) -> Seat: ...


@pytest.fixture
def sit(every_block: dict[str, Built], browser: Browser) -> Iterator[Sit]:
    """`sit(target)` seats a learner in front of the package for a target; `choice` is for the run."""
    with ExitStack() as stack:

        def begin(target: str, **choice: Any) -> Seat:
            package = read_zip(every_block[target].path)
            found = stack.enter_context(table(package, KINDS.get(target, "web"), **choice))
            context = browser.new_context(viewport={"width": 420, "height": 760})
            stack.callback(context.close)
            return Seat(found, context)

        yield begin


@pytest.mark.parametrize("target", KINDS)
def test_a_course_that_is_taken_is_on_record_and_breaks_no_rule(sit: Sit, target: str) -> None:
    seat = sit(target)
    seat.launch()
    learner = seat.learner()
    seat.table.wait_for(lambda: seat.table.now.is_open, seat.page)  # its first call is told while it goes on
    learner.take()
    learner.leave()
    result = seat.table.wait_for(lambda: (now := seat.table.now).result.success and not now.is_open and now).result
    assert (result.completion, result.success, result.score) == ("completed", "passed", 1.0)
    assert result.seconds
    assert result.seconds > 0
    assert seat.table.flaws == []
    assert [entry.what for entry in seat.table.entries if entry.refused] == []
    assert seat.table.now.state
    assert seat.table.asked


def begin(seat: Seat, sign: str = "saved") -> None:
    """Open the course and do its first question."""
    seat.launch()
    learner = seat.learner()
    learner.next()
    learner.do("who-first")
    assert learner.sign() == sign


@pytest.mark.parametrize("target", EACH)
def test_a_closed_course_is_on_record_and_goes_on_from_there(sit: Sit, target: str) -> None:
    seat = sit(target)
    begin(seat)
    seat.tell("close")
    seat.table.wait_for(lambda: not seat.table.now.is_open, seat.page)
    assert "who-first" in seat.table.now.state
    seat.launch()
    learner = seat.learner()
    assert learner.here() == "questions"
    assert {entry.session for entry in seat.table.entries} == {1, 2}
    assert seat.table.flaws == []
    assert seat.table.wait_for(lambda: seat.table.now.result.seconds, seat.page) > 0


@pytest.mark.parametrize("target", EACH)
def test_a_closed_tab_ends_the_session(sit: Sit, target: str) -> None:
    seat = sit(target)
    begin(seat)
    assert seat.page
    seat.page.close(run_before_unload=False)
    seat.table.wait_for(lambda: not seat.table.now.is_open)
    assert "who-first" in seat.table.now.state
    assert seat.table.flaws == []


def ended(seat: Seat) -> list[int]:
    """The sessions that the course has ended by a call."""
    return [entry.session for entry in seat.table.said("LMSFinish") + seat.table.said("Terminate")]


@pytest.mark.parametrize("target", EACH)
def test_a_course_that_is_shown_anew_goes_on(sit: Sit, every_block: dict[str, Built], target: str) -> None:
    seat = sit(target)
    begin(seat)
    seat.table.run.replace(read_zip(every_block[target].path))
    seat.show_anew()
    learner = seat.learner()
    assert learner.here() == "questions"
    ends = [1] if target.startswith("scorm") else []  # told by a page that goes, beside the one that comes
    seat.table.wait_for(lambda: ended(seat) == ends, seat.page)
    assert {entry.session for entry in seat.table.entries} == {1, 2}
    assert seat.table.flaws == []
    assert [entry.what for entry in seat.table.entries if entry.refused and entry.session == 2] == []


@pytest.mark.parametrize("target", EACH)
def test_progress_outlives_the_preview_and_a_new_learner_has_none(sit: Sit, target: str) -> None:
    first = sit(target)
    begin(first)
    first.tell("close")
    first.table.wait_for(lambda: not first.table.now.is_open, first.page)
    kept = json.loads(json.dumps(first.table.run.keep()))
    assert first.table.run.keep() is first.table.run.keep()
    again = sit(target, kept=kept)
    again.launch()
    learner = again.learner()
    assert learner.here() == "questions"
    assert again.table.flaws == []
    another = sit(target)
    another.launch()
    assert another.learner().here() == "start"


@pytest.mark.parametrize("target", [*EACH, "web"])
def test_the_desk_hears_where_the_learner_is_and_can_lead_her_there(sit: Sit, target: str) -> None:
    seat = sit(target)
    begin(seat, "device" if target == "web" else "saved")
    last = {"scormpack": "where", "page": "questions", "origin": seat.table.origin}
    seat.table.wait_for(
        lambda: [{**each, "screen": 0} for each in seat.told[-1:]] == [{**last, "screen": 0}], seat.page
    )
    frame = seat.launch("%23more-questions~1")
    assert frame.url.endswith("#more-questions~1")


@pytest.mark.parametrize("target", [target for target in EACH if target != "xapi"])  # which knows no modes
@pytest.mark.parametrize("mode", ["browse", "review"])
def test_who_only_looks_leaves_nothing_on_record(sit: Sit, target: str, mode: Mode) -> None:
    seat = sit(target, mode=mode)
    seat.launch()
    learner = seat.learner()
    assert learner.sign() == "looking"
    learner.next()
    learner.do("who-first")
    seat.tell("close")
    seat.table.wait_for(lambda: not seat.table.now.is_open, seat.page)
    assert (seat.table.now.state, seat.table.now.result.success) == ("", None)
    assert seat.table.flaws == []


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-4th"])
def test_without_credit_nothing_is_judged(sit: Sit, target: str) -> None:
    seat = sit(target, mode="no-credit")
    begin(seat, "uncounted")
    seat.tell("close")
    seat.table.wait_for(lambda: not seat.table.now.is_open, seat.page)
    assert "who-first" in seat.table.now.state
    assert (seat.table.now.result.success, seat.table.now.result.score) == (None, None)
    assert seat.table.flaws == []


FIRST = b"""<!doctype html><title>One</title><a href="two.html">On</a><script>
  const api = parent.API;
  api.LMSInitialize("");
  api.LMSSetValue("cmi.core.lesson_status", "incomplete");
  addEventListener("pagehide", () => {
    api.LMSSetValue("cmi.core.lesson_location", "two");
    api.LMSCommit("");
  });
</script>"""
SECOND = b"""<!doctype html><title>Two</title><button onclick="end()">End</button><script>
  const api = parent.API;
  function end() {
    api.LMSSetValue("cmi.core.lesson_status", "completed");
    document.title = api.LMSCommit("") + api.LMSGetValue("cmi.core.lesson_location");
  }
</script>"""


def test_a_strangers_course_goes_from_page_to_page_in_one_session(browser: Browser) -> None:
    package = Package.of("x", [Entry("index.html", FIRST), Entry("two.html", SECOND)])
    with table(package, "scorm12") as found, browser.new_context() as context:
        seat = Seat(found, context)
        frame = seat.launch()
        frame.click("a")
        frame.wait_for_url("**/two.html")
        found.wait_for(lambda: found.now.result.page == "two", seat.page)  # browsers let no page that goes away wait
        frame.click("button")
        frame.wait_for_function("document.title === 'truetwo'")
        assert found.now.result.completion == "completed"
        found.wait_for(lambda: [entry.answer for entry in found.said("LMSCommit")] == ["true", "true"], seat.page)
        assert {entry.session for entry in found.entries} == {1}


def test_another_learner_finds_the_browser_of_a_page_empty(sit: Sit) -> None:
    seat = sit("web")
    seat.launch()
    learner = seat.learner()
    learner.next()
    learner.do("who-first")
    seat.launch()
    assert seat.learner().here() == "questions"
    seat.table.run.restore({"owner": "somebody else"})  # type: ignore[attr-defined]  # as `start` does
    seat.launch()
    assert seat.learner().here() == "start"
    assert seat.table.entries == ()
