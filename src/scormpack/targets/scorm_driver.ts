// The road of a SCORM session. What an element is called and which words it takes is in each edition's driver.

import type { Answer, Bookmark, CourseFacts, Driver, Keeper, Leaving, Progress } from "../player/driver";
import { decode } from "../player/state";
import { NOBODY } from "./nobody";
import { findApi, type Names, Session } from "./scorm_api";

/** A value to write. What is not needed to keep the learner's progress may be refused. */
export interface Write {
  readonly element: string;
  readonly value: string;
  readonly needed?: boolean;
}

/** What the platform said at the start. */
export interface Standing {
  readonly touched: boolean; // the platform says that this attempt has begun
  readonly fresh: boolean; // the platform says that it has not; some say neither
  readonly bookmark: Bookmark;
  readonly passMark: number | null;
  readonly learner: string;
  readonly mode: string;
  readonly credit: string;
  readonly interactions: number;
}

/** One edition's elements and words. */
export interface Dialect {
  readonly names: Names;
  readonly probe: string; // an element that every platform answers
  readonly exit: { readonly element: string; readonly suspend: string; readonly normal: string };
  read(session: Session, course: CourseFacts): Standing;
  /** The first word about a new attempt, so that closing it at once does not count as done. */
  readonly begin: Write;
  interaction(answer: Answer, index: number, course: CourseFacts): Write[];
  /** Score, then status. */
  judgement(progress: Progress, standing: Standing, course: CourseFacts): Write[];
  location(progress: Progress): Write[];
  time(seconds: number): Write;
  /** Where to go after the learner's own Exit. */
  leave(ends: boolean): Write[];
}

const MOST_INTERACTIONS = 250; // what SCORM 2004 asks of every platform; there may be no room for more

class ScormDriver implements Driver {
  readonly keeper: Keeper;
  readonly ready: boolean;
  readonly bookmark: Bookmark;
  readonly passMark: number | null;
  readonly learner: string;
  private readonly began = Date.now();
  private readonly written = new Map<string, string>();
  private readonly counts: boolean;
  private interactions: number;
  private open = true;

  constructor(
    private readonly session: Session,
    private readonly dialect: Dialect,
    private readonly standing: Standing,
    private readonly course: CourseFacts,
  ) {
    const looking = standing.mode === "browse" || standing.mode === "review";
    this.keeper = looking ? "looking" : "platform";
    this.counts = standing.credit !== "no-credit";
    this.bookmark = standing.bookmark;
    this.passMark = standing.passMark;
    this.learner = standing.learner;
    this.interactions = standing.interactions;
    this.ready = looking || this.start();
  }

  private start(): boolean {
    const { begin, exit } = this.dialect;
    const first = this.standing.touched ? [] : [begin];
    const kept = this.write([...first, { element: exit.element, value: exit.suspend, needed: true }]);
    return this.session.commit() && kept;
  }

  /** A journal: each checked answer is a new entry. Without credit nothing is judged, so nothing is entered. */
  record(answer: Answer): boolean {
    if (!this.writes || !this.counts || this.interactions >= MOST_INTERACTIONS) return false;
    return this.write(this.dialect.interaction(answer, this.interactions++, this.course));
  }

  save(progress: Progress): boolean {
    return this.writes && this.put(progress) && this.session.commit();
  }

  end(progress: Progress, leaving: Leaving): boolean {
    if (!this.open) return false;
    let kept = true;
    if (this.writes) {
      this.written.clear(); // once more in full: some platforms lose a value when several arrive at once
      kept = this.put(progress);
      if (leaving === "button") this.write(this.dialect.leave(this.endsAttempt(progress)));
      kept = this.session.commit() && kept;
    }
    this.open = false;
    this.session.terminate(); // what was committed is kept, whatever the platform says to this
    return kept;
  }

  private get writes(): boolean {
    return this.open && this.keeper === "platform";
  }

  /** All of a progress, in the order that platforms need: score, status, place, state, time, exit. */
  private put(progress: Progress): boolean {
    const { exit } = this.dialect;
    return this.write([
      ...(this.counts ? this.judgement(progress) : []),
      ...this.dialect.location(progress),
      { element: "cmi.suspend_data", value: progress.state, needed: true },
      this.dialect.time((Date.now() - this.began) / 1000),
      { element: exit.element, value: this.endsAttempt(progress) ? exit.normal : exit.suspend },
    ]);
  }

  /** What is new about score and status, unless another window of the same learner has got further meanwhile. */
  private judgement(progress: Progress): Write[] {
    const writes = this.dialect.judgement(progress, this.standing, this.course);
    const news = writes.filter(({ element, value }) => this.written.get(element) !== value);
    if (!news.some((write) => write.needed) || progress.success === "passed") return news;
    const now = this.dialect.read(this.session, this.course).bookmark;
    const behind = now.success === "passed" || (now.score !== null && now.score > (progress.score ?? 0));
    return behind ? [] : news;
  }

  /** Only a finished course, and only where the library asks for it, ends the attempt and its data. */
  private endsAttempt(progress: Progress): boolean {
    const settled = progress.complete && (progress.success !== "unknown" || !progress.scored);
    return settled && this.course.exit === "normal";
  }

  /** Write what has changed; whether all that is needed was kept. */
  private write(writes: Write[]): boolean {
    let kept = true;
    for (const { element, value, needed } of writes) {
      if (this.written.get(element) === value) continue;
      if (this.session.set(element, value)) this.written.set(element, value);
      else if (needed) kept = false;
    }
    return kept;
  }
}

export async function connectScorm(dialect: Dialect, course: CourseFacts): Promise<Driver> {
  const api = await findApi(dialect.names);
  if (!api) return NOBODY;
  const session = new Session(api, dialect.names);
  if (!session.initialize(dialect.probe)) return NOBODY;
  return new ScormDriver(session, dialect, recalled(dialect.read(session, course)), course);
}

/** Open edX answers "" to every status, whatever it has on record: then our own saved state knows. */
function recalled(standing: Standing): Standing {
  const state = standing.touched ? null : decode(standing.bookmark.state);
  if (!state || standing.fresh) return standing;
  const bookmark = {
    ...standing.bookmark,
    complete: state.complete,
    success: state.passed ? "passed" : standing.bookmark.success,
  } as const;
  return { ...standing, bookmark, touched: true };
}

/** A platform's decimal, or null where it is empty or none. */
export function decimal(text: string): number | null {
  const value = parseFloat(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : null;
}

/** A pass mark, 1 to 100. A platform that says 0 means that it has none. */
export function mark(value: number | null): number | null {
  return value !== null && value > 0 && value <= 100 ? Math.round(value * 100) / 100 : null;
}

/** A number without an exponent and without needless zeros. */
export function plain(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

export function two(value: number): string {
  return String(Math.floor(value)).padStart(2, "0");
}
