// One page at a time: the contents, Back and Next, the heading that takes the focus.

import { RESULT } from "./attempt";
import { all, make, one } from "./dom";
import { say } from "./words";

export class Navigation {
  readonly pages: readonly string[]; // those to go through: not the result, nor what stands beside the course
  current: string;
  private last: string; // the page to come back to from beside the course
  private isOver = false;
  private readonly seconds: ReadonlyMap<string, number>;

  /** `turn(from, to)` is told before a page is left. */
  constructor(
    private readonly course: HTMLElement,
    private readonly turn: (from: string, to: string) => void,
  ) {
    const pages = all(course, "main > .page:not(.extra)");
    this.pages = pages.map((page) => page.id);
    this.seconds = new Map(pages.map((page) => [page.id, Number(page.dataset.seconds)]));
    this.current = this.last = this.pages[0]!;
    for (const hidden of all(course, ".scripted, .bar, .aids")) hidden.hidden = false;
    this.listen();
    this.spread();
    this.yield();
    this.show(this.current);
    this.remember(this.current, "replace");
    document.documentElement.classList.toggle("framed", isFramed);
  }

  /** The session is over: the browser's Back leads to no page any more. */
  close(): void {
    this.isOver = true;
  }

  /** Put a page before the learner, in place of the one that happened to be there. */
  open(page: string): void {
    this.current = page;
    this.move(page);
    this.remember(page, "replace");
  }

  /** Turn to a page and put the focus on its heading, so that a screen reader begins there. */
  go(page: string): void {
    if (page !== this.current) this.remember(page, "push");
    this.move(page);
  }

  private move(page: string): void {
    if (page !== this.current) this.turn(this.current, page);
    this.show(page);
    const details = one<HTMLDetailsElement>(this.course, ".contents details");
    if (!this.isWide) details.open = false;
    window.scrollTo(0, 0);
    const heading = one(document, `[id="${page}.title"]`);
    heading.focus({ preventScroll: true });
    comeIntoSight(heading);
  }

  /** The browser's Back, and a phone's gesture, lead to the page before and not out of the course. */
  private remember(page: string, how: "push" | "replace"): void {
    try {
      history[`${how}State`]({ page }, "");
    } catch {
      // some browsers allow only so many in a minute
    }
  }

  next(): void {
    this.go([...this.pages, RESULT][this.pages.indexOf(this.current) + 1] ?? RESULT);
  }

  /** One page back; from beside the course to where the learner came from. */
  private back(): void {
    const index = this.current === RESULT ? this.pages.length : this.pages.indexOf(this.current);
    this.go(this.isPlace(this.current) ? this.pages[Math.max(index - 1, 0)]! : this.last);
  }

  /** Tick the pages that are done. */
  tick(isSeen: (page: string) => boolean): void {
    for (const link of this.links.filter((each) => this.pages.includes(this.target(each)))) {
      const done = isSeen(this.target(link));
      link.classList.toggle("done", done);
      link.querySelector(".unseen")?.remove();
      if (done) link.append(make("span", ` (${say("w.contents_done")})`, "unseen"));
    }
    const seconds = this.pages
      .filter((page) => !isSeen(page))
      .reduce((sum, page) => sum + this.seconds.get(page)!, 0);
    const minutes = Math.ceil(seconds / 60);
    const share = this.pages.filter(isSeen).length / this.pages.length;
    one(document, ".progress span").style.width = `${share * 100}%`;
    one(this.course, ".contents .left").textContent = minutes
      ? say("w.minutes_left", { minutes })
      : say("w.minutes_none");
  }

  titleOf(page: string): string {
    return document.getElementById(`${page}.title`)?.textContent ?? "";
  }

  /** Whether progress is kept of being there. */
  isPlace(page: string): boolean {
    return page === RESULT || this.pages.includes(page);
  }

  private show(page: string): void {
    if (this.isPlace(page)) this.last = page;
    this.current = page;
    for (const section of all(this.course, "main > .page")) section.hidden = section.id !== page;
    for (const link of this.links) {
      if (this.target(link) === page) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const index = this.pages.indexOf(page);
    one(this.course, ".bar .back").hidden = index === 0;
    const next = one(this.course, ".bar .next");
    next.hidden = index < 0;
    next.textContent = say(index === this.pages.length - 1 ? "w.finish" : "w.next");
    one(this.course, ".bar .where").textContent =
      index < 0 ? "" : say("w.page_of", { page: index + 1, pages: this.pages.length });
    this.fetchAhead(index + 1);
  }

  /** The next page's pictures are there before the learner is: the signal may be gone by then. */
  private fetchAhead(index: number): void {
    const next = this.pages[index];
    if (!next) return;
    window.setTimeout(() => {
      for (const picture of all<HTMLImageElement>(document.getElementById(next)!, "img")) picture.loading = "eager";
    }, SETTLED);
  }

  private listen(): void {
    // The second click of a double click, and a key that is held down, turn no page.
    one(this.course, ".bar .next").addEventListener("click", ({ detail }) => detail < 2 && this.next());
    one(this.course, ".bar .back").addEventListener("click", ({ detail }) => detail < 2 && this.back());
    one(this.course, ".bar").addEventListener("keydown", (event) => event.repeat && event.preventDefault());
    window.addEventListener("popstate", ({ state }) => {
      const page = (state as { page?: unknown } | null)?.page;
      if (!this.isOver && typeof page === "string" && this.links.some((link) => this.target(link) === page)) {
        this.move(page);
      }
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
    new ResizeObserver(() => bar.classList.toggle("tall", bar.offsetHeight > window.innerHeight / 3)).observe(bar);
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
const SETTLED = 300; // milliseconds: what is on this page comes first

const isFramed = window.parent !== window;

/** Where a platform's frame is taller than its window, it is the platform's page that has to move. */
export function comeIntoSight(element: Element): void {
  if (isFramed) element.scrollIntoView({ block: "nearest" });
}
