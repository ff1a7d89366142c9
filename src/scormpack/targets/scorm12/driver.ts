// SCORM 1.2 Run-Time Environment: one status field, times as HHHH:MM:SS.SS, single letters in responses.

import type { Connect, CourseFacts, Parts, Progress } from "../../player/driver";
import { cut } from "../cut";
import { connectScorm, type Dialect, type Opening, type Write } from "../scorm/scorm_driver";
import { decimal, mark, nearly, plain, two } from "../scorm/values";

const STATUS = "cmi.core.lesson_status";
const UNTOUCHED = ["not attempted", "browsed"];
const FINAL = ["passed", "completed", "failed"];

export const DIALECT: Dialect = {
  names: {
    object: "API",
    initialize: "LMSInitialize",
    get: "LMSGetValue",
    set: "LMSSetValue",
    commit: "LMSCommit",
    terminate: "LMSFinish",
    lastError: "LMSGetLastError",
  },
  probe: STATUS,
  // RTE 3.4.4: `normal` is not a word of 1.2; the empty word says it.
  exit: { element: "cmi.core.exit", suspend: "suspend", normal: "" },

  read(session, course) {
    const status = session.get(STATUS);
    return {
      touched: status !== "" && !UNTOUCHED.includes(status),
      fresh: UNTOUCHED.includes(status),
      bookmark: {
        state: session.get("cmi.suspend_data"),
        complete: FINAL.includes(status),
        success: status === "failed" ? "failed" : isPass(status, course) ? "passed" : "unknown",
        score: decimal(session.get("cmi.core.score.raw")),
      },
      passMark: mark(decimal(session.get("cmi.student_data.mastery_score"))),
      learner: session.get("cmi.core.student_name"),
      who: session.get("cmi.core.student_id"),
      mode: session.get("cmi.core.lesson_mode"),
      credit: session.get("cmi.core.credit"),
      interactions: decimal(session.get("cmi.interactions._count")) ?? 0,
    };
  },

  // A session that ends without a status counts as completed with some platforms.
  begin: { element: STATUS, value: "incomplete" },
  browse: { element: STATUS, value: "browsed" },

  interaction(answer, index, course) {
    const name = `cmi.interactions.${index}`;
    return [
      { element: `${name}.id`, value: cut(`${course.module}.${answer.id}`, 255) },
      { element: `${name}.time`, value: clock(new Date(answer.at ?? Date.now())) },
      { element: `${name}.type`, value: answer.kind },
      ...(answer.correct
        ? [{ element: `${name}.correct_responses.0.pattern`, value: response(answer.correct) }]
        : []),
      { element: `${name}.weighting`, value: answer.right === null ? "0" : "1" },
      { element: `${name}.student_response`, value: response(answer.response) },
      { element: `${name}.result`, value: answer.right === null ? "neutral" : answer.right ? "correct" : "wrong" },
      { element: `${name}.latency`, value: span(answer.seconds) },
    ];
  },

  judgement: (progress, opening, course) => [...score(progress), ...status(progress, opening, course)],

  location: "cmi.core.lesson_location",
  time: (seconds) => ({ element: "cmi.core.session_time", value: span(seconds) }),
  leave: () => [],
};

/** `completed` is a pass only where the library says it with that word; a platform may have set it by itself. */
function isPass(status: string, course: CourseFacts): boolean {
  return status === "passed" || (status === "completed" && course.passedStatus === "completed");
}

function score(progress: Progress): Write[] {
  if (progress.score === null) return [];
  return [
    {
      element: "cmi.core.score.raw",
      value: plain(progress.score, 2),
      other: nearly(progress.score, 2),
      needed: true,
    },
    { element: "cmi.core.score.min", value: "0" },
    { element: "cmi.core.score.max", value: "100" },
  ];
}

/** One field for two facts: `passed` and `failed` are said of a complete course only. Never a step back. */
function status(progress: Progress, opening: Opening, course: CourseFacts): Write[] {
  if (!progress.complete || opening.bookmark.success === "passed") return [];
  const value = word(progress, opening, course);
  return value ? [{ element: STATUS, value, other: "incomplete", needed: true }] : [];
}

function word(progress: Progress, opening: Opening, course: CourseFacts): string | null {
  if (!progress.scored) return "completed";
  if (progress.success === "passed") return course.passedStatus;
  const completedOnRecord = opening.bookmark.complete && opening.bookmark.success === "unknown";
  return progress.success === "failed" && !completedOnRecord ? "failed" : null;
}

/** Letters: `a,c` for choices and sequences, `1.a,2.b` for pairs, `t` or `f`. */
function response(parts: Parts): string {
  return parts.map((part) => part.map((item) => item.key).join(".")).join(",");
}

function span(seconds: number): string {
  const hundredths = Math.min(Math.max(Math.round(seconds * 100), 0), 35_999_999_99);
  const whole = Math.floor(hundredths / 100);
  const hours = String(Math.floor(whole / 3600)).padStart(4, "0");
  return `${hours}:${two((whole / 60) % 60)}:${two(whole % 60)}.${two(hundredths % 100)}`;
}

function clock(now: Date): string {
  return `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
}

export const connect: Connect = (course) => connectScorm(DIALECT, course);
