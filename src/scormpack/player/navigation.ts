// One screen at a time: the contents, Back and on, the heading that takes the focus.
//
// A page is one idea of the author's, and progress is kept by page. What needs a screen to itself, such as a question, has
// it: a page is gone through screen by screen.

import { RESULT } from "./attempt";
import { all, make, one, onPress } from "./dom";
import { Sheets } from "./sheets";
import { say } from "./words";

/** What the player does when the learner comes and goes. */
export interface Traveller {
  /** Before a page is left; `isSeen`: every screen of it was shown. */
  turn(from: string, to: string, isSeen: boolean): void;
  /** Before a screen is left. */
  leave(screen: HTMLElement): void;
  /** A screen is shown; `onward` names what leads on from it, null where nothing follows. */
  appear(screen: HTMLElement, onward: string | null): void;
}

export class Navigation {
  readonly pages: readonly string[]; // those to go through: not the result, nor what stands beside the course
  current: string;
  screen: HTMLElement; // what is shown of the current page
  private last: { readonly page: string; readonly screen: number }; // to come back to from beside the course
  isAsked = false; // for a screen, by the address: nobody has to ask the learner
  private isOver = false;
  private readonly title = document.title;
  private readonly length = one(document, ".where").textContent; // in minutes, on the cover
  private readonly sheets: Sheets;
  private readonly shown = new Set<HTMLElement>(); // screens, since the course was opened
  private readonly seconds: ReadonlyMap<string, number>;

  constructor(
    private readonly course: HTMLElement,
    private readonly traveller: Traveller,
  ) {
    const pages = all(course, "main > .page:not(.extra)");
    this.pages = pages.map((page) => page.id);
    this.seconds = new Map(pages.map((page) => [page.id, Number(page.dataset.seconds)]));
    this.current = this.pages[0]!;
    this.last = { page: this.current, screen: 0 };
    this.screen = this.screensOf(this.current)[0]!;
    document.documentElement.classList.add("runs");
    for (const hidden of all(document, ".scripted, .aids, .to-contents")) hidden.hidden = false;
    one(document, ".progress").append(...pages.map(() => document.createElement("i")));
    this.sheets = new Sheets(course);
    this.listen();
    this.spread();
    document.documentElement.classList.toggle("framed", isFramed);
  }

  /** Show the first screen, or the one that the address asks for, such as `#page~2`: the traveller is ready. */
  begin(): void {
    const [page = "", screen] = location.hash.slice(1).split("~");
    this.isAsked = this.isPlace(page);
    this.show(this.isAsked ? page : this.current, Number(screen));
    this.remember("replace");
  }

  /** The session is over: the browser's Back leads to no page any more. */
  close(): void {
    this.isOver = true;
  }

  /** Put a page before the learner, in place of the one that happened to be there. */
  open(page: string): void {
    this.traveller.leave(this.screen);
    this.current = page;
    this.arrive(page, 0);
    this.remember("replace");
  }

  /** Turn to a screen of a page and put the focus on its heading, so that a screen reader begins there. */
  go(page: string, screen = 0): void {
    const isElsewhere = page !== this.current || this.screensOf(page)[screen] !== this.screen;
    this.move(page, screen);
    if (isElsewhere) this.remember("push");
  }

  private move(page: string, screen: number): void {
    this.traveller.leave(this.screen);
    if (page !== this.current) {
      const isSeen = this.screensOf(this.current).every((each) => this.shown.has(each));
      this.traveller.turn(this.current, page, isSeen);
    }
    this.arrive(page, screen);
  }

  private arrive(page: string, screen: number): void {
    this.show(page, screen);
    this.sheets.closeAll();
    window.scrollTo(0, 0);
    const own = this.screen.dataset.room ? this.screen.querySelector<HTMLElement>("legend, h3") : null;
    const heading = (this.index > 0 && own) || one(document, `[id="${page}.title"]`);
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    comeIntoSight(heading);
  }

