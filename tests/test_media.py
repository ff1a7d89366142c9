"""Recordings, films and captions: told by their bytes, found in the module or in what all modules share."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
import yaml
from films import box, mp4, track
from lxml import html
from paths import EVERY_BLOCK
from PIL import Image
from stamps import plain, plain_entries

from scormpack.blocks import KINDS
from scormpack.content.load import load_library, load_module
from scormpack.course.codec import rarely_played
from scormpack.course.model import Course
from scormpack.course.resolve import resolve
from scormpack.diagnostics import ContentError
from scormpack.render import render
from scormpack.render.text import size, spent
from scormpack.source.node import NOWHERE, read
from scormpack.source.yaml import parse

KEEP = Path("lib/every-block/pages/to-keep.md")
MEDIA = Path("lib/every-block/media")
SHARED = Path("lib/media")
AGAIN = "Save it again in that format."
Finding = tuple[str, str, str, str]


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the library for tests, in the current folder."""
    shutil.copytree(EVERY_BLOCK, tmp_path / "lib")
    monkeypatch.chdir(tmp_path)


def course() -> Course:
    library = load_library(Path("lib"))
    return resolve(load_module(Path("lib/every-block")), library.providers["full"], library)


def findings() -> list[Finding]:
    try:
        course()
    except ContentError as error:
        return [(found.code, str(found.place), found.message, found.hint) for found in error.diagnostics]
    return []


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def at(words: str) -> str:
    text = KEEP.read_text(encoding="utf-8")
    assert text.count(words) == 1, words
    before = text[: text.index(words)]
    return f"every-block/pages/to-keep.md:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


MP4 = b"\0\0\0\x18ftypmp42"
WEBM = b"\x1a\x45\xdf\xa3\x01"
UNREAD = "no browser reads these times: "
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nA light.\n"
TAKEN = [
    ("tone.mp3", "joy.mp3", b"ID3\x04\0\0"),
    ("tone.mp3", "joy.mp3", b"\xff\xfb\x90\x64"),
    ("tone.mp3", "joy.mp3", b"\xff\xf3\x40\xc4"),
    ("tone.mp3", "joy.MP3", b"ID3\x04\0\0"),
    ("tone.mp3", "joy.m4a", b"\0\0\0\x1cftypM4A "),
    ("film.webm", "hands.webm", WEBM),
    ("film.webm", "hands.mp4", MP4),
    ("film.vtt", "words.vtt", VTT),
    ("film.vtt", "words.vtt", b"\xef\xbb\xbf" + VTT),
    ("film.vtt", "words.vtt", VTT.replace(b"\n", b"\r\n")),
    ("film.vtt", "words.vtt", VTT.replace(b"WEBVTT", b"WEBVTT - for the film")),
    ("film.vtt", "words.vtt", VTT.replace(b"00:00", b"0:00:00").replace(b"02.000", b"02.000 line:0 align:start")),
    ("film.vtt", "words.vtt", VTT + b"\nNOTE by us\n\nlast\n00:02.000-->120:00:05.000\n<v Joy>It goes.</v>\n"),
]


@pytest.mark.parametrize(("old", "name", "data"), TAKEN)
def test_a_kind_of_media_is_told_by_its_first_bytes(old: str, name: str, data: bytes) -> None:
    (MEDIA / name).write_bytes(data)
    edit(KEEP, old, name)
    assert findings() == []
    asset = course().assets[name]
    assert (plain(asset.path), asset.file, asset.data) == (f"media/{name}", MEDIA / name, data)


@pytest.mark.parametrize(
    ("old", "name", "data"),
    [
        ("tone.mp3", "joy.mp3", b"RIFF\0\0\0\0WAVE"),
        ("tone.mp3", "joy.mp3", b""),
        ("tone.mp3", "joy.mp3", b"<html>ID3"),
        ("tone.mp3", "joy.m4a", b"ftypM4A "),
        ("film.webm", "hands.webm", MP4),
        ("film.webm", "hands.mp4", WEBM),
        ("film.vtt", "words.vtt", b"1\n00:00:00,000 --> 00:00:02,000\nA light.\n"),
        ("film.vtt", "words.vtt", b"WEBVTTX\n\n00:00.000 --> 00:02.000\n"),
        ("film.vtt", "words.vtt", b"WEBVTT"),
    ],
)
def test_a_file_that_is_something_else(old: str, name: str, data: bytes) -> None:
    (MEDIA / name).write_bytes(data)
    edit(KEEP, old, name)
    assert findings() == [("FRM-11", at(name), f"`{name}` is not what its name says", AGAIN)]


