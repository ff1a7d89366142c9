"""What the command does, for other people's code: `from scormpack import load_library, validate, build`.

For packages of any maker: `from scormpack import check_package, compare_packages`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

from scormpack import batch
from scormpack.archive import read_archive
from scormpack.batch import Built, Refused
from scormpack.clock import today
from scormpack.content import load
from scormpack.content.library import Library
from scormpack.diagnostics import ContentError, Diagnostic, has_error
from scormpack.inspect.comparing import Comparison, compare
from scormpack.inspect.verdict import Verdict, inspect
from scormpack.platforms.names import NAMES
from scormpack.source.node import nearest
from scormpack.targets import ALIASES, TARGETS


def load_library(folder: str | Path) -> Library:
    """Read what all modules in `folder` share: settings, registers, recommendations and providers.

    Its modules are found, by id, and not yet read. `folder` is the one with `library.yaml`. Raises ContentError with
    every mistake in these files, `error.diagnostics`; a provider with mistakes stops no other, and is in `unread`.

    >>> from scormpack import load_library
    >>> library = load_library("modules")
    >>> sorted(library.modules)
    ['every-block']
    """
    return load.load_library(Path(folder))


def validate(
    library: Library, modules: Sequence[str] = (), *, day: datetime.date | None = None
) -> tuple[Diagnostic, ...]:
    """Find every mistake in the `modules` named by their ids, or in all of them. Nothing is written.

    What depends on the day, such as a review that is due, is judged as on `day`; default: today. Returns the findings
    of all severities; their places are relative to the library's folder. Raises ContentError for a target in
    `library.yaml` that does not exist.

    >>> from scormpack import load_library, validate
    >>> findings = validate(load_library("modules"))
    >>> [str(finding.place) for finding in findings if finding.severity == "error"]
    []
    """
    return tuple(batch.validate_all(batch.plan(library, day or today(), modules)))


def build(
    library: Library,
    out: str | Path,
    modules: Sequence[str] = (),
    *,
    providers: Sequence[str] = (),
    targets: Sequence[str] = (),
    courses: Sequence[str] = (),
    day: datetime.date | None = None,
    strict: bool = False,
    overdue: bool = False,
) -> tuple[Built | Refused, ...]:
    """Write packages to `out/<provider>/`, for what is named by its ids, or else for everything that the library has.

    `out` is a folder, or an address such as `s3://bucket/folder`, for which `scormpack[cluster]` has to be installed.
    A package is a `Built`, with its address and, in a folder, its path, its size in bytes, SHA-256 and findings. What
    has mistakes is a `Refused`, with its findings; it stops nothing else. With `strict` warnings refuse too; with
    `overdue` a review that is due only warns. `courses`, each of several modules, are named instead of `modules`.
    Raises ContentError for a target in `library.yaml` that does not exist, and ValueError for a name that the library
    does not have, or an address that nothing can write to.

    >>> from scormpack import Built, build, load_library
    >>> library = load_library("modules")
    >>> for result in build(library, "build", ["every-block"], providers=["full"], targets=["scorm12"]):
    ...     print(result.path.as_posix() if isinstance(result, Built) else result.findings)
    build/full/every-block-1.2.3-scorm12.zip
    """
    _refuse_unknown("module", modules, library.modules)
    _refuse_unknown("provider", providers, library.providers.names)
    _refuse_unknown("course", courses, library.courses)
    _refuse_unknown("target", targets, [*TARGETS, *ALIASES])
    work = batch.plan(library, day or today(), modules, providers, targets, overdue, courses)
    unread = (Refused(work.findings),) if has_error(work.findings) else ()
    return (*unread, *batch.build_all(work, out, strict))


def check_package(path: str | Path) -> Verdict:
    """Find out what the package at `path` is, and everything that is wrong with it. Anybody may have made it.

    `path` is a zip file or a folder with what was in one. Nothing is raised for what is in it, and nothing is
    written. Returns a `Verdict`: its `kinds` are targets by name, none where nothing could be read, and the places of
    its `findings` begin with `path`. See docs/checking.md.

    >>> from scormpack import build, check_package, load_library
    >>> (built,) = build(load_library("modules"), "build", providers=["full"], targets=["scorm12"])
    >>> verdict = check_package(built.path)
    >>> verdict.kinds, verdict.is_ours, [str(finding) for finding in verdict.findings]
    (('scorm12',), True, [])
    """
    return inspect(Path(path))


def compare_packages(old: str | Path, new: str | Path, *, platform: str | None = None) -> Comparison:
    """Find out what changes for learners and platforms if the package `new` takes the place of `old`.

    Each is a zip file or a folder, of any maker. Returns a `Comparison`: its `result` says whether progress stays,
    and `judgement` why; `answers` are about each platform that is known, or about one `platform`. See
    docs/comparing.md.
    Raises ContentError if a package cannot be read, and ValueError for a platform that is not known.

    >>> from scormpack import build, compare_packages, load_library
    >>> library = load_library("modules")
    >>> (old,) = build(library, "old", providers=["full"], targets=["scorm12"])
    >>> (new,) = build(library, "new", providers=["full"], targets=["scorm12"])
    >>> found = compare_packages(old.path, new.path, platform="moodle")
    >>> found.result.value, [answer.name for answer in found.answers]
    ('unchanged', ['Moodle'])
    """
    _refuse_unknown("platform", [platform] if platform else [], NAMES)
    then, now = read_archive(Path(old)), read_archive(Path(new))
    if then.package is None or now.package is None:
        raise ContentError([*then.findings, *now.findings])
    return compare(then.package, now.package, platform)


def _refuse_unknown(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    known = list(known)
    for name in names:
        if name not in known:
            raise ValueError(f"there is no {kind} `{name}`. {nearest(name, known)}".strip())
