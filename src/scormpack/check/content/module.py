"""Rules about a module as a whole: what it is for, how long it takes, who looks after it."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange

from scormpack.blocks import Block, Card, Deck, Notice, Question, Reflection, Scenario
from scormpack.check.content.english.prose import words
from scormpack.check.content.subject import Manuscript
from scormpack.check.rule import Findings, Found, Rule, rule, rule_for
from scormpack.content.codes import MOD_02, MOD_05, MOD_08
from scormpack.content.load import REUSED
from scormpack.course.duration import estimate
from scormpack.diagnostics import Place, Severity
from scormpack.source.files import listed, within
from scormpack.source.signs import legible

RULES: list[Rule[Manuscript]] = []

_ROUNDING = 0.5  # minutes: what is declared is a whole number
LOCAL_POLICY = "local_policy"  # the notice of library.yaml that points to the employer's own policy
_WHO = r"(?:(?:you|learners?|workers?|they) (?:will |can |should )?|to )?"
_INWARD = re.compile(
    rf"{_WHO}(?:fully |better |really )?"
    r"(?:(?:understand|know|learn|appreciate|reali[sz]e|grasp|believe|feel|think|see|gain|become|familiari[sz]e|consider"
    r"|improve|increase|develop|deepen|explore|acquire|reflect|remember|respect|value)s?"
    r"|(?:knowing|understanding|being|feeling|having|learning|gaining|becoming|increased|improved)"
    r"|be (?:able|aware|comfortable|confident|familiar|mindful|prepared|ready|sensitive)"
    r"|(?:have|get) (?:an? |the |more |some |better )*"
    r"(?:to know|awareness|confidence|feel|idea|insight|knowledge|sense|understanding))\b",
    re.IGNORECASE,
)
_NO_VERB = re.compile(
    r"(?:the|a|an|how|what|why|when|who|some|your|their|our|to|signs|causes|kinds|types|ways|principles|importance"
    r"|knowledge|confidence|insight|(?:\w+ )?(?:awareness|understanding))\b",
    re.IGNORECASE,
)


@rule_for(RULES, MOD_02, english=True)
def objective_that_nobody_can_observe(m: Manuscript) -> Findings:
    """Find objectives that begin with something inward, or with no verb."""
    for objective in m.module.objectives:
        if found := _INWARD.match(objective.text) or _NO_VERB.match(objective.text):
            message = f"the objective `{objective.id}` begins with “{found[0]}”, which nobody can observe"
            yield Found(objective.place("text"), message, words=found[0])


@rule(
    RULES,
    "MOD-03",
    "Objective without practice",
    Severity.ERROR,
    "Name it as `objective:` in a question, a story, a card or a reflection.",
)
def objective_without_practice(m: Manuscript) -> Findings:
    """What is never tried out is forgotten by the next visit; what she must know has to be asked.

    An objective with `must_know: true` needs a question or a story, any other one a card or a reflection at least.
    """
    asked: set[str | None] = {task.objective for task in m.module.tasks() if isinstance(task, Question | Scenario)}
    practising: list[Card | Reflection] = [*m.module.blocks(Card), *m.module.blocks(Reflection)]
    met = asked | {block.objective for block in practising}
    known = {None, *(objective.id for objective in m.module.objectives)}
    for objective in m.module.objectives if met <= known else ():  # a word that names nothing is reported elsewhere
        if objective.must_know and objective.id not in asked:
            yield (
                objective.place("id"),
                f"no question and no story asks for `{objective.id}`, which everyone must know",
            )
        elif objective.id not in met:
            yield objective.place("id"), f"nothing on the pages practises `{objective.id}`"


@rule(
    RULES,
    "MOD-04",
    "Key messages that nobody keeps",
    Severity.WARNING,
    "Keep three to seven messages of 25 words at most.",
)
def key_messages_that_nobody_keeps(m: Manuscript) -> Findings:
    """At a bedside a worker remembers a few short sentences, not a page."""
    count = len(m.module.key_messages)
    if not 3 <= count <= 7:
        found = "there is 1 key message" if count == 1 else f"there are {count} key messages"
        yield m.module.place("key_messages"), f"{found}, not three to seven"
    most = round(m.limit("key_message_words"))
    for message in m.module.key_messages:
        length = len(words(message))
        if length > most:
            where = m.module.place("key_messages")
            yield Found(where, f"a key message has {length} words, more than {most}", words=message)


@rule_for(RULES, MOD_05)
def longer_than_its_format(m: Manuscript) -> Findings:
    """Find a module of more minutes than its format has."""
    limits = {
        "micro": m.limit("micro_minutes"),
        "short": m.limit("short_minutes"),
        "session": m.limit("session_minutes"),
    }
    most, minutes = limits[m.module.format], m.module.duration_minutes
    if minutes > most:
        message = f"`duration_minutes` is {minutes}; `{m.module.format}` is at most {most:g}"
        yield m.module.place("duration_minutes"), message


@rule(
    RULES,
    "MOD-06",
    "Time that differs from what it takes",
    Severity.WARNING,
    "Declare what it takes, or shorten the pages.",
)
def time_that_is_not_what_it_takes(m: Manuscript) -> Findings:
    """A worker who is paid for ten minutes and needs twenty gives ten of her own, or does not finish.

    The estimate reads 180 words a minute and adds recordings, and time to think for each question and situation.
    """
    minutes = sum(estimate(page) for page in m.module.pages) / 60
    declared = m.module.duration_minutes
    apart = abs(minutes - declared)
    if apart > _ROUNDING and apart / declared * 100 > m.limit("duration_percent"):
        message = f"`duration_minutes` is {declared}; the pages take about {max(round(minutes), 1)}"
        yield m.module.place("duration_minutes"), message


@rule_for(RULES, MOD_08)
def review_that_is_due(m: Manuscript) -> Findings:
    """Find a review that was due before today, or will be soon."""
    due = m.module.review_due
    left = (due - m.today).days
    if left < 0:
        yield m.module.place("review_due"), f"the review was due on {due}"
    elif left <= m.limit("review_soon_days"):
        when = {0: "today", 1: "tomorrow"}.get(left, f"on {due}, in {left} days")
        message = f"the review is due {when}"
        yield Found(m.module.place("review_due"), message, Severity.WARNING, "Plan the review now.")


@rule(RULES, "MOD-09", "Review that is too far away", Severity.WARNING, "Bring `review_due` forward.")
def review_too_far_away(m: Manuscript) -> Findings:
    """Two years is a long time for advice that people act on alone; one year where somebody may come to harm.

    Counted from `reviewed_on`, or from today where nobody has reviewed it yet.
    """
    months = round(m.limit("review_months_safety" if m.safety_critical else "review_months"))
    begin = m.module.reviewed_on or m.today
    if m.module.review_due > _months_after(begin, months):
        yield m.module.place("review_due"), f"{m.module.review_due} is more than {months} months after {begin}"


def _months_after(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@rule(
    RULES,
    "MOD-10",
    "Module for no recommendation",
    Severity.ERROR,
    "Name a recommendation under `addresses`, or say why in `standalone_reason`.",
)
def module_for_no_recommendation(m: Manuscript) -> Findings:
    """Workers' time is short: a module that nobody has asked for should at least say why it exists."""
    if not m.module.addresses and not m.module.standalone_reason:
        yield m.module.place(), "it addresses no recommendation and gives no `standalone_reason`"


