"""The preview's platforms as a course asks them: what is recorded, what is bounded, what is given out."""

from __future__ import annotations

import base64
import http.client
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, Protocol
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from preview.playing import ID, Table, table
from scormpack.check.session.data_model import Standard
from scormpack.inspect.opening import read_manifest, read_tincan
from scormpack.lms import RecordStore
from scormpack.package import Entry, Package
from scormpack.preview.runs import calls as calls_room
from scormpack.preview.runs import log, scorm, store
from scormpack.preview.runs.statements import words

PAGE = b"<!doctype html><title>Blank</title>"
BLANK = Package.of("blank", [Entry("index.html", PAGE), Entry("course.css", b"p {}"), Entry("a b.js", b"1;")])
CMI5 = b"""<?xml version="1.0" encoding="utf-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://x.example/c"><title/><description/></course>
<au id="https://x.example/u" moveOn="%s" masteryScore="0.8"><title/><description/><url>start/index.html</url></au>
<au id="https://x.example/v" moveOn="Passed"><title/><description/><url>more.html</url></au>
</courseStructure>"""


def ask(url: str, method: str = "GET", body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask for anything: the status, the headers and the body of the answer."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, f"{parts.path}?{parts.query}" if parts.query else parts.path, data, names)
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read()
    finally:
        connection.close()


class Sit(Protocol):
    def __call__(self, standard: str, package: Package = BLANK, **choice: Any) -> Table: ...


@pytest.fixture
def sit() -> Iterator[Sit]:
    with ExitStack() as stack:
        yield lambda standard, package=BLANK, **more: stack.enter_context(table(package, standard, **more))


def call(method: str, *given: str, result: str = "true", error: int = 0, at: float = 0) -> dict[str, Any]:
    """A call as the page tells of it."""
    types = ["string"] * len(given)
    told = {"method": method, "arguments": given, "argument_types": types}
    return {**told, "result": result, "error": error, "at": at}


BEGIN = [
    call("LMSInitialize", ""),
    call("LMSGetValue", "cmi.core.lesson_status", result="not attempted"),
    call("LMSGetValue", "cmi.core.lesson_mode", result="normal"),
    call("LMSGetValue", "cmi.core.credit", result="credit"),
    call("LMSSetValue", "cmi.core.lesson_status", "incomplete"),
    call("LMSCommit", ""),
]


def launch(found: Table) -> dict[str, Any]:
    status, _, body = ask(f"{found.address}launch", "POST")
    assert status == 200
    told: dict[str, Any] = json.loads(body)
    return told


def tell(found: Table, calls: list[dict[str, Any]], first: int = 0, session: int = 1, **more: Any) -> int:
    return post_to(found, "calls", {"first": first, "calls": calls, **more}, session)


def save(found: Table, values: Any, session: int = 1) -> int:
    return post_to(found, "record", values, session)


def post_to(found: Table, path: str, body: Any, session: int | str = 1) -> int:
    """What the page sends, for the learner of the run."""
    by = found.run.keep()["owner"]
    return ask(f"{found.address}{path}?by={by}&session={session}", "POST", body)[0]


# The page and the files ---------------------------------------------------------------------------


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004", "xapi", "cmi5", "web"])
def test_a_run_gives_its_page_and_the_files_and_may_be_framed_by_the_desk_alone(sit: Sit, standard: str) -> None:
    found = sit(standard)
    status, headers, _ = ask(found.address)
    assert found.entries == ()  # a page is no launch yet
    policy = f"frame-ancestors 'self' {found.desk}"
    assert (status, headers["Content-Security-Policy"], headers["Cache-Control"]) == (200, policy, "no-store")
    status, headers, body = ask(f"{found.address}course/index.html")
    assert (status, body, headers["Content-Security-Policy"]) == (200, PAGE, policy)
    assert headers["Cache-Control"] == "no-store"
    assert ask(f"{found.address}course/a%20b.js")[2] == b"1;"
    assert ask(f"{found.address}run.js")[0] == 200
    assert ask(f"{found.address}course/index.html", "HEAD")[::2] == (200, b"")
    for path in ("course/none.html", "course/../course/index.html", "course/%2e%2e/index.html", "none", "engine"):
        assert ask(f"{found.address}{path}")[0] == 404, path
    assert ask(f"{found.origin}/another-run/course/index.html")[0] == 404
    assert ask(f"{found.address}course/index.html", "PUT", b"x")[0] == 405


def test_a_file_is_asked_for_again_and_sent_only_if_it_has_changed(sit: Sit) -> None:
    found = sit("web")
    address = f"{found.address}course/course.css"
    _, headers, _ = ask(address)
    assert headers["Cache-Control"] == "no-cache"
    assert ask(address, If_None_Match=headers["ETag"])[::2] == (304, b"")
    assert ask(address, Range="bytes=0-1")[::2] == (206, b"p ")
    found.run.replace(Package.of("new", [Entry("index.html", PAGE), Entry("course.css", b"p { color: red }")]))
    assert ask(address, If_None_Match=headers["ETag"])[::2] == (200, b"p { color: red }")


def test_files_are_as_the_learners_device_sees_them(sit: Sit) -> None:
    looks = {"course.css": b"p { color: white }"}
    found = sit("scorm12", as_if=lambda path, data: looks.get(path, data))
    address = f"{found.address}course/course.css"
    _, headers, body = ask(address)
    assert body == b"p { color: white }"
    looks.clear()
    assert ask(address, If_None_Match=headers["ETag"])[::2] == (200, b"p {}")


def test_a_file_takes_little_time(sit: Sit) -> None:
    """Processor time, the least of several: less than 5 ms for a page, its scripts and a large file."""
    film = Entry("film.mp4", bytes(5_000_000))
    found = sit("scorm12", Package.of("x", [*BLANK.entries, film]))
    for path in ("", "run.js", "engine.js", "course/index.html", "course/film.mp4"):
        ask(f"{found.address}{path}")

        def once(address: str = f"{found.address}{path}") -> float:
            began = time.process_time()
            ask(address, "HEAD")
            return time.process_time() - began

        assert min(once() for _ in range(20)) < 0.005, path


# SCORM --------------------------------------------------------------------------------------------


def test_calls_are_entries_in_order_with_what_they_break(sit: Sit) -> None:
    found = sit("scorm12")
    launch(found)
    assert tell(found, BEGIN) == 204
    assert [entry.what for entry in found.entries] == ["Launch", *(each["method"] for each in BEGIN)]
    assert found.flaws == []
    wrong = [
        call("LMSSetValue", "cmi.core.lesson_status", "done", result="false", error=405),
        call("LMSSetValue", "cmi.suspend_data", "x" * 4097),
    ]
    assert tell(found, wrong, first=len(BEGIN)) == 204
    refused, long = found.run.recorded(since=len(BEGIN) + 1).entries
    assert (refused.what, refused.given, refused.answer) == (
        "LMSSetValue",
        ("cmi.core.lesson_status", "done"),
        "false (error 405)",
    )
    assert refused.refused
    assert {flaw.code for flaw in refused.flaws} == {"RTE-12", "RTE-24"}
    assert ({flaw.code for flaw in long.flaws}, len(long.given[1]), len(long.detail["arguments"][1])) == (
        {"RTE-26"},
        log.SHOWN,
        4097,
    )
    assert found.now.limit == 4096


def test_calls_that_come_again_are_known_by_their_number(sit: Sit) -> None:
    found = sit("scorm12")
    launch(found)
    tell(found, BEGIN[:4])
    tell(found, BEGIN[2:], first=2)
    assert [entry.what for entry in found.entries[1:]] == [each["method"] for each in BEGIN]


def test_what_only_the_end_shows_is_said_at_the_end(sit: Sit) -> None:
    found = sit("scorm12")
    launch(found)
    tell(found, [*BEGIN, call("LMSSetValue", "cmi.core.lesson_location", "page")])
    assert (found.flaws, found.now.is_open) == ([], True)
    tell(found, [], first=len(BEGIN) + 1, over=True)
    assert not found.now.is_open
    found.wait_for(lambda: len(found.flaws) == 2)
    later = found.said("Seen later")
    assert [entry.given for entry in later] == [("entry 8", "LMSSetValue", "cmi.core.lesson_location", "page")] * 2
    assert {code for code, _ in found.flaws} == {"RTE-09", "RTE-11"}
    told = len(found.asked)
    assert told  # the desk was woken, though nobody called any more
    launch(found)
    assert len(found.flaws) == 2


def test_a_page_that_is_loaded_again_may_still_say_its_last_words(sit: Sit) -> None:
    found = sit("scorm12")
    launch(found)
    tell(found, BEGIN)
    launch(found)
    assert found.flaws == []
    last = [("cmi.core.session_time", "0000:00:00.00"), ("cmi.core.exit", "suspend")]
    words = [*(call("LMSSetValue", *each) for each in last), call("LMSCommit", ""), call("LMSFinish", "")]
    tell(found, words, first=len(BEGIN), over=True)
    assert [entry.session for entry in found.said("LMSFinish")] == [1]
    assert found.flaws == []


def test_an_end_that_was_said_is_judged_at_once(sit: Sit) -> None:
    found = sit("scorm12")
    launch(found)
    tell(found, [*BEGIN, call("LMSFinish", "")])
    assert {code for code, _ in found.flaws} == {"RTE-46", "RTE-47"}
    assert not found.now.is_open


@pytest.mark.slow
def test_a_long_session_is_judged_quickly(sit: Sit) -> None:
    """2,000 calls in many small messages: the judge rests in proportion to what it has to do."""
    found = sit("scorm12")
    launch(found)
    began = time.process_time()
    tell(found, BEGIN)
    for number in range(len(BEGIN), 2000, 10):
        calls = [call("LMSSetValue", "cmi.core.lesson_location", str(number + more)) for more in range(10)]
        tell(found, calls, first=number)
        found.run.recorded(since=number)
    found.wait_for(lambda: len(found.entries) >= 2001)
    assert time.process_time() - began < 10
    assert found.flaws == []


def test_the_record_is_what_was_saved_and_counts_the_time_of_every_launch(sit: Sit) -> None:
    found = sit("scorm12")
    launch(found)
    state = {"cmi.suspend_data": "s", "cmi.interactions.10.id": "k", "cmi.interactions.9.id": "j"}
    told = {"cmi.core.session_time": "0000:01:30.50", "cmi.core.exit": "suspend", "cmi.core.lesson_location": "two"}
    assert save(found, {**state, **told, "cmi.core.lesson_status": "incomplete"}) == 204
    assert save(found, {"cmi.core.session_time": "0000:02:00.00"}) == 204
    again = launch(found)["scorm"]
    assert (again["record"]["cmi.suspend_data"], again["elements"]["cmi.core.total_time"]) == ("s", "0000:02:00.00")
    assert save(found, {"cmi.core.lesson_status": "passed"}, session=2) == 204
    assert found.now.result.seconds == 120
    assert save(found, {"cmi.core.score.raw": "85", "cmi.core.session_time": "0000:01:00.00"}, session=2) == 204
    result = found.now.result
    assert (result.completion, result.success, result.score, result.seconds, result.page) == (
        "completed",
        "passed",
        0.85,
        180,
        "two",
    )
    names = [name for name, _ in found.now.data]
    assert names.index("cmi.interactions.9.id") < names.index("cmi.interactions.10.id")
    assert dict(found.now.data)["cmi.core.total_time"] == "0000:03:00.00"
    assert found.now.state == "s"


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, (None, None, None)),
        ({"cmi.completion_status": "completed", "cmi.success_status": "unknown"}, ("completed", None, None)),
        ({"cmi.completion_status": "completed", "cmi.success_status": "failed"}, ("completed", "failed", None)),
        ({"cmi.score.scaled": "0.5", "cmi.score.raw": "1"}, (None, None, 0.5)),
        ({"cmi.score.raw": "5", "cmi.score.min": "0", "cmi.score.max": "20"}, (None, None, 0.25)),
        ({"cmi.score.raw": "x"}, (None, None, None)),
    ],
)
def test_what_a_manager_would_see(sit: Sit, record: dict[str, str], expected: tuple[Any, ...]) -> None:
    found = sit("scorm2004")
    launch(found)
    save(found, record)
    result = found.now.result
    assert (result.completion, result.success, result.score) == expected


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("normal", ("normal", "credit")),
        ("browse", ("browse", "no-credit")),
        ("review", ("review", "no-credit")),
        ("no-credit", ("normal", "no-credit")),
    ],
)
def test_a_mode_is_said_in_the_words_of_its_standard(sit: Sit, mode: str, words: tuple[str, str]) -> None:
    for standard, names in (
        ("scorm12", ("cmi.core.lesson_mode", "cmi.core.credit", "cmi.core.student_name")),
        ("scorm2004", ("cmi.mode", "cmi.credit", "cmi.learner_name")),
    ):
        found = sit(standard)
        found.run.choose(mode, "")  # type: ignore[arg-type]
        elements = launch(found)["scorm"]["elements"]
        assert tuple(elements[name] for name in names) == (*words, "Bello, Ada")


