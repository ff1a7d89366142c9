"""Small packages as other makers' tools make them: right ones of every kind, to spoil one thing at a time."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from paths import ROOT

ANYBODYS: Final = ROOT / "schemas" / "xsd" / "any"
Files = Mapping[str, str | bytes]

PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Clean hands</title>
<link rel="stylesheet" href="course.css">
</head>
<body>
<h1>Clean hands</h1>
<p><img src="hands.png" alt="Two hands under a tap"></p>
<script src="course.js"></script>
</body>
</html>
"""
STYLE: Final = "body { background: url(hands.png); }\n"
PICTURE: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def _script(name: str, initialize: str, get: str, set_: str, commit: str, finish: str, status: str) -> str:
    return f"""// Looks for the platform, as RTE 3.3.1 describes it.
function find(win) {{
  for (var tries = 0; tries < 7 && win; tries += 1) {{
    if (win.{name}) return win.{name};
    if (win.parent === win) return win.opener ? find(win.opener) : null;
    win = win.parent;
  }}
  return null;
}}
var api = find(window);
if (api) {{
  api.{initialize}("");
  if (api.{get}("{status}") !== "completed") api.{set_}("{status}", "completed");
  api.{commit}("");
  window.addEventListener("pagehide", function () {{ api.{finish}(""); }});
}}
"""


SCRIPT_12: Final = _script(
    "API", "LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSFinish", "cmi.core.lesson_status"
)
SCRIPT_2004: Final = _script(
    "API_1484_11", "Initialize", "GetValue", "SetValue", "Commit", "Terminate", "cmi.completion_status"
)

MANIFEST_12: Final = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="hands" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd
    http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="org">
    <organization identifier="org">
      <title>Clean hands</title>
      <item identifier="item" identifierref="sco">
        <title>Clean hands</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="sco" type="webcontent" adlcp:scormtype="sco" href="index.html">
      <file href="index.html"/>
      <file href="course.css"/>
      <file href="course.js"/>
      <file href="hands.png"/>
    </resource>
  </resources>
</manifest>
"""


def manifest_2004(version: str) -> str:
    """The same course as a manifest of an edition of SCORM 2004."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="hands" version="1.0"
  xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
  xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd
    http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd
    http://www.adlnet.org/xsd/adlseq_v1p3 adlseq_v1p3.xsd
    http://www.adlnet.org/xsd/adlnav_v1p3 adlnav_v1p3.xsd
    http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>{version}</schemaversion>
  </metadata>
  <organizations default="org">
    <organization identifier="org">
      <title>Clean hands</title>
      <item identifier="item" identifierref="sco">
        <title>Clean hands</title>
      </item>
      <imsss:sequencing>
        <imsss:controlMode choice="true" flow="true"/>
      </imsss:sequencing>
    </organization>
  </organizations>
  <resources>
    <resource identifier="sco" type="webcontent" adlcp:scormType="sco" href="index.html">
      <file href="index.html"/>
      <file href="course.css"/>
      <file href="course.js"/>
      <file href="hands.png"/>
    </resource>
  </resources>
</manifest>
"""


TINCAN: Final = """<?xml version="1.0" encoding="utf-8"?>
<tincan xmlns="http://projecttincan.com/tincan.xsd">
  <activities>
    <activity id="https://training.example/hands" type="http://adlnet.gov/expapi/activities/course">
      <name lang="en-GB">Clean hands</name>
      <description lang="en-GB">When and how to wash hands.</description>
      <launch lang="en-GB">index.html</launch>
    </activity>
  </activities>
</tincan>
"""
SCRIPT_XAPI: Final = """var launch = new URLSearchParams(location.search);
var done = {
  actor: JSON.parse(launch.get("actor")),
  verb: { id: "http://adlnet.gov/expapi/verbs/completed", display: { en: "completed" } },
  object: { id: launch.get("activity_id") }
};
fetch(launch.get("endpoint") + "statements", {
  method: "POST",
  headers: {
    Authorization: launch.get("auth"),
    "X-Experience-API-Version": "1.0.3",
    "Content-Type": "application/json"
  },
  body: JSON.stringify(done)
});
"""
COURSE: Final = """<?xml version="1.0" encoding="utf-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="https://training.example/hands">
    <title><langstring lang="en-GB">Clean hands</langstring></title>
    <description><langstring lang="en-GB">When and how to wash hands.</langstring></description>
  </course>
  <au id="https://training.example/hands/unit" moveOn="Completed" launchMethod="AnyWindow">
    <title><langstring lang="en-GB">Clean hands</langstring></title>
    <description><langstring lang="en-GB">When and how to wash hands.</langstring></description>
    <url>index.html</url>
  </au>
