// How sure the learner feels: kept and reported, never marked, and free to leave out.

import type { Verdict } from "../../player/attempt";
import { thenAndNow } from "../../player/before";
import { all, fill, one, words } from "../../player/dom";
import type { Answer } from "../../player/driver";
import { AnswerEvent, TaskElement } from "../../player/task";
import { say } from "../../player/words";

customElements.define(
  "sp-confidence",
  class extends TaskElement {
    connectedCallback(): void {
      this.addEventListener("change", () => {
        const chosen = one<HTMLInputElement>(this, "input:checked").value;
        this.dispatchEvent(new AnswerEvent(this.id, chosen, this.stopwatch.seconds));
        this.stopwatch.restart();
      });
    }

    task(): ReturnType<TaskElement["task"]> {
      const values = this.inputs.map((input) => input.value);
      return {
        id: this.id,
        correct: null,
        critical: false,
        optional: true,
        fits: (response) => values.includes(response),
        done: () => true,
        credit: () => 0,
        print: "",
      };
    }

    show(response: string, _verdict: Verdict, fresh: boolean): void {
      for (const input of this.inputs) input.checked = input.value === response;
      this.speak(fresh ? `${say("w.confidence_thanks")} ` : "");
    }

    /** What this looks back to may have been answered anew. */
    override appear(): void {
      super.appear();
      this.speak("");
    }

    private speak(thanks: string): void {
      fill(one(this, ".verdict"), thanks, thenAndNow(this) ?? "");
    }

    recorded(response: string, _right: boolean, seconds: number): Answer {
      const scale = this.inputs.map((input) => ({ key: input.value, label: words(input.closest("label")) }));
      const chosen = scale.find((item) => item.key === response) ?? { key: response, label: "" };
      const prompt = this.dataset.prompt ?? "";
      const answer = {
        id: this.id,
        kind: "likert",
        prompt,
        response: [[chosen]],
        correct: null,
        right: null,
      } as const;
      return { ...answer, offered: [scale], seconds };
    }

    private get inputs(): HTMLInputElement[] {
      return all<HTMLInputElement>(this, "input");
    }
  },
);
