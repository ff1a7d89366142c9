// What a platform has not taken is kept on the learner's device until it has, or until the next launch there.

import type { Bookmark, CourseFacts, Progress } from "../../player/driver";
import { checksum, decode } from "../../player/state";
import { unite } from "../../player/unite";
import type { World } from "./world";

const LASTS = 30 * 86_400_000; // milliseconds: later it could only surprise, for instance in next year's course

/** What is kept. */
interface Kept {
  readonly state: string;
  readonly score: number | null;
  readonly at: number; // milliseconds since 1970
}

export class Leftover {
  /** Whether the newest progress is on the disk. */
  lasts = false;
  private readonly key: string;

  /** `who` is the learner's name with the platform; without one nothing is kept, for others may use this device. */
  constructor(
    private readonly world: World,
    private readonly course: CourseFacts,
    private readonly who: string,
  ) {
    this.key = `scormpack/unsent/${course.provider}/${course.module}/${checksum(who)}`;
  }

  async keep({ state, score }: Progress): Promise<void> {
    if (!this.who) return;
    const kept: Kept = { state, score, at: this.world.now() };
    this.lasts = await this.world.device.keep(this.key, JSON.stringify(kept));
  }

  drop(): void {
    if (this.who) void this.world.device.forget(this.key);
  }

  /** `bookmark` with what was left on this device, or null where nothing was. */
  async join(bookmark: Bookmark): Promise<Bookmark | null> {
    const left = this.who ? read(await this.world.device.kept(this.key)) : null;
    if (!left || this.world.now() - left.at > LASTS) return null;
    const state = unite(this.course, bookmark.state, left.state);
    const score = Math.max(bookmark.score ?? 0, left.score ?? 0);
    return { ...bookmark, state, score: bookmark.score === null && left.score === null ? null : score };
  }
}

function read(text: string | null): Kept | null {
  try {
    const { state, score, at } = JSON.parse(text ?? "null") as Record<string, unknown>;
    if (typeof state !== "string" || !decode(state) || typeof at !== "number") return null;
    return { state, score: typeof score === "number" ? score : null, at };
  } catch {
    return null;
  }
}
