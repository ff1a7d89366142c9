// What is known of the learner: on this device at once, in the record store's state document when there is signal.

import { DONE, judge, type Outcome, ok, parse, type Reply, type Store } from "./store";
import type { Shelf } from "./world";

/** What has been judged, a letter each: completed, passed, failed. */
export type Letter = "c" | "p" | "f";

/** The document. */
interface Facts {
  readonly state: string; // the player's own
  readonly kept: string; // the letters of what the store has taken
  readonly percent: number; // the progress that was last told
  readonly score: number | null;
  readonly seconds: number; // in all sessions
  readonly tries: Tries;
}

/** How often each task has been answered. */
type Tries = Readonly<Record<string, number>>;

/** What the player hears of it. */
export interface Known {
  readonly state: string;
  readonly complete: boolean;
  readonly passed: boolean;
  readonly score: number | null;
}

/** Where the document is, and how two of the player's states become one. */
export interface Place {
  readonly query: Record<string, string>;
  readonly prefix: string; // of everything kept on this device for this registration
  readonly tab: string;
  readonly unite: (one: string, other: string) => string;
  readonly isLooking: boolean; // read, and never written
}

const NOTHING: Facts = { state: "", kept: "", percent: 0, score: null, seconds: 0, tries: {} };
const ROUNDS = 3; // of reading again before it is written whatever stands there: by then we have read the same
const SURE = 2; // times: one may have been a gap in the signal

export class LearnerRecord {
  /** Told when the store knew more than this page. */
  heard: ((known: Known) => void) | null = null;
  isRead = false;
  private facts = NOTHING;
  private etag: string | null = null;
  private tags = true; // whether this store has such marks at all; some give them only when they are read
  private there = false; // whether it has the document
  private bars = 0; // how often a write with a condition did not pass, and one without did
  private changes = 0;
  private written = 0;
  private busy = false;
  private spoiled = false; // the store is well and does not take the document
  private left: readonly string[]; // what other pages had no time to write
  private lasting = true;

  constructor(
    private readonly store: Store,
    private readonly shelf: Shelf,
    private readonly place: Place,
  ) {
    this.left = shelf.keys(`${place.prefix}state/`);
    for (const key of [this.copy, ...this.left]) this.take(read(shelf.get(key)));
    if (this.left.length && !place.isLooking) this.changes++;
  }

  get known(): Known {
    const { state, kept, score } = this.facts;
    return { state, complete: kept.includes("c"), passed: kept.includes("p"), score };
  }

  get percent(): number {
    return this.facts.percent;
  }

  get seconds(): number {
    return this.facts.seconds;
  }

  get isDirty(): boolean {
    return this.changes > this.written;
  }

  /** Whether it is where it would outlive this page. */
  get lasts(): boolean {
    return this.lasting || !this.isDirty;
  }

  get isRefused(): boolean {
    return this.spoiled;
  }

  /** Whether the store has it: another tab may have been the one that heard. */
  has(letter: Letter): boolean {
    return this.keptHere.includes(letter);
  }

  /** Note where the learner stands. The time alone is worth a request only where it is the last one. */
  note(state: string, score: number | null, seconds: number, isLast: boolean): void {
    const noted = { ...this.facts, state, score: higher(score, this.facts.score) };
    if (isLast || !same(noted, this.facts)) this.change({ ...noted, seconds: Math.max(seconds, this.seconds) });
  }

  /** Note how much progress was told. */
  tell(percent: number): void {
    this.change({ ...this.facts, percent: Math.max(percent, this.percent) });
  }

  /** Count a try; which one it is. */
  count(task: string): number {
    const number = (this.facts.tries[task] ?? 0) + 1;
    this.change({ ...this.facts, tries: most(this.facts.tries, { [task]: number }) });
    return number;
  }

  /** The store has taken it: now other devices may know. */
  confirm(letter: Letter): void {
    this.change({ ...this.facts, kept: letters(this.facts.kept + letter) });
  }

  /** Read the document, and unite what it says with what is known here. */
  async read(): Promise<Outcome> {
    const reply = await this.store.get("activities/state", this.place.query, isOurs);
    if (reply?.status !== 404 && !ok(reply)) return failed(reply);
    this.there = reply?.status !== 404;
    this.etag = this.there ? strong(reply!.etag) : null;
    if (this.there) this.tags = this.etag !== null;
    this.isRead = true;
    const before = this.facts;
    const theirs = this.there ? read(reply!.text) : NOTHING;
    this.take(theirs);
    if (!same(this.facts, theirs)) this.keep();
    else this.written = this.changes; // an earlier write had arrived, and only its answer was lost
    if (!same(this.facts, before)) this.heard?.(this.known);
    return DONE;
  }

