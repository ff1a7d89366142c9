"""How far long work is: when something is said, what, and to whom."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

import pytest

from scormpack.cli.progress import Progress


class Clock:
    """Stands at a moment until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def told(capsys: pytest.CaptureFixture[str], moments: Sequence[float], size: int, form: str = "text") -> str:
    """What standard error has, of pieces of work that are done at these moments, in seconds."""
    clock = Clock()
    with Progress("Building", size, form, clock) as progress:
        for number, clock.now in enumerate(moments):
            progress.step(number)
    assert progress.done == len(moments)
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_short_work_has_nothing_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, [0.1, 1, 4.9], 3) == ""


def test_long_work_says_every_five_seconds_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, [second / 2 for second in range(1, 25)], 2_000).splitlines()
    assert said == [
        "Building: 10 of 2,000, 2 a second, 17 min left.",
        "Building: 20 of 2,000, 2 a second, 16 min left.",
    ]


def test_what_is_left_is_told_in_seconds_when_it_is_little(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, [10], 13) == "Building: 1 of 13, 6 a minute, 2 min left.\n"
    assert told(capsys, [10], 12) == "Building: 1 of 12, 6 a minute, 110 s left.\n"


def test_a_clock_that_stands_still_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, [0, 0, 0], 3) == ""


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_programs_are_told_nothing(
    form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert told(capsys, [6, 12], 3, form) == ""


def test_a_terminal_has_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    said = told(capsys, [1, 2, 3], 3)
    assert "Building" in said
    assert "100%" in said
    assert " of " not in said


def test_a_piece_of_work_counts_once_whatever_comes_of_it() -> None:
    progress = Progress("Building", 2, "text", Clock())
    for each in ("a", "a", "b", "b", "b"):
        progress.step(each)
    assert progress.done == 2


class Careless:
    """Ctrl+C comes while it is taken apart, where Python ignores what is raised."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_ctrl_c_is_heeded_where_python_loses_it() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Progress("Building", 3, "json") as progress:
            progress.step("a")
            Careless()
            with pytest.raises(KeyboardInterrupt):
                progress.step("b")
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_who_ignores_ctrl_c_goes_on_ignoring_it() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Progress("Building", 3, "json"):
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
