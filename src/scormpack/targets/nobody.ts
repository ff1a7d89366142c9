// For a course without a platform: everything works and nothing is kept.

import type { Driver } from "../player/driver";

export const NOBODY: Driver = {
  keeper: "nobody",
  counts: true,
  bookmark: null,
  passMark: null,
  learner: "",
  who: "",
  watch: (watcher) => watcher.stand("unsaved"),
  record: () => undefined,
  save: () => undefined,
  end: () => undefined,
};
