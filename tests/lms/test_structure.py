"""Courses as cmi5.xml describes them."""

from __future__ import annotations

import re

import pytest

from scormpack.lms import Block, Course, Unit, read_course
from scormpack.package import Entry, Package

WHOLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE courseStructure [<!ENTITY known "from-inside">]>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id=" https://content.example/course "><title/></course>
  <objectives><objective id="https://content.example/objective"/></objectives>
  <au id="https://content.example/plain"><url> plain.html </url></au>
  <block id="https://content.example/outer">
    <title/>
    <block id="https://content.example/inner">
      <au id="https://content.example/full" moveOn="CompletedAndPassed" masteryScore="0.75" launchMethod="OwnWindow">
        <url>full/index.html?a=1</url>
        <launchParameters> b </launchParameters>
        <entitlementKey>key</entitlementKey>
      </au>
    </block>
    <au id="https://content.example/last" moveOn=" Passed "><url>&known;</url></au>
  </block>
</courseStructure>
"""
PLAIN = Unit("https://content.example/plain", "NotApplicable", url="plain.html")
FULL = Unit(
    "https://content.example/full", "CompletedAndPassed", 0.75, "b", "key", "OwnWindow", url="full/index.html?a=1"
)
LAST = Unit("https://content.example/last", "Passed", url="")  # entities are left alone
INNER = Block("https://content.example/inner", (FULL,))
OUTER = Block("https://content.example/outer", (INNER, LAST))
COURSE = Course("https://content.example/course", (PLAIN, OUTER))


def described(text: str) -> Package:
    return Package.of("course", [Entry("cmi5.xml", text.encode())])


def test_a_course_is_read_from_its_package() -> None:
    assert read_course(described(WHOLE)) == COURSE


@pytest.mark.parametrize(
    ("package", "problem"),
    [
        (Package.of("empty", []), "the package has no cmi5.xml"),
        (described("<courseStructure/>"), "cmi5.xml names no course"),
        (described("<courseStructure>"), "cmi5.xml is not XML: "),
        (described(WHOLE.replace("0.75", "most")), "cmi5.xml: masteryScore is no number: most"),
        (described(WHOLE.replace("0.75", "NaN")), "cmi5.xml: masteryScore is no number: NaN"),
        (
            described(WHOLE.replace("CompletedAndPassed", "Sometimes")),
            "cmi5.xml: moveOn is not one of NotApplicable, Passed, Completed, CompletedAndPassed, "
            "CompletedOrPassed: Sometimes",
        ),
    ],
)
def test_a_package_that_describes_no_course(package: Package, problem: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(problem)}"):
        read_course(package)


def test_every_part_comes_before_what_it_is_a_part_of() -> None:
    assert list(COURSE.inside_out()) == [PLAIN, FULL, INNER, LAST, OUTER, COURSE]
    assert COURSE.units == [PLAIN, FULL, LAST]


def test_a_unit_alone_is_a_course_of_one() -> None:
    assert Course.of_one(PLAIN) == Course("https://content.example/plain/course", (PLAIN,))