@pytest.mark.parametrize(
    ("old", "name", "message", "hint"),
    [
        (
            "tone.mp3",
            "joy.wav",
            "`joy.wav` is not a kind of recording used here",
            "Export it as .mp3, .m4a: another name does not change what it is.",
        ),
        (
            "tone.mp3",
            "film.webm",
            "`film.webm` is not a kind of recording used here",
            "Export it as .mp3, .m4a: another name does not change what it is.",
        ),
        (
            "film.webm",
            "hands.mov",
            "`hands.mov` is not a kind of film used here",
            "Export it as .mp4, .webm: another name does not change what it is.",
        ),
        (
            "film.webm",
            "hands.mp3",
            "`hands.mp3` is not a kind of film used here",
            "Export it as .mp4, .webm: another name does not change what it is.",
        ),
        (
            "film.vtt",
            "words.srt",
            "`words.srt` is not a kind of file of captions used here",
            "Export it as .vtt: another name does not change what it is.",
        ),
        (
            "poster: dot.png",
            "poster: tone.mp3",
            "`tone.mp3` is not a kind of picture used here",
            "Export it as .png, .jpg, .jpeg, .webp, .svg: another name does not change what it is.",
        ),
    ],
)
def test_a_kind_that_is_not_used(old: str, name: str, message: str, hint: str) -> None:
    (MEDIA / name.removeprefix("poster: ")).touch()
    where = at(old.removeprefix("poster: "))
    edit(KEEP, old, name)
    assert findings() == [("FRM-11", where, message, hint)]


def test_a_recording_is_no_picture_though_it_is_used_already() -> None:
    with Path("lib/every-block/pages/the-end.md").open("a", encoding="utf-8") as page:
        page.write("\n```figure\nsrc: tone.mp3\nalt: A tone\n```\n")
    place, message = "every-block/pages/the-end.md:20:6", "`tone.mp3` is not a kind of picture used here"
    assert findings() == [
        (
            "FRM-11",
            place,
            message,
            "Export it as .png, .jpg, .jpeg, .webp, .svg: another name does not change what it is.",
        )
    ]


def test_captions_without_a_caption() -> None:
    (MEDIA / "words.vtt").write_bytes(b"WEBVTT\n\nNOTE to do\n")
    edit(KEEP, "film.vtt", "words.vtt")
    hint = "A caption begins with a line `00:00.000 --> 00:04.000`."
    assert findings() == [("FRM-11", at("words.vtt"), "`words.vtt` holds no caption", hint)]


LIKE = "Like `00:00.500 --> 00:02.000`: minutes and seconds of two digits, a point, and three digits."
BACKWARDS = ("a caption ends before it begins, and is never shown", "Correct one of its two times.")
EMPTY = ("a caption has no words", "Write what is heard on the next line, or remove its times.")


