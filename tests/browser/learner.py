"""A learner who takes a course as people do: by mouse or by keyboard alone, with right or wrong answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from playwright.sync_api import Frame, Locator, expect

MOST_TABS = 400
PATIENCE = 45  # seconds: longer than the player waits for an answer that never comes
SETTLED = """() => {
  const {sign} = document.querySelector('.sign').dataset;
  return ['saving', 'connecting'].includes(sign) ? '' : sign;
}"""
QUESTIONS = "sp-single, sp-multiple, sp-true-false, sp-order, sp-sort, sp-match"
TASKS = f"{QUESTIONS}, sp-scenario, sp-confidence"
# To ask a browser takes longer than to look, so what belongs together is asked for at once.
SHOWN = """
  const isShown = element => {
    const {width, height} = element.getBoundingClientRect();
    return width > 0 && height > 0 && element.checkVisibility({visibilityProperty: true});
  };
  const pages = [...document.querySelectorAll('main > section')].filter(isShown);
"""
SIGHT = f"""() => {{{SHOWN}
  if (pages.length !== 1) return null;
  const screens = [...pages[0].querySelectorAll(':scope > .screen')];
  const at = screens.findIndex(isShown);
  return {{
    page: pages[0].id,
    number: [...document.querySelectorAll('.screen')].findIndex(isShown),
    is_first: at <= 0,
    is_last: at < 0 || at === screens.length - 1,
    has_later: [...document.querySelectorAll('.past .later')].some(isShown),
    tasks: [...pages[0].querySelectorAll('{TASKS}')].filter(isShown).map(({{id}}) => id),
  }};
}}"""
LOOKS = f"""id => {{{SHOWN}
  const found = pages.flatMap(page => [...page.querySelectorAll(`[id="${{id}}"]`)]);
  return found.map(element => ({{
    kind: element.localName,
    is_shown: isShown(element),
    correct: element.dataset.correct ?? '',
    classes: [...element.classList],
    fields: Object.fromEntries([...element.querySelectorAll('input')].map(({{value, checked}}) => [value, checked])),
  }}));
}}"""


@dataclass(frozen=True)
class Sight:
    """What is on the screen: `number` is that of the screen in the course, `tasks` are the ids of what is to do."""

    page: str
    number: int
    is_first: bool
    is_last: bool
    has_later: bool
    tasks: list[str]


@dataclass(frozen=True)
class Looks:
    """How a block of this page looks: `fields` has the value of each button to choose, and whether it is chosen."""

    kind: str
    is_shown: bool
    correct: str
    classes: list[str]
    fields: dict[str, bool]


class Learner:
    """Finds what to do from the page itself; `wrong` names the questions to get wrong."""

    def __init__(self, frame: Frame, wrong: Iterable[str] = (), keyboard: bool = False) -> None:
        self.frame = frame
        self.wrong = set(wrong)
        self.keyboard = keyboard
        expect(frame.locator("html.runs")).to_have_count(1)

    # What the learner does ------------------------------------------------------------------------

    def take(self) -> None:
        """The whole course, from the beginning of this page to the result."""
        self.rewind()
        while self.here() != "result":
            self.do_page()
            self.next()

    def do_page(self) -> None:
        """Everything that has to be done on this page, from this screen to its last."""
        while True:
            sight = self.sight()
            for task in sight.tasks:
                self.do(task)
            if sight.is_last:
                return
            self.forward()

    def do(self, task: str) -> None:
        """One task, and Check."""
        looks = self.find(task)
        element = self.element(task)
        if looks.kind == "sp-scenario":
            self.play(task)
            return
        if looks.kind == "sp-confidence":
            self.choose(element.locator('input[value="3"]'))
            return
        is_wrong = task in self.wrong
        if "is-right" in looks.classes and not is_wrong:
            return  # it stands there from before, and the main button leads on
        if "is-wrong" in looks.classes:
            self.check()  # Try again
        self.give(task, _wrong_answer(looks) if is_wrong else looks.correct)
        self.check()
        expect(element).to_have_class(_word("is-wrong" if is_wrong else "is-right"))

    def give(self, task: str, answer: str) -> None:
        """Put an answer into the form of a question, without Check."""
        looks = self.looks(task)
        element = self.element(task)
        if looks.kind == "sp-order":
            self.arrange(element, answer)
        elif looks.kind in ("sp-sort", "sp-match"):
            self.pair(element, answer)
        elif looks.kind == "sp-multiple":
            for value, is_chosen in looks.fields.items():
                if is_chosen != (value in answer):
                    self.choose(element.locator(f'input[value="{value}"]'))
        else:
            self.choose(element.locator(f'input[value="{answer}"]'))

    def play(self, task: str) -> None:
        """A scenario, always by its best choices that lead on."""
        story = self.element(task)
        while not story.locator(".ending:visible").count():
            situation = story.locator(".situation:visible")
            choice = situation.locator('li[data-rating="best"]:not([data-next=""]) > .choice').first
            self.press(choice)
            self.check()

    def check(self) -> None:
        """Press the main button: of a question that has no verdict it is Check."""
        self.press(self.frame.locator(".bar .next"))

    def forward(self) -> Sight:
        """To the next screen: whatever is open here is left for now, and a card is turned."""
        before = sight = self.sight()
        while (sight.page, sight.number) == (before.page, before.number):
            self.press(self.frame.locator(".past .later" if sight.has_later else ".bar .next"))
            sight = self.sight()
        return sight

    def next(self) -> None:
        """To the next page."""
        before = self.here()
        while self.forward().page == before:
            pass

    def look_through(self) -> None:
        """To the last screen of this page, and leave for now what has to be done."""
        while not self.is_last_screen():
            self.forward()

    def rewind(self) -> None:
        """Back to the first screen of this page."""
        while not self.sight().is_first:
            self.press(self.frame.locator(".back"))

    def find(self, block: str) -> Looks:
        """To the screen of this page on which a block stands."""
        while not (looks := self.looks(block)).is_shown:
            if self.is_last_screen():
                self.rewind()
            else:
                self.forward()
        return looks

    def open_contents(self) -> None:
        """The contents; on a wide screen they stand open."""
        if not self.frame.locator(".contents-inside").is_visible():
            self.press(self.frame.locator(".to-contents"))

    def go(self, page: str) -> None:
        """To a page by the contents."""
        self.open_contents()
        self.press(self.frame.locator(f'.contents a[href="#{page}"]'))
        assert self.here() == page

    def leave(self) -> None:
        """Press Save and exit."""
        self.open_contents()
        self.press(self.frame.locator(".exit"))

    def exit(self) -> None:
        """Save and exit."""
        self.leave()
        expect(self.frame.locator("#ended")).to_be_visible()
        expect(self.frame.locator(".ended-words")).not_to_contain_text("We are sending")

    # What the learner sees ------------------------------------------------------------------------

    def sight(self) -> Sight:
        """What is on the screen now."""
        found = self.frame.evaluate(SIGHT)
        if not found:
            self.frame.locator("main > section:visible").wait_for()
            found = self.frame.evaluate(SIGHT)
        return Sight(**found)

    def looks(self, block: str) -> Looks:
        """How a block of this page looks now."""
        found = self.frame.evaluate(LOOKS, block)
        assert len(found) == 1, f"{block} is on another page"
        return Looks(**found[0])

    def here(self) -> str:
        """The id of the page that is shown."""
        return self.sight().page

    def screen(self) -> str:
        """The page that is shown, and which of its screens."""
        sight = self.sight()
        return f"{sight.page} {sight.number}"

    def is_last_screen(self) -> bool:
        """Whether the page has no further screen."""
        return self.sight().is_last

    def pages(self) -> list[str]:
        """The ids of all pages, without the result."""
        return _each(self.frame.locator("main > .page:not(#result)"), "id")

    def tasks(self) -> list[str]:
        """The ids of what has to be done on this page."""
        return _each(self.frame.locator("main > section:visible").locator(TASKS), "id")

    def tasks_in_sight(self) -> list[str]:
        """The ids of what has to be done on this screen."""
        return self.sight().tasks

    def all_tasks(self) -> list[str]:
        """The ids of what has to be done in the course."""
        return _each(self.frame.locator(TASKS), "id")

    def questions(self, more: str = "") -> list[str]:
        """The ids of the questions; `more` narrows the selector, such as `[data-critical]`."""
        selector = ", ".join(f"{kind}{more}" for kind in QUESTIONS.split(", "))
        return _each(self.frame.locator(selector), "id")

    def element(self, task: str) -> Locator:
        """The element of a task."""
        return self.frame.locator(f'[id="{task}"]')

    def kind(self, task: str) -> str:
        """The name of a task's element."""
        return str(self.element(task).evaluate("element => element.localName"))

    def sign(self) -> str:
        """The quiet line: what it says after it has settled."""
        return str(self.frame.wait_for_function(SETTLED).json_value())

    # By mouse or by keyboard ----------------------------------------------------------------------

    def press(self, button: Locator) -> None:
        """Press a button or a link."""
        if not self.keyboard:
            button.click()
            return
        self.tab_to(button)
        self.frame.page.keyboard.press("Enter")

    def choose(self, field: Locator) -> None:
        """Choose a radio button, or turn a checkbox."""
        if not self.keyboard:
            field.click()
        elif field.get_attribute("type") == "checkbox":
            self.tab_to(field)
            self.frame.page.keyboard.press("Space")
        else:
            self.tab_to_group(field)
            self.arrow_to(field)

    def pair(self, element: Locator, answer: str) -> None:
        """Choose for each thing that is asked for, then change what is not as it is wanted."""
        while (thing := element.locator(".item.alone")).count():
            self.press(thing.locator(f'[data-key="{answer[int(str(thing.get_attribute("data-key")))]}"]'))
        things = element.locator(".item")
        chosen = dict(zip(_each(things, "data-key"), _each(things, "data-chosen"), strict=True))
        for number, letter in enumerate(answer):
            if chosen[str(number)] != letter:
                thing = element.locator(f'.item[data-key="{number}"]')
                self.press(thing.locator(".choice:visible"))
                self.press(thing.locator(f'[data-key="{letter}"]'))

    def arrange(self, element: Locator, answer: str) -> None:
        """Take back each step that is not where it belongs, then put each where it does."""
        placed: list[str | None] = [*_each(element.locator(".steps > li"), "data-key")]
        wrong = [(key, wanted) for key, wanted in zip_longest(placed, answer) if key != wanted]
        for key in [key for key, _ in wrong if key] + [wanted for _, wanted in wrong]:
            self.press(element.locator(f'[data-key="{key}"] .choice'))

    def tab_to(self, target: Locator) -> None:
        """Press Tab until the focus is on `target`."""
        element = target.element_handle()
        for _ in range(MOST_TABS):
            if element.evaluate("element => document.activeElement === element"):
                return
            self.frame.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def tab_to_group(self, radio: Locator) -> None:
        """Press Tab until the focus is on a radio button of the same group."""
        element = radio.element_handle()
        for _ in range(MOST_TABS):
            if element.evaluate("({name}) => document.activeElement?.name === name"):
                return
            self.frame.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches the group of {radio}")

    def arrow_to(self, radio: Locator) -> None:
        """Press the arrow until the focus is on `radio`, which then is chosen."""
        element = radio.element_handle()
        for _ in range(MOST_TABS):
            is_here, is_chosen = element.evaluate("radio => [document.activeElement === radio, radio.checked]")
            if is_chosen:
                return
            self.frame.page.keyboard.press("Space" if is_here else "ArrowDown")
        raise AssertionError(f"the arrows do not reach {radio}")


def _wrong_answer(looks: Looks) -> str:
    if looks.kind in ("sp-order", "sp-match"):
        return looks.correct[1:] + looks.correct[0]
    if looks.kind == "sp-sort":
        return looks.correct[-1] + looks.correct[1:]
    return next(value for value in sorted(looks.fields) if value not in looks.correct)


def _each(found: Locator, attribute: str) -> list[str]:
    """An attribute of each element that is there now."""
    values: list[str] = found.evaluate_all("(all, name) => all.map((each) => each.getAttribute(name))", attribute)
    return values


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{word}\b")
