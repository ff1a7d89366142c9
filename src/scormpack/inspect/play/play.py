"""A package, launched again and again by a learner to whom everything happens that happens to learners."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from playwright.sync_api import Browser, BrowserContext, Error, Page

from scormpack.archive import read_archive
from scormpack.check.played import (
    RUN_01,
    RUN_02,
    RUN_03,
    RUN_04,
    RUN_05,
    RUN_06,
    RUN_07,
    RUN_08,
    RUN_14,
)
from scormpack.diagnostics import Place, Severity
from scormpack.inspect.kinds import is_ours, kinds_of
from scormpack.inspect.play.barriers import Barriers, axe_script
from scormpack.inspect.play.browser import chromium, ended_in, shut_in
from scormpack.inspect.play.diary import Diary
from scormpack.inspect.play.learner import PATIENCE as PATIENT
from scormpack.inspect.play.learner import Learner, Sight
from scormpack.inspect.play.platform import Platform, Told, Trouble, Unit
from scormpack.inspect.play.platforms import platform_for
from scormpack.inspect.play.played import Played, Reached
from scormpack.inspect.play.watch import Watcher
from scormpack.package import Package

PATIENCE = 60.0  # seconds for a package
FIRST = "somebody"
# What is met by a learner of its own: how that visit is called, and how the saves of it are.
_TROUBLES: dict[Trouble, tuple[str, str]] = {
    "refused": ("Saves fail for a while", "have failed"),
    "lost": ("The signal goes for a while", "have gone without an answer"),
}
_SOME, _BELL = 20, 6  # presses, or screens, until a bell rings
_FEW = 4
_FAR = 500
_SOON, _LATE = 0.05, 0.15  # parts of all the time in which a course begins by itself, or after something was pressed
_ENOUGH = 0.95  # of all the time, after which nothing more is begun
_QUIET = 0.4  # seconds in which it says nothing more


@dataclass
class _Visit:
    """A launch that goes on: its page, and the learner before it."""

    page: Page
    learner: Learner
    began: float
    begins: float | None = None


def play(package: Package, browser: Browser, *, patience: float = PATIENCE, axe: str = "", seed: int = 1) -> Played:
    """Play `package` in `browser`, in about so many seconds, and say what came of it.

    When time is up, the browser is killed: nothing else ends a page that never rests.

    `axe` is the script of axe-core, which reads every screen; without it that is left out. `seed` is for the answers
    that are given at random. Nothing is raised for what a package does.
    """
    kind = kinds_of(package)[0]
    with (
        ended_in(browser, patience),
        platform_for(package, kind) as platform,
        shut_in(browser, platform.origins) as context,
    ):
        stage = _Stage(package, platform, context, patience, axe, seed)
        is_whole = False
        with suppress(Error):  # the browser was ended
            stage.play()
            is_whole = browser.is_connected()
        if not is_whole:
            stage.stopped()
        return stage.result(kind)


def play_file(file: Path, *, patience: float = PATIENCE) -> Played | None:
    """Play the zip or folder `file` in a browser of its own, which is gone afterwards; None if it cannot be read.

    Raises NoBrowserError where there is none.
    """
    package = read_archive(file).package
    if package is None:
        return None
    with chromium() as browser:
        return play(package, browser, patience=patience, axe=axe_script())


class _Stage:
    """One package, one platform and one browser."""

    def __init__(
        self, package: Package, platform: Platform, context: BrowserContext, patience: float, axe: str, seed: int
    ) -> None:
        self.diary = Diary(package)
        self._package = package
        self._platform = platform
        self._context = context
        Watcher(context, platform, self.diary)
        self._end = patience * 0.9
        self._barriers = Barriers(axe, self.diary)
        self._dice = random.Random(seed)  # noqa: S311 - the same answers each time
        self._is_ours = is_ours(package)
        self._reached = Reached()
        self._screens: set[str] = set()
        self._presses = 0
        self._last = Told()
        self._is_prompt = True  # whether the course begins as soon as it is open

    # The visits ---------------------------------------------------------------------------------------

    def play(self) -> None:
        """All visits, one after the other."""
        start = self._platform.start
        if self._package.find(unquote(start)) is None and "://" not in start:
            missing = f"`{start}` is to be opened, and it is not there" if start else "nothing in it is to be opened"
            self.diary.find(RUN_01, missing)
            return
        if self._platform.note:
            self.diary.note("platform", self._platform.note)
        self._open_and_close()
        if self._platform.begins and self._reached.begins is None:
            return
        self._begin_and_lose_the_tab()
        self._go_on_to_the_end()
        if self._platform.begins:
            if self._platform.knows_modes:
                self._look_only()
            self._meet_with_trouble("refused", self._end * 0.76)
            self._meet_with_trouble("lost", self._end * 0.86)
        self._open_the_others()

    def _open_and_close(self) -> None:
        with self._visit("It is opened, and closed at once") as visit:
            self.diary.picture(visit.page, "Opened")
            self._is_prompt = visit.begins is not None
            if visit.begins is None and self._platform.begins:
                visit.learner.walk(_FEW, self._end / 2)
                self._see_begin(visit, self._end * _LATE)
        if visit.begins is not None:
            self._reached = Reached(begins=visit.begins)
        elif self._platform.begins:
            self.diary.find(
                RUN_02, "it was opened, and never began with its platform", self._start, self._platform.silence
            )
        standing = self._platform.standing(FIRST)
        if standing.is_done and not visit.learner.presses:
            what = " and ".join(filter(None, (standing.completion, standing.success)))
            self.diary.find(RUN_03, f"it was {what} as soon as it had been opened and closed", self._start)

    def _begin_and_lose_the_tab(self) -> None:
        with self._visit("It is begun, and the tab is closed") as visit:
            visit.learner.walk(_SOME, self._end / 3, screens=_BELL)
            self.diary.picture(visit.page, "Before the tab is closed")
            was_done = self._platform.standing(FIRST).is_done
        standing = self._platform.standing(FIRST)
        moved = len(visit.learner.screens) >= _BELL
        if self._platform.begins and moved and not was_done and not standing.is_done and not standing.place:
            presses = visit.learner.presses
            self.diary.find(RUN_04, f"after {presses} presses the tab was closed: {standing.why}", self._start)

    def _go_on_to_the_end(self) -> None:
        before = self._platform.standing(FIRST)
        with self._visit("It is opened again, and taken to the end") as visit:
            self.diary.picture(visit.page, "Opened again")
            visit.learner.sees = self._barriers.read
            sight = visit.learner.walk(_FAR, self._end * 0.6, patience=PATIENT, is_over=self._is_done)
            self.diary.picture(visit.page, "As far as it was taken")
            visit.learner.leave()
            self._close_by_hand(visit.page)
        if self._platform.begins and before.place and not self._last.asked_for_place:
            self.diary.find(RUN_05, "it was opened again, and did not ask for the place that was kept", self._start)
        self._tell_how_far(sight)

    def _is_done(self) -> bool:
        return self._platform.standing(FIRST).is_done

    def _tell_how_far(self, sight: Sight) -> None:
        standing = self._platform.standing(FIRST)
        told = (standing.completion, standing.success, standing.score)
        self._reached = Reached(self._presses, len(self._screens), self._reached.begins, *told)
        if self._platform.begins and not standing.is_done:
            severity = Severity.ERROR if self._is_ours else None
            where = f"the last screen was “{sight.title}”"
            self.diary.find(RUN_08, f"{self._reached}; {where}", self._start, severity)
        elif self._is_ours and not sight.is_done:
            self.diary.find(
                RUN_08, f"its end was not reached; the last screen was “{sight.title}”", None, Severity.ERROR
            )

    def _look_only(self) -> None:
        with self._visit("It is opened to look at only", looks=True) as visit:
            visit.learner.walk(_FEW, self._end * 0.66)
        for judged in self._last.judged[:1]:
            self.diary.find(RUN_06, f"it was opened in review mode, and set {judged}", self._start)

    def _meet_with_trouble(self, trouble: Trouble, until: float) -> None:
        name, how = _TROUBLES[trouble]
        learner = f"{FIRST} when {name.lower()}"
        with self._visit(name, learner=learner) as visit:
            self._platform.fail(trouble)
            sight = visit.learner.walk(_FEW, until)
            self._platform.told(visit.page, self._context)
            failed = self._platform.failed_saves()
            says = f"says “{sight.trouble}”" if sight.trouble else "says nothing of it on the screen"
            self.diary.note("course", says if failed else "has saved nothing")
            self.diary.note("platform", f"{failed} saves {how}; from now on all is well", bad=bool(failed))
            self.diary.picture(visit.page, "While that lasts")
            self._platform.fail("none")
            visit.learner.walk(_FEW, until + self._end * 0.04)
        lost = self._platform.lost(learner) if failed else []
        if lost:
            said = f"{failed} saves {how}, and {', '.join(lost[:3])} never arrived"
            self.diary.find(RUN_07, said, self._start)

    def _open_the_others(self) -> None:
        """What else the course consists of, as far as there is time."""
        others = self._platform.others
        for number, unit in enumerate(others, 1):
            if self.diary.now > self._end * _ENOUGH:
                left = len(others) - number + 1
                self.diary.note("learner", f"has no time for {left} more of its parts")
                return
            if self._package.find(unquote(unit.start)) is None and "://" not in unit.start:
                self.diary.find(RUN_01, f"`{unit.start}` is to be opened as part {number + 1}, and it is not there")
            else:
                self._open_another(number, unit)

    def _open_another(self, number: int, unit: Unit) -> None:
        part = f"part {number + 1}{f', “{unit.title}”,' if unit.title else ''}"
        with self._visit(f"Of the course {part} is opened", f"{FIRST} in part {number + 1}", number=number) as visit:
            visit.learner.walk(_FEW, self._end)
            if visit.begins is None and unit.begins:
                self._see_begin(visit, self._end * _SOON)
            self.diary.picture(visit.page, f"Part {number + 1}")
        if visit.begins is None and unit.begins:
            said = f"{part} was opened, and never began with its platform"
            self.diary.find(RUN_02, said, self._at(unit.start), self._platform.silence)

    # A visit ------------------------------------------------------------------------------------------

    @contextmanager
    def _visit(self, name: str, learner: str = FIRST, looks: bool = False, number: int = 0) -> Iterator[_Visit]:
        """A launch, from the address to the closed tab."""
        self.diary.visit = name
        address = self._platform.launch(learner, looks, number)
        page = self._context.new_page()
        self.diary.note("learner", "opens the course")
        began = self._go(page, address)
        somebody = Learner(page, self._is_ours, self.diary, self._dice, self._platform.is_framed)
        visit = _Visit(page, somebody, began)
        unit = self._platform.others[number - 1] if number else self._platform
        if unit.begins and (self._is_prompt or number):
            self._see_begin(visit, self._end * _SOON)
        yield visit
        self._close(visit)
        if self._context.browser is None or not self._context.browser.is_connected():
            raise Error("the browser was ended, and nothing that it no longer does is to be judged")

    def _go(self, page: Page, address: str) -> float:
        """Open it; the second at which the page began."""
        try:
            page.goto(address, wait_until="load", timeout=1000 * max(1.0, (self._end - self.diary.now) / 3))
        except Error as error:
            self.diary.note("browser", str(error).partition("\n")[0], bad=True)
        with suppress(Error):
            return self.diary.now - float(page.evaluate("performance.now()")) / 1000
        return self.diary.now

    def _see_begin(self, visit: _Visit, seconds: float) -> None:
        """Wait until the course has begun and says nothing more for a moment."""
        end = self.diary.now + seconds
        said, since = 0, self.diary.now
        while self.diary.now < min(end, self._end):
            now = self._platform.count(visit.page)
            if now and visit.begins is None:
                visit.begins = round(self.diary.now - visit.began, 2)
            if now != said:
                said, since = now, self.diary.now
            elif said and self.diary.now - since > _QUIET:
                return
            visit.page.wait_for_timeout(50)

    def _close(self, visit: _Visit) -> None:
        """Close the tab, with no more ado than somebody who has had enough, and write down what was said."""
        page = visit.page
        if not page.is_closed():
            self._platform.told(page, self._context)
        for each in [*(other for other in self._context.pages if other is not page), page]:
            with suppress(Error):
                each.close(run_before_unload=False)
        self.diary.note("learner", "has closed the tab")
        self._last = self._platform.told(None, self._context)
        for at, words, bad in self._last.words:
            self.diary.note("course", words, bad, visit.began + at)
        self._presses += visit.learner.presses
        self._screens |= set(visit.learner.screens)

    def _close_by_hand(self, page: Page) -> None:
        """As a browser does it, which asks the page first."""
        if not page.is_closed():
            self._platform.told(page, self._context)
            with suppress(Error):
                page.close(run_before_unload=True)
                page.wait_for_event("close", timeout=2_000)

    @property
    def _start(self) -> Place:
        """The file that is opened."""
        return self._at(self._platform.start)

    def _at(self, path: str) -> Place:
        return Place(f"{self._package.name}/{path}", outside=True)

    def stopped(self) -> None:
        """It did not come to an end by itself."""
        seconds = f"after {self.diary.now:.0f} seconds it had to be stopped"
        self.diary.note("browser", seconds, bad=True)
        self.diary.find(RUN_14, f"{seconds}: {self.diary.visit}", self._start)

    def result(self, kind: str) -> Played:
        """What it came to."""
        for each in self._platform.judge(self._is_ours):
            self.diary.add(each)
        found = tuple(self.diary.findings)
        timeline = tuple(sorted(self.diary.moments, key=lambda moment: moment.at))
        return Played(self._package.name, kind, found, timeline, tuple(self.diary.pictures), self._reached)
