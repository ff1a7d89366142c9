"""For groups and those who lead: the guide, slides, recommendations, and what a page says about itself."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest
import yaml
from lxml import html
from paths import EVERY_BLOCK
from stamps import plain_entries

from scormpack.batch import Built, plan, validate_all
from scormpack.blocks import KINDS, Deck
from scormpack.clock import today
from scormpack.content.load import load_library, load_module
from scormpack.content.module import Module, Safety
from scormpack.content.provenance import Provenance, Reviewer
from scormpack.course.model import Course
from scormpack.diagnostics import ContentError
from scormpack.package import read_zip
from scormpack.render import render
from scormpack.road import examine, prepare
from scormpack.source.node import NOWHERE, read
from scormpack.source.yaml import parse
from scormpack.targets import TARGETS
from scormpack.targets.target import Unit

GUIDE = "every-block/facilitator.yaml"
DECK = "every-block/decks/group-talk.yaml"
KEEP = "every-block/pages/to-keep.md"
MODULE = "every-block/module.yaml"

Found = tuple[str, str, str]


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the library for tests, to spoil."""
    shutil.copytree(EVERY_BLOCK, tmp_path / "lib")
    monkeypatch.chdir(tmp_path)


def edit(file: str, old: str, new: str) -> None:
    path = Path("lib") / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def at(file: str, words: str) -> str:
    """The place of the only `words` in a file of the library."""
    text = (Path("lib") / file).read_text(encoding="utf-8")
    assert text.count(words) == 1, f"{words!r} is {text.count(words)} times in {file}"
    before = text[: text.index(words)]
    return f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def validate() -> list[Found]:
    """The place, the code and the message of every finding."""
    return [(place, code, message) for place, code, message, _ in with_hints()]


def with_hints() -> list[tuple[str, str, str, str]]:
    try:
        diagnostics = list(validate_all(plan(load_library(Path("lib")), today())))
    except ContentError as error:
        diagnostics = list(error.diagnostics)
    return [(str(d.place).removeprefix("lib/"), d.code, d.message, d.hint) for d in diagnostics]


def module() -> Module:
    return load_module(Path("lib/every-block"))


def course(changed: Module | None = None) -> Course:
    library = load_library(Path("lib"))
    return prepare(examine(changed or module(), library, today()), library.providers["full"]).course


def pages(made: Course) -> dict[str, html.HtmlElement]:
    return {
        entry.path: html.document_fromstring(entry.data)
        for entry in plain_entries(render(made).files())
        if entry.path.endswith(".html")
    }


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def texts(root: html.HtmlElement, path: str) -> list[str]:
    return [text(element) for element in root.cssselect(path)]


# The guide, and every mistake in it


