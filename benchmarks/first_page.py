"""What a phone loads before the first page shows, from the packages themselves: requests and bytes.

By default of the sample library, which it builds; or of the zips that are named.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = "imsmanifest.xml"
ALREADY_SMALL = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".woff", ".woff2")
LEVEL = 6  # what web servers use


@dataclass
class Loaded(HTMLParser):
    """The addresses that a page loads at once: scripts, styles, icons and pictures that are not lazy."""

    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        wanted = {
            "script": given.get("src"),
            "link": given.get("href") if set((given.get("rel") or "").split()) & {"stylesheet", "icon"} else None,
            "img": given.get("src") if given.get("loading") != "lazy" else None,
        }.get(tag)
        if wanted and not wanted.startswith("data:"):
            self.links.append(wanted)


@dataclass(frozen=True)
class Request:
    """A file that the first page needs, as it is and as a server would send it."""

    path: str
    raw: int
    sent: int


def first_page(file: Path) -> list[Request]:
    """The page that a platform launches, and what it loads at once."""
    with zipfile.ZipFile(file) as archive:
        launch = _launch(archive)
        page = archive.read(launch)
        parser = Loaded()
        parser.feed(page.decode("utf-8"))
        paths = [launch]
        for link in parser.links:
            path = unquote(urlsplit(link).path)
            if urlsplit(link).netloc:
                sys.exit(f"{file.name}: {link} comes from elsewhere")
            paths.append((PurePosixPath(launch).parent / path).as_posix())
        return [_request(path, archive.read(path)) for path in dict.fromkeys(paths)]


def _launch(archive: zipfile.ZipFile) -> str:
    if MANIFEST not in archive.namelist():
        return "index.html"
    for element in ElementTree.fromstring(archive.read(MANIFEST)).iter():
        if element.tag.endswith("}resource") and element.get("href"):
            return unquote(urlsplit(element.get("href") or "").path)
    return "index.html"


def _request(path: str, data: bytes) -> Request:
    small = len(data) if path.lower().endswith(ALREADY_SMALL) else len(gzip.compress(data, LEVEL, mtime=0))
    return Request(path, len(data), small)


def build_samples(out: Path, targets: list[str]) -> list[Path]:
    """The sample library's packages, for every provider."""
    from scormpack.batch import Built, build_all, plan
    from scormpack.clock import today
    from scormpack.content.load import load_library

    files = []
    for result in build_all(plan(load_library(ROOT / "modules"), today(), targets=targets), out):
        if not isinstance(result, Built):
            sys.exit("\n".join(f"{finding.place}: {finding.message}" for finding in result.findings))
        files.append(result.path)
    return files


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("zips", nargs="*", type=Path, help="Packages. Default: the sample library's, built now.")
    parser.add_argument("--target", action="append", help="Which packages of the sample library. Default: scorm12.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scormpack-benchmark-") as name:
        files = options.zips or build_samples(Path(name), options.target or ["scorm12"])
        print("| package | requests | kB | kB compressed | page | script | style | other |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for file in files:
            print(_row(file))


def _row(file: Path) -> str:
    requests = first_page(file)
    kinds = {".html": 0, ".js": 0, ".css": 0}
    other = 0
    for request in requests:
        kind = PurePosixPath(request.path).suffix
        if kind in kinds:
            kinds[kind] += request.sent
        else:
            other += request.sent
    raw, sent = sum(each.raw for each in requests), sum(each.sent for each in requests)
    parts = " | ".join(f"{size / 1000:.1f}" for size in (raw, sent, *kinds.values(), other))
    return f"| {file.parent.name}/{file.name} | {len(requests)} | {parts} |"


if __name__ == "__main__":
    main()
