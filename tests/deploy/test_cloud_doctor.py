"""`scormpack doctor scorm-cloud`: whether an application can be loaded, line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from scormpack.cli import main
from scormpack.deploy import http
from scormpack.deploy.token import VARIABLE

from .cloud_service import Cloud, cloud

STAY = "Set “WhenToRestartRegistration” of this course to NEVER: then whoever has begun stays with their version."
KEEP = (
    "Look up the ID and the secret key of the application on the pages of SCORM Cloud, and keep them as `ID:SECRET` "
    "with `scormpack deploy login scorm-cloud`."
)
TAG = f"scormpack:new:1.0.0:{'a' * 64}"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    monkeypatch.setattr(http, "PAUSES", (0.0, 0.0))
    monkeypatch.setenv("NO_COLOR", "1")
    with cloud() as found:
        monkeypatch.setenv(VARIABLE, f"{found.app}:{found.secret}")
        for name in ("your-role", "oak.your-role", "by-hand", "moves"):
            found.put_by_hand(name, name)
            found.courses[name].tags = [TAG]
        found.put_by_hand("by-hand", "")
        found.courses["moves"].restart = "WHEN_NEWER_PACKAGE_VERSION_EXISTS"
        yield found


def doctor(service: Cloud, *more: str) -> Result:
    result = CliRunner().invoke(main, ["doctor", "scorm-cloud", "--site", service.url, *more])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert service.secret not in result.output
    return result


def test_each_thing_is_looked_at(service: Cloud) -> None:
    result = doctor(service)
    assert result.stdout.replace(service.url, "SITE").splitlines() == [
        "look at this  Address: SITE, not encrypted: nobody but this machine may use it so.",
        "              fix: Give the site an address with https:// before others use it.",
        "ok            Application: It is known, and its secret key is right.",
        "ok            Courses: 3 courses loaded by machine.",
        "ok            your-role: 1.0.0; whoever has begun stays with their version.",
        "look at this  by-hand: Somebody has put another file there by hand.",
        "              fix: Run `scormpack deploy scorm-cloud`: it makes what was released the newest version again.",
        "look at this  moves: Whoever has begun is moved to a new version, and loses what they have done.",
        f"              fix: {STAY}",
    ]
    assert (result.exit_code, result.stderr) == (0, "6 things looked at: 0 wrong, 3 to look at.\n")


def test_only_the_courses_of_one_provider(service: Cloud) -> None:
    found = json.loads(doctor(service, "--course", "oak", "--format", "json").stdout)
    assert [each["about"] for each in found["lines"]] == ["Address", "Application", "Courses", "your-role"]


def test_another_secret(service: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"{service.app}:another-secret")
    result = doctor(service)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[2:] == [
        "wrong         Application: SCORM Cloud says: Authorization Required.",
        f"              fix: {KEEP}",
    ]


def test_a_page_in_front(service: Cloud) -> None:
    service.fault("login-page")
    result = doctor(service)
    assert result.exit_code == 1
    assert "wrong         Application: What answers there does not answer as SCORM Cloud does.\n" in result.stdout
