// One page at a time: the contents, Back and Next, the heading that takes the focus.

import { RESULT } from "./attempt";
import { all, make, one } from "./dom";
import { say } from "./words";

export class Navigation {
  readonly pages: readonly string[];
  current: string;

  /** `turn(from, to)` is told before a page is left. */
  constructor(
    private readonly course: HTMLElement,
    private readonly turn: (from: string, to: string) => void,
  ) {
    this.pages = all(course, "main > .page").map((page) => page.id).filter((id) => id !== RESULT);
    this.current = this.pages[0]!;
    for (const hidden of all(course, ".scripted, .bar")) hidden.hidden = false;
    this.listen();
    this.spread();
    this.yield();
    this.show(this.current);
  }

  /** Turn to a page and put the focus on its heading, so that a screen reader begins there. */
  go(page: string): void {
    if (page !== this.current) this.turn(this.current, page);
    this.show(page);
    const details = one<HTMLDetailsElement>(this.course, ".contents details");
    if (!this.isWide) details.open = false;
    window.scrollTo(0, 0);
    one(document, `[id="${page}.title"]`).focus({ preventScroll: true });
  }

  next(): void {
    this.go([...this.pages, RESULT][this.pages.indexOf(this.current) + 1] ?? RESULT);
  }

  /** Tick the pages that are done. */
  tick(isSeen: (page: string) => boolean): void {
    for (const link of this.links) {
      const done = isSeen(this.target(link));
      link.classList.toggle("done", done);
      link.querySelector(".unseen")?.remove();
      if (done) link.append(make("span", ` (${say("contents_done")})`, "unseen"));
    }
  }

  titleOf(page: string): string {
    return document.getElementById(`${page}.title`)?.textContent ?? "";
  }

  private show(page: string): void {
    this.current = page;
    for (const section of all(this.course, "main > .page")) section.hidden = section.id !== page;
    for (const link of this.links) {
      if (this.target(link) === page) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const index = this.pages.indexOf(page);
    const isResult = page === RESULT;
    one(this.course, ".bar .back").hidden = index === 0;
    const next = one(this.course, ".bar .next");
    next.hidden = isResult;
    next.textContent = say(index === this.pages.length - 1 ? "finish" : "next");
    one(this.course, ".bar .where").textContent = isResult
      ? ""
      : say("page_of", { page: index + 1, pages: this.pages.length });
  }

  private listen(): void {
    one(this.course, ".bar .next").addEventListener("click", () => this.next());
    one(this.course, ".bar .back").addEventListener("click", () => {
      const index = this.current === RESULT ? this.pages.length : this.pages.indexOf(this.current);
      this.go(this.pages[Math.max(index - 1, 0)]!);
    });
    this.course.addEventListener("sp-skip", () => this.next());
    this.course.addEventListener("click", (event) => {
      const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[href^="#"]');
      if (!link || !document.getElementById(this.target(link))?.matches("main > .page")) return;
      event.preventDefault();
      this.go(this.target(link));
    });
  }

  /** On a wide screen the contents stand open at the side. */
  private spread(): void {
    const wide = matchMedia(WIDE);
    const details = one<HTMLDetailsElement>(this.course, ".contents details");
    const set = (): void => {
      details.open = wide.matches;
    };
    wide.addEventListener?.("change", set);
    set();
  }

  /** With large text on a small screen the bar would hide the page, so it scrolls with it. */
  private yield(): void {
    const bar = one(this.course, ".bar");
    if (!("ResizeObserver" in window)) return;
    new ResizeObserver(() => bar.classList.toggle("tall", bar.offsetHeight > window.innerHeight / 4)).observe(bar);
  }

  private get isWide(): boolean {
    return matchMedia(WIDE).matches;
  }

  private get links(): HTMLAnchorElement[] {
    return all<HTMLAnchorElement>(this.course, ".contents a");
  }

  private target(link: HTMLAnchorElement): string {
    return (link.getAttribute("href") ?? "").slice(1);
  }
}

const WIDE = "(min-width: 64em)";
