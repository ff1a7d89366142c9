"""What was released arrives in the right course: judged first, asked about, put on record, and gone on with."""

from __future__ import annotations

import errno
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from giving import DAYS, FIRST, MODULES, PAGE, RELEASES, TEA, edit, give_out, lay_out
from keyring.backend import KeyringBackend

from scormpack.cli import deploy as command
from scormpack.cli import main
from scormpack.deploy import doors, http
from scormpack.deploy.moodle.door import MoodleDoor
from scormpack.deploy.scorm_cloud import client as cloud_client

from .cloud_service import SECRET, cloud
from .moodle_service import LOADER, NOBODY, Site, moodle

RECORD = RELEASES / "deployed" / "oak.jsonl"


@pytest.fixture(scope="session")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of which all was given out, once for all tests."""
    folder = tmp_path_factory.mktemp("given")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("scormpack.render.player", lambda driver, _page: f"/* {driver} */")
        patch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-11-23"])
        lay_out(MODULES)
        give_out()
    return folder


@pytest.fixture(autouse=True)
def _here(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(given, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("scormpack.render.player", lambda driver, _page: f"/* {driver} */")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAYS["2026-12-01"])
    monkeypatch.setenv("SCORMPACK_TOKEN", LOADER)
    monkeypatch.setattr(http, "PAUSES", (0.0, 0.0))


@pytest.fixture
def site() -> Iterator[Site]:
    with moodle() as found:
        yield found


def run(*arguments: str, words: str = "") -> Result:
    """A command that ends as commands do, and never shows the token."""
    result = CliRunner().invoke(main, ["deploy", *arguments], input=words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert LOADER not in result.output
    for file in RELEASES.rglob("*.jsonl"):
        assert LOADER not in file.read_text(encoding="utf-8")
    return result


def load(site: Site, *more: str, words: str = "") -> Result:
    where = ("--site", site.url, "--course", "HC-2024", "--provider", "oak")
    return run("moodle", *where, *(() if words else ("--yes",)), *more, words=words)


def shown(result: Result, site: Site) -> list[str]:
    """What stands on standard output, with the site's name for its address."""
    return result.stdout.replace(site.url, "SITE").splitlines()


def record(file: Path = RECORD) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def codes(result: Result) -> list[str]:
    return re.findall(r"\b([A-Z]{3}-\d\d)\b", result.stderr)


