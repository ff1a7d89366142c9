// How sure somebody felt at the start, and how sure now: shown to the learner, and to nobody else.

import { make, words } from "./dom";
import { say } from "./words";

/** Both answers beside each other, of a scale that asks again; null until both are given. */
export function thenAndNow(scale: HTMLElement): HTMLElement | null {
  const [then, now] = [chosen(document.getElementById(scale.dataset.before ?? "")), chosen(scale)];
  if (!then || !now) return null;
  const both = make("span", "", "then-now");
  both.append(make("span", say("w.confidence_then", { then })), " ", make("span", say("w.confidence_now", { now })));
  return both;
}

function chosen(scale: HTMLElement | null): string {
  return words(scale?.querySelector("input:checked + .label") ?? null);
}
