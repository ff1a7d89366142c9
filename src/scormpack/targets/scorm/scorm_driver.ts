// The road of a SCORM session. What an element is called and which words it takes is in each edition's driver.
//
// A platform's "true" is not proof: some say it to a commit that never arrived, and take what they could not send as sent.
// So all is said with every save, what the platform sends is watched, and after a doubt all is said once more, otherwise first.

import type {
  Answer,
  Bookmark,
  CourseFacts,
  Driver,
  Keeper,
  Leaving,
  Progress,
  Standing,
  Watcher,
} from "../../player/driver";
import { decode } from "../../player/state";
import { NOBODY } from "../nobody";
import { findApi, type Names, Session } from "./api";
import { Leftover } from "./leftover";
import type { Fate } from "./witness";
import { browser, type Reach, type World } from "./world";

/** A value to write. What is not needed to keep the learner's progress may be refused. */
export interface Write {
  readonly element: string;
  readonly value: string;
  readonly needed?: boolean;
  readonly other?: string; // what may stand there for a moment, so that `value` is news to a platform that lost it
}

/** What the platform said at the start. */
export interface Opening {
  readonly touched: boolean; // the platform says that this attempt has begun
  readonly fresh: boolean; // the platform says that it has not; some say neither
  readonly bookmark: Bookmark;
  readonly passMark: number | null;
  readonly learner: string;
  readonly who: string; // the learner's own identifier
  readonly mode: string;
  readonly credit: string;
  readonly interactions: number;
}

/** One edition's elements and words. */
export interface Dialect {
  readonly names: Names;
  readonly probe: string; // an element that every platform answers
  readonly exit: { readonly element: string; readonly suspend: string; readonly normal: string };
  read(session: Session, course: CourseFacts): Opening;
  /** The first word of a session: without it some platforms take a session that is closed at once as done. */
  readonly begin: Write;
  /** The first word of somebody who only looks, where one is needed. */
  readonly browse: Write | null;
  interaction(answer: Answer, index: number, course: CourseFacts): Write[];
  /** Score, then status. */
  judgement(progress: Progress, opening: Opening, course: CourseFacts): Write[];
  readonly location: string;
  time(seconds: number): Write;
  /** Where to go after the learner's own Exit. */
  leave(ends: boolean): Write[];
}

const STATE = "cmi.suspend_data"; // in both editions
const MOST_INTERACTIONS = 250; // what SCORM 2004 asks of every platform; there may be no room for more
const PAINT_FIRST = 30; // milliseconds: a platform's slow save must not hold back what the learner sees
const PATIENCE = 20_000; // milliseconds
const MOST_REFUSALS = 3; // in a row, from a platform that can be reached: another try would bring one more
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;

export class ScormDriver implements Driver {
  readonly keeper: Keeper;
  readonly counts: boolean;
  readonly bookmark: Bookmark;
  readonly passMark: number | null;
  readonly learner: string;
  readonly who: string;
  private watcher: Watcher | null = null;
  private standing: Standing = "saving";
  private progress: Progress | null = null; // the newest
  private version = 0; // of the newest progress
  private committed = 0; // the version of the newest commit
  private latest: readonly Write[] = []; // what it said
  private journal: Answer[] = []; // those that may not have arrived
  private readonly written = new Map<string, string>();
  private readonly sure = new Map<string, string>(); // what is surely on record
  private interactions: number;
  private pending = 0; // commits of which nobody knows yet what became of them
  private isDoubtful = false; // something that was taken may not have arrived
  private isRepeating = false;
  private isUnproven = false; // something was seen to get lost, and nothing to arrive since
  private refusals = 0;
  private retries = 0;
  private isOpen = true;
  private isLeaving = false;
  private cancel: () => void = () => undefined;

  /** `left` is the bookmark with what an earlier visit could not save, if there is such a thing. */
  constructor(
    private readonly world: World,
    private readonly session: Session,
    private readonly dialect: Dialect,
    private readonly opening: Opening,
    private readonly course: CourseFacts,
    private readonly leftover: Leftover,
    left: Bookmark | null,
  ) {
    const looks = opening.mode === "browse" || opening.mode === "review";
    this.keeper = looks ? "looking" : "platform";
    this.counts = !looks && opening.credit !== "no-credit";
    this.bookmark = left ?? opening.bookmark;
    this.passMark = opening.passMark;
    this.learner = opening.learner;
    this.who = opening.who;
    this.interactions = opening.interactions;
    this.sure.set(STATE, opening.bookmark.state);
    if (looks) this.look();
    else this.begin();
    world.onSignal(() => this.isTroubled && this.send());
    world.onHidden(() => this.progress && this.standing !== "saved" && this.send());
  }

