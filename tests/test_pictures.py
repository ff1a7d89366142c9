"""Pictures and drawings from anyone: made small, turned upright, and freed of what a camera or a program wrote."""

from __future__ import annotations

import io
import random
import shutil
import struct
import warnings
import zlib
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from paths import EVERY_BLOCK
from PIL import Image, ImageCms
from stamps import plain, plain_entries

from scormpack.blocks import Figure
from scormpack.content.load import load_library, load_module
from scormpack.course.model import Course, Picture
from scormpack.course.picture import LOGO, WIDTHS, LossError, cleaned, encoded, picture
from scormpack.course.resolve import resolve
from scormpack.diagnostics import ContentError, Place
from scormpack.render import render

START = "every-block/pages/start.md"
MEDIA = Path("lib/every-block/media")
AT = f"{START}:19:6"
HERE = Place("here.yaml", 1, 1)
DAMAGED = "cannot be read: it is damaged, or not what its name says"

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the library for tests, in the current folder."""
    shutil.copytree(EVERY_BLOCK, tmp_path / "lib")
    monkeypatch.chdir(tmp_path)


def course() -> Course:
    library = load_library(Path("lib"))
    return resolve(load_module(Path("lib/every-block")), library.providers["full"], library)


def shown(name: str, data: bytes) -> Picture:
    """The picture with these bytes, as the first figure of the small library shows it."""
    use(name, data)
    found = course().assets[name]
    assert isinstance(found, Picture)
    return found


def use(name: str, data: bytes) -> None:
    (MEDIA / name).write_bytes(data)
    file = Path("lib") / START
    file.write_text(file.read_text(encoding="utf-8").replace("src: dot.png", f"src: {name}"), encoding="utf-8")


def findings() -> list[tuple[str, str, str, str]]:
    """Code, place, message and hint of everything that is wrong."""
    try:
        course()
    except ContentError as error:
        return [(found.code, str(found.place), found.message, found.hint) for found in error.diagnostics]
    return []


def refused(name: str, data: bytes) -> list[tuple[str, str, str, str]]:
    use(name, data)
    return findings()


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def colour_at(image: Image.Image, place: tuple[int, int]) -> tuple[float, ...]:
    """The bands of a pixel, of an image that has several."""
    found = image.getpixel(place)
    assert isinstance(found, tuple)
    return found


def photo(width: int, height: int, seed: int = 0) -> Image.Image:
    """Something like a photo: soft shapes with some grain."""
    noise = Image.frombytes("RGB", (16, 16), random.Random(seed).randbytes(16 * 16 * 3))
    return noise.resize((width, height), Image.Resampling.BICUBIC)


def drawing(width: int, height: int) -> Image.Image:
    """Like a drawing on a screen: few colours, sharp edges."""
    image = Image.new("RGB", (width, height), "white")
    for left in range(0, width, 40):
        image.paste((31, 95, 107), (left, 0, left + 7, height))
    return image


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def all_of(one: Picture) -> list[Picture]:
    return sorted((one, *one.others), key=lambda each: each.width)


# Photos


def test_a_photo_becomes_webp_in_three_widths() -> None:
    found = shown("hands.jpg", saved(photo(2000, 1000), "JPEG"))
    made = [(plain(each.path), each.width, each.height) for each in all_of(found)]
    assert made == [
        ("media/hands.jpg.480.webp", 480, 240),
        ("media/hands.jpg.800.webp", 800, 400),
        ("media/hands.jpg.1400.webp", 1400, 700),
    ]
    assert (plain(found.path), found.file) == ("media/hands.jpg.800.webp", Path("lib/every-block/media/hands.jpg"))
    for each in all_of(found):
        image = opened(each.data)
        assert (image.format, image.size) == ("WEBP", (each.width, each.height))


def test_what_a_camera_wrote_is_gone_and_the_photo_stands_upright() -> None:
    """A photo may tell where someone lives. This one lies on its side: its left edge belongs at the top (EXIF 6)."""
    image = Image.new("RGB", (600, 300), "blue")
    image.paste((255, 0, 0), (0, 0, 150, 300))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKE] = "A camera"
    exif.get_ifd(GPS).update({1: "N", 2: (53.0, 45.0, 0.0), 3: "W", 4: (0.0, 20.0, 0.0)})
    data = saved(image, "JPEG", exif=exif, comment=b"at home", icc_profile=b"a profile")
    assert opened(data).getexif().get_ifd(GPS)[1] == "N"
    found = shown("home.jpg", data)
    assert [(each.width, each.height) for each in all_of(found)] == [(300, 600)]
    for each in all_of(found):
        upright = opened(each.data)
        assert dict(upright.getexif()) == {}
        assert {"exif", "xmp", "icc_profile", "comment"} & set(upright.info) == set()
        red, _, blue = colour_at(upright, (150, 60))
        assert (red > 200, blue < 60) == (True, True)
        red, _, blue = colour_at(upright, (150, 500))
        assert (red < 60, blue > 200) == (True, True)


PATCHES = ((220, 60, 50), (60, 190, 70), (235, 150, 120))
IN_SRGB = ((239, 35, 36), (0, 193, 45), (249, 145, 113))


def profile(*columns: tuple[float, float, float]) -> bytes:
    """An ICC profile of a screen with these three colours, as XYZ under D50, and the curve of sRGB (ICC.1:2010)."""

    def fixed(*numbers: float) -> bytes:
        return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))

    curve = b"para" + bytes(4) + b"\0\3\0\0" + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    text = b"mluc" + bytes(4) + struct.pack(">2I4s2I", 1, 12, b"enGB", 2, 28) + "x".encode("utf-16-be") + bytes(2)
    white = (0.9642, 1.0, 0.8249)
    tags = {
        name: b"XYZ " + bytes(4) + fixed(*each)
        for name, each in zip((b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ"), (white, *columns), strict=True)
    }
    tags |= {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve, b"desc": text, b"cprt": text}
    at, index, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        index += name + struct.pack(">2I", at + len(body), len(data))
        body += data
    head = struct.pack(">I4sI4s4s4s12x4s", at + len(body), b"lcms", 0x04200000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return head.ljust(68, b"\0") + fixed(*white).ljust(60, b"\0") + index + body


DISPLAY_P3 = profile((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407))


def patches(mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", (90, 30))
    for number, colour in enumerate(PATCHES):
        image.paste(colour, (30 * number, 0, 30 * number + 30, 30))
    return image.quantize(8) if mode == "P" else image.convert(mode)


def patches_of(data: bytes) -> list[tuple[float, ...]]:
    return [colour_at(opened(data).convert("RGB"), (30 * number + 15, 15)) for number in range(3)]


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_the_colours_of_a_wide_screen_are_those_of_the_web(kind: str, mode: str) -> None:
    image = patches(mode)
    if mode == "RGBA":
        image.putpixel((0, 0), (0, 0, 0, 0))
    found = shown(f"x.{kind.lower()}", saved(image, kind, icc_profile=DISPLAY_P3)).data
    for colour, right in zip(patches_of(found), IN_SRGB, strict=True):
        assert colour == pytest.approx(right, abs=6 if kind in ("JPEG", "WEBP") else 4)
    assert "icc_profile" not in opened(found).info
    assert opened(found).mode == ("RGBA" if mode == "RGBA" else "RGB")


@pytest.mark.parametrize(
    "written",
    [b"", b"a profile", DISPLAY_P3[:200], ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()],
)
def test_other_colours_are_left_as_they_are(written: bytes) -> None:
    found = shown("x.png", saved(patches(), "PNG", icc_profile=written)).data
    assert patches_of(found) == [pytest.approx(colour, abs=3) for colour in PATCHES]
    assert "icc_profile" not in opened(found).info


def test_a_profile_for_other_pictures_changes_nothing() -> None:
    grey = saved(Image.new("L", (9, 9), 90), "PNG", icc_profile=DISPLAY_P3)
    assert colour_at(opened(shown("x.png", grey).data).convert("RGB"), (4, 4)) == pytest.approx((90, 90, 90), abs=2)


@pytest.mark.parametrize("width", [1, 100, 479, 480, 481, 799, 800, 801, 1399, 1400, 1401, 3000])
def test_no_picture_is_made_larger(width: int) -> None:
    made = encoded(saved(photo(width, 9), "PNG"), ".png", WIDTHS)
    assert [each[1] for each in made] == sorted({min(width, 480), min(width, 800), min(width, 1400)})
    for data, wide, high in made:
        assert opened(data).size == (wide, high)
        assert high == max(round(9 * wide / width), 1)


@pytest.mark.parametrize(
    ("width", "first"), [(300, 300), (480, 480), (600, 600), (800, 800), (1000, 800), (1400, 800), (2000, 800)]
)
def test_the_usual_width_is_the_first_that_is_wide_enough(width: int, first: int) -> None:
    (MEDIA / "x.png").write_bytes(saved(drawing(width, 10), "PNG"))
    assert picture("media/x.png", MEDIA / "x.png", Path("lib"), HERE).width == first


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_clear_stays_clear(kind: str) -> None:
    image = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 20, 20))
    data = saved(image, kind, **({"lossless": True} if kind == "WEBP" else {}))
    found = opened(shown(f"clear.{kind.lower()}", data).data)
    assert found.mode == "RGBA"
    assert [colour_at(found, at)[3] for at in ((5, 10), (35, 10))] == [255, 0]


def test_one_clear_colour_of_a_palette_stays_clear() -> None:
    image = Image.new("P", (40, 20), 1)
    image.putpalette([0, 0, 0, 200, 0, 0])
    image.paste(0, (0, 0, 20, 20))
    found = opened(shown("palette.png", saved(image, "PNG", transparency=0)).data).convert("RGBA")
    assert [colour_at(found, at)[3] for at in ((5, 10), (35, 10))] == [0, 255]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode: str) -> None:
    image = Image.new("I;16", (30, 20)) if mode == "I;16" else drawing(30, 20).convert(mode)
    ((data, width, height),) = encoded(saved(image, "PNG"), ".png", WIDTHS)
    assert (opened(data).size, width, height) == ((30, 20), 30, 20)


def test_the_shades_of_a_scan_are_kept() -> None:
    """Scanners write 16 bits a pixel: half of that is grey, not white."""
    ((data, _, _),) = encoded(saved(Image.new("I;16", (30, 20), 0x8000), "PNG"), ".png", WIDTHS)
    assert colour_at(opened(data).convert("RGB"), (15, 10)) == pytest.approx((128, 128, 128), abs=3)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_is_taken(mode: str) -> None:
    ((data, width, height),) = encoded(saved(drawing(30, 20).convert(mode), "JPEG"), ".jpg", WIDTHS)
    assert (opened(data).size, width, height) == ((30, 20), 30, 20)


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = saved(photo(900, 600), "JPEG")
    first = encoded(data, ".jpg", WIDTHS)
    encoded.cache_clear()
    assert encoded(data, ".jpg", WIDTHS) == first


def webp(image: Image.Image, lossless: bool, method: int) -> bytes:
    return saved(image, "WEBP", method=method, quality=75, lossless=lossless)


def test_a_drawing_takes_the_smaller_of_two_ways() -> None:
    """A screenshot is smaller without loss, a photo that was saved as PNG with some."""
    for image, smaller, method in ((drawing(400, 300), True, 4), (photo(400, 300), False, 2)):
        ((data, _, _),) = encoded(saved(image, "PNG"), ".png", WIDTHS)
        assert data == webp(image, smaller, method)
        assert len(data) < len(webp(image, not smaller, method))


def test_a_photo_is_never_kept_without_loss() -> None:
    ((data, _, _),) = encoded(saved(drawing(400, 300), "JPEG"), ".jpg", WIDTHS)
    assert data == webp(opened(saved(drawing(400, 300), "JPEG")), lossless=False, method=2)


def test_two_pictures_whose_endings_differ_are_two() -> None:
    for name, kind in (("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP")):
        (MEDIA / name).write_bytes(saved(photo(500, 50), kind))
    fences = "".join(f"\n```figure\nsrc: a.{ending}\nalt: A\n```\n" for ending in ("png", "jpg", "webp"))
    with (Path("lib") / START).open("a", encoding="utf-8") as page:
        page.write(fences)
    paths = [entry.path for entry in plain_entries(render(course()).files()) if entry.path.startswith("media/a.")]
    assert sorted(paths) == [
        f"media/a.{ending}.{width}.webp" for ending in ("jpg", "png", "webp") for width in (480, 500)
    ]


def test_the_page_offers_every_width() -> None:
    use("hands.jpg", saved(photo(1000, 500), "JPEG"))
    image = html.document_fromstring(plain_entries(render(course()).files())[0].data).cssselect("#start figure img")[
        0
    ]
    assert dict(image.attrib) == {
        "src": "media/hands.jpg.800.webp",
        "alt": "A small dot",
        "width": "800",
        "height": "400",
        "loading": "lazy",
        "sizes": "(min-width: 42rem) 38rem, 100vw",
        "srcset": "media/hands.jpg.480.webp 480w, media/hands.jpg.800.webp 800w, media/hands.jpg.1000.webp 1000w",
    }


def test_a_picture_of_one_width_offers_no_other() -> None:
    image = html.document_fromstring(plain_entries(render(course()).files())[0].data).cssselect("#start figure img")[
        0
    ]
    assert dict(image.attrib) == {
        "src": "media/dot.png.1.webp",
        "alt": "A small dot",
        "width": "1",
        "height": "1",
        "loading": "lazy",
    }


def test_every_width_is_in_the_package() -> None:
    use("hands.jpg", saved(photo(1000, 500), "JPEG"))
    entries = {entry.path: entry.data for entry in plain_entries(render(course()).files())}
    for width in (480, 800, 1000):
        assert opened(entries[f"media/hands.jpg.{width}.webp"]).width == width


# Logos


def with_logo(name: str, data: bytes) -> Course:
    (Path("lib/providers") / name).write_bytes(data)
    file = Path("lib/providers/full.yaml")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"#1F5F6B"', f'"#1F5F6B", logo: {name}'), encoding="utf-8")
    return course()


def test_a_logo_of_pixels() -> None:
    made = with_logo("our-logo.png", saved(drawing(1200, 300), "PNG"))
    assert made.logo is not None
    assert (plain(made.logo.path), made.logo.width, made.logo.height, made.logo.others) == (
        "logo.400.webp",
        LOGO,
        100,
        (),
    )
    entries = {entry.path: entry.data for entry in plain_entries(render(made).files())}
    assert opened(entries["logo.400.webp"]).size == (400, 100)
    for page in ("index.html", "facilitator.html"):
        assert html.document_fromstring(entries[page]).xpath("//header//img/@src") == ["logo.400.webp"]


def test_a_logo_that_is_drawn() -> None:
    made = with_logo("our-logo.svg", svg("<rect/>"))
    assert made.logo is not None
    assert plain(made.logo.path) == "logo.svg"


def test_a_logo_that_is_none() -> None:
    with pytest.raises(ContentError) as caught:
        with_logo("our-logo.png", b"GIF89a")
    (found,) = caught.value.diagnostics
    assert (found.code, str(found.place), found.message) == (
        "FRM-11",
        "providers/full.yaml:3:34",
        "`our-logo.png` is not what its name says",
    )


# What is no picture


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.jpg", saved(drawing(9, 9), "PNG"), "is not what its name says"),
        ("x.png", saved(drawing(9, 9), "JPEG"), "is not what its name says"),
        ("x.webp", saved(drawing(9, 9), "PNG"), "is not what its name says"),
        ("x.jpeg", saved(drawing(9, 9), "WEBP"), "is not what its name says"),
        ("x.png", b"", "is not what its name says"),
        ("x.png", saved(photo(90, 90), "PNG")[:200], DAMAGED),
        ("x.jpg", saved(photo(90, 90), "JPEG")[:300], DAMAGED),
        ("x.webp", saved(photo(90, 90), "WEBP")[:100], DAMAGED),
        ("x.png", saved(drawing(9, 9), "PNG")[:8], DAMAGED),
        ("x.jpg", b"\xff\xd8\xff", DAMAGED),
        ("x.webp", b"RIFF\x24\0\0\0WAVEfmt ", DAMAGED),
        ("x.webp", b"RIFF", DAMAGED),
    ],
)
def test_a_file_that_is_damaged_or_something_else(name: str, data: bytes, message: str) -> None:
    assert refused(name, data) == [("FRM-11", AT, f"`{name}` {message}", "Save it again in that format.")]


def empty_png(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says to be as large as this."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    body = zlib.compress(bytes(1000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(3200, 3200), (10_000, 10_000), (20_000, 20_000), (2_000_000, 1_000)])
def test_a_small_file_that_would_fill_the_memory(width: int, height: int) -> None:
    data = empty_png(width, height)
    assert len(data) < 200
    message = "`bomb.png` has more than 10 million pixels"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of its own bound too
        assert refused("bomb.png", data) == [("FRM-11", AT, message, "Save it again in that format.")]


def test_the_reader_of_pictures_warns_nobody() -> None:
    """What Pillow says by a warning an author would see as noise beside the finding."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        refused("bomb.png", empty_png(10_000, 10_000))
    assert [str(each.message) for each in said] == []


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_moves(kind: str) -> None:
    steps = [Image.new("RGB", (40, 20), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    steps[0].save(out, kind, save_all=True, append_images=steps[1:], duration=500)
    name = f"x.{kind.lower()}"
    hint = "Make a film of it, or a picture of each step."
    assert refused(name, out.getvalue()) == [("FRM-15", AT, f"`{name}` moves, and would stand still", hint)]


def test_the_preview_in_a_photo_is_no_movement() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (4, 2))])
    assert (shown("x.jpg", out.getvalue()).width, Image.open(out).format) == (40, "MPO")


