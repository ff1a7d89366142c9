// My cards: those that the learner has met, each to open and all to print, four on a sheet.

import { all, fill, make, one, words } from "./dom";
import { Leading } from "./lead";
import { printAlone } from "./paper";
import { plainCopy } from "./terms";
import { say } from "./words";

export class MyCards {
  private readonly page: HTMLElement | null; // null where the course has no card
  private readonly turned = new Set<Element>();
  private met: HTMLElement[] = [];

  constructor(private readonly course: HTMLElement) {
    this.page = course.querySelector<HTMLElement>(`#${CARDS}`);
    if (!this.page) return;
    course.addEventListener(Leading.CHANGED, ({ target }) => {
      if (target instanceof Element && target.matches("sp-card.turned")) this.turned.add(target);
    });
    one(this.page, ".print").addEventListener("click", () => this.print());
  }

  /** A card is met once it was turned on this visit, or its page was seen; of the others the names are enough. */
  draw(isSeen: (page: string) => boolean): void {
    const { page } = this;
    if (!page) return;
    const cards = all(this.course, "sp-card");
    this.met = cards.filter((card) => this.turned.has(card) || isSeen(card.closest(".page")!.id));
    const ahead = cards.filter((card) => !this.met.includes(card));
    fill(one(page, ".cards-met"), ...this.met.map(kept));
    fill(one(page, ".cards-ahead ul"), ...ahead.map((card) => make("li", one(card, "h3 .name").textContent!)));
    one(page, ".cards-how").textContent = say(this.met.length ? "w.cards_how" : "w.cards_none");
    one(page, ".cards-print").hidden = !this.met.length;
    one(page, ".cards-ahead").hidden = !ahead.length;
  }

  private print(): void {
    const sheets: HTMLElement[] = [];
    for (let at = 0; at < this.met.length; at += QUARTERS) {
      const sheet = make("div", "", "quarters");
      sheet.append(...this.met.slice(at, at + QUARTERS).map(quarter));
      sheets.push(sheet);
    }
    printAlone(...sheets);
  }
}

function kept(card: HTMLElement): HTMLElement {
  const summary = make("summary");
  summary.append(question(card));
  const holder = make("details", "", "kept-card");
  holder.append(summary, back(card));
  return holder;
}

function quarter(card: HTMLElement): HTMLElement {
  const holder = make("section", "", "quarter");
  holder.append(question(card), back(card));
  holder.classList.toggle("long", words(holder).length > LONG);
  return holder;
}

function question(card: HTMLElement): HTMLElement {
  return make("h3", one(card, ".card-front").textContent!);
}

/** The back as a card for one's own hand: no buttons, no questions for a group, and no word that opens a sheet. */
function back(card: HTMLElement): HTMLElement {
  const copy = plainCopy(one(card, ".card-back"));
  copy.hidden = false;
  copy.removeAttribute("tabindex");
  for (const part of all(copy, ".turn, .discuss")) part.remove();
  return copy;
}

export const CARDS = "cards"; // the id of the page
const QUARTERS = 4; // of a sheet
const LONG = 600; // characters, which a quarter of a sheet holds in the usual size
