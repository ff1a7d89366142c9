"""What a course says to a SCORM platform, call by call and launch by launch, judged while it grows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from scormpack.check.session import OPEN_RULES, SESSION_RULES, Call, check_session
from scormpack.check.session.data_model import MODELS, Role, Standard
from scormpack.check.session.order import refused_by_platform
from scormpack.diagnostics import Diagnostic
from scormpack.preview.runs.log import Log, shortened
from scormpack.preview.runs.run import Entry, Flaw

MOST_CALLS = 5_000  # of one launch: to judge some of them takes the longer the more there are, squared
MOST_CHARACTERS = 5_000_000  # of one launch
MOST_VISITS = 20  # launches; of those before nothing is kept
_LAST_WORDS = 0.3  # seconds in which a page that is closed may still say something
_LONGER = 2  # likewise, where another launch has begun and nobody has said that the page is closed
_REST = 10  # times as long as the last judging took, until the next
_NOT_THERE_YET = 403  # SCORM 2004 RTE, 3.1.7.4
_QUICK = 0.02  # seconds: judging that takes no longer needs no rest


@dataclass
class _Visit:
    """One launch: its calls, and what was made of them."""

    number: int
    began: float
    calls: list[Call] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)  # one for each call, or ""
    numbers: list[int] = field(default_factory=list)  # of the entry of each call
    known: set[tuple[int, str, str]] = field(default_factory=set)  # findings that were shown
    characters: int = 0
    heard: int = 0  # calls, with those that there was no room for
    is_begun: bool = False
    is_ended: bool = False
    over_at: float | None = None  # when nothing more is to come
    is_judged: bool = False  # to the end
    is_told_full: bool = False

    @property
    def is_full(self) -> bool:
        return len(self.calls) >= MOST_CALLS or self.characters >= MOST_CHARACTERS


class Calls:
    """The calls of every launch, as entries. `changed` is called when judging that had to wait can go on.

    Several threads may ask.
    """

    def __init__(self, standard: Standard, changed: Callable[[], None]) -> None:
        self._standard = standard
        self._changed = changed
        self._log = Log()
        self._visits: list[_Visit] = []
        self._rest = 0.0  # until when nothing is judged
        self._is_waiting = False
        self._lock = threading.RLock()

    # What is heard --------------------------------------------------------------------------------

    def begin(self, number: int, *about: str) -> None:
        """A launch, of which `about` says what it is."""
        with self._lock:
            for earlier in self._visits:
                _end(earlier, _LONGER)
                self._judge(earlier)
            self._visits = [*self._visits, _Visit(number, time.time())][-MOST_VISITS:]
            self._log.add(number, "Launch", *about)

    def hear(self, number: int, first: int, calls: list[Call], trouble: Callable[[int], str]) -> None:
        """Calls of a launch, of which the first is the one numbered `first` there, from 0: some may come again.

        `trouble` gives the name of what a call met with, by its number.
        """
        with self._lock:
            visit = self._visit(number)
            if visit is None:
                return
            for index, call in enumerate(calls, start=first):
                if index >= visit.heard:
                    visit.heard = index + 1
                    self._hear(visit, call, trouble(index))

    def _hear(self, visit: _Visit, call: Call, trouble: str) -> None:
        if visit.is_full:
            return
        visit.calls.append(call)
        visit.troubles.append(trouble)
        visit.characters += _size(call)
        role = MODELS[self._standard].methods.get(call.method)
        went_well = call.error == 0 and call.result.lower() == "true"
        visit.is_begun = visit.is_begun or (went_well and role is Role.INITIALIZE)
        visit.is_ended = visit.is_ended or (went_well and visit.is_begun and role is Role.TERMINATE)

    def close(self, number: int) -> None:
        """The page of a launch is gone."""
        with self._lock:
            if visit := self._visit(number):
                _end(visit, _LAST_WORDS)

    def note(self, what: str, answer: str) -> None:
        """Something was refused beside the calls of the newest launch."""
        with self._lock:
            if self._visits:
                self._judge(self._visits[-1])
                self._log.add(self._visits[-1].number, what, answer=answer, refused=True)

    def _visit(self, number: int) -> _Visit | None:
        return next((visit for visit in self._visits if visit.number == number), None)

    # What is shown --------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether a session is going on."""
        with self._lock:
            last = self._visits[-1] if self._visits else None
            return last is not None and last.is_begun and not last.is_ended and last.over_at is None

    def entries(self, since: int) -> tuple[Entry, ...]:
        """The entries after the one numbered `since`."""
        with self._lock:
            for visit in self._visits:
                self._judge(visit)
            return self._log.after(since)

    def _judge(self, visit: _Visit) -> None:
        """Turn calls into entries with what they break; late findings get an entry of their own."""
        is_over = self._is_over(visit)
        if len(visit.numbers) == len(visit.calls) and (visit.is_judged or not is_over):
            return
        if (pause := self._rest - time.monotonic()) > 0:
            self._wake(pause)
            return
        found = self._found(visit, SESSION_RULES if is_over else OPEN_RULES)
        self._show(visit, found)
        visit.is_judged = is_over

    def _is_over(self, visit: _Visit) -> bool:
        """Whether nothing can follow that would change what is thought of it."""
        if visit.is_ended or visit.over_at is None:
            return visit.is_ended
        if (left := visit.over_at - time.monotonic()) > 0:
            self._wake(left)
        return left <= 0

    def _found(self, visit: _Visit, rules: Any) -> tuple[Diagnostic, ...]:
        began = time.thread_time()
        found = check_session(visit.calls, self._standard, rules=rules)
        if (took := time.thread_time() - began) > _QUICK:
            self._rest = time.monotonic() + _REST * took
        return found

    def _show(self, visit: _Visit, found: tuple[Diagnostic, ...]) -> None:
        news = list(self._news(visit, found))
        shown = len(visit.numbers)
        for line in range(shown + 1, len(visit.calls) + 1):
            flaws = tuple(flaw for at, flaw in news if at == line)
            visit.numbers.append(self._enter(visit, line, flaws).number)
        for line, flaw in news:
            if line <= shown:
                self._log.add(visit.number, "Seen later", *_about(visit, line), flaws=(flaw,))
        if visit.is_full and not visit.is_told_full:
            visit.is_told_full = True
            self._log.add(visit.number, "There are more calls than a preview keeps: the rest is only played")

    def _news(self, visit: _Visit, found: tuple[Diagnostic, ...]) -> Iterator[tuple[int, Flaw]]:
        """What was not said yet, with the number of the call; a refusal that was made on purpose is no flaw."""
        for each in found:
            line = each.place.line
            on_purpose = line and visit.troubles[line - 1] and each.code == refused_by_platform.code
            key = (line, each.code, each.message.partition(";")[0])
            if not on_purpose and key not in visit.known:
                visit.known.add(key)
                yield line, Flaw(each.code, each.message)

    def _enter(self, visit: _Visit, line: int, flaws: tuple[Flaw, ...]) -> Entry:
        call = visit.calls[line - 1]
        return self._log.add(
            visit.number,
            call.method,
            *call.arguments,
            at=visit.began + call.at / 1000,
            answer=shortened(call.result) + (f" (error {call.error})" if call.error > 0 else ""),
            refused=self._is_refused(call),
            flaws=flaws,
            trouble=visit.troubles[line - 1],
            weight=_size(call),
            detail=asdict(call),
        )

    def _is_refused(self, call: Call) -> bool:
        """Whether the platform said no. Any answer to a read may be data, and what is not there yet is no error."""
        if MODELS[self._standard].methods.get(call.method) is Role.GET:
            return call.error not in (0, _NOT_THERE_YET)
        return call.error != 0 or call.result.lower() == "false"

    def _wake(self, seconds: float) -> None:
        """Let it be asked for again, when there is more to say."""
        if self._is_waiting:
            return
        self._is_waiting = True
        timer = threading.Timer(seconds, self._go_on)
        timer.daemon = True
        timer.start()

    def _go_on(self) -> None:
        self._is_waiting = False
        self._changed()


def _end(visit: _Visit, seconds: float) -> None:
    """Nothing more is to come of it after so many seconds, or sooner."""
    over_at = time.monotonic() + seconds
    visit.over_at = min(over_at, visit.over_at or over_at)


def _size(call: Call) -> int:
    return sum(map(len, call.arguments)) + len(call.result)


def _about(visit: _Visit, line: int) -> tuple[str, ...]:
    """What a late finding is about: a call, or the whole launch if `line` is 0."""
    if not line:
        return ()
    call = visit.calls[line - 1]
    return (f"entry {visit.numbers[line - 1]}", call.method, *call.arguments)
