"""Rules about access: everyone can read, hear, see and print what a worker needs."""

from __future__ import annotations

import re

from scormpack.blocks import Audio, KeyMessages, Video
from scormpack.check.content.english.prose import (
    Wording,
    grade,
    paragraphs,
    said,
    sentences,
    without_quotes,
    without_references,
    words,
)
from scormpack.check.content.subject import Manuscript, Text
from scormpack.check.rule import Findings, Found, Rule, rule
from scormpack.content.markdown import headings
from scormpack.diagnostics import Place, Severity
from scormpack.vocabulary import Markdown

RULES: list[Rule[Manuscript]] = []

SLOW_SPEECH = 60  # words a minute; most people speak at 130 to 160
SPARSE_FILM = 20
_ENOUGH_TO_MEASURE = 150  # words of a page
_ABBREVIATION = re.compile(r"(?<![\w@/.-])(?:[A-Z]{2}[A-Z0-9]*|[A-Z][a-z][A-Z]{2,}|(?:[A-Z]\.){2,})(?=s?(?![\w]))")
_CAPITALS = re.compile("[A-Z](?:[A-Z.]|[a-z][A-Z])")  # what every abbreviation has
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_LONGEST = 6  # letters of an abbreviation
_NEAR = 50  # signs before and behind a word; to look at a whole text for each word takes long
_STRESSED = {"ALL", "ALWAYS", "AND", "CALL", "DO", "EXCEPT", "HELP", "LEAST", "MUST", "NEVER", "NO", "NOT", "ONLY"}
_STRESSED |= {"OR", "STOP", "WILL", "YES"}
_EVERYDAY = {"AM", "BBC", "CD", "DIY", "DVD", "GP", "ID", "MP", "NHS", "OK", "PDF", "PIN", "PM", "SMS", "TV", "UK"}
_EVERYDAY |= {"USB", "VIP"}
# Words of the trade that a new worker, or one with little English, may never have met.
_TRADE = r"""
administer\w*, ambulat\w+, analgesi[ac]s?, anagesi[ac]s?, anticipatory, anxiolytics?, ascertain\w*, bariatric,
bradypnoea, cachexia, cannula\w*, catheteri[sz]\w+, cognitive(?:ly)?, aspirat\w+, commenc\w+, contraindicat\w+,
cyanos\w+, decubitus, deteriorat\w+, diaphoresis, dysphagia, dyspnoea, dyspnoeic, emesis, enteral, escalation,
facilitat(?:e|es|ed|ing|ion), febrile, haematoma, haemorrhag\w+, holistic\w*, hydration, hypox\w+,
incontinen\w+, intervention\w*, lethargy, methodolog\w+, mobilis\w+, modalit\w+, morbidit\w+,
multi-?disciplinary, necrosis, oedema\w*, opioids?, optimis\w+, palliation, parenteral, prognos\w+, pyrexia\w*,
regimen, respiratory, secretions, sedat\w+, stakeholders?, stoma, subcutaneous\w*, sublingual\w*, agitation,
apnoea, ascites, bolus, cheyne-stokes, erythema, mottl(?:ed|ing), oral hygiene, prophyla\w+, sats, sepsis,
sputum, symptomatic, syringe (?:driver|pump)s?, tachycardia, tachypnoea, titrat\w+, transdermal, utili[sz]\w+,
vomitus, xerostomia, jaundice\w*, comorbidit\w+
"""
_PATTERNS = " ".join(_TRADE.split("\n")).strip().split(", ")
_JARGON = Wording(*_PATTERNS, only_with=" ".join(pattern[:4] for pattern in _PATTERNS))
_DONE = (
    r"(?:\w+ed|called|told|said|made|given|left|kept|put|done|sent|read|written|taken|held|brought|shown|seen|rung|"
    r"worn|spoken|found|cut|set|sought|drawn|fed|known)"
)
_HAS_TO_BE = Wording(
    rf"(?:should|must|(?:has|have|needs?|is|are|ought) to) (?:not |always |never )?be (?:\w+ly )?{_DONE}"
)
# “You have to be trained”, “Ask what has to be done”: it is said what she does herself.
_OF_HERSELF = re.compile(r"\b(?:you|what|whether|who|which|how)\s+$", re.IGNORECASE)
# Blocks that have headings of their own, and how many `#` the last of these would have.
_HEADED = {"scenario": 3, "deck": 3, "card": 3} | dict.fromkeys(
    ("action_plan", "checklist", "key_messages", "local", "pause", "recommendations", "reflection", "signpost"), 2
)
_INSTRUCTIONS = {"steps", "avoid", "call", "record", "items", "key_messages", "may", "must_not", "tell"}


