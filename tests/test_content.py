"""What authors write: pages, modules and the library, every mistake at its line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import EVERY_BLOCK
from stamps import plain

from scormpack import ContentError, Library, Module, Page, Provider, Recommendation, Settings
from scormpack.batch import plan, validate_all
from scormpack.blocks import (
    KINDS,
    Card,
    Figure,
    KeyMessages,
    Match,
    Multiple,
    Prose,
    Question,
    Scenario,
    Single,
    Sort,
    Task,
    TrueFalse,
)
from scormpack.clock import today
from scormpack.content.agreement import Agreement
from scormpack.content.library import Contact
from scormpack.content.load import load_library, load_module
from scormpack.content.module import Assessment
from scormpack.content.page import read_page
from scormpack.course.resolve import resolve
from scormpack.diagnostics import Place
from scormpack.source.node import NOWHERE, Node, read
from scormpack.source.yaml import parse

LIBRARY = Path("lib")
MODULE = LIBRARY / "every-block"

Found = tuple[str, str, str]


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the small library, to spoil."""
    shutil.copytree(EVERY_BLOCK, tmp_path / "lib")
    monkeypatch.chdir(tmp_path)


def edit(file: str, old: str, new: str) -> None:
    path = LIBRARY / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(file: str, text: str) -> None:
    path = LIBRARY / file
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(before + text, encoding="utf-8")


def validate() -> list[Found]:
    """Every finding about the library: its place, its code, its message."""
    try:
        diagnostics = list(validate_all(plan(load_library(LIBRARY), today())))
    except ContentError as error:
        diagnostics = list(error.diagnostics)
    return [(str(d.place), d.code, d.message) for d in diagnostics if d.code != "LNK-06"]  # pages are written over


def at(file: str, words: str) -> str:
    """The place of the only `words` in a file of the library."""
    text = (LIBRARY / file).read_text(encoding="utf-8")
    assert text.count(words) == 1, f"{words!r} is {text.count(words)} times in {file}"
    before = text[: text.index(words)]
    return f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def hints() -> list[str]:
    return [d.hint for d in validate_all(plan(load_library(LIBRARY), today()))]


def test_the_library_for_tests_has_no_mistakes() -> None:
    assert validate() == []


# Pages

MODULE_YAML = "every-block/module.yaml"
GUIDE = "every-block/facilitator.yaml"
START = "every-block/pages/start.md"
QUESTIONS = "every-block/pages/questions.md"
PROVIDER = "providers/full.yaml"
ALL_PAGES = "pages: [start, questions, more-questions, story, to-keep, the-end]"


def page(text: str) -> list[Found]:
    """What is found when the page `story` has this text, and the story itself is gone."""
    path = LIBRARY / "every-block/pages/story.md"
    path.write_text(text, encoding="utf-8")
    (LIBRARY / "every-block/scenarios/the-story.yaml").unlink()
    edit(GUIDE, ", the-story", "")
    return [(place.removeprefix("every-block/pages/story.md"), code, message) for place, code, message in validate()]


TITLE = "# A story\n\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(":1:1", "FRM-08", "the page has no title")]),
        ("Words.\n", [(":1:1", "FRM-08", "the page has no title")]),
        ("## Small\n\nWords.\n", [(":1:1", "FRM-08", "the page has no title")]),
        ("#No space\n\nWords.\n", [(":1:1", "FRM-08", "the page has no title")]),
        ("# A story\n", [(":1:1", "FRM-08", "the page is empty")]),
        ("# " + "x" * 71 + "\n\nWords.\n", [(":1:1", "FRM-06", "`title`: is longer than 70 characters")]),
        (TITLE + "Words.\n\n# Another\n", [(":5:1", "FRM-08", "a page has one title")]),
        (TITLE + "```notiz\n```\n", [(":3:1", "FRM-09", "no such kind of block: `notiz`")]),
        (TITLE + "```prose\ntext: x\n```\n", []),
        (TITLE + "```\nx\n```\n", [(":3:1", "FRM-09", "no such kind of block: ``")]),
        (TITLE + "~~~~ notiz\n~~~~\n", [(":3:1", "FRM-09", "no such kind of block: `notiz`")]),
        (
            TITLE + "```figure\nsrc: dot.png\nalt: x\n",
            [(":3:1", "FRM-09", "the fence `figure` is never closed")],
        ),
        (
            TITLE + "```notice\nnotice: emergency\n\nWords: more.\n\n```figur\n```\n\n```pause\n",
            [
                (":3:1", "FRM-09", "the fence `notice` is never closed"),
                (":8:1", "FRM-09", "no such kind of block: `figur`"),
                (":11:1", "FRM-09", "the fence `pause` is never closed"),
            ],
        ),
        (
            TITLE + "```figure\nsrc: dot.png\nalt: x\n````\n",
            [(":3:1", "FRM-09", "the fence `figure` is never closed")],
        ),
        (
            TITLE + "- point\n\n  ```figure\n  src: dot.png\n  ```\n",
            [
                (":5:3", "FRM-09", "a fence has to start in the first column"),
                (":7:3", "FRM-09", "a fence has to start in the first column"),
            ],
        ),
        (TITLE + "Is <b>bold</b>.\n", [(":3:4", "FRM-10", "HTML is not used here")]),
        (TITLE + "One.\n<!-- two -->\n", [(":4:1", "FRM-10", "HTML is not used here")]),
        (TITLE + "A < b and c > d, 3 <4> 5.\n", []),
        (
            TITLE + "```figure\nsrc: dot.png\n```\n",
            [(":3:1", "ACC-02", "`alt`: is missing")],
        ),
        (
            TITLE + "```figure\n```\n",
            [(":3:1", "ACC-02", "`alt`: is missing"), (":3:1", "FRM-01", "`src`: is missing")],
        ),
        (
            TITLE + "```figure\n- a\n```\n",
            [(":3:1", "FRM-03", "has to be a group of `key: value` lines")],
        ),
        (TITLE + "```figure\nsrc: [\n```\n", [(":5:1", "SRC-01", "did not find expected node content")]),
        (
            TITLE + "```figure\nsrc: dot.png\nalt: x\nsrc: dot.png\n```\n",
            [(":6:1", "SRC-02", "`src` is given twice; first in line 4")],
        ),
        (
            TITLE + "```key_messages\ntext: x\n```\n",
            [(":4:1", "FRM-02", "`text`: no such field")],
        ),
    ],
)
def test_a_mistake_on_a_page(text: str, found: list[Found]) -> None:
    assert page(text) == found


