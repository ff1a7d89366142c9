// Questions answered by choosing among options: one, several, or true and false.

import type { Verdict } from "./attempt";
import { all, one, words } from "./dom";
import type { Answer, Parts } from "./driver";
import { Question } from "./question";
import { say } from "./words";

export class ChoiceQuestion extends Question {
  protected readonly kind: Answer["kind"] = "choice";

  protected read(): string | null {
    const chosen = this.inputs.filter((input) => input.checked).map((input) => input.value);
    return chosen.sort().join("") || null; // they may be shown in another order
  }

  protected write(response: string): void {
    for (const input of this.inputs) input.checked = response.includes(input.value);
  }

  protected explain(response: string): void {
    for (const option of this.options) {
      const key = option.dataset.key!;
      if (!response.includes(key)) continue;
      this.mark(option, this.correct.includes(key));
      const why = one(option, ".why-this");
      const isToldInTheSheet = this.isOfOne && !this.correct.includes(key);
      why.classList.toggle("unseen", isToldInTheSheet);
      for (const link of all(why, "a")) link.tabIndex = isToldInTheSheet ? -1 : 0; // nothing unseen has the focus
      one(option, "input").setAttribute("aria-describedby", one(option, ".feedback").id);
    }
  }

  /** Whoever chose one that is not right is told why in the sheet; otherwise each says it in its place. */
  protected override reasons(response: string, verdict: Verdict): string[] {
    const isToldThere = this.isOfOne && !verdict.right;
    const chosen = isToldThere ? this.options.filter(({ dataset }) => response === dataset.key) : [];
    return [...chosen.map((option) => words(one(option, ".why-this"))), ...super.reasons(response, verdict)];
  }

  protected override get notYet(): string {
    return say(this.isOfOne ? "w.not_this" : "w.not_quite");
  }

  protected override get hint(): string[] {
    return this.isOfOne ? [] : super.hint;
  }

  private get isOfOne(): boolean {
    return this.querySelector('input[type="radio"]') !== null;
  }

  protected clear(): void {
    for (const option of this.options) {
      this.unmark(option);
      one(option, "input").removeAttribute("aria-describedby");
    }
  }

  protected parts(response: string): Parts {
    return [...response].map((key) => [this.item(key, this.querySelector(`[data-key="${key}"] .label`))]);
  }

  protected offered(): Parts {
    return [this.inOrder(this.options.map((option) => this.item(option.dataset.key!, one(option, ".label"))))];
  }

  protected fits(response: string): boolean {
    const keys = this.options.map((option) => option.dataset.key!);
    return response !== "" && [...response].every((key) => keys.includes(key));
  }

  private get options(): HTMLElement[] {
    return all(this, ".option");
  }

  private get inputs(): HTMLInputElement[] {
    return all<HTMLInputElement>(this, "input");
  }
}
