"""What a unit may say in a cmi5 session: its statements and documents against the requirements of cmi5 (quartz).

Every failure has the id of a requirement, a section and a number, as in the list `@cmi5/requirements`, which has the
specification's own words. Where the list has no line for a rule (a scaled score from 0 to 1, whole percents of
progress, the two values of audioPreference), the failure names the line that asks for the whole section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from scormpack.lms.judge.statements import CONTEXT_LISTS, VOIDED
from scormpack.lms.judge.values import is_language, is_utc, parse

VERBS = {
    name: f"http://adlnet.gov/expapi/verbs/{name}"
    for name in ("launched", "initialized", "completed", "passed", "failed", "terminated")
} | {name: f"https://w3id.org/xapi/adl/verbs/{name}" for name in ("abandoned", "waived", "satisfied")}
NAMES = {iri: name for name, iri in VERBS.items()}
OF_THE_UNIT = ("initialized", "completed", "passed", "failed", "terminated")
JUDGED = ("completed", "passed", "failed")
CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVEON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
SESSION_ID = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
LAUNCH_DATA = "LMS.LaunchData"
PREFERENCES = "cmi5LearnerPreferences"

Statement = dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """A requirement that was not met, and how."""

    requirement: str
    message: str

    def __str__(self) -> str:
        return f"{self.requirement}: {self.message}"


@dataclass(frozen=True)
class Terms:
    """What a unit was launched with."""

    actor: dict[str, Any]
    registration: str
    activity: str
    session: str
    template: dict[str, Any]
    mode: str = "Normal"
    mastery: float | None = None


@dataclass(frozen=True)
class Past:
    """What had happened when a statement came: the defined verbs of this session, and of earlier ones of the unit."""

    here: Sequence[str] = ()
    earlier: Sequence[str] = ()
    abandoned: bool = False
    launch_data_read: bool = True
    preferences_read: bool = True


@dataclass(frozen=True)
class Case:
    """A valid statement, and what it is judged by; `has_id` is whether the unit has given it its id."""

    statement: Statement
    terms: Terms
    past: Past
    has_id: bool = True
    categories: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "categories", frozenset(activities(self.context, "category")))

    @property
    def context(self) -> dict[str, Any]:
        """The statement's context, or an empty one."""
        return dict(self.statement.get("context", {}))

    @property
    def result(self) -> dict[str, Any]:
        """The statement's result, or an empty one."""
        return dict(self.statement.get("result", {}))

    @property
    def score(self) -> dict[str, Any]:
        """The result's score, or an empty one."""
        return dict(self.result.get("score", {}))

    @property
    def verb(self) -> str:
        """The name of a verb that cmi5 defines, or the verb's IRI."""
        iri = str(self.statement["verb"]["id"])
        return NAMES.get(iri, iri)

    @property
    def defined(self) -> bool:
        """Whether this is a statement that cmi5 defines, and not only one that it allows."""
        return CMI5 in self.categories


Rule = Callable[[Case], Iterator[tuple[str, str]]]
_EVERY: list[Rule] = []
_DEFINED: list[Rule] = []


def _every(rule: Rule) -> Rule:
    _EVERY.append(rule)
    return rule


def _defined(rule: Rule) -> Rule:
    _DEFINED.append(rule)
    return rule


def judge(case: Case) -> list[Failure]:
    """Return every requirement that a statement does not meet."""
    rules = [*_EVERY, *(_DEFINED if case.defined else [])]
    return [Failure(*found) for rule in rules for found in rule(case)]


def defined_verb(statement: Statement) -> str:
    """Return the name of the verb if the statement is one that cmi5 defines (9.3), or else an empty text."""
    is_defined = CMI5 in activities(statement.get("context", {}), "category")
    return NAMES.get(statement["verb"]["id"], "") if is_defined else ""


def activities(context: dict[str, Any], name: str) -> list[str]:
    """Return the ids in one of the lists of a context, such as `category`; a single activity needs no list."""
    found = context.get("contextActivities", {}).get(name, [])
    return [activity["id"] for activity in (found if isinstance(found, list) else [found])]