def test_the_nearest_kind_of_block_is_proposed() -> None:
    page(TITLE + "```singel\n```\n")
    assert hints() == ["Did you mean `single`?"]


def test_several_mistakes_at_once_in_several_files() -> None:
    edit(START, "# Where it starts", "Where it starts")
    edit(START, "alt: A small dot", "alt: A small dot\nsize: big")
    edit("every-block/pages/questions.md", "prompt: What helps?", "promt: What helps?")
    edit("every-block/cards/help-card.yaml", "front: What if I need help?\n", "")
    edit(MODULE_YAML, "stage: first_weeks", "stage: frist_weeks")
    assert validate() == [
        ("every-block/cards/help-card.yaml:1:1", "FRM-01", "`front`: is missing"),
        (
            "every-block/module.yaml:6:8",
            "FRM-04",
            "`stage`: has to be one of `first_weeks`, `first_months`, `advanced` or `specific`, not `frist_weeks`",
        ),
        ("every-block/pages/questions.md:18:1", "FRM-02", "`promt`: no such field"),
        (START + ":1:1", "FRM-08", "the page has no title"),
        (START + ":21:1", "FRM-02", "`size`: no such field"),
    ]


def test_what_a_fence_uses_has_a_file_of_its_own() -> None:
    edit(START, "use: help-card", "use: hlep-card")
    assert validate() == [(START + ":15:6", "LNK-01", "there is no card `hlep-card`")]
    assert hints() == ["Did you mean `help-card`?"]


@pytest.mark.parametrize("name", ["../cards/help-card", "/etc/passwd", "Help-Card", "no/such"])
def test_what_a_fence_uses_is_a_plain_name(name: str) -> None:
    edit(START, "use: help-card", f"use: {name}")
    assert validate() == [(START + ":15:6", "LNK-01", f"there is no card `{name}`")]


def test_only_cards_scenarios_and_decks_have_files_of_their_own() -> None:
    edit("every-block/pages/the-end.md", "slots: [office_phone]", "use: office")
    assert validate() == [("every-block/pages/the-end.md:7:6", "FRM-02", "`use`: no such field")]
    assert hints() == ["Only a card, a scenario or a deck has a file of its own."]


def test_a_card_that_is_a_link_out_of_the_library() -> None:
    card = MODULE / "cards" / "help-card.yaml"
    card.rename("help-card.yaml")
    card.symlink_to(Path("help-card.yaml").resolve())
    assert validate() == [("every-block/cards/help-card.yaml", "SRC-05", "a link leads out of the library")]


# Modules


def test_an_id_that_is_given_twice() -> None:
    edit("every-block/pages/questions.md", "id: what-helps", "id: who-first")
    edit("every-block/pages/story.md", "id: my-thoughts", "id: start")
    assert validate() == [
        (
            "every-block/pages/questions.md:17:5",
            "MOD-01",
            "the id `who-first` is given twice; first at every-block/pages/questions.md:4:5",
        ),
        (
            "every-block/pages/story.md:8:5",
            "MOD-01",
            "the id `start` is given twice; first at every-block/pages/start.md:1:1",
        ),
    ]


