"""A library of two modules and a course, for providers whose words try what words can."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeAlias

from paths import EVERY_BLOCK

from scormpack.batch import Built, Plan, Refused, plan
from scormpack.clock import today
from scormpack.content.load import load_library

SQUARE: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><path d="M0 0h{}v9z"/></svg>'
COURSE: Final = """
courses:
  - {id: both, version: 1.0.0, title: Both, summary: Both of them., modules: [every-block, second]}
"""
Names: TypeAlias = tuple[str, ...]
PROVIDERS: Final = {
    "empty": "name: E\n",
    "full": """\
name: Full Homecare
brand: {colour: "#7A2E5A", logo: logo.svg}
welcome: Welcome from all of us. Call {local:office_phone} or {contact:emergency}.
local: {office_phone: 01632 960 100, debrief_contact: "Sam, on 01632 960 101"}
cmi5: {launch_parameters: branch=north&team=<2>, entitlement_key: HC-2031}
""",
    "hostile": """\
name: "<b>\\"A\\" & 'B'</b> {0} %s {name}"
brand: {colour: "#7A2E5A", logo: large.svg}
welcome: A DNACPR, a care plan, detail, words and name. {local:debrief_contact}
local: {office_phone: "<i>{detail}</i> &amp; words", debrief_contact: "the care plan's \\"DNACPR\\""}
cmi5: {launch_parameters: "\\"<&>'"}
""",
    "welsh": """\
name: Gofal Tŷ Ŵyn
brand: {colour: "#0A5C36", logo: logo.png}
welcome: Croeso i bawb 🙂
local: {office_phone: "٠١٦٣٢ ٩٦٠", debrief_contact: "مرحبا 👩‍⚕️ Siân"}
""",
}


def write(folder: Path, providers: Iterable[str] = tuple(PROVIDERS)) -> Path:
    """Write the library into `folder`, which is given back."""
    shutil.copytree(EVERY_BLOCK, folder)
    (folder / "providers" / "full.yaml").unlink()
    with (folder / "library.yaml").open("a", encoding="utf-8") as settings:
        settings.write(COURSE)
    shutil.copytree(folder / "every-block", folder / "second")
    edit(folder / "second" / "module.yaml", "id: every-block", "id: second")
    edit(folder / "second" / "pages" / "questions.md", "id: who-first", "id: who-first\nrecalls: every-block")
    for name in providers:
        provider(folder, name, PROVIDERS[name])
    _logos(folder / "providers")
    return folder


def provider(folder: Path, name: str, text: str = "name: Another\n") -> None:
    """Write a provider's file, but for its id."""
    (folder / "providers" / f"{name}.yaml").write_text(f"id: {name}\n{text}", encoding="utf-8")


def _logos(folder: Path) -> None:
    (folder / "logo.svg").write_text(SQUARE.format(9))
    (folder / "large.svg").write_text(SQUARE.format("9" + "h1v1" * 5_000))
    shutil.copy(EVERY_BLOCK / "every-block" / "media" / "dot.png", folder / "logo.png")


def edit(file: Path, old: str, new: str) -> None:
    """Put `new` in the place of `old`, which stands there once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old, text.count(old))
    file.write_text(text.replace(old, new), encoding="utf-8")


def planned(
    folder: Path,
    modules: Names = (),
    providers: Names = (),
    targets: Names = (),
    courses: Names = (),
) -> Plan:
    """The plan for what is named, as it is read now."""
    return plan(load_library(folder), today(), modules, providers, targets, courses=courses)


def built(results: Iterable[Built | Refused]) -> list[Built]:
    """What was built; and nothing was refused."""
    found = list(results)
    assert [each for each in found if isinstance(each, Refused)] == []
    return [each for each in found if isinstance(each, Built)]


def files(out: Path) -> dict[str, bytes]:
    """Whatever lies below a folder, by where it lies."""
    return {each.relative_to(out).as_posix(): each.read_bytes() for each in sorted(out.rglob("*")) if each.is_file()}