def test_a_kind_of_picture_that_is_not_used() -> None:
    hint = "Export it as .png, .jpg, .jpeg, .webp, .svg: another name does not change what it is."
    message = "`hands.tiff` is not a kind of picture used here"
    assert refused("hands.tiff", b"II*\0") == [("FRM-11", AT, message, hint)]


def test_a_picture_that_is_not_there() -> None:
    use("dott.png", b"")
    (MEDIA / "dott.png").unlink()
    assert findings() == [("SRC-04", AT, "there is no file `dott.png`", "Did you mean `dot.png`?")]


def test_a_picture_that_is_too_large_for_any_phone() -> None:
    with (MEDIA / "huge.png").open("wb") as file:
        file.truncate(50_000_001)
    file_ = Path("lib") / START
    file_.write_text(file_.read_text(encoding="utf-8").replace("dot.png", "huge.png"), encoding="utf-8")
    assert findings() == [
        (
            "SRC-06",
            "every-block/media/huge.png",
            "is larger than 50,000,000 bytes",
            "Split it, or make it smaller.",
        )
    ]


SPOILED = {
    ".png": saved(drawing(60, 40), "PNG"),
    ".jpg": saved(photo(60, 40), "JPEG"),
    ".webp": saved(photo(60, 40), "WEBP"),
}


