"""The closed lists of words of the library, as a manager reads them."""

from __future__ import annotations

import datetime
import re
from typing import Final

from scormpack.content.assessment import WORDS

STAGES: Final = {
    "first_weeks": "First weeks",
    "first_months": "First months",
    "advanced": "Advanced",
    "specific": "Specific people or situations",
}
STATES: Final = {
    "met": "Met by the modules",
    "partly": "Partly met by the modules",
    "missing": "Missing",
    "signposted": "Signposted",
}
SIGNS: Final = {
    "met": "✓",
    "partly": "◐",
    "missing": "✗",
    "signposted": "→",
    "not_yet": "✗",
    "not_applicable": "–",
    "not_answered": "?",
}
ANSWERS: Final = {**{answer: word for answer, (word, _) in WORDS.items()}, "not_answered": "Not answered yet"}
CAME: Final = {
    "finished": "Finished",
    "not_passed": "Not passed yet",
    "begun": "Begun",
    "not_begun": "Not begun",
}
PROVENANCE: Final = {
    "co_produced": "Co-produced: partners shared the decisions",
    "co_production_informed": "Informed by published co-production work; partners have not worked on this text",
    "consulted": "Consulted: people commented, the authors decided",
    "editorial": "Editorial: written by the authors alone",
}
PAID: Final = {
    "paid_required": "Has to be paid",
    "employer_decides": "The employer decides",
    "optional": "Optional learning",
}
EVIDENCE: Final = {
    "lms_record": "Records of the learning platform",
    "rota_or_payroll": "Rota or payroll",
    "policy": "A policy",
    "supervision_record": "Records of supervision",
    "observation": "Observed practice",
    "worker_feedback": "What workers say",
    "meeting_note": "Notes of a meeting",
    "joint_agreement": "A joint agreement",
}
ACTORS: Final = {
    "manager": "managers",
    "provider": "providers",
    "educator": "educators",
    "commissioner": "commissioners",
    "homecare_worker": "homecare workers",
}

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_CODE = re.compile(r"`([^`]*)`")


def plainly(text: str) -> str:
    """`text` without the signs of code: `first_weeks` in backticks reads first weeks."""
    return _CODE.sub(lambda match: match[1].replace("_", " "), text)


def counted(number: int, one: str, many: str = "") -> str:
    """`1 module`, `2 modules`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: list[str] | tuple[str, ...], most: int = 4) -> str:
    """`a, b and c`; of many names the first ones, and how many more there are."""
    shown = list(names) if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} more"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def monthly(month: str) -> str:
    """`September 2026` of `2026-09`."""
    return f"{_MONTHS[int(month[5:]) - 1]} {month[:4]}" if month else "No day known"


def dated(day: datetime.date | None) -> str:
    """`30 November 2026`, whatever the machine's language is."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""
