"""Rules about what scripts do that browsers or platforms stop.

What a script does is seen in its words alone: where it stands in a library or in a branch that is never taken, the
finding is of no concern. None of these is therefore an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from scormpack.check.package.site.address import Way
from scormpack.check.package.site.sources import Reference, Script
from scormpack.check.package.site.subject import Site
from scormpack.check.package.site.telling import named
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.diagnostics import Severity
from scormpack.source.patterns import pattern

Counts: TypeAlias = Callable[[Script, re.Match[str]], bool]  # whether what looks like it is it

SCRIPT_RULES: list[Rule[Site]] = []

_SYNCHRONOUS = pattern(r"open(?<=\.open)\s*+\([^()]{1,300}?,\s*+(?:false|!1)\b|async\s*+:\s*+(?:false|!1)\b")
_CLOSING = pattern(r"[\"'`](?:before)?unload[\"'`]|on(?:before)?unload|pagehide")
_WRITE = pattern(r"document\.write(?:ln)?\s*+\(")
_DEFINED = pattern(r"[^(){};]*+\)\s*+\{")  # after the bracket of a method that is called so
_DIALOG = pattern(r"(?:alert|confirm|prompt)(?<![\w$.]alert)(?<![\w$.]confirm)(?<![\w$.]prompt)\s*+\(")
_MADE = pattern(r"eval(?<![\w$.]eval)\s*+\(|Function(?<=new Function)\s*+\((?!\s*\))")
_GLOBAL = pattern(r"[\"'`]return this")  # how bundles find the window; they have another way besides
_TOP = pattern(
    r"top\.location(?<![\w$]top\.location)(?:\.href)?\s*+=(?!=)|top\.location(?<![\w$]top\.location)\.(?:replace|assign)\s*+\("
)
_REACHING = pattern(r"(?:top|parent)\.document(?<![\w$]top\.document)(?<![\w$]parent\.document)(?![\w$])")
_LISTENS = pattern(r"(?:addEventListener|\.on|\.bind|\.one)\s*+\(\s*+[\"'`]|on(?:before)?unload\s*+=(?!=)")
_LEAVING = pattern(r"(?:before)?unload\b")
_OLD_LISTENER = pattern(r"on(before)?unload")


def _found(
    site: Site, words: tuple[str, ...], pattern: re.Pattern[str], counts: Counts | None
) -> Iterator[tuple[Script, list[re.Match[str]]]]:
    """The scripts in whose code `pattern` is, once a file."""
    files: dict[str, tuple[Script, list[re.Match[str]]]] = {}
    for script in site.scripts:
        if any(word in script.text for word in words) and not script.is_library:
            matches = [each for each in pattern.finditer(script.code) if counts is None or counts(script, each)]
            if matches:
                files.setdefault(script.path, (script, []))[1].extend(matches)
    yield from files.values()


def _told(
    site: Site,
    words: tuple[str, ...],
    pattern: re.Pattern[str],
    said: str,
    counts: Counts | None = None,
) -> Findings:
    """Where `pattern` is, once a file, with `said` and how often."""
    for script, matches in _found(site, words, pattern, counts):
        yield site.place(script, matches[0].start()), f"{said}{_often(matches)}"


def _often(matches: Sequence[object]) -> str:
    return f", in {len(matches):,} places" if len(matches) > 1 else ""


@rule(
    SCRIPT_RULES,
    "WEB-13",
    "Request that stops everything",
    Severity.WARNING,
    "Ask without waiting: `fetch`, or `sendBeacon` where the page closes.",
)
def request_that_stops_everything(site: Site) -> Findings:
    """The page stands still, and what is asked as it closes is lost in Chrome, since version 80."""
    for script, matches in _found(site, ("false", "!1"), _SYNCHRONOUS, _asks):
        severity = Severity.WARNING if _CLOSING.search(script.text) else Severity.INFO
        yield Found(site.place(script, matches[0].start()), f"makes a synchronous request{_often(matches)}", severity)


def _asks(script: Script, found: re.Match[str]) -> bool:
    """Whether it is a request: a window and a file are opened too, but without a method."""
    begin = script.text[found.start() : found.start() + 60]
    return (
        begin.startswith("async")
        or re.search(r"\(\s*(?:[\"'](?:GET|POST|PUT|HEAD|DELETE)[\"']|[\w.$]*(?:method|type)\b)", begin, re.I)
        is not None
    )


@rule(
    SCRIPT_RULES, "WEB-14", "Page that is written while it loads", Severity.INFO, "Add elements to the page instead."
)
def page_that_is_written_while_it_loads(site: Site) -> Findings:
    """Chrome may leave such a script out on a slow line, and later it wipes the page away (HTML, 8.4.3)."""
    return _told(site, ("document.write",), _WRITE, "writes into the page by `document.write`")


@rule(
    SCRIPT_RULES,
    "WEB-15",
    "Work that is saved only as the page closes",
    Severity.WARNING,
    "Save as the learner goes on, and at `visibilitychange` and `pagehide`.",
)
def work_that_is_saved_only_as_the_page_closes(site: Site) -> Findings:
    """Phones close a page without `unload`, and Chrome takes it away: what is said only then is lost."""
    if site.kinds == ("web",) or _saves_in_time(site):
        return
    for script, matches in _found(site, ("unload",), _LISTENS, _leaves):
        names = {_name(script, each) for each in matches}
        severity = Severity.WARNING if "unload" in names else Severity.INFO
        said = f"waits for {named(max(names))}; no script waits for `pagehide` or `visibilitychange`"
        yield Found(site.place(script, matches[0].start()), said, severity)
    for page in site.pages:
        for tag in page.tags:
            if "onunload" in tag.attributes:
                said = "waits for `unload`; no script waits for `pagehide` or `visibilitychange`"
                yield site.place(page, tag.at), said
                break


def _saves_in_time(site: Site) -> bool:
    """Whether anything waits for an event that phones tell."""
    texts = (each.text for each in (*site.scripts, *site.pages))
    return any("pagehide" in text or "visibilitychange" in text for text in texts)


def _leaves(script: Script, found: re.Match[str]) -> bool:
    return bool(_name(script, found))


def _name(script: Script, found: re.Match[str]) -> str:
    """The event that is waited for, if it is one of a page that closes."""
    old = _OLD_LISTENER.match(found[0])
    name = _LEAVING.match(script.text, found.end())
    return f"{old[1] or ''}unload" if old else name[0] if name else ""


@rule(SCRIPT_RULES, "WEB-16", "Box that a browser may not show", Severity.INFO, "Say it on the page.")
def box_that_a_browser_may_not_show(site: Site) -> Findings:
    """In a frame from another server, as some platforms have it, Chrome shows no such box.

    Since version 92: `alert`, `confirm` and `prompt` do nothing there.
    """
    return _told(
        site, ("alert", "confirm", "prompt"), _DIALOG, "opens a box by `alert`, `confirm` or `prompt`", _is_called
    )


def _is_called(script: Script, found: re.Match[str]) -> bool:
    """Whether it is no function of the same name that is written here."""
    is_named = script.code[max(0, found.start() - 10) : found.start()].rstrip().endswith("function")
    return not is_named and _DEFINED.match(script.code, found.end(), found.end() + 200) is None


@rule(SCRIPT_RULES, "WEB-17", "Script that is made from text", Severity.INFO, "Write it as a function.")
def script_that_is_made_from_text(site: Site) -> Findings:
    """A platform with a strict security policy stops it (CSP 3, `unsafe-eval`), and nothing happens."""
    return _told(site, ("eval", "Function"), _MADE, "makes code from text by `eval` or `new Function`", _is_made)


def _is_made(script: Script, found: re.Match[str]) -> bool:
    return _GLOBAL.match(script.text, found.end()) is None and _is_called(script, found)


@rule(
    SCRIPT_RULES,
    "WEB-18",
    "Page that takes the platform's place",
    Severity.WARNING,
    "Open it in a window of its own, or in the course's own frame.",
)
def page_that_takes_the_platforms_place(site: Site) -> Findings:
    """Where a platform shows the course in a frame the learner is lost, and so is what was not saved."""
    for script, matches in _found(site, ("top.location",), _TOP, None):
        said = f"puts another page in the platform's place{_often(matches)}"
        yield Found(site.place(script, matches[0].start()), said, Severity.INFO)
    for page in site.pages:
        if found := [each for each in page.references if _takes_over(each)]:
            said = f"{named(found[0].link)} opens in the platform's place{_often(found)}"
            yield site.place(page, found[0].at), said


def _takes_over(reference: Reference) -> bool:
    """Whether it is a link to another page that fills the whole window."""
    leads = reference.role in ("link", "form") and reference.address.way is not Way.NOWHERE
    return leads and reference.tag is not None and reference.tag.attributes.get("target", "").lower() == "_top"


@rule(
    SCRIPT_RULES,
    "WEB-19",
    "Script that reaches into other pages",
    Severity.INFO,
    "Ask the platform through its API only.",
)
def script_that_reaches_into_other_pages(site: Site) -> Findings:
    """Where the platform is on another server a browser stops the script there (HTML, 7.2.1)."""
    return _told(site, ("top.document", "parent.document"), _REACHING, "reaches into the page around it")
