// A platform's API in memory, for previews: it keeps what is set and answers what it has.

import type { Api } from "./recorder";

export type Values = Record<string, string>;

/** What differs between the editions: the names of the calls, and what an untouched attempt answers. */
export interface Standard {
  readonly object: string;
  readonly methods: Readonly<
    Record<"initialize" | "terminate" | "get" | "set" | "commit" | "error" | "text" | "more", string>
  >;
  readonly untouched: Values;
  readonly exit: string;
  readonly entry: string;
  readonly location: string;
  readonly learner: string;
  readonly lost: string; // the error code of a commit that did not arrive
}

export const STANDARDS: Readonly<Record<string, Standard>> = {
  scorm12: {
    object: "API",
    methods: {
      initialize: "LMSInitialize",
      terminate: "LMSFinish",
      get: "LMSGetValue",
      set: "LMSSetValue",
      commit: "LMSCommit",
      error: "LMSGetLastError",
      text: "LMSGetErrorString",
      more: "LMSGetDiagnostic",
    },
    untouched: {
      "cmi.core.lesson_status": "not attempted",
      "cmi.core.lesson_mode": "normal",
      "cmi.core.credit": "credit",
      "cmi.core.entry": "ab-initio",
    },
    exit: "cmi.core.exit",
    entry: "cmi.core.entry",
    location: "cmi.core.lesson_location",
    learner: "cmi.core.student_id",
    lost: "101",
  },
  scorm2004: {
    object: "API_1484_11",
    methods: {
      initialize: "Initialize",
      terminate: "Terminate",
      get: "GetValue",
      set: "SetValue",
      commit: "Commit",
      error: "GetLastError",
      text: "GetErrorString",
      more: "GetDiagnostic",
    },
    untouched: {
      "cmi.completion_status": "unknown",
      "cmi.success_status": "unknown",
      "cmi.mode": "normal",
      "cmi.credit": "credit",
      "cmi.entry": "ab-initio",
    },
    exit: "cmi.exit",
    entry: "cmi.entry",
    location: "cmi.location",
    learner: "cmi.learner_id",
    lost: "391",
  },
};

/** An API over `values`. */
export function memory(standard: Standard, values: Values): Api {
  const { methods } = standard;
  const now: Values = { ...standard.untouched, ...values };
  let error = "0";
  const done = (code = "0"): string => {
    error = code;
    return code === "0" ? "true" : "false";
  };
  return {
    [methods.initialize]: () => done(),
    [methods.terminate]: () => done(),
    [methods.commit]: () => done(),
    [methods.set]: (element, value) => {
      now[String(element)] = String(value);
      return done();
    },
    [methods.get]: (element) => {
      error = "0";
      const name = String(element);
      return name.endsWith("._count") ? String(count(now, name.slice(0, -"_count".length))) : (now[name] ?? "");
    },
    [methods.error]: () => error,
    [methods.text]: () => "",
    [methods.more]: () => "",
  };
}

/** How many entries a list such as `cmi.interactions.` has. */
function count(values: Values, list: string): number {
  const indexes = Object.keys(values)
    .filter((name) => name.startsWith(list))
    .map((name) => name.slice(list.length).split(".")[0]);
  return new Set(indexes).size;
}
