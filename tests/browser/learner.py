"""A learner who takes a course as people do: by mouse or by keyboard alone, with right or wrong answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
            for task in self.tasks_in_sight():
                self.do(task)
            if self.is_last_screen():
                return
            self.forward()

    def do(self, task: str) -> None:
        """One task, and Check."""
        self.find(task)
        element = self.element(task)
        kind = self.kind(task)
        if kind == "sp-scenario":
            self.play(task)
            return
        if kind == "sp-confidence":
            self.choose(element.locator('input[value="3"]'))
            return
        correct = str(element.get_attribute("data-correct"))
        verdict = str(element.get_attribute("class"))
        if "is-right" in verdict and task not in self.wrong:
            return  # it stands there from before, and the main button leads on
        if "is-wrong" in verdict:
            self.check()  # Try again
        self.give(task, correct if task not in self.wrong else self.wrong_answer(task))
        self.check()
        expect(element).to_have_class(_word("is-wrong" if task in self.wrong else "is-right"))

    def give(self, task: str, answer: str) -> None:
        """Put an answer into the form of a question, without Check."""
        kind = self.kind(task)
        element = self.element(task)
        if kind == "sp-order":
            self.arrange(element, answer)
        elif kind in ("sp-sort", "sp-match"):
            self.pair(element, answer)
        elif kind == "sp-multiple":
            checked = _each(element.locator("input:checked"), "value")
            for value in _each(element.locator("input"), "value"):
                if (value in checked) != (value in answer):
                    self.choose(element.locator(f'input[value="{value}"]'))
        else:
            self.choose(element.locator(f'input[value="{answer}"]'))

    def wrong_answer(self, task: str) -> str:
        """Some whole answer that is not right."""
        element = self.element(task)
        correct = str(element.get_attribute("data-correct"))
        if self.kind(task) in ("sp-order", "sp-match"):
            return correct[1:] + correct[0]
        if self.kind(task) == "sp-sort":
            return correct[-1] + correct[1:]
        return next(value for value in sorted(_each(element.locator("input"), "value")) if value not in correct)

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

    def forward(self) -> None:
        """To the next screen: whatever is open here is left for now, and a card is turned."""
        before = self.screen()
        while self.screen() == before:
            later = self.frame.locator(".past .later")
            self.press(later if later.is_visible() else self.frame.locator(".bar .next"))

    def next(self) -> None:
        """To the next page."""
        before = self.here()
        while self.here() == before:
            self.forward()

    def look_through(self) -> None:
        """To the last screen of this page, and leave for now what has to be done."""
        while not self.is_last_screen():
            self.forward()

    def rewind(self) -> None:
        """Back to the first screen of this page."""
        while self.frame.locator("main > section:visible > .screen:not(:visible) ~ .screen:visible").count():
            self.press(self.frame.locator(".back"))

    def find(self, block: str) -> None:
        """To the screen of this page on which a block stands."""
        assert self.frame.locator(f'main > section:visible [id="{block}"]').count(), f"{block} is on another page"
        while not self.element(block).is_visible():
            if self.is_last_screen():
                self.rewind()
            else:
                self.forward()

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
        expect(self.frame.locator(".ended-words")).not_to_contain_text("We are sending", timeout=PATIENCE * 1000)

    # What the learner sees ------------------------------------------------------------------------

    def here(self) -> str:
        """The id of the page that is shown."""
        return str(self.frame.locator("main > section:visible").get_attribute("id"))

    def screen(self) -> str:
        """The page that is shown, and which of its screens."""
        number = "() => [...document.querySelectorAll('.screen')].findIndex(screen => screen.offsetParent)"
        return f"{self.here()} {self.frame.evaluate(number)}"

    def is_last_screen(self) -> bool:
        """Whether the page has no further screen."""
        return not self.frame.locator("main > section:visible > .screen:visible ~ .screen").count()

    def pages(self) -> list[str]:
        """The ids of all pages, without the result."""
        return _each(self.frame.locator("main > .page:not(#result)"), "id")

    def tasks(self) -> list[str]:
        """The ids of what has to be done on this page."""
        return _each(self.frame.locator("main > section:visible").locator(TASKS), "id")

    def tasks_in_sight(self) -> list[str]:
        """The ids of what has to be done on this screen."""
        found = self.frame.locator("main > section:visible").locator(TASKS)
        return [str(each.get_attribute("id")) for each in found.all() if each.is_visible()]

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
            for _ in range(MOST_TABS):
                if field.is_checked():
                    return
                self.frame.page.keyboard.press("ArrowDown")
                if _is_here(field) and not field.is_checked():
                    self.frame.page.keyboard.press("Space")
            raise AssertionError(f"the arrows do not reach {field}")

    def pair(self, element: Locator, answer: str) -> None:
        """Choose for each thing that is asked for, then change what is not as it is wanted."""
        while (thing := element.locator(".item.alone")).count():
            self.press(thing.locator(f'[data-key="{answer[int(str(thing.get_attribute("data-key")))]}"]'))
        for number, letter in enumerate(answer):
            thing = element.locator(f'.item[data-key="{number}"]')
            if thing.get_attribute("data-chosen") != letter:
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
        for _ in range(MOST_TABS):
            if _is_here(target):
                return
            self.frame.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def tab_to_group(self, radio: Locator) -> None:
        """Press Tab until the focus is on a radio button of the same group."""
        name = radio.get_attribute("name")
        for _ in range(MOST_TABS):
            if self.frame.evaluate("name => document.activeElement?.name === name", name):
                return
            self.frame.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches the group {name}")


def _each(found: Locator, attribute: str) -> list[str]:
    """An attribute of each element that is there now."""
    values: list[str] = found.evaluate_all("(all, name) => all.map((each) => each.getAttribute(name))", attribute)
    return values


def _is_here(target: Locator) -> bool:
    return bool(target.evaluate("element => document.activeElement === element"))


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{word}\b")
