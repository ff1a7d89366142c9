"""A provider's folder, as it can be sent: the packages and the papers that say what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

from scormpack.content.provider import Provider
from scormpack.inspect.judgement import Change
from scormpack.package import write_file
from scormpack.platforms.known import platform
from scormpack.release.load_sheet import Parcel, load_sheet
from scormpack.release.pages import changes_page, in_short
from scormpack.release.record import Head, Held, ProviderLine, held
from scormpack.release.slip import CHANGES, LOADING, PRINT, SLIP, SUMS, Given, Paper, Slip, sums

_IN_A_PARCEL = {each.name for each in fields(Parcel)} - {"is_unchanged"}


def write_papers(
    folder: Path,
    provider: Provider,
    publisher: str,
    head: Head,
    packages: tuple[Given, ...],
    gone: tuple[str, ...],
) -> None:
    """Write beside the packages the load sheet, what has changed, the slip and the checksums. Raises OSError."""
    slip = Slip(
        release=head.release,
        format=1,
        day=head.day,
        library=head.library,
        publisher=publisher,
        provider=provider.id,
        name=provider.name,
        tool=head.tool,
        packages=packages,
        gone=gone,
        papers=(),
    )
    texts = {CHANGES: changes_page(slip, provider.brand.colour), LOADING: _load_sheet(slip, provider)}
    papers = (*_written(folder, texts), *_to_print(folder))
    whole = slip.model_copy(update={"papers": papers})
    (own,) = _written(folder, {SLIP: whole.model_dump_json(indent=2) + "\n"})
    write_file(sums((*packages, *papers, own)), folder / SUMS, lasting=False)


def _load_sheet(slip: Slip, provider: Provider) -> str:
    known = platform(provider.platform) if provider.platform else None
    parcels = [
        Parcel(**each.model_dump(include=_IN_A_PARCEL), is_unchanged=each.change is Change.UNCHANGED)
        for each in slip.packages
    ]
    return load_sheet(provider, known, parcels, slip.day, changes=in_short(slip), ask=slip.publisher)


def _written(folder: Path, texts: Mapping[str, str]) -> tuple[Paper, ...]:
    """The papers with these texts, by the names of their files."""
    papers = []
    for name, text in texts.items():
        data = text.encode()
        write_file(data, folder / name, lasting=False)
        papers.append(_paper(name, data))
    return tuple(papers)


def _to_print(folder: Path) -> tuple[Paper, ...]:
    """What is there to be printed already."""
    files = sorted((folder / PRINT).glob("*.*"))
    return tuple(_paper(f"{PRINT}/{file.name}", file.read_bytes()) for file in files)


def _paper(name: str, data: bytes) -> Paper:
    return Paper(file=name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def line_for(
    provider: Provider, details: str, still: Iterable[Held], given: Iterable[Given], head: Head
) -> ProviderLine:
    """All that the provider has now: what is given, and of what it had, all that `still` holds."""
    rows = held(still)
    for each in given:
        old = rows.get((each.module, each.target))
        since = old.since if old and old.sha256 == each.sha256 else head.release
        rows[each.module, each.target] = Held(each.module, each.version, each.target, each.bytes, each.sha256, since)
    return ProviderLine(provider=provider.id, name=provider.name, details=details, has=tuple(rows.values()))
