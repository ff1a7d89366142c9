// Making statements. What they have in common is here; what a standard adds is in its driver.

import type { Answer, Parts, Progress } from "../../player/driver";

export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };
export type Fields = { readonly [name: string]: Json };

export interface Statement {
  readonly id: string;
  readonly timestamp: string;
  readonly actor: Fields;
  readonly verb: { readonly id: string; readonly display: Fields };
  readonly object: Fields;
  readonly result?: Fields;
  readonly context?: Fields;
}

/** What all statements of a session share. */
export interface Scene {
  readonly actor: Fields;
  readonly context: Fields; // without empty fields
  readonly activity: string; // the launched activity
  readonly base: string; // pages and tasks are named below it
  readonly title: string;
  readonly language: string;
}

export type Verb =
  | "initialized"
  | "experienced"
  | "answered"
  | "progressed"
  | "completed"
  | "passed"
  | "failed"
  | "suspended"
  | "terminated";

/** A statement's own part; the scene and the stamp make it whole. */
export interface Saying {
  readonly verb: Verb;
  readonly object: Fields;
  readonly result?: Fields;
  readonly parent?: string; // what it is a part of
}

export interface Stamp {
  readonly id: string;
  readonly now: number;
}

const ADL = "http://adlnet.gov/expapi";
const PAGE = "http://activitystrea.ms/schema/1.0/page";
export const PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress";

export function statement(scene: Scene, saying: Saying, stamp: Stamp): Statement {
  const { verb, object, result, parent } = saying;
  const context = parent
    ? within(scene.context, { parent: [{ objectType: "Activity", id: parent }] })
    : scene.context;
  return {
    id: stamp.id,
    timestamp: new Date(stamp.now).toISOString(),
    actor: scene.actor,
    verb: { id: `${ADL}/verbs/${verb}`, display: { en: verb } },
    object,
    ...(result ? { result } : {}),
    ...(Object.keys(context).length ? { context } : {}),
  };
}

/** A context with more activities around it: those that are there stay, and stay first. */
export function within(context: Fields, more: { readonly [role: string]: readonly Fields[] }): Fields {
  const around: Record<string, Json> = { ...(context.contextActivities as Fields | undefined) };
  for (const [role, activities] of Object.entries(more)) {
    const there = around[role];
    around[role] = [
      ...(there === undefined ? [] : Array.isArray(there) ? (there as Json[]) : [there]),
      ...activities,
    ];
  }
  return { ...context, contextActivities: around };
}

/** The launched activity; `described` where its words are ours to give. */
export function launched(scene: Scene, described = false): Fields {
  const definition = { type: `${ADL}/activities/course`, name: { [scene.language]: scene.title } };
  return { objectType: "Activity", id: scene.activity, ...(described ? { definition } : {}) };
}

export function experienced(scene: Scene, page: string, title: string): Saying {
  const definition = { type: PAGE, ...(title ? { name: { [scene.language]: title } } : {}) };
  return {
    verb: "experienced",
    object: { objectType: "Activity", id: `${scene.base}/pages/${page}`, definition },
    parent: scene.activity,
  };
}

export function progressed(scene: Scene, percent: number): Saying {
  return { verb: "progressed", object: launched(scene), result: { extensions: { [PROGRESS]: percent } } };
}

/** How far somebody is, in whole percent: 100 only when all is done. */
export function percent(progress: Progress): number {
  return Math.floor(progress.measure * 100 + 1e-9);
}

/** What cmi5 adds to xAPI: `raw` is a whole number (9.5.1). Rounded down, it never reaches a mark that was missed. */
export function score(value: number): Fields {
  return { scaled: round(value / 100, 4), raw: Math.floor(value + 1e-9), min: 0, max: 100 };
}

/** ISO 8601, with two decimals at most. */
export function duration(seconds: number): string {
  return `PT${round(Math.max(seconds, 0), 2)}S`;
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

// Answers

export function answered(scene: Scene, answer: Answer): Saying {
  return {
    verb: "answered",
    object: { objectType: "Activity", id: `${scene.base}/tasks/${answer.id}`, definition: definition(scene, answer) },
    result: {
      response: response(answer.kind, answer.response),
      ...(answer.right === null ? {} : { success: answer.right }),
      duration: duration(answer.seconds),
    },
    parent: scene.activity,
  };
}

function definition(scene: Scene, answer: Answer): Fields {
  const lists = LISTS[answer.kind].map((name, index): [string, Json] => {
    const items = answer.offered[index] ?? [];
    return [name, items.map(({ key, label }) => ({ id: key, description: { [scene.language]: label } }))];
  });
  return {
    type: `${ADL}/activities/cmi.interaction`,
    ...(answer.prompt ? { description: { [scene.language]: answer.prompt } } : {}),
    interactionType: answer.kind,
    ...(answer.correct ? { correctResponsesPattern: [response(answer.kind, answer.correct)] } : {}),
    ...Object.fromEntries(lists),
  };
}

/** What each kind of answer lists in its definition. */
const LISTS: { readonly [kind in Answer["kind"]]: readonly string[] } = {
  choice: ["choices"],
  "true-false": [],
  sequencing: ["choices"],
  matching: ["source", "target"],
  likert: ["scale"],
};

/** Items joined by `[,]`, pairs by `[.]`; true and false are words. */
function response(kind: Answer["kind"], parts: Parts): string {
  if (kind === "true-false") return String(parts[0]?.[0]?.key === "t");
  return parts.map((part) => part.map((item) => item.key).join("[.]")).join("[,]");
}
