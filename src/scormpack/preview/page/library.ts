// The library: every module with its state, and the choice of provider and target to open one for.

import { all, fill, make, one } from "../../player/dom";
import { addressOf, type Choice } from "./choice";
import { findingItems } from "./findings";
import type { Library, Module } from "./news";
import { offer, signed, states } from "./parts";
import { counted, tally } from "./words";

export class LibraryPage {
  private last = "";
  private library: Library | null = null;
  private readonly search: HTMLInputElement;
  private readonly body: HTMLElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly choice: Choice,
  ) {
    root.hidden = false;
    this.search = one<HTMLInputElement>(root, "[type=search]");
    this.body = one(root, "tbody");
    this.search.addEventListener("input", () => this.sift());
    for (const name of ["provider", "target"] as const) {
      const select = this.select(name);
      select.addEventListener("change", () => this.choose(name, select.value));
    }
  }

  show(library: Library): void {
    const now = JSON.stringify(library);
    if (now === this.last) return;
    this.last = now;
    this.library = library;
    document.title = `${library.title} – preview`;
    one(this.root, "h1").textContent = library.title;
    one(this.root, ".folder").textContent = library.folder ?? "";
    offer(this.select("provider"), library.providers, this.choice.provider);
    offer(this.select("target"), library.targets, this.choice.target);
    this.showFindings(library);
    this.showZip(library.zip);
    this.draw();
  }

  private select(name: "provider" | "target"): HTMLSelectElement {
    return one<HTMLSelectElement>(this.root, `[name=${name}]`);
  }

  private choose(name: "provider" | "target", value: string): void {
    this.choice[name] = value;
    history.replaceState(null, "", addressOf(this.choice));
    this.draw();
  }

  private showFindings({ findings }: Library): void {
    const panel = one<HTMLDetailsElement>(this.root, ".of-library");
    const { error, warning, info } = tally(findings);
    panel.hidden = !findings.length;
    panel.open = panel.open || error > 0;
    fill(one(panel, ".count"), ...states(error, warning, info));
    fill(one(panel, "ol"), ...findingItems(findings));
  }

  private showZip(name: string | null): void {
    const line = one(this.root, ".zip");
    line.hidden = !name;
    one(this.root, ".of-modules").hidden = !!name;
    if (name) fill(line, this.link(name, "zip"));
  }

  private draw(): void {
    fill(this.body, ...(this.library?.modules ?? []).flatMap((module) => this.rows(module)));
    this.sift();
  }

  private rows(module: Module): HTMLElement[] {
    const row = make("tr");
    row.dataset.text = `${module.title} ${module.id}`.toLowerCase();
    const head = make("th");
    head.scope = "row";
    head.append(this.link(module.title, module.id), make("span", module.id, "id"));
    row.append(head, cell(...stateOf(module)), cell(length(module)), cell(module.version));
    return module.findings?.length ? [row, broken(module, row.dataset.text)] : [row];
  }

  private link(text: string, subject: string): HTMLAnchorElement {
    const made = make("a", text);
    made.href = addressOf({ ...this.choice, subject });
    return made;
  }

  /** Show the modules that have what is looked for in their name. */
  private sift(): void {
    const wanted = this.search.value.trim().toLowerCase();
    for (const row of all(this.body, "tr")) row.hidden = !row.dataset.text!.includes(wanted);
    const shown = all(this.body, "tr:not([hidden], .broken)").length;
    one(this.root, ".found").textContent = counted(shown, "module");
  }
}

function cell(...children: (Node | string)[]): HTMLElement {
  const made = make("td");
  children.forEach((child, at) => {
    made.append(at ? " " : "", child);
  });
  return made;
}

function stateOf({ readable, known, errors, warnings, notes, comments }: Module): HTMLElement[] {
  if (!readable) return [signed("error", "Cannot be read")];
  return known === false ? [make("span", "Being checked", "quiet")] : states(errors, warnings, notes, comments);
}

function length({ minutes }: Module): string {
  return minutes ? `${minutes} min` : "";
}

/** What is wrong with a module that cannot be read, below its row. */
function broken({ findings = [] }: Module, text: string): HTMLElement {
  const row = make("tr", "", "broken");
  row.dataset.text = text;
  const held = make("td");
  held.colSpan = 4;
  const list = make("ol", "", "findings");
  list.append(...findingItems(findings));
  held.append(list);
  row.append(held);
  return row;
}
