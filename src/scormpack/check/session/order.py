"""Rules about the calls themselves: which, in what order, with how many arguments."""

from __future__ import annotations

from scormpack.check.rule import Findings, Rule, rule
from scormpack.check.session.data_model import ARGUMENTS, ASKS_ABOUT_ERRORS, Role
from scormpack.check.session.record import Phase, Session, Step, once, shortened
from scormpack.diagnostics import Place, Severity

ORDER_RULES: list[Rule[Session]] = []


@rule(
    ORDER_RULES,
    "RTE-01",
    "Method that the standard does not have",
    Severity.ERROR,
    "Call only the eight methods of the standard in the manifest.",
)
def unknown_method(session: Session) -> Findings:
    """Without such a method in the platform's object the call throws, and the script stops."""
    for step in session.steps:
        if step.role is None:
            known = ", ".join(session.model.methods)
            yield (
                session.place(step.line),
                f"{shortened(step.call.method)} is no method of {session.standard}; these are: {known}",
            )


@rule(
    ORDER_RULES,
    "RTE-02",
    "Wrong number of arguments",
    Severity.ERROR,
    "Pass exactly the arguments that the method takes.",
)
def wrong_number_of_arguments(session: Session) -> Findings:
    """Platforms answer a missing or surplus argument with an error, or ignore the call."""
    for step in session.steps:
        given = len(step.call.arguments)
        if step.role and given != ARGUMENTS[step.role]:
            yield (
                session.place(step.line),
                f"{step.call.method} was given {given} arguments, takes {ARGUMENTS[step.role]}",
            )


@rule(
    ORDER_RULES,
    "RTE-03",
    "Argument that is not a string",
    Severity.ERROR,
    "Turn every argument into a string first: `String(value)`.",
)
def argument_not_a_string(session: Session) -> Findings:
    """Platforms use string functions on a value; a number or undefined breaks them or is stored as a word."""
    for step in session.steps:
        strange = [shortened(name) for name in step.call.argument_types if name != "string"]
        if step.role and strange:
            yield session.place(step.line), f"{step.call.method} was given {', '.join(strange)}, not a string"


@rule(ORDER_RULES, "RTE-04", "Argument that is not empty", Severity.ERROR, 'Pass the empty string: `Commit("")`.')
def argument_not_empty(session: Session) -> Findings:
    """Initialize, Commit and Terminate take the empty string; strict platforms refuse anything else."""
    for step in session.with_role(Role.INITIALIZE, Role.COMMIT, Role.TERMINATE):
        if len(step.call.arguments) == 1 and step.call.arguments[0]:
            yield (
                session.place(step.line),
                f'{step.call.method} was given {shortened(step.call.arguments[0])}; allowed is ""',
            )


def _too_early(session: Session) -> list[Step]:
    tried = [step.line for step in session.with_role(Role.INITIALIZE)]
    return [
        step
        for step in session.steps
        if step.phase is Phase.BEFORE
        and step.role not in (None, Role.INITIALIZE)
        # A refused Initialize is exactly when asking for the error makes sense.
        and not (step.role in ASKS_ABOUT_ERRORS and tried and tried[0] < step.line)
    ]


@rule(
    ORDER_RULES,
    "RTE-05",
    "Call before the session is open",
    Severity.ERROR,
    "Call Initialize first, and go on only when it answers true.",
)
def session_not_open(session: Session) -> Findings:
    """Before a session is open nothing is stored, and a learner's work is lost without a word."""
    if not session.calls:
        yield Place(session.name, outside=True), "no call was recorded: the course did not find its platform"
    yield from once(session, [step.line for step in _too_early(session)], "comes before an open session")


@rule(
    ORDER_RULES,
    "RTE-06",
    "Session that is opened again",
    Severity.ERROR,
    "Initialize once per launch; reload the page to start anew.",
)
def initialized_again(session: Session) -> Findings:
    """Only one Initialize opens a session; the platform refuses a second."""
    for step in session.with_role(Role.INITIALIZE):
        if step.phase is not Phase.BEFORE:
            yield session.place(step.line), f"{step.call.method} was called when the session had been opened"


