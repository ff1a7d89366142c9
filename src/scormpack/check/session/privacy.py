"""What a course of ours never says to a platform, although the standard would allow it."""

from __future__ import annotations

from scormpack.check.rule import Findings, Rule, rule
from scormpack.check.session.record import Session
from scormpack.diagnostics import Severity

PRIVACY_RULES: list[Rule[Session]] = []


@rule(PRIVACY_RULES, "PRV-01", Severity.ERROR, "Keep it on the device, or nowhere.", always=True)
def free_text_sent(session: Session) -> Findings:
    """What she writes to herself about a death is hers. On a platform her manager reads it."""
    for write in session.writes:
        typed = write.element.endswith(".type") and write.value in ("fill-in", "long-fill-in")
        if typed or write.element.startswith("cmi.comments"):
            yield session.place(write.line), f"{write.element} takes what the learner has written"
