// A learner's answers and what follows from them. No page, no platform.

import type { Progress } from "./driver";
import { decode, encode, type Given, steps } from "./state";

/** A task as the page describes it. A question has a right answer; a scenario is done when it is answered. */
export interface Task {
  readonly id: string;
  readonly page: string;
  readonly correct: string | null; // null: not scored
  readonly critical: boolean;
  readonly optional: boolean; // the course is complete without it
  readonly print: string; // changes with what the letters of an answer mean: see state.ts
  readonly fits: (response: string) => boolean; // whether a saved answer can still be one
  readonly done: (response: string) => boolean; // whether it is a whole answer
  readonly credit: (response: string) => number; // what it is worth, 0 to 1
}

export interface Rules {
  readonly passMark: number; // 0 to 100
  readonly attempts: number; // for each question; 0: as often as one likes
}

export interface Verdict {
  readonly right: boolean;
  readonly triesLeft: number | null; // null: as many as one likes
}

/** Something to look at again, and why. */
export interface Gap {
  readonly page: string;
  readonly task: string | null; // null: the page itself
  readonly reason: "unseen" | "undone" | "wrong" | "critical" | "spent"; // critical: must be right; spent: no try is left
  readonly isNeeded: boolean; // whether all is done only with it
}

export class Attempt {
  page: string;
  private readonly tasks: ReadonlyMap<string, Task>;
  private readonly seen = new Set<string>();
  private readonly answers = new Map<string, Given>();
  private wasComplete = false;
  private wasPassed = false;
  private best: number | null = null;
  private doneOn: number | null = null;

  constructor(
    private readonly pages: readonly string[],
    tasks: readonly Task[],
    private rules: Rules,
    private readonly today: () => number = days,
  ) {
    this.tasks = new Map(tasks.map((task) => [task.id, task]));
    this.page = pages[0] ?? "";
  }

  /** Take up what an earlier visit left, as far as it still fits; what was done meanwhile counts more. */
  restore(text: string): boolean {
    const state = decode(text);
    if (!state) return false;
    for (const page of state.seen) if (this.pages.includes(page)) this.seen.add(page);
    for (const [id, given] of state.answers) {
      const task = this.tasks.get(id);
      const isKept = task && (given.print !== task.print || task.fits(given.response));
      if (isKept && !this.answers.has(id)) this.answers.set(id, given);
    }
    this.wasComplete ||= state.complete;
    this.wasPassed ||= state.passed;
    this.doneOn = state.doneOn ?? this.doneOn;
    if (this.pages.includes(state.page) || state.page === RESULT) this.page = state.page;
    return true;
  }

  /** What the platform has on record is never taken back. */
  honour(complete: boolean, passed: boolean, score: number | null): void {
    this.wasComplete ||= complete;
    this.wasPassed ||= passed;
    if (score) this.best = Math.max(this.best ?? 0, rounded(score));
  }

  /** The platform's own pass mark, where it has one, counts: with two decimals, as a score has, so that they can be equal. */
  setPassMark(passMark: number): void {
    this.rules = { ...this.rules, passMark: rounded(passMark) };
  }

  see(page: string): void {
    if (this.pages.includes(page)) this.seen.add(page);
    this.keepWhatIsReached();
  }

  answer(id: string, response: string): Verdict {
    if (this.isUsedUp(id)) return this.verdict(id);
    const task = this.tasks.get(id)!;
    const limited = this.rules.attempts > 0 && task.correct !== null;
    const tries = limited ? (this.answers.get(id)?.tries ?? 0) + 1 : 0;
    this.answers.set(id, { response, tries, print: task.print, worth: worthOf(task, response) });
    this.keepWhatIsReached();
    return this.verdict(id);
  }

  /** The answer; null where none was given, or none that can be shown: see `isOld`. */
  response(id: string): string | null {
    return this.isOld(id) ? null : (this.answers.get(id)?.response ?? null);
  }