@rule(
    RULES,
    "MOD-11",
    "Group without a plan",
    Severity.WARNING,
    "Write facilitator.yaml, with one plan whose steps add up to its minutes.",
)
def group_without_a_plan(m: Manuscript) -> Findings:
    """Somebody who leads a group in a break between shifts has the minutes that were promised, and no more."""
    guide = m.module.facilitator_guide
    if guide is None:
        yield m.module.place(), "there is no facilitator.yaml: nobody can lead a group through it"
    for plan in guide.plans if guide else ():
        steps = sum(step.minutes for step in plan.steps)
        if steps != plan.minutes:
            hint = "Change the minutes of the steps, or those of the plan."
            yield Found(
                plan.place("minutes"), f"the plan is for {plan.minutes} minutes, its steps take {steps}", hint=hint
            )


@rule(
    RULES,
    "MOD-13",
    "No clinical reviewer",
    Severity.ERROR,
    "Name under `reviewers` who read it: role, date, `clinical: true`.",
)
def no_clinical_reviewer(m: Manuscript) -> Findings:
    """A worker acts on this alone, at night. A registered professional has to have read every word.

    Asked of modules with `emergency: true` or `clinical_review_required: true` under `safety`.
    """
    if m.safety_critical and not any(reviewer.clinical for reviewer in m.module.reviewers):
        yield (
            m.module.place("safety"),
            "somebody may come to harm by a mistake here, and no clinical reviewer is named",
        )


@rule(
    RULES,
    "MOD-14",
    "No word on local policy",
    Severity.ERROR,
    f"Put the notice `{LOCAL_POLICY}` on the first page.",
    always=True,
)
def no_word_on_local_policy(m: Manuscript) -> Findings:
    """Without it a worker mistakes general advice for her employer's rules, and answers for the difference."""
    named = [notice.notice for notice in m.module.blocks(Notice)]
    if m.module.safety.role_scope == "unregistered" and LOCAL_POLICY not in named:
        yield m.module.place("pages"), f"the notice `{LOCAL_POLICY}` is on no page"


@rule(
    RULES,
    "LNK-06",
    "File that nothing uses",
    Severity.INFO,
    "Name a page under `pages`, put a card, a story or a deck on a page with `use:`, or delete the file.",
)
def file_that_nothing_uses(m: Manuscript) -> Findings:
    """Somebody wrote this for workers, and it reaches none of them."""
    folder = m.library.modules.get(m.module.id)
    used: dict[str, set[str]] = {"pages": {page.id for page in m.module.pages}}
    used |= {each: set() for each in REUSED.values()}
    for block in (*m.module.blocks(Block), *_deck_of_the_guide(m)):
        if block.type in REUSED:
            used[REUSED[block.type]].add(getattr(block, "id", ""))
    if folder is None:
        return
    for name, ids in used.items():
        for path in listed(folder / name, "*.md" if name == "pages" else "*.yaml", m.library.folder):
            if path.stem not in ids:
                yield (
                    Place(within(path, m.library.folder), 1, 1),
                    f"nothing in the module uses `{legible(path.stem)}`",
                )


def _deck_of_the_guide(m: Manuscript) -> tuple[Deck, ...]:
    guide = m.module.facilitator_guide
    return (guide.deck,) if guide and guide.deck else ()
