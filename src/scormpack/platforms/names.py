"""The names of the platforms that are known: those of the files beside this one. No file is read for them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, WithJsonSchema

from scormpack.source.codes import FRM_04
from scormpack.source.node import FieldError, nearest

FOLDER: Final = Path(__file__).parent
NAMES: Final = tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))


def _known(name: str) -> str:
    if name not in NAMES:
        raise FieldError(FRM_04, f"there is no platform `{name}` here", nearest(name, list(NAMES)))
    return name


_SCHEMA: Final[dict[str, Any]] = {"type": "string", "enum": list(NAMES)}
PlatformName = Annotated[str, AfterValidator(_known), WithJsonSchema(_SCHEMA)]