@rule(
    RULES,
    "ACC-03",
    "Recording whose words are missing",
    Severity.ERROR,
    "Write down all that is said, and what is shown.",
)
def recording_whose_words_are_missing(m: Manuscript) -> Findings:
    """A deaf worker, or one on a bus without earphones, reaches the objective by the transcript or not at all.

    A recording has at least 60 words for each minute, a film 20.
    """
    media: list[Audio | Video] = [*m.module.blocks(Audio), *m.module.blocks(Video)]
    for medium in media:
        least = medium.minutes * (SLOW_SPEECH if isinstance(medium, Audio) else SPARSE_FILM)
        length = len(words(medium.transcript))
        if length < least:
            message = f"the transcript of {medium.minutes:g} minutes has {length} words: too few to be complete"
            yield medium.place("transcript"), message


@rule(
    RULES,
    "ACC-04",
    "Text that is hard to read",
    Severity.WARNING,
    "Shorten sentences, then words. Hard words: glossary.yaml.",
    english=True,
)
def text_that_is_hard_to_read(m: Manuscript) -> Findings:
    """Tired, in a second language, on a small screen: aim for what a child of eleven can read, grade 6.

    The Flesch-Kincaid grade of the module, and of each page of 150 words; words of the glossary count as easy.
    Above 9 nothing is built.
    """
    whole = grade((text.value for text in m.learner_texts), m.terms)
    yield from _too_hard(whole, m, "the module", m.module.place("title"))
    for page in m.module.pages:
        values = [text.value for text in m.learner_texts if text.page is page]
        if sum(len(words(value)) for value in values) >= _ENOUGH_TO_MEASURE:
            place = next((block.place() for block in page.blocks), page.place())
            yield from _too_hard(grade(values, m.terms), m, f"the page “{page.title}”", place)


def _too_hard(found: float | None, m: Manuscript, what: str, place: Place) -> Findings:
    if found is not None and found > m.limit("grade_warning"):
        severity = Severity.ERROR if found > m.limit("grade_error") else None
        yield Found(place, f"{what} reads at grade {found:.1f}; aim at {m.limit('grade_warning'):g}", severity)


@rule(RULES, "ACC-05", "Sentence or paragraph too long", Severity.WARNING, "Split it in two.")
def sentence_or_paragraph_too_long(m: Manuscript) -> Findings:
    """By the end of a long sentence its beginning is forgotten, the more so with a phone in one hand."""
    most_words, most_sentences = round(m.limit("sentence_words")), round(m.limit("paragraph_sentences"))
    for text in m.texts:
        for begin, end, found in sentences(text.value):
            if len(found) > most_words:
                message = f"a sentence has {len(found)} words, more than {most_words}"
                yield Found(text.place, message, words=text.value[begin:end].strip())
        if len(sentences(text.value)) <= most_sentences:  # no part of it has more
            continue
        for paragraph in paragraphs(text.value):
            count = len(sentences(paragraph))
            if count > most_sentences:
                message = f"a paragraph has {count} sentences, more than {most_sentences}"
                yield Found(text.place, message, words=paragraph.strip())


@rule(
    RULES,
    "ACC-06",
    "Word that only insiders know",
    Severity.WARNING,
    "Say it in plain words, explain it in brackets, or add it to glossary.yaml.",
    english=True,
)
def word_that_only_insiders_know(m: Manuscript) -> Findings:
    """People do not ask about a word that they do not know in front of a group, and guess at a bedside.

    Abbreviations and jargon, at their first use in a module. `PRN (when needed)` explains itself.
    """
    known = " ".join(f"|{form}|" for term in m.library.glossary.values() for form in (term.term, *term.also)).lower()
    seen: set[str] = set()
    for text in m.texts:
        shown = without_references(text.value)
        if _CAPITALS.search(shown):
            shown = _POSTCODE.sub(lambda match: "x" * len(match[0]), shown)
        elif not _JARGON.may_stand_in(shown):
            continue
        for match in (*_ABBREVIATION.finditer(shown), *_JARGON.all(shown)):
            word = said(shown, match)
            if word in _EVERYDAY or word.lower() in seen or _shouted(shown, match):
                continue
            seen.add(word.lower())
            if not _in_glossary(word.lower(), known) and not _explained(shown, match):
                kind = "an abbreviation" if word.isupper() or "." in word else "a word of the trade"
                yield Found(text.place, f"“{word}” is {kind}", words=word)


