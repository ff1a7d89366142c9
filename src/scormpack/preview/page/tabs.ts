// Tabs, as the ARIA Authoring Practices describe them: arrows go from one to the next, and one is shown.

import { all, one } from "../../player/dom";

export class Tabs {
  private readonly tabs: HTMLElement[];

  constructor(
    private readonly list: HTMLElement,
    private readonly shown: (name: string) => void,
  ) {
    this.tabs = all(list, "[role=tab]");
    list.addEventListener("click", ({ target }) => {
      const tab = (target as Element).closest<HTMLElement>("[role=tab]");
      if (tab) this.choose(tab);
    });
    list.addEventListener("keydown", (event) => this.key(event));
    this.choose(this.tabs[0]!);
  }

  get current(): string {
    return one(this.list, "[aria-selected=true]").dataset.tab!;
  }

  show(name: string): void {
    this.choose(one(this.list, `[data-tab="${name}"]`));
  }

  private choose(chosen: HTMLElement): void {
    for (const tab of this.tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")!)!.hidden = !isChosen;
    }
    this.shown(chosen.dataset.tab!);
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      Home: -this.tabs.length,
      End: this.tabs.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const last = this.tabs.length - 1;
    const at = this.tabs.findIndex((tab) => tab.tabIndex === 0) + step;
    const next = this.tabs[Math.abs(step) > 1 ? Math.min(last, Math.max(0, at)) : (at + last + 1) % (last + 1)]!;
    this.choose(next);
    next.focus();
  }
}