@given(
    st.sampled_from(sorted(SPOILED)),
    st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 255)), max_size=6),
    st.integers(0, 4000),
    st.binary(max_size=40),
)
def test_no_bytes_break_the_reader_of_pictures(
    suffix: str, changes: list[tuple[int, int]], cut: int, more: bytes
) -> None:
    data = bytearray(SPOILED[suffix])
    for at, value in changes:
        data[at % len(data)] = value
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made = encoded(bytes(data[:cut] + more), suffix, WIDTHS)
        except ValueError:
            return
    for shot, width, height in made:
        assert opened(shot).size == (width, height)


# Drawings

SVG = "http://www.w3.org/2000/svg"


def svg(inside: str, attributes: str = 'viewBox="0 0 40 20"') -> bytes:
    names = f'xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ink="https://ink.example"'
    return f"<svg {names} {attributes}>{inside}</svg>".encode()


def clean(inside: str) -> str:
    """What is left inside the drawing, in its canonical form without the names of namespaces."""
    data, _, _ = cleaned(svg(inside))
    root = etree.fromstring(data)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["xlink"])
    text = etree.tostring(root, encoding="unicode")
    text = text.removesuffix("</svg>") if text.endswith("</svg>") else ""
    return text.partition(">")[2].replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")


KEPT = '<path d="M0 0h9"/>'


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (f"{KEPT}<script>x()</script>{KEPT}", KEPT + KEPT),
        (f'<script href="x.js"/>{KEPT}', KEPT),
        ("<g>a<script>x()</script>b<script/>c</g>", "<g>abc</g>"),
        ("<text>a<tspan>b</tspan><script/>c</text>", "<text>a<tspan>b</tspan>c</text>"),
        (f'<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"> </p></foreignObject>{KEPT}', KEPT),
        (
            f"<switch><foreignObject>x</foreignObject>{KEPT}<text>x</text></switch>",
            f"<switch>{KEPT}<text>x</text></switch>",
        ),
        (f'<g xmlns:h="http://www.w3.org/1999/xhtml"><h:script>x()</h:script>{KEPT}</g>', f"<g>{KEPT}</g>"),
        (f'<iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/>{KEPT}', KEPT),
        (f'<ink:note ink:x="1">x</ink:note>{KEPT}', KEPT),
        (f'<g onclick="x()" ONLOAD="x()" id="a">{KEPT}</g>', f'<g id="a">{KEPT}</g>'),
        (f'<g ink:label="Ada" ink:file="/home/ada/x.svg" id="a">{KEPT}</g>', f'<g id="a">{KEPT}</g>'),
        ('<rect><animate attributeName="x"/><set attributeName="href" to="x"/></rect>', "<rect/>"),
        ('<rect><animateTransform attributeName="x"/><animateMotion/></rect>', "<rect/>"),
        ('<image href="https://evil.example/x.png" width="1"/>', '<image width="1"/>'),
        ('<image xlink:href="//evil.example/x.png" width="1"/>', '<image width="1"/>'),
        ('<image href="x.png" width="1"/>', '<image width="1"/>'),
        ('<image href="data:image/svg+xml,x" width="1"/>', '<image width="1"/>'),
        ('<a href="javascript:x()"><text>a</text></a>', "<a><text>a</text></a>"),
        ('<a xlink:href=" java&#10;script:x()"><text>a</text></a>', "<a><text>a</text></a>"),
        ('<use href="other.svg#a"/>', "<use/>"),
        ('<use href="#a"/>', '<use href="#a"/>'),
        ('<use xlink:href="#a"/>', '<use xlink:href="#a"/>'),
        ('<image href="data:image/png;base64,AA=="/>', '<image href="data:image/png;base64,AA=="/>'),
        ('<rect fill="url(#sky)"/>', '<rect fill="url(#sky)"/>'),
        ('<rect fill="url(https://evil.example)" x="1"/>', '<rect x="1"/>'),
        ('<rect fill="url( \'\thttps://evil.example\')" x="1"/>', '<rect x="1"/>'),
        ('<rect fill="url(\'x.svg#a\')" x="1"/>', '<rect x="1"/>'),
        ('<rect fill="URL( \'https://evil.example\' )" x="1"/>', '<rect x="1"/>'),
        ('<rect style="fill:url(//evil.example)" x="1"/>', '<rect x="1"/>'),
        ('<rect style="width:expression(x())" x="1"/>', '<rect x="1"/>'),
        ('<rect style="fill:red" x="1"/>', '<rect style="fill:red" x="1"/>'),
        (f"<style>@import 'x.css';</style>{KEPT}", KEPT),
        (f"<style>a{{fill:url(https://evil.example)}}</style>{KEPT}", KEPT),
        ("<style>.a{fill:url(#sky)}</style>", "<style>.a{fill:url(#sky)}</style>"),
        ("<style>.a{fill:red}</style>", "<style>.a{fill:red}</style>"),
        (f"<!-- by someone -->{KEPT}", KEPT),
        (f"<?xml-stylesheet href='https://evil.example'?>{KEPT}", KEPT),
        ("<text>a<!-- b -->c<?d e?>f</text>", "<text>acf</text>"),
        (f"<metadata>by someone</metadata>{KEPT}", f"<metadata>by someone</metadata>{KEPT}"),
    ],
)
def test_what_acts_or_loads_is_taken_out_of_a_drawing(written: str, left: str) -> None:
    assert clean(written) == left


