"""The files of a course as on a device of another kind: dark, with forced colours, less movement, large text.

A page can ask the browser for these, and no page can set them for another. So the questions are answered in the files
themselves: in what styles and scripts ask of the device, and in what a browser would have made of the colours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, Literal


@dataclass(frozen=True)
class Appearance:
    """How the learner's device is set.

    `forced` are the few colours of a high contrast theme in place of the author's own, `calm` is less movement, and
    `large` is text of twice the size. What is not set stays as it is on the device that shows the preview.
    """

    scheme: Literal["light", "dark"] = "light"
    forced: bool = False
    calm: bool = False
    large: bool = False

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Appearance:
        """What the preview's page asks for; where it says nothing that can be meant, as phones mostly are."""
        is_on = {name: said.get(name) is True for name in ("forced", "calm", "large")}
        return cls("dark" if said.get("scheme") == "dark" else "light", **is_on)


USUAL = Appearance()


# What Chromium makes of the system's colours where it forces them, as `forced_colors` of its own tests does.
_PALETTES = {
    "light": {
        **dict.fromkeys(("canvas", "buttonface", "field", "highlighttext"), "#fff"),
        **dict.fromkeys(("canvastext", "buttontext", "buttonborder", "fieldtext", "marktext"), "#000"),
        **dict.fromkeys(("linktext", "visitedtext", "activetext"), "#00009f"),
        "highlight": "rgba(5,0,73,.8)",
        "graytext": "#600000",
        "mark": "#ff0",
    },
    "dark": {
        **dict.fromkeys(("canvas", "buttonface", "field", "highlighttext", "marktext"), "#000"),
        **dict.fromkeys(("canvastext", "buttontext", "buttonborder", "fieldtext"), "#fff"),
        **dict.fromkeys(("linktext", "visitedtext", "activetext"), "#ff0"),
        "highlight": "rgba(0,230,255,.8)",
        "graytext": "#3ff23f",
        "mark": "#ff0",
    },
}
_ALL = "selecteditem|selecteditemtext|accentcolor|accentcolortext"  # the same in every theme
_SYSTEM = re.compile(
    rf"""url\([^()]*\)?|"[^"]*"|'[^']*'|(?<![\w#.-])({"|".join(_PALETTES["light"])}|{_ALL})(?![\w(-])""",
    re.IGNORECASE,
)

# What a browser's own sheet says, in a layer below all that authors write: `revert-layer` falls back to it.
_LAYER = "scormpack-as-if"
_FORCED = (
    "html{{background:{canvas};color:{canvastext}}}"
    "a:any-link,details>summary:first-of-type{{color:{linktext}}}"
    "button,input:is([type=button],[type=submit],[type=reset]){{color:{buttontext};border-color:{buttonborder}}}"
    "input,textarea,select{{color:{fieldtext};border-color:{buttonborder}}}"
    ":is(button,input,select,textarea):disabled{{color:{graytext};border-color:{graytext}}}"
    "hr,fieldset{{border-color:{canvastext}}}"
    "button,input,select,textarea,dialog{{background-color:{canvas}}}"
    "input:is([type=checkbox],[type=radio]){{background-color:transparent}}"
    "mark{{color:{marktext}}}"
    "::selection{{background-color:{highlight};color:{highlighttext}}}"
)
_LARGE = "html{font-size:200%}button,input,select,textarea{font-size:29.3333px}"

_QUESTION = re.compile(
    r"\(\s*(prefers-color-scheme|prefers-reduced-motion|forced-colors)\s*(?::\s*([\w-]+)\s*)?\)", re.IGNORECASE
)
_YES, _NO = "(min-width:0)", "(max-width:-1px)"
_OFF = ("no-preference", "none")  # what is asked with these is true where nothing is set
_WIDTH = re.compile(r"(\(\s*(?:min|max)-(?:width|height)\s*:\s*)([\d.]+)(r?em\s*\))", re.IGNORECASE)

_STYLES = {".css"}
_SCRIPTS = {".js", ".mjs"}
_PAGES = {".html", ".htm", ".xhtml", ".svg"}


def as_if(path: str, data: bytes, appearance: Appearance) -> bytes:
    """A file of a course as a device of this appearance would show it; media and data are returned as they are."""
    kind = PurePosixPath(path).suffix.lower()
    return _made(kind, data, appearance) if kind in _STYLES | _SCRIPTS | _PAGES else data


@lru_cache(maxsize=32)
def _made(kind: str, data: bytes, appearance: Appearance) -> bytes:
    # What is no UTF-8 goes out with the bytes that came in.
    text = data.decode("utf-8", "surrogateescape")
    how = _styles if kind in _STYLES else _answered if kind in _SCRIPTS else _page
    return how(text, appearance).encode("utf-8", "surrogateescape")


