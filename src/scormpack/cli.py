"""Words in, words and an exit code out: 0 done, 1 content refused, 2 wrong command."""

from __future__ import annotations

import atexit
import gc
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scormpack import __version__

if TYPE_CHECKING:
    from scormpack.batch import Plan
    from scormpack.build import Built
    from scormpack.diagnostics import Diagnostic

REFUSED = 1
COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}

library_option = click.option(
    "--library",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder with library.yaml. Default: ./modules, or the current folder.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people, or for programs.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="scormpack")
def main() -> None:
    r"""Turn training written as plain files into packages that learning platforms load, track and resume.

    \b
    scormpack validate                          find every mistake in the library
    scormpack build                             build everything, for every provider
    scormpack build your-role --target scorm12  build one module for one standard
    """
    # A command is over in half a second. Looking for garbage in it, and taking it apart at the end, would cost
    # a fifth of that; so would looking for other people's Pydantic plugins.
    gc.set_threshold(100_000, 50, 50)
    atexit.register(gc.freeze)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


@main.command()
@click.argument("modules", nargs=-1, metavar="[MODULE…]")
@library_option
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="NAME",
    help="scorm12, scorm2004-3rd (also scorm2004), scorm2004-4th or web. Repeatable.",
)
@click.option(
    "--provider", "providers", multiple=True, metavar="ID", help="Build for this provider only. Repeatable."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build"),
    show_default=True,
    help="Where to write.",
)
@click.option("--strict", is_flag=True, help="Refuse warnings too.")
@format_option
def build(
    modules: tuple[str, ...],
    folder: Path | None,
    targets: tuple[str, ...],
    providers: tuple[str, ...],
    out: Path,
    strict: bool,
    form: str,
) -> None:
    r"""Build packages, by default every module for every provider.

    They are written to OUT/<provider>/<module>-<version>-<target>.zip.

    \b
    scormpack build
    scormpack build your-role --provider willow-lane --target scorm12 --target web
    """
    from scormpack.batch import Refused, build_all

    work, found = _plan(folder, modules, providers, targets)
    built: list[Built] = []
    if work is not None:
        with _progress(work.size, form) as step:
            for result in build_all(work, out, strict):
                step()
                found += result.findings
                if not isinstance(result, Refused):
                    built.append(result)
    findings = list(dict.fromkeys(found))
    if form == "json":
        _print_json({"built": [_built(each) for each in built], "diagnostics": [_plain(each) for each in findings]})
    else:
        _show([finding for finding in findings if finding.severity != "info"])
        for each in built:
            click.echo(f"{each.path.as_posix()}  {each.bytes / 1000:.1f} kB")
        _summary(findings, f"{_counted(len(built), 'package')} built.")
    _leave(findings, strict)


@main.command()
@click.argument("modules", nargs=-1, metavar="[MODULE…]")
@library_option
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@format_option
def validate(modules: tuple[str, ...], folder: Path | None, strict: bool, form: str) -> None:
    r"""Find every mistake: file, line, reason and remedy. Nothing is written.

    \b
    scormpack validate
    scormpack validate your-role --format json
    """
    from scormpack.batch import validate_all

    work, findings = _plan(folder, modules, (), ())
    if work is not None:
        findings += validate_all(work)
    if form == "json":
        _print_json({"diagnostics": [_plain(finding) for finding in findings]})
    else:
        _show(findings)
        _summary(findings, f"{_counted(len(work.modules) if work else 0, 'module')} read.")
    _leave(findings, strict)


@main.command("list")
@library_option
@format_option
def list_(folder: Path | None, form: str) -> None:
    """Show what the library holds: modules, recommendations, providers, targets."""
    from scormpack.content.load import load_modules
    from scormpack.diagnostics import ContentError
    from scormpack.targets import TARGETS

    work, findings = _plan(folder, (), (), ())
    if work is None:
        if form == "json":
            _print_json({"diagnostics": [_plain(finding) for finding in findings]})
        else:
            _show(findings)
        _leave(findings, strict=False)
        return
    library = work.library
    modules = []
    for module in load_modules(library, ()):
        if isinstance(module, ContentError):
            findings += module.diagnostics
            continue
        kinds = Counter(block.type for page in module.pages for block in page.blocks)
        modules.append(
            {
                "id": module.id,
                "version": module.version,
                "title": module.title,
                "minutes": module.duration_minutes,
                "pages": len(module.pages),
                "blocks": dict(sorted(kinds.items())),
            }
        )
    listing = {
        "library": library.settings.title,
        "modules": modules,
        "recommendations": [
            {"id": each.id, "statement": each.statement, "priority": each.priority}
            for each in library.recommendations.values()
        ],
        "providers": [{"id": each.id, "name": each.name} for each in library.providers.values()],
        "targets": [{"id": each.name, "title": each.title} for each in TARGETS.values()],
    }
    if form == "json":
        _print_json({**listing, "diagnostics": [_plain(finding) for finding in findings]})
    else:
        _print_listing(listing)
        _show(findings)
    _leave(findings, strict=False)