  /** Bring the document up to date. */
  async write(): Promise<Outcome> {
    let careful = this.bars < SURE;
    for (let round = 0; this.isDirty; round++) {
      if (!this.isRead || (this.tags && this.there && this.etag === null)) {
        const outcome = await this.read();
        if (outcome.word !== "done") return outcome;
      }
      careful &&= round < ROUNDS;
      const { reply, version } = await this.put(careful);
      if (judge(reply) === "stored") {
        this.bars = careful ? 0 : this.bars + 1;
        this.settle(reply!, version);
      } else if (reply?.status === 412 || reply?.status === 409) this.isRead = false;
      else if (judge(reply) === "wrong") this.giveUp(reply!, version);
      // No answer: is there no signal, or may this page not send conditions? Reading needs none, so it tells.
      else if (reply || !careful || (await this.read()).word !== "done") return failed(reply);
      else careful = false;
    }
    return DONE;
  }

  /** The page goes away: send what is new and wait for nothing. What was never read is not overwritten. */
  fling(): void {
    if (!this.isDirty || !this.isRead) return;
    // A write that is under way changes the mark that this one would be held against.
    void this.put(!this.busy).then(({ reply, version }) => ok(reply) && this.settle(reply!, version));
  }

  private async put(careful: boolean): Promise<{ reply: Reply | null; version: number }> {
    const version = this.changes;
    const conditions: Record<string, string> = this.etag
      ? { "If-Match": this.etag }
      : this.there
        ? {}
        : { "If-None-Match": "*" };
    this.busy = true;
    const body = JSON.stringify(this.facts);
    const headers = careful ? conditions : {};
    const reply = await this.store.put("activities/state", this.place.query, body, headers);
    this.busy = false;
    return { reply, version };
  }

  private settle(reply: Reply, version: number): void {
    this.there = true;
    this.spoiled = false;
    this.etag = strong(reply.etag);
    this.written = Math.max(this.written, version);
    for (const key of this.left) this.shelf.remove(key);
    this.left = [];
    if (!this.isDirty) this.shelf.remove(this.mine);
  }

  /** What the store does not take as it is would only hold up the rest. */
  private giveUp(reply: Reply, version: number): void {
    console.warn("the record store refused the saved state", reply.status, reply.text);
    this.spoiled = true;
    this.written = Math.max(this.written, version);
  }

  private take(theirs: Facts): void {
    const { state, kept, percent, score, seconds, tries } = this.facts;
    this.facts = {
      state: this.place.unite(state, theirs.state),
      kept: letters(kept + theirs.kept),
      percent: Math.max(percent, theirs.percent),
      score: higher(score, theirs.score),
      seconds: Math.max(seconds, theirs.seconds),
      tries: most(tries, theirs.tries),
    };
  }

  private change(facts: Facts): void {
    if (same(facts, this.facts)) return;
    this.facts = facts;
    this.keep();
  }

  private keep(): void {
    if (this.place.isLooking) return;
    this.changes++;
    this.facts = { ...this.facts, kept: this.keptHere };
    const text = JSON.stringify(this.facts);
    this.lasting = this.shelf.set(this.mine, text);
    this.shelf.set(this.copy, text); // for a start without signal
  }

  /** What the store has taken, as far as this page or another on this device has heard. */
  private get keptHere(): string {
    return letters(this.facts.kept + read(this.shelf.get(this.copy)).kept);
  }

  private get copy(): string {
    return `${this.place.prefix}copy`;
  }

  private get mine(): string {
    return `${this.place.prefix}state/${this.place.tab}`;
  }
}

export function failed(reply: Reply | null): Outcome {
  return { word: judge(reply) === "refused" ? "refused" : "later", pause: reply?.pause ?? null };
}

/** Whether a text is our document, and not what a proxy shows instead. */
function isOurs(text: string): boolean {
  const { state, kept } = parse(text) ?? {};
  return typeof state === "string" && typeof kept === "string";
}

function read(text: string | null): Facts {
  const { state, kept, percent, score, seconds, tries } = parse(text) ?? {};
  return {
    state: typeof state === "string" ? state : "",
    kept: letters(String(kept ?? "")),
    percent: Number(percent) || 0,
    score: typeof score === "number" ? score : null,
    seconds: Number(seconds) || 0,
    tries: most((tries ?? {}) as Tries, {}),
  };
}

/** The higher number of each; in order, so that what is the same also reads the same. */
function most(one: Tries, other: Tries): Tries {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(names.map((name) => [name, Math.max(one[name] ?? 0, other[name] ?? 0)]));
}

function letters(some: string): string {
  return [..."cpf"].filter((letter) => some.includes(letter)).join("");
}

function higher(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

function same(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A proxy that compresses makes a mark weak, and a weak one never matches. */
function strong(etag: string | null): string | null {
  return etag ? etag.replace(/^W\//, "") : null;
}
