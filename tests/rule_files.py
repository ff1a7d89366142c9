"""The files in tests/rules: what each rule asks, content that is good, content that is bad, and the findings.

A case is a heading `## good: …` or `## bad: …` and what it changes in tests/rules/library. Before each change stands
the file, in its own line: `` `night-call/module.yaml` ``. Then comes a fence: `diff` with lines to take out and to
put in, or `file` with a whole new file. Without a fence the line says what happens: `` `a` is removed ``,
`` `a` has 1,000 bytes ``, `` `a` is a link to `b` ``, `` `a` is saved in Latin-1 ``, `` `a` is a film in `hvc1` ``.
A fence `html`, `css`, `js` or `xml` is a file of a package, and so is what has bytes beside such a one. A bad case
ends with its findings, a line for each; in a good case that has some, all are waived.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from films import mp4, track
from paths import ROOT

from scormpack.batch import plan, validate_all
from scormpack.check.package import check_package
from scormpack.check.package.site import check_site
from scormpack.clock import today
from scormpack.content.load import load_library
from scormpack.diagnostics import ContentError, Diagnostic
from scormpack.inspect import kinds_of
from scormpack.package import Entry, Package

RULES = ROOT / "tests" / "rules"
BASE = RULES / "library"

_CASE = re.compile(r"^## (good|bad): (.+)$", re.MULTILINE)
_STEP = re.compile(
    r"^`(?P<file>[^`\n]+)`(?:(?P<deed> [^\n]+)$|\n(?P<fence>`{3,})(?P<kind>\w+)\n(?P<text>.*?)^(?P=fence)$)",
    re.M | re.S,
)
_FINDINGS = re.compile(r"^```findings\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Step:
    """One change: the file, what is done to it, and with which text."""

    file: str
    kind: str
    text: str


@dataclass(frozen=True)
class Case:
    """Content that is good or bad, and what has to be found in it."""

    code: str
    bad: bool
    title: str
    steps: tuple[Step, ...]
    findings: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.code}: {'bad' if self.bad else 'good'}: {self.title}"

    @property
    def file(self) -> Path:
        return RULES / f"{self.code}.md"


def rule_files() -> dict[str, Path]:
    """Every rule file, by its code."""
    return {path.stem: path for path in sorted(RULES.glob("*.md"))}


def cases() -> Iterator[Case]:
    """Every case of every rule file."""
    for code, path in rule_files().items():
        parts = _CASE.split(path.read_text(encoding="utf-8"))
        for kind, title, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            found = _FINDINGS.search(body)
            yield Case(code, kind == "bad", title, tuple(_steps(body)), tuple(found[1].splitlines()) if found else ())


def _steps(body: str) -> Iterator[Step]:
    for match in _STEP.finditer(body):
        yield Step(match["file"], match["kind"] or (match["deed"] or "").strip(), match["text"] or "")


def packed(case: Case) -> Package | None:
    """The package that a case is about; None if it is about a library."""
    if not any(step.kind in ("html", "css", "js", "xml") for step in case.steps):
        return None
    return Package.of("course.zip", (Entry(step.file, _bytes(step)) for step in case.steps))


def _bytes(step: Step) -> bytes:
    found = re.fullmatch(r"has ([\d,]+) bytes", step.kind)
    return bytes(int(found[1].replace(",", ""))) if found else step.text.encode()


def apply(step: Step, library: Path) -> None:
    """Make one change in `library`."""
    path = library / step.file
    if step.kind == "diff":
        path.write_text(_changed(path.read_text(encoding="utf-8"), step), encoding="utf-8")
    elif step.kind == "file":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")
    elif step.kind == "is removed":
        path.unlink()
    elif step.kind == "is saved in Latin-1":
        path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    elif found := re.fullmatch(r"is a link to `(.+)`", step.kind):
        path.unlink(missing_ok=True)
        path.symlink_to(found[1])
    elif found := re.fullmatch(r"is a film in `(.+)`", step.kind):
        path.write_bytes(mp4(track(b"vide", found[1])))
    elif found := re.fullmatch(r"has ([\d,]+) bytes", step.kind):
        data = path.read_bytes()
        path.write_bytes(data + b"\n" * (int(found[1].replace(",", "")) - len(data)))
    else:
        raise AssertionError(f"{step.file}: nobody knows how to do `{step.kind}`")


def _changed(text: str, step: Step) -> str:
    """`text` with the hunks of a diff, divided by empty lines, each of which fits one place only."""
    for hunk in step.text.strip("\n").split("\n\n"):
        lines = hunk.split("\n")
        old = "\n".join(line[1:] for line in lines if line[0] in "- ")
        new = "\n".join(line[1:] for line in lines if line[0] in "+ ")
        times = f"\n{text}".count(f"\n{old}\n")
        assert times == 1, f"{step.file} has {times} times:\n{old}"
        text = f"\n{text}".replace(f"\n{old}\n", f"\n{new}\n" if new else "\n")[1:]
    return text


def findings_in(library: Path) -> list[Diagnostic]:
    """Everything that `scormpack validate` finds in `library`, which has to be the current folder."""
    try:
        return list(validate_all(plan(load_library(library), today())))
    except ContentError as error:
        return list(error.diagnostics)


def findings_in_package(package: Package, code: str) -> list[Diagnostic]:
    """What the rules for any package find in this one; those about pages of any maker if `code` is one of theirs."""
    return list(check_site(package, kinds_of(package)) if code.startswith("WEB") else check_package(package, "web"))


def line(finding: Diagnostic) -> str:
    """A finding as a rule file has it. Where places become more exact, `UPDATE_GOLDEN=1` writes the files anew."""
    waived = f" ({finding.waived})" if finding.waived else ""
    return f"{finding.place} {finding.severity} {finding.code} {finding.message}{waived}"


def write_anew(case: Case, found: list[str]) -> None:
    """Put `found` into the rule file, as the findings of `case`."""
    text = case.file.read_text(encoding="utf-8")
    begin = text.index(f"## {'bad' if case.bad else 'good'}: {case.title}\n")
    after = text.find("\n## ", begin + 1)
    end = len(text) if after < 0 else after
    body = _FINDINGS.sub("", text[begin:end]).rstrip("\n")
    if found:
        body += "\n```findings\n" + "".join(f"{each}\n" for each in found) + "```"
    case.file.write_text(text[:begin] + body + "\n" + text[end:], encoding="utf-8")


# Where the seeded texts stand: the file, a line of it, and the line with the text, `%s` as YAML or `{}` as it is.
HOUSE, KNOW, TEA = (
    "night-call/pages/at-the-house.md",
    "night-call/pages/what-you-know.md",
    "tea-and-talk/pages/over-tea.md",
)
SPOTS: dict[str, tuple[str, str, str]] = {
    "prose": (HOUSE, "The kettle is on. The clock ticks in the hall.", "{}"),
    "gentle prose": (TEA, "Nod, and look up from your notes. Say a word of the answer again, and wait.", "{}"),
    "card step": ("night-call/cards/worried.yaml", "  - Sit down beside the bed.", "  - %s"),
    "right answer": (KNOW, "  - text: The office, which has her plan", "  - text: %s"),
    "wrong answer": (KNOW, "  - text: Nobody at all", "  - text: %s"),
    "option": (KNOW, "  - text: Nobody at all", "  - text: %s"),
    "feedback": (KNOW, "    feedback: You need not carry this alone.", "    feedback: %s"),
    "prompt": (KNOW, "prompt: Who do you call first?", "prompt: %s"),
    "objective": (
        "night-call/module.yaml",
        "  - {id: what-to-say, text: Choose clear words for a call}",
        "  - {id: what-to-say, text: %s}",
    ),
}


@dataclass(frozen=True)
class Seeded:
    """A text at a spot of the library, and the code that has to find it; without one nothing may be found."""

    file: str
    spot: str
    code: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.file}: {self.spot}: {self.text}"

    def put_into(self, library: Path) -> Path:
        """Write the text into `library`; answers the file, as `library` calls it."""
        file, old, new = SPOTS[self.spot]
        path = library / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file}: {old}"
        shown = new.replace("%s", json.dumps(self.text, ensure_ascii=False)).replace("{}", self.text)
        path.write_text(text.replace(old, shown), encoding="utf-8")
        return Path(file)


def seeded() -> Iterator[Seeded]:
    """Every text in tests/rules/seeded: `## prose: found` begins a list, and so do `missed` and `nothing`.

    What is `missed` ought to be found, and is not.
    """
    for path in sorted((RULES / "seeded").glob("*.md")):
        parts = re.split(r"^## (.+): (found|missed|nothing)$", path.read_text(encoding="utf-8"), flags=re.M)
        for spot, expected, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            for text in re.findall(r"^- (.+)$", body, re.M):
                yield Seeded(path.stem, spot, path.stem if expected == "found" else "", text)