# What packages ask for ----------------------------------------------------------------------------

MANIFEST = """<?xml version="1.0"?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="b">
<organization identifier="a"><item identifierref="r2"><title>x</title></item></organization>
<organization identifier="b"><title>All</title><item><title>Group</title>
<item identifierref="r1" parameters="?a=1"><title>A title</title>
<adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>hello</adlcp:datafromlms></item>
<item identifierref="r2"><title>Second</title></item></item></organization></organizations>
<resources xml:base="sco/"><resource identifier="r2" href="two.html"/>
<resource identifier="r1" xml:base="one/" href="start.html?x=2"/></resources></manifest>"""
MANIFEST_2004 = """<?xml version="1.0"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
 xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="a"><organization identifier="a"><title>All</title>
<item identifierref="r" parameters="#there"><title>One</title><adlcp:dataFromLMS>d</adlcp:dataFromLMS>
<adlcp:completionThreshold minProgressMeasure="0.7"/><imsss:sequencing IDRef="s"/></item>
</organization></organizations>
<resources><resource identifier="r" href="start.html"/></resources>
<imsss:sequencingCollection><imsss:sequencing ID="s"><imsss:objectives>
<imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.75</imsss:minNormalizedMeasure>
</imsss:primaryObjective></imsss:objectives></imsss:sequencing></imsss:sequencingCollection></manifest>"""


