"""Pictures from authors and providers, made small and harmless: WebP in the widths of phones, or a cleaned SVG."""

from __future__ import annotations

import io
import re
import struct
import warnings
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from lxml import etree

from scormpack.cache import NOTHING, Cache, named, tool
from scormpack.course.codes import FRM_11, FRM_15
from scormpack.course.model import Picture
from scormpack.diagnostics import Code, Place, Problems
from scormpack.source.codes import SRC_04
from scormpack.source.files import is_there, listed, read_bytes
from scormpack.source.node import nearest

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 50_000_000  # bytes; ACC-08
LARGEST_DRAWING = 1_000_000  # bytes, of which a tree in the memory takes a hundred each
MOST_ATTRIBUTES = 1_000  # of one element; libxml2 looks for each from the first one on
DEEPEST_DRAWING = 100  # levels; where libxml2 itself gives up hangs on its release
# A small file can unpack to a picture that fills the memory.
MOST_PIXELS = {"JPEG": 12_500_000, "PNG": 10_000_000, "WEBP": 10_000_000}
MOST_BY_LINES = 50_000_000  # where the reader makes a photo smaller line by line
TALLEST = 3_200  # pixels, at the largest width; WebP takes long for more, and ends at 16,383
WIDTHS = (480, 800, 1400)  # pixels: a phone, a sharp phone, the reading column on a sharp wide screen
USUAL = 800
LOGO = 400
QUALITY = 75
MOST_CLEAR = 500_000  # pixels, some of them clear, that are packed as small as can be
MOST_LOSSLESS = 2_000_000  # pixels; for more the second way takes too long, and too much memory
FEW = 4096  # colours: a drawing or a screenshot, which is often smaller without loss
_BEGINS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".webp": b"RIFF"}
_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
KINDS = [*_BEGINS, ".svg"]

Shot: TypeAlias = tuple[bytes, int, int]  # a WebP, its width and its height
_SIZES = struct.Struct(">3I")

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ACTIVE = {"script", "foreignObject", "animate", "animateMotion", "animateTransform", "set", "handler", "iframe"}
# A backslash spells a letter by its number: `u\72l(` is url( too. image-set() takes an address without url().
_LOADS = re.compile(
    r"\\|@import|image-set|url\(\s*+['\"]?+\s*+(?!#|data:image/)|expression\(|javascript:", re.IGNORECASE
)
_INSTEAD = tuple(f"{_SVG}{name}" for name in ("text", "g", "image"))
_AS_TEXT = "Export it with its text as text; in Mermaid, with `htmlLabels: false`."
_GONE = f"{_SVG}gone"  # what is taken out, all at once: one after the other takes long where there are many
_XML_SPACE, _XML_LANG = (f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("space", "lang"))
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
_NUMBER = re.compile(r"\s*([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(?:px\s*)?")