@rule(
    ORDER_RULES,
    "RTE-07",
    "Call after the end of the session",
    Severity.ERROR,
    "Say everything before the end, and nothing after it.",
)
def call_after_end(session: Session) -> Findings:
    """Whatever is said after the end is dropped."""
    late = [
        step.line
        for step in session.steps
        if step.phase is Phase.ENDED and step.role not in (None, Role.INITIALIZE, Role.TERMINATE)
    ]
    yield from once(session, late, "comes after the end of the session")


@rule(
    ORDER_RULES,
    "RTE-08",
    "Session that is ended again",
    Severity.ERROR,
    "Remember that the session has ended, and do not end it again.",
)
def ended_again(session: Session) -> Findings:
    """Page events come in pairs (button, then pagehide), and the platform refuses a second end."""
    for step in session.with_role(Role.TERMINATE):
        if step.phase is Phase.ENDED:
            yield session.place(step.line), f"{step.call.method} was called when the session had ended"


def _saved_for_a_sudden_end(session: Session) -> bool:
    """Whether the record stops after all was committed that a phone may not let us say later."""
    spoken = session.spoken
    if spoken[-1].role is not Role.COMMIT:
        return False
    commits = [step.line for step in session.with_role(Role.COMMIT)]
    since = commits[-2] if len(commits) > 1 else 0
    batch = {write.element for write in session.writes if write.line > since}
    return {session.model.session_time, session.model.exit} <= batch


@rule(
    ORDER_RULES,
    "RTE-09",
    "Session that is never ended",
    Severity.WARNING,
    "End the session on `pagehide` and at the own exit button.",
)
def never_ended(session: Session) -> Findings:
    """Without an end many platforms add no time and keep the attempt open.

    A phone may take a hidden page away: it is fine to stop after session time, exit and a commit.
    """
    opened = any(step.phase is Phase.OPEN for step in session.steps) or _opens_last(session)
    if opened and not session.ends and not _saved_for_a_sudden_end(session):
        yield session.place(len(session.calls)), "the record stops here, and the session was not ended"


def _opens_last(session: Session) -> bool:
    steps = session.steps
    return bool(steps) and steps[-1].role is Role.INITIALIZE and not steps[-1].refused


@rule(
    ORDER_RULES,
    "RTE-10",
    "End without commit",
    Severity.ERROR,
    "Commit as the last thing before the end.",
    house=True,
)
def end_without_commit(session: Session) -> Findings:
    """Platforms may store only what was committed; browsers often cut a save at the very end short."""
    for step in session.ends:
        before = [other for other in session.spoken if other.line < step.line]
        # A second try follows the first, which the platform refused.
        if session.writes and before[-1].role not in (Role.COMMIT, Role.TERMINATE):
            yield (
                session.place(step.line),
                f"{step.call.method} follows {before[-1].call.method}, not a commit",
            )


@rule(
    ORDER_RULES,
    "RTE-11",
    "Changes that are never committed",
    Severity.ERROR,
    "Commit when the page is hidden, and after each change.",
)
def never_committed(session: Session) -> Findings:
    """Without an end and without a commit, what was set is gone."""
    if session.with_role(Role.TERMINATE):
        return
    last_commit = max((step.line for step in session.with_role(Role.COMMIT)), default=0)
    lost = [step.line for step in session.with_role(Role.SET) if step.line > last_commit]
    yield from once(session, lost, "was never committed")


@rule(
    ORDER_RULES,
    "RTE-12",
    "Call that the platform refused",
    Severity.WARNING,
    "Look up the error code, and fix its cause.",
)
def refused_by_platform(session: Session) -> Findings:
    """Platforms do not store what they refuse, whatever we think of the call."""
    for step in session.with_role(Role.INITIALIZE, Role.SET, Role.COMMIT, Role.TERMINATE):
        if step.refused:
            given = ", ".join(shortened(argument) for argument in step.call.arguments)
            yield (
                session.place(step.line),
                f"the platform refused {step.call.method}({given}) with error {step.call.error}",
            )