def _plan(
    folder: Path | None, modules: Iterable[str], providers: Iterable[str], targets: Iterable[str]
) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan, or what is wrong with the library; a name that the library does not have ends the command."""
    from scormpack.batch import plan
    from scormpack.content.load import load_library
    from scormpack.diagnostics import ContentError
    from scormpack.targets import ALIASES, TARGETS

    _known("target", targets, [*TARGETS, *ALIASES])
    try:
        library = load_library(_library_folder(folder))
        _known("module", modules, library.modules)
        _known("provider", providers, library.providers)
        return plan(library, tuple(modules), tuple(providers), tuple(targets)), []
    except ContentError as error:
        return None, list(error.diagnostics)


def _library_folder(folder: Path | None) -> Path:
    if folder is not None:
        return folder
    here = Path()
    for candidate in (here / "modules", here):
        if (candidate / "library.yaml").is_file():
            return candidate
    raise click.UsageError("There is no library here. Name its folder with --library.")


def _known(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    from scormpack.source.node import nearest

    known = list(known)
    for name in names:
        if name not in known:
            raise click.UsageError(f"There is no {kind} `{name}`. {nearest(name, known) if known else ''}".strip())


class _progress:  # noqa: N801
    """A bar on a terminal, and nothing anywhere else; talk goes to standard error."""

    def __init__(self, steps: int, form: str) -> None:
        shown = form == "text" and sys.stderr.isatty()
        self.bar = click.progressbar(length=steps, label="Building", file=sys.stderr) if shown else None

    def __enter__(self) -> Callable[[], None]:
        bar = self.bar.__enter__() if self.bar else None
        return lambda: bar.update(1) if bar else None

    def __exit__(self, *details: Any) -> None:
        if self.bar:
            self.bar.__exit__(*details)


def _show(findings: Iterable[Diagnostic]) -> None:
    for finding in findings:
        severity = _coloured(finding.severity.value, COLOURS[finding.severity.value])
        click.echo(f"{finding.place}: {severity} {finding.code}: {finding.message}", err=True)
        if finding.hint:
            click.echo(f"    {finding.hint}", err=True)


def _coloured(text: str, colour: str) -> str:
    return text if os.environ.get("NO_COLOR") else click.style(text, fg=colour)


def _summary(findings: Iterable[Diagnostic], done: str) -> None:
    counts = Counter(finding.severity.value for finding in findings)
    found = [_counted(counts[word], word) for word in COLOURS if counts[word]]
    click.echo(f"{done} {', '.join(found) or 'No problems found'}.", err=True)


def _counted(number: int, word: str) -> str:
    """`1 package`, `2 packages`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _leave(findings: Iterable[Diagnostic], strict: bool) -> None:
    grave = {"error", "warning"} if strict else {"error"}
    if any(finding.severity.value in grave for finding in findings):
        sys.exit(REFUSED)


def _built(each: Built) -> dict[str, Any]:
    return {
        "module": each.module,
        "version": each.version,
        "provider": each.provider,
        "language": each.language,
        "target": each.target,
        "path": each.path.as_posix(),
        "bytes": each.bytes,
        "sha256": each.sha256,
    }


def _plain(finding: Diagnostic) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": finding.message,
        "hint": finding.hint,
    }


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _print_listing(listing: dict[str, Any]) -> None:
    click.echo(listing["library"])
    click.echo("\nModules")
    for each in listing["modules"]:
        click.echo(f"  {each['id']} {each['version']}  {each['title']}")
        blocks = ", ".join(f"{count} {kind}" for kind, count in each["blocks"].items())
        click.echo(f"      {each['pages']} pages, {each['minutes']} minutes: {blocks}")
    click.echo("\nRecommendations")
    for each in listing["recommendations"]:
        click.echo(f"  {each['id']} ({each['priority']})  {each['statement']}")
    click.echo("\nProviders")
    for each in listing["providers"]:
        click.echo(f"  {each['id']}  {each['name']}")
    click.echo("\nTargets")
    for each in listing["targets"]:
        click.echo(f"  {each['id']}  {each['title']}")
