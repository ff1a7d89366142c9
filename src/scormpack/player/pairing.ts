// Questions that take several things one by one: each is put into its group, or gets what goes with it. Then all of it is looked over.

import { all, one, words } from "./dom";
import type { Answer, Item, Parts } from "./driver";
import { Question } from "./question";
import { say } from "./words";

export class PairingQuestion extends Question {
  protected readonly kind: Answer["kind"] = "matching";
  private alone: HTMLElement | null = null; // the thing that is asked for; null where all are looked over

  protected override prepare(): void {
    this.onChoice((choice) => this.press(choice));
    this.turnTo(this.open);
  }

  override appear(): void {
    super.appear();
    this.turnTo(this.open);
  }

  protected read(): string | null {
    return this.open || this.alone ? null : this.things.map((thing) => thing.dataset.chosen).join("");
  }

  protected write(response: string): void {
    for (const [index, thing] of this.things.entries()) thing.dataset.chosen = response[index]!;
    this.turnTo(null);
  }

  protected explain(response: string): void {
    for (const [index, thing] of this.things.entries()) this.mark(thing, response[index] === this.correct[index]);
    this.each.hidden = false;
  }

  protected clear(): void {
    for (const thing of this.things) this.unmark(thing);
    this.each.hidden = true;
    this.each.open = false;
  }

  /** How many are right. */
  protected override get hint(): string[] {
    const right = all(this, ".good").length;
    return [say("w.pair_right", { right, all: this.shown.length })];
  }

  /** What was right stays; the others are asked for again. */
  protected override anew(): void {
    for (const [index, thing] of this.things.entries()) {
      if (thing.dataset.chosen !== this.correct[index]) delete thing.dataset.chosen;
    }
    this.turnTo(this.open);
    this.focusOn(this);
  }

  protected parts(response: string): Parts {
    return this.things.map((thing, index) => {
      const key = response[index] ?? "";
      return [this.named(thing), this.item(key, thing.querySelector(`[data-key="${key}"] .name`))];
    });
  }

  protected offered(): Parts {
    const partners = all(this.things[0]!, ".choice");
    return [
      this.things.map((thing) => this.named(thing)),
      this.inOrder(partners.map((partner) => this.item(partner.dataset.key!, one(partner, ".name")))),
    ];
  }

  protected fits(response: string): boolean {
    const keys = all(this.things[0]!, ".choice").map(({ dataset }) => dataset.key!);
    return response.length === this.things.length && [...response].every((key) => keys.includes(key));
  }

  protected override get missing(): string {
    return say("w.choose_all_first");
  }

  /** Opens what is said of each; of what is right it can be long, and few want it. */
  private get each(): HTMLDetailsElement {
    return one(this, ".each");
  }

  private named(thing: HTMLElement): Item {
    return this.item(Number(thing.dataset.key).toString(36), one(thing, ".label"));
  }

  /** In the order written, which is the order of the saved letters; the page may show them mixed. */
  private get things(): HTMLElement[] {
    return this.shown.sort((one, other) => Number(one.dataset.key) - Number(other.dataset.key));
  }

  private get shown(): HTMLElement[] {
    return all(this, ".item");
  }

  /** The first that is not done. */
  private get open(): HTMLElement | null {
    return this.shown.find(({ dataset }) => !dataset.chosen) ?? null;
  }

  /** Choose for the thing that is asked for; where all are looked over, change one. */
  private press(choice: HTMLElement): void {
    const thing = choice.closest<HTMLElement>(".item")!;
    if (this.alone) this.choose(thing, choice);
    else this.turnTo(thing);
    this.dispatchEvent(new Event("input", { bubbles: true }));
    this.focusOn(this.alone ?? thing);
  }

  private choose(thing: HTMLElement, choice: HTMLElement): void {
    thing.dataset.chosen = choice.dataset.key!;
    this.turnTo(this.open);
    const [item, chosen] = [words(one(thing, ".label")), words(one(choice, ".name"))];
    const { length } = this.shown.filter(({ dataset }) => dataset.chosen);
    this.tell(say("w.pair_done", { item, choice: chosen, done: length, all: this.shown.length }));
  }

  private focusOn(place: HTMLElement): void {
    one(place, ".item:not([hidden]) .choice:not([hidden])").focus();
  }

  private turnTo(thing: HTMLElement | null): void {
    this.alone = thing;
    const at = this.shown.indexOf(thing!) + 1;
    one(this, ".at").textContent = at ? say("w.pair_of", { at, all: this.shown.length }) : say("w.pair_all");
    for (const each of this.shown) this.draw(each);
  }

  private draw(thing: HTMLElement): void {
    const isAlone = thing === this.alone;
    thing.hidden = this.alone !== null && !isAlone;
    thing.classList.toggle("alone", isAlone);
    for (const choice of all(thing, ".choice")) {
      const isChosen = choice.dataset.key === thing.dataset.chosen;
      choice.hidden = !isAlone && !isChosen;
      one(choice, ".change").hidden = isAlone;
      if (isAlone && isChosen) choice.setAttribute("aria-current", "true");
      else choice.removeAttribute("aria-current");
    }
  }
}
