"""Where the project's own schemas are: beside the code in a wheel, at the top in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def schema_folder(standard: str) -> Path:
    """The folder of the XML schemas of `standard`, such as `scorm12` or `scorm2004-4th`."""
    return _root() / "xsd" / standard


@cache
def authoring_folder() -> Path:
    """The folder of the JSON Schemas by which an editor completes and checks what an author types."""
    return _root() / "authoring"


@cache
def schema_files(standard: str) -> tuple[tuple[str, bytes], ...]:
    """Name and bytes of each XML schema of `standard`, in the order of their names."""
    return tuple((file.name, file.read_bytes()) for file in sorted(schema_folder(standard).glob("*.xsd")))


def _root() -> Path:
    here = Path(__file__).parent
    for root in (here / "schemas", here.parent.parent / "schemas"):
        if root.is_dir():
            return root
    raise RuntimeError("this installation of scormpack holds no schemas")
