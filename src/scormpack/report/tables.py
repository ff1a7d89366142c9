"""The tables of a report as files for a spreadsheet, and the whole of it for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from scormpack.package import Entry
from scormpack.report.values import Report, Results
from scormpack.report.words import ANSWERS, CAME, PROVENANCE, STAGES, STATES
from scormpack.tables.comma import written

Table = Iterator[Sequence[object]]


def as_json(report: Report) -> str:
    """The report for programs; dates as 2026-11-30."""
    return json.dumps(asdict(report), indent=2, ensure_ascii=False, default=str) + "\n"


def as_csv(report: Report) -> tuple[Entry, ...]:
    """A file for each table, headings first, as Excel likes them: UTF-8 with its mark, lines ended by CR LF."""
    return tuple(Entry(f"{name}.csv", as_table(rows)) for name, rows in _tables(report).items())


def as_table(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as a file for a spreadsheet, headings first."""
    return written([_text(value) for value in row] for row in rows)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _tables(report: Report) -> Mapping[str, Table]:
    results = _results(report.results) if report.results else {}
    return {
        "summary": _summary(report),
        "recommendations": _recommendations(report),
        "expectations": _expectations(report),
        "measures": _measures(report),
        "topics": _topics(report),
        "reviews": _reviews(report),
        "comments": _comments(report),
        "contacts": _contacts(report),
        "local-details": _local_details(report),
        "waivers": _waivers(report),
        "limits": _limits(report),
        "provenance": _provenance(report),
        "time": _time(report),
        "problems": _problems(report),
        "versions": _versions(report),
        **results,
    }


def _summary(report: Report) -> Table:
    yield "What", "Needs doing"
    yield f"{report.library}, {report.date}. This report is no proof of compliance.", ""
    for each in report.summary:
        yield each.text, each.to_do


def _recommendations(report: Report) -> Table:
    yield (
        "Id",
        "Recommendation",
        "In this library",
        "Status",
        "Priority",
        "Evidence",
        "Who acts",
        "Modules",
        "Signpost",
    )
    for each in report.recommendations:
        modules = tuple(row.title for row in each.modules)
        state = STATES[each.state]
        strength, signpost = each.evidence_strength, each.signposted_to
        yield each.id, each.statement, state, each.status, each.priority, strength, each.who_acts, modules, signpost


def _expectations(report: Report) -> Table:
    yield "Recommendation", "Module", "Title", "Expected", "Met", "Found instead"
    for each in report.recommendations:
        for module in each.modules:
            for row in module.expectations:
                yield each.id, module.module, module.title, row.expected, row.met, row.found


def _measures(report: Report) -> Table:
    yield (
        *("Recommendation", "Measure", "Question", "Look in", "What the library shows"),
        *("Answer", "Evidence", "Owner", "Date", "Look again", "Note"),
    )
    for each in report.recommendations:
        for row in each.measures:
            given = row.answered
            answer: tuple[object, ...] = ("",) * 6
            if given:
                answer = (ANSWERS[given.answer], given.evidence, given.owner, given.date, given.review, given.note)
            yield each.id, row.id, row.question, row.look_in, row.from_library, *answer


def _topics(report: Report) -> Table:
    yield "Topic", *STAGES.values(), "Signpost", "Gap"
    for each in report.topics:
        yield each.title, *each.modules.values(), each.signposted_to, each.gap


def _reviews(report: Report) -> Table:
    yield "Kind", "Id", "Title", "Reviewed on", "Review due", "State"
    for each in report.reviews:
        yield each.kind, each.id, each.title, each.reviewed_on, each.review_due, each.state


def _comments(report: Report) -> Table:
    yield "Module", "Title", "Open comments", "Words changed or gone", "Since"
    for each in report.comments:
        yield each.module, each.title, each.open, each.changed, each.since


def _contacts(report: Report) -> Table:
    yield "Id", "Name", "Checked on", "Days ago", "State"
    for each in report.contacts:
        yield each.id, each.name, each.checked_on, each.days, each.state.replace("_", " ")


def _local_details(report: Report) -> Table:
    yield "Provider", "Local detail", "Name in the files", "Modules that show it"
    for each in report.local_details:
        yield each.provider, each.label, each.slot, each.modules


def _waivers(report: Report) -> Table:
    yield "Item", "Rule", "About", "File", "Reason", "By", "Date", "Until", "In force"
    for each in report.waivers:
        about = each.item, each.rule, each.about, each.file
        yield *about, each.reason, each.by, each.date, each.until, each.in_force


def _limits(report: Report) -> Table:
    yield "Limit", "Usually", "Here", "Reason"
    for each in report.limits:
        yield each.limit, f"{each.usual:g}", f"{each.here:g}", each.reason


def _provenance(report: Report) -> Table:
    yield "Kind", "Id", "Title", "How it was made", "Workshops", "Reviewers", "Agreed to in", "Changed since"
    for each in report.provenance:
        made = PROVENANCE[each.status], each.workshops, each.reviewers
        yield each.kind, each.id, each.title, *made, each.agreed, each.changes


def _time(report: Report) -> Table:
    yield "Module", "Title", "Stage", "Minutes", "CPD minutes", "Paid"
    for each in report.time:
        yield each.module, each.title, STAGES[each.stage], each.minutes, each.cpd_minutes, each.paid


def _problems(report: Report) -> Table:
    yield "Module", "Title", "Errors", "Warnings", "Kinds of error"
    for each in report.problems:
        yield each.module, each.title, each.errors, each.warnings, each.kinds


def _versions(report: Report) -> Table:
    yield "Module", "Title", "Version", "Given out on", "Until the next", "Providers"
    for each in report.versions:
        yield each.module, each.title, each.version, each.since, each.until, each.providers


def _results(results: Results) -> Mapping[str, Table]:
    return {
        "finished": _finished(results),
        "learners": _learners(results),
        "hours": _hours(results),
        "questions": _questions(results),
        "confidence": _confidence(results),
        "results-read": _read(results),
    }


def _finished(results: Results) -> Table:
    yield "Module", "Title", "People", *CAME.values(), "Overdue", "From"
    for each in results.modules:
        counts = each.finished, each.not_passed, each.begun, each.not_begun, each.overdue
        yield each.module, each.title, each.people, *counts, each.sources


def _learners(results: Results) -> Table:
    yield (
        "Person",
        "Module",
        "Title",
        "State",
        "Finished on",
        "Version",
        "Version known from",
        "Due",
        "Overdue",
        "From",
    )
    for each in results.learners:
        version = each.version, each.version_from
        came = CAME[each.state], each.finished, *version, each.due, each.overdue
        yield each.person, each.module, each.title, *came, each.sources


def _hours(results: Results) -> Table:
    yield "Month", "Finished", "Planned minutes", "Finished with a recorded time", "Recorded minutes"
    for each in results.months:
        yield each.month, each.finished, each.planned_minutes, each.recorded, each.recorded_minutes


def _questions(results: Results) -> Table:
    yield "Module", "Title", "Question", "Text", "People", "Right the first time"
    for each in results.answers:
        yield each.module, each.title, each.question, each.text, each.people, each.right


def _confidence(results: Results) -> Table:
    yield "Module", "Title", "Asked before", "Asked after", "People", "Before (1 to 4)", "After (1 to 4)"
    for each in results.sureness:
        yield each.module, each.title, each.before_text, each.after_text, each.people, each.before, each.after


def _read(results: Results) -> Table:
    yield "File", "Form", "Rows", "Notes"
    for each in results.read:
        yield each.file, each.form, each.rows, each.notes
