"""What a PDF holds: its words, where they stand on the sheet, and what it tells a screen reader."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from paths import SAMPLE
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from scormpack.content.load import load_library, load_modules
from scormpack.content.module import Module
from scormpack.course.model import Course
from scormpack.course.resolve import resolve

MM = 72 / 25.4


class Said(NamedTuple):
    """Words on a sheet, and where they begin: in millimetres from its left and upper edge."""

    words: str
    x: float
    y: float


class Element(NamedTuple):
    """An element of the structure: its kind, and the words for what is no text."""

    kind: str
    alt: str


def course_of(module: str, provider: str, folder: Path = SAMPLE) -> Course:
    """A course as `provider` gets it."""
    library = load_library(folder)
    (found,) = load_modules(library, [module])
    assert isinstance(found, Module), found
    return resolve(found, library.providers.read(provider), library)


def pages(data: bytes) -> list[str]:
    """The words on each sheet, in the order in which they are read."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def squeezed(text: str) -> str:
    """`text` without any space, seen or not: where a line ends is no matter of what it says."""
    return re.sub(r"[\s\N{ZERO WIDTH SPACE}]", "", text)


def sizes(data: bytes) -> list[tuple[float, float]]:
    """The width and the height of each sheet, in millimetres."""
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(data)).pages]
    return [(round(float(box.width) / MM, 1), round(float(box.height) / MM, 1)) for box in boxes]


def said(data: bytes, page: int) -> list[Said]:
    """Every run of words on a sheet."""
    found: list[Said] = []
    sheet = PdfReader(io.BytesIO(data)).pages[page]
    height = float(sheet.mediabox.height)

    def visit(text: str, matrix: list[float], at: list[float], *_: object) -> None:
        x = at[4] * matrix[0] + at[5] * matrix[2] + matrix[4]
        y = at[4] * matrix[1] + at[5] * matrix[3] + matrix[5]
        if text.strip():
            found.append(Said(text.strip(), x / MM, (height - y) / MM))

    sheet.extract_text(visitor_text=visit)
    return found


def elements(data: bytes) -> list[Element]:
    """The elements of the structure, in the order in which they are read."""
    return list(_below(PdfReader(io.BytesIO(data)).root_object["/StructTreeRoot"]))


def _below(node: Any) -> Iterator[Element]:
    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, ArrayObject):
        for each in node:
            yield from _below(each)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield Element(str(node["/S"]), str(node.get("/Alt", "")))
        yield from _below(node.get("/K", ArrayObject()))


def headings(data: bytes) -> list[str]:
    """The kinds of the headings, in their order: `/H1`, `/H2`."""
    return [each.kind for each in elements(data) if re.fullmatch(r"/H\d", each.kind)]


def fonts(data: bytes) -> dict[str, bool]:
    """The fonts that are used, and whether each is in the file."""
    found: dict[str, bool] = {}
    for page in PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            below = font.get_object().get("/DescendantFonts", [font])[0].get_object()
            descriptor = below["/FontDescriptor"].get_object()
            embedded = any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
            found[str(descriptor["/FontName"])] = embedded
    return found


def check_access(data: bytes, title: str, language: str = "en-GB") -> None:
    """What PDF/UA-1 asks of every paper, as far as it can be read here."""
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower() == language.lower()
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert reader.xmp_metadata is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    found = headings(data)
    assert found[:1] == ["/H1"]
    levels = [int(each[2]) for each in found]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [each for each in elements(data) if each.kind in ("/Figure", "/Formula") and not each.alt] == []
    assert fonts(data)
    assert all(fonts(data).values())
    assert all(page.get("/StructParents") is not None for page in reader.pages)
    assert all(page.get("/Tabs") == "/S" for page in reader.pages if page.get("/Annots"))
