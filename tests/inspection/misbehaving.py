"""Small packages of other makers, each with one habit of its own."""

from __future__ import annotations

from scormpack.package import Entry, Package

MANIFEST = """<?xml version="1.0"?>
<manifest identifier="M" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="O"><organization identifier="O"><title>T</title>
    <item identifier="I" identifierref="R"><title>T</title></item></organization></organizations>
  <resources><resource identifier="R" type="webcontent" adlcp:scormtype="%s" href="start.html">
    <file href="start.html"/></resource></resources>
</manifest>"""
# Seven pages, each saved as it is shown; it goes on from where it was, and is completed on the last.
COURSE = """<!doctype html><html lang="en"><title>A course</title><h1></h1>
<button id="next">Next</button> <button id="exit">Exit</button> <a href="http://192.0.2.1/">Next to nothing</a>
<script>
  const api = parent.API, last = 7;
  const set = (name, value) => api.LMSSetValue(`cmi.core.${name}`, value);
  let page = 1;
  function show() {
    document.querySelector("h1").textContent = `Page ${page} of ${last}`;
    save();
  }
  function save() {
    set("lesson_location", String(page));
    set("lesson_status", page === last ? "completed" : "incomplete");
    set("exit", "suspend");
    api.LMSCommit("");
  }
  function end() { if (!end.done) { end.done = true; api.LMSFinish(""); } }
  function begin() {
    if (api.LMSGetValue("cmi.core.lesson_mode") === "review") save = () => {};
    page = Number(api.LMSGetValue("cmi.core.lesson_location")) || 1;
    show();
  }
  next.onclick = () => { page = Math.min(page + 1, last); show(); };
  exit.onclick = end;
  onpagehide = end;
  api.LMSInitialize("");
  begin();
</script>"""


def stranger(page: str = COURSE, kind: str = "sco", **more: bytes) -> Package:
    """A package for SCORM 1.2 that opens this page; `more` are further files, with `_` for the dot in their names."""
    files = {"imsmanifest.xml": (MANIFEST % kind).encode(), "start.html": page.encode()}
    files |= {name.replace("_", "."): data for name, data in more.items()}
    return Package.of("stranger.zip", [Entry(name, data) for name, data in files.items()])


def changed(*changes: tuple[str, str]) -> Package:
    """The course with seven pages, with some words replaced by others."""
    page = COURSE
    for old, new in changes:
        assert old in page, old
        page = page.replace(old, new)
    return stranger(page)


TIN_CAN = """<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>
  <activity id="https://stranger.example/a" type="http://adlnet.gov/expapi/activities/course">
    <name>T</name><launch lang="en">start.html</launch></activity></activities></tincan>"""
STATEMENTS = """<!doctype html><html lang="en"><title>A course</title><h1>One page</h1>
<script>
  const query = new URLSearchParams(location.search);
  function say(verb) {
    const statement = {
      actor: JSON.parse(query.get("actor")), verb, object: { id: query.get("activity_id") },
      context: { registration: query.get("registration") },
    };
    return fetch(`${query.get("endpoint")}statements`, {
      method: "POST",
      headers: {
        Authorization: query.get("auth"), "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json",
      },
      body: JSON.stringify(statement),
    });
  }
  say({ id: "http://adlnet.gov/expapi/verbs/completed" }).then(() => say("passed"));
</script>"""


def teller(page: str = STATEMENTS) -> Package:
    """A package for a record store."""
    return Package.of("teller.zip", [Entry("tincan.xml", TIN_CAN.encode()), Entry("start.html", page.encode())])


def in_a_window() -> Package:
    """The course, behind a page that opens it in a window of its own."""
    button = """<button onclick="window.open('course.html')">Start the course</button>"""
    return stranger(
        f"<!doctype html><title>Start</title>{button}",
        course_html=COURSE.replace("parent.API", "opener.parent.API").encode(),
    )


def several(*pages: str) -> Package:
    """A course of several items, each of which opens one of these pages; an empty page is not in the package."""
    names = {f"part-{number}.html": page for number, page in enumerate(pages, 1)}
    items = "".join(
        f'<item identifier="I{number}" identifierref="R{number}"><title>Part {number}</title></item>'
        for number, _ in enumerate(pages, 1)
    )
    resources = "".join(
        f'<resource identifier="R{number}" type="webcontent" adlcp:scormtype="sco" href="{name}"/>'
        for number, name in enumerate(names, 1)
    )
    before, _, rest = MANIFEST.partition("<item ")
    between = rest[rest.index("</organization>") : rest.index("<resource ")]
    manifest = f"{before}{items}{between}{resources}</resources></manifest>"
    files = {"imsmanifest.xml": manifest, **{name: page for name, page in names.items() if page}}
    return Package.of("several.zip", [Entry(name, data.encode()) for name, data in files.items()])


SENDING = """
  const verbs = "http://adlnet.gov/expapi/verbs";
  function send() {
    const id = crypto.randomUUID();
    const again = () => say({ id: `${verbs}/completed` }, id).then(found => found.ok || setTimeout(again, 100));
    again();
  }
  next.onclick = send;
  say({ id: `${verbs}/initialized` }, crypto.randomUUID());
</script>"""


def sender() -> Package:
    """A package for a record store that sends again what is refused, but not what is lost on its way."""
    page, _, _ = STATEMENTS.partition("  say({ id")
    page = page.replace("<h1>One page</h1>", '<h1>One page</h1><button id="next">Next</button>')
    return teller(page.replace("say(verb)", "say(verb, id)").replace("actor: JSON", "id, actor: JSON") + SENDING)