def of(file: str, text: str | bytes) -> Package:
    return Package.of("x", [Entry(file, text if isinstance(text, bytes) else text.encode()), *BLANK.entries])


def test_the_manifest_says_what_is_opened_and_what_the_platform_says() -> None:
    found = read_manifest(of("imsmanifest.xml", MANIFEST), "scorm12")
    assert (found.path, found.title, found.limit) == ("sco/one/start.html?x=2&a=1", "A title", 4096)
    assert found.elements == {"cmi.student_data.mastery_score": "80", "cmi.launch_data": "hello"}
    assert found.note == "the first of 2 items: no others are played"


def test_a_manifest_of_scorm_2004_says_more() -> None:
    found = read_manifest(of("imsmanifest.xml", MANIFEST_2004), "scorm2004")
    assert (found.path, found.title, found.limit, found.note) == ("start.html#there", "One", 64_000, "")
    assert found.elements == {
        "cmi.launch_data": "d",
        "cmi.completion_threshold": "0.7",
        "cmi.scaled_passing_score": "0.75",
    }


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "<",
        "<manifest/>",
        MANIFEST.replace("identifierref", "x").replace("href", "y"),
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    ],
)
def test_a_broken_manifest_opens_the_usual_page(manifest: str) -> None:
    assert read_manifest(of("imsmanifest.xml", manifest), "scorm12").path == "index.html"


