"""`scormpack results`: fetched from a platform, written as a table, and read again by `scormpack report`."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import small_library
from click.testing import CliRunner, Result

from scormpack.cli import main
from scormpack.deploy import http
from scormpack.deploy.token import VARIABLE

from .cloud_service import cloud, registration
from .moodle_service import NOBODY, Activity, Site, moodle

OUT = Path("build/results.csv")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(http, "PAUSES", (0.0, 0.0))
    small_library.write(tmp_path / "modules")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", small_library.DAY)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A Moodle where three learners have begun two modules."""
    with moodle() as found:
        monkeypatch.setenv(VARIABLE, found.token)
        activities = found.courses[2].activities
        activities[7] = activity(
            7, "first", [attempt(5, "passed"), attempt(6, "failed"), attempt(6, "incomplete", 2)]
        )
        activities[8] = activity(8, "second", [attempt(5, "completed"), attempt(9, "notattempted", last=0)])
        yield found


def activity(cmid: int, package: str, results: list[dict[str, Any]]) -> Activity:
    return Activity(
        cmid=cmid,
        package=package,
        name=package.title(),
        section=0,
        visible=True,
        standard="1.2",
        version="1.0.0",
        sha256="0" * 64,
        since=int(time.time()),
        items=frozenset(),
        settings={"completion": "either", "display": "window"},
        results=results,
    )


def attempt(userid: int, status: str, number: int = 1, last: int = 1788303293, **more: Any) -> dict[str, Any]:
    who = f"worker{userid}"
    return {
        "userid": userid,
        "idnumber": "",
        "username": who,
        "fullname": f"Łucja =1+{userid}",
        "email": f"{who}@example.org",
        "attempt": number,
        "status": status,
        "score": 87.5 if status == "passed" else None,
        "seconds": 754,
        "started": last and last - 1293,
        "last": last,
        "version": "1.0.0",
        **more,
    }


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result


def fetched(site: Site, *more: str, code: int = 0) -> Result:
    return run("results", "moodle", "--site", site.url, "--course", "HC-2024", *more, code=code)


def rows(file: Path = OUT) -> list[list[str]]:
    return [line.split(",") for line in file.read_text(encoding="utf-8-sig").splitlines()[1:]]


def test_nobody_is_named_and_everybody_stays_who_she_is(site: Site) -> None:
    done = fetched(site)
    assert done.stdout == "build/results.csv\n"
    assert done.stderr == (
        "5 attempts of 3 learners at 2 modules.\n"
        "The names in it are made with names.key, which is new: keep it secret.\n"
    )
    text = OUT.read_text(encoding="utf-8-sig")
    assert not [word for word in ("worker", "ucja", "example.org") if word in text]
    first = [(row[0], *row[1:4]) for row in rows()]
    assert [row[1:] for row in first] == [
        ("first", "1", "passed"),
        ("first", "1", "failed"),
        ("first", "2", "incomplete"),
        ("second", "1", "completed"),
        ("second", "1", "not attempted"),
    ]
    names = [row[0] for row in first]
    assert names[0] == names[3] != names[1] == names[2] != names[4]
    assert fetched(site, "--out", "again.csv").stderr == "5 attempts of 3 learners at 2 modules.\n"
    assert Path("again.csv").read_bytes() == OUT.read_bytes()
    Path("names.key").unlink()
    fetched(site)
    assert not {row[0] for row in rows()} & set(names)


def test_names_only_where_they_are_asked_for(site: Site) -> None:
    fetched(site, "--names")
    assert rows()[0][:4] == ["worker5", "worker5@example.org", "Łucja =1+5", "first"]
    assert not Path("names.key").exists()


def test_who_may_not_be_named_has_a_number(site: Site) -> None:
    hidden: dict[str, Any] = {"username": "", "fullname": "", "email": ""}
    site.activity("HC-2024", "first").results[:] = [attempt(5, "passed", **hidden)]
    fetched(site, "first", "--names")
    assert [row[:4] for row in rows()] == [[f"{site.url} 5", "", "", "first"]]


