"""The calls of the plugin `local_scormpack`, by Moodle's REST: each is one function, and its answer a model.

What Moodle refuses is told in its own words, with the token hidden in them.
Source: webservice/rest/server.php and webservice/upload.php of Moodle 4.5.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from scormpack.check.deployed import DPL_01, DPL_05, DPL_07, DPL_08, DPL_09
from scormpack.deploy.http import Address, CallError, Told, Web
from scormpack.deploy.moodle.answers import (
    DraftAnswer,
    ErrorAnswer,
    PackagesAnswer,
    PutAnswer,
    RemovedAnswer,
    ResultAnswer,
    ResultsAnswer,
    SiteAnswer,
)
from scormpack.deploy.token import Token
from scormpack.deploy.told import told
from scormpack.diagnostics import Code, ContentError
from scormpack.source.signs import brief

REST: Final = "/webservice/rest/server.php"
UPLOAD: Final = "/webservice/upload.php"
_MOST_PAGES = 10_000
_TAGS = re.compile(r"<[^>]{0,500}>")
_NUMBER = re.compile(r"[1-9][0-9]{0,9}")
_IDNUMBER = re.compile(r"[^\x00-\x1f\x7f]{1,100}")

_SIZE = "Ask the administrator to take larger files: in Moodle (“Maximum uploaded file size”, for the site and the "
_SIZE += "course), and in PHP (`upload_max_filesize`, `post_max_size`) or whatever stands before it."
_SECTION = (
    "Look up the number of the section in the course: the first one below the top is 1. Give it with `--section`."
)
_MISSING = "The plugin local_scormpack is not installed there, or not the one that is needed."

# What Moodle's error codes mean for us, and a better remedy than the code has. All else is about the package.
_MEANT: Mapping[str, tuple[Code, str]] = {
    **dict.fromkeys(("invalidtoken", "invalidtokensession", "accessexception", "servicenotavailable"), (DPL_07, "")),
    **dict.fromkeys(("wsaccessusersuspended", "wsaccessuserexpired", "wsaccessusernologin"), (DPL_07, "")),
    **dict.fromkeys(("sitemaintenance", "invalidrecord", "enablewsdescription"), (DPL_07, "")),
    **dict.fromkeys(("nocourse", "nopermissions", "nocapability", "requireloginerror"), (DPL_08, "")),
    "errorcoursecontextnotvalid": (DPL_08, ""),
    "nosuchsection": (DPL_08, _SECTION),
    **dict.fromkeys(("toolarge", "upload_error_ini_size", "missingparam", "fileoversized"), (DPL_09, _SIZE)),
}
# Where its own words lead astray.
_SAID: Mapping[str, str] = {
    "invalidrecord": _MISSING,
    "missingparam": "The package is larger than PHP takes there: it has dropped all that was sent.",
    "fileoversized": "The package is larger than Moodle takes there.",
}

Read = TypeVar("Read")


class RefusedError(CallError):
    """What Moodle does not do, by its `errorcode`: nothing is done then, except where that is `notrestored`."""

    def __init__(self, message: str, at: Address, errorcode: str) -> None:
        code, hint = _MEANT.get(errorcode, (DPL_09, ""))
        super().__init__(told(code, message, str(at), hint))
        self.errorcode = errorcode


@dataclass(frozen=True)
class Course:
    """A course, by its number or, where that is 0, by its ID number."""

    id: int = 0
    idnumber: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The course, as each of the functions takes it."""
        return {"courseid": str(self.id), "courseidnumber": self.idnumber}

    def __str__(self) -> str:
        return self.idnumber or str(self.id)


def course(text: str) -> Course:
    """The course that somebody names: `12`, or an ID number, as `HC-2024` or `idnumber:12`. Raises ContentError."""
    said = text.strip()
    if _NUMBER.fullmatch(said):
        return Course(id=int(said))
    idnumber = said.removeprefix("idnumber:")
    if not _IDNUMBER.fullmatch(idnumber) or (idnumber == said and said.isdecimal()):
        message = "This is neither the number of a course nor an ID number."
        raise ContentError([told(DPL_08, message, brief(said, 100))])
    return Course(idnumber=idnumber)


