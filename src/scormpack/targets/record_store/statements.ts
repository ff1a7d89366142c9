// Making statements. What they have in common is here; what a standard adds is in its driver.

import type { Answer, CourseFacts, PageVisit, Parts, Progress } from "../../player/driver";

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
  readonly home: string; // and the library's other things below this
  readonly title: string;
  readonly language: string;
  readonly provider: { readonly id: string; readonly name: string };
  readonly objectives: { readonly [id: string]: string };
}

/** What the course itself gives to a scene. `activity` is the launched one. */
export function setting(course: CourseFacts, activity: string): Omit<Scene, "actor" | "context"> {
  const { title, language, objectives, module, provider, providerName } = course;
  const base = course.activity || activity;
  const home = base.replace(new RegExp(`/modules/${module}$`), "");
  return { activity, base, home, title, language, objectives, provider: { id: provider, name: providerName } };
}

export type Verb =
  | "initialized"
  | "resumed"
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
  readonly around?: Around;
}

/** Activities in a context, by the part that they play there. */
type Around = { readonly [role: string]: readonly Fields[] };

export interface Stamp {
  readonly id: string;
  readonly now: number;
}

const ADL = "http://adlnet.gov/expapi";
const MODULE = `${ADL}/activities/module`;
const OBJECTIVE = `${ADL}/activities/objective`;
const PAGE = "http://activitystrea.ms/schema/1.0/page";
const ORGANISATION = "http://activitystrea.ms/schema/1.0/organization";
const LONGEST_NAME = 200;
export const PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress";

export function statement(scene: Scene, saying: Saying, stamp: Stamp): Statement {
  const { verb, object, result, around = {} } = saying;
  return {
    id: stamp.id,
    timestamp: moment(stamp.now),
    actor: scene.actor,
    verb: { id: `${ADL}/verbs/${verb}`, display: { en: verb } },
    object,
    ...(result ? { result } : {}),
    context: within(scene.context, { ...around, grouping: [provider(scene, verb === "initialized")] }),
  };
}

export function moment(time: number): string {
  return new Date(time).toISOString();
}

/** A context with more activities around it: those that are there stay, and stay first. */
export function within(context: Fields, more: Around): Fields {
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
  return activity(scene.activity, described ? { type: MODULE, ...named(scene, scene.title) } : undefined);
}

/** Whose course it is: all that a provider's people learn can be asked for by it. Described once a session. */
export function provider(scene: Scene, described = false): Fields {
  const { id, name } = scene.provider;
  return activity(
    `${scene.home}/providers/${id}`,
    described ? { type: ORGANISATION, ...named(scene, name) } : undefined,
  );
}

/** An extension of the library's own. */
export function extension(scene: Scene, name: string): string {
  return `${scene.home}/extensions/${name}`;
}

function activity(id: string, definition?: Fields): Fields {
  return { objectType: "Activity", id, ...(definition ? { definition } : {}) };
}

function named({ language }: Scene, text: string): Fields {
  return text ? { name: { [language]: text } } : {};
}

export function experienced(scene: Scene, { page, title, seconds }: PageVisit): Saying {
  return {
    verb: "experienced",
    object: activity(`${scene.base}/pages/${page}`, { type: PAGE, ...named(scene, title) }),
    result: { duration: duration(seconds) },
    around: { parent: [launched(scene)] },
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
export function score(value: number): Fields & { readonly scaled: number } {
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

/** What a report wants to know of an answer besides. */
export interface Circumstances {
  readonly critical: boolean; // the question has to be right
  readonly number: number | null; // which try it was, where there is a right answer
}

export function answered(scene: Scene, answer: Answer, { critical, number }: Circumstances): Saying {
  const extensions = {
    ...(number === null ? {} : { [extension(scene, "try")]: number }),
    ...(answer.rating ? { [extension(scene, "rating")]: answer.rating } : {}),
  };
  return {
    verb: "answered",
    object: activity(`${scene.base}/tasks/${answer.id}`, {
      ...definition(scene, answer),
      ...(critical ? { extensions: { [extension(scene, "critical")]: true } } : {}),
    }),
    result: {
      response: response(answer.kind, answer.response),
      ...(answer.right === null ? {} : { success: answer.right }),
      duration: duration(answer.seconds),
      ...(Object.keys(extensions).length ? { extensions } : {}),
    },
    around: { parent: [launched(scene)], ...practised(scene, answer) },
  };
}

/** The objective stands under `other`: it is neither what the task is a part of, nor a set that it belongs to. */
function practised(scene: Scene, { objective }: Answer): Around {
  if (!objective) return {};
  const definition = { type: OBJECTIVE, ...named(scene, scene.objectives[objective] ?? "") };
  return { other: [activity(`${scene.base}/objectives/${objective}`, definition)] };
}

function definition(scene: Scene, answer: Answer): Fields {
  const lists = LISTS[answer.kind].map((name, index): [string, Json] => {
    const items = answer.offered[index] ?? [];
    return [name, items.map(({ key, label }) => ({ id: key, description: { [scene.language]: label } }))];
  });
  return {
    type: `${ADL}/activities/cmi.interaction`,
    ...named(scene, answer.name ?? short(answer.prompt)),
    ...(answer.prompt ? { description: { [scene.language]: answer.prompt } } : {}),
    interactionType: answer.kind,
    ...(answer.correct ? { correctResponsesPattern: [response(answer.kind, answer.correct)] } : {}),
    ...Object.fromEntries(lists),
  };
}

/** As `short` in targets/activity.py: a name stands in a row of a table. Cut between two signs. */
function short(text: string): string {
  const signs = [...text];
  const begin = signs.slice(0, LONGEST_NAME - 1).join("");
  return signs.length <= LONGEST_NAME ? text : `${begin.trimEnd()}…`;
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
