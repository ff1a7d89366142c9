"""Manifests of other makers: what is right in them has no finding, and each rule finds what is wrong, and no more."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from scormpack.batch import Built
from scormpack.check.package import STANDARDS
from scormpack.package import Entry, Package, read_zip

HEAD_12 = (
    '<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"'
    ' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:md="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">'
)
HEAD_2004 = (
    '<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"'
    ' xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"'
    ' xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
    ' xmlns:lom="http://ltsc.ieee.org/xsd/LOM">'
)
BODY = """
<metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
<organizations default="o">
<organization identifier="o">
<title>Course</title>
<item identifier="i" identifierref="r">
<title>Unit</title>
</item>
</organization>
</organizations>
<resources>
<resource identifier="r" type="webcontent" adlcp:{scormtype}="sco" href="a%20b.html?x=1#top">
<file href="a%20b.html"/>
<dependency identifierref="s"/>
</resource>
<resource identifier="s" type="webcontent" adlcp:{scormtype}="asset" xml:base="shared/">
<file href="style.css"/>
</resource>
</resources>
</manifest>
"""
VERSIONS = {"S12": "1.2", "2nd": "CAM 1.3", "3rd": "2004 3rd Edition", "4th": "2004 4th Edition"}
KINDS = {"S12": "scorm12", "2nd": "scorm2004-2nd", "3rd": "scorm2004-3rd", "4th": "scorm2004-4th"}
ALL, LATER = ("S12", "2nd", "3rd", "4th"), ("2nd", "3rd", "4th")
Edit = tuple[str, str]

ITEM = '<item identifier="i" identifierref="r">'
END = "</item>"
SCO = 'href="a%20b.html?x=1#top">'
PAGE = '<file href="a%20b.html"/>'
CLUSTER = (
    '<item identifier="i" identifierref="r">',
    '<item identifier="c"><title>Group</title><item identifier="i" identifierref="r">',
)


def add(words: str) -> Edit:
    """Put `words` behind the title of the unit."""
    return "<title>Unit</title>\n", f"<title>Unit</title>\n{words}"


def steps(words: str) -> Edit:
    """Give the unit a sequencing."""
    return add(f"<imsss:sequencing>{words}</imsss:sequencing>")


def group(words: str) -> tuple[Edit, Edit]:
    """Put the unit into a group with a sequencing."""
    return CLUSTER, (
        "</item>\n</organization>",
        f"</item><imsss:sequencing>{words}</imsss:sequencing></item>\n</organization>",
    )


def rule(kind: str, condition: str, action: str) -> str:
    """A sequencing rule with one condition."""
    conditions = f"<imsss:ruleConditions><imsss:ruleCondition {condition}/></imsss:ruleConditions>"
    done = f'{conditions}<imsss:ruleAction action="{action}"/>'
    name = f"imsss:{kind}ConditionRule"
    return f"<imsss:sequencingRules><{name}>{done}</{name}></imsss:sequencingRules>"


def rollup(condition: str, action: str, of: str = "") -> str:
    """A rollup rule with one condition."""
    return (
        f'<imsss:rollupRule {of}><imsss:rollupConditions><imsss:rollupCondition condition="{condition}"/>'
        f'</imsss:rollupConditions><imsss:rollupAction action="{action}"/></imsss:rollupRule>'
    )


def rollups(*rules: str) -> str:
    """Rollup rules together."""
    return f"<imsss:rollupRules>{''.join(rules)}</imsss:rollupRules>"


def shared(words: str) -> str:
    """A collection with one block, in place of the end of the resources."""
    block = f'<imsss:sequencing ID="b">{words}</imsss:sequencing>'
    return f"</resources><imsss:sequencingCollection>{block}</imsss:sequencingCollection>"


def draft_of_lom(term: str, word: str) -> str:
    """A term as the metadata of SCORM 1.2 has it."""
    source, value = (f"<md:langstring>{each}</md:langstring>" for each in ("LOMv1.0", word))
    return f"<md:{term}><md:source>{source}</md:source><md:value>{value}</md:value></md:{term}>"


def written(edition: str, *edits: Edit) -> bytes:
    head = HEAD_12 if edition == "S12" else HEAD_2004
    text = head + BODY.format(version=VERSIONS[edition], scormtype="scormtype" if edition == "S12" else "scormType")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.encode()


FILES = {
    "a b.html": b"<!doctype html><title>x</title>",
    "shared/style.css": b"",
    "Big.html": b"<p>",
    "a.pdf": b"%PDF",
}


def package(manifest: bytes, **more: bytes) -> Package:
    files = {"imsmanifest.xml": manifest, **FILES, **more}
    return Package.of("a.zip", [Entry(name, data) for name, data in files.items()])


# What every one of them says, and is not what the cases are about: the files that nobody lists, and the schemas.
ALWAYS = ("06", "09")


def found(edition: str, *edits: Edit, **more: bytes) -> list[str]:
    """Every finding, as `22 error: words`."""
    whole = package(written(edition, *edits), **more)
    findings = STANDARDS[KINDS[edition]].check(whole, is_ours=False)
    return [f"{each.code[4:]} {each.severity}: {each.message}" for each in findings if each.code[4:] not in ALWAYS]


@pytest.mark.parametrize("edition", ALL)
def test_what_is_right_has_no_finding(edition: str) -> None:
    assert found(edition) == []


GOOD: dict[str, tuple[tuple[str, ...], tuple[Edit, ...]]] = {
    "a page below a base": (ALL, ((PAGE, PAGE + '<file href="./shared/../Big.html"/>'),)),
    "a page that a dependency lists": (
        ALL,
        ((PAGE, ""), ('<file href="style.css"/>', '<file href="style.css"/><file href="../a%20b.html"/>')),
    ),
    "an asset on the web": (
        ALL,
        (
            (
                "</resources>",
                '<resource identifier="t" type="webcontent" adlcp:scorm{T}ype="asset" href="https://x.org/a.html"/>'
                "</resources>",
            ),
        ),
    ),
    "a heading without a page": (ALL, (CLUSTER, ("</item>\n</organization>", "</item></item>\n</organization>"))),
    "names of others": (ALL, (add('<x:more xmlns:x="urn:x" level="9"><x:deep/></x:more>'),)),
    "a hidden item without a title": (
        ALL,
        (
            (
                "</organization>",
                '<item identifier="j" identifierref="r" isvisible="false"/></organization>',
            ),
        ),
    ),
    "a comment about what is not there": (ALL, (("<metadata>", "<!-- &#233; <!DOCTYPE a> --><metadata>"),)),
    "a pass mark with a fraction": (("S12",), (add("<adlcp:masteryscore> 66.7 </adlcp:masteryscore>"),)),
    "no pass mark in its element": (("S12",), (add("<adlcp:masteryscore/>"),)),
    "a time limit": (
        ("S12",),
        (
            add(
                "<adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,message</adlcp:timelimitaction>"
            ),
        ),
    ),
    "a prerequisite": (
        ("S12",),
        (
            (
                "</organization>",
                '<item identifier="j" identifierref="r"><title>Two</title><adlcp:prerequisites type="aicc_script">'
                'i &amp; ~j | 1*{i,j} &amp; i="passed"</adlcp:prerequisites></item></organization>',
            ),
        ),
    ),
    "metadata": (
        ("S12",),
        (
            (
                "</schemaversion>",
                "</schemaversion><md:lom><md:educational>"
                + draft_of_lom("difficulty", "Very Easy")
                + "<md:typicallearningtime><md:datetime>PT1H30M</md:datetime></md:typicallearningtime>"
                "</md:educational></md:lom>",
            ),
        ),
    ),
    "a threshold in text": (("2nd", "3rd"), (add("<adlcp:completionThreshold>0.75</adlcp:completionThreshold>"),)),
    "a threshold in attributes": (("4th",), (add('<adlcp:completionThreshold minProgressMeasure="0.75"/>'),)),
    "a group to choose from": (LATER, group('<imsss:controlMode choice="true" flow="false"/>')),
    "a group that flows": (LATER, group('<imsss:controlMode choice="false" flow="true"/>')),
    "a shared block": (
        LATER,
        (
            add('<imsss:sequencing IDRef="b"/>'),
            (
                "</resources>\n",
                shared('<imsss:controlMode flow="true"/>'),
            ),
        ),
    ),
    "a shared block opens a group": (
        LATER,
        (
            CLUSTER,
            ("</item>\n</organization>", '</item><imsss:sequencing IDRef="b"/></item>\n</organization>'),
            (
                "</resources>\n",
                shared('<imsss:controlMode choice="false" flow="true"/>'),
            ),
        ),
    ),
    "a rule on an objective of its own": (
        LATER,
        (
            steps(
                rule("post", 'referencedObjective="p" condition="satisfied"', "exitAll")
                + '<imsss:objectives><imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true">'
                "<imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>"
            ),
        ),
    ),
    "a rollup of two": (
        LATER,
        group(rollups(rollup("completed", "completed", 'childActivitySet="atLeastCount" minimumCount="1"'))),
    ),
    "a date of LOM": (
        LATER,
        (
            (
                "</schemaversion>",
                "</schemaversion><lom:lom><lom:lifeCycle><lom:contribute><lom:date><lom:dateTime>2026-11-30T10:00:00.0Z</lom:dateTime></lom:date></lom:contribute></lom:lifeCycle></lom:lom>",
            ),
        ),
    ),
}


@pytest.mark.parametrize(("edition", "name"), [(each, name) for name in GOOD for each in GOOD[name][0]])
def test_what_anybody_may_write_has_no_finding(edition: str, name: str) -> None:
    assert found(edition, *(spelled(edition, each) for each in GOOD[name][1])) == []


BAD: dict[str, tuple[tuple[str, ...], tuple[Edit, ...], list[str]]] = {
    "no version in 1.2": (
        ("S12",),
        (("<schemaversion>1.2</schemaversion>", ""),),
        ["04 warning: `schemaversion` has to be exactly `1.2`"],
    ),
    "a version with a space": (
        ("4th",),
        (("2004 4th Edition<", "2004 4th Edition <"),),
        ["04 error: `schemaversion` has to be exactly `2004 4th Edition`"],
    ),
    "no schema": (ALL, (("<schema>ADL SCORM</schema>", ""),), ["39 warning: `schema` has to be exactly `ADL SCORM`"]),
    "a schema with a space": (
        ALL,
        (("<schema>ADL SCORM", "<schema>ADL  SCORM"),),
        ["39 warning: `schema` has to be exactly `ADL SCORM`"],
    ),
    "document type": (
        ("3rd",),
        (("<manifest ", "<!DOCTYPE manifest><manifest "),),
        ["02 warning: has a document type"],
    ),
    "numeric reference": (
        ("S12",),
        (("Unit", "Caf&#233;"),),
        ["02 warning: has numeric references, which Moodle does not read"],
    ),
    "a strange element": (
        ALL,
        (("<title>Course</title>", "<title>Course</title><titel>Cursus</titel>"),),
        ["03 error: *"],
    ),
    "a missing file": (
        ALL,
        ((PAGE, PAGE + '<file href="gone.html"/><file href="gone.html"/>'),),
        ["05 error: `gone.html` is not in the package"],
    ),
    "other capitals": (
        ALL,
        ((PAGE, PAGE + '<file href="big.html"/>'),),
        ["05 error: `big.html` is spelled `Big.html` in the package"],
    ),
    "reference to nothing": (ALL, (('identifierref="s"', 'identifierref="t"'),), ["07 error: `t` is not defined"]),
    "another default": (ALL, (('default="o"', 'default="r"'),), ["07 error: `r` is not defined"]),
    "no SCO": (
        ("S12",),
        (('adlcp:scormtype="sco"', 'adlcp:scormtype="asset"'),),
        ["08 warning: there is no SCO: a platform shows it and records nothing"],
    ),
    "an asset first": (
        ALL,
        (
            (
                "<resources>\n",
                '<resources>\n<resource identifier="t" type="webcontent" adlcp:scorm{T}ype="asset" href="Big.html">'
                '<file href="Big.html"/></resource>',
            ),
        ),
        ["08 warning: Open edX opens `t`, the first resource with a page, which is no SCO"],
    ),
    "the page is not listed": (
        ALL,
        ((PAGE, ""),),
        ["08 warning: the page that is opened is not among the files of its resource"],
    ),
    "an identifier twice": (
        ALL,
        (('<item identifier="i"', '<item identifier="o"'),),
        ["11 error: `o` is given twice"],
    ),
    "a backslash": (
        ALL,
        ((PAGE, PAGE + '<file href="shared\\style.css"/>'),),
        ["22 error: `shared\\style.css` has `\\` between folders"],
    ),
    "a path from the root": (
        ALL,
        ((PAGE, PAGE + '<file href="/Big.html"/>'),),
        ["22 error: `/Big.html` begins at the root of the platform"],
    ),
    "a path out of the package": (
        ALL,
        ((PAGE, PAGE + '<file href="../Big.html"/>'),),
        ["22 error: `../Big.html` leads out of the package"],
    ),
    "a file of the author's": (
        ALL,
        ((PAGE, PAGE + '<file href="C:/course/Big.html"/>'),),
        ["22 error: `C:/course/Big.html` is an address, and no file of the package"],
    ),
    "a page on the web": (
        ALL,
        ((SCO, 'href="https://x.org/a.html">'),),
        ["22 warning: `https://x.org/a.html` is not in the package"],
    ),
    "a paper": (
        ALL,
        ((SCO, 'href="a.pdf"><file href="a.pdf"/>'),),
        ["23 error: `a.pdf` is opened as a SCO and is no page"],
    ),
    "no items": (ALL, ((f"{ITEM}\n<title>Unit</title>\n{END}\n", ""),), ["24 error: `o` has no item"]),
    "no organization": (
        ALL,
        (
            (
                f'<organization identifier="o">\n<title>Course</title>\n'
                f"{ITEM}\n<title>Unit</title>\n{END}\n</organization>\n",
                "",
            ),
            (' default="o"', ""),
        ),
        ["24 warning: there is no organization: a platform has nothing to show"],
    ),
    "no default": (LATER, ((' default="o"', ""),), ["24 warning: `default` is missing"]),
    "no default of one": (("S12",), ((' default="o"', ""),), ["24 info: `default` is missing"]),
    "a leaf": (LATER, ((' identifierref="r"', ""),), ["25 error: `i` opens nothing"]),
    "a leaf in 1.2": (("S12",), ((' identifierref="r"', ""),), ["25 warning: `i` opens nothing"]),
    "a heading with a page": (
        LATER,
        (add('<item identifier="j" identifierref="r"><title>Two</title></item>'),),
        ["25 error: `i` has items under it and opens `r` too"],
    ),
    "no page": (
        ALL,
        ((f" {SCO}", ">"),),
        ["*08 error: no resource has a page to open", "25 error: `r` has no `href`: there is no page to open"],
    ),
    "no title": (ALL, (("<title>Unit</title>", "<title> </title>"),), ["26 warning: `i` has no title"]),
    "no type": (
        ALL,
        ((' adlcp:scorm{T}ype="sco"', ""),),
        [
            "*08 warning: there is no SCO: a platform shows it and records nothing",
            "27 error: `r` does not say what it is",
        ],
    ),
    "a circle": (
        ALL,
        (('<file href="style.css"/>', '<file href="style.css"/><dependency identifierref="r"/>'),),
        ["28 warning: `r` needs itself"],
    ),
    "a manifest inside": (
        ALL,
        (("</resources>\n", '</resources><manifest identifier="n"><organizations/><resources/></manifest>'),),
        ["29 warning: `n` is inside another manifest"],
    ),
    "two units": (
        ALL,
        (
            ("</organization>", '<item identifier="j" identifierref="t"><title>Two</title></item></organization>'),
            (
                "</resources>",
                '<resource identifier="t" type="webcontent" adlcp:scorm{T}ype="sco" href="Big.html">'
                '<file href="Big.html"/></resource></resources>',
            ),
        ),
        ["30 info: there are 2 SCOs: `r`, `t`"],
    ),
    "a version of the other": (
        LATER,
        (("<schemaversion>", "<schemaversion>1.2</schemaversion><!--"), ("</metadata>", "--></metadata>")),
        ["31 error: `schemaversion` says `1.2`, and the namespaces are those of SCORM 2004"],
    ),
    "2004 in 1.2": (
        ("S12",),
        (("1.2<", "2004 3rd Edition<"),),
        ["31 error: `schemaversion` says `2004 3rd Edition`, and the namespaces are those of SCORM 1.2"],
    ),
    "another prefix": (
        ALL,
        (
            ("xmlns:adlcp", "xmlns:scorm"),
            ('adlcp:scorm{T}ype="sco"', 'scorm:scorm{T}ype="sco"'),
            ('adlcp:scorm{T}ype="asset"', 'scorm:scorm{T}ype="asset"'),
        ),
        ["32 warning: Moodle looks for the prefix `adlcp`, and not for `scorm`"],
    ),
    "a misspelt pass mark": (
        ("S12",),
        (add("<adlcp:masteryScore>80</adlcp:masteryScore>"),),
        ["33 error: there is no `masteryScore` in SCORM 1.2: it is spelled `masteryscore`"],
    ),
    "a misspelt type": (
        ("S12",),
        (('adlcp:scormtype="sco"', 'adlcp:scormType="sco"'),),
        [
            "*08 warning: there is no SCO: a platform shows it and records nothing",
            "33 error: there is no `scormType` in SCORM 1.2: it is spelled `scormtype`",
        ],
    ),
    "an extension of nobody's": (
        ("4th",),
        (add("<adlcp:passingScore>80</adlcp:passingScore>"),),
        ["33 warning: there is no `passingScore` in SCORM 2004 4th Edition"],
    ),
    "shared data too early": (
        ("3rd",),
        (add('<adlcp:data><adlcp:map targetID="x"/></adlcp:data>'),),
        ["33 error: there is no `data` in SCORM 2004 3rd Edition"],
    ),
    "a pass mark in percent": (
        ("S12",),
        (add("<adlcp:masteryscore>80%</adlcp:masteryscore>"),),
        ["34 error: `80%` is not a number from 0 to 100"],
    ),
    "minutes": (
        ("S12",),
        (add("<adlcp:maxtimeallowed>90 min</adlcp:maxtimeallowed>"),),
        ["34 error: `90 min` is not a time such as `0001:30:00`"],
    ),
    "parameters": (
        ALL,
        (('identifierref="r"', 'identifierref="r" parameters="lang"'),),
        ["34 warning: `lang` begins with neither `?` nor `#`"],
    ),
    "much to say": (
        LATER,
        (add(f"<adlcp:dataFromLMS>{'x' * 4001}</adlcp:dataFromLMS>"),),
        ["34 warning: platforms need to keep 4,000 characters of it only"],
    ),
    "an unknown prerequisite": (
        ("S12",),
        (add('<adlcp:prerequisites type="aicc_script">i &amp; z</adlcp:prerequisites>'),),
        ["35 error: no item is called `z`"],
    ),
    "half a bracket": (
        ("S12",),
        (add('<adlcp:prerequisites type="aicc_script">(i | i</adlcp:prerequisites>'),),
        ["35 error: `(i | i` has a bracket without its other half"],
    ),
    "a threshold of the 4th": (
        ("2nd", "3rd"),
        (add('<adlcp:completionThreshold minProgressMeasure="0.5"/>'),),
        ["36 error: the attributes of a threshold came with the 4th Edition"],
    ),
    "a threshold of the 3rd": (
        ("4th",),
        (add("<adlcp:completionThreshold>0.5</adlcp:completionThreshold>"),),
        ["36 warning: the 4th Edition does not read `0.5`"],
    ),
    "a threshold in percent": (
        ("3rd",),
        (add("<adlcp:completionThreshold>50</adlcp:completionThreshold>"),),
        ["36 error: `50` is not a number from 0 to 1"],
    ),
    "no metadata file": (
        ALL,
        (("</schemaversion>", "</schemaversion><adlcp:location>lom.xml</adlcp:location>"),),
        ["37 error: `lom.xml` is not in the package"],
    ),
    "metadata in no XML": (
        ALL,
        (("</schemaversion>", "</schemaversion><adlcp:location>a.pdf</adlcp:location>"),),
        ["37 error: `a.pdf` is no XML that a platform can read"],
    ),
    "no word of LOM": (
        LATER,
        (
            (
                "</schemaversion>",
                "</schemaversion><lom:lom><lom:educational>"
                "<lom:difficulty><lom:source>LOMv1.0</lom:source><lom:value>tough</lom:value></lom:difficulty>"
                "<lom:typicalLearningTime><lom:duration>1 hour</lom:duration></lom:typicalLearningTime>"
                "</lom:educational></lom:lom>",
            ),
        ),
        ["38 warning: `tough` is no word of LOM for `difficulty`", "38 warning: `1 hour` is no duration of LOM"],
    ),
    "no word of LOM in 1.2": (
        ("S12",),
        (
            (
                "</schemaversion>",
                f"</schemaversion><md:lom><md:lifecycle>{draft_of_lom('status', 'Ready')}</md:lifecycle></md:lom>",
            ),
        ),
        ["38 warning: `Ready` is no word of LOM for `status`"],
    ),
    "a closed group": (
        ("2nd", "3rd"),
        group('<imsss:controlMode choice="false" flow="false"/>'),
        ["40 error: `c` allows neither choice nor flow"],
    ),
    "a closed group in the 4th": (
        ("4th",),
        group('<imsss:controlMode choice="false"/>'),
        ["40 warning: `c` allows neither choice nor flow"],
    ),
    "no attempt": (LATER, (steps('<imsss:limitConditions attemptLimit="0"/>'),), ["40 error: `i` allows no attempt"]),
    "always disabled": (
        LATER,
        (steps(rule("pre", 'condition="always"', "disabled")),),
        ["40 error: `i` is always disabled"],
    ),
    "a block that is not there": (
        LATER,
        (add('<imsss:sequencing IDRef="b"/>'),),
        ["41 error: `b` is not in a `sequencingCollection`"],
    ),
    "two objectives of one name": (
        LATER,
        (
            steps(
                '<imsss:objectives><imsss:primaryObjective objectiveID="p"/>'
                '<imsss:objective objectiveID="p"/></imsss:objectives>'
            ),
        ),
        ["42 error: `p` is given to 2 objectives of `i`", "42 error: `p` is given to 2 objectives of `i`"],
    ),
    "an objective of nobody's": (
        LATER,
        (steps(rule("post", 'referencedObjective="q" condition="satisfied"', "exitAll")),),
        ["42 error: `i` has no objective `q`"],
    ),
    "a shared objective without a name": (
        LATER,
        (
            steps(
                '<imsss:objectives><imsss:primaryObjective><imsss:mapInfo targetObjectiveID="g"/>'
                "</imsss:primaryObjective></imsss:objectives>"
            ),
        ),
        [
            "42 error: the objective of `i` is shared and has no `objectiveID`",
            "45 warning: objectives that are shared: 1",
        ],
    ),
    "no pass mark": (
        LATER,
        (steps('<imsss:objectives><imsss:primaryObjective satisfiedByMeasure="true"/></imsss:objectives>'),),
        ["43 warning: without `minNormalizedMeasure` nobody passes below 100 percent"],
    ),
    "a count of nothing": (
        LATER,
        group(rollups(rollup("completed", "completed", 'childActivitySet="atLeastCount"'))),
        ["43 warning: `atLeastCount` without `minimumCount` is met by nothing at all"],
    ),
    "a rollup against another": (
        LATER,
        group(rollups(rollup("attempted", "satisfied"), rollup("attempted", "notSatisfied"))),
        ["43 warning: another rule says the opposite under the same conditions"],
    ),
    "a measure to compare with": (
        LATER,
        (steps(rule("post", 'condition="objectiveMeasureLessThan"', "retry")),),
        ["43 warning: `objectiveMeasureLessThan` without `measureThreshold` compares with 0"],
    ),
    "data for a group": (
        LATER,
        (
            CLUSTER,
            ("</item>\n</organization>", "</item><adlcp:dataFromLMS>x</adlcp:dataFromLMS></item>\n</organization>"),
        ),
        ["44 error: `c` opens nothing and has `dataFromLMS`"],
    ),
    "data twice": (
        LATER,
        (add("<adlcp:dataFromLMS>x</adlcp:dataFromLMS><adlcp:dataFromLMS>y</adlcp:dataFromLMS>"),),
        ["44 error: `i` has `dataFromLMS` twice"],
    ),
}


def spelled(edition: str, edit: Edit) -> Edit:
    return edit[0].replace("{T}", "t" if edition == "S12" else "T"), edit[1].replace(
        "{T}", "t" if edition == "S12" else "T"
    )


@pytest.mark.parametrize(("edition", "name"), [(each, name) for name in BAD for each in BAD[name][0]])
def test_what_is_wrong_is_found(edition: str, name: str) -> None:
    _, edits, expected = BAD[name]
    findings = found(edition, *(spelled(edition, each) for each in edits))
    assert [each[:10] + "*" if f"{each[:10]}*" in expected else each for each in findings] == [
        each.lstrip("*") for each in expected
    ]


def test_every_rule_about_anybodys_manifest_has_its_defect() -> None:
    seen = {
        (edition == "S12", each.lstrip("*")[:2])
        for editions, _, each_of in BAD.values()
        for each in each_of
        for edition in editions
    }
    for kind in KINDS.values():
        rules = [*STANDARDS[kind].rules, *STANDARDS[kind].others]
        codes = {each.code[4:] for each in rules if not each.house} - {"01", *ALWAYS}
        assert codes - {code for is_12, code in seen if is_12 == (kind == "scorm12")} == set()


# What is said of many, and of much


def test_of_complaints_that_are_alike_the_first_is_told() -> None:
    items = "".join(f'<item identifier="x{number}" identifierref="r"><titel/></item>' for number in range(30))
    assert found("S12", ("</organization>", f"{items}</organization>"))[0] == (
        "03 error: /manifest/organizations/organization/item[2]: Unexpected child with tag 'titel' at position 1."
        " (and 29 more like it)"
    )


def test_a_name_that_is_none_is_told_in_plain_words() -> None:
    (finding, *_) = found("S12", ('identifier="i"', 'identifier="1 i"'))
    assert finding == (
        "03 error: /manifest/organizations/organization/item: attribute identifier='1 i':"
        " no XML name (a letter or `_`, then letters, digits, `.`, `-` and `_`)"
    )


def test_a_line_that_libxml2_cannot_count_is_not_told() -> None:
    manifest = written("S12", ("<resources>", "<resources>" + "\n" * 70_000), (PAGE, '<file href="gone.html"/>'))
    findings = STANDARDS["scorm12"].check(package(manifest), is_ours=False)
    assert [each.place.line for each in findings if each.code == "S12-05"] == [0]


def test_the_schema_that_a_manifest_names_is_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor read from this disk: ours say what is right."""
    (tmp_path / "any.xsd").write_text("no schema", encoding="utf-8")
    monkeypatch.setattr(socket, "socket", None)
    here = (
        f'identifier="m" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="'
        f'http://www.imsproject.org/xsd/imscp_rootv1p1p2 {tmp_path}/any.xsd urn:x http://127.0.0.1:9/x.xsd"'
    )
    edits = ('identifier="m"', here), ("<title>Course</title>", "<titel/>"), add('<x:more xmlns:x="urn:x"/>')
    assert [each[:2] for each in found("S12", *edits)] == ["03", "26"]


