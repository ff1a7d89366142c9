"""Where a link leads, by the rules of URLs (WHATWG URL, section 4), seen from a folder of the package."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple
from urllib.parse import unquote

from scormpack.source.patterns import pattern

_TRIMMED = "\t\n\f\r "
_BLANKS = str.maketrans("", "", "\t\n\r")
_SCHEME = pattern(r"([a-zA-Z][a-zA-Z0-9+.-]*+):")
_HOST = pattern(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*+:)?[/\\]{2,}(?:[^/\\?#@]*@)?([^/\\?#]*)")
_DISK = pattern(r"(?i:file:)|[a-zA-Z][:|][\\/]|\\\\")
_OWN_MACHINE = pattern(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d*)?", re.IGNORECASE)
_WEB = frozenset({"http", "https", "ws", "wss", "ftp"})
# Where a program puts something before the page is shown.
_FILLED_IN = pattern(r"\{\{|\{%|<[%?]|\$\{|\[\[|#\{|%\w+%$")


class Way(Enum):
    """How a link leads on."""

    NOWHERE = "to no file: a part of the page, a mail, words that a script fills in"
    INSIDE = "into the package"
    ABOVE = "up and out of the package"
    ROOT = "to the top of whatever server the package is on"
    DISK = "to the computer that it was made on"
    OUTSIDE = "to another server"


class Address(NamedTuple):
    """Where a link leads. `path` is that of a file in the package, of a folder if it ends in `/`."""

    way: Way
    path: str = ""
    host: str = ""
    is_plain: bool = False  # asked for without encryption

    @property
    def is_folder(self) -> bool:
        """Whether it leads to a folder of the package."""
        return self.way is Way.INSIDE and (not self.path or self.path.endswith("/"))


def resolve(link: str, folder: str) -> Address:
    """Where `link` leads from `folder` of the package, which is empty or ends in `/`."""
    link = link.strip(_TRIMMED).translate(_BLANKS)
    scheme = _SCHEME.match(link)
    if not link or link[0] in "#?" or _FILLED_IN.search(link):
        return Address(Way.NOWHERE)
    if _DISK.match(link):
        return Address(Way.DISK)
    if (scheme and scheme[1].lower() in _WEB) or link.startswith(("//", "/\\")):
        return _remote(link, scheme[1].lower() if scheme else "")
    if scheme:
        return Address(Way.NOWHERE)
    if link[0] in "/\\":
        return Address(Way.ROOT)
    return _inside(link, folder)


def _remote(link: str, scheme: str) -> Address:
    found = _HOST.match(link)
    host = found[1].lower() if found else ""
    if not host:
        return Address(Way.NOWHERE)
    if _OWN_MACHINE.fullmatch(host):
        return Address(Way.DISK, host=host)
    return Address(Way.OUTSIDE, host=host, is_plain=scheme in ("http", "ws", "ftp"))


def _inside(link: str, folder: str) -> Address:
    parts = folder.split("/")[:-1]
    steps = re.split(r"[?#]", link, maxsplit=1)[0].replace("\\", "/").split("/")
    for step in steps:
        if step == "..":
            if not parts:
                return Address(Way.ABOVE)
            parts.pop()
        elif step not in (".", ""):
            parts.append(unquote(step, errors="surrogateescape"))
    ends = "/" if steps[-1] in ("", ".", "..") and parts else ""
    return Address(Way.INSIDE, "/".join(parts) + ends)
