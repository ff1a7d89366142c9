// Saved state: compact ASCII, keyed by the authors' ids, so that a changed course keeps what still fits.
//
//   sp2|page|seen,seen|task=answer*tries~printz,task=answer|cp.day|checksum
//
// An answer is in letters, which mean what the question offered when it was given. `print` says which question that was, and
// the letter after it is what the answer was worth then, from 0, nothing, to z, all. Where the question has changed since, the
// letters of the answer mean nothing any more, and this still holds.
//
// course/state.py computes the longest that this can become; a test holds the two together.

export interface State {
  readonly page: string;
  readonly seen: readonly string[];
  readonly answers: ReadonlyMap<string, Given>;
  readonly complete: boolean;
  readonly passed: boolean;
  readonly doneOn: number | null; // days since 1970
}

/** A saved answer. Tries are counted only where they are limited; otherwise they are 0. */
export interface Given {
  readonly response: string;
  readonly tries: number;
  readonly print: string; // of the task as it was; "" where its letters always mean the same
  readonly worth: number; // 0 to 1, in steps of 1/35
}

const VERSION = "sp2";

export function encode(state: State): string {
  const answers = [...state.answers].map(
    ([id, given]) => `${id}=${given.response}${given.tries ? `*${given.tries}` : ""}${mark(given)}`,
  );
  const flags =
    (state.complete ? "c" : "") +
    (state.passed ? "p" : "") +
    (state.doneOn === null ? "" : `.${state.doneOn.toString(36)}`);
  const body = [VERSION, state.page, state.seen.join(","), answers.join(","), flags].join("|");
  return `${body}|${checksum(body)}`;
}

/** The state in `text`, or null where it is empty, cut short, changed or not ours. */
export function decode(text: string): State | null {
  const at = text.lastIndexOf("|");
  const body = text.slice(0, Math.max(at, 0));
  const sum = text.slice(at + 1).trimEnd(); // a blank behind it makes it news to a platform: see targets/scorm
  const [version, page, seen, answers, flags, ...more] = body.split("|");
  if (version !== VERSION || flags === undefined || more.length || checksum(body) !== sum) return null;
  const [reached = "", day] = flags.split(".");
  return {
    page: page ?? "",
    seen: list(seen),
    answers: new Map(list(answers).map(given)),
    complete: reached.includes("c"),
    passed: reached.includes("p"),
    doneOn: day ? parseInt(day, 36) : null,
  };
}

function list(text: string | undefined): string[] {
  return text ? text.split(",") : [];
}

function mark({ print, worth }: Given): string {
  return print ? `~${print}${Math.round(worth * ALL).toString(36)}` : "";
}

function given(text: string): [string, Given] {
  const [id = "", rest = ""] = text.split("=");
  const [answer = "", marked = ""] = rest.split("~");
  const [response = "", tries] = answer.split("*");
  const worth = parseInt(marked.charAt(PRINT), 36) / ALL || 0;
  return [id, { response, tries: Number(tries ?? 0), print: marked.slice(0, PRINT), worth }];
}

const ALL = 35; // the steps that one letter can say
const PRINT = 3; // letters: one change in 46,656 is taken for none

/** What an answer is worth, as far as one letter can say it: never more than it is, and all only where it is right. */
export function steps(credit: number, isRight: boolean): number {
  return isRight ? 1 : Math.min(Math.floor(credit * ALL + 1e-9), ALL - 1) / ALL;
}

/** What tells a task from itself after a change. */
export function printOf(task: unknown): string {
  return checksum(JSON.stringify(task)).slice(-PRINT);
}

/** FNV-1a over the characters, as six letters of base 36: enough to tell a cut or edited text. */
export function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return ((hash >>> 0) % 36 ** 6).toString(36).padStart(6, "0");
}