def test_a_manifest_without_items_opens_its_first_page() -> None:
    manifest = MANIFEST.replace("identifierref", "x")
    assert read_manifest(of("imsmanifest.xml", manifest), "scorm12").path == "sco/two.html"


@pytest.mark.parametrize(
    ("standard", "version", "limit"),
    [("scorm12", "1.2", 4096), ("scorm12", "", 4096), ("scorm2004", "CAM 1.3", 4000), ("scorm2004", "", 64_000)],
)
def test_an_edition_has_its_room_for_suspend_data(standard: Standard, version: str, limit: int) -> None:
    manifest = MANIFEST.replace("<schemaversion>1.2", f"<schemaversion>{version}")
    assert read_manifest(of("imsmanifest.xml", manifest), standard).limit == limit


def test_tincan_says_what_is_opened() -> None:
    text = """<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities><activity id="https://x.example/p"/>
    <activity id="https://x.example/a"><name>A name</name><launch> go/in.html </launch></activity>
    </activities></tincan>"""
    found = read_tincan(of("tincan.xml", text))
    assert (found.path, found.title, found.activity) == ("go/in.html", "A name", "https://x.example/a")
    assert read_tincan(of("tincan.xml", "<")).path == "index.html"
    assert read_tincan(of("tincan.xml", text.replace("https://x.example/a", "no iri"))).activity.startswith(
        "https://"
    )


# Record stores ------------------------------------------------------------------------------------


