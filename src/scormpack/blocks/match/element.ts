// Things to pair: each thing has its own list to choose from.

import { all, one, words } from "../../player/dom";
import type { Answer, Parts } from "../../player/driver";
import { Question } from "../../player/question";
import { say } from "../../player/words";

const FITS = 20; // characters, on a phone

customElements.define(
  "sp-match",
  class extends Question {
    protected readonly kind: Answer["kind"] = "matching";

    protected override prepare(): void {
      this.addEventListener("input", () => this.spellOut());
    }

    protected read(): string | null {
      const chosen = this.pairs.map((pair) => one<HTMLSelectElement>(pair, "select").value);
      return chosen.includes("") ? null : chosen.join("");
    }

    protected write(response: string): void {
      this.pairs.forEach((pair, index) => {
        one<HTMLSelectElement>(pair, "select").value = response[index] ?? "";
      });
      this.spellOut();
    }

    protected explain(response: string): void {
      for (const [index, pair] of this.pairs.entries()) this.mark(pair, response[index] === this.correct[index]);
    }

    protected clear(): void {
      for (const pair of this.pairs) this.unmark(pair);
    }

    protected parts(response: string): Parts {
      return this.pairs.map((pair, index) => {
        const key = response[index] ?? "";
        return [
          this.item(index.toString(36), one(pair, ".label")),
          this.item(key, pair.querySelector(`option[value="${key}"]`)),
        ];
      });
    }

    protected offered(): Parts {
      const matches = all<HTMLOptionElement>(this.pairs[0]!, "option").filter((option) => option.value);
      return [
        this.pairs.map((pair, index) => this.item(index.toString(36), one(pair, ".label"))),
        this.inOrder(matches.map((option) => this.item(option.value, option))),
      ];
    }

    protected fits(response: string): boolean {
      return response.length === this.pairs.length && [...response].every((key) => this.correct.includes(key));
    }

    protected override get missing(): string {
      return say("w.choose_all_first");
    }

    /** A list that is closed cuts long words off: then they stand below it. */
    private spellOut(): void {
      for (const pair of this.pairs) {
        const list = one<HTMLSelectElement>(pair, "select");
        const text = list.value ? words(list.selectedOptions[0] ?? null) : "";
        const chosen = one(pair, ".chosen");
        chosen.textContent = text;
        chosen.hidden = text.length <= FITS;
      }
    }

    private get pairs(): HTMLElement[] {
      return all(this, ".pair");
    }
  },
);
