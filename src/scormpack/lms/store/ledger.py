"""The statements that a store keeps: each once, in order, never changed (xAPI 1.0.3, part two, 2.3).

The same statement may come again at any time, also after its session has ended: the answer to the first may have been
lost. It is not judged again.
"""

from __future__ import annotations

import copy
import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from scormpack.lms.exchange import Refusal
from scormpack.lms.judge.statements import CONTEXT_LISTS, VOIDED, identity
from scormpack.lms.judge.values import moment

Statement = dict[str, Any]
AUTHORITY = {"objectType": "Agent", "account": {"homePage": "https://store.example", "name": "content"}}
_ADDED = ("id", "stored", "authority", "version", "timestamp")


def now() -> str:
    """Return the time as a timestamp in UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass
class Ledger:
    """All statements of a store, by their ids in lower case: `sent` as they came, `kept` as they are given out."""

    kept: dict[str, Statement] = field(default_factory=dict)
    sent: dict[str, Statement] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)

    def new_ones(self, batch: list[Statement]) -> list[Statement]:
        """Return the statements of `batch`, which all have ids, that are not here yet.

        Raises Refusal: 409 if another statement has the id of one, 400 if one voids a statement that voids.
        """
        fresh = []
        for statement in batch:
            before = self.sent.get(statement["id"].lower())
            if before is None:
                self._may_void(statement)
                fresh.append(statement)
            elif not same(before, statement):
                raise Refusal(409, f"another statement has the id {statement['id']}")
        return fresh

    def add(self, batch: list[Statement]) -> None:
        """Keep valid statements that are not here yet."""
        for statement in batch:
            number = statement["id"].lower()
            self.sent[number] = copy.deepcopy(statement)
            self.kept[number] = _completed(statement)
            if statement["verb"]["id"] == VOIDED:
                self.voided.add(statement["object"]["id"].lower())

    def _may_void(self, statement: Statement) -> None:
        if statement["verb"]["id"] == VOIDED:
            target = self.sent.get(statement["object"]["id"].lower())
            if target and target["verb"]["id"] == VOIDED:
                raise Refusal(400, "a statement that voids cannot be voided")

    def one(self, number: str, voided: bool = False) -> Statement:
        """Return the one with this id. Raises Refusal (404) if there is none, or if it is voided, or is not."""
        number = number.lower()
        if number not in self.kept or (number in self.voided) != voided:
            raise Refusal(404, f"there is no {'voided ' if voided else ''}statement {number}")
        return self.kept[number]

    def find(self, wanted: Callable[[Statement], bool]) -> list[Statement]:
        """Return those that are wanted and not voided, the oldest first."""
        kept = self.kept.copy()  # requests come in meanwhile, and only a copy is made in one step
        return [statement for number, statement in kept.items() if number not in self.voided and wanted(statement)]


def _completed(statement: Statement) -> Statement:
    stored = now()
    made = {"timestamp": stored, "version": "1.0.0", **_with_lists(statement)}
    return {**made, "stored": stored, "authority": AUTHORITY}


def _with_lists(statement: Statement) -> Statement:
    """A copy in which no activity of the context stands without a list."""
    made = copy.deepcopy(statement)
    lists = made.get("context", {}).get("contextActivities", {})
    lists.update({name: [value] for name, value in lists.items() if isinstance(value, dict)})
    return made


def same(first: Statement, second: Statement) -> bool:
    """Whether two statements with one id are one statement (xAPI 1.0.3, part two, 2.3.1).

    What a store adds or may change does not count: its own fields, a verb's display, an activity's definition.
    """
    both = [_essence(statement) for statement in (first, second)]
    moments = [moment(statement["timestamp"]) for statement in (first, second) if "timestamp" in statement]
    return both[0] == both[1] and (len(moments) < 2 or moments[0] == moments[1])


def _essence(statement: Statement) -> Statement:
    kept = {name: value for name, value in _with_lists(statement).items() if name not in _ADDED}
    kept["verb"] = kept["verb"]["id"]
    kept["object"] = {name: value for name, value in kept["object"].items() if name != "definition"}
    if kept["object"].get("objectType") == "Activity":
        del kept["object"]["objectType"]
    return kept


def with_id(statement: Statement) -> Statement:
    """Return the statement, with a new id if it came without."""
    return {"id": str(uuid.uuid4()), **statement}


def wanted(query: dict[str, Any]) -> Callable[[Statement], bool]:
    """Return what the parameters of a query ask for, as a test of one statement (part three, 2.1.3)."""
    tests: list[Callable[[Statement], bool]] = []
    if "verb" in query:
        tests.append(lambda s: s["verb"]["id"] == query["verb"])
    if "agent" in query:
        tests.append(lambda s: identity(query["agent"]) in (identity(s["actor"]), identity(s["object"])))
    if "activity" in query:
        related = query.get("related_activities") == "true"
        tests.append(lambda s: query["activity"] in _activities(s, related))
    if "registration" in query:
        tests.append(lambda s: s.get("context", {}).get("registration", "").lower() == query["registration"].lower())
    if "since" in query:
        tests.append(lambda s: moment(s["stored"]) > moment(query["since"]))
    if "until" in query:
        tests.append(lambda s: moment(s["stored"]) <= moment(query["until"]))
    return lambda statement: all(test(statement) for test in tests)


def _activities(statement: Statement, related: bool) -> set[str]:
    found = {statement["object"].get("id", "")}
    if related:
        lists = statement.get("context", {}).get("contextActivities", {})
        found |= {activity["id"] for name in CONTEXT_LISTS for activity in lists.get(name, [])}
    return found
