// The road of a session with a record store. What a standard says in its own way is in its driver.

import type {
  Answer,
  Bookmark,
  CourseFacts,
  Driver,
  Keeper,
  Leaving,
  PageVisit,
  Progress,
  Standing,
  Watcher,
} from "../../player/driver";
import { checksum, decode } from "../../player/state";
import { unite } from "../../player/unite";
import { whoIs } from "./agent";
import { type Entry, Queue, type Turn } from "./queue";
import { type Known, LearnerRecord, type Letter } from "./record";
import { type Ears, type Found, Sender } from "./sender";
import type { Fields } from "./statements";
import * as say from "./statements";
import { judge, ok, parse, type Store } from "./store";
import type { World } from "./world";

/** A session, as its standard has opened it. */
export interface Visit {
  readonly scene: say.Scene;
  readonly store: Store;
  readonly document: Record<string, string>; // where our state document is
  readonly key: string; // what this device keeps things under: see keyOf
  readonly session: string; // "" where a standard has none
  readonly began: number;
  readonly isLooking: boolean;
  readonly goesOn: boolean; // the page was loaded again: the session has its first word
  readonly isShut: boolean; // there is no session: what is done waits for the next
  readonly before: number | null; // seconds in earlier sessions, where a page that is loaded again knows them
  readonly passMark: number | null;
  readonly learner: string;
  readonly goesBack: boolean; // Exit leads back to the platform
  readonly isQuiet: boolean; // the learner wants no sound
}

/** What stands for a learner with a module on this device. A registration alone does not: cmi5 has one a course. */
export function keyOf(registration: string, activity: string, actor: Fields): string {
  return `${registration || "unregistered"}/${checksum(`${activity} ${whoIs(actor)}`)}`;
}

/** What a standard does in its own way. */
export interface Dialect {
  /** The context of a statement about the module itself. */
  context(saying: say.Saying): say.Fields;
  /** The launched activity, as `initialized` names it. */
  module(): say.Fields;
  /** The verb of leaving. */
  last(progress: Progress): say.Verb;
  /** Whether a score, 0 to 1, may be said with this verdict. */
  allows(scaled: number, passed: boolean): boolean;
  /** Whether a session's first and last word have to stand first and last. */
  readonly inTurn: boolean;
  /** What becomes, now, of a statement that an earlier session left. */
  adopt(left: say.Statement, now: number): say.Statement | null;
  /** The session has its first word; `before` are the seconds in earlier ones, once they are known. */
  begun(before?: number): void;
  /** The session is over. */
  ended(): void;
  /** The learner has left by the button, and everything is where it should be. */
  leave(): void;
}

/** How a statement is made: in which context, when it has its turn, and when that was which it tells of. */
interface Manner {
  readonly context?: Fields;
  readonly turn?: Turn;
  readonly at?: number | undefined;
}

const STEP = 10; // percent: a statement for each page would cost more signal than it tells
const DAY = 86_400_000; // milliseconds: by so much the device's clock and the store's may differ
const PATIENCE = 8_000; // milliseconds: longer than this nobody waits to begin

export class RecordDriver implements Driver {
  readonly keeper: Keeper;
  readonly counts: boolean;
  readonly who: string;
  readonly passMark: number | null;
  readonly learner: string;
  readonly goBack: (() => void) | null;
  readonly isQuiet: boolean;
  private readonly known: LearnerRecord;
  private readonly queue: Queue;
  private readonly sender: Sender;
  private readonly seen = new Set<string>();
  private readonly judged = new Set<Letter>();
  private watcher: Watcher | null = null;
  private before = 0; // seconds in earlier sessions
  private earlier = 0; // seconds in this one, before the page was loaded again
  private touched = false; // the learner has done something
  private isUnsaid = false; // a judgement that an earlier session left, to be made anew
  private isOpen = true;
  private isLeaving = false;

  constructor(
    private readonly world: World,
    private readonly visit: Visit,
    private readonly dialect: Dialect,
    private readonly course: CourseFacts,
  ) {
    const prefix = `scormpack/store/${visit.key}/`;
    this.keeper = visit.isLooking ? "looking" : "platform";
    this.counts = !visit.isLooking;
    this.who = whoIs(visit.scene.actor);
    this.passMark = visit.passMark;
    this.learner = visit.learner;
    this.goBack = visit.goesBack ? () => dialect.leave() : null;
    this.isQuiet = visit.isQuiet;
    const both = (one: string, other: string): string => unite(course, one, other);
    const place = { query: visit.document, prefix, tab: world.uuid(), unite: both, isLooking: visit.isLooking };
    this.known = new LearnerRecord(visit.store, world.shelf, place);
    // Who only looks around must not send what an earlier session left.
    const waiting = `${prefix}${visit.isLooking ? `looking/${visit.session}` : "queue"}/`;
    const sitting = { session: visit.session, began: visit.began };
    this.queue = new Queue(world, waiting, sitting, (left) => this.adopt(left));
    const ears: Ears = {
      stored: (entry) => this.stored(entry),
      aside: (entry) => this.aside(entry),
      find: (entry) => this.find(entry),
    };
    this.sender = new Sender(world, visit.store, this.known, this.queue, `${prefix}lock`, ears);
    this.sender.tell = (standing) => this.stand(standing);
    this.known.heard = (known) => this.heard(known);
  }

