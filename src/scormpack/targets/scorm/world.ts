// What a SCORM session needs of a browser besides the platform's object, so that tests can stand in for it.

import { forget, keep, kept } from "../../player/device";
import { Stopwatch } from "../../player/stopwatch";

/** Whether the platform can be reached; `closed`: it can, and does not know the learner any more. */
export type Reach = "there" | "away" | "closed";

export interface World {
  isOnline(): boolean;
  isVisible(): boolean;
  /** Milliseconds since 1970, by the device's clock. */
  now(): number;
  /** Seconds of this session in which the page was in sight. */
  inSight(): number;
  /** Run something later; what is returned calls it off. */
  later(milliseconds: number, run: () => void): () => void;
  /** Ask for one of our own files, as it stands on the platform. */
  reach(): Promise<Reach>;
  /** Be told when there may be signal again. */
  onSignal(run: () => void): void;
  /** Be told when the page may be gone soon. */
  onHidden(run: () => void): void;
  readonly device: {
    kept(key: string): Promise<string | null>;
    keep(key: string, value: string): Promise<boolean>;
    forget(key: string): Promise<boolean>;
  };
}

const PATIENCE = 20_000; // milliseconds: on a poor signal an answer takes long; without an end it may never come
const FAREWELL = 200; // milliseconds: a page that goes away breaks off its requests, and has no more time than this

export function browser(): World {
  const session = new Stopwatch();
  return {
    isOnline: () => navigator.onLine,
    isVisible: () => document.visibilityState !== "hidden",
    now: () => Date.now(),
    inSight: () => session.seconds,
    later(milliseconds, run) {
      const timer = window.setTimeout(run, milliseconds);
      return () => window.clearTimeout(timer);
    },
    reach,
    onSignal(run) {
      window.addEventListener("online", run);
      document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && run());
    },
    onHidden: (run) =>
      document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && run()),
    device: { kept, keep, forget },
  };
}

/** Where files need a login, a platform that has forgotten the learner sends elsewhere, or refuses. */
async function reach(): Promise<Reach> {
  const { protocol, href } = location;
  if (!protocol.startsWith("http")) return "there"; // a page on a disk cannot ask
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const settings = { method: "HEAD", cache: "no-store", redirect: "manual", signal: patience.signal } as const;
    const { type, status } = await fetch(href, settings);
    if (type === "opaqueredirect" || status === 401 || status === 403) return "closed";
    return status >= 500 ? "away" : "there";
  } catch {
    await new Promise((wake) => setTimeout(wake, FAREWELL));
    return "away";
  } finally {
    clearTimeout(timer);
  }
}
