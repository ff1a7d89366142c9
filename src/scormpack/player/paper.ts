// What a learner takes along: one sheet on paper, or a small file of text.

import { all, make, one } from "./dom";
import type { Line } from "./notes";
import { say } from "./words";

const SAVED = 60_000; // milliseconds

/** Print a sheet with this heading and these lines, and nothing else of the page. */
export function printSheet(heading: string, lines: readonly Line[]): void {
  const list = document.createElement("dl");
  for (const { label, value } of lines) {
    list.append(make("dt", label), make("dd", value || " ", value ? "" : "blank"));
  }
  printAlone(make("h1", heading), list);
}

/** Print these elements alone; the page is as before when the printing is over. */
export function printAlone(...content: Element[]): void {
  const sheet = make("div", "", "printed");
  sheet.append(...content);
  document.body.append(sheet);
  document.body.classList.add("prints-sheet");
  // On a phone `print` comes back at once, and what is to be printed must still be there.
  const tidy = (): void => {
    document.body.classList.remove("prints-sheet");
    sheet.remove();
  };
  window.addEventListener("afterprint", tidy, { once: true });
  window.print();
}

/** Paper cannot be opened or scrolled: what is closed is printed open, what was written is printed whole, and answers stand at the end. */
export function printWhole(): void {
  let closed: HTMLDetailsElement[] = [];
  let copies: HTMLElement[] = [];
  const tidy = (): void => {
    for (const details of closed) details.open = false;
    for (const copy of copies) copy.remove();
    [closed, copies] = [[], []];
  };
  window.addEventListener("beforeprint", () => {
    tidy(); // some browsers never say that it is over
    closed = all<HTMLDetailsElement>(document, "details:not([open])");
    for (const details of closed) details.open = true;
    copies = all<HTMLTextAreaElement>(document, "textarea")
      .filter(({ value }) => value.trim())
      .map(copied);
    copies.push(...answers());
  });
  window.addEventListener("afterprint", tidy);
}

function copied(field: HTMLTextAreaElement): HTMLElement {
  const copy = make("div", field.value, "written");
  field.before(copy);
  return copy;
}

/** What is right, and why, for each question: at the end, so that nobody reads it by accident. */
function answers(): HTMLElement[] {
  const questions = all(document, ".question");
  if (!questions.length) return [];
  const section = make("section", "", "answers");
  section.append(make("h2", say("w.answers")), ...questions.map(answered));
  one(document, "main").append(section);
  return [section];
}

function answered(question: HTMLElement): HTMLElement {
  const { childNodes } = one(question, ".answer").cloneNode(true);
  const holder = make("div");
  holder.append(make("h3", question.dataset.prompt), ...childNodes);
  one(holder, "summary").remove();
  return holder;
}

/** Offer the lines as a file of text, for devices that cannot print. */
export function saveText(heading: string, lines: readonly Line[]): void {
  const text = [heading, "", ...lines.map(({ label, value }) => `${label}: ${value}`), ""].join("\r\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = `${
    heading
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "notes"
  }.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVED); // Safari reads it only after this has returned
}
