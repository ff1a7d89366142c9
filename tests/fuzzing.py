"""What scripts have in common that spoil things by the thousand: what came of each, and of all of them."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Run:
    """What came of one thing that was spoiled in the ways `done`."""

    seed: int
    done: tuple[str, ...]
    seconds: float
    megabytes: int
    codes: frozenset[str] = frozenset()
    wrong: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"seed {self.seed}: {', '.join(self.done)}"


@dataclass
class Summary:
    """What came of all of them."""

    runs: int = 0
    failures: list[Run] = field(default_factory=list)
    slowest: Run | None = None
    megabytes: int = 0
    codes: set[str] = field(default_factory=set)

    def add(self, run: Run) -> None:
        self.runs += 1
        self.codes |= run.codes
        self.megabytes = max(self.megabytes, run.megabytes)
        if self.slowest is None or run.seconds > self.slowest.seconds:
            self.slowest = run
        if run.wrong:
            self.failures.append(run)

    def __str__(self) -> str:
        slowest = f"{self.slowest.seconds:.2f} s ({self.slowest})" if self.slowest else "none"
        return (
            f"{self.runs} runs, {len(self.failures)} failures; slowest {slowest}; "
            f"peak memory {self.megabytes} MB; {len(self.codes)} codes: {' '.join(sorted(self.codes))}"
        )


def run_by_hand(about: str | None, try_one: Callable[[int], Run], runs_of_a_worker: int) -> int:
    """Ask the command line which seeds to try, try them, tell what came of it, and return the exit code."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1, help="where the seeds of the runs begin: SEED × 1,000,000")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="SEED", help="the one run with this seed")
    options = parser.parse_args()
    first = options.seed * 1_000_000
    seeds = range(first, first + options.runs) if options.only is None else range(options.only, options.only + 1)
    summary = _try_all(seeds, options.processes, try_one, runs_of_a_worker)
    print(f"\n{summary}", file=sys.stderr)
    for run in summary.failures:
        print(f"  failed: --only {run.seed}  # {', '.join(run.done)}", file=sys.stderr)
    return 1 if summary.failures else 0


def _try_all(seeds: range, processes: int, try_one: Callable[[int], Run], runs_of_a_worker: int) -> Summary:
    """One run a seed, in workers that are replaced from time to time: their peak of memory only ever rises."""
    summary = Summary()
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, maxtasksperchild=runs_of_a_worker) as pool:
        for run in pool.imap_unordered(try_one, seeds):
            summary.add(run)
            _tell(run, summary)
    return summary


def _tell(run: Run, summary: Summary) -> None:
    for line in run.wrong[:3]:
        print(f"\n{run}: {line}", file=sys.stderr)
    if summary.runs % 100 == 0:
        progress = f"\r{summary.runs} runs, {len(summary.failures)} failures, {summary.megabytes} MB "
        print(progress, end="", file=sys.stderr, flush=True)