  /** The browser's Back, and a phone's gesture, lead to the screen before and not out of the course. */
  private remember(how: "push" | "replace"): void {
    try {
      history[`${how}State`]({ page: this.current, screen: this.index }, "");
    } catch {
      // some browsers allow only so many in a minute
    }
  }

  /** The next screen, or the next page, or the result. */
  next(): void {
    if (!this.isPlace(this.current)) this.back();
    else if (this.index + 1 < this.screensOf(this.current).length) this.go(this.current, this.index + 1);
    else this.go(this.following);
  }

  /** Past what is left of this page: the learner has chosen not to see it. */
  private skip(): void {
    for (const screen of this.screensOf(this.current)) this.shown.add(screen);
    this.go(this.following);
  }

  private get following(): string {
    return [...this.pages, RESULT][this.pages.indexOf(this.current) + 1] ?? RESULT;
  }

  /** One screen back; from beside the course to where the learner came from. */
  private back(): void {
    if (this.index > 0) this.go(this.current, this.index - 1);
    else if (this.isPlace(this.current)) this.go(this.before, this.screensOf(this.before).length - 1);
    else this.go(this.last.page, this.last.screen);
  }

  private get before(): string {
    const index = this.current === RESULT ? this.pages.length : this.pages.indexOf(this.current);
    return this.pages[Math.max(index - 1, 0)]!;
  }

  /** Tick the pages that are done, and say what is left. */
  tick(isDone: (page: string) => boolean): void {
    for (const link of this.links.filter((each) => this.pages.includes(target(each)))) {
      const done = isDone(target(link));
      link.classList.toggle("done", done);
      link.querySelector(".unseen")?.remove();
      if (done) link.append(make("span", ` (${say("w.contents_done")})`, "unseen"));
    }
    for (const [index, step] of this.steps.entries()) step.classList.toggle("done", isDone(this.pages[index]!));
    const open = this.pages.filter((page) => !isDone(page));
    const minutes = Math.ceil(open.reduce((sum, page) => sum + this.seconds.get(page)!, 0) / 60);
    const done = this.pages.length - open.length;
    one(this.course, ".contents .left").textContent = minutes
      ? say("w.minutes_left", { done, pages: this.pages.length, minutes })
      : say("w.minutes_none");
  }

  titleOf(page: string): string {
    return document.getElementById(`${page}.title`)?.textContent ?? "";
  }

  /** Whether progress is kept of being there. */
  isPlace(page: string): boolean {
    return page === RESULT || this.pages.includes(page);
  }

  private show(page: string, screen: number): void {
    if (this.isPlace(page)) this.last = { page, screen };
    this.current = page;
    const screens = this.screensOf(page);
    this.screen = screens[screen] ?? screens[0]!;
    this.shown.add(this.screen);
    for (const section of all(this.course, "main > .page")) section.hidden = section.id !== page;
    for (const each of screens) if (each !== document.getElementById(page)) each.hidden = each !== this.screen;
    one(document, `[id="${page}.title"]`).classList.toggle("unseen", this.index > 0 || this.isStory);
    this.label();
    this.traveller.appear(this.screen, this.onward);
    this.fetchAhead();
  }

  /** A story has a title of its own: said twice, it would keep the choices out of sight. */
  private get isStory(): boolean {
    return this.screen.dataset.room === "story";
  }