  watch(watcher: Watcher): void {
    this.watcher = watcher;
    this.stand(this.keeper === "looking" ? "saved" : this.standing);
    if (this.writes && this.isBehind) watcher.recall(this.bookmark);
  }

  /** A journal: each checked answer is a new entry. Without credit nothing is judged, so nothing is entered. */
  record(answer: Answer): void {
    if (!this.writes || !this.counts) return;
    this.journal.push(answer);
    this.enter(answer);
  }

  save(progress: Progress): void {
    if (!this.writes) return;
    this.take(progress);
    this.after(PAINT_FIRST);
  }

  end(progress: Progress, leaving: Leaving): void {
    if (this.writes) {
      this.take(progress);
      this.isLeaving ||= leaving === "button";
      if (leaving === "button") {
        this.send();
        return;
      }
      this.commit(this.all()); // nobody is there any more to hear what becomes of it
    }
    this.close();
  }

  private look(): void {
    const { browse } = this.dialect;
    if (browse && this.opening.fresh && this.opening.mode === "browse" && this.write([browse])) this.session.commit();
  }

  private begin(): void {
    const { begin, exit } = this.dialect;
    const first = this.opening.bookmark.complete ? [] : [begin];
    this.commit([...first, { element: exit.element, value: exit.suspend, needed: true }]);
  }

  private close(): void {
    if (!this.isOpen) return;
    this.cancel();
    this.isOpen = false;
    // What was committed is kept, whatever the platform says to this; with some it is this that counts the time.
    if (!this.session.terminate()) this.world.later(FIRST_PAUSE, () => this.session.terminate());
  }

  private get writes(): boolean {
    return this.isOpen && this.keeper === "platform";
  }

  private get isTroubled(): boolean {
    return this.standing !== "saved" && this.standing !== "saving";
  }

  /** What was done says more than what is on record. */
  private get isBehind(): boolean {
    const { complete, success } = this.opening.bookmark;
    const reached = decode(this.opening.bookmark.state);
    if (this.bookmark !== this.opening.bookmark) return true;
    return reached !== null && ((reached.complete && !complete) || (reached.passed && success !== "passed"));
  }

  private take(progress: Progress): void {
    this.progress = progress;
    this.version++;
    if (!this.isTroubled) this.stand("saving");
    if (progress.state === this.sure.get(STATE)) return;
    void this.leftover.keep(progress).then(() => this.stand(this.standing));
  }

  private after(pause: number): void {
    this.cancel();
    this.cancel = this.world.later(pause, () => this.send());
  }

  /** Say all, unless there is no signal: a platform may take as said what it could not send. */
  private send(): void {
    this.cancel();
    if (!this.writes) return;
    if (!this.world.isOnline()) this.fail("away");
    else if (this.isDoubtful) void this.repeat();
    else this.commit(this.all());
  }

  /**
   * A platform that takes as said what it lost sends it only when it changes: all is said otherwise, and when that has
   * arrived as it should be. What arrives last counts, so one waits for the other; and not in the background, where
   * platforms let the browser send what they hear, some time.
   */
  private async repeat(): Promise<void> {
    if (this.isRepeating || !this.world.isVisible()) return;
    this.isRepeating = true;
    this.written.clear();
    const reach = await this.say(this.all().map((write) => this.otherwise(write)));
    this.isRepeating = false;
    if (!this.writes) return;
    if (reach !== "arrived") {
      this.fail(reach);
      return;
    }
    this.isDoubtful = false;
    for (const answer of this.journal) this.enter(answer);
    this.commit(this.all());
  }

  /** Another value for a moment, but for what is surely on record: that takes no step back. */
  private otherwise(write: Write): Write {
    const { element, value, other = value } = write;
    return this.sure.get(element) === value ? write : { ...write, value: other };
  }

  private commit(writes: Write[]): void {
    this.pending++;
    this.committed = this.version;
    this.latest = writes;
    void this.say(writes).then((reach) => this.settle(reach));
  }

  /** Write and commit; what became of it. What nobody could see arrive is believed where the platform can be reached. */
  private async say(writes: Write[]): Promise<"arrived" | Reach> {
    const { said, fate } = this.session.watched(() => {
      const taken = this.write(writes);
      return this.session.commit() && taken;
    });
    const seen = await this.inTime(fate);
    if (seen !== "unseen") this.isUnproven = seen === "lost";
    if (said && seen === "arrived") return "arrived";
    const reach = await this.world.reach();
    return said && !this.isUnproven && reach === "there" ? "arrived" : reach;
  }

  /** What hangs for long is lost. */
  private inTime(fate: Promise<Fate>): Promise<Fate> {
    return new Promise((settle) => {
      const cancel = this.world.later(PATIENCE, () => settle("lost"));
      void fate.then((found) => {
        cancel();
        settle(found);
      });
    });
  }

