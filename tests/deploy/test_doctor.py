"""`scormpack doctor moodle`: what it says of a site that is ready, and of each thing that is not."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scormpack.cli import doctor, main
from scormpack.deploy.checkup import Line, Verdict
from scormpack.deploy.moodle.checkup import Visit, examine
from scormpack.plugins import Plugin
from scormpack.release.record import Held

from .moodle_service import FAULTS, NOBODY, NOT_OURS, OUTSIDER, Site, moodle

OURS = Plugin("1.0.0", 2026120100, 401, 501, b"")
BIG = Held("last-days", "1.0.0", "scorm12", 12_345_678, "0" * 64, "2026-11-23")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Site]:
    with moodle() as site:
        monkeypatch.setenv("SCORMPACK_TOKEN", site.token)
        monkeypatch.setattr("scormpack.cli.doctor.moodle_plugin", lambda: OURS)
        monkeypatch.setattr("scormpack.deploy.http.PAUSES", ())
        monkeypatch.chdir(tmp_path)
        yield site


def run(site: Site, *more: str) -> Result:
    result = CliRunner().invoke(main, ["doctor", "moodle", "--site", site.url, *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def found(site: Site, course: str | None = "HC-2024", largest: Held | None = None) -> dict[str, Line]:
    """All but what is well, by what it is about."""
    visit = Visit(site.url, course, OURS, largest, time.time)
    return {line.about: line for line in examine(visit) if line.verdict is not Verdict.OK and line.about != "Address"}


def test_it_says_of_a_site_that_is_ready_what_it_has_looked_at(site: Site) -> None:
    result = run(site, "--course", "HC-2024")
    assert result.exit_code == 0
    assert result.stdout == (
        f"look at this  Address: {site.url}, not encrypted: nobody but this machine may use it so.\n"
        "              fix: Give the site an address with https:// before others use it.\n"
        "ok            Web services: They are on, and so is REST.\n"
        "ok            Token: The site takes it.\n"
        "ok            Plugin: local_scormpack 1.0.0, the one that belongs to this program.\n"
        "ok            Moodle: 4.5.6 (Build: 20250811), PHP 8.2.\n"
        "ok            Clock: The site’s clock and the one here agree.\n"
        "ok            Cron: It last ran 1 minute ago.\n"
        "ok            Downloads: The Moodle app can take SCORM 1.2 packages along.\n"
        "ok            Course: “Homecare 2024”: packages may be loaded with this token.\n"
        "ok            Completion: It is tracked.\n"
        "ok            Upload limit: Files up to 104.9 MB are taken.\n"
    )
    assert result.stderr == "11 things looked at: 0 wrong, 1 to look at.\n"


def test_it_says_so_where_all_is_well(site: Site) -> None:
    every = [replace(line, verdict=Verdict.OK) for line in examine(Visit(site.url, None, OURS, None, time.time))]
    assert doctor._summary(every) == "10 things looked at, and all is well."


def _about(**changed: object) -> Callable[[Site], None]:
    return lambda site: site.about.update(changed)


def _set(name: str, value: object) -> Callable[[Site], None]:
    return lambda site: setattr(site, name, value)


def _course_without_completion(site: Site) -> None:
    site.courses[2].completion = False


CRON = "Have the server run `admin/cli/cron.php` every minute: without it, nobody completes a course."
NEWER = "Write local_scormpack-1.0.0.zip with `scormpack plugin moodle`, and have it installed as the first one was."
ROLE = "Give the token’s user a role in this course that has `local/scormpack:manage`, as teachers have."
CLOCKS = "Have both set by a time server: what learners do is recorded at the site’s time."
WRONG, LOOK = Verdict.WRONG, Verdict.LOOK


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            _about(plugin="0.9.0", pluginversion=2026110100),
            Line("Plugin", LOOK, "local_scormpack 0.9.0, older than 1.0.0, which belongs here.", NEWER),
        ),
        (
            _about(plugin="1.1.0", pluginversion=2027010100),
            Line(
                "Plugin",
                LOOK,
                "local_scormpack 1.1.0, newer than 1.0.0, which belongs here.",
                "Bring this program up to date: `pip install --upgrade scormpack`.",
            ),
        ),
        (
            _about(moodle="5.2 (Build: 20260420)", branch="502"),
            Line(
                "Moodle",
                LOOK,
                "5.2 (Build: 20260420), PHP 8.2.",
                "The plugin was made for Moodle 4.1 to 5.1: try it on a copy of the site first.",
            ),
        ),
        (_set("cron_ago", None), Line("Cron", WRONG, "It has never run.", CRON)),
        (_set("cron_ago", 3 * 3600 + 900), Line("Cron", LOOK, "It last ran 3 hours ago.", CRON)),
        (
            _set("clock_ahead", 2 * 3600 + 900),
            Line("Clock", LOOK, "The site’s clock is 2 hours ahead of the one here.", CLOCKS),
        ),
        (
            _set("clock_ahead", -(26 * 3600)),
            Line("Clock", LOOK, "The site’s clock is 1 day behind the one here.", CLOCKS),
        ),
        (
            _about(protecteddownloads=True),
            Line(
                "Downloads",
                LOOK,
                "They are protected: the Moodle app cannot take packages along.",
                "Untick “Protect package downloads” under “Site administration > Plugins > Activity modules > SCORM "
                "package”.",
            ),
        ),
        (
            _about(completion=False),
            Line(
                "Completion",
                WRONG,
                "The site does not track it: a pass completes nothing.",
                "Tick “Enable completion tracking” under “Site administration > Advanced features”.",
            ),
        ),
        (
            _course_without_completion,
            Line(
                "Completion",
                WRONG,
                "The course does not track it: a pass completes nothing.",
                "Set “Enable completion tracking” to “Yes” in the settings of the course.",
            ),
        ),
        (
            _about(maxbytes=2_000_000),
            Line(
                "Upload limit",
                WRONG,
                "Files up to 2.0 MB are taken; the largest package released, last-days, has 12.3 MB.",
                "Raise “Maximum uploaded file size” under “Site administration > Security > Site security settings”, "
                "“Maximum upload size” in the course, and `upload_max_filesize` and `post_max_size` of PHP.",
            ),
        ),
    ],
)
def test_it_says_what_is_not_as_it_should_be_and_what_to_do(
    site: Site, change: Callable[[Site], None], line: Line
) -> None:
    change(site)
    assert found(site, largest=BIG) == {line.about: line}


@pytest.mark.parametrize("size", [0, -1])
def test_a_site_without_a_limit_takes_every_package(site: Site, size: int) -> None:
    site.about["maxbytes"] = size
    lines = {line.about: line.says for line in examine(Visit(site.url, None, OURS, BIG, time.time))}
    said = "Files of any size are taken; the largest package released, last-days, has 12.3 MB."
    assert lines["Upload limit"] == said


def test_it_says_where_the_plugin_is_missing(site: Site) -> None:
    site.fault("plugin-missing")
    remedy = (
        "Write local_scormpack-1.0.0.zip with `scormpack plugin moodle`, and have an administrator install it under "
    )
    remedy += "“Site administration > Plugins > Install plugins”."
    assert found(site) == {"Plugin": Line("Plugin", WRONG, "It is not installed there.", remedy)}


@pytest.mark.parametrize(
    ("token", "says", "remedy"),
    [
        (
            "d4" * 16,
            "Invalid token - token not found",
            "Make another, for the service “scormpack” and the user who loads p",
        ),
        (NOT_OURS, "Access control exception", "Moodle does not say which it is: the service “scormpack” is not ena"),
        (
            "",
            "There is no token for this site, neither in the environment nor in the keyring.",
            "Make one, once the plugin is installed, for the service “scormpack”",
        ),
    ],
)
def test_it_says_what_is_wrong_with_a_token(
    site: Site, monkeypatch: pytest.MonkeyPatch, token: str, says: str, remedy: str
) -> None:
    monkeypatch.setattr("keyring.get_password", lambda *_: None)
    monkeypatch.setenv("SCORMPACK_TOKEN", token)
    (line,) = found(site).values()
    assert (line.about, line.verdict, line.says) == ("Token", WRONG, says)
    assert line.remedy.startswith(remedy)


def test_it_says_where_the_tokens_user_may_do_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORMPACK_TOKEN", NOBODY)
    says = "“Homecare 2024”: packages may not be loaded with this token."
    assert found(site) == {"Course": Line("Course", WRONG, says, ROLE)}


def test_it_says_where_the_tokens_user_may_not_even_enter(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORMPACK_TOKEN", OUTSIDER)
    says = "Course or activity not accessible."
    assert found(site) == {"Course": Line("Course", WRONG, says, ROLE)}


def test_a_course_that_is_not_there_hides_nothing_about_the_site(site: Site) -> None:
    site.about["completion"] = False
    lines = found(site, course="HC-1999")
    assert list(lines) == ["Course", "Completion"]
    assert lines["Course"].says.startswith("There is no such course, or more than one.")
    assert lines["Course"].remedy.startswith("Look up the number in the address of the course")


@pytest.mark.parametrize(
    ("fault", "about", "says"),
    [
        ("services-off", "Web services", "The site forbids it (HTTP status 403), as Moodle does where they are off."),
        ("login-page", "Web services", "What answers there does not answer as Moodle does."),
        ("redirect", "Web services", "The site sends on to https://elsewhere.example, and nothing was sent there."),
        ("gateway", "Web services", "The site answers with HTTP status 502."),
        ("service-disabled", "Token", "Access control exception"),
        ("user-suspended", "Token", "Refused web service access for suspended username: scormpack"),
        ("maintenance", "Site", "The site is undergoing maintenance and is currently not available"),
    ],
)
def test_it_says_what_stands_in_the_way(site: Site, fault: str, about: str, says: str) -> None:
    site.fault(fault)
    (line,) = found(site).values()
    assert (line.about, line.verdict, line.says) == (about, WRONG, says)
    assert line.remedy


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - {"slow"}))
def test_whatever_goes_wrong_every_line_that_is_wrong_has_a_remedy(site: Site, fault: str) -> None:
    site.fault(fault)
    result = run(site, "--format", "json")
    wrong = [line for line in json.loads(result.stdout)["lines"] if line["verdict"] == "wrong"]
    assert result.exit_code == (1 if wrong else 0)
    assert all(line["remedy"] for line in wrong)


def test_a_site_without_an_answer_is_not_waited_for_for_ever(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scormpack.deploy.http.ANSWERED", 0.1)
    site.fault("slow")
    (line,) = found(site).values()
    assert (line.about, line.says) == ("Web services", "The site has been asked, and gives no answer.")
    assert line.remedy


@pytest.mark.parametrize(("library", "about"), [("urllib3", "Web services"), ("keyring", "Token")])
def test_it_says_what_to_install_first(site: Site, monkeypatch: pytest.MonkeyPatch, library: str, about: str) -> None:
    monkeypatch.delenv("SCORMPACK_TOKEN")
    monkeypatch.setitem(sys.modules, library, None)
    (line,) = found(site).values()
    assert (line.about, line.verdict, line.remedy) == (about, WRONG, 'Run `pip install "scormpack[deploy]"`.')


def test_what_a_site_says_moves_no_terminal(site: Site) -> None:
    site.about |= {"moodle": "4.5\x1b[2J\nwrong", "branch": "x", "plugin": "1\u202e0"}
    site.courses[2].fullname = "Home\x07care"
    result = run(site, "--course", "2")
    assert "ok            Moodle: 4.5\\x1b[2J\\nwrong, PHP 8.2.\n" in result.stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(result.stdout)
    assert len(result.stdout.splitlines()) == 12


def test_what_is_no_moodle_never_sees_the_token(site: Site) -> None:
    site.fault("login-page")
    bodies: list[bytes] = []
    site.seen = bodies.append
    run(site)
    assert bodies == [b"moodlewsrestformat=json"]


def test_nothing_is_changed_and_the_token_is_shown_nowhere(site: Site) -> None:
    result = run(site, "--course", "2", "--format", "json")
    assert {name for name, _ in site.calls} == {"", "local_scormpack_get_site"}
    assert site.token not in result.output
    assert not any(site.token in path for _, path, _ in site.requests)


def test_a_program_gets_the_same_lines(site: Site) -> None:
    result = run(site, "--course", "2", "--format", "json")
    given = json.loads(result.stdout)
    assert (given["site"], given["course"], len(given["lines"])) == (site.url, "2", 11)
    assert given["lines"][2] == {"about": "Token", "verdict": "ok", "says": "The site takes it.", "remedy": ""}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (
            ["--site", "http://learning.example"],
            "The address begins with http://, so that anybody on the way can read",
        ),
        (["--course", "007"], "This is neither the number of a course nor an ID number."),
    ],
)
def test_what_cannot_be_asked_is_said(site: Site, more: list[str], says: str) -> None:
    result = run(site, *more)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"wrong         What was asked: {says}")
    assert site.requests == []


def test_the_largest_package_that_was_released_and_that_a_moodle_takes_has_to_get_through(site: Site) -> None:
    _on_record(Held("small", "1.0.0", "scorm12", 5_000_000, "0" * 64, "2026-11-23"))
    site.about["maxbytes"] = 4_000_000
    result = run(site)
    assert result.exit_code == 1
    assert (
        "wrong         Upload limit: Files up to 4.0 MB are taken; the largest package released, small, has 5.0 MB.\n"
        in result.stdout
    )


def _on_record(*rows: Held) -> None:
    """A release with these packages, and one for another kind of platform that is larger."""
    name = "0" * 40
    head = {"release": "2026-11-23", "format": 1, "day": "2026-11-23", "library": "L", "tool": "1", "shared": name}
    web = Held("small", "1.0.0", "web", 9_000_000, "0" * 64, "2026-11-23")
    shape = {"format": "1", "pass_mark": 80, "attempts": 0, "pages": [], "tasks": []}
    module = {"module": "small", "version": "1.0.0", "title": "Small", "minutes": 5, "content": name}
    lines = [head, {**module, "shape": shape, "kept": {}}]
    lines.append({"provider": "oak", "name": "Oak", "details": name, "has": [list(row) for row in (*rows, web)]})
    file = Path("releases", "history", "2026-11-23.jsonl")
    file.parent.mkdir(parents=True)
    file.write_text("".join(f"{json.dumps(each, separators=(',', ':'))}\n" for each in lines), encoding="utf-8")


def test_a_record_that_cannot_be_read_is_said(site: Site) -> None:
    file = Path("releases", "history", "2026-11-23.jsonl")
    file.parent.mkdir(parents=True)
    file.write_text("no record\n", encoding="utf-8")
    result = run(site)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "releases/history/2026-11-23.jsonl:1: error RLS-03:" in result.stderr