def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there to answer."""
    monkeypatch.setattr(command, "can_ask", lambda: True)


def raised(version: str) -> None:
    file = TEA / "module.yaml"
    file.write_text(re.sub(r"(?m)^version:.*$", f"version: {version}", file.read_text("utf-8")), encoding="utf-8")


def released_anew(version: str = "1.1.0", old: str = "The kettle sings.", new: str = "The kettle hums.") -> None:
    edit(PAGE, old, new)
    raised(version)
    give_out()


# What is done


def test_all_that_was_released_is_loaded_and_put_on_record(site: Site) -> None:
    result = load(site)
    assert result.exit_code == 0, result.output
    assert shown(result, site) == [
        "oak → HC-2024 at SITE",
        "  module        there  new    what it does",
        "  kind-words    –      1.0.0  new",
        "  tea-and-talk  –      1.0.0  new",
        "  module        version  done  where",
        "  kind-words    1.0.0    new   SITE/mod/scorm/view.php?id=103",
        "  tea-and-talk  1.0.0    new   SITE/mod/scorm/view.php?id=104",
    ]
    assert result.stderr == "2 packages loaded. No problems found.\n"
    assert site.packages("HC-2024") == {"kind-words": "1.0.0", "tea-and-talk": "1.0.0"}
    first, second = record()
    assert second["module"] == "tea-and-talk"
    sha256 = first.pop("sha256")
    assert sha256 == site.activity("HC-2024", "kind-words").sha256
    assert first == {
        "day": "2026-12-01",
        "platform": "moodle",
        "site": site.url,
        "course": "HC-2024",
        "module": "kind-words",
        "version": "1.0.0",
        "target": "scorm12",
        "ref": "103",
        "action": "new",
    }


def test_the_same_again_does_nothing_and_sends_nothing(site: Site) -> None:
    load(site)
    before, sent = RECORD.read_bytes(), len(site.called("upload"))
    result = load(site)
    assert shown(result, site)[2:] == [
        "  kind-words    1.0.0  1.0.0  same",
        "  tea-and-talk  1.0.0  1.0.0  same",
    ]
    assert (result.exit_code, RECORD.read_bytes(), len(site.called("upload"))) == (0, before, sent)
    assert result.stderr == "Everything is there already. No problems found.\n"


def test_a_dry_run_changes_nothing_that_anybody_meets(site: Site) -> None:
    result = load(site, "--dry-run")
    assert (result.exit_code, site.packages("HC-2024"), RECORD.exists()) == (0, {}, False)
    assert "  tea-and-talk  –      1.0.0  new" in result.stdout
    assert result.stderr == "0 packages loaded, as this was to look only. No problems found.\n"


def test_only_the_modules_that_are_named_are_loaded(site: Site) -> None:
    load(site, "tea-and-talk", "--section", "3")
    assert site.packages("HC-2024") == {"tea-and-talk": "1.0.0"}
    assert site.activity("HC-2024", "tea-and-talk").section == 3


def test_what_whoever_has_begun_will_notice_is_said(site: Site) -> None:
    load(site)
    found = site.activity("HC-2024", "tea-and-talk")
    found.learners, found.partway, found.inside = 3, 2, 1
    released_anew()
    result = load(site)
    assert shown(result, site)[2:5] == [
        "  kind-words    1.0.0  1.0.0  same",
        "  tea-and-talk  1.0.0  1.1.0  update: progress stays (3 learners, 2 part-way, 1 in it now)",
        "      Other words on the page: “Over a cup of tea”.",
    ]
    assert site.packages("HC-2024")["tea-and-talk"] == "1.1.0"
    assert site.activity("HC-2024", "tea-and-talk").learners == 3
    assert [(each["version"], each["action"]) for each in record()][2:] == [("1.1.0", "update")]


def test_what_is_new_comes_in_the_order_in_which_it_is_named(site: Site) -> None:
    load(site, "tea-and-talk", "kind-words")
    assert list(site.packages("HC-2024")) == ["tea-and-talk", "kind-words"]


def test_a_module_without_questions_is_done_when_it_is_completed(site: Site) -> None:
    give_out("--target", "scorm2004-4th", "--out", "others")
    assert load(site, "--out", "others").exit_code == 0
    found = {name: site.activity("HC-2024", name).settings["completion"] for name in site.packages("HC-2024")}
    assert found == {"kind-words": "completed", "tea-and-talk": "passed"}
    assert [row[-1] for row in map(str.split, shown(load(site, "--out", "others"), site)[2:])] == ["same", "same"]


def test_a_newer_version_in_another_standard_only_is_told_and_not_loaded(site: Site) -> None:
    load(site)
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.1.0")
    give_out("--target", "scorm2004-4th")
    note = "      1.1.0 was released for scorm2004-4th only. Release it for scorm12 too."
    assert shown(load(site, "tea-and-talk"), site)[2:] == ["  tea-and-talk  1.0.0  1.0.0  same", note]
    place("oak", site.url, "HC-2024")
    assert shown(run("status"), site)[-2:] == ["  tea-and-talk  1.0.0  1.0.0     as released", note]


def test_settings_that_somebody_changed_are_put_right(site: Site) -> None:
    load(site)
    found = site.activity("HC-2024", "tea-and-talk")
    found.settings, found.learners = {**found.settings, "completion": "completed"}, 3
    result = load(site)
    assert "  tea-and-talk  1.0.0  1.0.0  same package; its settings are put right (3 learners)" in result.stdout
    assert site.activity("HC-2024", "tea-and-talk").settings["completion"] == "either"
    assert [each["action"] for each in record()] == ["new", "new", "settings"]


def test_for_programs_it_is_json(site: Site) -> None:
    found = json.loads(load(site, "--format", "json").stdout)
    (course,) = found["courses"]
    assert (course["provider"], course["course"], found["diagnostics"]) == ("oak", "HC-2024", [])
    assert [(each["module"], each["outlook"], each["done"]) for each in course["packages"]] == [
        ("kind-words", "new", "new"),
        ("tea-and-talk", "new", "new"),
    ]


# Loss of progress


LOST = "What was done there has to be done again."


@pytest.fixture
def lossy(site: Site) -> Site:
    """A page has got another id, and three learners have begun."""
    load(site)
    site.activity("HC-2024", "tea-and-talk").learners = 3
    (TEA / "pages" / "over-tea.md").rename(TEA / "pages" / "over-coffee.md")
    text = (TEA / "pages" / "over-coffee.md").read_text(encoding="utf-8")
    (TEA / "pages" / "over-coffee.md").write_text(re.sub(r"(?m)^id: over-tea$", "id: over-coffee", text), "utf-8")
    module = (TEA / "module.yaml").read_text(encoding="utf-8")
    (TEA / "module.yaml").write_text(module.replace("over-tea", "over-coffee"), encoding="utf-8")
    raised("2.0.0")
    give_out()
    return site


def test_a_loss_of_progress_is_not_covered_by_yes(lossy: Site) -> None:
    result = load(lossy)
    assert (result.exit_code, codes(result)) == (1, ["DPL-13"])
    assert "update: progress is lost (3 learners)" in result.stdout
    assert LOST in result.stderr
    assert lossy.packages("HC-2024")["tea-and-talk"] == "1.0.0"


def test_a_loss_of_progress_that_is_accepted_by_name_is_done(lossy: Site) -> None:
    assert load(lossy, "--accept-loss", "kind-words").exit_code == 1
    result = load(lossy, "--accept-loss", "tea-and-talk")
    assert (result.exit_code, lossy.packages("HC-2024")["tea-and-talk"]) == (0, "2.0.0")


@pytest.mark.parametrize(("answer", "version"), [("tea-and-talk\n", "2.0.0"), ("y\n", "1.0.0"), ("\n", "1.0.0")])
def test_an_answer_has_to_name_what_is_lost(
    lossy: Site, monkeypatch: pytest.MonkeyPatch, answer: str, version: str
) -> None:
    asked(monkeypatch)
    load(lossy, words=answer)
    assert lossy.packages("HC-2024")["tea-and-talk"] == version


def test_where_nobody_has_begun_nothing_is_lost(lossy: Site) -> None:
    lossy.activity("HC-2024", "tea-and-talk").learners = 0
    assert load(lossy).exit_code == 0
    assert lossy.packages("HC-2024")["tea-and-talk"] == "2.0.0"


def test_whoever_begins_between_the_plan_and_the_load_loses_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(site)
    released_anew()
    asked(monkeypatch)

    def begin(*_: object, **__: object) -> bool:
        site.activity("HC-2024", "tea-and-talk").learners = 1
        return True

    monkeypatch.setattr("click.confirm", begin)
    result = load(site, words="y\n")
    assert (result.exit_code, codes(result)) == (1, ["DPL-13"])
    assert site.packages("HC-2024")["tea-and-talk"] == "1.0.0"


# Asking


@pytest.mark.parametrize(("answer", "loaded"), [("y\n", 2), ("n\n", 0), ("\n", 0)])
def test_somebody_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch, answer: str, loaded: int) -> None:
    asked(monkeypatch)
    result = load(site, words=answer)
    assert f"Load 2 packages into HC-2024 at {site.url}? [y/N]" in result.stderr
    assert (result.exit_code, len(site.packages("HC-2024"))) == (0, loaded)


def test_in_a_pipe_nobody_is_asked_and_nothing_is_done(site: Site) -> None:
    result = load(site, words="y\n")
    assert (result.exit_code, site.requests) == (2, [])
    assert "There is nobody here to ask." in result.stderr


# What goes wrong


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("services-off", "DPL-07"),
        ("plugin-missing", "DPL-07"),
        ("no-uploads", "DPL-07"),
        ("disk-full", "DPL-09"),
        ("over-proxy-limit", "DPL-09"),
        ("restored", "DPL-09"),
        ("not-restored", "DPL-09"),
        ("busy", "DPL-09"),
        ("cut-at-upload", "DPL-02"),
        ("cut-after-upload", "DPL-02"),
        ("cut-before-put", "DPL-02"),
        ("cut-answer", "DPL-02"),
        ("login-page", "DPL-05"),
        ("huge-answer", "DPL-05"),
        ("redirect", "DPL-04"),
        ("gateway", "DPL-02"),
    ],
)
def test_what_the_platform_refuses_or_the_way_cuts_is_told_and_nothing_is_loaded(
    site: Site, fault: str, code: str
) -> None:
    site.fault(fault)
    result = load(site)
    assert (result.exit_code, set(codes(result))) == (1, {code}), result.output
    assert site.packages("HC-2024") == {}
    assert not RECORD.exists()
    site.mended(fault)
    assert load(site).exit_code == 0
    assert len(record()) == 2


def test_a_slow_site_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "ANSWERED", 0.2)
    site.fault("slow")
    assert codes(load(site)) == ["DPL-02"]


@pytest.mark.parametrize(("token", "code"), [("d4" * 16, "DPL-07"), (NOBODY, "DPL-08"), ("tiny", "DPL-06")])
def test_a_token_that_will_not_do_is_told(site: Site, monkeypatch: pytest.MonkeyPatch, token: str, code: str) -> None:
    monkeypatch.setenv("SCORMPACK_TOKEN", token)
    result = load(site)
    assert (result.exit_code, codes(result)) == (1, [code])
    assert token not in result.output


def test_a_course_that_is_not_there_is_told(site: Site) -> None:
    result = run("moodle", "--site", site.url, "--course", "HC-1999", "--provider", "oak", "--yes")
    assert (result.exit_code, codes(result)) == (1, ["DPL-08"])
    assert "There is no such course, or more than one." in result.stderr


def cut_when_put(site: Site, monkeypatch: pytest.MonkeyPatch, fault: str, nth: int) -> None:
    """Go wrong at the nth load that is no dry run."""
    whole, count = site._whole, iter(range(1, 100))

    def counting(work: Any) -> Any:
        call = site.calls[-1][1]
        if call["dryrun"] == "0" and next(count) == nth:
            site.fault(fault, times=1)
        return whole(work)

    monkeypatch.setattr(site, "_whole", counting)


def test_a_load_of_which_the_answer_was_lost_is_found_there(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_when_put(site, monkeypatch, "cut-after-put", 1)
    result = load(site)
    assert (result.exit_code, len(record())) == (0, 2), result.output
    assert len([each for each in site.called("put_package") if each["dryrun"] == "0"]) == 2


def test_after_an_interruption_the_same_command_goes_on(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_when_put(site, monkeypatch, "cut-before-put", 2)
    result = load(site)
    assert (result.exit_code, codes(result)) == (1, ["DPL-10"])
    assert [each["module"] for each in record()] == ["kind-words"]
    assert "  kind-words  1.0.0    new" in result.stdout
    again = load(site)
    assert again.exit_code == 0
    assert [(each["module"], each["action"]) for each in record()] == [("kind-words", "new"), ("tea-and-talk", "new")]


def test_it_stops_at_the_first_refusal_and_what_was_done_is_on_record(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_when_put(site, monkeypatch, "restored", 1)
    result = load(site)
    assert codes(result) == ["DPL-09"]
    assert "everything is as it was" in result.stderr
    assert (site.packages("HC-2024"), RECORD.exists()) == ({}, False)


def test_a_disk_that_is_full_stops_it_and_the_next_time_it_is_put_on_record(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("scormpack.deploy.journal.write_file", full)
        result = load(site)
    assert (result.exit_code, codes(result), site.packages("HC-2024")) == (1, ["DPL-14"], {"kind-words": "1.0.0"})
    assert "No space left on device" in result.stderr
    assert load(site).exit_code == 0
    assert [(each["module"], each["action"]) for each in record()] == [
        ("kind-words", "same"),
        ("tea-and-talk", "new"),
    ]


def test_what_was_loaded_but_not_put_on_record_is_put_there_later(site: Site) -> None:
    load(site)
    whole = RECORD.read_bytes()
    RECORD.write_bytes(whole.splitlines(keepends=True)[0])
    load(site)
    assert [(each["module"], each["action"]) for each in record()] == [
        ("kind-words", "new"),
        ("tea-and-talk", "same"),
    ]


def test_ctrl_c_leaves_on_record_what_was_done(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    put = MoodleDoor.load

    def stop(door: MoodleDoor, parcel: Any, *more: Any) -> Any:
        if parcel.package == "tea-and-talk":
            raise KeyboardInterrupt
        return put(door, parcel, *more)

    monkeypatch.setattr(MoodleDoor, "load", stop)
    result = load(site)
    assert (result.exit_code, [each["module"] for each in record()]) == (130, ["kind-words"])
    assert "What was loaded is on record, and the same command goes on." in result.stderr
    assert "  kind-words  1.0.0    new" in result.stdout


# What was released


def test_a_package_that_was_changed_since_is_not_sent(site: Site) -> None:
    package = FIRST / "oak" / "tea-and-talk-1.0.0-scorm12.zip"
    package.write_bytes(package.read_bytes() + b"!")
    result = load(site)
    assert (result.exit_code, codes(result), site.called("upload")) == (1, ["DPL-12"], [])


def test_a_package_that_is_no_longer_there_is_told(site: Site) -> None:
    shutil.rmtree(FIRST / "oak")
    result = load(site)
    assert (result.exit_code, codes(result)) == (1, ["DPL-12", "DPL-12"])


def test_without_a_release_the_remedy_is_to_release(site: Site) -> None:
    shutil.rmtree(RELEASES)
    result = load(site)
    assert (result.exit_code, codes(result)) == (1, ["DPL-11"])
    assert "`scormpack release --provider oak`" in result.stderr


def test_a_module_that_was_not_released_is_told(site: Site) -> None:
    result = load(site, "no-such-module")
    assert (result.exit_code, codes(result)) == (1, ["DPL-11"])


def test_what_was_loaded_by_hand_is_told(site: Site) -> None:
    load(site)
    found = site.activity("HC-2024", "tea-and-talk")
    found.changedbyhand, found.sha256, found.learners = True, "0" * 64, 1
    assert "Somebody has loaded another file there by hand. It is replaced." in load(site).stdout


@pytest.mark.parametrize(("was", "is_told"), [("1.10.0", True), ("0.9.9", False), ("1.0", False), ("٩.0.0", False)])
def test_going_back_to_an_older_version_is_told(site: Site, was: str, is_told: bool) -> None:
    load(site)
    found = site.activity("HC-2024", "tea-and-talk")
    found.version, found.sha256 = was, "0" * 64
    note = "      What is there is newer: this takes it back to an older version."
    assert (note in shown(load(site, "tea-and-talk"), site)) == is_told


def test_bytes_that_were_given_out_elsewhere_are_judged_by_the_platform_alone(site: Site) -> None:
    load(site)
    found = site.activity("HC-2024", "tea-and-talk")
    found.sha256, found.standard, found.learners = "0" * 64, "2004", 3
    edit(PAGE, "The kettle sings.", "The kettle hums.")
    raised("1.1.0")
    give_out("--target", "scorm2004-4th")
    outlook, note = shown(load(site, "tea-and-talk"), site)[2:4]
    assert outlook == "  tea-and-talk  1.0.0  1.1.0  update: progress stays (3 learners)"
    assert note.startswith("      What is there was not given out from here, so that only the platform can tell")


@pytest.mark.parametrize("text", ["{}\n", "half a line", "[" * 100_000 + "\n"])
def test_a_record_that_cannot_be_read_stops_it_before_anything_is_loaded(site: Site, text: str) -> None:
    RECORD.parent.mkdir()
    RECORD.write_text(text, encoding="utf-8")
    result = load(site)
    assert (result.exit_code, codes(result), site.packages("HC-2024")) == (1, ["DPL-14"], {})
    assert RECORD.read_text(encoding="utf-8") == text


def test_a_section_that_is_not_there_is_told_by_the_option(site: Site) -> None:
    result = load(site, "--section", "77")
    assert (result.exit_code, set(codes(result))) == (1, {"DPL-08"})
    assert "This course has no section 77." in result.stderr
    assert "Give it with `--section`." in result.stderr


# Many providers


def place(provider: str, site: str, course: str, platform: str = "moodle") -> None:
    file = MODULES / "providers" / f"{provider}.yaml"
    text = f"{file.read_text('utf-8')}platform: {platform}\ndeploy: {{site: {site}, course: {course}}}\n"
    file.write_text(text, encoding="utf-8")


def test_a_providers_file_says_where(site: Site) -> None:
    place("oak", site.url, "2")
    assert run("moodle", "--provider", "oak", "--yes").exit_code == 0
    assert site.packages(2) == {"kind-words": "1.0.0", "tea-and-talk": "1.0.0"}


def test_all_providers_are_loaded_and_one_that_fails_stops_no_other(site: Site) -> None:
    place("elm", site.url, "no-such-course")
    place("oak", site.url, "HC-2025")
    result = run("moodle", "--all", "--yes")
    assert (result.exit_code, codes(result)) == (1, ["DPL-08"])
    assert len(site.packages("HC-2025")) == 2
    assert "2 packages loaded. 1 error." in result.stderr
    assert f"elm → no-such-course at {site.url}: error DPL-08: There is no such course" in result.stderr


def test_two_providers_that_share_a_course_do_not_replace_each_other(site: Site) -> None:
    place("elm", site.url, "HC-2025")
    place("oak", site.url, "HC-2025")
    result = run("moodle", "--all", "--yes")
    assert (result.exit_code, codes(result), site.packages("HC-2025")) == (1, ["DPL-08", "DPL-08"], {})
    assert "The packages of oak go there too" in result.stderr


def test_a_file_for_another_platform_says_nothing_of_this_one(site: Site) -> None:
    place("oak", site.url, "HC-2025", platform="scorm-cloud")
    result = run("moodle", "--provider", "oak", "--yes")
    assert (result.exit_code, codes(result), site.requests) == (1, ["DPL-08"], [])
    assert "with `platform: moodle`" in result.stderr


def test_no_library_is_imported_before_it_is_needed() -> None:
    names = "{'urllib3', 'keyring', 'rustici_software_cloud_v2'}"
    ask = f"import sys, scormpack.cli.deploy; print({names} & {{*sys.modules}})"
    found = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    assert found.stdout == "set()\n"


def test_a_file_that_cannot_be_read_stops_no_other_provider(site: Site) -> None:
    (MODULES / "providers" / "elm.yaml").write_text("id: elm\n", encoding="utf-8")
    place("oak", site.url, "HC-2025")
    result = run("moodle", "--all", "--yes")
    assert (result.exit_code, codes(result), len(site.packages("HC-2025"))) == (1, ["FRM-01"], 2)
    assert codes(run("status")) == ["FRM-01"]


def test_where_no_file_says_where_the_remedy_is_told() -> None:
    result = run("moodle", "--all", "--yes")
    assert result.exit_code == 2
    assert "write `platform: moodle` and `deploy:` there." in result.stderr


def test_a_file_that_does_not_say_where_is_told() -> None:
    result = run("moodle", "--provider", "oak", "--yes")
    assert (result.exit_code, codes(result)) == (1, ["DPL-08"])
    assert "modules/providers/oak.yaml" in result.stderr


def test_whose_packages_has_to_be_said(site: Site) -> None:
    result = run("moodle", "--site", site.url, "--course", "2", "--yes")
    assert result.exit_code == 2
    assert "Say whose packages, with --provider" in result.stderr


# Status


def test_status_says_what_is_there_against_what_was_released(site: Site) -> None:
    load(site)
    site.activity("HC-2024", "tea-and-talk").learners = 3
    released_anew()
    place("oak", site.url, "HC-2024")
    result = run("status")
    assert (result.exit_code, shown(result, site)) == (
        0,
        [
            "oak → HC-2024 at SITE",
            "  module        there  released",
            "  kind-words    1.0.0  1.0.0     as released",
            "  tea-and-talk  1.0.0  1.1.0     differs from what was released (3 learners)",
        ],
    )
    found = json.loads(run("status", "--format", "json").stdout)
    assert [each["state"] for each in found["courses"][0]["packages"]] == ["as_released", "other"]


# Tokens


class Ring(KeyringBackend):
    """A keyring that is gone after the test."""

    priority = 1.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    import keyring

    made = Ring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    monkeypatch.delenv("SCORMPACK_TOKEN")
    return made


def test_a_token_is_kept_in_the_keyring_and_used_and_forgotten(site: Site, ring: Ring) -> None:
    assert codes(load(site)) == ["DPL-06"]
    kept = run("login", "moodle", "--site", f"{site.url}/", words=f"{LOADER}\n")
    assert kept.stdout == f"The token for {site.url} is in the keyring.\n"
    assert ring.kept == {("scormpack", site.url): LOADER}
    assert load(site).exit_code == 0
    gone = run("logout", "moodle", "--site", site.url)
    assert (gone.stdout, ring.kept) == (f"The token for {site.url} is no longer in the keyring.\n", {})
    assert run("logout", "moodle", "--site", site.url).stdout == f"The token for {site.url} is not in the keyring.\n"


def test_what_a_keyring_says_is_not_shown(site: Site, ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise RuntimeError(f"locked, with {LOADER}")

    monkeypatch.setattr(ring, "get_password", locked)
    result = load(site)
    assert (result.exit_code, codes(result)) == (1, ["DPL-06"])


@pytest.mark.parametrize("words", ["\n", "two words\n", "no\x00sign-of-a-token\n"])
def test_what_is_no_token_is_not_kept(ring: Ring, words: str) -> None:
    result = run("login", "moodle", "--site", "https://learning.example.org", words=words)
    assert (result.exit_code, codes(result), ring.kept) == (1, ["DPL-06"], {})


@pytest.mark.parametrize("library", ["urllib3", "keyring"])
def test_what_has_to_be_installed_is_said(site: Site, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    if library == "keyring":
        monkeypatch.delenv("SCORMPACK_TOKEN")
    result = load(site)
    assert (result.exit_code, codes(result)) == (1, ["DPL-15"])
    assert 'pip install "scormpack[deploy]"' in result.stderr


# SCORM Cloud


def test_the_same_goes_into_scorm_cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    with cloud() as service:
        monkeypatch.setenv("SCORMPACK_TOKEN", f"{service.app}:{service.secret}")
        monkeypatch.setitem(doors.SITES, "scorm-cloud", service.url)
        monkeypatch.setattr(cloud_client, "WAITS", (0.0,) * 4)
        place("oak", service.url, "oak", platform="scorm-cloud")
        first = run("scorm-cloud", "--provider", "oak", "--yes")
        assert (first.exit_code, sorted(service.courses)) == (0, ["oak.kind-words", "oak.tea-and-talk"]), first.output
        service.courses["oak.tea-and-talk"].registrations = 3
        released_anew(new="The kettle is loud now.")
        again = run("scorm-cloud", "--all", "--yes")
        assert again.exit_code == 0, again.output
        assert "Registrations of earlier versions: 3." in again.stdout
        assert [len(service.versions(f"oak.{each}")) for each in ("kind-words", "tea-and-talk")] == [1, 2]
        same = run("scorm-cloud", "tea-and-talk", "--provider", "oak", "--course", "oak", "--yes")
        assert same.stderr == "Everything is there already. No problems found.\n"
        status = run("status", "--platform", "scorm-cloud", "--provider", "oak")
        assert (status.exit_code, "1.1.0" in status.stdout) == (0, True), status.output
    assert SECRET not in "".join(each.output for each in (first, again, same, status))
    assert {row["site"] for row in record()} == {service.url}
    assert [row["version"] for row in record() if row["module"] == "tea-and-talk"] == ["1.0.0", "1.1.0"]


def test_without_a_course_the_ids_are_those_of_the_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    with cloud() as service:
        monkeypatch.setenv("SCORMPACK_TOKEN", f"{service.app}:{service.secret}")
        monkeypatch.setitem(doors.SITES, "scorm-cloud", service.url)
        monkeypatch.setattr(cloud_client, "WAITS", (0.0,) * 4)
        result = run("scorm-cloud", "--provider", "oak", "--yes")
        assert result.stdout.startswith(f"oak → {service.url}\n"), result.output
        assert sorted(service.courses) == ["kind-words", "tea-and-talk"]


def test_what_the_parser_refuses_is_told_in_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with cloud() as service:
        monkeypatch.setenv("SCORMPACK_TOKEN", f"{service.app}:{service.secret}")
        monkeypatch.setattr(cloud_client, "WAITS", (0.0,) * 4)
        service.fault("parser-refuses")
        result = run("scorm-cloud", "--site", service.url, "--course", "oak", "--provider", "oak", "--yes")
    assert (result.exit_code, codes(result)) == (1, ["DPL-09"])
    assert "'resource' is not closed" in result.stderr


def test_the_secret_of_scorm_cloud_is_kept_under_its_own_site(ring: Ring) -> None:
    kept = run("login", "scorm-cloud", words="HOMECARE7X:s3cret\n")
    assert kept.stdout == "The token for https://cloud.scorm.com is in the keyring.\n"
    assert list(ring.kept.values()) == ["HOMECARE7X:s3cret"]
    assert (
        run("logout", "scorm-cloud").stdout == "The token for https://cloud.scorm.com is no longer in the keyring.\n"
    )
