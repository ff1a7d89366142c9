"""A package of two small files that does the least a course does, to try the platforms and their drivers."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Frame, expect


class Course(Protocol):
    """What a platform's test plays."""

    @property
    def title(self) -> str:
        """What the course is called."""

    @property
    def package(self) -> Path:
        """The package file."""

    @property
    def score(self) -> float:
        """The score `play` reaches, of a hundred."""

    def play(self, frame: Frame) -> None:
        """Take the course, from its first page to a pass, and end the session."""

    def resumed(self, frame: Frame) -> None:
        """Check that the course, launched again, is where it was left."""


MANIFEST_12 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="probe" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
          xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>Probe</title>
      <item identifier="item" identifierref="sco"><title>Probe</title></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="sco" type="webcontent" adlcp:scormtype="sco" href="index.html">
      <file href="index.html"/><file href="probe.js"/>
    </resource>
  </resources>
</manifest>
"""

MANIFEST_2004 = (
    MANIFEST_12.replace("http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.imsglobal.org/xsd/imscp_v1p1")
    .replace("http://www.adlnet.org/xsd/adlcp_rootv1p2", "http://www.adlnet.org/xsd/adlcp_v1p3")
    .replace("<schemaversion>1.2<", "<schemaversion>2004 4th Edition<")
    .replace("scormtype", "scormType")
)

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Probe</title>
<meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:">
<script src="probe.js" defer></script></head>
<body><p id="bookmark"></p><button id="pass" disabled>Pass</button></body></html>
"""

SCRIPT = """"use strict";
const names = {
  "1.2": {
    api: "API", start: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", save: "LMSCommit",
    // wagtail-lms has no LMSFinish: it calls it LMSTerminate.
    end: ["LMSFinish", "LMSTerminate"],
    status: ["cmi.core.lesson_status", "incomplete"], raw: "cmi.core.score.raw",
    done: [["cmi.core.lesson_status", "passed"]],
  },
  "2004": {
    api: "API_1484_11", start: "Initialize", get: "GetValue", set: "SetValue", save: "Commit",
    end: ["Terminate"],
    status: ["cmi.completion_status", "incomplete"], raw: "cmi.score.raw",
    done: [
      ["cmi.score.scaled", "0.8"], ["cmi.completion_status", "completed"], ["cmi.success_status", "passed"],
    ],
  },
}["EDITION"];

function find(from) {
  for (let at = from; ; at = at.parent) {
    if (at[names.api]) return at[names.api];
    if (at === at.parent) return null;
  }
}

function start(api) {
  api[names.start]("");
  const kept = String(api[names.get]("cmi.suspend_data"));
  document.getElementById("bookmark").textContent = kept;
  if (kept === "") {
    api[names.set](...names.status);
    api[names.save]("");
  }
  const button = document.getElementById("pass");
  button.addEventListener("click", () => {
    api[names.set](names.raw, "80");
    api[names.set]("cmi.suspend_data", "page=3");
    for (const [name, value] of names.done) api[names.set](name, value);
    api[names.save]("");
    api[names.end.find((name) => typeof api[name] === "function")]("");
    document.getElementById("bookmark").textContent = "passed";
  });
  button.disabled = false;
}

// Open edX makes its API when the page around the package is complete, which may be after the package is.
const waiting = setInterval(() => {
  const api = find(window);
  if (api) {
    clearInterval(waiting);
    start(api);
  }
}, 50);
"""


@dataclass(frozen=True)
class Probe:
    """The hand-made course, written as `package` in one edition of SCORM."""

    package: Path
    edition: str
    score: float = 80

    @property
    def title(self) -> str:
        """What the course is called."""
        return f"Probe of {self.edition}"

    def write(self) -> Probe:
        """Make the package file."""
        manifest = MANIFEST_12 if self.edition == "1.2" else MANIFEST_2004
        with zipfile.ZipFile(self.package, "w") as archive:
            archive.writestr("imsmanifest.xml", manifest)
            archive.writestr("index.html", PAGE)
            archive.writestr("probe.js", SCRIPT.replace("EDITION", self.edition))
        return self

    def play(self, frame: Frame) -> None:
        """Pass."""
        expect(frame.locator("#bookmark")).to_have_text("")
        frame.click("#pass")
        expect(frame.locator("#bookmark")).to_have_text("passed")

    def resumed(self, frame: Frame) -> None:
        """See the bookmark."""
        expect(frame.locator("#bookmark")).to_have_text("page=3")
