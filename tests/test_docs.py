"""The documents are true: their examples build, their links lead somewhere, and they name every command and block."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
from click.testing import CliRunner
from paths import ROOT

from docs import platforms as platforms_page
from docs import standards as standards_pages
from docs.commands import document
from scormpack.blocks import KINDS
from scormpack.cli import COMMANDS, main
from scormpack.diagnostics import Place
from scormpack.platforms.known import platform
from scormpack.platforms.names import NAMES
from scormpack.source.node import read
from scormpack.source.yaml import Mapping, parse

DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = Place("docs/authoring.md")
AUTHORING = (DOCS / "authoring.md").read_text(encoding="utf-8")


TABLES = ("providers export", "providers import")
FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)
FIRST_MODULE = AUTHORING[AUTHORING.index("## Your first module") : AUTHORING.index("## The folder")]
AGREED = AUTHORING[AUTHORING.index("## What partners agreed to") : AUTHORING.index("## In Python")]
PROVIDERS = (DOCS / "providers.md").read_text(encoding="utf-8")
TABLE = PROVIDERS[PROVIDERS.index("## Take it in") : PROVIDERS.index("## Change many")]
FIRST_PACKAGE = README[README.index("## A first package") : README.index("## The sample library")]
# What a guide asks its reader to type, and into which file: over some lines, over everything, below the notes,
# or one word in place of another.
ASKED = (
    (re.compile(r"^In `([^`]+)`, write over these lines.*?:$", re.MULTILINE | re.DOTALL), "lines"),
    (re.compile(r"^In place of all that is in `([^`]+)`, write:$", re.MULTILINE), "all"),
    (re.compile(r"^In `([^`]+)`, leave the notes at the top, and write below them:$", re.MULTILINE), "below"),
)
# Some fields of one of the two files, as an example: the words before it say which.
FIELDS = re.findall(
    r"[Ii]n `((?:library|module)\.yaml)`[^:]*:\n\n```yaml\n(.*?)^```$", AUTHORING, re.DOTALL | re.MULTILINE
)
INSTEAD = re.compile(
    r"In `([^`]+)`, write `([^`]+)` in\s+place of\s+`([^`]+)`(?:,[^`]*`([^`]+)` in place of `([^`]+)`)?"
)


def follow(guide: str) -> Iterator[None]:
    """Do what `guide` says, in the order in which it says it: commands with their answers, and edits."""
    done = 0
    for fence in FENCE.finditer(guide):
        text, done = guide[done : fence.start()], fence.end()
        for found in INSTEAD.finditer(text):
            for new, old in ((found[2], found[3]), (found[4], found[5])):
                edit(Path(found[1]), old, new)
        if fence[2] == "console":
            converse(fence[3])
        for pattern, how in ASKED:
            for found in pattern.finditer(text):
                write(Path(found[1]), how, fence[3])
        yield


def converse(console: str) -> None:
    """Type each line after a `$`, and hold the answer against the one that is shown."""
    for typed in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        line, _, shown = typed.partition("\n")
        program, *arguments = shlex.split(line)
        if program == "cd":
            os.chdir(arguments[0])
            continue
        assert program == "scormpack"
        answer = previewed(arguments) if "preview" in arguments else CliRunner().invoke(main, arguments).output
        wanted = re.escape(without_sizes(shown)).replace("…\\\n", "(?:.*\n)*")
        assert re.fullmatch(wanted, without_sizes(answer)), f"{line}\n{answer}"


def previewed(arguments: list[str]) -> str:
    """What a preview says until somebody presses Ctrl+C."""
    command = [sys.executable, "-m", "scormpack", *arguments, "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said = list(takewhile(lambda line: "Ctrl+C" not in line, process.stdout))
        process.send_signal(signal.SIGINT)
        try:
            assert process.communicate(timeout=60)[0] == "The preview has ended.\n"
        finally:
            process.kill()
    return "".join([*said, "Press Ctrl+C to end the preview.\n"])


def without_sizes(text: str) -> str:
    """What a command says, whatever its packages weigh, on whatever day and at whatever port."""
    text = re.sub(r"127\.0\.0\.1:\d+", "here", re.sub(r"[0-9.]+ kB", "kB", text))
    return re.sub(r"\d{4}-\d\d-\d\d", "day", text)


def write(path: Path, how: str, text: str) -> None:
    old = path.read_text(encoding="utf-8")
    if how == "lines":
        for block in re.split(r"\n(?=\w)", text.strip()):
            key = block.partition(":")[0]
            new = f"{block.strip()}\n".replace("\\", r"\\")
            old, times = re.subn(rf"^{key}:.*\n(?:[ -].*\n)*", new, old, flags=re.MULTILINE)
            assert times == 1, (path, key)
        text = old
    elif how == "below":
        text = (
            "".join(re.findall(r"^#.*\n", old, re.MULTILINE)[: len(old.split("\n\n")[0].split("\n"))]) + "\n" + text
        )
    path.write_text(text, encoding="utf-8")


def edit(path: Path, old: str | None, new: str | None) -> None:
    if old and new:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (path, old)
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def _scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library to try things in, which is the current folder."""
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["init"]).exit_code == 0


