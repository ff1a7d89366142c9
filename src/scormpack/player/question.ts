// The base of every question: check, explain at once, try again. A kind says what its answer is.

import type { Verdict } from "./attempt";
import { all, make, one, onPress, words } from "./dom";
import type { Answer, Item, Parts } from "./driver";
import type { Lead, Said } from "./lead";
import { mixed } from "./mix";
import { printOf } from "./state";
import { AnswerEvent, TaskElement } from "./task";
import { say } from "./words";

export abstract class Question extends TaskElement {
  protected abstract readonly kind: Answer["kind"];

  /** What an answer is worth, 0 to 1. */
  protected credit(response: string): number {
    return response === this.correct ? 1 : 0;
  }

  /** The learner's answer as letters, or null while it is not whole. */
  protected abstract read(): string | null;
  /** Put an answer into the form. */
  protected abstract write(response: string): void;
  /** Show, beside each part, what it was worth. */
  protected abstract explain(response: string, right: boolean): void;
  /** Take the explanations away. */
  protected abstract clear(): void;
  /** Show what one part of the answer was worth: by a sign, in words and by its own feedback. */
  protected mark(part: HTMLElement, right: boolean): void {
    part.classList.add(right ? "good" : "bad");
    const feedback = one(part, ".feedback");
    feedback.hidden = false;
    feedback.prepend(make("strong", say(right ? "w.mark_right" : "w.mark_wrong"), "mark"), " ");
  }

  protected unmark(part: HTMLElement): void {
    part.classList.remove("good", "bad");
    one(part, ".feedback").hidden = true;
    for (const mark of all(part, ".mark")) mark.remove();
  }

  /** The answer's parts with their words. */
  protected abstract parts(response: string): Parts;
  /** All that is offered, in an order that stays: what is shown may be mixed. */
  protected abstract offered(): Parts;
  /** Whether these letters can be an answer to this question as it is now. */
  protected abstract fits(response: string): boolean;

  private verdict: Verdict | null = null; // of the answer that is shown
  private said: Said | null = null;
  private held = false;
  private seed = "";

