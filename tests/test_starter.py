"""`scormpack init` and `scormpack new`: what they make is whole, and true, and builds; or nothing is made."""

from __future__ import annotations

import errno
import re
import shutil
import string
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from paths import SAMPLE
from permissions import permissions_hold

from scormpack.check.content import check_module
from scormpack.check.content.english.prose import Terms, Wording, grade
from scormpack.check.content.subject import Manuscript
from scormpack.cli import main
from scormpack.cli.report import NAMES_KEY
from scormpack.clock import today
from scormpack.content.load import load_library, load_module
from scormpack.content.module import Module
from scormpack.source.word import SLUG
from scormpack.starter import add, begin, files

MADE = [".gitignore", ".vscode", "README.md", "modules", "schemas"]
SCHEMA = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
CLAIMS = Wording(
    r"co-?\s?produc\w+", r"accredit\w+", r"endors\w+", r"certif\w+", "clinically", "approved", "evidence-based"
)
NEW = (
    ["module", "first-visit", "--title", "Your first visit: what to look for"],
    ["card", "new-task", "--module", "passing-it-on"],
    ["recommendation", "time-to-talk"],
    ["provider", "oak-house"],
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schemas_for_editors: tuple[str, ...]) -> None:
    """An empty folder."""
    assert schemas_for_editors
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def inside(folder: Path = Path()) -> dict[str, str]:
    """Everything in a folder, empty folders too."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
    }


def names(folder: str = ".") -> list[str]:
    """What stands in a folder."""
    return sorted(path.name for path in Path(folder).iterdir())


def passes(*arguments: str) -> None:
    """A command that finds nothing but information."""
    result = run(*arguments, "--strict")
    assert result.exit_code == 0, result.output
    assert not re.search(r"(?:error|warning)", result.output), result.output


def begun() -> None:
    assert run("init").exit_code == 0


def starter() -> Module:
    begun()
    return load_module(Path("modules/passing-it-on"))


# init


def test_init_makes_a_library_that_builds_without_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("init", "my-library")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [f"my-library/{name}" for name in MADE]
    assert result.stderr.splitlines()[-4:] == [
        "  cd my-library",
        "  scormpack validate",
        "  scormpack build",
        "  scormpack preview",
    ]
    assert names() == ["my-library"]
    monkeypatch.chdir("my-library")
    passes("validate")
    passes("build")
    passes("build", "--target", "web", "--target", "scorm2004-3rd", "--target", "scorm2004-4th")


def test_init_here() -> None:
    result = run("init")
    assert result.stdout.splitlines() == MADE
    assert "cd " not in result.stderr
    assert names() == MADE


def test_what_is_made_again_and_what_is_secret_stays_out_of_git() -> None:
    begun()
    kept_out = [line for line in Path(".gitignore").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert kept_out == ["build/", ".cache/", NAMES_KEY.as_posix()]


def test_init_makes_the_folders_on_the_way() -> None:
    assert run("init", "a/b/my library").exit_code == 0
    assert names("a/b/my library") == MADE
    assert names("a/b") == ["my library"]


def test_the_next_command_can_be_pasted() -> None:
    assert "  cd 'my library'\n" in run("init", "my library").stderr


def test_who_forgets_to_go_into_the_new_folder_is_told() -> None:
    run("init", "my-library")
    result = run("validate")
    assert result.exit_code == 2
    assert "There is one in `my-library`: run `cd my-library` first." in result.stderr


def test_init_beside_files_of_ones_own() -> None:
    Path("modules/media").mkdir(parents=True)
    Path("modules/media/hand.png").write_text("mine", encoding="utf-8")
    Path("notes.txt").write_text("mine", encoding="utf-8")
    begun()
    assert {"modules/media/hand.png": "mine", "notes.txt": "mine"}.items() <= inside().items()
    assert names() == [*MADE[:4], "notes.txt", "schemas"]
    passes("validate")


def test_init_touches_no_file_and_lists_what_is_in_the_way() -> None:
    Path("modules").mkdir()
    for name in ("README.md", "modules/glossary.yaml", "schemas"):
        Path(name).write_text("mine", encoding="utf-8")
    before = inside()
    result = run("init")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "Error: Nothing was written: this already exists:",
        "  README.md",
        "  modules/glossary.yaml",
        "  schemas",
        "Move it away, or choose another name.",
    ]
    assert inside() == before


def test_init_twice() -> None:
    begun()
    before = inside()
    assert run("init").exit_code == 1
    assert inside() == before


def test_init_below_a_file() -> None:
    Path("notes.txt").write_text("mine", encoding="utf-8")
    result = run("init", "notes.txt/library")
    assert (result.exit_code, inside()) == (1, {"notes.txt": "mine"})
    assert "  notes.txt\n" in result.stderr
    assert run("init", "notes.txt").exit_code == 2


def test_init_where_nothing_can_be_written() -> None:
    result = run("init", "/proc/library")  # nobody can, not even root
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: Nothing was written: ")
    assert "/proc/library cannot be written: " in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_init_in_a_folder_that_is_read_only() -> None:
    Path("locked").mkdir(mode=0o500)
    with permissions_hold():
        result = run("init", "locked/library")
    assert (result.exit_code, names("locked")) == (1, [])
    assert result.stderr == "Error: Nothing was written: locked/library cannot be written: Permission denied.\n"


@pytest.mark.parametrize("after", [0, 5, 20])
def test_a_full_disk_leaves_nothing(after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    write, left = Path.write_bytes, [after]

    def full(self: Path, data: bytes) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    result = run("init", "my-library")
    assert (result.exit_code, inside()) == (1, {})
    assert result.stderr == "Error: Nothing was written: my-library cannot be written: No space left on device.\n"


@pytest.mark.parametrize(
    ("error", "code"), [(OSError(errno.EACCES, "Permission denied"), 1), (KeyboardInterrupt(), 130)]
)
@pytest.mark.parametrize("after", range(4))
def test_what_stops_half_way_leaves_nothing(
    after: int, error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("modules/media").mkdir(parents=True)
    rename, left = Path.rename, [after]

    def stopped(self: Path, target: Any) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stopped)
    assert CliRunner().invoke(main, ["init"]).exit_code == code
    assert inside() == {"modules": "", "modules/media": ""}


def test_a_file_that_another_program_holds_keeps_no_other_from_coming_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        Path(name).write_text("old", encoding="utf-8")
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target.name == "b":
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(files.RefusedError, match="cannot be written: Permission denied"):
        files.replace_files(dict.fromkeys("abc", b"new"), Path())
    assert inside() == dict.fromkeys("abc", "old")


def test_a_file_that_is_written_over_keeps_its_permissions() -> None:
    Path("a").write_text("old", encoding="utf-8")
    Path("a").chmod(0o600)
    files.replace_files({"a": b"new", "b/c": b"new"}, Path())
    assert Path("a").stat().st_mode & 0o777 == 0o600
    assert inside() == {"a": "new", "b": "", "b/c": "new"}


def test_somebody_else_writes_at_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_standing", lambda _: [])
    Path("README.md").write_text("mine", encoding="utf-8")
    assert run("init").exit_code == 1
    assert inside() == {"README.md": "mine"}


@pytest.mark.parametrize(
    "title", ["Care: at home # always", "no", "“Quoted” \"twice\" 'so'", "{{ today }}", "- 1", "Ä & <b>"]
)
def test_a_title_is_kept_as_it_was_typed(title: str) -> None:
    assert run("init", "--title", title, "--publisher", title).exit_code == 0
    library = load_library(Path("modules"))
    assert (library.settings.title, library.settings.publisher) == (title, title)
    assert Path("README.md").read_text(encoding="utf-8").startswith(f"# {title}\n")


@pytest.mark.parametrize("title", ["", "  ", "a\x07b", "x" * 201, "Call {local:office_phone}"])
@pytest.mark.parametrize("option", ["--title", "--publisher"])
def test_a_title_that_cannot_be(option: str, title: str) -> None:
    result = run("init", option, title)
    assert (result.exit_code, inside()) == (1, {})
    assert result.stderr.startswith(option)


def test_each_yaml_file_names_its_schema() -> None:
    begun()
    for path in Path("modules").rglob("*.yaml"):
        found = SCHEMA.match(path.read_text(encoding="utf-8"))
        assert found, path
        assert (path.parent / found[1]).is_file(), path


def test_the_editor_is_told_of_files_that_are_written_by_hand(schemas_for_editors: tuple[str, ...]) -> None:
    begun()
    named = re.findall(r'"\./(schemas/[^"]+)"', Path(".vscode/settings.json").read_text(encoding="utf-8"))
    assert sorted(named) == sorted(f"schemas/authoring/{kind}.schema.json" for kind in schemas_for_editors)
    assert all(Path(name).is_file() for name in named)


# The starter as a lesson


def test_the_lesson_is_short_and_uses_what_it_teaches() -> None:
    module = starter()
    kinds = {block.type for page in module.pages for block in page.blocks}
    assert kinds >= {"prose", "key_messages", "notice", "card", "scenario", "single", "true_false", "reflection"}
    assert kinds >= {"pause", "local"}
    assert all(question.objective for question in module.questions())
    assert (module.format, module.provenance.status) == ("micro", "editorial")
    assert 5 <= module.duration_minutes <= 8
    assert not module.safety.emergency
    assert not module.safety.clinical_review_required
    assert not module.reviewers
    assert not module.sources
    assert not module.contributes_to
    assert module.facilitator_guide is not None
    (plan,) = module.facilitator_guide.plans
    assert plan.minutes == sum(step.minutes for step in plan.steps) == 15


def test_its_numbers_are_public_or_of_the_range_for_fiction() -> None:
    begun()
    library = load_library(Path("modules"))
    assert sorted(library.contacts) == ["nhs-111", "nhs-999", "samaritans"]
    assert all(contact.checked_on is None for contact in library.contacts.values())
    local = " ".join(library.providers["example-homecare"].local.values())
    numbers = re.findall(r"\d[\d ]{5,}\d", local)
    assert numbers
    assert all(number.startswith("01632 960 ") for number in numbers)


def test_the_waiver_says_why_and_ends() -> None:
    begun()
    (waiver,) = load_library(Path("modules")).settings.waive
    assert waiver.rule == "SAF-04"
    assert (waiver.date, (waiver.until - today()).days) == (today(), 60)


def test_it_can_be_read_at_grade_6() -> None:
    module = starter()
    manuscript = Manuscript(module, load_library(Path("modules")), today())
    pages = {page.id: [text.value for text in manuscript.texts if text.page is page] for page in module.pages}
    notes = [line[2:] for path in Path("modules").rglob("*.yaml") for line in lines_of(path) if line.startswith("# ")]
    guide = [text.value for text in manuscript.texts if text.page is None]
    readme = [Path("README.md").read_text(encoding="utf-8").split("```")[0]]
    everything: list[Sequence[str]] = [*pages.values(), guide, notes, readme]
    for texts in everything:
        found = grade(texts, Terms([]))
        assert found is not None
        assert found <= 6


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[1:]


def test_nothing_of_it_claims_anything() -> None:
    for folder in (begin.LIBRARY, add.NEW):
        for name, text in inside(folder).items():
            assert not CLAIMS.search(text), name


# new


@pytest.mark.parametrize("arguments", NEW, ids=lambda arguments: arguments[0])
def test_something_new_is_whole_at_once(arguments: list[str]) -> None:
    begun()
    before = inside()
    result = run("new", *arguments)
    assert result.exit_code == 0, result.output
    made = {name for name in inside() if Path(name).is_file()} - set(before)
    assert set(result.stdout.splitlines()) == made
    assert before.items() <= inside().items()
    for name in made:
        found = SCHEMA.match(Path(name).read_text(encoding="utf-8"))
        assert (found is not None) == name.endswith(".yaml")
        assert found is None or (Path(name).parent / found[1]).is_file()
    passes("validate")
    passes("build")


def test_a_card_says_how_it_comes_onto_a_page() -> None:
    begun()
    result = run("new", "card", "new-task")  # there is one module only
    assert result.stderr.endswith("\n```card\nuse: new-task\n```\n")
    page = Path("modules/passing-it-on/pages/welcome.md")
    page.write_text(page.read_text(encoding="utf-8") + result.stderr[result.stderr.index("\n\n") :], encoding="utf-8")
    passes("validate")
    assert "{local:office_phone}" in Path("modules/passing-it-on/cards/new-task.yaml").read_text(encoding="utf-8")


def test_a_card_in_a_module_with_mistakes() -> None:
    begun()
    Path("modules/passing-it-on/module.yaml").write_text("id: 1", encoding="utf-8")
    assert run("new", "card", "new-task").exit_code == 0


def test_a_new_module_names_a_recommendation_that_it_meets() -> None:
    begun()
    run("new", "module", "first-visit")
    assert load_module(Path("modules/first-visit")).addresses == ("paid-time",)
    path = Path("modules/recommendations/paid-time.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("max_minutes: 10", "max_minutes: 1"), encoding="utf-8")
    run("new", "module", "second-visit")
    module = load_module(Path("modules/second-visit"))
    assert module.addresses == ()
    assert module.standalone_reason


def test_a_provider_is_told_when_its_waiver_has_served() -> None:
    begun()
    run("new", "provider", "oak-house", "--title", "Oak House")
    path = Path("modules/providers/oak-house.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace('""', "01632 960 201"), encoding="utf-8")
    assert "WVR-04" in run("validate").stderr
    path.write_text(path.read_text(encoding="utf-8").split("\n# Numbers are")[0], encoding="utf-8")
    passes("validate")


@pytest.mark.parametrize(
    "name", ["First Visit", "first_visit", "-a", "a-", "a--b", "1st", "é", "", "a" * 41, "a/b", "..", "A"]
)
@pytest.mark.parametrize("kind", ["module", "card", "recommendation", "provider"])
def test_an_id_that_cannot_be(kind: str, name: str) -> None:
    begun()
    before = inside()
    result = run("new", kind, "--", name)
    assert (result.exit_code, inside()) == (2, before)
    assert "lower-case letters, digits and single hyphens, starting with a letter" in result.stderr


def test_an_id_is_proposed() -> None:
    assert "Perhaps `first-visit`?" in run("new", "module", "First visit!").stderr


@pytest.mark.parametrize(
    ("arguments", "taken"),
    [
        (["module", "passing-it-on"], "modules/passing-it-on"),
        (["module", "notes"], "modules/Notes"),
        (["module", "media"], "`media`"),
        (["module", "locales"], "`locales`"),
        (["module", "providers"], "`providers`"),
        (["card", "not-sure-what"], "modules/passing-it-on/cards/not-sure-what.yaml"),
        (["card", "welcome"], "`welcome`"),
        (["card", "a-quiet-morning-with-mr-bell"], "`a-quiet-morning-with-mr-bell`"),
        (["card", "result"], "`result`"),
        (["recommendation", "paid-time"], "modules/recommendations/paid-time.yaml"),
        (["provider", "example-homecare"], "modules/providers/example-homecare.yaml"),
        (["provider", "elm"], "modules/providers/Elm.YAML"),
    ],
)
def test_an_id_that_is_taken(arguments: list[str], taken: str) -> None:
    begun()
    Path("modules/Notes").mkdir()
    Path("modules/providers/Elm.YAML").touch()
    before = inside()
    result = run("new", *arguments)
    assert (result.exit_code, result.stdout, inside()) == (1, "", before)
    assert taken in result.stderr


@pytest.mark.parametrize("arguments", NEW, ids=lambda arguments: arguments[0])
def test_without_a_library(arguments: list[str]) -> None:
    result = run("new", *arguments)
    assert (result.exit_code, inside()) == (2, {})
    assert "There is no library here. Start one with `scormpack init`" in result.stderr


@pytest.mark.parametrize("arguments", NEW, ids=lambda arguments: arguments[0])
def test_in_a_library_that_cannot_be_read(arguments: list[str]) -> None:
    begun()
    Path("modules/glossary.yaml").write_text("words: []", encoding="utf-8")
    before = inside()
    result = run("new", *arguments)
    assert (result.exit_code, inside()) == (1, before)
    assert result.stderr.startswith("modules/glossary.yaml:1:1: ")
    assert result.stderr.endswith("Nothing was written.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["module", "a", "--title", "x" * 71], "--title: error FRM-06"),
        (["card", "a", "--title", "x" * 71], "--title: error FRM-06"),
        (["provider", "a", "--title", "x" * 61], "--title: error FRM-06"),
        (["recommendation", "a", "--title", "Paid time"], "--title: error REC-01"),
        (["card", "a", "--module", "pasing-it-on"], "Did you mean `passing-it-on`?"),
    ],
)
def test_what_cannot_be_made(arguments: list[str], said: str) -> None:
    begun()
    before = inside()
    result = run("new", *arguments)
    assert (result.exit_code == 0, inside()) == (False, before)
    assert said in result.stderr


def test_a_card_has_to_know_its_module() -> None:
    begun()
    run("new", "module", "first-visit")
    result = run("new", "card", "new-task")
    assert result.exit_code == 2
    assert "--module ID. This library has: first-visit, passing-it-on." in result.stderr


def test_in_a_library_with_nothing_but_its_own_file() -> None:
    Path("library.yaml").write_text("title: A\npublisher: B\nlicence: C\n", encoding="utf-8")
    refused = run("new", "module", "first-visit")
    assert (refused.exit_code, names()) == (1, ["library.yaml"])
    with Path("library.yaml").open("a", encoding="utf-8") as file:
        file.write(refused.stderr[refused.stderr.index("\nnotices:") :])
    made = run("new", "module", "first-visit")
    assert (made.exit_code, made.stderr.startswith("The library has no slot for a phone number")) == (0, True)
    for arguments in (["card", "new-task"], ["recommendation", "time-to-talk"], ["provider", "oak-house"]):
        assert run("new", *arguments).exit_code == 0
    passes("validate")
    passes("build")


def test_without_anyone_who_listens_there_is_no_pause() -> None:
    begun()
    path = Path("modules/contacts.yaml")
    path.write_text(
        path.read_text(encoding="utf-8").replace("always_open: true", "always_open: false"), encoding="utf-8"
    )
    made = run("new", "module", "first-visit")
    assert made.stderr.startswith("The library has no contact that listens at any hour")
    assert "pause" not in {
        block.type for page in load_module(Path("modules/first-visit")).pages for block in page.blocks
    }


def test_in_the_sample_library() -> None:
    shutil.copytree(SAMPLE, "modules")
    for arguments in NEW:
        assert (
            run("new", *arguments[:2], *(["--module", "first-visit"] if arguments[0] == "card" else [])).exit_code
            == 0
        )
    library = load_library(Path("modules"))
    found = check_module(Manuscript(load_module(Path("modules/first-visit")), library, today()))
    assert [each for each in found if each.severity != "info"] == []
    assert library.recommendations["time-to-talk"].status == "draft"
    assert not SCHEMA.match(Path("modules/first-visit/module.yaml").read_text(encoding="utf-8"))  # it has none here


# A title may say what a rule forbids, and a folder of the library is no module.
SLUGS = st.from_regex(SLUG, fullmatch=True, alphabet=string.ascii_lowercase + string.digits + "-")
FOLDERS = ("assessments", "locales", "media", "providers", "recommendations")
FREE = SLUGS.filter(lambda name: len(name) <= 40 and name not in FOLDERS)


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FREE)
@example("a")
@example("no")
@example("null")
@example("welcome")
@example("first-card")
@example("library")
@example("con")
@example("x" * 40)
def test_any_id_makes_a_module(name: str) -> None:
    shutil.rmtree("modules", ignore_errors=True)
    shutil.copytree(begun_once(), "modules")
    assert run("new", "module", name).exit_code == 0
    module = load_module(Path("modules") / name)
    library = load_library(Path("modules"))
    assert module.id == name
    assert [each for each in check_module(Manuscript(module, library, today())) if each.severity != "info"] == []


def begun_once() -> Path:
    """A library to copy, outside of the folder that the test works in."""
    if not Path("../begun").is_dir():
        assert run("init", "../begun").exit_code == 0
    return Path("../begun/modules")
