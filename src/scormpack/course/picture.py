"""Pictures from authors and providers: what they are, not what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from scormpack.course.model import Asset
from scormpack.diagnostics import Place, Problems
from scormpack.source.files import read_bytes
from scormpack.source.node import nearest

LARGEST = 50_000_000  # bytes; ACC-08
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_BEGINS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".webp": b"RIFF"}
KINDS = [*_BEGINS, ".svg"]


def picture(path: str, file: Path, library: Path, place: Place) -> Asset:
    """The picture `file` of the folder `library` as `path` of the package.

    `place` is where it is named. Raises ContentError (FRM-11, SRC-04 to SRC-06).
    """
    problems = Problems()
    suffix = file.suffix.lower()
    if suffix not in KINDS:
        message = f"`{file.name}` is not a kind of picture used here"
        problems.add("FRM-11", message, place, nearest(suffix, KINDS))
        problems.stop()
    if not file.is_file():
        known = sorted(found.name for found in file.parent.glob("*")) if file.parent.is_dir() else []
        problems.add("SRC-04", f"there is no file `{file.name}`", place, nearest(file.name, known))
        problems.stop()
    data = read_bytes(file, library, LARGEST)
    for message, hint in _svg_findings(data) if suffix == ".svg" else _bitmap_findings(data, suffix):
        problems.add("FRM-11", f"`{file.name}` {message}", place, hint)
    problems.stop()
    return Asset(path, file, data)


def _bitmap_findings(data: bytes, suffix: str) -> Iterator[tuple[str, str]]:
    is_webp = suffix != ".webp" or data[8:12] == b"WEBP"
    if not data.startswith(_BEGINS[suffix]) or not is_webp:
        yield "is not what its name says", "Save it again as that kind."


def _svg_findings(data: bytes) -> Iterator[tuple[str, str]]:
    """An <img> keeps its scripts asleep, but opened by itself the file runs where the platform lives."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        yield "is not what its name says", "Save it again as that kind."
        return
    if root.tag != f"{_SVG}svg":
        yield "is not what its name says", "Its first element has to be <svg> in the namespace of SVG."
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in (f"{_SVG}script", f"{_SVG}foreignObject"):
            yield "holds a script, a page or an instruction", "Remove it: a picture is only drawn."
            return
        link = element.get("href") or element.get(_XLINK) or "#"
        acts = any(str(name).lower().startswith("on") for name in element.attrib)
        if acts or not link.startswith(("#", "data:image/")):
            yield "does something or loads something", "Remove `on…` and links to other files."
            return
