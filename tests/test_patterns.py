"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from scormpack.source.patterns import pattern


def test_a_pattern_finds_what_a_compiled_one_finds() -> None:
    later, now = pattern(r"(?P<word>b+)", re.IGNORECASE), re.compile(r"(?P<word>b+)", re.IGNORECASE)
    text = "aBba bB"
    assert [each["word"] for each in later.finditer(text)] == ["Bb", "bB"]
    assert (later.sub("-", text), later.pattern, later.flags) == (now.sub("-", text), now.pattern, now.flags)
    assert pattern(rb"\d").findall(b"1 2") == [b"1", b"2"]


def test_nothing_is_compiled_before_it_is_used() -> None:
    later = pattern("(")
    with pytest.raises(re.error):
        later.search("")
