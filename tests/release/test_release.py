"""What is given out: a folder for each provider, judged against what it had; whole, or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from giving import (
    DAYS,
    FIRST,
    MODULES,
    PAGE,
    RELEASES,
    SECOND,
    TEA,
    changes,
    edit,
    everything,
    give_out,
    lay_out,
    run,
    slip,
)
from lxml import html

from scormpack.package import Entry
from scormpack.platforms.known import platform
from scormpack.plugins import Plugin
from scormpack.release import making

DETAILS = "Your own details have changed, such as a telephone number."
SHARED = "What all modules share has changed, such as a contact, a notice or the word list."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library in ./modules; what the player says is nothing to these tests."""
    monkeypatch.chdir(tmp_path)
    lay_out(MODULES)
    monkeypatch.setattr("scormpack.render.player", lambda driver, _page: f"/* {driver} */")
    on("2026-11-23", monkeypatch)


def on(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAYS[day])


def raised(version: str, module: str = "tea-and-talk") -> None:
    file = MODULES / module / "module.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    new = (f"version: {version}\n" if line.startswith("version:") else line for line in lines)
    file.write_text("".join(new), encoding="utf-8")


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Plugin:
    """A plugin in the place of ours."""
    made = Plugin("9.8.7", 2026010100, 401, 501, b"a plugin")
    monkeypatch.setattr("scormpack.release.folder.moodle_plugin", lambda: made)
    return made


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """All was given out once, and a week has passed."""
    give_out()
    on("2026-12-01", monkeypatch)


# The folder


def test_a_provider_gets_a_folder_that_can_be_sent() -> None:
    done = give_out()
    assert done["folder"] == "releases/2026-11-23"
    assert (done["given"], done["unchanged"], done["left_out"], done["packages"]) == (["elm", "oak"], [], [], 4)
    assert sorted(everything(FIRST / "oak")) == [
        "CHANGES.html",
        "HOW-TO-LOAD.html",
        "SHA256SUMS",
        "kind-words-1.0.0-scorm12.zip",
        "release.json",
        "tea-and-talk-1.0.0-scorm12.zip",
    ]
    assert sorted(each.name for each in FIRST.iterdir()) == ["elm", "index.html", "oak", "release.json"]
    assert sorted(each.name for each in RELEASES.iterdir()) == ["2026-11-23", "history"]


def test_the_packages_are_those_that_build_makes() -> None:
    give_out()
    assert run("build", "--jobs", "1").exit_code == 0
    for file in Path("build").rglob("*.zip"):
        assert (FIRST / file.relative_to("build")).read_bytes() == file.read_bytes()


