"""Node: what every model is made from. Frozen, strict about keys, and aware of where it was written."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, NamedTuple, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from scormpack.diagnostics import Code, ContentError, Diagnostic, Place, Severity
from scormpack.source.codes import FRM_01, FRM_02, FRM_03, FRM_04, FRM_06, FRM_07
from scormpack.source.files import within
from scormpack.source.signs import brief, legible
from scormpack.source.yaml import CURLY, Mapping, Sequence, read_yaml

# Asking whether something is a Node takes Pydantic long; nearly everything is one of these.
_NO_NODE = (str, int, float, type(None))
NOWHERE = Place("(in code)", outside=True)
_UNWRITTEN = Mapping(NOWHERE)
LONGEST = 100  # characters of a word for which a neighbour is looked for
LIKELY = 500  # words among which a neighbour is looked for; each takes 10 µs
LONGEST_LIST = 900  # characters of the words that a hint lists
MOST = 100  # errors reported for one file or block; the rest will show when these are fixed


class Node(BaseModel):
    """A frozen model that refuses unknown keys and answers `place(field)`.

    `codes` names the fields that have a code of their own: it is that of the finding where one is left out, or
    written where it does not belong.
    """

    codes: ClassVar[dict[str, Code]] = {}

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)

    @model_validator(mode="wrap")
    @classmethod
    def _remember(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        node = handler(data)
        if isinstance(data, Mapping):
            # Where Pydantic keeps private attributes and copies them from. A declared one costs three calls for each
            # node, and two to look at it.
            object.__setattr__(node, "__pydantic_private__", {"source": data})
        return node

    @property
    def _source(self) -> Mapping:
        """What the node was read from."""
        kept = self.__pydantic_private__
        return kept["source"] if kept else _UNWRITTEN

    def __eq__(self, other: object) -> bool:
        """Equal when they say the same, wherever that was written."""
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def place(self, field: str = "", key: str = "") -> Place:
        """Where `field`, or else the node itself, was written; with `key`, where its value in that field was."""
        source = self._source
        inside = source.get(field) if key else None
        if isinstance(inside, Mapping) and key in inside.values_at:
            return inside.values_at[key]
        return source.values_at.get(field, source.place)

    def line_of(self, field: str) -> Place:
        """Where the name of `field` was written: it is there that something has to be added."""
        return self._source.keys_at.get(field, self._source.place)

    def fields(self) -> Iterator[tuple[str, Any]]:
        """Each field's name and value, in the order of the model."""
        for name in type(self).model_fields:
            yield name, getattr(self, name)

    def nodes(self) -> list[Node]:
        """The node itself and every node inside it, in the order written."""
        found: list[Node] = [self]
        for value in self.__dict__.values():
            if type(value) is tuple:
                for item in value:
                    if not isinstance(item, _NO_NODE) and isinstance(item, Node):
                        found += item.nodes()
            elif not isinstance(value, _NO_NODE) and isinstance(value, Node):
                found += value.nodes()
        return found

    def own_strings(self) -> Iterator[Leaf]:
        """Each string in the fields of the node itself; of a list its items, of a mapping its keys and values."""
        for field, value in self.__dict__.items():
            if isinstance(value, str):
                yield Leaf(self, field, value)
            elif type(value) in (tuple, dict):
                for item in value if isinstance(value, tuple) else (*value, *value.values()):
                    if isinstance(item, str):
                        yield Leaf(self, field, item)

    def strings(self) -> Iterator[Leaf]:
        """Each string in the node and in the nodes inside it, in the order written."""
        for node in self.nodes():
            yield from node.own_strings()


class Leaf(NamedTuple):
    """A string, the node that holds it and the field that it stands in."""

    owner: Node
    field: str
    value: str


def _yes_or_no(value: Any) -> Any:
    words = {"true": True, "false": False}
    if isinstance(value, str):
        if value not in words:
            raise ValueError("write `true` or `false`")
        return words[value]
    return value


YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Model = TypeVar("Model", bound=Node)


