"""The course as HTML: readable colours, every text in its place without scripts, and nothing that could run."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from paths import EVERY_BLOCK, ROOT
from stamps import plain_entries

from scormpack.batch import Built
from scormpack.blocks import KINDS, Confidence, Prose, Single
from scormpack.content.library import Contact, FrameworkItem, Library, Settings, Term
from scormpack.content.load import load_library, load_module
from scormpack.content.module import Module
from scormpack.content.provider import Provider
from scormpack.content.recommendation import Recommendation
from scormpack.course.model import Course
from scormpack.course.resolve import resolve
from scormpack.diagnostics import ContentError
from scormpack.package import read_zip
from scormpack.render import render
from scormpack.render.brand import brand_css, contrast, luminance
from scormpack.render.bundles import player_words
from scormpack.render.page import asked_before
from scormpack.vocabulary import Markdown

Element = html.HtmlElement

# Colours


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("#000000", 0.0),
        ("#ffffff", 1.0),
        ("#FF0000", 0.2126),
        ("#00ff00", 0.7152),
        ("#0000ff", 0.0722),
        ("#808080", 0.2159),
    ],
)
def test_luminance(colour: str, expected: float) -> None:
    assert luminance(colour) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
        ("#595959", "#ffffff", 7.0),
    ],
)
def test_contrast(one: str, other: str, expected: float) -> None:
    """Known ratios of WCAG's own examples and calculators."""
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def properties(css: str) -> tuple[dict[str, str], dict[str, str]]:
    """The custom properties in light and in dark."""
    light, dark = css.split("@media (prefers-color-scheme:dark)")
    return dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", light)), dict(
        re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", dark)
    )


NO_GROUNDS = {"brand", "on-brand", "mid", "deep"}
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format) | st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@settings(max_examples=500, deadline=None)
@given(COLOURS)
@example("#ffffff")
@example("#000000")
@example("#ffff00")
@example("#00ff00")
@example("#0000ff")
def test_every_colour_can_be_read_in_light_and_in_dark(colour: str) -> None:
    for theme in properties(brand_css(colour)):
        assert {"page", "panel"} <= set(theme)
        for ground in set(theme) - NO_GROUNDS:
            assert contrast(theme["brand"], theme[ground]) >= 4.5, (colour, ground)
        assert contrast(theme["on-brand"], theme["brand"]) >= 4.5, colour
        assert contrast(theme["deep"], theme["chosen"]) >= 4.5, colour


TEXT, EDGE = ("text", "quiet", "good", "bad"), ("field",)
STYLE = (ROOT / "src/scormpack/render/style.css").read_text(encoding="utf-8")


def own_colours() -> list[dict[str, str]]:
    """The stylesheet's own colours in light and in dark."""
    light, dark = STYLE.split("@media (prefers-color-scheme: dark)")[:2]
    dark = dark[: dark.index("}\n}")]
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part)) for part in (light, dark)]


@settings(max_examples=500, deadline=None)
@given(COLOURS)
def test_text_can_be_read_on_every_ground_and_fields_have_an_edge(colour: str) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11, whatever the hue of the provider's own ground."""
    for own, theme in zip(own_colours(), properties(brand_css(colour)), strict=True):
        for ground in set(theme) - NO_GROUNDS:
            for name in TEXT:
                assert contrast(own[name], theme[ground]) >= 4.5, (colour, name, ground)
            for name in EDGE:
                assert contrast(own[name], theme[ground]) >= 3, (colour, name, ground)


def test_a_colour_that_can_be_read_stays() -> None:
    light, dark = properties(brand_css("#1F5F6B"))
    assert (light["brand"], light["on-brand"]) == ("#1f5f6b", "#ffffff")
    assert luminance(dark["brand"]) > luminance(light["brand"])
    assert dark["on-brand"] == "#000000"


# The document


@cache
def library() -> Library:
    return load_library(EVERY_BLOCK)


