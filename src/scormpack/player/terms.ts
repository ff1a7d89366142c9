// A word of the glossary opens its plain meaning in a sheet; without scripts it leads to the list of words.

import { all, fill, one, words } from "./dom";
import type { Sheet } from "./sheets";

/** A copy of something, in which no word can be asked for. */
export function plainCopy(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const word of all(copy, "a.term")) word.replaceWith(words(word));
  return copy;
}

export class WordHelp implements Sheet {
  readonly element: HTMLElement;
  button: HTMLElement; // the word that was asked for

  constructor(course: HTMLElement) {
    this.element = one(course, ".word-help");
    this.button = this.element;
    for (const link of all<HTMLAnchorElement>(course, "a.term")) {
      link.setAttribute("role", "button");
      link.setAttribute("aria-expanded", "false");
      link.addEventListener("click", (event) => {
        event.preventDefault();
        event.stopPropagation(); // it leads to no page
        this.toggle(link);
      });
      link.addEventListener("keydown", (event) => {
        if (event.key !== " ") return;
        event.preventDefault();
        this.toggle(link);
      });
    }
  }

  isOpen(): boolean {
    return !this.element.hidden;
  }

  close(): void {
    this.element.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }

  private toggle(link: HTMLAnchorElement): void {
    const opens = this.button !== link || !this.isOpen();
    this.close();
    if (!opens) return;
    this.button = link;
    const term = document.getElementById(link.hash.slice(1));
    const meaning = term?.nextElementSibling?.cloneNode(true) as HTMLElement | undefined;
    one(this.element, "h2").textContent = term?.firstChild?.textContent?.trim() ?? "";
    fill(one(this.element, ".meaning"), ...(meaning?.childNodes ?? []));
    link.setAttribute("aria-expanded", "true");
    this.element.hidden = false;
    this.element.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest" });
  }
}
