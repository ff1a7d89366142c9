"""Progress is kept in a file, within bounds."""

from __future__ import annotations

import json
from pathlib import Path

from scormpack.preview.shelf import Shelf


def test_what_is_kept_is_there_again(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "progress.json"
    shelf = Shelf(file)
    assert shelf.get("a") is None
    shelf.put("a", {"state": "é\ud800"})
    shelf.save()
    assert Shelf(file).get("a") == {"state": "é\ud800"}
    shelf.put("a", None)
    shelf.save()
    assert Shelf(file).get("a") is None


def test_nothing_is_written_while_nothing_is_new(tmp_path: Path) -> None:
    file = tmp_path / "progress.json"
    shelf = Shelf(file)
    shelf.put("a", 1)
    shelf.save()
    file.unlink()
    shelf.put("a", 1)
    shelf.save()
    assert not file.exists()
    shelf.put("a", 2)
    shelf.save()
    assert json.loads(file.read_bytes()) == {"a": 2}


def test_learners_who_were_left_alone_longest_go_first(tmp_path: Path) -> None:
    file = tmp_path / "progress.json"
    shelf = Shelf(file)
    for number in range(250):
        shelf.put(str(number), number)
        shelf.put("0", "still here")
    shelf.save()
    kept = json.loads(file.read_bytes())
    assert len(kept) == 200
    assert kept["0"] == "still here"
    assert "1" not in kept


def test_without_a_place_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for file in (None, tmp_path / "file" / "progress.json"):
        shelf = Shelf(file)
        shelf.put("a", 1)
        shelf.save()
        assert shelf.get("a") == 1
