// The platform's page: an API beside a frame with the course. The address says what kind of platform to be; `address`
// in server.py makes it:
//
//   ?standard=scorm12|scorm2004   whose API
//   &api=memory|engine|…          ours, engine.js's, or ours in one of the manners of manners.ts
//   &engine                       in such a manner too, the values are held by engine.js's
//   &course=…                     the file that is opened, where it is another than index.html
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
const MOST = 10_000; // calls of a launch that are kept
const LONGEST = 200_000; // characters of an argument
const far: Server = server(() => `record?${new URLSearchParams({ learner })}`);
const here: Call[] = []; // of this launch

function kept<T>(key: string, absent: T): T {
  return (JSON.parse(localStorage.getItem(key) ?? "null") as T | null) ?? absent;
}

/** Keep it, where there is room: a course has the same storage, and may have filled it. */
function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {}
}

/** The calls of each launch, as far as the storage has them. */
function sessions(): Call[][] {
  const found: Call[][] = [];
  for (let session = stored(0); session.length; session = stored(found.length)) found.push(session);
  return found;
}

function stored(number: number): Call[] {
  const found: Call[] = [];
  const next = (): Call | null => kept(`${SESSIONS}/${number}/${found.length}`, null);
  for (let call = next(); call; call = next()) found.push(call);
  return found;
}

function working(standard: Standard, values: Values): Api {
  const api = kind === "engine" || query.has("engine") ? foreign(name, values) : memory(standard, values);
  const manner = MANNERS[kind];
  return manner ? mannered(() => manner, standard, api, values, far) : api;
}

/** Keep every call, and what is saved with a commit or the end. */
function recorder({ methods }: Standard): (call: Call) => void {
  let number = -1;
  let waiting: Values = {};
  return (call) => {
    if (number < 0) number = sessions().length;
    if (here.length < MOST) {
      keep(`${SESSIONS}/${number}/${here.length}`, call);
      here.push({ ...call, arguments: call.arguments.map((given) => given.slice(0, LONGEST)) });
    }
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
      return sessions();
    },
    get calls(): readonly Call[] {
      return here;
    },
    get record(): Values {
      return kept<Values>(RECORD, {});
    },
  },
});
const course = query.get("course") ?? "index.html";
if (course) frame("Course", `course/${course}`); // else only the record is looked at
