"""What a course of ours never says to a platform, although the standard would allow it."""

from __future__ import annotations

from scormpack.blocks.codes import PRV_01
from scormpack.check.rule import Findings, Rule, rule_for
from scormpack.check.session.record import Session

PRIVACY_RULES: list[Rule[Session]] = []


@rule_for(PRIVACY_RULES, PRV_01, always=True)
def free_text_sent(session: Session) -> Findings:
    """Find what the learner has written among what is sent."""
    for write in session.writes:
        typed = write.element.endswith(".type") and write.value in ("fill-in", "long-fill-in")
        if typed or write.element.startswith("cmi.comments"):
            yield session.place(write.line), f"{write.element} takes what the learner has written"
