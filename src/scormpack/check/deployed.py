"""Codes of findings about platforms that are loaded by machine: of the way there, and of what they say."""

from __future__ import annotations

from typing import Final

from scormpack.diagnostics import Code, Severity

DPL_01: Final = Code(
    "DPL-01",
    "Address of a site that is not used",
    Severity.ERROR,
    "A token that travels without encryption, or to an address with a slip in it, lets strangers change a course.",
    "Give the address that the site has in a browser, from `https://` on: `https://learning.example.org/moodle`.",
    "`http://` will do for a site on this machine only: 127.0.0.1, ::1 or localhost.",
)
DPL_02: Final = Code(
    "DPL-02",
    "Site that gives no answer",
    Severity.ERROR,
    "What did not arrive is not in the course, and workers go on with what is there.",
    "See whether the site opens in a browser on this machine. Then run the command again: it goes on where it was.",
)
DPL_03: Final = Code(
    "DPL-03",
    "Certificate that is not trusted",
    Severity.ERROR,
    "Whoever can pretend to be the site gets the token, and with it the course.",
    "Ask the administrator of the site to renew the certificate, with its whole chain. Where your organisation "
    "signs its own, name its file in the environment: `SSL_CERT_FILE=/path/to/ca.pem`.",
)
DPL_04: Final = Code(
    "DPL-04",
    "Site that sends on to another address",
    Severity.ERROR,
    "A token is for one site. It is not sent on to wherever an answer points.",
    "If that address is the site's own, give it with `--site`, or as `site` in the provider's file.",
)
DPL_05: Final = Code(
    "DPL-05",
    "Answer that is none",
    Severity.ERROR,
    "Nobody can tell from it whether workers will find the module in their course.",
    "Open the address in a browser. A page to log in or a notice there is often put up by something in front of the "
    "site: ask the administrator to let through `/webservice/`.",
)
DPL_06: Final = Code(
    "DPL-06",
    "No token for a site",
    Severity.ERROR,
    "Without one, anybody could change what workers learn.",
    "Keep the site's token with `scormpack deploy login moodle --site …`, or put it into SCORMPACK_TOKEN in the "
    "environment. It is never given on the command line, nor kept in a file of the library.",
)
DPL_07: Final = Code(
    "DPL-07",
    "Site that does not let anybody in with this token",
    Severity.ERROR,
    "Only whom a site knows may change what workers learn there.",
    "Run `scormpack doctor moodle --site …`: it says whether the token, the web service or the plugin is missing.",
)
DPL_08: Final = Code(
    "DPL-08",
    "Course that cannot be loaded into",
    Severity.ERROR,
    "A package in the wrong course reaches the wrong workers.",
    "Look up the number in the address of the course (`id=12`), or its ID number in its settings, and see whether "
    "the token's user may load packages there.",
)
DPL_09: Final = Code(
    "DPL-09",
    "Package that the platform refuses",
    Severity.ERROR,
    "Workers go on with what was there before.",
    "Do what the platform says, and run the command again. What is there already is not sent again.",
)
DPL_10: Final = Code(
    "DPL-10",
    "Load of which the end is not known",
    Severity.ERROR,
    "The package may be in the course, or not: the answer was lost on its way.",
    "Run the same command again. Where the package has arrived, it does nothing.",
)
DPL_11: Final = Code(
    "DPL-11",
    "Nothing released that could be loaded",
    Severity.ERROR,
    "Only what was given out goes into a course, so that it can be told what a worker has learned.",
    "Run `scormpack release` first, for this provider and its platform.",
)
DPL_12: Final = Code(
    "DPL-12",
    "Released package that is not as it was given out",
    Severity.ERROR,
    "What was cut short or changed since may lose what a worker does, or tell something else.",
    "Put the release's folder back from a copy, or release again.",
)
DPL_13: Final = Code(
    "DPL-13",
    "Progress that would be lost",
    Severity.ERROR,
    "Workers who have begun would have to do again what they have done, in time that they do not have.",
    "Let people finish first, or say for which modules it may be lost: `--accept-loss MODULE`.",
)
DPL_14: Final = Code(
    "DPL-14",
    "Record of what was loaded that cannot be kept",
    Severity.ERROR,
    "Without it nobody knows what was put where, and when.",
    "Put the file back from a copy, or move it away: a new one is begun. See that the disk is not full.",
)
DPL_15: Final = Code(
    "DPL-15",
    "Something to install first",
    Severity.ERROR,
    "Loading packages by machine needs libraries that nothing else here needs.",
    'Run `pip install "scormpack[deploy]"`.',
)
