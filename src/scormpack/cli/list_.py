"""`scormpack list`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from scormpack.cli.library import library_folder, library_option
from scormpack.cli.planned import planned
from scormpack.cli.show import counted, format_option, leave, tell
from scormpack.targets import TARGETS


@click.command("list")
@library_option
@format_option("text", "json")
def list_(folder: Path | None, form: str) -> None:
    """List modules, courses, recommendations, providers and targets.

    For each module it counts the blocks, and the comments that are open.
    """
    root = library_folder(folder)
    work, findings = planned(root)
    if work is None:
        tell(findings, form, root)
        leave(findings, strict=False)
        return
    findings += [finding for finding in work.findings if finding.severity == "error"]
    library = work.library
    modules = []
    for module in work.modules:
        kinds = Counter(block.type for page in module.pages for block in page.blocks)
        modules.append(
            {
                "id": module.id,
                "version": module.version,
                "title": module.title,
                "minutes": module.duration_minutes,
                "pages": len(module.pages),
                "blocks": dict(sorted(kinds.items())),
                "comments": len(module.review.open()),
            }
        )
    listing = {
        "library": library.settings.title,
        "modules": modules,
        "courses": [
            {"id": each.id, "version": each.version, "title": each.title, "modules": list(each.all_modules())}
            for each in library.courses.values()
        ],
        "recommendations": [
            {"id": each.id, "statement": each.statement, "priority": each.priority}
            for each in library.recommendations.values()
        ],
        "providers": [{"id": each.id, "name": each.name} for each in library.providers.values()],
        "targets": [{"id": each.name, "title": each.title} for each in TARGETS.values()],
    }
    if form == "text":
        _print_listing(listing)
    tell(findings, form, root, listing)
    leave(findings, strict=False)


def _print_listing(listing: dict[str, Any]) -> None:
    click.echo(listing["library"])
    click.echo("\nModules")
    for each in listing["modules"]:
        click.echo(f"  {each['id']} {each['version']}  {each['title']}")
        blocks = ", ".join(f"{count} {kind}" for kind, count in each["blocks"].items())
        click.echo(f"      {each['pages']} pages, {each['minutes']} minutes: {blocks}")
        if each["comments"]:
            click.echo(f"      {counted(each['comments'], 'open comment')}")
    if listing["courses"]:
        click.echo("\nCourses")
    for each in listing["courses"]:
        click.echo(f"  {each['id']} {each['version']}  {each['title']}: {', '.join(each['modules'])}")
    click.echo("\nRecommendations")
    for each in listing["recommendations"]:
        click.echo(f"  {each['id']} ({each['priority']})  {each['statement']}")
    click.echo("\nProviders")
    for each in listing["providers"]:
        click.echo(f"  {each['id']}  {each['name']}")
    click.echo("\nTargets")
    for each in listing["targets"]:
        click.echo(f"  {each['id']}  {each['title']}")
