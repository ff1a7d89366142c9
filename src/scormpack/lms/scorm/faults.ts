// APIs that are broken on purpose, by the names of lms/faults.py, where a sentence says what each does.

import type { Standard } from "./engine";
import type { Api } from "./recorder";

/** What stands in the place of a working API; null is none at all. `late` is a working one, later. */
export const BROKEN: Readonly<Record<string, (standard: Standard) => Api | null>> = {
  missing: () => null,
  refusing: (standard) => always(standard, () => "false"),
  throwing: (standard) =>
    always(standard, () => {
      throw new Error("this platform is broken");
    }),
  mute: (standard) => ({ ...always(standard, () => "false"), [standard.methods.initialize]: () => "true" }),
};

function always(standard: Standard, answer: () => unknown): Api {
  return Object.fromEntries(Object.values(standard.methods).map((method) => [method, answer]));
}
