"""The largest state that the player can ever save for a module: the sum that player/state.ts writes."""

from __future__ import annotations

from typing import Final

from scormpack.content.module import Module

FORMAT: Final = "sp2"  # what a saved state begins with: a player that writes another cannot read it
_CHECKSUM = 6
_FLAGS = len("cp.zzz")  # complete, passed, and the day: days since 1970 in base 36, until the year 2097
_RESULT = "result"  # the player's own last page


def largest_state(module: Module) -> int:
    """Characters of the longest `sp2|page|seen|answers|flags|checksum`; each part can be at its longest at once."""
    pages = [page.id for page in module.pages]
    tries = len("*9") if module.assessment.attempts else 0
    scored = set(module.questions())
    answers = [
        len(f"{task.id}=") + task.longest_answer() + (tries if task in scored else 0) + len(task.longest_mark)
        for task in module.tasks()
    ]
    parts = [
        len(FORMAT),
        max(len(page) for page in [*pages, _RESULT]),
        _joined([len(page) for page in pages]),
        _joined(answers),
        _FLAGS if scored else _FLAGS - len("p"),
        _CHECKSUM,
    ]
    return sum(parts) + len(parts) - 1


def _joined(lengths: list[int]) -> int:
    """The length of texts of these lengths with a comma between each two."""
    return sum(lengths) + max(len(lengths) - 1, 0)