def long(edition: str, count: int) -> Package:
    """A package with as many units."""
    numbers = range(count)
    items = "".join(f'<item identifier="x{n}" identifierref="r{n}"><title>Unit</title></item>' for n in numbers)
    resources = "".join(
        f'<resource identifier="r{n}" type="webcontent" adlcp:scorm{{T}}ype="sco" href="p{n}.html">'
        f'<file href="p{n}.html"/></resource>'
        for n in numbers
    )
    edits = ("</organization>", f"{items}</organization>"), ("</resources>", f"{resources}</resources>")
    manifest = written(edition, *(spelled(edition, each) for each in edits))
    return package(manifest, **{f"p{n}.html": b"<p>" for n in numbers})


@pytest.mark.parametrize("edition", ["S12", "4th"])
def test_ten_times_as_much_takes_ten_times_as_long(edition: str) -> None:
    def needed(count: int) -> float:
        whole = long(edition, count)
        began = time.process_time()
        list(STANDARDS[KINDS[edition]].check(whole, is_ours=False))
        return time.process_time() - began

    assert min(needed(4_000) for _ in range(2)) < 25 * min(needed(400) for _ in range(3))


def test_a_manifest_of_a_size_that_nobody_reads_is_not_looked_into() -> None:
    words = "<file href='a'/>" * 500_000
    assert found("S12", ("</resource>\n<resource", f"{words}</resource>\n<resource")) == [
        "02 warning: is so long (8 MB) that it is not looked into"
    ]


