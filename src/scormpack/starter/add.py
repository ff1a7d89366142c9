"""Something new in a library: a module, a card, a recommendation, a provider.

What is made holds true sentences that say what to write in their place. Each function gives the new files' paths.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scormpack.check.content import ADVICE_RULES
from scormpack.check.content.module import LOCAL_POLICY
from scormpack.check.content.subject import Advice
from scormpack.check.rule import check
from scormpack.content.library import Library
from scormpack.content.load import PLAYERS_OWN, load_module
from scormpack.content.module import Module
from scormpack.content.recommendation import Recommendation
from scormpack.diagnostics import ContentError, Place, Severity
from scormpack.source.files import shown
from scormpack.source.node import read
from scormpack.source.yaml import parse
from scormpack.starter.begin import LIBRARY, SCHEMAS, YEAR
from scormpack.starter.files import RefusedError, Value, add_files, fill, filled, in_the_way
from scormpack.starter.fitting import names_of, number_to_call, recommendation_for
from scormpack.starter.language import language_file
from scormpack.starter.words import checked, title_from

NEW = Path(__file__).parent / "new"
TIME_TO_ASK = datetime.timedelta(days=14)  # for a new provider's numbers
_STATEMENT = "Managers should do what you write here in one sentence."
_NOT_MODULES = (
    "assessments",
    "locales",
    "media",
    "providers",
    "recommendations",
)  # folders of a library with a meaning of their own
_PAGES = ("welcome", "what-to-do", "a-story", "take-a-breath", "who-i-call", "before-you-go")  # in this order
_KINDS = {
    "cards": "card",
    "locales": "locale",
    "providers": "provider",
    "recommendations": "recommendation",
    "scenarios": "scenario",
}


def add_module(library: Library, day: datetime.date, name: str, title: str | None = None) -> list[Path]:
    """A whole module, as a skeleton to write over."""
    if name in _NOT_MODULES:
        raise RefusedError(f"`{name}` is a folder with a meaning of its own. Choose another id.")
    _refuse_taken(name, library.folder.iterdir(), ("",))
    if LOCAL_POLICY not in library.settings.notices:
        raise RefusedError(_about_local_policy(library))
    title = checked(title or title_from(name), "--title", 70)
    draft = _draft(_module_files(library, day, name, title, ()), name)
    files = _module_files(library, day, name, title, recommendation_for(draft, library, day))
    return _add({f"{name}/{path}": text for path, text in files.items()}, library)


def _module_files(
    library: Library, day: datetime.date, name: str, title: str, addresses: tuple[str, ...]
) -> dict[str, str]:
    names = names_of(library)
    folders = [NEW / "module"]
    folders += [NEW / "with-slots"] if names.numbers else []
    folders += [NEW / "with-contacts"] if names.contacts else []
    values: dict[str, Value] = {
        "id": name,
        "title": title,
        "addresses": addresses,
        "reason": "" if addresses else "Say here why it is needed.",
        "numbers": names.numbers,
        "contacts": names.contacts,
        "support": names.support,
        "slots": names.slots,
        "call": number_to_call(library, names.slots),
        "today": day,
        "in_a_year": day + YEAR,
        "pages": tuple(page for page in _PAGES if any((each / "pages" / f"{page}.md").is_file() for each in folders)),
    }
    return {path: text for folder in folders for path, text in filled(folder, values).items()}


def _draft(files: dict[str, str], name: str) -> Module:
    """The module that `files` make."""
    with TemporaryDirectory() as folder:
        add_files(files, Path(folder) / name)
        return load_module(Path(folder) / name)


def _about_local_policy(library: Library) -> str:
    """What to add to a library whose modules could not say that local rules come first."""
    begun = (LIBRARY / "modules" / "library.yaml").read_text(encoding="utf-8")
    (lines,) = re.findall(rf"^  {LOCAL_POLICY}: >\n(?:    .*\n)+", begun, re.MULTILINE)
    missing = (
        f"every module needs the notice `{LOCAL_POLICY}`, and {shown(library.folder / 'library.yaml')} has none."
    )
    return f"{missing} Add it there:\n\nnotices:\n{lines.rstrip()}"


def add_card(library: Library, module: str, name: str, title: str | None = None) -> list[Path]:
    """A what-if card in the folder of `module`; it stands on no page yet."""
    folder = library.modules[module]
    _refuse_taken(name, (folder / "cards").glob("*"))
    slots = _refuse_id_of_module(folder, name)
    values: dict[str, Value] = {
        "id": name,
        "title": checked(title or title_from(name), "--title", 70),
        "call": number_to_call(library, slots),
    }
    return _add({f"{module}/cards/{name}.yaml": fill(NEW / "card.yaml", values)}, library)


def _refuse_id_of_module(folder: Path, name: str) -> tuple[str, ...]:
    """RefusedError if something on the module's pages is called `name` already; else the slots that it declares."""
    try:
        module = load_module(folder)
    except ContentError:  # it has mistakes, of which `validate` tells; a card can be added all the same
        return ()
    if name in (*PLAYERS_OWN, *module.named_blocks(), *(page.id for page in module.pages)):
        raise RefusedError(f"something in this module is called `{name}` already. Choose another id.")
    return module.local_slots