def test_the_checksums_are_in_the_form_that_sha256sum_reads() -> None:
    give_out()
    lines = (line.split("  ") for line in (FIRST / "oak" / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    listed = {name: digest for digest, name in lines}
    found = {name: hashlib.sha256(data).hexdigest() for name, data in everything(FIRST / "oak").items()}
    assert listed == {name: digest for name, digest in found.items() if name != "SHA256SUMS"}


def test_the_same_library_gives_the_same_bytes() -> None:
    give_out()
    first = everything(RELEASES)
    give_out("--out", "again", "--no-cache")
    assert everything(Path("again")) == first


def test_the_load_sheet_is_for_the_platform_that_the_provider_names() -> None:
    edit(MODULES / "providers" / "oak.yaml", "name: Oak Care\n", "name: Oak Care\nplatform: moodle\n")
    give_out()
    moodle = (FIRST / "oak" / "HOW-TO-LOAD.html").read_text(encoding="utf-8")
    other = (FIRST / "elm" / "HOW-TO-LOAD.html").read_text(encoding="utf-8")
    assert "Moodle" in html.fromstring(moodle).findtext(".//h1", "")
    assert "Moodle" not in html.fromstring(other).findtext(".//h1", "")
    for sheet in (moodle, other):
        assert "tea-and-talk-1.0.0-scorm12.zip" in sheet
        assert "“Tea and talk” is new." in sheet


def test_a_provider_with_moodle_gets_the_plugin_for_it(stand_in: Plugin) -> None:
    edit(MODULES / "providers" / "oak.yaml", "name: Oak Care\n", "name: Oak Care\nplatform: moodle\n")
    give_out()
    assert (FIRST / "oak" / "local_scormpack-9.8.7.zip").read_bytes() == stand_in.data
    assert not (FIRST / "elm" / "local_scormpack-9.8.7.zip").exists()
    (paper,) = (each for each in slip(FIRST / "oak")["papers"] if each["file"] == stand_in.file)
    assert (paper["bytes"], paper["sha256"]) == (len(stand_in.data), hashlib.sha256(stand_in.data).hexdigest())
    assert f"{paper['sha256']}  {stand_in.file}\n" in (FIRST / "oak" / "SHA256SUMS").read_text(encoding="utf-8")
    assert run("verify", (FIRST / "oak").as_posix(), "--history", "releases").exit_code == 0
    (FIRST / "oak" / stand_in.file).write_bytes(b"another")
    changed = run("verify", (FIRST / "oak").as_posix())
    assert f"{stand_in.file}: error RLS-04: has 7 bytes, and had {len(stand_in.data):,}" in changed.stderr


def test_the_load_sheet_and_the_catalogue_say_that_there_is_a_plugin(stand_in: Plugin) -> None:
    edit(MODULES / "providers" / "oak.yaml", "name: Oak Care\n", "name: Oak Care\nplatform: moodle\n")
    give_out()
    sheet, other = (html.parse(FIRST / name / "HOW-TO-LOAD.html").getroot() for name in ("oak", "elm"))
    (files,) = sheet.xpath("//section[@class='files']/p[code]")
    said = "With the plugin local_scormpack-9.8.7.zip, files can be loaded for you."
    assert " ".join(files.text_content().split()) == said
    assert "plugin" not in other.text_content()
    catalogue = html.parse(FIRST / "index.html").getroot()
    assert [each.text_content() for each in catalogue.xpath("//section[@id='providers']/p")] == [
        f"1 provider has the plugin {stand_in.file} too, for an administrator of the platform to install."
    ]
    assert json.loads((FIRST / "release.json").read_text(encoding="utf-8"))["plugins"] == {stand_in.file: 1}


# What has changed


def test_what_is_new_is_new_for_each_provider_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    give_out("--provider", "oak")
    on("2026-12-01", monkeypatch)
    done = give_out()
    assert (done["given"], done["unchanged"]) == (["elm"], ["oak"])
    assert changes(SECOND / "elm") == {"kind-words": ("new", []), "tea-and-talk": ("new", [])}


@pytest.mark.usefixtures("later")
def test_the_load_sheet_asks_for_nothing_that_is_there_already() -> None:
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.0.1")
    give_out()
    sheet = (SECOND / "oak" / "HOW-TO-LOAD.html").read_text(encoding="utf-8")
    assert "tea-and-talk-1.0.1-scorm12.zip" in sheet
    assert "kind-words" not in sheet
    assert "1 file here is the same as in your last release" in sheet


@pytest.mark.usefixtures("later")
def test_nothing_is_given_out_twice() -> None:
    before = everything(RELEASES)
    done = give_out()
    assert (done["folder"], done["unchanged"]) == (None, ["elm", "oak"])
    assert everything(RELEASES) == before


@pytest.mark.usefixtures("later")
def test_other_words_keep_progress() -> None:
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.0.1")
    give_out()
    assert changes(SECOND / "oak") == {
        "kind-words": ("unchanged", []),
        "tea-and-talk": ("progress_stays", ["Other words on the page: “Over a cup of tea”."]),
    }
    (package,) = (each for each in slip(SECOND / "oak")["packages"] if each["module"] == "tea-and-talk")
    assert (package["was"], package["version"]) == ("1.0.0", "1.0.1")


@pytest.mark.usefixtures("later")
def test_a_question_that_is_called_otherwise_loses_progress() -> None:
    edit(PAGE, "id: open-question", "id: an-open-question")
    raised("2.0.0")
    give_out()
    reason = (
        "The question “Which question is open?” has another id: an-open-question, which was open-question. "
        "What was done there has to be done again."
    )
    assert changes(SECOND / "oak")["tea-and-talk"] == (
        "progress_lost",
        [reason, "Other words on the page: “Over a cup of tea”."],
    )


@pytest.mark.usefixtures("later")
def test_a_providers_own_details_are_no_change_of_a_module() -> None:
    edit(MODULES / "providers" / "oak.yaml", "960 001", "960 009")
    done = give_out()
    assert (done["given"], done["unchanged"]) == (["oak"], ["elm"])
    assert list(changes(SECOND / "oak").values()) == [("progress_stays", [DETAILS])] * 2


@pytest.mark.usefixtures("later")
def test_what_all_modules_share_is_no_change_of_a_module() -> None:
    edit(MODULES / "library.yaml", "Your employer may ask", "Your manager may ask")
    give_out()
    assert changes(SECOND / "oak")["tea-and-talk"] == ("progress_stays", [SHARED])


@pytest.mark.usefixtures("later")
def test_another_scormpack_is_no_change_of_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scormpack.render._script", lambda driver, _: Entry("player.js", f"/* {driver} */".encode()))
    monkeypatch.setattr("scormpack.cli.release.__version__", "9.9.9")
    give_out()
    reason = "It was made with another version of scormpack. It teaches the same."
    assert list(changes(SECOND / "oak").values()) == [("progress_stays", [reason])] * 2


@pytest.mark.usefixtures("later")
def test_what_lies_beside_the_pages_is_told_too() -> None:
    edit(TEA / "module.yaml", "How to begin a talk over a cup of tea.", "How to begin to talk over a cup of tea.")
    raised("1.0.1")
    give_out()
    reason = "Something beside its pages has changed, such as a picture, its summary or its guide for groups."
    assert changes(SECOND / "oak")["tea-and-talk"] == ("progress_stays", [reason])


@pytest.mark.usefixtures("later")
def test_another_kind_of_package_loses_progress() -> None:
    edit(MODULES / "library.yaml", "targets: [scorm12]", "targets: [scorm2004]")
    give_out()
    reason = (
        "It is a package of another kind: scorm2004-3rd, which was scorm12. Platforms do not carry progress over."
    )
    assert changes(SECOND / "oak")["tea-and-talk"] == ("progress_lost", [reason])


@pytest.mark.usefixtures("later")
def test_what_is_given_out_no_more_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(MODULES / "kind-words")
    assert give_out()["given"] == ["elm", "oak"]
    assert slip(SECOND / "oak")["gone"] == ["Kind words"]
    assert "1 module is no longer given out." in (SECOND / "oak" / "CHANGES.html").read_text(encoding="utf-8")
    on("2027-01-04", monkeypatch)
    assert give_out()["unchanged"] == ["elm", "oak"]
    assert "kind-words" not in run("releases").stdout


@pytest.mark.usefixtures("later")
def test_a_kind_of_package_that_came_later_is_judged_by_where_it_keeps_progress(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edit(MODULES / "library.yaml", "targets: [scorm12]", "targets: [scorm12, scorm2004]")
    give_out()
    on("2027-01-04", monkeypatch)
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.0.1")
    give_out()
    found = {each["target"]: each["change"] for each in slip(RELEASES / "2027-01-04" / "oak")["packages"][2:]}
    assert found == {"scorm12": "progress_stays", "scorm2004-3rd": "progress_stays"}


@pytest.mark.usefixtures("later")
def test_what_was_replaced_is_had_no_more() -> None:
    edit(MODULES / "library.yaml", "targets: [scorm12]", "targets: [scorm2004]")
    give_out()
    assert "(scorm2004-3rd)" in run("releases", "--provider", "oak").stdout
    assert "scorm12" not in run("releases", "--provider", "oak").stdout


@pytest.mark.usefixtures("later")
def test_a_provider_that_changes_its_platform_is_told_that_progress_is_lost() -> None:
    """The others still get what it got before."""
    edit(MODULES / "providers" / "oak.yaml", "name: Oak Care\n", "name: Oak Care\nplatform: cornerstone\n")
    assert platform("cornerstone").suits.target != "scorm12"
    assert give_out()["given"] == ["oak"]
    assert changes(SECOND / "oak")["tea-and-talk"][0] == "progress_lost"
    assert "scorm12" not in run("releases", "--provider", "oak").stdout


@pytest.mark.usefixtures("later")
def test_a_kind_of_package_that_is_given_out_once_takes_no_others_place() -> None:
    give_out("--target", "scorm2004", "--provider", "oak")
    assert changes(SECOND / "oak") == {"kind-words": ("new", []), "tea-and-talk": ("new", [])}


@pytest.mark.usefixtures("later")
def test_a_kind_of_package_beside_the_old_one_is_new() -> None:
    give_out("--target", "scorm12", "--target", "web", "--provider", "oak")
    found = {(each["module"], each["target"]): each["change"] for each in slip(SECOND / "oak")["packages"]}
    assert found == {
        ("kind-words", "scorm12"): "unchanged",
        ("kind-words", "web"): "new",
        ("tea-and-talk", "scorm12"): "unchanged",
        ("tea-and-talk", "web"): "new",
    }


@pytest.mark.usefixtures("later")
def test_one_module_is_judged_by_the_last_that_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.0.1")
    give_out("kind-words", "tea-and-talk")
    on("2027-01-04", monkeypatch)
    edit(PAGE, "The kettle hums.", "The kettle purrs.")
    raised("1.0.2")
    give_out("tea-and-talk")
    (package,) = slip(RELEASES / "2027-01-04" / "oak")["packages"]
    assert package["was"] == "1.0.1"


def test_two_releases_of_one_day_are_told_apart_and_a_clock_that_goes_back_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    give_out("kind-words")
    give_out("tea-and-talk", "--provider", "oak")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(DAYS["2026-11-23"]) - 864_000))
    give_out("tea-and-talk")
    assert sorted(each.name for each in RELEASES.iterdir()) == [
        "2026-11-23",
        "2026-11-23-2",
        "2026-11-23-3",
        "history",
    ]
    assert (RELEASES / "2026-11-23-3" / "elm").is_dir()
    assert not (RELEASES / "2026-11-23-3" / "oak").exists()


# What is not given out


@pytest.mark.usefixtures("later")
def test_a_version_that_was_given_out_never_says_anything_else() -> None:
    before = everything(RELEASES)
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    result = run("release", "--no-print", "--jobs", "1")
    assert result.exit_code == 1
    assert "modules/tea-and-talk/module.yaml:2:10: error RLS-01: version 1.0.0 was given out in" in result.stderr
    assert "fix: Raise `version` to 1.0.1." in result.stderr
    assert "Nothing was given out." in result.stderr
    assert everything(RELEASES) == before


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    ("old", "new", "version"),
    [
        ("The kettle sings.", "The kettle hums.", "1.0.1"),
        ("text: Do you want milk?", "text: Do you want some milk?", "1.1.0"),
        ("id: open-question", "id: another", "2.0.0"),
    ],
    ids=["words", "other answers", "lost"],
)
def test_the_next_version_says_how_much_has_changed(old: str, new: str, version: str) -> None:
    edit(PAGE, old, new)
    assert f"fix: Raise `version` to {version}." in run("release", "--no-print", "--jobs", "1").stderr