@pytest.mark.parametrize("part", ["url(#a)", "url('#a')", 'url("#a")', "url( #a )", "url( '#a' )", 'url( " #a" )'])
def test_a_drawing_keeps_what_refers_to_its_own_parts(part: str) -> None:
    in_tag = part.replace('"', "&quot;")
    for name in ("fill", "stroke", "clip-path", "mask", "filter", "marker-end"):
        for written in (f'<rect {name}="{in_tag}"/>', f'<rect style="x:y;{name}:{in_tag}"/>'):
            assert clean(written) == written
        styled = f"<style>.a{{{name}:{part}}}.b{{fill:red}}</style>"
        assert clean(styled) == styled
    for name in ("href", "xlink:href"):
        assert clean(f'<use {name}=" #a"/>') == f'<use {name}=" #a"/>'


@pytest.mark.parametrize(
    "written",
    [
        "<foreignObject>Call</foreignObject>",
        '<g><foreignObject><p xmlns="http://www.w3.org/1999/xhtml"><b>us</b></p></foreignObject><text>x</text></g>',
        "<switch><foreignObject>Call</foreignObject></switch>",
        "<switch><foreignObject>Call</foreignObject><foreignObject>Call</foreignObject></switch>",
    ],
)
def test_a_drawing_whose_words_would_be_gone(written: str) -> None:
    hint = "Export it with its text as text; in Mermaid, with `htmlLabels: false`."
    assert refused("x.svg", svg(written)) == [("FRM-15", AT, "`x.svg` holds words that would be gone", hint)]


