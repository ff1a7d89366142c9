// The result page: what went well, and what to look at again.

import type { Attempt, Gap } from "./attempt";
import { fill, make } from "./dom";
import { say } from "./words";

const HALF = 0.5;

export function showResult(holder: HTMLElement, attempt: Attempt, titleOf: (page: string) => string): void {
  fill(holder, make("p", verdict(attempt), "result-verdict"));
  if (attempt.bestScore !== null) {
    holder.append(make("p", say("result_score", { score: tidy(attempt.bestScore), mark: tidy(attempt.passMark) })));
  }
  const well = attempt.goodPages();
  if (well.length) {
    const list = document.createElement("ul");
    list.append(...well.map((page) => make("li", titleOf(page))));
    holder.append(make("h3", say("result_well")), list);
  }
  const gaps = attempt.gaps();
  if (gaps.length) {
    if (gaps.some((gap) => gap.critical)) holder.append(make("p", say("result_critical")));
    holder.append(make("h3", say("result_again")), list(gaps, titleOf));
  }
  holder.append(make("p", say("result_exit"), "quiet tracked"));
}

function verdict(attempt: Attempt): string {
  if (attempt.failed) return say("result_failed");
  if (!attempt.isFinished) return say(attempt.progress().measure < HALF ? "result_begun" : "result_open");
  return say(attempt.isScored ? "result_passed" : "result_complete");
}

/** One line a page, with its gravest reason. */
function list(gaps: Gap[], titleOf: (page: string) => string): HTMLElement {
  const lines = new Map<string, Set<string>>();
  for (const gap of gaps) {
    const reasons = lines.get(gap.page) ?? new Set();
    reasons.add(say(`result_${gap.reason}`));
    if (gap.critical) reasons.add(say("result_must"));
    lines.set(gap.page, reasons);
  }
  const holder = document.createElement("ul");
  for (const [page, reasons] of lines) {
    const item = document.createElement("li");
    const link = make("a", titleOf(page));
    link.href = `#${page}`;
    item.append(link, ` (${[...reasons].join(", ")})`);
    holder.append(item);
  }
  return holder;
}

function tidy(score: number): string {
  return String(Math.round(score));
}
