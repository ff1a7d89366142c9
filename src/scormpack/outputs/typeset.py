"""Data and a template become a PDF: tagged (PDF/UA-1), with our own letters, the same bytes for the same data.

What authors and providers write reaches a template as JSON only, so none of it can be taken for markup.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from scormpack.cache import NOTHING, Cache, named, tool
from scormpack.course.codes import FRM_11, OUT_01
from scormpack.course.model import Asset
from scormpack.diagnostics import ContentError, Diagnostic, Place
from scormpack.outputs.output import Made

if TYPE_CHECKING:
    from typst import Fonts

_HERE: Final = Path(__file__).parent
_SHARED: Final = _HERE / "paper.typ"
_LETTERS: Final = _HERE.parent / "bundles" / "atkinson-hyperlegible-next"
_KIND: Final = "printed"
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_MOST_MISSING: Final = 200  # different signs
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_ALONE: Final = b'#set document(title: "?")\n#image(json("data.json"), alt: "?")'
INSTEAD: Final = "\N{WHITE SQUARE}"


def typeset(
    template: Path,
    data: Mapping[str, Any],
    day: datetime.date,
    place: Place,
    pictures: Iterable[Asset] = (),
    cache: Cache = NOTHING,
) -> Made:
    """The PDF that `template` makes of `data`, which has nothing in it but what JSON has.

    The document says that it was made on `day`. `pictures` lie beside the template under the names of their paths. A
    sign that no letter is there for becomes a square, which is a finding (OUT-01) about `place`. Raises ContentError
    for each picture that cannot be drawn (FRM-11).
    """
    pictures = tuple(pictures)
    files = {"data.json": json.dumps(data).encode(), **{each.path: each.data for each in pictures}}
    files |= {file.name: file.read_bytes() for file in (template, _SHARED)}
    name = named(tool(), str(day).encode(), *(part for file in files.items() for part in (file[0].encode(), file[1])))
    kept = cache.get(_KIND, name)
    if kept is not None:
        return Made(kept)
    missing: list[str] = []
    made = _without_missing(files, missing, lambda: _compiled(template.name, files, day), pictures)
    if missing:
        found = (OUT_01.finding(f"no letter is there for `{each}`", place, words=each) for each in missing)
        return Made(made, tuple(found))
    cache.put(_KIND, name, made)
    return Made(made)


def _without_missing(
    files: dict[str, bytes], missing: list[str], compiled: Callable[[], bytes], pictures: Sequence[Asset]
) -> bytes:
    """What can be set, with a square for each sign that cannot; these are added to `missing`."""
    from typst import TypstError

    while True:
        try:
            return compiled()
        except TypstError as error:
            found = _MISSING.search(error.message)
            sign = _ESCAPED.sub(lambda each: chr(int(each[1], 16)), found[1])[:1] if found else ""
            if not sign or sign in (INSTEAD, *missing) or len(missing) == _MOST_MISSING:
                if undrawable := [*_undrawable(pictures)]:
                    raise ContentError(undrawable) from None
                raise
            missing.append(sign)
            text = json.loads(files["data.json"])
            files["data.json"] = json.dumps(_replaced(text, sign)).encode()


def _undrawable(pictures: Iterable[Asset]) -> Iterator[Diagnostic]:
    """A finding for each picture that cannot be drawn: typst does not say which of them it was."""
    from typst import TypstError

    for each in pictures:
        try:
            files = {"alone.typ": _ALONE, "data.json": json.dumps(each.path).encode(), each.path: each.data}
            _compiled("alone.typ", files, datetime.date.min)
        except TypstError as error:
            place = Place(each.file.as_posix(), outside=True)
            yield FRM_11.finding(f"cannot be drawn: {error.message}", place)


def _replaced(value: Any, sign: str) -> Any:
    if isinstance(value, dict):
        return {name: _replaced(each, sign) for name, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, sign) for each in value]
    return value.replace(sign, INSTEAD) if isinstance(value, str) else value


def _compiled(template: str, files: Mapping[str, bytes], day: datetime.date) -> bytes:
    import typst  # which takes long, and few commands need it

    moment = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return typst.compile(
            str(Path(folder, template)),
            root=folder,
            font_paths=letters(),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=moment,
        )


@cache
def letters() -> Fonts:
    """Our own letters, and typst's for what they lack; none of the machine's, which differ."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_LETTERS])
