"""Films of no pictures: the boxes of an MP4, as far as they say how it is encoded."""

from __future__ import annotations


def box(kind: bytes, *inside: bytes) -> bytes:
    data = b"".join(inside)
    return (len(data) + 8).to_bytes(4) + kind + data


def track(handler: bytes, *entries: str) -> bytes:
    """A track of an MP4 whose samples are encoded so."""
    listed = box(
        b"stsd",
        bytes(4),
        len(entries).to_bytes(4),
        *(box(each.encode(), bytes(28)) for each in entries),
    )
    table = box(b"minf", box(b"dinf"), box(b"stbl", listed))
    return box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13)), table))


def mp4(*tracks: bytes) -> bytes:
    """An MP4 whose pictures and sound come before what says how to read them, in a box of 64 bits."""
    moved = box(b"moov", box(b"mvhd", bytes(100)), *tracks)
    return box(b"ftyp", b"isom") + (1).to_bytes(4) + b"mdat" + (24).to_bytes(8) + bytes(8) + moved
