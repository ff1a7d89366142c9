"""What SCORM Cloud answers, as far as it is read here: made from the objects of its maker's library."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=20_000)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Answer(BaseModel):
    """A frozen answer, of which what is not known is left out."""

    model_config = ConfigDict(frozen=True, from_attributes=True, extra="ignore")


class PingAnswer(Answer):
    """That the application is known."""

    api_message: Text


class CourseAnswer(Answer):
    """A course, or one version of it."""

    id: Text
    version: int
    title: Text | None = None
    registration_count: int | None = None
    course_learning_standard: Text | None = None
    updated: datetime.datetime | None = None
    tags: tuple[Text, ...] | None = None


class CoursesAnswer(Answer):
    """A page of courses, or all versions of one; `more` is the token of the next page, where there is one."""

    courses: tuple[CourseAnswer, ...]
    more: Text | None = None


class SettingAnswer(Answer):
    """A setting of a course, as it is in force."""

    id: Text | None = None
    effective_value: Text | None = None


class SettingsAnswer(Answer):
    """The settings of a course."""

    setting_items: tuple[SettingAnswer, ...]


class ImportedAnswer(Answer):
    """What came of an import."""

    parser_warnings: tuple[Text, ...] | None = None
    course: CourseAnswer | None = None


class JobAnswer(Answer):
    """How far an import is."""

    status: Literal["RUNNING", "COMPLETE", "ERROR"]
    message: Text | None = None
    import_result: ImportedAnswer | None = None


class BegunAnswer(Answer):
    """The name of an import that has begun."""

    result: Annotated[str, Field(min_length=1, max_length=200)]


class ScoreAnswer(Answer):
    """A score of 100."""

    scaled: Number | None = None


class WhichAnswer(Answer):
    """The course of a registration, and its version."""

    id: Text
    version: int | None = None


class LearnerAnswer(Answer):
    """Who a registration is about."""

    id: Text
    email: Text | None = None
    first_name: Text | None = None
    last_name: Text | None = None


class RegistrationAnswer(Answer):
    """How far somebody came with a course."""

    instance: int | None = None
    registration_completion: Literal["UNKNOWN", "COMPLETED", "INCOMPLETE"]
    registration_success: Literal["UNKNOWN", "PASSED", "FAILED"] | None = None
    score: ScoreAnswer | None = None
    total_seconds_tracked: Number | None = None
    first_access_date: datetime.datetime | None = None
    last_access_date: datetime.datetime | None = None
    completed_date: datetime.datetime | None = None
    course: WhichAnswer
    learner: LearnerAnswer


class RegistrationsAnswer(Answer):
    """A page of registrations; `more` is the token of the next page, where there is one."""

    registrations: tuple[RegistrationAnswer, ...]
    more: Text | None = None


def moment(found: datetime.datetime | None) -> float:
    """Unix time; 0 for none. A moment without a zone is in UTC, as the platform has it."""
    if found is None:
        return 0
    return (found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).timestamp()