@pytest.mark.parametrize(
    "written",
    [
        r"<style>@\69mport 'https://evil.example/x.css';</style>",
        r"<style>a{fill:u\72l(https://evil.example)}</style>",
        "<style>a{cursor:image-set('https://evil.example' 1x),auto}</style>",
        "<style><g/>@import 'https://evil.example/x.css';</style>",
        "<style>@imp<script/>ort 'https://evil.example/x.css';</style>",
        r'<rect style="fill:u\72l(https://evil.example)"/>',
    ],
)
def test_a_style_that_hides_what_it_loads(written: str) -> None:
    """CSS reads `\\72` as `r`, other functions than url() load too, and a style is all its text, in parts or not."""
    assert "evil" not in cleaned(svg(written))[0].decode()


def test_what_stands_before_a_drawing_is_gone() -> None:
    data = b'<?xml version="1.0"?><?xml-stylesheet href="https://evil.example"?><!-- x -->' + svg(KEPT) + b"<?x y?>"
    assert cleaned(data)[0] == cleaned(svg(KEPT))[0]


def test_entities_of_a_drawing_are_not_read() -> None:
    for entity in ('SYSTEM "file:///etc/passwd"', '"x"'):
        doctype = f"<!DOCTYPE svg [<!ENTITY e {entity}>]>".encode()
        found = cleaned(doctype + svg("<text>a&e;b</text>"))[0]
        assert (b"ENTITY" in found, b"&e;" in found, b"root" in found, b"DOCTYPE" in found) == (False,) * 4
        etree.fromstring(found)