@pytest.mark.parametrize(
    ("old", "new", "where", "code", "message"),
    [
        ("purpose: To talk about who to call.\n", "", "", "FRM-01", "`purpose`: is missing"),
        ("before:", "befor:", "befor:", "FRM-02", "`befor`: no such field"),
        ("[Put the chairs in a circle.]", "[]", "[]", "FRM-06", "`before`: needs at least 1, has 0"),
        ("minutes: 15", "minutes: 91", "91", "FRM-06", "`plans[1].minutes`: has to be 90 or less"),
        ("minutes: 15", "minutes: 4", "4\n", "FRM-06", "`plans[1].minutes`: has to be 5 or more"),
        (
            "minutes: 5,",
            "minutes: 0,",
            "0, do: Welcome",
            "FRM-06",
            "`plans[1].steps[1].minutes`: has to be 1 or more",
        ),
        ("minutes: 5,", "minutes: long,", "long,", "FRM-03", "`plans[1].steps[1].minutes`: has to be a whole number"),
        ("do: Read the card., ", "", "{minutes: 10", "FRM-01", "`plans[1].steps[2].do`: is missing"),
        (
            "[Who has met this?]",
            "[a, b, c, d, e]",
            "[a, b",
            "FRM-06",
            "`plans[1].steps[2].ask`: takes at most 4, has 5",
        ),
        (
            "[help-card, the-story]",
            "[help-card, The Story]",
            "The Story]",
            "FRM-05",
            "`plans[1].steps[2].uses[2]`: `The Story` is not spelled as it has to be",
        ),
        ("[help-card, the-story]", "help-card", "help-card", "FRM-03", "`plans[1].steps[2].uses`: has to be a list"),
        ("do: Stop and sit with them.", "do: ''", "''", "FRM-06", "`if_this_happens[1].do`: is empty"),
        (
            "Someone is upset",
            "x" * 121,
            "x" * 121,
            "FRM-06",
            "`if_this_happens[1].happens`: is longer than 120 characters",
        ),
        ("deck: group-talk", "deck: grup-talk", "grup-talk", "LNK-01", "there is no deck `grup-talk`"),
        ("deck: group-talk", "deck: ../x", "../x", "LNK-01", "there is no deck `../x`"),
        (
            "[help-card, the-story]",
            "[hlep-card, the-story]",
            "[hlep-card",
            "LNK-01",
            "`hlep-card` is not in the pages of this module",
        ),
        ("[People can join by phone.]", "['{contact:x}']", "['{", "LNK-01", "`x` is not in contacts.yaml"),
        ("[Use the chat for questions.]", "['<b>x</b>']", "['<", "FRM-10", "HTML is not used here"),
        ("[Use the chat for questions.]", "['[x](y.pdf)']", "['[", "FRM-13", "a link cannot lead to `y.pdf`"),
        (
            "do: Welcome everyone.",
            "do: '{local:office}'",
            "'{local",
            "LNK-01",
            "`office` is not in `slots` of library.yaml",
        ),
    ],
)
def test_a_mistake_in_the_guide(old: str, new: str, where: str, code: str, message: str) -> None:
    edit(GUIDE, old, new)
    assert [(place, code_, m.partition(", expected")[0]) for place, code_, m in validate() if code_ != "FRM-01"] == (
        [(at(GUIDE, where), code, message)] if code != "FRM-01" else []
    )
    if code == "FRM-01":
        assert validate() == [(at(GUIDE, where) if where else f"{GUIDE}:1:1", code, message)]


def test_several_mistakes_in_the_guide_at_once() -> None:
    edit(GUIDE, "purpose:", "porpose:")
    edit(GUIDE, "minutes: 15", "minutes: 3")
    edit(GUIDE, "deck: group-talk", "deck: grup-talk")
    assert sorted(validate()) == sorted(
        [
            (f"{GUIDE}:1:1", "FRM-02", "`porpose`: no such field"),
            (at(GUIDE, "3\n"), "FRM-06", "`plans[1].minutes`: has to be 5 or more"),
            (at(GUIDE, "grup-talk"), "LNK-01", "there is no deck `grup-talk`"),
        ]
    )


def test_a_mistake_in_the_guide_hides_none_on_the_pages() -> None:
    edit(GUIDE, "minutes: 15", "minutes: 3")
    edit(KEEP, "# To keep", "To keep")
    assert validate() == [
        (at(GUIDE, "3\n"), "FRM-06", "`plans[1].minutes`: has to be 5 or more"),
        (f"{KEEP}:1:1", "FRM-08", "the page has no title"),
    ]


@pytest.mark.parametrize(("text_", "found"), [("", ":1:1"), ("- a\n", ":1:1"), ("x\n", ":1:1")])
def test_a_guide_that_is_none(text_: str, found: str) -> None:
    (Path("lib") / GUIDE).write_text(text_, encoding="utf-8")
    assert validate() == [(f"{GUIDE}{found}", "FRM-03", "has to be a group of `key: value` lines")]


def test_a_guide_that_is_a_link_out_of_the_library() -> None:
    (Path("lib") / GUIDE).rename("elsewhere.yaml")
    (Path("lib") / GUIDE).symlink_to(Path("elsewhere.yaml").resolve())
    assert validate() == [(GUIDE, "SRC-05", "a link leads out of the library")]


def test_a_guide_stands_in_its_own_file() -> None:
    with (Path("lib") / MODULE).open("a", encoding="utf-8") as file:
        file.write("facilitator_guide: {purpose: x}\n")
    assert with_hints() == [
        (
            at(MODULE, "facilitator_guide"),
            "FRM-02",
            "the guide has a file of its own",
            "Write it into `every-block/facilitator.yaml`.",
        )
    ]


