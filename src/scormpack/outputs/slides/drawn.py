"""Pictures as presentations take them: PNG or JPEG, and beside a drawing the drawing itself."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from lxml import etree

from scormpack.course.model import Picture
from scormpack.outputs.typeset import letters

_WIDE, _HIGH = 1600, 1200  # pixels, at most, of a drawing
_QUALITY: Final = 85
_FEW: Final = 4096  # colours: a drawing or a screenshot, whose edges a JPEG would blur
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
# One picture on a page of its size, whatever size it says of itself: it is not to fill the memory.
_PAGE: Final = """\
#set page(width: {0}pt, height: {1}pt, margin: 0pt, fill: none)
#image("drawing.svg", width: {0}pt, height: {1}pt, fit: "contain")
"""
_INCH: Final = 72  # pixels: one for each point


class Drawn(NamedTuple):
    """A picture that every program shows, its width and height in pixels, and the drawing that it was made from."""

    data: bytes
    width: int
    height: int
    drawing: bytes | None = None


@lru_cache(maxsize=32)  # a logo is on the slides of every module
def drawn(picture: Picture) -> Drawn:
    """`picture` in the largest form that there is of it. Raises ValueError if it cannot be drawn."""
    if picture.path.endswith(".svg"):
        return _drawing(picture)
    return _photo(max((picture, *picture.others), key=lambda each: each.width))


def _photo(picture: Picture) -> Drawn:
    from PIL import Image as Pillow

    out = io.BytesIO()
    with Pillow.open(io.BytesIO(picture.data)) as image:
        if image.mode == "RGBA" or image.getcolors(_FEW):
            image.save(out, "PNG")
        else:
            image.convert("RGB").save(out, "JPEG", quality=_QUALITY)
    return Drawn(out.getvalue(), picture.width, picture.height)


def _drawing(picture: Picture) -> Drawn:
    scale = min(_WIDE / picture.width, _HIGH / picture.height)
    width, height = (max(round(side * scale), 1) for side in (picture.width, picture.height))
    with TemporaryDirectory() as folder:
        Path(folder, "drawing.svg").write_bytes(picture.data)
        page = Path(folder, "page.typ")
        page.write_text(_PAGE.format(width, height), encoding="utf-8")
        made = _compiled(page, folder)
    return Drawn(made, width, height, _for_office(picture))


def _compiled(page: Path, folder: str) -> bytes:
    import typst  # which takes long, and few commands need it

    try:
        return typst.compile(
            str(page), root=folder, format="png", ppi=_INCH, font_paths=letters(), ignore_system_fonts=True
        )
    except typst.TypstError as error:
        raise ValueError(error.message) from None


def _for_office(picture: Picture) -> bytes:
    """The drawing with its size, and with each `href` as SVG 1.1 has it: Office reads no other."""
    root = etree.fromstring(picture.data, etree.XMLParser(**_SAFE))
    made = etree.Element(f"{{{_SVG}}}svg", dict(root.attrib), nsmap={None: _SVG, "xlink": _XLINK})
    made.extend(root)
    made.attrib.update({"width": str(picture.width), "height": str(picture.height)})
    for element in made.iter(etree.Element):
        if "href" in element.attrib:
            element.set(f"{{{_XLINK}}}href", element.attrib.pop("href"))
    etree.cleanup_namespaces(made, keep_ns_prefixes=["xlink"])
    return etree.tostring(made, encoding="utf-8")