def test_what_a_document_type_adds_is_taken_out_too() -> None:
    doctype = b'<!DOCTYPE svg [<!ATTLIST g onclick CDATA "x()"><!ATTLIST use href CDATA "https://evil.example">]>'
    assert cleaned(doctype + svg("<g/><use/>"))[0] == cleaned(svg("<g/><use/>"))[0]


def test_entities_that_would_fill_the_memory() -> None:
    names = "abcdefghij"
    lines = [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names)]
    doctype = f'<!DOCTYPE svg [<!ENTITY a "{"x" * 100}">{"".join(lines)}]>'.encode()
    with suppress(ValueError):
        assert len(cleaned(doctype + svg("<text>&j;</text>"))[0]) < 1000


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="20"', (40, 20)),
        ('width="40px" height=" 20 px "', (40, 20)),
        ('width="40.4" height="20.6" viewBox="0 0 1 1"', (40, 21)),
        ('width="100%" height="20" viewBox="0 0 640 480"', (640, 480)),
        ('width="4em" viewBox="0 0 64 48"', (64, 48)),
        ('viewBox="-5,-5, 64.4 48"', (64, 48)),
        ('viewBox="0 0 0.2 0.1"', (1, 1)),
        ('viewBox="0 0 64"', (300, 150)),
        ('viewBox="a b c d"', (300, 150)),
        ("", (300, 150)),
    ],
)
def test_the_size_of_a_drawing(attributes: str, size: tuple[int, int]) -> None:
    assert cleaned(svg("", attributes))[1:] == size


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is not what its name says"),
        (b"<svg", "is not what its name says"),
        (b"GIF89a", "is not what its name says"),
        (b"<svg/>", "has no <svg> in the namespace of SVG as its first element"),
        (
            b"<html><svg xmlns='http://www.w3.org/2000/svg'/></html>",
            "has no <svg> in the namespace of SVG as its first element",
        ),
    ],
)
def test_a_drawing_that_is_none(data: bytes, message: str) -> None:
    assert refused("x.svg", data) == [("FRM-11", AT, f"`x.svg` {message}", "Save it again in that format.")]


