// What reviewers say about blocks of the course, and a form to say more.

import { all, fill, make, one } from "../../player/dom";
import type { Block, Comment, Run } from "./news";
import { button, signed } from "./parts";

const NAME = "scormpack/reviewer"; // in the browser's storage
const WHOLE = "The module as a whole";

export interface Said {
  readonly block: string;
  readonly quote: string;
  readonly text: string;
  readonly name: string;
}

export class Comments {
  private last = "";
  private page = ""; // in sight
  private blocks: readonly Block[] = [];
  private readonly form: HTMLFormElement;

  constructor(
    private readonly panel: HTMLElement,
    private readonly tab: HTMLElement,
    private readonly does: {
      add: (said: Said) => Promise<unknown>;
      resolve: (id: string, isResolved: boolean) => void;
      go: (page: string) => void;
    },
  ) {
    this.form = one<HTMLFormElement>(panel, "form");
    this.field("name").value = localStorage.getItem(NAME) ?? "";
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send().catch((error: Error) => this.tell(error.message));
    });
  }

  show({ comments = [], blocks = [] }: Run, mayComment: boolean): void {
    const now = JSON.stringify([comments, blocks, mayComment]);
    if (now === this.last) return;
    this.last = now;
    const open = comments.filter(({ resolved }) => !resolved);
    fill(one(this.tab, ".count"), ...(open.length ? [String(open.length)] : []));
    fill(
      one(this.panel, "ol"),
      ...[...open, ...comments.filter(({ resolved }) => resolved)].map((each) => this.item(each)),
    );
    one(this.panel, ".none").hidden = !!comments.length;
    one(this.panel, ".closed").hidden = mayComment;
    this.form.hidden = !mayComment;
    this.offer(blocks);
  }

  /** Another page is in sight: tell what is about it, and offer it to whoever has not begun to write. */
  turn(page: string): void {
    if (page === this.page) return;
    this.page = page;
    for (const note of all(this.panel, ".here")) note.hidden = note.dataset.page !== page;
    if (!this.field("text").value) this.field("block").value = String(this.first);
  }

  private item(comment: Comment): HTMLElement {
    const { id, name, date, text, page, quote, resolved } = comment;
    const item = make("li", "", resolved ? "comment is-resolved" : "comment");
    const head = make("p", "", "head");
    const here = make("span", "On this page", "here state");
    here.dataset.page = page;
    here.hidden = !page || page !== this.page;
    head.append(make("b", name), ` · ${date} `, ...standing(comment), here);
    const about = make("blockquote", quote || comment.block || WHOLE);
    item.append(head, about, make("p", text, "text"));
    const doing = make("p", "", "doing");
    if (page) doing.append(button("Go to the page", () => this.does.go(page)));
    doing.append(button(resolved ? "Open it again" : "Resolved", () => this.does.resolve(id, !resolved)));
    item.append(doing);
    return item;
  }

  /** The blocks, by page. */
  private offer(blocks: readonly Block[]): void {
    const wanted = JSON.stringify(blocks);
    if (wanted === JSON.stringify(this.blocks)) return;
    const chosen = this.blocks[Number(this.field("block").value)];
    this.blocks = blocks;
    const titles = [...new Set(blocks.map(({ pageTitle }) => pageTitle))];
    fill(this.field("block"), ...titles.map((title) => this.group(title)));
    const at = blocks.findIndex(({ id, says }) => id === chosen?.id && (id || says === chosen.says));
    this.field("block").value = String(at < 0 ? this.first : at);
  }

  /** The first block of the page in sight; where there is none, the module as a whole. */
  private get first(): number {
    return Math.max(
      0,
      this.blocks.findIndex(({ page }) => page === this.page),
    );
  }

  private group(title: string): HTMLElement {
    const made = make("optgroup");
    made.label = title || WHOLE;
    this.blocks.forEach(({ pageTitle, says }, at) => {
      if (pageTitle === title) made.append(new Option(says || title || WHOLE, String(at)));
    });
    return made;
  }

  private async send(): Promise<void> {
    const { id, says } = this.blocks[Number(this.field("block").value)]!;
    const [name, text] = [this.field("name").value.trim(), this.field("text").value.trim()];
    localStorage.setItem(NAME, name);
    await this.does.add({ block: id, quote: says, text, name });
    this.field("text").value = "";
    this.tell("Added.");
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }

  private tell(words: string): void {
    one(this.form, "output").textContent = words;
  }
}

function standing({ resolved, gone, changed }: Comment): HTMLElement[] {
  if (resolved) return [signed("good", "Resolved")];
  if (gone) return [signed("warning", "The text that it is about has gone")];
  return changed ? [signed("info", "The text has changed since")] : [];
}