  private settle(reach: "arrived" | Reach): void {
    this.pending--;
    this.isDoubtful ||= reach !== "arrived";
    if (!this.isOpen || this.pending) return;
    if (this.isDoubtful) this.fail(reach === "arrived" ? "there" : reach);
    else if (this.committed === this.version) this.succeed();
  }

  private succeed(): void {
    this.refusals = this.retries = 0;
    this.journal = [];
    if (this.progress) {
      for (const { element, value } of this.latest) this.sure.set(element, value);
      this.leftover.drop();
    }
    if (this.isLeaving) this.close();
    this.stand("saved");
  }

  /**
   * Try again, less often each time. Where the platform has forgotten the learner only a new login helps, and where it goes
   * on refusing, a new launch may: then the next try is the learner's next step.
   */
  private fail(reach: Reach): void {
    this.refusals = reach === "there" ? this.refusals + 1 : 0;
    const isRefused = this.refusals >= MOST_REFUSALS;
    this.stand(reach === "closed" ? "expired" : isRefused ? "refused" : "waiting");
    this.cancel();
    if (reach === "closed" || isRefused) return;
    const pause = Math.min(FIRST_PAUSE * 2 ** this.retries, LONGEST_PAUSE);
    this.cancel = this.world.later(pause, () => {
      this.retries++;
      this.send();
    });
  }

  private stand(standing: Standing): void {
    this.standing = standing;
    const isKept = this.leftover.lasts || (standing !== "waiting" && standing !== "refused");
    this.watcher?.stand(isKept ? standing : "unsaved");
  }

  /** All of the newest progress, in the order that platforms need: score, status, place, state, time, exit. */
  private all(): Write[] {
    const { progress } = this;
    if (!progress) return [];
    const { location, exit, time, leave } = this.dialect;
    const { state } = progress;
    const ends = this.endsAttempt(progress);
    return [
      ...(this.counts ? this.judgement(progress) : []),
      { element: location, value: progress.location, other: `${progress.location} ` },
      { element: STATE, value: state, other: `${state} `, needed: true },
      time(this.world.inSight()),
      { element: exit.element, value: ends ? exit.normal : exit.suspend },
      ...(this.isLeaving ? leave(ends) : []),
    ];
  }

  /** Score and status, unless another window of the same learner has got further meanwhile. */
  private judgement(progress: Progress): Write[] {
    const writes = this.dialect.judgement(progress, this.opening, this.course);
    if (!writes.some((write) => write.needed) || progress.success === "passed") return writes;
    const now = this.dialect.read(this.session, this.course).bookmark;
    const behind = now.success === "passed" || (now.score !== null && now.score > (progress.score ?? 0));
    return behind ? [] : writes;
  }

  /** Only a finished course, and only where the library asks for it, ends the attempt and its data. */
  private endsAttempt(progress: Progress): boolean {
    const settled = progress.complete && (progress.success !== "unknown" || !progress.scored);
    return settled && this.course.exit === "normal";
  }

  private enter(answer: Answer): void {
    if (this.interactions >= MOST_INTERACTIONS) return;
    this.write(this.dialect.interaction(answer, this.interactions++, this.course));
  }

  /** Write what is needed, and of the rest what has changed; whether all that is needed was taken. */
  private write(writes: Write[]): boolean {
    let taken = true;
    for (const { element, value, needed } of writes) {
      if (!needed && this.written.get(element) === value) continue;
      if (this.session.set(element, value)) this.written.set(element, value);
      else if (needed) taken = false;
    }
    return taken;
  }
}

export async function openScorm(
  world: World,
  session: Session,
  dialect: Dialect,
  course: CourseFacts,
): Promise<Driver> {
  if (!session.initialize(dialect.probe)) return NOBODY;
  const opening = recalled(dialect.read(session, course));
  const leftover = new Leftover(world, course, opening.who);
  return new ScormDriver(world, session, dialect, opening, course, leftover, await leftover.join(opening.bookmark));
}

export async function connectScorm(dialect: Dialect, course: CourseFacts): Promise<Driver> {
  const found = await findApi(dialect.names);
  return found ? openScorm(browser(), new Session(found, dialect.names), dialect, course) : NOBODY;
}

/** Open edX answers "" to every status, whatever it has on record: then our own saved state knows. */
function recalled(opening: Opening): Opening {
  const state = opening.touched ? null : decode(opening.bookmark.state);
  if (!state || opening.fresh) return opening;
  const bookmark = {
    ...opening.bookmark,
    complete: state.complete,
    success: state.passed ? "passed" : opening.bookmark.success,
  } as const;
  return { ...opening, bookmark, touched: true };
}
