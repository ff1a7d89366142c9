// The frame that shows the course: real CSS pixels inside, made smaller where there is no room for it.

import { fill, make, one } from "../../player/dom";
import { type Choice, sizeOf } from "./choice";

/** Where a learner is: the name of a page, and a screen of it, from 0. */
export interface Where {
  readonly page: string;
  readonly screen: number;
}

// A course may do in its frame what courses do, and may not lead the preview's own page elsewhere.
const MAY = "scripts same-origin forms modals downloads popups popups-to-escape-sandbox";
/** Room for everything side by side; else one thing stands below the other. As in desk.css. */
export const ROOMY = matchMedia("(min-width: 64em) and (min-height: 34em)");

export class Frame {
  where: Where | null = null;
  private readonly holder: HTMLElement;
  private readonly room: HTMLElement;
  private readonly note: HTMLElement;
  private size: readonly [number, number] = [0, 0];
  private origin = "";

  constructor(
    private readonly stage: HTMLElement,
    private readonly turned: (page: string) => void,
  ) {
    this.holder = one(stage, ".holder");
    this.room = one(stage, ".room");
    this.note = one(stage, ".scale");
    new ResizeObserver(() => this.fit()).observe(this.room);
    addEventListener("message", (event) => this.hear(event));
  }

  /** Open the course anew: where the learner was, or where the course itself goes on. */
  launch(url: string, where: Where | null): void {
    const { origin } = new URL(url);
    // Courses come from another port since the server was started again: this page may frame none from there.
    if (this.origin && origin !== this.origin) {
      location.reload();
      return;
    }
    this.origin = origin;
    const frame = make("iframe");
    frame.title = "The course";
    frame.allow = "autoplay; fullscreen; clipboard-write";
    frame.setAttribute("sandbox", MAY.replace(/(^| )/g, "$1allow-"));
    frame.src = where ? `${url}#${encodeURIComponent(where.page)}~${where.screen}` : url;
    fill(this.holder, frame);
    delete this.stage.dataset.closed;
    this.fit();
  }

  /** Nothing can be shown. */
  empty(): void {
    fill(this.holder);
  }

  /** Close the course as if its tab was closed: it learns of it just before it is gone. */
  close(): void {
    this.course?.contentWindow?.postMessage({ scormpack: "close" }, this.origin);
    this.stage.dataset.closed = "";
  }

  show(choice: Pick<Choice, "frame" | "turned" | "scheme">): void {
    this.size = sizeOf(choice);
    this.stage.dataset.frame = choice.frame;
    this.stage.dataset.scheme = choice.scheme;
    this.fit();
  }

  private get course(): HTMLIFrameElement | null {
    return this.holder.querySelector("iframe");
  }

  private fit(): void {
    const [width, height] = this.size;
    const { clientWidth, clientHeight } = this.room;
    const scale = Math.max(0.2, Math.min(1, clientWidth / width, ROOMY.matches ? clientHeight / height : 1));
    this.holder.style.width = `${Math.floor(width * scale)}px`;
    this.holder.style.height = `${Math.floor(height * scale)}px`;
    this.course?.style.setProperty("width", `${width}px`);
    this.course?.style.setProperty("height", `${height}px`);
    this.course?.style.setProperty("transform", `scale(${scale})`);
    this.note.textContent = `${width} × ${height}${scale < 1 ? ` at ${Math.round(scale * 100)} %` : ""}`;
  }

  private hear({ source, origin, data }: MessageEvent): void {
    if (source !== this.course?.contentWindow || origin !== this.origin) return;
    const said = data as (Partial<Where> & { scormpack?: unknown }) | null;
    if (said?.scormpack !== "where" || typeof said.page !== "string") return;
    this.where = { page: said.page, screen: Number(said.screen) || 0 };
    this.turned(said.page);
  }
}