@pytest.mark.parametrize(
    ("cues", "told"),
    [
        ("1\n00:00:00,500 --> 00:00:02,000\nA", [(4, f"{UNREAD}00:00:00,500 --> 00:00:02,000", LIKE)]),
        ("0:00.500 --> 0:02.000\nA", [(3, f"{UNREAD}0:00.500 --> 0:02.000", LIKE)]),
        ("00:02.5 --> 00:05.0\nA", [(3, f"{UNREAD}00:02.5 --> 00:05.0", LIKE)]),
        ("00:60.000 --> 01:01.000\nA", [(3, f"{UNREAD}00:60.000 --> 01:01.000", LIKE)]),
        ("00:01.0000 --> 00:02.0000\nA", [(3, f"{UNREAD}00:01.0000 --> 00:02.0000", LIKE)]),
        ("00:01.000 --> \nA", [(3, f"{UNREAD}00:01.000 -->", LIKE)]),
        ("00:04.000 --> 00:02.500\nA", [(3, *BACKWARDS)]),
        ("01:00:00.000 --> 00:02.500\nA", [(3, *BACKWARDS)]),
        ("00:04.000 --> 00:05.000\n\n00:06.000 --> 00:07.000\nB", [(3, *EMPTY)]),
        ("00:04.000 --> 00:05.000\n00:06.000 --> 00:07.000\n<v Joy> </v>", [(3, *EMPTY), (4, *EMPTY)]),
        (
            "00:04.000 --> 00:05.000\nA\n\n00:02.000 --> 00:03.000\nB",
            [(6, "a caption begins before the one above it", "Put them in the order of the film.")],
        ),
    ],
)
def test_captions_that_nobody_would_see(cues: str, told: list[tuple[int, str, str]]) -> None:
    (MEDIA / "film.vtt").write_text(f"WEBVTT\n\n{cues}\n", encoding="utf-8")
    assert findings() == [
        ("FRM-15", f"every-block/media/film.vtt:{line}:1", message, hint) for line, message, hint in told
    ]


def test_captions_in_another_encoding() -> None:
    (MEDIA / "film.vtt").write_bytes(VTT.replace(b"light", "café".encode("cp1252")))
    place, message = "every-block/media/film.vtt:4", "is not UTF-8 text (byte 38)"
    assert findings() == [("SRC-07", place, message, "Save the file as UTF-8.")]


@pytest.mark.parametrize(
    ("old", "name", "hint"),
    [
        ("tone.mp3", "tones.mp3", "Did you mean `tone.mp3`?"),
        ("film.webm", "flim.webm", "Did you mean `film.webm`?"),
        ("film.vtt", "filmm.vtt", "Did you mean `film.vtt`?"),
        ("film.vtt", "zzz.vtt", "Known here: dot.png, film.vtt, film.webm, tone.mp3."),
    ],
)
def test_a_file_that_is_not_there(old: str, name: str, hint: str) -> None:
    where = at(old)
    edit(KEEP, old, name)
    assert findings() == [("SRC-04", where, f"there is no file `{name}`", hint)]


def test_a_file_that_is_nearly_one_of_the_library() -> None:
    SHARED.mkdir()
    shutil.move(MEDIA / "tone.mp3", SHARED / "kettle.mp3")
    where = at("tone.mp3")
    edit(KEEP, "tone.mp3", "ketle.mp3")
    assert findings() == [("SRC-04", where, "there is no file `ketle.mp3`", "Did you mean `kettle.mp3`?")]


def test_every_missing_file_is_told_at_once() -> None:
    for name in ("tone.mp3", "film.webm", "film.vtt"):
        (MEDIA / name).unlink()
    hint = "Known here: dot.png."
    assert findings() == [
        ("SRC-04", at("tone.mp3"), "there is no file `tone.mp3`", hint),
        ("SRC-04", at("film.webm"), "there is no file `film.webm`", hint),
        ("SRC-04", at("film.vtt"), "there is no file `film.vtt`", hint),
    ]


@pytest.mark.parametrize("name", ["tone.mp3", "film.webm", "film.vtt", "dot.png"])
def test_a_link_that_leads_out_of_the_library(name: str) -> None:
    shutil.move(MEDIA / name, "elsewhere")
    (MEDIA / name).symlink_to(Path("elsewhere").resolve())
    place = f"every-block/media/{name}"
    assert set(findings()) == {("SRC-05", place, "a link leads out of the library", "Put the file itself here.")}


def test_a_link_inside_the_library_is_followed() -> None:
    SHARED.mkdir()
    shutil.move(MEDIA / "tone.mp3", SHARED / "sound.mp3")
    (MEDIA / "tone.mp3").symlink_to(Path("../../media/sound.mp3"))
    assert findings() == []


@pytest.mark.parametrize(
    "name", ["../film.webm", "/etc/passwd", "a b.webm", "médias.webm", "https://e.example/a.webm"]
)
def test_a_path_that_leads_elsewhere(name: str) -> None:
    where = at("film.webm")
    edit(KEEP, "film.webm", f'"{name}"')
    hint = "Rename the file: letters without accents, digits, `.`, `_` and `-`, no spaces."
    message = f"`src`: `{name}` is not spelled as it has to be"
    assert findings() == [("FRM-05", where, message, hint)]


