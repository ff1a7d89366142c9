"""A script: build again and again, be killed at any moment, and say what is wrong with what is there then.

It forks, so that each build begins with everything imported; the tests themselves may run beside threads.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from many_providers import built, files, planned, write

from scormpack.batch import build_all
from scormpack.cache import NOTHING, Cache

LIBRARY, OUT, KEPT = Path("lib"), Path("out"), Path("kept")
PAGE = LIBRARY / "every-block" / "pages" / "start.md"
ROUNDS, EVERY = 200, 20


def build(out: Path = OUT, cache: Cache = NOTHING) -> None:
    work = planned(LIBRARY, modules=("every-block",), providers=("full", "empty"), targets=("scorm12", "web"))
    built(build_all(work, out, cache=cache))


def at_event(number: int) -> Callable[[], None]:
    """Be killed when Python opens, renames, removes or connects for this time."""

    def begin() -> None:
        seen = 0

        def hook(event: str, _: object) -> None:
            nonlocal seen
            if event.split(".")[0] in ("open", "os", "sqlite3"):
                seen += 1
                if seen == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)

    return begin


def after(seconds: float) -> Callable[[], None]:
    """Be killed by an alarm, whose signal nobody handles, wherever this process is then."""
    return lambda: signal.setitimer(signal.ITIMER_REAL, seconds) and None


def killed(begin: Callable[[], None]) -> bool:
    """Build in a copy of this process; whether it did not get to the end."""
    copy = os.fork()
    if copy == 0:
        begin()
        build(cache=Cache(KEPT))
        os._exit(0)
    return os.waitpid(copy, 0)[1] != 0


def moments(random: Random) -> Iterator[Callable[[], None]]:
    for number in range(ROUNDS):
        yield at_event(random.randrange(1, 120)) if number % 2 else after(random.uniform(0.0005, 0.03))


def main() -> None:
    """Print what is wrong, and at the end how often a build was killed."""
    write(LIBRARY, ("full", "empty"))
    text, random, count = PAGE.read_text(encoding="utf-8"), Random(7), 0
    clean: list[dict[str, bytes]] = []
    for number in range(2):
        PAGE.write_text(f"{text}\n{number}\n", encoding="utf-8")
        build(Path(f"clean{number}"))
        clean.append(files(Path(f"clean{number}")))
    for number, begin in enumerate(moments(random)):
        PAGE.write_text(f"{text}\n{number % 2}\n", encoding="utf-8")
        count += killed(begin)
        for name, data in files(OUT).items():
            if not name.endswith(".part") and data not in (each.get(name) for each in clean):
                print("half a package", number, name)
        if number % EVERY == 0:
            build(cache=Cache(KEPT))
            there = {name: data for name, data in files(OUT).items() if not name.endswith(".part")}
            if there != clean[number % 2]:
                print("not as a clean build", number)
    for left in OUT.rglob(".*.part"):
        os.utime(left, (0, 0))
    PAGE.write_text(f"{text}\nthe last\n", encoding="utf-8")
    build(cache=Cache(KEPT))
    print("left", [each for each in files(OUT) if each.endswith(".part")])
    print("killed", count > ROUNDS // 4)


if __name__ == "__main__":
    main()
