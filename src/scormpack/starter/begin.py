"""A whole library to begin with: it builds, and its comments say what each part is for."""

from __future__ import annotations

import datetime
from pathlib import Path, PurePosixPath

from scormpack.schemas import authoring_folder
from scormpack.starter.files import add_files, filled
from scormpack.starter.words import checked

LIBRARY = Path(__file__).parent / "library"
SCHEMAS = "schemas/authoring"
TIME_TO_CHECK = datetime.timedelta(days=60)  # the numbers of the starter
YEAR = datetime.timedelta(days=365)

# Names that begin with a dot are easily lost on the way into a package, so they lie here without it.
_DOTTED = {"gitignore", "vscode"}


def begin(folder: Path, day: datetime.date, title: str, publisher: str) -> list[str]:
    """Make a library in `folder`; the names of what now stands in it. ContentError or RefusedError."""
    files = library_files(day, checked(title, "--title"), checked(publisher, "--publisher"))
    add_files(files, folder)
    return sorted({PurePosixPath(name).parts[0] for name in files})


def library_files(day: datetime.date, title: str, publisher: str) -> dict[str, str]:
    """The files of a new library."""
    dates = {"today": day, "in_60_days": day + TIME_TO_CHECK, "in_a_year": day + YEAR}
    files = filled(LIBRARY, {"title": title, "publisher": publisher, **dates})
    return {_dotted(name): text for name, text in files.items()} | _schemas()


def _dotted(name: str) -> str:
    return f".{name}" if name.split("/")[0] in _DOTTED else name


def _schemas() -> dict[str, str]:
    """What an editor needs to complete and check the files, as this version of the tool has it."""
    folder = authoring_folder()
    return {
        f"{SCHEMAS}/{path.relative_to(folder).as_posix()}": path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.json"))
    }
