// How long something stood before the learner's eyes. Time in the background does not count, nor does a clock that is set.

let past = 0; // milliseconds in which this page was in sight, up to when it last was put away
let since: number | null = document.visibilityState === "hidden" ? null : performance.now();

document.addEventListener("visibilitychange", () => {
  past = inSight();
  since = document.visibilityState === "hidden" ? null : performance.now();
});

function inSight(): number {
  return past + (since === null ? 0 : performance.now() - since);
}

export class Stopwatch {
  private began = inSight();

  restart(): void {
    this.began = inSight();
  }

  get seconds(): number {
    return (inSight() - this.began) / 1000;
  }
}