@pytest.mark.usefixtures("later")
def test_a_version_that_says_too_little_is_a_warning() -> None:
    edit(PAGE, "text: Do you want milk?", "text: Do you want some milk?")
    raised("1.0.1")
    result = run("release", "--no-print", "--jobs", "1", "--strict")
    assert result.exit_code == 1
    assert (
        "module.yaml:2:10: warning RLS-02: version 1.0.1 says less than has changed since 1.0.0: "
        "there is other work to do" in result.stderr
    )
    assert "fix: Raise `version` to 1.1.0." in result.stderr
    assert not SECOND.exists()
    assert run("release", "--no-print", "--jobs", "1").exit_code == 0


@pytest.mark.usefixtures("later")
def test_a_version_lower_than_the_last_is_a_warning() -> None:
    raised("0.9.0")
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    result = run("release", "--no-print", "--jobs", "1")
    assert "version 0.9.0 is lower than 1.0.0, which was given out" in result.stderr


@pytest.mark.usefixtures("later")
def test_an_earlier_version_can_be_given_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.0.1")
    give_out()
    on("2027-01-04", monkeypatch)
    edit(PAGE, "The kettle hums.", "The kettle sings.")
    raised("1.0.0")
    result = run("release", "--no-print", "--jobs", "1")
    assert result.exit_code == 0
    assert "RLS" not in result.stderr
    assert changes(RELEASES / "2027-01-04" / "oak")["tea-and-talk"][0] == "progress_stays"


