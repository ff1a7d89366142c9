// The foot of the page: one main button, and what is said above it.

import { all, fill, make, one, onPress } from "./dom";
import { Leading } from "./lead";
import { say } from "./words";

/** What leads on from a screen. */
export interface Onward {
  readonly words: string;
  readonly press: () => void;
}

export class Foot {
  private readonly foot: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly past: HTMLElement;
  private readonly head = one(document, ".top");
  private leading: Leading[] = [];
  private onward: Onward | null = null;

  constructor(course: HTMLElement) {
    this.foot = one(course, ".foot");
    this.button = one(this.foot, ".next");
    this.past = one(course, ".past");
    onPress(this.button, () => this.press());
    onPress(one(this.past, ".later"), () => this.onward?.press());
    this.foot.addEventListener("keydown", (event) => event.repeat && event.preventDefault()); // nor do the tools beside it
    // What is elsewhere may change, too, when a visit is taken up; it is drawn when it comes before the learner.
    course.addEventListener(Leading.CHANGED, ({ target }) => this.leading.includes(target as Leading) && this.draw());
    if (!("ResizeObserver" in window)) return;
    const observer = new ResizeObserver(() => this.keepClear());
    for (const edge of [this.foot, this.head]) observer.observe(edge);
  }

  /** What has the screen now, and what leads on from there; null where nothing does. */
  show(screen: HTMLElement, onward: Onward | null): void {
    this.leading = all(screen, "*").filter((element): element is Leading => element instanceof Leading);
    this.onward = onward;
    this.draw();
  }

  private get lead(): Leading["lead"] {
    return this.leading.map(({ lead }) => lead).find((lead) => lead !== null) ?? null;
  }

  private press(): void {
    (this.lead?.press ?? this.onward?.press)?.();
  }

  private draw(): void {
    const { lead } = this;
    const said = this.leading.map(({ says }) => says).find((says) => says !== null) ?? null;
    this.button.hidden = !lead && !this.onward;
    this.button.textContent = lead?.words ?? (said ? say("w.go_on") : (this.onward?.words ?? ""));
    this.button.setAttribute("aria-disabled", String(lead?.isReady === false));
    this.past.hidden = !lead?.mayWait;
    this.tell(said);
    this.keepClear(); // at once: what was answered comes into sight now
  }

  private tell(said: Leading["says"]): void {
    const sheet = one(this.foot, ".says");
    const lines = said ? [said.heading, ...said.lines] : [];
    sheet.className = said ? `says sheet is-${said.kind}` : "says";
    // Nothing is read out twice, but what is asked for again.
    if (said?.kind !== "plain" && lines.join("\n") === sheet.dataset.lines) return;
    sheet.dataset.lines = lines.join("\n");
    fill(sheet, ...lines.map((line, at) => (at ? make("p", line) : make("strong", line, "verdict"))));
  }

  /** What has the focus, or was just answered, is never under the foot. Where head and bar leave too little, they scroll. */
  private keepClear(): void {
    const root = document.documentElement;
    const bar = one(this.foot, ".bar");
    const most = window.innerHeight * MOST;
    // On a phone on its side the bar is a rail, which takes no height from the page.
    const height = getComputedStyle(bar).position === "fixed" ? 0 : bar.offsetHeight;
    root.classList.toggle("cramped", height + this.head.offsetHeight > most);
    this.foot.classList.toggle("tall", height > most);
    root.style.setProperty("--head", `${covered(this.head)}px`);
    root.style.setProperty("--foot", `${covered(this.foot)}px`);
  }
}

/** How many pixels of the page lie under a part; one that scrolls covers none, and room for it would push the focus out of sight. */
function covered(part: HTMLElement): number {
  return /sticky|fixed/.test(getComputedStyle(part).position) ? part.offsetHeight : 0;
}

const MOST = 0.5; // of the window
