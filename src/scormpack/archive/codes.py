"""What can be wrong with how the files of a package are kept, whoever made it.

Where a reason names a reader, that reader was tried: Java 17 (`ZipFile` and `ZipInputStream`), Python 3.11 and
Info-ZIP 6. What Moodle does is in its `lib/filestorage/zip_archive.php` and `clean_param`.
"""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Diagnostic, Place, Severity

ZIP_01: Final = Code(
    "ZIP-01",
    "Not a zip file",
    Severity.ERROR,
    "Platforms take packages as zip files. Only cmi5 has a second way: its `cmi5.xml` alone, where all pages are "
    "elsewhere (cmi5 14.2).",
    "Upload the zip that the authoring tool exported.",
)
ZIP_02: Final = Code(
    "ZIP-02",
    "Zip file that is not whole",
    Severity.ERROR,
    "At its end a zip lists its files. Where that list is missing or damaged, platforms refuse the upload or lose "
    "files.",
    "Export or download it again, and compare the sizes.",
)
ZIP_03: Final = Code(
    "ZIP-03",
    "Damaged file",
    Severity.ERROR,
    "Its bytes are not those that were put in. Platforms stop at such a file, or show a page with a hole in it.",
    "Put the file in again from where it comes from, and export the package again.",
)
ZIP_04: Final = Code(
    "ZIP-04",
    "File behind a password",
    Severity.ERROR,
    "No platform asks for a password: nothing of the package can be opened. Java refuses the whole zip.",
    "Make the zip without a password.",
)
ZIP_05: Final = Code(
    "ZIP-05",
    "Compression that platforms do not know",
    Severity.ERROR,
    "Packages are deflated (RFC 1951, which SCORM names), or stored as they are: ADL's conformance test reads what "
    "PKZIP 2.04g wrote. Java refuses the whole zip for one file of another kind.",
    "Choose “Deflate” where the program that makes the zip asks for a method.",
)
ZIP_06: Final = Code(
    "ZIP-06",
    "Path that leads out of the package",
    Severity.ERROR,
    "Such a file would overwrite others on the platform's computer, so careful platforms refuse the whole upload. "
    "Paths are relative, without a drive (APPNOTE 4.4.17.1).",
    "Make the zip from within the folder of the course, so that paths begin there.",
)
ZIP_07: Final = Code(
    "ZIP-07",
    "Backslash in a path",
    Severity.ERROR,
    "Paths are written with `/` (APPNOTE 4.4.17.1). Where the platform runs on Linux, `media\\film.mp4` becomes one "
    "file of that name beside the page, and the page finds nothing in its folders.",
    "Make the zip with another program. PowerShell 5 and old versions of .NET are known for this.",
)
ZIP_08: Final = Code(
    "ZIP-08",
    "Link or special file",
    Severity.ERROR,
    "A link leads to a file that only the author's computer has. Platforms refuse it, or keep its path as the text "
    "of the file.",
    "Put the file itself in.",
)
ZIP_09: Final = Code(
    "ZIP-09",
    "Name that some platforms cannot keep",
    Severity.WARNING,
    "Windows has no files of such names, and Moodle takes some signs out of them when it unpacks: what links to "
    "the file then leads nowhere.",
    "Rename the file, and correct what links to it.",
    "`it's-time.html` is `its-time.html` in Moodle.",
)
ZIP_10: Final = Code(
    "ZIP-10",
    "Two files under one name",
    Severity.ERROR,
    "A folder holds one file of a name. Which of the two a learner gets depends on the platform.",
    "Take one of them out, or rename it.",
)
ZIP_11: Final = Code(
    "ZIP-11",
    "Name that is read in different ways",
    Severity.WARNING,
    "A zip says by a flag that names are UTF-8 (APPNOTE 4.4.4, bit 11). Without it Python, and with it Open edX, "
    "reads `é` as `├⌐`; names that are not UTF-8 either make Java refuse the whole zip.",
    "Use ASCII letters in names of files, or a program that sets the flag.",
)
ZIP_12: Final = Code(
    "ZIP-12",
    "Zip that is read in different ways",
    Severity.WARNING,
    "Some readers follow the list at the end, others what stands before each file. Where the two disagree, learners "
    "get other files than the author saw, or the upload fails.",
    "Make the zip again, with another program.",
)
ZIP_13: Final = Code(
    "ZIP-13",
    "Size that is said too late",
    Severity.WARNING,
    "A file that is not compressed has no end of its own. Where its size stands behind it only, readers that take "
    "the zip as it arrives give up: Java's `ZipInputStream` does.",
    "Compress the files, or make the zip on a disk and not on its way to somewhere.",
)
ZIP_14: Final = Code(
    "ZIP-14",
    "Zip64",
    Severity.INFO,
    "More than 65,535 files or four gigabytes need this newer form. cmi5 asks platforms to take it (14.0); ADL's "
    "conformance test for SCORM reads only what PKZIP 2.04g wrote, and Moodle does not look up accented names in it.",
    "Make the zip smaller, or ask the platform's people first.",
)
ZIP_15: Final = Code(
    "ZIP-15",
    "Package that swells",
    Severity.ERROR,
    "Unpacked it is a hundred times as large or more, which no course is. That is how zip bombs are known, and "
    "platforms and virus scanners refuse them.",
    "Take out what is empty, and make the zip again.",
)
ZIP_16: Final = Code(
    "ZIP-16",
    "Not looked into",
    Severity.INFO,
    "Whoever reads everything can be kept busy for ever, so there are bounds. What lies beyond may be right or "
    "wrong.",
    "Make it smaller, if learners can do without: they wait for it too.",
)
ZIP_17: Final = Code(
    "ZIP-17",
    "Course that is not at the root",
    Severity.ERROR,
    "Platforms look for `imsmanifest.xml`, `tincan.xml` or `cmi5.xml` by this name, at the root of the zip (IMS "
    "Content Packaging 1.1.4; cmi5 14.1). Elsewhere they see no course.",
    "Select what is in the folder, not the folder itself, and make a zip of that.",
)
ZIP_18: Final = Code(
    "ZIP-18",
    "No course in it",
    Severity.ERROR,
    "Without a descriptor or a page there is nothing that a platform could open for a learner.",
    "Export the course again, and upload the zip as it is.",
)
ZIP_19: Final = Code(
    "ZIP-19",
    "Left over by a computer",
    Severity.INFO,
    "No learner sees them, but a file about a file looks like a second one to some platforms.",
    "Take them out: make the zip with the authoring tool, or by `zip -r -X`.",
)


def finding(code: Code, message: str, place: Place, hint: str = "", severity: Severity | None = None) -> Diagnostic:
    """A finding with `code`. Without a hint or a severity of its own it has the code's."""
    return Diagnostic(code.id, severity or code.severity, message, place, hint or code.remedy)
