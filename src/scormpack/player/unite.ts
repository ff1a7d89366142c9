// Two saved states of one learner, from two devices or two tabs, made into one.

import { RESULT, type Task, worthOf } from "./attempt";
import { decode, encode, type Given } from "./state";

/** What there is to see and to do, in order. */
export interface Contents {
  readonly pages: readonly string[];
  readonly tasks: readonly Task[];
}

/** Whichever comes first: what is seen and done in either is seen and done, and the better answer stays. */
export function unite({ pages, tasks }: Contents, one: string, other: string): string {
  const [mine, theirs] = [decode(one), decode(other)];
  if (!mine || !theirs) return mine ? one : theirs ? other : "";
  const known = tasks.map((task) => task.id);
  const ids = inOrder([...mine.answers.keys(), ...theirs.answers.keys()], known);
  const places = [...pages, RESULT];
  const task = (id: string): Task | undefined => tasks[known.indexOf(id)];
  return encode({
    page: inOrder([mine.page, theirs.page], places).pop()!,
    seen: inOrder([...mine.seen, ...theirs.seen], places),
    answers: new Map(ids.map((id) => [id, better(task(id), mine.answers.get(id), theirs.answers.get(id))])),
    complete: mine.complete || theirs.complete,
    passed: mine.passed || theirs.passed,
    doneOn: earlier(mine.doneOn, theirs.doneOn),
  });
}

/** The answer that is worth more, with the tries of both. */
function better(task: Task | undefined, one: Given | undefined, other: Given | undefined): Given {
  if (!one || !other) return (one ?? other)!;
  const [mine, theirs] = [rank(task, one), rank(task, other)];
  const first = mine === theirs ? text(one) >= text(other) : mine > theirs;
  return { ...(first ? one : other), tries: Math.max(one.tries, other.tries) };
}

function text({ response, print, worth }: Given): string {
  return [response, print, worth].join("~");
}

/** Of answers that are worth the same the one that can still be shown comes first. */
function rank(task: Task | undefined, { response, print, worth }: Given): number {
  if (!task) return -1;
  if (print !== task.print) return worth;
  return task.fits(response) ? worthOf(task, response) + 0.001 : -1;
}

/** Each name once: those that are no longer known first, then in the order of the course. */
function inOrder(names: string[], order: readonly string[]): string[] {
  return [...new Set(names)].sort(
    (one, other) => order.indexOf(one) - order.indexOf(other) || (one < other ? -1 : 1),
  );
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
