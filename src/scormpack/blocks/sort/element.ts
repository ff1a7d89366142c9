// Things to put into groups: each thing has its own row of choices.

import { all, one } from "../../player/dom";
import type { Answer, Parts } from "../../player/driver";
import { Question } from "../../player/question";
import { say } from "../../player/words";

customElements.define(
  "sp-sort",
  class extends Question {
    protected readonly kind: Answer["kind"] = "matching";

    protected read(): string | null {
      const groups = this.things.map((thing) => thing.querySelector<HTMLInputElement>("input:checked")?.value);
      return groups.includes(undefined) ? null : groups.join("");
    }

    protected write(response: string): void {
      this.things.forEach((thing, index) => {
        for (const input of all<HTMLInputElement>(thing, "input")) input.checked = input.value === response[index];
      });
    }

    protected explain(response: string): void {
      for (const [index, thing] of this.things.entries()) this.mark(thing, response[index] === this.correct[index]);
    }

    protected clear(): void {
      for (const thing of this.things) this.unmark(thing);
    }

    protected parts(response: string): Parts {
      return this.things.map((thing, index) => {
        const group = response[index] ?? "";
        const name = thing.querySelector(`input[value="${group}"] + span`);
        return [this.item(index.toString(36), one(thing, ".label")), this.item(group, name)];
      });
    }

    protected offered(): Parts {
      const groups = all<HTMLInputElement>(this.things[0]!, "input");
      return [
        this.things.map((thing, index) => this.item(index.toString(36), one(thing, ".label"))),
        this.inOrder(groups.map((input) => this.item(input.value, input.nextElementSibling))),
      ];
    }

    protected fits(response: string): boolean {
      const keys = all<HTMLInputElement>(this.things[0]!, "input").map((input) => input.value);
      return response.length === this.things.length && [...response].every((key) => keys.includes(key));
    }

    protected override get missing(): string {
      return say("w.choose_all_first");
    }

    /** In the order written, which is the order of the saved letters; the page shows them mixed. */
    private get things(): HTMLElement[] {
      return all(this, ".item").sort((one, other) => Number(one.dataset.item) - Number(other.dataset.item));
    }
  },
);