def test_the_nearest_names_are_proposed() -> None:
    edit(GUIDE, "deck: group-talk", "deck: grup-talk")
    assert [hint for *_, hint in with_hints()] == ["Did you mean `group-talk`?"]
    edit(GUIDE, "deck: grup-talk", "deck: group-talk")
    edit(GUIDE, "[help-card, the-story]", "[help-crad, who-first]")
    assert [hint for *_, hint in with_hints()] == ["Did you mean `help-card`?"]


def test_a_plan_that_does_not_add_up() -> None:
    edit(GUIDE, "minutes: 15", "minutes: 20")
    hint = "Change the minutes of the steps, or those of the plan."
    message = "the plan is for 20 minutes, its steps take 15"
    assert with_hints() == [(at(GUIDE, "20\n"), "MOD-11", message, hint)]
    (finding,) = validate_all(plan(load_library(Path("lib")), today()))
    assert finding.severity == "warning"


def test_each_plan_is_added_up_for_itself() -> None:
    edit(GUIDE, "if_this_happens:", "  - {minutes: 30, steps: [{minutes: 29, do: Talk.}]}\nif_this_happens:")
    assert validate() == [(at(GUIDE, "30, "), "MOD-11", "the plan is for 30 minutes, its steps take 29")]


def test_a_step_may_use_any_block_that_has_a_name() -> None:
    """The guide names it as the learner sees it."""
    names = list(module().named_blocks())
    edit(GUIDE, "[help-card, the-story]", f"[{', '.join(names)}]")
    assert validate() == []
    used = texts(pages(course())["facilitator.html"], ".plan p.quiet")
    assert len(used) == len(names)
    assert all(not re.search(r"[:,]\s*$", each) for each in used)
    assert used[names.index("help-card")].endswith(": Help")
    assert used[names.index("who-first")].endswith(": Who do you call first?")
    assert used[names.index("before-you-leave")].endswith(": Before you leave")


def test_local_details_of_the_guide_are_declared_as_those_of_pages_are() -> None:
    edit("library.yaml", "slots:\n", "slots:\n  room: {label: The room}\n")
    edit(GUIDE, "Welcome everyone.", '"Go to {local:room}."')
    assert validate() == [(at(GUIDE, '"Go to'), "LOC-01", "the slot `room` is used but not declared")]


# The document


def test_the_guide_is_a_document_of_its_own(every_block: dict[str, Built]) -> None:
    for built in every_block.values():
        package = read_zip(built.path)
        assert package.find("facilitator.html") is not None
        manifest = package.find("imsmanifest.xml")
        assert manifest is None or b'<file href="facilitator.html"/>' in manifest.data
        (index,) = (html.document_fromstring(e.data) for e in package.entries if e.path == "index.html")
        (link,) = index.xpath("//a[@href='facilitator.html']")
        assert (link.xpath("string(ancestor::section/@id)"), link.get("target")) == ("about", "_blank")
        assert link.get("rel") == "noopener"


def test_without_a_guide_there_is_neither_document_nor_link() -> None:
    (Path("lib") / GUIDE).unlink()
    made = course()
    assert made.module.facilitator_guide is None
    assert set(pages(made)) == {"index.html"}
    assert b"facilitator" not in plain_entries(render(made).files())[0].data
    for name, target in TARGETS.items():
        package = target.package([Unit(made, plain_entries(render(made).files()))])
        assert package.find("facilitator.html") is None, name


def test_what_stands_in_the_guide() -> None:
    page = pages(course())["facilitator.html"]
    assert (page.get("lang"), len(page.cssselect("h1"))) == ("en-GB", 1)
    assert texts(page, ".provider, .title") == ["Full Homecare", "Every block & “every” kind"]
    assert texts(page, "main > p") == ["To talk about who to call."]
    assert texts(page, "main > ul > li") == [
        "Put the chairs in a circle.",
        "What is said here stays here.",
        "People can join by phone.",
        "Call those who were upset.",
        "Use the chat for questions.",
    ]
    steps = texts(page, ".plan > li > p:first-child")
    minutes = course().words["guide_minutes"]
    assert steps == [f"{minutes.format(minutes=5)} Welcome everyone.", f"{minutes.format(minutes=10)} Read the card."]
    assert texts(page, ".plan li li") == ["Who has met this?"]
    assert [each.partition(": ")[2] for each in texts(page, ".plan p.quiet")] == ["Help", "Just this once"]
    assert texts(page, "dl > *") == ["Someone is upset", "Stop and sit with them."]
    assert texts(page, ".slide h4") == ["Welcome", "What if?", "A dot"]
    assert texts(page, ".card .card-front") == ["What if I need help?"]
    assert page.xpath("//img/@src") == ["media/dot.png.1.webp"]


