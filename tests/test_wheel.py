"""What people install: a wheel in an empty environment, used from a folder that is not ours."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from environment import create, install, pip_of, python
from paths import NODE_MODULES, ROOT, SAMPLE

from scormpack.plugins import HERE, moodle_plugin

LOCKS = ROOT / "requirements"


# What a wheel and an sdist are made of. A file of another kind is there by mistake, or is to be named here.
EVERYWHERE = (
    r"(\w+/)*\w+\.py",
    r"py\.typed",
    r"locales/[a-z]{2}\.json",
    r"(lms/scorm|preview/runs)/\w+\.html",
    r"starter/(library|new)/[\w/-]+\.(md|yaml)",
    r"outputs/(\w+/)?\w+\.typ",
    r"outputs/slides/template/(\w+/)*(\[?\w+\]?\.xml|(\w+\.xml)?\.rels)",
    r"starter/library/(gitignore|vscode/settings\.json)",
    r"platforms/([a-z0-9-]+\.yaml|facts\.json)",
    r"results/forms/[a-z-]+\.yaml",
)
_IN_FOLDERS = r"(classes|db|lang|pix|templates)/(\w+/)*\w+\.(php|xml|mustache|svg|png)"
PLUGIN = rf"{HERE.as_posix()}/({_IN_FOLDERS}|\w+\.(php|css)|LICENSE|README\.md)"
SCHEMAS = (r"schemas/authoring/(blocks/)?\w+\.schema\.json", r"schemas/xsd/(any/)?[\w-]+/\w+\.xsd")
DRIVERS = [file.parent.name for file in ROOT.glob("src/scormpack/targets/*/driver.ts")]
BUNDLES = (
    rf"bundles/({'|'.join([*DRIVERS, 'lms', 'run', 'guide'])})\.js",
    r"bundles/scorm-again/(scorm(12|2004)\.min\.js|LICENSE)",
    r"bundles/atkinson-hyperlegible-next/(\w+\.ttf|LICENSE_FONT)",
    r"bundles/words\.json",
    r"bundles/course\.css",
    r"bundles/desk\.(html|css|js)",
    r"bundles/templates/tmpl_[0-9a-f]{40}\.py",
)
ABOUT = r"\.dist-info/(METADATA|RECORD|WHEEL|entry_points\.txt|licenses/LICENSE)"
SOURCES = (
    r"(\w+/)*\w+\.ts",
    r"(\w+/)*[\w.]+\.j2",
    r"(render|blocks/\w+)/style\.css",
    r"preview/page/desk\.(html|css)",
)
BESIDE = [
    r"hatch_build\.py",
    r"(package|package-lock|tsconfig)\.json",
    r"pyproject\.toml",
    r"\.gitignore",
    "PKG-INFO",
    r"(README|CHANGELOG)\.md",
    "LICENSE",
]
WHEEL = [*(f"scormpack/{kind}" for kind in (*EVERYWHERE, PLUGIN, *SCHEMAS, *BUNDLES)), rf"scormpack-[\d.]+{ABOUT}"]
SDIST = [rf"scormpack-[\d.]+/{kind}" for kind in (*SCHEMAS, PLUGIN, *BESIDE)]
SDIST += [rf"scormpack-[\d.]+/src/scormpack/{kind}" for kind in (*EVERYWHERE, *SOURCES)]


def strays(names: list[str], kinds: list[str]) -> list[str]:
    """Those of `names` that are of none of the kinds."""
    return [name for name in names if not any(re.fullmatch(kind, name) for kind in kinds)]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository, because the player is bundled anew."""
    copy = tmp_path_factory.mktemp("source") / "scormpack"
    left_out = (".git", ".venv", ".*cache", ".hypothesis", ".ci", "build", "node_modules", "tests", "bundles")
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*left_out))
    old = copy / "src" / "scormpack" / "bundles" / "of-an-older-release.js"
    old.parent.mkdir()
    old.touch()
    if NODE_MODULES.is_dir():
        (copy / "node_modules").symlink_to(NODE_MODULES)
    return copy


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with what the build system asks for, in the locked versions, and nothing else."""
    folder = tmp_path_factory.mktemp("builder")
    install(create(folder), LOCKS / "build.txt")
    return folder


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, source: Path, builder: Path) -> Path:
    """The wheel, made as `pip wheel .` makes it."""
    out = tmp_path_factory.mktemp("wheel")
    command = [*pip_of(builder), "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(out), str(source)], check=True)
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs in an empty environment, once the wheel is installed there."""
    environment = tmp_path_factory.mktemp("environment")
    pip = create(environment)
    install(pip, LOCKS / "runtime.txt")
    subprocess.run([*pip, "install", "--quiet", "--no-deps", str(wheel)], check=True)
    subprocess.run([*pip, "check"], check=True)  # nothing that the wheel asks for is missing
    return python(environment).parent


