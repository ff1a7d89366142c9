"""A small Moodle 4.5 with our plugin, as far as web services go: what it answers, what it keeps, and what goes wrong.

    with moodle() as site:
        site.fault("cut-after-put")
        ...  # site.url, site.token
        assert site.packages("HC-2024") == {"may-have-died": "1.0.0"}

Its answers have the form of webservice/rest/server.php and webservice/upload.php, and of those that were recorded on
a real Moodle (`answers/`). It knows nothing of the client: what it takes is what Moodle takes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree

from .going_wrong import Cut, send_without_end

LOADER = "a1" * 16  # may load into every course
NOBODY = "b2" * 16  # is of the service, and may do nothing in any course
OUTSIDER = "e5" * 16  # may not even enter a course
NOT_OURS = "c3" * 16  # is of another service of the site

REST, UPLOAD, PUBLIC = "/webservice/rest/server.php", "/webservice/upload.php", "/lib/ajax/service-nologin.php"
PUT = "local_scormpack_put_package"

# What can go wrong, and where: `fault()` takes one of these names.
FAULTS = {
    "services-off": "web services, or REST, are off: 403 and nothing else",
    "service-disabled": "our service is disabled, or the user is not one of its users",
    "user-suspended": "the account of the token's user is suspended",
    "no-uploads": "our service may not take files",
    "plugin-missing": "the plugin is not installed",
    "maintenance": "the site is in maintenance mode",
    "disk-full": "the upload cannot be kept",
    "over-post-limit": "PHP drops what is larger than post_max_size, the token included",
    "over-proxy-limit": "a proxy in front refuses the size",
    "over-php-limit": "PHP drops a file that is larger than upload_max_filesize",
    "over-limit": "the file is over the site's limit",
    "cut-at-upload": "the connection ends while the file is on its way",
    "cut-after-upload": "the file is kept, and the answer is lost",
    "cut-before-put": "the connection ends before anything is done",
    "cut-after-put": "the package is loaded, and the answer is lost",
    "cut-answer": "half of the answer arrives",
    "slow": "no answer until the service ends",
    "login-page": "a single sign-on in front answers with its page, and 200",
    "redirect": "the site has another address",
    "huge-answer": "an answer without an end",
    "warning-first": "PHP prints a warning before the answer",
    "other-answer": "JSON of another form",
    "gateway": "the proxy in front has no site behind it: 502",
    "restored": "the load failed in between, and everything is as it was",
    "not-restored": "the load failed in between, and the activity is not as it was",
    "too-large": "the package is larger than this course takes",
    "busy": "the same package is being loaded by somebody else",
    "no-room": "the site has no room to look at a package",
}

# The plugin's own words, of lang/en/local_scormpack.php.
REFUSALS = {
    "nocourse": "There is no such course, or more than one. Give either its number or its ID number.",
    "notone": "One uploaded file was expected, and {a} were found.",
    "notazip": "The file that was uploaded is not a zip file that can be opened.",
    "nomanifest": "There is no imsmanifest.xml at the root of the package, so it is no SCORM package.",
    "badmanifest": "The file imsmanifest.xml in the package cannot be read: {a}",
    "notours": "The package calls itself {a}, which is not the one that was announced.",
    "noversion": "The manifest has no version, or one that is longer than 100 characters.",
    "badstandard": "Moodle does not take this schemaversion: “{a}”. It takes 1.2, 1.3, CAM 1.3, 2004 3rd Edition and "
    "2004 4th Edition.",
    "wrongbytes": "What arrived is not what was sent. Send it again.",
    "toolarge": "The package is larger than it may be: {a}",
    "badsetting": "There is no such setting, it has no such value, or it was given twice: {a}",
    "twice": "Two activities in this course have the ID number of the package {a}. Remove it from one of them.",
    "restored": "The package could not be loaded, and everything is as it was. What happened: {a}",
    "notrestored": "The package could not be loaded, and the activity may not be as it was. Look at it. "
    "What happened: {a}",
    "hasattempts": "{a} learners have begun this activity. Their attempts would go with it, so it was not removed.",
    "nosuchpackage": "This course has no activity with the package {a}.",
    "nosuchsection": "This course has no section {a}.",
    "busy": "The same package is being loaded into this course at this moment. Try again in a minute.",
    "noroom": "There is no room on this site to look at the package. The administrator has to make some.",
}
CHOICES = {"completion": {"passed", "completed", "either"}, "display": {"window", "frame"}, "visible": {"0", "1"}}
LISTED = ["cmid", "package", "name", "section", "visible", "standard", "version", "sha256", "since"]
LISTED += ["learners", "partway", "changedbyhand"]
STANDARDS = {"1.2": "1.2", **dict.fromkeys(("1.3", "CAM 1.3", "2004 3rd Edition", "2004 4th Edition"), "2004")}


class Refused(Exception):  # noqa: N818  # it is an answer
    """An exception of Moodle's: its class, its code, and its sentence."""

    def __init__(self, kind: str, code: str, message: str) -> None:
        super().__init__(message)
        self.answer = {"exception": kind, "errorcode": code, "message": message}


