"""What reviewers say: read with the module, found again after edits, told by `validate`, never in a package."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from paths import EVERY_BLOCK

from scormpack.blocks import Card, KeyMessages, Notice, Prose
from scormpack.cli import main
from scormpack.content.load import load_module
from scormpack.content.module import Module, Page
from scormpack.content.review import LONGEST_QUOTE, MOST_COMMENTS, Comment, Review
from scormpack.content.reviewed import Subject, by_id, passages, subjects
from scormpack.diagnostics import ContentError

FOLDER = Path("modules/every-block")
FILE = FOLDER / "review.yaml"
DAY = datetime.date(2026, 1, 31)
OPEN = """\
comments:
  - name: Grace Adeyemi
    date: 2026-01-30
    block: start
    quote: Hello.
    text: Say **who** is speaking, {local:nobody} <b>or</b> not.
  - {name: Kim, date: 2026-01-30, text: Too long.}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EVERY_BLOCK, tmp_path / "modules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # 2026-09-21
    FILE.unlink()


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def refused(text: str) -> list[tuple[str, str, str]]:
    """What is wrong with a review.yaml of this text: code, place and message."""
    FILE.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_module(FOLDER)
    return [(each.code, str(each.place), each.message) for each in error.value.diagnostics]


# The file


def test_a_module_without_comments() -> None:
    assert load_module(FOLDER).review == Review()


def test_it_is_read_with_the_module() -> None:
    FILE.write_text(OPEN, encoding="utf-8")
    first, second = load_module(FOLDER).review.comments
    assert (first.name, first.date, first.block, first.quote) == (
        "Grace Adeyemi",
        DAY.replace(day=30),
        "start",
        "Hello.",
    )
    assert (second.block, second.quote, second.text, second.resolved_on) == (None, "", "Too long.", None)
    assert str(first.place("text")) == "every-block/review.yaml:6:11"


def test_it_has_a_file_of_its_own() -> None:
    with (FOLDER / "module.yaml").open("a", encoding="utf-8") as file:
        file.write("review: {comments: []}\n")
    with pytest.raises(ContentError) as error:
        load_module(FOLDER)
    (found,) = error.value.diagnostics
    assert (found.code, found.message) == ("FRM-02", "`review` has a file of its own")
    assert found.hint == "Write comments into `every-block/review.yaml`."


@pytest.mark.parametrize(
    ("entry", "code", "place", "message"),
    [
        ("name: A, date: 2026-01-30", "FRM-01", "2:5", "`comments[1].text`: is missing"),
        ("name: A, date: 2026-01-30, text: ''", "FRM-06", "2:39", "`comments[1].text`: is empty"),
        (f"name: {'x' * 71}, date: 2026-01-30, text: B", "FRM-06", "2:12", "is longer than 70 characters"),
        (f"name: A, date: 2026-01-30, text: {'x' * 2_001}", "FRM-06", "2:39", "is longer than 2000 characters"),
        (
            f"name: A, date: 2026-01-30, quote: {'x' * 201}, text: B",
            "FRM-06",
            "2:40",
            "is longer than 200 characters",
        ),
        ('name: "A\\nB", date: 2026-01-30, text: B', "FRM-05", "2:12", "is not spelled as it has to be"),
        ("name: A, date: 30 January, text: B", "FRM-03", "2:21", "has to be a date such as 2026-11-30"),
        ("name: A, date: 2026-01-30, text: B, block: Hi there", "FRM-05", "2:49", "is not spelled as it has to be"),
        ('name: A, date: 2026-01-30, text: "B\\x07"', "SRC-01", "2:39", "control characters are not used here"),
        ("name: A, date: 2026-01-30, text: B\x07", "SRC-01", "2:40", "the control character U+0007 is not used here"),
        ("name: A, date: 2026-01-30, text: B, email: a@b.c", "FRM-02", "2:42", "no such field"),
    ],
)
def test_what_a_comment_cannot_be(entry: str, code: str, place: str, message: str) -> None:
    ((found, where, said),) = refused(f"comments:\n  - {{{entry}}}\n")
    assert (found, where) == (code, f"every-block/review.yaml:{place}")
    assert message in said


def test_how_many_there_can_be() -> None:
    entry = "  - {name: A, date: 2026-01-30, text: B}\n"
    FILE.write_text("comments:\n" + entry * MOST_COMMENTS, encoding="utf-8")
    assert len(load_module(FOLDER).review.comments) == MOST_COMMENTS
    ((code, _, message),) = refused("comments:\n" + entry * (MOST_COMMENTS + 1))
    assert (code, message) == ("FRM-06", "`comments`: takes at most 200, has 201")