def test_the_guide_needs_no_script_and_takes_none() -> None:
    page = pages(course())["facilitator.html"]
    policy = page.cssselect("meta[http-equiv='Content-Security-Policy']")[0].get("content")
    assert policy == (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
    )
    assert page.cssselect("script, style, [style], button:not([hidden])") == []
    assert page.xpath("//link[@rel='stylesheet']/@href") == ["course.css"]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_module_without_cards_says_nothing_of_cards() -> None:
    shutil.rmtree("lib/every-block/cards")
    edit("every-block/pages/start.md", "```card\nuse: help-card\n```\n", "")
    edit(DECK, "    card: help-card\n", "")
    edit(GUIDE, "[help-card, the-story]", "[the-story]")
    page = pages(course())["facilitator.html"]
    assert course().words["card"] not in texts(page, "h2")


# Slides

SLIDE: dict[str, object] = {"title": "T", "notes": "N", "minutes": "1"}


def deck_refused(*slides: dict[str, object]) -> list[tuple[str, str]]:
    data = {"id": "d", "title": "D", "slides": list(slides)}
    with pytest.raises(ContentError) as caught:
        read(KINDS["deck"], parse(yaml.safe_dump(data, sort_keys=False), "a.yaml"), NOWHERE)
    return [(found.code, found.message) for found in caught.value.diagnostics]


POINTS: dict[str, object] = {"points": ["One."]}
PICTURE: dict[str, object] = {"picture": "a.png", "alt": "A"}
CARD: dict[str, object] = {"card": "help"}
ONE_THING = "a slide shows points, a picture or a card: one of the three"


@pytest.mark.parametrize(
    "shown", [{**POINTS, **PICTURE}, {**POINTS, **CARD}, {**PICTURE, **CARD}, {**POINTS, **PICTURE, **CARD}]
)
def test_a_slide_that_shows_two_things(shown: dict[str, object]) -> None:
    assert deck_refused({**SLIDE, **shown}) == [("FRM-14", f"`slides[1]`: {ONE_THING}")]


@pytest.mark.parametrize("alt", [{}, {"alt": ""}, {"alt": "  "}])
def test_a_slide_whose_picture_has_no_words(alt: dict[str, object]) -> None:
    found = deck_refused(SLIDE, {**SLIDE, "picture": "a.png", **alt})
    assert found == [("ACC-02", "`slides[2]`: the picture of a slide needs `alt`: what it shows, in words")]


@pytest.mark.parametrize(
    ("slide", "found"),
    [
        ({**SLIDE, "points": list("abcdef")}, ("FRM-06", "`slides[1].points`: takes at most 5, has 6")),
        ({**SLIDE, "minutes": "0"}, ("FRM-06", "`slides[1].minutes`: has to be 1 or more")),
        ({"title": "T", "minutes": "1"}, ("FRM-01", "`slides[1].notes`: is missing")),
        ({**SLIDE, "title": "x" * 71}, ("FRM-06", "`slides[1].title`: is longer than 70 characters")),
    ],
)
def test_a_mistake_in_a_slide(slide: dict[str, object], found: tuple[str, str]) -> None:
    assert deck_refused(slide) == [found]


def test_a_deck_without_slides() -> None:
    assert deck_refused() == [("FRM-06", "`slides`: needs at least 1, has 0")]


@pytest.mark.parametrize("shown", [{}, POINTS, PICTURE, CARD])
def test_a_slide_that_shows_one_thing_or_its_title_alone(shown: dict[str, object]) -> None:
    data = {"id": "d", "title": "D", "slides": [{**SLIDE, **shown}, {**SLIDE, "minutes": "4"}]}
    made = read(Deck, parse(yaml.safe_dump(data), "a.yaml"), NOWHERE)
    assert (len(made.slides), made.minutes()) == (2, 5)