# What styles, scripts and pages ask


def _answered(text: str, appearance: Appearance) -> str:
    """A text in which the questions to the device are answered."""
    text = _QUESTION.sub(lambda found: _answer(found, appearance), text)
    return _WIDTH.sub(lambda found: f"{found[1]}{_twice(found[2])}{found[3]}", text) if appearance.large else text


def _answer(question: re.Match[str], appearance: Appearance) -> str:
    name, value = question[1].lower(), (question[2] or "").lower()
    if name == "prefers-color-scheme":
        return _YES if value in ("", appearance.scheme) else _NO
    is_set = appearance.calm if name == "prefers-reduced-motion" else appearance.forced
    if not is_set:
        return question[0]
    return _NO if value in _OFF else _YES


def _twice(number: str) -> str:
    return f"{float(number) * 2:g}" if re.fullmatch(r"\d+\.?\d*|\.\d+", number) else number


# Pages: the styles, the scripts and the conditions in them

# What is open to the end counts as closed there, as browsers take it; so nothing is looked through twice.
_PART = re.compile(
    r"(?P<open><(?P<name>style|script)\b[^<>]*>)(?P<inside>.*?)(?P<close></(?P=name)|\Z)|<!--.*?(?:-->|\Z)|<[a-z][^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""(\s(media|sizes|style)\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_META = re.compile(r"""(\bname\s*=\s*["']?color-scheme\b)""", re.IGNORECASE)
_CONTENT = re.compile(r"""(\bcontent\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)


def _page(text: str, appearance: Appearance) -> str:
    return _PART.sub(lambda found: _part(found, appearance), text)


def _part(found: re.Match[str], appearance: Appearance) -> str:
    if found["name"]:
        how = _styles if found["name"].lower() == "style" else _answered
        return found["open"] + how(found["inside"], appearance) + found["close"]
    tag = _ATTRIBUTE.sub(lambda attribute: _attribute(attribute, appearance), found[0])
    if _META.search(tag):
        return _CONTENT.sub(lambda content: f'{content[1]}"{_scheme(content[2][1:-1], appearance)}"', tag)
    return tag


def _attribute(found: re.Match[str], appearance: Appearance) -> str:
    mark, value = found[3][0], found[3][1:-1]
    if found[2].lower() != "style":
        return f"{found[1]}{mark}{_answered(value, appearance)}{mark}"
    return f"{found[1]}{mark}{_declared([piece for piece, _ in _pieces(value)], appearance)}{mark}"


# Styles: what stands before a brace is a selector or a condition, the rest are declarations

_TOKEN = re.compile(r"""/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|[{};()]""", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ROOT = re.compile(r"(?:^|,)\s*(?:html|:root)(?:\[[^]]*\]|[.#:][\w-]+)*\s*(?=,|$)", re.IGNORECASE)
_IMPORTANT = re.compile(r"!\s*important$", re.IGNORECASE)
_SIZE = re.compile(r"(?<![\w.-])([\d.]+)(%|r?em)", re.IGNORECASE)

_COLOUR = re.compile(
    r"(?:-webkit-)?(?:(?:caret|outline|text-decoration|text-emphasis|text-fill|text-stroke|column-rule)-)?color"
    r"|border-(?:(?:top|right|bottom|left|(?:inline|block)(?:-start|-end)?)-)?color"
)
_LINE = re.compile(
    r"border(?:-(?:top|right|bottom|left|(?:inline|block)(?:-start|-end)?))?"
    r"|outline|column-rule|text-decoration|text-emphasis"
)
_SHADOW = re.compile(r"(?:-webkit-)?(?:box|text)-shadow")
_PICTURE = re.compile(r"(?:url|image-set|element)\(", re.IGNORECASE)
_GRADIENT = re.compile(r"gradient\(", re.IGNORECASE)
# What can stand in `background` and is no colour.
_NO_COLOUR = re.compile(
    r"(?:[\d.+-].*|/|none|0|(?:no-)?repeat(?:-[xy])?|space|round|center|top|left|right|bottom|fixed|local|scroll|cover"
    r"|contain|auto|(?:border|padding|content)-box|text|calc\(.*|min\(.*|max\(.*"
    r"|initial|inherit|unset|revert|revert-layer|.*(?:gradient|url|image-set|element)\(.*)",
    re.IGNORECASE | re.DOTALL,
)


def _styles(text: str, appearance: Appearance) -> str:
    made: list[str] = []
    waiting: list[str] = []
    is_root = False
    for piece, end in _pieces(text):
        if end == "{":
            made += [_declared(waiting, appearance, is_root), ";" * bool(waiting), _answered(piece, appearance), end]
            waiting, is_root = [], bool(_ROOT.search(_COMMENT.sub("", piece).strip()))
        elif end == "}":
            made += [_declared([*waiting, piece], appearance, is_root), end]
            waiting, is_root = [], False
        else:
            waiting.append(piece)
    return _layered("".join([*made, _declared(waiting, appearance, is_root)]), appearance)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What stands before each brace and each semicolon, and that sign."""
    start = depth = 0
    for found in _TOKEN.finditer(text):
        sign = found[0]
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(0, depth - 1)
        elif sign in "{}" or (sign == ";" and not depth):
            yield text[start : found.start()], sign
            start, depth = found.end(), 0
    yield text[start:], ";"


def _layered(text: str, appearance: Appearance) -> str:
    """With our own layer: it is named first, so it is the lowest, and stands last, because imports have to lead."""
    own = (_FORCED.format(**_PALETTES[appearance.scheme]) if appearance.forced else "") + _LARGE * appearance.large
    return f"@layer {_LAYER};{text}@layer {_LAYER}{{{own}}}" if own else text


def _declared(declarations: list[str], appearance: Appearance, is_root: bool = False) -> str:
    keeps = any(re.search(r"forced-color-adjust\s*:\s*none", each) for each in declarations)
    return ";".join(_declaration(each, appearance, is_root, keeps) for each in declarations)


def _declaration(text: str, appearance: Appearance, is_root: bool, keeps: bool) -> str:
    """One declaration; `keeps` its colours, or stands in a rule for the root."""
    before, colon, value = text.partition(":")
    name = _COMMENT.sub("", before).strip().lower()
    if not colon or name.startswith("@"):
        return _answered(text, appearance)
    if name == "color-scheme":
        return f"{before}:{_scheme(value, appearance)}"
    if is_root and appearance.large and name in ("font", "font-size"):
        return f"{before}:{_SIZE.sub(lambda size: _twice(size[1]) + size[2], value, count=1)}"
    return _forced(before, name, value, appearance, keeps) if appearance.forced else text


def _scheme(value: str, appearance: Appearance) -> str:
    """The chosen scheme, where an author's page knows it."""
    return appearance.scheme if appearance.scheme in value.lower().split() else value


# Forced colours (CSS Color Adjustment 1, 3.1)


def _forced(before: str, name: str, value: str, appearance: Appearance, keeps: bool) -> str:
    known = name.startswith("--") or name in ("fill", "stroke")
    if not (known or name.startswith("background") or _COLOUR.fullmatch(name) or _LINE.fullmatch(name)):
        return f"{before}:none" if _SHADOW.fullmatch(name) and not keeps else f"{before}:{value}"
    palette = _PALETTES[appearance.scheme]
    fixed = _SYSTEM.sub(lambda found: palette.get((found[1] or "").lower(), found[0]), value)
    if known or keeps or fixed != value:
        return f"{before}:{fixed}"
    important = "!important" if (end := _IMPORTANT.search(value.rstrip())) else ""
    plain = value[: end.start()].rstrip() if end else value
    if name.startswith("background"):
        return _ground(before, name, plain, palette["canvas"], important)
    if _LINE.fullmatch(name):
        return f"{before}:{value};{name}-color:revert-layer{important}"
    return f"{before}:revert-layer{important}"


def _ground(before: str, name: str, value: str, canvas: str, important: str) -> str:
    """A background with the canvas for its colour, as clear as the author's is, and without gradients."""
    if name == "background-color":
        return f"{before}:{_as_clear(value, canvas)}{important}"
    if name not in ("background", "background-image"):
        return f"{before}:{value}{important}"
    flat = "none" if _GRADIENT.search(value) and not _PICTURE.search(value) else value
    colour = next((part for part in _parts(value) if not _NO_COLOUR.fullmatch(part)), "")
    if name == "background-image" or not colour:
        return f"{before}:{flat}{important}"
    rest = "none" if colour == value.strip() else flat
    return f"{before}:{rest}{important};background-color:{_as_clear(colour, canvas)}{important}"


def _as_clear(colour: str, canvas: str) -> str:
    if _NO_COLOUR.fullmatch(colour.strip()):
        return colour
    level = 255 if canvas == "#fff" else 0
    return f"rgb(from {colour.strip()} {level} {level} {level} / alpha)"


def _parts(value: str) -> list[str]:
    """The words of a value; what stands in brackets belongs together."""
    parts: list[list[str]] = [[]]
    depth = 0
    for piece in re.findall(r"[()]|[\s,]+|[^()\s,]+", value):
        depth += (piece == "(") - (piece == ")")
        if piece.strip(",").strip() or depth:
            parts[-1].append(piece)
        else:
            parts.append([])
    return ["".join(part) for part in parts if part]