class LossError(ValueError):
    """Says what of a picture would be lost; `hint` says how it is kept."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def picture(
    path: str,
    file: Path,
    library: Path,
    place: Place,
    widths: tuple[int, ...] = WIDTHS,
    cache: Cache = NOTHING,
) -> Picture:
    """The picture `file` of the folder `library`, ready for the package, where it is called `path` with an ending.

    An SVG keeps its drawing and loses what acts or loads; any other picture becomes WebP in `widths`, in
    pixels, without what a camera wrote into it. `place` is where it is named. Raises ContentError (FRM-11, FRM-15,
    SRC-04 to SRC-06).
    """
    there(file, "picture", KINDS, place, library / "media")
    is_drawing = file.suffix.lower() == ".svg"
    data = read_bytes(file, library, LARGEST_DRAWING if is_drawing else LARGEST)
    try:
        if is_drawing:
            drawing, width, height = cleaned(data)
            return Picture(_ending(path, ".svg"), file, drawing, width, height)
        shots = _encoded_once(data, file.suffix.lower(), widths, cache)
    except LossError as error:
        refuse(f"`{file.name}` {error}", place, error.hint, FRM_15)
    except ValueError as error:
        refuse(f"`{file.name}` {error}", place, "Save it again in that format.")
    made = [Picture(f"{path}.{width}.webp", file, shot, width, height) for shot, width, height in shots]
    first = next((each for each in made if each.width >= USUAL), made[-1])
    return Picture(first.path, file, first.data, first.width, first.height, tuple(m for m in made if m is not first))


def _encoded_once(data: bytes, suffix: str, widths: tuple[int, ...], cache: Cache) -> tuple[Shot, ...]:
    """`encoded`, or what an earlier command made of the same bytes."""
    if not cache.keeps:
        return encoded(data, suffix, widths)
    name = named(data, suffix.encode(), repr((widths, QUALITY)).encode(), tool())
    kept = cache.get("pictures", name)
    if kept is not None:
        with suppress(struct.error):  # somebody else's file: made anew
            return _taken_apart(kept)
    shots = encoded(data, suffix, widths)
    cache.put("pictures", name, b"".join(_SIZES.pack(len(shot), *size) + shot for shot, *size in shots))
    return shots


def _taken_apart(kept: bytes) -> tuple[Shot, ...]:
    shots, at = [], 0
    while at < len(kept):
        length, width, height = _SIZES.unpack_from(kept, at)
        at += _SIZES.size
        shots.append((kept[at : at + length], width, height))
        at += length
    return tuple(shots)


def _ending(path: str, suffix: str) -> str:
    return path if path.lower().endswith(suffix) else path + suffix


def there(file: Path, what: str, endings: list[str], place: Place, shared: Path) -> None:
    """ContentError unless `file` is there and is called what a `what` is called."""
    if file.suffix.lower() not in endings:
        message = f"`{file.name}` is not a kind of {what} used here"
        hint = f"Export it as {', '.join(endings)}: another name does not change what it is."
        refuse(message, place, hint if is_there(file) else nearest(file.suffix.lower(), endings))
    if not is_there(file):
        known = sorted(
            {found.name for folder in (file.parent, shared) for found in listed(folder, "*", shared.parent)}
        )
        refuse(f"there is no file `{file.name}`", place, nearest(file.name, known), SRC_04)


def refuse(message: str, place: Place, hint: str, code: Code = FRM_11) -> NoReturn:
    """Raise a ContentError with this one problem."""
    problems = Problems()
    problems.add(code, message, place, hint)
    problems.stop()
    raise AssertionError


@lru_cache(maxsize=64)
def encoded(data: bytes, suffix: str, widths: tuple[int, ...]) -> tuple[Shot, ...]:
    """`data` as WebP: (bytes, width, height) for each of `widths` that is not wider than the picture itself.

    Raises ValueError if it is no picture of the kind that `suffix` says, or too large to unpack.
    """
    from concurrent.futures import ThreadPoolExecutor

    from PIL import Image as Pillow  # only where there is a picture to make smaller

    if not data.startswith(_BEGINS[suffix]):
        raise ValueError("is not what its name says")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an author has the finding
        image = _unpacked(data, _FORMATS[suffix], max(widths))
    is_drawing = suffix == ".png" and image.getcolors(FEW) is not None
    if image.mode == "RGBA" and image.width > max(widths):
        image = image.convert("RGBa")  # once; else each of the threads would, and keep a copy

    def shot(width: int) -> Shot:
        height = max(round(image.height * width / image.width), 1)
        small = image if width == image.width else image.resize((width, height), Pillow.Resampling.LANCZOS)
        return _webp(small.convert("RGBA") if small.mode == "RGBa" else small, is_drawing), width, height

    with ThreadPoolExecutor() as pool:  # Pillow works outside Python's lock
        return tuple(pool.map(shot, sorted({min(width, image.width) for width in widths})))


def _unpacked(data: bytes, kind: str, widest: int) -> Image:
    """The picture upright, with colours of eight bits, in as few copies as can be; nobody needs it twice as wide."""
    from PIL import Image as Pillow
    from PIL import ImageOps

    try:
        image: Image = Pillow.open(io.BytesIO(data), formats=[kind])
        if image.width * image.height > (MOST_BY_LINES if _is_read_by_lines(image) else MOST_PIXELS[kind]):
            raise Pillow.DecompressionBombError
        if kind != "JPEG" and getattr(image, "is_animated", False):  # the second picture of a photo is a preview
            raise LossError("moves, and would stand still", "Make a film of it, or a picture of each step.")
        image.draft(None, (2 * widest, 2 * widest))
        if image.width * image.height > MOST_PIXELS[kind]:
            raise Pillow.DecompressionBombError
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        if image.mode.startswith("I;16"):  # 16 bits a pixel, which Pillow would cut off instead of scaling
            image = image.point(lambda shade: shade / 257, "L")
        mode = "RGBA" if image.has_transparency_data else "RGB"
        if mode == "RGBA" or image.mode == "P":
            image = image if image.mode == mode else image.convert(mode)
        if profile := image.info.get("icc_profile"):
            image = _in_srgb(image, profile, mode)
        image = image if image.mode == mode else image.convert(mode)
        if mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):  # as most programs save a screenshot
            image = image.convert("RGB")
    except LossError:
        raise
    except Pillow.DecompressionBombError:
        raise ValueError(f"has more than {MOST_PIXELS[kind] / 1_000_000:g} million pixels") from None
    except Exception:  # a damaged file leads Pillow's readers into exceptions of many kinds
        raise ValueError("cannot be read: it is damaged, or not what its name says") from None
    width = min(image.width, widest)
    if image.height * width > TALLEST * image.width:
        raise ValueError(f"is more than {TALLEST:,} pixels high where it is {width:,} wide")
    return image


def _in_srgb(image: Image, profile: bytes, mode: str) -> Image:
    """The picture in the colours of the web: a WebP has no profile, so what it says has to be true without one."""
    from PIL import ImageCms

    try:
        written = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if ImageCms.getProfileDescription(written).startswith("sRGB"):
            return image
        made = ImageCms.profileToProfile(image, written, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (OSError, ImageCms.PyCMSError):  # no profile, or one for other pictures
        return image
    return made or image


def _is_read_by_lines(image: Image) -> bool:
    """Whether `draft` can make it smaller before all of it is in the memory."""
    return image.format == "JPEG" and not image.info.get("progressive")


def _webp(image: Image, lossless_too: bool) -> bytes:
    """A drawing as the smaller of two ways; a photo with loss."""
    pixels = image.width * image.height
    # Of a photo method 2 makes 3 % more bytes than method 4, in half the time; the eye sees no difference (0.3 dB).
    method = 4 if lossless_too else 2
    if image.mode == "RGBA" and not lossless_too and pixels > MOST_CLEAR:
        method = 0  # what is clear is packed without loss, which takes long where it is no drawing
    shots = []
    for lossless in (False, True) if lossless_too and pixels <= MOST_LOSSLESS else (False,):
        out = io.BytesIO()
        image.save(out, "WEBP", method=method, quality=QUALITY, lossless=lossless)
        shots.append(out.getvalue())
    return min(shots, key=len)


class _Depth:
    """What lxml's parser calls at each element: ValueError where one is nested too deeply."""

    def __init__(self) -> None:
        self.levels = 0

    def start(self, *_: object) -> None:
        self.levels += 1
        if self.levels > DEEPEST_DRAWING:
            raise ValueError(f"is nested more than {DEEPEST_DRAWING} levels deep")

    def end(self, *_: object) -> None:
        self.levels -= 1

    def close(self) -> None:
        """Nothing is built."""


