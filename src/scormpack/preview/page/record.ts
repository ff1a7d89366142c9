// Every call or request of the course with its answer: one line each, which opens to the whole.

import { fill, make, one } from "../../player/dom";
import type { Entry } from "./news";
import { button, marked } from "./parts";
import { clock, counted } from "./words";

const MOST = 1_000; // lines that are drawn; all entries are kept
const NEAR = 40; // pixels from the end within which a reader still follows

const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  scorm12: ["Calls", "call"],
  scorm2004: ["Calls", "call"],
  xapi: ["Statements", "request"],
  cmi5: ["Statements", "request"],
  web: ["Requests", "request"],
};

export class EntryList {
  readonly entries: Entry[] = [];
  private readonly scroller: HTMLElement;
  private readonly list: HTMLElement;
  private readonly before: HTMLElement;
  private readonly newer: HTMLButtonElement;
  private readonly only: HTMLInputElement;
  private readonly tab: HTMLElement;
  private word = "call";
  private unseen = 0;
  private session = 0; // the latest that has a line

  constructor(panel: HTMLElement, tab: HTMLElement) {
    this.scroller = one(panel, ".entries");
    this.list = one(panel, "ol");
    this.before = one(panel, ".before");
    this.only = one<HTMLInputElement>(panel, ".only-flawed");
    this.tab = tab;
    this.newer = button("", () => this.toEnd(), "newer");
    this.newer.hidden = true;
    panel.append(this.newer);
    this.only.addEventListener("change", () => this.draw());
    this.scroller.addEventListener("scroll", () => this.isAtEnd && this.saw());
  }

  /** The number of the newest entry. */
  get last(): number {
    return this.entries[this.entries.length - 1]?.number ?? 0;
  }

  name(kind: string): void {
    const [title, word] = NAMES[kind] ?? NAMES.web!;
    one(this.tab, ".name").textContent = title;
    this.word = word;
    this.count();
  }

  /** Somebody new has come, or another package is played. */
  clear(): void {
    this.entries.length = 0;
    this.draw();
  }

  add(entries: readonly Entry[]): void {
    if (!entries.length) return;
    const follows = this.isAtEnd;
    this.entries.push(...entries);
    const drawn = this.append(entries);
    this.count();
    if (follows) this.toEnd();
    else this.say(drawn);
  }

  /** The panel is shown: what came meanwhile is in sight. */
  shown(): void {
    if (!this.unseen) this.toEnd();
  }

  private draw(): void {
    fill(this.list);
    this.session = 0;
    this.append(this.entries);
    this.count();
    this.toEnd();
  }

  private append(entries: readonly Entry[]): number {
    const wanted = this.only.checked ? entries.filter(isFlawed) : entries;
    const lines = wanted.slice(-MOST).flatMap((entry) => this.lines(entry));
    this.list.append(...lines);
    while (this.list.childElementCount > MOST) this.list.firstElementChild!.remove();
    return wanted.length;
  }

  /** The line of an entry; before the first of a session, one that says so. The one before may still have its say. */
  private lines(entry: Entry): HTMLElement[] {
    const { session } = entry;
    const isLate = session < this.session;
    const heading = session > this.session ? [make("li", `Session ${session}`, "session")] : [];
    this.session = Math.max(session, this.session);
    return [...heading, line(entry, isLate)];
  }

  private count(): void {
    const flawed = this.entries.filter(isFlawed).length;
    one(this.tab, ".count").textContent = this.entries.length ? this.entries.length.toLocaleString("en-GB") : "";
    one(this.only.parentElement!, "span").textContent = `Only what is wrong (${flawed})`;
    const all = this.only.checked ? flawed : this.entries.length;
    const hidden = Math.max(0, all - MOST);
    this.before.hidden = !!all && !hidden;
    this.before.textContent = hidden
      ? `${counted(hidden, `earlier ${this.word}`)} not shown. Copy as JSON has all.`
      : this.nothing();
  }

  private nothing(): string {
    return this.only.checked ? `No ${this.word} is wrong.` : `No ${this.word} so far.`;
  }

  private get isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  private toEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.saw();
  }

  private saw(): void {
    this.unseen = 0;
    this.newer.hidden = true;
  }

  private say(number: number): void {
    this.unseen += number;
    this.newer.hidden = !this.unseen;
    this.newer.textContent = `${counted(this.unseen, "newer one")} below`;
  }
}

function isFlawed({ flaws }: Entry): boolean {
  return flaws.length > 0;
}

function line(entry: Entry, isLate: boolean): HTMLElement {
  const item = make("li", "", "entry");
  const details = make("details");
  const summary = make("summary");
  summary.append(make("time", clock(entry.at)), said(entry), ...marks(entry, isLate));
  details.append(summary);
  // Nobody opens most of them.
  details.addEventListener("toggle", () => details.childElementCount < 2 && details.append(whole(entry)));
  item.append(details);
  return item;
}

function said({ what, given, answer, refused }: Entry): HTMLElement {
  const made = make("span", "", "said");
  made.append(make("b", what));
  if (given.some(Boolean)) made.append(make("span", given.join(", "), "given"));
  if (answer) made.append(make("span", `→ ${answer}`, refused ? "answer is-no" : "answer"));
  return made;
}

function marks({ session, flaws, trouble }: Entry, isLate: boolean): HTMLElement[] {
  const made = isLate ? [make("span", `Session ${session}`, "mark late")] : [];
  if (flaws.length) made.push(make("span", `✕ ${flaws.map(({ code }) => code).join(", ")}`, "mark flawed"));
  if (trouble) made.push(make("span", "⚑ On purpose", "mark meant"));
  return made;
}

function whole(entry: Entry): HTMLElement {
  const made = make("div", "", "whole");
  for (const { code, message } of entry.flaws) {
    made.append(marked("p", `${code}: ${message}`, "flaw"));
  }
  if (entry.trouble) made.append(make("p", `Trouble that you made: ${entry.trouble}.`, "flaw"));
  const shown = entry.detail ?? { given: entry.given, answer: entry.answer };
  const code = make("pre", typeof shown === "string" ? shown : JSON.stringify(shown, null, 2));
  code.tabIndex = 0; // long lines are reached by keys too
  made.append(code);
  return made;
}
