"""Numbers to call: what a phone dials for one as it is written, and where one stands in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

REGION = "GB"  # of every jurisdiction that there is
_GOES_ON = r"[0-9 \N{NO-BREAK SPACE}()-]{1,30}(?<=[0-9])(?![0-9])"
_WHOLE = re.compile(rf"\+?[0-9(]{_GOES_ON}")
# Inside a text a number begins as one does that can be dialled from everywhere; short ones would be too many.
_IN_TEXT = re.compile(rf"(?<![\w+-])(?:\+|\(0[0-9 ]{{0,5}}\)|0){_GOES_ON}")
_END_OF_GROUP = re.compile(r"[0-9](?![0-9])")
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
_LONG = 9  # digits: as many as no time and no date has
# What Ofcom keeps for drama, for examples and for tests; no line has such a number.
_DRAMA = re.compile(
    r"\+44(?:(?:11[3-8]|1[2-6]1)4960|1914980|2079460|2896496|2920180|1632960|7700900|8081570|9098790|3069990)[0-9]{3}"
)


@lru_cache(maxsize=4096)
def dialled(number: str) -> str | None:
    """What a phone dials for `number`; None where that rings nowhere, or is not one whole number.

    A number with the code of its country is dialled with it, `+44 (0)1632 960 123` too; any other one exactly as it
    is written.
    """
    number = number.lstrip(_LEFT_TO_RIGHT)
    if not _WHOLE.fullmatch(number):
        return None
    import phonenumbers  # its import takes longer than all that is done here

    try:
        found = phonenumbers.parse(number, REGION, keep_raw_input=True)
    except phonenumbers.NumberParseException:
        return None
    whole = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
    rings = phonenumbers.is_valid_number(found) or _DRAMA.fullmatch(whole) is not None
    if found.country_code_source != phonenumbers.CountryCodeSource.FROM_DEFAULT_COUNTRY:
        return whole if rings else None
    digits = re.sub("[^0-9]", "", number)
    if str(found.national_number) == digits:  # without the 0 of a long number
        return digits if phonenumbers.is_valid_short_number_for_region(found, REGION) else None
    return digits if rings else None


def in_parts(text: str) -> Iterator[tuple[str, str | None]]:
    """The parts of `text`, in their order: each with what is dialled for it, or None where it is no number.

    Where a number could end at several places, none of them is dialled.
    """
    begin = at = 0
    while found := _IN_TEXT.search(text, at):
        ends = [each.end() for each in _END_OF_GROUP.finditer(text, found.start(), found.end())]
        whole = [end for end in ends if dialled(text[found.start() : end])]
        if len(whole) == 1:
            yield text[begin : found.start()], None
            yield text[found.start() : whole[0]], dialled(text[found.start() : whole[0]])
            begin = at = whole[0]
        else:
            at = found.end()
    yield text[begin:], None


def not_turned_round(number: str) -> str:
    """A number that stays as it is between words that run from right to left.

    There, groups of digits follow each other as the words do: `116 123` would become `123 116` (Unicode Standard
    Annex 9). A mark before it, which nobody sees, keeps them in their order.
    """
    return f"{_LEFT_TO_RIGHT}{number}"


def broken_in(text: str) -> Iterator[str]:
    """Each run of digits in `text` that looks like a number to call, and is none."""
    for part, number in in_parts(text):
        for found in _IN_TEXT.finditer(part) if number is None else ():
            if sum(sign.isdecimal() for sign in found[0]) >= _LONG:
                yield found[0]
