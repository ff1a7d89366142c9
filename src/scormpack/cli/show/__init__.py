"""A command's output: findings in the format asked for, a summary, and the exit code.

Results go to standard output, and so do findings in a form for programs; everything else goes to standard error.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from scormpack.check.codes import LEFT_TO_DO
from scormpack.cli.show.text import lines
from scormpack.diagnostics import Diagnostic, Place
from scormpack.package import PKG_11, write_file
from scormpack.source.excerpt import Excerpt, excerpts

REFUSED = 1
INTERRUPTED = 130  # as shells have it after Ctrl+C
SEVERITIES = ("error", "warning", "info")


def format_option(*forms: str) -> Callable[[Any], Any]:
    """The option `--format`, with the first of `forms` as its default."""
    text = "For people (text) or for programs."
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True, help=text)


report_format = format_option("text", "json", "sarif", "github")


def is_left_to_do(finding: Diagnostic) -> bool:
    """Whether the finding is a note, of an author or a reviewer, on what is left to do before release."""
    return finding.code in LEFT_TO_DO


def tell(
    findings: Iterable[Diagnostic],
    form: str,
    root: Path,
    result: Mapping[str, Any] | None = None,
    hidden: Callable[[Diagnostic], bool] = lambda _: False,
    reasons: Mapping[str, str] | None = None,
) -> None:
    """Show findings at their exact places in the library `root`.

    JSON includes `result`; text leaves out what is `hidden`. `reasons` says why each code matters,
    where that is known already.
    """
    found = excerpts(findings, root, hidden) if form == "text" else excerpts(findings, root)
    why = reasons_of(each.finding for each in found) if reasons is None else reasons
    if form != "text":
        for_programs(in_form(found, form, result or {}, why))
        return
    for line in lines(found, why):
        click.echo(line, err=True)


def in_form(found: Sequence[Excerpt], form: str, result: Mapping[str, Any], reasons: Mapping[str, str]) -> str:
    """Findings and a `result` in one of the forms for programs; GitHub takes findings only."""
    if form == "json":
        return _json({**result, "diagnostics": [plain(each.finding, reasons) for each in found]})
    if form == "sarif":
        from scormpack.cli.show.sarif import log

        return _json(log(found, result))
    from scormpack.cli.show.github import commands

    return "".join(f"{line}\n" for line in commands(found))


def summary(findings: Iterable[Diagnostic], done: str, more: str = "") -> None:
    """One line: what was done, and how much was found."""
    click.echo(f"{done} {counts_of(findings) or 'No problems found'}. {more}".rstrip(), err=True)


def counts_of(findings: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning, 3 waived`; empty if nothing was found."""
    counts = Counter("waived" if finding.waived else finding.severity.value for finding in findings)
    found = [counted(counts[word], word) for word in SEVERITIES if counts[word]]
    return ", ".join([*found, *([f"{counts['waived']} waived"] if counts["waived"] else [])])


def counted(number: int, word: str) -> str:
    """`1 package`, `2,000 packages`."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def leave(findings: Iterable[Diagnostic], strict: bool) -> None:
    """Exit with 1 if an error was found; with `strict`, for a warning too."""
    grave = {"error", "warning"} if strict else {"error"}
    if any(finding.severity.value in grave for finding in findings):
        sys.exit(REFUSED)


def write(data: bytes, file: Path) -> None:
    """Write `file` atomically; exit with a finding (PKG-11) if it cannot be written."""
    try:
        write_file(data, file)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        found = [PKG_11.finding(message, Place(file.as_posix(), outside=True))]
        tell(found, "text", Path())
        leave(found, strict=False)


def reasons_of(findings: Iterable[Diagnostic]) -> dict[str, str]:
    """Why each code among `findings` matters to a worker, as far as the catalogue says."""
    codes = {finding.code for finding in findings}
    if not codes:
        return {}
    from scormpack.check.catalogue import reason  # which needs the rules

    return {code: reason(code) for code in codes}


def plain(finding: Diagnostic, reasons: Mapping[str, str]) -> dict[str, Any]:
    """A finding for programs."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": finding.message,
        "hint": finding.hint,
        "reason": reasons.get(finding.code, ""),
        "words": finding.words,
        "waived": finding.waived,
    }


def print_json(value: Any) -> None:
    """A result for programs, on standard output."""
    for_programs(_json(value))


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def for_programs(text: str) -> None:
    """Put `text` on standard output for a program or a file: in UTF-8, whatever the console's code page is.

    Half a sign, as a stranger's file may have it, becomes an escape that JSON has too.
    """
    click.echo(text.encode(errors="backslashreplace"), nl=False)