@pytest.mark.parametrize("name", ["main", "result", "ended", "cards", "words", "about"])
def test_an_id_that_the_player_uses(name: str) -> None:
    edit("every-block/pages/story.md", "id: my-thoughts", f"id: {name}")
    assert validate() == [
        ("every-block/pages/story.md:8:5", "MOD-01", f"the id `{name}` is given twice; it is used by the player")
    ]


def test_a_page_that_is_listed_twice() -> None:
    edit(MODULE_YAML, "pages: [start,", "pages: [the-end, start,")
    assert validate() == [
        (
            "every-block/pages/the-end.md:1:1",
            "MOD-01",
            "the id `the-end` is given twice; first at every-block/pages/the-end.md:1:1",
        )
    ]


def test_a_modules_id_is_the_name_of_its_folder() -> None:
    MODULE.rename(LIBRARY / "another")
    assert validate() == [
        ("another/module.yaml:1:5", "SRC-08", "`id` is `every-block`, the folder is called `another`")
    ]


def test_a_cards_id_is_the_name_of_its_file() -> None:
    edit("every-block/cards/help-card.yaml", "id: help-card", "id: help")
    assert validate() == [
        ("every-block/cards/help-card.yaml:1:5", "SRC-08", "`id` is `help`, the file is called `help-card`")
    ]


def test_pages_that_are_not_there() -> None:
    edit(MODULE_YAML, "pages: [start, questions,", "pages: [start, qestions, Not a page, [x],")
    assert validate() == [
        ("every-block/module.yaml:23:16", "SRC-04", "there is no page every-block/pages/qestions.md"),
        ("every-block/module.yaml:23:26", "FRM-05", "a page is named by a word such as `who-to-call`"),
        ("every-block/module.yaml:23:38", "FRM-05", "a page is named by a word such as `who-to-call`"),
    ]
    assert hints() == ["Did you mean `questions`?", "", ""]


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ("pages: []", (":23:8", "FRM-06", "`pages`: needs at least 1, has 0")),
        ("pages:", (":23:7", "FRM-03", "`pages`: has to be a list")),
        ("pages: start", (":23:8", "FRM-03", "`pages`: has to be a list")),
        ("", (":1:1", "FRM-01", "`pages`: is missing")),
    ],
)
def test_a_module_without_pages(pages: str, found: Found) -> None:
    edit(MODULE_YAML, ALL_PAGES, pages)
    place, code, message = found
    assert validate() == [(f"every-block/module.yaml{place}", code, message)]


def test_a_module_whose_every_page_is_wrong_gets_no_knock_on_error() -> None:
    edit(MODULE_YAML, ALL_PAGES, "pages: [nothing]")
    assert validate() == [("every-block/module.yaml:23:9", "SRC-04", "there is no page every-block/pages/nothing.md")]


def test_an_empty_module() -> None:
    (MODULE / "module.yaml").write_text("")
    assert validate() == [("every-block/module.yaml:1:1", "FRM-03", "has to be a group of `key: value` lines")]


@pytest.mark.parametrize(
    ("old", "new", "where", "code", "message"),
    [
        (": 1.2.3", ": 1.2", "1.2", "FRM-05", "`version`: `1.2` is not spelled as it has to be"),
        ("minutes: 5", "minutes: 91", "91", "MOD-05", "`duration_minutes`: has to be 90 or less"),
        ("minutes: 5", "minutes: 0", "0\ntime", "MOD-05", "`duration_minutes`: has to be 1 or more"),
        ("2028-06-30", "soon", "soon", "FRM-03", "`review_due`: has to be a date such as 2026-11-30"),
        ("[self_study]", "[]", "[]", "FRM-06", "`delivery`: needs at least 1, has 0"),
        (
            "topics:",
            "assessment: {pass_mark: 59}\ntopics:",
            "59",
            "QUZ-05",
            "`assessment.pass_mark`: has to be 60 or more",
        ),
    ],
)
def test_a_mistake_in_module_yaml(old: str, new: str, where: str, code: str, message: str) -> None:
    edit(MODULE_YAML, old, new)
    assert validate() == [(at(MODULE_YAML, where), code, message)]


# The library


def test_no_library() -> None:
    with pytest.raises(ContentError) as caught:
        load_library(Path("nowhere"))
    assert str(caught.value) == "library.yaml: SRC-04: there is no library here"


def test_ids_that_the_library_has_twice() -> None:
    add("contacts.yaml", "  - {id: emergency, name: A, for_whom: B, hours: C, jurisdictions: [wales]}\n")
    add("frameworks.yaml", "  - {id: test-frame, title: A, status: current, jurisdictions: [wales]}\n")
    add("glossary.yaml", "  - {id: dnacpr, term: A, short: A}\n")
    assert validate() == [
        ("contacts.yaml:20:10", "MOD-01", "the id `emergency` is given twice; first at contacts.yaml:2:9"),
        ("frameworks.yaml:3:10", "MOD-01", "the id `test-frame` is given twice; first at frameworks.yaml:2:10"),
        ("glossary.yaml:4:10", "MOD-01", "the id `dnacpr` is given twice; first at glossary.yaml:3:10"),
    ]


