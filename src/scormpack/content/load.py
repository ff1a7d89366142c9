"""Folders to models. Every file is read safely, and every error in it is reported with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from scormpack.blocks import KINDS, Block
from scormpack.cache import looks
from scormpack.content.agreement import Agreement
from scormpack.content.codes import LNK_01, MOD_01, SRC_08, SRC_09
from scormpack.content.facilitator import FacilitatorGuide
from scormpack.content.library import Contacts, Frameworks, Glossary, Library, Settings
from scormpack.content.links import check_library_links, check_provider_links
from scormpack.content.module import Module, Page
from scormpack.content.page import read_page
from scormpack.content.provider import Provider
from scormpack.content.providers import Providers
from scormpack.content.recommendation import Recommendation
from scormpack.content.review import Review
from scormpack.diagnostics import ContentError, Place, Problems
from scormpack.source.codes import FRM_01, FRM_02, FRM_05, FRM_06, SRC_04
from scormpack.source.files import inside, is_there, listed, read_text, refused, within
from scormpack.source.node import MOST, NOWHERE, Node, nearest, read, read_model
from scormpack.source.signs import brief, legible
from scormpack.source.word import Slug
from scormpack.source.yaml import Mapping, Sequence, read_yaml

if TYPE_CHECKING:
    from scormpack.content.locale import Locale

REUSED = {"card": "cards", "scenario": "scenarios", "deck": "decks"}
GUIDE = "facilitator.yaml"
AGREED = "agreed.yaml"
REVIEW = "review.yaml"
PLAYERS_OWN = ("main", "result", "ended", "cards", "words", "about")  # ids of the page around the module's pages
MARK = "library.yaml"
PROVIDERS = "providers"
LOCALES = "locales"
MOST_PAGES = 200  # of a module; the longest of the sample library has under 20

_STRAY = re.compile(r"(.+?)\.(yml|ya?ml\.(?:txt|rtf)|md\.(?:txt|rtf)|markdown)", re.IGNORECASE)

Named = TypeVar("Named", bound=Node)


def load_library(folder: Path) -> Library:
    """The library in `folder`; its modules and its providers are named, not read.

    Raises ContentError with every mistake in what all of them share. A provider with mistakes is in `unread`.
    """
    if not is_there(folder / MARK):
        hint = f"A library is a folder with a `{MARK}`. Name it with --library."
        raise refused(SRC_04, "there is no library here", folder / MARK, folder, hint)
    looked = _looked(folder)
    problems = Problems()
    settings = None
    contacts, terms, frameworks = Contacts(contacts=()), Glossary(terms=()), Frameworks(frameworks=())
    with problems:
        settings = read_model(Settings, folder / MARK, folder)
    with problems:
        contacts = _optional(Contacts, folder / "contacts.yaml", contacts)
    with problems:
        terms = _optional(Glossary, folder / "glossary.yaml", terms)
    with problems:
        frameworks = _optional(Frameworks, folder / "frameworks.yaml", frameworks)
    _refuse_strays([folder, *(each for each in listed(folder, "*", folder) if each.is_dir())], folder, problems)
    recommendations = _folder_of(Recommendation, folder / "recommendations", folder, problems)
    locales = _locales(folder, problems)
    providers: list[Path] = []
    with problems:
        providers = listed(folder / PROVIDERS, "*.yaml", folder)
    library = None
    with problems:
        library = Library(
            folder=folder,
            settings=settings or Settings(title="?", publisher="?", licence="?"),
            contacts=_by_id(contacts.contacts, problems),
            glossary=_by_id(terms.terms, problems),
            frameworks=_by_id(frameworks.frameworks, problems),
            recommendations=_by_id(recommendations, problems),
            modules={found.name: found for found in _module_folders(folder)},
            courses=_by_id(settings.courses if settings else (), problems),
            locales=_by_id(locales, problems),
            looked=looked,
        )
    if problems.found:
        for path in providers:
            with problems:
                _read_provider(path, folder)
        problems.stop()
    assert library is not None
    check_library_links(library)
    return replace(library, providers=Providers([path.stem for path in providers], partial(_provider, library)))


def _looked(folder: Path) -> bytes:
    try:
        return looks(folder, PROVIDERS)
    except OSError:
        return b""


def _provider(library: Library, name: str) -> Provider:
    """A provider that names only what `library` has."""
    found = _read_provider(library.folder / PROVIDERS / f"{name}.yaml", library.folder)
    check_provider_links(found, library)
    return found


def _read_provider(path: Path, folder: Path) -> Provider:
    found = read_model(Provider, path, folder)
    _named_after_its_file(found, path)
    return found


def _refuse_strays(folders: Iterable[Path], library: Path, problems: Problems) -> None:
    """Add a problem for each file that nobody would read, as an editor or another tool gave it a longer name."""
    for folder in folders:
        for path in listed(folder, "*", library):
            if found := _STRAY.fullmatch(path.name):
                name = f"{found[1]}.{'md' if found[2].startswith('m') else 'yaml'}"
                message = f"is not read: its name ends in `.{found[2]}`"
                problems.add(SRC_09, message, Place(within(path, library)), f"Rename it to `{legible(name)}`.")


def _module_folders(folder: Path) -> list[Path]:
    # Not by the pattern `*/module.yaml`, which passes over a folder that is forbidden.
    return [each for each in listed(folder, "*", folder) if is_there(each / "module.yaml")]


def _optional(model: type[Named], path: Path, absent: Named) -> Named:
    return read_model(model, path, path.parent) if is_there(path) else absent


def _folder_of(model: type[Named], folder: Path, library: Path, problems: Problems) -> list[Named]:
    """One model a file. A file's name is the id of what is in it."""
    found: list[Named] = []
    for path in listed(folder, "*.yaml", library):
        with problems:
            node = read_model(model, path, library)
            _named_after_its_file(node, path)
            found.append(node)
    return found