@pytest.mark.usefixtures("schemas_for_editors")
def test_the_first_package_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(list(follow(FIRST_PACKAGE))) == 3
    assert Path.cwd() == tmp_path / "my-library"
    ((path, page),) = re.findall(r"This is `([^`]+)`:\n\n````markdown\n(.*?)````", FIRST_PACKAGE, re.DOTALL)
    assert page == Path(path).read_text(encoding="utf-8")
    assert list(Path("build/example-homecare").iterdir())


@pytest.mark.usefixtures("schemas_for_editors")
def test_the_first_module_of_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(list(follow(FIRST_MODULE))) == 11
    assert CliRunner().invoke(main, ["build", "--strict"]).exit_code == 0


@pytest.mark.usefixtures("schemas_for_editors", "_scratch")
def test_what_partners_agreed_to() -> None:
    assert len(list(follow(AGREED))) == 4
    shown = re.search(r"^```yaml\n(# What partners .*?)^```$", AGREED, re.DOTALL | re.MULTILINE)
    assert shown
    assert Path("modules/passing-it-on/agreed.yaml").read_text(encoding="utf-8").startswith(shown[1])


@pytest.mark.usefixtures("schemas_for_editors", "_scratch")
def test_a_table_of_providers() -> None:
    assert len(list(follow(TABLE))) == 4
    assert CliRunner().invoke(main, ["build", "--provider", "oak-house"]).exit_code == 0


@pytest.mark.usefixtures("schemas_for_editors", "_scratch")
def test_comments_from_reviewers() -> None:
    (shown,) = re.findall(r"^## Comments from reviewers\n.*?```yaml\n(.*?)```", AUTHORING, re.DOTALL | re.MULTILINE)
    Path("modules/passing-it-on/review.yaml").write_text(shown, encoding="utf-8")
    said = [line for line in CliRunner().invoke(main, ["validate", "--all"]).output.splitlines() if "REV-" in line]
    assert [line.partition(": Some of us")[0] for line in said] == [
        "modules/passing-it-on/review.yaml:6:11: info REV-01: "
        "Grace Adeyemi, 2026-09-14, on passing-it-on/pages/who-to-tell.md:3"
    ]


@pytest.mark.usefixtures("schemas_for_editors", "_scratch")
@pytest.mark.parametrize(("file", "text"), FIELDS, ids=[text.partition(":")[0] for _, text in FIELDS])
def test_fields_of_the_guide_are_valid(file: str, text: str) -> None:
    path = Path("modules/library.yaml" if file == "library.yaml" else "modules/passing-it-on/module.yaml")
    for block in re.split(r"\n(?=\w)", text.strip()):
        put(path, block)
    result = CliRunner().invoke(main, ["validate"])
    assert result.exit_code == 0, result.output


def test_the_guide_shows_the_fields_that_are_hard_to_guess() -> None:
    shown = {key for _, text in FIELDS for key in re.findall(r"^(\w+):", text, re.MULTILINE)}
    asked = {"accreditation", "profile", "reviewers", "safety", "scorm", "slots", "topics", "translation", "waive"}
    assert asked <= shown


def put(path: Path, block: str) -> None:
    """A field in place of the one of this name, or at the end."""
    old, key = path.read_text(encoding="utf-8"), block.partition(":")[0]
    kept = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", old, flags=re.MULTILINE)
    path.write_text(f"{kept}\n{block}\n", encoding="utf-8")


def test_the_minutes_of_the_guide_add_up() -> None:
    steps = re.findall(r"^### \d\. .*: (\d+) minutes?$", FIRST_MODULE, re.MULTILINE)
    assert len(steps) == 7
    assert sum(int(minutes) for minutes in steps) == 30


