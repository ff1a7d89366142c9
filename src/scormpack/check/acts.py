"""What homecare workers do not do on their own: how a text that tells them to is recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scormpack.check.prose import any_of, sentences, without_quotes
from scormpack.source.words import Act

_UP_TO = r"(?: \w+){{0,{}}} "  # a few words between the verb and its object
_FEW, _SOME, _MANY = _UP_TO.format(2), _UP_TO.format(4), _UP_TO.format(6)
_PUMP = r"(?:(?:syringe )?(?:pump|driver)|alarm)s?"
_MEDICINE = r"(?:medicines?|medication|tablets?|pills?|capsules?)"
_STOP = r"(?:adjust|silence|mute|stop|pause|press|disconnect|unplug|reset|restart|remove|take out)"
_CRUSH = r"(?:crush|hide|disguise|dissolve|grind|break up|open)"
_MOVE_DOSE = r"(?:change|increase|raise|reduce|lower|double|halve|skip|adjust|alter|repeat|miss out)"
_ENDS = r"(?:s|es|ing|ping|ting|ging)?"
_PAPERS = r"(?:will|papers|power of attorney|lpa|cheques?|legal \w+|adrt|advance decision)"

# What each act is called in a message, and how it is written: as an order, or as something that a worker does.
ACTS: Final[dict[Act, tuple[str, re.Pattern[str]]]] = {
    "confirm_death": (
        "confirming a death",
        any_of(rf"(?:confirm|certif|verif|pronounce|declare)(?:y|ies|ying|s|d|ing)?{_SOME}(?:death|dead|died)"),
    ),
    "touch_pump": (
        "touching a pump",
        any_of(
            rf"{_STOP}{_ENDS}{_FEW}{_PUMP}",
            rf"(?:switch|turn){_ENDS} (?:off|on|down|up){_FEW}{_PUMP}",
            rf"(?:switch|turn){_ENDS}{_FEW}{_PUMP} (?:off|on|down|up)",
        ),
    ),
    "give_injection": (
        "giving an injection",
        any_of(rf"(?:give|giving|administer|do|prepare|draw up){_ENDS}{_SOME}injections?", r"inject(?:s|ing)?"),
    ),
    "change_dose": (
        "changing a dose",
        any_of(
            rf"{_MOVE_DOSE}{_ENDS}{_SOME}doses?",
            rf"giv(?:e|es|ing){_FEW}(?:extra|another|second|bigger|smaller|double) dose",
            rf"giv(?:e|es|ing) (?:more|extra|less){_FEW}(?:{_MEDICINE}|morphine|painkillers?)",
        ),
    ),
    "hide_medicine": (
        "crushing or hiding a medicine",
        any_of(
            rf"{_CRUSH}{_ENDS}{_SOME}{_MEDICINE}",
            rf"(?:mix|put|stir){_ENDS}{_SOME}{_MEDICINE} (?:in|into|with) (?:his|her|their|some|a) ",
        ),
    ),
    "decide_capacity": (
        "deciding alone that someone lacks capacity",
        any_of(rf"(?:decide|judge|assess|determine){_ENDS}{_MANY}(?:capacity|can decide|cannot decide|lacks)"),
    ),
    "sign_papers": ("signing or witnessing legal papers", any_of(rf"(?:sign|witness){_ENDS}{_SOME}{_PAPERS}")),
}
# A sentence with one of these before the act does not tell a worker to do it.
_DENIED = any_of(
    *("not", r"\w+n[’']t", "never", "no", "nor", "without", "nobody", "cannot", "only", "instead of", "rather than"),
    *("before", "until", "unless", "refuse", "stop", "wait", "if", "when", "why", "who", "whoever", "whether", "how"),
    *("what", "asks?", "asked", "may (?:want|ask|offer)", "wants? you", "wanted you", "begs?", "wish(?:es)?"),
)
_SOMEONE_ELSE = any_of(
    *("nurses?", "doctors?", "gps?", "paramedics?", "professionals?", "clinicians?", "pharmacists?", "prescribers?"),
    *("coroners?", "registrars?", "medical examiners?", "call handlers?", "teams?", "solicitors?", "managers?"),
    *("hospitals?", "hospices?", "machine", "they", "he", "she", "it", "someone", "somebody", "famil(?:y|ies)"),
    *("relatives?", "son", "daughter", "wife", "husband", "friends?", "neighbours?"),
)
_ON_CONDITION = any_of("only if", "trained and (?:allowed|assessed|checked)", "if they are (?:trained|employed)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")


def acts_in(text: str) -> Iterator[tuple[Act, str, str]]:
    """Each act out of a worker's scope that `text` tells her to do, as (act, its name, the words).

    What is denied, asked, reported of somebody else or said in quotation marks is no telling.
    """
    shown = without_quotes(text)
    lead = ""  # the line that a list hangs on: “You do not:”
    for begin, end in sentences(shown):
        sentence = shown[begin:end]
        if not _ITEM.match(sentence):
            lead = ""
        if not (sentence.rstrip().endswith("?") or _ON_CONDITION.search(sentence)):
            yield from _told(lead, sentence, text[begin:end])
        if sentence.rstrip().endswith(":"):
            lead = sentence


def _told(lead: str, sentence: str, written: str) -> Iterator[tuple[Act, str, str]]:
    for act, (name, pattern) in ACTS.items():
        for match in pattern.finditer(sentence):
            before = lead + sentence[: match.start()]
            if not (_DENIED.search(before) or _SOMEONE_ELSE.search(before)):
                yield act, name, written[match.start() : match.end()]
