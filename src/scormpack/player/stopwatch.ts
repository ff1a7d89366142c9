// How long something stood before the learner's eyes. Time in the background does not count, nor does a clock that is set.

let past = 0; // milliseconds in which this page was in sight, up to when it last was put away or fetched
let since: number | null = null; // null: it is in the background
let isWatching = false;

function turn(): void {
  past += since === null ? 0 : performance.now() - since;
  since = document.visibilityState === "hidden" ? null : performance.now();
}

function inSight(): number {
  if (!isWatching) document.addEventListener("visibilitychange", turn);
  isWatching = true;
  turn();
  return past;
}

export class Stopwatch {
  private began = inSight();

  restart(): void {
    this.began = inSight();
  }

  /** Since it was made or started anew. */
  get seconds(): number {
    return (inSight() - this.began) / 1000;
  }
}
