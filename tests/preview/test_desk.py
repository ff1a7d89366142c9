"""What the preview's page asks for, and who else may not."""

from __future__ import annotations

import datetime
import gc
import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lms.client import ask
from small_library import write

from preview.client import Client
from scormpack.package import Package
from scormpack.preview import Preview
from scormpack.preview.workshop import Workshop

DAY = datetime.date(2026, 9, 20)
GUIDE = """\
purpose: To talk about it.
before: [A table.]
ground_rules: [No names.]
plans: [{minutes: 15, steps: [{minutes: 15, do: Talk.}]}]
if_this_happens: [{happens: Silence, do: Wait.}]
inclusion: [By phone too.]
after: [Ask how they are.]
adapt_online: [No cameras.]
"""
NO_ONES = "127.0.0.2"  # an address of this machine that is not the usual one, as a phone would use


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write(tmp_path / "modules")


@pytest.fixture
def preview(library: Path) -> Iterator[Preview]:
    with Preview(Workshop(library, DAY), DAY) as running:
        yield running


@pytest.fixture
def client(preview: Preview) -> Client:
    return Client(preview.address())


def surveyed(client: Client) -> dict[str, object]:
    """What the page knows of the library once everything has been looked at."""
    news = client.news()
    while not all(each["known"] for each in news["library"]["modules"]):
        news = client.news(seen=news["version"])
    library: dict[str, object] = news["library"]
    return library


def test_the_library_is_there_at_once_and_known_soon(library: Path) -> None:
    (library / "second/pages/only.md").write_text("", encoding="utf-8")
    with Preview(Workshop(library, DAY), DAY) as running:
        found = surveyed(Client(running.address()))
    assert (found["title"], found["zip"]) == ("A small library", None)
    assert found["providers"] == [{"id": "elm", "name": "=Elm Care"}, {"id": "oak", "name": "Oak Care"}]
    modules = found["modules"]
    assert isinstance(modules, list)
    assert [(each["id"], each["title"], each["minutes"], each["readable"]) for each in modules] == [
        ("first", "The first module", 10, True),
        ("second", "second", None, False),
    ]
    (finding,) = modules[1]["findings"]
    assert (finding["code"], finding["place"]["line"]) == ("FRM-08", 1)
    assert finding["reason"]


def test_a_choice_that_is_left_open_is_the_librarys_first(client: Client) -> None:
    run = client.play("first")
    shown = client.news(run)["run"]
    assert (shown["id"], shown["kind"], shown["title"], shown["version"]) == (
        run,
        "scorm12",
        "The first module",
        "1.0.0",
    )
    assert client.play("first", provider="elm", target="scorm12") == run
    assert client.play("first", provider="oak") != run
    assert client.play("first", learner="Another") != run


def test_a_save_is_shown(client: Client, preview: Preview, library: Path) -> None:
    run = client.play("first", target="web")
    shown = client.news(run)["run"]
    (library / "first/pages/only.md").write_text(
        "# Only a page\n\nOther words. Talk to {local:debrief_contact}.\n", encoding="utf-8"
    )
    again = client.wait_for_another(run, shown["stamp"])
    assert (again["url"], again["stale"]) == (shown["url"], False)
    assert b"Other words." in ask(f"{preview.stage.origin}/{run}/course/index.html").body


