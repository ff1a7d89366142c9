"""What is known of real platforms: every file is read, every fact has its source, and the targets are ours."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys

import pytest

from scormpack.content.provider import Provider
from scormpack.diagnostics import ContentError, Place
from scormpack.inspect.about import TITLES
from scormpack.platforms.compiled import facts_json
from scormpack.platforms.facts import FILE
from scormpack.platforms.known import GENERAL, general, platform, targets_for
from scormpack.platforms.model import Platform
from scormpack.platforms.names import FOLDER, NAMES
from scormpack.source.node import read
from scormpack.source.yaml import parse
from scormpack.targets import TARGETS

LOADED_BY_PEOPLE = {
    *("moodle", "ilias", "chamilo", "forma", "frappe", "open-edx", "openolat", "talentlms", "totara"),
    *("docebo", "successfactors", "cornerstone", "learnupon", "scorm-cloud"),
}
ALL = pytest.mark.parametrize("name", NAMES)
SMALL = """\
id: small
name: Small
sources:
  tried: {what: Tried on a running Small 1.0, day: 2026-11-30}
takes:
  - {target: scorm12, source: tried}
suits: {target: scorm12, why: It takes nothing else., source: tried}
load:
  - {says: Press the one button there is., source: tried}
replacing: {progress: not_known}
"""


def read_small(text: str) -> Platform:
    return read(Platform, parse(text, "small.yaml"), Place("small.yaml"))


def test_the_platforms_that_are_known() -> None:
    assert set(NAMES) == LOADED_BY_PEOPLE | set(GENERAL)


@ALL
def test_a_platform_is_named_after_its_file(name: str) -> None:
    assert platform(name).id == name


@ALL
def test_every_fact_has_a_source_and_a_day(name: str) -> None:
    known = platform(name)
    for fact in known.facts():
        source = known.sources[fact.source]
        assert re.match(r"https://\S+$|Tried (on|with) |Read in |What the platforms |Made so", source.what), source
        assert datetime.date(2026, 11, 1) <= source.day <= datetime.date(2026, 11, 30) or source.day.year > 2026


@ALL
def test_a_platform_takes_what_we_make(name: str) -> None:
    known = platform(name)
    others = {target for other in known.others for target in other.targets}
    named = {target for node in known.nodes() for target in getattr(node, "targets", ())}
    assert set(known.targets) <= set(TARGETS)
    assert named <= set(known.targets) | others <= set(TITLES)
    assert not others & set(known.targets)
    for target in known.targets:
        assert any(step.is_about(target) for step in known.load), target


@ALL
def test_a_setting_is_given_once_for_each_kind_of_package(name: str) -> None:
    known = platform(name)
    for target in known.targets:
        names = [setting.name for setting in known.settings if setting.is_about(target)]
        assert len(names) == len(set(names)), target


def test_every_platform_that_takes_scorm_takes_version_1_2() -> None:
    """As the sheet for another platform says."""
    takes = [platform(name).targets for name in NAMES]
    assert all("scorm12" in targets for targets in takes if any(each.startswith("scorm") for each in targets))


@ALL
def test_facts_are_plain_sentences(name: str) -> None:
    known = platform(name)
    for field in ("load", "test", "result", "lacks", "others", "quirks"):
        for fact in getattr(known, field):
            assert re.fullmatch(r"[A-Z“].*[.]", fact.says), fact.says


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("says: Press the one button there is., source: tried", "says: Press it twice., source: told", "called told"),
        (
            "replacing:",
            "  - {says: Then wait a little., source: tried, by: me}\nreplacing:",
            "`load[2].by`: no such field",
        ),
        ("{target: scorm12, why", "{target: web, why", "does not take web"),
        (
            "suits:",
            "others:\n  - {targets: [scorm12], verdict: refuses, says: It refuses them., source: tried}\nsuits:",
            "it takes scorm12, which `others` has too",
        ),
        ("takes:", "  read: {what: Read in the source, day: 2026-11-30}\ntakes:", "comes from the source read"),
    ],
)
def test_what_a_file_may_not_say(old: str, new: str, message: str) -> None:
    assert read_small(SMALL).name == "Small"
    with pytest.raises(ContentError) as caught:
        read_small(SMALL.replace(old, new))
    assert message in str(caught.value)


# The kinds of package


@pytest.mark.parametrize(
    ("name", "asked", "targets"),
    [
        ("moodle", (), ("scorm12",)),
        ("moodle", ("web", "scorm2004-3rd"), ("web", "scorm2004-3rd")),
        (None, (), ("scorm12", "web")),
        (None, ("cmi5",), ("cmi5",)),
        ("web-server", (), ("web",)),
    ],
)
def test_which_packages_a_provider_gets(name: str | None, asked: tuple[str, ...], targets: tuple[str, ...]) -> None:
    assert targets_for(name, asked, ("scorm12", "web")) == targets


@pytest.mark.parametrize(
    ("present", "best"),
    [
        (("web", "scorm2004-4th", "scorm12"), "scorm12"),
        (("scorm2004-4th", "web"), "scorm2004-4th"),
        (("web", "xapi"), None),
        ((), None),
    ],
)
def test_which_of_several_packages_suits_best(present: tuple[str, ...], best: str | None) -> None:
    assert platform("moodle").best_of(present) == best


@pytest.mark.parametrize(
    ("targets", "name"),
    [
        (("web", "scorm2004-3rd"), "other-scorm"),
        (("web", "cmi5"), "other-cmi5"),
        (("xapi",), "record-store"),
        (("web",), "web-server"),
        ((), "other-scorm"),
    ],
)
def test_what_is_said_where_no_platform_is_named(targets: tuple[str, ...], name: str) -> None:
    assert general(targets).id == name


# In a provider's file


def read_provider(line: str) -> Provider:
    text = f"id: oak\nname: Oak Care\n{line}\n"
    return read(Provider, parse(text, "oak.yaml"), Place("oak.yaml"))


@pytest.mark.parametrize(("line", "name"), [("platform: moodle", "moodle"), ("platform:", None), ("", None)])
def test_a_provider_names_its_platform(line: str, name: str | None) -> None:
    assert read_provider(line).platform == name


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("platform: moodel", "`platform`: there is no platform `moodel` here", "Did you mean `moodle`?"),
        ("platform: [moodle]", "`platform`: has to be text", ""),
        (
            "platform: Blackboard",
            "`platform`: there is no platform `Blackboard` here",
            f"Known here: {', '.join(NAMES)}.",
        ),
    ],
)
def test_a_platform_that_nobody_knows(line: str, message: str, hint: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_provider(line)
    (found,) = caught.value.diagnostics
    assert (found.place, found.message, found.hint) == (Place("oak.yaml", 3, 11), message, hint)
    assert found.code in ("FRM-03", "FRM-04")


def test_nothing_else_lies_among_the_files_of_platforms() -> None:
    assert {file.name for file in FOLDER.iterdir() if file.is_file() and file.suffix not in (".py", ".yaml")} == {
        FILE.name
    }


def test_what_checks_look_up_is_fresh() -> None:
    """`make docs` writes it."""
    assert FILE.read_text(encoding="utf-8") == facts_json()


def test_reading_a_library_reads_no_platform() -> None:
    ask = "import sys, scormpack.content.load; print([name for name in sys.modules if 'platforms.' in name])"
    found = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    assert found.stdout == "['scormpack.platforms.names']\n"
