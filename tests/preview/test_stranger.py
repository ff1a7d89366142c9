"""A zip from anywhere: what it is, what is wrong with it, and that it may change."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from scormpack.check.catalogue import entries
from scormpack.package import Entry, Package, zip_bytes
from scormpack.preview.stranger import Stranger

MANIFEST = b"<manifest><metadata><schemaversion>%s</schemaversion></metadata></manifest>"


def zipped(**files: bytes) -> bytes:
    """A zip with these files; `_` stands for a dot in their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return made.getvalue()


def test_rules_of_the_house_are_for_our_own_packages_only(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    page = b'<!DOCTYPE html><html lang="en"><head><title>A</title>%s</head><body><p>A</p></body></html>'
    found = {}
    for maker in ("scormpack", "another"):
        mark = f'<meta name="generator" content="{maker}">'.encode()
        file.write_bytes(zipped(index_html=page % mark, imsmanifest_xml=MANIFEST % b"1.2"))
        found[maker] = {each.code for each in Stranger(file).make().findings}
    house = {code for code, entry in entries().items() if entry.asked_by == "house"}
    assert found["scormpack"] & house
    assert not found["another"] & house


def test_a_zip_that_is_made_again_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zip_bytes(Package.of("a.zip", [Entry("index.html", b"<p>One</p>")])))
    zip_ = Stranger(file)
    first = zip_.make()
    assert (first.title, first.standard, first.stale) == ("a.zip", "web", False)
    file.write_bytes(b"PK")
    zip_.changed()
    broken = zip_.make()
    assert (broken.package, broken.stale) == (first.package, True)
    assert [finding.code for finding in broken.findings] == ["ZIP-02"]
    file.write_bytes(zip_bytes(Package.of("a.zip", [Entry("index.html", b"<p>Two</p>")])))
    zip_.changed()
    assert (zip_.make().stamp != first.stamp, zip_.make().stale) == (True, False)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "ZIP-01"), (b"PK", "ZIP-02"), (b"no zip", "ZIP-01"), (zipped(a_html=b"")[:-4], "ZIP-02")],
)
def test_a_zip_that_cannot_be_read_is_a_finding(data: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    made = Stranger(file).make()
    assert (made.package, [finding.code for finding in made.findings]) == (None, [code])


def test_a_zip_that_is_written_over_is_played_as_it_was(tmp_path: Path) -> None:
    """A page may ask for its film while the next zip is half written."""
    file = tmp_path / "a.zip"
    file.write_bytes(zipped(index_html=b"<p>One</p>", a_mp4=b"a film"))
    package = Stranger(file).make().package
    file.write_bytes(b"PK")
    assert package is not None
    assert [entry.data for entry in package.entries] == [b"<p>One</p>", b"a film"]


def test_only_that_zip_concerns_it(tmp_path: Path) -> None:
    zip_ = Stranger(tmp_path / "a.zip")
    assert (zip_.concerns(tmp_path / "a.zip"), zip_.concerns(tmp_path / "b.zip")) == (True, False)