def add_recommendation(library: Library, day: datetime.date, name: str, statement: str | None = None) -> list[Path]:
    """A recommendation, as a draft."""
    _refuse_taken(name, (library.folder / "recommendations").glob("*"))
    path = f"recommendations/{name}.yaml"
    statement = checked(statement or _STATEMENT, "--title", 400)
    text = fill(NEW / "recommendation.yaml", {"id": name, "statement": statement, "in_a_year": day + YEAR})
    made = read(Recommendation, parse(text, path), Place(path, 1, 1))
    found = [each for each in check(ADVICE_RULES, Advice(made, library, day)) if each.severity is Severity.ERROR]
    if found:  # the rest is ours, and has none
        raise ContentError([replace(each, place=Place("--title", outside=True)) for each in found])
    return _add({path: text}, library)


def add_provider(library: Library, day: datetime.date, name: str, title: str | None = None) -> list[Path]:
    """A provider with nothing filled in. Until somebody has, a waiver says so."""
    _refuse_taken(name, (library.folder / "providers").glob("*"))
    values: dict[str, Value] = {
        "id": name,
        "title": checked(title or title_from(name).title(), "--title", 60),
        "local": {slot: each.label for slot, each in library.settings.slots.items()},
        "today": day,
        "in_two_weeks": day + TIME_TO_ASK,
    }
    text = fill(NEW / "provider.yaml", values)
    if library.settings.help_local and library.modules:  # else nothing is missed yet, and nothing to waive
        text += "\n" + fill(NEW / "provider-unfilled.yaml", values)
    return _add({f"providers/{name}.yaml": text}, library)


def add_language(library: Library, tag: str) -> list[Path]:
    """The player's words in a language, to write over: all of them, or those that the tool has as comments."""
    _refuse_taken(tag.casefold(), (library.folder / "locales").glob("*"))
    return _add({f"locales/{tag}.yaml": language_file(tag)}, library)


def _refuse_taken(name: str, there: Iterable[Path], endings: tuple[str, ...] = (".yaml", ".yml")) -> None:
    """RefusedError if something is called `name`, in any letter case: some disks cannot keep both."""
    if found := [path for path in there if path.name.casefold() in [name + ending for ending in endings]]:
        raise in_the_way(found)


def _add(files: dict[str, str], library: Library) -> list[Path]:
    add_files({name: for_editors(name, text, library.folder) for name, text in files.items()}, library.folder)
    return [library.folder / name for name in sorted(files)]


def for_editors(name: str, text: str, folder: Path) -> str:
    """`text` of the file `name` in the library `folder`, with the line that names its schema where that has one."""
    path = folder.absolute() / name
    schemas = next((each / SCHEMAS for each in path.parents if (each / SCHEMAS).is_dir()), None)
    if path.suffix != ".yaml" or schemas is None:
        return text
    schema = schemas / f"{_KINDS.get(path.parent.name, path.stem)}.schema.json"
    return f"# yaml-language-server: $schema={Path(os.path.relpath(schema, path.parent)).as_posix()}\n{text}"
