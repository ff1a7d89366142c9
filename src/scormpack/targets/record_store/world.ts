// What the drivers need of a browser, in one place, so that tests can stand in for it.

import { Stopwatch } from "../../player/stopwatch";

export interface World {
  fetch(url: string, init: RequestInit): Promise<Response>;
  readonly shelf: Shelf;
  now(): number;
  /** Seconds in which this page was in sight. */
  inSight(): number;
  /** Run something later; what is returned calls it off. */
  later(milliseconds: number, run: () => void): () => void;
  random(): number;
  uuid(): string;
  /** Run while no other tab runs under this name; whether it was run. */
  alone<T>(name: string, run: () => Promise<T>): Promise<T | null>;
  /** Be told when there may be signal again, or when the page is about to be put away. */
  onChange(run: () => void): void;
}

/** A place for texts: the browser's storage, or memory where that is full or forbidden. */
export interface Shelf {
  get(key: string): string | null;
  /** Keep a text; whether it also outlives the page. */
  set(key: string, value: string): boolean;
  remove(key: string): void;
  /** The names that begin so, in order. */
  keys(prefix: string): string[];
}

type Storing = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** `storage` gives the browser's storage, or throws where it is forbidden. */
export function shelf(storage: () => Storing): Shelf {
  const memory = new Map<string, string>();
  const attempt = <T>(run: (storage: Storing) => T, otherwise: T): T => {
    try {
      return run(storage());
    } catch {
      return otherwise;
    }
  };
  const names = (kept: Storing): string[] => Array.from({ length: kept.length }, (_, index) => kept.key(index) ?? "");
  return {
    get: (key) => memory.get(key) ?? attempt((kept) => kept.getItem(key), null),
    set(key, value) {
      const lasts = attempt((kept) => {
        kept.setItem(key, value);
        return true;
      }, false);
      if (lasts) memory.delete(key);
      else memory.set(key, value);
      return lasts;
    },
    remove(key) {
      memory.delete(key);
      attempt((kept) => kept.removeItem(key), undefined);
    },
    keys: (prefix) =>
      [...new Set([...attempt(names, []), ...memory.keys()])].filter((key) => key.startsWith(prefix)).sort(),
  };
}

export function browser(): World {
  const kept = shelf(() => localStorage);
  const page = new Stopwatch();
  return {
    fetch: (url, init) => fetch(url, init),
    shelf: kept,
    now: () => Date.now(),
    inSight: () => page.seconds,
    later(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
    uuid,
    alone: (name, run) => alone(kept, name, run),
    onChange(run) {
      window.addEventListener("online", run);
      document.addEventListener("visibilitychange", run);
    },
  };
}

/** A random UUID; `randomUUID` came to phones in 2021 and 2022, and to secure pages only. */
function uuid(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

async function alone<T>(kept: Shelf, name: string, run: () => Promise<T>): Promise<T | null> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return claimed(kept, name, run);
  let ours = false;
  try {
    return await locks.request(name, { ifAvailable: true }, async (lock) => {
      ours = lock !== null;
      return ours ? await run() : null;
    });
  } catch (error) {
    if (ours) throw error;
    return claimed(kept, name, run); // a frame that is shut off has no locks
  }
}

const CLAIM = 60_000; // milliseconds: longer than a round of sending; a tab that was killed leaves its claim behind
const OWNER = String(Math.random());

/** Before locks (iOS 15.4) a note in the storage has to do. */
export async function claimed<T>(
  kept: Shelf,
  name: string,
  run: () => Promise<T>,
  owner = OWNER,
  now = (): number => Date.now(),
): Promise<T | null> {
  const [holder, until] = (kept.get(name) ?? "").split(" ");
  if (holder && holder !== owner && Number(until) > now()) return null;
  kept.set(name, `${owner} ${now() + CLAIM}`);
  if (kept.get(name)?.split(" ")[0] !== owner) return null;
  try {
    return await run();
  } finally {
    kept.remove(name);
  }
}