def read(model: type[Model], data: Any, place: Place) -> Model:
    """`data` (located YAML, read at `place`) as a `model`; ContentError with every mistake in it."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ContentError(diagnostics(error, data, place, model)) from None


def read_model(model: type[Model], path: Path, root: Path) -> Model:
    """The `model` that is written in the YAML file `path` of `root`; ContentError with every mistake in it."""
    return read(model, read_yaml(path, root), Place(within(path, root), 1, 1))


def diagnostics(error: ValidationError, data: Any, place: Place, model: type[Node]) -> list[Diagnostic]:
    """What Pydantic found, in an author's words and at the author's line; no knock-on errors."""
    details = error.errors(include_url=False)
    paths = [_steps(detail["loc"], data) for detail in details]
    above = {path[:length] for path in paths for length in range(len(path))}
    misspelt = set(_misspelt(details, paths, model))
    return [
        _diagnostic(detail, path, data, place, model)
        for detail, path in zip(details[:MOST], paths, strict=False)
        if path not in above and not (detail["type"] == "missing" and path in misspelt)
    ]


def _misspelt(
    details: list[ErrorDetails], paths: list[tuple[int | str, ...]], model: type[Node]
) -> Iterator[tuple[int | str, ...]]:
    """Where fields are missing that stand there under another name, nearly their own."""
    known = field_names(model)
    for detail, path in zip(details[:MOST], paths, strict=False):
        near = _near(str(path[-1]), known) if path and detail["type"] == "extra_forbidden" else None
        if near:
            yield (*path[:-1], near)


def _steps(loc: tuple[int | str, ...], data: Any) -> tuple[int | str, ...]:
    """`loc` without the union tags that Pydantic adds: steps that are not in the data, the last one excepted."""
    steps: list[int | str] = []
    for index, step in enumerate(loc):
        inside = (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if inside:
            data = data[step]
            steps.append(step)
        elif index == len(loc) - 1 and isinstance(data, dict):
            steps.append(step)
    return tuple(steps)


def _diagnostic(
    detail: ErrorDetails, path: tuple[int | str, ...], data: Any, place: Place, model: type[Node]
) -> Diagnostic:
    name = ""
    for step in path:
        if isinstance(data, Mapping):
            at = data.keys_at if detail["type"] == "extra_forbidden" else data.values_at
            place = at.get(str(step), data.place)
        elif isinstance(data, Sequence):
            place = data.values_at[int(step)]
        name = f"{name}[{step + 1}]" if isinstance(step, int) else f"{name}.{step}".lstrip(".")
        data = _inside(data, step)
    code, message, hint = _words(detail, path, model)
    return Diagnostic(
        code.id, Severity.ERROR, f"`{brief(name, LONGEST)}`: {message}" if name else message, place, hint
    )


def _inside(data: Any, step: int | str) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    return data[step] if isinstance(data, list) and isinstance(step, int) else None


class FieldError(ValueError):
    """What a model's own validator raises where the problem has a code of its own, and not FRM-07."""

    def __init__(self, code: Code, message: str, hint: str = "") -> None:
        self.code, self.hint = code, hint
        super().__init__(message)


Words = Callable[[dict[str, Any]], str]

# What Pydantic's error types are called here. A code means one thing only; a type that is not listed is FRM-03.
_TABLE: dict[str, tuple[Code, Words]] = {
    "missing": (FRM_01, lambda _: "is missing"),
    "extra_forbidden": (FRM_02, lambda _: "no such field"),
    "string_type": (FRM_03, lambda _: "has to be text"),
    "int_parsing": (FRM_03, lambda _: "has to be a whole number"),
    "int_parsing_size": (FRM_03, lambda _: "has too many digits"),
    "float_parsing": (FRM_03, lambda _: "has to be a number"),
    "tuple_type": (FRM_03, lambda _: "has to be a list"),
    "model_type": (FRM_03, lambda _: "has to be a group of `key: value` lines"),
    "model_attributes_type": (FRM_03, lambda _: "has to be a group of `key: value` lines"),
    "dict_type": (FRM_03, lambda _: "has to be a group of `key: value` lines"),
    "date_from_datetime_parsing": (FRM_03, lambda _: "has to be a date such as 2026-11-30"),
    "date_parsing": (FRM_03, lambda _: "has to be a date such as 2026-11-30"),
    "literal_error": (FRM_04, lambda c: f"has to be one of {c['expected']}".replace("'", "`")),
    "enum": (FRM_04, lambda c: f"has to be one of {c['expected']}".replace("'", "`")),
    "string_too_short": (
        FRM_06,
        lambda c: "is empty" if c["min_length"] == 1 else f"needs {c['min_length']} characters",
    ),
    "string_too_long": (FRM_06, lambda c: f"is longer than {c['max_length']} characters"),
    "too_short": (FRM_06, lambda c: f"needs at least {c['min_length']}, has {c['actual_length']}"),
    "too_long": (FRM_06, lambda c: f"takes at most {c['max_length']}, has {c['actual_length']}"),
    "greater_than": (FRM_06, lambda c: f"has to be more than {c['gt']:g}"),
    "greater_than_equal": (FRM_06, lambda c: f"has to be {c['ge']:g} or more"),
    "less_than_equal": (FRM_06, lambda c: f"has to be {c['le']:g} or less"),
    "value_error": (FRM_07, lambda c: str(c["error"])),
}
_RULED = (FRM_01, FRM_02, FRM_04, FRM_06)  # what a field's own code may stand for: see `Node.codes`
_COMMA = "Put quotes around text that holds a comma."


