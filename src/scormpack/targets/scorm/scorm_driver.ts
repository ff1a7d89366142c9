// The road of a SCORM session. What an element is called and which words it takes is in each edition's driver.
//
// A platform's "true" is not proof: some say it to a commit that never arrived, and take what they could not send as sent.
// So all is said with every save, what a commit sends is watched, and after a doubt all is said once more, otherwise first.

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

const MOST_INTERACTIONS = 250; // what SCORM 2004 asks of every platform; there may be no room for more
const PAINT_FIRST = 30; // milliseconds: a platform's slow save must not hold back what the learner sees
const PATIENCE = 20_000; // milliseconds
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
  private saved: string; // the state that is surely on record
  private journal: Answer[] = []; // those that may not have arrived
  private readonly written = new Map<string, string>();
  private interactions: number;
  private pending = 0; // commits of which nobody knows yet what became of them
  private isDoubtful = false; // something that was taken may not have arrived
  private failures = 0;
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
    this.saved = opening.bookmark.state;
    if (looks) this.look();
    else this.begin();
    world.onSignal(() => this.failures && this.send());
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
      this.commit(this.write(this.all())); // nobody is there any more to hear what becomes of it
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
    this.commit(this.write([...first, { element: exit.element, value: exit.suspend, needed: true }]));
  }

  private close(): void {
    if (!this.isOpen) return;
    this.cancel();
    this.isOpen = false;
    this.session.terminate(); // what was committed is kept, whatever the platform says to this
  }

  private get writes(): boolean {
    return this.isOpen && this.keeper === "platform";
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
    if (!this.failures) this.stand("saving");
    if (progress.state === this.saved) return;
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
    if (this.world.isOnline()) this.say();
    else this.fail("away");
  }

  private say(): void {
    if (this.isDoubtful) this.sayOtherwise();
    this.isDoubtful = false;
    this.commit(this.write(this.all()));
  }

  /** A platform that takes as said what it lost sends it only when it changes. */
  private sayOtherwise(): void {
    this.written.clear();
    this.write(this.all().map((write) => ({ ...write, value: write.other ?? write.value })));
    for (const answer of this.journal) this.enter(answer);
    this.session.commit();
  }

  /** `taken`: the platform took all that is needed. */
  private commit(taken: boolean): void {
    const { said, fate } = this.session.commit();
    this.pending++;
    this.committed = this.version;
    void this.settle(taken && said ? this.inTime(fate) : "lost");
  }

  private inTime(fate: Promise<Fate>): Promise<Fate> {
    return new Promise((settle) => {
      const cancel = this.world.later(PATIENCE, () => settle("lost"));
      void fate.then((found) => {
        cancel();
        settle(found);
      });
    });
  }

  /** What nobody could see arrive is believed where the platform can be reached. */
  private async settle(fate: Fate | Promise<Fate>): Promise<void> {
    const found = await fate;
    const reach = found === "arrived" ? "there" : await this.world.reach();
    this.pending--;
    this.isDoubtful ||= found === "lost" || reach !== "there";
    if (!this.isOpen || this.pending) return;
    if (this.isDoubtful) this.fail(reach);
    else if (this.committed === this.version) this.succeed();
  }

  private succeed(): void {
    this.failures = 0;
    this.journal = [];
    if (this.progress) {
      this.saved = this.progress.state;
      this.leftover.drop();
    }
    if (this.isLeaving) this.close();
    this.stand("saved");
  }

  /** Try again, less often each time. Where the platform has forgotten the learner, only a new login helps. */
  private fail(reach: Reach): void {
    this.failures++;
    this.stand(reach === "closed" ? "expired" : "waiting");
    if (reach !== "closed") this.after(Math.min(FIRST_PAUSE * 2 ** (this.failures - 1), LONGEST_PAUSE));
  }

  private stand(standing: Standing): void {
    this.standing = standing;
    this.watcher?.stand(standing === "waiting" && !this.leftover.lasts ? "unsaved" : standing);
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
      { element: "cmi.suspend_data", value: state, other: `${state} `, needed: true },
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
