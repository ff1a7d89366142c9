"""Codes of what is refused where libraries, modules and pages are read; rules find more under some of them."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

SRC_08: Final = Code(
    "SRC-08",
    "Id that differs from its file",
    Severity.ERROR,
    "A worker's progress is stored under the id, and the next author looks for the file by its name.",
    "Make the two the same. If learners have used it already, keep the id and rename the file or the folder.",
)
SRC_09: Final = Code(
    "SRC-09",
    "File that is never read",
    Severity.ERROR,
    "Somebody wrote this for workers, and it would reach none of them.",
    "Rename it: a name ends in `.yaml` or `.md`, not in `.yml`, `.yaml.txt` or `.md.txt`.",
    "An editor may add `.txt`, and Windows may hide it: choose “All files” under “Save as”.",
)
FRM_08: Final = Code(
    "FRM-08",
    "Page without its one title",
    Severity.ERROR,
    "The title is what a worker sees in the contents and hears first: it tells her where she is.",
    "Start the file with `# Title`, write something below it, and use `## ` for headings inside the page.",
)
FRM_09: Final = Code(
    "FRM-09",
    "Block that is not recognised",
    Severity.ERROR,
    "A question that is not recognised appears on the page as code, and no worker can answer it.",
    "Start with three backticks and the kind of block, in the first column; end with a line of three backticks.",
)
FRM_10: Final = Code(
    "FRM-10",
    "HTML in a text",
    Severity.ERROR,
    "Pieces of HTML break the page on some phones, and a voice that reads aloud stumbles over them.",
    "Use Markdown, or write the character in words.",
)
FRM_13: Final = Code(
    "FRM-13",
    "Link or picture that is not allowed in a text",
    Severity.ERROR,
    "A link that leads nowhere safe, or a picture that nobody described, is a dead end on a small screen.",
    "Link to `https://…` or to a page of the module, `#page-id`. A picture goes in a `figure` block.",
)
FRM_16: Final = Code(
    "FRM-16",
    "Signs that would be shown as they were typed",
    Severity.ERROR,
    "A worker would read bare stars, bars and brackets, and a voice would say them one by one.",
    "Use the Markdown that works here: see “Markdown” in docs/authoring.md.",
)
LNG_01: Final = Code(
    "LNG-01",
    "Words of the player that are missing or broken",
    Severity.ERROR,
    "A button without a word is no button. One in English is none to a worker who reads no English.",
    "Give each word that the message names, with the same places in braces as in English.",
    "A word is missing where neither the library nor the tool has it. `{minutes}` is a place: a number goes there.",
)
LNK_01: Final = Code(
    "LNK-01",
    "Name that leads nowhere",
    Severity.ERROR,
    "A worker would find a gap where a number, a card or a notice should be.",
    "Correct the spelling, or add what is named to its register.",
    "`{contact:samaritans}` needs an entry with `id: samaritans` in contacts.yaml.",
)
MOD_01: Final = Code(
    "MOD-01",
    "Id that is given twice",
    Severity.ERROR,
    "A worker's progress is stored under it: with two of the same, she loses what she has done.",
    "Give one of them another id, and keep the one that learners have already used.",
)
MOD_02: Final = Code(
    "MOD-02",
    "Objective that nobody can observe",
    Severity.WARNING,
    "A worker and her manager can both see whether she *says whom to call*; nobody can see whether she understands.",
    "Begin with what can be seen or heard: say, list, choose, show, write down.",
    "Not `Understand the on-call system.` but `Say whom to call at night.`",
    refused="There are one to five objectives: with none, or six, the module is not read.",
)
MOD_05: Final = Code(
    "MOD-05",
    "Module that is longer than its format",
    Severity.ERROR,
    "A worker between two visits has the ten minutes that *micro* promised, not thirty.",
    "Shorten the module, divide it, or choose another `format`.",
    "`micro` is at most 10 minutes, `short` 20, `session` 90.",
    refused="`duration_minutes` is a whole number from 1 to 90: without it the module is not read.",
)
MOD_07: Final = Code(
    "MOD-07",
    "No word on whether the time is paid",
    Severity.ERROR,
    "Many workers learn at night, unpaid, and do not dare to ask. The module says plainly what applies.",
    "Write `time_policy` with a `rule` and a `sentence` for the learner.",
    "`time_policy: {rule: paid_required, sentence: This learning is part of your paid work.}`",
)
MOD_08: Final = Code(
    "MOD-08",
    "Review that is due",
    Severity.ERROR,
    "Advice on medicines, on the law and on numbers to call goes out of date, and nobody on a visit can tell.",
    "Review it and set `review_due`; `build --overdue` builds it with a banner.",
    "A warning comes 60 days before the date.",
    refused="`review_due` is never left out: without it the module is not read.",
)
SAF_01: Final = Code(
    "SAF-01",
    "Hard content without a warning",
    Severity.ERROR,
    "Whoever buried her mother last week has the right to know what comes, and to stop before it.",
    "Name it under `sensitivity`, and put a `before_…` notice ahead of it.",
    "A text about dying, self-harm or abuse has to declare it. A notice whose name begins with "
    "`before_` stands before the first story, card, question or recording that does, and before any page "
    "after the first.",
    refused="`sensitivity` is never left out; where nothing is hard, it is `[none]`.",
)
SAF_10: Final = Code(
    "SAF-10",
    "Law of another nation",
    Severity.ERROR,
    "England, Wales, Scotland and Northern Ireland differ, and following the wrong law protects nobody.",
    "Add the nation to `jurisdictions`, or name the law that applies where this is read.",
    refused="`jurisdictions` is never left out: without it the module is not read.",
)
QUZ_05: Final = Code(
    "QUZ-05",
    "Pass mark that says nothing",
    Severity.ERROR,
    "Below 60 a pass is luck, and a worker would be sent to a bedside on the strength of it.",
    "Choose a `pass_mark` from 60 to 100, or leave it out: then it is 80.",
)
LOC_03: Final = Code(
    "LOC-03",
    "Provider that contradicts the module",
    Severity.ERROR,
    "A welcome that allows what the module forbids is read first, and believed: it comes from her own employer.",
    "Leave it to the module: a provider adds a welcome and its own numbers and names.",
    refused="A provider's file has no fields such as `pages`, `notices` or `remove`.",
)
PRO_01: Final = Code(
    "PRO-01",
    "Text of unknown origin",
    Severity.ERROR,
    "A worker has the right to know who made this, and whether people like her had a say.",
    "Write `provenance` with a `status`: `co_produced`, `co_production_informed`, `consulted` or `editorial`.",
)
PRO_02: Final = Code(
    "PRO-02",
    "Co-production without a record",
    Severity.ERROR,
    "Partners gave their time for a share in the decisions. The word is theirs, and needs a record.",
    "Record the workshops, or say `co_production_informed`.",
    "`co_produced` needs at least one workshop, whose partners by role add up to `attended`, and for each of "
    "the five principles a note on what was done, or why it was not met.",
    refused="A workshop is not recorded without `partners`.",
)
REC_01: Final = Code(
    "REC-01",
    "Statement that is not one action",
    Severity.ERROR,
    "A manager can act on one sentence that names her. What everybody should do, nobody does.",
    "Write one sentence: who should do what.",
    "`Managers should tell each worker personally when a client dies.`",
    refused="The statement is never left out, and has 400 characters at most.",
)
REC_02: Final = Code(
    "REC-02",
    "Recommendation for nobody in particular",
    Severity.ERROR,
    "A manager acts for her workers on advice that says who, for whom, when, why and how much it matters.",
    "Fill in `theme`, `audience`, `learners`, `stages`, `priority` and `rationale`.",
)
REC_03: Final = Code(
    "REC-03",
    "Evidence that is not as strong as it says",
    Severity.ERROR,
    "People who pay for training on the strength of this have to be able to trust the word *strong*.",
    "Add an independent review, guidance or regulation, or say `moderate`.",
    "Strong evidence takes two independent sources, one of them a review, guidance or a regulation.",
    refused="At least one piece of evidence is there, whatever its strength.",
)
REC_05: Final = Code(
    "REC-05",
    "Recommendation without a way to check it",
    Severity.ERROR,
    "A promise to workers that nobody can check is soon forgotten.",
    "Write under `measures` a question to be answered with yes or no, and under `evidence_kind` what shows it.",
)
REC_06: Final = Code(
    "REC-06",
    "Recommendation that is out of date",
    Severity.ERROR,
    "Managers plan next year's training by this.",
    "Review it and set `review_due`, or set `status: retired`.",
    refused="`review_due` is never left out: without it the recommendation is not read.",
)
ASS_01: Final = Code(
    "ASS-01",
    "Answer without its evidence",
    Severity.ERROR,
    "Workers are told that something is done for them. Somebody has to be able to see that it is done.",
    "Say under `evidence` where it can be seen, such as a policy or a record; or answer `not_yet`.",
)
TAB_03: Final = Code(
    "TAB-03",
    "File that has to be changed by hand",
    Severity.ERROR,
    "It is written in an unusual way, and a change by a program could lose what somebody wrote, such as a number.",
    "Make the change in the file itself.",
)
WVR_01: Final = Code(
    "WVR-01",
    "Waiver without a near end",
    Severity.ERROR,
    "An exception without an end becomes the rule, and workers live with it long after anybody knows why.",
    "`until` has to be after `date`, by at most a year.",
)
