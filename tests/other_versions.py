"""Other versions of the module that has one of everything: what is another answer, and what is other words only."""

from __future__ import annotations

from pathlib import Path

QUESTIONS = "every-block/pages/questions.md"
MORE = "every-block/pages/more-questions.md"
STORY = "every-block/scenarios/the-story.yaml"

# By the task that it is about: what changes the meaning of its answers.
OTHER_ANSWERS = {
    "who-first": (QUESTIONS, "text: A friend who knows a lot", "text: A friend"),
    "what-helps": (QUESTIONS, "text: Sitting down, correct: true", "text: Sitting down"),
    "say-no": (MORE, "answer: false", "answer: true"),
    "the-steps": (MORE, "[Look, Call, Write]", "[Call, Look, Write]"),
    "my-role": (MORE, "text: Give an injection", "text: Give injections"),
    "who-does-what": (MORE, "match: Plans your visits", "match: Plans the visits"),
    "the-story": (STORY, "text: Hang up.", "text: Ring off."),
}
# The same answers, told of otherwise.
OTHER_WORDS = [
    (QUESTIONS, "prompt: What helps?", "prompt: What will help?"),
    (QUESTIONS, "feedback: A friend cannot see the plan.", "feedback: Your friend cannot see the plan."),
    (MORE, "if_true: It feels like that, yet", "if_true: It feels so, yet"),
    (MORE, "if_wrong: Look first,", "if_wrong: You look first,"),
    (MORE, "feedback: You can always listen.", "feedback: You can listen at any time."),
    (MORE, "rationale: Each has a job of their own.", "rationale: Each of them has a job of their own."),
    (STORY, "outcome: The nurse comes back.,", "outcome: The nurse is back.,"),
]


def change(file: Path, old: str, new: str) -> None:
    """Other words in a file; or a file where there was none."""
    text = file.read_text(encoding="utf-8") if old else ""
    assert old in text
    file.write_text(text.replace(old, new) if old else new, encoding="utf-8")
