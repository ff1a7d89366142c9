"""What a stranger's zip or folder holds, as it is: read within bounds, written nowhere.

| file | what it does |
| --- | --- |
| `codes.py` | what can be wrong with how files are kept |
| `kinds.py` | what a file is that should be a zip and is none, or is a zip of another kind |
| `directory.py` | the list of its files that a zip has at its end |
| `members.py` | what is in a zip, and rules about how it is kept there |
| `names.py` | rules about the names of files, in zips and folders |
| `bounds.py` | how much of a package is looked into |
| `notes.py` | what could not be read, or was not looked into |
| `zips.py`, `folders.py` | reading the one and the other |

Packages of our own are read by `package.read_zip`, whole or not at all.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from scormpack.archive.zips import read_zip_of_anybody
from scormpack.diagnostics import Diagnostic
from scormpack.package import Package


class Archive(NamedTuple):
    """The files that could be read, and what is wrong with how they are kept.

    In `package` are the files that a platform can unpack, under the names that they have in the archive. One whose
    bytes were not read is `Unread`. It is None where nothing could be read: then `findings` say why.
    """

    package: Package | None
    findings: tuple[Diagnostic, ...] = ()


def read_archive(file: Path) -> Archive:
    """Whatever a zip or a folder from anywhere holds. Nothing is raised for what is in it, and nothing is written."""
    if not os.path.isdir(file):  # noqa: PTH112 - which is no error where nobody may look
        return Archive(*read_zip_of_anybody(file))
    from scormpack.archive.folders import read_folder  # which few packages need

    return Archive(*read_folder(file))
