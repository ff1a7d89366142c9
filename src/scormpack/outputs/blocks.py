"""What each kind of block says on paper, where nothing can be tapped and there is room to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from scormpack.blocks import (
    ActionPlan,
    Audio,
    Block,
    Card,
    Checklist,
    Confidence,
    Deck,
    Figure,
    KeyMessages,
    Local,
    Match,
    Multiple,
    Notice,
    Order,
    Pause,
    Prose,
    Recommendations,
    Reflection,
    Scenario,
    Signpost,
    Single,
    Sort,
    TrueFalse,
    Video,
)
from scormpack.blocks.block import ChoiceQuestion, Question
from scormpack.blocks.scenario import Ending, Situation, Voice
from scormpack.content.library import Contact
from scormpack.course.model import Course
from scormpack.course.resolve import AFTER
from scormpack.outputs.parts import (
    bold,
    bullets,
    form,
    heading,
    in_bold,
    labelled,
    lines,
    panel,
    picture,
    plain,
    said,
    steps,
    ticks,
    together,
)
from scormpack.outputs.parts import text as paragraph
from scormpack.outputs.text import Part, Run, detail, parts, runs, whole
from scormpack.vocabulary import NoticeId

OnPaper: TypeAlias = Callable[[Any, Course], Iterator[Part]]
_LINES: Final = 4  # to write on, where a learner is asked for a thought


def on_paper(blocks: Iterable[Block], course: Course) -> Iterator[Part]:
    """The parts of a document that `blocks` become."""
    for block in blocks:
        made = ON_PAPER[type(block)](block, course)
        yield from [together(*made)] if block.room == "question" else made


def _prose(block: Prose, course: Course) -> Iterator[Part]:
    yield from below(parts(block.text, course))


def below(some: Iterable[Part]) -> Iterator[Part]:
    """Authors begin their headings below the page's own, which has level 2."""
    for each in some:
        yield {**each, "level": min(each["level"] + 1, 6)} if each["kind"] == "heading" else each


def _optional(text: str | None, course: Course) -> Iterator[Part]:
    yield from below(parts(text, course)) if text else ()


def _notice(block: Notice, course: Course) -> Iterator[Part]:
    yield panel(*parts(course.settings.notices[block.notice], course))


def _key_messages(_: KeyMessages, course: Course) -> Iterator[Part]:
    yield heading(3, course.words["key_messages"])
    yield bullets(course.module.key_messages, course)


def _figure(block: Figure, course: Course) -> Iterator[Part]:
    yield picture(block.src, block.alt, course, block.caption)


def _audio(block: Audio, course: Course) -> Iterator[Part]:
    yield heading(3, block.title)
    yield from _optional(block.summary, course)
    origin = {"fictional": course.words["speaker_invented"], "used_with_consent": course.words["speaker_consented"]}
    yield from (plain(f"{each.role}: {origin[each.origin]}") for each in block.speakers)
    yield panel(*parts(block.transcript, course))


def _video(block: Video, course: Course) -> Iterator[Part]:
    yield heading(3, block.title)
    yield from _optional(block.summary, course)
    yield panel(*parts(block.transcript, course))
    yield said(block.audio_description, course)


def card(block: Card, course: Course) -> Iterator[Part]:
    """A card with both of its sides."""
    discuss = [paragraph([bold(f"{course.words['card_discuss']}:")]), bullets(block.discuss, course)]
    yield panel(
        heading(3, block.title),
        paragraph(in_bold(block.front, course)),
        steps(block.steps, course),
        *(labelled(label, text, course) for label, text in told(block, course)),
        *(discuss if block.discuss else []),
    )


def told(block: Card, course: Course) -> Iterator[tuple[str, str]]:
    """What a card says after its steps, each with what it is."""
    words = course.words
    said = {words["card_avoid"]: block.avoid, words["card_call"]: block.call, words["card_record"]: block.record}
    yield from ((label, text) for label, text in said.items() if text)