def test_a_file_of_the_library_is_called_by_its_id() -> None:
    (LIBRARY / "providers" / "full.yaml").rename(LIBRARY / "providers" / "half.yaml")
    (LIBRARY / "recommendations" / "test-a1.yaml").rename(LIBRARY / "recommendations" / "test-a2.yaml")
    assert validate() == [
        ("providers/half.yaml:1:5", "SRC-08", "`id` is `full`, the file is called `half`"),
        ("recommendations/test-a2.yaml:1:5", "SRC-08", "`id` is `test-a1`, the file is called `test-a2`"),
    ]


def test_mistakes_in_every_file_of_the_library() -> None:
    edit("library.yaml", "licence: CC-BY-4.0\n", "")
    edit("contacts.yaml", "phone: 01632 960 700", "phone: call us")
    edit("frameworks.yaml", "status: current", "status: new")
    edit("providers/full.yaml", "name: Full Homecare\n", "nam: Full Homecare\n")
    edit("recommendations/test-a1.yaml", "section: A", "section: AB")
    assert validate() == [
        ("contacts.yaml:15:12", "FRM-05", "`contacts[2].phone`: `call us` is not spelled as it has to be"),
        (
            at("frameworks.yaml", "new,"),
            "FRM-04",
            "`frameworks[1].status`: has to be one of `current`, `being_replaced` or `withdrawn`, not `new`",
        ),
        ("library.yaml:1:1", "FRM-01", "`licence`: is missing"),
        ("providers/full.yaml:2:1", "FRM-02", "`nam`: no such field"),
        ("recommendations/test-a1.yaml:4:10", "FRM-05", "`section`: `AB` is not spelled as it has to be"),
    ]


ONE_LINE = "Write it on one line."
AS_A_SLUG = "Small letters, digits and single hyphens, a letter first: `who-to-call`."
AS_A_SLOT = "Small letters, digits and `_`: `office_phone`."
AS_A_FILE = "Rename the file: letters without accents, digits, `.`, `_` and `-`, no spaces."


@pytest.mark.parametrize(
    ("model", "text", "hint"),
    [
        (Settings, "waive: [{rule: M-6}]", "The code of a rule: `MOD-06`."),
        (Settings, "topics: [{id: A topic}]", AS_A_SLUG),
        (Settings, "help_local: [office-phone]", AS_A_SLOT),
        (Settings, "slots: {office-phone: {label: The office}}", AS_A_SLOT),
        (Settings, "notices: {after-all: Words}", "Small letters, digits and `_`: `after_sensitive`."),
        (
            Settings,
            "authority: ftp://a.example",
            "A web address that begins with `https://`: small letters in its name, no `?`, no `#`, no spaces.",
        ),
        (Contact, "phone: call us", "Digits and spaces, with `+` in front if needed: `0808 157 0123`."),
        (Contact, "text_number: SHOUT", "Digits and spaces: `85258`."),
        (Contact, "url: www.example.org", "Begin with `https://`; no spaces, `?` or `#`."),
        (Provider, "local: {office-phone: '1'}", AS_A_SLOT),
        (Provider, "brand: {logo: our logo.svg}", AS_A_FILE),
        (Provider, "brand: {colour: red}", 'Six digits after `#`, in quotes: `"#1F5F6B"`.'),
        (Provider, 'cmi5: {entitlement_key: "a\\nb"}', ONE_LINE),
        (Recommendation, "section: AB", "One capital letter: `A`."),
        (Module, "version: '1.0'", "Three numbers: `1.0.0`."),
        (Module, "language: English", "A language tag: `en-GB`."),
        (Module, "translation: {source_language: English}", "A language tag: `en-GB`."),
        (Module, 'title: "Two\\nlines"', ONE_LINE),
        (Module, "contributes_to: [Care Certificate]", "A framework and its part: `care-certificate@2025#6`."),
        (Module, "prerequisites: [your role]", AS_A_SLUG),
        (Agreement, "hash: abc", "`scormpack agree` writes it."),
        (KINDS["video"], "captions: my film.vtt", AS_A_FILE),
        (KINDS["action_plan"], 'rows: ["Two\\nlines"]', ONE_LINE),
    ],
)
def test_a_word_that_is_not_spelled_right_gets_the_hint_of_its_own_kind(
    model: type[Node], text: str, hint: str
) -> None:
    with pytest.raises(ContentError) as caught:
        read(model, parse(text, "a.yaml"), Place("a.yaml"))
    assert [found.hint for found in caught.value.diagnostics if found.code == "FRM-05"] == [hint]


