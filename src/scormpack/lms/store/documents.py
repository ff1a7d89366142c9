"""The documents that a store keeps beside statements, each with its ETag (xAPI 1.0.3, part three, 2.2 to 2.7).

A document's key is what the parameters say: the resource, then agent, activity, registration as they apply, and
its own id last. `Documents` knows preconditions and merging, and of HTTP only what these headers mean.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from scormpack.lms.exchange import Refusal
from scormpack.lms.judge.values import parse

JSON = "application/json"
Key = tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """Bytes of a media type, and when they came, as a timestamp in UTC."""

    data: bytes
    media_type: str
    updated: str

    @property
    def etag(self) -> str:
        """The SHA-1 of the bytes, in quotes (part three, 3.1)."""
        return f'"{hashlib.sha1(self.data, usedforsecurity=False).hexdigest()}"'

    @property
    def json(self) -> Any:
        """The bytes, read as JSON. Raises ValueError if they are none."""
        return json.loads(self.data)


@dataclass
class Documents:
    """All documents of a store."""

    kept: dict[Key, Document] = field(default_factory=dict)

    def get(self, key: Key) -> Document:
        """Return the one with this key. Raises Refusal (404) if there is none."""
        if key not in self.kept:
            raise Refusal(404, f"there is no document {key[-1]}")
        return self.kept[key]

    def ids(self, context: Key, since: str = "") -> list[str]:
        """Return the ids of all in a context, or of those that came after `since`, a timestamp in UTC."""
        return sorted(key[-1] for key in self._in(context) if self.kept[key].updated > since)

    def put(self, key: Key, new: Document, match: str = "", none_match: str = "") -> None:
        """Keep `new` in the place of what was there; `match` and `none_match` are the headers of that name.

        Raises Refusal: 412 if a precondition fails, 400 if it says that it is JSON and is not.
        """
        self._ready(key, match, none_match)
        if _is_json(new):
            _read(new.data, "the document")
        self.kept[key] = new

    def merge(self, key: Key, new: Document, match: str = "", none_match: str = "") -> None:
        """Put the top-level names of `new` into what was there, and keep that.

        Raises Refusal: 412 if a precondition fails, 400 if both are not JSON objects.
        """
        self._ready(key, match, none_match)
        old = self.kept.get(key)
        added = _object(new, "the document")
        if old is not None:
            merged = json.dumps({**_object(old, "the document that is there"), **added}).encode()
            new = Document(merged, JSON, new.updated)
        self.kept[key] = new

    def delete(self, key: Key, match: str = "", none_match: str = "") -> None:
        """Forget the one with this key, if there is one. Raises Refusal (412) if a precondition fails."""
        self._ready(key, match, none_match)
        self.kept.pop(key, None)

    def delete_all(self, context: Key) -> None:
        """Forget all in a context."""
        for key in self._in(context):
            del self.kept[key]

    def _in(self, context: Key) -> list[Key]:
        return [key for key in self.kept if key[:-1] == context]

    def _ready(self, key: Key, match: str, none_match: str) -> None:
        """RFC 9110, 13.1: 412 unless the document is in the state that the client believes it is in."""
        old = self.kept.get(key)
        if match and (old is None or not _names(match, old.etag)):
            raise Refusal(412, f"If-Match names {match}, the document is {old.etag if old else 'not there'}")
        if none_match and old is not None and _names(none_match, old.etag):
            raise Refusal(412, f"If-None-Match names {none_match}, the document is {old.etag}")


def _names(header: str, etag: str) -> bool:
    named = [name.strip() for name in header.split(",")]
    return "*" in named or etag in named


def names_etag(header: str, etag: str) -> bool:
    """Whether a header of preconditions names this ETag."""
    return bool(header) and _names(header, etag)


def _is_json(document: Document) -> bool:
    return document.media_type.partition(";")[0].strip().lower() == JSON


def _read(data: bytes, what: str) -> Any:
    try:
        return parse(data)
    except ValueError as error:
        raise Refusal(400, f"{what} is not JSON: {error}") from None


def _object(document: Document, what: str) -> dict[str, Any]:
    if not _is_json(document):
        raise Refusal(400, f"{what} is {document.media_type}, and only {JSON} can be merged")
    value = _read(document.data, what)
    if not isinstance(value, dict):
        raise Refusal(400, f"{what} is no JSON object, and only objects can be merged")
    return value
