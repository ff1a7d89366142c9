"""The small SCORM Cloud of the tests answers as the models of its maker's own library have it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

import pytest
from rustici_software_cloud_v2 import ApiClient, Configuration, CourseApi, PingApi, RegistrationApi, models
from rustici_software_cloud_v2.rest import ApiException

from .cloud_service import Cloud, cloud, registration


@pytest.fixture(autouse=True)
def _loggers_as_they_are() -> Iterator[None]:
    """The library sets levels and handlers, those of urllib3 too, which other tests look at."""
    loggers = [logging.getLogger(name) for name in ("urllib3", "rustici_software_cloud_v2")]
    before = [(each.level, list(each.handlers)) for each in loggers]
    yield
    for logger, (level, handlers) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.fixture
def service() -> Iterator[Cloud]:
    with cloud() as found:
        yield found


def client(service: Cloud) -> ApiClient:
    """The maker's library, as it comes."""
    configuration = Configuration()
    configuration.host = service.url
    configuration.username, configuration.password = service.app, service.secret
    return ApiClient(configuration)


def misfits(value: Any, kind: str) -> list[str]:
    """What in an answer the model of this name does not know."""
    if inside := re.fullmatch(r"list\[(.+)\]", kind):
        return [each for row in value for each in misfits(row, inside[1])]
    if kind[0].islower() or value is None:
        return [] if isinstance(value, KINDS[kind]) or value is None else [f"{value!r} is no {kind}"]
    model = getattr(models, kind)
    if isinstance(value, str):  # an enumeration
        return [] if value in vars(model).values() else [f"{value} is no {kind}"]
    known = {name: model.swagger_types[attribute] for attribute, name in model.attribute_map.items()}
    unknown = [f"{kind} has no {name}" for name in value if name not in known]
    return unknown + [each for name in value if name in known for each in misfits(value[name], known[name])]


KINDS: dict[str, Any] = {
    "str": str,
    "datetime": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "object": object,
}


def test_each_answer_is_of_the_model_that_the_library_reads_it_as(service: Cloud, tmp_path: Any) -> None:
    package = tmp_path / "first.zip"
    package.write_bytes(b"PK and so on")
    courses, registrations = CourseApi(client(service)), RegistrationApi(client(service))
    made = courses.create_upload_and_import_course_job(
        "first", may_create_new_version=True, file=str(package), tags=["a", "b"]
    )
    states = [courses.get_import_job_status(made.result).status for _ in range(2)]
    assert states == ["RUNNING", "COMPLETE"]
    courses.delete_course_tags("first", models.TagListSchema(["a"]))
    service.registrations = [registration("first", f"r{number}") for number in range(3)]
    listed = registrations.get_registrations(course_id="first")
    assert [each.id for each in registrations.get_registrations(more=listed.more).registrations] == ["r2"]
    assert courses.get_course("first").tags == ["b"]
    assert service.versions("first") == ["first.zip"]
    assert PingApi(client(service)).ping_app_id().api_message == "OK"
    answers = {
        "/ping": "PingSchema",
        "/courses": "CourseListSchema",
        "/courses/first": "CourseSchema",
        "/courses/first/configuration": "SettingListSchema",
        "/courses/first/versions": "CourseListNonPagedSchema",
        f"/courses/importJobs/{made.result}": "ImportJobResultSchema",
        "/registrations": "RegistrationListSchema",
    }
    for path, kind in answers.items():
        assert misfits(asked(service, path), kind) == [], path


def asked(service: Cloud, path: str) -> Any:
    headers = {"Authorization": client(service).configuration.get_basic_auth_token()}
    with urlopen(Request(service.url + path, headers=headers)) as answer:
        return json.load(answer)


def test_a_misfit_would_be_seen() -> None:
    assert misfits({"courses": [{"id": 7, "colour": "red"}]}, "CourseListSchema") == [
        "CourseSchema has no colour",
        "7 is no str",
    ]


def test_whoever_has_another_secret_is_refused(service: Cloud) -> None:
    knows = client(service)
    service.secret = "another"
    with pytest.raises(ApiException) as refused:
        PingApi(knows).ping_app_id()
    assert (refused.value.status, json.loads(refused.value.body)) == (401, {"error": "Authorization Required."})
