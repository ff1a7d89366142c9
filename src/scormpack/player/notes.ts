// What a learner writes or ticks for themselves: kept in this browser, sent nowhere, theirs to print and to save.

import { store, stored } from "./device";
import { all, one, words } from "./dom";
import { printSheet, saveText } from "./paper";

type Field = HTMLInputElement | HTMLTextAreaElement;

/** A line of what is printed or saved: what was asked, and what the learner wrote. */
export interface Line {
  readonly label: string;
  readonly value: string;
}

export class Notes extends HTMLElement {
  connectedCallback(): void {
    if (!this.fields.length) return;
    this.fill();
    this.addEventListener("input", () => {
      this.keep();
      this.draw();
    });
    this.draw();
    one(this, ".tools").hidden = false;
    one(this, ".tools .print").addEventListener("click", () => printSheet(this.heading, this.lines()));
    one(this, ".tools .save").addEventListener("click", () => saveText(this.heading, this.lines()));
  }

  /** What follows from the fields, for kinds that show more than fields. */
  protected draw(): void {}

  /** What the learner has entered, for paper. */
  protected lines(): Line[] {
    return this.fields.map((field) => ({ label: this.label(field), value: value(field) }));
  }

  protected get fields(): Field[] {
    return all<Field>(this, "input, textarea");
  }

  private label(field: Field): string {
    const row = field.closest("fieldset")?.querySelector("legend");
    const own = words(field.closest("label")!.querySelector(".label"));
    return row ? `${words(row)}: ${own}` : own;
  }

  private get heading(): string {
    const heading = words(one(this, "h3"));
    const kind = words(this.querySelector("h3 .kind"));
    return heading.slice(kind.length).trim() || heading;
  }

  private get key(): string {
    const { module = "", provider = "" } = this.closest<HTMLElement>("sp-course")?.dataset ?? {};
    return `scormpack/note/${provider}/${module}/${this.id}`;
  }

  private fill(): void {
    const kept = parse(stored(this.key));
    for (const field of this.fields) {
      const entry = kept[name(field)];
      if (entry === undefined) continue;
      if (isBox(field)) field.checked = true;
      else field.value = entry;
    }
  }

  private keep(): void {
    const entries = this.fields
      .filter((field) => (isBox(field) ? field.checked : field.value !== ""))
      .map((field) => [name(field), isBox(field) ? "" : field.value]);
    store(this.key, JSON.stringify(Object.fromEntries(entries)));
  }
}

/** A radio button is known by what it stands for, too. */
function name(field: Field): string {
  return field.type === "radio" ? `${field.name}=${field.value}` : field.name;
}

function isBox(field: Field): field is HTMLInputElement {
  return field.type === "checkbox" || field.type === "radio";
}

function value(field: Field): string {
  if (isBox(field)) return field.checked ? "✓" : "";
  return field.value.trim();
}

/** What was kept, or nothing where it is not ours. */
function parse(text: string | null): Record<string, string> {
  try {
    const data: unknown = JSON.parse(text ?? "{}");
    return typeof data === "object" && data !== null ? (data as Record<string, string>) : {};
  } catch {
    return {};
  }
}
