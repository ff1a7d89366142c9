// Sends what waits, in order, until the record store has it: the first word alone, state, statements, and state again.

import type { Standing } from "../../player/driver";
import type { Entry, Queue } from "./queue";
import { failed, type LearnerRecord } from "./record";
import { bytes, DONE, judge, LATER, type Outcome, type Store } from "./store";
import type { World } from "./world";

const GATHER = 100; // milliseconds: an answer and the progress that follows from it go together
const ELSEWHERE = 3_000; // another tab is sending
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;
const MOST_STATEMENTS = 25;
const MOST_IN_BATCH = 30_000; // bytes: half of what may be under way when the page goes away

/** What a driver does about what the store has said to a statement. */
export interface Ears {
  stored(entry: Entry): void;
  aside(entry: Entry): void;
  /** Look for a statement that is refused: it may have been taken before, and the answer got lost. */
  find(entry: Entry): Promise<Found>;
}

/** Whether the store has it. `other`: it has another statement with this id; `absent`: it shows none. */
export type Found = "there" | "other" | "absent" | "later";

export class Sender {
  standing: Standing = "saved";
  tell: (standing: Standing) => void = () => undefined;
  private running = false;
  private again = false;
  private isOver = false;
  private failures = 0;
  private notBefore = 0;
  private lost = false; // something that counts was refused
  private cancel: (() => void) | null = null;
  private readonly flying = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly store: Store,
    private readonly record: LearnerRecord,
    private readonly queue: Queue,
    private readonly name: string,
    private readonly ears: Ears,
  ) {
    world.onChange(() => this.hurry());
  }

  /** Begin: what has to stand first goes out alone, and then what the store knows is read. */
  async open(): Promise<void> {
    const begun = this.first.length ? await this.world.alone(this.name, () => this.begin()) : DONE;
    if (begun?.word === "done") await this.record.read();
  }

  /** Nothing can be sent: what is done waits for the next launch. */
  shut(): void {
    this.standing = "refused";
  }

  /** There is something new to send. */
  poke(): void {
    if (this.standing === "refused") this.stand("refused");
    else if (this.failures) this.stand("waiting");
    else {
      this.stand("saving");
      this.after(GATHER);
    }
  }

  /** There may be signal again, or little time: do not wait any longer. */
  hurry(): void {
    if (this.standing === "refused") {
      this.stand("refused");
      return;
    }
    if (!this.isWanted) return;
    this.failures = 0;
    this.again = true;
    this.after(this.asked);
  }

  /** Something that counts was not taken. */
  lose(): void {
    this.lost = true;
  }

  /** The page goes away: send all that fits and wait for nothing. */
  leave(): void {
    this.isOver = true;
    this.cancel?.();
    if (this.standing === "refused") return;
    // Before the first word has been heard nothing else may be said: it waits here, for the next launch. Nothing may
    // arrive after the last word.
    const isBegun = !this.first.length;
    const isBusy = this.flying.size > 0 || this.record.isDirty;
    if (isBegun) this.record.fling();
    const turns = !isBegun ? ["0"] : isBusy ? ["1"] : ["1", "2"];
    const mine = this.waiting.filter((entry) => {
      return this.queue.mine.has(entry.statement.id) && turns.includes(turn(entry));
    });
    // Where there is too much, the end counts most.
    const batch = cut(mine.reverse(), this.store.room).reverse();
    if (batch.length) void this.deliver(batch);
  }

  /** The first word of the session, as long as the store has not taken it. */
  private get first(): Entry[] {
    return this.queue.waiting().filter((entry) => turn(entry) === "0");
  }

  private get isWanted(): boolean {
    return this.record.isDirty || !this.record.isRead || !this.queue.isEmpty;
  }

  private get waiting(): Entry[] {
    return this.queue.waiting().filter((entry) => !this.flying.has(entry.key));
  }

  private after(pause: number): void {
    if (this.running) return; // it looks for more when it is done
    this.cancel?.();
    this.cancel = this.world.later(pause, () => void this.run());
  }

  private async run(): Promise<void> {
    if (this.running || this.isOver) return;
    this.running = true;
    this.again = false;
    const outcome = await this.world
      .alone(this.name, () => this.round())
      .catch((error: unknown) => {
        console.error(error); // a mistake of ours must not end all sending
        return LATER;
      });
    this.running = false;
    if (this.isOver) return;
    if (!outcome) this.after(ELSEWHERE);
    else this.settle(outcome);
  }

  private settle(outcome: Outcome): void {
    if (outcome.word === "refused") this.stand("refused");
    else if (outcome.word === "later") {
      this.stand("waiting");
      this.notBefore = this.world.now() + (outcome.pause ?? 0);
      this.after(this.again ? this.asked : Math.max(this.asked, this.pause()));
    } else {
      this.failures = 0;
      if (this.isWanted) this.after(0);
      else this.stand(this.lost || this.record.isRefused ? "unsaved" : "saved");
    }
  }

  /** Longer each time, and never for all phones at once. */
  private pause(): number {
    return Math.min(FIRST_PAUSE * 2 ** this.failures++, LONGEST_PAUSE) * (0.5 + this.world.random() / 2);
  }

  /** How much longer the store has asked us to wait. */
  private get asked(): number {
    return Math.max(this.notBefore - this.world.now(), 0);
  }

  private async round(): Promise<Outcome> {
    let outcome = await this.begin();
    if (outcome.word === "done" && !this.record.isRead) outcome = await this.record.read();
    while (outcome.word === "done" && !this.isOver) {
      outcome = await this.record.write();
      if (outcome.word !== "done") break;
      const same = this.waiting.filter((entry, _, [first]) => turn(entry) === turn(first!));
      const batch = cut(same.slice(0, MOST_STATEMENTS), MOST_IN_BATCH);
      if (!batch.length) break;
      outcome = await this.deliver(batch);
    }
    return outcome;
  }

  private async begin(): Promise<Outcome> {
    const { first } = this;
    return first.length ? this.deliver(first) : DONE;
  }

  /** A batch is taken or refused as a whole: one that is refused is halved until it is clear which part is wrong. */
  private async deliver(batch: readonly Entry[]): Promise<Outcome> {
    for (const { key } of batch) this.flying.add(key);
    const reply = await this.store.post(batch.map(({ statement }) => statement));
    for (const { key } of batch) this.flying.delete(key);
    const word = judge(reply);
    const isDenied = reply?.status === 403; // to all that comes, or to this one alone
    if (word === "later" || (word === "refused" && !isDenied)) return failed(reply);
    if (word === "stored") return this.done(batch, (entry) => this.ears.stored(entry));
    if (batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      const first = await this.deliver(batch.slice(0, half));
      return first.word === "done" ? this.deliver(batch.slice(half)) : first;
    }
    const isTaken = reply?.status === 409; // before, and the answer got lost; or another has its id
    const found = isDenied || isTaken ? await this.ears.find(batch[0]!) : "other";
    if (found === "later") return LATER;
    if (found === "there" || (isTaken && found === "absent")) {
      return this.done(batch, (entry) => this.ears.stored(entry));
    }
    if (found === "absent") return failed(reply);
    console.warn("the record store refused a statement", reply?.status, reply?.text, batch[0]?.statement);
    return this.done(batch, (entry) => this.ears.aside(entry));
  }

  private done(batch: readonly Entry[], then: (entry: Entry) => void): Outcome {
    for (const entry of batch) {
      this.queue.remove(entry.key);
      then(entry);
    }
    return DONE;
  }

  private stand(standing: Standing): void {
    const lasts = this.queue.lasts && this.record.lasts;
    this.standing = standing;
    this.tell(!lasts && (standing === "waiting" || standing === "refused") ? "unsaved" : standing);
  }
}

/** As many as go into one request: one at least, and from the beginning. */
function cut(entries: readonly Entry[], most: number): Entry[] {
  let size = 0;
  const end = entries.findIndex((entry, index) => {
    size += bytes(JSON.stringify(entry.statement)) + 1;
    return size > most && index > 0;
  });
  return entries.slice(0, end < 0 ? entries.length : end);
}

/** What stands first in a name: see queue.ts. */
function turn(entry: Entry): string {
  return entry.key.slice(entry.key.lastIndexOf("/") + 1)[0]!;
}
