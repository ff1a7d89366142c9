"""How a recording or a film is encoded, as its container says: not every phone can play what its name promises."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What phones of 2019 play, whoever made them: in MP4 by the name of the sample entry, in WebM by the CodecID.
_PLAYED = {"avc1", "avc3", "vp09", "mp4a", "fLaC", "V_VP8", "V_VP9", "A_VORBIS", "A_OPUS"}
_NAMES = {
    "HEVC": "hvc1 hev1",
    "Dolby Vision": "dvh1 dvhe",
    "ProRes": "apch apcn apcs apco ap4h ap4x",
    "AV1": "av01 V_AV1",
    "MPEG-4 Visual": "mp4v",
    "Motion JPEG": "jpeg mjpa mjp2",
    "Apple Lossless": "alac",
    "AMR": "samr sawb",
    "Dolby Digital": "ac-3 ec-3",
}
_NAME_OF = {entry: name for name, entries in _NAMES.items() for entry in entries.split()}
_ROAD = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")  # ISO/IEC 14496-12: where a sample entry stands
_TRACKS = (b"vide", b"soun")
_CODEC_ID = re.compile(rb"\x86[\x81-\x94]([VA]_[A-Z0-9_/]{2,18})")  # Matroska: in the track's own words
_HEAD = 100_000  # bytes of a WebM before its first picture
_MOST = 10_000  # boxes


def rarely_played(data: bytes) -> str | None:
    """The name of an encoding in `data` that many phones cannot play; None if there is none."""
    found = _of_webm(data) if data.startswith(b"\x1a\x45\xdf\xa3") else _of_mp4(data)
    return next((_NAME_OF.get(each, each) for each in found if each not in _PLAYED), None)


def _of_webm(data: bytes) -> Iterator[str]:
    return (found[1].decode("ascii") for found in _CODEC_ID.finditer(data, 0, _HEAD))


def _of_mp4(data: bytes) -> Iterator[str]:
    for begin, end in _inside(data, [(0, len(data))], *_ROAD[:3]):
        media = [(begin, end)]
        handlers = [data[at + 8 : at + 12] for at, _ in _inside(data, media, b"hdlr")]
        if any(handler in _TRACKS for handler in handlers):
            for at, after in _inside(data, media, *_ROAD[3:]):
                for kind, _, _ in _boxes(data, at + 8, after):  # behind its version and its count
                    yield kind.decode("latin-1")


def _inside(data: bytes, spans: list[tuple[int, int]], *road: bytes) -> list[tuple[int, int]]:
    """What lies at the end of a road of boxes, each inside the one before."""
    for name in road:
        spans = [(begin, end) for at, after in spans for kind, begin, end in _boxes(data, at, after) if kind == name]
    return spans


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Each box between two places: its kind, and where its content begins and ends."""
    for _ in range(_MOST):
        if at + 8 > end:
            return
        size, kind, begin = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], at + 8
        if size == 1:  # its size follows
            size, begin = int.from_bytes(data[at + 8 : at + 16]), at + 16
        after = at + size if size else end
        if after < begin or after > end:
            return
        yield kind, begin, after
        at = after
