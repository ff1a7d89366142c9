"""Codes of findings about a package while it is played: on a platform of ours, in a browser."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

RUN_01: Final = Code(
    "RUN-01",
    "Course that does not open",
    Severity.ERROR,
    "The worker meets an empty page, and can do nothing about it.",
    "Put the file that is launched into the package, under the name that the descriptor has for it.",
)
RUN_02: Final = Code(
    "RUN-02",
    "Course that never begins with its platform",
    Severity.ERROR,
    "Nothing she does is on record. SCORM asks for Initialize (2004 RTE, 3.1.3.1), cmi5 for `initialized` (9.3.2).",
    "Look for the API in the windows above and behind, and begin as soon as the course is there.",
    "A package for record stores is asked for a statement; Tin Can does not say which.",
)
RUN_03: Final = Code(
    "RUN-03",
    "Course that is done once it is open",
    Severity.WARNING,
    "Who opens it and closes it at once counts as trained.",
    "Say `completed` or `passed` when the learner has reached the end, unless one look is all that is meant.",
)
RUN_04: Final = Code(
    "RUN-04",
    "Place that a closed tab loses",
    Severity.WARNING,
    "A visit is interrupted by a call or a bell. She comes back, and begins again from the first page.",
    "Save the place with each step, set exit to `suspend` at once and commit; a closed tab leaves no time for it.",
)
RUN_05: Final = Code(
    "RUN-05",
    "Saved place that is not asked for",
    Severity.WARNING,
    "The platform has kept where she was, and the course does not ask.",
    "Read the location and the suspend data right after the beginning.",
)
RUN_06: Final = Code(
    "RUN-06",
    "Judgement while she only looks",
    Severity.WARNING,
    "Whoever reviews a course may lose the pass that she has: many platforms save what is written all the same.",
    "Write no status and no score when the mode is `browse` or `review` (SCORM 2004 RTE, 4.2.16; cmi5, 10.2.2).",
)
RUN_07: Final = Code(
    "RUN-07",
    "Failed save that is not made good",
    Severity.WARNING,
    "The signal goes for a moment in a lift, and what she did just then is lost without a word.",
    "Heed the answer of each save, and save again until it is taken.",
)
RUN_08: Final = Code(
    "RUN-08",
    "Course that was not brought to its end",
    Severity.INFO,
    "Whether it can be completed is not known: it was only pressed on, and given answers at random.",
    "Take the course yourself, to the end.",
    "A course of ours is taken with the right answers: there it is an error.",
)
RUN_09: Final = Code(
    "RUN-09",
    "Mistake of a script",
    Severity.WARNING,
    "A script that fails stops where it stands: a button may do nothing, a save may never be sent.",
    "Open the browser's console at this place, and correct what it says.",
)
RUN_10: Final = Code(
    "RUN-10",
    "File that the course asks for in vain",
    Severity.WARNING,
    "A picture, a film or a script is missing, and the worker is not told what she does not see.",
    "Put the file into the package, or correct its name: capital letters count.",
)
RUN_11: Final = Code(
    "RUN-11",
    "Request that leaves the platform",
    Severity.WARNING,
    "Somebody else learns who is learning, and without the internet or behind a firewall the course is not whole.",
    "Bring everything in the package.",
)
RUN_12: Final = Code(
    "RUN-12",
    "Message box of the browser",
    Severity.WARNING,
    "It stops everything until it is answered. Browsers show none where the platform keeps courses on an address of "
    "their own, and none while a page is closed.",
    "Say it on the page.",
)
RUN_13: Final = Code(
    "RUN-13",
    "Window or download of its own",
    Severity.INFO,
    "Browsers on phones block windows that nobody asked for, and the apps of platforms have no second one.",
    "Show it on the page.",
)
RUN_14: Final = Code(
    "RUN-14",
    "Course that does not come to rest",
    Severity.ERROR,
    "The page no longer answers, or floods its platform; a worker can only switch off her phone.",
    "Look for a loop that never ends, and for a call that is made again and again.",
)
RUN_15: Final = Code(
    "RUN-15",
    "What a record store must refuse",
    Severity.ERROR,
    "A strict record store or launcher refuses it, and the result never arrives.",
    "Send it as the clause asks that stands before the message.",
)
RUN_16: Final = Code(
    "RUN-16",
    "Barrier on the screen",
    Severity.WARNING,
    "Somebody who cannot see well, hear or use a mouse is left outside.",
    "Do as the rule says that is named, which is axe's; it has the success criterion of WCAG.",
)
