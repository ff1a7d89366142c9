"""Work in several processes at once, with the same results in the same order as in one."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

Job = TypeVar("Job")
Result = TypeVar("Result")
Work: TypeAlias = Callable[[Job], Iterable[Result]]

_STOPS = (signal.SIGINT, signal.SIGTERM)  # Ctrl+C brings both: one from the terminal, one from the parent
_AT_ONCE = 40  # results: few enough to be seen soon, enough to share what each of them costs
_LEAST = 2  # jobs for each process: for less it is not worth beginning one


def cores() -> int:
    """How many processes can work at once."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def results_of(jobs: Sequence[Job], work: Work[Job, Result], processes: int) -> Iterator[Result]:
    """What `work` gives for each job, in the order of `jobs`.

    With several `processes`, copies of this one do the work, where there can be any; the results have to be such as
    can be pickled. What a copy has not done, whatever became of it, is done here: so an exception is raised as ever.
    """
    several = min(processes, len(jobs) // _LEAST)
    if several < 2 or not _can_be_copied():
        for job in jobs:
            yield from work(job)
        return
    copies = _Copies()
    try:
        copies.begin(jobs, work, several)
        for number, job in enumerate(jobs):
            done = 0
            for result in copies.results(number):
                done += 1
                yield result
            if not copies.has_ended(number):
                yield from islice(work(job), done, None)
    finally:
        copies.end()


def _can_be_copied() -> bool:
    """Whether a copy of this process can do what it does: it has no thread but the one that asks for it.

    On macOS a copy may not use the system's own libraries, and Windows makes none.
    """
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


class _Copies:
    """Copies of this process. Each is given the number of a job, and another one when it has brought all results."""

    def __init__(self) -> None:
        self._left: Iterator[int] = iter(())
        self._brought: defaultdict[int, deque[Any]] = defaultdict(deque)
        self._ended: set[int] = set()
        self._busy: dict[Connection, int] = {}
        self._processes: dict[Connection, ForkProcess] = {}

    def begin(self, jobs: Sequence[Any], work: Work[Any, Any], processes: int) -> None:
        """Make as many copies as `processes`, or as the system allows, and give each a first job."""
        self._left = iter(range(len(jobs)))
        gc.freeze()  # what a copy does not look through for garbage, it goes on sharing
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)  # Python may lose one while a copy is made
        try:
            with suppress(OSError):
                for _ in range(processes):
                    self._give(self._made(jobs, work))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            gc.unfreeze()

    def _made(self, jobs: Sequence[Any], work: Work[Any, Any]) -> Connection:
        """A new copy."""
        from multiprocessing import get_context  # which one process does not need

        fork = get_context("fork")
        here, there = fork.Pipe()
        process = fork.Process(target=_work, args=(jobs, work, there, [*self._processes, here]), daemon=True)
        process.start()
        there.close()
        self._processes[here] = process
        return here

    def _give(self, copy: Connection) -> None:
        number = next(self._left, None)
        if number is None:
            copy.close()
            return
        self._busy[copy] = number
        with suppress(OSError):  # a copy that is gone brings nothing, and that is soon noticed
            copy.send(number)

    def results(self, number: int) -> Iterator[Any]:
        """What the job gives, as it comes, until there is no more or no copy brings it."""
        from multiprocessing.connection import wait

        brought = self._brought[number]
        while brought or number in self._busy.values():
            while brought:
                yield brought.popleft()
            if number in self._busy.values():
                for copy in cast("list[Connection]", wait(list(self._busy))):
                    self._take(copy)
        del self._brought[number]

    def has_ended(self, number: int) -> bool:
        """Whether the job has given all that it gives."""
        return number in self._ended

    def _take(self, copy: Connection) -> None:
        number = self._busy.pop(copy)
        with suppress(EOFError, OSError):  # it is gone
            if some := copy.recv():
                self._brought[number] += some
                self._busy[copy] = number
            else:
                self._ended.add(number)
                self._give(copy)

    def end(self) -> None:
        """Leave no copy behind: those that are still busy are told to stop."""
        for copy in self._busy:
            self._processes[copy].terminate()
        for copy, process in self._processes.items():
            copy.close()
            process.join()


def _work(jobs: Sequence[Job], work: Work[Job, Result], parent: Connection, others: Iterable[Connection]) -> None:
    """Do in a copy what the parent asks for, until it asks no more, is gone, or something goes wrong."""
    try:
        for each in _STOPS:
            signal.signal(each, _stop)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
        for connection in others:
            connection.close()  # or this copy would keep them open, and none would notice that the parent is gone
        while True:
            results = iter(work(jobs[parent.recv()]))
            while some := list(islice(results, _AT_ONCE)):
                parent.send(some)
            parent.send([])
    finally:
        os._exit(0)  # without a word, and without doing what the parent does at its end


def _stop(*_: object) -> None:
    """Unwind a copy, so that what is half written is cleaned away; a second signal does not disturb that."""
    for each in _STOPS:
        signal.signal(each, lambda *_: None)  # SIG_IGN complains about one that is on its way
    raise KeyboardInterrupt