def query(found: Table) -> dict[str, str]:
    """What a course for record stores is launched with."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(launch(found)["course"]).query).items()}


def keyed(given: dict[str, str]) -> dict[str, str]:
    version = {"X_Experience_API_Version": "1.0.3"}
    return {"Authorization": given["auth"], "Content_Type": "application/json", **version}


def put_state(given: dict[str, str], text: bytes, name: str = "mine") -> int:
    asked = {
        "activityId": given.get("activity_id") or given["activityId"],
        "agent": given["actor"],
        "registration": given["registration"],
        "stateId": name,
    }
    parameters = "&".join(f"{key}={quote(value, safe='')}" for key, value in asked.items())
    return ask(f"{given['endpoint']}activities/state?{parameters}", "PUT", text, **keyed(given))[0]


def post(given: dict[str, str], statements: Any) -> int:
    return ask(f"{given['endpoint']}statements", "POST", statements, **keyed(given))[0]


def statement(given: dict[str, str], verb: str, **result: Any) -> dict[str, Any]:
    return {
        "actor": json.loads(given["actor"]),
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"id": given["activity_id"], "definition": {"name": {"en": "Hands"}}},
        "context": {"registration": given["registration"]},
        **({"result": result} if result else {}),
    }


def test_requests_are_entries_with_statements_in_words(sit: Sit) -> None:
    found = sit("xapi")
    given = query(found)
    assert json.loads(given["actor"])["name"] == "Ada Bello"
    told = [
        statement(given, "initialized"),
        statement(given, "passed", success=True, score={"scaled": 0.9}, duration="PT1M30S"),
    ]
    assert post(given, told) == 200
    assert post(given, [statement(given, "suspended", duration="PT1M1.5S")]) == 200
    assert put_state(given, b'{"a": 1}') == 204
    assert post(given, {"actor": 1}) == 400
    _, first, second, state, wrong = found.entries
    assert (first.what, first.answer) == ("POST statements", "200")
    assert first.given == ("initialized the course", "passed the course: score 0.9, success, PT1M30S")
    assert second.given == ("suspended the course: PT1M1.5S",)
    assert (state.what, state.given, state.answer) == ("PUT activities/state", ("mine", "8 bytes"), "204")
    assert [flaw.code for flaw in wrong.flaws] == ["xAPI 400"]
    assert found.now.state == '{"a": 1}'
    result = found.now.result
    assert (result.completion, result.success, result.score, result.seconds) == ("incomplete", "passed", 0.9, 61.5)
    assert not found.now.is_open


def test_a_statement_in_words() -> None:
    assert words({"verb": {"id": "x:y/seen"}, "object": {"id": "https://x.example/page/"}}) == "seen “page”"
    answer = {"response": "a[,]b", "extensions": {"https://x.example/try": 1}}
    named = {"definition": {"name": {"en": "Whom?"}}}
    assert words({"verb": {"id": "x:y/answered"}, "object": named, "result": answer}) == (
        "answered “Whom?”: answer a[,]b, try 1"
    )
    strange: tuple[Any, ...] = (1, None, [], {}, {"verb": 1, "object": [], "result": "x"}, {"verb": {"id": 5}})
    for each in strange:
        assert words(each)


def test_a_key_of_one_run_opens_no_other(sit: Sit) -> None:
    found = sit("xapi")
    given = query(found)
    assert given["endpoint"].startswith(f"{found.stores.server.address}/{ID}-")
    another = RecordStore(among=(found.stores, "another"))
    assert post({**given, "endpoint": another.endpoint}, [statement(given, "initialized")]) == 401
    assert post({**given, "auth": another.auth}, [statement(given, "initialized")]) == 401
    assert post({**given, "endpoint": f"{found.stores.server.address}/xapi/"}, b"x" * 1000) == 404


def test_a_page_that_is_closed_closes_its_own_launch_only(sit: Sit) -> None:
    found = sit("xapi")
    launch(found)
    launch(found)
    post_to(found, "calls", {"over": True}, session=1)
    assert found.now.is_open
    post_to(found, "calls", {"over": True}, session=2)
    assert not found.now.is_open


def cmi5(move_on: str = "CompletedAndPassed") -> Package:
    return of("cmi5.xml", CMI5 % move_on.encode())


def test_a_unit_is_launched_as_its_course_says(sit: Sit) -> None:
    found = sit("cmi5", cmi5())
    assert launch(found)["course"].startswith(f"{found.address}course/start/index.html?endpoint=")
    data = dict(found.now.data)
    assert (data["moveOn"], data["mastery score"], data["satisfied"]) == ("CompletedAndPassed", "0.8", "not yet")
    assert found.entries[0].given == (
        "Normal",
        "A careful platform",
        "start/index.html",
        "the first of 2 units: a preview plays no others",
    )
    found.run.choose("review", "")
    launch(found)
    assert dict(found.now.data)["launch mode"] == "Review"
    found.run.choose("no-credit", "")
    launch(found)
    assert "cmi5 knows no launch without credit" in found.entries[-1].given


def test_what_a_unit_breaks_has_the_number_of_its_requirement(sit: Sit) -> None:
    found = sit("cmi5", cmi5())
    given = query(found)
    token = json.loads(ask(given["fetch"], "POST")[2])["auth-token"]
    given |= {"auth": f"Basic {token}", "activity_id": given["activityId"]}
    assert post(given, [statement(given, "passed")]) == 403
    codes = [flaw.code for flaw in found.entries[-1].flaws]
    assert "9.3.0.0-4 (d2)" in codes
    assert found.entries[-1].refused


def test_a_goodbye_that_comes_after_the_next_launch_is_refused_and_no_flaw(sit: Sit) -> None:
    found = sit("cmi5", cmi5())
    given = query(found)
    token = json.loads(ask(given["fetch"], "POST")[2])["auth-token"]
    given |= {"auth": f"Basic {token}", "activity_id": given["activityId"]}
    launch(found)
    assert post(given, [statement(given, "terminated")]) == 403
    late = found.entries[-1]
    assert (late.session, late.refused, late.flaws) == (1, True, ())
    assert late.answer.startswith("403 ")


def test_a_satisfied_unit_opens_as_a_review_where_the_platform_does_so(sit: Sit) -> None:
    found = sit("cmi5", cmi5("NotApplicable"), platform="catapult")
    launch(found)
    assert dict(found.now.data)["launch mode"] == "Review"


def test_a_course_that_cannot_be_read_is_launched_at_the_usual_page(sit: Sit) -> None:
    found = sit("cmi5", of("cmi5.xml", "<"))
    assert "/course/index.html?" in launch(found)["course"]


# Going on, and garbage -----------------------------------------------------------------------------


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004", "xapi", "cmi5", "web"])
@pytest.mark.parametrize("kept", [1, "x", [], {}, {"record": 1, "seconds": "x"}, {"owner": 1, "launches": {}}])
def test_what_was_not_kept_by_a_run_is_left_aside(sit: Sit, standard: str, kept: Any) -> None:
    found = sit(standard, kept=kept)
    launch(found)
    assert found.now.state == ""


def test_a_new_learner_is_another_one(sit: Sit) -> None:
    actors = [json.loads(query(sit("xapi"))["actor"])["account"]["name"] for _ in range(2)]
    assert actors[0] != actors[1]
    ids = [launch(sit("scorm12"))["scorm"]["learner"] for _ in range(2)]
    assert ids[0] != ids[1]
    assert all(each.startswith("ada-bello-") for each in (*actors, *ids))


def test_what_is_left_of_another_learners_visit_is_not_for_the_record(sit: Sit) -> None:
    found = sit("scorm12")
    launch(found)
    for path in ("calls", "record"):
        assert ask(f"{found.address}{path}?session=1&by=somebody", "POST", {"first": 0, "calls": BEGIN})[0] == 409
    assert (found.now.data, len(found.entries)) == ((), 1)
    addresses = [query(sit("xapi"))["endpoint"].rpartition("/a-run")[2] for _ in range(2)]
    assert addresses[0] != addresses[1]


def test_statements_and_documents_outlive_the_preview(sit: Sit) -> None:
    first = sit("xapi")
    given = query(first)
    post(given, [statement(given, "completed", completion=True)])
    put_state(given, b'{"a": 1}')
    kept = json.loads(json.dumps(first.run.keep()))
    again = sit("xapi", kept=kept)
    launched = query(again)
    assert (launched["registration"], launched["actor"]) == (given["registration"], given["actor"])
    assert (again.now.state, again.now.result.completion) == ('{"a": 1}', "completed")


BAD_BODIES = [
    b"",
    b"[]",
    b"{",
    b"[" * 100_000,
    b'{"first": -1, "calls": []}',
    b'{"first": "0"}',
    b'{"first": 0, "calls": [1]}',
    b'{"first": 0, "calls": [{"method": "x"}]}',
    b'{"first": 0, "calls": 5}',
    b'{"first": 0, "calls": [{"method":"x","arguments":[],"argument_types":[],"result":"","error":"y","at":0}]}',
    b'{"first": 0, "calls": [{"method":"x","arguments":[],"argument_types":[],"result":"","error":0,"at":1e999}]}',
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_what_is_no_call_is_refused(sit: Sit, body: bytes) -> None:
    found = sit("scorm12")
    launch(found)
    assert post_to(found, "calls", body) == 400
    assert len(found.entries) == 1


@pytest.mark.parametrize("body", [b"", b"[]", b'{"a": 1}', b'{"a": null}', b'{"a": "\xff"}', b"[" * 100_000])
def test_what_is_no_record_is_refused(sit: Sit, body: bytes) -> None:
    found = sit("scorm12")
    launch(found)
    assert post_to(found, "record", body) == 400
    assert found.now.data == ()


@pytest.mark.parametrize("session", ["", "0", "2", "-1", "x", "9" * 400, "%00"])
def test_calls_of_a_launch_that_there_was_not_are_dropped(sit: Sit, session: str) -> None:
    found = sit("scorm12")
    launch(found)
    assert post_to(found, "calls", {"first": 0, "calls": BEGIN}, session) == 204
    assert len(found.entries) == 1


def test_strange_names_and_values_are_only_text(sit: Sit) -> None:
    found = sit("scorm2004")
    launch(found)
    strange = call("__proto__", "cmi.\x00<script>", "\ud800" + "é" * 300, result="\u202e", error=99)
    assert tell(found, [strange]) == 204
    entry = found.entries[-1]
    assert (entry.what, entry.given[0]) == ("__proto__", "cmi.\x00<script>")
    assert json.dumps(entry.detail)
    assert save(found, {"__proto__": "x", "": ""}) == 204


def test_there_are_bounds_to_calls_and_an_entry_says_so(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls_room, "MOST_CALLS", 10)
    found = sit("scorm12")
    launch(found)
    tell(found, [*BEGIN, *[call("LMSCommit", "")] * 50])
    tell(found, [call("LMSCommit", "")] * 50, first=56)
    assert len(found.said("LMSCommit")) == 10 - len(BEGIN) + 1
    assert found.entries[-1].what.startswith("There are more calls")
    assert len(found.entries) == 12


def test_old_entries_and_launches_make_room(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST", 30)
    found = sit("scorm12")
    for session in range(1, calls_room.MOST_VISITS + 6):
        launch(found)
        tell(found, BEGIN, session=session)
    entries = found.entries
    assert (len(entries), entries[-1].number) == (30, 7 * (calls_room.MOST_VISITS + 5))
    assert found.run.recorded(since=entries[-1].number).entries == ()


def test_a_heavy_record_is_not_kept_and_an_entry_says_so(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorm, "LARGEST", 1000)
    found = sit("scorm12")
    launch(found)
    assert save(found, {"cmi.suspend_data": "x" * 500}) == 204
    assert save(found, {"cmi.comments": "x" * 600}) == 413
    assert list(dict(found.now.data)) == ["cmi.core.total_time", "cmi.suspend_data"]
    assert (found.entries[-1].answer, found.entries[-1].refused) == ("413", True)


def test_a_heavy_body_never_comes_in(sit: Sit) -> None:
    found = sit("scorm12")
    launch(found)
    assert ask(f"{found.address}record", "POST", b"{}", Content_Length="10000001")[0] == 413


def test_there_are_bounds_to_a_store_and_an_entry_says_so(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST", 3)
    monkeypatch.setattr(store, "LARGEST", 10_000)
    found = sit("xapi")
    given = query(found)
    for _ in range(10):  # a document that replaces itself is counted once
        assert put_state(given, json.dumps({"a": "x" * 3000}).encode()) == 204
    assert put_state(given, json.dumps({"a": "x" * 9000}).encode(), "another") == 413
    assert found.entries[-1].answer.startswith("413")
    for _ in range(3):
        assert post(given, [statement(given, "experienced")]) == 200
    assert post(given, [statement(given, "experienced")]) == 413


def test_long_bodies_are_shown_cut(sit: Sit) -> None:
    found = sit("xapi")
    given = query(found)
    put_state(given, json.dumps({"a": base64.b64encode(bytes(300_000)).decode()}).encode())
    assert len(found.entries[-1].detail["body"]) < 101_000