def test_a_mistake_of_a_slide_has_its_place_in_the_file_of_the_deck() -> None:
    edit(DECK, "    card: help-card\n", "    card: help-card\n    points: [One.]\n")
    assert validate() == [(at(DECK, "title: What if?"), "FRM-14", f"`slides[2]`: {ONE_THING}")]


@pytest.mark.parametrize(
    ("old", "new", "where", "code", "message"),
    [
        (
            "card: help-card",
            "card: hlep-card",
            "hlep-card",
            "LNK-01",
            "`hlep-card` is not in the cards on the pages of this module",
        ),
        ("picture: dot.png", "picture: dott.png", "dott.png", "SRC-04", "there is no file `dott.png`"),
        ("id: group-talk", "id: talk", "talk\n", "SRC-08", "`id` is `talk`, the file is called `group-talk`"),
    ],
)
def test_what_a_slide_names(old: str, new: str, where: str, code: str, message: str) -> None:
    edit(DECK, old, new)
    assert set(validate()) == {(at(DECK, where), code, message)}


@pytest.mark.parametrize("name", ["what-helps", "the-story", "start", "group-talk"])
def test_a_slide_shows_a_card_and_nothing_else_that_has_a_name(name: str) -> None:
    edit(DECK, "card: help-card", f"card: {name}")
    assert [(place, code) for place, code, _ in validate()] == [(at(DECK, f"{name}\n    notes"), "LNK-01")]


def test_slides_on_a_page() -> None:
    deck = pages(course())["index.html"].cssselect("#to-keep #group-talk")[0]
    assert text(deck.cssselect("p.quiet")[0]) == course().words["deck_facts"].format(slides=3, minutes=20)
    assert texts(deck, ".slide") == [
        "Welcome We listen.Nobody has to speak.",
        "What if? What if I need help?",
        "A dot",
    ]
    assert deck.xpath(".//img/@alt") == ["A small dot"]
    assert [each.partition(" ")[0] for each in texts(deck, "details p")] == ["Say", "Read", "Let"]


def test_the_slides_of_a_guide_are_called_like_nothing_else() -> None:
    """The guide shows them beside the cards."""
    (Path("lib") / DECK).rename("lib/every-block/decks/help-card.yaml")
    edit("every-block/decks/help-card.yaml", "id: group-talk", "id: help-card")
    edit(KEEP, "```deck\nuse: group-talk\n```\n", "")
    edit(GUIDE, "deck: group-talk", "deck: help-card")
    card = "every-block/cards/help-card.yaml:1:5"
    message = f"the id `help-card` is given twice; first at {card}"
    assert validate() == [("every-block/decks/help-card.yaml:1:5", "MOD-01", message)]


# Recommendations

OTHER = """\
id: test-a2
version: 1.0.0
status: current
section: A
theme: governance
statement: Managers should answer the phone.
audience: [provider]
learners: [homecare_worker]
stages: [first_weeks]
priority: should
evidence_strength: editorial
rationale: A call that nobody answers is no call.
evidence: [{kind: expert_opinion, ref: us, supports: directly}]
provenance: {status: editorial}
measures: [{id: rota, text: Is somebody on the rota?, evidence_kind: policy}]
review_due: 2028-06-30
"""


@pytest.fixture
def _two() -> None:
    (Path("lib/recommendations/test-a2.yaml")).write_text(OTHER, encoding="utf-8")


def statements() -> list[str]:
    return texts(pages(course())["index.html"], ".recommendations summary")


@pytest.mark.usefixtures("_two")
def test_without_show_these_are_the_recommendations_that_the_module_addresses() -> None:
    assert validate() == []
    assert statements() == ["Educators should test what they build."]
    edit(MODULE, "addresses: [test-a1]", "addresses: [test-a2, test-a1]")
    assert statements() == ["Managers should answer the phone.", "Educators should test what they build."]


@pytest.mark.usefixtures("_two")
def test_what_is_shown_can_be_chosen() -> None:
    edit(KEEP, "text: Tick what is true today.", "show: [test-a2]")
    assert validate() == []
    assert statements() == ["Managers should answer the phone."]
    block = pages(course())["index.html"].cssselect(".recommendations")[0]
    assert texts(block, "details > *")[1:] == [
        "A call that nobody answers is no call.",
        course().words["recommendation_shows"],
        "Is somebody on the rota?",
    ]
    assert block.xpath(".//fieldset/@data-name") == ["test-a2"]
    assert block.xpath(".//input/@value") == ["met", "partly", "not_yet"]


