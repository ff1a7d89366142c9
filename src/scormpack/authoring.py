"""JSON Schemas of the files that authors write, so that an editor helps while they write.

They are made from the models. What stands below a field in their source is its description; it is read when schemas
are made, because a build has no use for it.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from scormpack.blocks import KINDS, Block, Card, Deck, Scenario
from scormpack.content.assessment import SelfAssessment
from scormpack.content.facilitator import FacilitatorGuide
from scormpack.content.library import Contacts, Frameworks, Glossary, Settings
from scormpack.content.load import REUSED
from scormpack.content.locale import Locale
from scormpack.content.module import Module
from scormpack.content.provider import Provider
from scormpack.content.recommendation import Recommendation
from scormpack.content.review import Review
from scormpack.package import write_file
from scormpack.source.node import Node
from scormpack.source.word import Slug, Spelled

DRAFT = "http://json-schema.org/draft-07/schema#"  # the newest that every editor knows
ENDING = ".schema.json"

FILES: Final[dict[str, type[Node]]] = {
    "library": Settings,
    "contacts": Contacts,
    "glossary": Glossary,
    "frameworks": Frameworks,
    "locale": Locale,
    "recommendation": Recommendation,
    "provider": Provider,
    "assessment": SelfAssessment,
    "module": Module,
    "facilitator": FacilitatorGuide,
    "review": Review,
    "card": Card,
    "scenario": Scenario,
    "deck": Deck,
}
_FILES_OF_THEIR_OWN = ("facilitator_guide", "agreed", "review")  # fields of a module, but not of module.yaml
_AROUND = ("$schema", "title", "description", "definitions")  # what belongs to a schema as a whole
_TYPE = "The kind of block. It can be left out."
_USE = "The name of its file, without `.yaml`."


def schemas() -> dict[str, JsonSchemaValue]:
    """A schema for each kind of file, and one called `blocks/<kind>` for what stands in each kind of fence."""
    files = {name: _schema(model) for name, model in FILES.items()}
    return files | {f"blocks/{kind}": _fence(kind, model) for kind, model in KINDS.items() if kind != "prose"}


def as_files() -> dict[str, bytes]:
    """The path of each schema below its folder, and its bytes."""
    return {
        name + ENDING: (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()
        for name, schema in schemas().items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into `folder`; the files written."""
    files = {folder / name: data for name, data in as_files().items()}
    for file, data in files.items():
        write_file(data, file)
    return list(files)


