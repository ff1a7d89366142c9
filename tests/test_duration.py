"""Minutes left: each page's share of the time that the author declares."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from paths import EVERY_BLOCK, SAMPLE

from scormpack.blocks import KINDS, Block
from scormpack.content.load import load_library, load_module
from scormpack.content.module import Module, Page
from scormpack.course.duration import SHARE, THINKING, WORDS_A_MINUTE, estimate, page_seconds
from scormpack.course.resolve import resolve
from scormpack.render import render

WORDS = " ".join(["word"] * WORDS_A_MINUTE)  # a minute to read


@cache
def module() -> Module:
    return load_module(EVERY_BLOCK / "every-block")


def with_pages(minutes: int, *pages: Page) -> Module:
    return module().model_copy(update={"duration_minutes": minutes, "pages": pages})


def page(*blocks: Block, name: str = "page") -> Page:
    return Page(id=name, title="A page", blocks=blocks)


def block(kind: str, **data: object) -> Block:
    return KINDS[kind].model_validate({"type": kind, **data})


def question(**more: object) -> Block:
    options = [{"text": "a", "feedback": WORDS, "correct": "true"}, {"text": "b", "feedback": WORDS}]
    return block("single", id="q", prompt="p", rationale=WORDS, options=options, **more)


def story(situations: int) -> Block:
    def situation(number: int) -> dict[str, object]:
        choices = [{"text": "a", "feedback": "b", "rating": "best", "next": f"s{number + 1}"}] * 2
        return {"id": f"s{number}", "text": "c", "choices": choices}

    return block(
        "scenario",
        id="s",
        title="T",
        origin="fictional",
        situations=[situation(number) for number in range(situations)],
        endings=[{"id": f"s{situations}", "outcome": "d", "tell": "e", "record": "f"}],
    )


def reading(words: float) -> float:
    return words / WORDS_A_MINUTE * 60


SPEAKERS = [{"role": "A nurse", "origin": "fictional"}]
FILM = {"title": "T", "src": "a.mp4", "captions": "a.vtt", "audio_description": "None needed."}


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        (block("prose", text=WORDS), 60),
        (block("prose", text="One two-three don’t, **five** 6."), reading(5)),
        (block("prose", text="—"), 0),
        (block("key_messages"), 0),
        (block("figure", src="a.png", alt=WORDS, caption=WORDS), 0),
        (
            block("audio", title="T", src="a.mp3", minutes=2.5, speakers=SPEAKERS, transcript="x"),
            150 + reading(SHARE),
        ),
        (block("audio", title="T", src="a.mp3", minutes=1, speakers=SPEAKERS, transcript=WORDS), 60 + SHARE * 60),
        (block("video", **FILM, minutes=3, transcript=WORDS), 180 + SHARE * 60 + reading(2)),
        (question(), THINKING + reading(3) + 3 * SHARE * 60),
        (block("confidence", id="c", prompt="How sure?"), THINKING + reading(2)),
        (story(1), THINKING + reading(1 + 2 + 3 + 2 * SHARE)),
        (story(4), 4 * (THINKING + reading(1 + 2 + 2 * SHARE)) + reading(3)),
    ],
)
def test_how_long_a_block_takes(given: Block, seconds: float) -> None:
    assert estimate(page(given)) == pytest.approx(seconds)


def test_feedback_counts_less_than_what_everyone_reads() -> None:
    assert estimate(page(block("prose", text=WORDS))) == 60
    for field in ("if_true", "if_false", "rationale"):
        data = {"id": "q", "prompt": "p", "rationale": "x", "if_true": "x", "if_false": "x", "answer": "true"}
        short, long = (estimate(page(block("true_false", **{**data, field: words}))) for words in ("x", WORDS))
        assert long - short == pytest.approx(SHARE * (60 - reading(1)))


def test_a_page_takes_what_its_blocks_take() -> None:
    blocks = [block("prose", text=WORDS), question(), story(2)]
    assert estimate(page(*blocks)) == pytest.approx(sum(estimate(page(each)) for each in blocks))


PROSE = st.integers(3, 500).map("word ".__mul__)


@given(st.integers(1, 90), st.lists(PROSE, min_size=1, max_size=12))
def test_the_pages_take_the_declared_minutes(minutes: int, texts: list[str]) -> None:
    pages = [page(block("prose", text=text), name=f"p{number}") for number, text in enumerate(texts)]
    seconds = page_seconds(with_pages(minutes, *pages))
    assert list(seconds) == [page.id for page in pages]
    assert min(seconds.values()) >= 1
    assert abs(sum(seconds.values()) - minutes * 60) <= len(pages)


@given(st.lists(st.integers(1, 400), min_size=2, max_size=8))
def test_more_to_read_never_takes_less(words: list[int]) -> None:
    pages = [page(block("prose", text="word " * count), name=f"p{number}") for number, count in enumerate(words)]
    seconds = page_seconds(with_pages(10, *pages))
    in_order = [seconds[f"p{number}"] for _, number in sorted((count, number) for number, count in enumerate(words))]
    assert in_order == sorted(in_order)


def test_pages_without_words_share_the_minutes() -> None:
    """Nothing to go by is no reason to say that nothing is left."""
    pages = [page(block("figure", src="a.png", alt=""), name=name) for name in ("one", "two")]
    assert page_seconds(with_pages(2, *pages)) == {"one": 60, "two": 60}


@pytest.mark.parametrize("name", sorted(file.parent.name for file in SAMPLE.glob("*/module.yaml")))
def test_the_pages_of_the_sample_library(name: str) -> None:
    made = load_module(SAMPLE / name)
    seconds = page_seconds(made)
    assert abs(sum(seconds.values()) - made.duration_minutes * 60) <= len(made.pages) / 2
    assert max(seconds.values()) <= made.duration_minutes * 60 / 2


def test_the_page_tells_the_player(tmp_path: Path) -> None:
    shutil.copytree(EVERY_BLOCK, tmp_path / "lib")
    library = load_library(tmp_path / "lib")
    course = resolve(load_module(tmp_path / "lib" / "every-block"), library.providers["full"], library)
    found = html.document_fromstring(render(course).files()[0].data)
    told = {section.get("id"): section.get("data-seconds") for section in found.cssselect("main > section.page")}
    seconds = {name: str(number) for name, number in page_seconds(course.module).items()}
    assert told == {**seconds, "result": None, "cards": None, "words": None, "about": None}
    assert re.search(r"\b5\b", found.cssselect(".contents .left")[0].text_content())
