"""A provider's folder, as it can be sent: the packages and the papers that say what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

from scormpack.content.provider import Provider
from scormpack.diagnostics import Diagnostic
from scormpack.inspect.judgement import Change
from scormpack.outputs.page import on_paper
from scormpack.package import write_file
from scormpack.platforms.known import platform
from scormpack.plugins import Plugin, moodle_plugin
from scormpack.release.load_sheet import Parcel, load_sheet
from scormpack.release.pages import changes_page, in_short
from scormpack.release.record import Head, Held, ProviderLine, held
from scormpack.release.slip import CHANGES, LOADING, ON_PAPER, SLIP, SUMS, Given, Paper, Printed, Slip, sums

_IN_A_PARCEL = {each.name for each in fields(Parcel)} - {"is_unchanged"}


def write_papers(
    folder: Path,
    provider: Provider,
    publisher: str,
    head: Head,
    packages: tuple[Given, ...],
    gone: tuple[str, ...],
    printed: tuple[Printed, ...],
    to_print: bool,
) -> tuple[Diagnostic, ...]:
    """Write beside the packages the load sheet, what has changed, the slip and the checksums. Raises OSError.

    Where there is a plugin for the provider's platform, it lies there too: whoever installs it has this folder only.
    With `to_print` there is a paper of the load sheet; it gives what was found while that was made.
    """
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
        printed=printed,
    )
    loading = _load_sheet(slip, provider)
    files = {CHANGES: changes_page(slip, provider.brand.colour).encode(), LOADING: loading.encode()}
    files |= {each.file: each.data for each in plugins_for(provider)}
    made = on_paper(loading, publisher, head.day, provider.place(), one_sheet=True) if to_print else None
    files |= {ON_PAPER: made.data} if made else {}
    whole = slip.model_copy(update={"papers": _written(folder, files)})
    (own,) = _written(folder, {SLIP: f"{whole.model_dump_json(indent=2)}\n".encode()})
    write_file(sums((*whole.files, own)), folder / SUMS, lasting=False)
    return made.findings if made else ()


def plugins_for(provider: Provider) -> tuple[Plugin, ...]:
    """The plugin by which the provider's platform takes packages, if there is one."""
    return (moodle_plugin(),) if provider.platform == "moodle" else ()


def _load_sheet(slip: Slip, provider: Provider) -> str:
    known = platform(provider.platform) if provider.platform else None
    parcels = [
        Parcel(**each.model_dump(include=_IN_A_PARCEL), is_unchanged=each.change is Change.UNCHANGED)
        for each in slip.packages
    ]
    return load_sheet(
        provider,
        known,
        parcels,
        slip.day,
        changes=in_short(slip),
        ask=slip.publisher,
        printed=len(slip.printed),
        plugins=[each.file for each in plugins_for(provider)],
    )


def _written(folder: Path, files: Mapping[str, bytes]) -> tuple[Paper, ...]:
    """The papers with these bytes, by the names of their files."""
    papers = []
    for name, data in files.items():
        write_file(data, folder / name, lasting=False)
        papers.append(Paper(file=name, bytes=len(data), sha256=hashlib.sha256(data).hexdigest()))
    return tuple(papers)


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