  connectedCallback(): void {
    one(this, ".answer").hidden = true; // it is for those without scripts, and for paper
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.verdict) this.check();
    });
    this.addEventListener("input", () => this.reopen());
    this.prepare();
  }

  /** Check, then try again; what is right, or can be tried no more, leads on. */
  override get lead(): Lead | null {
    const { verdict } = this;
    if (!verdict) {
      const isReady = this.read() !== null && !this.held;
      return { words: say("w.check"), press: () => this.check(), isReady, mayWait: true };
    }
    if (verdict.right || isSpent(verdict)) return null;
    return { words: say("w.again"), press: () => this.again(), mayWait: true };
  }

  override get says(): Said | null {
    return this.said;
  }

  /** Nothing can be checked before it is known how many tries are left. */
  hold(held: boolean): void {
    this.held = held;
    this.changed();
  }

  /** Show what is offered in the order that follows from `seed`, from the next time on: nothing moves in sight. */
  mix(seed: string): void {
    this.seed = seed;
  }

  override appear(): void {
    super.appear();
    if (!this.seed) return;
    for (const list of all(this, "[data-mixed]")) {
      list.append(
        ...mixed([...list.children], `${this.id}/${this.seed}`, (part) => (part as HTMLElement).dataset.key!),
      );
    }
  }

  /** What a kind needs to do once, when it is on the page. */
  protected prepare(): void {}

  task(): ReturnType<TaskElement["task"]> {
    return {
      id: this.id,
      correct: this.correct,
      critical: "critical" in this.dataset,
      fits: (response) => this.fits(response),
      optional: false,
      done: () => true,
      credit: (response) => this.credit(response),
      print: printOf([this.offered(), this.correct]),
    };
  }

  override recall(verdict: Verdict): void {
    this.clear();
    this.judge(verdict, [say("w.question_changed")]);
  }

  show(response: string, verdict: Verdict, fresh: boolean): void {
    this.write(response);
    this.clear();
    this.explain(response, verdict.right);
    this.judge(verdict, this.reasons(response, verdict));
    if (fresh) (this.querySelector(".bad") ?? this.querySelector(".good"))?.scrollIntoView({ block: "nearest" });
  }

  /** Why: what the answer's own parts say where they say it nowhere else, and what is right where that is known now. */
  protected reasons(_response: string, verdict: Verdict): string[] {
    return verdict.right || isSpent(verdict) ? [this.rationale] : this.hint;
  }

  /** Where to look for what was not right. */
  protected get hint(): string[] {
    return [say("w.look_beside")];
  }

  protected get rationale(): string {
    return words(one(this, ".why"));
  }

  /** What is said of an answer that is not right. */
  protected get notYet(): string {
    return say("w.not_quite");
  }

  /** What was made of an answer, and what can still be done about it. */
  private judge(verdict: Verdict, reasons: string[]): void {
    this.verdict = verdict;
    this.classList.toggle("is-right", verdict.right);
    this.classList.toggle("is-wrong", !verdict.right);
    this.said = {
      kind: verdict.right ? "good" : "bad",
      heading: verdict.right ? say("w.right") : this.notYet,
      lines: [...reasons, ...triesOf(verdict)],
    };
    // A right answer needs no further try where tries are few.
    const isOver = isSpent(verdict) || (verdict.right && verdict.triesLeft !== null);
    if (isOver) for (const input of all<HTMLInputElement>(this, FIELDS)) input.disabled = true;
    this.changed();
  }

  recorded(response: string, right: boolean, seconds: number): Answer {
    return {
      id: this.id,
      kind: this.kind,
      prompt: this.dataset.prompt ?? "",
      response: this.parts(response),
      correct: this.parts(this.correct),
      offered: this.offered(),
      right,
      seconds,
    };
  }

  protected get correct(): string {
    return this.dataset.correct ?? "";
  }

  /** The words of a part, for the record. */
  protected item(key: string, holder: Element | null): Item {
    return { key, label: words(holder) };
  }

  protected inOrder(items: Item[]): Item[] {
    return items.sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  /** What to say when Check is pressed too early. */
  protected get missing(): string {
    return say("w.choose_first");
  }

  private check(): void {
    const response = this.read();
    if (response === null || this.held) {
      this.said = this.held ? null : { kind: "plain", heading: this.missing, lines: [] };
      this.changed();
      return;
    }
    this.dispatchEvent(new AnswerEvent(this.id, response, this.stopwatch.seconds));
    this.stopwatch.restart();
  }

  private again(): void {
    this.anew();
    this.reopen();
  }

  /** Put the focus where the answer is given; what was right may stay. */
  protected anew(): void {
    this.querySelector<HTMLElement>(FIELDS)?.focus();
  }

  /** What a choice does when it is pressed: once, however often a thumb or a key that is held down says so. */
  protected onChoice(press: (choice: HTMLButtonElement) => void): void {
    for (const choice of all<HTMLButtonElement>(this, ".choice")) {
      choice.disabled = false;
      onPress(choice, () => press(choice));
    }
  }

  /** Say politely what a choice has done: whoever listens does not see it move. */
  protected tell(what: string): void {
    one(this, ".moved").textContent = what;
  }

  /** A changed answer is a new one: what was said of the old one goes. */
  private reopen(): void {
    this.clear();
    this.classList.remove("is-right", "is-wrong");
    this.verdict = this.said = null;
    this.changed();
  }
}

const FIELDS = "input, .choice";

function isSpent(verdict: Verdict): boolean {
  return !verdict.right && verdict.triesLeft !== null && verdict.triesLeft <= 0;
}

function triesOf(verdict: Verdict): string[] {
  if (verdict.triesLeft === null || verdict.right) return [];
  return [isSpent(verdict) ? say("w.no_tries") : say("w.tries_left", { tries: verdict.triesLeft })];
}
