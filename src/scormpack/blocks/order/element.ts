// Steps to put in order, by buttons: they work by tap, by keyboard and with a screen reader. Who likes to may drag.

import { all, one, words } from "../../player/dom";
import type { Answer, Parts } from "../../player/driver";
import { Question } from "../../player/question";
import { say } from "../../player/words";

customElements.define(
  "sp-order",
  class extends Question {
    protected readonly kind: Answer["kind"] = "sequencing";

    protected override prepare(): void {
      for (const handle of all(this, ".moves, .grip")) handle.hidden = false;
      for (const grip of all(this, ".grip")) grip.addEventListener("pointerdown", (event) => this.drag(grip, event));
      for (const button of all<HTMLButtonElement>(this, ".moves button")) {
        button.addEventListener("click", () => this.move(button));
      }
      this.freeTheEnds();
    }

    protected read(): string {
      return this.steps.map((step) => step.dataset.key).join("");
    }

    protected write(response: string): void {
      const byKey = new Map(this.steps.map((step) => [step.dataset.key, step]));
      one(this, ".steps").append(...[...response].map((key) => byKey.get(key)!));
      this.freeTheEnds();
    }

    protected explain(_response: string, right: boolean): void {
      one(this, ".if-wrong").hidden = right;
    }

    protected clear(): void {
      one(this, ".if-wrong").hidden = true;
    }

    protected parts(response: string): Parts {
      return [...response].map((key) => [this.item(key, this.querySelector(`[data-key="${key}"] .label`))]);
    }

    protected offered(): Parts {
      return [this.inOrder(this.steps.map((step) => this.item(step.dataset.key!, one(step, ".label"))))];
    }

    protected fits(response: string): boolean {
      return [...response].sort().join("") === [...this.correct].sort().join("");
    }

    private get steps(): HTMLElement[] {
      return all(this, ".steps > li");
    }

    private move(button: HTMLButtonElement): void {
      const step = button.closest("li")!;
      if (button.classList.contains("up")) step.previousElementSibling?.before(step);
      else step.nextElementSibling?.after(step);
      this.freeTheEnds();
      this.dispatchEvent(new Event("input", { bubbles: true }));
      // The first cannot go up nor the last down: the focus then goes to the other arrow of the same step.
      (button.disabled ? one<HTMLButtonElement>(step, "button:enabled") : button).focus();
      const places = {
        item: words(one(step, ".label")),
        place: this.steps.indexOf(step) + 1,
        places: this.steps.length,
      };
      one(this, ".moved").textContent = say("w.moved", places);
    }

    /** The step follows the finger. The others give way: a step that is moved in the document would be let go. */
    private drag(grip: HTMLElement, event: PointerEvent): void {
      if (this.querySelector(".moves button:enabled") === null) return; // all tries are used
      const step = grip.closest("li")!;
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      step.classList.add("held");
      const follow = (move: PointerEvent): void => {
        const { previousElementSibling: above, nextElementSibling: below } = step;
        if (below && middle(below) < move.clientY) step.before(below);
        else if (above && middle(above) > move.clientY) step.after(above);
      };
      const drop = (): void => {
        grip.removeEventListener("pointermove", follow);
        step.classList.remove("held");
        this.freeTheEnds();
        this.dispatchEvent(new Event("input", { bubbles: true }));
      };
      grip.addEventListener("pointermove", follow);
      grip.addEventListener("lostpointercapture", drop, { once: true });
    }

    private freeTheEnds(): void {
      this.steps.forEach((step, index, steps) => {
        one<HTMLButtonElement>(step, ".up").disabled = index === 0;
        one<HTMLButtonElement>(step, ".down").disabled = index === steps.length - 1;
      });
    }
  },
);

function middle(element: Element): number {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}
