// The examples in docs/xapi.md are what the drivers send. UPDATE_GOLDEN=1 writes them anew.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import type { Answer, CourseFacts, Driver, Item, Progress } from "../../src/scormpack/player/driver";
import { encode } from "../../src/scormpack/player/state";
import { open as openCmi5 } from "../../src/scormpack/targets/cmi5/driver";
import { open as openXapi } from "../../src/scormpack/targets/xapi/driver";
import { Clock, Device, FakeStore, type Told } from "./fake_store";

const FILE = "docs/xapi.md";
const ADA = { objectType: "Agent", name: "Ada Bello", account: { homePage: "https://work.example", name: "ada" } };
const REGISTRATION = "5d4b8b52-1f5f-4a3b-9a44-0c5d7b5c9d01";

const COURSE: CourseFacts = {
  module: "coming-in",
  version: "1.2.0",
  provider: "example-homecare",
  providerName: "Example Homecare",
  passedStatus: "passed",
  completedWhen: "passed",
  exit: "suspend",
  activity: "https://training.example/modules/coming-in",
  title: "Coming in",
  language: "en",
  pages: ["start", "questions"],
  tasks: [
    {
      ...{ id: "who-first", page: "questions", correct: "b", critical: true, optional: false },
      ...{ print: "", fits: () => true, done: () => true, credit: () => 0 },
    },
  ],
  objectives: { "who-to-call": "Say who you call first." },
};

const PROGRESS: Progress = {
  location: "start",
  state: encode({
    ...{ page: "questions", seen: ["start", "questions"], complete: false, passed: false, doneOn: null },
    answers: new Map(
      Object.entries({ "who-first": "b", "the-steps": "abc" }).map(([id, response]) => [
        id,
        { response, tries: 0, print: "x0z", worth: 1 },
      ]),
    ),
  }),
  complete: false,
  success: "unknown",
  scored: true,
  score: null,
  measure: 0.25,
};

function items(...labels: string[]): Item[] {
  return labels.map((label, index) => ({ key: "abcd"[index]!, label }));
}

function numbered(first: number, ...labels: string[]): Item[] {
  return labels.map((label, index) => ({ key: String(first + index), label }));
}

const CALL = items("My neighbour", "The office", "Nobody");
const STEPS = items("Look", "Call", "Write");
const THINGS = numbered(0, "Listen", "Give an injection");
const GROUPS = items("My role", "Not my role");
const SCALE = numbered(1, "Not sure at all", "A little sure", "Quite sure", "Very sure");
const DOOR = items("Knock and wait", "Walk in");
const each = (list: Item[]): Item[][] => list.map((item) => [item]);

const ANSWERS: Record<string, Answer> = {
  choice: {
    ...{ id: "who-first", kind: "choice", prompt: "Who do you call first?", seconds: 12.34, right: true },
    objective: "who-to-call",
    ...{ response: [[CALL[1]!]], correct: [[CALL[1]!]], offered: [CALL] },
  },
  "true-false": {
    ...{ id: "say-no", kind: "true-false", prompt: "You may say no.", seconds: 4.2, right: false },
    ...{ response: [[{ key: "f", label: "False" }]], correct: [[{ key: "t", label: "True" }]], offered: [[]] },
  },
  sequencing: {
    ...{ id: "the-steps", kind: "sequencing", prompt: "Put the steps in order.", seconds: 20, right: true },
    ...{ response: each(STEPS), correct: each(STEPS), offered: [STEPS] },
  },
  matching: {
    ...{
      id: "my-role",
      kind: "matching",
      prompt: "What is your role?",
      seconds: 31.5,
      right: true,
      offered: [THINGS, GROUPS],
    },
    ...{
      response: THINGS.map((thing, index) => [thing, GROUPS[index]!]),
      correct: THINGS.map((thing, index) => [thing, GROUPS[index]!]),
    },
  },
  likert: {
    ...{ id: "how-sure", kind: "likert", prompt: "How sure are you?", seconds: 2.75, right: null },
    ...{ response: [[SCALE[2]!]], correct: null, offered: [SCALE] },
  },
  story: {
    ...{ id: "the-door/start", kind: "choice", prompt: "Nobody opens when you ring.", seconds: 9, right: null },
    ...{ name: "At the door", rating: "best" },
    ...{ response: [[DOOR[0]!]], correct: null, offered: [DOOR] },
  },
};

