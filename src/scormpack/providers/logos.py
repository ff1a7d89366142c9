"""Logos that a table names: pictures that lie beside it and come along, or that the library has already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scormpack.cache import Cache
from scormpack.content.library import Library
from scormpack.course.picture import LARGEST, LOGO, picture
from scormpack.diagnostics import ContentError
from scormpack.package import PKG_02
from scormpack.source.codes import FRM_07, SRC_04
from scormpack.source.files import is_there, listed, read_bytes
from scormpack.source.node import nearest
from scormpack.tables.cells import Cell
from scormpack.vocabulary import PicturePath


class Logos:
    """The pictures of a library's providers; `files` are those that come from beside a table, by their new paths."""

    def __init__(self, library: Library, beside: Path, cache: Cache) -> None:
        self.library = library
        self.beside = beside
        self.folder = library.folder / "providers"
        self.cache = cache
        self.files: dict[str, bytes] = {}
        self.spelled = {path.name.casefold(): path.name for path in listed(self.folder, "*", library.folder)}

    def take(self, cell: Cell, is_another: bool, ids: set[str]) -> bool:
        """Whether the picture that a cell names comes along: it lies beside the table, and is another one.

        `is_another` says whether the provider had another logo, `ids` are all providers of the table. Raises
        ContentError (FRM-07, FRM-11, FRM-15, PKG-02, SRC-04 to SRC-06) about a picture that cannot be used.
        """
        name = f"providers/{cell.text}"
        if not PicturePath.fits(cell.text) or name in self.files:
            return name in self.files
        self.refuse_other_case(cell)
        own, there = self.beside / cell.text, self.folder / cell.text
        if is_there(own):
            data = self.bytes(own, self.beside, cell)
            if is_there(there) and self.bytes(there, self.library.folder, cell) == data:
                return False
            self.check(own, self.beside, cell)
            self.refuse_to_change_others(cell, ids)
            self.files[name] = data
            return True
        if is_another:
            self.refuse_missing(there, cell)
            self.check(there, self.library.folder, cell)
        return False

    def bytes(self, file: Path, root: Path, cell: Cell) -> bytes:
        try:
            return read_bytes(file, root, LARGEST)
        except ContentError as error:  # whose place may be in the folder of the table
            found = (replace(each, message=f"`{cell.text}`: {each.message}") for each in error.diagnostics)
            raise ContentError(replace(each, place=cell.place, words=cell.text) for each in found) from None

    def check(self, file: Path, root: Path, cell: Cell) -> None:
        try:
            picture("logo", file, root, cell.place, (LOGO,), self.cache)
        except ContentError as error:
            raise ContentError(
                replace(each, place=cell.place, words=cell.text) for each in error.diagnostics
            ) from None

    def refuse_other_case(self, cell: Cell) -> None:
        spelled = self.spelled.setdefault(cell.text.casefold(), cell.text)
        if spelled != cell.text:
            message = f"`{cell.text}` and `{spelled}` differ in case only"
            raise ContentError(
                [PKG_02.finding(message, cell.place, f"Write `{spelled}`, or another name.", cell.text)]
            )

    def refuse_missing(self, there: Path, cell: Cell) -> None:
        if is_there(there):
            return
        known = [path.name for folder in (self.beside, self.folder) for path in listed(folder, "*", folder)]
        message = f"there is no file `{cell.text}` beside the table, nor in providers/"
        raise ContentError([SRC_04.finding(message, cell.place, _near(cell.text, known), cell.text)])

    def refuse_to_change_others(self, cell: Cell, ids: set[str]) -> None:
        """A provider that is not in the table stays as it is, and so does its logo."""
        for name, provider in self.library.providers.items():
            if provider.brand.logo == cell.text and name not in ids:
                message = f"another picture is called `{cell.text}`, and `{name}` uses it"
                raise ContentError([FRM_07.finding(message, cell.place, "Give the new one another name.", cell.text)])


def _near(name: str, known: list[str]) -> str:
    pictures = [each for each in known if Path(each).suffix.lower() in (".svg", ".png", ".jpg", ".jpeg", ".webp")]
    return nearest(name, pictures) or "Put the picture beside the table."
