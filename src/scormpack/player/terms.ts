// A word of the glossary opens its plain meaning in place; without scripts it leads to the list of words.

import { all, make } from "./dom";

export function explainTerms(course: HTMLElement): void {
  for (const link of all<HTMLAnchorElement>(course, "a.term")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      toggle(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault();
        toggle(link);
      } else if (event.key === "Escape" && isOpen(link)) toggle(link);
    });
  }
}

function isOpen(link: HTMLElement): boolean {
  return link.getAttribute("aria-expanded") === "true";
}

function toggle(link: HTMLAnchorElement): void {
  const opens = !isOpen(link);
  link.setAttribute("aria-expanded", String(opens));
  if (!opens) {
    link.nextElementSibling?.remove();
    return;
  }
  const term = document.getElementById(link.hash.slice(1));
  const meaning = make("span", ` ${term?.nextElementSibling?.firstChild?.textContent ?? ""} `, "meaning");
  meaning.setAttribute("role", "note");
  link.after(meaning);
}