  /** Whether the task has changed since it was answered. What the answer was worth still holds. */
  isOld(id: string): boolean {
    const given = this.answers.get(id);
    return given !== undefined && given.print !== this.tasks.get(id)!.print;
  }

  verdict(id: string): Verdict {
    const tries = this.answers.get(id)?.tries ?? 0;
    return { right: this.isRight(id), triesLeft: this.rules.attempts ? this.rules.attempts - tries : null };
  }

  isSeen(page: string): boolean {
    return this.seen.has(page);
  }

  /** Whether nothing is left on a page: it was seen, and the result asks for nothing on it. */
  isPageDone(page: string): boolean {
    return this.seen.has(page) && !this.gaps().some((gap) => gap.isNeeded && gap.page === page);
  }

  isDone(id: string): boolean {
    const task = this.tasks.get(id)!;
    const given = this.answers.get(id);
    if (!given) return false;
    return this.isOld(id) ? task.correct !== null || given.worth === 1 : task.done(given.response);
  }

  get complete(): boolean {
    const seen = this.pages.every((page) => this.seen.has(page));
    return this.wasComplete || (seen && this.required.every((task) => this.isDone(task.id)));
  }

  get passed(): boolean {
    return (
      this.wasPassed || (this.isScored && this.judged && this.score >= this.rules.passMark && this.criticalRight)
    );
  }

  /** The day on which all was done: days since 1970. Null while it is not, or where nobody has noted it. */
  get done(): number | null {
    return this.isFinished ? this.doneOn : null;
  }

  /** Nothing is left that has to be done. */
  get isFinished(): boolean {
    return this.complete && (this.passed || !this.isScored);
  }

  /** Not passed, and no try is left that could change it. */
  get failed(): boolean {
    return (
      this.isScored && !this.passed && this.questions.every((task) => this.isRight(task.id) || this.isUsedUp(task.id))
    );
  }

  get isScored(): boolean {
    return this.questions.length > 0;
  }

  /** The best score so far, once every question has been answered: a revisit lowers nothing. */
  get bestScore(): number | null {
    if (!this.isScored) return null;
    return this.judged ? Math.max(this.best ?? 0, this.score) : this.best;
  }

  /** What the answers are worth as they stand now, 0 to 100, with two decimals. */
  get score(): number {
    return this.percent(this.questions.reduce((sum, task) => sum + this.credit(task), 0));
  }

  get judged(): boolean {
    return this.questions.every((task) => this.isDone(task.id));
  }

  get criticalRight(): boolean {
    return this.questions.every((task) => !task.critical || this.isRight(task.id));
  }

  get passMark(): number {
    return this.rules.passMark;
  }

  /** What is left to see, do or mend, in the order of the pages; a page that was not seen stands for all that is to do on it. */
  gaps(): Gap[] {
    const gaps = [...this.unseen, ...this.undone, ...this.toMend];
    return gaps.sort((one, other) => this.pages.indexOf(one.page) - this.pages.indexOf(other.page));
  }

  private get unseen(): Gap[] {
    const unseen = this.pages.filter((page) => !this.seen.has(page));
    return unseen.map((page) => ({ page, task: null, reason: "unseen", isNeeded: !this.complete }));
  }

  private get undone(): Gap[] {
    const tasks = this.required.filter(({ id, page }) => !this.isDone(id) && (this.complete || this.seen.has(page)));
    return tasks.map(({ id, page, correct }) => {
      const isNeeded = !this.complete || (correct !== null && !this.passed);
      return { page, task: id, reason: "undone", isNeeded };
    });
  }

  private get toMend(): Gap[] {
    const { missing } = this;
    return this.wrong.map((task) => {
      const { id, page, critical } = task;
      const reason = this.isUsedUp(id) ? "spent" : critical ? "critical" : "wrong";
      const isNeeded = !this.passed && reason !== "spent" && (critical || missing.includes(task));
      return { page, task: id, reason, isNeeded };
    });
  }

