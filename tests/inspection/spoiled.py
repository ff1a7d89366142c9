"""What is done to the right packages of `corpus.py`: one thing each, that is right too or a defect."""

from __future__ import annotations

from typing import Final, NamedTuple

from inspection.corpus import AICC, COURSE, MANIFEST_12, PAGE, PICTURE, SCRIPT_12, SCRIPT_2004, STYLE

M, T, C, INDEX, CSS = "imsmanifest.xml", "tincan.xml", "cmi5.xml", "index.html", "course.css"
ITEM = '<item identifier="item" identifierref="sco">\n        <title>Clean hands</title>'
RES_12 = '<resource identifier="sco" type="webcontent" adlcp:scormtype="sco" href="index.html">'
RES = '<resource identifier="sco" type="webcontent" adlcp:scormType="sco" href="index.html">'
CONTROL = '<imsss:controlMode choice="true" flow="true"/>'
END = "</body>"
AU = 'moveOn="Completed" launchMethod="AnyWindow"'


Edits = dict[str, tuple[str, str] | str | bytes | None]


class Case(NamedTuple):
    """A right package of `kind` in which words of files are replaced, or files; None takes one out."""

    name: str
    kind: str
    edits: Edits


def _page(name: str, new: str, old: str = END, kind: str = "scorm12") -> Case:
    """Something new on the page, at its end if nothing else is said."""
    return Case(name, kind, {INDEX: (old, f"{new}\n{old}" if old == END else new)})


def _item(name: str, new: str, kind: str = "scorm12") -> Case:
    """Something new in the item, after its title."""
    return Case(name, kind, {M: (ITEM, f"{ITEM}\n        {new}")})


def _sequencing(name: str, new: str, kind: str = "scorm2004-4th") -> Case:
    return Case(name, kind, {M: (CONTROL, new)})


def _script(name: str, text: str, kind: str = "scorm12") -> Case:
    """A second script on the page, listed in a manifest of SCORM 1.2."""
    listed: Edits = {M: ('<file href="course.js"/>', '<file href="course.js"/><file href="more.js"/>')}
    shown: Edits = {INDEX: (END, f'<script src="more.js"></script>\n{END}'), "more.js": text}
    return Case(name, kind, {**(listed if kind.startswith("scorm") else {}), **shown})


def _without(text: str, begin: str, end: str) -> str:
    """`text` without what stands between two others, the first of them included."""
    return text[: text.index(begin)] + text[text.index(end) :]


_MORE = '\n    <resource identifier="more" type="webcontent" adlcp:scormtype="{}"{}>{}</resource>\n  </resources>'
_ACCENTED = PAGE.replace('<meta charset="utf-8">\n', "").replace("<h1>Clean", "<h1>Caf\u00e9: clean")
_MEASURE = (
    '<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="all" satisfiedByMeasure="true">'
    "<imsss:minNormalizedMeasure>{}</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>"
    "</imsss:sequencing>"
)
_MOVED: dict[str, str | bytes] = {INDEX: PAGE, CSS: STYLE, "course.js": SCRIPT_12, "hands.png": PICTURE}
_IN_FOLDER: Edits = {**dict.fromkeys(_MOVED), **{f"unit/{name}": data for name, data in _MOVED.items()}}

