"""The closed lists of words that several models share."""

from __future__ import annotations

from typing import Literal, TypeAlias

Stage: TypeAlias = Literal["first_weeks", "first_months", "advanced", "specific"]
Sensitivity: TypeAlias = Literal[
    "death", "bereavement", "distress", "self_harm", "abuse", "children", "bodily_detail", "none"
]
Delivery: TypeAlias = Literal["self_study", "group", "face_to_face", "online_live", "shadowing", "blended"]
Jurisdiction: TypeAlias = Literal["england", "wales", "scotland", "northern_ireland"]
Learner: TypeAlias = Literal[
    "homecare_worker", "senior_worker", "manager", "educator", "commissioner", "personal_assistant"
]
Actor: TypeAlias = Literal["manager", "provider", "educator", "commissioner", "homecare_worker"]
Act: TypeAlias = Literal[
    "confirm_death",
    "touch_pump",
    "give_injection",
    "change_dose",
    "hide_medicine",
    "decide_capacity",
    "sign_papers",
]
Principle: TypeAlias = Literal["power", "perspectives", "knowledge", "reciprocity", "relationships"]
