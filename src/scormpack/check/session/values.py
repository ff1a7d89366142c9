"""Rules about what is read and written: the elements of the data model and the values that they take."""

from __future__ import annotations

from collections.abc import Iterator

from scormpack.check.rule import Findings, Rule, rule
from scormpack.check.session.data_model import INDEX, Role
from scormpack.check.session.forms import Kind
from scormpack.check.session.record import INTERACTION, Entry, Session, Write, shortened
from scormpack.check.session.responses import ONE_PATTERN
from scormpack.diagnostics import Severity

VALUE_RULES: list[Rule[Session]] = []
KEYWORDS = ("_children", "_count", "_version")


def _named(session: Session) -> Iterator[tuple[int, str]]:
    """Every element that a call names, with the number of the call."""
    for step in session.with_role(Role.GET, Role.SET):
        if step.call.arguments:
            yield step.line, step.call.arguments[0]


def _is_keyword(element: str) -> bool:
    return element.rpartition(".")[2] in KEYWORDS


@rule(
    VALUE_RULES,
    "RTE-20",
    "Element that the standard does not have",
    Severity.ERROR,
    "Check the name's spelling, case and standard.",
)
def unknown_element(session: Session) -> Findings:
    """Names differ between the two SCORMs, and one that the standard does not have is refused."""
    for line, element in _named(session):
        if session.model.find(element) is None and not _is_keyword(element):
            yield session.place(line), f"{shortened(element)} is no element of {session.standard}"


@rule(
    VALUE_RULES,
    "RTE-21",
    "Keyword where it means nothing",
    Severity.ERROR,
    "Ask `_children` and `_count` only of elements that have them.",
)
def keyword_without_meaning(session: Session) -> Findings:
    """Only a group has children and only a collection can be counted."""
    for line, element in _named(session):
        if session.model.find(element) is None and _is_keyword(element):
            yield session.place(line), f"{shortened(element)} does not exist"


@rule(
    VALUE_RULES,
    "RTE-22",
    "Read-only element that is written",
    Severity.ERROR,
    "Only read this element; the platform fills it in.",
)
def written_but_read_only(session: Session) -> Findings:
    """Only the platform may change this; the write is refused."""
    for write in session.writes:
        element = session.model.find(write.element)
        if element and not element.writable:
            yield session.place(write.line), f"{shortened(write.element)} can only be read"


@rule(
    VALUE_RULES,
    "RTE-23",
    "Write-only element that is read",
    Severity.ERROR,
    "Keep the value in the course, or in the suspend data.",
)
def read_but_write_only(session: Session) -> Findings:
    """Platforms take this value and never give it back; the read is refused."""
    for read in session.reads:
        element = session.model.find(read.element)
        if element and not element.readable:
            yield session.place(read.line), f"{read.element} can only be written"


def _faults(session: Session, kind: Kind) -> Findings:
    for write in session.writes:
        element = session.model.find(write.element)
        fault = element.form(write.value) if element and element.writable else None
        if fault and fault.kind is kind:
            yield session.place(write.line), _message(write, fault.allowed)


def _message(write: Write, allowed: str) -> str:
    size = f" ({len(write.value)} characters)" if len(write.value) > 60 else ""
    return f"{write.element} was set to {shortened(write.value)}{size}; allowed is {allowed}"


@rule(
    VALUE_RULES,
    "RTE-24",
    "Value in the wrong form",
    Severity.ERROR,
    "Write the value in the form that the message names.",
)
def value_of_wrong_form(session: Session) -> Findings:
    """Platforms refuse a strange word or another spelling of a time or number, or worse, misread it."""
    yield from _faults(session, Kind.FORM)


@rule(
    VALUE_RULES,
    "RTE-25",
    "Value out of its range",
    Severity.ERROR,
    "Keep the value inside the range that the message names.",
)
def value_out_of_range(session: Session) -> Findings:
    """Beyond its bounds a number or time is refused, and the old one stays."""
    yield from _faults(session, Kind.RANGE)


@rule(
    VALUE_RULES,
    "RTE-26",
    "Value that is too long",
    Severity.ERROR,
    "Shorten the value before it is sent; drop detail first.",
)
def value_too_long(session: Session) -> Findings:
    """Past the limit platforms cut or refuse, and some lose everything else of that save."""
    yield from _faults(session, Kind.LENGTH)


@rule(
    VALUE_RULES,
    "RTE-27",
    "Suspend data that is not ASCII",
    Severity.WARNING,
    "Encode the suspend data so that only ASCII is left.",
    house=True,
)
def suspend_data_not_ascii(session: Session) -> Findings:
    """Platforms count and store other characters each in their own way, and the data comes back broken."""
    for write in session.writes_of("cmi.suspend_data"):
        strange = next((letter for letter in write.value if not letter.isascii()), "")
        if strange:
            yield session.place(write.line), f"cmi.suspend_data holds {strange!r}; allowed is ASCII"


def _answers(session: Session) -> Iterator[tuple[Write, str, bool]]:
    """Every answer and correct answer: the write, its interaction, and whether it is the correct one."""
    for write in session.writes:
        found = INTERACTION.fullmatch(write.element)
        if found and session.model.find(write.element):
            correct = found[2].endswith(".pattern")
            if correct or found[2] == session.model.answer:
                yield write, found[1], correct


