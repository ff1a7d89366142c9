"""Which pictures a report has, each beside the table that says the same."""

from __future__ import annotations

from markupsafe import Markup

from scormpack.report.charts import Mark, bars, matrix
from scormpack.report.values import Report, Results
from scormpack.report.words import monthly

MOST_BARS = 30  # in one picture; the table has them all


def coverage(report: Report) -> Markup:
    """Which modules address which recommendation; nothing where there is none of either."""
    number = {row.module: n for n, row in enumerate(report.time)}
    rows: list[tuple[str, dict[int, Mark]]] = [
        (
            row.id,
            {number[each.module]: "met" if each.met else "partly" for each in row.modules if each.module in number},
        )
        for row in report.recommendations
    ]
    if not number or not rows:
        return Markup()
    said = (
        "A row for each recommendation, a column for each module. A full mark: the module has all that is expected."
    )
    said += " Half of one: something is missing. The table below says the same."
    return matrix("coverage", "Recommendations by module", said, len(number), rows)


def hours(results: Results) -> Markup:
    """How many hours of learning were finished in each month."""
    rows = results.months[-MOST_BARS:]
    longest = max((row.planned_minutes for row in rows), default=0) or 1
    bar = [(f"{monthly(row.month)}: {in_hours(row.planned_minutes)}", row.planned_minutes / longest) for row in rows]
    said = (
        "A bar for each month, as long as the modules that were finished in it take. The table below says the same."
    )
    return bars("hours-chart", "Hours of learning by month", said, bar) if bar else Markup()


def answers(results: Results) -> Markup:
    """Which share of people had each question right the first time."""
    rows = [
        (f"Question {number}: {row.right} of {row.people} right", row.right / row.people)
        for number, row in enumerate(results.answers[:MOST_BARS], 1)
    ]
    said = "A bar for each question, as long as the share of people who had it right the first time. The questions"
    said += " have their numbers in the table below."
    return bars("questions-chart", "Right the first time, by question", said, rows) if rows else Markup()


def in_hours(minutes: int) -> str:
    """`2 h 30 min`, `45 min`."""
    whole, rest = divmod(minutes, 60)
    return " ".join([*([f"{whole:,} h"] if whole else []), *([f"{rest} min"] if rest or not whole else [])])
