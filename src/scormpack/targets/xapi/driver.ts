// Tin Can: the launch's address says where the record store is, who learns, and what about.

import type { Connect, CourseFacts, Driver } from "../../player/driver";
import { NOBODY } from "../nobody";
import { agent, nameOf } from "../record_store/agent";
import { type Dialect, keyOf, RecordDriver, type Visit } from "../record_store/record_driver";
import { type Fields, launched, type Scene, setting } from "../record_store/statements";
import { Store } from "../record_store/store";
import { browser, type World } from "../record_store/world";

const OURS = [
  "endpoint",
  "auth",
  "actor",
  "registration",
  "activity_id",
  "activity_platform",
  "grouping",
  "Accept-Language",
];

export const STATE = "scormpack";

export async function open(world: World, query: string, course: CourseFacts): Promise<Driver> {
  const given = new URLSearchParams(query);
  const param = (name: string): string => given.get(name) ?? "";
  const actor = agent(param("actor"));
  const activity = param("activity_id") || course.activity;
  if (!/^https?:/.test(param("endpoint")) || !actor || !activity) return NOBODY;
  const registration = param("registration");
  const who = JSON.stringify(actor);
  const scene: Scene = { ...setting(course, activity), actor, context: context(param, course) };
  const visit: Visit = {
    scene,
    store: new Store(world, slash(param("endpoint")), credentials(param("auth")), others(given)),
    document: { activityId: activity, agent: who, stateId: STATE, ...(registration ? { registration } : {}) },
    key: keyOf(registration, activity, actor),
    session: "",
    began: world.now(),
    isLooking: false,
    goesOn: false,
    isShut: false,
    before: null,
    passMark: null,
    learner: nameOf(actor),
    goesBack: false,
    isQuiet: false,
  };
  return new RecordDriver(world, visit, dialect(scene), course).start();
}

function dialect(scene: Scene): Dialect {
  return {
    context: () => scene.context,
    module: () => launched(scene, true),
    last: ({ complete, scored, success }) =>
      complete && (!scored || success !== "unknown") ? "terminated" : "suspended",
    allows: () => true,
    inTurn: false,
    adopt: (left) => left,
    begun: () => undefined,
    ended: () => undefined,
    leave: () => undefined,
  };
}

function context(param: (name: string) => string, course: CourseFacts): Fields {
  const language = course.language || param("Accept-Language");
  const [registration, platform, grouping] = [param("registration"), param("activity_platform"), param("grouping")];
  return {
    ...(registration ? { registration } : {}),
    ...(language ? { language } : {}),
    ...(platform ? { platform } : {}),
    ...(course.version ? { revision: course.version } : {}),
    ...(grouping ? { contextActivities: { grouping: [{ objectType: "Activity", id: grouping }] } } : {}),
  };
}

export function slash(endpoint: string): string {
  return endpoint.endsWith("/") ? endpoint : `${endpoint}/`;
}

/** Some launchers leave the scheme out, and some an unescaped plus, which an address reads as a space. */
export function credentials(auth: string): string {
  const [scheme = "", ...rest] = auth.split(" ");
  if (auth && !rest.length) return `Basic ${auth}`;
  return /^basic$/i.test(scheme) ? `${scheme} ${rest.join("+")}` : auth;
}

function others(given: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...given].filter(([name]) => !OURS.includes(name)));
}

export const connect: Connect = (course) => open(browser(), location.search, course);
