"""Packages as other makers make them, one of each kind, and one of ours: small, and right as far as they go."""

from __future__ import annotations

from typing import Final

PAGE: Final = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Washing hands</title>
<link rel="stylesheet" href="css/style.css"><script src="js/api.js"></script>
</head><body onload="start()"><h1>Washing hands</h1>
<p>Wet them, <b>soap</b> them, <a href="two.html?x=1#top">go on</a>.</p>
<img src="media/hands.png" srcset="media/hands.png 1x, media/large.png 2x" alt="Hands">
<video controls poster="media/hands.png"><source src="media/film.mp4" type="video/mp4"></video>
<form><label>Name <input name="a" onchange="x()"></label></form>
<script>var n = 0; function start() { if (n < 1 && window.API) { API.LMSInitialize(""); } }</script>
</body></html>
"""
COMMON: Final = {
    "index.html": PAGE,
    "two.html": b"<html><head><title>Two</title></head><body><p>Two</p></body></html>",
    "css/style.css": b"@import 'more.css'; body { background: url(../media/hands.png) }",
    "js/api.js": b"function find(w) { return w.API || (w.parent !== w && find(w.parent)); }\n" * 20,
    "media/hands.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "media/film.mp4": b"\0\0\0\x18ftypmp42" + bytes(300),
}
SCORM_12: Final = b"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="com.example.hands" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="org"><organization identifier="org"><title>Hands</title>
    <item identifier="one" identifierref="r1"><title>One</title><adlcp:masteryscore>80</adlcp:masteryscore></item>
    <item identifier="more"><title>More</title>
      <item identifier="two" identifierref="r2" parameters="?a=1"><title>Two</title></item></item>
  </organization></organizations>
  <resources>
    <resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="index.html">
      <file href="index.html"/><file href="js/api.js"/><dependency identifierref="shared"/></resource>
    <resource identifier="r2" type="webcontent" adlcp:scormtype="asset" href="two.html">
      <file href="two.html"/></resource>
    <resource identifier="shared" type="webcontent" adlcp:scormtype="asset" xml:base="media/">
      <file href="hands.png"/><file href="film.mp4"/></resource>
  </resources>
</manifest>
"""
SCORM_2004: Final = b"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="hands" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
  xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations default="org"><organization identifier="org" adlseq:objectivesGlobalToSystem="false">
    <title>Hands</title>
    <item identifier="one" identifierref="r1"><title>One</title>
      <adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="1.0"/>
      <imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true">
        <imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>
      </imsss:sequencing>
      <adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>continue</adlnav:hideLMSUI>
      </adlnav:navigationInterface></adlnav:presentation></item>
    <imsss:sequencing IDRef="s"/>
  </organization></organizations>
  <resources><resource identifier="r1" type="webcontent" adlcp:scormType="sco" href="index.html">
    <file href="index.html"/><file href="media/hands.png"/></resource></resources>
  <imsss:sequencingCollection><imsss:sequencing ID="s"><imsss:controlMode choice="true" flow="true"/>
  </imsss:sequencing></imsss:sequencingCollection>
</manifest>
"""
TINCAN: Final = b"""<?xml version="1.0" encoding="utf-8"?>
<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>
  <activity id="http://example.org/hands" type="http://adlnet.gov/expapi/activities/course">
    <name lang="en">Hands</name><description lang="en">Washing them</description>
    <launch lang="en">index.html</launch></activity>
  <activity id="http://example.org/hands/q1" type="http://adlnet.gov/expapi/activities/cmi.interaction">
    <name>One</name></activity>
</activities></tincan>
"""
CMI5: Final = b"""<?xml version="1.0" encoding="utf-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="http://example.org/course"><title><langstring lang="en">Hands</langstring></title>
    <description><langstring lang="en">Washing</langstring></description></course>
  <block id="http://example.org/block"><title><langstring lang="en">B</langstring></title>
    <description><langstring lang="en">B</langstring></description>
    <au id="http://example.org/au" moveOn="Passed" masteryScore="0.8" launchMethod="AnyWindow">
      <title><langstring lang="en">A</langstring></title>
      <description><langstring lang="en">A</langstring></description>
      <url>index.html?pc=1</url><launchParameters>x</launchParameters></au></block>
</courseStructure>
"""
OURS: Final = PAGE.replace(b"<title>", b'<meta name="generator" content="scormpack"><title>')

STRANGERS: Final[dict[str, dict[str, bytes]]] = {
    "web": COMMON,
    "scorm12": {"imsmanifest.xml": SCORM_12, **COMMON},
    "scorm2004": {"imsmanifest.xml": SCORM_2004, **COMMON},
    "xapi": {"tincan.xml": TINCAN, **COMMON},
    "cmi5": {"cmi5.xml": CMI5, **COMMON},
    "all": {"imsmanifest.xml": SCORM_12, "tincan.xml": TINCAN, "cmi5.xml": CMI5, **COMMON},
    "ours": {"imsmanifest.xml": SCORM_12, "cmi5.xml": CMI5, **COMMON, "index.html": OURS},
    "folder": {f"course/{path}": data for path, data in {"imsmanifest.xml": SCORM_12, **COMMON}.items()},
}
