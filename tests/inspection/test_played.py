"""What playing came to, as a page."""

from __future__ import annotations

import re

from scormpack.check.played import RUN_12
from scormpack.cli.show.verdicts import Shown, in_form
from scormpack.diagnostics import Place
from scormpack.inspect.play import Moment, Picture, Played, Reached, as_html
from scormpack.inspect.verdict import Verdict

HOSTILE = "<script>alert(1)</script>&\"'"


def test_everything_of_the_package_is_escaped() -> None:
    finding = RUN_12.finding(HOSTILE, Place(HOSTILE, outside=True), HOSTILE)
    moments = (Moment(0.5, HOSTILE, "course", HOSTILE, True), Moment(0.2, "First", "learner", "opens the course"))
    pictures = (Picture(0.4, HOSTILE, HOSTILE, b"\xff\xd8"),)
    page = as_html(Played(HOSTILE, "scorm12", (finding,), moments, pictures, Reached(3, 2, 0.25, HOSTILE)))
    assert "<script" not in page
    assert re.findall('(?:src|href)="(.*?)"', page) == ["data:,", "data:image/jpeg;base64,/9g="]
    assert [words.strip() for words in re.findall("<h2>(.*?)</h2>", page)][:2] == ["What was found", "First"]
    assert "It began with its platform after 0.25 seconds." in page


def test_the_page_of_the_check_has_it_all() -> None:
    """One page for whoever made the package: what was found in the file, and what happened when it was played."""
    moments = (Moment(0.5, "It is opened", "course", HOSTILE, True),)
    pictures = (Picture(0.4, "It is opened", HOSTILE, b"\xff\xd8"),)
    played = Played("tea.zip", "scorm12", (), moments, pictures, Reached(3, 2, 0.25, "completed"))
    verdict = Verdict("tea.zip", ("scorm12",), False, ())
    page = in_form([Shown(verdict, (), False, played)], "html")
    assert "<script" not in page
    assert re.findall('src="(.*?)"', page) == ["data:image/jpeg;base64,/9g="]
    assert re.findall("<h([23])>(.*?)</h", page) == [("2", "How it was played"), ("3", "It is opened")]
    assert "<p>3 presses, 2 screens: completed. It began with its platform after 0.25 seconds.</p>" in page
    assert "It was played as well" in page
    assert "It was played as well" not in in_form([Shown(verdict, (), False)], "html")


def test_how_far_it_came_in_words() -> None:
    assert str(Reached(41, 17, 0.4, "completed", "passed", "100")) == "41 presses, 17 screens: completed, passed, 100"
    assert str(Reached()) == "0 presses, 0 screens: nothing on record"