@pytest.mark.parametrize("value", ["", "[]"])
def test_a_colour_without_quotes_is_a_comment(value: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(Provider, parse(f"id: a\nname: A\nbrand: {{colour: {value}}}", "a.yaml"), Place("a.yaml"))
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == ("FRM-03", "`brand.colour`: has to be text")
    assert found.hint == 'Six digits after `#`, in quotes: `"#1F5F6B"`.'


def test_a_target_that_does_not_exist() -> None:
    edit("library.yaml", "targets: [scorm12, scorm2004-3rd,", "targets: [scorm12, scrom2004-3rd,")
    assert validate() == [("library.yaml:4:10", "FRM-04", "`targets`: there is no target `scrom2004-3rd`")]


# References that lead nowhere


THE_END = "every-block/pages/the-end.md"
CARD = "every-block/cards/help-card.yaml"
ADVICE = "recommendations/test-a1.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "message"),
    [
        (MODULE_YAML, "[testing]", "[tseting]", "[tseting]", "`tseting` is not in `topics` of library.yaml"),
        (MODULE_YAML, "[test-a1]", "[test-a2]", "[test-a2]", "`test-a2` is not in recommendations/"),
        (MODULE_YAML, "@2025#1", "@2025#2", '["test-f', "`test-frame@2025#2` is not in frameworks.yaml"),
        (MODULE_YAML, "@2025#1", "", '["test-f', "`test-frame` is not in frameworks.yaml"),
        (MODULE_YAML, "[emergency,", "[emergancy,", "[emergancy,", "`emergancy` is not in contacts.yaml"),
        (MODULE_YAML, "signposts:", "related: [other]\nsignposts:", "[other]", "`other` is not in the library"),
        (MODULE_YAML, "signposts:", "prerequisites: [x]\nsignposts:", "[x]", "`x` is not in the library"),
        (MODULE_YAML, "Be kind.", "'{contact:x}'", "['{", "`x` is not in contacts.yaml"),
        (START, "before_sensitive", "before", "before", "`before` is not in `notices` of library.yaml"),
        (START, "{contact:emergency}", "{contact:nobody}", "Hello.", "`nobody` is not in contacts.yaml"),
        (START, "{contact:", "{kontakt:", "Hello.", "`{kontakt:emergency}` names nothing that can be filled in"),
        (START, "{local:office_phone}", "{local:office}", "Hello.", "`office` is not in `slots` of library.yaml"),
        (QUESTIONS, ": do-it", ": do-that", "do-that", "`do-that` is not in `objectives` of module.yaml"),
        (THE_END, "[listeners]", "[nobody]", "[nobody]", "`nobody` is not in contacts.yaml"),
        (CARD, "{contact:emergency}", "{contact:nobody}", '"{contact', "`nobody` is not in contacts.yaml"),
        ("library.yaml", "[emergency]", "[nobody]", "[nobody]", "`nobody` is not in contacts.yaml"),
        ("library.yaml", "[office_phone]", "[office]", "[office]", "`office` is not in `slots` of library.yaml"),
        ("library.yaml", "{local:debrief_contact}", "{contact:x}", "before_s", "`x` is not in contacts.yaml"),
        (ADVICE, "priority:", "topics: [x]\npriority:", "[x]", "`x` is not in `topics` of library.yaml"),
        (PROVIDER, "office_phone:", "office:", "office:", "`office` is not in `slots` of library.yaml"),
        (PROVIDER, "Welcome from", "Call {contact:x} from", "Call", "`x` is not in contacts.yaml"),
    ],
)
def test_a_word_that_names_nothing(file: str, old: str, new: str, where: str, message: str) -> None:
    edit(file, old, new)
    assert validate() == [(at(file, where), "LNK-01", message)]


def test_a_retired_recommendation_is_addressed_no_more() -> None:
    edit("recommendations/test-a1.yaml", "status: current", "status: retired")
    assert validate() == [(at(MODULE_YAML, "[test-a1]"), "LNK-01", "`test-a1` is not in recommendations/")]


def test_a_slot_that_is_used_but_not_declared() -> None:
    edit(MODULE_YAML, "local_slots: [office_phone, debrief_contact]", "local_slots: [debrief_contact]")
    assert validate() == [
        (START + ":3:1", "LOC-01", "the slot `office_phone` is used but not declared"),
    ]
    assert hints() == ["Add `office_phone` to `local_slots` of module.yaml."]


def test_a_slot_that_a_notice_uses_has_to_be_declared() -> None:
    edit(MODULE_YAML, "local_slots: [office_phone, debrief_contact]", "local_slots: [office_phone]")
    edit("every-block/pages/the-end.md", "local: [debrief_contact]", "local: [office_phone]")
    assert validate() == [
        (at(MODULE_YAML, "[office_phone]"), "LOC-01", "the slot `debrief_contact` is used but not declared"),
    ]


def test_a_slot_that_is_declared_but_not_used() -> None:
    edit("library.yaml", "slots:\n", "slots:\n  other: {label: Other}\n")
    edit(MODULE_YAML, "local_slots: [office_phone,", "local_slots: [other, office_phone,")
    assert validate() == [
        (at(MODULE_YAML, "[other,"), "LOC-01", "the slot `other` is declared but not used"),
    ]