# Every statement ----------------------------------------------------------------------------------


@_every
def _marked(case: Case) -> Iterator[tuple[str, str]]:
    if not case.has_id:
        yield "9.1.0.0-1 (d)", "the unit has not given the statement an id"
    if "timestamp" not in case.statement:
        yield "9.7.0.0-1 (d)", "there is no timestamp"
    elif not is_utc(case.statement["timestamp"]):
        yield "9.7.0.0-2 (d)", f"the timestamp is not in UTC: {case.statement['timestamp']}"


@_every
def _by_the_learner(case: Case) -> Iterator[tuple[str, str]]:
    if case.statement["actor"] != case.terms.actor:
        yield "8.1.3.0-3 (d)", "the actor is not exactly the one of the launch"
    if case.verb == VOIDED:
        yield "6.3.0.0-1", "a unit may not void"


@_every
def _prepared(case: Case) -> Iterator[tuple[str, str]]:
    if not case.past.launch_data_read:
        yield "10.2.1.0-4", f"{LAUNCH_DATA} was not read before the statement"
    if not case.past.preferences_read:
        yield "11.0.0.0-3 (d2)", f"{PREFERENCES} was not read before the statement"


@_every
def _in_time(case: Case) -> Iterator[tuple[str, str]]:
    first = case.defined and case.verb == "initialized"
    if not first and "initialized" not in case.past.here:
        yield "9.3.0.0-4 (d2)", "it comes before initialized"
    if "terminated" in case.past.here:
        yield "9.3.0.0-5 (d2)", "it comes after terminated"
    if case.past.abandoned:
        yield "9.3.6.0-2 (d2)", "it comes after the session was abandoned"


@_every
def _of_this_session(case: Case) -> Iterator[tuple[str, str]]:
    registration = case.context.get("registration")
    if registration != case.terms.registration:
        requirement = "9.6.1.0-1 (d)" if case.defined else "8.1.4.0-3 (d)"
        yield requirement, f"the registration is {registration}, not that of the launch"
    session = case.context.get("extensions", {}).get(SESSION_ID)
    if session != case.terms.session:
        yield "9.6.3.1-4 (d)", f"the session id is {session!r}, not that of the launch"


@_every
def _from_the_template(case: Case) -> Iterator[tuple[str, str]]:
    for place, problem in _departures(case.terms.template, case.context, "context"):
        if place.startswith("context.contextActivities") and case.defined:
            yield "9.6.2.0-1 (d)", f"{place} {problem}"
        elif problem == "is overwritten":
            yield "10.2.1.0-7 (d)", f"{place} {problem}"
        else:
            yield "10.2.1.0-6 (d)", f"{place} {problem}"


def _departures(template: Any, found: Any, at: str) -> Iterator[tuple[str, str]]:
    """Where a context has less than its template, or something else."""
    if isinstance(template, dict) and isinstance(found, dict):
        for name, value in template.items():
            if name in found:
                yield from _departures(value, found[name], f"{at}.{name}")
            else:
                yield f"{at}.{name}", "is missing"
    elif isinstance(template, list):
        listed = found if isinstance(found, list) else [found]
        yield from ((at, f"lacks {entry}") for entry in template if entry not in listed)
    elif template != found:
        yield at, "is overwritten"


@_every
def _categories_in_their_place(case: Case) -> Iterator[tuple[str, str]]:
    for name in CONTEXT_LISTS:
        found = activities(case.context, name)
        if name != "category" and CMI5 in found:
            yield "9.6.2.1-1", f"the category cmi5 stands in {name}"
        if name != "category" and MOVEON in found:
            yield "9.6.2.2-2 (d)", f"the category moveon stands in {name}"
    decided = case.defined and ("success" in case.result or "completion" in case.result)
    if MOVEON in case.categories and not decided:
        yield "9.6.2.2-2 (d)", "the category moveon stands there without a verdict that cmi5 defines"


