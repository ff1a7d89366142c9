"""Packages that somebody spoiled, by accident or on purpose: `check` has to end with findings, soon and small.

Run by hand: `python tests/fuzz_packages.py --runs 10000 --seed 1 --processes 2`; one of them again: `--only SEED`.
"""

from __future__ import annotations

import io
import re
import resource
import struct
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random

from fuzzing import Run, run_by_hand
from inspection.strangers import STRANGERS

from scormpack.check.catalogue import entries
from scormpack.diagnostics import Diagnostic
from scormpack.inspect import inspect

SECONDS = 10.0
MEGABYTES = 300
FINDINGS = 5_000  # of one package
LETTERS = 1_000  # of one message, hint or place
RUNS_OF_A_WORKER = 200

Files = dict[str, bytes]
Zipped = Callable[[Random, bytes], bytes]
Unzipped = Callable[[Random, Files], Files]


# What is done to the files in a package

NASTY = (
    *(b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\x1b[31m", b"\xe2\x80\xae", b"\xc2\x85", b"\xe2\x80\xa8"),
    *(b"&#0;", b"&#x110000;", b"&#x85;", b"&amp", b"&nbsp;", b"<!--", b"-->", b"]]>", b"<![CDATA[", b"<?php ?>"),
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<x:y/>", b"<a xmlns=''/>", b"xml:base='//x/'", b"<", b">", b"/>", b"="),
    *(b"%00", b"%ff", b"../", b"//example.org/", b"http://[", b"javascript:", b"data:,", b"C:\\", b"'", b'"'),
    *(b"-1", b"1e999", b"99999999999999999999", b"PT", b"NaN", b" ", b"\n" * 50, b"<b>" * 300, b"<item>" * 300),
    *("é🎓".encode(), b"x" * 70_000, b"<a" + b" b" * 400 + b">"),
)
NAMES = (
    *("imsmanifest.xml", "IMSMANIFEST.XML", "tincan.xml", "cmi5.xml", "index.html", "a/index.html", "../a", "/a"),
    *("a\\b", "con", "a\nb", "é.html", "%2e%2e/a", "a?b#c", "x" * 300, "", ".", "a/", "sub/imsmanifest.xml"),
    *("adlcp_rootv1p2.xsd", "a'b&c.html", "a\x85.html", "a\u202e.html", "a\u2028.html"),
)
ENCODINGS = (b"UTF-16", b"UTF-7", b"UTF-32", b"ISO-8859-1", b"cp037", b"utf8mb4", b"", b"x" * 500)
TEXT = re.compile(r"\.(html?|xml|xsd|css|js|json|svg)$")


def _some(dice: Random, files: Files) -> str:
    """The path of a file, and more often of a descriptor."""
    told = [path for path in files if path.endswith(".xml")] * 3 + [path for path in files if TEXT.search(path)]
    return dice.choice(told or [*files, ""])


def _edit(change: Callable[[Random, bytes], bytes]) -> Unzipped:
    def edited(dice: Random, files: Files) -> Files:
        path = _some(dice, files)
        return {**files, path: change(dice, files.get(path, b""))}

    edited.__name__ = change.__name__
    return edited


def put_in(dice: Random, data: bytes) -> bytes:
    """Something that no parser likes, anywhere."""
    at = dice.randint(0, len(data))
    return data[:at] + dice.choice(NASTY) + data[at:]


def cut_out(dice: Random, data: bytes) -> bytes:
    """A piece is missing."""
    at, length = dice.randint(0, len(data)), dice.choice((1, 3, 20, 200, 5_000))
    return data[:at] + data[at + length :]


def swap_tags(dice: Random, data: bytes) -> bytes:
    """Two tags change places, or one is there twice."""
    tags = list(re.finditer(rb"<[^<>]*>", data))
    if len(tags) < 2:
        return data[::-1]
    one, two = sorted(dice.sample(tags, 2), key=lambda tag: tag.start())
    first = two[0] if dice.random() < 0.5 else one[0] * dice.choice((2, 50))
    return data[: one.start()] + first + data[one.end() : two.start()] + one[0] + data[two.end() :]


def change_value(dice: Random, data: bytes) -> bytes:
    """An attribute or a text says something else."""
    values = list(re.finditer(rb"=\"[^\"]*\"|>[^<>]+<", data))
    if not values:
        return dice.randbytes(50)
    at = dice.choice(values)
    new = dice.choice((*NASTY, b"", dice.choice(values)[0][1:-1]))
    return data[: at.start() + 1] + at[0][1:2] * (at[0][:1] == b"=") + new + data[at.end() - 1 :]


def rename_part(dice: Random, data: bytes) -> bytes:
    """A word is another one everywhere: a namespace, an element, an attribute, an id."""
    words = re.findall(rb"[A-Za-z_:/.0-9]{3,}", data)
    return data.replace(dice.choice(words), dice.choice((*words, *NASTY))) if words else data


def declare_encoding(dice: Random, data: bytes) -> bytes:
    """A text says that it is in another encoding, or is."""
    if dice.random() < 0.5:
        return data.decode(errors="replace").encode(
            dice.choice(("utf-16", "utf-32", "utf-8-sig", "cp037")), "replace"
        )
    return b'<?xml version="1.0" encoding="%s"?>' % dice.choice(ENCODINGS) + data.partition(b"?>")[2]


def turn_bits(dice: Random, data: bytes) -> bytes:
    """A few bytes are others."""
    changed = bytearray(data or b"\0")
    for _ in range(dice.choice((1, 5, 50))):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def rename(dice: Random, files: Files) -> Files:
    """A file has another name."""
    old, new = dice.choice([*files, ""]), dice.choice(NAMES)
    return {new if path == old else path: data for path, data in files.items()}


def lose(dice: Random, files: Files) -> Files:
    """Files are missing."""
    gone = set(dice.choices([*files, ""], k=dice.choice((1, 1, 3, 30))))
    return {path: data for path, data in files.items() if path not in gone}


def add(dice: Random, files: Files) -> Files:
    """A file too many, with the bytes of another."""
    return {**files, dice.choice(NAMES): dice.choice([*files.values(), b""])}


INSIDE: tuple[Unzipped, ...] = (
    *map(_edit, (put_in, cut_out, swap_tags, change_value, rename_part, declare_encoding, turn_bits)),
    rename,
    lose,
    add,
)


# What is done to the bytes of a zip


def cut_short(dice: Random, data: bytes) -> bytes:
    """The end is missing, or the beginning."""
    at = dice.randint(0, len(data))
    return data[:at] if dice.random() < 0.5 else data[at:]


def swap_parts(dice: Random, data: bytes) -> bytes:
    """Two parts change places."""
    one, two, three = sorted(dice.randint(0, len(data)) for _ in range(3))
    return data[:one] + data[two:three] + data[one:two] + data[three:]


def change_header(dice: Random, data: bytes) -> bytes:
    """A header says something else."""
    heads = [found.start() for found in re.finditer(b"PK(\1\2|\3\4|\5\6)", data)]
    changed = bytearray(data)
    for _ in range(dice.choice((1, 2, 10)) if heads else 0):
        at = dice.choice(heads) + 4 + dice.randrange(42)
        value = dice.choice((0, 1, 8, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, dice.getrandbits(32), len(data)))
        new = struct.pack("<L", value)[: dice.choice((1, 2, 4))]
        changed[at : at + len(new)] = new
    return bytes(changed)


def pad(dice: Random, data: bytes) -> bytes:
    """Something stands before the zip, or after it."""
    more = dice.choice((b"\0", b"#!/bin/sh\n", b"PK\5\6" + bytes(18), data, dice.randbytes(70_000)))
    return more + data if dice.random() < 0.5 else data + more


def drop_bytes(dice: Random, data: bytes) -> bytes:
    """A few bytes got lost on the way."""
    at = dice.randint(0, len(data))
    return data[:at] + data[at + dice.choice((1, 2, 512)) :]


OUTSIDE: tuple[Zipped, ...] = (turn_bits, cut_short, swap_parts, change_header, change_header, pad, drop_bytes)


# One of them, and all of them


def zip_of(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            info = zipfile.ZipInfo("x")
            info.filename = path  # past the constructor, which tidies
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return made.getvalue()


def spoiled(dice: Random) -> tuple[bytes, tuple[str, ...]]:
    """A package of somebody's, and what has happened to it since."""
    maker = dice.choice(sorted(STRANGERS))
    files, done = dict(STRANGERS[maker]), [maker]
    for change in dice.choices(INSIDE, k=dice.choice((0, 1, 1, 2, 4))):
        files = change(dice, files)
        done.append(change.__name__)
    data = zip_of(files)
    for break_ in dice.choices(OUTSIDE, k=dice.choice((0, 1, 2)) if len(done) > 1 else 1):
        data = break_(dice, data)
        done.append(break_.__name__)
    return data, tuple(done)


def try_one(seed: int) -> Run:
    """Spoil a package as the seed chooses, and check it."""
    data, done = spoiled(Random(seed))
    before, held = most_memory(), memory("VmRSS")
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        file = Path(name) / "a.zip"
        file.write_bytes(data)
        began = time.process_time()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                found, wrong = inspect(file).findings, []
        except Exception:  # whatever it is, it is what this script looks for
            found, wrong = (), [traceback.format_exc(limit=-4)]
        seconds = time.process_time() - began
        wrong += [f"left {each.name}" for each in Path(name).iterdir() if each != file]
    wrong += _wrong(found)
    if seconds > SECONDS:
        wrong.append(f"took {seconds:.1f} s")
    if (peak := most_memory()) > max(before, held + MEGABYTES):  # a process of many tests holds much already
        wrong.append(f"took {peak} MB")
    return Run(seed, done, seconds, peak, frozenset(each.code for each in found), tuple(wrong))


def _wrong(found: tuple[Diagnostic, ...]) -> Iterator[str]:
    if len(found) > FINDINGS:
        yield f"{len(found)} findings"
    for each in found:
        shown = (each.place.path, each.message, each.hint)
        if max(map(len, shown)) > LETTERS:
            yield f"{each.code} has {max(map(len, shown))} letters: {each.message[:80]!a}"
        if any(re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", text) for text in shown):
            yield f"{each.code} cannot be shown: {shown!a:.300}"
        if each.code not in _codes():
            yield f"{each.code} is no code"


@cache
def _codes() -> frozenset[str]:
    return frozenset(entries())


def most_memory() -> int:
    """The most megabytes that this process ever had; not those of the one that began it."""
    return memory("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000_000


def memory(kind: str) -> int:
    """A number of /proc/self/status in megabytes; 0 where there is no such file."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    return int(re.findall(rf"{kind}:\s+(\d+)", status.read_text(encoding="ascii"))[0]) // 1_000


if __name__ == "__main__":
    sys.exit(run_by_hand(__doc__, try_one, RUNS_OF_A_WORKER))
