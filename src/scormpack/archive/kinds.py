"""What a file is that should be a package: by how its bytes begin, or by what else it holds."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

HEAD: Final = 512  # bytes by which it is known

_BEGINNINGS: Final = (
    (b"Rar!", "a RAR archive", "Unpack it, and make a zip of what comes out."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it, and make a zip of what comes out."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it, and make a zip of what comes out."),
    (b"BZh", "a bzip2 archive", "Unpack it, and make a zip of what comes out."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it, and make a zip of what comes out."),
    (b"%PDF", "a PDF document", ""),
    (b"\xd0\xcf\x11\xe0", "an old Office document", ""),
    (b"\x89PNG", "a picture", ""),
    (b"\xff\xd8\xff", "a picture", ""),
    (b"GIF8", "a picture", ""),
    (b"MZ", "a program for Windows", "If it unpacks itself, run it, and make a zip of what comes out."),
    (b"version https://git-lfs", "a pointer to a file in Git LFS", "Get the file itself: `git lfs pull`."),
)
_PAGES: Final = (b"<!doctype html", b"<html", b"<head", b"<body")

# What a zip holds that is something else than a course.
_OTHERS: Final = (
    ("word/document.xml", "a Word document", ""),
    (
        "ppt/presentation.xml",
        "a PowerPoint presentation",
        "Export it from an authoring tool, as SCORM or as web pages.",
    ),
    ("xl/workbook.xml", "an Excel workbook", ""),
    ("META-INF/container.xml", "an EPUB book", ""),
    ("moodle_backup.xml", "a backup of Moodle", "Restore it in Moodle, instead of uploading it."),
    ("contentv3.xml", "an eXeLearning project", "Open it in eXeLearning, and export it as SCORM or as web pages."),
    ("content.opf", "an EPUB book", ""),
    ("META-INF/MANIFEST.MF", "a Java program", ""),
)


def kind_of_file(head: bytes) -> tuple[str, str]:
    """What a file is that begins with `head` and is no zip, and what to do with it; empty where nobody knows."""
    for beginning, kind, remedy in _BEGINNINGS:
        if head.startswith(beginning):
            return kind, remedy
    if head[257:262] == b"ustar":
        return "a tar archive", "Unpack it, and make a zip of what comes out."
    if head[4:8] == b"ftyp":
        return "a film", ""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_PAGES):
        return "a web page", "If a download gave it, you may have to sign in first: open it in a browser to see."
    return ("XML", "") if start.startswith(b"<?xml") else ("", "")


def kind_of_zip(paths: Collection[str]) -> tuple[str, str]:
    """What a zip with these files is, other than a course, and what to do with it; empty where nobody knows."""
    return next(((kind, remedy) for path, kind, remedy in _OTHERS if path in paths), ("", ""))