class Moodle:
    """A Moodle at an address, spoken to with a token. Every call raises CallError where it comes to nothing."""

    def __init__(self, at: Address, token: Token) -> None:
        self.at = at
        self._token = token
        self._web = Web(at)

    def get_site(self, where: Course = Course()) -> SiteAnswer:
        """What the site is like, and what may be done in the course."""
        return self._call("get_site", where.fields, SiteAnswer)

    def get_packages(self, where: Course) -> PackagesAnswer:
        """Which packages of ours are in the course."""
        return self._call("get_packages", where.fields, PackagesAnswer)

    def upload(self, name: str, data: bytes, told: Told = lambda *_: None) -> int:
        """Send a file; it waits there, where nobody sees it, under the number that is returned."""
        fields = {"token": self._token.reveal(), "itemid": "0", "filearea": "draft"}
        try:
            answer = self._web.upload(UPLOAD, fields, name, data, told)
        except CallError as error:
            raise self._of_status(error) from None
        (draft,) = self._read(answer, TypeAdapter(tuple[DraftAnswer]))
        return draft.itemid

    def put_package(
        self,
        where: Course,
        package: str,
        draft: int,
        sha256: str,
        section: int = -1,
        name: str = "",
        settings: Mapping[str, str] | None = None,
        dry_run: bool = False,
    ) -> PutAnswer:
        """Make the file that waits under `draft` the activity of this package, or say what that would do."""
        listed: dict[str, str] = {}
        for number, (key, value) in enumerate((settings or {}).items()):
            listed |= {f"settings[{number}][name]": key, f"settings[{number}][value]": value}
        fields = {"package": package, "draftitemid": str(draft), "sha256": sha256, "dryrun": str(int(dry_run))}
        more = {**where.fields, **fields, "section": str(section), "name": name, **listed}
        return self._call("put_package", more, PutAnswer, again=dry_run)

    def get_results(self, where: Course, package: str = "", limit: int = 500) -> Iterator[ResultAnswer]:
        """The results of all packages, or of one, page after page; where these go in a circle, that is no answer."""
        after, seen = "", {""}
        while len(seen) <= _MOST_PAGES:
            fields = {**where.fields, "package": package, "after": after, "limit": str(limit)}
            page = self._call("get_results", fields, ResultsAnswer)
            yield from page.results
            after = page.next
            if not after:
                return
            if after in seen:
                break
            seen.add(after)
        raise self._no_answer()

    def remove_package(self, where: Course, package: str, even_with_attempts: bool = False) -> RemovedAnswer:
        """Take the activity of a package away."""
        fields = {**where.fields, "package": package, "evenwithattempts": str(int(even_with_attempts))}
        return self._call("remove_package", fields, RemovedAnswer, again=False)

    def _call(self, function: str, fields: Mapping[str, str], model: type[Read], again: bool = True) -> Read:
        mine = {
            "wstoken": self._token.reveal(),
            "wsfunction": f"local_scormpack_{function}",
            "moodlewsrestformat": "json",
        }
        try:
            answer = self._web.form(REST, {**mine, **fields}, again)
        except CallError as error:
            raise self._of_status(error) from None
        return self._read(answer, TypeAdapter(model))

    def _read(self, answer: bytes, model: TypeAdapter[Read]) -> Read:
        """The answer as its model has it. Where it is a refusal, or none of ours, that is raised."""
        try:
            found = json.loads(answer)
        except (ValueError, RecursionError):
            raise self._no_answer() from None
        refusal = found[0] if isinstance(found, list) and len(found) == 1 else found  # of an upload, file by file
        if isinstance(refusal, dict) and ("exception" in refusal or "error" in refusal):
            raise self._refused(refusal)
        try:
            return model.validate_python(found)
        except ValidationError:
            raise self._no_answer() from None

    def _no_answer(self) -> CallError:
        message = "What answers there does not answer as Moodle with our plugin does."
        return CallError(told(DPL_05, message, str(self.at)), is_open=True)

    def _refused(self, found: dict[str, object]) -> CallError:
        try:
            said = ErrorAnswer.model_validate(found)
        except ValidationError:
            return self._no_answer()
        errorcode = said.errorcode or said.errortype
        words = _SAID.get(errorcode) or self._plain(said.message or said.error) or "It says nothing more."
        return RefusedError(words, self.at, errorcode)

    def _plain(self, words: str) -> str:
        """Moodle's words as text: they come as HTML at times."""
        text = " ".join(html.unescape(_TAGS.sub(" ", words)).split())
        return brief(self._token.hidden_in(text), 500)

    def _of_status(self, error: CallError) -> CallError:
        """What a status means that Moodle, or what stands before it, answers with."""
        if error.status == 413:
            message = "The package is larger than the web server there takes (HTTP status 413)."
            return RefusedError(message, self.at, "toolarge")
        if error.status == 403:
            message = (
                "The site forbids it (HTTP status 403). Where web services or REST are off, Moodle says no more."
            )
            return RefusedError(message, self.at, "enablewsdescription")
        if error.status == 404:
            return CallError(told(DPL_01, "There is no Moodle at this address (HTTP status 404).", str(self.at)))
        return error