def test_a_mistake_in_a_module_stops_the_release_and_leaves_nothing() -> None:
    edit(TEA / "module.yaml", "title: Tea and talk", "tilte: Tea and talk")
    assert run("release", "--no-print", "--jobs", "1").exit_code == 1
    assert not RELEASES.exists()


def test_a_package_that_is_refused_leaves_its_provider_out() -> None:
    edit(PAGE, "slots: [office_phone]", "slots: [office_phone, nowhere]")
    result = run("release", "--no-print", "--jobs", "1")
    assert result.exit_code == 1
    assert "Left out, see above: elm, oak" in result.stdout
    assert not RELEASES.exists()


def test_a_mistake_in_one_provider_is_one_providers() -> None:
    (MODULES / "providers" / "oak.yaml").write_text("id: oak\n", encoding="utf-8")
    result = run("release", "--no-print", "--jobs", "1", "--provider", "oak")
    assert (result.exit_code, "Nothing was given out." in result.stderr) == (1, True)
    assert run("release", "--no-print", "--jobs", "1").exit_code == 1
    assert sorted(each.name for each in FIRST.iterdir()) == ["elm", "index.html", "release.json"]


def test_a_logo_that_cannot_be_read_leaves_one_provider_out() -> None:
    edit(MODULES / "providers" / "oak.yaml", "name: Oak Care\n", "name: Oak Care\nbrand: {logo: none.png}\n")
    done = run("release", "--no-print", "--jobs", "1", "--format", "json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["left_out"] == ["oak"]
    assert not (FIRST / "oak").exists()
    assert (FIRST / "elm").is_dir()


# Half-way


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("step", ["_note", "_give", "_write_catalogue", "_publish"])
@pytest.mark.parametrize(
    ("error", "code"), [(KeyboardInterrupt(), 130), (OSError(28, "No space left on device", "a file"), 1)]
)
def test_what_stops_half_way_leaves_the_old_release(
    step: str, error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(RELEASES)
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.0.1")

    def stop(*_: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(making, step, stop)
        result = run("release", "--no-print", "--jobs", "1")
    assert result.exit_code == code
    assert everything(RELEASES) == before
    assert give_out()["folder"] == SECOND.as_posix()


@pytest.mark.usefixtures("later")
def test_a_release_that_cannot_be_put_on_record_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(RELEASES)
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.0.1")
    rename = Path.rename

    def never_on_record(file: Path, to: Path) -> Path:
        if file.suffix == ".part":
            raise KeyboardInterrupt
        return rename(file, to)

    monkeypatch.setattr(Path, "rename", never_on_record)
    assert run("release", "--no-print", "--jobs", "1").exit_code == 130
    assert everything(RELEASES) == before
    assert not SECOND.exists()


@pytest.mark.usefixtures("later")
def test_what_a_killed_release_left_is_swept_away() -> None:
    (RELEASES / ".making" / "oak").mkdir(parents=True)
    (RELEASES / ".making" / "oak" / "half.zip").write_bytes(b"half")
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.0.1")
    give_out()
    assert sorted(each.name for each in RELEASES.iterdir()) == ["2026-11-23", "2026-12-01", "history"]


@pytest.mark.usefixtures("later")
def test_a_folder_of_somebody_elses_is_left_alone() -> None:
    SECOND.mkdir()
    (SECOND / "mine.txt").write_text("mine", encoding="utf-8")
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.0.1")
    assert give_out()["folder"] == "releases/2026-12-01-2"
    assert [each.name for each in SECOND.iterdir()] == ["mine.txt"]


# What is shown


@pytest.mark.usefixtures("later")
def test_the_trainer_is_told_what_to_look_over() -> None:
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.0.1")
    shutil.rmtree(MODULES / "kind-words")
    result = run("release", "--no-print", "--jobs", "1")
    assert result.stdout == (
        "Look over before you send it:\n"
        "  tea-and-talk 1.0.0 → 1.0.1  changed: progress stays (2)\n"
        "      Other words on the page: “Over a cup of tea”.\n"
        "  releases/2026-12-01/index.html  the catalogue: who has what\n"
    )
    assert "releases/2026-12-01: 2 packages for 2 providers." in result.stderr


def test_the_catalogue_names_every_module_and_provider() -> None:
    give_out()
    page = (FIRST / "index.html").read_text(encoding="utf-8")
    for words in ("Tea and talk", "Kind words", "Oak Care", "Elm &amp; Daughters", 'href="oak/"', "2 of 2"):
        assert words in page
    listed = json.loads((FIRST / "release.json").read_text(encoding="utf-8"))
    assert [each["module"] for each in listed["modules"]] == ["kind-words", "tea-and-talk"]
    assert [each["provider"] for each in listed["providers"]] == ["elm", "oak"]


@pytest.mark.usefixtures("later")
def test_the_catalogue_has_those_too_who_got_nothing_this_time() -> None:
    edit(MODULES / "providers" / "oak.yaml", "960 001", "960 009")
    give_out()
    page = (SECOND / "index.html").read_text(encoding="utf-8")
    assert 'href="oak/"' in page
    assert 'href="../2026-11-23/elm/"' in page


@pytest.mark.usefixtures("later")
def test_the_page_of_changes_says_whether_progress_stays() -> None:
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.0.1")
    give_out()
    page = (SECOND / "oak" / "CHANGES.html").read_text(encoding="utf-8")
    for words in ("Progress stays.", "1.0.0 → 1.0.1", "has been brought up to date", "1 module is unchanged."):
        assert words in page
    assert "<script" not in page
