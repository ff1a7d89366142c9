"""Rules about pages whose letters arrive as other letters."""

from __future__ import annotations

import re

from scormpack.check.package.site.charset import Words, encoding_of
from scormpack.check.package.site.subject import Site
from scormpack.check.package.site.telling import named
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity
from scormpack.source.patterns import pattern

ENCODING_RULES: list[Rule[Site]] = []

_LATE = pattern(rb"<meta\b[^>]{0,200}\bcharset", re.IGNORECASE)
_COMMENT = pattern(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_FAR = 20_000  # bytes


@rule(
    ENCODING_RULES,
    "WEB-23",
    "Page in another encoding than it says",
    Severity.WARNING,
    'Save it as UTF-8, with `<meta charset="utf-8">` first in its head.',
)
def page_in_another_encoding(site: Site) -> Findings:
    """“Café” arrives as “CafÃ©”, for some learners and not for others (HTML, 4.2.5.4).

    Without a word on it a browser guesses, by where the learner is.
    """
    for page in site.pages:
        if found := _trouble(page.words):
            yield Found(site.place(page), *found)


def _trouble(words: Words) -> tuple[str, Severity] | None:
    declared, mark, data = words.declared, words.mark, words.data
    if mark.startswith("utf-16"):
        return "is UTF-16, and a page has to be UTF-8", Severity.WARNING
    if b"\0" in data:
        return "holds NUL characters, as UTF-16 does, or a file that was damaged", Severity.WARNING
    if mark or _COMMENT.sub(b"", data).isascii():
        return None
    if not declared:
        return _undeclared(data), Severity.WARNING
    encoding = encoding_of(declared)
    if not encoding:
        return f"says that it is {named(declared)}, which no browser knows", Severity.WARNING
    return _contradiction(declared, encoding, data)


def _undeclared(data: bytes) -> str:
    late = " in its first 1,024 bytes" if _LATE.search(data[:_FAR]) else ""
    return f"does not say its encoding{late}, and has letters that are not ASCII"


def _contradiction(declared: str, encoding: str, data: bytes) -> tuple[str, Severity] | None:
    """What `data` is instead of what it says."""
    if encoding == "utf-8":
        try:
            data.decode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            return f"says that it is UTF-8 and is not: byte {data[error.start]:#04x} in line {line:,}", Severity.ERROR
    elif encoding == "cp1252" and _is_utf8(data):
        return f"says that it is {named(declared)}, and is UTF-8", Severity.WARNING
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except ValueError:
        return False
    return True
