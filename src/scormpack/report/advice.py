"""Recommendations, the modules that address them, and the measures by which a provider shows what it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from scormpack.batch import Plan
from scormpack.blocks import Notice, Pause
from scormpack.check.content.expectation import expected, gaps
from scormpack.check.content.safety import hard_content_without_a_warning, nobody_to_talk_to
from scormpack.check.content.subject import Manuscript
from scormpack.check.rule import check
from scormpack.content.assessment import Answer
from scormpack.content.module import Module
from scormpack.content.recommendation import Measure, Recommendation
from scormpack.report.values import Addressed, Advice, Answered, Expectation, MeasureRow, State
from scormpack.report.words import ACTORS, EVIDENCE, STAGES, counted, listed, plainly

_WARNS = "before_"  # begins the names of notices that stand before something hard

_ORDER: Sequence[State] = ("missing", "partly", "signposted", "met")  # what needs doing first

Answers = Mapping[str, Answer] | None  # by measure; None where nobody has answered, because nobody was asked


def advice(current: Iterable[Recommendation], work: Plan, given: Sequence[Answer] | None) -> tuple[Advice, ...]:
    """A row for each recommendation, gaps first. `given` are a provider's answers."""
    answers = None if given is None else {str(each.measure): each for each in given}
    rows = (_advice(each, work, answers) for each in current)
    return tuple(sorted(rows, key=lambda row: _ORDER.index(row.state)))


def _advice(found: Recommendation, work: Plan, answers: Answers) -> Advice:
    modules = tuple(_addressed(each, found, work) for each in work.modules if str(found.id) in each.addresses)
    signpost = found.signposted_to
    return Advice(
        id=found.id,
        statement=found.statement,
        state=state_of(modules, signposted=signpost is not None),
        status=found.status,
        priority=found.priority,
        evidence_strength=found.evidence_strength,
        who_acts=tuple(ACTORS[each] for each in found.audience),
        modules=modules,
        signposted_to=signpost.resource if signpost else "",
        signpost_reason=signpost.reason if signpost else "",
        measures=tuple(_measure(each, work, answers) for each in found.measures),
    )


def state_of(modules: Sequence[Addressed], signposted: bool) -> State:
    """How far the library answers a recommendation; the report defines these words for its readers."""
    if not modules:
        return "signposted" if signposted else "missing"
    return "met" if all(each.met for each in modules) else "partly"


def _addressed(module: Module, found: Recommendation, work: Plan) -> Addressed:
    lacking = {gap.expected: gap.found for gap in gaps(found.expects, Manuscript(module, work.library, work.day))}
    rows = [
        Expectation(plainly(name), name not in lacking, plainly(lacking.get(name, "")))
        for name in expected(found.expects)
    ]
    return Addressed(module.id, module.title, tuple(rows))


def _measure(measure: Measure, work: Plan, answers: Answers) -> MeasureRow:
    says = _from_library(measure, work) if measure.from_tool else ""
    given = None if answers is None else _answered(answers.get(measure.id))
    return MeasureRow(measure.id, measure.text, EVIDENCE[measure.evidence_kind], says, given)


def _answered(answer: Answer | None) -> Answered:
    if answer is None:
        return Answered("not_answered", "", "", None, "")
    said = answer.answer or "not_answered"
    return Answered(said, answer.evidence, answer.owner, answer.date, answer.note, answer.review)


# What the files of a library can say about a measure. They know nothing of the people who learn.


def _from_library(measure: Measure, work: Plan) -> str:
    says = next((each for end, each in FROM_LIBRARY.items() if f"-{measure.id}".endswith(f"-{end}")), None)
    return says(work) if says else "The library says nothing about this. Answer it from your own records."


def _completion(work: Plan) -> str:
    stages: Counter[str] = Counter(module.stage for module in work.modules)
    parts = [f"{name.lower()}: {counted(stages[stage], 'module')}" for stage, name in STAGES.items()]
    return (
        "The library does not know who has completed what. It shows only what there is to complete: "
        f"{'; '.join(parts)}. The records of your learning platform show the rest."
    )


def _notices(work: Plan) -> str:
    found = {module.title: _finds(module, work) for module in work.modules}
    hard = [module for module in work.modules if found[module.title] or set(module.sensitivity) - {"none"}]
    if not hard:
        return "No module has content that is declared as hard."
    lacking = [f"“{each.title}”" for each in hard if found[each.title] or not _supports(each)]
    begin = (
        f"Of {counted(len(hard), 'module')} with hard content, {len(hard) - len(lacking)} have a notice that warns"
    )
    missing = f" Something is missing in {listed(lacking)}." if lacking else ""
    end = "Whether that is enough, only those who learn can say."
    return f"{begin} before it, and a pause that names someone to talk to.{missing} {end}"


def _finds(module: Module, work: Plan) -> bool:
    """Whether the rules about notices and support find something."""
    return any(check((hard_content_without_a_warning, nobody_to_talk_to), Manuscript(module, work.library, work.day)))


def _supports(module: Module) -> bool:
    warned = any(each.notice.startswith(_WARNS) for each in module.blocks(Notice))
    return warned and next(module.blocks(Pause), None) is not None


# By the end of the measure's id, so that each library may put its own beginning before it.
FROM_LIBRARY: Final[dict[str, Callable[[Plan], str]]] = {"completion": _completion, "notices-present": _notices}