@lru_cache(maxsize=256)
def cleaned(data: bytes) -> tuple[bytes, int, int]:
    """An SVG that only draws: (bytes, width, height).

    An <img> keeps scripts asleep, but a file can also be opened by itself, where the platform lives. Raises
    ValueError if it is no SVG, and LossError if it would lose words.
    """
    try:
        depth: Any = _Depth()
        etree.fromstring(data, etree.XMLParser(target=depth, **_SAFE))
        root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True, **_SAFE))
    except etree.XMLSyntaxError:
        raise ValueError("is not what its name says") from None
    if root.tag != f"{_SVG}svg":
        raise ValueError("has no <svg> in the namespace of SVG as its first element")
    for element in list(root.iter()):
        if not isinstance(element.tag, str):  # an entity
            continue
        if etree.QName(element).localname == "foreignObject" and _is_all_there_is(element):
            raise LossError("holds words that would be gone", _AS_TEXT)
        if etree.QName(element).localname in _ACTIVE or _is_foreign(element):
            element.tag = _GONE
            continue
        if len(element.attrib) > MOST_ATTRIBUTES:
            raise ValueError(f"has an element with more than {MOST_ATTRIBUTES} attributes")
        for name, value in element.attrib.items():
            if _acts(str(name), str(value)):
                del element.attrib[name]
    etree.strip_elements(root, _GONE, etree.Entity, with_tail=False)  # a style may be written around it
    for style in list(root.iter(f"{_SVG}style")):
        if _LOADS.search("".join(style.itertext())):
            style.tag = _GONE
    etree.strip_elements(root, _GONE, with_tail=False)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8"), *_size(root)


def _is_all_there_is(foreign: etree._Element) -> bool:
    """Whether HTML in a drawing has words, and nothing stands beside it that shows them to whoever cannot."""
    around = foreign.getparent()
    if around is not None and around.tag == f"{_SVG}switch" and around[-1].tag in _INSTEAD:
        return False
    return bool("".join(foreign.itertext()).strip())


def _is_foreign(element: etree._Element) -> bool:
    """What a drawing program notes for itself, and anything else that is not drawn."""
    return etree.QName(element).namespace != _SVG[1:-1]


def _acts(name: str, value: str) -> bool:
    if name.lower().startswith("on") or (name.startswith("{") and name not in (_XLINK, _XML_SPACE, _XML_LANG)):
        return True
    if name in ("href", _XLINK):
        return not value.strip().startswith(("#", "data:image/png", "data:image/jpeg", "data:image/webp"))
    return bool(_LOADS.search(value))


def _size(root: etree._Element) -> tuple[int, int]:
    """Width and height in pixels, by the attributes or the view box; else 300 × 150 (CSS 2.2, 10.3.2)."""
    given = [_NUMBER.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if all(given):
        return tuple(max(round(float(found[1])), 1) for found in given if found)  # type: ignore[return-value]
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(box) == 4 and all(re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", number) for number in box):
        return max(round(float(box[2])), 1), max(round(float(box[3])), 1)
    return 300, 150