  /** Say that it begins, and read what is on record, unless that takes too long. */
  async start(): Promise<this> {
    if (this.visit.isShut) this.sender.shut();
    else await this.begin();
    for (const { statement } of this.queue.waiting()) this.note(statement);
    this.before = this.visit.before ?? this.known.seconds;
    this.earlier = Math.max(this.known.seconds - this.before, 0);
    if (this.visit.isShut) return this;
    this.dialect.begun(this.before);
    if (this.isResumed) this.about({ verb: "resumed", object: say.launched(this.visit.scene) });
    this.sender.poke();
    return this;
  }

  private async begin(): Promise<void> {
    const inTime = new Promise<void>((wake) => this.world.later(PATIENCE, wake));
    const { goesOn, began } = this.visit;
    if (!goesOn) this.about({ verb: "initialized", object: this.dialect.module() }, "first", began);
    this.dialect.begun();
    await Promise.race([this.sender.open(), inTime]);
    await Promise.race([this.askAfterLeft(), inTime]);
    this.queue.takesOver = true;
  }

  /** Whether this visit goes on with what an earlier one has left half-way. */
  private get isResumed(): boolean {
    const left = decode(this.known.known.state);
    const isScored = this.course.tasks.some((task) => task.correct !== null);
    return this.writes && !this.visit.goesOn && left !== null && !(left.complete && (left.passed || !isScored));
  }

  /** What was sent as an earlier page went away may have arrived: nobody was there to hear of it. */
  private async askAfterLeft(): Promise<void> {
    const left = this.queue.left();
    if (!left.length) return;
    const first = Math.min(...left.map(({ statement }) => Date.parse(statement.timestamp)));
    const there = (await this.ask({ since: say.moment(first - DAY), format: "ids" })) ?? [];
    for (const entry of left.filter(({ statement }) => there.some(({ id }) => id === statement.id))) {
      this.queue.remove(entry.key);
      this.stored(entry);
    }
  }

  /** Statements that the store has of this learner and shows; null where it has not answered. */
  private async ask(which: Record<string, string>): Promise<readonly { readonly id?: string }[] | null> {
    const { agent = "", registration } = this.visit.document;
    const where = { agent, ...(registration ? { registration } : {}) };
    const reply = await this.visit.store.get("statements", { ...where, ...which }, (text) => listed(text) !== null);
    return ok(reply) ? listed(reply!.text) : judge(reply) === "later" ? null : [];
  }

  private adopt(left: say.Statement): say.Statement | null {
    const ours = this.dialect.adopt(left, Math.max(this.world.now(), this.visit.began + 1));
    if (!ours && letterOf(left)) this.isUnsaid = true;
    return ours;
  }

  get bookmark(): Bookmark {
    return bookmark(this.known.known);
  }

  watch(watcher: Watcher): void {
    this.watcher = watcher;
    this.stand(this.sender.standing);
    if (this.isUnsaid) watcher.recall(this.bookmark); // the learner has done all, and may do nothing more
  }

  record(answer: Answer): void {
    if (!this.writes) return;
    this.touched = true;
    const number = answer.right === null ? null : this.known.count(answer.id);
    const critical = this.course.tasks.some((task) => task.id === answer.id && task.critical);
    this.add(say.answered(this.visit.scene, answer, { critical, number }), { at: answer.at });
    this.sender.poke();
  }

  step(answer: Answer): void {
    this.record(answer);
  }

  see(visit: PageVisit): void {
    if (!this.writes || this.seen.has(visit.page)) return;
    this.seen.add(visit.page);
    this.touched = true;
    this.add(say.experienced(this.visit.scene, visit), { at: visit.at });
    this.sender.poke();
  }

  save(progress: Progress): void {
    if (!this.writes) return;
    this.touched = true;
    this.put(progress, false);
    this.sender.poke();
  }

  end(progress: Progress, leaving: Leaving): void {
    if (this.isOpen) this.close(progress, leaving);
    if (leaving === "gone") this.sender.leave();
    else this.sender.hurry();
  }

  private close(progress: Progress, leaving: Leaving): void {
    if (this.writes && (this.touched || leaving === "button")) this.put(progress, true);
    this.isOpen = false;
    this.isLeaving = true;
    // A page that goes may be loaded again, and then the session goes on: nothing may follow a last word. A session
    // that has none counts as broken off, which costs nothing.
    if (this.visit.isShut || (leaving === "gone" && this.dialect.inTurn)) return;
    const result = { duration: say.duration(this.seconds) };
    this.about({ verb: this.dialect.last(progress), object: say.launched(this.visit.scene), result }, "last");
    this.dialect.ended();
  }

  private get writes(): boolean {
    return this.isOpen && !this.visit.isLooking;
  }

  /** How long this session has taken, as far as the course was in sight. */
  private get seconds(): number {
    return this.earlier + this.world.inSight();
  }

