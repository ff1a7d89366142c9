"""Rules about safety: of the person cared for, and of the one who reads."""

from __future__ import annotations

from typing import Final

from scormpack.blocks import Block, Card, KeyMessages, Local, Notice, Order, Pause, Prose, Reflection, TrueFalse
from scormpack.blocks.block import Option
from scormpack.blocks.match import Pair
from scormpack.blocks.scenario import Choice, Situation, Voice
from scormpack.blocks.sort import SortItem
from scormpack.check.content.english.acts import acts_in
from scormpack.check.content.english.wordings import (
    amounts_in,
    euphemisms_in,
    laws_in,
    numbers_in,
    policy_in,
    sensitive_in,
)
from scormpack.check.content.subject import Manuscript, Text
from scormpack.check.rule import Findings, Found, Rule, rule, rule_for
from scormpack.content.codes import SAF_01, SAF_10
from scormpack.content.module import Page
from scormpack.diagnostics import Code, Severity
from scormpack.vocabulary import Jurisdiction, Markdown

RULES: list[Rule[Manuscript]] = []

NAME_IT: Final = "Name the contact, `{contact:…}`, or the provider's number, `{local:…}`."
SAF_04: Final = Code(
    "SAF-04",
    "Number outside the register, or not checked",
    Severity.ERROR,
    "At three in the morning a wrong number is worse than none. In a register it is corrected in one place.",
    f"{NAME_IT} Look entries of the register up on their official pages, and set `checked_on`.",
    "A warning comes after 180 days, and for a number that was never checked; after 365 days nothing is built. "
    "Numbers are kept in contacts.yaml only: a text refers to one as `{contact:samaritans}`.",
)

_BEFORE = "before_"  # notices of library.yaml that stand before something hard


@rule_for(RULES, SAF_01, always=True, english=True)
def hard_content_that_is_not_declared(m: Manuscript) -> Findings:
    """Find words about something hard that `sensitivity` does not list."""
    declared, told = set(m.module.sensitivity), set[str]()
    for text in m.learner_texts:
        for names, what, found in sensitive_in(text.value):
            if what not in told and not declared & set(names):
                told.add(what)
                message = f"this is about {what}, but `sensitivity` does not list `{names[0]}`"
                yield Found(text.place, message, words=found)


@rule_for(RULES, SAF_01, always=True)
def hard_content_without_a_warning(m: Manuscript) -> Findings:
    """Find the first hard content that no notice announces."""
    if set(m.module.sensitivity) == {"none"}:
        return
    for page in m.module.pages:
        for block in page.blocks:
            warns = isinstance(block, Notice) and block.notice.startswith(_BEFORE)
            if warns or (isinstance(block, Notice) and block.notice not in m.library.settings.notices):
                return  # one that does not exist is reported elsewhere
            introduces = isinstance(block, Prose | KeyMessages | Notice | Local) and page is m.module.pages[0]
            if not introduces and _is_hard(block):
                message = "hard content comes before any notice that warns about it"
                yield Found(block.place(), message, hint=_how_to_warn(m))
                return
    message = "hard content is declared, but no notice on the pages warns about it"
    yield Found(m.module.place("sensitivity"), message, hint=_how_to_warn(m))


def _how_to_warn(m: Manuscript) -> str:
    names = [f"`{name}`" for name in m.library.settings.notices if name.startswith(_BEFORE)]
    if not names:
        return "Write a notice whose name begins with `before_` into library.yaml, and a `notice` block ahead of it."
    return f"Put a `notice` block ahead of it, with `notice:` and {' or '.join(names)}."


def _is_hard(block: Block) -> bool:
    if isinstance(block, Card) and set(block.sensitivity) - {"none"}:
        return True
    return any(isinstance(leaf.value, Markdown) and any(sensitive_in(leaf.value)) for leaf in block.strings())


@rule(
    RULES,
    "SAF-02",
    "Nobody to talk to",
    Severity.ERROR,
    "End with a `pause` that names a contact that is always open and a local one.",
    always=True,
)
def nobody_to_talk_to(m: Manuscript) -> Findings:
    """She reads this alone in a car. Somebody has to be there afterwards, at any hour."""
    if set(m.module.sensitivity) <= {"none"}:
        return
    pauses = list(m.module.blocks(Pause))
    contacts = [m.library.contacts.get(name) for pause in pauses for name in pause.contacts]
    if not pauses:
        yield m.module.place("sensitivity"), "the content is hard, but no `pause` block offers someone to talk to"
    elif all(contact and not contact.always_open for contact in contacts):
        yield pauses[-1].place("contacts"), "no `pause` names a contact that is always open"


@rule(
    RULES,
    "SAF-03",
    "Act beyond the role",
    Severity.ERROR,
    "Say who does it; a task that was delegated goes into `safety.delegated`.",
    english=True,
)
def act_beyond_the_role(m: Manuscript) -> Findings:
    """A worker who reads here that she may do it will do it, and somebody may die of it.

    Confirming a death; touching a pump; giving an injection; changing a dose; crushing or hiding a medicine; deciding
    alone about capacity; signing or witnessing legal papers. In a right answer it is an error, elsewhere a warning.
    """
    delegated = {each.act for each in m.module.safety.delegated}
    for text in m.texts:
        severity = _how_grave(text)
        for act, name, found in acts_in(text.value) if severity else ():
            if act not in delegated:
                yield Found(
                    text.place, f"this tells a worker to do what is not her role: {name}", severity, words=found
                )


