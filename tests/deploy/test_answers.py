"""The service for tests against a real Moodle: whatever was recorded there, the service answers in the same way.

`answers/` has what Moodle 4.5.6 with our plugin was asked and what it said. What depends on that site, such as
numbers, names and sizes, may differ; which fields there are, of which type, and every word of a refusal may not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .moodle_service import LOADER, NOBODY, NOT_OURS, OUTSIDER, REST, UPLOAD, Activity, Site, moodle
from .test_moodle_service import form, multipart, post, upload, zipped

RECORDED = Path(__file__).parent / "answers"
NAMES = sorted(file.stem for file in RECORDED.glob("*.json"))

# What only the plugin itself looks at: the service takes such a package.
NOT_PLAYED = {"put_package-nolaunch", "put_package-unsafezip", "put_package-not_a_scorm"}
# What may not differ in an answer that is no refusal, besides its form.
SAID = {"action", "dryrun", "standard", "progress", "why", "changedbyhand", "warnings", "removed", "uploadfiles"}
SAID |= {"allowed", "coursecompletion", "completion"}

Raw = tuple[int, str, bytes]


@pytest.fixture
def site() -> Iterator[Site]:
    with moodle() as site:
        yield site


def recorded(name: str) -> Any:
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def ask(site: Site, function: str, token: str = LOADER, **given: Any) -> Raw:
    place = {} if function.startswith("core_") else {"courseid": 0, "courseidnumber": "HC-2024"}
    return post(site, REST, *form(function, token, {**place, **given}))


def send(site: Site, token: str = LOADER, file: bytes = b"bytes") -> Raw:
    return post(site, UPLOAD, *multipart(file, token))


def put(site: Site, file: bytes = b"", token: str = LOADER, **given: Any) -> Raw:
    data = file or zipped(name="may-have-died")
    draft = upload(site, data)[0]["itemid"]
    all_of_it: dict[str, Any] = {
        "package": "may-have-died",
        "draftitemid": draft,
        "sha256": hashlib.sha256(data).hexdigest(),
        **given,
    }
    return ask(site, "local_scormpack_put_package", token, **all_of_it)


def with_learners(site: Site, **package: Any) -> Activity:
    put(site, zipped(name="may-have-died", item="may-have-died.item", **package))
    activity = site.activity(2, "may-have-died")
    activity.learners = activity.partway = 3
    row = {
        "userid": 3,
        "idnumber": "",
        "username": "a",
        "fullname": "A",
        "email": "",
        "attempt": 1,
        "status": "passed",
    }
    row |= {"score": 90.5, "seconds": 60, "started": 1, "last": 2, "version": "1.0.0"}
    activity.results = [dict(row) for _ in range(8)]
    return activity


def update(site: Site, then: str = "1.2", **given: Any) -> Raw:
    with_learners(site, standard="1.2")
    item = str(given.pop("item", "may-have-died.item"))
    return put(site, zipped("1.0.1", name="may-have-died", standard=then, item=item), **given)


def again(site: Site, first: dict[str, Any], then: dict[str, Any]) -> Raw:
    """The same 2004 package a second time."""
    file = zipped(name="may-have-died", standard="2004 3rd Edition")
    put(site, file, **first)
    return put(site, file, **then)


def twice(site: Site) -> Raw:
    with_learners(site)
    course = site.courses[2]
    course.activities[999] = course.activities[min(course.activities)]
    return put(site)


def suffering(fault: str, asked: Callable[[Site], Raw]) -> Callable[[Site], Raw]:
    def suffered(site: Site) -> Raw:
        site.fault(fault)
        return asked(site)

    return suffered


def packages(site: Site, token: str = LOADER) -> Raw:
    with_learners(site)
    put(site, zipped(name="hard-questions", standard="2004 3rd Edition"), package="hard-questions")
    return ask(site, "local_scormpack_get_packages", token)


def results(site: Site, **given: Any) -> Raw:
    with_learners(site)
    return ask(site, "local_scormpack_get_results", **given)


def without_completion(site: Site) -> Raw:
    site.courses[2].completion = False
    return get_site(site)


def get_site(site: Site, token: str = LOADER, **given: Any) -> Raw:
    return ask(site, "local_scormpack_get_site", token, **given)


def info(site: Site) -> Raw:
    return ask(site, "core_webservice_get_site_info")


def remove(site: Site, **given: Any) -> Raw:
    return ask(site, "local_scormpack_remove_package", package="may-have-died", **given)


def removed(site: Site) -> Raw:
    put(site)
    return remove(site)


def refused_with_learners(site: Site) -> Raw:
    with_learners(site)
    return remove(site)


def missing(site: Site) -> Raw:
    return ask(site, "local_scormpack_put_package")


NO_COURSE: dict[str, Any] = {"courseid": 0, "courseidnumber": ""}
FRAME: dict[str, Any] = {"settings[0][name]": "display", "settings[0][value]": "frame"}
NEVER: dict[str, Any] = {"settings[0][name]": "completion", "settings[0][value]": "never"}
OTHER = zipped(name="hard-questions")
SCENES: dict[str, Callable[[Site], Raw]] = {
    "get_packages-course_closed": lambda site: ask(site, "local_scormpack_get_packages", OUTSIDER),
    "get_packages-good": packages,
    "get_packages-none": lambda site: ask(site, "local_scormpack_get_packages"),
    "get_packages-nopermissions": lambda site: ask(site, "local_scormpack_get_packages", NOBODY),
    "get_results-bad_cursor": lambda site: results(site, after="x"),
    "get_results-first_page": lambda site: results(site, limit=4),
    "get_results-last_page": lambda site: results(site, limit=100),
    "get_results-none": lambda site: ask(site, "local_scormpack_get_results"),
    "get_results-nopermissions": lambda site: ask(site, "local_scormpack_get_results", NOBODY),
    "get_results-nosuchpackage": lambda site: results(site, package="nothing"),
    "get_results-one_package": lambda site: results(site, package="may-have-died"),
    "get_site-course_closed": lambda site: get_site(site, OUTSIDER),
    "get_site-course_without_completion": without_completion,
    "get_site-good": get_site,
    "get_site-no_course": lambda site: get_site(site, **NO_COURSE),
    "get_site-nocourse": lambda site: get_site(site, courseidnumber="NOWHERE"),
    "get_site-not_allowed": lambda site: get_site(site, NOBODY),
    "get_site_info-good": info,
    "put_package-badmanifest": lambda site: put(site, zipped(name="<")),
    "put_package-badsetting": lambda site: put(site, **NEVER),
    "put_package-badstandard": lambda site: put(site, zipped(name="may-have-died", standard="1.4")),
    "put_package-busy": suffering("busy", put),
    "put_package-course_closed": lambda site: put(site, token=OUTSIDER),
    "put_package-invalidparameter": lambda site: put(site, package="may have/died"),
    "put_package-missing_parameter": missing,
    "put_package-new": lambda site: again(site, {"dryrun": 1}, {"section": 2}),
    "put_package-new_dry": lambda site: again(site, {"dryrun": 1}, {"section": 2, "dryrun": 1}),
    "put_package-nocourse": lambda site: put(site, courseidnumber="NOWHERE"),
    "put_package-nomanifest": lambda site: put(site, zipped(name="may-have-died", file="other.xml")),
    "put_package-nopermissions": lambda site: put(site, token=NOBODY),
    "put_package-nosuchsection": lambda site: put(site, section=99),
    "put_package-noroom": suffering("no-room", put),
    "put_package-notazip": lambda site: put(site, b"no zip"),
    "put_package-notone": lambda site: put(site, draftitemid=1),
    "put_package-notours": lambda site: put(site, OTHER),
    "put_package-noversion": lambda site: put(site, zipped("", name="may-have-died")),
    "put_package-restored": suffering("restored", put),
    "put_package-restored_disk_full": suffering("restored", put),
    "put_package-same": lambda site: again(site, {}, {}),
    "put_package-same_dry_without_a_file": lambda site: again(site, {}, {"draftitemid": 0, "dryrun": 1}),
    "put_package-settings": lambda site: again(site, {}, FRAME),
    "put_package-toolarge": suffering("too-large", put),
    "put_package-twice": twice,
    "put_package-update_dry_lost_items": lambda site: update(site, item="other", dryrun=1),
    "put_package-update_dry_lost_standard": lambda site: update(site, "2004 3rd Edition", dryrun=1),
    "put_package-update_dry_stays": lambda site: update(site, dryrun=1),
    "put_package-update_stays": update,
    "put_package-wrongbytes": lambda site: put(site, sha256="0" * 64),
    "remove_package-hasattempts": refused_with_learners,
    "remove_package-nosuchpackage": lambda site: ask(
        site, "local_scormpack_remove_package", package="oxygen-at-home"
    ),
    "remove_package-removed": removed,
    "rest-maintenance": suffering("maintenance", get_site),
    "rest-no_rest_capability": suffering("service-disabled", info),
    "rest-not_installed": suffering("plugin-missing", get_site),
    "rest-other_address": suffering("service-disabled", info),
    "rest-rest_off": suffering("services-off", get_site),
    "rest-service_off": suffering("service-disabled", info),
    "rest-token_expired": suffering("service-disabled", info),
    "rest-user_not_authorised": suffering("service-disabled", info),
    "rest-user_suspended": suffering("user-suspended", info),
    "rest-web_services_off": suffering("services-off", get_site),
    "rest-wrong_token": lambda site: get_site(site, "d4" * 16),
    "upload-disk_full": suffering("disk-full", send),
    "upload-good": send,
    "upload-maintenance": suffering("maintenance", send),
    "upload-not_allowed": suffering("no-uploads", send),
    "upload-over_maxbytes": suffering("over-limit", send),
    "upload-too_large_for_php": suffering("over-php-limit", send),
    "upload-too_large_for_post": suffering("over-post-limit", send),
    "upload-web_services_off": suffering("service-disabled", send),
    "upload-wrong_token": lambda site: send(site, "d4" * 16),
}


def test_everything_that_was_recorded_is_played() -> None:
    assert set(NAMES) - set(SCENES) == NOT_PLAYED & set(NAMES)


@pytest.mark.parametrize("name", [name for name in NAMES if name in SCENES])
def test_the_service_answers_as_a_real_moodle_does(site: Site, name: str) -> None:
    real = recorded(name)
    status, kind, body = SCENES[name](site)
    assert (status, kind) == (real["status"], real["type"])
    answer, told = json.loads(body) if body else "", real["answer"]
    if name == "get_site_info-good":  # of which the service says only what we ask for
        told = {key: told[key] for key in answer}
    assert form_of(answer) == form_of(told)


def test_a_token_of_another_service_is_told_no_more_than_one_that_has_run_out(site: Site) -> None:
    _, _, body = get_site(site, NOT_OURS)
    assert json.loads(body) == recorded("rest-token_expired")["answer"]


def form_of(answer: Any) -> Any:
    """What has to be the same: all of a refusal but its details, and the form of what is none."""
    if isinstance(answer, dict) and {"errorcode", "errortype"} & set(answer):
        said = "message" if "message" in answer else "error"
        return {**answer, said: answer[said].partition(": ")[0], "filename": ""}
    if isinstance(answer, dict):
        return {key: value if key in SAID else form_of(value) for key, value in answer.items()}
    if isinstance(answer, list):
        return [form_of(each) for each in answer[:1]]
    return "number" if answer is None or type(answer) in (int, float) else type(answer).__name__
