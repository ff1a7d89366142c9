// Recommendations to answer; what is not met yet asks for a plan.

import { all, one, words } from "../../player/dom";
import { type Line, Notes } from "../../player/notes";
import { say } from "../../player/words";

customElements.define(
  "sp-recommendations",
  class extends Notes {
    protected override draw(): void {
      for (const asked of this.asked) one(asked, ".to-do").hidden = !this.isOpen(asked);
      const met = this.asked.filter((asked) => this.answer(asked)?.value === "met").length;
      const open = this.asked.filter((asked) => this.isOpen(asked)).length;
      const answered = this.asked.some((asked) => this.answer(asked));
      one(this, ".tally").textContent = answered ? say("w.tally", { met, open, all: this.asked.length }) : "";
    }

    /** The plan: every recommendation with its answer, and for those not met who does what by when. */
    protected override lines(): Line[] {
      return this.asked.flatMap((asked) => {
        const answer = words(this.answer(asked)?.closest("label") ?? null);
        const lines = [{ label: words(asked.querySelector("summary")), value: answer }];
        if (!this.isOpen(asked)) return lines;
        const fields = all<HTMLTextAreaElement>(asked, "textarea");
        return [
          ...lines,
          ...fields.map((field) => ({ label: words(field.closest("label")), value: field.value.trim() })),
        ];
      });
    }

    private get asked(): HTMLElement[] {
      return all(this, ".recommendation");
    }

    private answer(asked: HTMLElement): HTMLInputElement | null {
      return asked.querySelector<HTMLInputElement>("input:checked");
    }

    private isOpen(asked: HTMLElement): boolean {
      const answer = this.answer(asked)?.value;
      return answer === "partly" || answer === "not_yet";
    }
  },
);
