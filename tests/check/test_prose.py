"""How texts are taken apart: sentences, words, and wordings whatever their capitals."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormpack.check.content import access, claims, cues, provenance, question
from scormpack.check.content.english import acts, wordings
from scormpack.check.content.english.prose import Wording, said, sentences, words

ROOMS = (access, acts, claims, cues, provenance, question, wordings)
WORDINGS = {
    **{
        f"{room.__name__}.{name}": each
        for room in ROOMS
        for name, each in vars(room).items()
        if isinstance(each, Wording)
    },
    **{f"acts.{act}": wording for act, (_, wording) in acts.ACTS.items()},
}


@pytest.mark.parametrize("name", WORDINGS)
def test_patterns_are_written_in_small_letters(name: str) -> None:
    assert not re.search(r"(?<!\\)[A-Z]", WORDINGS[name].pattern.pattern)


@pytest.mark.slow
@given(st.text())
def test_words_are_found_whatever_their_capitals(around: str) -> None:
    text = f"{around} PasseD aWay {around}"
    found = Wording("passed away").search(text, len(around))
    assert found
    assert said(text, found) == "PasseD aWay"


def test_a_capital_whose_small_form_is_longer_moves_nothing() -> None:
    text = "İİİ Passed away"
    assert [said(text, found) for found in Wording("passed away").all(text)] == ["Passed away"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call. Then wait!", ["Call.", " Then wait!"]),
        ("See Dr. Shaw, e.g. today. Wait.", ["See Dr. Shaw, e.g. today.", " Wait."]),
        ("He said “no.” Then left", ["He said “no.”", " Then left"]),
        ("Take:\n\n- a cup\n- the chart", ["Take:", "- a cup\n", "- the chart"]),
        ("|One|two|", ["One|", "two|"]),
        ("2.5 miles… Or 3", ["2.5 miles…", " Or 3"]),
        ("One\n\ntwo", ["One\n\n", "two"]),
        ("… ! \n\n", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert [text[sentence.begin : sentence.end] for sentence in sentences(text)] == expected


@given(st.text(alphabet="aB .!?…:\n|-*1“”"))
def test_sentences_have_all_words_and_share_none(text: str) -> None:
    found = sentences(text)
    assert all(first.end <= second.begin for first, second in itertools.pairwise(found))
    assert [text[sentence.begin : sentence.end] for sentence in found if not sentence.words] == []
    assert re.findall("[aB1]", " ".join(words(text))) == re.findall("[aB1]", text)