@_every
def _score_complete(case: Case) -> Iterator[tuple[str, str]]:
    if "raw" in case.score and "min" not in case.score:
        yield "9.5.1.0-3 (d1)", "score.raw stands there without min"
    if "raw" in case.score and "max" not in case.score:
        yield "9.5.1.0-3 (d2)", "score.raw stands there without max"


@_every
def _progress_in_percent(case: Case) -> Iterator[tuple[str, str]]:
    progress = case.result.get("extensions", {}).get(PROGRESS, 0)
    if isinstance(progress, bool) or not isinstance(progress, int) or not 0 <= progress <= 100:
        yield "7.0.0.0-5", f"progress is not a whole number from 0 to 100: {progress!r}"


# Statements that cmi5 defines ---------------------------------------------------------------------


@_defined
def _about_the_unit(case: Case) -> Iterator[tuple[str, str]]:
    thing = case.statement["object"]
    if thing.get("objectType", "Activity") != "Activity":
        yield "9.4.0.0-1 (d)", "the object is no activity"
    elif thing["id"] != case.terms.activity:
        yield "8.1.5.0-6 (d)", f"the object is {thing['id']}, not the activity id of the launch"


@_defined
def _with_a_verb_of_the_unit(case: Case) -> Iterator[tuple[str, str]]:
    if case.verb not in OF_THE_UNIT:
        yield "9.3.0.0-1", f"{case.verb} is no verb that a unit may use in the category cmi5"


@_defined
def _once_in_a_session(case: Case) -> Iterator[tuple[str, str]]:
    if case.verb in case.past.here:
        requirement = "9.3.2.0-3 (d)" if case.verb == "initialized" else "9.3.0.0-2 (d)"
        yield requirement, f"{case.verb} was said in this session before"
    other = {"passed": "failed", "failed": "passed"}.get(case.verb, "")
    if other in case.past.here:
        yield "9.3.0.0-3 (d)", f"{other} was said in this session before"


@_defined
def _once_in_a_registration(case: Case) -> Iterator[tuple[str, str]]:
    if case.verb == "completed" and "completed" in case.past.earlier:
        yield "9.3.0.0-6 (d2)", "completed was said in this registration before"
    if case.verb == "passed" and "passed" in case.past.earlier:
        yield "9.3.0.0-7 (d2)", "passed was said in this registration before"
    if case.verb == "failed" and "passed" in [*case.past.here, *case.past.earlier]:
        yield "9.3.0.0-8 (d)", "passed was said in this registration before"


@_defined
def _in_this_mode(case: Case) -> Iterator[tuple[str, str]]:
    if case.verb in JUDGED and case.terms.mode in ("Browse", "Review"):
        requirement = "10.2.2.0-2 (d)" if case.terms.mode == "Browse" else "10.2.2.0-3 (d)"
        yield requirement, f"{case.verb} is said in the mode {case.terms.mode}"


@_defined
def _with_the_verdict_of_its_verb(case: Case) -> Iterator[tuple[str, str]]:
    success, completion = case.result.get("success"), case.result.get("completion")
    if case.verb == "passed" and success is not True:
        yield "9.5.2.0-1 (d1)", "passed without success true"
    if case.verb == "failed" and success is not False:
        yield "9.5.2.0-2 (d)", "failed without success false"
    if case.verb not in ("passed", "failed") and success is not None:
        yield "9.5.2.0-3 (d)", f"{case.verb} with success"
    if case.verb == "completed" and completion is not True:
        yield "9.5.3.0-1 (d1)", "completed without completion true"
    if case.verb != "completed" and completion is not None:
        yield "9.5.3.0-2 (d)", f"{case.verb} with completion"


_DURATIONS = {
    "terminated": "9.5.4.1-1 (d)",
    "completed": "9.5.4.1-2 (d)",
    "passed": "9.5.4.1-3 (d)",
    "failed": "9.5.4.1-4 (d)",
}
_MOVEONS = {"completed": "9.6.2.2-1 (d1)", "passed": "9.6.2.2-1 (d2)", "failed": "9.6.2.2-1 (d3)"}