def refusal(code: str, a: object = "") -> Refused:
    """A refusal of the plugin's own."""
    return Refused("local_scormpack\\local\\refusal", code, REFUSALS[code].format(a=a))


def invalid() -> Refused:
    """What Moodle says of every parameter that is missing, unknown or of another type."""
    return Refused(
        "core\\exception\\invalid_parameter_exception", "invalidparameter", "Invalid parameter value detected"
    )


def access() -> Refused:
    """What Moodle says, whatever the reason, to whoever may not use a service."""
    return Refused("webservice_access_exception", "accessexception", "Access control exception")


@dataclass
class Package:
    """What is in a zip file that was uploaded, as far as the plugin looks."""

    identifier: str
    version: str
    standard: str
    title: str
    items: frozenset[str]


@dataclass
class Activity:
    """An activity with a package of ours. Tests put learners into it."""

    cmid: int
    package: str
    name: str
    section: int
    visible: bool
    standard: str
    version: str
    sha256: str
    since: int
    items: frozenset[str]
    settings: dict[str, str]
    learners: int = 0
    partway: int = 0
    inside: int = 0
    changedbyhand: bool = False
    results: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Course:
    """A course: its sections are numbered from 0."""

    id: int
    idnumber: str
    fullname: str
    completion: bool = True
    sections: int = 5
    activities: dict[int, Activity] = field(default_factory=dict)


