"""What grows old or was left open: reviews, comments, contacts, local details, waivers, limits, what rules find."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from scormpack.batch import Plan
from scormpack.check import catalogue
from scormpack.content.library import Contact, Library, Settings
from scormpack.content.module import Module
from scormpack.content.profile import DEFAULTS
from scormpack.content.provider import Provider
from scormpack.content.recommendation import Recommendation
from scormpack.content.reviewed import subjects
from scormpack.content.waiver import Waiver
from scormpack.diagnostics import Diagnostic, Severity
from scormpack.report.values import Check, Comments, Moved, Problems, Review, Unfilled, Waived

SHARED = "shared"  # files that belong to no module


def reviews(work: Plan, current: Sequence[Recommendation], day: datetime.date) -> tuple[Review, ...]:
    """Every module and every recommendation, those first that are due first."""
    soon = work.library.settings.limit("review_soon_days")
    items: tuple[Module | Recommendation, ...] = (*work.modules, *current)
    rows = [_review(each, day, soon) for each in items]
    return tuple(sorted(rows, key=lambda row: row.review_due))


def _review(item: Module | Recommendation, day: datetime.date, soon: float) -> Review:
    left = (item.review_due - day).days
    return Review(
        kind="module" if isinstance(item, Module) else "recommendation",
        id=item.id,
        title=item.title if isinstance(item, Module) else item.statement,
        reviewed_on=item.reviewed_on,
        review_due=item.review_due,
        state="overdue" if left < 0 else "soon" if left <= soon else "later",
    )


def comments(work: Plan) -> tuple[Comments, ...]:
    """Each module with comments that nobody has seen to, the oldest first."""
    rows = [_comments(module) for module in work.modules if module.review.open()]
    return tuple(sorted(rows, key=lambda row: row.since))


def _comments(module: Module) -> Comments:
    found = list(subjects(module, module.review.open()))
    changed = sum(not subject.same for _, subject in found)
    since = min(comment.date for comment, _ in found)
    return Comments(module.id, module.title, len(found), changed, since)


def contacts(library: Library, day: datetime.date) -> tuple[Check, ...]:
    """Every entry of the register, and how long ago somebody checked it."""
    return tuple(_check(each, library.settings, day) for each in library.contacts.values())


def _check(contact: Contact, settings: Settings, day: datetime.date) -> Check:
    if contact.checked_on is None:
        return Check(contact.id, contact.name, None, None, "never")
    days = (day - contact.checked_on).days
    if days > settings.limit("contact_error_days"):
        return Check(contact.id, contact.name, contact.checked_on, days, "too_long_ago")
    old = days > settings.limit("contact_warning_days")
    return Check(contact.id, contact.name, contact.checked_on, days, "long_ago" if old else "fresh")


def local_details(work: Plan) -> tuple[Unfilled, ...]:
    """What each provider has left open of the details that its modules show."""
    return tuple(row for provider in work.providers for row in _unfilled(provider, work))


def _unfilled(provider: Provider, work: Plan) -> Iterator[Unfilled]:
    settings = work.library.settings
    for name, slot in settings.slots.items():
        if not provider.local.get(name):
            everywhere = name in settings.help_local
            needed = tuple(each.title for each in work.modules if everywhere or name in each.local_slots)
            if needed:
                yield Unfilled(provider.name, name, slot.label, needed)


def waivers(work: Plan, current: Sequence[Recommendation], day: datetime.date) -> tuple[Waived, ...]:
    """Every waiver of the library, its recommendations, its modules and its providers; those in force come last."""
    rows = [
        *_waived("The library", work.library.settings.waive, day),
        *(row for each in current for row in _waived(each.id, each.waive, day)),
        *(row for each in work.modules for row in _waived(each.title, each.waive, day)),
        *(row for each in work.providers for row in _waived(each.name, each.waive, day)),
    ]
    return tuple(sorted(rows, key=lambda row: row.in_force))


def _waived(item: str, found: Iterable[Waiver], day: datetime.date) -> Iterator[Waived]:
    for each in found:
        yield Waived(
            item=item,
            rule=each.rule,
            about=catalogue.title(each.rule),
            file=each.file,
            reason=each.reason,
            by=each.by,
            date=each.date,
            until=each.until,
            in_force=day <= each.until,
        )


def limits(settings: Settings) -> tuple[Moved, ...]:
    """The limits that the library has changed, with its reasons."""
    return tuple(
        Moved(name.replace("_", " "), DEFAULTS[name], change.value, change.reason)
        for name, change in settings.profile.items()
    )


def problems(work: Plan, findings: Sequence[Diagnostic], unread: Sequence[str]) -> tuple[Problems, ...]:
    """How many errors and warnings each module has, and the files that all modules share; the worst come first."""
    titles = {name: name for name in unread} | {each.id: each.title for each in work.modules}
    by_item: dict[str, list[Diagnostic]] = {SHARED: [], **{name: [] for name in titles}}
    for finding in findings:
        owner = finding.place.path.partition("/")[0]
        by_item[owner if owner in by_item else SHARED].append(finding)
    titles[SHARED] = "Files that all modules share"
    rows = [_problems(name, titles[name], found) for name, found in by_item.items()]
    return tuple(sorted(rows, key=lambda row: (-row.errors, -row.warnings)))


def _problems(name: str, title: str, found: Sequence[Diagnostic]) -> Problems:
    severities = Counter(each.severity for each in found)
    codes = dict.fromkeys(each.code for each in found if each.severity is Severity.ERROR)
    kinds = tuple(f"{catalogue.title(code)} ({code})" for code in codes)
    return Problems(name, title, severities[Severity.ERROR], severities[Severity.WARNING], kinds)
