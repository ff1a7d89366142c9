"""How the other tools are called. A tool that is not installed is named as absent, never left out without a word."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from measure import Task
from sample import TITLE, Page, write_pictures


def tasks(peers: Path | None, module: list[Page], website: Path, folder: Path) -> tuple[list[Task], list[str]]:
    """The tasks of the peers that are installed in `peers`, and a line for each that is not.

    `website` is a zip with the finished web pages: the input of the tools that only wrap them.
    """
    found: list[Task] = []
    absent = []
    finders: dict[str, Callable[[Path, Path], Iterator[Task]]] = {
        "simple-scorm-packager": lambda peers, home: _simple_scorm_packager(peers, website, home),
        "slxd-coursekit": lambda peers, home: _slxd_coursekit(peers, module, home),
        "scocli": lambda peers, home: _scocli(peers, website, home),
        "lxpack": lambda peers, home: _lxpack(peers, module, home),
    }
    for name, find in finders.items():
        if peers is None:
            absent.append(f"{name}: not measured, no folder of peers given")
            continue
        home = folder / name
        home.mkdir()
        try:
            found += find(peers.resolve(), home)
        except LookupError as reason:
            absent.append(f"{name}: absent, {reason}")
    return found, absent


def version(peers: Path, name: str) -> str:
    """The version of a peer that is installed."""
    package = peers / "node_modules" / name / "package.json"
    if package.is_file():
        return str(json.loads(package.read_text(encoding="utf-8"))["version"])
    pattern = f"lib/python*/site-packages/{name.replace('-', '_')}-*.dist-info"
    return next((found.stem.split("-")[1] for found in (peers / "venv").glob(pattern)), "?")


def _needed(file: Path) -> Path:
    if not file.exists():
        raise LookupError(f"there is no {Path(*file.parts[-3:]).as_posix()} in the folder of peers")
    return file


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise LookupError(f"it needs {name}, which is not on the path")
    return found


def _unpacked_afresh(website: Path, source: Path, *made: Path) -> None:
    """The web pages as they were before a tool wrote into their folder; what it `made` before is gone."""
    for old in (source, *made):
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
    with zipfile.ZipFile(website) as archive:
        archive.extractall(source)


_WRAP = """\
require({tool})({{
  version: process.argv[2], organization: "Nobody", title: {title}, language: "en-GB", startingPage: "index.html",
  source: process.argv[3], package: {{ version: "1.0.0", zip: true, outputFolder: process.argv[4] }}
}}, () => {{}});
"""


def _simple_scorm_packager(peers: Path, website: Path, home: Path) -> Iterator[Task]:
    tool = _needed(peers / "node_modules" / "simple-scorm-packager")
    script = home / "wrap.cjs"
    script.write_text(_WRAP.format(tool=json.dumps(str(tool)), title=json.dumps(TITLE)), encoding="utf-8")
    for edition in ("1.2", "2004 3rd Edition"):
        source, out = home / edition / "source", home / edition / "out"
        yield Task(
            name=f"simple-scorm-packager {version(peers, tool.name)}, {edition} (wraps finished pages)",
            command=[_program("node"), str(script), edition, str(source), str(out)],
            folder=home,
            before=lambda source=source, out=out: _unpacked_afresh(website, source, out),  # type: ignore[misc]
            package=lambda out=out: next(out.glob("*.zip")),  # type: ignore[misc]
        )


def _lxpack(peers: Path, module: list[Page], home: Path) -> Iterator[Task]:
    """A lesson and an assessment a page, built with its own player. It has no feedback for each option."""
    tool = _needed(peers / "lxpack" / "packages" / "cli" / "dist" / "cli.js")
    about = json.loads((tool.parent.parent / "package.json").read_text(encoding="utf-8"))
    _write_lxpack(module, home)
    out = home / "out.zip"
    yield Task(
        name=f"LXPack {about['version']}, 1.2",
        command=[_program("node"), str(tool), "build", "--target", "scorm12", "--output", str(out)],
        folder=home,
        before=lambda: out.unlink(missing_ok=True),
        package=lambda: out,
    )


def _write_lxpack(module: list[Page], home: Path) -> None:
    """The same module in LXPack's form; JSON is YAML."""
    (home / "lessons").mkdir()
    (home / "assessments").mkdir()
    write_pictures(module, home / "assets")
    lessons, assessments = [], []
    for page in module:
        quiz = f"{page.id}-quiz"
        picture = [f"![Grey noise](assets/{page.picture})"] if page.picture else []
        text = "\n\n".join([f"# {page.title}", *page.paragraphs, *picture])
        (home / "lessons" / f"{page.id}.md").write_text(text + "\n", encoding="utf-8")
        choices = [
            {"id": letter, "text": option.text, "correct": option.correct}
            for letter, option in zip("abc", page.options, strict=True)
        ]
        question = {"id": "q", "prompt": page.prompt, "choices": choices, "explanation": page.rationale}
        (home / "assessments" / f"{quiz}.yaml").write_text(json.dumps({"id": quiz, "questions": [question]}), "utf-8")
        lessons.append({"id": page.id, "title": page.title, "type": "markdown", "file": f"lessons/{page.id}.md"})
        assessments.append({"id": quiz, "file": f"assessments/{quiz}.yaml"})
    course = {"title": TITLE, "version": "1.0.0", "lessons": lessons, "assessments": assessments}
    (home / "course.yaml").write_text(json.dumps(course), encoding="utf-8")


