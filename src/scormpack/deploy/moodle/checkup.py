"""Whether a Moodle is ready for packages: each thing that decides it, and what to do where it is not as it should be.

The site is asked without the token first: what is no Moodle never gets to see it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from scormpack.check.catalogue import entries
from scormpack.check.deployed import DPL_05, DPL_06
from scormpack.deploy.checkup import Line, Verdict, encrypted, wrong
from scormpack.deploy.http import Address, CallError, Web, address
from scormpack.deploy.moodle.answers import SiteAnswer
from scormpack.deploy.moodle.client import REST, Course, Moodle, RefusedError, course
from scormpack.deploy.token import token_for
from scormpack.diagnostics import ContentError
from scormpack.plugins import Plugin
from scormpack.release.record import Held
from scormpack.report.words import counted
from scormpack.source.signs import brief

CRON_WITHIN: Final = 3600  # seconds; it should run every minute
CLOCKS_WITHIN: Final = 60  # seconds


@dataclass(frozen=True)
class Visit:
    """What to look at, and what to hold it against: our plugin, the largest package, the clock of this machine."""

    site: str
    course: str | None
    plugin: Plugin
    largest: Held | None
    clock: Callable[[], float]


_SERVICES = "“Site administration > Server > Web services > External services”"
_TOKENS = "“Site administration > Server > Web services > Manage tokens”"
_ONE = (
    f"for the service “scormpack” and the user who loads packages, under {_TOKENS}. Then run `scormpack deploy login "
)
_ONE += "moodle --site …`, or put it into SCORMPACK_TOKEN in the environment."
_ROLE = "Give the token’s user a role in this course that has `local/scormpack:manage`, as teachers have."
_REFUSED = {
    "invalidtoken": f"Make another, {_ONE}",
    "accessexception": "Moodle does not say which it is: the service “scormpack” is not enabled, the user is not one "
    "of its authorised users, or the token is for another service, has run out or is for other addresses. Look under "
    f"{_SERVICES} and {_TOKENS}.",
    "wsaccessusersuspended": f"Let the user in again, or make another token, {_ONE}",
    "sitemaintenance": "Wait until the administrator has ended the maintenance mode.",
}


def examine(visit: Visit) -> Iterator[Line]:
    """Look at one thing after another, as far as the site lets us."""
    try:
        at = address(visit.site)
        where = course(visit.course) if visit.course else None
    except ContentError as error:
        yield wrong("What was asked", error)
        return
    yield encrypted(at)
    reached = _reached(at)
    yield reached
    if reached.verdict is Verdict.OK:
        yield from _let_in(visit, at, where)


def _reached(at: Address) -> Line:
    """Whether a Moodle answers there by the way that we take."""
    try:
        answer = json.loads(Web(at).form(REST, {"moodlewsrestformat": "json"}, again=True))
    except CallError as error:
        return _no_way(error)
    except ContentError as error:
        return wrong("Web services", error)
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict) and "errorcode" in answer:
        return Line("Web services", Verdict.OK, "They are on, and so is REST.")
    return Line("Web services", Verdict.WRONG, "What answers there does not answer as Moodle does.", DPL_05.remedy)


def _no_way(error: CallError) -> Line:
    if error.status == 403:
        says = "The site forbids it (HTTP status 403), as Moodle does where they are off."
        remedy = (
            "Tick “Enable web services” under “Site administration > Advanced features”, and turn on “REST protocol” "
        )
        remedy += "under “Site administration > Server > Web services > Manage protocols”."
        return Line("Web services", Verdict.WRONG, says, remedy)
    if error.status == 404:
        remedy = "Give the address that the front page of the site has in a browser, with the folder if it is in one."
        return Line("Web services", Verdict.WRONG, "There is no Moodle at this address (HTTP status 404).", remedy)
    return wrong("Web services", error)


def _let_in(visit: Visit, at: Address, where: Course | None) -> Iterator[Line]:
    """What the site tells those who have a token."""
    try:
        moodle = Moodle(at, token_for(at.origin))
        asked = visit.clock()
        site = moodle.get_site()
    except RefusedError as error:
        yield from _not_let_in(error, visit.plugin)
    except CallError as error:
        yield wrong("Plugin", error)
    except ContentError as error:
        yield _no_token(error)
    else:
        yield Line("Token", Verdict.OK, "The site takes it.")
        yield _plugin(site, visit.plugin)
        yield _version(site, visit.plugin)
        yield _clock(site.time, asked, visit.clock())
        yield _cron(site)
        yield _downloads(site)
        yield from _of_course(moodle, where, site, visit.largest)


def _no_token(error: ContentError) -> Line:
    (found,) = error.diagnostics
    if found.code != DPL_06.id:
        return wrong("Token", error)
    remedy = f"Make one, once the plugin is installed, {_ONE}"
    return Line("Token", Verdict.WRONG, found.message, remedy)


def _not_let_in(error: RefusedError, plugin: Plugin) -> Iterator[Line]:
    if error.errorcode == "invalidrecord":  # the token was looked at before
        yield Line("Token", Verdict.OK, "The site takes it.")
        remedy = f"Write {plugin.file} with `scormpack plugin moodle`, and have an administrator install it under "
        remedy += "“Site administration > Plugins > Install plugins”."
        yield Line("Plugin", Verdict.WRONG, "It is not installed there.", remedy)
    else:
        (found,) = error.diagnostics
        about = "Site" if error.errorcode == "sitemaintenance" else "Token"
        yield Line(about, Verdict.WRONG, found.message, _REFUSED.get(error.errorcode, entries()[found.code].remedy))


def _plugin(site: SiteAnswer, ours: Plugin) -> Line:
    name = f"local_scormpack {_said(site.plugin)}"
    if site.pluginversion == ours.number:
        return Line("Plugin", Verdict.OK, f"{name}, the one that belongs to this program.")
    if site.pluginversion < ours.number:
        remedy = f"Write {ours.file} with `scormpack plugin moodle`, and have it installed as the first one was."
        return Line("Plugin", Verdict.LOOK, f"{name}, older than {ours.release}, which belongs here.", remedy)
    remedy = "Bring this program up to date: `pip install --upgrade scormpack`."
    return Line("Plugin", Verdict.LOOK, f"{name}, newer than {ours.release}, which belongs here.", remedy)


def _version(site: SiteAnswer, ours: Plugin) -> Line:
    says = f"{_said(site.moodle)}, PHP {_said(site.php)}."
    if not site.branch.isdecimal() or ours.oldest <= int(site.branch) <= ours.newest:
        return Line("Moodle", Verdict.OK, says)
    remedy = (
        f"The plugin was made for Moodle {_branch(ours.oldest)} to {_branch(ours.newest)}: try it on a copy of the "
    )
    return Line("Moodle", Verdict.LOOK, says, f"{remedy}site first.")


def _branch(number: int) -> str:
    """`4.5` for 405."""
    return f"{number // 100}.{number % 100}"


def _clock(there: int, before: float, after: float) -> Line:
    """The site's time was taken between the two of ours."""
    ahead = there - after if there > after else min(there + 1 - before, 0)  # there, it is in whole seconds
    if abs(ahead) <= CLOCKS_WITHIN:
        return Line("Clock", Verdict.OK, "The site’s clock and the one here agree.")
    says = f"The site’s clock is {_span(abs(ahead))} {'ahead of' if ahead > 0 else 'behind'} the one here."
    remedy = "Have both set by a time server: what learners do is recorded at the site’s time."
    return Line("Clock", Verdict.LOOK, says, remedy)


