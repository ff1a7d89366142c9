// The base of every question: check, explain at once, try again. A kind says what its answer is.

import type { Verdict } from "./attempt";
import { all, fill, make, one, words } from "./dom";
import type { Answer, Item, Parts } from "./driver";
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
    feedback.prepend(make("strong", `${say(right ? "w.mark_right" : "w.mark_wrong")}: `, "mark"));
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

  connectedCallback(): void {
    one(this, ".answer").remove(); // it was for those without scripts
    one(this, ".check").hidden = false;
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check();
    });
    this.addEventListener("input", () => this.reopen());
    this.prepare();
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
    this.judge(verdict, say("w.question_changed"));
  }

  show(response: string, verdict: Verdict, fresh: boolean): void {
    this.write(response);
    this.clear();
    this.explain(response, verdict.right);
    this.judge(verdict, "", fresh);
  }

  /** What was made of an answer, and what can still be done about it; `more` is said besides. */
  private judge(verdict: Verdict, more: string, fresh = false): void {
    this.classList.toggle("is-right", verdict.right);
    this.classList.toggle("is-wrong", !verdict.right);
    one(this, ".why").hidden = !verdict.right && verdict.triesLeft !== 0;
    const spent = verdict.triesLeft !== null && verdict.triesLeft <= 0;
    const next = verdict.right ? "" : say(spent ? "w.no_tries" : "w.try_again");
    const tries = one(this, ".tries");
    tries.hidden = verdict.triesLeft === null || verdict.right || spent;
    tries.textContent = say("w.tries_left", { tries: verdict.triesLeft ?? 0 });
    this.tell(
      say(verdict.right ? "w.right" : "w.not_yet"),
      [more, next].join(" ").trim(),
      fresh ? this.spoken() : "",
    );
    // A right answer needs no further try where tries are few.
    one<HTMLButtonElement>(this, ".check").hidden = spent || (verdict.right && verdict.triesLeft !== null);
    if (!spent) return;
    for (const input of all<HTMLInputElement>(this, "input, .moves button")) input.disabled = true;
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
    if (response === null) {
      this.tell(this.missing);
      return;
    }
    this.dispatchEvent(new AnswerEvent(this.id, response, this.stopwatch.seconds));
    this.stopwatch.restart();
  }

  /** A changed answer is a new one: what was said of the old one goes. */
  private reopen(): void {
    this.clear();
    this.classList.remove("is-right", "is-wrong");
    fill(one(this, ".verdict"));
    one(this, ".why").hidden = true;
  }

  /** The explanations, which stand elsewhere on the page, for the screen reader that follows the verdict. */
  private spoken(): string {
    const shown = this.querySelectorAll<HTMLElement>(".feedback:not([hidden]), .if-wrong:not([hidden])");
    return [...shown].map((element) => words(element)).join(" ");
  }

  private tell(heading: string, next = "", unseen = ""): void {
    const parts = [make("strong", heading), ` ${next}`, ...(unseen ? [make("span", ` ${unseen}`, "unseen")] : [])];
    fill(one(this, ".verdict"), ...parts);
  }
}