def differences(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each file in `folder` that is not as `write_schemas` would leave it: `missing`, `stale` or `extra`."""
    wanted = {folder / name: data for name, data in as_files().items()}
    for file, data in wanted.items():
        if not file.is_file():
            yield file, "missing"
        elif file.read_bytes() != data:
            yield file, "stale"
    for file in sorted([*folder.glob(f"*{ENDING}"), *folder.glob(f"blocks/*{ENDING}")]):
        if file not in wanted:
            yield file, "extra"


def _schema(model: type[Node]) -> JsonSchemaValue:
    made = model.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_Writer)
    definitions = made.pop("$defs", None)
    return {"$schema": DRAFT, **made, **({"definitions": definitions} if definitions else {})}


def _fence(kind: str, model: type[Block]) -> JsonSchemaValue:
    """The schema of a block on a page, where some kinds can be left to a file of their own."""
    block = _schema(model)
    if not block.get("required"):
        block["type"] = ["object", "null"]  # an empty fence
    if kind not in REUSED:
        return block
    around: JsonSchemaValue = {key: block.pop(key) for key in _AROUND if key in block}
    used = {"type": "object", "properties": {"use": _name(_USE)}, "additionalProperties": False}
    return {**around, "if": {"required": ["use"]}, "then": used, "else": block}


def _name(description: str) -> JsonSchemaValue:
    """The name of a page, a card, a story or a deck."""
    pattern = f"^(?:{Slug.pattern})$"
    made = {"description": description, "type": "string", "pattern": pattern, "maxLength": Slug.longest}
    return {**made, "patternErrorMessage": Slug.spelling}


class _Writer(GenerateJsonSchema):
    """Pydantic's own, with the words of the source and for what an editor takes YAML to be.

    An editor reads `2025` as a number where our loader keeps the text, and an empty value as null.
    """

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        model = schema["cls"]
        made = super().model_schema(schema)
        made["title"] = _words(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__))
        made["description"] = " ".join((model.__doc__ or "").split("\n\n")[0].split())
        _explain(model, made["properties"])
        _as_in_files(model, made["properties"])
        return made

    def get_title_from_name(self, name: str) -> str:
        return _words(name)

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        made = super().str_schema(schema)
        if made.get("minLength", 0) <= 1:
            made["type"] = ["string", "number"]
        return made

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        made = super().function_after_schema(schema)
        spelled = schema.get("metadata", {}).get("spelled")
        if isinstance(spelled, Spelled):
            made["pattern"] = spelled.pattern
            made["patternErrorMessage"] = spelled.sentence  # not in the standard, but editors know it
            if not re.fullmatch(spelled.pattern, "999"):
                made["type"] = "string"
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """One list of types where there can be one: an editor then says more precisely what is wrong."""
        made = self.generate_inner(schema["schema"])
        if "type" not in made:
            return {"anyOf": [made, {"type": "null"}]}
        types = made["type"] if isinstance(made["type"], list) else [made["type"]]
        words = {"enum": [*made["enum"], None]} if "enum" in made else {}
        return {**made, **words, "type": [*types, "null"]}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        names = self.generate_inner(schema["keys_schema"])
        value = self.generate_inner(schema["values_schema"])
        if "enum" in names:  # an editor proposes these
            properties = {name: {**value} for name in names["enum"]}
            return {"type": "object", "properties": properties, "additionalProperties": False}
        return {"type": "object", "propertyNames": names, "additionalProperties": value}


def _explain(model: type[Node], fields: dict[str, JsonSchemaValue]) -> None:
    """Add what the source says of each field."""
    documents = documentation(model)
    for name, field in fields.items():
        if name in documents:
            field |= documents[name].as_schema()
        if field.get("default") in (None, "", []) or isinstance(field["default"], dict):
            field.pop("default", None)


def _as_in_files(model: type[Node], fields: dict[str, JsonSchemaValue]) -> None:
    """Change what a file has otherwise than the model, because the loader reads several files into one."""
    if issubclass(model, Block):
        fields["type"] = {"description": _TYPE, "const": model.model_fields["type"].default}
    if model is Module:
        for name in _FILES_OF_THEIR_OWN:
            del fields[name]
        fields["pages"]["items"] = _name("The name of a page.")
    if model is FacilitatorGuide:
        fields["deck"]["anyOf"].insert(0, _name("The name of a file in decks/."))


class Document(NamedTuple):
    """What the source says of a field: a description, and values to write."""

    description: str
    examples: tuple[Any, ...]

    def as_schema(self) -> JsonSchemaValue:
        """The same in the words of JSON Schema."""
        return {"description": self.description, **({"examples": [*self.examples]} if self.examples else {})}


_EXAMPLE = re.compile(r"^Example: `(.*)`$", re.MULTILINE)


def documentation(model: type[Node]) -> dict[str, Document]:
    """What stands below each field of `model`, and of the models that it extends."""
    found: dict[str, Document] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, Node):
            found |= {name: _document(text) for name, text in _below_fields(each)}
    return found


def _below_fields(model: type[Node]) -> Iterator[tuple[str, str]]:
    for statement in _source(model.__module__).body:
        if isinstance(statement, ast.ClassDef) and statement.name == model.__name__:
            for pair in pairwise(statement.body):
                match pair:
                    case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                        yield name, text


@cache
def _source(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(sys.modules[module]))


def _document(text: str) -> Document:
    text = inspect.cleandoc(text)
    return Document(" ".join(_EXAMPLE.sub("", text).split()), tuple(_value(each) for each in _EXAMPLE.findall(text)))


def _value(text: str) -> Any:
    """A value as an editor reads it: numbers are numbers, dates are text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