  /** Where the learner is, in the header, in the contents and in the name of the window. */
  private label(): void {
    const at = this.pages.indexOf(this.current);
    const pages = this.pages.length;
    const isFirst = at === 0 && this.index === 0;
    document.title = isFirst ? this.title : `${this.titleOf(this.current)} – ${this.title}`;
    document.documentElement.classList.toggle("inside", !isFirst);
    document.body.dataset.room = this.screen.dataset.room ?? "";
    one(document, ".back").hidden = isFirst;
    for (const link of this.links) {
      if (target(link) === this.current) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    this.showInList();
    for (const [index, step] of this.steps.entries()) step.classList.toggle("here", index === at);
    one(document, ".where").textContent = isFirst
      ? this.length
      : at < 0
        ? ""
        : say("w.page_of", { page: at + 1, pages });
    const contents = one(this.course, ".to-contents");
    contents.setAttribute("aria-label", at < 0 ? say("w.contents") : say("w.contents_at", { page: at + 1, pages }));
    contents.classList.toggle("worded", at < 0);
    one(contents, ".at").textContent = at < 0 ? say("w.contents") : say("w.page_short", { page: at + 1, pages });
  }

  /** On a wide screen the list of contents can be longer than its column. */
  private showInList(): void {
    const list = one(this.course, ".contents");
    const link = list.querySelector<HTMLElement>("[aria-current]");
    if (link) list.scrollTop = link.offsetTop - list.clientHeight / 2;
  }

  /** What the button that leads on is called. */
  private get onward(): string | null {
    const at = this.pages.indexOf(this.current);
    if (!this.isPlace(this.current)) return say("w.back");
    if (at < 0) return null;
    const isLastScreen = this.index === this.screensOf(this.current).length - 1;
    if (at === this.pages.length - 1 && isLastScreen) return say("w.finish");
    return at === 0 && this.index === 0 ? say("w.begin") : say("w.next");
  }

  /** The pictures of what comes next are there before the learner is: the signal may be gone by then. */
  private fetchAhead(): void {
    const next = document.getElementById(this.following)!;
    window.setTimeout(() => {
      const pictures = all<HTMLImageElement>(document.getElementById(this.current)!, "img");
      for (const picture of [...pictures, ...all<HTMLImageElement>(next, "img")]) picture.loading = "eager";
    }, SETTLED);
  }

  private listen(): void {
    const back = one(document, ".back");
    onPress(back, () => this.back());
    window.addEventListener("popstate", ({ state }) => {
      const { page, screen } = (state ?? {}) as { page?: unknown; screen?: unknown };
      const isAsked = document.querySelector("dialog[open]") !== null; // where to go on
      if (!this.isOver && !isAsked && typeof page === "string" && this.links.some((link) => target(link) === page)) {
        this.move(page, typeof screen === "number" ? screen : 0);
      }
    });
    this.course.addEventListener("sp-skip", () => this.skip());
    this.course.addEventListener("click", (event) => {
      const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[href^="#"]');
      const place = link && document.getElementById(target(link));
      const page = place?.closest("main > .page");
      if (!place || !page || (page.id === this.current && !place.matches(".page, .screen *"))) return;
      event.preventDefault();
      this.go(page.id, Math.max(0, this.screensOf(page.id).indexOf(place.closest<HTMLElement>(".screen")!)));
    });
  }

  /** On a wide screen the reading aids stand open in the header. */
  private spread(): void {
    const wide = matchMedia(WIDE);
    const reading = one<HTMLDetailsElement>(document, ".reading");
    const set = (): void => {
      reading.open = wide.matches;
      if (wide.matches) reading.dataset.fixed = "";
      else delete reading.dataset.fixed;
    };
    wide.addEventListener?.("change", set);
    set();
  }

  /** The screens of a page; a page without any is one itself. */
  private screensOf(page: string): HTMLElement[] {
    const section = document.getElementById(page)!;
    const screens = all(section, ".screen");
    return screens.length ? screens : [section];
  }

  private get index(): number {
    return this.screensOf(this.current).indexOf(this.screen);
  }

  private get steps(): HTMLElement[] {
    return all(document, ".progress i");
  }

  private get links(): HTMLAnchorElement[] {
    return all<HTMLAnchorElement>(this.course, ".contents a");
  }
}

function target(link: HTMLAnchorElement): string {
  return (link.getAttribute("href") ?? "").slice(1);
}

const WIDE = "(min-width: 64em)";
const SETTLED = 300; // milliseconds: what is on this page comes first

const isFramed = window.parent !== window;

/** Where a platform's frame is taller than its window, it is the platform's page that has to move. */
export function comeIntoSight(element: Element): void {
  if (isFramed) element.scrollIntoView({ block: "nearest" });
}
