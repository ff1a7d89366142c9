"""What is told before any rule is asked: by the stages that read, resolve and write, and about waivers.

These stages refuse where they stand, so title, reason and remedy of their codes are written here. Nobody can waive
what cannot be read.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Told(NamedTuple):
    """What there is to say about a code, beside each message of its own."""

    title: str
    reason: str
    remedy: str
    example: str = ""


READING: Final[dict[str, Told]] = {
    "SRC-01": Told(
        "File that cannot be read",
        "What cannot be read reaches no worker: tomorrow this page would be missing.",
        "Check the indentation, and put quotes around text that holds `: ` or ` #`.",
        '`title: "Care: the first day"`',
    ),
    "SRC-02": Told(
        "The same field twice",
        "Of two answers a worker can be shown only one, and it may be the old one.",
        "Keep one of them.",
    ),
    "SRC-03": Told(
        "A part of YAML that is not used here",
        "Whoever mends this after you has to understand it at a glance, and a worker meets what was misread.",
        "Write it out, or put quotes around it: no anchors (&), aliases (*), tags (!) and second documents (---).",
    ),
    "SRC-04": Told(
        "File that is not there",
        "A worker would meet a hole where a page, a picture or a recording should be.",
        "Check the name and its capital letters, or put the file there.",
    ),
    "SRC-05": Told(
        "Link out of the library",
        "What lies elsewhere can change or vanish, and nobody here would notice before a worker does.",
        "Put the file itself into the library.",
    ),
    "SRC-06": Told(
        "File that is too large",
        "What is too large to be read here is far too large for a phone with poor signal.",
        "Split it, or make it smaller.",
    ),
    "SRC-07": Told(
        "Text that is not UTF-8",
        "Saved in another way, names and signs such as é or ’ turn into riddles on a worker's phone.",
        "Save the file as UTF-8; most editors offer it under “Save as”.",
    ),
    "SRC-08": Told(
        "Id that differs from its file",
        "A worker's progress is kept under the id, and the next author looks for it by the file's name.",
        "Make the two equal. If learners have used it already, keep the id and rename the file or the folder.",
    ),
    "SRC-09": Told(
        "File that is never read",
        "Somebody wrote this for workers, and it would reach none of them.",
        "Rename it: the name ends in `.yaml`, not in `.yml`.",
    ),
    "FRM-01": Told(
        "Field that is missing",
        "Something that a worker or her manager needs to know would stay empty.",
        "Add the field that the message names.",
    ),
    "FRM-02": Told(
        "Field that does not exist",
        "What stands under a misspelt name would be passed over in silence, and a worker would never read it.",
        "Correct the spelling, or remove the field. Inside `{…}`, put quotes around text that holds a comma.",
    ),
    "FRM-03": Told(
        "Value of the wrong kind",
        "Minutes that are no number cannot be counted for a worker's pay, and a date that is none never comes.",
        "Write what the message asks for: text, a whole number, a list, a date such as 2027-12-31.",
    ),
    "FRM-04": Told(
        "Word that is not on the list",
        "Managers look for training by these words; what is called something of its own is found by nobody.",
        "Choose one of the words that the message lists.",
    ),
    "FRM-05": Told(
        "Spelling that does not travel",
        "Names and addresses pass through many systems. An accent or a space gets lost in one of them, and with it "
        "the worker's place in the course.",
        "Small letters, digits and single hyphens, a letter first: `who-to-call`. Where another spelling is meant, "
        "the message says which.",
    ),
    "FRM-06": Told(
        "Too little, or too much",
        "An empty text helps nobody, and what is too long is cut off on a small screen.",
        "Write something, or shorten it to what the message allows.",
    ),
    "FRM-07": Told(
        "Value that can be read in two ways",
        "What can be understood in two ways will be, and a worker acts on one of them.",
        "Write it as the message says.",
    ),
    "FRM-08": Told(
        "Page without its one title",
        "The title is what a worker sees in the contents and hears first: it tells her where she is.",
        "Begin the file with `# Title`, write something below it, and use `## ` for headings inside the page.",
    ),
    "FRM-09": Told(
        "Block that is not recognised",
        "A question that is not seen as one stands on the page as code, and no worker can answer it.",
        "Begin with three backticks and the kind of block, in the first column; end with a line of three backticks.",
    ),
    "FRM-10": Told(
        "HTML in a text",
        "Pieces of HTML break the page on some phones, and a voice that reads aloud stumbles over them.",
        "Use Markdown, or write the sign in words.",
    ),
    "FRM-11": Told(
        "Picture or recording that is not what its name says",
        "What her phone cannot open is a blank for the worker who tapped on it, and she paid for the data.",
        "Save it again as the kind that its name says.",
        "Pictures: PNG, JPEG, WebP, SVG. Recordings: MP3, M4A. Films: MP4, WebM. Captions: WebVTT.",
    ),
    "FRM-12": Told(
        "Language that the player does not speak",
        "The buttons would be in another language than the text, and a worker may read only one of the two.",
        "Choose a language that the message lists, or ask for the player's words to be translated.",
    ),
    "FRM-13": Told(
        "Link or picture that cannot stand in a text",
        "A link that leads nowhere safe, or a picture that nobody described, is a dead end on a small screen.",
        "Link to `https://…` or to a page of the module, `#page-id`. A picture goes into a `figure` block.",
    ),
    "FRM-14": Told(
        "Slide that shows more than one thing, or nothing",
        "Workers in a group read a slide or listen to each other; with two things on it they do neither.",
        "Give it `points`, a `picture` or a `card`: one of the three.",
    ),
    "PKG-10": Told(
        "Package that cannot be unpacked safely",
        "A platform refuses such a zip, or is harmed by it: either way no worker can open the course.",
        "Make the package again.",
    ),
    "PKG-11": Told(
        "Package that cannot be written",
        "Without the file there is nothing to upload, and nothing for a worker to learn from.",
        "See that the folder can be written to, that the disk has room and that no program has the file open.",
    ),
    "LNK-01": Told(
        "Name that leads nowhere",
        "A worker would meet a hole where a number, a card or a notice should stand.",
        "Correct the spelling, or add what is named to its register.",
        "`{contact:samaritans}` needs an entry with `id: samaritans` in contacts.yaml.",
    ),
    "LOC-01": Told(
        "Slot that is not declared, or not used",
        "Providers fill in what a module declares: what is missing there stays empty on the worker's page.",
        "Let `local_slots` of module.yaml name exactly what the pages and the guide use.",
    ),
    "MOD-01": Told(
        "Id that is given twice",
        "A worker's progress is kept under it: with two of the same she loses what she has done.",
        "Give one of them another id, and leave the one that learners have met already.",
    ),
    "MOD-07": Told(
        "Time of which nobody says whether it is paid",
        "Many workers learn at night, unpaid, and do not dare to ask. The module says plainly what holds.",
        "Write `time_policy` with a `rule` and a `sentence` for the learner.",
        "`time_policy: {rule: paid_required, sentence: This learning is part of your paid work.}`",
    ),
    "ACC-01": Told(
        "Recording without its words",
        "A deaf worker, one on a noisy bus and one with little data have the words or nothing.",
        "Add `transcript`; a film needs `captions` too.",
    ),
    "ACC-02": Told(
        "Picture without its words",
        "A worker who cannot see it, or whose phone did not load it, has what `alt` says.",
        "Write under `alt` what the picture shows, as you would tell it on the phone.",
    ),
    "SCN-01": Told(
        "Story that leads nowhere",
        "Who is left in the middle of a story, or sent round in a circle, learns that there is no way out.",
        "Let every path reach an ending, let `next` lead forward only, and give each situation a name of its own.",
    ),
    "SCN-05": Told(
        "Ending in which nobody is told",
        "After the visit a worker tells someone and writes it down. A story that stops before that sends her home "
        "alone with it.",
        "Write under `tell` whom to tell, and under `record` what to write down.",
    ),
    "SAF-08": Told(
        "People of whom it is not said whether they are real",
        "Somebody's last days are theirs. A family has to be able to trust that nobody tells them unasked.",
        "Write `origin: fictional`, or `origin: used_with_consent` if those concerned agreed.",
    ),
    "QUZ-01": Told(
        "Question without its right answer",
        "A worker who answers well and is told that she is wrong trusts nothing else on the page.",
        "Write `correct: true`: at one option in `single`, at one or more in `multiple`. In `match`, let no two "
        "pairs have the same answer.",
    ),
    "QUZ-05": Told(
        "Pass mark that says nothing",
        "Below 60 a pass is luck, and a worker would be sent to a bedside on the strength of it.",
        "Choose a `pass_mark` from 60 to 100, or leave it out: then it is 80.",
    ),
    "QUZ-06": Told(
        "Mark for something personal",
        "How sure somebody feels, and what she remembers of a death, has no right answer. If it were marked, she "
        "would write what is expected.",
        "Remove `correct`, `critical` and `marks`. What has to be known goes into a question.",
    ),
    "PRO-01": Told(
        "Text of unknown origin",
        "A worker has the right to know who made this, and whether people like her had a say.",
        "Write `provenance` with a `status`: `co_produced`, `co_production_informed`, `consulted` or `editorial`.",
    ),
    "REC-02": Told(
        "Recommendation for nobody in particular",
        "A manager acts for her workers on advice that says who, for whom, when, why and how much it matters.",
        "Fill in `theme`, `audience`, `learners`, `stages`, `priority` and `rationale`.",
    ),
    "REC-05": Told(
        "Advice without a way to see that it is followed",
        "A promise to workers that nobody can check is soon forgotten.",
        "Write under `measures` a question to be answered with yes or no, and under `evidence_kind` what shows it.",
    ),
    "ASS-01": Told(
        "Answer without its evidence",
        "Workers are told that something is done for them. Somebody has to be able to see that it is.",
        "Say under `evidence` where it can be seen, such as a policy or a record; or answer `not_yet`.",
    ),
    "WVR-01": Told(
        "Waiver without a near end",
        "An exception without an end becomes the rule, and workers live with it when nobody knows why any more.",
        "Let `until` be after `date`, by a year at most.",
    ),
    "WVR-02": Told(
        "Waiver that is not possible",
        "Some rules keep a worker, or the person she cares for, from harm: no reason is good enough.",
        "Mend what the rule finds. If you meant another rule, correct the code.",
    ),
    "WVR-03": Told(
        "Waiver whose time is over",
        "Somebody answered for this until a day that has passed. Nobody answers for it to a worker now.",
        "Mend what the rule finds, or decide anew and write who decided.",
    ),
    "WVR-04": Told(
        "Waiver that covers nothing",
        "An exception that is not needed any more would hide the next mistake from you, but not from a worker.",
        "Remove the waiver.",
    ),
}

# What reading refuses under the code of a rule: what the rule's own words do not cover.
READING_TOO: Final[dict[str, str]] = {
    "MOD-02": "There are one to five objectives: with none, or six, the module is not read.",
    "MOD-05": "`duration_minutes` is a whole number from 1 to 90: without it the module is not read.",
    "MOD-08": "`review_due` is never left out: without it the module is not read.",
    "ACC-09": "`autoplay` and `time_limit` do not exist.",
    "SCN-02": "A situation has two to four choices, each with feedback: otherwise it is not read.",
    "SAF-01": "`sensitivity` is never left out; where nothing is hard, it is `[none]`.",
    "SAF-10": "`jurisdictions` is never left out: without it the module is not read.",
    "QUZ-02": "`rationale`, and feedback for each answer, are never left out: without them a question is not read.",
    "PRV-01": "`store` is `device` or `none`: there is nothing else.",
    "LOC-03": "A provider's file has no fields such as `pages`, `notices` or `remove`.",
    "PRO-02": "A workshop is not recorded without `partners`.",
    "REC-01": "The statement is never left out, and has 400 characters at most.",
    "REC-03": "At least one piece of evidence is there, whatever its strength.",
    "REC-06": "`review_due` is never left out: without it the recommendation is not read.",
    "PKG-02": "Nor may the media files of a module differ only in their capital letters.",
}