@cache
def module() -> Module:
    return load_module(library().modules["every-block"])


def course_of(module: Module, provider: Provider | None = None, library_: Library | None = None) -> Course:
    return resolve(module, provider or library().providers["full"], library_ or library())


def document(course: Course) -> Element:
    return html.document_fromstring(plain_entries(render(course).files())[0].data)


@pytest.fixture(scope="module")
def page() -> Element:
    return document(course_of(module()))


def text(element: Element) -> str:
    return " ".join(element.text_content().split())


def one(root: Element, path: str) -> Element:
    (found,) = root.cssselect(path)
    return found


def test_a_section_for_each_page_in_the_order_of_the_module(page: Element) -> None:
    sections = page.cssselect("main > section.page")
    ids = [page.id for page in module().pages]
    assert [section.get("id") for section in sections] == [*ids, "result", "cards", "words", "about"]
    assert [text(section.cssselect("h2")[0]) for section in sections[:6]] == [page.title for page in module().pages]
    assert [section.get("hidden") is not None for section in sections] == [False] * 6 + [True, True, False, False]
    for section in sections:
        assert one(page, f"[id='{section.get('id')}.title']").getparent() is section
    named = [section.get("id") for section in sections if section.get("aria-labelledby")]
    assert named == ["result", "cards", "words", "about"]  # a page is no landmark: without scripts they are too many


def test_the_contents_lead_to_each_page(page: Element) -> None:
    links = [(link.get("href"), text(one(link, ".name"))) for link in page.cssselect("nav.contents a")]
    assert links == [
        *((f"#{page.id}", page.title) for page in module().pages),
        ("#result", "Your result"),
        ("#cards", "My cards"),
        ("#words", "Word list"),
        ("#about", "About this training"),
    ]
    assert text(page.cssselect("nav.contents a")[0]) == "Where it starts 1 min"


def test_a_question_a_story_a_card_and_a_list_have_a_screen_to_themselves(page: Element) -> None:
    rooms = [
        screen.get("data-room") for screen in page.cssselect("#start .screen, #questions .screen, #story .screen")
    ]
    assert rooms == [None, "card", None, "question", "question", "story", None]
    for block, room in (("sp-confidence", "question"), ("sp-recommendations", "list")):
        assert page.cssselect(f'.screen[data-room="{room}"] > {block}'), block
    for screen in page.cssselect(".screen[data-room]"):
        assert len([child for child in screen if str(child.tag).startswith("sp-")]) == 1


def recalling(name: str) -> Module:
    """The module for tests, whose first question recalls the module called `name`."""
    before = next(iter(module().blocks(Single)))
    after = before.model_copy(update={"recalls": name})
    pages = tuple(
        page.model_copy(update={"blocks": tuple(after if block is before else block for block in page.blocks)})
        for page in module().pages
    )
    return module().model_copy(update={"pages": pages})


def test_a_question_says_which_module_it_recalls() -> None:
    found = one(document(course_of(recalling("every-block"))), ".question form > .recalls")
    assert text(found) == f"From “{module().title}”"


def test_a_module_that_has_no_title_to_read_cannot_be_recalled(tmp_path: Path) -> None:
    (tmp_path / "module.yaml").write_text("id: broken\n", encoding="utf-8")
    modules = {**library().modules, "broken": tmp_path}
    with pytest.raises(ContentError, match="LNK-01: `broken` has no title that can be read"):
        course_of(recalling("broken"), None, replace(library(), modules=modules))


@pytest.mark.parametrize(
    ("objectives", "pairs"),
    [
        ([], {}),
        ([None], {}),
        ([None, None], {"s1": "s0"}),
        (["a", None, None], {"s2": "s0"}),
        (["a", "b"], {}),
        (["a", "a"], {"s1": "s0"}),
        (["a", "b", "b", "a"], {"s3": "s0", "s2": "s1"}),
        ([None, "a", "a"], {"s2": "s1"}),
        (["a", "b", "a", None], {"s2": "s0", "s3": "s0"}),
    ],
)
def test_a_scale_that_asks_again_looks_back_to_the_first(objectives: list[str | None], pairs: dict[str, str]) -> None:
    fields: list[dict[str, Any]] = [{"id": f"s{number}", "objective": each} for number, each in enumerate(objectives)]
    assert asked_before([Confidence.model_construct(**each) for each in fields]) == pairs