def scenario(block: Scenario, course: Course) -> Iterator[Part]:
    """A story to read: what happens, what one may do, and how it can end."""
    words = course.words
    yield heading(3, f"{words['scenario']} {block.title}")
    for number, situation in enumerate(block.situations, start=1):
        yield heading(4, words["scenario_situation"].format(number=number))
        yield from _situation(situation, course)
    for ending in block.endings:
        yield heading(4, words["scenario_end"])
        yield from _ending(ending, course)
    yield plain(words["scenario_fictional" if block.origin == "fictional" else "scenario_consent"])


def _situation(situation: Situation, course: Course) -> Iterator[Part]:
    if situation.picture:
        yield picture(situation.picture.src, situation.picture.alt, course)
    if situation.says:
        yield voice(situation.says, course)
    yield from parts(situation.text, course)
    yield ticks(runs(choice.text, course) for choice in situation.choices)


def voice(says: Voice, course: Course) -> Part:
    """Who says what."""
    return labelled(says.who, says.words, course)


def _ending(ending: Ending, course: Course) -> Iterator[Part]:
    yield from parts(ending.outcome, course)
    yield labelled(course.words["scenario_tell"], ending.tell, course)
    yield labelled(course.words["scenario_record"], ending.record, course)
    if ending.debrief:
        yield said(ending.debrief, course)


def number_of(block: Question, course: Course) -> str:
    """What a question is called: `Question 2`."""
    number = next(n for n, each in enumerate(course.module.questions(), start=1) if each.id == block.id)
    return course.words["result_question"].format(number=number)


def _asked(block: Question, how: str, course: Course) -> Iterator[Part]:
    yield heading(3, number_of(block, course))
    if block.recalls:
        yield plain(course.words["question_recalls"].format(title=course.recalled[block.recalls]))
    yield paragraph(in_bold(block.prompt, course))
    yield plain(f"{how} {course.words['question_critical']}" if block.critical else how)


def _choice(how: str) -> OnPaper:
    def choice(block: ChoiceQuestion, course: Course) -> Iterator[Part]:
        yield from _asked(block, course.words[how], course)
        yield ticks(runs(option.text, course) for option in block.options)

    return choice


def _true_false(block: TrueFalse, course: Course) -> Iterator[Part]:
    yield from _asked(block, course.words["question_true_false"], course)
    yield ticks([[{"t": course.words["true"]}], [{"t": course.words["false"]}]])


def _order(block: Order, course: Course) -> Iterator[Part]:
    yield from _asked(block, course.words["print_order"], course)
    yield ticks(runs(step, course) for _, step in block.shown())


def _match(block: Match, course: Course) -> Iterator[Part]:
    yield from _asked(block, course.words["print_match"], course)
    yield {"kind": "ticks", "items": [runs(match, course) for _, match in block.shown()], "letters": True}
    yield ticks(runs(pair.item, course) for pair in block.pairs)


def _sort(block: Sort, course: Course) -> Iterator[Part]:
    yield from _asked(block, course.words["print_match"], course)
    yield {"kind": "ticks", "items": [[{"t": group.name}] for group in block.groups], "letters": True}
    yield ticks(runs(item.text, course) for _, item in block.shown())


def _confidence(block: Confidence, course: Course) -> Iterator[Part]:
    yield paragraph(in_bold(block.prompt, course))
    yield ticks([[{"t": word}] for word in scale(course)])


def scale(course: Course) -> Sequence[str]:
    """From not sure at all to very sure."""
    words = course.words
    return words["confidence_1"], words["confidence_2"], words["confidence_3"], words["confidence_4"]


def _reflection(block: Reflection, course: Course) -> Iterator[Part]:
    yield heading(3, course.words["reflection"])
    yield said(block.prompt, course)
    yield lines(_LINES)


