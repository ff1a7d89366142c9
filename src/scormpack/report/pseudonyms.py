"""Names in the place of names: the same for the same person, and for nobody to turn back without the key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from scormpack.diagnostics import Code, ContentError, Place
from scormpack.package import PKG_11
from scormpack.source.codes import SRC_04
from scormpack.source.files import shown

_BYTES = 32
_LETTERS = 8  # forty bits: ten thousand people have names of their own


def pseudonyms(key: bytes) -> Callable[[str], str]:
    """A function that gives each person a name: `Person 7KQ2M4XA`, always the same with the same `key`."""

    def name(person: str) -> str:
        made = hmac.new(key, person.encode(), hashlib.sha256).digest()
        return f"Person {base64.b32encode(made).decode()[:_LETTERS]}"

    return name


def key_in(file: Path) -> bytes:
    """The key in `file`, which is made, and for its owner only, where there is none.

    Raises ContentError where it cannot be read or made (SRC-04, PKG-11).
    """
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(secrets.token_hex(_BYTES).encode() + b"\n")
    except FileExistsError:
        pass
    except OSError as error:
        raise _refused(PKG_11, file, f"cannot be written: {error.strerror or error}") from None
    try:
        key = file.read_bytes()[:1_000].strip()
    except OSError as error:
        raise _refused(SRC_04, file, f"cannot be read: {error.strerror or error}") from None
    if len(key) < _BYTES:
        raise _refused(SRC_04, file, "holds no key for names")
    return key


def _refused(code: Code, file: Path, message: str) -> ContentError:
    return ContentError([code.finding(message, Place(shown(file), outside=True), code.remedy)])
