// What both SCORMs share: finding the platform's object, and calling it so that nothing it does can stop us.

import { type Fate, witness } from "./witness";

/** The names that one edition gives to the same seven calls. */
export interface Names {
  readonly object: string;
  readonly initialize: string;
  readonly get: string;
  readonly set: string;
  readonly commit: string;
  readonly terminate: string;
  readonly lastError: string;
}

export type Api = Record<string, (...parameters: string[]) => unknown>;

/** The platform's object and the window that it stands in. */
export interface Found {
  readonly api: Api;
  readonly place: Window;
}

const THREW = {}; // what a call that throws comes to
const NOTHING: readonly unknown[] = [undefined, null, "null", "undefined", "false", THREW];
const TRUE = ["true", "1"];

const HIGHEST = 20; // windows above ours; a loop would have no end
const TRIES = 20;
const PAUSE = 250; // milliseconds: some platforms put their object in place late

/** The platform's object, or null when it does not appear within some seconds. */
export async function findApi(names: Names): Promise<Found | null> {
  for (let turn = 0; turn < TRIES; turn++) {
    const found = look(names);
    if (found) return found;
    await new Promise((wake) => setTimeout(wake, PAUSE));
  }
  return null;
}

function look({ object, initialize }: Names): Found | null {
  const starts = [window, opener(window), opener(reach(() => window.top))];
  for (const start of starts) {
    let place = start;
    for (let level = 0; place && level < HIGHEST; level++) {
      const here: Window = place;
      const api = reach(() => (here as unknown as Record<string, Api | undefined>)[object]);
      if (api && reach(() => api[initialize])) return { api, place: here }; // an element or a frame can bear that name too
      const parent = reach(() => here.parent);
      place = parent === here ? null : parent;
    }
  }
  return null;
}

function opener(of: Window | null): Window | null {
  return reach(() => (of?.opener as Window | null) ?? null);
}

/** A window of another origin throws when it is looked into. */
function reach<T>(look: () => T): T | null {
  try {
    return look() ?? null;
  } catch {
    return null;
  }
}

/** A conversation with the platform. No method throws. */
export class Session {
  constructor(
    private readonly found: Found,
    private readonly names: Names,
  ) {}

  /** Begin. A platform that has begun already (a page reloaded in its frame) refuses, yet answers. */
  initialize(probe: string): boolean {
    return this.succeeds(this.names.initialize, "") || (this.get(probe) !== "" && this.lastError() === 0);
  }

  /** A value, or "" where there is none or the platform has no such element. */
  get(element: string): string {
    const value = this.call(this.names.get, element);
    return NOTHING.includes(value) ? "" : String(value);
  }

  set(element: string, value: string): boolean {
    return this.succeeds(this.names.set, element, value);
  }

  commit(): boolean {
    return this.succeeds(this.names.commit, "");
  }

  /** What becomes of the requests that the platform makes during `talk`: some send what is set before it is committed. */
  watched<T>(talk: () => T): { readonly said: T; readonly fate: Promise<Fate> } {
    return witness(this.found.place, talk);
  }

  terminate(): boolean {
    return this.succeeds(this.names.terminate, "");
  }

  private lastError(): number {
    return Number(this.call(this.names.lastError) ?? NaN);
  }

  /** "true" is the word; some say 1 or True, and some say nothing, where the error code has to tell. */
  private succeeds(method: string, ...parameters: string[]): boolean {
    const answer = this.call(method, ...parameters);
    if (answer === undefined || answer === null || answer === "") return this.lastError() === 0;
    return TRUE.includes(String(answer).toLowerCase());
  }

  /** Methods are called on the object itself: some platforms need their `this`. */
  private call(method: string, ...parameters: string[]): unknown {
    try {
      return this.found.api[method]!(...parameters);
    } catch {
      return THREW;
    }
  }
}
