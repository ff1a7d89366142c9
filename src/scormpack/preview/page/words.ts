// Numbers and a standard's words as people say them.

import type { Finding, Result } from "./news";

/** `3 errors`, `1 error`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}

/** Seconds since the run began, such as `4:07.3`. */
export function clock(seconds: number): string {
  const tenths = Math.max(0, Math.round(seconds * 10));
  const minutes = Math.floor(tenths / 600);
  return `${minutes}:${((tenths % 600) / 10).toFixed(1).padStart(4, "0")}`;
}

/** A time in words, such as `2 minutes 5 seconds`. */
export function spent(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 3600), "hour"],
    [Math.floor((whole % 3600) / 60), "minute"],
    [whole % 60, "second"],
  ];
  const said = parts.filter(([number]) => number).map(([number, word]) => counted(number, word));
  return said.join(" ") || "0 seconds";
}

const STANDINGS: Readonly<Record<string, string>> = {
  completed: "Completed",
  incomplete: "Not completed yet",
  "not attempted": "Not begun",
  browsed: "Looked through",
  passed: "Passed",
  failed: "Not passed",
};

function standing(said: string | null): string {
  if (said === null || said === "unknown") return "Nothing recorded yet";
  return STANDINGS[said] ?? said;
}

/** What a manager would see, as names and values in plain words. */
export function resultWords(result: Result, isOpen: boolean): [string, string][] {
  const { completion, success, score, seconds, page } = result;
  return [
    ["Completion", standing(completion)],
    ["Success", standing(success)],
    ["Score", score === null ? "None recorded yet" : `${Math.round(score * 1000) / 10} %`],
    ["Time in all", seconds === null ? "None recorded yet" : spent(seconds)],
    ["Place", page ?? "None recorded yet"],
    ["Session", isOpen ? "Open" : "Closed"],
  ];
}

/** How a saved state stands to what the standard allows. */
export function sizeWords(size: number, limit: number | null): string {
  if (limit === null) return `${counted(size, "character")}; there is no limit`;
  const share = limit ? Math.round((size / limit) * 100) : 0;
  return `${size.toLocaleString("en-GB")} of ${counted(limit, "character")}, ${share} %`;
}

/** How many findings of each severity count. */
export function tally(findings: readonly Finding[]): Readonly<Record<Finding["severity"], number>> {
  const count = { error: 0, warning: 0, info: 0 };
  for (const { severity, waived } of findings) if (!waived) count[severity] += 1;
  return count;
}

/** What is said after a save, such as `Saved. 2 errors, 1 warning.` */
export function savedWords(findings: readonly Finding[]): string {
  const { error, warning } = tally(findings);
  const found = [error ? counted(error, "error") : "", warning ? counted(warning, "warning") : ""].filter(Boolean);
  return `Saved. ${found.join(", ") || "Nothing is wrong"}.`;
}
