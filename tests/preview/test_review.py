"""What reviewers say in the preview: kept in a file of people, whatever is in it and whoever else writes."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from paths import EVERY_BLOCK

from scormpack.content.load import load_module
from scormpack.content.review import MOST_COMMENTS, Comment, Review
from scormpack.diagnostics import ContentError
from scormpack.preview.review import Remark, add, blocks, comments, resolve
from scormpack.source.node import read_model
from scormpack.source.signs import UNUSABLE

DAY = datetime.date(2026, 1, 31)
LATER = datetime.date(2026, 2, 2)
ABOUT = """\
# What reviewers say about this module. Nothing of it gets into a package.
# `scormpack preview --review` adds to it, and you may edit it.
"""
BY_HAND = """\
# Ours. Ask Kim before you delete anything.
comments:

    # From the meeting in January:
    - name: Grace Adeyemi   # the nurse
      date: 2026-01-20
      block: start
      text: >
        Say who is speaking;
        a name is enough.

    - date: "2026-01-21"
      resolved_on: 2026-01-22  # done
      name: Kim
      text: "Too long"
      # Is it?
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A module that nobody has commented on."""
    shutil.copytree(EVERY_BLOCK, tmp_path / "modules")
    (tmp_path / "modules" / "every-block" / "review.yaml").unlink()
    return tmp_path / "modules" / "every-block"


def remark(text: str = "Good.", name: str = "Grace Adeyemi", block: str = "", quote: str = "") -> Remark:
    return Remark(name, block, quote, text)


def text_of(folder: Path) -> str:
    return (folder / "review.yaml").read_text(encoding="utf-8")


def kept(folder: Path) -> tuple[Comment, ...]:
    return load_module(folder).review.comments


def refused(folder: Path, made: Remark) -> list[tuple[str, str]]:
    with pytest.raises(ContentError) as error:
        add(folder, made, DAY)
    return [(each.code, each.message) for each in error.value.diagnostics]


# What the preview's page is told


def test_what_can_be_commented_on(folder: Path) -> None:
    found = blocks(load_module(folder))
    assert found[:3] == [
        {"page": "", "pageTitle": "", "id": "", "says": "Every block & “every” kind"},
        {"page": "start", "pageTitle": "Where it starts", "id": "start", "says": "Where it starts"},
        {
            "page": "start",
            "pageTitle": "Where it starts",
            "id": "start",
            "says": "Hello. If you need help, call … or ….",
        },
    ]


def test_each_of_them_can_be_commented_on(folder: Path) -> None:
    found = blocks(load_module(folder))
    for number, each in enumerate(found):
        add(folder, remark(f"Number {number}.", block=each["id"], quote=each["says"]), DAY)
    told = comments(load_module(folder))
    assert [(each["page"], each["block"], each["quote"]) for each in told] == [
        (each["page"], each["id"], each["says"]) for each in found
    ]
    assert not any(each["gone"] or each["changed"] or each["resolved"] for each in told)


def test_what_is_told_of_comments(folder: Path) -> None:
    first = add(folder, remark("Say\nwho.", block="start", quote="Hello."), DAY)
    second = add(folder, remark("Old.", "Kim", "first-card", "It was here."), DAY)
    third = add(folder, remark("Other.", "Kim", "start", "Hello. If you need a break, call … or …."), DAY)
    resolve(folder, second, LATER)
    told = comments(load_module(folder))
    assert told[0] == {
        "id": first,
        "block": "start",
        "page": "start",
        "name": "Grace Adeyemi",
        "date": "2026-01-31",
        "text": "Say\nwho.",
        "resolved": False,
        "quote": "Hello.",
        "gone": False,
        "changed": False,
    }
    parts = ("id", "page", "resolved", "gone", "changed")
    assert [[each[part] for part in parts] for each in told[1:]] == [
        [second, "", True, True, False],
        [third, "start", False, False, True],
    ]


# The file


def test_the_first_comments(folder: Path) -> None:
    add(folder, remark("Say **who** is speaking: a name is enough. #1", block="start", quote=" Hello. "), DAY)
    add(folder, remark("Too long.\r\n\r\n- One page will do.\x0bReally.", "  Kim\tof the\nhospice "), DAY)
    assert text_of(folder) == ABOUT + (
        "comments:\n"
        "  - name: Grace Adeyemi\n"
        "    date: 2026-01-31\n"
        "    block: start\n"
        "    quote: Hello.\n"
        "    text: 'Say **who** is speaking: a name is enough. #1'\n"
        "  - name: Kim of the hospice\n"
        "    date: 2026-01-31\n"
        "    text: |-\n"
        "      Too long.\n"
        "\n"
        "      - One page will do.\n"
        "      Really.\n"
    )


def test_a_comment_is_resolved_and_opened_again(folder: Path) -> None:
    one, two = (add(folder, remark(text), DAY) for text in ("One.", "Two."))
    before = text_of(folder)
    resolve(folder, two, LATER)
    assert text_of(folder) == before.replace("\n    text: Two.", "\n    resolved_on: 2026-02-02\n    text: Two.")
    resolve(folder, one, LATER)
    resolve(folder, one, LATER + datetime.timedelta(days=1))
    assert [each.resolved_on for each in kept(folder)] == [LATER, LATER]
    resolve(folder, one, None)
    resolve(folder, two, None)
    resolve(folder, two, None)
    assert text_of(folder) == before


def test_what_people_wrote_stays_as_it_is(folder: Path) -> None:
    (folder / "review.yaml").write_text(BY_HAND, encoding="utf-8")
    new = add(folder, remark(), DAY)
    entry = "    - name: Grace Adeyemi\n      date: 2026-01-31\n      text: Good.\n"
    assert text_of(folder) == BY_HAND + entry
    first = comments(load_module(folder))[0]["id"]
    resolve(folder, first, LATER)
    resolve(folder, new, LATER)
    done = "      resolved_on: 2026-02-02\n"
    assert text_of(folder) == (
        BY_HAND.replace("2026-01-20\n", f"2026-01-20\n{done}") + entry.replace("31\n", f"31\n{done}")
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("# Ours\ncomments: [{name: A, date: 2026-01-20, text: B}]\n", 1),
        ("# Ours\ncomments: []\n", 0),
        ("# Ours\n{}", 0),
        ("# Ours\ncomments:\n  - {name: A, date: 2026-01-20, text: B}\n...\n", 1),
        ("# Ours\ncomments:\n  -\n    name: A\n    date: 2026-01-20\n    text: B", 1),
        ("# Ours\ncomments:\n  - name: A\n    date: 2026-01-20\n    text: |+\n      B\n\n\n", 1),
        ("# Ours\r\ncomments:\r\n- name: A\r\n  date: 2026-01-20\r\n  text: B\r\n", 1),
        ("\ufeff# Ours\ncomments:\n- date: 2026-01-20\n  name: A\n  text: B\n", 1),
    ],
)
def test_any_way_to_write_takes_a_comment_and_an_answer(folder: Path, text: str, count: int) -> None:
    (folder / "review.yaml").write_bytes(text.encode())
    before = kept(folder)
    new = add(folder, remark("New."), DAY)
    assert kept(folder)[:-1] == before
    for each in [each["id"] for each in comments(load_module(folder))]:
        resolve(folder, each, LATER)
    assert [(each.text, each.resolved_on) for each in kept(folder)] == [*[("B", LATER)] * count, ("New.", LATER)]
    assert text_of(folder).startswith("# Ours\n")
    for each in [each["id"] for each in comments(load_module(folder))]:
        resolve(folder, each, None)
    assert kept(folder)[:-1] == before
    assert comments(load_module(folder))[-1]["id"] == new


def test_said_twice_it_is_kept_once(folder: Path) -> None:
    assert add(folder, remark(), DAY) == add(folder, remark(), DAY) != add(folder, remark(), LATER)
    assert len(kept(folder)) == 2


def test_what_no_comment_can_be(folder: Path) -> None:
    assert refused(folder, remark(" \n ")) == [("FRM-06", "`text`: is empty")]
    assert refused(folder, remark(name="")) == [("FRM-06", "`name`: is empty")]
    assert refused(folder, remark("x" * 2_001)) == [("FRM-06", "`text`: is longer than 2000 characters")]
    assert refused(folder, remark("A\x00B")) == [("SRC-01", "the control character U+0000 is not used here")]
    assert refused(folder, remark(name="A\x1bB")) == [("SRC-01", "the control character U+001B is not used here")]
    assert refused(folder, remark("A\ud800")) == [("SRC-01", "the control character U+D800 is not used here")]
    ((code, message),) = refused(folder, remark(block="../../x"))
    assert (code, message) == ("FRM-05", "`block`: `../../x` is not spelled as it has to be")
    assert not (folder / "review.yaml").exists()


def test_a_comment_that_nobody_made(folder: Path) -> None:
    add(folder, remark(), DAY)
    with pytest.raises(KeyError):
        resolve(folder, "nobody", DAY)


def test_a_file_with_mistakes_is_left_alone(folder: Path) -> None:
    (folder / "review.yaml").write_text("comments: [}\n", encoding="utf-8")
    ((code, _),) = refused(folder, remark())
    assert code == "SRC-01"
    assert text_of(folder) == "comments: [}\n"


def test_a_link_that_leads_out_of_the_library_is_not_followed(folder: Path) -> None:
    outside = folder.parent.parent / "outside.yaml"
    outside.write_text("comments: []\n", encoding="utf-8")
    (folder / "review.yaml").symlink_to(outside)
    ((code, _),) = refused(folder, remark())
    assert code == "SRC-05"
    assert outside.read_text(encoding="utf-8") == "comments: []\n"


def test_there_is_room_for_so_many(folder: Path) -> None:
    entry = "  - {name: A, date: 2026-01-30, text: B}\n"
    (folder / "review.yaml").write_text("comments:\n" + entry * MOST_COMMENTS, encoding="utf-8")
    assert refused(folder, remark()) == [("FRM-06", "has 200 comments already")]
    big = "  - {name: A, date: 2026-01-30, text: B}" + " " * 2_900 + "\n"
    (folder / "review.yaml").write_text("comments:\n" + big * 170, encoding="utf-8")
    assert refused(folder, remark("😀" * 2_000)) == [("SRC-06", "would be larger than 500,000 bytes")]
    assert len(kept(folder)) == 170


TEXTS = st.text(min_size=1).filter(lambda text: text.strip() and not UNUSABLE.search(text)) | st.text(
    "ab \n\t#:-'\"|>&*!%@`{}[],?\\\u202e\ufeff😀", min_size=1
).filter(str.strip)


@given(name=TEXTS.map(lambda text: text[:70]).filter(str.strip), quote=TEXTS.map(lambda text: text[:200]), text=TEXTS)
@example("- x: {a}", "<b>&amp;</b>", "--- !!python/object:os.system\n*a\n\n  - b: |\n# c\n...")
@example("no", "2026-01-30", "~")
@settings(max_examples=50)
def test_every_sign_is_kept_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, name: str, quote: str, text: str
) -> None:
    folder = tmp_path_factory.mktemp("modules") / "any"
    folder.mkdir()
    (folder / "review.yaml").write_text("comments:\n- {name: A, date: 2026-01-30, text: B}\n", encoding="utf-8")
    for _ in range(2):
        add(folder, Remark(name, "", quote, text), DAY)
    first, found = read_model(Review, folder / "review.yaml", folder.parent).comments
    assert first.text == "B"
    assert (found.name, found.quote) == (" ".join(name.split()), " ".join(quote.split()))
    assert found.text == text.replace("\r\n", "\n").replace("\r", "\n").strip()


# Several writers


def test_many_threads_lose_nothing(folder: Path) -> None:
    begin = threading.Barrier(4)
    old = add(folder, remark(), DAY)

    def write(who: int) -> None:
        begin.wait()
        for number in range(5):
            add(folder, remark(f"{who} {number}"), DAY)
            resolve(folder, old, DAY if number % 2 else None)

    threads = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    texts = [each.text for each in kept(folder)]
    assert sorted(texts) == sorted(["Good.", *(f"{who} {number}" for who in range(4) for number in range(5))])
    assert sorted(path.name for path in folder.iterdir() if "review" in path.name) == ["review.yaml"]


def test_another_process_loses_nothing(folder: Path) -> None:
    program = (
        "import datetime, sys, pathlib; from scormpack.preview.review import Remark, add\n"
        "print(flush=True); sys.stdin.readline()\n"
        "for n in range(10): add(pathlib.Path(sys.argv[1]), Remark('A', '', '', str(n)), datetime.date(2026, 1, 31))"
    )
    command = [sys.executable, "-c", program, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin
        assert other.stdout
        other.stdout.readline()
        other.stdin.write("\n")
        other.stdin.flush()
        for number in range(10):
            add(folder, remark(f"ours {number}"), DAY)
        assert other.wait() == 0
    assert len(kept(folder)) == 20


def test_a_lock_that_nobody_holds_is_in_nobodys_way(folder: Path) -> None:
    """As a preview leaves it that was killed."""
    (folder / ".review.lock").write_bytes(b"")
    add(folder, remark(), DAY)
    assert len(kept(folder)) == 1
    assert not (folder / ".review.lock").exists()