class Site:
    """What the service keeps, and how it is told to go wrong."""

    def __init__(self) -> None:
        self.token = LOADER
        self.tokens = {LOADER: True, NOBODY: False, OUTSIDER: False}
        self.courses = {2: Course(2, "HC-2024", "Homecare 2024"), 3: Course(3, "HC-2025", "Homecare 2025")}
        self.drafts: dict[int, list[bytes]] = {}
        self.about: dict[str, Any] = {
            "plugin": "1.0.0",
            "pluginversion": 2026120100,
            "moodle": "4.5.6 (Build: 20250811)",
            "branch": "405",
            "php": "8.2",
            "maxbytes": 100 * 2**20,
            "completion": True,
            "protecteddownloads": False,
        }
        self.cron_ago: int | None = 60  # seconds since cron ran; None if it never did
        self.clock_ahead = 0  # seconds that the site's clock is ahead of ours
        self.wwwroot = ""  # what the site takes for its own address; '' for the one it is asked at
        self.calls: list[tuple[str, dict[str, str]]] = []  # function (or "upload") and parameters, without the token
        self.requests: list[tuple[str, str, dict[str, str]]] = []  # method, path with query, headers
        self.seen: Callable[[bytes], object] = lambda _: None  # called with the body of each request
        self.url = ""
        self.ended = threading.Event()
        self._faults: dict[str, int] = {}
        self._lock = threading.RLock()
        self._last = 100

    def fault(self, name: str, times: int = 10**6) -> None:
        """Go wrong in this way, the next so many times."""
        assert name in FAULTS, f"{name} is none of {', '.join(FAULTS)}"
        self._faults[name] = times

    def mended(self, name: str) -> None:
        """No longer go wrong in this way."""
        self._faults.pop(name, None)

    def packages(self, course: int | str) -> dict[str, str]:
        """The packages in a course, and their versions."""
        return {each.package: each.version for each in self._course(course).activities.values()}

    def activity(self, course: int | str, package: str) -> Activity:
        """The activity of a package."""
        return next(each for each in self._course(course).activities.values() if each.package == package)

    def called(self, function: str) -> list[dict[str, str]]:
        """The parameters of each call of a function, with or without `local_scormpack_` before it."""
        return [given for name, given in self.calls if name.removeprefix("local_scormpack_") == function]

    def goes_wrong(self, name: str) -> bool:
        """Whether this is to go wrong now."""
        with self._lock:
            left = self._faults.get(name, 0)
            self._faults[name] = max(left - 1, 0)
            return left > 0

    def _course(self, course: int | str) -> Course:
        return next(each for each in self.courses.values() if course in (each.id, each.idnumber))

    # What Moodle does before a function is called.

    def call(self, function: str, given: dict[str, str], token: str) -> Any:
        """The answer to a call, or `Refused`."""
        self.calls.append((function, given))
        allowed = self._authenticate(token)
        if token == OUTSIDER and any(
            given.get(name, "0") not in ("", "0") for name in ("courseid", "courseidnumber")
        ):
            text = "Course or activity not accessible."
            raise Refused("core\\exception\\require_login_exception", "requireloginerror", text)
        if function == "core_webservice_get_site_info":
            return self._site_info()
        if function not in FUNCTIONS or self.goes_wrong("plugin-missing"):
            table = "Can't find data record in database table external_functions."
            raise Refused("dml_missing_record_exception", "invalidrecord", table)
        if token == NOT_OURS:
            raise access()
        names, work = FUNCTIONS[function]
        parameters = _parameters(given, names)
        if function == PUT:
            return self._whole(lambda: work(self, parameters, allowed))
        with self._lock:
            return work(self, parameters, allowed)

    def _authenticate(self, token: str) -> bool:
        """Whether the token's user has the capability."""
        if token not in self.tokens and token != NOT_OURS:
            raise Refused("core\\exception\\moodle_exception", "invalidtoken", "Invalid token - token not found")
        if self.goes_wrong("maintenance"):
            text = "The site is undergoing maintenance and is currently not available"
            raise Refused("core\\exception\\moodle_exception", "sitemaintenance", text)
        if self.goes_wrong("service-disabled"):
            raise access()
        if self.goes_wrong("user-suspended"):
            text = "Refused web service access for suspended username: scormpack"
            raise Refused("core\\exception\\moodle_exception", "wsaccessusersuspended", text)
        return self.tokens.get(token, False)

    def _whole(self, work: Callable[[], Any]) -> Any:
        """A load, with what may come between."""
        if self.goes_wrong("cut-before-put"):
            raise Cut
        if self.goes_wrong("busy"):
            raise refusal("busy")
        if self.goes_wrong("too-large"):
            raise refusal("toolarge", "64.0 MB")
        if self.goes_wrong("no-room"):
            raise refusal("noroom")
        with self._lock:
            before = {each.id: dict(each.activities) for each in self.courses.values()}
            drafts = dict(self.drafts)
            answer = work()
            for name, code in (("restored", "restored"), ("not-restored", "notrestored")):
                if not answer["dryrun"] and self.goes_wrong(name):
                    for each in self.courses.values():
                        each.activities = before[each.id]
                    self.drafts = drafts
                    raise refusal(code, "Error writing to database")
        if self.goes_wrong("cut-after-put"):
            raise Cut
        return answer

    def _site_info(self) -> dict[str, Any]:
        names = ["core_webservice_get_site_info", *FUNCTIONS]
        return {
            "sitename": "Moodle of a small agency",
            "username": "scormpack",
            "userid": 5,
            "siteurl": self.wwwroot or self.url,
            "functions": [{"name": name, "version": str(self.about["pluginversion"])} for name in names],
            "uploadfiles": 1,
            "downloadfiles": 0,
            "release": self.about["moodle"],
            "version": "2024100706",
            "usermaxuploadfilesize": self.about["maxbytes"],
        }

    def public(self) -> dict[str, Any]:
        """What the site tells everybody (tool_mobile_get_public_config), as far as anybody of ours looks."""
        return {
            "wwwroot": self.wwwroot or self.url,
            "httpswwwroot": self.wwwroot or self.url,
            "sitename": "Moodle of a small agency",
            "maintenanceenabled": int(self._faults.get("maintenance", 0) > 0),
            "enablewebservices": int(not self._faults.get("services-off", 0)),
            "enablemobilewebservice": 0,
        }

    def keep(self, token: str, files: list[bytes], itemid: int) -> Any:
        """The answer to an upload, or `Refused`."""
        self.calls.append(("upload", {"itemid": str(itemid), "files": str(len(files))}))
        self._authenticate(token)
        if self.goes_wrong("no-uploads"):
            raise access()
        if self.goes_wrong("over-php-limit"):
            text = "The file is larger than the maximum size allowed."
            raise Refused("core\\exception\\moodle_exception", "upload_error_ini_size", text)
        if self.goes_wrong("disk-full"):
            text = (
                "Cannot create local file pool file. Please verify permissions in dataroot and available disk space."
            )
            raise Refused("file_exception", "storedfilecannotcreatefile", text)
        if any(len(file) > self.about["maxbytes"] for file in files) or self.goes_wrong("over-limit"):
            return [{"filename": "package.zip", "errortype": "fileoversized", "error": "[[maxbytes]]"}]
        with self._lock:
            itemid = itemid or self._number()
            self.drafts.setdefault(itemid, []).extend(files)
        if self.goes_wrong("cut-after-upload"):
            raise Cut
        return [_draft(itemid, file) for file in files]

    def _number(self) -> int:
        with self._lock:
            self._last += 1
            return self._last

    # What the plugin does.

    def _find(self, given: dict[str, Any], allowed: bool) -> Course:
        course = self._named(given)
        if not allowed:
            text = (
                "Sorry, but you do not currently have permissions to do that (Load training packages into a course)."
            )
            raise Refused("core\\exception\\required_capability_exception", "nopermissions", text)
        return course

    def _named(self, given: dict[str, Any]) -> Course:
        number, idnumber = given["courseid"], given["courseidnumber"]
        found = [
            each for each in self.courses.values() if each.id == number or (idnumber and each.idnumber == idnumber)
        ]
        if (number == 0) == (idnumber == "") or len(found) != 1:
            raise refusal("nocourse")
        return found[0]

    def get_site(self, given: dict[str, Any], allowed: bool) -> dict[str, Any]:
        """The function of the plugin."""
        course = self._named(given) if given["courseid"] or given["courseidnumber"] else None
        now = int(time.time()) + self.clock_ahead
        return {
            **self.about,
            "cronlast": 0 if self.cron_ago is None else now - self.cron_ago,
            "coursecompletion": self.about["completion"] and (course is None or course.completion),
            "allowed": bool(course and allowed),
            "course": course.fullname if course else "",
            "courseid": course.id if course else 0,
            "time": now,
        }

    def put_package(self, given: dict[str, Any], allowed: bool) -> dict[str, Any]:
        """The function of the plugin."""
        course = self._find(given, allowed)
        asked = _settings(given["settings"])
        found = self._ours(course, given["package"])
        sent = None
        if given["draftitemid"] or not given["dryrun"]:
            sent = self._package(given)
        if given["section"] >= course.sections:
            raise refusal("nosuchsection", given["section"])
        standard = sent.standard if sent else found.standard if found else ""
        wanted = {"completion": "passed" if standard == "2004" else "either", "display": "window", **asked}
        visible = wanted.pop("visible", "1") == "1"
        answer = self._plan(course, found, sent, given, wanted)
        if not given["dryrun"] and answer["action"] != "same":
            assert sent is not None
            self._load(course, found, sent, given, wanted, visible, answer)
        if not given["dryrun"]:
            del self.drafts[given["draftitemid"]]
        return answer

    def _ours(self, course: Course, package: str) -> Activity | None:
        found = [each for each in course.activities.values() if each.package == package]
        if len(found) > 1:
            raise refusal("twice", package)
        return found[0] if found else None

    def _package(self, given: dict[str, Any]) -> Package:
        files = self.drafts.get(given["draftitemid"], [])
        if len(files) != 1:
            raise refusal("notone", len(files))
        if hashlib.sha256(files[0]).hexdigest() != given["sha256"].lower():
            raise refusal("wrongbytes")
        package = read_package(files[0])
        if package.identifier != given["package"]:
            raise refusal("notours", package.identifier)
        return package

    def _plan(
        self,
        course: Course,
        found: Activity | None,
        sent: Package | None,
        given: dict[str, Any],
        wanted: dict[str, str],
    ) -> dict[str, Any]:
        same = found is not None and found.sha256 == given["sha256"].lower()
        named = bool(given["name"]) and found is not None and given["name"] != found.name
        other = found is not None and (named or wanted != found.settings)
        action = "new" if found is None else "update" if not same else "settings" if other else "same"
        progress, why = _progress(found, sent, action)
        rule = found is not None and found.settings["completion"] != wanted["completion"]
        anew = "The rule for completion changes, so Moodle works out anew who has completed the activity."
        old = found.version if found else ""
        return {
            "action": action,
            "dryrun": given["dryrun"],
            "cmid": found.cmid if found else 0,
            "courseid": course.id,
            "section": found.section if found else max(0, given["section"]),
            "name": found.name if found else given["name"] or (sent.title if sent else ""),
            "standard": sent.standard if sent else found.standard if found else "",
            "version": sent.version if sent else old if same else "",
            "oldversion": old,
            "oldsha256": found.sha256 if found else "",
            "progress": progress,
            "why": why,
            "learners": found.learners if found else 0,
            "partway": found.partway if found else 0,
            "inside": found.inside if found else 0,
            "changedbyhand": found.changedbyhand if found else False,
            "url": self._url(found.cmid) if found else "",
            "warnings": [anew] if found and rule and found.learners else [],
        }

    def _load(
        self,
        course: Course,
        found: Activity | None,
        sent: Package,
        given: dict[str, Any],
        wanted: dict[str, str],
        visible: bool,
        answer: dict[str, Any],
    ) -> None:
        cmid = found.cmid if found else self._number()
        fresh = answer["action"] in ("new", "update")
        lost = answer["progress"] == "lost"
        course.activities[cmid] = Activity(
            cmid=cmid,
            package=sent.identifier,
            name=given["name"] or (found.name if found else sent.title),
            section=answer["section"],
            visible=found.visible if found else visible,
            standard=sent.standard,
            version=sent.version,
            sha256=given["sha256"].lower(),
            since=int(time.time()) + self.clock_ahead if fresh or found is None else found.since,
            items=sent.items,
            settings=wanted,
            learners=found.learners if found and not lost else 0,
            partway=found.partway if found and not lost else 0,
            inside=found.inside if found and not lost else 0,
            results=found.results if found and not lost else [],
        )
        answer |= {"cmid": cmid, "name": course.activities[cmid].name, "url": self._url(cmid)}

    def _url(self, cmid: int) -> str:
        return f"{self.wwwroot or self.url}/mod/scorm/view.php?id={cmid}"

    def get_packages(self, given: dict[str, Any], allowed: bool) -> dict[str, Any]:
        """The function of the plugin."""
        course = self._find(given, allowed)
        packages = [
            {name: getattr(each, name) for name in LISTED}
            | {"completion": each.settings["completion"], "url": self._url(each.cmid)}
            for each in course.activities.values()
        ]
        return {"courseid": course.id, "course": course.fullname, "packages": packages}

    def get_results(self, given: dict[str, Any], allowed: bool) -> dict[str, Any]:
        """The function of the plugin."""
        course = self._find(given, allowed)
        if not 1 <= given["limit"] <= 2000 or not re.fullmatch(r"(after-\d+)?", given["after"]):
            raise invalid()
        wanted = [each for each in course.activities.values() if given["package"] in ("", each.package)]
        if given["package"] and not wanted:
            raise refusal("nosuchpackage", given["package"])
        rows = [row | {"package": each.package, "cmid": each.cmid} for each in wanted for row in each.results]
        begin = int(given["after"].removeprefix("after-") or 0)
        end = begin + given["limit"]
        return {"results": rows[begin:end], "next": f"after-{end}" if end < len(rows) else ""}

    def remove_package(self, given: dict[str, Any], allowed: bool) -> dict[str, Any]:
        """The function of the plugin."""
        course = self._find(given, allowed)
        found = self._ours(course, given["package"])
        if found is None:
            raise refusal("nosuchpackage", given["package"])
        if found.learners and not given["evenwithattempts"]:
            raise refusal("hasattempts", found.learners)
        del course.activities[found.cmid]
        return {"removed": True, "cmid": found.cmid, "learners": found.learners}