_SCOCLI_MANIFEST = """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  identifier="benchmark" version="1">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 3rd Edition</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>Benchmark</title>
    <item identifier="i" identifierref="r"><title>Benchmark</title></item></organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="index.html">
    <file href="index.html"/></resource></resources>
</manifest>
"""


def _scocli(peers: Path, website: Path, home: Path) -> Iterator[Task]:
    """Its `bundle.py` zips the current folder and checks nothing; the manifest is the author's work."""
    tool = _needed(peers / "venv" / "bin" / "bundle.py")
    source = home / "benchmark"

    def before() -> None:
        _unpacked_afresh(website, source)
        (source / "imsmanifest.xml").write_text(_SCOCLI_MANIFEST, encoding="utf-8")

    source.mkdir()
    yield Task(
        name=f"scocli {version(peers, 'scocli')}, 2004 3rd Edition (zips a finished folder)",
        command=[str(tool)],
        folder=source,
        before=before,
        package=lambda: source / "benchmark.zip",
    )


def _slxd_coursekit(peers: Path, module: list[Page], home: Path) -> Iterator[Task]:
    """The `html` backend without its play check, which would need a browser; its project is made once, unmeasured."""
    tool = _needed(peers / "venv" / "bin" / "coursekit")
    node_modules = next((peers / "data" / "coursekit" / "workspaces").glob("html-builder-*/node_modules"), None)
    if node_modules is None:
        raise LookupError("its builder’s npm packages are not installed: see README.md")
    environment = {"XDG_DATA_HOME": str(peers / "data"), "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}"}
    for edition, standard in (("1.2", "scorm_1_2"), ("2004", "scorm_2004")):
        project = home / standard
        made = ["--language", "en", "--backend", "html", "--mirror", "none", "--yes", "--no-git"]
        _quietly([str(tool), "init", str(project), "--name", "Bench", "--client", "Bench", *made], home, environment)
        made = ["--code", "BENCH", "--no-intro", "--no-summary"]
        _quietly([str(tool), "new", TITLE, "1", *made], project, environment)
        (project / "config" / "delivery.yaml").write_text(f"export:\n  standard: {standard}\n", encoding="utf-8")
        course = project / "courses" / "BENCH"
        _write_coursekit(module, course)
        yield Task(
            name=f"slxd-coursekit {version(peers, 'slxd-coursekit')}, {edition} (without its play check)",
            command=[str(tool), "assemble", "build", "BENCH", "--unit", "1", "--version", "1.0", "--no-check"],
            folder=project,
            before=lambda course=course: shutil.rmtree(course / "delivery", ignore_errors=True),  # type: ignore[misc]
            package=lambda course=course: next((course / "delivery").glob("*.zip")),  # type: ignore[misc]
            environment=environment,
        )


def _quietly(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise LookupError(f"its project could not be made: {done.stderr[-500:]}")


def _write_coursekit(module: list[Page], course: Path) -> None:
    """The same module as one unit, a section a page."""
    record = course / "course.yaml"
    units = [
        {
            "n": 1,
            "title": TITLE,
            "hours": 1,
            "status": "approved",
            "objectives": [],
            "sections": [
                {"n": n, "kind": "content", "title": page.title, "hours": 0.1, "min_words": 0, "objectives": []}
                for n, page in enumerate(module, 1)
            ],
        }
    ]
    text = re.sub(r"^units:.*$", lambda _: f"units: {json.dumps(units)}", record.read_text("utf-8"), flags=re.M)
    record.write_text(text, encoding="utf-8")
    assets = []
    for file in write_pictures(module, course / "media" / "images"):
        number = next(n for n, page in enumerate(module, 1) if page.picture == file.name)
        asset = {"id": f"U1-S{number}-M1", "type": "image", "title": f"Picture {number}", "alt": "Grey noise"}
        assets.append(asset | {"status": "produced", "file": f"media/images/{file.name}"})
    (course / "media" / "manifest.yaml").write_text(f"assets: {json.dumps(assets)}\n", encoding="utf-8")
    content = course / "content" / "unit-01" / "content.md"
    content.parent.mkdir(parents=True)
    parts = [f"# Unit 1 — {TITLE}", "---"]
    for number, page in enumerate(module, 1):
        parts += [f"## Section {number} — {page.title} *(1 page)*", *page.paragraphs]
        if page.picture:
            parts.append(f"> **[MEDIA ASSET — Image]**\n> **Title:** Picture {number}\n> **Description:** Grey noise")
        options = "\n".join(f"- [{'x' if option.correct else ' '}] {option.text}" for option in page.options)
        wrong = next(option.feedback for option in page.options if not option.correct)
        parts.append(
            f":::single-choice\nobjective: U1.1\nquestion: {page.prompt}\n{options}\n"
            f"feedback-correct: {page.rationale}\nfeedback-incorrect: {wrong}\n:::"
        )
    content.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
