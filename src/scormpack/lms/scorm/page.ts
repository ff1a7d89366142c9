// The platform's page: an API beside a frame with the course. The address says what kind of platform to be; `address`
// in server.py makes it:
//
//   ?standard=scorm12|scorm2004   whose API
//   &api=memory|engine|…          ours, engine.js's, or ours in one of the manners of manners.ts
//   &fault=…                      how it is broken: see faults.ts
//   &after=milliseconds           when an API that is late appears
//   &learner=…                    whose record
//   &cmi.core.lesson_mode=review  any element that begins with `cmi.`: what the platform says at the start
//
// Records lie in the browser's storage, so that they outlive a closed tab: see `window.platform`.

import { memory, STANDARDS, type Standard, type Values } from "./engine";
import { MANNERS, mannered } from "./manners";
import { foreign, frame, type Launch, place } from "./platform";
import type { Api, Call } from "./recorder";
import { type Server, server } from "./server";

const query = new URLSearchParams(location.search);
const learner = query.get("learner") ?? "somebody";
const kind = query.get("api") ?? "memory";
const name = query.get("standard") ?? "scorm12";
const RECORD = `platform/record/${learner}`;
const SESSIONS = `platform/sessions/${learner}`;
const far: Server = server(() => `record?${new URLSearchParams({ learner })}`);

function kept<T>(key: string, absent: T): T {
  return (JSON.parse(localStorage.getItem(key) ?? "null") as T | null) ?? absent;
}

function keep(key: string, value: unknown): void {
  localStorage.setItem(key, JSON.stringify(value));
}

function working(standard: Standard, values: Values): Api {
  if (kind === "engine") return foreign(name, values);
  const api = memory(standard, values);
  const manner = MANNERS[kind];
  return manner ? mannered(() => manner, standard, api, values, far) : api;
}

/** Keep every call, and what is saved with a commit or the end. */
function recorder({ methods }: Standard): (call: Call) => void {
  const session: Call[] = [];
  const sessions = [...kept<Call[][]>(SESSIONS, []), session];
  let waiting: Values = {};
  return (call) => {
    session.push(call);
    keep(SESSIONS, sessions);
    if (call.result !== "true") return;
    if (call.method === methods.set) waiting[call.arguments[0]!] = call.arguments[1]!;
    if (call.method === methods.commit || call.method === methods.terminate) {
      keep(RECORD, { ...kept<Values>(RECORD, {}), ...waiting });
      waiting = {};
    }
  };
}

const launch: Launch = {
  standard: name,
  learner,
  record: MANNERS[kind] ? far.record() : kept<Values>(RECORD, {}),
  elements: Object.fromEntries([...query].filter(([element]) => element.startsWith("cmi."))),
  fault: query.get("fault") ?? "",
  after: Number(query.get("after")),
};
place(launch, working, recorder(STANDARDS[name]!));
Object.assign(window, {
  platform: {
    get sessions(): Call[][] {
      return kept<Call[][]>(SESSIONS, []);
    },
    get record(): Values {
      return kept<Values>(RECORD, {});
    },
  },
});
frame("Course", "course/index.html");