_PLAIN = {"package", "sha256"}  # of which Moodle takes letters, digits, hyphens and underscores
_COURSE: dict[str, tuple[type, object]] = {"courseid": (int, None), "courseidnumber": (str, None)}
_ASKED: dict[str, tuple[type, object]] = {"courseid": (int, 0), "courseidnumber": (str, "")}

# Each function: its parameters, each with a type and what it is where it is not given (None: it has to be given).
FUNCTIONS: dict[str, tuple[dict[str, tuple[type, object]], Callable[[Site, dict[str, Any], bool], Any]]] = {
    "local_scormpack_get_site": (_ASKED, Site.get_site),
    PUT: (
        {
            **_COURSE,
            "package": (str, None),
            "draftitemid": (int, None),
            "sha256": (str, None),
            "section": (int, -1),
            "name": (str, ""),
            "settings": (list, []),
            "dryrun": (bool, False),
        },
        Site.put_package,
    ),
    "local_scormpack_get_packages": (_COURSE, Site.get_packages),
    "local_scormpack_get_results": (
        {**_COURSE, "package": (str, ""), "after": (str, ""), "limit": (int, 500)},
        Site.get_results,
    ),
    "local_scormpack_remove_package": (
        {**_COURSE, "package": (str, None), "evenwithattempts": (bool, False)},
        Site.remove_package,
    ),
}