def test_the_wheel_holds_what_the_tool_needs_and_no_sources_of_the_player(wheel: Path) -> None:
    names = {name.removeprefix("scormpack/") for name in zipfile.ZipFile(wheel).namelist()}
    for needed in ("scorm12", "scorm2004", "web", "xapi", "cmi5", "lms", "run", "guide", "scorm-again/scorm2004.min"):
        assert f"bundles/{needed}.js" in names
    letters = "bundles/atkinson-hyperlegible-next"
    assert {f"{letters}/AtkinsonHyperlegibleNext_700Bold.ttf", f"{letters}/LICENSE_FONT"} <= names
    assert {"bundles/course.css", "locales/en.json", "lms/scorm/page.html", "py.typed"} <= names
    assert "schemas/xsd/scorm12/imscp_rootv1p1p2.xsd" in names
    assert {"schemas/xsd/xapi/tincan.xsd", "schemas/xsd/cmi5/CourseStructure.xsd"} <= names
    assert {"schemas/authoring/module.schema.json", "schemas/authoring/blocks/single.schema.json"} <= names
    assert any(name.startswith("bundles/templates/tmpl_") for name in names)
    starter = ROOT / "src" / "scormpack" / "starter"
    assert {f"starter/{path.relative_to(starter).as_posix()}" for path in starter.rglob("*.[my]*")} <= names
    assert {"starter/library/gitignore", "starter/library/vscode/settings.json"} <= names
    template = ROOT / "src" / "scormpack" / "outputs" / "slides" / "template"
    files = {file.relative_to(template).as_posix() for file in template.rglob("*") if file.is_file()}
    assert {f"outputs/slides/template/{file}" for file in files} <= names
    assert [name for name in names if name.endswith((".ts", ".j2", "style.css"))] == []


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    assert strays(zipfile.ZipFile(wheel).namelist(), WHEEL) == []


def test_the_sdist_holds_the_sources_and_nothing_else(tmp_path: Path, source: Path, builder: Path) -> None:
    (source / "src" / "scormpack" / "bundles").mkdir(exist_ok=True)
    (source / "src" / "scormpack" / "bundles" / "course.css").touch()
    command = [str(python(builder)), "-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (made,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(made) as archive:
        names = archive.getnames()
    assert strays(names, SDIST) == []
    assert {name.partition("/")[2] for name in names} >= {"hatch_build.py", "src/scormpack/player/main.ts"}


@pytest.mark.parametrize(
    "stray",
    ["course/resolve.py.orig", "blocks/card/.DS_Store", "locales/en.json~", "notes.txt", "bundles/old.map", "a.pyc"],
)
def test_a_stray_file_is_found(stray: str) -> None:
    names = [f"scormpack/{stray}", "scormpack/course/resolve.py"]
    assert strays(names, WHEEL) == names[:1]


def test_the_wheel_makes_the_schemas_that_it_brings(programs: Path, tmp_path: Path) -> None:
    ask = "from scormpack.schemas import authoring_folder; print(authoring_folder())"
    bare = {"PATH": str(programs)}
    found = subprocess.run([programs / "python", "-c", ask], env=bare, capture_output=True, check=True, text=True)
    folder = Path(found.stdout.strip())
    assert folder.is_relative_to(programs.parent)
    check = [str(programs / "scormpack"), "schema", "--check", "--out", str(folder)]
    made = subprocess.run(check, cwd=tmp_path, env=bare, capture_output=True, check=False, text=True)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "All schemas are up to date.\n")


def test_the_wheel_brings_the_plugin_that_is_here(programs: Path, tmp_path: Path) -> None:
    made = moodle_plugin()
    subprocess.run(
        [programs / "scormpack", "plugin", "moodle"], cwd=tmp_path, env={"PATH": str(programs)}, check=True
    )
    assert (tmp_path / made.file).read_bytes() == made.data


def test_the_wheel_builds_the_sample_library_in_an_empty_environment(programs: Path, tmp_path: Path) -> None:
    for command in (["init", "begun"], ["validate", "--library", "begun/modules", "--strict"]):
        subprocess.run([programs / "scormpack", *command], cwd=tmp_path, check=True)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(SAMPLE, elsewhere / "modules")
    made = subprocess.run(
        [programs / "scormpack", "build", "--format", "json"],
        cwd=elsewhere,
        env={"PATH": str(programs)},  # no Node, no checkout
        capture_output=True,
        check=True,
    )
    built = json.loads(made.stdout)["built"]
    modules = sorted(file.parent.name for file in SAMPLE.glob("*/module.yaml"))
    assert len(built) == len(modules) * 2 * 4  # modules, providers, targets
    assert sorted(path.name for path in (elsewhere / "build" / "willow-lane").iterdir())[:2] == [
        f"{modules[0]}-1.0.0-scorm12.zip",
        f"{modules[0]}-1.0.0-scorm2004-3rd.zip",
    ]