def _cron(site: SiteAnswer) -> Line:
    remedy = "Have the server run `admin/cli/cron.php` every minute: without it, nobody completes a course."
    if not site.cronlast:
        return Line("Cron", Verdict.WRONG, "It has never run.", remedy)
    ago = site.time - site.cronlast
    says = f"It last ran {_span(ago)} ago."
    return Line("Cron", Verdict.LOOK, says, remedy) if ago > CRON_WITHIN else Line("Cron", Verdict.OK, says)


def _downloads(site: SiteAnswer) -> Line:
    if not site.protecteddownloads:
        return Line("Downloads", Verdict.OK, "The Moodle app can take SCORM 1.2 packages along.")
    remedy = (
        "Untick “Protect package downloads” under “Site administration > Plugins > Activity modules > SCORM package”."
    )
    return Line("Downloads", Verdict.LOOK, "They are protected: the Moodle app cannot take packages along.", remedy)


def _of_course(moodle: Moodle, where: Course | None, site: SiteAnswer, largest: Held | None) -> Iterator[Line]:
    """What may differ from course to course; of the site, where no course was named or it cannot be looked at."""
    if where:
        try:
            site = moodle.get_site(where)
            yield _allowed(site)
        except RefusedError as error:
            yield _not_there(error)
        except CallError as error:
            yield wrong("Course", error)
    yield _completion(site)
    yield _limit(site, largest)


def _allowed(site: SiteAnswer) -> Line:
    name = f"“{_said(site.course)}”"
    if site.allowed:
        return Line("Course", Verdict.OK, f"{name}: packages may be loaded with this token.")
    return Line("Course", Verdict.WRONG, f"{name}: packages may not be loaded with this token.", _ROLE)


def _not_there(error: RefusedError) -> Line:
    line = wrong("Course", error)
    return replace(line, remedy=_ROLE) if error.errorcode == "requireloginerror" else line


def _completion(site: SiteAnswer) -> Line:
    if not site.completion:
        remedy = "Tick “Enable completion tracking” under “Site administration > Advanced features”."
        return Line("Completion", Verdict.WRONG, "The site does not track it: a pass completes nothing.", remedy)
    if not site.coursecompletion:
        remedy = "Set “Enable completion tracking” to “Yes” in the settings of the course."
        return Line("Completion", Verdict.WRONG, "The course does not track it: a pass completes nothing.", remedy)
    return Line("Completion", Verdict.OK, "It is tracked.")


def _limit(site: SiteAnswer, largest: Held | None) -> Line:
    size = (
        f"Files up to {_megabytes(site.maxbytes)} are taken" if site.maxbytes > 0 else "Files of any size are taken"
    )
    if largest is None:
        return Line("Upload limit", Verdict.OK, f"{size}.")
    says = f"{size}; the largest package released, {largest.module}, has {_megabytes(largest.bytes)}."
    if 0 < site.maxbytes < largest.bytes:
        remedy = (
            "Raise “Maximum uploaded file size” under “Site administration > Security > Site security settings”, "
        )
        remedy += "“Maximum upload size” in the course, and `upload_max_filesize` and `post_max_size` of PHP."
        return Line("Upload limit", Verdict.WRONG, says, remedy)
    return Line("Upload limit", Verdict.OK, says)


def _said(words: str) -> str:
    """A site's own words, with nothing in them that a terminal would act on."""
    return brief(words, 200)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _span(seconds: float) -> str:
    """`3 hours`: the largest whole unit."""
    for size, word in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return counted(int(seconds // size), word)
    return "less than a minute"