def _parameters(given: dict[str, str], names: dict[str, tuple[type, object]]) -> dict[str, Any]:
    """The parameters, as Moodle reads them: what is unknown, missing or of another type is refused."""
    if {name.partition("[")[0] for name in given} - set(names):
        raise invalid()
    return {name: _value(given, name, kind, default) for name, (kind, default) in names.items()}


def _value(given: dict[str, str], name: str, kind: type, default: object) -> Any:
    if kind is list:
        return _list(given, name)
    if name not in given:
        if default is None:
            raise invalid()
        return default
    text = given[name]
    if name in _PLAIN and not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        raise invalid()
    if (kind is bool and text not in ("0", "1")) or (kind is int and not re.fullmatch(r"0|-?[1-9]\d*", text)):
        raise invalid()
    return kind(int(text)) if kind is bool else kind(text)


def _list(given: dict[str, str], name: str) -> list[dict[str, str]]:
    """What PHP makes of `settings[0][name]=…`."""
    rows: dict[str, dict[str, str]] = {}
    for key, value in given.items():
        if key.partition("[")[0] == name:
            found = re.fullmatch(rf"{name}\[(\d+)\]\[(name|value)\]", key)
            if not found:
                raise invalid()
            rows.setdefault(found[1], {})[found[2]] = value
    if any(set(row) != {"name", "value"} for row in rows.values()):
        raise invalid()
    return list(rows.values())


