// Statements that wait to be sent: each under a name of its own, so that tabs cannot overwrite each other's.

import type { Statement } from "./statements";
import { parse } from "./store";
import type { Shelf, World } from "./world";

/** The session that a page is of, and when it began. */
export interface Sitting {
  readonly session: string;
  readonly began: number;
}

export interface Entry extends Sitting {
  readonly key: string;
  readonly statement: Statement;
}

/** When it has its turn: cmi5 wants the first and the last word of a session where they belong. */
export type Turn = "first" | "next" | "last";

const TURNS = { first: "0", next: "1", last: "2" } as const;

export class Queue {
  private readonly shelf: Shelf;
  private readonly unlasting = new Set<string>(); // kept in memory only
  private count = 0;
  readonly mine = new Set<string>(); // made by this page; what others made they may be sending
  takesOver = false; // what earlier sessions left

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
    if (this.takesOver) for (const entry of this.left()) this.take(entry);
    return this.all().filter(({ session }) => session === this.sitting.session);
  }

  /** What earlier sessions left, as they made it; a later one sends its own. */
  left(): Entry[] {
    const { session, began } = this.sitting;
    return this.all().filter((entry) => entry.session !== session && entry.began <= began);
  }

  /** Make it a statement of this session, once and for all: sent again it has to be the same. */
  private take({ key, statement }: Entry): void {
    const ours = this.adopt(statement);
    this.remove(key); // first: there may be room for one only
    if (ours) this.add(ours);
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

  private all(): Entry[] {
    return this.shelf.keys(this.prefix).flatMap((key) => this.read(key) ?? []);
  }

  private read(key: string): Entry | null {
    const { session, began, statement } = parse(this.shelf.get(key)) ?? {};
    if (statement) return { key, session: String(session), began: Number(began), statement: statement as Statement };
    this.remove(key); // not ours to read
    return null;
  }
}
