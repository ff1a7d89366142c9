"""The service for tests behaves as Moodle does: the forms of its answers, what it keeps, and what goes wrong."""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from .moodle_service import FAULTS, LOADER, NOBODY, NOT_OURS, PUT, REST, UPLOAD, Site, moodle

MANIFEST = """<manifest identifier="{id}" version="{version}" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1">
<metadata><schema>ADL SCORM</schema><schemaversion>{standard}</schemaversion></metadata>
<organizations><organization><title>The last days</title><item identifier="{item}" identifierref="r"/></organization>
</organizations></manifest>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with moodle() as site:
        yield site


def zipped(
    version: str = "1.0.0",
    standard: str = "1.2",
    item: str = "item",
    name: str = "last-days",
    file: str = "imsmanifest.xml",
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        text = MANIFEST.format(id=name, version=version, standard=standard, item=item)
        archive.writestr(zipfile.ZipInfo(file), text)  # of the same day always
    return made.getvalue()


def post(site: Site, path: str, body: bytes, kind: str) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection(site.url.removeprefix("http://"), timeout=30)
    try:
        connection.request("POST", path, body, {"Content-Type": kind})
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read()
    finally:
        connection.close()


def form(function: str, token: str, given: Mapping[str, object]) -> tuple[bytes, str]:
    """What is sent to call a function, and its type."""
    fields = {"wstoken": token, "wsfunction": function, "moodlewsrestformat": "json", **given}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def call(site: Site, function: str, token: Any = LOADER, **given: object) -> Any:
    status, kind, body = post(site, REST, *form(function, token, given))
    assert (status, kind) == (200, "application/json")
    return json.loads(body)


def multipart(file: bytes, token: str) -> tuple[bytes, str]:
    """What is sent to upload a file, and its type."""
    fields = {"token": token, "itemid": "0", "filearea": "draft"}
    parts = [f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{fields[name]}\r\n' for name in fields]
    head = '--B\r\nContent-Disposition: form-data; name="file_1"; filename="p.zip"\r\n\r\n'
    body = "".join([*parts, head]).encode() + file + b"\r\n--B--\r\n"
    return body, "multipart/form-data; boundary=B"


def upload(site: Site, file: bytes, token: str = LOADER) -> Any:
    return json.loads(post(site, UPLOAD, *multipart(file, token))[2])


def put(site: Site, file: bytes, **given: object) -> Any:
    draft = upload(site, file)[0]["itemid"]
    place = {"courseid": 0, "courseidnumber": "HC-2024", "package": "last-days", "draftitemid": draft}
    return call(site, PUT, **{**place, "sha256": hashlib.sha256(file).hexdigest(), **given})


def test_a_package_is_new_then_the_same_then_an_update_and_then_gone(site: Site) -> None:
    place = {"courseid": 2, "courseidnumber": ""}
    planned = put(site, zipped(), dryrun=1)
    assert (planned["action"], planned["cmid"], planned["url"], site.packages(2)) == ("new", 0, "", {})
    assert [put(site, zipped())["action"] for _ in range(2)] == ["new", "same"]
    site.activity(2, "last-days").learners = 2
    updated = put(site, zipped("1.1.0", standard="2004 3rd Edition"))
    assert (updated["action"], updated["progress"], updated["oldversion"], updated["version"]) == (
        "update",
        "lost",
        "1.0.0",
        "1.1.0",
    )
    assert updated["why"].startswith("The new version follows another standard")
    (listed,) = call(site, "local_scormpack_get_packages", **place)["packages"]
    assert (listed["version"], listed["completion"], listed["standard"]) == ("1.1.0", "passed", "2004")
    site.activity(2, "last-days").learners = 1
    refused = call(site, "local_scormpack_remove_package", **place, package="last-days")
    assert refused["errorcode"] == "hasattempts"
    gone = call(site, "local_scormpack_remove_package", **place, package="last-days", evenwithattempts=1)
    assert (gone["removed"], site.packages(2)) == (True, {})


def test_what_was_sent_goes_once_it_is_there_and_waits_until_then(site: Site) -> None:
    draft = upload(site, zipped())[0]["itemid"]
    site.fault("restored", times=1)
    asked = [put(site, zipped(), draftitemid=draft, **more) for more in ({"dryrun": 1}, {}, {}, {})]
    assert [each.get("action") or each["errorcode"] for each in asked] == ["new", "restored", "new", "notone"]


def test_other_settings_are_put_right_and_a_part_that_is_gone_takes_progress_with_it(site: Site) -> None:
    put(site, zipped())
    site.activity(2, "last-days").learners = 1
    given = {"settings[0][name]": "completion", "settings[0][value]": "passed"}
    other = put(site, zipped(), **given)
    assert (other["action"], other["progress"], len(other["warnings"])) == ("settings", "stays", 1)
    assert put(site, zipped(), **given)["action"] == "same"
    lost = put(site, zipped("2.0.0", item="other"), dryrun=1)
    assert lost["why"].endswith("that the new version no longer has: item")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"sha256": "0" * 64}, "wrongbytes"),
        ({"package": "another"}, "notours"),
        ({"courseidnumber": "HC-1999"}, "nocourse"),
        ({"courseid": 2}, "nocourse"),
        ({"draftitemid": 9}, "notone"),
        ({"section": 12}, "nosuchsection"),
        ({"settings[0][name]": "completion", "settings[0][value]": "never"}, "badsetting"),
        ({"dryrun": "true"}, "invalidparameter"),
        ({"settings": "[]"}, "invalidparameter"),
        ({"more": "1"}, "invalidparameter"),
    ],
)
def test_what_moodle_or_the_plugin_refuses_is_refused(site: Site, given: dict[str, object], code: str) -> None:
    assert put(site, zipped(), **given)["errorcode"] == code
    assert site.packages(2) == {}


def test_a_file_that_is_no_package_is_refused(site: Site) -> None:
    bad = {b"no zip": "notazip", zipped(""): "noversion", zipped(standard="1.4"): "badstandard"}
    assert {file: put(site, file)["errorcode"] for file in bad} == bad


def test_a_token_may_do_what_it_may_do(site: Site) -> None:
    assert call(site, "local_scormpack_get_site", token="d4")["errorcode"] == "invalidtoken"
    assert call(site, "local_scormpack_get_site", token=NOT_OURS)["errorcode"] == "accessexception"
    place = {"courseid": 2, "courseidnumber": ""}
    assert [call(site, "local_scormpack_get_site", token, **place)["allowed"] for token in (LOADER, NOBODY)] == [
        True,
        False,
    ]
    assert call(site, "local_scormpack_get_packages", NOBODY, **place)["errorcode"] == "nopermissions"


def test_results_come_in_parts(site: Site) -> None:
    put(site, zipped())
    site.activity(2, "last-days").results = [{"userid": number} for number in range(5)]
    place, seen, after = {"courseid": 2, "courseidnumber": ""}, [], ""
    while True:
        part = call(site, "local_scormpack_get_results", **place, after=after, limit=2)
        seen.append([row["userid"] for row in part["results"]])
        if not (after := part["next"]):
            break
    assert seen == [[0, 1], [2, 3], [4]]


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"slow", "huge-answer"}))
def test_every_fault_goes_away_again_and_only_a_lost_answer_leaves_something_behind(site: Site, name: str) -> None:
    site.fault(name, times=1)
    try:
        wrong = put(site, zipped()).get("action") != "new"
    except (http.client.HTTPException, OSError, ValueError, KeyError, AssertionError):
        wrong = True
    assert wrong
    assert site.packages(2) == ({"last-days": "1.0.0"} if name == "cut-after-put" else {})
    assert put(site, zipped())["action"] == ("same" if name == "cut-after-put" else "new")


def test_a_slow_answer_ends_with_the_service_and_a_huge_one_with_whoever_reads_it() -> None:
    with moodle() as site:
        site.fault("huge-answer")
        connection = http.client.HTTPConnection(site.url.removeprefix("http://"), timeout=30)
        connection.request("POST", REST, b"")
        assert len(connection.getresponse().read(17 * 2**20)) == 17 * 2**20
        connection.close()
        site.mended("huge-answer")
        site.fault("slow")
        slow = http.client.HTTPConnection(site.url.removeprefix("http://"), timeout=30)
        slow.request("POST", REST, b"")
    with pytest.raises((http.client.HTTPException, OSError)):
        slow.getresponse()
    slow.close()
