// Steps to put in order: a tap moves a step up to the next free place, another one takes it back. Who likes to may drag.

import { all, fill, make, one, words } from "../../player/dom";
import type { Answer, Parts } from "../../player/driver";
import { Question } from "../../player/question";
import { say } from "../../player/words";

customElements.define(
  "sp-order",
  class extends Question {
    protected readonly kind: Answer["kind"] = "sequencing";
    private readonly steps = all(this, ".steps > li"); // in the order first shown
    private places: (HTMLElement | null)[] = this.steps.map(() => null);

    protected override prepare(): void {
      this.onChoice((choice) => this.press(choice.closest("li")!));
      for (const grip of all(this, ".grip")) grip.addEventListener("pointerdown", (event) => this.drag(grip, event));
      this.draw();
    }

    protected read(): string | null {
      return this.places.includes(null) ? null : this.places.map((step) => step!.dataset.key).join("");
    }

    protected write(response: string): void {
      this.places = [...response].map((key) => this.steps.find((step) => step.dataset.key === key)!);
      this.draw();
    }

    protected explain(response: string): void {
      for (const [index, step] of this.places.entries()) this.mark(step!, response[index] === this.correct[index]);
    }

    protected clear(): void {
      for (const step of this.steps) this.unmark(step);
    }

    protected override get hint(): string[] {
      return [words(one(this, ".if-wrong"))];
    }

    /** What stands in its right place stays there. */
    protected override anew(): void {
      this.places = this.places.map((step, index) => (step?.dataset.key === this.correct[index] ? step : null));
      this.draw();
      this.focusOn(this.rest[0] ?? this.steps[0]!);
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

    protected override get missing(): string {
      return say("w.order_first");
    }

    /** What has no place yet. */
    private get rest(): HTMLElement[] {
      return this.steps.filter((step) => !this.places.includes(step));
    }

    private press(step: HTMLElement): void {
      if (this.places.includes(step)) this.takeBack(step);
      else this.place(step);
      this.dispatchEvent(new Event("input", { bubbles: true }));
    }

    /** To the first free place; the focus goes to what can come next. */
    private place(step: HTMLElement): void {
      const { rest } = this;
      const place = this.places.indexOf(null);
      this.places[place] = step;
      this.draw();
      this.focusOn(rest[rest.indexOf(step) + 1] ?? this.rest[0] ?? step);
      this.tell(say("w.moved", { item: this.wordsOf(step), place: place + 1, places: this.steps.length }));
    }

    private takeBack(step: HTMLElement): void {
      this.places[this.places.indexOf(step)] = null;
      this.draw();
      this.focusOn(step);
      this.tell(say("w.order_taken", { item: this.wordsOf(step) }));
    }

    private wordsOf(step: HTMLElement): string {
      return words(one(step, ".label"));
    }

    private focusOn(step: HTMLElement): void {
      one(step, ".choice").focus();
    }

    /** The places as far as they are filled, and the first free one; then what is left. */
    private draw(): void {
      const { rest } = this;
      const next = this.places.indexOf(null);
      const last = Math.max(next, ...this.places.map((step, at) => (step ? at : -1)));
      const places = this.places.slice(0, last + 1);
      fill(
        one(this, ".steps"),
        ...places.map((step, at) => step ?? make("li", at === next ? say("w.order_next") : "")),
      );
      fill(one(this, ".rest ul"), ...rest);
      one(this, ".rest").hidden = !rest.length;
      for (const step of this.steps) one(step, ".choice").setAttribute("aria-label", this.nameOf(step, next));
    }

    /** What a press on the step will do. */
    private nameOf(step: HTMLElement, next: number): string {
      const item = this.wordsOf(step);
      const place = this.places.indexOf(step) + 1;
      return place ? say("w.order_take", { item, place }) : say("w.order_put", { item, place: next + 1 });
    }

    /** The step follows the finger. The others give way: a step that is moved in the document would be let go. */
    private drag(grip: HTMLElement, event: PointerEvent): void {
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
        const order = all(this, ".steps > li");
        if (this.places.every((place, at) => (place ?? order[at]) === order[at])) return; // nothing has moved
        this.places = this.places.map((_, at) => (this.steps.includes(order[at]!) ? order[at]! : null));
        this.draw();
        this.dispatchEvent(new Event("input", { bubbles: true }));
      };
      grip.addEventListener("pointermove", follow);
      grip.addEventListener("lostpointercapture", drop, { once: true });
    }
  },
);

function middle(element: Element): number {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}
