"""A show as a .pptx: real titles, lists and pictures in the layouts of template/, the same bytes for the same show.

What python-pptx makes is `Any` here: it has types for half of what it does.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from string import Template
from typing import Any, Final

from lxml import etree

from scormpack.course.codes import FRM_11
from scormpack.course.model import Picture
from scormpack.diagnostics import ContentError, Place
from scormpack.outputs.slides.drawn import Drawn, drawn
from scormpack.outputs.slides.fit import GAP, Box, Paragraph
from scormpack.outputs.slides.show import FOOT, PROVIDER, TITLE, Show, Shown
from scormpack.outputs.text import Run
from scormpack.package import Entry, Package, zip_bytes
from scormpack.render.brand import SHADES, readable, shade
from scormpack.source.signs import UNUSABLE

_TEMPLATE: Final = Path(__file__).parent / "template"
_THEME, _OF_NOTES = "ppt/theme/theme1.xml", "ppt/theme/theme2.xml"
_FOOTERS: Final = ("Footer", "Slide number")
_PAPER, _INK = "#ffffff", "#1d2420"
_LOGO: Final = (2_743_200, 731_520)  # the most that a logo takes, in EMU
_RIGHT, _MIDDLE = 11_353_800, 731_520  # where it ends, and its middle
# The drawing that a picture was made from (MS-ODRAWXML 2.26.1.1), and what is decoration (MS-ODRAWXML, `decorative`).
_DRAWING: Final = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{}"/></a:ext></a:extLst>'
)
_DECORATION: Final = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


def written(show: Show) -> bytes:
    """The bytes of the file. Raises ContentError (FRM-11) about a drawing that cannot be drawn."""
    from pptx import Presentation  # which takes long, and few commands need it

    made: Any = Presentation(io.BytesIO(_template(show)))
    _describe(made, show)
    layouts = {layout.name: layout for layout in made.slide_layouts}
    for shown in show.slides:
        _fill(made.slides.add_slide(layouts[shown.layout.name]), shown, show)
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out) as archive:
        entries = [Entry(name, archive.read(name)) for name in archive.namelist()]
    return zip_bytes(Package.of("slides", entries, show.day))


def _template(show: Show) -> bytes:
    """Our own master and its layouts, in the colours of the provider."""
    own = {**_colours(show.colour), **_direction(show.is_rtl), "language": show.language}
    files = [file for file in sorted(_TEMPLATE.rglob("*")) if file.is_file()]
    texts = {file.relative_to(_TEMPLATE).as_posix(): file.read_text(encoding="utf-8") for file in files}
    texts[_OF_NOTES] = texts[_THEME]  # PowerPoint wants one for each master
    entries = [Entry(name, Template(text).substitute(own).encode()) for name, text in texts.items()]
    return zip_bytes(Package.of("template", entries))


def _colours(colour: str) -> dict[str, str]:
    """What the template names: text can be read on every ground that it has, whatever the provider's colour is."""
    tint = shade(colour, *SHADES["light"]["tint"])
    deep = readable(shade(colour, *SHADES["light"]["deep"]), _PAPER, tint)
    found = {"paper": _PAPER, "ink": _INK, "tint": tint, "deep": deep, "brand": readable(colour, _PAPER, tint)}
    return {name: value[1:].upper() for name, value in found.items()}


def _direction(is_rtl: bool) -> dict[str, str]:
    return {"rtl": "1", "start": "r", "end": "l"} if is_rtl else {"rtl": "0", "start": "l", "end": "r"}


def _describe(made: Any, show: Show) -> None:
    """What the file says of itself; its day is that of the version."""
    about, day = made.core_properties, datetime.datetime.combine(show.day, datetime.time())
    about.title, about.subject, about.author = (_cut(each) for each in (show.title, show.subject, show.author))
    about.language, about.version, about.comments = show.language, show.version, _cut(show.licence)
    about.last_modified_by, about.revision = about.author, 1
    about.created = about.modified = day


def _cut(text: str) -> str:
    """As much as python-pptx takes for a property."""
    return UNUSABLE.sub("", text)[:255]


def _fill(slide: Any, shown: Shown, show: Show) -> None:
    _words(slide.shapes.title, shown.layout.title, shown.title, show)
    if shown.layout is TITLE:
        _provider(slide, show)
    if shown.body:
        body = slide.placeholders[1]
        _size(body, shown.size, shown.layout.body)
        _write(body.text_frame, shown.body, show)
    if shown.picture:
        _picture(slide, shown.picture, shown.alt)
    _foot(slide, show)
    _write(slide.notes_slide.notes_text_frame, shown.notes, show)


