"""A SCORM platform, with what a course says to it call by call."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page
from playwright.sync_api import TimeoutError as TooLate

from scormpack.check.session import OUR_RULES, STANDARD_RULES, Call, check_session
from scormpack.check.session.data_model import MODELS, Standard
from scormpack.check.session.order import refused_by_platform
from scormpack.check.session.record import JUDGED
from scormpack.diagnostics import Diagnostic
from scormpack.inspect.opening import read_items
from scormpack.inspect.play.platform import ARRIVES, MOST_OTHERS, POLL, Platform, Standing, Told, Trouble, Unit
from scormpack.lms import answer, drop
from scormpack.lms.scorm import Records, address, serve
from scormpack.package import Package
from scormpack.render.bundles import BUNDLES

# Whether the session with this number was ended by the course.
_IS_OVER = """number => ["LMSFinish", "Terminate"].includes(window.platform.sessions[number]?.at(-1)?.method)"""


class ScormPlatform(Platform):
    """A SCORM platform that says what became of each save, with scorm-again's API."""

    def __init__(self, package: Package, standard: Standard, stack: ExitStack) -> None:
        self._package = package
        self._standard = standard
        self._model = MODELS[standard]
        self._items = tuple(islice(read_items(package, standard), 1 + MOST_OTHERS))
        self._records = Records()
        engine = BUNDLES / "scorm-again" / f"{standard}.min.js"
        self._page = stack.enter_context(serve(package, Path(engine), self._records))
        self._launches: list[tuple[str, str, list[Call]]] = []  # the visit, the learner, and the calls
        self._failed: dict[str, str] = {}
        self._troubled: set[int] = set()  # the launches in which saves have failed
        self.origins = (self._page,)
        self.files = f"{self._page}course/"
        self.is_framed = True
        first, *others = (Unit(each.title, each.path.partition("?")[0], not each.is_asset) for each in self._items)
        self.others = tuple(others)
        self.start, self.begins = first.start, first.begins

    def launch(self, learner: str, looks: bool = False, number: int = 0) -> str:
        opening = self._items[number]
        mode, credit = ("review", "no-credit") if looks else ("normal", "credit")
        elements = {
            **opening.elements,
            self._named("learner_name", "student_name"): "Example, Sam",
            self._model.mode: mode,
            self._model.credit: credit,
        }
        self._launches.append(("", learner, []))
        options: dict[str, Any] = {"elements": elements, "course": opening.path, "learner": learner}
        return address(self._page, self._standard, api="careful", engine=True, **options)

    def _named(self, name: str, name_12: str) -> str:
        return f"cmi.core.{name_12}" if self._standard == "scorm12" else f"cmi.{name}"

    def count(self, page: Page) -> int:
        with suppress(Error, TypeError):
            calls = page.evaluate("window.platform.calls.map(({method, result}) => [method, result])")
            begun = any(str(method).endswith("nitialize") and result == "true" for method, result in calls)
            return len(calls) if begun else 0
        return 0

    def told(self, page: Page | None, context: BrowserContext) -> Told:
        found: list[Call] = []
        learner = self._launches[-1][1]
        with suppress(Error, LookupError, TypeError, ValueError):
            found = list(map(_call, self._calls(page, context, learner)))
        calls = self._launches[-1][2]
        if len(found) > len(calls):
            calls[:] = found
        if page is None:
            self._wait_for_last_words(learner, calls)
        return self._words(calls)

    def _calls(self, page: Page | None, context: BrowserContext, learner: str) -> list[Any]:
        if page is not None:
            return list(page.evaluate("window.platform.calls"))
        before = sum(bool(calls) for _, whose, calls in self._launches[:-1] if whose == learner)
        with context.new_page() as other:
            other.goto(address(self._page, self._standard, course="", learner=learner))
            if self._launches[-1][2]:
                with suppress(TooLate):  # a course may end without a word; if it has one, it comes a little later
                    other.wait_for_function(_IS_OVER, arg=before, timeout=1000 * ARRIVES)
            return list(other.evaluate("window.platform.sessions")[before])

    def _wait_for_last_words(self, learner: str, calls: list[Call]) -> None:
        """What is sent while a page is closed comes a little later."""
        end = time.monotonic() + ARRIVES
        while time.monotonic() < end and not self._has_arrived(learner, calls):
            time.sleep(POLL)

    def _has_arrived(self, learner: str, calls: list[Call]) -> bool:
        saved = _saved(calls)
        record = self._records.of.get(learner, {})
        return bool(self._records.faults) or all(record.get(name) == value for name, value in saved.items())

    def _words(self, calls: list[Call]) -> Told:
        model = self._model
        places = ("cmi.suspend_data", self._named("location", "lesson_location"))
        told = Told()
        for call in calls:
            given = ", ".join(map(_short, call.arguments))
            bad = call.error != 0 or call.result == "false"
            told.words.append((call.at / 1000, f"{call.method}({given}) → {_short(call.result)}", bad))
            name = call.arguments[0] if call.arguments else ""
            told.asked_for_place |= call.method.endswith("GetValue") and name in places
            if call.method.endswith("SetValue") and len(call.arguments) == 2:
                value = call.arguments[1]
                is_status = name in model.judgements and value in JUDGED
                if is_status or (name.startswith(f"{model.score}.") and value):
                    told.judged.append(f"{name} to {value}")
        return told

    def standing(self, learner: str) -> Standing:
        record = self._records.of.get(learner, {})
        place = bool(record.get("cmi.suspend_data") or record.get(self._named("location", "lesson_location")))
        why = "neither location nor suspend data are on record"
        if place and self._standard == "scorm2004" and record.get("cmi.exit") != "suspend":
            place, why = False, "exit is not `suspend`, which ends the attempt (RTE, 4.2.8)"
        completion, success = record.get("cmi.completion_status", ""), record.get("cmi.success_status", "")
        if self._standard == "scorm12":
            completion = record.get("cmi.core.lesson_status", "")
            success = completion if completion in ("passed", "failed") else ""
            completion = "completed" if success else completion
        return Standing(completion, success, record.get(f"{self._model.score}.raw", ""), place, why)

    def fail(self, trouble: Trouble) -> None:
        faults = {"refused": answer(503, method="POST", times=None), "lost": drop(method="POST", times=None)}
        self._records.faults[:] = [faults[trouble]] if trouble in faults else []
        self._troubled.add(len(self._launches) - 1)
        if trouble == "none":
            self._failed = _set(self._launches[-1][2])

    def failed_saves(self) -> int:
        return sum(call.method.endswith("Commit") and call.result == "false" for call in self._launches[-1][2])

    def lost(self, learner: str) -> list[str]:
        now = _set(self._launches[-1][2])
        record = self._records.of.get(learner, {})
        return [name for name in self._failed if record.get(name) != now.get(name)]

    def judge(self, is_ours: bool) -> Iterator[Diagnostic]:
        rules = OUR_RULES if is_ours else STANDARD_RULES
        spared = [rule for rule in rules if rule is not refused_by_platform]
        for number, (_, _, calls) in enumerate(self._launches):
            asked = spared if number in self._troubled else rules
            if calls:
                yield from check_session(calls, self._standard, f"{self._package.name}, launch {number + 1}", asked)


def _call(found: Any) -> Call:
    """A call as the page tells of it, which may be a stranger's."""
    texts = [tuple(map(str, found[name])) for name in ("arguments", "argument_types")]
    return Call(
        str(found["method"]), texts[0], str(found["result"]), int(found["error"]), float(found["at"]), texts[1]
    )


def _short(value: str) -> str:
    return (value if len(value) <= 60 else f"{value[:59]}…") or '""'


def _set(calls: list[Call]) -> dict[str, str]:
    """The last value of each element that the platform's API has taken."""
    took = (each for each in calls if each.method.endswith("SetValue") and each.result == "true")
    return {each.arguments[0]: each.arguments[1] for each in took if len(each.arguments) == 2}


def _saved(calls: list[Call]) -> dict[str, str]:
    """What was set before the last save that was taken."""
    ends = [at for at, each in enumerate(calls) if each.method.endswith(("Commit", "Finish", "Terminate"))]
    taken = [at for at in ends if calls[at].result == "true"]
    return _set(calls[: taken[-1]]) if taken else {}