def test_no_id_is_given_twice(page: Element) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for attribute in ("for", "aria-labelledby", "aria-controls", "aria-describedby"):
        assert set(page.xpath(f"//@{attribute}")) <= set(ids)


def test_headings_go_down_one_step_at_a_time(page: Element) -> None:
    assert len(page.cssselect("h1")) == 1
    for section in page.cssselect("main > section.page"):
        levels = [int(heading.tag[1]) for heading in section.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")]
        assert levels[0] == 2
        assert all(level <= before + 1 and level > 2 for before, level in pairwise(levels))


def test_every_kind_of_block_is_on_the_page() -> None:
    """The library for tests has one of everything, so what follows here sees every template."""
    assert {block.type for page in module().pages for block in page.blocks} == set(KINDS)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who-first", ["The number in the plan, at once"]),
        ("what-helps", ["Listening", "Sitting down"]),
        ("say-no", ["False"]),
        ("the-steps", ["Look", "Call", "Write"]),
        ("my-role", ["My role", "Listen", "Report", "Not my role", "Give an injection"]),
        (
            "who-does-what",
            ["Nurse", "Gives the injection", "Office", "Plans your visits", "You", "Notice and report"],
        ),
        ("what-to-notice", ["New pain", "New confusion"]),
    ],
)
def test_the_answer_is_there_without_scripts(page: Element, question: str, answer: list[str]) -> None:
    details = one(page, f"#{question} > details.answer")
    why = next(block.rationale for block in module().questions() if block.id == question)
    found = [text(each) for each in details.xpath("./p|./ul/li|./ol/li|./dl/*")]
    assert found == [*answer, f"Why: {why}"]
    assert details.get("open") is None
    assert text(one(details, "summary")) == "See the answer and why"


def test_what_scripts_have_to_bring_is_hidden_without_them(page: Element) -> None:
    for selector in (
        "button.turn",
        "button.next",
        "button.back",
        ".to-contents",
        ".past",
        ".close",
        "sp-skip",
        ".rest",
        ".scenario-bar",
        ".feedback",
        ".why",
    ):
        found = page.cssselect(selector)
        assert found
        assert all(element.get("hidden") is not None for element in found), selector


def test_what_stands_below_each_thing_to_fill_in_is_sent_once(page: Element) -> None:
    assert len(page.cssselect("textarea")) > 2
    for name in ("print", "save", "clear"):
        assert len(page.cssselect(f".tools .{name}")) == 1


def test_a_story_can_be_read_without_scripts(page: Element) -> None:
    story = one(page, "sp-scenario")
    ends = ["How it ends", "How it ends"]
    assert [text(heading) for heading in story.cssselect("h4")] == ["Scene 1", "Scene 2", *ends]
    assert [text(each) for each in story.cssselect(".leads")] == [
        "Then go to: Scene 2",
        "Then go to: How it ends",
        "Then go to: How it ends",
    ]
    assert [element.get("hidden") for element in story.cssselect(".situation, .ending, .outcome")] == [None] * 9


def test_a_story_shows_its_scene_who_speaks_and_what_follows(page: Element) -> None:
    story = one(page, "sp-scenario")
    assert one(story, ".scene img").get("alt") == "A dot on the wall"
    assert [text(each) for each in story.cssselect(".bubble")] == [
        "The nurse: “Put this on tonight.”",
        "Mr Reed: “Ouch.”",
    ]
    assert [text(each) for each in story.cssselect('[data-rating="unsafe"] .outcome > p')] == [
        "You open the packet, and nothing in it looks like yours.",
        "Mr Reed: “Ouch.”",
        "Not safe: look again. Nobody has taught you how. Call the office first.",
    ]


