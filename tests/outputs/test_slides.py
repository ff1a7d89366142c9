"""Slides: real titles, lists, notes and alternatives, in colours that can be read, and a file that is whole."""

from __future__ import annotations

import io
import math
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import small_library
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from paths import SAMPLE
from PIL import Image
from pptx import Presentation
from printed import course_of

from scormpack.blocks import Card, Deck
from scormpack.cache import NOTHING, Cache
from scormpack.content.load import load_library, load_modules
from scormpack.content.module import Module
from scormpack.course.model import Course
from scormpack.course.resolve import resolve
from scormpack.course.words import Words
from scormpack.diagnostics import ContentError
from scormpack.outputs import OUTPUTS
from scormpack.outputs.output import USUAL
from scormpack.render.brand import contrast

MODULES = sorted(file.parent.parent.name for file in SAMPLE.glob("*/decks/*.yaml"))
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
DECK = """
```deck
id: a-deck
title: A deck
slides:
{slides}
```
"""
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {}"><path id="a" d="M0 0h9v9z"/><use href="#a" x="9"/></svg>
"""


def library(folder: Path, *slides: str, files: Mapping[str, bytes] = MappingProxyType({})) -> Course:
    """A course with these slides, each as YAML on one line, in a deck on its page; and these files in media/."""
    small_library.write(folder)
    text = DECK.format(slides="\n".join(f"  - {{{slide}}}" for slide in slides))
    page = f"# Only a page\n\nTalk to {{local:debrief_contact}}.\n{text}"
    (folder / "first" / "pages" / "only.md").write_text(page, encoding="utf-8")
    (folder / "media").mkdir()
    for name, data in files.items():
        (folder / "media" / name).write_bytes(data)
    return course_of("first", "oak", folder)


def deck_of(course: Course) -> Deck:
    guide = course.module.facilitator_guide
    assert guide is not None
    assert guide.deck is not None
    return guide.deck


def made(course: Course) -> bytes:
    found = OUTPUTS["slides"].make(course, USUAL, NOTHING)
    assert found is not None
    assert found.findings == ()
    return found.data


def opened(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def xml(text: bytes) -> Any:
    return etree.fromstring(text)


def titles(data: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in opened(data).slides]


def body(slide: Any) -> list[str]:
    return [each.text for each in slide.placeholders[1].text_frame.paragraphs]


def notes(slide: Any) -> list[str]:
    return [each.text for each in slide.notes_slide.notes_text_frame.paragraphs]


def files_in(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def sample() -> dict[str, tuple[Course, bytes]]:
    library = load_library(SAMPLE)
    provider = library.providers.read("willow-lane")
    modules = [each for each in load_modules(library, MODULES) if isinstance(each, Module)]
    courses = [resolve(module, provider, library) for module in modules]
    return {course.module.id: (course, made(course)) for course in courses}


def test_every_module_of_the_library_has_its_slides(sample: dict[str, tuple[Course, bytes]]) -> None:
    assert len(sample) == 18
    for name, (course, data) in sample.items():
        deck = deck_of(course)
        expected = [deck.title, *(slide.title for slide in deck.slides)]
        is_once = expected[0] == expected[1]
        assert titles(data) == expected[is_once:], name


def test_each_slide_says_to_the_speaker_what_the_guide_says(sample: dict[str, tuple[Course, bytes]]) -> None:
    _, data = sample["your-role"]
    first, welcome, what, *_ = opened(data).slides
    assert notes(first)[0] == "9 slides, 30 minutes"
    assert "Ground rules" in notes(first)
    assert "• We talk about tasks, not about who got one wrong." in notes(first)
    assert notes(welcome)[0] == "Notes for you (2 min)"
    assert notes(what)[1].startswith("Say that it is for people who are likely to die within about a year")
    assert body(what) == ["For any illness", "Days, weeks or months", "Living well, too"]


def test_a_slide_of_a_card_shows_its_question_and_has_its_back_in_the_notes(
    sample: dict[str, tuple[Course, bytes]],
) -> None:
    course, data = sample["your-role"]
    slide = opened(data).slides[6]
    card = course.module.block("asked-new-task")
    assert isinstance(card, Card)
    assert slide.slide_layout.name == "Title and question"
    assert body(slide) == [card.front]
    assert notes(slide)[2] == "What to do"
    assert notes(slide)[3].startswith("1. ")
    assert [line.split(":")[0] for line in notes(slide)[-3:]] == ["Do not", "Call", "Write down"]


def test_local_details_are_filled_in_and_what_is_missing_has_a_line(tmp_path: Path) -> None:
    course = library(tmp_path, 'title: Who, points: ["{local:debrief_contact}", We], notes: Wait., minutes: 1')
    assert body(opened(made(course)).slides[1]) == ["[ask your manager: Someone to talk to] ____________", "We"]


def test_a_screen_reader_meets_the_title_first_and_the_number_last(sample: dict[str, tuple[Course, bytes]]) -> None:
    for name, (_, data) in sample.items():
        for number, slide in enumerate(opened(data).slides):
            kinds = [str(each.placeholder_format.type).split(" ")[0] for each in slide.placeholders]
            order = [shape.name for shape in slide.shapes]
            assert order[0].startswith("Title"), (name, order)
            assert kinds[0] == ("TITLE" if number else "CENTER_TITLE"), name
            assert not number or [shape.name for shape in slide.shapes][-2:] == ["Footer", "Slide number"], name
            assert all(shape.text_frame.text.strip() for shape in slide.placeholders if shape.has_text_frame), name


def test_the_foot_names_the_module_its_version_its_licence_and_the_provider(
    sample: dict[str, tuple[Course, bytes]],
) -> None:
    _, data = sample["your-role"]
    foot = opened(data).slides[1].shapes[-2]
    expected = "Your role when someone is dying at home · version 1.0.0 · CC-BY-4.0 · Willow Lane Homecare"
    assert foot.text_frame.text == expected


def test_every_run_says_its_language(sample: dict[str, tuple[Course, bytes]]) -> None:
    for _, data in sample.values():
        for name, text in files_in(data).items():
            if re.match(r"ppt/(slides|notesSlides)/\w+\.xml", name):
                for run in xml(text).iter(f"{A}r", f"{A}fld"):
                    marks = run.find(f"{A}rPr")
                    assert marks is not None, name
                    assert marks.get("lang") == "en-GB", name


def pictures(data: bytes) -> Iterator[Any]:
    for slide in opened(data).slides:
        yield from (shape for shape in slide.shapes if hasattr(shape, "image"))


def test_pictures_say_what_they_show_and_the_logo_is_decoration(sample: dict[str, tuple[Course, bytes]]) -> None:
    course, data = sample["catheters-bowels-skin"]
    logo, picture = pictures(data)
    (slide,) = (each for each in deck_of(course).slides if each.picture)
    assert picture.is_placeholder
    assert [each._element.nvPicPr.cNvPr.get("descr") for each in (logo, picture)] == ["", slide.alt]
    assert [len(list(each._element.iter(DECORATIVE))) for each in (logo, picture)] == [1, 0]


def test_a_drawing_is_there_as_it_was_drawn_and_for_programs_that_cannot(
    sample: dict[str, tuple[Course, bytes]],
) -> None:
    _, data = sample["catheters-bowels-skin"]
    for each in pictures(data):
        (blip,) = each._element.iter(SVG_BLIP)
        drawing = each.part.related_part(blip.get(f"{R}embed"))
        assert drawing.content_type == "image/svg+xml"
        root = xml(drawing.blob)
        assert root.get("width")
        assert not [element for element in root.iter() if "href" in element.attrib]  # Office reads xlink:href
        assert each.image.content_type == "image/png"


def photo(kind: str, size: tuple[int, int], colour: str) -> bytes:
    out = io.BytesIO()
    noise = Image.merge("RGB", [Image.effect_noise(size, 90) for _ in "RGB"])
    image = noise if colour == "noise" else Image.new("RGBA", size, colour)
    image.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "ending"),
    [
        ("wide.jpg", photo("JPEG", (900, 300), "noise"), "jpg"),
        ("tall.png", photo("PNG", (120, 700), "#ff000080"), "png"),
        ("wide.svg", DRAWING.format("640 100").encode(), "png"),
        ("tall.svg", DRAWING.format("10 9000").encode(), "png"),
    ],
)
def test_a_picture_is_whole_and_keeps_its_shape(name: str, data: bytes, ending: str, tmp_path: Path) -> None:
    slide = f"title: Look, picture: {name}, alt: A thing, notes: Wait., minutes: 1"
    deck = opened(made(library(tmp_path, slide, files={name: data})))
    (picture,) = (shape for shape in deck.slides[1].shapes if hasattr(shape, "image"))
    width, height = picture.image.size
    assert picture.image.ext == ending
    assert (picture.crop_left, picture.crop_right, picture.crop_top, picture.crop_bottom) == (0, 0, 0, 0)
    assert picture.width / picture.height == pytest.approx(width / height, rel=0.01)
    layout = deck.slides[1].slide_layout.placeholders[1]
    assert layout.left <= picture.left
    assert picture.left + picture.width <= layout.left + layout.width
    assert layout.top <= picture.top
    assert picture.top + picture.height <= layout.top + layout.height


def test_a_drawing_that_nobody_can_draw_is_a_finding(tmp_path: Path) -> None:
    nothing = b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>'
    course = library(
        tmp_path, "title: L, picture: n.svg, alt: A thing, notes: Wait., minutes: 1", files={"n.svg": nothing}
    )
    with pytest.raises(ContentError) as caught:
        made(course)
    assert [(each.code, each.place.path.endswith("media/n.svg")) for each in caught.value.diagnostics] == [
        ("FRM-11", True)
    ]


def colours(data: bytes) -> dict[str, str]:
    theme = xml(files_in(data)["ppt/theme/theme1.xml"])
    scheme = theme.find(f".//{A}clrScheme")
    return {etree.QName(each).localname: f"#{each[0].get('val')}" for each in scheme}


@given(st.from_regex(r"#[0-9A-F]{6}", fullmatch=True))
@example("#FFFFFF")
@example("#000000")
@example("#FFFF00")
@example("#808080")
def test_whatever_the_colour_text_can_be_read(small: Course, colour: str) -> None:
    provider = small.provider.model_copy(update={"brand": small.provider.brand.model_copy(update={"colour": colour})})
    found = colours(made(replace(small, provider=provider)))
    texts = [name for name in found if name not in ("lt1", "lt2")]
    for name in texts:  # on white and on the panels, and white on a band
        assert contrast(found[name], found["lt1"]) >= 4.5, name
        assert contrast(found[name], found["lt2"]) >= 4.5, name


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return library(tmp_path_factory.mktemp("small"), "title: Tea, points: [A, B], notes: Wait., minutes: 1")


def test_every_colour_is_one_of_the_theme(sample: dict[str, tuple[Course, bytes]]) -> None:
    for name, text in files_in(sample["your-role"][1]).items():
        if name.startswith("ppt/slide"):
            assert b"srgbClr" not in text, name


def test_points_that_need_room_get_smaller_letters_before_they_get_another_slide(tmp_path: Path) -> None:
    sizes = []
    for words in (2, 6, 8):
        point = "some words to read " * words
        course = library(tmp_path / str(words), f"title: Much, points: [{point}, {point}], notes: Wait., minutes: 1")
        (slide,) = list(opened(made(course)).slides)[1:]
        found = slide.placeholders[1]._element.find(f".//{A}lvl1pPr/{A}defRPr")
        sizes.append(3600 if found is None else int(found.get("sz")))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 3600
    assert sizes[-1] >= 2400


def test_what_no_slide_holds_goes_on_on_the_next_with_the_same_notes(tmp_path: Path) -> None:
    points = [f"Point {n}: **{'more and more words ' * 15}end**" for n in range(5)]
    course = library(tmp_path, f"title: Much, points: {points}, notes: Wait for it., minutes: 3")
    data = made(course)
    slides = list(opened(data).slides)[1:]
    assert len(slides) > 1
    assert titles(data)[1:] == [f"Much ({n} of {len(slides)})" for n in range(1, len(slides) + 1)]
    assert {tuple(notes(slide)) for slide in slides} == {("Notes for you (3 min)", "Wait for it.")}
    said = " ".join(line for slide in slides for line in body(slide))
    assert said.split() == " ".join(points).replace("**", "").split()


def test_ten_thousand_letters_in_one_word_are_all_there(tmp_path: Path) -> None:
    course = library(tmp_path, f"title: Much, points: [{'x' * 10_000}, b], notes: {'y' * 10_000}, minutes: 3")
    slides = list(opened(made(course)).slides)[1:]
    assert "".join(line for slide in slides for line in body(slide)) == "x" * 10_000 + "b"
    assert notes(slides[0])[1] == "y" * 10_000
    assert all(sum(map(len, body(slide))) < 800 for slide in slides)


def test_the_longest_title_gets_letters_that_fit(tmp_path: Path) -> None:
    course = library(tmp_path, f"title: {'WM' * 35}, points: [A, B], notes: Wait., minutes: 3")
    title = opened(made(course)).slides[1].shapes.title
    size = int(title._element.find(f".//{A}lvl1pPr/{A}defRPr").get("sz")) / 100
    assert math.ceil(70 * size / 828) * size <= 86  # points: letters that are as wide as they are high
    assert title.text_frame.text == "WM" * 35


def test_what_authors_write_is_no_markup(tmp_path: Path) -> None:
    point = "&lt;a:t>&amp;amp; _x0041 $brand ${ink} {0} ]]> שלום مرحبا 🙂 漢字"
    said = point.replace("&lt;", "<").replace("&amp;", "&")
    course = library(tmp_path, f"title: '{said}', points: ['{point}', b], notes: '{point}&#12;!', minutes: 3")
    course = replace(course, provider=course.provider.model_copy(update={"name": "<b> & $x"}))
    data = made(course)
    slide = opened(data).slides[1]
    assert titles(data)[1] == said
    assert body(slide)[0] == said
    assert notes(slide)[1] == f"{said}!"
    assert slide.shapes[-2].text_frame.text.endswith("<b> & $x")


def test_links_lead_where_a_person_can_go(tmp_path: Path) -> None:
    point = "[read](https://example.org/a) [write](mailto:a@example.org) [this](#only)"
    course = library(tmp_path, f"title: Go, points: ['{point}', b], notes: Wait., minutes: 3")
    (runs, _) = (each.runs for each in opened(made(course)).slides[1].placeholders[1].text_frame.paragraphs)
    assert {run.text: run.hyperlink.address for run in runs if run.hyperlink.address} == {
        "read": "https://example.org/a",
        "write": "mailto:a@example.org",
    }


def test_a_language_that_is_written_from_right_to_left(small: Course) -> None:
    course = replace(small, words=Words({**small.words, "direction": "rtl"}))
    files = files_in(made(course))
    assert b'rtl="1"' in files["ppt/presentation.xml"]
    assert b'rtl="0"' not in files["ppt/slideMasters/slideMaster1.xml"]
    assert b'algn="l"' not in files["ppt/slideLayouts/slideLayout1.xml"]


def test_the_file_says_what_it_is(sample: dict[str, tuple[Course, bytes]]) -> None:
    course, data = sample["your-role"]
    about = opened(data).core_properties
    day = datetime.combine(course.module.day or course.module.review_due, datetime.min.time())
    assert (about.title, about.subject) == ("Your role: what is ours to do?", course.module.title)
    assert (about.author, about.last_modified_by) == (course.settings.publisher,) * 2
    assert (about.language, about.version, about.comments) == ("en-GB", "1.0.0", "CC-BY-4.0")
    assert (about.created, about.modified) == (day, day)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {each.date_time[:3] for each in archive.infolist()} == {(day.year, day.month, day.day)}


def test_a_slide_is_as_wide_as_a_screen(sample: dict[str, tuple[Course, bytes]]) -> None:
    deck = opened(sample["your-role"][1])
    assert deck.slide_width * 9 == deck.slide_height * 16
    assert [layout.name for layout in deck.slide_layouts] == [
        "Title",
        "Heading",
        "Title and points",
        "Title and question",
        "Title and picture",
    ]


def test_notes_of_a_card_fit_on_their_page_in_programs_that_read_no_style_of_notes(small: Course) -> None:
    body = opened(made(small)).notes_master.placeholders[1]
    (style,) = body._element.iter(f"{A}defRPr")
    assert style.get("sz") == "1400"


def test_the_same_course_gives_the_same_bytes(small: Course, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    data = made(small)
    assert made(small) == data
    for _ in range(2):
        found = OUTPUTS["slides"].make(small, USUAL, cache)
        assert found is not None
        assert found.data == data


def test_a_module_without_a_deck_has_no_slides(tmp_path: Path) -> None:
    small_library.write(tmp_path)
    assert OUTPUTS["slides"].make(course_of("first", "oak", tmp_path), USUAL, NOTHING) is None


def test_the_file_is_named_after_its_module_and_no_paper(small: Course) -> None:
    assert OUTPUTS["slides"].file(small, USUAL) == "first-1.0.0-slides.pptx"


def test_the_decks_on_pages_follow_that_of_the_guide(sample: dict[str, tuple[Course, bytes]]) -> None:
    course, data = sample["your-role"]
    other = deck_of(sample["part-of-the-team"][0])
    deck = other.model_copy(update={"slides": tuple(slide for slide in other.slides if not slide.card)})
    page, *others = course.module.pages
    pages = (page.model_copy(update={"blocks": (*page.blocks, deck, deck)}), *others)
    both = replace(course, module=course.module.model_copy(update={"pages": pages}))
    assert titles(made(both)) == [*titles(data), deck.title, *(slide.title for slide in deck.slides)]


def test_the_package_is_whole(sample: dict[str, tuple[Course, bytes]]) -> None:
    for name, (_, data) in sample.items():
        files = files_in(data)
        types = xml(files["[Content_Types].xml"])
        known = {each.get("PartName", "").lstrip("/") for each in types} - {""}
        endings = {each.get("Extension") for each in types} - {None}
        led = {"[Content_Types].xml"}
        for path in [path for path in files if path.endswith(".rels")]:
            led.add(path)
            folder = posixpath.dirname(posixpath.dirname(path))
            relations = list(xml(files[path]))
            assert len({each.get("Id") for each in relations}) == len(relations), path
            within = [each for each in relations if each.get("TargetMode") != "External"]
            targets = {posixpath.normpath(posixpath.join("/", folder, each.get("Target"))) for each in within}
            assert {target.lstrip("/") for target in targets} <= set(files), (name, path)
            led |= {target.lstrip("/") for target in targets}
        assert led == set(files), name
        assert known <= set(files), name
        assert all(path in known or path.rpartition(".")[2] in endings for path in files), name
        for path, text in files.items():
            if path.endswith(".xml"):
                ids = [each.get("id") for each in xml(text).iter("{*}cNvPr")]
                assert len(set(ids)) == len(ids), (name, path)