@pytest.mark.parametrize("levels", [101, 200, 300, 3000, 200_000])
def test_a_drawing_that_is_nested_too_deeply(levels: int) -> None:
    message = "`x.svg` is nested more than 100 levels deep"
    assert refused("x.svg", svg("<g>" * (levels - 1))) == [("FRM-11", AT, message, "Save it again in that format.")]


def test_the_deepest_drawing() -> None:
    deep = svg("<g>" * 98 + "<rect/>" + "</g>" * 98)
    assert cleaned(deep)[0].count(b"<g>") == 98
    assert cleaned(deep + b"<!-- the end -->")[0] == cleaned(deep)[0]


def test_a_drawing_on_the_page() -> None:
    use("x.svg", svg(f"<script>x()</script>{KEPT}"))
    entries = {entry.path: entry.data for entry in plain_entries(render(course()).files())}
    assert b"script" not in entries["media/x.svg"]
    image = html.document_fromstring(entries["index.html"]).cssselect("#start figure img")[0]
    assert dict(image.attrib) == {
        "src": "media/x.svg",
        "alt": "A small dot",
        "width": "40",
        "height": "20",
        "loading": "lazy",
    }


def covered() -> Course:
    """The course, whose first page begins with its picture."""
    made = course()
    first, *others = made.module.pages
    blocks = tuple(sorted(first.blocks, key=lambda block: not isinstance(block, Figure)))
    pages = (first.model_copy(update={"blocks": blocks}), *others)
    return replace(made, module=made.module.model_copy(update={"pages": pages}))


