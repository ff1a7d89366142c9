"""A learner who takes a course: ours with every right answer, anybody else's by pressing on patiently."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error, Frame, Page

from scormpack.inspect.play.diary import Diary
from scormpack.render.bundles import bundle

MOST_FRAMES = 12
MOST_THINGS = 300
OFTEN = 3  # times that the same thing is pressed on the same screen
MOST_SCREENS = 1_000
PATIENCE = 3_000  # milliseconds in which something may come by itself, for those who want to get to the end
EMPTY = 500  # milliseconds in which a frame without an address says what is in it
OFTEN_LOOKED = 100  # milliseconds from one look to the next
AT_ONCE = 600  # milliseconds in which a press shows what it does
ANSWER, ON, LEAVE = 8, 5, 2  # what answers, leads on and leads out, as `guide.ts` has it
_LOOK = "([ours, leaves]) => window.scormpackGuide ? scormpackGuide.look(ours, leaves) : null"


@dataclass(frozen=True)
class Thing:
    """Something that can be pressed: the number that it has in its frame, what it is called and what it is worth."""

    frame: Frame
    index: int
    key: str
    words: str
    worth: int


@dataclass(frozen=True)
class Sight:
    """What is on the screen, of all frames of the window in front; `trouble` is what it says of that."""

    screen: str
    title: str
    is_done: bool
    trouble: str
    things: tuple[Thing, ...]


class Learner:
    """Somebody before the window `page`, who writes into `diary` what she does.

    She throws `dice` for answers that she does not know. Where the course `is_framed`, the page around it is not its.
    """

    def __init__(self, page: Page, is_ours: bool, diary: Diary, dice: random.Random, is_framed: bool) -> None:
        self._page = page
        self._is_ours = is_ours
        self._diary = diary
        self._dice = dice
        self._around = page.main_frame if is_framed else None
        self.sees: Callable[[list[Frame]], None] = lambda frames: None  # noqa: ARG005 - told of each new screen
        self._pressed: Counter[tuple[str, str]] = Counter()
        self.presses = 0
        self.screens: list[str] = []

    def look(self, leaves: bool = False) -> Sight:
        """What can be seen now; `leaves` looks for the way out of a course of ours."""
        seen = self._in_front(leaves)
        sight = _sight(seen)
        if sight.screen and sight.screen not in self.screens:
            self.screens.append(sight.screen)
            self.sees([frame for frame, _ in seen])
        return sight

    def _in_front(self, leaves: bool) -> list[tuple[Frame, dict[str, Any]]]:
        """What there is in the frames of the newest window in which something can be pressed."""
        seen: list[tuple[Frame, dict[str, Any]]] = []
        for page in reversed(self._page.context.pages):
            if page is self._page or page.opener() is not None:
                frames = [each for each in page.frames[:MOST_FRAMES] if self._can_be_seen(each)]
                seen = [(frame, found) for frame in frames if (found := self._look_at(frame, leaves))]
                if any(found.get("things") for _, found in seen):
                    break
        return seen

    def _can_be_seen(self, frame: Frame) -> bool:
        """Whether it is the course's, and has something in it."""
        return frame is not self._around and frame.url.startswith(("http", "about:", "blob:", "data:"))

    def _look_at(self, frame: Frame, leaves: bool) -> dict[str, Any] | None:
        try:
            found = _ask(frame, [self._is_ours, leaves])
            if found is None:
                frame.evaluate(bundle("guide.js"))
                found = _ask(frame, [self._is_ours, leaves])
        except Error:  # it goes somewhere else just now, or has gone
            return None
        return found if isinstance(found, dict) else None

    def walk(
        self,
        most: int,
        until: float,
        screens: int = MOST_SCREENS,
        patience: int = AT_ONCE,
        is_over: Callable[[], bool] = lambda: False,
    ) -> Sight:
        """Press on, and give back the last that was seen.

        It is over after `most` presses, at the second `until` of the diary, after so many `screens`, or where nothing
        is left to press and nothing comes by itself within `patience`, in milliseconds; if then it `is_over` anyway,
        nothing is waited for.
        """
        sight = self.look()
        for _ in range(most):
            if sight.is_done or self._diary.now > until or len(self.screens) >= screens:
                break
            thing = self._choose(sight)
            if thing is None and (is_over() or not self._wait(sight, patience)):
                break
            if thing is not None:
                self.press(thing, sight)
            sight = self.look()
        return sight

    def leave(self) -> None:
        """Press what leads out of the course, if there is such a thing."""
        for _ in range(2):  # it may be inside of something that has to be opened
            sight = self.look(leaves=True)
            ways = (thing for thing in sight.things if self._is_ours or thing.worth == LEAVE)
            new = next((thing for thing in ways if not self._pressed[sight.screen, thing.key]), None)
            if new is None:
                return
            self.press(new, sight)

    def _choose(self, sight: Sight) -> Thing | None:
        """What is worth most, of what was not tried too often; of several answers any."""
        times = {thing: self._pressed[sight.screen, thing.key] for thing in sight.things}
        open_ = [thing for thing in sight.things if thing.worth and times[thing] < OFTEN]
        answers = [thing for thing in open_ if thing.worth == ANSWER and not times[thing]]
        if answers and not self._is_ours:
            return self._dice.choice(answers)
        new = [thing for thing in open_ if self._is_ours or (thing.worth > LEAVE and not times[thing])]
        again = [thing for thing in open_ if thing.worth >= ON]  # perhaps the page was not there yet
        return max(new or again, key=lambda thing: thing.worth, default=None)

    def press(self, thing: Thing, sight: Sight) -> None:
        """Press a thing with the mouse, and see what comes of it."""
        self._pressed[sight.screen, thing.key] += 1
        self.presses += 1
        self._diary.note("learner", f"presses “{thing.words or thing.key}”")
        try:
            at = thing.frame.evaluate("index => scormpackGuide.aim(index)", thing.index)
            if isinstance(at, list) and len(at) == 2:
                thing.frame.page.mouse.click(float(at[0]), float(at[1]))
        except (Error, TypeError, ValueError):
            return  # it has gone: she looks again
        if not self._is_ours:
            self._wait(sight, AT_ONCE)

    def _wait(self, before: Sight, longest: int) -> bool:
        """Wait until something else is on the screen, and stays; whether it came."""
        last = before.screen
        for _ in range(longest // OFTEN_LOOKED):
            if self._page.is_closed():
                return False
            now = _sight(self._in_front(False)).screen
            if now not in (before.screen, "") and now == last:
                return True
            last = now
            self._page.wait_for_timeout(OFTEN_LOOKED)
        return last != before.screen


def _sight(seen: list[tuple[Frame, dict[str, Any]]]) -> Sight:
    """What was seen in several frames, as one."""
    screen = " ".join(str(found.get("screen"))[:20] for _, found in seen)
    title = next((str(found["title"])[:80] for _, found in reversed(seen) if found.get("title")), "")
    trouble = next((str(found["trouble"])[:120] for _, found in seen if found.get("trouble")), "")
    is_done = any(found.get("isDone") is True for _, found in seen)
    return Sight(screen, title, is_done, trouble, tuple(thing for each in seen for thing in _things(*each)))


def _ask(frame: Frame, asked: list[bool]) -> Any:
    """What can be seen in a frame.

    One that was never filled, because what it asked for could not be reached, would keep us waiting for ever.
    """
    if frame.url.startswith("http"):
        return frame.evaluate(_LOOK, asked)
    return frame.wait_for_function(f"asked => [({_LOOK})(asked)]", arg=asked, timeout=EMPTY).json_value()[0]


def _things(frame: Frame, found: dict[str, Any]) -> Iterator[Thing]:
    things = found.get("things")
    for index, each in enumerate(things[:MOST_THINGS] if isinstance(things, list) else []):
        if isinstance(each, dict) and isinstance(each.get("worth"), int | float):
            yield Thing(frame, index, str(each.get("key"))[:200], str(each.get("words"))[:80], int(each["worth"]))
