"""Our plugin for Moodle: its files, and the zip file by which a site installs it.

`hatch_build.py` reads this file alone: what it needs of other rooms, it imports where it needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

HERE: Final = Path("plugins", "moodle", "local_scormpack")  # in a checkout, and beside the code in a wheel
_TOP = "scormpack"  # Moodle installs into local/<top folder>
_KINDS = {".php", ".mustache", ".css", ".svg", ".png"}
_NAMES = {"LICENSE", "README.md", "db/install.xml"}
_RELEASE = re.compile(rb"^\$plugin->release = '([\w.-]+)';", re.MULTILINE)
_NUMBER = re.compile(rb"^\$plugin->version = (\d{10});", re.MULTILINE)
_SUPPORTED = re.compile(rb"^\$plugin->supported = \[(\d+), (\d+)\];", re.MULTILINE)


@dataclass(frozen=True)
class Plugin:
    """A plugin as a site installs it: `number` is what the site compares, `release` is what people read.

    `oldest` and `newest` are the branches of Moodle that it was made for: 405 is Moodle 4.5.
    """

    release: str
    number: int
    oldest: int
    newest: int
    data: bytes

    @property
    def file(self) -> str:
        """The name of its zip file."""
        return f"{HERE.name}-{self.release}.zip"


def plugin_files(folder: Path) -> Iterator[str]:
    """The files in `folder` that belong to the plugin, in order: not its tests, nor what lies there by chance."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not name.startswith("tests/") and (name in _NAMES or file.suffix in _KINDS):
            yield name


@cache
def moodle_plugin(folder: Path | None = None) -> Plugin:
    """The plugin for Moodle, by default the one that comes with this program: equal files give equal bytes."""
    from scormpack.package import Entry, Package, zip_bytes

    where = folder or _folder()
    entries = [Entry(f"{_TOP}/{name}", (where / name).read_bytes()) for name in plugin_files(where)]
    about = (where / "version.php").read_bytes()
    release, number, supported = (each.search(about) for each in (_RELEASE, _NUMBER, _SUPPORTED))
    assert release is not None, "version.php names no release"
    assert number is not None, "version.php has no number"
    assert supported is not None, "version.php does not say for which Moodle it is"
    data = zip_bytes(Package.of(HERE.name, entries))
    return Plugin(release[1].decode(), int(number[1]), int(supported[1]), int(supported[2]), data)


def _folder() -> Path:
    here = Path(__file__).parent
    for root in (here, here.parent.parent):
        if (root / HERE).is_dir():
            return root / HERE
    raise RuntimeError("this installation of scormpack holds no plugin")
