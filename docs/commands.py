"""Print docs/commands.md, made from the commands' own `--help`; `make docs` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc

import click

from scormpack.cli import main

_INTRODUCTION = """\
# Commands

Every command and every option, as `--help` shows them. `scormpack --version` prints the version; `-h` is short for
`--help`. An option that is *repeatable* may be given several times: `--target scorm12 --target web`. What targets,
providers, slots, courses and limits are is explained in [authoring.md](authoring.md), and what a report shows in
[reporting.md](reporting.md).

This page is made from the commands themselves, by `make docs`.
"""

_OUTPUT = """\
## Output

Results go to standard output: the paths of packages and files, lists, JSON, and what `check` finds. Other findings,
summaries and progress go to standard error. Colours are used on terminals only; `NO_COLOR=1` turns them off.
`SOURCE_DATE_EPOCH` sets the day.

A finding names the file, the line, the column, the severity and the code of the rule. Below it are the line itself,
why it matters and how to fix it. Paths are relative to the current folder:

```text
modules/my-module/module.yaml:7:23: error SRC-01: mapping values are not allowed in this context
    7 | summary: At a new door: what to do in the first two minutes.
      |                       ^
    why: What cannot be read reaches no worker: tomorrow this page would be missing.
    fix: Check the indentation, and put quotes around text that holds `: ` or ` #`.
```

For programs, `build`, `validate` and `check` write their findings to standard output in one of three formats:

| `--format` | |
| --- | --- |
| `json` | an object with `diagnostics`, a list of findings; `build` adds `built`, and `check` adds `packages` |
| `sarif` | a log in SARIF 2.1.0, for services that show findings beside the code |
| `github` | workflow commands, which GitHub shows as annotations on the lines of a pull request |

In JSON a finding has `code`, `severity` (`error`, `warning`, `info`), `path`, `line`, `column`, `message`, `hint`
(how to fix it), `reason` (why the rule exists), `words` (those in the text that it is about) and `waived` (by whom,
until when and why; empty if it is not waived). A package that was built has `module` or `course` (its id), `version`,
`provider`, `language`, `target`, `path`, `bytes` and `sha256`.

A package that was checked has `path`, `kinds` (names of targets, and `scorm2004-2nd` and `aicc`), `is_ours`, `title`,
`maker` (what made it, by its own words), `files`, `bytes`, `parts` (SCOs or units), its `findings`, and `platforms`:
each with `id`, `name`, `verdict` (`works`, `stumbles`, `refuses`, `not_known`) and `sentences`, which have `says`,
`verdict`, `source` and `day`. In SARIF, `packages` is among the `properties` of the run.

`doctor` writes an object with `site`, `course` and `lines`, each with `about`, `verdict` (`ok`, `look`, `wrong`),
`says` and `remedy` (what to do; empty where all is well).
"""


def document() -> str:
    """The whole page, as Markdown."""
    # With the settings of the command itself: Click keeps the option for help that is made first.
    root = click.Context(main, info_name="scormpack", **main.context_settings)
    sections = ["\n".join(_section(context)) for context in _below(root)]
    return "\n".join([_INTRODUCTION, *_text(main), *sections, _OUTPUT])


def _below(context: click.Context) -> Iterator[click.Context]:
    """The contexts of all commands of a group, and of what is below these."""
    group = context.command
    assert isinstance(group, click.Group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        yield inner
        if isinstance(command, click.Group):
            yield from _below(inner)


def _section(context: click.Context) -> Iterator[str]:
    """A heading, the usage, what the command does, its options and examples."""
    command = context.command
    yield f"{'#' * (1 + context.command_path.count(' '))} {context.command_path}\n"
    yield f"`{' '.join([context.command_path, *command.collect_usage_pieces(context)])}`\n"
    yield from _text(command)
    options = [each.get_help_record(context) for each in command.params if isinstance(each, click.Option)]
    if options:
        yield "| option | |\n| --- | --- |"
        yield from (f"| `{_cell(name)}` | {_cell(text)} |" for name, text in filter(None, options))
        yield ""


def _text(command: click.Command) -> Iterator[str]:
    """The paragraphs of a command's help; those that keep their lines are examples to type."""
    for paragraph in cleandoc(command.help or "").split("\n\n"):
        examples = paragraph.removeprefix("\b\n")
        yield f"{paragraph}\n" if examples == paragraph else f"```text\n{examples}\n```\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    click.echo(document(), nl=False)