def test_the_page_of_commands_is_fresh() -> None:
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == document(), "make docs"
    assert CliRunner().invoke(main, ["-h"]).exit_code == 0  # Click keeps what the page has asked for first


def test_the_page_of_platforms_is_fresh() -> None:
    assert (DOCS / "platforms.md").read_text(encoding="utf-8") == platforms_page.document(), "make docs"


def test_the_page_of_those_who_load_by_hand_is_fresh() -> None:
    assert (DOCS / "loading.md").read_text(encoding="utf-8") == platforms_page.loading(), "make docs"


def test_the_pages_of_standards_are_fresh() -> None:
    written = {file.name: file.read_text(encoding="utf-8") for file in (DOCS / "standards").glob("*.md")}
    assert written == standards_pages.pages(), "make docs"


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_platforms_says_all_that_is_known(name: str) -> None:
    known, page = platform(name), platforms_page.document()
    for fact in (*known.load, *known.test, *known.result, *known.lacks, *known.replacing.how):
        assert f"{fact.says} [{list(known.sources).index(fact.source) + 1}]" in page
    for source in known.sources.values():
        assert f"{f'<{source.what}>' if source.address else source.what}, {source.day}" in page


@pytest.mark.parametrize(
    "command", [*COMMANDS, "new module", "new card", "new recommendation", "new provider", *TABLES]
)
def test_the_page_of_commands_has_every_command_and_option(command: str) -> None:
    (section,) = re.findall(rf"^##+ scormpack {command}\n(.*?)(?=^##|\Z)", document(), re.DOTALL | re.MULTILINE)
    shown = CliRunner().invoke(main, [*command.split(), "--help"]).output
    options = set(re.findall(r"^  (--[\w-]+)", shown, re.MULTILINE))
    assert options - {"--help"} == set(re.findall(r"^\| `(--[\w-]+)", section, re.MULTILINE))
    assert f"`scormpack {command} " in section


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in DOCS.glob("*.md"))]
)
def test_links_of_a_page_lead_somewhere(page: str) -> None:
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", (ROOT / page).read_text(encoding="utf-8")))
    for address, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)", text):
        target = (ROOT / page).parent / address if address else ROOT / page
        assert target.exists(), address
        assert not anchor or anchor in anchors(target), (address, anchor)


def anchors(page: Path) -> set[str]:
    """What links can name in a page: its headings, as GitHub spells them."""
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-")) for heading in headings}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "prose"])
def test_the_guide_shows_every_block(kind: str) -> None:
    blocks = re.sub(r"^````.*?^````$", "", AUTHORING, flags=re.DOTALL | re.MULTILINE)  # whole pages are tried above
    shown = re.findall(rf"^```{kind}\n(.*?)^```$", blocks, re.DOTALL | re.MULTILINE)
    assert shown
    for body in shown:
        data = parse(body, GUIDE.path)
        read(KINDS[kind], Mapping(GUIDE) if data is None else data, GUIDE)


MARKDOWN = AUTHORING[AUTHORING.index("### Markdown") : AUTHORING.index("### Blocks")]
WORKS, _, OTHERS = MARKDOWN.partition("What other tools know")
EXAMPLES = re.findall(r"(?<!`)`([^`\n]+)`(?!`)|`` (.*?) ``", WORKS.partition("On pages")[0]) + FENCE.findall(WORKS)


@pytest.mark.usefixtures("schemas_for_editors", "_scratch")
@pytest.mark.parametrize("example", ["".join(each[-2:]).strip("`") for each in EXAMPLES])
def test_markdown_of_the_guide_is_built(example: str) -> None:
    page = Path("modules/passing-it-on/pages/who-to-tell.md")
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n{example.replace('#the-steps', '#who-to-tell')}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "--target", "web"])
    assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("schemas_for_editors", "_scratch")
@pytest.mark.parametrize("cell", re.findall(r"^\| (`.*?) \| ", OTHERS, re.MULTILINE))
def test_markdown_that_the_guide_excludes_is_refused(cell: str) -> None:
    page = Path("modules/passing-it-on/pages/who-to-tell.md")
    text = page.read_text(encoding="utf-8")
    examples = cell.replace("` and below it `", "\n").split("`, `")
    for example in examples:
        page.write_text(f"{text}\n{example.strip('`')}\n", encoding="utf-8")
        result = CliRunner().invoke(main, ["validate"])
        assert re.search(r"who-to-tell.md:\d+:\d+: error FRM-1[06]", result.output), result.output
