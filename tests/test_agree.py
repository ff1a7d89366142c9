"""What partners agreed to: kept by `scormpack agree`, and every later change told."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from paths import EVERY_BLOCK

from scormpack.blocks import Card, Notice, Prose, TrueFalse
from scormpack.cli import main
from scormpack.content.agreed import agreement, changes, pieces
from scormpack.content.load import load_module
from scormpack.content.module import Module, Page

FOLDER = Path("modules/every-block")
WORKSHOPS = """\
provenance:
  status: consulted
  workshops:
    - {number: 1, date: 2026-01-20, mode: online, partners: [{role: workers, count: 6}], facilitators: 1, purpose: To
        read it, recognition: Paid, access_help: By phone too}
    - {number: 2, date: 2026-03-20, mode: online, partners: [{role: workers, count: 6}], facilitators: 1, purpose: To
        read it again, recognition: Paid, access_help: By phone too}
"""
DAY = datetime.date(2026, 1, 20)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EVERY_BLOCK, tmp_path / "modules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # 2026-09-21
    edit(FOLDER / "module.yaml", "provenance: {status: editorial}\n", WORKSHOPS)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def agree(number: int = 1, *more: str) -> Result:
    return run("agree", "every-block", "--workshop", str(number), *more)


def drift() -> list[str]:
    """What `scormpack validate` says of the text that partners have not seen."""
    lines = run("validate").stderr.splitlines()
    return [line.replace("\x1b[33m", "").replace("\x1b[0m", "") for line in lines if "PRO-04" in line]


# The command


def test_the_first_agreement_is_written() -> None:
    result = agree()
    count = len(list(pieces(load_module(FOLDER))))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "This is the first agreement on this module.",
        f"modules/every-block/agreed.yaml written: {count} texts, agreed to in workshop 1 on 2026-01-20.",
    ]
    assert drift() == []


def test_the_file_says_what_it_is_and_loads_back_equal() -> None:
    module = load_module(FOLDER)
    agree()
    lines = (FOLDER / "agreed.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# What partners agreed to")
    assert "by hand" in lines[1]
    assert lines[2:5] == ["workshop: 1", "date: 2026-01-20", "version: 1.2.3"]
    assert load_module(FOLDER).agreed == agreement(module, 1, DAY)


def test_to_agree_again_changes_nothing() -> None:
    agree()
    before = (FOLDER / "agreed.yaml").read_bytes()
    result = agree()
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Nothing has changed since workshop 1 on 2026-01-20.",
        "This agreement is already recorded. Nothing was written.",
    ]
    assert (FOLDER / "agreed.yaml").read_bytes() == before


def test_a_later_workshop_replaces_it_and_is_told_what_changed() -> None:
    agree()
    edit(FOLDER / "pages" / "start.md", "Hello.", "Welcome.")
    result = agree(2)
    assert result.stdout.splitlines()[:2] == [
        "modules/every-block/pages/start.md:3:1: `start/prose/text` has changed",
        "1 change since workshop 1 on 2026-01-20.",
    ]
    assert result.stdout.endswith("agreed to in workshop 2 on 2026-03-20.\n")
    assert drift() == []


def test_a_dry_run_writes_nothing() -> None:
    result = agree(1, "--dry-run")
    assert result.exit_code == 0
    assert "modules/every-block/agreed.yaml would be written: " in result.stdout
    assert not (FOLDER / "agreed.yaml").exists()


def test_a_workshop_that_is_not_on_record() -> None:
    result = agree(7)
    assert (result.exit_code, result.stdout) == (2, "")
    said = " ".join(result.stderr.split())
    assert "Workshop 7 is not recorded." in said
    assert "Recorded so far: 1 (2026-01-20), 2 (2026-03-20)." in said
    assert not (FOLDER / "agreed.yaml").exists()


def test_no_workshop_on_record() -> None:
    edit(FOLDER / "module.yaml", WORKSHOPS, "provenance: {status: editorial}\n")
    assert "Recorded so far: none." in " ".join(agree().stderr.split())


def test_a_workshop_that_is_still_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1770000000")  # 2026-02-02
    result = agree(2)
    assert result.exit_code == 2
    assert "still to come" in " ".join(result.stderr.split())


def test_a_module_with_mistakes_is_refused() -> None:
    edit(FOLDER / "pages" / "start.md", "# Where", "Where")
    result = agree()
    assert (result.exit_code, result.stdout) == (1, "")
    assert "FRM-08" in result.stderr
    assert result.stderr.endswith("Fix them first.\n")


def test_a_module_that_does_not_exist() -> None:
    result = run("agree", "every-blok", "--workshop", "1")
    assert result.exit_code == 2
    assert "Did you mean `every-block`?" in result.stderr


def test_a_folder_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scormpack.cli.show.write_file", full)
    result = agree()
    assert result.exit_code == 1
    assert "PKG-11: cannot be written: No space left on device" in result.stderr


# What changed, as `validate` tells it

PAGE = FOLDER / "pages" / "start.md"
SINCE = "partners have not seen this version: since workshop 1"


def test_a_sentence_that_was_changed() -> None:
    agree()
    edit(PAGE, "Hello.", "Welcome.")
    assert drift() == [f"{PAGE}:3:1: warning PRO-04: {SINCE} `start/prose/text` has changed"]


def test_white_space_is_no_change() -> None:
    agree()
    PAGE.write_text(
        PAGE.read_text(encoding="utf-8").replace(" you need", "\nyou   need").rstrip() + "\n\n\n", encoding="utf-8"
    )
    assert drift() == []


def test_a_block_that_is_new() -> None:
    agree()
    edit(
        PAGE,
        "# Where it starts\n",
        '# Where it starts\n\n```reflection\nid: new-note\nprompt: "What do you think?"\n```\n',
    )
    assert drift() == [f"{PAGE}:5:9: warning PRO-04: {SINCE} `start/new-note/prompt` is new"]


def test_a_page_that_was_removed() -> None:
    module = load_module(FOLDER)
    lost = [piece.name for piece in pieces(module) if piece.name.startswith("the-end/")]
    agree()
    edit(FOLDER / "module.yaml", ", the-end]", "]")
    found = drift()
    assert len(found) == len(lost)
    assert all(line.startswith("modules/every-block/module.yaml:") and "was removed" in line for line in found)


def test_a_page_that_was_moved() -> None:
    agree()
    edit(FOLDER / "module.yaml", "story, to-keep", "to-keep, story")
    (line,) = drift()
    assert line.endswith("the pages come in another order")


# Pieces and changes, without files


STEPS = ("Call.", "Wait.", "Write.")


def page(*blocks: Any, name: str = "one") -> Page:
    return Page(id=name, title="A page", blocks=blocks)


def prose(text: str) -> Prose:
    return Prose(type="prose", text=text)


def card(name: str, *steps: str) -> Card:
    return Card(type="card", id=name, title="A card", front="What if?", steps=steps)


@pytest.fixture(scope="module")
def whole() -> Module:
    return load_module(EVERY_BLOCK / "every-block")


def module_of(whole: Module, *pages: Page) -> Module:
    return whole.model_copy(update={"pages": pages})


def told(whole: Module, before: tuple[Page, ...], after: tuple[Page, ...]) -> list[str]:
    agreed = agreement(module_of(whole, *before), 1, DAY)
    return [what for _, what in changes(module_of(whole, *after), agreed)]


def test_prose_that_is_put_first_leaves_the_rest_as_it_was(whole: Module) -> None:
    rest = [prose(text) for text in ("One.", "Two.", "Three.")]
    assert told(whole, (page(*rest),), (page(prose("New."), *rest),)) == ["`one/prose/text` is new"]
    assert told(whole, (page(prose("Old."), *rest),), (page(*rest),)) == ["`one/prose/text` was removed"]


def test_prose_that_moved(whole: Module) -> None:
    one, two, three = (prose(text) for text in ("One.", "Two.", "Three."))
    assert told(whole, (page(one, two, three),), (page(two, three, one),)) == ["`one/prose/text#3` has moved"]


def test_steps_that_changed_places_are_a_change(whole: Module) -> None:
    before, after = card("first", *STEPS), card("first", *STEPS[1::-1], *STEPS[2:])
    assert len(told(whole, (page(before),), (page(after),))) == 2


def test_blocks_that_changed_places_on_their_page(whole: Module) -> None:
    one, two = card("first", *STEPS), card("second", *STEPS)
    assert told(whole, (page(one, two),), (page(two, one),)) == ["the parts of `one` come in another order"]


def test_another_right_answer_is_a_change(whole: Module) -> None:
    question = next(whole.blocks(TrueFalse))
    other = question.model_copy(update={"answer": not question.answer})
    assert told(whole, (page(question),), (page(other),)) == [f"`one/{question.id}/right-answer` has changed"]


def test_what_the_library_shares_is_not_covered(whole: Module) -> None:
    notice = Notice(type="notice", notice="before_sensitive")
    assert [piece.name for piece in pieces(module_of(whole, page(notice)))][-1] == "one/title"


WORDS = st.sampled_from(["Call.", "Wait.", "Write it down.", "Be kind."]) | st.text("abc ", min_size=1).map(
    lambda text: f"x{text}"
)
BLOCKS = st.lists(WORDS, min_size=1, max_size=6).map(lambda texts: tuple(prose(text) for text in texts))
PAGES = st.lists(BLOCKS, min_size=1, max_size=3).map(
    lambda found: tuple(page(*blocks, name=f"page-{number}") for number, blocks in enumerate(found))
)


@given(pages=PAGES)
def test_nothing_has_changed_in_what_was_agreed_to_just_now(whole: Module, pages: tuple[Page, ...]) -> None:
    assert told(whole, pages, pages) == []


def placed(pages: tuple[Page, ...]) -> Iterator[tuple[int, int]]:
    return ((p, b) for p, each in enumerate(pages) for b in range(len(each.blocks)))


@given(data=st.data(), pages=PAGES, text=WORDS)
def test_one_text_that_changed_is_one_change(
    whole: Module, data: st.DataObject, pages: tuple[Page, ...], text: str
) -> None:
    p, b = data.draw(st.sampled_from(list(placed(pages))))
    blocks = list(pages[p].blocks)
    changed = blocks[b]
    assert isinstance(changed, Prose)
    same = text.split() == changed.text.split()
    blocks[b] = prose(text)
    after = (*pages[:p], page(*blocks, name=pages[p].id), *pages[p + 1 :])
    assert len(told(whole, pages, after)) == (0 if same else 1)


@given(data=st.data(), pages=PAGES, text=WORDS)
def test_one_text_that_is_put_in_is_one_change(
    whole: Module, data: st.DataObject, pages: tuple[Page, ...], text: str
) -> None:
    p, b = data.draw(st.sampled_from(list(placed(pages))))
    blocks = list(pages[p].blocks)
    blocks.insert(b, prose(text))
    after = (*pages[:p], page(*blocks, name=pages[p].id), *pages[p + 1 :])
    (what,) = told(whole, pages, after)
    assert what.endswith("is new")
