"""What recommendations expect of the modules that address them: each word of the vocabulary is one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple, TypeAlias, get_args

from scormpack.blocks import Card, KeyMessages, Pause, Scenario
from scormpack.check.content.english.prose import grade
from scormpack.check.content.subject import Manuscript
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.content.recommendation import Expects, Need, Recommendation
from scormpack.diagnostics import Severity
from scormpack.vocabulary import Delivery, Stage

RULES: list[Rule[Manuscript]] = []

_WEIGHT = {"must": Severity.ERROR, "should": Severity.WARNING, "could": Severity.INFO}
_STAGES = get_args(Stage)

# A function that says what a module has instead of what is expected; None if it has that.
Missing: TypeAlias = Callable[[Manuscript], str | None]


class Gap(NamedTuple):
    """What a recommendation expects, and what the module has instead."""

    expected: str
    found: str


def _group_notes(m: Manuscript) -> str | None:
    guide = m.module.facilitator_guide
    return None if guide else "there is no facilitator.yaml"


def _transcript_or_print(m: Manuscript) -> str | None:
    printed = next(m.module.blocks(KeyMessages), None)  # recordings have transcripts always: ACC-01
    return None if printed else "the key messages are on no page, so paper does not have them"


def _what_if_card(m: Manuscript) -> str | None:
    return None if next(m.module.blocks(Card), None) else "no page has a card"


def _scenario(m: Manuscript) -> str | None:
    return None if next(m.module.blocks(Scenario), None) else "no page has a story"


def _support_block(m: Manuscript) -> str | None:
    return None if next(m.module.blocks(Pause), None) else "no page has a `pause` with someone to talk to"


def _paid_time_statement(m: Manuscript) -> str | None:
    rule = m.module.time_policy.rule
    return None if rule == "paid_required" else f"`time_policy` says `{rule}`"


def _local_slots(m: Manuscript) -> str | None:
    return None if m.module.local_slots else "`local_slots` names no local detail"


# What each need is called, and the function that says what is there instead.
NEEDS: Final[dict[Need, tuple[str, Missing]]] = {
    "group_notes": ("notes for a group", _group_notes),
    "transcript_or_print": ("a transcript or print", _transcript_or_print),
    "what_if_card": ("a what-if card", _what_if_card),
    "scenario": ("a story with choices", _scenario),
    "support_block": ("someone to talk to", _support_block),
    "paid_time_statement": ("a statement that time is paid", _paid_time_statement),
    "local_slots": ("local details", _local_slots),
}


def gaps(expects: Expects, m: Manuscript) -> Iterator[Gap]:
    """What of `expects` the module does not have, in the order of the vocabulary."""
    for expected, missing in _asked(expects):
        if found := missing(m):
            yield Gap(expected, found)


def expected(expects: Expects) -> tuple[str, ...]:
    """Everything that is expected, in words, in the order of the vocabulary."""
    return tuple(name for name, _ in _asked(expects))


def _asked(expects: Expects) -> Iterator[tuple[str, Missing]]:
    if expects.max_minutes is not None:
        yield f"at most {expects.max_minutes} minutes", partial(_longer, expects.max_minutes)
    if expects.delivery_any:
        wanted = " or ".join(f"`{each}`" for each in expects.delivery_any)
        yield f"delivery as {wanted}", partial(_delivered_otherwise, expects.delivery_any)
    for need in expects.needs:
        yield NEEDS[need]
    if expects.reading_grade_max is not None:
        most = expects.reading_grade_max
        yield f"a reading grade of at most {most}", partial(_harder_to_read, most)
    if expects.stage_at_or_before is not None:
        latest = expects.stage_at_or_before
        yield f"the stage `{latest}` or before", partial(_later_than, latest)


def _longer(most: int, m: Manuscript) -> str | None:
    minutes = m.module.duration_minutes
    return f"the module takes {minutes}" if minutes > most else None


def _delivered_otherwise(wanted: tuple[Delivery, ...], m: Manuscript) -> str | None:
    delivery = m.module.delivery
    return None if set(wanted) & set(delivery) else f"the module has {', '.join(f'`{each}`' for each in delivery)}"


def _harder_to_read(most: int, m: Manuscript) -> str | None:
    found = grade((text.value for text in m.learner_texts), m.terms) if m.is_english else None
    return f"the module reads at grade {found:.1f}" if found is not None and found > most else None


def _later_than(latest: Stage, m: Manuscript) -> str | None:
    later = _STAGES.index(m.module.stage) > _STAGES.index(latest)
    return f"the module is for `{m.module.stage}`" if later else None


@rule(
    RULES,
    "LNK-03",
    "Expectation that is not met",
    Severity.WARNING,
    "Give the module what is expected, or take the recommendation out of `addresses`.",
)
def expectation_that_is_not_met(m: Manuscript) -> Findings:
    """A manager counts this module as the answer to what workers asked for. It should be one.

    An error where the recommendation says `must`, a warning for `should`, information for `could`.
    """
    for name in m.module.addresses:
        recommendation = m.library.recommendations.get(name)
        if recommendation and recommendation.status != "retired":
            for gap in gaps(recommendation.expects, m):
                message = f"`{name}` ({recommendation.priority}) expects {gap.expected}: {gap.found}."
                message += f" Asked for by: {asked_by(recommendation).rstrip('.')}."
                yield Found(m.module.place("addresses"), message, _WEIGHT[recommendation.priority], words=name)


def asked_by(recommendation: Recommendation) -> str:
    """Who stands behind a recommendation: the evidence that supports it directly, else all of it."""
    direct = [each for each in recommendation.evidence if each.supports == "directly"]
    return ", ".join(f"{each.kind.replace('_', ' ')} {each.ref}" for each in direct or recommendation.evidence)
