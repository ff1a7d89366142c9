"""What is kept with a course of SCORM Cloud of what was loaded: as tags, one for each load.

A version there is a number that nobody knows before the import has ended. So a tag names the version that its load
came after, and is there even if the answer was lost: `scormpack:0:1.1.0:<sha256>` speaks of what follows version 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scormpack.deploy.scorm_cloud.answers import CourseAnswer

_FIRST = "new"  # what the first version comes after
_TAG = re.compile(r"scormpack:(new|[0-9]{1,9}):([^:,]{1,100}):([0-9a-f]{64})")


class Load(NamedTuple):
    """What was loaded: our version, and the checksum of the file."""

    version: str
    sha256: str


def tag_for(versions: Sequence[CourseAnswer], load: Load) -> str:
    """The tag of a load after these versions, the oldest first."""
    return f"scormpack:{versions[-1].version if versions else _FIRST}:{load.version}:{load.sha256}"


def stale(versions: Sequence[CourseAnswer]) -> tuple[str, ...]:
    """Tags of loads after these versions that came to nothing."""
    after = tag_for(versions, Load("", "")).removesuffix(":")
    return tuple(tag for tag in _of(versions) if tag.startswith(after))


def loads(versions: Sequence[CourseAnswer]) -> dict[int, Load]:
    """What each version was loaded from, as far as tags tell it: none of one that was loaded by hand."""
    before = dict(zip([_FIRST, *(str(each.version) for each in versions)], versions, strict=False))
    found: dict[int, list[Load]] = {}
    for tag in _of(versions):
        if (read := _TAG.fullmatch(tag)) and read[1] in before:
            found.setdefault(before[read[1]].version, []).append(Load(read[2], read[3]))
    return {version: each[0] for version, each in found.items() if len(each) == 1}


def _of(versions: Sequence[CourseAnswer]) -> tuple[str, ...]:
    """The tags of a course, of whichever of its versions."""
    return tuple(dict.fromkeys(tag for each in versions for tag in each.tags or ()))
