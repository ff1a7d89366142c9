"""How rules about safety recognise what a text speaks of: hard things, numbers to call, amounts, policies, laws."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scormpack.check.content.english.prose import Wording, beginnings, said, without_quotes, without_references
from scormpack.vocabulary import Jurisdiction, Sensitivity


def _before(text: str, match: re.Match[str], most: int) -> str:
    """What stands right before `match`, in at most so many characters."""
    return text[max(match.start() - most, 0) : match.start()]


# ---- what is hard to read

_DYING = Wording(
    *("died", "dies?", "dying", "deaths?", "dead", r"bereave\w*", "grief", "grie(?:ve|ves|ving)", r"mourn\w*"),
    *("funerals?", "burials?", r"cremat\w+", "last breath", "(?:days|weeks|hours) (?:left )?to live"),
    "(?:finds?|found|finding|see|wash|touch|move) the body",
    only_with="died die dies dyin deat dead bere grie mour fune buri crem brea live body",
)
# A thing that is out of order, and a way of speaking: nobody dies there.
_LIFELESS = Wording(
    r"(?:battery|batteries|car|clock|engine|line|phone|plant|signal|screen)(?: \w+){0,4} (?:dead|died|dies|dying)",
    *("dead (?:end|line|battery|batteries|heat|phone|signal|tired)", "(?:died|dies|dying) (?:away|down|out)"),
    r"(?:fire|flames?|laughter|music|noise|singing|song|sound|wind)(?: (?:has|had|is|\w+ly))? (?:died|dies|dying)",
    r"(?:is|are|was|were|[’']m|[’']re|[’']s) dying to \w+",
)
_SELF = "(?:him|her|them|my|your)sel(?:f|ves)"
_OWN_LIFE = Wording(
    *(r"suicid\w+", r"self-harm\w*", f"kill(?:s|ed|ing)? {_SELF}", f"(?:cut|hurt|harm|burn)s? {_SELF} on purpose"),
    *("(?:end|takes?|took|taking) (?:his|her|their|my|your) own life", "end (?:his|her|their|my|your) life"),
    *("end it all", "no reason to live", "life is (?:pointless|not worth)", "better off dead"),
    *("(?:not|n[’']t) want to (?:live any|live on|be here any|go on living)", "wants? to die", "wanted to die"),
    "all (?:his|her|their|the) (?:tablets|pills) at once",
    only_with="suic self kill purp life end live dead want die tabl pill",
)
_HITS = "(?:hits?|hitting|beats?|beating|slaps?|slapped|kicks?|kicked|punches|punched)"
_ABUSE = Wording(
    *("abus(?:e|es|ed|ing|ive)", "being hurt by", "threaten(?:s|ed|ing)? (?:him|her|them)"),
    *("lock(?:s|ed) (?:him|her) in", r"bruises\b[^.]{0,40}\bafraid of"),
    f"{_HITS} (?:his|her|their) (?:wife|husband|partner|mother|father)",
    f"{_HITS} (?:him|her|them)(?= (?:when|if|and|again|often)|[.,;!?])",
    "(?:steals?|stole|stealing|takes|took|taking) money from (?:his|her|their|an?)",
    only_with="abus hurt thre lock brui hit hits hitt beat slap kick punc mone",
)
# What has to be declared where a text speaks of it: any one of the names beside it will do.
_SENSITIVE: tuple[tuple[Wording, tuple[Sensitivity, ...], str], ...] = (
    (_DYING, ("death", "bereavement"), "dying"),
    (_OWN_LIFE, ("self_harm",), "someone who may harm themselves"),
    (_ABUSE, ("abuse",), "abuse"),
)


def sensitive_in(text: str) -> Iterator[tuple[tuple[Sensitivity, ...], str, str]]:
    """Each hard thing that `text` speaks of: the names by which it may be declared, what it is, and the words."""
    possible = [each for each in _SENSITIVE if each[0].may_stand_in(text)]
    if not possible:
        return
    shown = without_references(text)
    lifeless = [match.span() for match in _LIFELESS.all(shown)]
    for wording, names, what in possible:
        for found in wording.all(shown):
            if not any(begin <= found.start() < end for begin, end in lifeless):
                yield names, what, said(shown, found)
                break


# ---- numbers to call

_DATE = r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:19|20)\d\d-(?:19|20)?\d\d\b"
_COUNTED = "people|workers|years|pounds|miles|metres|words|pages|steps|times|homes|visits|per cent"
_NUMBER = re.compile(
    rf"(?<![\w#/.,£$€-])(?!{_DATE})"
    rf"(?:\+?\d(?:[ ()./-]{{0,2}}\d){{4,}}|999|112|111|101)(?![\w-]|[.,]\d|\s?%)(?! (?:{_COUNTED})\b)"
)
_DIGIT = re.compile("[0-9]")
_PLACE = re.compile(r"\b(?:house|flat|room|bus|page) $", re.IGNORECASE)
# Before a number of three digits: an age and a bus have such numbers too.
_CALL = Wording(
    *(
        "call(?:s|ed|ing)?",
        "ring(?:s|ing)?",
        "rang",
        "dial(?:s|led|ling)?",
        "phon(?:e|es|ed|ing)",
        "text(?:s|ed|ing)?",
    ),
    *("on", "to", "via", "use", "try", "contact", "nhs", "or", "and", "number", "line"),
)
_SPELLED_OUT = Wording(
    "nine[ -]nine[ -]nine",
    "triple[ -]nine",
    "one[ -]one[ -](?:one|two)",
    "one[ -]oh?[ -]one",
    only_with="nine trip one",
)


def numbers_in(text: str) -> Iterator[str]:
    """Each number to call that is written in `text`; dates, years, rooms and counted things have other numbers."""
    shown = without_references(text)
    for match in _NUMBER.finditer(shown) if _DIGIT.search(shown) else ():
        before = _before(shown, match, 12)
        called = match[0] not in ("101", "111", "112") or _CALL.search(before.rsplit(".", 1)[-1])
        if called and not _PLACE.search(before):
            yield match[0]
    for match in _SPELLED_OUT.all(shown):
        yield said(shown, match)


# ---- amounts of medicine

_COUNT = (
    r"(?:\d+(?:[.,]\d+)?|half|a (?:quarter|half|third) of|a couple of|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|fifteen|twenty|thirty)"
)
_UNIT = (
    r"(?:mg|mcg|µg|g|micrograms?|milligrams?|mls?|millilit(?:re|er)s?|units?|tablets?|capsules?|pills?|puffs?|sprays?"
    r"|drops?|patch(?:es)?|teaspoons?|teaspoonfuls?|spoonfuls|sachets?|ampoules?|doses|paracetamol|painkillers?)"
)
_DOSE = Wording(
    rf"{_COUNT}(?: (?:to|or) {_COUNT})?(?:[ -]| an? | more | extra )?(?<![a-z]){_UNIT}",
    "a (?:teaspoon|teaspoonful|spoonful|puff|spray|capful)",
    "double (?:the|her|his|their) dose",
    only_with="mg mcg g micr mill ml mls unit tabl caps pill puff spra drop patc teas spoo sach ampo dose para pain"
    " capf",
)
_FOOD = (
    "water|drinks?|tea|coffee|juice|fluids?|squash|milk|cream|food|soup|sugar|salt|honey|jam|flour|butter|cake|bread"
    "|cheese|meat|yoghurt|custard|porridge|pudding|urine|blood|oil|rain|soap|banana|carrots?|cereal|chicken|chocolate"
    "|eggs?|fat|fibre|fish|fruit|gravy|jelly|mash|meals?|milkshake|pasta|peas|potato(?:es)?|protein|pur[eé]e|rice|sauce"
    "|vegetables?"
)
# “Two tablets with water”, “10 ml in juice”: what comes with food is not the food.
_TAKEN_WITH = r"(?:with|in|into|and|or|after|before|from|without)\b"
# What follows an amount of something that is drunk, eaten, poured or counted, and is no medicine.
_NO_MEDICINE = Wording(
    rf"(?: (?:bottle|cup|glass|bag|jug|mug|beaker|carton)s?)?(?: of)?(?: (?!{_TAKEN_WITH})\w+){{0,2}}? (?:{_FOOD})",
    "(?: in a row)? (?:was|were|are|is|had been) (?:missing|missed|left|gone|found|counted)",
    " (?:computers?|box(?:es)?|organisers?|bottles?)| of (?:air|smoke|wind)",
    r" can(?=[.,;:!?]|$| (?:stands?|lies|is|was|near|beside|by|under|on|in|out|and|or)\b)",  # and not “can be given”
)
_DRUNK = re.compile(
    r"\b(?:drank|drinks?|drinking|drunk|ate|passed|urine|fluids?|water|counts?|counted|found)\b[^.;]*$", re.IGNORECASE
)
# A patch, a unit or a drop of something else: “three patches of dry skin”.
_LOOSE = Wording("patch(?:es)?", "units?", "sachets?", "drops?", "sprays?")
_OF_MEDICINE = "medicines?|morphine|insulin|syrup|mixture|solution|liquid|paracetamol"
_OF_A_THING = re.compile(rf" (?:of|for|on) (?!(?:\w+ ){{0,2}}(?:{_OF_MEDICINE})\b)", re.IGNORECASE)
# Food is given by the spoon too: with one, or where eating is spoken of and no medicine is.
_SPOON = re.compile(r"spoon", re.IGNORECASE)
_TOOL = re.compile(r"\b(?:on|with|from|off|by|use[sd]?|using)\s+$", re.IGNORECASE)
_EATING = Wording(
    *("foods?", "meals?", r"eat\w*", "ate", r"feed\w*", "fed", r"swallow\w*", r"mouthfuls?", "lips", r"chew\w*"),
    *("what (?:he|she) likes", _FOOD),
)
_MEDICINE = Wording(
    *(_OF_MEDICINE, "doses?", "tablets?", "pain", "cough", "painkillers?", "tak(?:e|es|en|ing)", "bedtime", "hours"),
    "(?:once|twice|times) (?:an? |every )(?:day|night)",
)


def amounts_in(text: str) -> Iterator[str]:
    """Each amount of medicine that is written in `text`; what somebody drinks or eats is none."""
    if not _DOSE.may_stand_in(text):
        return
    shown = without_references(text)
    for match in _DOSE.all(shown):
        other = _LOOSE.search(match[0]) and _OF_A_THING.match(shown, match.end())
        if _SPOON.search(match[0]) and _is_of_food(shown, match):
            continue
        if not (other or _NO_MEDICINE.match(shown, match.end()) or _DRUNK.search(_before(shown, match, 40))):
            yield said(shown, match)


def _is_of_food(text: str, spoon: re.Match[str]) -> bool:
    behind = re.split(r"[.;!?]", text[spoon.end() :], maxsplit=1)[0]
    before = _before(text, spoon, 80)
    if _MEDICINE.search(behind) or _MEDICINE.search(before):
        return False
    return bool(_TOOL.search(before) or _EATING.search(behind) or _EATING.search(before))


# ---- death by another name

_PERSON = r"(?:he|she|someone|somebody|the person|the client|your client|a client|a person|mrs? \w+|ms \w+)"
_RELATION = (
    r"(?:clients?|patients?|residents?|wife|husband|partner|mother|father|mum|dad|son|daughter|brother|sister|friend"
    r"|child|baby|parents?|loved ones?|relatives?)"
)
_HAS = "(?:has |have |had )?(?:just |finally )?"
_QUIETLY = "(?:peacefully|quietly|gently|at home|at dawn|at night|last night|yesterday|in (?:his|her|their|the))"
_ENDED = r"(?=[.,;!?)]|$)"
_NOT_NEWS = r"(?! (?:to|the|a|an|what|your|my|our|this|it|that|any|his|her|their|by|\w+s|\w+ing|news)\b)"
_EUPHEMISM = Wording(
    "pass(?:ed|es|ing)? away",
    f"{_PERSON} {_HAS}pass(?:ed|es) on{_NOT_NEWS}",
    f"{_PERSON} {_HAS}passed {_QUIETLY}",
    f"{_PERSON} (?:has|have|had) (?:just )?passed{_ENDED}",
    f"{_PERSON} passes(?: (?:while|when|before|during)|{_ENDED})",
    f"(?:after|when|once|since|before|until|time|time that) {_PERSON} {_HAS}passed{_ENDED}",
    rf"passing of (?:an? |the |your |our |this |that )?(?:{_RELATION}|person|someone|mrs? \w+)",
    r"(?:\w+[’']s|his|her|their) passing(?! (?:of|through|by|out|on)\b)",
    r"lost (?:mr|mrs|ms|miss|dr)(?= [a-z])",
    rf"los(?:e|es|t|ing) (?:an?|our|your|their|his|her) {_RELATION}(?! in the| at the|[’'])",
    "los(?:e|es|t|ing) (?:his|her|their|the) (?:battle|fight|life)",
    f"{_RELATION} (?:has|have|is|are) gone{_ENDED}",
    f"(?:he|she|someone|somebody) is gone{_ENDED}",
    *(f"(?:has|have|had) left us{_ENDED}", "no longer with us", "departed this", "dearly departed", "the deceased"),
    *("gone to (?:a better place|heaven|god)", "in a better place", "meet (?:his|her|their) maker", "eternal rest"),
    *(f"{_PERSON} {_HAS}found peace", f"(?:is|are|was|were) (?:now )?at peace(?: now)?{_ENDED}", "at rest now"),
    *("gone to sleep for (?:ever|good|the last time)", "(?:fell|fallen|falls) asleep for (?:ever|the last time)"),
    *("slip(?:s|ped|ping)? away", "breath(?:ed|es|ing) (?:his|her|their) last"),
    *(f"{_PERSON} {_HAS}expired", r"expired? (?:at home|in (?:his|her|their) \w+|peacefully)"),
    only_with="pass lost lose losi gone left long depa dece bett make eter peac rest asle slip brea expi",
)


def euphemisms_in(text: str) -> Iterator[str]:
    """Each word in `text`, quoted speech left out, that stands for death."""
    found = _EUPHEMISM.all(without_quotes(text)) if _EUPHEMISM.may_stand_in(text) else ()
    return (said(text, match) for match in found)


# ---- policies of the employer

_POLICIES = "(?:polic(?:y|ies)|procedures?|protocols?)"
_BODY = "(?:employer|provider|manager|agency|office|company|team|organi[sz]ation|service|workplace)"
_POLICY = Wording(
    rf"(?:your|our|local|company|workplace) (?!(?:life |home |car )?insurance)(?:[\w’']+ ){{0,3}}{_POLICIES}",
    f"(?:local|company|workplace|own) {_POLICIES}",
    f"{_BODY}[’']s (?:own |local |[a-z]+ )?{_POLICIES}",
    f"{_POLICIES} of (?:the|your|our) {_BODY}",
    f"{_BODY} has an? {_POLICIES}",
    f"(?:follow|see|check|read|use|know|keep to) (?:the|its|their) {_POLICIES}",
    only_with="poli proc prot",
)


def policy_in(text: str) -> str:
    """The words by which `text` sends the reader to a policy of her employer, if it does."""
    found = _POLICY.search(without_references(text)) if _POLICY.may_stand_in(text) else None
    return said(text, found) if found else ""


# ---- laws

_ENGLAND_AND_WALES: tuple[Jurisdiction, ...] = ("england", "wales")
# Laws and bodies, and where each of them holds. Capitals tell the name from the word.
_LAWS: tuple[tuple[str, tuple[Jurisdiction, ...]], ...] = (
    ("CQC|Care Quality Commission|Care Act|Care Certificate|Skills for Care", ("england",)),
    (r"Mental Capacity Act(?! \(Northern)|Deprivation of Liberty", _ENGLAND_AND_WALES),
    ("ADRT|[Aa]dvance [Dd]ecisions? to [Rr]efuse", _ENGLAND_AND_WALES),
    ("[Ll]asting [Pp]owers? of [Aa]ttorney|LPA", _ENGLAND_AND_WALES),
    ("[Mm]edical [Ee]xaminers?", _ENGLAND_AND_WALES),
    ("[Cc]oroners?", ("england", "wales", "northern_ireland")),
    ("(?:Care|Healthcare) Inspectorate Wales|CIW|Social Care Wales", ("wales",)),
    (r"\w+ \(Wales\) (?:Act|Measure)", ("wales",)),
    ("Care Inspectorate(?! Wales)|Healthcare Improvement Scotland", ("scotland",)),
    ("Scottish Social Services Council|SSSC|Mental Welfare Commission", ("scotland",)),
    (r"[Pp]rocurator [Ff]iscal|Adults with Incapacity|\w+ \(Scotland\) Act", ("scotland",)),
    ("[Ww]elfare [Pp]owers? of [Aa]ttorney", ("scotland",)),
    ("RQIA|Regulation and Quality Improvement Authority", ("northern_ireland",)),
    (r"Northern Ireland Social Care Council|\w+ \(Northern Ireland\) (?:Act|Order)", ("northern_ireland",)),
)
_LAW = rf"\b(?:{'|'.join(f'({pattern})' for pattern, _ in _LAWS)})\b"
# The beginnings of words of which every such name has one: see `Wording`.
_BEGINNINGS = (
    "cqc qual act cert skil capa libe adrt adva atto lpa medi coro insp ciw soci meas impr sssc comm fisc inca"
    " rqia nort"
)
_IN_LAWS = frozenset(_BEGINNINGS.split())


def laws_in(text: str) -> Iterator[tuple[str, tuple[Jurisdiction, ...]]]:
    """Each law or body that `text` names, once, and where it holds."""
    if beginnings(text).isdisjoint(_IN_LAWS):
        return
    shown = without_references(text)
    named: set[int] = set()
    for found in re.finditer(_LAW, shown):
        if found.lastindex and found.lastindex not in named:
            named.add(found.lastindex)
            yield found[0], _LAWS[found.lastindex - 1][1]
