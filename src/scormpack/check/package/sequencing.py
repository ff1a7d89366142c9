"""Rules about what SCORM 2004 does with an item: whether a learner can get there, and whether it is ever done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from scormpack.check.package.manifest import Manifest
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity

RULES: list[Rule[Manifest]] = []

_YES, _NO = ("true", "1"), ("false", "0")
_OPPOSITES = ({"satisfied", "notSatisfied"}, {"completed", "incomplete"})
_BY_MEASURE = ("objectiveMeasureGreaterThan", "objectiveMeasureLessThan")
_OF_UNITS = ("dataFromLMS", "timeLimitAction", "presentation")


def _activities(manifest: Manifest) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """Each organization and item, and its sequencing: its own, then the shared one that this refers to."""
    shared = _shared(manifest)
    for activity in manifest.elements("organization", "item"):
        own = activity.findall("{*}sequencing")
        yield activity, [*own, *(shared[each.get("IDRef", "")] for each in own if each.get("IDRef", "") in shared)]


def _shared(manifest: Manifest) -> dict[str, etree._Element]:
    collections = manifest.elements("sequencingCollection")
    return {each.get("ID", ""): each for each in chain.from_iterable(collections) if isinstance(each.tag, str)}


def _said(steps: list[etree._Element], path: str, name: str) -> str | None:
    """The attribute `name` of `path` in the first of `steps` that has it: what is its own hides what is shared."""
    found = (each.find(path) for each in steps)
    first = next((each for each in found if each is not None), None)
    return None if first is None else first.get(name)


def _name(activity: etree._Element) -> str:
    return f"`{activity.get('identifier') or ''}`"


@rule(
    RULES,
    "40",
    "Activity that nobody can get into",
    Severity.ERROR,
    'Write `choice="true"` or `flow="true"`, or leave out what closes it.',
)
def activity_that_nobody_can_get_into(manifest: Manifest) -> Findings:
    """Without choice and without flow a platform offers no way to what is inside (SN, sequencing control modes)."""
    for activity, steps in _activities(manifest):
        choice, flow = (_said(steps, "{*}controlMode", name) for name in ("choice", "flow"))
        if activity.find("{*}item") is not None and choice in _NO and flow not in _YES:
            grave = Severity.WARNING if manifest.form.is_4th else None  # there a page may jump into it
            yield Found(manifest.place(activity), f"{_name(activity)} allows neither choice nor flow", grave)
        if _said(steps, "{*}limitConditions", "attemptLimit") == "0":
            yield manifest.place(activity), f"{_name(activity)} allows no attempt"
        for action in chain.from_iterable(each.findall(_DISABLED) for each in steps[:1]):
            yield from _always(manifest, activity, action)


_DISABLED = "{*}sequencingRules/{*}preConditionRule/{*}ruleAction[@action='disabled']"


def _always(manifest: Manifest, activity: etree._Element, action: etree._Element) -> Findings:
    rule_above = action.getparent()
    conditions = [] if rule_above is None else rule_above.findall("{*}ruleConditions/{*}ruleCondition")
    if [each.get("condition") for each in conditions] == ["always"] and conditions[0].get("operator") != "not":
        yield manifest.place(action), f"{_name(activity)} is always disabled"


@rule(RULES, "41", "Sequencing that is not there", Severity.ERROR, "Correct the `IDRef`, or add the block.")
def sequencing_that_is_not_there(manifest: Manifest) -> Findings:
    """A platform refuses the course, or leaves out every rule that was meant (CAM, `sequencingCollection`)."""
    shared = _shared(manifest)
    for element in manifest.elements("sequencing"):
        ref = element.get("IDRef")
        if ref is not None and ref not in shared:
            yield manifest.place(element), f"`{ref}` is not in a `sequencingCollection`"
    counts = Counter(each.get("ID") for each in manifest.elements("sequencing"))
    for name in (each for each, count in counts.items() if each and count > 1):
        yield manifest.place(shared.get(name)), f"`{name}` is given twice"


@rule(
    RULES, "42", "Objective that cannot be told", Severity.ERROR, "Give each objective an `objectiveID` of its own."
)
def objective_that_cannot_be_told(manifest: Manifest) -> Findings:
    """What a rule asks for, or a course reports, belongs to no objective, or to the wrong one (CAM, `objectives`)."""
    for activity, steps in _activities(manifest):
        own = [each for step in steps for each in step.iterfind("{*}objectives/*") if not _is_of_adlseq(each)]
        names = Counter(each.get("objectiveID", "") for each in own)
        for each in own if len(steps) == 1 else []:
            name = each.get("objectiveID", "")
            if not name and each.find("{*}mapInfo") is not None:
                yield manifest.place(each), f"the objective of {_name(activity)} is shared and has no `objectiveID`"
            elif name and names[name] > 1:
                yield manifest.place(each), f"`{name}` is given to {names[name]} objectives of {_name(activity)}"
        for each in chain.from_iterable(step.iter("{*}ruleCondition") for step in steps[:1]):
            asked = each.get("referencedObjective")
            if asked is not None and asked not in names:
                yield manifest.place(each), f"{_name(activity)} has no objective `{asked}`"


def _is_of_adlseq(element: etree._Element) -> bool:
    return not isinstance(element.tag, str) or "adlseq" in (etree.QName(element).namespace or "")


@rule(
    RULES, "43", "Rule that does not do what it says", Severity.WARNING, "Say what is missing, or take the rule out."
)
def rule_that_does_not_do_what_it_says(manifest: Manifest) -> Findings:
    """Where a value is left out another one counts: a course is done too early, or never (CAM, `rollupRule`)."""
    for element in manifest.elements("rollupRule"):
        yield from _of_rollup(manifest, element)
    for element in manifest.elements("ruleCondition"):
        if element.get("condition") in _BY_MEASURE and element.get("measureThreshold") is None:
            yield manifest.place(element), f"`{element.get('condition')}` without `measureThreshold` compares with 0"
    for element in manifest.elements("primaryObjective", "objective"):
        by_measure = element.get("satisfiedByMeasure") in _YES
        if by_measure and element.find("{*}minNormalizedMeasure") is None:
            yield manifest.place(element), "without `minNormalizedMeasure` nobody passes below 100 percent"
    for rules in manifest.elements("rollupRules"):
        yield from _contradictions(manifest, rules)


def _of_rollup(manifest: Manifest, element: etree._Element) -> Findings:
    kind = element.get("childActivitySet", "all")
    for word, name in (("atLeastCount", "minimumCount"), ("atLeastPercent", "minimumPercent")):
        value = element.get(name)
        if kind == word and value in (None, "0"):
            yield manifest.place(element), f"`{word}` without `{name}` is met by nothing at all"
        elif kind != word and value is not None and value.strip("0.") != "":
            yield manifest.place(element), f"`{name}` counts with `{word}` only"


def _contradictions(manifest: Manifest, rules: etree._Element) -> Findings:
    """Rules of one activity that say the opposite under the same conditions."""
    actions: dict[tuple[object, ...], set[str]] = {}
    for each in rules.iterfind("{*}rollupRule"):
        action = each.find("{*}rollupAction")
        conditions = each.find("{*}rollupConditions")
        if action is None or conditions is None:
            continue
        asked = sorted((one.get("operator", "noOp"), one.get("condition", "")) for one in conditions)
        when = (each.get("childActivitySet", "all"), conditions.get("conditionCombination", "any"), *asked)
        done = actions.setdefault((*when, each.get("minimumCount"), each.get("minimumPercent")), set())
        done.add(action.get("action", ""))
        if any(pair <= done for pair in _OPPOSITES):
            yield manifest.place(each), "another rule says the opposite under the same conditions"


@rule(RULES, "44", "Element that belongs to units", Severity.ERROR, "Move it to an item that opens a SCO.")
def element_that_belongs_to_units(manifest: Manifest) -> Findings:
    """Only an item that opens something can use it; a strict platform refuses the course (CAM, `item`)."""
    names = _OF_UNITS if manifest.form.is_4th else (*_OF_UNITS, "completionThreshold")
    for element in manifest.elements(*names):
        above, name = element.getparent(), etree.QName(element).localname
        if above is not None and etree.QName(above).localname in ("item", "organization"):
            if not above.get("identifierref"):
                yield manifest.place(element), f"{_name(above)} opens nothing and has `{name}`"
            elif next(above.iterchildren(str(element.tag))) is not element:
                yield manifest.place(element), f"{_name(above)} has `{name}` twice"


@rule(
    RULES,
    "45",
    "Objectives shared between units",
    Severity.WARNING,
    "Do without `mapInfo` if the course goes to Moodle.",
)
def objectives_shared_between_units(manifest: Manifest) -> Findings:
    """Moodle on PHP 8 stops at `imsss:mapInfo` and does not import the course; Totara and Docebo pass it over."""
    shared = [each for each in manifest.elements("mapInfo") if not _is_of_adlseq(each)]
    if shared:
        yield manifest.place(shared[0]), f"objectives that are shared: {len(shared)}"
