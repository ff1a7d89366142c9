"""How far long work is, on standard error: a bar on a terminal, a line every few seconds anywhere else."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import current_thread, main_thread
from types import FrameType, TracebackType
from typing import Any

import click

EVERY = 5.0  # seconds between two lines, and before the first: short work has none


@contextmanager
def _heeding_ctrl_c() -> Iterator[Callable[[], None]]:
    """See to it that Ctrl+C ends what is done within; it gives what is to be called now and then.

    Python ignores what is raised while an object is taken apart, KeyboardInterrupt too: then the next call raises it.
    """
    asked: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        asked.append(number)
        signal.default_int_handler(number, frame)

    def heed() -> None:
        if asked:
            raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler or current_thread() is not main_thread():
        yield heed  # somebody else sees to it, or wants it to be ignored
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield heed
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


class Progress:
    """A context; `step` is called with what is being done, as often as one likes. Only text for people has it.

    `clock` gives the seconds that have gone by.
    """

    def __init__(self, label: str, size: int, form: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.done = 0
        self._label = label
        self._size = size
        self._clock = clock
        self._begun = self._said = clock()
        self._talks = form == "text"
        self._at: object = None
        self._bar: Any = None
        self._stack = ExitStack()
        self._heed: Callable[[], None] = lambda: None

    def __enter__(self) -> Progress:
        self._heed = self._stack.enter_context(_heeding_ctrl_c())
        if self._talks and sys.stderr.isatty():
            bar = click.progressbar(length=self._size, label=self._label, file=sys.stderr, item_show_func=self._rate)
            self._bar = self._stack.enter_context(bar)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def step(self, work: object) -> None:
        """Something came of a piece of work; it counts once, however much comes of it in a row.

        Raises KeyboardInterrupt if Ctrl+C was lost where Python takes no notice of it.
        """
        self._heed()
        if work == self._at:
            return
        self._at = work
        self.done += 1
        if self._bar is not None:
            self._bar.update(1, self.done)
        elif self._talks and self._clock() - self._said >= EVERY:
            self._said = self._clock()
            click.echo(
                f"{self._label}: {self.done:,} of {self._size:,}, {self._rate()}, {self._left()} left.", err=True
            )

    def _per_second(self) -> float:
        return self.done / max(self._clock() - self._begun, 1e-9)

    def _rate(self, _: object = None) -> str:
        speed = self._per_second()
        return f"{speed:,.0f} a second" if speed >= 1 else f"{60 * speed:,.0f} a minute"

    def _left(self) -> str:
        seconds = round((self._size - self.done) / max(self._per_second(), 1e-9))
        return f"{seconds} s" if seconds < 120 else f"{round(seconds / 60)} min"
