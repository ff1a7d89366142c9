"""A wording is looked for only where it can stand: in a text with a word that each of its matches has."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scormpack.check.content import access, claims, provenance, question
from scormpack.check.content.english import acts, wordings
from scormpack.check.content.english.prose import Wording, beginnings
from scormpack.check.content.english.syllables import divisions, syllables

ALL: dict[str, Wording] = {
    f"{module.__name__.rpartition('.')[2]}.{name}": found
    for module in (access, acts, claims, provenance, question, wordings)
    for name, found in vars(module).items()
    if isinstance(found, Wording)
} | {f"acts.{act}": found for act, (_, found) in acts.ACTS.items()}
CHOOSY = {name: found for name, found in ALL.items() if found._needed}


def test_the_wordings_that_every_text_is_held_against_are_choosy() -> None:
    assert len(ALL) >= 30
    assert len(CHOOSY) >= 18


@pytest.mark.parametrize("name", CHOOSY)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_match_has_one_of_the_words_that_are_asked_for(name: str, data: st.DataObject) -> None:
    wording = CHOOSY[name]
    text = data.draw(st.from_regex(wording.pattern, alphabet="abcdefghijklmnopqrstuvwxyz -’'.,0123456789\n"))
    assert wording.may_stand_in(text), text
    assert wording.search(text) is not None


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in wordings._LAWS])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_name_of_a_law_has_one_of_the_words_that_are_asked_for(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(rf"\b(?:{pattern})\b", fullmatch=True))
    assert not beginnings(text).isdisjoint(wordings._IN_LAWS), text


@given(st.text())
@example("Ärzte, İstanbul: co-produced, 5mg")
def test_beginnings_are_those_of_the_words(text: str) -> None:
    words = re.findall("[a-z]+", text.replace("İ", "I").lower())
    assert beginnings(text) == {word[:4] for word in words}


# Syllables


def test_a_word_is_divided_where_pyphen_divides_it() -> None:
    from pyphen import Pyphen

    printer = Pyphen(lang="en_US")
    words = "breathlessness comfortable medicine again over palliative table the a rhythm don’t syringe recognise"
    words += " morphine-patch naïve xyzzy supercalifragilisticexpialidocious associate present"
    for word in words.split():
        assert divisions(word) == printer.positions(word), word


@settings(deadline=None)
@given(st.from_regex("[a-z’é]{1,16}", fullmatch=True))
def test_any_word_is_divided_where_pyphen_divides_it(word: str) -> None:
    from pyphen import Pyphen

    assert divisions(word) == Pyphen(lang="en_US").positions(word)


@pytest.mark.parametrize(
    ("word", "count"), [("the", 1), ("again", 2), ("over", 2), ("palliative", 3), ("Morphine", 2)]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count