def _locales(folder: Path, problems: Problems) -> list[Locale]:
    """The library's own words for the player; most libraries have none."""
    if not is_there(folder / LOCALES):
        return []
    from scormpack.content.locale import Locale, check_locale

    found = _folder_of(Locale, folder / LOCALES, folder, problems)
    for locale in found:
        check_locale(locale, problems)
    return found


def _named_after_its_file(node: Any, path: Path) -> None:
    if node.id != path.stem:
        problems = Problems()
        name = legible(path.stem)
        hint = f"Write `id: {name}`, or rename the file."
        problems.add(SRC_08, f"`id` is `{node.id}`, the file is called `{name}`", node.place("id"), hint)
        problems.stop()


def _by_id(nodes: Iterable[Any], problems: Problems) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in nodes:
        if node.id in found and len(problems.found) < MOST:
            first = found[node.id].place("id")
            problems.add(MOD_01, f"the id `{node.id}` is given twice; first at {first}", node.place("id"))
        found.setdefault(node.id, node)
    return found


def load_module(folder: Path) -> Module:
    """The module in `folder`: module.yaml and the pages that it names. ContentError with every mistake."""
    return _ModuleReader(folder).module()


def title_of(folder: Path) -> str:
    """The title of the module in `folder`; nothing else of it is looked at. ContentError where it has none."""
    data = read_yaml(folder / "module.yaml", folder.parent)
    title = data.get("title") if isinstance(data, Mapping) else None
    if not isinstance(title, str):
        raise refused(FRM_01, "`title`: is missing", folder / "module.yaml", folder.parent)
    return title


def load_modules(library: Library, names: Iterable[str]) -> Iterator[Module | ContentError]:
    """Each module called, or all of them; a mistake in one does not hide the next."""
    for name in tuple(names) or library.modules:
        try:
            if name not in library.modules:
                hint = nearest(name, list(library.modules))
                file = library.folder / name / "module.yaml"
                raise refused(SRC_04, f"there is no module `{name}`", file, library.folder, hint)
            yield load_module(library.modules[name])
        except ContentError as error:
            yield error


