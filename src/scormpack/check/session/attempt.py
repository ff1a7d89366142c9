"""Rules about what a session does to a learner's attempt: status, score, time, and how it is left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, zip_longest

from scormpack.check.rule import Findings, Rule, rule
from scormpack.check.session.data_model import Role
from scormpack.check.session.forms import seconds_of
from scormpack.check.session.record import JUDGED, UNTOUCHED, Session, Step, Write, once, shortened
from scormpack.diagnostics import Severity

ATTEMPT_RULES: list[Rule[Session]] = []
CLOSING = ("cmi.suspend_data", "adl.nav.request")
CLOCK_TOLERANCE = 2.0  # seconds: the course and the recorder need not round alike


@rule(
    ATTEMPT_RULES,
    "RTE-40",
    "Status that is set before the old one is read",
    Severity.WARNING,
    "Read status, mode and credit right after Initialize.",
    house=True,
)
def judged_unseen(session: Session) -> Findings:
    """Who sets a status without a look at the old one may take a pass away, or judge where nothing counts."""
    model = session.model
    first = next((w for w in session.writes if w.element in model.judgements or session.judges(w)), None)
    if first:
        seen = {read.element for read in session.reads if read.line < first.line}
        unseen = [name for name in (*model.judgements, model.mode, model.credit) if name not in seen]
        if unseen:
            yield session.place(first.line), f"{first.element} is set before {', '.join(unseen)} was read"


def _begins_untouched(session: Session) -> bool:
    return session.counts and session.at_start(session.model.status) in UNTOUCHED


@rule(
    ATTEMPT_RULES,
    "RTE-41",
    "Status that does not begin as incomplete",
    Severity.ERROR,
    "Set `incomplete` and commit, right after Initialize.",
    house=True,
)
def not_incomplete_first(session: Session) -> Findings:
    """If a first session breaks off before its status is `incomplete`, a platform may call it finished."""
    status = session.model.status
    first = next((w for w in session.writes if w.element == status or session.judges(w)), None)
    if first and _begins_untouched(session) and (first.element, first.value) != (status, "incomplete"):
        yield (
            session.place(first.line),
            f"{first.element} was set to {shortened(first.value)} before {status} was incomplete",
        )


@rule(
    ATTEMPT_RULES,
    "RTE-42",
    "Status that is never set",
    Severity.ERROR,
    "Set `incomplete` and commit, right after Initialize.",
    house=True,
)
def left_untouched(session: Session) -> Findings:
    """Platforms that follow SCORM 1.2 store an attempt without any status as completed."""
    written = session.writes_of(session.model.status)
    for end in session.ends:
        if _begins_untouched(session) and not any(write.line < end.line for write in written):
            yield session.place(end.line), f"the session ends, and {session.model.status} was never set"


def _newly_judged(session: Session) -> Iterator[Write]:
    """Every write that gives a status a judging value that it did not have."""
    for element in session.model.judgements:
        known = session.at_start(element)
        for write in session.writes_of(element):
            if write.value in JUDGED and write.value != known:
                yield write
            known = write.value


def _commit_after(session: Session, line: int) -> int:
    later = (step.line for step in session.with_role(Role.COMMIT) if step.line > line)
    return next(later, len(session.calls) + 1)


@rule(
    ATTEMPT_RULES,
    "RTE-43",
    "Status that comes before its score",
    Severity.ERROR,
    "Send the score first, then the status that follows from it.",
    house=True,
)
def judged_before_score(session: Session) -> Findings:
    """Without its score a pass is a 0 in the gradebook, and a status that comes first may be saved alone."""
    scores = [write.line for write in session.writes_of(f"{session.model.score}.raw") if write.value]
    for write in _newly_judged(session):
        before = any(line < write.line for line in scores)
        # Completed needs no score, unless one is sent in the same save.
        same_save = any(write.line < line < _commit_after(session, write.line) for line in scores)
        if not before and (write.value != "completed" or same_save):
            yield (
                session.place(write.line),
                f"{write.element} was set to {write.value} before {session.model.score}.raw",
            )


def _first_scores(session: Session) -> dict[str, int]:
    """Each part of the score that was written, with the number of the first call."""
    names = {part: f"{session.model.score}.{part}" for part in session.model.score_parts}
    lines = {part: [write.line for write in session.writes_of(name)] for part, name in names.items()}
    return {part: found[0] for part, found in lines.items() if found}


@rule(
    ATTEMPT_RULES, "RTE-44", "Score in the wrong order", Severity.ERROR, "Send raw, then min, then max.", house=True
)
def score_out_of_order(session: Session) -> Findings:
    """In SCORM 1.2 raw comes first: the bounds of a score that is not there yet mean nothing."""
    if session.standard != "scorm12":
        return
    lines = list(_first_scores(session).items())
    for (earlier, first), (later, second) in pairwise(lines):
        if second < first:
            yield session.place(second), f"score.{later} is sent before score.{earlier}"


@rule(
    ATTEMPT_RULES,
    "RTE-45",
    "Score without all its parts",
    Severity.ERROR,
    "Send every part of the score: 0 and 100 for min and max.",
    house=True,
)
def score_incomplete(session: Session) -> Findings:
    """Without its scale a number means nothing to those who read the report."""
    lines = _first_scores(session)
    missing = [part for part in session.model.score_parts if part not in lines]
    if lines and missing:
        yield session.place(min(lines.values())), f"the score is sent without {', '.join(missing)}"


def _without_time(session: Session, end: Step) -> bool:
    """Whether the last session time, if any, is older than the last thing that the learner did."""
    model = session.model
    before = [write for write in session.writes if write.line < end.line]
    told = max((write.line for write in before if write.element == model.session_time), default=0)
    closing = (model.session_time, model.exit, *CLOSING)
    return not told or any(write.line > told for write in before if write.element not in closing)


@rule(
    ATTEMPT_RULES,
    "RTE-46",
    "End without the session's time",
    Severity.ERROR,
    "Set the session time last, before exit and the end.",
    house=True,
)
def ended_without_time(session: Session) -> Findings:
    """Platforms add up what they are told at the end; time that was not told is lost to the learner."""
    for end in session.ends:
        if not session.looks_only and _without_time(session, end):
            yield (
                session.place(end.line),
                f"the session ends without {session.model.session_time} after the last change",
            )


@rule(
    ATTEMPT_RULES,
    "RTE-47",
    "End without an exit",
    Severity.ERROR,
    "Set exit before each end: `suspend` if not finished.",
    house=True,
)
def ended_without_exit(session: Session) -> Findings:
    """Without an exit a platform may take the attempt for finished, and drop the bookmark."""
    exits = session.writes_of(session.model.exit)
    for end in session.ends:
        if not session.looks_only and not any(write.line < end.line for write in exits):
            yield session.place(end.line), f"the session ends without {session.model.exit}"


@rule(
    ATTEMPT_RULES,
    "RTE-48",
    "Time that is longer than the session",
    Severity.WARNING,
    "Send the time of this session only, never the total.",
)
def time_longer_than_session(session: Session) -> Findings:
    """Platforms add up sessions themselves; a total that is sent as session time counts twice."""
    for write in session.writes_of(session.model.session_time):
        seconds = seconds_of(write.value)
        if seconds is not None and write.at and seconds > write.at / 1000 + CLOCK_TOLERANCE:
            yield (
                session.place(write.line),
                f"{write.element} was set to {shortened(write.value)} after {write.at / 1000:.1f} seconds",
            )


@rule(
    ATTEMPT_RULES,
    "RTE-49",
    "Status that gets worse",
    Severity.ERROR,
    "Compare with the old status, and only ever improve it.",
    house=True,
)
def downgraded(session: Session) -> Findings:
    """Who has passed or completed keeps that, also after another visit with worse answers.

    A step back from what this session said is none if it is taken back at once: a platform that lost a value may
    have to hear another first.
    """
    for element, keeps in session.model.judgements.items():
        start = best = session.at_start(element)
        writes = session.writes_of(element)
        for write, following in zip_longest(writes, writes[1:]):
            if write.value in keeps.get(best or "", (write.value,)):
                best = write.value
            elif best == start or following is None or following.value != best:
                yield (
                    session.place(write.line),
                    f"{element} was {best} and is set to {shortened(write.value)}",
                )


@rule(
    ATTEMPT_RULES,
    "RTE-50",
    "Change in browse or review mode",
    Severity.ERROR,
    "Set nothing when the mode is `browse` or `review`.",
    house=True,
)
def written_while_looking(session: Session) -> Findings:
    """Who only looks must not change the record, and platforms save what is written all the same.

    SCORM 1.2 has a status for it, `browsed`, which keeps a platform from taking the untouched module for completed.
    """
    if session.looks_only:
        browsed = {write.line for write in session.writes_of(session.model.status) if write.value == "browsed"}
        lines = [step.line for step in session.with_role(Role.SET) if step.line not in browsed]
        yield from once(session, lines, "changes the record in browse or review mode")


@rule(
    ATTEMPT_RULES,
    "RTE-51",
    "Judgement without credit",
    Severity.ERROR,
    "Send no score, result or judging status without credit.",
    house=True,
)
def judged_without_credit(session: Session) -> Findings:
    """Nothing counts this time, said the platform; yet a verdict would enter the record."""
    if session.counts or session.looks_only:
        return
    for write in session.writes:
        if session.judges(write):
            yield (
                session.place(write.line),
                f"{write.element} was set to {shortened(write.value)}, with no credit",
            )


@rule(
    ATTEMPT_RULES,
    "RTE-52",
    "Unfinished attempt that is not suspended",
    Severity.ERROR,
    "Set exit to `suspend` while the module is unfinished.",
    house=True,
)
def unfinished_not_suspended(session: Session) -> Findings:
    """Any other exit ends the attempt: at the next launch bookmark and answers may be gone."""
    for end in session.ends:
        status = _last_before(session, session.model.status, end) or session.at_start(session.model.status)
        exit_ = _last_before(session, session.model.exit, end)
        if session.counts and status == "incomplete" and exit_ not in (None, "suspend"):
            line = max(w.line for w in session.writes_of(session.model.exit) if w.line < end.line)
            yield session.place(line), f"exit is {shortened(exit_ or '')}, and the module is still incomplete"


def _last_before(session: Session, element: str, end: Step) -> str | None:
    return next((w.value for w in reversed(session.writes_of(element)) if w.line < end.line), None)