# The commands


def test_validate_shows_comments_with_all() -> None:
    FILE.write_text(OPEN, encoding="utf-8")
    start = "modules/every-block/review.yaml"
    result = run("validate", "--all")
    assert result.exit_code == 0
    assert [line for line in result.stderr.splitlines() if "REV-" in line] == [
        f"{start}:6:11: info REV-01: Grace Adeyemi, 2026-01-30, on every-block/pages/start.md:3: "
        "Say **who** is speaking, {local:nobody} <b>or</b> not.",
        f"{start}:7:41: info REV-01: Kim, 2026-01-30, on every-block/module.yaml:1: Too long.",
    ]
    less = run("validate").stderr
    assert "REV-" not in less
    assert less.endswith("`--all` shows what is left to do before release: 2 notes.\n")


def test_a_comment_is_told_at_once_and_its_answer_too() -> None:
    assert "note" not in run("validate").stderr
    FILE.write_text(OPEN, encoding="utf-8")
    assert "2 notes" in run("validate").stderr
    FILE.write_text(OPEN.replace("date: 2026-01-30,", "date: 2026-01-30, resolved_on: 2026-01-31,"), encoding="utf-8")
    assert "1 note." in run("validate").stderr


def test_list_counts_what_is_open() -> None:
    assert "comment" not in run("list").stdout
    FILE.write_text(OPEN, encoding="utf-8")
    assert "\n      2 open comments\n" in run("list").stdout
    (module,) = json.loads(run("list", "--format", "json").stdout)["modules"]
    assert module["comments"] == 2


def built() -> dict[str, bytes]:
    result = run("build", "--overdue", "--strict")
    assert result.exit_code == 0, result.stderr
    return {str(path): path.read_bytes() for path in Path("build").rglob("*.zip")}


@pytest.mark.slow
def test_nothing_of_it_gets_into_a_package() -> None:
    before = built()
    FILE.write_text(OPEN, encoding="utf-8")
    assert built() == before
    assert len(before) == 6
    shutil.rmtree("build")
    assert built() == before


# What a comment is about


def page(*blocks: Any, name: str = "one", title: str = "A page") -> Page:
    return Page(id=name, title=title, blocks=blocks)


def prose(text: str) -> Prose:
    return Prose(type="prose", text=text)


def card(name: str, front: str = "What if she asks?") -> Card:
    return Card(type="card", id=name, title="A card", front=front, steps=("Sit down.", "Listen.", "Call."))


HELLO = "Put your **bag** down first. Say her name, and then say yours."
PLAIN = "Put your bag down first. Say her name, and then say yours."
WAIT = "Then wait. A pause is kind, and nobody is in a hurry."


@pytest.fixture(scope="module")
def whole() -> Module:
    return load_module(EVERY_BLOCK / "every-block")


def module_of(whole: Module, *pages: Page) -> Module:
    return whole.model_copy(update={"pages": pages})


def comment(block: str | None = None, quote: str = "", text: str = "Good.") -> Comment:
    return Comment.model_validate({"name": "Kim", "date": DAY, "block": block or None, "quote": quote, "text": text})


def about(module: Module, *found: Comment) -> list[tuple[str, str, bool] | None]:
    """What the comments are about: the page, the beginning of the words, and whether these are the same."""
    return [_about(subject) for _, subject in subjects(module, found)]


def _about(subject: Subject) -> tuple[str, str, bool] | None:
    if (found := subject.passage) is None:
        return None
    return found.page.id if found.page else "", found.says[:12], subject.same


def test_what_a_comment_can_be_about(whole: Module) -> None:
    blocks = (prose(f"{HELLO}\n\n- {WAIT}"), card("first"), Notice(type="notice", notice="before_sensitive"))
    made = module_of(whole, page(*blocks, prose("Call {contact:nhs-111}.")), page(KeyMessages(), name="two"))
    assert [(each.page and each.page.id, each.name, each.says) for each in passages(made)] == [
        (None, "", whole.title),
        ("one", "one", "A page"),
        ("one", "one", PLAIN),
        ("one", "one", WAIT),
        ("one", "first", "A card What if she asks? Sit down. Listen. Call."),
        ("one", "one", "notice before sensitive"),
        ("one", "one", "Call …."),
        ("two", "two", "A page"),
        ("two", "two", "key messages"),
    ]