def test_there_is_a_new_stamp_once_there_are_the_new_files(
    preview: Preview, client: Client, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page asks for the files as soon as it sees the stamp."""
    playing = preview.stage.runs[client.play("first", target="web")]
    assert playing.run is not None
    old, move_in = playing.stamp, playing.run.replace
    stamps: list[str] = []

    def see(package: Package) -> None:
        stamps.append(playing.stamp)
        move_in(package)

    monkeypatch.setattr(playing.run, "replace", see)
    (library / "first/pages/only.md").write_text("# Only a page\n\nTalk to {local:debrief_contact}.\n")
    client.wait_for_another(playing.id, old)
    assert stamps[:1] == [old]


def resident() -> float:
    """The memory of this process, in megabytes."""
    gc.collect()
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1000


def launched(platform: Client, run: str) -> str:
    """What a browser does that is shown a course: it opens it, and tells what it says and saves. The first page."""
    platform.get(f"{run}/")
    told = platform.post(f"{run}/launch").json
    visit = f"by={told['by']}&session={told['session']}"
    begin = {"method": "LMSInitialize", "arguments": [""], "argument_types": ["string"], "result": "true"}
    platform.post(f"{run}/calls?{visit}", {"first": 0, "calls": [{**begin, "error": 0, "at": 1}], "over": True})
    platform.post(f"{run}/record?{visit}", {"cmi.suspend_data": "x" * 400})
    return platform.get(f"{run}/{told['course']}").body.decode()


@pytest.mark.slow
@pytest.mark.long
def test_two_hundred_saves_leave_nothing_behind(client: Client, preview: Preview, library: Path) -> None:
    """The browser's part: `test_in_browser.py`, where one frame is left of several."""
    run = client.play("first", target="scorm12")
    shown = client.news(run)["run"]
    platform = Client(preview.stage.origin)
    sizes = []
    for number in range(200):
        words = f"# Only a page\n\nSave {number}. Talk to {{local:debrief_contact}}.\n"
        (library / "first/pages/only.md").write_text(words, encoding="utf-8")
        shown = client.wait_for_another(run, shown["stamp"])
        assert f"Save {number}." in launched(platform, run)
        if number % 50 == 49:
            sizes.append(resident())
    assert sizes[-1] - sizes[0] < 20, sizes


def test_another_look_is_the_same_learner_with_another_stamp(client: Client) -> None:
    run = client.play("first")
    stamp = client.news(run)["run"]["stamp"]
    assert client.play("first", appearance={"scheme": "dark"}) == run
    assert client.news(run)["run"]["stamp"] != stamp


def test_news_wait_until_something_happens(preview: Preview, client: Client) -> None:
    surveyed(client)
    seen = client.news()["version"]
    threading.Timer(0.2, preview.stage.news.tell).start()
    assert client.news(seen=seen)["version"] == seen + 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(("", 200), ("m/first", 200), ("desk.js", 200), ("desk.css", 200), ("zip", 200)),
        *(
            ("library.yaml", 404),
            ("../pyproject.toml", 404),
            ("%2e%2e/x", 404),
            ("api/other", 404),
            ("desk.html", 404),
        ),
    ],
)
def test_only_what_is_named_is_served(client: Client, path: str, status: int) -> None:
    assert client.get(path).status == status


def test_the_page_may_load_nothing_from_elsewhere(client: Client, preview: Preview) -> None:
    said = client.get("m/first")
    policy = said.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert f"frame-src {preview.stage.origin};" in policy
    assert said.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}, 403),
        ({"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"}, 200),
    ],
)
def test_no_other_page_changes_anything(client: Client, headers: dict[str, str], status: int) -> None:
    assert client.post("api/runs", {"subject": "first"}, **headers).status == status


def test_no_other_page_reads_anything(client: Client) -> None:
    for site in ("cross-site", "same-site"):  # a course of the preview is the same site
        assert client.get("api/news?seen=0", Sec_Fetch_Site=site, Sec_Fetch_Mode="cors").status == 403
        assert client.get("", Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate").status == 200
    assert client.get("", Host="evil.example").status == 421


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("api/runs", b"{", 400),
        ("api/runs", b"[]", 400),
        ("api/runs", b"[" * 15_000, 400),
        ("api/runs", b" " * 20_001, 413),
        ("api/runs", {"subject": 1}, 400),
        ("api/runs", {"subject": "a" * 81}, 400),
        ("api/runs", {"subject": "first", "learner": "a\nb"}, 400),
        ("api/runs", {"subject": "first", "mode": "wild"}, 400),
        ("api/runs", {"subject": "../first"}, 200),  # of which there is none: its findings say so
        ("api/runs/none/forget", {}, 404),
        ("api/runs/none/trouble", {"name": "offline", "on": True}, 404),
        ("api/review/first", {"block": "a", "text": "b", "name": "c"}, 403),
        ("m/first", {}, 405),
    ],
)
def test_what_makes_no_sense_is_refused(client: Client, path: str, body: object, status: int) -> None:
    assert client.post(path, body).status == status
    assert client.news()["version"] >= 1


def test_a_run_cannot_be_guessed_and_leads_nowhere_else(client: Client, preview: Preview) -> None:
    run = client.play("first", target="web")
    origin = preview.stage.origin
    assert ask(f"{origin}/{run}/course/index.html").status == 200
    for path in ("", "x", "x/course/index.html", f"{run}/course/../../../etc/passwd", f"{run}/beside/none"):
        assert ask(f"{origin}/{path}").status == 404


