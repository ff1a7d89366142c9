// SCORM 2004 Run-Time Environment: completion and success apart, ISO durations, readable identifiers.

import type { Answer, Connect, CourseFacts, Item, Parts, Progress } from "../../player/driver";
import { cut } from "../cut";
import { connectScorm, type Dialect, type Opening, type Write } from "../scorm/scorm_driver";
import { decimal, mark, nearly, plain, two } from "../scorm/values";

const COMPLETION = "cmi.completion_status";
const SUCCESS = "cmi.success_status";

export const DIALECT: Dialect = {
  names: {
    object: "API_1484_11",
    initialize: "Initialize",
    get: "GetValue",
    set: "SetValue",
    commit: "Commit",
    terminate: "Terminate",
    lastError: "GetLastError",
  },
  probe: COMPLETION,
  exit: { element: "cmi.exit", suspend: "suspend", normal: "normal" },

  read(session) {
    const completion = session.get(COMPLETION);
    const success = session.get(SUCCESS);
    const scaledMark = decimal(session.get("cmi.scaled_passing_score"));
    const scaled = decimal(session.get("cmi.score.scaled"));
    return {
      touched: ["completed", "incomplete"].includes(completion),
      fresh: ["unknown", "not attempted"].includes(completion),
      bookmark: {
        state: session.get("cmi.suspend_data"),
        complete: completion === "completed",
        success: success === "passed" || success === "failed" ? success : "unknown",
        score: scaled === null ? null : scaled * 100,
      },
      passMark: mark(scaledMark === null ? null : scaledMark * 100),
      learner: session.get("cmi.learner_name"),
      who: session.get("cmi.learner_id"),
      mode: session.get("cmi.mode"),
      credit: session.get("cmi.credit"),
      interactions: decimal(session.get("cmi.interactions._count")) ?? 0,
    };
  },

  begin: { element: COMPLETION, value: "incomplete" },
  browse: null,

  interaction(answer, index, course) {
    const name = `cmi.interactions.${index}`;
    return [
      { element: `${name}.id`, value: `${course.module}.${answer.id}` },
      { element: `${name}.type`, value: answer.kind },
      { element: `${name}.timestamp`, value: timestamp(new Date(answer.at ?? Date.now())) },
      { element: `${name}.description`, value: cut(answer.prompt, 250) },
      { element: `${name}.weighting`, value: answer.right === null ? "0" : "1" },
      ...pattern(name, answer),
      { element: `${name}.learner_response`, value: response(answer, answer.response) },
      {
        element: `${name}.result`,
        value: answer.right === null ? "neutral" : answer.right ? "correct" : "incorrect",
      },
      { element: `${name}.latency`, value: duration(answer.seconds) },
    ];
  },

  judgement: (progress, opening, course) => [...score(progress), ...status(progress, opening, course)],

  location: "cmi.location",
  time: (seconds) => ({ element: "cmi.session_time", value: duration(seconds) }),
  leave: (ends) => [{ element: "adl.nav.request", value: ends ? "exitAll" : "suspendAll" }],
};

function score({ score }: Progress): Write[] {
  if (score === null) return [];
  const scaled = { value: plain(score / 100, 4), other: nearly(score / 100, 4), needed: true };
  const raw = { value: plain(score, 2), other: nearly(score, 2), needed: true };
  return [
    { element: "cmi.score.scaled", ...scaled },
    { element: "cmi.score.raw", ...raw },
    { element: "cmi.score.min", value: "0" },
    { element: "cmi.score.max", value: "100" },
  ];
}

/**
 * Two fields for two facts; neither takes a step back. Several platforms close the record once a course is completed, so
 * a course with questions is, unless the library wants it otherwise, only together with its verdict.
 */
function status(progress: Progress, { bookmark }: Opening, course: CourseFacts): Write[] {
  const writes: Write[] = [{ element: "cmi.progress_measure", value: plain(progress.measure, 4) }];
  const { complete, success, scored } = progress;
  const isJudged = success !== "unknown" || !scored || bookmark.success === "passed";
  if (complete && success !== "unknown" && bookmark.success !== "passed") {
    writes.push({ element: SUCCESS, value: success, other: "unknown", needed: true });
  }
  if (complete && (isJudged || course.completedWhen === "done")) {
    writes.push({ element: COMPLETION, value: "completed", other: "incomplete", needed: true });
  }
  return writes;
}

function pattern(name: string, answer: Answer): Write[] {
  if (!answer.correct) return [];
  return [{ element: `${name}.correct_responses.0.pattern`, value: response(answer, answer.correct) }];
}

/** RTE 4.1.1.6: identifiers joined by `[,]`, pairs by `[.]`; true and false are words. */
function response(answer: Answer, parts: Parts): string {
  if (answer.kind === "true-false") return parts[0]?.[0]?.key === "t" ? "true" : "false";
  return parts.map((part) => part.map(identifier).join("[.]")).join("[,]");
}

/** The letter and the words of an option, so that a report can be read. No hyphen: Moodle refuses it. */
function identifier(item: Item): string {
  const slug = item.label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "")
    .slice(0, 60);
  return slug ? `${item.key}_${slug}` : item.key;
}

function duration(seconds: number): string {
  const hundredths = Math.max(Math.round(seconds * 100), 0);
  const whole = Math.floor(hundredths / 100);
  return `PT${Math.floor(whole / 3600)}H${Math.floor(whole / 60) % 60}M${plain((whole % 60) + (hundredths % 100) / 100, 2)}S`;
}

/** In UTC with exactly two decimals: Moodle refuses three, and none. */
function timestamp(now: Date): string {
  return `${now.toISOString().slice(0, 19)}.${two(now.getUTCMilliseconds() / 10)}Z`;
}

export const connect: Connect = (course) => connectScorm(DIALECT, course);