# Media


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("dott.png", "SRC-04", "there is no file `dott.png`"),
        ("dot.gif", "FRM-11", "`dot.gif` is not a kind of picture used here"),
        ("fake.png", "FRM-11", "`fake.png` is not what its name says"),
    ],
)
def test_a_picture_that_is_none(name: str, code: str, message: str) -> None:
    (MODULE / "media" / "fake.png").write_text("<script>")
    edit(START, "src: dot.png", f"src: {name}")
    assert validate() == [(START + ":19:6", code, message)]


def test_pictures_that_differ_in_case_only() -> None:
    shutil.copy(MODULE / "media" / "dot.png", MODULE / "media" / "Dot.png")
    add(START, "\n```figure\nsrc: Dot.png\nalt: x\n```\n")
    assert validate() == [(START + ":25:6", "PKG-02", "`Dot.png` and `dot.png` differ only in capital letters")]


def test_a_modules_logo_and_a_providers_logo_are_two_files() -> None:
    shutil.copy(MODULE / "media" / "dot.png", MODULE / "media" / "logo.png")
    shutil.copy(MODULE / "media" / "dot.png", LIBRARY / "providers" / "logo.png")
    edit(START, "src: dot.png", "src: logo.png")
    edit("providers/full.yaml", '"#1F5F6B"', '"#1F5F6B", logo: logo.png')
    library = load_library(LIBRARY)
    course = resolve(load_module(MODULE), library.providers["full"], library)
    assert course.logo is not None
    assert [plain(course.assets["logo.png"].path), plain(course.logo.path)] == [
        "media/logo.png.1.webp",
        "logo.1.webp",
    ]


def test_a_providers_logo_that_is_missing() -> None:
    edit("providers/full.yaml", '"#1F5F6B"', '"#1F5F6B", logo: logo.svg')
    assert validate() == [(at(PROVIDER, "logo.svg"), "SRC-04", "there is no file `logo.svg`")]


# Questions and scenarios

QUESTION = {
    "id": "q",
    "prompt": "P?",
    "rationale": "R.",
    "options": [{"text": "A", "feedback": "F"}, {"text": "B", "feedback": "F", "correct": "true"}],
}


def block_refused(kind: str, data: object) -> list[tuple[str, str]]:
    with pytest.raises(ContentError) as caught:
        read(KINDS[kind], parse(yaml.safe_dump(data, sort_keys=False), "a.yaml"), NOWHERE)
    return [(d.code, d.message) for d in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("kind", "right", "message"),
    [
        ("single", [], "exactly one option needs `correct: true`, 0 have it"),
        ("single", [0, 1], "exactly one option needs `correct: true`, 2 have it"),
        ("multiple", [], "no option has `correct: true`"),
    ],
)
def test_a_question_without_a_right_answer(kind: str, right: list[int], message: str) -> None:
    options = [{"text": str(n), "feedback": "F", "correct": "true" if n in right else "false"} for n in range(3)]
    assert block_refused(kind, {**QUESTION, "options": options}) == [("QUZ-01", message)]


@pytest.mark.parametrize(("kind", "model"), [("single", Single), ("multiple", Multiple)])
def test_the_right_answer_is_its_letters(kind: str, model: type[Single | Multiple]) -> None:
    block = read(KINDS[kind], parse(yaml.safe_dump(QUESTION), "a.yaml"), NOWHERE)
    assert isinstance(block, model)
    assert block.correct_answer() == "b"


def test_a_statement_is_true_or_false() -> None:
    data = {"id": "q", "prompt": "P", "rationale": "R", "if_true": "T", "if_false": "F", "answer": "no"}
    assert block_refused("true_false", data) == [("FRM-07", "`answer`: write `true` or `false`")]
    assert TrueFalse.model_validate({**data, "answer": "false"}).correct_answer() == "f"


PAIRS = [{"item": item, "match": match, "feedback": "F"} for item, match in ("Aa", "Bb", "Cc", "Dd")]
MATCH = {"id": "q", "prompt": "P", "rationale": "R", "pairs": PAIRS}


