"""The player's words: those that come with the tool, and a library's own."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from babel import Locale as Cldr
from click.testing import CliRunner
from paths import EVERY_BLOCK

from scormpack.cli import main
from scormpack.content.load import load_library
from scormpack.content.locale import Forms, places_wrong
from scormpack.course.words import Counted, more_general, words_for
from scormpack.diagnostics import ContentError, Place
from scormpack.locales import known, shipped

HERE = Place("module.yaml", 1, 1)
SPELLED_ANEW = {"bn", "hi"}  # months, from one edition of the CLDR to the next


def forms_of(word: Any) -> dict[str, str]:
    return {kind: form for kind, form in word.items() if kind != "by"} if isinstance(word, dict) else {"other": word}


# What comes with the tool


@pytest.mark.parametrize("language", sorted(known() - {"en"}))
def test_a_language_has_a_form_for_each_kind_of_number(language: str) -> None:
    needed = {"other"} | {Cldr.parse(language, sep="-").plural_form(number) for number in range(201)}
    words = shipped(language)["words"]
    assert {
        name: needed - set(word) for name, word in words.items() if isinstance(word, dict) and needed - set(word)
    } == {}


@pytest.mark.parametrize("language", sorted(known() - {"en"}))
def test_a_language_has_the_places_of_the_english_words(language: str) -> None:
    english = shipped("en")["words"]
    words = shipped(language)["words"]
    read = {name: Forms(**word) if isinstance(word, dict) else word for name, word in words.items()}
    assert {n: wrong for n, word in read.items() if (wrong := places_wrong(word, english[n]))} == {}


@pytest.mark.parametrize("language", sorted(known()))
def test_a_language_says_something_for_each_word(language: str) -> None:
    words = shipped(language)["words"]
    assert [
        n for n, word in words.items() for form in forms_of(word).values() if form != form.strip() or not form
    ] == []


@pytest.mark.parametrize("language", sorted(known()))
def test_a_language_writes_dates_and_its_direction_as_it_does(language: str) -> None:
    cldr = Cldr.parse(language, sep="-")
    words = shipped(language)["words"]
    assert words["direction"] == cldr.text_direction
    months = [cldr.months["format"]["wide"][month] for month in range(1, 13)]
    assert language in SPELLED_ANEW or words["months"].split() == months


@pytest.mark.parametrize("language", sorted(known()))
def test_what_is_said_of_the_contents_has_what_is_seen_in_it(language: str) -> None:
    """Whoever speaks to a phone says what is on the button (WCAG 2.5.3)."""
    words = shipped(language)["words"]
    assert words["page_short"] in words["contents_at"]


# Which one is taken


def test_a_tag_and_the_more_general_ones() -> None:
    assert list(more_general("zh-Hant-TW")) == ["zh-Hant-TW", "zh-Hant", "zh"]


@pytest.mark.parametrize("tag", ["en", "en-GB", "en-Latn-GB"])
def test_words_of_the_nearest_more_general_language(tag: str) -> None:
    assert words_for(tag, {}, HERE)["next"] == "Next"


def test_english_needs_nobody_to_review_it_and_another_language_does() -> None:
    assert [words_for(tag, {}, HERE).is_reviewed for tag in ("en-GB", "es")] == [True, False]


def test_a_language_without_words() -> None:
    with pytest.raises(ContentError) as caught:
        words_for("zu", {}, HERE)
    (found,) = caught.value.diagnostics
    assert found.message == "the player has no words for `zu`"


# Numbers


def counted(language: str, **forms: str) -> Counted:
    return Counted.of(language, "n", forms)


@pytest.mark.parametrize(
    ("language", "forms", "said"),
    [
        ("en", {"one": "{n} minute", "other": "{n} minutes"}, {0: "0 minutes", 1: "1 minute", 2: "2 minutes"}),
        (
            "pl",
            {"one": "{n} minuta", "few": "{n} minuty", "many": "{n} minut", "other": "{n} minuty"},
            {1: "1 minuta", 3: "3 minuty", 5: "5 minut", 22: "22 minuty", 112: "112 minut"},
        ),
        ("fr", {"one": "{n} minute", "other": "{n} minutes"}, {0: "0 minute", 1: "1 minute", 2: "2 minutes"}),
        ("zu-Unknown", {"other": "{n}"}, {1: "1"}),
        ("xx", {"one": "one", "other": "{n}"}, {1: "1"}),
    ],
)
def test_a_word_has_the_form_for_a_number(language: str, forms: dict[str, str], said: dict[int, str]) -> None:
    assert {number: counted(language, **forms).format(n=number) for number in said} == said


def test_places_beside_the_number_are_filled_in() -> None:
    assert counted("en", one="one of {all}", other="{n} of {all}").format(n=1, all=4) == "one of 4"


# A library's own


@pytest.fixture
def library(tmp_path: Path) -> Path:
    shutil.copytree(EVERY_BLOCK, tmp_path / "library")
    return tmp_path / "library"


def own(library: Path, language: str, words: Mapping[str, Any], **others: Any) -> Path:
    (library / "locales").mkdir(exist_ok=True)
    file = library / "locales" / f"{language}.yaml"
    file.write_text(json.dumps({"id": language, "words": words, **others}, indent=1), encoding="utf-8")
    return file


def found(library: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_library(library)
    return [f"{each.place} {each.code} {each.message}" for each in caught.value.diagnostics]


def test_a_library_brings_a_language(library: Path) -> None:
    words = {**shipped("en")["words"], "next": "Okulandelayo"}
    own(library, "zu", words, reviewed_by={"name": "N. Dube", "role": "translator", "date": "2026-11-30"})
    got = words_for("zu-ZA", load_library(library).locales, HERE)
    assert (got["next"], got.language, got.is_reviewed) == ("Okulandelayo", "zu", True)
    assert got["media_minutes"].format(minutes=2) == "2 minutes"


def test_a_library_says_some_words_in_its_own_way(library: Path) -> None:
    own(library, "es", {"next": "Adelante"})
    got = words_for("es", load_library(library).locales, HERE)
    assert (got["next"], got["back"]) == ("Adelante", "Atrás")


def test_what_is_wrong_with_a_language_of_a_library(library: Path) -> None:
    words = {
        **shipped("en")["words"],
        "nextt": "Weiter",
        "page_of": "Seite {page}",
        "page_short": "{page}/{pages} {page}",
        "minutes": {"by": "hours", "other": "{minutes}"},
        "media_minutes": {"by": "minutes", "one": "eine Minute", "other": "{minutes} Minuten"},
    }
    del words["back"], words["exit"]
    own(library, "sw", words)
    file = library / "locales" / "sw.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()

    def line(text: str) -> int:
        return next(number for number, each in enumerate(lines, 1) if text in each)

    assert [each.split(" ", 1)[1] for each in found(library)] == [
        "LNG-01 words are missing: `back`, `exit`",
        "LNG-01 `words.minutes`: `by` has to be one of `{minutes}`",
        "LNG-01 `words.page_of`: it needs `{pages}` as often as the English word has it",
        "LNG-01 `words.page_short`: it needs `{page}` as often as the English word has it",
        "LNG-01 `words.nextt`: the player has no such word",
    ]
    assert [int(each.split(":")[1]) for each in found(library)] == [
        line('"words"'),
        line('"by": "hours"') - 1,
        line('"page_of"'),
        line('"page_short"'),
        line('"nextt"'),
    ]


def test_a_form_that_no_language_has(library: Path) -> None:
    own(library, "es", {"minutes": {"by": "minutes", "other": "{minutes}", "dozen": "{minutes}"}})
    (message,) = found(library)
    assert message.split(" ", 1)[1].startswith("FRM-02 ")


# Languages that nobody speaks


@pytest.mark.parametrize(("language", "direction"), [("en-XA", "ltr"), ("ar-XB", "rtl")])
def test_a_language_that_nobody_speaks_is_english_but_longer(language: str, direction: str) -> None:
    english, words = shipped("en")["words"], words_for(language, {}, HERE)
    assert words["direction"] == direction
    assert words["page_of"] == "Pááğéé {page} óóf {pages}"
    assert words["media_minutes"].format(minutes=1) == "1 mííñúúţéé"
    assert len("".join(words.values())) > 1.25 * len("".join(forms_of(word)["other"] for word in english.values()))
    assert words.is_reviewed is False


# A file to write over


def added(library: Path, tag: str) -> Path:
    done = CliRunner().invoke(main, ["new", "language", tag, "--library", str(library)])
    assert done.exit_code == 0, done.output
    return library / "locales" / f"{tag}.yaml"


@pytest.mark.parametrize("tag", ["so", "ga", "zh-Hant", "xx"])
def test_a_new_language_has_every_word_and_says_that_it_is_english(library: Path, tag: str) -> None:
    file = added(library, tag)
    got = words_for(tag, load_library(library).locales, HERE)
    assert set(got) == set(shipped("en")["words"])
    kinds = {"so": "one: ", "ga": "many: ", "zh-Hant": "other: ", "xx": "one: "}
    assert kinds[tag] in next(line for line in file.read_text(encoding="utf-8").splitlines() if " minutes:" in line)
    module = library / "every-block" / "module.yaml"
    module.write_text(f"{module.read_text(encoding='utf-8')}language: {tag}\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["validate", "--library", str(library)])
    assert re.search(rf"warning LNG-04: 2\d\d of {len(got)} words of `{tag}` are as in English", done.output)


def test_a_language_that_the_tool_has_stands_there_to_be_said_otherwise(library: Path) -> None:
    shutil.rmtree(library / "locales")
    file = added(library, "cy")
    text = file.read_text(encoding="utf-8")
    assert '#  next: "Nesaf"' in text
    file.write_text(text.replace('#  next: "Nesaf"', '  next: "Ymlaen"'), encoding="utf-8")
    got = words_for("cy", load_library(library).locales, HERE)
    assert (got["next"], got["back"]) == ("Ymlaen", "Yn ôl")


def test_a_nearer_language_begins_as_the_more_general_one(library: Path) -> None:
    added(library, "pt-BR")
    assert words_for("pt-BR", load_library(library).locales, HERE)["next"] == shipped("pt")["words"]["next"]


def test_a_language_that_is_there_stays_as_it_is(library: Path) -> None:
    done = CliRunner().invoke(main, ["new", "language", "es", "--library", str(library)])
    assert (done.exit_code, "es.yaml" in done.output) == (1, True)


@pytest.mark.parametrize("tag", ["English", "e", "en_GB", "../es", "en-" + "a" * 40])
def test_what_is_no_language(library: Path, tag: str) -> None:
    done = CliRunner().invoke(main, ["new", "language", tag, "--library", str(library)])
    assert (done.exit_code, "is no language tag" in done.output) == (2, True)


@pytest.mark.parametrize("language", sorted(known() - {"en"}))
def test_no_language_of_the_tool_is_english_in_part(language: str) -> None:
    english, own = shipped("en")["words"], shipped(language)["words"]
    same = [name for name in own if own[name] == english[name]]
    assert len(same) * 10 < len(own), same