def _words(detail: ErrorDetails, path: tuple[int | str, ...], model: type[Node]) -> tuple[Code, str, str]:
    refusal = detail.get("ctx", {}).get("error")
    if isinstance(refusal, FieldError):
        return refusal.code, str(refusal), refusal.hint
    code, words = _TABLE.get(detail["type"], (FRM_03, lambda _: detail["msg"]))
    ruled = code in _RULED and path
    meant = _codes_at(model, path).get(str(path[-1])) if ruled else None
    message = words(detail.get("ctx", {}))
    found = detail["input"]
    if code == FRM_04 and isinstance(found, str):
        message += f", not `{brief(found)}`"
    if code == FRM_02 and path:
        if meant:
            return meant, message, "Remove it."
        return code, message, _in_place_of(str(path[-1]), found, field_names(model))
    return meant or code, message, ""


def _in_place_of(key: str, found: Any, known: list[str]) -> str:
    """What to write where `key` stands, which nobody knows: it may be the end of a text, or lack its colon."""
    if found is not None or not re.search(r"[\s“”]", key):
        return nearest(key, known)
    if (first := key.split()[0]) in known:
        return f"Put a colon with a space behind it after `{first}`."
    return CURLY if "“" in key or "”" in key else _COMMA


def _codes_at(model: type[Node], path: tuple[int | str, ...]) -> dict[str, Code]:
    """The `codes` of the model that owns the last step of `path`."""
    for step in path[:-1]:
        if isinstance(step, str):
            field = model.model_fields.get(step)
            inside = next(_nodes_in(field.annotation), None) if field else None
            if inside is None:
                return {}
            model = inside
    return {field: code for each in reversed(model.__mro__) for field, code in vars(each).get("codes", {}).items()}


def _nodes_in(annotation: Any) -> Iterator[type[Node]]:
    """The models that an annotation such as `tuple[Option, ...] | None` speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, Node):
        yield annotation
    for each in getattr(annotation, "__args__", ()):
        yield from _nodes_in(each)


@cache
def field_names(model: type[Node]) -> list[str]:
    """The names of the fields of `model` and of the models inside it: the words that an author may write."""
    seen: set[type[Node]] = set()
    waiting: list[Any] = [model]
    names: list[str] = []
    while waiting:
        each = waiting.pop()
        if isinstance(each, type) and issubclass(each, Node):
            if each not in seen:
                seen.add(each)
                names += each.model_fields
                waiting += [field.annotation for field in each.model_fields.values()]
        else:
            waiting += getattr(each, "__args__", ())
    return names


def _near(word: str, known: list[str]) -> str | None:
    import difflib  # which a library without mistakes does not need

    likely = known if len(known) <= LIKELY else [each for each in known if each[:1] == word[:1]][:LIKELY]
    near = difflib.get_close_matches(word[:LONGEST], likely, n=1)
    return near[0] if near and near[0] != word else None


def nearest(word: str, known: list[str]) -> str:
    """A hint that proposes the known word nearest to `word`, or else lists them."""
    near = _near(word, known)
    if near:
        return f"Did you mean `{legible(near)}`?"
    every = legible(", ".join(sorted(set(known))))
    return f"Known here: {textwrap.shorten(every, LONGEST_LIST, placeholder=' …')}." if known else ""