def test_pairs_are_shown_mixed_and_saved_in_the_order_written() -> None:
    block = read(Match, parse(yaml.safe_dump(MATCH), "a.yaml"), NOWHERE)
    assert (block.correct_answer(), block.longest_answer()) == ("abcd", 4)
    assert sorted(block.shown()) == [("a", "a"), ("b", "b"), ("c", "c"), ("d", "d")]
    assert [key for key, _ in block.shown()] != list("abcd")
    assert block.shown() == read(Match, parse(yaml.safe_dump(MATCH), "a.yaml"), NOWHERE).shown()


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        ("match", {**MATCH, "pairs": PAIRS[:2]}, ("FRM-06", "`pairs`: needs at least 3, has 2")),
        (
            "match",
            {**MATCH, "pairs": [dict(pair) for pair in PAIRS * 2]},
            ("FRM-06", "`pairs`: takes at most 6, has 8"),
        ),
        (
            "match",
            {**MATCH, "pairs": [*PAIRS[:3], {"item": "I", "match": "M"}]},
            ("QUZ-02", "`pairs[4].feedback`: is missing"),
        ),
        (
            "multiple",
            {**QUESTION, "marks": "half"},
            ("FRM-04", "`marks`: has to be one of `all_or_nothing` or `partial`, not `half`"),
        ),
        ("single", {**QUESTION, "marks": "partial"}, ("FRM-02", "`marks`: no such field")),
        ("match", {**MATCH, "shuffle": "false"}, ("FRM-02", "`shuffle`: no such field")),
        ("confidence", {"id": "c"}, ("FRM-01", "`prompt`: is missing")),
        ("confidence", {"id": "c", "prompt": "P", "critical": "true"}, ("QUZ-06", "`critical`: no such field")),
        ("checklist", {"id": "c", "title": "T", "items": []}, ("FRM-06", "`items`: needs at least 1, has 0")),
        (
            "checklist",
            {"id": "c", "title": "T", "items": ["x"] * 16},
            ("FRM-06", "`items`: takes at most 15, has 16"),
        ),
        ("action_plan", {"id": "c", "title": "T", "rows": []}, ("FRM-06", "`rows`: needs at least 1, has 0")),
        ("action_plan", {"id": "c", "title": "T", "rows": ["x"] * 7}, ("FRM-06", "`rows`: takes at most 6, has 7")),
        (
            "action_plan",
            {"id": "c", "title": "T", "rows": ["x"], "columns": ["x"] * 5},
            ("FRM-06", "`columns`: takes at most 4, has 5"),
        ),
        ("recommendations", {"text": "T"}, ("FRM-01", "`id`: is missing")),
    ],
)
def test_a_mistake_in_a_block(kind: str, data: dict[str, object], found: tuple[str, str]) -> None:
    assert block_refused(kind, data) == [found]


def test_how_sure_somebody_feels_is_a_task_that_nothing_waits_for() -> None:
    block = read(KINDS["confidence"], parse("id: c\nprompt: P", "a.yaml"), NOWHERE)
    assert isinstance(block, Task)
    assert not isinstance(block, Question)
    assert (block.required, block.longest_answer(), block.objective) == (False, 1, None)


def test_marks_are_for_all_or_nothing_unless_they_are_partial() -> None:
    for marks, data in (("all_or_nothing", QUESTION), ("partial", {**QUESTION, "marks": "partial"})):
        assert read(Multiple, parse(yaml.safe_dump(data), "a.yaml"), NOWHERE).marks == marks


def scenario(**change: object) -> dict[str, object]:
    """Two situations and one ending; `change` replaces what a situation leads to."""

    def situation(name: str, *onward: str | None) -> dict[str, object]:
        choices = [{"text": "T", "feedback": "F", "rating": "best"} | ({"next": to} if to else {}) for to in onward]
        return {"id": name, "text": "T", "choices": choices}

    first, second = change.get("first", ("two", None)), change.get("second", ("end", None))
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    endings = change.get("endings", ("end",))
    assert isinstance(endings, tuple)
    return {
        "id": "s",
        "title": "S",
        "origin": "fictional",
        "situations": [situation("one", *first), situation(str(change.get("name", "two")), *second)],
        "endings": [{"id": name, "outcome": "O", "tell": "T", "record": "R"} for name in endings],
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "one", "first": ("end", None)}, "two situations or endings are called `one`"),
        ({"endings": ("end", "two")}, "two situations or endings are called `two`"),
        ({"first": ("three", "two")}, "`one` leads to `three`, which does not exist"),
        ({"second": ("one", "end")}, "`two` leads back to `one`: leave `next` out"),
        ({"second": ("two", "end")}, "`two` leads back to `two`: leave `next` out"),
        ({"second": (None, None)}, "no choice of `two` has a `next`: the story cannot end"),
        ({"first": ("end", None)}, "nothing leads to `two`"),
        ({"endings": ("end", "other")}, "nothing leads to `other`"),
    ],
)
def test_a_scenario_that_leads_nowhere(change: dict[str, object], message: str) -> None:
    assert block_refused("scenario", scenario(**change)) == [("SCN-01", message)]


def test_the_longest_way_through_a_scenario() -> None:
    story = read(Scenario, parse(yaml.safe_dump(scenario(first=("two", "end"))), "a.yaml"), NOWHERE)
    assert story.longest_answer() == len("one.a_two.a")


def test_things_to_sort_are_shown_mixed_and_saved_in_the_order_written() -> None:
    def group(name: str, *items: str) -> dict[str, object]:
        return {"name": name, "items": [{"text": item, "feedback": "F"} for item in items]}

    data = {"id": "q", "prompt": "P", "rationale": "R", "groups": [group("One", "a", "b"), group("Two", "c")]}
    block = read(Sort, parse(yaml.safe_dump(data), "a.yaml"), NOWHERE)
    assert block.correct_answer() == "aab"
    assert sorted(number for number, _ in block.shown()) == ["0", "1", "2"]
    assert [number for number, _ in block.shown()] != ["0", "1", "2"]


