"""What a package asks to be opened, and what its platform has to tell it."""

from __future__ import annotations

from inspection.misbehaving import stranger
from scormpack.inspect.opening import read_manifest
from scormpack.package import Entry, Package

SEQUENCED = b"""<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations><organization><item identifierref="R"><title>T</title><imsss:sequencing><imsss:objectives>
    <imsss:primaryObjective objectiveID="whole"/><imsss:objective objectiveID="one"/><imsss:objective/>
    <imsss:objective objectiveID="one"/><imsss:objective objectiveID="two"/>
  </imsss:objectives></imsss:sequencing></item></organization></organizations>
  <resources><resource identifier="R" href="start.html"/></resources>
</manifest>"""


def test_the_objectives_of_the_manifest_are_there_when_the_course_begins() -> None:
    opening = read_manifest(Package.of("a.zip", [Entry("imsmanifest.xml", SEQUENCED)]), "scorm2004")
    assert opening.elements == {f"cmi.objectives.{n}.id": name for n, name in enumerate(("whole", "one", "two"))}


def test_an_asset_need_not_speak() -> None:
    assert [read_manifest(stranger(kind=kind), "scorm12").is_asset for kind in ("sco", "asset")] == [False, True]
