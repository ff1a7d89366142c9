// Questions answered by choosing among options: one, several, or true and false.

import { all, one } from "./dom";
import type { Answer, Parts } from "./driver";
import { Question } from "./question";

export class ChoiceQuestion extends Question {
  protected readonly kind: Answer["kind"] = "choice";

  protected read(): string | null {
    const chosen = this.inputs.filter((input) => input.checked).map((input) => input.value);
    return chosen.join("") || null;
  }

  protected write(response: string): void {
    for (const input of this.inputs) input.checked = response.includes(input.value);
  }

  protected explain(response: string): void {
    for (const option of this.options) {
      const key = option.dataset.key!;
      if (response.includes(key)) this.mark(option, this.correct.includes(key));
    }
  }

  protected clear(): void {
    for (const option of this.options) this.unmark(option);
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
