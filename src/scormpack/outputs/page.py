"""A page of ours as a paper, read from the page itself: so the paper says the same, in the same words and order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from lxml import etree, html

from scormpack.cache import NOTHING, Cache
from scormpack.course.model import Asset
from scormpack.diagnostics import Place
from scormpack.outputs.output import Made
from scormpack.outputs.text import Part, Run
from scormpack.outputs.typeset import typeset

_TEMPLATE: Final = Path(__file__).parent / "page.typ"
_LEFT_OUT: Final = frozenset({"script", "style"})
_WIDE: Final = "640"  # pixels of a picture that is as wide as its page
# What a picture has from the styles of its page. Shapes and lengths tell things apart, so ink of one colour will do.
_INK: Final = """
text { font-family: "Atkinson Hyperlegible Next"; font-size: 12px; fill: #000 }
.head { font-size: 9px; text-anchor: middle }
.bar { fill: #333 }
.track { fill: none; stroke: #777 }
.rule { fill: #bbb }
"""
_MARKS: Final[dict[str, Run]] = {"strong": {"b": True}, "em": {"i": True}}
_SPACE = re.compile(r"[ \t\r\n]+")  # a space that keeps words together is none of these


def on_paper(
    page: str, publisher: str, day: datetime.date, place: Place, one_sheet: bool = False, cache: Cache = NOTHING
) -> Made:
    """The page, which is one that we made, as a PDF on A4; `publisher` answers for it.

    With `one_sheet` it is set in two columns, as small as one sheet asks for, but never smaller than can be read.
    What is found (OUT-01) is about `place`.
    """
    document = html.document_fromstring(page)
    pictures = [_picture(each, f"picture-{number}.svg") for number, each in enumerate(document.iter("svg"), start=1)]
    language, region = document.get("lang", "").lower().split("-")
    data = {
        "title": document.findtext(".//title"),
        "language": language,
        "region": region,
        "direction": "ltr",
        "publisher": publisher,
        "one_sheet": one_sheet,
        **{name: _parts(next(document.iter(name))) for name in ("header", "main", "footer")},
    }
    return typeset(_TEMPLATE, data, day, place, pictures, cache)


def _picture(element: html.HtmlElement, name: str) -> Asset:
    """The picture as a file, which the element says from now on; it takes what it needs with it."""
    element.attrib.update({"xmlns": "http://www.w3.org/2000/svg", "width": _WIDE, "data-file": name})
    etree.SubElement(element, "style").text = _INK
    return Asset(name, Path(name), etree.tostring(element, with_tail=False))


def _parts(element: html.HtmlElement) -> list[Part]:
    """What is in an element: headings, paragraphs, lists and tables, each as a `kind` and what is in it."""
    return [_part(each) for each in element.iterchildren(tag=etree.Element) if each.tag not in _LEFT_OUT]


def _part(element: html.HtmlElement) -> Part:
    match element.tag:
        case "section" | "article" | "div" | "nav":
            name, wide = element.get("id", ""), _is(element, "files")
            return {"kind": "place", "name": name, "wide": wide, "parts": _parts(element)}
        case "h1" | "h2" | "h3":
            return {"kind": "heading", "level": int(element.tag[1]), "runs": _runs(element)}
        case "ul" | "ol":
            return {"kind": element.tag, "items": [_runs(item) for item in element.iterchildren("li")]}
        case "dl":
            return {"kind": "dl", "items": list(_facts(element))}
        case "table":
            return _table(element)
        case "svg":
            said = [element.findtext(name) or "" for name in ("title", "desc")]
            return {"kind": "picture", "file": element.get("data-file"), "alt": " ".join(said)}
    return {"kind": "text", "runs": _runs(element), "warns": _is(element, "warning")}


def _is(element: html.HtmlElement, kind: str) -> bool:
    return kind in element.get("class", "").split()


def _facts(element: html.HtmlElement) -> Iterator[dict[str, list[Run]]]:
    """Each term with what is said of it."""
    for term, said in zip(element.iter("dt"), element.iter("dd"), strict=True):
        yield {"term": _runs(term), "said": _runs(said)}


def _table(element: html.HtmlElement) -> Part:
    """The table, with a row of heads that comes again on each sheet."""
    head, *rows = ([_cell(cell) for cell in row] for row in element.iter("tr"))
    caption = element.find("caption")
    return {"kind": "table", "caption": [] if caption is None else _runs(caption), "head": head, "rows": rows}


def _cell(element: html.HtmlElement) -> dict[str, Any]:
    """What is in a cell: words, a note below them, a list."""
    below = [each for each in element if each.tag == "ul" or _is(each, "note")]
    lists = [_runs(item) for each in below if each.tag == "ul" for item in each]
    notes = [_runs(each) for each in below if each.tag != "ul"]
    return {"runs": _runs(element, below), "notes": notes, "items": lists, "number": _is(element, "number")}


def _runs(element: html.HtmlElement, without: Sequence[html.HtmlElement] = ()) -> list[Run]:
    """The words in an element, as a browser shows them: any space is one, and there is none at the ends."""
    found: list[Run] = []
    for run in _inside(element, {}, without):
        words = _SPACE.sub(" ", run["t"])
        words = words.lstrip(" ") if not found or found[-1]["t"].endswith(" ") else words
        if words:
            found.append({**run, "t": words})
    if found:
        found[-1]["t"] = found[-1]["t"].rstrip(" ")
    return found


def _inside(element: html.HtmlElement, marks: Run, without: Sequence[html.HtmlElement]) -> Iterator[Run]:
    """The runs in an element: `to` is a place in the paper, `url` one elsewhere, `sign` what is only to be seen."""
    marks = {**marks, **_marks(element)}
    yield {**marks, "t": element.text or ""}
    for each in element:
        if each not in without:
            yield from _inside(each, marks, without)
        yield {**marks, "t": each.tail or ""}


def _marks(element: html.HtmlElement) -> Run:
    to = element.get("href", "")
    if to:
        return {"to": to[1:]} if to.startswith("#") else {"url": to}
    return {"sign": True} if element.get("aria-hidden") == "true" else _MARKS.get(str(element.tag), {})