# Pages are split as they are written

WORD = st.from_regex(r"[A-Za-z][a-z]{0,8}", fullmatch=True)
LINE = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
PROSE = st.lists(LINE, min_size=1, max_size=3).map("\n\n".join)
SPACE = st.integers(0, 3).map("\n".__mul__)
FENCE = st.sampled_from(["```", "````", "~~~"])
BLOCKS = st.sampled_from(
    [
        ("figure", "src: dot.png\nalt: A ```dot```", Figure),
        ("figure", "# a comment\n\nsrc: dot.png\nalt: ''", Figure),
        ("key_messages", "", KeyMessages),
        ("local", "slots: [office_phone]", KINDS["local"]),
        ("signpost", "contacts:\n  - emergency\n", KINDS["signpost"]),
    ]
)
PART = st.tuples(st.just("prose"), PROSE) | st.tuples(FENCE, BLOCKS)


@settings(deadline=None)
@given(st.lists(PART, min_size=1, max_size=8), st.lists(SPACE, min_size=9, max_size=9))
def test_a_page_splits_into_its_blocks_in_order(parts: list[tuple[str, object]], spaces: list[str]) -> None:
    text = f"{spaces[-1]}# A title  \n"
    expected: list[tuple[type, int, str]] = []  # kind, line, words
    for (kind, part), space in zip(parts, spaces, strict=False):
        text += space
        line = text.count("\n") + 1
        if kind == "prose":
            assert isinstance(part, str)
            if expected and expected[-1][0] is Prose:
                expected[-1] = (Prose, expected[-1][1], f"{expected[-1][2]} {' '.join(part.split())}")
            else:
                expected.append((Prose, line, " ".join(part.split())))
            text += part + "\n"
        else:
            assert isinstance(part, tuple)
            text += f"{kind}{part[0]}\n{part[1]}\n{kind}\n"
            expected.append((part[2], line, ""))

    page = read_page("a-page", text, "a.md", lambda *_: KeyMessages())
    assert (page.id, page.title) == ("a-page", "A title")
    found = [(type(b), b.place().line, " ".join(b.text.split()) if isinstance(b, Prose) else "") for b in page.blocks]
    assert found == expected


# The models are for code too


def test_a_module_made_in_code_equals_the_one_that_was_read() -> None:
    add(
        "small/module.yaml",
        """\
id: small
version: 0.1.0
title: Small
summary: A small module.
jurisdictions: [wales]
stage: advanced
audiences: [manager]
format: micro
delivery: [group]
duration_minutes: 3
time_policy: {rule: optional, sentence: As you like.}
objectives: [{id: know, text: Know it}]
key_messages: [Know it.]
sensitivity: [none]
assessment: {attempts: 2}
provenance: {status: editorial}
review_due: 2031-05-01
pages: [only]
""",
    )
    add("small/pages/only.md", "# Only\n\nSome *words*.\n\n```card\nuse: ask\n```\n")
    add("small/cards/ask.yaml", "id: ask\ntitle: Ask\nfront: What?\nsteps: [One., Two., Three.]\n")
    card = Card.model_validate({"id": "ask", "title": "Ask", "front": "What?", "steps": ("One.", "Two.", "Three.")})
    made = Module.model_validate(
        {
            "id": "small",
            "version": "0.1.0",
            "title": "Small",
            "summary": "A small module.",
            "jurisdictions": ("wales",),
            "stage": "advanced",
            "audiences": ("manager",),
            "format": "micro",
            "delivery": ("group",),
            "duration_minutes": 3,
            "time_policy": {"rule": "optional", "sentence": "As you like."},
            "objectives": ({"id": "know", "text": "Know it"},),
            "key_messages": ("Know it.",),
            "sensitivity": ("none",),
            "assessment": Assessment(attempts=2),
            "provenance": {"status": "editorial"},
            "review_due": date(2031, 5, 1),
            "pages": (
                Page.model_validate(
                    {"id": "only", "title": "Only", "blocks": (Prose.model_validate({"text": "Some *words*."}), card)}
                ),
            ),
        }
    )
    loaded = load_module(LIBRARY / "small")
    assert made == loaded
    assert made != load_module(MODULE)
    assert (loaded.place("title").line, made.place("title")) == (3, NOWHERE)


def test_a_library_made_in_code() -> None:
    library = Library(
        folder=LIBRARY,
        settings=Settings(title="T", publisher="P", licence="L"),
        contacts={},
        glossary={},
        frameworks={},
        recommendations={},
        modules={},
    )
    assert [provider.name for provider in plan(library, today()).providers] == ["P"]
    read_library = load_library(LIBRARY)
    assert isinstance(read_library.providers["full"], Provider)
    assert isinstance(read_library.recommendations["test-a1"], Recommendation)
