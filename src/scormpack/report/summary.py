"""The first thing that a reader sees: what needs doing, and what is fine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scormpack.report.upkeep import SHARED
from scormpack.report.values import Point, Report
from scormpack.report.words import counted, dated, listed


def summary(report: Report) -> tuple[Point, ...]:
    """A line or two for each table; what needs doing comes first."""
    lines = [
        *_answers(report),
        *_problems(report),
        *_reviews(report),
        *_comments(report),
        *_contacts(report),
        *_recommendations(report),
        *_topics(report),
        *_local_details(report),
        *_waivers(report),
        *_partners(report),
        *_finished(report),
    ]
    return tuple(sorted(lines, key=lambda point: not point.to_do))


def _answers(report: Report) -> Iterator[Point]:
    if found := report.self_assessment:
        counts = found.counts
        total = counted(sum(counts.values()), "question")
        if counts["not_answered"]:
            yield Point("recommendations", True, f"{counts['not_answered']} of {total} not answered yet.")
        if counts["not_yet"] or counts["partly"]:
            text = f"{counts['not_yet']} of {total} answered “not yet”, {counts['partly']} “partly”."
            yield Point("recommendations", True, text)
        text = f"{counts['met']} of {total} answered “met” by the provider, each with evidence named."
        yield Point("recommendations", False, text)


def _problems(report: Report) -> Iterator[Point]:
    for name in report.unread:
        yield Point("problems", True, f"The module {name} cannot be read, and this report does not count it.")
    stopped = [row for row in report.problems if row.errors and row.module not in report.unread]
    modules = [row.title for row in stopped if row.module != SHARED]
    if len(modules) < len(stopped):
        yield Point("problems", True, "There are errors in the files that all modules share.")
    if modules:
        names = listed([f"“{name}”" for name in modules], most=3)
        yield Point("problems", True, f"{counted(len(modules), 'module')} cannot be built as they are: {names}.")
    if not stopped and not report.unread:
        yield Point("problems", False, "No error stops a module from being built.")


def _reviews(report: Report) -> Iterator[Point]:
    states = Counter(row.state for row in report.reviews)
    if states["overdue"]:
        yield Point("reviews", True, f"{counted(states['overdue'], 'review')} overdue.")
    if states["soon"]:
        yield Point("reviews", True, f"{counted(states['soon'], 'review')} due soon.")
    if report.reviews and not states["overdue"]:
        due = dated(report.reviews[0].review_due)
        yield Point("reviews", False, f"No review is overdue. The next one is due on {due}.")


def _comments(report: Report) -> Iterator[Point]:
    if rows := report.comments:
        total = counted(sum(row.open for row in rows), "comment")
        text = f"{total} open on {counted(len(rows), 'module')}, the oldest of {dated(rows[0].since)}."
        yield Point("comments", True, text)
    else:
        yield Point("comments", False, "No comment of a reviewer is open.")


def _contacts(report: Report) -> Iterator[Point]:
    states = Counter(row.state for row in report.contacts)
    total = counted(len(report.contacts), "contact")
    if states["never"]:
        yield Point("contacts", True, f"{states['never']} of {total} never checked.")
    if old := states["long_ago"] + states["too_long_ago"]:
        yield Point("contacts", True, f"{old} of {total} checked too long ago.")
    if report.contacts and states["fresh"] == len(report.contacts):
        yield Point("contacts", False, f"{total} checked recently.")


def _recommendations(report: Report) -> Iterator[Point]:
    states = Counter(row.state for row in report.recommendations)
    total = counted(len(report.recommendations), "recommendation")
    if states["missing"]:
        yield Point("recommendations", True, f"{states['missing']} of {total} with no module and no signpost.")
    if states["partly"]:
        text = f"The modules lack something that is expected by {states['partly']} of {total}."
        yield Point("recommendations", True, text)
    if done := states["met"]:
        beside = f" Signposted elsewhere: {states['signposted']}." if states["signposted"] else ""
        yield Point("recommendations", False, f"The modules have all that is expected by {done} of {total}.{beside}")


def _topics(report: Report) -> Iterator[Point]:
    missing = [row.title for row in report.topics if row.gap]
    total = counted(len(report.topics), "topic")
    if missing:
        yield Point("topics", True, f"{len(missing)} of {total} with nothing to learn: {listed(missing)}.")
    elif report.topics and not report.named:
        yield Point("topics", False, f"Each of {total} has a module or a signpost.")


def _local_details(report: Report) -> Iterator[Point]:
    open_ = Counter(row.provider for row in report.local_details)
    for provider, count in open_.items():
        yield Point("local-details", True, f"{provider} has {counted(count, 'local detail')} to fill in.")
    if not open_:
        yield Point("local-details", False, "All local details are filled in.")


def _waivers(report: Report) -> Iterator[Point]:
    ended = [row for row in report.waivers if not row.in_force]
    if ended:
        yield Point("waivers", True, f"{counted(len(ended), 'waiver')} ended. Decide again.")
    if len(ended) < len(report.waivers):
        standing = counted(len(report.waivers) - len(ended), "waiver")
        yield Point("waivers", True, f"{standing} in force, with reasons: still open.")


def _partners(report: Report) -> Iterator[Point]:
    modules = [row for row in report.provenance if row.kind == "module"]
    total = counted(len(modules), "module")
    if changed := sum(bool(row.changes) for row in modules):
        yield Point("provenance", True, f"{changed} of {total} changed since partners agreed to the text.")
    if unread := sum(not row.reviewers for row in modules):
        yield Point("provenance", True, f"{unread} of {total} with no reviewer named.")
    elif modules:
        yield Point("provenance", False, f"{total} with a reviewer named.")


def _finished(report: Report) -> Iterator[Point]:
    """What is finished is fine; all else is open."""
    if not (found := report.results):
        return
    total = sum(row.people for row in found.modules)
    done = sum(row.finished for row in found.modules)
    each = f"{counted(found.people, 'person', 'people')} and {counted(len(found.modules), 'module')}"
    if overdue := sum(row.overdue for row in found.modules):
        yield Point("finished", True, f"{overdue:,} of {total:,} results overdue.")
    if total - done:
        yield Point("finished", True, f"{total - done:,} of {total:,} results of {each} not finished.")
    if done:
        yield Point("finished", False, f"{done:,} of {total:,} results of {each} finished.")