def test_a_recommendation_that_does_not_exist() -> None:
    edit(KEEP, "text: Tick what is true today.", "show: [test-a1, test-a3]")
    found = (at(KEEP, "[test-a1"), "LNK-01", "`test-a3` is not in recommendations/", "Did you mean `test-a1`?")
    assert with_hints() == [found]


@pytest.mark.usefixtures("_two")
def test_a_retired_recommendation_is_not_shown() -> None:
    edit("recommendations/test-a2.yaml", "status: current", "status: retired")
    edit(KEEP, "text: Tick what is true today.", "show: [test-a2]")
    assert validate() == [(at(KEEP, "[test-a2"), "LNK-01", "`test-a2` is not in recommendations/")]


# About this learning


def about(made: Course) -> list[str]:
    return texts(pages(made)["index.html"], "#about > *")


def test_what_the_page_says_about_itself() -> None:
    words = course().words
    assert about(course()) == [
        words["about"],
        "One of everything.",
        "Your time is paid.",
        words["about_objectives"],
        "Do it",
        words["about_serves"],
        "Educators should test what they build.",
        words["about_contributes"],
        "A frame: 1. One",
        words["about_no_claim"],
        words["about_made"],
        words["provenance_editorial"],
        words["about_version"].format(version="1.2.3", date="30 June 2028"),
        words["print_all"],
        words["about_group"],
        words["facilitator"],
    ]


def test_a_task_that_may_be_handed_over_is_shown_with_its_conditions() -> None:
    task = {"act": "give_injection", "conditions": "Only if **you** were taught."}
    safety = Safety.model_validate({"delegated": [task]})
    told = about(course(module().model_copy(update={"safety": safety})))
    first = told.index(course().words["about_delegated"])
    assert told[first + 1] == "Only if you were taught."


def test_what_a_module_does_not_have_is_not_spoken_of() -> None:
    edit(KEEP, "text: Tick what is true today.", "show: [test-a1]")
    bare = module().model_copy(update={"addresses": (), "contributes_to": ()})
    words = course().words
    told = about(course(bare))
    for name in ("about_serves", "about_contributes", "about_no_claim"):
        assert words[name] not in told


@pytest.mark.parametrize("status", ["co_produced", "co_production_informed", "consulted", "editorial"])
def test_how_a_text_was_made_is_said_in_words(status: str) -> None:
    words = course().words
    told = about(course(module().model_copy(update={"provenance": Provenance.model_validate({"status": status})})))
    said = {name for name in words if name.startswith("provenance_") and words[name] in told}
    assert said == {f"provenance_{status}"}


def reviewed(clinical: bool) -> tuple[Reviewer, ...]:
    day = datetime.date(2026, 3, 5)
    return (Reviewer(name="Ada Bello", role="nurse", clinical=clinical, date=day),)


@pytest.mark.parametrize(
    ("required", "reviewers", "told"),
    [(False, (), False), (True, (), True), (True, reviewed(False), True), (True, reviewed(True), False)],
)
def test_what_no_clinician_has_checked_says_so(required: bool, reviewers: tuple[Reviewer, ...], told: bool) -> None:
    safety = module().safety.model_copy(update={"clinical_review_required": required})
    made = course(module().model_copy(update={"safety": safety, "reviewers": reviewers}))
    assert (made.words["about_unreviewed"] in about(made)) is told
    checked = made.words["about_reviewer"].format(name="Ada Bello", role="nurse", date="5 March 2026")
    assert (checked in about(made)) is bool(reviewers)


@pytest.mark.parametrize(
    ("reference", "status", "expected"),
    [
        ("test-frame@2025#1", "current", "A frame: 1. One"),
        ("test-frame@2025", "current", "A frame"),
        ("test-frame@2025#1", "being_replaced", "A frame: 1. One (is being replaced)"),
        ("test-frame@2025", "being_replaced", "A frame (is being replaced)"),
    ],
)
def test_what_a_module_contributes_to(reference: str, status: str, expected: str) -> None:
    edit(MODULE, "test-frame@2025#1", reference)
    edit("frameworks.yaml", "status: current", f"status: {status}")
    assert expected in about(course())