def _how_grave(text: Text) -> Severity | None:
    """An error in what a right answer says to do; None in what is shown as wrong, or is only a story."""
    owner = text.owner
    if isinstance(owner, TrueFalse) and text.field == "prompt":
        return Severity.ERROR if owner.answer else None
    if text.field in ("must_not", "avoid", "prompt", "front", "conditions", "situation"):
        return None
    if isinstance(owner, Option | Choice):
        right = owner.correct if isinstance(owner, Option) else owner.rating == "best"
        return (Severity.ERROR if text.field == "text" else Severity.WARNING) if right else None
    if isinstance(owner, Situation | Voice | SortItem | Pair) or isinstance(text.block, Reflection):
        return None
    return Severity.ERROR if isinstance(owner, Order) and text.field == "steps" else Severity.WARNING


@rule_for(RULES, SAF_04, NAME_IT)
def number_outside_the_register(m: Manuscript) -> Findings:
    """Find numbers that stand in a text of the module itself."""
    for text in m.texts:
        for found in numbers_in(text.value):
            yield Found(text.place, f"the number {found} is written into the text", words=found)


@rule(
    RULES,
    "SAF-05",
    "Emergency without a decision",
    Severity.ERROR,
    "Say whom to call, when, and where the policy is.",
)
def emergency_without_a_decision(m: Manuscript) -> Findings:
    """In an emergency nobody searches. The number, when to call it and the local policy have to be here.

    Asked of modules with `emergency: true`: an emergency contact in a text, the notice `emergency` or a card that
    calls it, and a slot with `policy: true`.
    """
    if not m.module.safety.emergency:
        return
    emergency = {name for name, contact in m.library.contacts.items() if contact.emergency}
    calls = [text for text in m.learner_texts if emergency & {name for _, _, name in text.value.placeholders()}]
    place = m.module.safety.place("emergency")
    noticed = any(notice.notice == "emergency" for notice in m.module.blocks(Notice))
    if not calls and not noticed:
        yield place, "no page says whom to call in an emergency"
    elif not noticed and not any(isinstance(text.block, Card) for text in calls):
        yield place, "no notice and no card says when to call"
    policies = {name for name, slot in m.library.settings.slots.items() if slot.policy}
    if not policies & set(m.module.local_slots):
        yield place, "no slot names the provider's own policy"


@rule(
    RULES,
    "SAF-06",
    "Amount of medicine",
    Severity.ERROR,
    "Leave the amount to the care plan; or have it reviewed: `doses: true` for a reviewer.",
)
def amount_of_medicine(m: Manuscript) -> Findings:
    """An amount that is right for one person may kill another. It belongs in that person's chart alone."""
    if any(reviewer.clinical and reviewer.doses for reviewer in m.module.reviewers):
        return
    for text in m.texts:
        for found in amounts_in(text.value):
            yield Found(text.place, f"“{found}” is an amount of medicine", words=found)


@rule(
    RULES,
    "SAF-07",
    "Policy that nobody can find",
    Severity.WARNING,
    "Add `{local:…}` with the policy's name, or a `local` block, to the page.",
    english=True,
)
def policy_that_nobody_can_find(m: Manuscript) -> Findings:
    """“Follow your employer's policy” helps nobody who does not know what it is called and where to find it."""
    for page in m.module.pages:
        texts = [text for text in m.learner_texts if text.page is page]
        if not _shows_a_slot(page, texts):
            for text in texts:
                if found := policy_in(text.value):
                    message = f"“{found}” is mentioned, but no slot on the page shows it"
                    yield Found(text.place, message, words=found)


def _shows_a_slot(page: Page, texts: list[Text]) -> bool:
    filled = any(kind == "local" for text in texts for _, kind, _ in text.value.placeholders())
    return filled or any(isinstance(block, Local | Pause) for block in page.blocks)


@rule(
    RULES,
    "SAF-09",
    "Death by another name",
    Severity.WARNING,
    "Say “died”, “death” or “dead”. Put what people say in quotation marks.",
    english=True,
)
def death_by_another_name(m: Manuscript) -> Findings:
    """In a second language “passed” is a verb of motion. A worker who is not sure what happened does not call."""
    for text in m.texts:
        for found in euphemisms_in(text.value):
            yield Found(text.place, f"“{found}” stands where “died” or “death” is meant", words=found)


@rule_for(RULES, SAF_10, english=True)
def law_of_another_nation(m: Manuscript) -> Findings:
    """Find laws of nations that the module is not for, each once."""
    told: set[str] = set()
    for text in m.texts:
        for found, nations in laws_in(text.value):
            if not set(nations) & set(m.module.jurisdictions) and found not in told:
                told.add(found)
                message = f"“{found}” holds in {_listed(nations)}, which `jurisdictions` does not name"
                yield Found(text.place, message, words=found)


def _listed(nations: tuple[Jurisdiction, ...]) -> str:
    return " and ".join(nation.replace("_", " ").title() for nation in nations)