def _checklist(block: Checklist, course: Course) -> Iterator[Part]:
    yield heading(3, block.title)
    yield from _optional(block.text, course)
    yield ticks(runs(item, course) for item in block.items)


def _action_plan(block: ActionPlan, course: Course) -> Iterator[Part]:
    yield heading(3, block.title)
    yield from _optional(block.text, course)
    yield form(["", *(block.columns or [""])], ([row] for row in block.rows))


def _recommendations(block: Recommendations, course: Course) -> Iterator[Part]:
    words = course.words
    yield heading(3, words["recommendations_title"])
    yield from _optional(block.text, course)
    for name in block.show or course.module.addresses:
        asked = course.recommendations[name]
        yield paragraph([bold(asked.statement)])
        yield plain(asked.rationale)
        yield plain(words["recommendation_shows"])
        yield {"kind": "list", "items": [[plain(measure.text)] for measure in asked.measures]}
        yield ticks([[{"t": word}] for word in (words["met"], words["partly"], words["not_met_yet"])])
    plan = [words["plan_who"], words["plan_when"], words["plan_proof"]]
    yield form(plan, [[""], [""], [""]])


def _pause(block: Pause, course: Course) -> Iterator[Part]:
    local = ([bold(f"{course.local[name].label}: "), *detail(course.local[name], course)] for name in block.local)
    yield panel(
        heading(3, course.words["pause"]),
        *parts(block.text or course.settings.notices[block.notice or NoticeId(AFTER)], course),
        {"kind": "list", "items": [[paragraph(each)] for each in local]},
        contacts(block.contacts, course),
    )


def _signpost(block: Signpost, course: Course) -> Iterator[Part]:
    yield heading(3, course.words["signpost"])
    yield from _optional(block.text, course)
    yield contacts(block.contacts, course)


def contacts(names: Iterable[str], course: Course) -> Part:
    """Contacts with their numbers, and who may call them when."""
    return {"kind": "list", "items": [[paragraph(_contact(course.contacts[name], course))] for name in names]}


def _contact(contact: Contact, course: Course) -> list[Run]:
    note = f" ({contact.phone_note})" if contact.phone_note else ""
    message = course.words["text_message"].format(message=contact.text_message, number=contact.text_number)
    ways = [
        whole(contact.phone) + note if contact.phone else "",
        message if contact.text_number and contact.text_message else contact.text_number or "",
        str(contact.url or "").removeprefix("https://").rstrip("/"),
    ]
    about = f". {contact.for_whom}. {contact.hours}."
    return [bold(f"{contact.name} "), {"t": ", ".join(filter(None, ways)) + about}]


def _local(block: Local, course: Course) -> Iterator[Part]:
    yield heading(3, block.title or course.words["local"])
    yield from _optional(block.text, course)
    details = [course.local[name] for name in block.slots]
    rows = [[[bold(each.label)], list(detail(each, course))] for each in details]
    yield {"kind": "table", "rows": rows, "headless": True}


def _deck(block: Deck, course: Course) -> Iterator[Part]:
    yield heading(3, block.title)
    for slide in block.slides:
        yield heading(4, slide.title)
        if slide.points:
            yield bullets(slide.points, course)
        if slide.picture:
            yield picture(slide.picture, slide.alt, course)


ON_PAPER: Final[dict[type[Block], OnPaper]] = {
    Prose: _prose,
    Notice: _notice,
    KeyMessages: _key_messages,
    Figure: _figure,
    Audio: _audio,
    Video: _video,
    Card: card,
    Scenario: scenario,
    Single: _choice("question_single"),
    Multiple: _choice("question_multiple"),
    TrueFalse: _true_false,
    Order: _order,
    Match: _match,
    Sort: _sort,
    Confidence: _confidence,
    Reflection: _reflection,
    Checklist: _checklist,
    ActionPlan: _action_plan,
    Recommendations: _recommendations,
    Pause: _pause,
    Signpost: _signpost,
    Local: _local,
    Deck: _deck,
}