@_defined
def _with_its_duration_and_category(case: Case) -> Iterator[tuple[str, str]]:
    if case.verb in _DURATIONS and "duration" not in case.result:
        yield _DURATIONS[case.verb], f"{case.verb} without duration"
    if case.verb in _MOVEONS and MOVEON not in case.categories:
        yield _MOVEONS[case.verb], f"{case.verb} without the category moveon"


@_defined
def _with_a_score_that_fits(case: Case) -> Iterator[tuple[str, str]]:
    if "score" in case.result and case.verb not in ("passed", "failed"):
        yield "9.5.1.0-2 (d)", f"{case.verb} with a score"
    scaled, mastery = case.score.get("scaled"), case.terms.mastery
    if scaled is None:
        return
    if scaled < 0:
        yield "7.0.0.0-5", f"score.scaled is not from 0 to 1: {scaled}"
    if mastery is not None and case.verb == "passed" and scaled < mastery:
        yield "9.3.4.0-2 (d2)", f"passed with {scaled}, mastery is {mastery}"
    if mastery is not None and case.verb == "failed" and scaled >= mastery:
        yield "9.3.5.0-2 (d)", f"failed with {scaled}, mastery is {mastery}"


@_defined
def _with_the_mastery_it_was_held_against(case: Case) -> Iterator[tuple[str, str]]:
    found = case.context.get("extensions", {}).get(MASTERY)
    needed = case.verb in ("passed", "failed") and "score" in case.result and case.terms.mastery is not None
    if (needed or found is not None) and found != case.terms.mastery:
        yield "9.6.3.2-2 (d)", f"the extension masteryscore is {found}, not {case.terms.mastery}"


# Documents ----------------------------------------------------------------------------------------


def judge_document(
    method: str, resource: str, query: dict[str, Any], body: bytes, terms: Terms, past: Past
) -> list[Failure]:
    """Return every requirement that a request to read or change a document does not meet (10 and 11).

    `resource` is such as `activities/state`; `query` are its parameters, the agent read from its JSON.
    """
    found = [*_document_in_time(past), *_document_of_the_learner(resource, query, terms)]
    changes = method in ("PUT", "POST", "DELETE")
    if changes and resource == "activities/state" and query.get("stateId", LAUNCH_DATA) == LAUNCH_DATA:
        found.append(("10.2.1.0-5 (d)", f"{LAUNCH_DATA} is not the unit's to change"))
    if query.get("stateId") == LAUNCH_DATA and query["activityId"] != terms.activity:
        found.append(("10.1.0.0-3", f"{LAUNCH_DATA} is asked of another activity"))
    if resource == "agents/profile" and query.get("profileId") == PREFERENCES and method in ("PUT", "POST"):
        found += _preferences(body)
    return [Failure(*one) for one in found]


def _document_in_time(past: Past) -> Iterator[tuple[str, str]]:
    if "terminated" in past.here or past.abandoned:
        yield "8.1.2.0-2 (d)", "the session is over"


def _document_of_the_learner(resource: str, query: dict[str, Any], terms: Terms) -> Iterator[tuple[str, str]]:
    if "agent" in query and query["agent"] != terms.actor:
        requirement = "11.0.0.0-1 (d)" if resource == "agents/profile" else "8.1.3.0-3 (d)"
        yield requirement, "the agent is not exactly the one of the launch"
    if resource == "activities/state" and query.get("registration") != terms.registration:
        yield "8.1.4.0-3 (d)", f"the registration is {query.get('registration')}, not that of the launch"


def _preferences(body: bytes) -> Iterator[tuple[str, str]]:
    try:
        found = parse(body)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not {"languagePreference", "audioPreference"} <= set(found):
        yield "11.0.0.0-5 (d)", "preferences are an object with languagePreference and audioPreference"
        return
    languages = found["languagePreference"]
    if not isinstance(languages, str) or not all(is_language(tag) for tag in languages.split(",")):
        yield "11.1.0.0-1 (d)", f"languagePreference is no list of language tags: {languages!r}"
    if found["audioPreference"] not in ("on", "off"):
        yield "11.0.0.0-5 (d)", f"audioPreference is neither on nor off: {found['audioPreference']!r}"
