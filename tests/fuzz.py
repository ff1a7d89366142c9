"""Libraries that somebody spoiled, by accident or on purpose: `validate` has to end with findings, soon and small.

Run by hand: `python tests/fuzz.py --runs 20000 --seed 1 --processes 2`; one of them again: `--only SEED`. What is
done to a library is in `spoiling.py`.
"""

from __future__ import annotations

import json
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random

from fuzzing import Run, run_by_hand
from paths import EVERY_BLOCK
from spoiling import LAST, MUTATORS, Mutator

from scormpack.batch import plan, validate_all
from scormpack.check.content.english.prose import sentences, without_quotes, without_references
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.course.picture import cleaned, encoded
from scormpack.diagnostics import ContentError, Diagnostic

SECONDS = 2.0
MEGABYTES = 300
FINDINGS = 2_000  # of one library; nobody mends more in one go
LETTERS = 1_000  # of one message or hint
PATIENCE = 30  # seconds after which a run is ended
RUNS_OF_A_WORKER = 100
SHM = Path("/dev/shm")  # a file system in memory, where there is one


class Overrun(BaseException):
    """The run was ended; no `except Exception` may keep it going."""


def validated(library: Path) -> list[Diagnostic]:
    """What `scormpack validate` finds."""
    try:
        return list(validate_all(plan(load_library(library), today())))
    except ContentError as error:
        return list(error.diagnostics)


def try_one(seed: int, mutators: tuple[Mutator, ...] = ()) -> Run:
    """Spoil a library by `mutators`, or else by some that the seed chooses, and validate it."""
    dice = Random(seed)
    chosen = mutators or _chosen(dice)
    with copied() as library:
        for mutate in chosen:
            try:
                mutate(dice, library)
            except (OSError, UnicodeDecodeError):
                continue  # an earlier one left nothing that could be spoiled in this way
        for remembered in (encoded, cleaned, without_references, without_quotes, sentences):
            remembered.cache_clear()  # each library is read by a process of its own
        before, began, worked = _peak(), time.perf_counter(), time.process_time()
        found, wrong = _outcome(library)
        # The less of the two: a busy machine lets it wait, and several threads work at once.
        seconds = min(time.perf_counter() - began, time.process_time() - worked)
    if seconds > SECONDS:
        wrong.append(f"took {seconds:.1f} s")
    if (peak := _peak()) > max(before, MEGABYTES):
        wrong.append(f"took {peak} MB")
    names = tuple(mutate.__name__ for mutate in chosen)
    return Run(seed, names, seconds, peak, frozenset(each.code for each in found), tuple(wrong))


def _chosen(dice: Random) -> tuple[Mutator, ...]:
    """One to three of them. What makes links, pipes and locks comes last, and once: nothing is written through it."""
    chosen = dice.choices(MUTATORS, k=dice.choice((1, 1, 1, 2, 3)))
    last = [mutate for mutate in chosen if mutate in LAST]
    return (*(mutate for mutate in chosen if mutate not in LAST), *last[:1])


def _outcome(library: Path) -> tuple[list[Diagnostic], list[str]]:
    try:
        with _patience(PATIENCE), warnings.catch_warnings():
            warnings.simplefilter("error")
            found = validated(library)
    except Overrun:
        return [], [f"did not end within {PATIENCE} s"]
    except BaseException:  # whatever it is, it is what this script looks for
        return [], [traceback.format_exc(limit=-4)]
    return found, list(_wrong(found))


def _wrong(found: list[Diagnostic]) -> Iterator[str]:
    if len(found) > FINDINGS:
        yield f"{len(found)} findings"
    for each in found:
        if not each.place.path or not each.place.path.isprintable():
            yield f"{each.code} has no place that can be shown: {each.place!r}"
        if max(len(each.message), len(each.hint)) > LETTERS:
            yield f"{each.code} has {len(each.message)} letters, its hint {len(each.hint)}: {each.message[:80]}"
        try:
            json.dumps([each.message, each.hint], ensure_ascii=False).encode()
        except UnicodeEncodeError:
            yield f"{each.code} cannot be written: {each.message[:80]!a}"


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of the small library, made from memory."""
    with tempfile.TemporaryDirectory(prefix="hostile-", dir=SHM if SHM.is_dir() else None) as name:
        library = Path(name) / "library"
        for path, data in _files().items():
            (library / path).parent.mkdir(parents=True, exist_ok=True)
            (library / path).write_bytes(data)
        try:
            yield library
        finally:
            _allow(library)
            shutil.rmtree(library)


def _allow(folder: Path) -> None:
    """Let what is in a folder be removed."""
    folder.chmod(0o700)
    for each in folder.iterdir():
        if each.is_dir() and not each.is_symlink():
            _allow(each)


@cache
def _files() -> dict[Path, bytes]:
    return {path.relative_to(EVERY_BLOCK): path.read_bytes() for path in EVERY_BLOCK.rglob("*") if path.is_file()}


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    def end(*_: object) -> None:
        raise Overrun

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _peak() -> int:
    """The most megabytes that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    sys.exit(run_by_hand(__doc__, try_one, RUNS_OF_A_WORKER))
