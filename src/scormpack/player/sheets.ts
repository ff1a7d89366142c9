// What opens over the page: help, contents, reading aids, the meaning of a word. One at a time; Escape, a tap outside and Close shut it.

import { all, one } from "./dom";
import { WordHelp } from "./terms";

export interface Sheet {
  readonly element: HTMLElement; // with its button, if that is inside
  readonly button: HTMLElement; // to which the focus returns
  readonly shade?: HTMLElement; // what covers the page behind it, and is no part of it
  isOpen(): boolean;
  close(): void;
}

export class Sheets {
  private readonly sheets: Sheet[];

  constructor(course: HTMLElement) {
    const unfolding = all<HTMLDetailsElement>(document, ".help, .reading").map(unfolds);
    this.sheets = [...unfolding, rises(one(course, ".contents"), one(course, ".to-contents")), new WordHelp(course)];
    for (const sheet of this.sheets) this.listen(sheet);
    for (const link of all(course, ".urgent")) link.addEventListener("click", (event) => this.openHelp(event));
    document.addEventListener("click", ({ target }) =>
      this.leave((sheet) => isWithin(sheet, target) && target !== sheet.shade),
    );
    // A sheet never lies over what has the focus.
    document.addEventListener("focusin", ({ target }) => this.leave((sheet) => isWithin(sheet, target)));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.escape());
  }

  closeAll(): void {
    for (const sheet of this.sheets) sheet.close();
  }

  private listen(sheet: Sheet): void {
    for (const close of all(sheet.element, ".close")) {
      close.hidden = false;
      close.addEventListener("click", () => this.shut(sheet));
    }
  }

  /** A link opens the help as its button does. */
  private openHelp(event: Event): void {
    event.preventDefault();
    event.stopPropagation(); // it lies outside the sheet, which would shut again
    const button = one(document, ".help summary");
    button.focus();
    button.click();
  }

  private shut(sheet: Sheet): void {
    sheet.close();
    sheet.button.focus();
  }

  private escape(): void {
    for (const sheet of this.sheets.filter((each) => each.isOpen())) this.shut(sheet);
  }

  private leave(isHere: (sheet: Sheet) => boolean): void {
    for (const sheet of this.sheets) if (!isHere(sheet)) sheet.close();
  }
}

/** A `<details>`, which opens without scripts too. On a wide screen one may stand open, as a part of the page. */
function unfolds(element: HTMLDetailsElement): Sheet {
  return {
    element,
    button: one(element, "summary"),
    shade: element,
    isOpen: () => element.open && !isFixed(element),
    close: () => {
      if (!isFixed(element)) element.open = false;
    },
  };
}

/** The contents: without scripts a list at the top of the page. */
function rises(element: HTMLElement, button: HTMLElement): Sheet {
  const isOpen = (): boolean => element.classList.contains("is-open");
  const set = (open: boolean): void => {
    element.classList.toggle("is-open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    set(!isOpen());
    if (isOpen()) element.focus({ preventScroll: true });
  });
  return { element, button, shade: element, isOpen, close: () => set(false) };
}

function isWithin({ element, button }: Sheet, target: EventTarget | null): boolean {
  return element.contains(target as Node) || button.contains(target as Node);
}

function isFixed(element: HTMLElement): boolean {
  return element.dataset.fixed !== undefined;
}
