"""Answers in a table: columns that come again with a number, as `Question 0`, `Response 0`, `Result 0`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from scormpack.tables.cells import Cell, Row

_COLUMN = re.compile(r"(question|response|right answer|result) (\d{1,4})", re.ASCII)
_RIGHT: Final = {"correct": 1, "wrong": 0, "incorrect": 0}
_SURE: Final = {str(number): number for number in range(1, 5)}


class Entry(NamedTuple):
    """One answer: of which module and question, when by comparison, and whether it was right, or how sure it says."""

    module: str
    task: str
    moment: str
    right: int | None
    sure: int | None


class Interactions:
    """The columns of answers, in the order in which they stand: that is the order in which answers were given.

    A question is named as our packages name it: by the module, a dot and its own id.
    """

    def __init__(self) -> None:
        self.groups: list[tuple[str, dict[str, int]]] = []

    def take_column(self, number: int, name: str) -> bool:
        """Whether it is a column of answers."""
        found = _COLUMN.fullmatch(name)
        if not found:
            return False
        part, count = found[1], found[2]
        if not self.groups or self.groups[-1][0] != count or part in self.groups[-1][1]:
            self.groups.append((count, {}))
        self.groups[-1][1][part] = number
        return True

    @property
    def says_nothing(self) -> bool:
        """Whether there are answers, and nobody can tell of what, or whether they were right."""
        return any(not {"question", "result"} <= set(parts) for _, parts in self.groups)

    def entries(self, row: Row, attempt: str) -> Iterator[Entry]:
        """The answers in a row, of the `attempt` with that number."""
        for order, (_, parts) in enumerate(self.groups):
            question, result, response = (_at(row, parts.get(part)) for part in ("question", "result", "response"))
            module, _, task = question.text.partition(".")
            if task:
                right = _RIGHT.get(result.text)
                sure = _SURE.get(response.text) if result.text == "neutral" else None
                yield Entry(module, task, f"{attempt[:6]:0>6}.{order:06}", right, sure)


def _at(row: Row, column: int | None) -> Cell:
    return row.cell(column) if column else Cell("", row.place, "")
