// What is wrong with what was written: beside the course, and over it where it stops a save from being shown.

import { fill, make, one } from "../../player/dom";
import type { Finding, Run } from "./news";
import { marked, signed } from "./parts";
import { counted, tally } from "./words";

/** The findings, those that somebody has waived last. */
export function findingItems(findings: readonly Finding[]): HTMLElement[] {
  const waived = findings.filter((finding) => finding.waived);
  return [...findings.filter((finding) => !finding.waived), ...waived].map(findingItem);
}

/** A finding with its line, the reason and what to do. */
function findingItem(finding: Finding): HTMLElement {
  const { code, severity, message, place, hint, excerpt, reason, waived } = finding;
  const item = make("li", "", `finding is-${severity}`);
  const head = make("p", "", "head");
  head.append(
    signed(severity, `${severity === "info" ? "Note" : capital(severity)} ${code}`),
    " ",
    marked("b", message),
  );
  item.append(head, make("p", placeWords(place), "place"));
  if (excerpt) item.append(excerptOf(excerpt));
  if (hint) item.append(marked("p", hint, "hint"));
  if (reason) item.append(marked("p", reason, "quiet"));
  if (waived) item.append(make("p", "Waived.", "quiet"));
  return item;
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

function placeWords({ path, line, column }: Finding["place"]): string {
  return [path, line || "", line && column ? column : ""].filter(Boolean).join(":");
}

function excerptOf(text: string): HTMLElement {
  const made = make("pre", text, "excerpt");
  made.tabIndex = 0;
  return made;
}

export class Findings {
  private last = "";
  private aside = ""; // the errors that somebody has put aside

  constructor(
    private readonly panel: HTMLElement,
    private readonly over: HTMLElement,
    private readonly tab: HTMLElement,
    private readonly hidden: HTMLElement,
  ) {
    one(over, ".put-aside").addEventListener("click", () => this.putAside(true));
    hidden.addEventListener("click", () => this.putAside(false));
  }

  show(run: Run): void {
    const now = JSON.stringify([run.findings, run.stale, run.url]);
    if (now === this.last) return;
    this.last = now;
    const open = run.findings.filter((finding) => !finding.waived);
    fill(one(this.panel, "ol"), ...findingItems(run.findings));
    one(this.panel, ".none").hidden = !!run.findings.length;
    this.count(open);
    this.cover(open, run);
  }

  private count(open: readonly Finding[]): void {
    const { error, warning } = tally(open);
    const said = [error && briefly("error", error), warning && briefly("warning", warning)];
    fill(one(this.tab, ".count"), ...said.filter((each) => each !== 0));
  }

  /** The errors over the course, until they are mended or put aside. */
  private cover(open: readonly Finding[], { stale, url }: Run): void {
    const errors = open.filter(({ severity }) => severity === "error");
    const shown = stale && !errors.length ? open : errors;
    const text = JSON.stringify(shown);
    if (this.aside !== text) this.aside = "";
    this.over.dataset.errors = shown.length || stale ? text : "";
    fill(one(this.over, "ol"), ...findingItems(shown));
    one(this.over, "h2").textContent = shown.length
      ? counted(shown.length, "thing to mend", "things to mend")
      : "Not shown";
    one(this.over, ".below").textContent = below(stale, url);
    this.place();
  }

  private putAside(isAside: boolean): void {
    this.aside = isAside ? this.over.dataset.errors! : "";
    this.place();
    (isAside ? this.hidden : one(this.over, ".put-aside")).focus();
  }

  private place(): void {
    const { errors } = this.over.dataset;
    this.over.hidden = !errors || this.aside === errors;
    this.hidden.hidden = !errors || this.aside !== errors;
  }
}

/** A count with its sign; what it counts is only heard. */
function briefly(severity: "error" | "warning", number: number): HTMLElement {
  const made = signed(severity, String(number));
  made.append(make("span", counted(number, severity).slice(String(number).length), "unseen"));
  return made;
}

function below(stale: boolean, url: string | null): string {
  if (!url) return "The course is shown as soon as that is mended.";
  return stale ? "Below is the course as it was before." : "";
}
