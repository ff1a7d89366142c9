"""Pictures of a report: what is drawn where, and that what strangers write stays text."""

from __future__ import annotations

from lxml.etree import _Element, fromstring

from scormpack.report.charts import bars, matrix
from scormpack.report.pictures import in_hours


def drawn(picture: str, kind: str) -> list[_Element]:
    return [each for each in fromstring(picture).iter() if each.get("class") == kind]


def test_a_bar_is_as_long_as_its_share() -> None:
    picture = bars("a", "A title", "What it shows", [("All", 1.0), ("A third", 1 / 3), ("None", 0.0)])
    assert [each.get("width") for each in drawn(picture, "bar")] == ["100.0%", "33.3%", "0.0%"]
    assert [each.text for each in drawn(picture, "label")] == ["All", "A third", "None"]
    root = fromstring(picture)
    assert [(each.tag, each.get("id"), each.text) for each in root[:2]] == [
        ("title", "a-title", "A title"),
        ("desc", "a-desc", "What it shows"),
    ]
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "a-title a-desc")


def test_a_mark_is_told_by_its_shape() -> None:
    picture = matrix("m", "T", "D", 2, [("one", {0: "met", 1: "partly"}), ("two", {})])
    marks = [(each.get("x"), each.get("height")) for each in drawn(picture, "bar")]
    assert marks == [("33.50%", "14"), ("68.50%", "7")]
    assert [each.get("x") for each in drawn(picture, "track")] == ["68.50%"]
    assert [each.text for each in drawn(picture, "head")] == ["1", "2"]


def test_of_many_columns_every_other_one_has_its_number() -> None:
    picture = matrix("m", "T", "D", 13, [("one", {})])
    assert [each.text for each in drawn(picture, "head")] == ["1", "3", "5", "7", "9", "11", "13"]


def test_what_a_stranger_writes_is_text_and_not_too_long() -> None:
    (label,) = drawn(bars("a", "<b>", "&", [("<script>alert(1)</script>" * 3, 0.5)]), "label")
    assert label.text == "<script>alert(1)</script><script>a…"[:33] + "…"
    assert len(label) == 0


def test_minutes_as_hours() -> None:
    assert [in_hours(each) for each in (0, 45, 60, 61, 90_000)] == ["0 min", "45 min", "1 h", "1 h 1 min", "1,500 h"]
