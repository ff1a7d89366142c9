"""A small library with one of everything that a report can tell, gaps and all. Its day is 20 September 2026."""

from __future__ import annotations

from pathlib import Path

DAY = "1789862400"  # SOURCE_DATE_EPOCH of 2026-09-20

RECOMMENDATION = """\
id: {id}
version: 1.0.0
status: {status}
section: A
theme: delivery_format
statement: Managers should do the thing called {id}.
audience: [manager, provider]
learners: [homecare_worker]
stages: [first_weeks]
priority: {priority}
evidence_strength: moderate
rationale: It helps.
evidence: [{{kind: workshop, ref: us, supports: directly}}]
expects: {expects}
measures: {measures}
provenance: {{status: consulted}}
reviewed_on: 2026-01-10
review_due: {due}
"""
MODULE = """\
id: {id}
version: 1.0.0
title: {title}
summary: A module.
jurisdictions: [england]
stage: {stage}
audiences: [homecare_worker]
format: short
delivery: [self_study]
duration_minutes: {minutes}
time_policy: {{rule: {paid}, sentence: Ask how your time is paid.}}
topics: [{topics}]
objectives:
  - {{id: know-it, text: Say what you do}}
key_messages: [Call., Write it down., Be kind.]
sensitivity: [none]
addresses: [{addresses}]
local_slots: [{slots}]
review_due: {due}
pages: [only]
"""
FILES = {
    "library.yaml": """\
title: A small library
publisher: Nobody
licence: CC-BY-4.0
topics:
  - {id: covered, title: A covered topic}
  - {id: gap, title: A gap}
  - {id: elsewhere, title: A topic elsewhere, signposted_to: {resource: The hospice, reason: They know more}}
slots:
  office_phone: {label: The office, kind: phone}
  debrief_contact: {label: Someone to talk to}
notices:
  local_policy: Follow your policy.
help_local: [office_phone]
profile:
  sentence_words: {value: 30, reason: Our readers asked for it}
waive:
  - {rule: LNK-05, reason: There is no such learner here, by: An author, date: 2026-02-01, until: 2026-08-31}
""",
    "contacts.yaml": """\
contacts:
  - {id: never, name: Never checked, for_whom: All, hours: Always open, jurisdictions: [england], phone: "111"}
  - {id: fresh, name: Fresh, for_whom: All, hours: Always open, jurisdictions: [england], checked_on: 2026-09-01}
  - {id: old, name: Old, for_whom: All, hours: Always open, jurisdictions: [england], checked_on: 2026-02-02}
  - {id: ancient, name: Ancient, for_whom: All, hours: Always open, jurisdictions: [england], checked_on: 2025-01-01}
""",
    "providers/oak.yaml": """\
id: oak
name: Oak Care
brand: {colour: "#7A2E5A"}
local: {office_phone: "01632 960000"}
""",
    "providers/elm.yaml": "id: elm\nname: =Elm Care\n",
    "recommendations/a-met.yaml": RECOMMENDATION.format(
        id="a-met",
        status="current",
        priority="must",
        expects="{max_minutes: 10, delivery_any: [self_study]}",
        measures="[{id: a-asked, text: Was it asked?, evidence_kind: policy},"
        " {id: a-completion, text: Is completion known?, evidence_kind: lms_record, from_tool: true}]",
        due="2027-01-01",
    ),
    "recommendations/b-partly.yaml": RECOMMENDATION.format(
        id="b-partly",
        status="current",
        priority="should",
        expects="{needs: [what_if_card, paid_time_statement]}",
        measures="[{id: b-notices-present, text: Are there notices?, evidence_kind: observation, from_tool: true}]",
        due="2026-10-10",
    ),
    "recommendations/c-missing.yaml": RECOMMENDATION.format(
        id="c-missing",
        status="draft",
        priority="could",
        expects="{}",
        measures="[{id: c-other, text: Something else?, evidence_kind: meeting_note, from_tool: true}]",
        due="2027-02-01",
    ),
    "recommendations/d-elsewhere.yaml": RECOMMENDATION.format(
        id="d-elsewhere",
        status="current",
        priority="could",
        expects="{}",
        measures="[{id: d-read, text: Was it read?, evidence_kind: worker_feedback}]",
        due="2027-03-01",
    )
    + "signposted_to: {resource: A website, reason: It is good}\n",
    "recommendations/e-retired.yaml": RECOMMENDATION.format(
        id="e-retired",
        status="retired",
        priority="could",
        expects="{}",
        measures="[{id: e-old, text: Old?, evidence_kind: policy}]",
        due="2020-01-01",
    ),
    "first/module.yaml": MODULE.format(
        id="first",
        title="The first module",
        stage="first_weeks",
        minutes=10,
        paid="paid_required",
        topics="covered",
        addresses="a-met, b-partly",
        slots="debrief_contact",
        due="2027-05-05",
    )
    + """\
cpd_minutes: 8
reviewers: [{name: Ann Example, role: nurse, clinical: true, date: 2026-03-03}]
provenance:
  status: co_produced
  workshops:
    - number: 1
      date: 2026-02-02
      mode: online
      partners: [{role: workers, count: 6}, {role: managers, count: 4}]
      facilitators: 1
      purpose: To read it
      recognition: Paid
      access_help: By phone too
waive:
  - {rule: MOD-11, reason: No group has asked for it yet, by: An author, date: 2026-02-01, until: 2026-12-31}
""",
    "first/pages/only.md": """\
# Only a page

Talk to {local:debrief_contact}.

```card
id: a-card
title: A card
front: What if?
steps: [Call., Wait., Write.]
```
""",
    "second/module.yaml": MODULE.format(
        id="second",
        title="The second module",
        stage="advanced",
        minutes=20,
        paid="optional",
        topics="covered",
        addresses="b-partly",
        slots="",
        due="2026-09-01",
    )
    + "provenance: {status: editorial}\n",
    "second/pages/only.md": "# Only a page\n\nWords.\n",
}
ASSESSMENT = """\
provider: oak
date: 2026-09-01
prepared_by: The manager of Oak Care
answers:
  - {measure: a-asked, answer: met, evidence: "=Policy 3", owner: The office, date: 2026-08-08, note: Seen by all}
  - {measure: b-notices-present, answer: partly, evidence: A list, review: 2027-02-08}
  - {measure: c-other, answer: not_yet}
  - measure: d-read
    answer:
    evidence:
    owner:
    date:
    note:
"""


def write(folder: Path) -> Path:
    """Write the library into `folder`, which is given back."""
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
