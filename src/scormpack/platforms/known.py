"""What is known of a platform by its name, and which kinds of package follow from that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from scormpack.platforms.model import Platform
from scormpack.platforms.names import FOLDER
from scormpack.source.node import read_model

# For providers that name no platform: by what they get, in the order in which one is looked for.
GENERAL: Final = ("other-scorm", "other-cmi5", "record-store", "web-server")


@cache
def platform(name: str) -> Platform:
    """What is known of the platform `name`, one of `NAMES`."""
    return read_model(Platform, FOLDER / f"{name}.yaml", FOLDER)


def general(targets: Sequence[str]) -> Platform:
    """What is true of most platforms that take one of `targets`, kinds of package by name."""
    found = map(platform, GENERAL)
    return next((each for each in found if each.takes_any(targets)), platform(GENERAL[0]))


def targets_for(name: str | None, asked: Sequence[str], otherwise: Sequence[str]) -> tuple[str, ...]:
    """The kinds of package to build for a provider whose platform is `name`.

    What was `asked` for on the command line wins; else the one that suits the platform best; else, as a provider need
    not name its platform, what is built `otherwise`.
    """
    if asked:
        return tuple(asked)
    return (platform(name).suits.target,) if name else tuple(otherwise)
