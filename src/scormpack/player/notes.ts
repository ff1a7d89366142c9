// What a learner writes or ticks for themselves: kept on this device and sent nowhere, theirs to print, to save and to clear.

import { forget, keep, kept, remove, stored } from "./device";
import { all, one, words } from "./dom";
import { printSheet, saveText } from "./paper";
import { checksum } from "./state";
import { say } from "./words";

type Field = HTMLInputElement | HTMLTextAreaElement;

/** What was entered, by the name of its field; "" for what is ticked. */
type Entries = Record<string, string>;

/** A line of what is printed or saved: what was asked, and what the learner wrote. */
export interface Line {
  readonly label: string;
  readonly value: string;
}

const PROBE = "scormpack/probe";

export class Notes extends HTMLElement {
  private who: string | null = null; // null: not known yet
  private isRead = false; // nothing is written over what was kept before it is in the fields
  private isReading = false;
  private isChanged = false;
  private isTold = false;
  private turn = 0;
  private readonly touched = new Set<string>(); // names of fields

  connectedCallback(): void {
    if (!this.fields.length) return;
    one(this, ".kept").textContent = "";
    this.addEventListener("input", (event) => this.change(event.target as Field));
    this.draw();
    this.offerTools();
  }

  /** Bring back what this learner has written here; "" where nobody is named, and all who use the device are one. */
  async open(who: string): Promise<void> {
    if (!this.fields.length) return;
    this.who = who;
    await this.read();
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

  private get place(): string {
    const { module = "", provider = "" } = this.closest<HTMLElement>("sp-course")?.dataset ?? {};
    return `${provider}/${module}/${this.id}`;
  }

  /** A name can be an address: its checksum tells learners apart as well. */
  private get key(): string {
    return `scormpack/note/${this.who && checksum(this.who)}/${this.place}`;
  }

  private change(field: Field): void {
    this.touched.add(field.name);
    this.isChanged = true;
    this.draw();
    void (this.isRead ? this.write() : this.read());
  }

  private async read(): Promise<void> {
    if (this.who === null || this.isReading) return;
    this.isReading = true;
    const keeps = await keep(PROBE, "");
    const found = keeps ? await this.find() : {};
    this.isReading = false;
    if (keeps && !this.isRead) this.fill(found);
    this.isRead = this.isRead || keeps;
    if (keeps && this.isChanged) await this.write();
    else this.stand(keeps);
  }

  /** An earlier release kept one note for all: it is left to whoever comes, and where learners have names to nobody. */
  private async find(): Promise<Entries> {
    const old = `scormpack/note/${this.place}`;
    const text = stored(old);
    const found = await kept(this.key);
    if (text === null) return parse(found);
    const isTaken = this.who === "" && found === null;
    if (!isTaken || (await keep(this.key, text))) remove(old);
    return parse(isTaken ? text : found);
  }

  private fill(found: Entries): void {
    for (const field of this.fields) {
      const entry = found[name(field)];
      if (entry === undefined) continue;
      if (!isBox(field)) putBefore(field, entry);
      else if (!this.touched.has(field.name)) field.checked = true;
    }
    this.draw();
  }

  private async write(): Promise<void> {
    const turn = ++this.turn;
    const entries = this.fields
      .filter((field) => (isBox(field) ? field.checked : field.value !== ""))
      .map((field) => [name(field), isBox(field) ? "" : field.value]);
    const text = JSON.stringify(Object.fromEntries(entries));
    const keeps = await (entries.length ? keep(this.key, text) : forget(this.key));
    if (turn === this.turn) this.stand(keeps);
  }

  /** Say what becomes of what is written here; aloud when something has been written that cannot be kept. */
  private stand(keeps: boolean): void {
    const text = say(keeps ? (this.who ? "w.notes_yours" : "w.notes_anyone") : "w.notes_lost");
    one(this, ".kept").textContent = text;
    const isNews = !keeps && this.isChanged && !this.isTold;
    if (isNews) one(document, ".said").textContent = text;
    this.isTold = this.isTold || isNews;
  }

  private offerTools(): void {
    this.append(one<HTMLTemplateElement>(document, ".note-tools").content.cloneNode(true));
    const [tools, question] = [one(this, ".tools"), one(this, ".clearing")];
    one(tools, ".print").addEventListener("click", () => printSheet(this.heading, this.lines()));
    one(tools, ".save").addEventListener("click", () => saveText(this.heading, this.lines()));
    one(tools, ".clear").addEventListener("click", () => this.ask(true));
    one(question, ".no").addEventListener("click", () => this.ask(false));
    one(question, ".yes").addEventListener("click", () => this.clear());
    question.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.ask(false);
    });
  }

  private ask(isAsking: boolean): void {
    one(this, ".clearing").hidden = !isAsking;
    one(this, ".tools").hidden = isAsking;
    one(this, isAsking ? ".clearing .no" : ".tools .clear").focus();
  }

  private clear(): void {
    for (const field of this.fields) {
      if (isBox(field)) field.checked = false;
      else field.value = "";
    }
    this.isChanged = true;
    this.isRead = true; // whatever was kept is not to come back
    this.draw();
    this.ask(false);
    one(document, ".said").textContent = say("w.notes_cleared");
    if (this.who !== null) void this.write();
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

/** What was written earlier stands above what is being written; the cursor stays where it is. */
function putBefore(field: Field, text: string): void {
  if (field.value === text) return;
  if (field.value) field.setRangeText(`${text}\n`, 0, 0, "preserve");
  else field.value = text;
}

/** What was kept, or nothing where it is not ours. */
function parse(text: string | null): Entries {
  try {
    const data: unknown = JSON.parse(text ?? "{}");
    return typeof data === "object" && data !== null ? (data as Entries) : {};
  } catch {
    return {};
  }
}