/** A visit in Tin Can, or in cmi5; gives all that arrived. */
async function visit(
  take: (driver: Driver) => void,
  isCmi5 = false,
  clock = new Clock(),
  store = new FakeStore(),
  device = new Device(clock, store),
): Promise<FakeStore> {
  const context = {
    extensions: { "https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s-1" },
    contextActivities: { grouping: [{ id: "https://training.example/modules/coming-in" }] },
  };
  store.launchData = { contextTemplate: context, launchMode: "Normal", masteryScore: 0.8 };
  const query = { endpoint: "https://lrs.example/lrs/", actor: JSON.stringify(ADA), registration: REGISTRATION };
  const cmi5 = { ...query, fetch: "https://lrs.example/lrs/fetch", activityId: "https://lms.example/activity/7" };
  const xapi = { ...query, auth: "Basic abc", activity_platform: "Example LMS" };
  const search = new URLSearchParams(isCmi5 ? cmi5 : xapi).toString();
  const place = { query: search, session: device.session, go: () => undefined };
  const connecting = isCmi5 ? openCmi5(device.page(), place, COURSE) : openXapi(device.page(), search, COURSE);
  await clock.pass(10);
  take(await connecting);
  await clock.pass(10);
  return store;
}

/** Two visits, one after the other. */
async function again(take: (driver: Driver) => void): Promise<FakeStore> {
  const clock = new Clock();
  const store = new FakeStore();
  const device = new Device(clock, store);
  await visit(take, false, clock, store, device);
  return visit(take, false, clock, store, device);
}

/** A statement without what all have in common. */
function part({ verb, object, result, context }: Told): object {
  const { parent, other } = context.contextActivities;
  return {
    ...{ verb: verb.id, object },
    ...(result ? { result } : {}),
    ...(parent ? { parent } : {}),
    ...(other ? { other } : {}),
  };
}

async function examples(): Promise<Record<string, object>> {
  const done: Progress = { ...PROGRESS, complete: true, success: "passed", score: 85.71, measure: 1 };
  const store = await visit((driver) => {
    driver.see!({ page: "start", title: "Before you go in", seconds: 42, at: Date.UTC(2026, 4, 5, 9, 1) });
    for (const answer of Object.values(ANSWERS)) driver.record(answer);
    driver.save(PROGRESS);
    driver.save(done);
    driver.end(done, "button");
  });
  const lost = await visit((driver) => driver.end({ ...PROGRESS, success: "failed", score: 40 }, "button"));
  const cmi5 = await visit((driver) => driver.save(done), true);
  const resumed = await again((driver) => driver.save(PROGRESS));
  const named = (from: FakeStore, verb: string): Told[] =>
    from.told.filter((told) => told.verb.id.endsWith(`/${verb}`));
  const answers = Object.keys(ANSWERS).map((name, index) => [name, part(named(store, "answered")[index]!)] as const);
  const verbs = ["experienced", "progressed", "completed", "passed", "terminated"].map(
    (verb) => [verb, part(named(store, verb)[0]!)] as const,
  );
  const later = ["resumed"].map((verb) => [verb, part(named(resumed, verb)[0]!)] as const);
  const left = ["failed", "suspended"].map((verb) => [verb, part(named(lost, verb)[0]!)] as const);
  return {
    initialized: store.told[0]!,
    ...Object.fromEntries([...verbs, ...answers, ...left, ...later]),
    "cmi5 passed": named(cmi5, "passed")[0]!,
    state: JSON.parse(store.documents.get("scormpack")!) as object,
  };
}

/** JSON as people write it: on one line what fits there. */
function tidy(value: unknown, indent = ""): string {
  const line = JSON.stringify(value).replace(
    /("(?:[^"\\]|\\.)*")|([:,])/g,
    (_, text: string, sign: string) => text ?? `${sign} `,
  );
  if (typeof value !== "object" || value === null || line.length + indent.length <= 110) return line;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => inner + tidy(item, inner))
    : Object.entries(value).map(([name, item]) => `${inner}${JSON.stringify(name)}: ${tidy(item, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}

test("the page about xAPI shows what is sent", async () => {
  const made = await examples();
  const page = readFileSync(FILE, "utf-8");
  const shown = [...page.matchAll(/<!-- (.*?) -->\n```json\n/g)].map(([, name]) => name!);
  assert.deepEqual([...shown].sort(), Object.keys(made).sort());
  const fresh = page.replace(
    /<!-- (.*?) -->\n```json\n[\s\S]*?```/g,
    (_, name: string) => `<!-- ${name} -->\n\`\`\`json\n${tidy(made[name])}\n\`\`\``,
  );
  if (process.env.UPDATE_GOLDEN) writeFileSync(FILE, fresh);
  else assert.equal(page, fresh);
});

test("every statement that can be sent is on the page", async () => {
  const verbs = new Set(
    Object.values(await examples()).flatMap((made) => JSON.stringify(made).match(/expapi\/verbs\/\w+/g) ?? []),
  );
  assert.equal(verbs.size, 10);
});