def test_a_form_field_has_its_label(page: Element) -> None:
    for field in page.cssselect("input, textarea"):
        labels = field.xpath("ancestor::label") or page.xpath("//label[@for=$id]", id=field.get("id") or "")
        assert [text(label) for label in labels] != [""]
        assert len(labels) == 1


def test_only_questions_say_what_is_right(page: Element) -> None:
    assert {element.get("id"): element.get("data-correct") for element in page.xpath("//*[@data-correct]")} == {
        "who-first": "b",
        "what-helps": "ac",
        "say-no": "f",
        "the-steps": "abc",
        "my-role": "aab",
        "who-does-what": "abc",
        "what-to-notice": "ac",
    }
    assert page.xpath("//*[@data-critical]/@id") == ["who-first"]


def test_a_table_and_its_place_to_scroll(page: Element) -> None:
    table = one(page, "#start .prose .table[tabindex='0'] > table")
    assert [text(cell) for cell in table.cssselect("th, td")] == ["What", "Who", "Pain", "The nurse"]


def test_a_column_is_aligned_without_a_style_of_its_own() -> None:
    words = "| a | b | c | d |\n| --- | :-- | :-: | --: |\n| 1 | 2 | 3 | 4 |"
    cells = document(with_text(words)).cssselect("#start .prose th, #start .prose td")
    assert [dict(cell.attrib) for cell in cells] == [
        {},
        {"class": "left"},
        {"class": "center"},
        {"class": "right"},
    ] * 2


# What is filled in


def test_contacts_and_local_details_in_a_sentence(page: Element) -> None:
    sentence = one(page, "#start .prose > p")
    assert text(sentence) == "Hello. If you need help, call 999 or 01632 960 100."
    assert [(link.get("href"), text(link)) for link in sentence.cssselect("a.tel")] == [
        ("tel:999", "999"),
        ("tel:01632960100", "01632 960 100"),
    ]
    assert text(one(page, "#the-end .pause > p")) == "How are you? Talk to Sam in the office."


def test_what_a_provider_has_not_filled_says_what_to_ask_for() -> None:
    page = document(course_of(module(), Provider.model_validate({"id": "empty", "name": "Empty", "local": {}})))
    assert text(one(page, "#start .prose > p")).endswith("call 999 or [ask your manager: Office phone].")
    assert text(one(page, "#the-end .local dd")) == "Ask your manager for this and write it here: ______"
    assert text(page.cssselect(".help li")[0]) == "Office phone: [ask your manager: Office phone]"
    assert page.xpath("//a[@href='tel:']") == []


HELP = ("tel:999", "999 Emergency services")  # what stands first in the help


def dialling(course: Course) -> set[tuple[str, str]]:
    """Where the links of the page lead that a phone calls or writes to, with their words."""
    links = document(course).xpath("//a[starts-with(@href, 'tel:') or starts-with(@href, 'sms:')]")
    return {(link.get("href"), text(link)) for link in links}


