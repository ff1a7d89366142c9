"""What a course may say to its platform in one session, checked call by call."""

from __future__ import annotations

from collections.abc import Sequence

from scormpack.check.rule import Rule, check
from scormpack.check.session.attempt import ATTEMPT_RULES, downgraded, score_incomplete
from scormpack.check.session.data_model import Standard
from scormpack.check.session.order import ORDER_RULES, never_committed, never_ended
from scormpack.check.session.privacy import PRIVACY_RULES
from scormpack.check.session.record import Call, Session
from scormpack.check.session.values import VALUE_RULES
from scormpack.diagnostics import Diagnostic

__all__ = ["OPEN_RULES", "OUR_RULES", "SESSION_RULES", "STANDARD_RULES", "Call", "Session", "check_session"]

SESSION_RULES: list[Rule[Session]] = [*ORDER_RULES, *VALUE_RULES, *ATTEMPT_RULES]
STANDARD_RULES: list[Rule[Session]] = [rule for rule in SESSION_RULES if not rule.house]  # for anybody's course
OUR_RULES: list[Rule[Session]] = [*SESSION_RULES, *PRIVACY_RULES]  # what our own courses keep to besides
# What can be said while a session goes on: these wait for what comes after.
_LATER = (never_ended, never_committed, score_incomplete, downgraded)
OPEN_RULES: list[Rule[Session]] = [rule for rule in SESSION_RULES if rule not in _LATER]


def check_session(
    calls: Sequence[Call],
    standard: Standard,
    name: str = "session",
    rules: Sequence[Rule[Session]] = SESSION_RULES,
) -> tuple[Diagnostic, ...]:
    """Every finding about one recorded session, in the order of its calls."""
    found = check(rules, Session(name, standard, tuple(calls)))
    return tuple(sorted(found, key=lambda diagnostic: (diagnostic.place, diagnostic.code)))
