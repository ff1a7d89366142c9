"""What real platforms take, ask for and do, as data: a file for each of them, and a source for each fact.

To add a platform, write its file here; its name is what a provider's file says under `platform`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, WithJsonSchema

from scormpack.platforms.model import Fact as Fact
from scormpack.platforms.model import Platform as Platform
from scormpack.source.codes import FRM_04
from scormpack.source.node import FieldError, nearest, read_model

FOLDER: Final = Path(__file__).parent
NAMES: Final = tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))
# For providers that name no platform: by what they get, in the order in which one is looked for.
GENERAL: Final = ("other-scorm", "other-cmi5", "record-store", "web-server")


def _known(name: str) -> str:
    if name not in NAMES:
        raise FieldError(FRM_04, f"there is no platform `{name}` here", nearest(name, list(NAMES)))
    return name


_SCHEMA: Final[dict[str, Any]] = {"type": "string", "enum": list(NAMES)}
PlatformName = Annotated[str, AfterValidator(_known), WithJsonSchema(_SCHEMA)]


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