class _ModuleReader:
    """Reads the files of one module; each reused block once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = folder.parent
        self.problems = Problems()
        self.reused: dict[tuple[str, str], Block] = {}

    def module(self) -> Module:
        path = self.folder / "module.yaml"
        data = read_yaml(path, self.library)
        module = None
        if isinstance(data, Mapping):
            names = data.get("pages")
            if isinstance(names, Sequence):
                data["pages"] = tuple(self.pages(names))
            if self.problems.found and not data.get("pages"):
                data["pages"] = (_SOME_PAGE,)  # its errors are reported already: no knock-on error
            self.add_guide(data)
            self.add(data, "agreed", Agreement, AGREED, "`scormpack agree` writes it.")
            own = f"{legible(self.folder.name)}/{REVIEW}"
            self.add(data, "review", Review, REVIEW, f"Write comments into `{own}`.")
        with self.problems:
            module = read(Module, data, Place(within(path, self.library), 1, 1))
            if module.id != self.folder.name:
                message = f"`id` is `{module.id}`, the folder is called `{legible(self.folder.name)}`"
                self.problems.add(SRC_08, message, module.place("id"), "They have to be equal.")
        if module is not None:
            self.refuse_equal_ids(module)
        _refuse_strays((self.folder / each for each in ("pages", *REUSED.values())), self.library, self.problems)
        self.problems.stop()
        assert module is not None
        return module

    def pages(self, names: Sequence) -> Iterator[Page]:
        if len(names) > MOST_PAGES:
            message = f"`pages`: takes at most {MOST_PAGES}, has {len(names)}"
            self.problems.add(FRM_06, message, names.values_at[MOST_PAGES], "Make several modules of it.")
            return
        pages: dict[str, Page | None] = {}  # what is wrong with one that is listed twice is reported once
        for name, place in zip(names, names.values_at, strict=True):
            if not isinstance(name, str) or not Slug.fits(name):
                self.problems.add(FRM_05, "a page is named by a word such as `who-to-call`", place)
                continue
            if name not in pages:
                pages[name] = self.page(name, place)
            if (page := pages[name]) is not None:
                yield page

    def page(self, name: str, place: Place) -> Page | None:
        path = self.folder / "pages" / f"{name}.md"
        with self.problems:
            if is_there(path):
                return read_page(name, read_text(path, self.library), within(path, self.library), self.reuse)
            known = [found.stem for found in listed(path.parent, "*.md", self.library)]
            self.problems.add(SRC_04, f"there is no page {within(path, self.library)}", place, nearest(name, known))
        return None

    def add_guide(self, data: Mapping) -> None:
        """The facilitator's guide, which has a file of its own, as a field of the module."""
        if "facilitator_guide" in data:
            message = "the guide has a file of its own"
            place = data.keys_at["facilitator_guide"]
            self.problems.add(FRM_02, message, place, f"Write it into `{legible(self.folder.name)}/{GUIDE}`.")
            del data["facilitator_guide"]
        path = self.folder / GUIDE
        if not is_there(path):
            return
        with self.problems:
            guide = read_yaml(path, self.library)
            if isinstance(guide, Mapping) and isinstance(guide.get("deck"), str):
                name, guide["deck"] = guide["deck"], None
                with self.problems:
                    guide["deck"] = self.reuse("deck", name, guide.values_at["deck"])
            data["facilitator_guide"] = read(FacilitatorGuide, guide, Place(within(path, self.library), 1, 1))

    def add(self, data: Mapping, field: str, model: type[Node], file: str, hint: str) -> None:
        """What is kept about the module in a `file` of its own, as a field of it."""
        if field in data:
            self.problems.add(FRM_02, f"`{field}` has a file of its own", data.keys_at[field], hint)
            del data[field]
        path = self.folder / file
        if is_there(path):
            with self.problems:
                data[field] = read_model(model, path, self.library)

    def reuse(self, kind: str, name: str, place: Place) -> Block:
        """The block that `use: name` puts on a page, from its own file."""
        problems = Problems()
        if kind not in REUSED:
            problems.add(
                FRM_02,
                "`use`: no such field",
                place,
                "Only a card, a scenario or a deck has a file of its own.",
            )
            problems.stop()
        path = self.folder / REUSED[kind] / f"{name}.yaml"
        if not Slug.fits(name) or not is_there(path):
            known = [found.stem for found in listed(path.parent, "*.yaml", self.library)]
            problems.add(LNK_01, f"there is no {kind} `{brief(name)}`", place, nearest(name, known) if known else "")
            problems.stop()
        if (kind, name) not in self.reused:
            node = read_model(KINDS[kind], inside(path, self.library), self.library)
            _named_after_its_file(node, path)
            self.reused[kind, name] = node
        return self.reused[kind, name]

    def refuse_equal_ids(self, module: Module) -> None:
        """Blocks, pages and the player share one space of names; progress is kept under them."""
        taken: dict[str, Place] = dict.fromkeys(PLAYERS_OWN, NOWHERE)
        blocks: list[Node] = [block for page in module.pages for block in page.blocks]
        deck = module.facilitator_guide and module.facilitator_guide.deck
        if deck and all(deck is not block for block in blocks):
            blocks.append(deck)
        for node in [*module.pages, *blocks]:
            name = getattr(node, "id", None)
            if len(self.problems.found) >= MOST:
                break
            if name in taken:
                where = taken[name]
                first = "it is used by the player" if where is NOWHERE else f"first at {where}"
                self.problems.add(MOD_01, f"the id `{name}` is given twice; {first}", node.place("id"))
            elif name is not None:
                taken[name] = node.place("id")


_SOME_PAGE = Page(id="page", title="Page", blocks=(KINDS["key_messages"](type="key_messages"),))
