// What main.ts asks of every block that has to be done. A kind's element.ts answers.

import type { Task, Verdict } from "./attempt";
import type { Answer } from "./driver";
import { Leading } from "./lead";
import { Stopwatch } from "./stopwatch";

/** Sent by a task element when the learner has answered. */
export class AnswerEvent extends CustomEvent<{ id: string; response: string; seconds: number }> {
  static readonly NAME = "sp-answer";

  constructor(id: string, response: string, seconds: number) {
    super(AnswerEvent.NAME, { bubbles: true, detail: { id, response, seconds } });
  }
}

/** Sent when the learner has chosen on the way to an answer: a platform may have room for it. */
export class StepEvent extends CustomEvent<Answer> {
  static readonly NAME = "sp-step";

  constructor(answer: Answer) {
    super(StepEvent.NAME, { bubbles: true, detail: answer });
  }
}

export abstract class TaskElement extends Leading {
  /** Since the task came before the learner, or was last answered. */
  protected readonly stopwatch = new Stopwatch();

  /** Its screen is shown. */
  appear(): void {
    this.stopwatch.restart();
  }

  /** The task without its page: what a saved answer has to look like, and what is right. */
  abstract task(): Omit<Task, "page">;

  /** Show a saved or just checked answer, and what was made of it. */
  abstract show(response: string, verdict: Verdict, fresh: boolean): void;

  /** Its screen is left: what is as good as answered counts. */
  leave(): void {}

  /** The task was answered before it changed: the answer cannot be shown, and what was made of it holds. */
  recall(_verdict: Verdict, _isDone: boolean): void {}

  /** The answer in the form that platforms record; null where nothing is recorded. */
  abstract recorded(response: string, right: boolean, seconds: number): Answer | null;
}
