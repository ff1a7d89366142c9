"""Captions as a browser reads them: what it drops without a word is told to the author, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from scormpack.course.codes import FRM_15
from scormpack.diagnostics import Place, Problems

ARROW = "-->"
MOST = 10  # findings in one file; the rest will show when these are mended
_TIME = r"((?:[0-9]+:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3})"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*{ARROW}[ \t]*{_TIME}(?:[^0-9].*)?")  # WebVTT, 6.3: hours need no two digits
_TAG = re.compile(r"<[^<>]*>")
_LIKE = "Like `00:00.500 --> 00:02.000`: minutes and seconds of two digits, a point, and three digits."

Finding = tuple[int, str, str]  # line, message, hint


def check_captions(text: str, path: str) -> None:
    """ContentError (FRM-15) for each caption of the file `path` that nobody would see."""
    problems = Problems()
    for line, message, hint in islice(_findings(text.split("\n")), MOST):
        problems.add(FRM_15, message, Place(path, line, 1), hint)
    problems.stop()


def _findings(lines: list[str]) -> Iterator[Finding]:
    before = 0.0
    for number, line in enumerate(lines, 1):
        if ARROW not in line:
            continue
        times = _TIMES.fullmatch(line)
        if times is None:
            yield number, f"no browser reads these times: {line.strip()[:60]}", _LIKE
            continue
        begin, end = map(_seconds, times.groups())
        if end <= begin:
            yield number, "a caption ends before it begins, and is never shown", "Correct one of its two times."
        if begin < before:
            yield number, "a caption begins before the one above it", "Put them in the order of the film."
        before = max(begin, before)
        if not _has_words(lines, number):
            yield number, "a caption has no words", "Write what is heard on the next line, or remove its times."


def _seconds(time: str) -> float:
    seconds = 0.0
    for part in time.split(":"):
        seconds = 60 * seconds + float(part)
    return seconds


def _has_words(lines: list[str], at: int) -> bool:
    """Whether anything is shown of the lines from this one to the next empty one."""
    while at < len(lines) and lines[at] and ARROW not in lines[at]:
        if _TAG.sub("", lines[at]).strip():
            return True
        at += 1
    return False
