"""The sample library: what it has to hold, how it has to read, and what it must not claim."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import html
from paths import SAMPLE
from reading import grade, learner_texts, texts, too_long

from scormpack.batch import Built, plan, validate_all
from scormpack.blocks import (
    Card,
    Figure,
    Match,
    Multiple,
    Order,
    Pause,
    Question,
    Scenario,
    Single,
    Sort,
    TrueFalse,
)
from scormpack.clock import today
from scormpack.content.library import Library
from scormpack.content.load import load_library, load_module
from scormpack.content.module import Module
from scormpack.diagnostics import Severity
from scormpack.package import read_zip
from scormpack.source.node import Node
from scormpack.source.word import Word
from scormpack.vocabulary import AssetPath, Markdown, references

# The plan of the library: stage, format, minutes, and the recommendations that a module serves.
PLAN = {
    "your-role": ("first_weeks", "micro", 10, "a2 a3 b1 c2"),
    "notice-report-record": ("first_weeks", "short", 13, "a2 a4 b1 f1"),
    "may-have-died": ("first_weeks", "short", 15, "a4 b1 b4 c2 d1 d2"),
    "hard-questions": ("first_weeks", "short", 15, "a1 a4 b1 d2"),
    "looking-after-you": ("first_weeks", "micro", 10, "b1 d1 d2 e1"),
    "alone-in-the-house": ("first_weeks", "short", 15, "a4 b1 d2"),
    "plans-and-paperwork": ("first_months", "short", 15, "a3 b2"),
    "comfort-last-days": ("first_months", "short", 18, "a1 a4 b2 d2"),
    "medicines-your-limits": ("first_months", "short", 18, "a4 b2 f1"),
    "families-and-boundaries": ("first_months", "short", 18, "a4 b2 d1"),
    "part-of-the-team": ("first_months", "short", 13, "b2 f1"),
    "oxygen-at-home": ("first_months", "short", 16, "a4 b2"),
    "heart-lung-kidney-frailty": ("first_months", "short", 16, "a4 b2 d2"),
    "after-the-death": ("first_months", "short", 16, "a4 b2 d2"),
    "catheters-bowels-skin": ("first_months", "short", 17, "a1 a4 b2"),
    "cannot-tell-you": ("advanced", "short", 17, "a4 b3"),
    "emergencies-in-the-plan": ("advanced", "short", 17, "a4 b4 d2"),
    "leading-the-team": ("specific", "short", 20, "b4 c1 d1 d2 e1 f1 g1"),
}
RECOMMENDATIONS = {
    *("eolh-a1", "eolh-a2", "eolh-a3", "eolh-a4", "eolh-b1", "eolh-b2", "eolh-b3", "eolh-b4"),
    *("eolh-c1", "eolh-c2", "eolh-d1", "eolh-d2", "eolh-e1", "eolh-f1", "eolh-f2", "eolh-g1"),
}
HARDEST = 6.0  # the reading grade of a learner of eleven
MODULES = pytest.mark.parametrize("name", PLAN)


@cache
def library() -> Library:
    return load_library(SAMPLE)


@cache
def module(name: str) -> Module:
    return load_module(SAMPLE / name)


def modules() -> list[Module]:
    return [module(name) for name in PLAN]


# What it holds


def test_the_modules_of_the_plan() -> None:
    found = [load_module(path) for path in library().modules.values()]
    assert {
        made.id: (
            made.stage,
            made.format,
            made.duration_minutes,
            " ".join(sorted(name.removeprefix("eolh-") for name in made.addresses)),
        )
        for made in found
    } == PLAN


def test_the_recommendations_of_the_plan() -> None:
    assert set(library().recommendations) == RECOMMENDATIONS


def test_enough_cards_and_questions() -> None:
    assert sum(1 for made in modules() for _ in made.blocks(Card)) >= 45
    assert sum(len(made.questions()) for made in modules()) >= 49


@MODULES
def test_every_module_has_a_story_a_card_and_a_question(name: str) -> None:
    for kind in (Scenario, Card, Question):
        assert next(iter(module(name).blocks(kind)), None) is not None, kind


def explanations(question: Question) -> list[str]:
    """What a learner is told about each part of an answer."""
    match question:
        case Single() | Multiple():
            return [option.feedback for option in question.options]
        case TrueFalse():
            return [question.if_true, question.if_false]
        case Order():
            return [question.if_wrong]
        case Sort():
            return [item.feedback for group in question.groups for item in group.items]
        case Match():
            return [pair.feedback for pair in question.pairs]
    raise AssertionError(question)


@MODULES
def test_every_option_is_explained(name: str) -> None:
    """And no two options of a question by the same words."""
    for question in module(name).questions():
        told = explanations(question)
        assert all(len(words.split()) >= 2 for words in told), question.id
        assert len(set(told)) == len(told), question.id


@MODULES
def test_no_two_answers_read_the_same(name: str) -> None:
    """A learner could not tell which of the two is meant."""
    for question in module(name).questions():
        shown = answers(question)
        assert len({words.casefold() for words in shown}) == len(shown), question.id


def answers(question: Question) -> list[str]:
    """What there is to choose, to move or to sort."""
    match question:
        case Single() | Multiple():
            return [option.text for option in question.options]
        case TrueFalse():
            return []
        case Order():
            return [*question.steps]
        case Sort():
            return [item.text for group in question.groups for item in group.items]
        case Match():
            return [pair.match for pair in question.pairs]
    raise AssertionError(question)


@MODULES
def test_everyone_learns_what_they_must_know(name: str) -> None:
    asked: set[str | None] = {task.objective for task in module(name).tasks()}
    assert [each.id for each in module(name).objectives if each.must_know and each.id not in asked] == []


@MODULES
def test_every_module_has_a_guide_for_three_lengths(name: str) -> None:
    guide = module(name).facilitator_guide
    assert guide is not None
    assert [plan.minutes for plan in guide.plans] == [15, 30, 60]
    assert [sum(step.minutes for step in plan.steps) for plan in guide.plans] == [15, 30, 60]
    assert guide.deck is not None
    assert len(guide.deck.slides) >= 3


def test_every_recommendation_is_answered() -> None:
    addressed = {name for made in modules() for name in made.addresses}
    signposted = {name for name, found in library().recommendations.items() if found.signposted_to}
    assert addressed | signposted == RECOMMENDATIONS


@MODULES
def test_a_hard_subject_ends_with_a_pause_and_someone_to_talk_to(name: str) -> None:
    """SAF-02."""
    if module(name).sensitivity != ("none",):
        pauses = list(module(name).blocks(Pause))
        assert pauses
        assert all(pause.contacts and pause.local for pause in pauses)


def test_every_shared_picture_is_used() -> None:
    used = {str(word) for made in modules() for word, _, _ in references(made) if isinstance(word, AssetPath)}
    assert {file.name for file in (SAMPLE / "media").iterdir()} <= used


def test_no_form_of_a_word_has_two_meanings() -> None:
    terms = library().glossary.values()
    forms = Counter(form for term in terms for form in {form.lower() for form in (term.term, *term.also)})
    assert [form for form, count in forms.items() if count > 1] == []


# What it claims


@MODULES
def test_a_module_says_truly_how_it_was_made(name: str) -> None:
    provenance = module(name).provenance
    assert (provenance.status, provenance.workshops) == ("co_production_informed", ())
    assert provenance.basis
    assert set(provenance.basis) <= {source.id for source in module(name).sources}


def test_a_recommendation_says_truly_how_it_was_made() -> None:
    found = {(each.provenance.status, each.provenance.workshops) for each in library().recommendations.values()}
    assert found == {("co_production_informed", ())}


CLAIMS = re.compile(r"\b(?:co[- ]?produced|accredited|endorsed|certified)\b", re.IGNORECASE)


def test_no_file_claims_what_it_is_not() -> None:
    files = [file for file in SAMPLE.rglob("*") if file.suffix in (".yaml", ".md", ".svg")]
    assert len(files) > 250
    claims = {file.relative_to(SAMPLE).as_posix(): CLAIMS.findall(file.read_text(encoding="utf-8")) for file in files}
    assert {file: found for file, found in claims.items() if found} == {}


def test_no_page_claims_what_it_is_not(sample: dict[tuple[str, str, str], Built]) -> None:
    seen = 0
    for (_, _, target), built in sample.items():
        if target == "web":
            for entry in read_zip(built.path).entries:
                if entry.path.endswith(".html"):
                    seen += 1
                    assert CLAIMS.findall(html.document_fromstring(entry.data).text_content()) == [], built.path
    assert seen == len(PLAN) * len(library().providers) * 2


# Numbers

NUMBER = re.compile(r"(?<![\w#/.-])(?!\d{4}-\d\d-\d\d)(?:\+?\d(?:[ ()-]{0,2}\d){4,}|999|112|111|101)(?![\w-]|\.\d)")


def strings(node: Node) -> Iterator[tuple[str, str, str]]:
    """Place, field and text of everything written in running words."""
    for owner, field, value in node.strings():
        if isinstance(value, Markdown) or not isinstance(value, Word):
            yield str(owner.place(field)), field, value


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@cache
def registered() -> set[str]:
    contacts = library().contacts.values()
    return {digits(number) for each in contacts for number in (each.phone, each.text_number) if number}


def test_what_a_phone_number_looks_like() -> None:
    written = "Ring 01632 960 100 or 116 123, (0808) 808 00 00, 999. Not 10, 2026-03-05, 10.1186/s40900-025, 1.2.3."
    found = [digits(number) for number in NUMBER.findall(written)]
    assert found == ["01632960100", "116123", "08088080000", "999"]


@MODULES
def test_no_number_stands_in_a_text_that_the_register_does_not_have(name: str) -> None:
    """A number that changes is mended in one place."""
    found = {
        (place, number)
        for place, field, text in strings(module(name))
        if field not in ("url", "id", "version")
        for number in NUMBER.findall(re.sub(r"https?://\S+", "", text))
        if digits(number) not in registered()
    }
    assert found == set()


# How it reads


@MODULES
def test_a_module_is_easy_to_read(name: str) -> None:
    assert grade(learner_texts(module(name))) <= HARDEST


@MODULES
def test_no_sentence_is_long(name: str) -> None:
    guide = module(name).facilitator_guide
    assert guide is not None
    assert too_long([*learner_texts(module(name)), *texts(guide)]) == []


def singles() -> list[Single]:
    return [block for made in modules() for block in made.blocks(Single)]


def test_the_longest_option_is_not_the_right_one() -> None:
    """Or a learner needs to know nothing but that."""
    longest = [question for question in singles() if longest_is_right(question)]
    assert len(longest) <= 0.4 * len(singles()), [question.id for question in longest]


def longest_is_right(question: Single) -> bool:
    lengths = [len(option.text) for option in question.options]
    return any(option.correct and len(option.text) == max(lengths) for option in question.options)


def test_the_right_option_stands_in_no_place_in_most_questions() -> None:
    places = Counter(question.correct_answer() for question in singles())
    assert max(places.values()) <= len(singles()) / 2, places


# What the checks say


def test_the_checks_find_only_what_is_known() -> None:
    """Two details that one of the invented providers has left out, so that readers see what a gap looks like."""
    found = list(validate_all(plan(library(), today())))
    graver = [finding for finding in found if finding.severity is not Severity.INFO]
    assert {finding.code for finding in found} == {"LNK-05", "LOC-02", "MOD-13", "REL-01", "SAF-04"}
    assert {finding.code for finding in found if finding.waived} == {"LNK-05", "MOD-13", "SAF-04"}
    assert [(Path(finding.place.path).name, finding.code, finding.message) for finding in graver] == [
        ("harbour-hands.yaml", "LOC-02", "Harbour Hands Care has not filled in `interpreter_route`"),
        ("harbour-hands.yaml", "LOC-02", "Harbour Hands Care has not filled in `employee_assistance`"),
    ]


def test_every_drawing_is_small() -> None:
    drawings = (SAMPLE / "media").iterdir()
    assert [each.name for each in drawings if each.suffix != ".svg" or each.stat().st_size >= 6_000] == []


@MODULES
def test_its_stories_and_its_main_idea_are_drawn(name: str) -> None:
    stories = {f"story-{story.id}.svg" for story in module(name).blocks(Scenario)}
    assert stories <= {file.name for file in (SAMPLE / "media").iterdir()}
    assert len(list(module(name).blocks(Figure))) >= 2  # the welcome, and the page on which the module turns