def test_the_report_tells_what_was_fetched(site: Site) -> None:
    fetched(site)
    told = json.loads(run("report", "--format", "json", "--results", str(OUT)).stdout)["results"]
    assert [(each["module"], each["people"], each["finished"], each["not_passed"]) for each in told["modules"]] == [
        ("first", 2, 1, 1),
        ("second", 2, 1, 0),
    ]
    assert [(each["file"], each["form"], each["rows"]) for each in told["read"]] == [
        ("results.csv", "Results that scormpack has fetched", 5)
    ]
    assert {each["person"] for each in told["learners"]} == {row[0] for row in rows()}
    assert {each["version"] for each in told["learners"] if each["state"] == "finished"} == {"1.0.0"}


def test_only_the_modules_that_are_asked_for(site: Site) -> None:
    fetched(site, "second")
    assert {row[1] for row in rows()} == {"second"}


def test_a_module_that_is_not_there_is_told(site: Site) -> None:
    done = fetched(site, "frist", code=1)
    assert "DPL-09: This course has no activity with the package frist." in done.stderr
    assert "fix: See with `scormpack deploy status` which modules are there" in done.stderr


def test_page_after_page(site: Site) -> None:
    site.activity("HC-2024", "first").results[:] = [attempt(each, "passed") for each in range(1, 1_301)]
    fetched(site, "first")
    assert len({row[0] for row in rows()}) == 1_300
    assert [each["after"] for each in site.called("get_results")] == ["", "after-500", "after-1000"]


def test_nothing_yet(site: Site) -> None:
    site.courses[2].activities.clear()
    assert fetched(site, "--names").stderr == "Nobody has begun anything there yet.\n"
    assert rows() == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("cut-answer", "DPL-02"),
        ("login-page", "DPL-05"),
        ("other-answer", "DPL-05"),
        ("plugin-missing", "DPL-07"),
        ("redirect", "DPL-04"),
        ("services-off", "DPL-07"),
    ],
)
def test_what_goes_wrong_is_told_and_nothing_is_written(fault: str, code: str, site: Site) -> None:
    OUT.parent.mkdir()
    OUT.write_text("what was there", encoding="utf-8")
    site.fault(fault)
    done = fetched(site, code=1)
    assert f"{code}" in done.stderr
    assert done.stderr.startswith("build/results.csv was not written.\n")
    assert site.token not in done.output
    assert OUT.read_text(encoding="utf-8") == "what was there"
    assert not Path("names.key").exists()


def test_a_cut_in_the_middle_leaves_nothing_half(site: Site) -> None:
    """The second page comes to nothing, however often it is asked for."""
    site.activity("HC-2024", "first").results[:] = [attempt(each, "passed") for each in range(1, 601)]
    whole = site.call

    def cut(function: str, given: dict[str, str], token: str) -> Any:
        if given.get("after"):
            site.fault("cut-answer")
        return whole(function, given, token)

    site.call = cut  # type: ignore[method-assign]
    assert "DPL-02" in fetched(site, code=1).stderr
    assert not OUT.exists()


@pytest.mark.parametrize("circle", [("a",), ("a", "b", "a")])
def test_pages_that_lead_in_a_circle_are_no_answer(circle: tuple[str, ...], site: Site) -> None:
    """Half of the results would look like all of them."""
    tokens = itertools.cycle(circle)
    site.call = lambda *_: {"results": [], "next": next(tokens)}  # type: ignore[method-assign]
    assert "DPL-05" in fetched(site, code=1).stderr
    assert not OUT.exists()


def test_whoever_may_not_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, NOBODY)
    assert "DPL-08" in fetched(site, code=1).stderr


def test_another_course_is_told(site: Site) -> None:
    done = run("results", "moodle", "--site", site.url, "--course", "77", code=1)
    assert "DPL-08" in done.stderr


