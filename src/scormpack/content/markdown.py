"""Markdown as authors may write it: how it is read, and what of it would be shown as bare signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

LONGEST = 100_000  # characters; an hour of speech has 60,000, the longest text of the sample library 1,200


class Raw(NamedTuple):
    """What would reach the learner as it was typed: what is wrong, what to do, and the words as written."""

    message: str
    hint: str
    words: str


def reader() -> MarkdownIt:
    """CommonMark with tables. Raw HTML is off; indented text is no code; pictures come as figures."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    return made.disable(["code", "image", "html_block", "html_inline"])


# Signs that mean nothing here: in other Markdown, or beside other signs, they do.
_BESIDE = "Put it right beside the first and the last word, with no space between."
_ADDRESS = "Put `<` and `>` around it, or write `[the words](https://…)`."
_HINTS = {
    "footnote": ("a footnote is not shown here", "Say it in brackets, or make the words a link."),
    "box": ("`[ ]` is no box to tick here", "Use a `checklist` block, or leave it out."),
    "alert": ("such a heading of a quotation is not shown here", "Write `**Note:**`."),
    "struck": ("words cannot be struck out", "Leave them out: a voice reads them like all others."),
    "raised": ("`^` and `~` do not raise or lower a sign", "Write the sign itself, such as ² or ₂."),
    "meaning": ("a word and its meaning are no list here", "Write a list: `- **Word:** meaning`."),
    "address": ("an address is no link by itself", _ADDRESS),
    "row": ("this is no table", "Put `| --- | --- |` below its first line, with as many columns."),
    "heading": ("this is no heading", "Put a space behind the `#`."),
    "bold": ("these signs would be shown", _BESIDE),
    "nowhere": ("nothing says where this link leads", "Write `[the words](https://…)`."),
}
_RAW = re.compile(
    r"""
    (?P<footnote>\[\^[^\]\s]+\]:?)
    | ^(?P<box>\[[ xX]\])(?=\s|$)
    | ^(?P<alert>\[![A-Za-z]+\])
    | (?P<struck>~~(?=\S).*?~~|(?<![\w~])~(?=[^\s~])[^~\n]*(?<=\S)~(?!\w))
    | (?P<raised>(?<=\w)(?:\^[^\s^]+\^|~[^\s~]+~))
    | (?<=\n)(?P<meaning>:[ ]+\S+)
    | (?P<address>(?:https?://|\bwww\.)[^\s<>]*\w|(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)
    | ^(?P<row>\|.*\|.*|[|: -]*\|[|: -]*)$
    | ^(?P<heading>\#{2,}[^\s\#]+)
    | (?P<bold>\*\*(?!\*)(?:[ ]*\w+)?|(?<!_)__(?=\w)\w*)
    | (?P<nowhere>\[[^\[\]]+\]\[[^\[\]]*\])
    """,
    re.VERBOSE | re.MULTILINE,
)
# Without one of these a text is not worth reading for such signs; a phrase not for lists and tables.
_TELLING = re.compile(r"[\[~^@|]|\*\*|__|://|www\.|##|\n[ ]*:")
# Most of them are bold words, which need no reading: the pair is in one line, with a word beside each of its ends.
_BOLD = re.compile(r"(?<![\w*])\*\*(?=\w)([^*\n]*(?:(?<=\w)|(?<=[.!?:,])(?=\*\*(?:\s|$))))\*\*(?![\w*])")
_BUILT = re.compile(r"\n\s*\n|^\s*(?:[-+*_>#|`~=]|\d+[.)]\s)", re.MULTILINE)
_BLOCKS = {
    "bullet_list_open": "a list",
    "ordered_list_open": "a list",
    "heading_open": "a heading",
    "table_open": "a table",
    "blockquote_open": "a quotation",
    "fence": "a block of code",
    "hr": "a line across the page",
    "paragraph_open": "a second paragraph",
}


@cache
def _reader() -> MarkdownIt:
    return reader().disable("text_join")  # what is escaped stays apart


@lru_cache(maxsize=20_000)  # a module is looked at for every provider
def raw(text: str, one_run: bool) -> tuple[Raw, ...]:
    """Everything in `text` that would be shown as bare signs; `one_run` where it may have one run only."""
    if len(text) > LONGEST or not (_tells(text) or (one_run and _BUILT.search(text))):
        return ()
    env: EnvType = {}
    tokens = _reader().parse(text, env)
    built = _built(tokens, env, text) if one_run else None
    return (built,) if built else tuple(_raw_in(tokens))


def _tells(text: str) -> bool:
    if "**" in text and "`" not in text and "\\" not in text:
        text = _BOLD.sub(r"\1", text)
    return _TELLING.search(text) is not None


def _built(tokens: Sequence[Token], env: EnvType, text: str) -> Raw | None:
    """What in a phrase is more than one run of text."""
    lines = text.split("\n")
    kinds = [(token, _BLOCKS[token.type]) for token in tokens if token.level == 0 and token.type in _BLOCKS]
    if kinds and kinds[0][0].type == "paragraph_open":
        kinds = kinds[1:]
    if not kinds:
        return Raw("the address of a link cannot stand apart here", _ADDRESS, "") if env.get("references") else None
    token, name = kinds[0]
    number = name == "a list" and token.type == "ordered_list_open"
    hint = r"Write one run of text; a number that begins it is `1\.`." if number else "Write one run of text."
    return Raw(f"{name} cannot stand here", hint, lines[token.map[0] if token.map else 0].strip())


def _raw_in(tokens: Sequence[Token]) -> Iterator[Raw]:
    for token in tokens:
        for match in _RAW.finditer(_bare(token.children or ())):
            kind = match.lastgroup or ""
            yield Raw(*_HINTS[kind], match[kind])


def _bare(tokens: Sequence[Token]) -> str:
    """The text between marks: an escaped sign, code and the words of a link are none."""
    linked = 0
    parts = []
    for token in tokens:
        linked += token.nesting if token.type.startswith("link") else 0
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        else:
            parts.append(token.content if token.type == "text" and not linked else "\0")
    return "".join(parts)


_MARKED = re.compile(r"[*_`\\\[<&|#>]|^\s*(?:[-+=]|\d+[.)]\s)", re.MULTILINE)


def words(text: str) -> str:
    """What `text` says, without marks."""
    if not _MARKED.search(text):
        return text
    return "\n".join(_said(token) for token in _reader().parse(text) if token.type in ("inline", "fence"))


def _said(token: Token) -> str:
    parts = ("\n" if each.type in ("softbreak", "hardbreak") else each.content for each in token.children or ())
    return "".join(parts) or token.content


class Heading(NamedTuple):
    """A heading in a text: how many `#` it has, and its words as written."""

    level: int
    words: str


_HEADED = re.compile(r"^\s{0,3}(?:#|=+\s*$|-+\s*$)", re.MULTILINE)


def headings(text: str) -> Iterator[Heading]:
    """The headings in `text`, one after the other."""
    if len(text) > LONGEST or not _HEADED.search(text):
        return
    tokens = _reader().parse(text)
    for token, content in pairwise(tokens):
        if token.type == "heading_open":
            yield Heading(int(token.tag[1]), content.content)