@rule(
    VALUE_RULES,
    "RTE-28",
    "Answer that does not fit its type",
    Severity.ERROR,
    "Write the answer as its type of interaction asks.",
)
def answer_unlike_its_type(session: Session) -> Findings:
    """Unless it fits its type an answer is refused, or missing from the platform's reports."""
    for write, interaction, correct in _answers(session):
        type_ = session.type_at(interaction, write.line)
        form = (session.model.patterns if correct else session.model.responses).get(type_)
        fault = form(write.value) if form else None
        if fault:
            yield session.place(write.line), f"{_message(write, fault.allowed)}, because its type is {type_}"


@rule(
    VALUE_RULES,
    "RTE-29",
    "Gap in a collection",
    Severity.ERROR,
    "Begin at `_count`, and add one for each new record.",
)
def gap_in_collection(session: Session) -> Findings:
    """No record can be skipped: an index past the end is refused with all that is written under it."""
    for entry in session.entries:
        if entry.index > entry.count:
            yield (
                session.place(entry.write.line),
                f"{entry.write.element} has index {entry.index}, but {entry.collection} holds {entry.count}",
            )


def _begins(entry: Entry) -> bool:
    return entry.index == entry.count


@rule(
    VALUE_RULES,
    "RTE-30",
    "Record without an id",
    Severity.ERROR,
    "Set `id` before every other field of a new record.",
)
def record_without_id(session: Session) -> Findings:
    """Only its `id` makes a record exist; a field that comes before is refused."""
    for entry in session.entries:
        has_id = entry.collection.endswith(("interactions", "objectives"))
        if has_id and _begins(entry) and entry.field != "id":
            yield (
                session.place(entry.write.line),
                f"{entry.write.element} is set before {entry.collection} has its id",
            )


@rule(VALUE_RULES, "RTE-31", "Answer before its type", Severity.ERROR, "Set `type` directly after `id`.")
def answer_before_type(session: Session) -> Findings:
    """SCORM 2004 cannot judge the form of an answer whose type it does not know, and refuses it."""
    if session.standard != "scorm2004":
        return
    new = {f"{entry.collection}.{entry.index}" for entry in session.entries if entry.index >= entry.count}
    for write, interaction, _ in _answers(session):
        told = any(line < write.line for line, _ in session.types.get(interaction, ()))
        if interaction in new and not told:
            yield session.place(write.line), f"{write.element} is set before {interaction}.type"


@rule(
    VALUE_RULES,
    "RTE-32",
    "Objective without an id of its own",
    Severity.ERROR,
    "Give every objective its own id, and keep it.",
)
def objective_id_not_its_own(session: Session) -> Findings:
    """In SCORM 2004 an objective is found by its id: two with one id, or one with two, are refused."""
    if session.standard != "scorm2004":
        return
    ids = {read.element: read.answer for read in session.reads if _is_objective_id(read.element) and read.answer}
    for write in session.writes:
        if _is_objective_id(write.element):
            taken = [element for element, id_ in ids.items() if id_ == write.value and element != write.element]
            before = ids.setdefault(write.element, write.value)
            if taken or before != write.value:
                why = f"{taken[0]} has that id" if taken else f"it was {shortened(before or '')}"
                yield (
                    session.place(write.line),
                    f"{write.element} was set to {shortened(write.value)}, but {why}",
                )


def _is_objective_id(element: str) -> bool:
    words = element.split(".")
    return (words[:2], words[3:]) == (["cmi", "objectives"], ["id"]) and INDEX.fullmatch(words[2]) is not None


@rule(
    VALUE_RULES,
    "RTE-33",
    "Second correct answer",
    Severity.ERROR,
    "Send one pattern, `correct_responses.0`, for this type.",
)
def second_correct_answer(session: Session) -> Findings:
    """In SCORM 2004 some types have exactly one right answer, and a second pattern is refused."""
    if session.standard != "scorm2004":
        return
    for write, interaction, correct in _answers(session):
        type_ = session.type_at(interaction, write.line)
        if correct and type_ in ONE_PATTERN and not write.element.endswith(".correct_responses.0.pattern"):
            yield session.place(write.line), f"{write.element} is one pattern too many for type {type_}"


@rule(
    VALUE_RULES,
    "RTE-34",
    "Interaction that is overwritten",
    Severity.ERROR,
    "Begin new interactions at the answer to `cmi.interactions._count`.",
    house=True,
)
def interaction_overwritten(session: Session) -> Findings:
    """Another id at an index in use replaces an answer that the learner gave before."""
    ids = {read.element: read.answer for read in session.reads}
    for entry in session.entries:
        if entry.collection == "cmi.interactions":
            name, write = f"{entry.collection}.{entry.index}.id", entry.write
            if entry.index >= entry.count:
                ids[name] = ""  # begun just now, and not named yet
            if entry.field == "id":
                if ids.get(name) not in ("", write.value):
                    yield session.place(write.line), f"{name} replaces one of {entry.count} records"
                ids[name] = write.value
