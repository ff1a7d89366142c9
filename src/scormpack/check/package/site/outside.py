"""Rules about what pages ask others for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from scormpack.check.package.site.address import Way
from scormpack.check.package.site.sources import Reference, Script
from scormpack.check.package.site.subject import Site
from scormpack.check.package.site.telling import counted, named, several
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity
from scormpack.source.patterns import pattern

OUTSIDE_RULES: list[Rule[Site]] = []

_CALLED = {"source": "media file", "media": "media file", "extra": "file", "hint": "file", "refresh": "page"}
_DECIDING = frozenset({"script", "style", "form"})  # without which a course is not what it was
_STOPPED = frozenset({"script", "style", "frame", "object"})  # the others a browser tries again with `https:`
_ASKING = pattern(
    r"(?:(?:fetch|importScripts)(?<![\w$.]fetch)(?<![\w$.]importScripts)|(?:sendBeacon|WebSocket|EventSource|getJSON|\.get|\.post)"
    r"|\.open)\s*+\((?:\s*+[\"'`] *[\"'`]\s*+,)?\s*+[\"'`]"
)
_SERVER = pattern(r"(?:https?|wss?):/*+((?!localhost|127\.)[\w-]++(?:\.[\w-]++)++(?::\d+)?)", re.IGNORECASE)


def _groups(site: Site, is_plain: bool) -> dict[tuple[str, str], list[Reference]]:
    """What is asked of other servers, by the file that asks and the server."""
    groups: dict[tuple[str, str], list[Reference]] = {}
    for each in site.references:
        if (
            each.address.way is Way.OUTSIDE
            and each.role not in ("none", "link")
            and each.address.is_plain == is_plain
        ):
            groups.setdefault((each.source.path, each.address.host), []).append(each)
    return groups


def _said(references: list[Reference], host: str) -> str:
    """``asks `host` for 2 scripts and 1 picture``."""
    counts = Counter(_CALLED.get(each.role, each.role) for each in references)
    shown = [counted(number, what) for what, number in counts.items()]
    what = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return f"sends {what} to {named(host)}" if [*counts] == ["form"] else f"asks {named(host)} for {what}"


@rule(OUTSIDE_RULES, "WEB-07", "Request to another server", Severity.WARNING, "Put the file into the package.")
def request_to_another_server(site: Site) -> Findings:
    """That server learns who is learning, and when; where it cannot be reached, its part is missing."""
    for (_, host), references in _groups(site, is_plain=False).items():
        severity = Severity.WARNING if any(each.role in _DECIDING for each in references) else Severity.INFO
        first = references[0]
        yield Found(site.place(first.source, first.at), _said(references, host), severity)


@rule(
    OUTSIDE_RULES,
    "WEB-08",
    "Request without encryption",
    Severity.ERROR,
    "Put the file into the package, or write `https:`.",
)
def request_without_encryption(site: Site) -> Findings:
    """On a platform with `https:` a browser stops scripts, styles and frames from `http:` (Mixed Content)."""
    for (_, host), references in _groups(site, is_plain=True).items():
        severity = Severity.ERROR if any(each.role in _STOPPED for each in references) else Severity.WARNING
        first = references[0]
        said = f"{_said(references, host)} by `http:`"
        yield Found(site.place(first.source, first.at), said, severity)


@rule(
    OUTSIDE_RULES,
    "WEB-09",
    "Script that asks another server",
    Severity.INFO,
    "Make sure that the course works without it.",
)
def script_that_asks_another_server(site: Site) -> Findings:
    """That server learns who is learning, and a platform's security policy may not allow it."""
    for script in site.scripts:
        hosts = dict(_asked(script)) if "://" in script.text and not script.is_library else {}
        if hosts:
            yield site.place(script, next(iter(hosts.values()))), f"asks {several(hosts)}"


def _asked(script: Script) -> Iterator[tuple[str, int]]:
    """The servers that `script` asks by name, and where it does."""
    for found in _ASKING.finditer(script.code):
        host = _SERVER.match(script.text, found.end())
        if host is not None:
            yield host[1].lower(), found.start()