  /** Of the answers that are wrong and may be, as few as are enough to pass, once they and all else are right. */
  private get missing(): Task[] {
    const mendable = this.wrong.filter((task) => !task.critical && !this.isUsedUp(task.id));
    const stays = (task: Task): boolean => mendable.includes(task) || this.isUsedUp(task.id);
    let earned = this.questions.reduce((sum, task) => sum + (stays(task) ? this.credit(task) : 1), 0);
    return mendable
      .sort((one, other) => this.credit(one) - this.credit(other))
      .filter((task) => {
        const isShort = this.percent(earned) < this.rules.passMark;
        earned += 1 - this.credit(task);
        return isShort;
      });
  }

  /** The pages on which all was answered rightly. */
  goodPages(): string[] {
    const pages = new Set(this.questions.map((task) => task.page));
    return this.pages.filter((page) => {
      return pages.has(page) && this.questions.every((task) => task.page !== page || this.isRight(task.id));
    });
  }

  progress(): Progress {
    const done =
      this.pages.filter((page) => this.seen.has(page)).length +
      this.required.filter((task) => this.isDone(task.id)).length;
    return {
      location: this.page,
      state: this.state(),
      complete: this.complete,
      success: this.passed ? "passed" : this.failed ? "failed" : "unknown",
      scored: this.isScored,
      score: this.bestScore,
      measure: this.complete ? 1 : Math.round((done / (this.pages.length + this.required.length)) * 1e4) / 1e4,
    };
  }

  private state(): string {
    return encode({
      page: this.page,
      seen: this.pages.filter((page) => this.seen.has(page)),
      answers: new Map(
        [...this.tasks.keys()].filter((id) => this.answers.has(id)).map((id) => [id, this.answers.get(id)!]),
      ),
      complete: this.complete,
      passed: this.passed,
      doneOn: this.done,
    });
  }

  /** Once complete or passed, always: a later wrong answer on a revisit takes nothing back. */
  private keepWhatIsReached(): void {
    this.wasComplete = this.complete;
    this.wasPassed = this.passed;
    this.best = this.bestScore;
    if (this.isFinished) this.doneOn ??= this.today();
  }

  private get questions(): Task[] {
    return [...this.tasks.values()].filter((task) => task.correct !== null);
  }

  /** Answered, and not rightly. */
  private get wrong(): Task[] {
    return this.questions.filter((task) => this.isDone(task.id) && !this.isRight(task.id));
  }

  private percent(earned: number): number {
    return rounded((earned / Math.max(this.questions.length, 1)) * 100);
  }

  private isRight(id: string): boolean {
    const correct = this.tasks.get(id)?.correct;
    if (correct == null) return false;
    return this.isOld(id) ? this.answers.get(id)!.worth === 1 : this.response(id) === correct;
  }

  private isUsedUp(id: string): boolean {
    return this.rules.attempts > 0 && (this.answers.get(id)?.tries ?? 0) >= this.rules.attempts;
  }

  private get required(): Task[] {
    return [...this.tasks.values()].filter((task) => !task.optional);
  }

  private credit(task: Task): number {
    if (this.isOld(task.id)) return this.answers.get(task.id)!.worth;
    const response = this.response(task.id);
    return response === null ? 0 : task.credit(response);
  }
}

/** A percentage with two decimals. */
function rounded(percent: number): number {
  return Math.round(percent * 100) / 100;
}

/** What an answer is worth, 0 to 1: a question's part of the marks, or whether something else is done. */
export function worthOf(task: Task, response: string): number {
  if (task.correct === null) return task.done(response) ? 1 : 0;
  return steps(task.credit(response), task.correct === response);
}

/** Today, by the learner's own clock: days since 1970. */
function days(): number {
  const now = new Date();
  return Math.floor((now.getTime() - now.getTimezoneOffset() * 60_000) / 86_400_000);
}

export const RESULT = "result";