def say_where(provider: str, text: str) -> None:
    file = Path("modules/providers") / f"{provider}.yaml"
    base = f"id: {provider}\nname: {provider.title()}\n" if not file.exists() else file.read_text(encoding="utf-8")
    file.write_text(f"{base}{text}", encoding="utf-8")


def test_a_providers_file_says_where(site: Site) -> None:
    say_where("willow", f"platform: moodle\ndeploy: {{site: '{site.url}', course: HC-2024}}\n")
    done = run("results", "moodle", "--provider", "willow")
    assert done.stdout == "build/results/willow.csv\n"
    assert done.stderr.startswith("willow: 5 attempts of 3 learners at 2 modules.\n")
    run("results", "moodle", "--provider", "willow", "--out", "mine.csv")
    assert Path("mine.csv").read_bytes() == Path("build/results/willow.csv").read_bytes()


def test_a_provider_whose_file_does_not_say_where_is_told(site: Site) -> None:
    say_where("willow", "platform: moodle\n")
    assert "DPL-08" in run("results", "moodle", "--provider", "willow", code=1).stderr
    assert site.calls == []


def test_all_providers_and_one_that_fails_stops_no_other(site: Site) -> None:
    say_where("away", f"platform: moodle\ndeploy: {{site: '{site.url}', course: '77'}}\n")
    say_where("broken", "platform: nothing\n")
    say_where("elsewhere", "platform: ilias\n")
    say_where("willow", f"platform: moodle\ndeploy: {{site: '{site.url}', course: 2}}\n")
    done = run("results", "moodle", "--all", "--out", "tables", code=1)
    assert done.stdout == "tables/willow.csv\n"
    assert "tables/away.csv was not written." in done.stderr
    assert "DPL-08" in done.stderr
    assert "FRM-04" in done.stderr
    assert sorted(each.name for each in Path("tables").iterdir()) == ["willow.csv"]


@pytest.mark.parametrize(
    "options", [(), ("--site", "https://a.example"), ("--all", "--course", "1"), ("--provider", "nobody")]
)
def test_wrong_usage(options: tuple[str, ...]) -> None:
    run("results", "moodle", *options, code=2)


def test_registrations_of_scorm_cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    with cloud() as service:
        monkeypatch.setenv(VARIABLE, f"{service.app}:{service.secret}")
        service.put_by_hand("first", "First")
        service.put_by_hand("first", "First")
        service.courses["first"].tags = [f"scormpack:new:1.0.0:{'a' * 64}", f"scormpack:0:1.1.0:{'b' * 64}"]
        newer = {"course": {"id": "first", "version": 1}, "registrationSuccess": "FAILED"}
        unknown = {"registrationCompletion": "UNKNOWN", "registrationSuccess": "UNKNOWN"}
        begun = {"registrationCompletion": "INCOMPLETE", "completedDate": None, "score": None}
        service.registrations = [
            registration("first", "a"),
            {**registration("first", "b"), **newer, "learner": {"id": "omer", "firstName": "Ömer"}},
            {**registration("first", "c", "zoe"), **unknown},
            {**registration("first", "d", "kit"), **begun},
        ]
        run("results", "scorm-cloud", "--site", service.url, "--names")
        moments = "2026-09-01T22:33:20Z,2026-09-01T22:54:53Z"
        assert [",".join(row) for row in rows()] == [
            f"lucja,lucja@example.org,Lucja Example,first,1,passed,87.50,754,{moments},1.0.0",
            f"omer,,Ömer,first,1,failed,87.50,754,{moments},1.1.0",
            f"zoe,zoe@example.org,Zoe Example,first,1,not attempted,87.50,754,{moments},1.0.0",
            f"kit,kit@example.org,Kit Example,first,1,incomplete,,754,{moments},1.0.0",
        ]
        run("results", "scorm-cloud", "second", "--site", service.url)
        assert rows() == []
    told = json.loads(run("report", "--format", "json", "--results", str(OUT)).stdout)["results"]
    assert told["people"] == 0
