"""What has changed is read and made again, and nothing else; what is broken leaves the last good course."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from paths import SAMPLE
from small_library import write

from scormpack.batch import plan, validate_all
from scormpack.content.load import load_library
from scormpack.preview.made import Made
from scormpack.preview.workshop import Choice, Workshop

DAY = datetime.date(2026, 9, 20)
FIRST, SECOND = Choice("first", "oak", "scorm12"), Choice("second", "oak", "scorm12")
PAGE = Path("first/pages/only.md")
WORDS = "# Only a page\n\n{} Talk to {{local:debrief_contact}}.\n"


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(write(tmp_path / "modules"), DAY)


def save(shop: Workshop, path: Path | str, text: str) -> None:
    """Write a file of the library, as an editor does."""
    file = shop.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    shop.changed([Path(path)])


def says(made: Made) -> str:
    """The page of a course."""
    assert made.package is not None
    page = made.package.find("index.html")
    assert page is not None
    return page.data.decode()


def codes(made: Made) -> list[str]:
    return [finding.code for finding in made.findings if finding.severity == "error"]


def test_a_save_makes_that_module_again_and_no_other(shop: Workshop) -> None:
    first, second, library = shop.make(FIRST), shop.make(SECOND), shop.library
    save(shop, PAGE, WORDS.format("Other words."))
    again = shop.make(FIRST)
    assert "Other words." in says(again)
    assert again.stamp != first.stamp
    assert shop.make(SECOND).package is second.package
    assert shop.library is library


def test_a_file_that_is_saved_as_it_was_changes_nothing(shop: Workshop) -> None:
    first = shop.make(FIRST)
    save(shop, PAGE, (shop.root / PAGE).read_text(encoding="utf-8"))
    assert shop.make(FIRST) == first


def test_a_broken_save_leaves_the_last_good_course(shop: Workshop) -> None:
    good = shop.make(FIRST)
    assert not good.stale
    save(shop, PAGE, "# Only a page\n\n```card\nid: [\n```\n")
    broken = shop.make(FIRST)
    assert (broken.package, broken.stamp, broken.stale) == (good.package, good.stamp, True)
    assert codes(broken) == ["SRC-01"]
    assert [str(each.place) for each in broken.findings if each.severity == "error"] == ["first/pages/only.md:5:1"]
    save(shop, PAGE, WORDS.format("Mended."))
    mended = shop.make(FIRST)
    assert "Mended." in says(mended)
    assert (mended.stale, codes(mended)) == (False, codes(good))


def test_a_module_that_was_never_good_has_findings_and_no_course(shop: Workshop) -> None:
    save(shop, PAGE, "")
    made = shop.make(FIRST)
    assert (made.package, made.title) == (None, "first")
    assert codes(made)


def test_a_module_that_is_not_there_is_told(shop: Workshop) -> None:
    made = shop.make(Choice("third", "oak", "web"))
    assert (made.package, codes(made)) == (None, ["LNK-01"])


def test_modules_come_and_go(shop: Workshop) -> None:
    assert [each.id for each in shop.modules()] == ["first", "second"]
    shutil.copytree(shop.root / "first", shop.root / "third")
    module = shop.root / "third/module.yaml"
    module.write_text(module.read_text(encoding="utf-8").replace("id: first", "id: third", 1), encoding="utf-8")
    shop.changed([Path("third"), Path("third/module.yaml")])
    assert [each.id for each in shop.modules()] == ["first", "second", "third"]
    assert "Only a page" in says(shop.make(Choice("third", "oak", "web")))
    shutil.rmtree(shop.root / "first")
    shop.changed([Path("first")])
    assert [each.id for each in shop.modules()] == ["second", "third"]


def test_what_all_modules_share_counts(shop: Workshop) -> None:
    assert "01632 960000" in says(shop.make(FIRST))
    save(shop, "providers/oak.yaml", 'id: oak\nname: Oak Tree\nlocal: {office_phone: "01632 960111"}\n')
    page = says(shop.make(FIRST))
    assert ("Oak Tree" in page, "01632 960111" in page, "01632 960000" in page) == (True, True, False)
    assert [each.name for each in shop.providers] == ["=Elm Care", "Oak Tree"]


def test_a_broken_library_leaves_what_could_be_read(shop: Workshop) -> None:
    good = shop.make(FIRST)
    save(shop, "contacts.yaml", "contacts: [\n")
    broken = shop.make(FIRST)
    assert (broken.stamp, broken.stale, codes(broken)) == (good.stamp, True, ["SRC-01", *codes(good)])
    assert [each.id for each in shop.modules()] == ["first", "second"]
    assert [finding.code for finding in shop.findings] == ["SRC-01"]


def test_there_may_be_no_library_yet(tmp_path: Path) -> None:
    shop = Workshop(tmp_path / "nothing", DAY)
    assert (shop.modules(), shop.providers, shop.title) == ([], (), "nothing")
    assert [finding.code for finding in shop.findings] == ["SRC-04"]
    write(tmp_path / "nothing")
    shop.changed([Path("library.yaml")])
    assert shop.title == "A small library"


def test_a_picture_makes_those_modules_again_that_show_it(tmp_path: Path) -> None:
    root = tmp_path / "modules"
    shutil.copytree(SAMPLE, root)
    shop = Workshop(root, DAY)
    shows, other = (Choice(name, shop.providers[0].id, "web") for name in ("may-have-died", "your-role"))
    before, beside = shop.make(shows), shop.make(other)
    picture = Path("media/three-questions.svg")
    save(shop, picture, (root / picture).read_text(encoding="utf-8").replace("<svg ", '<svg id="other" ', 1))
    assert shop.make(shows).stamp != before.stamp
    assert shop.make(other).package is beside.package
    (root / picture).unlink()
    shop.changed([picture])
    missing = shop.make(shows)
    assert (missing.stale, codes(missing)) == (True, ["SRC-04"])
    save(shop, picture, "<svg")
    assert codes(shop.make(shows)) == ["FRM-11"]


@pytest.mark.slow
@pytest.mark.parametrize("sample", [False, True])
def test_the_survey_finds_what_a_validation_finds(sample: bool, tmp_path: Path) -> None:
    root = SAMPLE if sample else write(tmp_path / "modules")
    shop = Workshop(root, DAY)
    for _ in shop.survey():
        pass
    work = plan(load_library(root), DAY, targets=[each.name for each in shop.targets], overdue=True)
    about_modules = [finding for each in shop.modules() for finding in each.findings or ()]
    names = tuple(f"{name}/" for name in work.by_id)
    validated = {finding for finding in validate_all(work) if finding.place.path.startswith(names)}
    assert {*about_modules, *(each for each in shop.findings if each.place.path.startswith(names))} == validated


def test_a_provider_whose_logo_is_broken_stops_no_survey(shop: Workshop) -> None:
    save(shop, "providers/oak.yaml", "id: oak\nname: Oak Care\nbrand: {logo: oak.svg}\n")
    save(shop, "providers/oak.svg", "<svg")
    for _ in shop.survey():
        pass
    assert all(each.findings is not None for each in shop.modules())
