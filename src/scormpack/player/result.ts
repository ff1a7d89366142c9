// The result page: one sentence that is true, what is left, what went well, what to look at again.

import type { Attempt, Gap } from "./attempt";
import { thenAndNow } from "./before";
import { all, fill, make, one, words } from "./dom";
import { say } from "./words";

const HALF = 0.5;
const REASONS = {
  unseen: "w.result_unseen",
  undone: "w.result_undone",
  critical: "w.result_must",
  wrong: "w.result_wrong",
  spent: "w.result_spent",
} as const;

/** `isJudged`: the result of this visit goes on record; otherwise nothing is said of how it went. */
export function showResult(page: HTMLElement, attempt: Attempt, isJudged: boolean): void {
  const gaps = attempt.gaps();
  const left = gaps.filter((gap) => gap.isNeeded);
  const again = gaps.filter(({ isNeeded, reason }) => !isNeeded && (reason === "wrong" || reason === "spent"));
  const well = list("went-well", attempt.goodPages().map(good));
  const isOver = isJudged && isDecided(attempt, left);
  one(page, ".result-verdict").textContent = isJudged ? verdict(attempt, left) : say("w.result_uncounted");
  for (const element of all(page, ".when-done")) element.hidden = !isJudged || !attempt.isFinished;
  renew(
    one(page, ".result"),
    ...(isOver ? score(attempt) : []),
    ...(left.length ? [list("things left-to-do", left.map(thing))] : []),
    ...section(say("w.result_well"), well, attempt.isFinished),
    ...section(say("w.result_again"), list("things", again.map(thing))),
    ...section(say("w.confidence_both"), sureness()),
    ...(left.length ? [make("p", say("w.result_exit"), "quiet tracked")] : []),
  );
}

/** Put these into an element where they are not there yet: a link keeps the focus. */
function renew(holder: HTMLElement, ...content: HTMLElement[]): void {
  const fresh = make("div");
  fresh.append(...content);
  if (fresh.innerHTML !== holder.innerHTML) fill(holder, ...content);
}

/** Passed or done, or not to be passed any more. */
function isDecided(attempt: Attempt, left: Gap[]): boolean {
  return attempt.isFinished || attempt.failed || !left.length;
}

function verdict(attempt: Attempt, left: Gap[]): string {
  if (attempt.isFinished) return say(attempt.isScored ? "w.result_passed" : "w.result_complete");
  if (isDecided(attempt, left)) return say("w.result_failed");
  const begun = say(attempt.progress().measure < HALF ? "w.result_begun" : "w.result_open");
  return `${begun} ${say("w.result_left", { count: left.length })}`;
}

function score(attempt: Attempt): HTMLElement[] {
  if (attempt.bestScore === null) return [];
  const [score, mark] = [Math.round(attempt.bestScore), Math.round(attempt.passMark)];
  return [make("p", say("w.result_score", { score, mark }), "score")];
}

/** `isFolded`: whoever wants to read it opens it. */
function section(heading: string, list: HTMLElement, isFolded = false): HTMLElement[] {
  if (!list.childElementCount) return [];
  if (!isFolded) return [make("h3", heading), list];
  const details = make("details");
  details.append(make("summary", heading), list);
  return [details];
}

function list(className: string, items: HTMLElement[]): HTMLElement {
  const list = make("ul", "", className);
  list.append(...items);
  return list;
}

/** Of each scale that asks again: what was asked at the start, and both answers. */
function sureness(): HTMLElement {
  const scales = all(document, "sp-confidence[data-before]").filter(thenAndNow);
  const items = scales.map((scale) => {
    const item = make("li");
    const { prompt } = document.getElementById(scale.dataset.before!)!.dataset;
    item.append(make("span", prompt, "quiet"), " ", thenAndNow(scale)!);
    return item;
  });
  return list("sureness", items);
}

/** A large link to something, and why it is there. */
function thing(gap: Gap): HTMLElement {
  const link = make("a");
  link.href = `#${gap.task ?? gap.page}`;
  const minutes = gap.task ? "" : words(document.querySelector(`.contents a[href="#${gap.page}"] .quiet`));
  const why = [which(gap), say(REASONS[gap.reason]), minutes].filter(Boolean).join(" · ");
  link.append(make("span", titleOf(gap.page), "name"), " ", make("span", why, "quiet"));
  const item = make("li");
  item.append(link);
  return item;
}

function good(page: string): HTMLElement {
  return make("li", titleOf(page));
}

function titleOf(page: string): string {
  return words(document.getElementById(`${page}.title`));
}

/** Which one it is, where its page has several: a story by its title, a question by its number. */
function which({ page, task }: Gap): string {
  const tasks = all(document.getElementById(page)!, ".scenario, .question");
  const own = tasks.find(({ id }) => id === task);
  if (!own || tasks.length === 1) return "";
  const number = tasks.filter((each) => each.matches(".question")).indexOf(own) + 1;
  return number ? say("w.result_question", { number }) : (own.dataset.title ?? "");
}