RIGHT_TOO: Final = (
    Case("a base for a resource", "scorm12", {**_IN_FOLDER, M: ("<resource ", '<resource xml:base="unit/" ')}),
    Case("a base for all resources", "scorm12", {**_IN_FOLDER, M: ("<resources>", '<resources xml:base="unit/">')}),
    Case("a query behind the page", "scorm12", {M: (ITEM, ITEM.replace('ref="sco"', 'ref="sco" parameters="?a=1"'))}),
    Case(
        "a name with a space",
        "scorm12",
        {
            M: ('<file href="hands.png"/>', '<file href="hands.png"/><file href="a%20b.png"/>'),
            "a b.png": PICTURE,
            INDEX: (END, f'<img src="a%20b.png" alt="Soap">\n{END}'),
        },
    ),
    Case(
        "a dependency",
        "scorm12",
        {
            M: (
                "</resource>\n  </resources>",
                '<dependency identifierref="more"/></resource>'
                + _MORE.format("asset", "", '<file href="more.css"/>'),
            ),
            "more.css": STYLE,
            INDEX: ("</head>", '<link rel="stylesheet" href="more.css">\n</head>'),
        },
    ),
    Case("files that are not compressed in a folder", "scorm12", {"empty/": b""}),
    _item("a mastery score", "<adlcp:masteryscore>80</adlcp:masteryscore>"),
    _sequencing("a course without choice", '<imsss:controlMode choice="false" flow="true"/>'),
    _item(
        "a threshold",
        '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="1"/>',
        "scorm2004-4th",
    ),
    Case("a unit elsewhere", "cmi5", {C: ("<url>index.html</url>", "<url>https://training.example/hands/</url>")}),
    Case("a unit with a query", "cmi5", {C: ("<url>index.html</url>", "<url>index.html?page=2</url>")}),
    Case("AICC in capitals", "aicc", {**dict.fromkeys(AICC), **{name.upper(): text for name, text in AICC.items()}}),
    _page("a link for people to read on", '<p><a href="https://www.nhs.uk/">Read on</a></p>'),
    _page("a picture that is decoration", '<img src="hands.png" alt="">'),
    _page("a picture inside the page", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="A dot">'),
    _script("words in a comment", "// alert('no'), eval('no'), document.write('no')\n"),
)

SPOILED: Final = (
    # The manifest as a file
    Case("a manifest that ends too early", "scorm12", {M: ("</manifest>", "")}),
    Case("a document type", "scorm12", {M: ("<manifest ", '<!DOCTYPE manifest [<!ENTITY a "b">]>\n<manifest ')}),
    Case("a name for a sign that XML does not have", "scorm12", {M: ("Clean hands", "Clean&nbsp;hands")}),
    Case("a manifest in a folder", "scorm12", {M: None, "course/imsmanifest.xml": "<manifest/>"}),
    # SCORM 1.2
    Case("a version of another spelling", "scorm12", {M: ("<schemaversion>1.2<", "<schemaversion>SCORM 1.2<")}),
    Case("a version between spaces", "scorm2004-4th", {M: (">2004 4th Edition<", "> 2004 4th Edition <")}),
    Case("a version that its namespaces contradict", "scorm2004-3rd", {M: (">2004 3rd Edition<", ">1.2<")}),
    Case("an item that leads nowhere", "scorm12", {M: ('identifierref="sco"', 'identifierref="oops"')}),
    Case("an organisation that is not there", "scorm12", {M: ('default="org"', 'default="oops"')}),
    Case("no organisation", "scorm12", {M: ('<organization identifier="org">', '<organization identifier="other">')}),
    Case(
        "the same identifier twice",
        "scorm12",
        {M: ('<organization identifier="org">', '<organization identifier="item">')},
    ),
    Case("a page that is not there", "scorm12", {M: ('href="index.html">', 'href="start.html">')}),
    Case("a page in other letters", "scorm12", {M: (RES_12, RES_12.replace("index", "Index"))}),
    Case(
        "a page in another spelling of a folder", "scorm12", {M: (RES_12, RES_12.replace("index", "unit\\\\index"))}
    ),
    Case(
        "a listed file that is not there",
        "scorm12",
        {"hands.png": None, INDEX: ("hands.png", "data:,"), CSS: ("url(hands.png)", "red")},
    ),
    Case("a file that is not listed", "scorm12", {"notes.txt": "Notes."}),
    Case("a resource without a page", "scorm12", {M: (RES_12, RES_12.replace(' href="index.html"', ""))}),
    Case("a resource of no kind", "scorm12", {M: (RES_12, RES_12.replace(' adlcp:scormtype="sco"', ""))}),
    Case("a kind in capitals", "scorm12", {M: ('scormtype="sco"', 'scormtype="SCO"')}),
    Case("a kind in the spelling of 2004", "scorm12", {M: ("adlcp:scormtype", "adlcp:scormType")}),
    Case("a kind in the spelling of 1.2", "scorm2004-3rd", {M: ("adlcp:scormType", "adlcp:scormtype")}),
    Case("a dependency on nothing", "scorm12", {M: ("</resource>", '<dependency identifierref="oops"/></resource>')}),
    Case("a dependency on itself", "scorm12", {M: ("</resource>", '<dependency identifierref="sco"/></resource>')}),
    Case("no resource", "scorm12", {M: _without(MANIFEST_12, "<resource ", "  </resources>")}),
    Case("an item without a title", "scorm12", {M: ("        <title>Clean hands</title>\n", "")}),
    Case("an item whose title is empty", "scorm12", {M: (ITEM, ITEM.replace("Clean hands", " "))}),
    _item("a mastery score that is none", "<adlcp:masteryscore>eighty</adlcp:masteryscore>"),
    _item("a mastery score over a hundred", "<adlcp:masteryscore>180</adlcp:masteryscore>"),
    _item("a time that is none", "<adlcp:maxtimeallowed>an hour</adlcp:maxtimeallowed>"),
    _item("a time limit with another word", "<adlcp:timelimitaction>stop</adlcp:timelimitaction>"),
    _item(
        "a condition on an item that is not there",
        '<adlcp:prerequisites type="aicc_script">oops</adlcp:prerequisites>',
    ),
    _item("more data than a course may get", f"<adlcp:datafromlms>{'x' * 256}</adlcp:datafromlms>"),
    Case(
        "metadata that are not there",
        "scorm12",
        {M: ("  </metadata>", "    <adlcp:location>about.xml</adlcp:location>\n  </metadata>")},
    ),
    Case(
        "parameters with a wrong beginning",
        "scorm12",
        {M: (ITEM, ITEM.replace('ref="sco"', 'ref="sco" parameters="a b"'))},
    ),
    Case(
        "a word for visible that is none",
        "scorm12",
        {M: (ITEM, ITEM.replace('ref="sco"', 'ref="sco" isvisible="yes"'))},
    ),
    Case(
        "a page that lies elsewhere",
        "scorm12",
        {M: (RES_12, RES_12.replace("index.html", "http://training.example/"))},
    ),
    # SCORM 2004
    _sequencing("a course that nobody can go through", '<imsss:controlMode choice="false" flow="false"/>'),
    _sequencing(
        "an action that is none",
        "<imsss:sequencingRules><imsss:preConditionRule>"
        '<imsss:ruleConditions><imsss:ruleCondition condition="completed"/></imsss:ruleConditions>'
        '<imsss:ruleAction action="jump"/></imsss:preConditionRule></imsss:sequencingRules>',
    ),
    _item(
        "a mark below nothing",
        _MEASURE.format(-2),
        "scorm2004-3rd",
    ),
    _item(
        "a mark that is a percentage",
        _MEASURE.format(80),
        "scorm2004-3rd",
    ),
    _item("rules that are not there", '<imsss:sequencing IDRef="oops"/>', "scorm2004-3rd"),
    _item(
        "an objective without a name for its map",
        "<imsss:sequencing><imsss:objectives><imsss:primaryObjective>"
        '<imsss:mapInfo targetObjectiveID="g"/></imsss:primaryObjective></imsss:objectives></imsss:sequencing>',
        "scorm2004-3rd",
    ),
    _item(
        "a button that is none",
        "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>everything</adlnav:hideLMSUI>"
        "</adlnav:navigationInterface></adlnav:presentation>",
        "scorm2004-4th",
    ),
    _item(
        "a word for the end of time that is none",
        "<adlcp:timeLimitAction>stop</adlcp:timeLimitAction>",
        "scorm2004-3rd",
    ),
    Case("an item that leads nowhere in 2004", "scorm2004-4th", {M: ('identifierref="sco"', 'identifierref="oops"')}),
    Case("a page that is not there in 2004", "scorm2004-2nd", {M: (RES, RES.replace("index", "start"))}),
    # xAPI and cmi5
    Case("an activity with a short name", "xapi", {T: ("https://training.example/hands", "hands")}),
    Case("no page to open", "xapi", {T: ('<launch lang="en-GB">index.html</launch>', "")}),
    Case("a page to open that is not there", "xapi", {T: (">index.html<", ">start.html<")}),
    Case("an activity without a name", "xapi", {T: ('<name lang="en-GB">Clean hands</name>', "")}),
    Case("a type that is no address", "xapi", {T: ("http://adlnet.gov/expapi/activities/course", "course")}),
    Case("a second list of activities", "xapi", {"more/tincan.xml": "<tincan/>"}),
    Case("no unit", "cmi5", {C: _without(COURSE, "  <au ", "</courseStructure>")}),
    Case("a word for done that is none", "cmi5", {C: ('moveOn="Completed"', 'moveOn="Complete"')}),
    Case("a mastery score in percent", "cmi5", {C: (AU, f'{AU} masteryScore="80"')}),
    Case("a way to launch that is none", "cmi5", {C: ('launchMethod="AnyWindow"', 'launchMethod="NewWindow"')}),
    Case("a parameter that is the platform's", "cmi5", {C: (">index.html<", ">index.html?actor=me<")}),
    Case("a unit that is not there", "cmi5", {C: (">index.html<", ">start.html<")}),
    Case(
        "a unit named as the course",
        "cmi5",
        {C: ('"https://training.example/hands/unit"', '"https://training.example/hands"')},
    ),
    Case("a unit with a short name", "cmi5", {C: ('"https://training.example/hands/unit"', '"unit"')}),
    Case(
        "a language that is none",
        "cmi5",
        {C: ('<langstring lang="en-GB">Clean', '<langstring lang="british english">Clean')},
    ),
    # AICC
    Case("no list of units", "aicc", {"hands.au": None}),
    Case("a unit of AICC that is not there", "aicc", {"hands.au": ('"index.html"', '"start.html"')}),
    Case("an order of units that are not there", "aicc", {"hands.cst": ('"A1"', '"A9"')}),
    # Pages
    _page("a picture that is not there", '<img src="soap.png" alt="Soap">'),
    _page("a picture in other letters", '<img src="Hands.png" alt="Hands">'),
    _page("a picture at the platform's root", '<img src="/hands.png" alt="Hands">'),
    _page("a picture on the author's disk", '<img src="file:///C:/hands.png" alt="Hands">'),
    _page("a picture from elsewhere", '<img src="https://cdn.example/hands.png" alt="Hands">'),
    _page("a script from elsewhere", '<script src="http://cdn.example/a.js"></script>'),
    _page("a picture without words", '<img src="hands.png">'),
    _page("a page without a language", "<html>", '<html lang="en">'),
    _page("a page without a title", "", "<title>Clean hands</title>"),
    Case("a page that does not say its encoding", "scorm12", {INDEX: _ACCENTED}),
    _page(
        "a page that goes on by itself",
        '<meta http-equiv="refresh" content="30; url=index.html">',
        '<meta charset="utf-8">',
    ),
    _page(
        "a page that cannot be made larger",
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, user-scalable=no">',
        '<meta charset="utf-8">',
    ),
    _page("a field without a name", '<input type="text">'),
    _page("a frame without a name", '<iframe src="course.css"></iframe>'),
    _page("a film without captions", '<video src="hands.png" controls></video>'),
    _page("a sound that begins by itself", '<audio src="hands.png" autoplay></audio>'),
    _page("a film that needs Flash", '<embed src="film.swf" type="application/x-shockwave-flash">'),
    Case(
        "a page for another server",
        "scorm12",
        {M: ('<file href="hands.png"/>', '<file href="hands.png"/><file href="save.php"/>'), "save.php": "<?php ?>"},
    ),
    Case("a style that loads from elsewhere", "scorm12", {CSS: "@import url('https://fonts.example/a.css');\n"}),
    Case("a picture of a style that is not there", "scorm12", {CSS: ("hands.png", "soap.png")}),
    # Scripts
    Case("a course that speaks the other SCORM", "scorm12", {"course.js": SCRIPT_2004}),
    Case("a course that speaks with nobody", "scorm12", {"course.js": "document.title = document.title.trim();\n"}),
    _script(
        "a request that stops everything", 'var ask = new XMLHttpRequest(); ask.open("GET", "course.css", false);\n'
    ),
    _script("words that are written into the page", 'document.write("<p>Hello</p>");\n'),
    _script("a question of the browser's own", 'if (confirm("Leave?")) window.close();\n'),
    _script("text that is run", 'eval("1 + 1");\n'),
    Case("a save that no longer comes", "scorm12", {"course.js": SCRIPT_12.replace("pagehide", "unload")}),
    Case("progress in the browser", "scorm12", {"course.js": 'localStorage.setItem("page", "2");\n'}),
)