  /** How long all sessions have taken. */
  private get allSeconds(): number {
    return Math.max(this.before + this.seconds, this.known.seconds);
  }

  /** What is new in a progress; nothing is said twice, and nothing worse than what is on record. */
  private put(progress: Progress, isLast: boolean): void {
    this.known.note(progress.state, progress.score, this.allSeconds, isLast);
    const percent = say.percent(progress);
    const told = this.known.percent;
    if (percent - told >= STEP || (percent === 100 && told < 100)) {
      this.known.tell(percent);
      this.about(say.progressed(this.visit.scene, percent));
    }
    if (progress.complete && !this.has("c")) this.judge("completed", { completion: true });
    // cmi5: one verdict a session. Another device's right answers may come to be known after the last try here.
    if (this.has("p") || (this.dialect.inTurn && this.judged.has("f"))) return;
    if (progress.success === "passed") this.judge("passed", { success: true, ...this.score(progress, true) });
    else if (progress.success === "failed" && !this.has("f")) {
      this.judge("failed", { success: false, ...this.score(progress, false) });
    }
  }

  private judge(verb: "completed" | "passed" | "failed", result: say.Fields): void {
    const duration = say.duration(this.allSeconds);
    this.about({ verb, object: say.launched(this.visit.scene), result: { ...result, duration } });
  }

  private score({ score }: Progress, passed: boolean): say.Fields {
    const made = score === null ? null : say.score(score);
    return made && this.dialect.allows(made.scaled, passed) ? { score: made } : {};
  }

  /** On record, or about to be: another tab's statement may be waiting, too. */
  private has(letter: Letter): boolean {
    for (const { statement } of this.queue.waiting()) this.note(statement);
    return this.known.has(letter) || this.judged.has(letter);
  }

  private about(saying: say.Saying, turn: Turn = "next", at?: number): void {
    this.add(saying, { context: this.dialect.context(saying), turn: this.dialect.inTurn ? turn : "next", at });
  }

  private add(saying: say.Saying, { context = this.visit.scene.context, turn, at }: Manner): void {
    const stamp = { id: this.world.uuid(), now: at ?? this.world.now() };
    const made = say.statement({ ...this.visit.scene, context }, saying, stamp);
    this.note(made);
    this.queue.add(made, turn);
  }

  private note(statement: say.Statement): void {
    const letter = letterOf(statement);
    if (letter) this.judged.add(letter);
  }

  private stored({ statement }: Entry): void {
    const letter = letterOf(statement);
    if (letter) this.known.confirm(letter);
  }

  private async find({ statement }: Entry): Promise<Found> {
    const reply = await this.visit.store.get("statements", { statementId: statement.id }, isStatement);
    if (ok(reply)) return isSame(parse(reply!.text)!, statement) ? "there" : "other";
    if (judge(reply) === "later" && reply?.status !== 404) return "later";
    return letterOf(statement) ? this.findJudgement(statement) : "absent";
  }

  /** A judgement is on record once, though a phone that went dead may have had no time to note it in the state. */
  private async findJudgement(statement: say.Statement): Promise<Found> {
    const verb = statement.verb.id.replace(/failed$/, "passed"); // what forbids it
    const found = await this.ask({ verb, activity: this.visit.scene.activity, limit: "1" });
    return !found ? "later" : found.length ? "there" : "absent";
  }

  private aside({ statement }: Entry): void {
    if (letterOf(statement)) this.sender.lose();
  }

  /** The store knew more: what it has been told already is not told again. */
  private heard(known: Known): void {
    for (const { key, statement } of this.queue.waiting()) {
      const letter = letterOf(statement);
      if (letter && (this.known.has(letter) || (letter === "f" && this.known.has("p")))) this.queue.remove(key);
    }
    try {
      this.watcher?.recall(bookmark(known));
    } catch (error) {
      console.error(error); // what cannot be shown is on record all the same
    }
  }

  private stand(standing: Standing): void {
    this.watcher?.stand(standing);
    if (standing === "saved" && this.isLeaving) this.dialect.leave();
  }
}

/** What is on record: what waits is not. */
function bookmark({ state, complete, passed, score }: Known): Bookmark {
  return { state, complete, success: passed ? "passed" : "unknown", score };
}

function letterOf({ verb }: say.Statement): Letter | null {
  const name = verb.id.slice(verb.id.lastIndexOf("/") + 1);
  return name === "completed" ? "c" : name === "passed" ? "p" : name === "failed" ? "f" : null;
}

function listed(text: string): { readonly id?: string }[] | null {
  const found = parse(text)?.statements;
  return Array.isArray(found) ? (found as { id?: string }[]) : null;
}

function isStatement(text: string): boolean {
  return typeof parse(text)?.id === "string";
}

/** Whether a store's statement says what ours does. It may write a time or a context in its own way. */
function isSame(theirs: Record<string, unknown>, ours: say.Statement): boolean {
  const said = ({ verb, object, result }: Partial<say.Statement>): string =>
    JSON.stringify([verb?.id, object?.id, result?.response]);
  return said(theirs as Partial<say.Statement>) === said(ours);
}
