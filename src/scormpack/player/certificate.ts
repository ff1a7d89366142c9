// The certificate on the result page: what was learned and when, never what somebody is able to do.

import type { Attempt } from "./attempt";
import { make, one } from "./dom";
import { printAlone } from "./paper";

const DAY = 86_400_000;

export class Certificate {
  private readonly holder: HTMLElement;

  constructor(course: HTMLElement) {
    this.holder = one(course, ".certificate");
    one(this.holder, ".print").addEventListener("click", () => this.print());
  }

  /** Offer it when all is done and on record. `learner` is the name as the platform gives it, or "". */
  draw(attempt: Attempt, isRecorded: boolean, learner: string): void {
    this.holder.hidden = !isRecorded;
    const name = one(this.holder, ".certificate-name");
    name.textContent = inOrder(learner) || (name.dataset.blank ?? "");
    name.classList.toggle("blank", !learner.trim());
    one(this.holder, ".certificate-date").textContent = day(attempt.done);
  }

  private print(): void {
    const sheet = one(this.holder, ".certificate-sheet").cloneNode(true) as HTMLElement;
    const title = one(sheet, "h3");
    title.replaceWith(make("h1", title.textContent ?? ""));
    printAlone(sheet);
  }
}

/** SCORM gives "Bello, Ada"; people read "Ada Bello". */
function inOrder(name: string): string {
  const parts = name.split(",").map((part) => part.trim());
  return parts.length === 2 ? `${parts[1]} ${parts[0]}`.trim() : name.trim();
}

/** A day since 1970 in words; today where nobody has noted it. */
function day(number: number | null): string {
  const date = number === null ? new Date() : new Date(number * DAY);
  const words = { day: "numeric", month: "long", year: "numeric" } as const;
  const zone = number === null ? {} : { timeZone: "UTC" };
  return date.toLocaleDateString(document.documentElement.lang, { ...words, ...zone });
}