def test_a_small_drawing_on_the_cover_comes_with_the_page() -> None:
    drawn = svg(f"{KEPT}<!-- 100 % -->", 'viewBox="0 0 40 20" fill="#1f5f6b"')
    use("x.svg", drawn)
    with_logo("our-logo.svg", drawn)
    entries = {entry.path: entry.data for entry in plain_entries(render(covered()).files())}
    images = html.document_fromstring(entries["index.html"]).cssselect(".cover img, .provider img")
    for image in images:
        kind, data = str(image.get("src")).split(",", 1)
        assert (kind, unquote_to_bytes(data)) == ("data:image/svg+xml", cleaned(drawn)[0])
    assert len(images) == 2
    assert "media/x.svg" not in entries  # nothing else shows it
    assert entries["logo.svg"] == cleaned(drawn)[0]  # the guide does


@pytest.mark.parametrize("name", ["x.svg", "x.png"])
def test_a_large_picture_on_the_cover_is_a_file(name: str) -> None:
    use(name, svg("<rect/>" * 1200) if name == "x.svg" else saved(drawing(600, 300), "PNG"))
    entries = {entry.path: entry.data for entry in plain_entries(render(covered()).files())}
    (image,) = html.document_fromstring(entries["index.html"]).cssselect(".cover img")
    source = str(image.get("src"))
    assert source.startswith("media/x.")
    assert source in entries


NAMES = st.sampled_from(
    ["g", "rect", "text", "a", "use", "style", "script", "foreignObject", "set", "ink:x", "image"]
)
VALUES = st.sampled_from(
    ["#a", "x.png", "https://e.example", "url(#a)", "url(x)", "@import", "data:image/png;x", "javascript:x", "red"]
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["href", "xlink:href", "fill", "style", "onload", "id", "x", "ink:y"]), VALUES, max_size=3
)
TEXTS = st.sampled_from(["", "a", " ", "url(x)", "@import x", "<!--c-->", "<?p q?>", "b<!--c-->d"])


def elements(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def made(name: str, attributes: dict[str, str], text: str, inside: list[str], tail: str) -> str:
        given = "".join(f' {key}="{value}"' for key, value in attributes.items())
        return f"<{name}{given}>{text}{''.join(inside)}</{name}>{tail}"

    return st.builds(made, NAMES, ATTRIBUTES, TEXTS, st.lists(children, max_size=3), TEXTS)


DRAWINGS = st.lists(st.recursive(elements(st.just("")), elements, max_leaves=8), max_size=3).map("".join)


@settings(max_examples=60)
@given(DRAWINGS)
def test_a_drawing_that_was_cleaned_is_clean(written: str) -> None:
    try:
        once = cleaned(svg(written))
    except LossError:
        assert "<foreignObject" in written
        return
    assert cleaned(once[0]) == once
    for element in etree.fromstring(once[0]).iter():
        assert isinstance(element.tag, str)
        assert element.tag.startswith(f"{{{SVG}}}")
        assert etree.QName(element).localname not in {"script", "foreignObject", "set"}
        for name, value in element.attrib.items():
            assert not str(name).startswith("on")
            assert not any(word in str(value) for word in ("javascript:", "url(x", "@import"))
            assert "href" not in str(name) or str(value).startswith(("#", "data:image/png"))


@given(
    st.lists(st.sampled_from(["a", "<script/>", "b c", "<rect/>", "<!--x-->", "<ink:n>n</ink:n>", "d"]), max_size=9)
)
def test_text_after_what_is_taken_out_is_kept(parts: list[str]) -> None:
    """What stands behind an element belongs to the drawing, not to the element."""
    data, _, _ = cleaned(svg(f"<text>{''.join(parts)}</text>"))
    text = etree.fromstring(data)[0]
    assert "".join(text.itertext()) == "".join(part for part in parts if not part.startswith("<"))
    assert len(text) == parts.count("<rect/>")
