"""Rules about what reviewers say: which comments wait for an answer, and whether their words still stand."""

from __future__ import annotations

import datetime

from scormpack.check.codes import REV_01, REV_02, REV_03
from scormpack.check.content.subject import Manuscript
from scormpack.check.rule import Findings, Found, Rule, rule, rule_for
from scormpack.content.review import Comment
from scormpack.content.reviewed import Passage, names
from scormpack.diagnostics import Place, Severity
from scormpack.source.node import nearest
from scormpack.source.signs import brief

RULES: list[Rule[Manuscript]] = []

_SAID = 300  # characters of a comment that a message has room for
_ELSEWHERE = datetime.timedelta(days=1)  # where a reviewer lives it may be tomorrow already


@rule_for(RULES, REV_01)
def comment_that_waits(m: Manuscript) -> Findings:
    """A comment that nobody has resolved."""
    for comment, (passage, same) in m.comments:
        if passage and same:
            yield _found(comment, f"on {_file_and_line(passage)}")


@rule_for(RULES, REV_02)
def comment_on_changed_words(m: Manuscript) -> Findings:
    """A comment whose words say something else now."""
    for comment, (passage, same) in m.comments:
        if passage and not same:
            yield _found(comment, f"on {_file_and_line(passage)}, which no longer says {_quoted(comment)}")


@rule_for(RULES, REV_03)
def comment_on_words_that_have_gone(m: Manuscript) -> Findings:
    """A comment whose words are nowhere any more."""
    for comment, (passage, _) in m.comments:
        if passage is None and comment.quote:
            yield _found(comment, f"on {_quoted(comment)}, which has gone")
        elif passage is None:
            hint = nearest(comment.block or "", list(names(m.module)))
            yield _found(comment, f"on `{comment.block}`, which is no page and no block here", hint)


@rule(
    RULES,
    "REV-04",
    "Comment with a day that cannot be",
    Severity.WARNING,
    "Correct `date` or `resolved_on`.",
)
def comment_with_a_day_that_cannot_be(m: Manuscript) -> Findings:
    """Whether a text was changed because of a comment, before a worker read it, shows only if its days are true."""
    for comment in m.module.review.comments:
        for field, day in (("date", comment.date), ("resolved_on", comment.resolved_on)):
            if day and day > m.today + _ELSEWHERE:
                yield comment.place(field), f"{day} is still to come"
        if comment.resolved_on and comment.resolved_on < comment.date:
            yield comment.place("resolved_on"), f"it was resolved on {comment.resolved_on}, before it was made"


def _found(comment: Comment, about: str, hint: str = "") -> Found:
    said = brief(" ".join(comment.text.split()), _SAID)
    message = f"{brief(comment.name)}, {comment.date}, {about}: {said}"
    return Found(comment.place("text"), message, hint=hint, words=comment.text)


def _file_and_line(passage: Passage) -> Place:
    return passage.place._replace(column=0)


def _quoted(comment: Comment) -> str:
    return f"“{brief(comment.quote, 80)}”"
