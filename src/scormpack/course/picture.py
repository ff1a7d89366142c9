"""Pictures from authors and providers, made small and harmless: WebP in the widths of phones, or a cleaned SVG."""

from __future__ import annotations

import io
import re
import warnings
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from lxml import etree

from scormpack.course.model import Picture
from scormpack.diagnostics import Place, Problems
from scormpack.source.files import read_bytes
from scormpack.source.node import nearest

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 50_000_000  # bytes; ACC-08
MOST_PIXELS = 50_000_000  # a small file can unpack to a picture that fills the memory
WIDTHS = (480, 800, 1400)  # pixels: a phone, a sharp phone, the reading column on a sharp wide screen
USUAL = 800
LOGO = 400
QUALITY = 75
FEW = 4096  # colours: a drawing or a screenshot, which is often smaller without loss
_BEGINS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".webp": b"RIFF"}
_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
KINDS = [*_BEGINS, ".svg"]

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ACTIVE = {"script", "foreignObject", "animate", "animateMotion", "animateTransform", "set", "handler", "iframe"}
# A backslash spells a letter by its number: `u\72l(` is url( too. image-set() takes an address without url().
_LOADS = re.compile(
    r"\\|@import|image-set|url\(\s*['\"]?\s*(?!#|data:image/)|expression\(|javascript:", re.IGNORECASE
)
_XML_SPACE, _XML_LANG = (f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("space", "lang"))
_NUMBER = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(?:px)?\s*")


def picture(path: str, file: Path, library: Path, place: Place, widths: tuple[int, ...] = WIDTHS) -> Picture:
    """The picture `file` of the folder `library`, ready for the package, where it is called `path` with an ending.

    An SVG keeps its drawing and loses what acts or loads; any other picture becomes WebP in `widths`, in
    pixels, without what a camera wrote into it. `place` is where it is named. Raises ContentError (FRM-11,
    SRC-04 to SRC-06).
    """
    there(file, "picture", KINDS, place, library / "media")
    data = read_bytes(file, library, LARGEST)
    try:
        if file.suffix.lower() == ".svg":
            drawing, width, height = cleaned(data)
            return Picture(_ending(path, ".svg"), file, drawing, width, height)
        shots = encoded(data, file.suffix.lower(), widths)
    except ValueError as error:
        refuse(f"`{file.name}` {error}", place, "Save it again as that kind.")
    made = [Picture(f"{path}.{width}.webp", file, shot, width, height) for shot, width, height in shots]
    first = next((each for each in made if each.width >= USUAL), made[-1])
    return Picture(first.path, file, first.data, first.width, first.height, tuple(m for m in made if m is not first))


def _ending(path: str, suffix: str) -> str:
    return path if path.lower().endswith(suffix) else path + suffix


def there(file: Path, what: str, endings: list[str], place: Place, shared: Path) -> None:
    """ContentError unless `file` is there and is called what a `what` is called."""
    if file.suffix.lower() not in endings:
        message = f"`{file.name}` is not a kind of {what} used here"
        refuse(message, place, nearest(file.suffix.lower(), endings))
    if not file.is_file():
        known = sorted({found.name for folder in (file.parent, shared) for found in folder.glob("*")})
        refuse(f"there is no file `{file.name}`", place, nearest(file.name, known), "SRC-04")


def refuse(message: str, place: Place, hint: str, code: str = "FRM-11") -> NoReturn:
    """Raise a ContentError with this one problem."""
    problems = Problems()
    problems.add(code, message, place, hint)
    problems.stop()
    raise AssertionError


@lru_cache(maxsize=64)
def encoded(data: bytes, suffix: str, widths: tuple[int, ...]) -> tuple[tuple[bytes, int, int], ...]:
    """`data` as WebP: (bytes, width, height) for each of `widths` that is not wider than the picture itself.

    Raises ValueError if it is no picture of the kind that `suffix` says, or too large to unpack.
    """
    from concurrent.futures import ThreadPoolExecutor

    from PIL import Image as Pillow  # only where there is a picture to make smaller
    from PIL import ImageOps

    if not data.startswith(_BEGINS[suffix]):
        raise ValueError("is not what its name says")
    too_large = f"has more than {MOST_PIXELS // 1_000_000} million pixels"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)  # ours is the lower bound
            opened = Pillow.open(io.BytesIO(data), formats=[_FORMATS[suffix]])
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError(too_large)
        turned = ImageOps.exif_transpose(opened)
        if turned.mode.startswith("I;16"):  # 16 bits a pixel, which Pillow would cut off instead of scaling
            turned = turned.point(lambda shade: shade / 257, "L")
        image = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    except Pillow.DecompressionBombError:
        raise ValueError(too_large) from None
    except (OSError, SyntaxError):
        raise ValueError("cannot be read: it is damaged, or not what its name says") from None
    is_drawing = suffix == ".png" and image.getcolors(FEW) is not None

    def shot(width: int) -> tuple[bytes, int, int]:
        height = max(round(image.height * width / image.width), 1)
        small = image if width == image.width else image.resize((width, height), Pillow.Resampling.LANCZOS)
        return _webp(small, is_drawing), width, height

    with ThreadPoolExecutor() as pool:  # Pillow works outside Python's lock
        return tuple(pool.map(shot, sorted({min(width, image.width) for width in widths})))


def _webp(image: Image, lossless_too: bool) -> bytes:
    """The smaller of two ways, or the lossy one. Method 6 would take twice as long for 4 % fewer bytes."""
    shots = []
    for lossless in (False, True) if lossless_too else (False,):
        out = io.BytesIO()
        image.save(out, "WEBP", method=4, quality=QUALITY, lossless=lossless)
        shots.append(out.getvalue())
    return min(shots, key=len)


@lru_cache(maxsize=256)
def cleaned(data: bytes) -> tuple[bytes, int, int]:
    """An SVG that only draws: (bytes, width, height).

    An <img> keeps scripts asleep, but a file can also be opened by itself, where the platform lives. Raises
    ValueError if it is no SVG.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise ValueError("is not what its name says") from None
    if root.tag != f"{_SVG}svg":
        raise ValueError("has no <svg> in the namespace of SVG as its first element")
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname in _ACTIVE or _is_foreign(element):
            _drop(element)
            continue
        for name, value in element.attrib.items():
            if _acts(str(name), str(value)):
                del element.attrib[name]
    for style in list(root.iter(f"{_SVG}style")):
        if _LOADS.search("".join(style.itertext())):
            _drop(style)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8"), *_size(root)


def _is_foreign(element: etree._Element) -> bool:
    """What a drawing program notes for itself, and anything else that is not drawn."""
    return etree.QName(element).namespace != _SVG[1:-1]


def _acts(name: str, value: str) -> bool:
    if name.lower().startswith("on") or (name.startswith("{") and name not in (_XLINK, _XML_SPACE, _XML_LANG)):
        return True
    if name in ("href", _XLINK):
        return not value.strip().startswith(("#", "data:image/png", "data:image/jpeg", "data:image/webp"))
    return bool(_LOADS.search(value))


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _size(root: etree._Element) -> tuple[int, int]:
    """Width and height in pixels, by the attributes or the view box; else 300 × 150 (CSS 2.2, 10.3.2)."""
    given = [_NUMBER.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if all(given):
        return tuple(max(round(float(found[1])), 1) for found in given if found)  # type: ignore[return-value]
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(box) == 4 and all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", number) for number in box):
        return max(round(float(box[2])), 1), max(round(float(box[3])), 1)
    return 300, 150
