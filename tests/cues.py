"""What gives answers away by their form: every count over a library, and how likely chance alone is to reach it.

`python tests/cues.py` prints those of the sample library, `python tests/cues.py FOLDER` those of another one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from paths import SAMPLE

from scormpack.check.content.cues import PATTERNS, Tally, tallies
from scormpack.content.load import load_library, load_module
from scormpack.content.module import Module


def counts(modules: list[Module]) -> list[tuple[str, Tally]]:
    """Every count over `modules` with the code that it is told under, the least likely first."""
    found = [
        (code.id, tally)
        for pattern, code, _ in PATTERNS
        for tally in tallies(trial for module in modules for trial in pattern(module))
    ]
    return sorted(found, key=lambda each: each[1].by_chance)


def main() -> None:
    library = load_library(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
    modules = [load_module(folder) for folder in library.modules.values()]
    for code, tally in counts(modules):
        print(f"{tally.by_chance:8.2%}  {code}  {tally.message}")


if __name__ == "__main__":
    main()
