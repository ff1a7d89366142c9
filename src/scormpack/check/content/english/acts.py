"""What homecare workers do not do on their own: how a text that tells them to is recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scormpack.check.content.english.prose import Wording, said, sentences, without_quotes
from scormpack.vocabulary import Act

_UP_TO = r"(?: [\w’'-]+){{0,{}}} "  # a few words between the verb and its object
_FEW, _SOME, _MANY = _UP_TO.format(2), _UP_TO.format(4), _UP_TO.format(6)
_BE = r"(?:can|may|might|should|must|could|will|to) (?:not )?be (?:\w+ly )?"  # what is done to it
_PUMP = r"(?:(?:syringe )?(?:pump|driver)|(?<!fire )(?<!smoke )(?<!door )alarm(?! clock| of the \w+ detector))s?"
_MEDICINE = r"(?:medicines?|medication|tablets?|pills?|capsules?|morphine|painkillers?|insulin|patch(?:es)?)"
_SOLID = r"(?:medicines?|medication|tablets?|pills?|capsules?)(?! (?:cupboard|box|safe|tin|pot|chart))"
_STOP = r"(?:adjust|silence|mute|stop|pause|press|disconnect|unplug|reset|restart|remove|take out)"
_STOPPED = r"(?:adjusted|silenced|muted|stopped|paused|disconnected|unplugged|reset|removed|turned off|switched off)"
_CRUSH = r"(?:crush|hide|disguise|dissolve|grind|powder|split|cut up|break up|open)"
_CRUSHED = r"(?:crushed|hidden|disguised|dissolved|ground|broken up|opened)"
_MOVE_DOSE = r"(?:change|increase|raise|reduce|lower|double|halve|skip|adjust|alter|repeat|miss out)"
_MOVED = r"(?:changed|increased|raised|reduced|lowered|doubled|halved|skipped|adjusted|altered|repeated|missed out)"
_ANOTHER = r"(?:extra|another|more|second|bigger|smaller|double|further|larger)"
_ENDS = r"(?:s|es|ing|ping|ting|ging|ding|d|ed|ped|ged)?"
_PAPERS = r"(?:will|papers|power of attorney|lpa|dnacpr|cheques?|legal \w+|adrt|advance decision)"
_CONFIRM = r"(?:(?:confirm|pronounc|declar)(?:e|es|s|ed|ing)?|(?:certif|verif)(?:y|ies|ied|ying))"

# What each act is called in a message, and how it is written: as an order, or as something that a worker does.
ACTS: Final[dict[Act, tuple[str, Wording]]] = {
    "confirm_death": (
        "confirming a death",
        Wording(rf"{_CONFIRM}{_SOME}(?:deaths?|dead|died)", only_with="deat dead died; conf pron decl cert veri"),
    ),
    "touch_pump": (
        "touching a pump",
        Wording(
            rf"{_STOP}{_ENDS}{_FEW}{_PUMP}",
            rf"(?:switch|turn){_ENDS} (?:off|on|down|up){_FEW}{_PUMP}",
            rf"(?:switch|turn|slow|speed){_ENDS}{_FEW}{_PUMP} (?:back )?(?:off|on|down|up)",
            rf"(?:disconnect|unplug|remove){_ENDS}{_SOME}{_PUMP}",
            rf"take{_MANY}out of{_FEW}{_PUMP}",
            r"press(?:es|ing)? (?:the )?(?:stop|pause|mute|silence|reset|off)(?: button)?",
            rf"{_PUMP}{_SOME}{_BE}{_STOPPED}",
            rf"(?:make sure|see to it|check)(?: that)?{_FEW}{_PUMP} (?:is|are) (?:off|{_STOPPED})",
            only_with="pump driv alar pres;"
            "adju sile mute stop paus pres disc unpl rese rest remo take swit turn slow spee off",
        ),
    ),
    "give_injection": (
        "giving an injection",
        Wording(
            rf"(?:give|giving|administer|do|prepare|draw up){_ENDS}{_SOME}injections?",
            r"inject(?:s|ing)?",
            rf"injections?{_FEW}{_BE}(?:given|done|prepared|drawn up)",
            only_with="inje",
        ),
    ),
    "change_dose": (
        "changing a dose",
        Wording(
            rf"{_MOVE_DOSE}{_ENDS}{_SOME}doses?",
            rf"(?:increase|raise|reduce|lower|double|halve|skip|miss out){_ENDS}{_FEW}{_MEDICINE}",
            rf"(?:doses?|{_MEDICINE}){_FEW}{_BE}{_MOVED}",
            rf"giv(?:e|es|ing|en){_FEW}{_ANOTHER} dose",
            rf"{_ANOTHER} dose {_BE}given",
            rf"giv(?:e|es|ing) (?:more|extra|less){_FEW}{_MEDICINE}",
            rf"giv(?:e|es|ing){_SOME}(?:more|less) {_MEDICINE}",
            rf"giv(?:e|es|ing){_FEW}{_MEDICINE}{_FEW}(?:early|earlier|sooner)",
            only_with="dose medi tabl pill caps morp pain insu patc;"
            "chan incr rais redu lowe doub halv skip adju alte repe miss give givi",
        ),
    ),
    "hide_medicine": (
        "crushing or hiding a medicine",
        Wording(
            rf"{_CRUSH}{_ENDS}{_SOME}{_SOLID}",
            rf"{_SOLID}{_FEW}{_BE}{_CRUSHED}",
            rf"(?:mix|put|stir|sprinkle){_ENDS}{_SOME}{_SOLID} (?:in|into|with|on|onto) (?:his|her|their|some|a) ",
            only_with="medi tabl pill caps",
        ),
    ),
    "decide_capacity": (
        "deciding alone that someone lacks capacity",
        Wording(
            rf"(?:decid|judg|assess|determin){_ENDS}e?{_MANY}(?:capacity|can decide|cannot decide|lacks)",
            rf"(?:decid|judg|determin)(?:e|es|ing){_MANY}able to (?:decide|choose)",
            only_with="capa deci lack able; deci judg asse dete",
        ),
    ),
    "sign_papers": (
        "signing or witnessing legal papers",
        Wording(
            rf"(?:sign|countersign|witness){_ENDS}{_SOME}{_PAPERS}",
            rf"put{_FEW}(?:name|signature) (?:on|under){_SOME}{_PAPERS}",
            rf"(?:act|be|stand|serve){_ENDS} (?:as )?(?:a|the|her|his|their) witness",
            only_with="sign coun witn name; will pape powe lpa dnac cheq lega adrt adva witn",
        ),
    ),
}
# A sentence with one of these before the act does not tell a worker to do it.
_DENIED = Wording(
    *("not", r"\w+n[’']t", "never", "no", "nor", "without", "nobody", "cannot", "only", "instead of", "rather than"),
    *("before", "until", "unless", "refuse", "stop", "wait", "if", "when", "why", "who", "whoever", "whether", "how"),
    *("what", "(?<!at )(?<!in )which", "asks?", "asked", "tells? you", "told", "may (?:want|ask|offer)"),
    *("wants? you", "wanted you", "begs?", "wish(?:es)?"),
)
_NEGATED = Wording("not", r"\w+n[’']t", "never", "no", "nobody", "cannot", "only", "without")
_SOMEONE_ELSE = Wording(
    *("nurses?", "doctors?", "gps?", "paramedics?", "professionals?", "clinicians?", "pharmacists?", "prescribers?"),
    *("coroners?", "registrars?", "medical examiners?", "call handlers?", "teams?", "solicitors?", "managers?"),
    *("hospitals?", "hospices?", "machine", "they", "he", "she", "it(?! is)", "someone", "somebody", "others"),
    *("famil(?:y|ies)", "relatives?", "son", "daughter", "wife", "husband", "friends?", "neighbours?"),
)
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_ON_CONDITION = Wording("only if", "trained and (?:allowed|assessed|checked)", "if they are (?:trained|employed)")
_WORKER = Wording("you", "i", "we", "workers?")
# “When the alarm sounds, …”: what comes after the comma is told all the same.
_FIRST_CLAUSE = re.compile(r"^[\W_]*(?:if|when|once|after|while|where|as soon as|whenever)\b[^,]*,", re.IGNORECASE)
# “Crushing a tablet is dangerous”: what is said of the act, not to do it.
_JUDGED = Wording("(?:is|are) not", "is never", "is a nurse", "needs a", "is (?:dangerous|unsafe|wrong)", "can")


def acts_in(text: str) -> Iterator[tuple[Act, str, str]]:
    """Each act out of a worker's scope that `text` tells her to do, as (act, its name, the words).

    What is denied, asked, reported of somebody else or said in quotation marks is no telling.
    """
    possible = [(act, name, wording) for act, (name, wording) in ACTS.items() if wording.may_stand_in(text)]
    if not possible:
        return
    shown = without_quotes(text)
    named = [each for each in possible if each[2].search(shown)]
    lead = ""
    for begin, end, _ in sentences(shown) if named else ():
        sentence = shown[begin:end]
        lead = lead if _ITEM.match(sentence) else ""
        for act, name, wording in named:
            found = next((match for match in wording.all(sentence) if _is_told(lead, sentence, match)), None)
            if found:
                yield act, name, said(text[begin:end], found)
        lead = sentence if sentence.rstrip().endswith(":") else lead


def _is_told(lead: str, sentence: str, act: re.Match[str]) -> bool:
    """Whether `sentence` tells the worker to do the `act` found in it. `lead` opens its list: “You do not:”."""
    before = lead + _FIRST_CLAUSE.sub("", sentence[: act.start()])
    first, _, inside = act[0].partition(" ")
    if (
        sentence.rstrip().endswith("?")
        or _ON_CONDITION.search(sentence)
        or _DENIED.search(before)
        or _NEGATED.search(inside)
    ):
        return False
    if first.endswith("ing") and _JUDGED.search(sentence, act.end()):
        return False
    return _last(_SOMEONE_ELSE, before) <= _last(_WORKER, before)


def _last(wording: Wording, text: str) -> int:
    """Where in `text` the last match begins; -1 if there is none."""
    return max((match.start() for match in wording.all(text)), default=-1)