@pytest.mark.parametrize(
    ("office", "someone", "links"),
    [
        ("+44 (0)1632 960101", "Sam", {("tel:+441632960101", "+44 (0)1632 960101")}),
        ("116 123", "Sam", {("tel:116123", "116 123")}),
        ("01632 960102 (24 hours)", "shelf 1632 960 105", {("tel:01632960102", "01632 960102")}),
        ("Ask Sam", "Ada on 01632 960 104 24 hours a day", {("tel:01632960104", "01632 960 104")}),
        ("01632 9601", "Sam on 01632 96010", set()),
    ],
)
def test_a_local_detail_is_a_link_where_it_can_be_called(
    office: str, someone: str, links: set[tuple[str, str]]
) -> None:
    local = {"office_phone": office, "debrief_contact": someone}
    made = course_of(module(), Provider.model_validate({"id": "one", "name": "One", "local": local}))
    listed = {HELP, ("tel:999", "999"), ("tel:01632960700", "01632 960 700")}
    assert dialling(made) - listed == links


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ({"phone": "+44 01632 960 700"}, {("tel:+441632960700", "+44 01632 960 700")}),
        ({"phone": "01632 960"}, set()),
        ({"phone": None, "text_number": "85258"}, {("sms:85258", "Text to 85258")}),
        ({"phone": None, "text_number": "12345"}, set()),
    ],
)
def test_a_contact_is_a_link_where_it_can_be_reached(fields: dict[str, str], links: set[tuple[str, str]]) -> None:
    made = course_of(module())
    listeners = made.contacts["listeners"].model_copy(update={**fields, "in_text": "Them"})
    made = replace(with_text("{contact:listeners}"), contacts={**made.contacts, "listeners": listeners})
    assert dialling(made) - {HELP, ("tel:999", "999"), ("tel:01632960100", "01632 960 100")} == {
        *links,
        *((href, "Them") for href, _ in links),
    }


def test_the_page_carries_the_words_of_its_script(every_block: dict[str, Built]) -> None:
    words = course_of(module()).words
    for built in every_block.values():
        entry = read_zip(built.path).find("index.html")
        assert entry is not None
        carried = one(html.document_fromstring(entry.data), "template.words")
        assert [word.text for word in carried] == [words[name] for name in player_words()]


def test_no_reader_waits_for_indentation(every_block: dict[str, Built]) -> None:
    package = read_zip(every_block["scorm12"].path)
    for name in ("index.html", "facilitator.html"):
        entry = package.find(name)
        assert entry is not None
        assert re.findall(r"\n[ \t\n]", entry.data.decode()) == []


def test_no_placeholder_is_left(every_block: dict[str, Built], sample: dict[tuple[str, str, str], Built]) -> None:
    for built in [*every_block.values(), *sample.values()]:
        entry = read_zip(built.path).find("index.html")
        assert entry is not None
        carried = html.document_fromstring(entry.data)
        one(carried, "template.words").drop_tree()  # the player fills in these
        assert re.findall(r"\{\w+(?::\w+)?\}|\{\{|\}\}|\{%", html.tostring(carried, encoding="unicode")) == []


def with_text(words: str) -> Course:
    """The course with these words as the first prose of its first page."""
    first = module().pages[0]
    prose = Prose(text=Markdown(words))
    page = first.model_copy(update={"blocks": (prose, *first.blocks[1:])})
    return replace(course_of(module()), module=module().model_copy(update={"pages": (page, *module().pages[1:])}))


def test_a_title_stays_with_its_name_and_a_time_with_its_half_of_the_day() -> None:
    made = course_of(module())
    first, *others = made.module.pages
    first = first.model_copy(update={"title": "Mr Doyle, 8 a.m."})
    made = replace(made, module=made.module.model_copy(update={"title": "Ask Dr Lane", "pages": (first, *others)}))
    page = document(made)
    assert one(page, "#start h2").text == "Mr\u00a0Doyle, 8\u00a0a.m."
    assert page.cssselect("nav.contents .name")[0].text == "Mr\u00a0Doyle, 8\u00a0a.m."
    assert one(page, "h1").text == "Ask Dr\u00a0Lane"
    assert one(page, "sp-course").get("data-title") == "Ask Dr Lane"


def test_a_placeholder_in_the_title_of_a_link_is_words_only() -> None:
    page = document(
        with_text('[us](https://example.org "{local:office_phone} & {contact:listeners}") {contact:emergency}')
    )
    link, phone = one(page, "#start .prose").cssselect("a")
    assert dict(link.attrib) == {
        "target": "_blank",
        "rel": "noreferrer",
        "href": "https://example.org",
        "title": "01632 960 100 & The Listeners, 01632 960 700",
    }
    assert (phone.get("href"), text(one(page, "#start .prose"))) == ("tel:999", "us 999")


