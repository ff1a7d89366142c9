// Statements that wait to be sent: each under a name of its own, so that tabs cannot overwrite each other's.

import type { Statement } from "./statements";
import { parse } from "./store";
import type { Shelf, World } from "./world";

export interface Entry {
  readonly key: string;
  readonly session: string;
  readonly statement: Statement;
}

/** The session that a page is of, and when it began. */
export interface Sitting {
  readonly session: string;
  readonly began: number;
}

/** When it has its turn: cmi5 wants the first and the last word of a session where they belong. */
export type Turn = "first" | "next" | "last";

const TURNS = { first: "0", next: "1", last: "2" } as const;

export class Queue {
  private readonly shelf: Shelf;
  private readonly unlasting = new Set<string>(); // kept in memory only
  private count = 0;
  readonly mine = new Set<string>(); // made by this page; what others made they may be sending

  /** `adopt` is shown what an earlier session left: it gives the statement to send instead, or null for none. */
  constructor(
    private readonly world: World,
    private readonly prefix: string,
    private readonly sitting: Sitting,
    private readonly adopt: (left: Statement) => Statement | null,
  ) {
    this.shelf = world.shelf;
  }

  add(statement: Statement, turn: Turn = "next"): void {
    const when = `${this.world.now().toString(36).padStart(9, "0")}.${(this.count++).toString(36).padStart(4, "0")}`;
    const key = `${this.prefix}${TURNS[turn]}${when}.${statement.id}`;
    this.mine.add(statement.id);
    if (!this.shelf.set(key, JSON.stringify({ ...this.sitting, statement }))) this.unlasting.add(key);
  }

  /** What waits, in order. */
  waiting(): Entry[] {
    return this.shelf.keys(this.prefix).flatMap((key) => this.read(key) ?? []);
  }

  /** What earlier sessions left, as they made it. */
  left(): Entry[] {
    const kept = this.shelf.keys(this.prefix).map((key) => ({ key, ...parse(this.shelf.get(key)) }) as Entry);
    return kept.filter((entry) => entry.session !== this.sitting.session && entry.statement);
  }

  remove(key: string): void {
    this.shelf.remove(key);
    this.unlasting.delete(key);
  }

  get isEmpty(): boolean {
    return this.waiting().length === 0;
  }

  /** Whether all that waits would outlive this page. */
  get lasts(): boolean {
    return this.unlasting.size === 0;
  }

  private read(key: string): Entry | null {
    const kept = parse(this.shelf.get(key));
    const session = String(kept?.session ?? "");
    const left = (kept?.statement ?? null) as Statement | null;
    const isOurs = session === this.sitting.session;
    if (left && !isOurs && Number(kept?.began ?? 0) > this.sitting.began) return null; // a later session sends it
    const statement = left && !isOurs ? this.adopt(left) : left;
    if (statement) return { key, session, statement };
    this.remove(key); // not ours to read, or nothing to send any more
    return null;
  }
}