def test_a_film_that_is_too_large() -> None:
    with (MEDIA / "film.webm").open("wb") as file:
        file.truncate(50_000_001)
    place = "every-block/media/film.webm"
    assert findings() == [("SRC-06", place, "is larger than 50,000,000 bytes", "Split it, or make it smaller.")]


# How it is encoded


SOUND = track(b"soun", "mp4a")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (mp4(track(b"vide", "avc1"), SOUND), None),
        (mp4(track(b"vide", "avc3")), None),
        (mp4(track(b"vide", "vp09"), SOUND), None),
        (mp4(SOUND, track(b"vide", "hvc1")), "HEVC"),
        (mp4(track(b"vide", "hev1")), "HEVC"),
        (mp4(track(b"vide", "apch")), "ProRes"),
        (mp4(track(b"vide", "av01")), "AV1"),
        (mp4(track(b"vide", "mp4v")), "MPEG-4 Visual"),
        (mp4(track(b"vide", "avc1", "hvc1")), "HEVC"),
        (mp4(track(b"vide", "xyz1")), "xyz1"),
        (mp4(track(b"soun", "alac")), "Apple Lossless"),
        (mp4(track(b"vide", "avc1"), track(b"sbtl", "tx3g"), track(b"meta", "mebx")), None),
        (WEBM + b"\x86\x85V_VP9\x86\x86A_OPUS", None),
        (WEBM + b"\x86\x85V_AV1", "AV1"),
        (mp4(track(b"vide", "hvc1"))[:-60], None),
        (box(b"ftyp") + bytes(99), None),
        (b"", None),
    ],
)
def test_what_many_phones_cannot_play(data: bytes, name: str | None) -> None:
    assert rarely_played(data) == name


# What all modules share


def red(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def colour_of(made: Course, name: str) -> tuple[int, int, int]:
    pixel = Image.open(io.BytesIO(made.assets[name].data)).convert("RGB").getpixel((4, 4))
    assert isinstance(pixel, tuple)
    red, green, blue = (round(part / 255) * 255 for part in pixel)
    return red, green, blue


def test_media_of_the_library_are_found_and_those_of_the_module_go_first() -> None:
    SHARED.mkdir()
    shutil.move(MEDIA / "tone.mp3", SHARED / "tone.mp3")
    shutil.move(MEDIA / "film.vtt", SHARED / "film.vtt")
    (SHARED / "film.webm").write_bytes(WEBM)
    (SHARED / "dot.png").write_bytes(red("red"))
    (MEDIA / "dot.png").write_bytes(red("blue"))
    made = course()
    assert {name: asset.file for name, asset in made.assets.items()} == {
        "dot.png": MEDIA / "dot.png",
        "film.vtt": SHARED / "film.vtt",
        "film.webm": MEDIA / "film.webm",
        "tone.mp3": SHARED / "tone.mp3",
    }
    assert colour_of(made, "dot.png") == (0, 0, 255)
    (MEDIA / "dot.png").unlink()
    assert colour_of(course(), "dot.png") == (255, 0, 0)
    assert plain(course().assets["dot.png"].path) == "media/dot.png.8.webp"


def test_media_of_the_library_in_a_folder() -> None:
    (SHARED / "hands").mkdir(parents=True)
    shutil.move(MEDIA / "tone.mp3", SHARED / "hands" / "tone.mp3")
    edit(KEEP, "tone.mp3", "hands/tone.mp3")
    assert plain(course().assets["hands/tone.mp3"].path) == "media/hands/tone.mp3"


def test_a_link_out_of_the_library_from_what_is_shared() -> None:
    SHARED.mkdir()
    shutil.move(MEDIA / "tone.mp3", "elsewhere")
    (SHARED / "tone.mp3").symlink_to(Path("elsewhere").resolve())
    place = "media/tone.mp3"
    assert findings() == [("SRC-05", place, "a link leads out of the library", "Put the file itself here.")]


# On the page


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_recording_on_the_page() -> None:
    page = html.document_fromstring(plain_entries(render(course()).files())[0].data)
    (audio,) = page.cssselect("audio")
    assert dict(audio.attrib) == {
        "controls": "",
        "preload": "none",
        "src": "media/tone.mp3",
        "aria-label": "Joy tells",
    }
    figure = audio.getparent()
    assert figure is not None
    words = course().words
    facts = words["media_facts"].format(minutes="30 seconds", size="2 kB")
    assert [text(each) for each in figure] == [
        f"{words['audio']} Joy tells {facts}",
        "Joy says what helped her.",
        "",
        f"A care worker: {words['speaker_invented']}",
        f"{words['transcript']}Joy: I called the office. They stayed on the line. "
        "I told them what I saw, and they sent the nurse. "
        "She came within the hour. After that I could breathe again.",
    ]


def test_a_film_on_the_page() -> None:
    page = html.document_fromstring(plain_entries(render(course()).files())[0].data)
    (video,) = page.cssselect("video")
    (track,) = video
    assert dict(video.attrib) == {
        "controls": "",
        "playsinline": "",
        "preload": "none",
        "src": "media/film.webm",
        "aria-label": "A light in a room",
        "poster": "media/dot.png.1.webp",
    }
    assert {**track.attrib, "label": ""} == {
        "kind": "captions",
        "src": "media/film.vtt",
        "srclang": "en-GB",
        "label": "",
        "default": "",
    }
    assert page.cssselect("[autoplay]") == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.25, "15 seconds"),
        (0.5, "30 seconds"),
        (1, "1 minute"),
        (1.4, "1 minute"),
        (1.6, "2 minutes"),
        (60, "60 minutes"),
    ],
)
def test_a_length_of_time_in_words(minutes: float, words: str) -> None:
    assert spent(minutes, course().words) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "1 kB"),
        (1, "1 kB"),
        (1499, "1 kB"),
        (1501, "2 kB"),
        (999_499, "999 kB"),
        (1_000_000, "1.0 MB"),
        (12_340_000, "12.3 MB"),
    ],
)
def test_the_size_of_a_file_in_words(length: int, words: str) -> None:
    assert size(bytes(length)) == words


