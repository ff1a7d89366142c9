// The result page: what went well, and what to look at again.

import type { Attempt, Gap } from "./attempt";
import { fill, make } from "./dom";
import { say } from "./words";

const HALF = 0.5;
const REASONS = { unseen: "w.result_unseen", undone: "w.result_undone", wrong: "w.result_wrong" } as const;

/** `isJudged`: the result of this visit goes on record; otherwise nothing is said of how it went. */
export function showResult(
  holder: HTMLElement,
  attempt: Attempt,
  isJudged: boolean,
  titleOf: (page: string) => string,
): void {
  fill(holder, make("p", isJudged ? verdict(attempt) : say("w.result_uncounted"), "result-verdict"));
  if (isJudged && attempt.bestScore !== null) {
    holder.append(make("p", say("w.result_score", { score: tidy(attempt.bestScore), mark: tidy(attempt.passMark) })));
  }
  const gaps = attempt.gaps();
  if (gaps.length && !attempt.isFinished && !attempt.failed) holder.append(onward(gaps[0]!.page, titleOf));
  const well = attempt.goodPages();
  if (well.length) {
    const list = document.createElement("ul");
    list.append(...well.map((page) => make("li", titleOf(page))));
    holder.append(make("h3", say("w.result_well")), list);
  }
  if (gaps.length) {
    if (!attempt.isFinished && gaps.some((gap) => gap.critical)) holder.append(make("p", say("w.result_critical")));
    holder.append(make("h3", say("w.result_again")), list(gaps, titleOf));
  }
  holder.append(make("p", say("w.result_exit"), "quiet tracked"));
}

function verdict(attempt: Attempt): string {
  if (attempt.failed) return say("w.result_failed");
  if (!attempt.isFinished) return say(attempt.progress().measure < HALF ? "w.result_begun" : "w.result_open");
  return say(attempt.isScored ? "w.result_passed" : "w.result_complete");
}

/** The way to the next page on which something is left. */
function onward(page: string, titleOf: (page: string) => string): HTMLElement {
  const link = make("a", titleOf(page));
  link.href = `#${page}`;
  const line = make("p", say("w.result_next"), "result-next");
  line.append(" ", link);
  return line;
}

/** One line a page, with its gravest reason. */
function list(gaps: Gap[], titleOf: (page: string) => string): HTMLElement {
  const lines = new Map<string, Set<string>>();
  for (const gap of gaps) {
    const reasons = lines.get(gap.page) ?? new Set();
    reasons.add(say(REASONS[gap.reason]));
    if (gap.critical) reasons.add(say("w.result_must"));
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