def _settings(rows: list[dict[str, str]]) -> dict[str, str]:
    """The settings that were asked for."""
    asked: dict[str, str] = {}
    for row in rows:
        if row["value"] not in CHOICES.get(row["name"], set()) or row["name"] in asked:
            raise refusal("badsetting", f"{row['name']}={row['value']}")
        asked[row["name"]] = row["value"]
    return asked


def _progress(found: Activity | None, sent: Package | None, action: str) -> tuple[str, str]:
    """What becomes of learners' progress, and why."""
    if found is None or not found.learners:
        return "none", ""
    if action == "update" and sent is None:
        return "stays", "Whether progress stays was not looked at, because the package was not sent."
    if sent is not None and sent.standard != found.standard:
        return (
            "lost",
            "The new version follows another standard, SCORM 1.2 or SCORM 2004, than the one that is there.",
        )
    if sent is not None and (gone := sorted(found.items - sent.items)):
        text = "Learners have progress in parts that the new version no longer has: "
        return "lost", text + ", ".join(gone)
    return "stays", ""


def read_package(file: bytes) -> Package:
    """What the plugin reads of a package, or its refusal."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            if "imsmanifest.xml" not in archive.namelist():
                raise refusal("nomanifest")
            root = ElementTree.fromstring(archive.read("imsmanifest.xml"))
    except zipfile.BadZipFile:
        raise refusal("notazip") from None
    except ElementTree.ParseError as error:
        raise refusal("badmanifest", error) from None
    if not root.get("version"):
        raise refusal("noversion")
    schema = root.findtext(".//{*}schemaversion", "")
    if schema not in STANDARDS:
        raise refusal("badstandard", schema)
    items = frozenset(each.get("identifier", "") for each in root.iterfind(".//{*}item[@identifierref]"))
    title = root.findtext(".//{*}organization/{*}title", "")
    return Package(root.get("identifier", ""), root.get("version", ""), STANDARDS[schema], title, items)


def _draft(itemid: int, file: bytes) -> dict[str, Any]:
    """What upload.php says of a file that it has taken."""
    return {
        "component": "user",
        "contextid": 25,
        "userid": "5",
        "filearea": "draft",
        "filename": "package.zip",
        "filepath": "/",
        "itemid": itemid,
        "license": "unknown",
        "author": "Service User",
        "source": 'O:8:"stdClass":1:{s:6:"source";s:11:"package.zip";}',
        "filesize": len(file),
    }


LOGIN_PAGE = b"<!DOCTYPE html><html><title>Sign in</title><form><input type=password></form></html>"


class Handler(BaseHTTPRequestHandler):
    """Reads requests as PHP does, and writes answers as Moodle does."""

    protocol_version = "HTTP/1.1"
    site: Site
    error_content_type = "text/html"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
        """Nothing: tests look at `Site.requests`."""

    def do_GET(self) -> None:
        """A page: none of the services takes it."""
        self._keep()
        self._send(200, "text/html; charset=utf-8", LOGIN_PAGE)

    def do_POST(self) -> None:
        """One of the services."""
        self._keep()
        path = self.path.partition("?")[0]
        try:
            if path == UPLOAD and self.site.goes_wrong("cut-at-upload"):
                self.rfile.read(1)
                raise Cut
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.site.seen(body)
            if not self._in_front(path):
                self._answer(path, body)
        except Cut:
            self.close_connection = True
            self.connection.close()

    def _keep(self) -> None:
        self.site.requests.append((self.command, self.path, dict(self.headers.items())))

    def _in_front(self, path: str) -> bool:
        """What answers before Moodle does, if anything."""
        wrong = self.site.goes_wrong
        if wrong("slow"):
            self.site.ended.wait()
            raise Cut
        if wrong("redirect"):
            self._send(303, "text/html", b"", {"Location": "https://elsewhere.example" + self.path})
        elif wrong("gateway"):
            self._send(502, "text/html", b"<html><h1>502 Bad Gateway</h1></html>")
        elif wrong("login-page"):
            self._send(200, "text/html; charset=utf-8", LOGIN_PAGE)
        elif path == UPLOAD and wrong("over-proxy-limit"):
            self._send(413, "text/html", b"<html><h1>413 Request Entity Too Large</h1></html>")
        elif wrong("huge-answer"):
            send_without_end(self, self.site.ended)
        else:
            return False
        return True

    def _answer(self, path: str, body: bytes) -> None:
        if path == PUBLIC:
            public = [{"error": False, "data": self.site.public()}]
            self._send(200, "application/json; charset=utf-8", json.dumps(public).encode())
        elif path == REST:
            self._rest(dict(parse_qsl(body.decode(), keep_blank_values=True)))
        elif path == UPLOAD:
            self._upload(body)
        else:
            self._send(404, "text/html", b"<html><h1>Not Found</h1></html>")

    def _rest(self, given: dict[str, str]) -> None:
        if self.site.goes_wrong("services-off"):
            self._send(403, "text/html; charset=utf-8", b"")
            return
        token, function = given.pop("wstoken", ""), given.pop("wsfunction", "")
        if given.pop("moodlewsrestformat", "xml") != "json":
            self._send(200, "application/xml; charset=utf-8", b'<?xml version="1.0" encoding="UTF-8" ?>\n<RESPONSE/>')
            return
        try:
            answer = self.site.call(function, given, token)
        except Refused as refused:
            answer = refused.answer
        self._send_json(answer, "application/json")

    def _upload(self, body: bytes) -> None:
        kind = "text/plain; charset=utf-8"
        fields, files = _parts(self.headers.get("Content-Type", ""), body)
        try:
            if "token" not in fields or self.site.goes_wrong("over-post-limit"):
                kind = "application/json; charset=utf-8"
                text = "A required parameter (token) was missing"
                raise Refused("core\\exception\\moodle_exception", "missingparam", text)
            answer = self.site.keep(fields["token"], files, int(fields.get("itemid", "0")))
        except Refused as refused:
            nothing = dict.fromkeys(("stacktrace", "debuginfo", "reproductionlink"))
            answer = {"error": refused.answer["message"], "errorcode": refused.answer["errorcode"], **nothing}
        self._send_json(answer, kind)

    def _send_json(self, answer: object, kind: str) -> None:
        body = json.dumps(answer).encode()
        if self.site.goes_wrong("other-answer"):
            body = b'{"something": ["else"]}'
        if self.site.goes_wrong("warning-first"):
            body = b"<br />\n<b>Warning</b>: Undefined variable $x in <b>lib.php</b> on line <b>1</b><br />\n" + body
        if self.site.goes_wrong("cut-answer"):
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            raise Cut
        self._send(200, kind, body)

    def _send(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _parts(kind: str, body: bytes) -> tuple[dict[str, str], list[bytes]]:
    """The fields and the files of a form that was sent in parts."""
    fields: dict[str, str] = {}
    files = []
    boundary = re.search(r'boundary="?([^";]+)', kind)
    assert boundary, "the upload is not multipart/form-data"
    for part in body.split(b"--" + boundary[1].encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = re.search(rb'\bname="([^"]*)"', head)
        assert name, "a part of the upload has no name"
        if b"filename=" in head:
            files.append(content.removesuffix(b"\r\n"))
        else:
            fields[name[1].decode()] = content.removesuffix(b"\r\n").decode()
    return fields, files


@contextmanager
def moodle() -> Iterator[Site]:
    """A site on a free port of this machine, for as long as the block lasts."""
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"site": site}))
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