def test_the_guide_is_served_beside_the_course(client: Client, library: Path) -> None:
    run = client.play("first")
    shown = client.news(run)["run"]
    assert shown["guide"] is None
    (library / "first/facilitator.yaml").write_text(GUIDE, encoding="utf-8")
    again = client.wait_for_another(run, shown["stamp"])
    assert b"To talk about it." in ask(again["guide"]).body


def test_progress_outlives_a_restart(library: Path, tmp_path: Path) -> None:
    file = tmp_path / "cache" / "progress.json"
    with Preview(Workshop(library, DAY), DAY, progress=file) as first:
        ports = urlsplit(first.address()).port, urlsplit(first.stage.origin).port
    assert json.loads(file.read_bytes())["ports"] == list(ports)
    with Preview(Workshop(library, DAY), DAY, progress=file) as second:
        assert (urlsplit(second.address()).port, urlsplit(second.stage.origin).port) == ports
        with Preview(Workshop(library, DAY), DAY, progress=file) as third:  # at the same time
            assert urlsplit(third.address()).port not in ports
            assert Client(third.address()).get("").status == 200


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"ports": "none"}', b'{"ports": [0, 99999999]}', b"\xff"])
def test_a_damaged_file_of_progress_is_none(library: Path, tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "progress.json"
    file.write_bytes(damage)
    with Preview(Workshop(library, DAY), DAY, progress=file) as running:
        assert Client(running.address()).get("").status == 200


def test_from_outside_a_token_opens_it_once_for_one_browser(library: Path) -> None:
    addresses: list[str] = []
    with Preview(Workshop(library, DAY), DAY, host=NO_ONES, opened=addresses.append) as running:
        address = running.address("m/first")
        client = Client(address)
        origin = running.stage.origin
        for path in ("", "desk.js", "api/news?seen=0", "m/first", "?token=", "?token=wrong", "?token=%C3%A9"):
            assert client.get(path).status == 403
        assert client.post("api/runs", {"subject": "first"}).status == 403
        assert ask(f"{origin}/any/course/index.html").status == 403

        path = address.removeprefix(client.origin + "/")
        said = client.get(path)
        assert (said.status, said.headers["Location"]) == (303, "/m/first")
        cookie = said.headers["Set-Cookie"]
        assert cookie.endswith("; HttpOnly; SameSite=Strict; Path=/")
        assert client.get(path).status == 403  # it was used

        client.headers["Cookie"] = cookie.partition(";")[0]
        assert client.get("m/first").status == 200
        run = client.play("first", target="web")
        assert ask(f"{origin}/{run}/course/index.html").status == 403
        assert ask(f"{origin}/{run}/course/index.html", headers=client.headers).status == 200
        assert Client(addresses[0]).get(addresses[0].removeprefix(client.origin + "/")).status == 303
        assert client.get("", Cookie="scormpack=wrong").status == 403
        assert client.get("", Cookie=";;=\x80").status == 403


def test_an_open_wait_does_not_keep_it_from_ending(library: Path) -> None:
    before = threading.active_count()
    with Preview(Workshop(library, DAY), DAY) as running:
        client = Client(running.address())
        surveyed(client)
        connection = http.client.HTTPConnection(client.origin.removeprefix("http://"), timeout=10)
        connection.request("GET", f"/api/news?seen={client.news()['version']}")
    assert threading.active_count() == before
    connection.close()


def test_a_reviewer_comments_at_a_block_and_somebody_sees_to_it(library: Path) -> None:
    with Preview(Workshop(library, DAY), DAY, may_review=True) as running:
        client = Client(running.address())
        run = client.play("first")
        shown = client.news(run)["run"]
        block = next(each for each in shown["blocks"] if each["id"] == "a-card")
        remark = {"block": block["id"], "quote": block["says"], "name": "Ann", "text": "<b>Who</b> do I call?"}
        assert client.post("api/review/first", remark).status == 200
        again = client.news(run)["run"]
        (comment,) = again["comments"]
        assert (comment["page"], comment["text"], comment["resolved"]) == ("only", "<b>Who</b> do I call?", False)
        assert again["stamp"] == shown["stamp"]  # nothing of it gets into a package
        assert client.post("api/review/first", {"id": comment["id"], "resolved": True}).status == 200
        (comment,) = client.news(run)["run"]["comments"]
        assert (comment["resolved"], comment["gone"]) == (True, False)
        for body, status in [({"id": "none", "resolved": True}, 404), ({**remark, "text": ""}, 422), ({}, 422)]:
            assert client.post("api/review/first", body).status == status
        assert client.post("api/review/third", remark).status == 404
        assert client.post("api/review/..%2Ffirst", remark).status == 404