</courseStructure>
"""
SCRIPT_CMI5: Final = """var launch = new URLSearchParams(location.search);
fetch(launch.get("fetch"), { method: "POST" })
  .then(function (answer) { return answer.json(); })
  .then(function (answer) {
    var asked = "activities/state?stateId=LMS.LaunchData&activityId=" + encodeURIComponent(launch.get("activityId"));
    return fetch(launch.get("endpoint") + asked + "&registration=" + launch.get("registration") +
      "&agent=" + encodeURIComponent(launch.get("actor")),
      { headers: { Authorization: "Basic " + answer["auth-token"], "X-Experience-API-Version": "1.0.3" } });
  });
"""
AICC: Final = {
    "hands.crs": (
        "[Course]\r\nCourse_ID=hands\r\nCourse_Title=Clean hands\r\nCourse_Creator=Somebody\r\n"
        "Course_System=By hand\r\nLevel=1\r\nMax_Fields_CST=2\r\nTotal_AUs=1\r\nTotal_Blocks=0\r\nVersion=3.0\r\n"
        "[Course_Behavior]\r\nMax_Normal=1\r\n[Course_Description]\r\nWhen and how to wash hands.\r\n"
    ),
    "hands.au": (
        '"system_id","command_line","file_name","core_vendor","type","max_score","mastery_score","max_time_allowed",'
        '"time_limit_action","system_vendor","web_launch","au_password"\r\n'
        '"A1","","index.html","","lesson","100","80","","","","",""\r\n'
    ),
    "hands.des": '"system_id","developer_id","title","description"\r\n"A1","hands","Clean hands","All of it."\r\n',
    "hands.cst": '"block","member"\r\n"root","A1"\r\n',
}
SCRIPT_AICC: Final = """var launch = new URLSearchParams(location.search.toLowerCase() === "" ? "" : location.search);
var body = "command=GetParam&version=4.0&session_id=" + encodeURIComponent(launch.get("aicc_sid"));
fetch(launch.get("aicc_url"), {
  method: "POST",
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
  body: body
});
"""


def _course(script: str, more: Files, schemas: str = "") -> dict[str, str | bytes]:
    """A page with what it needs, its descriptors, and the schemas of a standard, as it wants them in a package."""
    xsd = {file.name: file.read_bytes() for file in sorted((ANYBODYS / schemas).glob("*.xsd"))} if schemas else {}
    return {**more, **xsd, "index.html": PAGE, "course.css": STYLE, "course.js": script, "hands.png": PICTURE}


# By the kind that each is.
RIGHT: Final[Mapping[str, dict[str, str | bytes]]] = {
    "scorm12": _course(SCRIPT_12, {"imsmanifest.xml": MANIFEST_12}, "scorm12"),
    "scorm2004-2nd": _course(SCRIPT_2004, {"imsmanifest.xml": manifest_2004("CAM 1.3")}, "scorm2004"),
    "scorm2004-3rd": _course(SCRIPT_2004, {"imsmanifest.xml": manifest_2004("2004 3rd Edition")}, "scorm2004"),
    "scorm2004-4th": _course(SCRIPT_2004, {"imsmanifest.xml": manifest_2004("2004 4th Edition")}, "scorm2004"),
    "xapi": _course(SCRIPT_XAPI, {"tincan.xml": TINCAN}),
    "cmi5": _course(SCRIPT_CMI5, {"cmi5.xml": COURSE}),
    "aicc": _course(SCRIPT_AICC, AICC),
    "web": {**_course("", {}), "course.js": "document.title = document.title.trim();\n"},
}


def changed(kind: str, edits: Mapping[str, tuple[str, str] | str | bytes | None]) -> dict[str, str | bytes]:
    """The right package of `kind` with other words in its files, or other files: see `spoiled.Case`."""
    made = dict(RIGHT[kind])
    for file, edit in edits.items():
        if edit is None:
            del made[file]
        elif isinstance(edit, tuple):
            text, (old, new) = made[file], edit
            assert isinstance(text, str), file
            assert old in text, f"{file}: no {old!r}"
            made[file] = text.replace(old, new)
        else:
            made[file] = edit
    return made


def zipped(files: Files, file: Path) -> Path:
    """`file`, with these files in it."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file
