// Small parts that several of the page's rooms use.

import { make, onPress } from "../../player/dom";
import type { Named } from "./news";
import { counted } from "./words";

export function button(text: string, act: () => void, className = ""): HTMLButtonElement {
  const made = make("button", text, className);
  made.type = "button";
  onPress(made, act);
  return made;
}

/** A text in which names stand between backticks, as findings are written. */
export function marked(name: "p" | "b", text: string, className = ""): HTMLElement {
  const made = make(name, "", className);
  text.split("`").forEach((part, at, parts) => {
    made.append(at % 2 && at < parts.length - 1 ? make("code", part) : at % 2 ? `\`${part}` : part);
  });
  return made;
}

const SIGNS = { error: "✕", warning: "!", info: "i", good: "✓", comment: "✎" } as const;

/** A sign and its words: no state is told by colour or by a sign alone. */
export function signed(kind: keyof typeof SIGNS, words: string): HTMLElement {
  const made = make("span", "", `state is-${kind}`);
  const sign = make("span", SIGNS[kind], "sign");
  sign.setAttribute("aria-hidden", "true");
  made.append(sign, ` ${words}`);
  return made;
}

/** The counts of what was found, each with its sign; one that is good where there is none. */
export function states(errors: number, warnings: number, notes: number, comments = 0): HTMLElement[] {
  const made = [
    errors ? signed("error", counted(errors, "error")) : null,
    warnings ? signed("warning", counted(warnings, "warning")) : null,
    notes ? signed("info", counted(notes, "note")) : null,
    comments ? signed("comment", counted(comments, "comment")) : null,
  ].filter((each) => each !== null);
  return errors || warnings ? made : [signed("good", "Ready"), ...made];
}

/** Offer these, if they are not offered already: what somebody has opened is not closed. */
export function offer(select: HTMLSelectElement, names: readonly Named[], chosen: string): void {
  const wanted = JSON.stringify(names);
  if (select.dataset.offers !== wanted) {
    select.dataset.offers = wanted;
    select.replaceChildren(...names.map(({ id, name }) => new Option(name, id)));
  }
  if (chosen) select.value = chosen;
}

/** Copy a text; in the old way where a page without encryption has no clipboard. */
export async function copy(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const held = make("textarea", text, "unseen");
  document.body.append(held);
  held.select();
  document.execCommand("copy");
  held.remove();
}