# Nothing that could run

HOSTILE = "<script>alert(1)</script> & \"quotes\" 'x' {{ 7*7 }} {% raw %} <img src=x onerror=alert(1)> &lt;b&gt;"


NAMES = {
    "type",
    "id",
    "next",
    "src",
    "notice",
    "objective",
    "url",
    "phone",
    "version",
    "language",
    "rating",
    "origin",
}
NAMES |= {
    "store",
    "skip",
    "colour",
    "logo",
    "kind",
    "contacts",
    "local",
    "slots",
    "text_number",
    "answer",
    "critical",
    "marks",
    "captions",
    "poster",
    "picture",
    "card",
    "uses",
    "happens",
}


def poisoned(value: object, field: str = "") -> object:
    """The same data with every free text replaced."""
    if isinstance(value, dict):
        return {key: poisoned(inner, key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(poisoned(inner, field) for inner in value)
    return HOSTILE if isinstance(value, str) and field not in NAMES else value


def voices(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Those who speak in a story."""
    situations = block.get("situations", ())
    speaking = [*situations, *(choice for each in situations for choice in each["choices"])]
    return [each["says"] for each in speaking if each["says"]]


def hostile_course() -> Course:
    """Every text that a model lets an author, a provider or a library write, with the worst in it."""
    pages = [poisoned(page.model_dump()) for page in module().pages]
    title = HOSTILE[:70]
    for each in pages:
        assert isinstance(each, dict)
        each["title"] = title
        for block in each["blocks"]:
            if "title" in block:
                block["title"] = title
            for group in block.get("groups", ()):
                group["name"] = HOSTILE[:60]
            for speaker in block.get("speakers", ()):
                speaker["role"] = HOSTILE[:80]
            for slide in block.get("slides", ()):
                slide["title"] = title
            for voice in voices(block):
                voice["who"] = title
            for number, pair in enumerate(block.get("pairs", ())):
                pair["match"] = f"{HOSTILE} {number}"  # no two may be the same
            if block["type"] == "action_plan":
                block["rows"] = [title for _ in block["rows"]]
                block["columns"] = [title for _ in block["columns"]]
    data = module().model_dump()
    guide = poisoned(data["facilitator_guide"])
    assert isinstance(guide, dict)
    guide["deck"]["title"] = title
    for slide in guide["deck"]["slides"]:
        slide["title"] = title
    for each in guide["if_this_happens"]:
        each["happens"] = HOSTILE[:120]
    bad = Module.model_validate(
        {
            **data,
            "title": title,
            "summary": HOSTILE,
            "key_messages": [HOSTILE],
            "objectives": [{"id": "do-it", "text": HOSTILE}],
            "time_policy": {"rule": "optional", "sentence": HOSTILE},
            "reviewers": [{"name": HOSTILE, "role": HOSTILE, "date": "2026-01-31"}],
            "pages": pages,
            "facilitator_guide": guide,
        }
    )
    settings = library().settings
    notices = dict.fromkeys(settings.notices, HOSTILE + " {local:debrief_contact}")
    slots = {name: {**slot.model_dump(), "label": HOSTILE[:60]} for name, slot in settings.slots.items()}
    worse = Settings.model_validate({**settings.model_dump(), "title": HOSTILE, "notices": notices, "slots": slots})
    contacts = {
        name: Contact.model_validate(
            {
                **contact.model_dump(),
                "name": HOSTILE[:80],
                "for_whom": HOSTILE,
                "hours": HOSTILE,
                "phone_note": HOSTILE,
                "text_number": "85258",
                "text_message": HOSTILE,
                "in_text": HOSTILE,
                "url": "https://example.org/a",
            }
        )
        for name, contact in library().contacts.items()
    }
    provider = Provider.model_validate(
        {
            "id": "bad",
            "name": HOSTILE[:60],
            "welcome": HOSTILE,
            "local": {"office_phone": HOSTILE, "debrief_contact": HOSTILE},
        }
    )
    worst = replace(
        library(),
        settings=worse,
        contacts=contacts,
        glossary={"word": Term.model_validate({"id": "word", "term": "script", "short": HOSTILE, "say": HOSTILE})},
        frameworks={
            name: framework.model_copy(update={"title": HOSTILE, "items": (FrameworkItem(id="1", title=HOSTILE),)})
            for name, framework in library().frameworks.items()
        },
        recommendations={
            name: Recommendation.model_validate(
                {
                    **found.model_dump(),
                    "statement": HOSTILE,
                    "rationale": HOSTILE,
                    "measures": [{"id": "m", "text": HOSTILE, "evidence_kind": "policy"}],
                }
            )
            for name, found in library().recommendations.items()
        },
    )
    return replace(course_of(module(), provider, worst), module=bad)


def test_hostile_text_stays_text() -> None:
    course = hostile_course()
    entries = {entry.path: entry.data for entry in plain_entries(render(course).files())}
    page = html.document_fromstring(entries["index.html"])
    assert [(script.get("src"), script.text) for script in page.cssselect("script")] == [("course.js", None)]
    assert [image.get("src") for image in page.cssselect("img")] == ["media/dot.png.1.webp"] * 3
    assert page.cssselect("style, iframe, object, embed, base, b") == []
    assert [name for element in page.iter(etree.Element) for name in element.attrib if name.startswith("on")] == []
    assert b"49 }}" not in entries["index.html"]
    assert entries["index.html"].count(b"{{ 7*7 }}") > 50
    assert text(one(page, "h1")) == text(one(page, "title")) == HOSTILE[:70].strip()


def test_hostile_text_stays_text_in_the_guide_for_a_group() -> None:
    (entry,) = (
        entry for entry in plain_entries(render(hostile_course()).files()) if entry.path == "facilitator.html"
    )
    page = html.document_fromstring(entry.data)
    assert [image.get("src") for image in page.cssselect("img")] == ["media/dot.png.1.webp"]
    assert page.cssselect("script, style, iframe, object, embed, base, b") == []
    assert [name for element in page.iter(etree.Element) for name in element.attrib if name.startswith("on")] == []
    assert b"49 }}" not in entry.data
    assert_shown(
        page,
        "title",
        ".provider",
        ".title",
        "main > p",
        "main > ul > li",
        ".plan > li > p",
        ".plan li li",
        "dt",
        "dd",
        ".slide h4",
        ".slide li",
        ".slide-notes p",
        ".card h3",
        ".card-back li",
    )


def assert_shown(page: Element, *selectors: str) -> None:
    """Each of these is there, and each says the hostile words."""
    for selector in selectors:
        for element in page.cssselect(selector):
            assert "<script>alert(1)</script>" in text(element), selector
        assert page.cssselect(selector), selector


def test_every_hostile_text_is_shown() -> None:
    """So the test above did reach every text."""
    page = document(hostile_course())
    assert_shown(
        page,
        ".provider",
        "h1",
        "nav.contents li:first-child",
        ".help-inside li",
        ".welcome",
        "#start h2",
        "#start .prose",
        "#start .notice",
        ".card h3",
        ".card-front",
        ".card-back li",
        ".avoid",
        "figcaption",
        "main legend",
        "sp-single .option .label",
        ".option .feedback",
        ".why",
        "details.answer",
        ".if-wrong",
        ".steps .label",
        ".item legend",
        ".item .name",
        ".telling",
        ".situation .bubble",
        ".choice",
        ".follows",
        ".worth",
        ".ending p",
        "sp-reflection h3",
        "sp-match .item legend",
        "sp-match .item .name",
        "sp-confidence legend",
        "sp-checklist h3",
        "sp-checklist li .label",
        "sp-action-plan h3",
        ".plan-row > .label",
        ".plan-row legend",
        ".plan-row label .label",
        ".media figcaption strong",
        ".transcript p",
        ".recommendations > p:first-of-type",
        ".recommendation summary",
        ".recommendation details p:first-of-type",
        ".recommendation li",
        ".slide h4",
        ".slide li",
        ".slide .card-question",
        ".slide-notes p",
        "#words dt .quiet",
        "#words dd",
        "#about > p:nth-of-type(-n+2)",
        "#about li",
        ".certificate-provider",
        ".certificate-title",
        ".key-messages li",
        ".local dt",
        ".local dd",
        ".pause p",
        ".pause li",
        ".signpost li strong",
        ".signpost .quiet",
    )
    assert [image.get("alt") for image in page.cssselect("img")] == [HOSTILE] * 3
    assert {media.get("aria-label") for media in page.cssselect("audio, video")} == {HOSTILE[:70].strip()}
    assert {element.get("data-prompt") for element in page.xpath("//*[@data-prompt]")} == {
        HOSTILE.replace("&lt;", "<").replace("&gt;", ">")
    }


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    st.text(
        st.sampled_from("<>&\"'`*_[]()!{}:/ab \n#|-\\") | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1
    )
)
def test_any_prose_becomes_harmless_html(words: str) -> None:
    page = document(with_text(words.strip() or "x"))
    found = {element.tag for element in one(page, "#start .prose").iter(etree.Element)}
    assert found <= {
        *("div", "p", "em", "strong", "code", "pre", "a", "ul", "ol", "li", "blockquote", "hr", "br"),
        *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
    }
    assert all(
        not href.lower().startswith(("javascript:", "data:"))
        for href in one(page, "#start .prose").xpath(".//a/@href")
    )


# The page's own policy


def test_the_page_allows_only_its_own_files(page: Element) -> None:
    policy = one(page, "meta[http-equiv='Content-Security-Policy']").get("content")
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_no_script_or_style_in_the_page(page: Element) -> None:
    assert page.cssselect("style, [style]") == []
    assert [script.get("src") for script in page.cssselect("script")] == ["course.js"]
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []


def test_links_stay_in_the_package_but_for_those_to_follow(every_block: dict[str, Built]) -> None:
    package = read_zip(every_block["web"].path)
    paths = {entry.path for entry in package.entries}
    entry = package.find("index.html")
    assert entry is not None
    page = html.document_fromstring(entry.data)
    ids = set(page.xpath("//@id"))
    for element, attribute, link, _ in page.iterlinks():
        if element.tag == "a":
            inside = (link[0] == "#" and link[1:] in ids) or link == "facilitator.html"
            assert inside or link.startswith(("tel:", "sms:", "https://")), link
        elif link != "data:,":
            assert link in paths, (element.tag, attribute, link)


def test_language_title_and_facts_for_the_player(page: Element) -> None:
    assert page.get("lang") == "en-GB"
    assert text(one(page, "title")) == module().title
    assert dict(one(page, "sp-course").attrib) == {
        "data-module": "every-block",
        "data-version": "1.2.3",
        "data-provider": "full",
        "data-title": module().title,
        "data-language": "en-GB",
        "data-activity": f"{library().settings.authority}/modules/every-block",
        "data-pass-mark": "80",
        "data-attempts": "0",
        "data-provider-name": "Full Homecare",
        "data-passed-status": "passed",
        "data-completed-when": "passed",
        "data-exit": "suspend",
    }
    practised = page.cssselect("#about [data-objective]")
    assert [(each.get("data-objective"), each.text) for each in practised] == [("do-it", "Do it")]


def test_two_courses_are_rendered_alike() -> None:
    assert render(course_of(module())) == render(course_of(module()))


def test_a_placeholder_inside_a_link_is_words_only() -> None:
    page = document(with_text("[ring {contact:emergency}](https://example.org)"))
    link = one(page, "#start .prose a")
    assert (link.text_content(), link.get("href")) == ("ring 999", "https://example.org")
