"""A story with choices: each one is played out, and leads on or lets the learner choose again."""

from __future__ import annotations

from functools import cache
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from scormpack.blocks.block import KEYS, Task
from scormpack.blocks.codes import ACC_02, SAF_08, SCN_01, SCN_02, SCN_05
from scormpack.diagnostics import Code
from scormpack.source.node import FieldError, Node
from scormpack.source.word import Slug
from scormpack.vocabulary import Markdown, Phrase, PicturePath, Title


class Voice(Node):
    """What somebody in the story says, shown as a speech bubble."""

    who: Title
    """Who speaks.
    Example: `His sister`
    """
    words: Phrase
    """What they say.
    Example: `“Is he… is he gone?”`
    """


class Scene(Node):
    """What can be seen in a situation."""

    codes: ClassVar[dict[str, Code]] = {"alt": ACC_02}

    src: PicturePath
    """A picture in media/.
    Example: `bedroom.svg`
    """
    alt: str
    """What it shows, in words. `""` marks it as decoration.
    Example: `A man in bed. His sister stands in the doorway.`
    """


class Choice(Node):
    """What the learner may do. Without `next` it is played out, and the learner chooses again."""

    codes: ClassVar[dict[str, Code]] = {"feedback": SCN_02}

    text: Phrase
    """What the learner may do or say.
    Example: `Can you speak to my manager?`
    """
    follows: Phrase | None = None
    """What happens when it is done, in one to three sentences.
    Example: `She puts the packet down and gets out her phone.`
    """
    says: Voice | None = None
    """Who answers, and what they say."""
    feedback: Phrase
    """Why it is good, or why not and what to do instead.
    Example: `That keeps everyone safe.`
    """
    rating: Literal["best", "acceptable", "unhelpful", "unsafe"]
    """How good the choice is."""
    next: Slug | None = None
    """The later situation, or the ending, that it leads to. Without it the learner chooses again. Where two choices
    lead to different ones, the story forks.
    Example: `safe`
    """


class Situation(Node):
    """A moment of the story, with its choices."""

    codes: ClassVar[dict[str, Code]] = {"choices": SCN_02}

    id: Slug
    """The name of the situation in this story.
    Example: `start`
    """
    picture: Scene | None = None
    """What can be seen. It stays until a later situation has another."""
    says: Voice | None = None
    """Who speaks first, above `text`."""
    text: Markdown
    """What happens.
    Example: `The nurse holds out a new dressing. She is in a rush.`
    """
    choices: tuple[Choice, ...] = Field(min_length=2, max_length=4)
    """What the learner may do: two to four choices, one of them with `next`."""

    def told(self) -> str:
        """What happens and who says what, as one text."""
        return f"{self.says.who}: {self.says.words}\n\n{self.text}" if self.says else self.text


class Ending(Node):
    """Where the story ends: the outcome, whom to tell and what to write down."""

    codes: ClassVar[dict[str, Code]] = {"tell": SCN_05, "record": SCN_05}

    id: Slug
    """The name of the ending in this story.
    Example: `safe`
    """
    outcome: Markdown
    """The outcome.
    Example: `The nurse comes back.`
    """
    tell: Phrase
    """Whom to tell.
    Example: `The office.`
    """
    record: Phrase
    """What to write down.
    Example: `Who asked and what was agreed.`
    """
    debrief: Phrase | None = None
    """What to think about afterwards.
    Example: `What made it hard to say no?`
    """


class Scenario(Task):
    """Situations in the order of the story, and endings.

    The path is saved as `start.b_call.a`: the choice that led on from each situation.
    """

    codes: ClassVar[dict[str, Code]] = {"origin": SAF_08}
    room: ClassVar[str] = "story"

    type: Literal["scenario"] = "scenario"
    title: Title
    """The title of the story.
    Example: `Just this once`
    """
    origin: Literal["fictional", "used_with_consent"]
    """`used_with_consent` for what happened to real people who have agreed to its use."""
    situations: tuple[Situation, ...] = Field(min_length=1, max_length=20)
    """What happens, in the order of the story. A choice leads to a later one, so nobody goes round in circles."""
    endings: tuple[Ending, ...] = Field(min_length=1, max_length=6)
    """Where the story can end: one to six."""

    @model_validator(mode="after")
    def _leads_to_an_end(self) -> Self:
        order = [situation.id for situation in self.situations] + [ending.id for ending in self.endings]
        for name in order:
            if order.count(name) > 1:
                raise FieldError(SCN_01, f"two situations or endings are called `{name}`")
        reached = {order[0]}
        for index, situation in enumerate(self.situations):
            for choice in situation.choices:
                if choice.next is not None and choice.next not in order:
                    raise FieldError(SCN_01, f"`{situation.id}` leads to `{choice.next}`, which does not exist")
                if choice.next is not None and choice.next not in order[index + 1 :]:
                    raise FieldError(SCN_01, f"`{situation.id}` leads back to `{choice.next}`: leave `next` out")
            onward = {choice.next for choice in situation.choices if choice.next is not None}
            if not onward:
                raise FieldError(SCN_01, f"no choice of `{situation.id}` has a `next`: the story cannot end")
            if situation.id in reached:
                reached |= onward
        for name in order:
            if name not in reached:
                raise FieldError(SCN_01, f"nothing leads to `{name}`")
        return self

    def told_as(self) -> dict[str, str]:
        """Each choice is reported, so each situation has a name; element.ts builds it in the same way."""
        return {f"{self.id}/{situation.id}": situation.told() for situation in self.situations}

    def offered(self) -> tuple[str, ...]:
        choices = (f"{each.id} {choice.text} > {choice.next}" for each in self.situations for choice in each.choices)
        return (*choices, *(ending.id for ending in self.endings))

    def longest_answer(self) -> int:
        situations: dict[str, Situation] = {situation.id: situation for situation in self.situations}

        @cache
        def longest_from(name: str) -> int:
            if name not in situations:
                return -1  # an ending: no separator after the last step
            step = len(f"{name}.{KEYS[0]}_")
            return step + max(longest_from(c.next) for c in situations[name].choices if c.next)

        return longest_from(self.situations[0].id)