# The models

SPEAKERS = [{"role": "A nurse", "origin": "fictional"}]
AUDIO = {"title": "T", "src": "a.mp3", "minutes": "2", "speakers": SPEAKERS, "transcript": "T"}
VIDEO = {
    "title": "T",
    "src": "a.mp4",
    "captions": "a.vtt",
    "minutes": "2",
    "transcript": "T",
    "audio_description": "T",
}


def block_refused(kind: str, data: dict[str, object]) -> list[tuple[str, str]]:
    with pytest.raises(ContentError) as caught:
        read(KINDS[kind], parse(yaml.safe_dump(data), "a.yaml"), NOWHERE)
    return [(found.code, found.message) for found in caught.value.diagnostics]


@pytest.mark.parametrize(("kind", "data"), [("audio", AUDIO), ("video", VIDEO)])
def test_what_media_need(kind: str, data: dict[str, object]) -> None:
    """The same to read is never left out: it is for those who cannot hear, see or load it."""
    optional = {"audio": {"summary"}, "video": {"summary", "poster"}}[kind]
    fields = set(KINDS[kind].model_fields) - {"type"}
    assert fields - optional == set(data)
    for field in data:
        rest = {name: value for name, value in data.items() if name != field}
        code = "ACC-01" if field in ("transcript", "captions") else "FRM-01"
        assert block_refused(kind, rest) == [(code, f"`{field}`: is missing")]


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("minutes", "0", ("FRM-06", "`minutes`: has to be more than 0")),
        ("minutes", "61", ("FRM-06", "`minutes`: has to be 60 or less")),
        ("minutes", "long", ("FRM-03", "`minutes`: has to be a number")),
        ("speakers", [], ("FRM-06", "`speakers`: needs at least 1, has 0")),
        ("transcript", "", ("ACC-01", "`transcript`: is empty")),
        ("autoplay", "true", ("ACC-09", "`autoplay`: no such field")),
    ],
)
def test_a_mistake_in_a_recording(field: str, value: object, found: tuple[str, str]) -> None:
    assert block_refused("audio", {**AUDIO, field: value}) == [found]
