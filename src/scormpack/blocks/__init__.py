"""What can stand on a page: the list of all kinds. To add one, make its folder and name it here."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from pydantic import Field

from scormpack.blocks.action_plan import ActionPlan as ActionPlan
from scormpack.blocks.audio import Audio as Audio
from scormpack.blocks.block import Block as Block
from scormpack.blocks.block import Question as Question
from scormpack.blocks.block import Task as Task
from scormpack.blocks.card import Card as Card
from scormpack.blocks.checklist import Checklist as Checklist
from scormpack.blocks.confidence import Confidence as Confidence
from scormpack.blocks.deck import Deck as Deck
from scormpack.blocks.figure import Figure as Figure
from scormpack.blocks.key_messages import KeyMessages as KeyMessages
from scormpack.blocks.local import Local as Local
from scormpack.blocks.match import Match as Match
from scormpack.blocks.multiple import Multiple as Multiple
from scormpack.blocks.notice import Notice as Notice
from scormpack.blocks.order import Order as Order
from scormpack.blocks.pause import Pause as Pause
from scormpack.blocks.prose import Prose as Prose
from scormpack.blocks.recommendations import Recommendations as Recommendations
from scormpack.blocks.reflection import Reflection as Reflection
from scormpack.blocks.scenario import Scenario as Scenario
from scormpack.blocks.signpost import Signpost as Signpost
from scormpack.blocks.single import Single as Single
from scormpack.blocks.sort import Sort as Sort
from scormpack.blocks.true_false import TrueFalse as TrueFalse
from scormpack.blocks.video import Video as Video

KINDS: Final[dict[str, type[Block]]] = {
    "prose": Prose,
    "notice": Notice,
    "key_messages": KeyMessages,
    "figure": Figure,
    "audio": Audio,
    "video": Video,
    "card": Card,
    "scenario": Scenario,
    "single": Single,
    "multiple": Multiple,
    "true_false": TrueFalse,
    "order": Order,
    "match": Match,
    "sort": Sort,
    "confidence": Confidence,
    "reflection": Reflection,
    "checklist": Checklist,
    "action_plan": ActionPlan,
    "recommendations": Recommendations,
    "pause": Pause,
    "signpost": Signpost,
    "local": Local,
    "deck": Deck,
}

AnyBlock: TypeAlias = Annotated[
    Prose
    | Notice
    | KeyMessages
    | Figure
    | Audio
    | Video
    | Card
    | Scenario
    | Single
    | Multiple
    | TrueFalse
    | Order
    | Match
    | Sort
    | Confidence
    | Reflection
    | Checklist
    | ActionPlan
    | Recommendations
    | Pause
    | Signpost
    | Local
    | Deck,
    Field(discriminator="type"),
]