def _provider(slide: Any, show: Show) -> None:
    _words(slide.placeholders[13], PROVIDER, show.provider, show)
    if show.logo:  # the name stands beside it
        image = _drawn(show.logo)
        width, height = _within(image, *_LOGO)
        left = 12_192_000 - _RIGHT if show.is_rtl else _RIGHT - width
        made = slide.shapes.add_picture(io.BytesIO(image.data), left, _MIDDLE - height // 2, width, height)
        made.name = "Logo"
        _describe_picture(made, "", image)


def _picture(slide: Any, picture: Picture, alt: str) -> None:
    """The whole picture, as large as its place allows, in the middle of it."""
    place, image = slide.placeholders[1], _drawn(picture)
    left, top, most_wide, most_high = place.left, place.top, place.width, place.height
    made = place.insert_picture(io.BytesIO(image.data))
    made.crop_left = made.crop_right = made.crop_top = made.crop_bottom = 0
    width, height = _within(image, most_wide, most_high)
    made.left, made.top = left + (most_wide - width) // 2, top + (most_high - height) // 2
    made.width, made.height = width, height
    _describe_picture(made, alt, image)


def _within(image: Drawn, wide: int, high: int) -> tuple[int, int]:
    """How wide and how high a picture is that fills its place and keeps its shape."""
    scale = min(wide / image.width, high / image.height)
    return max(int(image.width * scale), 1), max(int(image.height * scale), 1)


def _drawn(picture: Picture) -> Drawn:
    try:
        return drawn(picture)
    except ValueError as error:
        place = Place(picture.file.as_posix(), outside=True)
        raise ContentError([FRM_11.finding(f"cannot be drawn: {error}", place)]) from None


def _describe_picture(made: Any, alt: str, image: Drawn) -> None:
    """What the picture shows, or that it is decoration; and its drawing for programs that can draw."""
    about = made._element.nvPicPr.cNvPr
    about.set("descr", UNUSABLE.sub("", alt))
    if not alt:
        about.append(etree.fromstring(_DECORATION))
    if image.drawing:
        from pptx.opc.constants import RELATIONSHIP_TYPE
        from pptx.opc.package import Part

        package = made.part.package
        part = Part(package.next_image_partname("svg"), "image/svg+xml", package, image.drawing)
        name = made.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        made._element.blipFill.blip.append(etree.fromstring(_DRAWING.format(name)))


def _foot(slide: Any, show: Show) -> None:
    """The foot and the number, which python-pptx leaves on the layout; last, as they are read last."""
    for each in slide.slide_layout.placeholders:
        if each.name in _FOOTERS:
            element = deepcopy(each._element)
            element.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in slide.shapes) + 1))
            slide.shapes._spTree.append(element)
            if each.name == "Footer":
                _words(slide.shapes[-1], FOOT, show.foot, show)


def _words(shape: Any, box: Box, words: str, show: Show) -> None:
    """Plain words that cannot be divided, in letters that fit."""
    _size(shape, box.size(words), box)
    _write(shape.text_frame, [[{"t": words}]], show)


def _size(shape: Any, size: int, box: Box) -> None:
    """Letters of `size` for the whole shape, unless they are those of the layout."""
    if size == box.sizes[0]:
        return
    at = shape._element.txBody.find("{*}lstStyle")
    for name in ("lvl1pPr", "defRPr"):
        found = at.find(f"{{*}}{name}")
        at = etree.SubElement(at, f"{{{at.nsmap['a']}}}{name}") if found is None else found
    at.set("sz", str(size * 100))


def _write(frame: Any, text: Sequence[Paragraph], show: Show) -> None:
    for number, paragraph in enumerate(text):
        made = frame.add_paragraph() if number else frame.paragraphs[0]
        for run in paragraph:
            _run(made, run, show)


def _run(paragraph: Any, run: Run, show: Show) -> None:
    if run.get("br"):
        paragraph.add_line_break()
        return
    text = GAP if run.get("gap") else UNUSABLE.sub("", run["t"])
    if not text:
        return
    made = paragraph.add_run()
    made.text = text
    made._r.get_or_add_rPr().set("lang", show.language)
    made.font.bold, made.font.italic = run.get("b") or None, run.get("i") or None
    if run.get("url"):
        made.hyperlink.address = run["url"]