def test_metadata_is_read_once_however_often_it_is_named() -> None:
    many = "<adlcp:location>big.xml</adlcp:location>" * 2_000
    began = time.process_time()
    edit = "</schemaversion>", f"</schemaversion>{many}"
    assert found("S12", edit, **{"big.xml": b"<lom>" + b"<a/>" * 100_000 + b"</lom>"}) == []
    assert time.process_time() - began < 20  # two thousand times would be minutes


PIECES = [
    "<item ",
    "</item>",
    "/>",
    ">",
    "&amp;",
    "identifier='a'",
    "href='",
    "xml:base='",
    "<!--",
    "]]>",
    "\x00",
    "é",
]
SOUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)


@given(st.sampled_from(ALL), SOUP, st.integers(0, 2000))
def test_no_words_break_a_rule(edition: str, soup: str, at: int) -> None:
    manifest = written(edition).decode()
    spoiled = (manifest[:at] + soup + manifest[at + len(soup) :]).encode(errors="surrogatepass")
    list(STANDARDS[KINDS[edition]].check(package(spoiled), is_ours=False))


@given(st.sampled_from(ALL), st.data())
def test_no_value_breaks_a_rule(edition: str, data: st.DataObject) -> None:
    root = etree.fromstring(written(edition))
    element, name = data.draw(st.sampled_from([(each, name) for each in root.iter() for name in [*each.attrib, ""]]))
    value = data.draw(st.sampled_from(["", "[", "http://[", "//", "%", "%zz", "?", "\\", "/", "..", "a" * 300, "²"]))
    if name:
        element.set(name, value)
    else:
        element.text = value
    list(STANDARDS[KINDS[edition]].check(package(etree.tostring(root, encoding="utf-8")), is_ours=False))


@pytest.mark.parametrize("target", ["scorm12", "scorm2004-3rd", "scorm2004-4th", "xapi", "cmi5"])
def test_ours_are_right_by_the_rules_for_others_too(every_block: dict[str, Built], target: str) -> None:
    whole = read_zip(every_block[target].path)
    assert [str(each) for each in STANDARDS[target].check(whole, is_ours=False)] == []
