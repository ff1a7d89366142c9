// What the one main button does while something has the screen, and what is said above it.

/** The next thing to do with what has the screen. */
export interface Lead {
  readonly words: string;
  readonly press: () => void;
  readonly isReady?: boolean; // if false, a press says what is missing
  readonly mayWait?: boolean; // whether there is another button, to leave it for now
}

/** What is said of what was done: in words, with a sign, in a sheet above the bar. */
export interface Said {
  readonly kind: "good" | "bad" | "plain";
  readonly heading: string;
  readonly lines: readonly string[];
}

/** An element that may lead while it has the screen. */
export abstract class Leading extends HTMLElement {
  static readonly CHANGED = "sp-lead";

  /** What the main button does; null where it leads on to the next screen. */
  get lead(): Lead | null {
    return null;
  }

  get says(): Said | null {
    return null;
  }

  /** The lead, or what is said, is another one now. */
  protected changed(): void {
    this.dispatchEvent(new Event(Leading.CHANGED, { bubbles: true }));
  }
}