def test_each_paragraph_has_its_line(whole: Module) -> None:
    lines = {each.says: each.place.line for each in passages(whole) if each.page and each.page.id == "start"}
    assert lines["Where it starts"] == 1
    assert lines["Hello. If you need help, call … or …."] == 3
    assert lines["What Who Pain The nurse"] == 5


@pytest.mark.parametrize("text", ["", "word", f"{'word ' * 60}", "x" * 300])
def test_a_quote_is_the_beginning(whole: Module, text: str) -> None:
    made = module_of(whole, page(prose(f"A {text}")))
    passage = list(passages(made))[-1]
    assert len(passage.quote) <= LONGEST_QUOTE
    assert passage.says.startswith(passage.quote)
    assert not passage.quote.endswith(" wor")
    assert about(made, comment("one", passage.quote)) == [("one", passage.says[:12], True)]


def test_a_block_is_known_by_its_id_wherever_it_goes(whole: Module) -> None:
    said = comment("first", "What if she asks?")
    moved = module_of(whole, page(prose(HELLO)), page(card("first"), name="two"))
    edited = module_of(whole, page(card("first", "What if he shouts?"), prose("What if she asks?")))
    assert about(moved, said, comment("first")) == [("two", "A card What ", True)] * 2
    assert about(edited, said, comment("first")) == [("one", "A card What ", False), ("one", "A card What ", True)]


def test_a_block_that_has_gone(whole: Module) -> None:
    made = module_of(whole, page(prose(HELLO), prose("What if she asks? Then call.")))
    found = about(made, comment("first"), comment("first", "What if she asks?"), comment("first", "She weeps."))
    assert found == [None, ("one", "What if she ", True), None]


def test_a_paragraph_is_known_by_its_words(whole: Module) -> None:
    said = comment("one", PLAIN)
    here = module_of(whole, page(prose(WAIT), prose(f"New.\n\n{HELLO} And more.")))
    elsewhere = module_of(whole, page(prose(WAIT)), page(prose(HELLO), name="two"))
    renamed = module_of(whole, page(prose(WAIT), prose(HELLO), name="another"))
    marked = module_of(whole, page(prose(HELLO.replace("Say her name", "_Say her_\nname"))))
    assert about(here, said) == about(marked, said) == [("one", "Put your bag", True)]
    assert about(elsewhere, said) == [("two", "Put your bag", True)]
    assert about(renamed, said) == [("another", "Put your bag", True)]


def test_a_paragraph_that_was_edited(whole: Module) -> None:
    said = comment("one", PLAIN)
    edited = "Put your coat down first. Say his name, then say yours."
    assert about(module_of(whole, page(prose(WAIT), prose(edited))), said) == [("one", "Put your coa", False)]
    moved = module_of(whole, page(prose(WAIT)), page(prose(edited), name="two"))
    assert about(moved, said) == [("two", "Put your coa", False)]


def test_a_paragraph_that_has_gone(whole: Module) -> None:
    assert about(module_of(whole, page(prose(WAIT), card("first"))), comment("one", PLAIN)) == [None]


def test_a_page_and_the_module_as_a_whole(whole: Module) -> None:
    made = module_of(whole, page(prose(HELLO)))
    found = about(made, comment(), comment("", whole.title), comment("", "Old title"), comment("one"), comment("nix"))
    title = whole.title[:12]
    assert found == [("", title, True), ("", title, True), ("", title, False), ("one", "A page", True), None]


TEXTS = st.lists(st.text("abcd ,.", min_size=1).map(lambda text: f"x{text}x"), min_size=1, max_size=5)


@given(data=st.data(), before=TEXTS, more=TEXTS)
def test_words_that_stand_somewhere_are_found(
    whole: Module, data: st.DataObject, before: Sequence[str], more: Sequence[str]
) -> None:
    made = module_of(whole, page(*map(prose, before)))
    chosen = data.draw(st.sampled_from(list(passages(made))[2:]))
    texts = data.draw(st.permutations([*before, *more]))
    pages = (page(prose(text), name=f"page-{number}") for number, text in enumerate(texts))
    ((_, (found, same)),) = subjects(module_of(whole, *pages), [comment(chosen.name, chosen.quote)])
    assert found
    assert same
    assert chosen.quote in found.says


def test_the_id_of_a_comment_stays() -> None:
    one, two = comment(text="One."), comment(text="Two.")
    first, second = by_id([one, two])
    assert list(by_id([comment(text="New."), two.model_copy(update={"resolved_on": DAY})]))[1] == second
    assert list(by_id([one, one, two])) == [first, f"{first}-2", second]
