// Trouble on purpose: what real platforms do when something goes wrong, by their names.

import { fill, make, one, onPress } from "../../player/dom";
import type { Trouble } from "./news";
import { button } from "./parts";

export class Troubles {
  private last = "";

  constructor(
    private readonly opener: HTMLButtonElement,
    private readonly panel: HTMLElement,
    private readonly strip: HTMLElement,
    private readonly turn: (trouble: Trouble, on: boolean) => void,
  ) {
    onPress(opener, () => this.open(!!panel.hidden));
    onPress(one(panel, ".close"), () => this.open(false));
    panel.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.open(false);
    });
  }

  show(troubles: readonly Trouble[]): void {
    const now = JSON.stringify(troubles);
    if (now === this.last) return;
    this.last = now;
    this.opener.hidden = !troubles.length;
    if (!troubles.length) this.panel.hidden = true;
    if (!this.update(troubles)) this.draw(troubles);
    const on = troubles.filter((each) => each.on);
    this.opener.textContent = on.length ? `Make trouble (${on.length} on)` : "Make trouble";
    this.strip.hidden = !on.length;
    fill(this.strip, ...on.map((trouble) => this.chip(trouble)));
  }

  private open(isOpen: boolean): void {
    this.panel.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
    (isOpen ? one(this.panel, "input") : this.opener).focus();
  }

  /** Set the switches that are there; whether all are. So the focus stays where it is. */
  private update(troubles: readonly Trouble[]): boolean {
    const boxes = [...this.panel.querySelectorAll("input")];
    if (
      boxes.map(({ name }) => name).join() !==
      order(troubles)
        .map(({ name }) => name)
        .join()
    )
      return false;
    order(troubles).forEach(({ on }, at) => {
      boxes[at]!.checked = on;
    });
    return true;
  }

  private draw(troubles: readonly Trouble[]): void {
    const groups = platforms(troubles).map((platform) => {
      const group = make("fieldset");
      group.append(make("legend", platform || "Any platform"));
      group.append(...troubles.filter((each) => each.platform === platform).map((each) => this.choice(each)));
      return group;
    });
    fill(one(this.panel, ".groups"), ...groups);
  }

  private choice(trouble: Trouble): HTMLElement {
    const label = make("label", "", "trouble");
    const box = make("input");
    box.type = "checkbox";
    box.name = trouble.name;
    box.checked = trouble.on;
    box.addEventListener("change", () => this.turn(trouble, box.checked));
    const words = make("span");
    words.append(make("b", trouble.title), make("span", trouble.sentence, "quiet"));
    label.append(box, words);
    return label;
  }

  private chip(trouble: Trouble): HTMLElement {
    const made = make("span", "⚑ ", "chip");
    const stop = button("Stop", () => this.turn(trouble, false));
    stop.setAttribute("aria-label", `Stop: ${trouble.title}`);
    made.append(make("b", trouble.title), " ", stop);
    return made;
  }
}

function platforms(troubles: readonly Trouble[]): string[] {
  return [...new Set(troubles.map(({ platform }) => platform))];
}

/** By platform, as they are drawn. */
function order(troubles: readonly Trouble[]): Trouble[] {
  return platforms(troubles).flatMap((platform) => troubles.filter((each) => each.platform === platform));
}
