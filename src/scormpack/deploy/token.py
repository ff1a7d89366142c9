"""Tokens: what lets us into a site. They are in the environment or in the keyring, and are shown nowhere."""

from __future__ import annotations

import os
import re
from typing import Any, Final

from scormpack.check.deployed import DPL_06, DPL_15
from scormpack.deploy.told import told
from scormpack.diagnostics import ContentError

VARIABLE: Final = "SCORMPACK_TOKEN"
SERVICE: Final = "scormpack"  # its name in the keyring
_ELSEWHERE: Final = f"Unlock the keyring, or put the token into {VARIABLE} in the environment."
_TAKEN = re.compile(r"[!-~]{8,500}")


class Token:
    """What lets us into a site. It is shown as `…`, wherever it is shown; only `reveal` gives it away."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The token itself, for the body of a request or the keyring."""
        return self._value

    def hidden_in(self, text: str) -> str:
        """`text`, with `…` wherever it has the token in it."""
        return text.replace(self._value, "…")

    def __repr__(self) -> str:
        return "…"

    def __reduce__(self) -> Any:
        raise TypeError("a token is not written anywhere")


def as_token(text: str, origin: str) -> Token:
    """The token in `text`, for the site `origin`; white space around it is none of its own. Raises ContentError."""
    value = text.strip()
    if not _TAKEN.fullmatch(value):
        raise _none(origin, "What was given is no token: it is too short, or has signs in it that no token has.")
    return Token(value)


def token_for(origin: str) -> Token:
    """The token for a site: that in the environment, else that in the keyring. Raises ContentError (DPL-06)."""
    given = os.environ.get(VARIABLE, "")
    if given.strip():
        return as_token(given, origin)
    kept = _asked(origin, lambda ring: ring.get_password(SERVICE, origin))
    if not kept:
        raise _none(origin, "There is no token for this site, neither in the environment nor in the keyring.")
    return as_token(kept, origin)


def keep(token: Token, origin: str) -> None:
    """Put the site's token into the keyring, in the place of another. Raises ContentError (DPL-06)."""
    _asked(origin, lambda ring: ring.set_password(SERVICE, origin, token.reveal()))


def forget(origin: str) -> bool:
    """Take the site's token out of the keyring; whether there was one. Raises ContentError (DPL-06)."""
    if not _asked(origin, lambda ring: ring.get_password(SERVICE, origin)):
        return False
    _asked(origin, lambda ring: ring.delete_password(SERVICE, origin))
    return True


def _asked(origin: str, question: Any) -> Any:
    """What the keyring answers. What goes wrong in it is told without its words: they may have the token in them."""
    try:
        import keyring
    except ImportError:
        message = f"The keyring needs a library, or {VARIABLE} has to be in the environment"
        raise ContentError([told(DPL_15, message, origin)]) from None
    try:
        return question(keyring)
    except Exception as error:  # each system has its own
        message = f"The keyring of this machine cannot be used ({type(error).__name__})."
        raise ContentError([told(DPL_06, message, origin, _ELSEWHERE)]) from None


def _none(origin: str, why: str) -> ContentError:
    return ContentError([told(DPL_06, why, origin)])
