// Two saved states of one learner, from two devices or two tabs, made into one.

import { RESULT, type Task } from "./attempt";
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
  const [mine, theirs] = [worth(task, one.response), worth(task, other.response)];
  const first = mine === theirs ? one.response >= other.response : mine > theirs;
  return { response: (first ? one : other).response, tries: Math.max(one.tries, other.tries) };
}

function worth(task: Task | undefined, response: string): number {
  if (!task?.fits(response)) return -1;
  return task.correct === response ? 3 : task.done(response) ? 1 + task.credit(response) : 0;
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