def _shouted(text: str, word: re.Match[str]) -> bool:
    """Whether capitals only stress the word: NO VISITORS, IMPORTANT."""
    before, after = _beside(text, word)
    beside = {each.strip(".,;:!?”“*_") for each in (word[0], *before.split()[-1:], *after.split()[:1])}
    return bool(beside & _STRESSED) or (word[0].isupper() and len(word[0]) > _LONGEST)


def _in_glossary(word: str, known: str) -> bool:
    """Whether `word` is a form in the glossary, or part of one: “syringe driver” explains both its words."""
    stem = word.rstrip("s")
    return stem in known and re.search(rf"(?<![\w]){re.escape(stem)}(?:s|es)?(?![\w])", known) is not None


def _beside(text: str, word: re.Match[str]) -> tuple[str, str]:
    """What stands right before `word`, and right behind it."""
    return text[max(word.start() - _NEAR, 0) : word.start()], text[word.end() : word.end() + _NEAR]


def _explained(text: str, word: re.Match[str]) -> bool:
    before, after = _beside(text, word)
    before, after = before.rstrip("*_“‘"), after.lstrip("s*_”’")
    return re.match(
        r"\s*(?:\(|,? (?:which|that is|means|or|is short for|stands for)\b|[–—:])", after
    ) is not None or (
        before.endswith("(") or re.search(r"\b(?:call|called|means|meaning)\s+(?:an? |the )?$", before) is not None
    )


@rule(
    RULES,
    "ACC-07",
    "Translation that nobody has read",
    Severity.ERROR,
    "Have a person who knows both languages read it; name them under `reviewed_by`.",
)
def translation_that_nobody_has_read(m: Manuscript) -> Findings:
    """A translated *not* that went missing is acted upon: it is the only text this worker reads."""
    translation = m.module.translation
    if translation and translation.reviewed_by is None and m.safety_critical:
        yield translation.place(), "a mistake here could harm somebody, and nobody has reviewed the translation"


@rule(RULES, "ACC-10", "Messages that cannot be printed", Severity.WARNING, "Put a `key_messages` block on a page.")
def messages_that_cannot_be_printed(m: Manuscript) -> Findings:
    """What is on no page is on no paper, and workers with little data rely on the printed sheet."""
    if next(m.module.blocks(KeyMessages), None) is None:
        yield m.module.place("key_messages"), "the key messages are on no page"


@rule(
    RULES,
    "ACC-11",
    "Instruction that names nobody",
    Severity.WARNING,
    "Say who does it: “Call the office”, not “The office should be called”.",
    english=True,
)
def instruction_that_names_nobody(m: Manuscript) -> Findings:
    """“The nurse should be told” leaves a worker wondering who should tell her."""
    for text in m.texts:
        if text.field in _INSTRUCTIONS and not _is_quoted_question(text):
            shown = without_quotes(text.value)
            for match in _HAS_TO_BE.all(shown):
                if not _OF_HERSELF.search(shown, 0, match.start()):
                    found = said(shown, match)
                    yield Found(text.place, f"“{found}” does not say who does it", words=found)


def _is_quoted_question(text: Text) -> bool:
    return text.value.rstrip().endswith("?")


@rule(
    RULES,
    "ACC-13",
    "Heading that skips a level",
    Severity.WARNING,
    "Begin with `##` below the title of the page, and go down one `#` at a time.",
)
def heading_that_skips_a_level(m: Manuscript) -> Findings:
    """A worker who hears the page finds her way by its headings, and looks for the one that is not there.

    The title of the page is `#`, that of a block `##`, that of a slide or of a situation `###`.
    """
    for page in m.module.pages:
        above = 1
        for block in page.blocks:
            above = _HEADED.get(block.type, above)
            for owner, field, value in block.strings():
                for found in headings(value) if type(value) is Markdown else ():
                    if found.level == 1:
                        message = "a heading stands as high as the title of the page"
                        yield Found(owner.place(field), message, words=found.words)
                    elif found.level > above + 1:
                        message = f"a heading with {found.level} `#` stands below one with {above}"
                        yield Found(owner.place(field), message, words=found.words)
                    above = found.level
