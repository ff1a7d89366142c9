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
import { BROKEN } from "./faults";
import { MANNERS, mannered } from "./manners";
import { type Api, type Call, recorded } from "./recorder";

const query = new URLSearchParams(location.search);
const learner = query.get("learner") ?? "somebody";
const RECORD = `platform/record/${learner}`;
const SESSIONS = `platform/sessions/${learner}`;

function kept<T>(key: string, absent: T): T {
  return (JSON.parse(localStorage.getItem(key) ?? "null") as T | null) ?? absent;
}

function keep(key: string, value: unknown): void {
  localStorage.setItem(key, JSON.stringify(value));
}

/** An API made by engine.js, which brings scorm-again's classes. */
function foreign(name: string, values: Values): Api {
  const classes = window as unknown as Record<string, new (settings: object) => Api>;
  const settings = { autocommit: false, logLevel: 5, sendFullCommit: false };
  const api = new classes[name === "scorm12" ? "Scorm12API" : "Scorm2004API"]!(settings);
  (api.loadFromFlattenedJSON as (values: Values) => void).call(api, values);
  return bound(api);
}

/** Its methods need their own object as `this`, and the recorder calls them on another. */
function bound(api: Api): Api {
  return new Proxy(api, { get: (target, name) => (target[String(name)] as () => unknown)?.bind(target) });
}

const AT = `record?${new URLSearchParams({ learner })}`; // where a platform with a server keeps its records

/** Ask the platform's server, and wait for it, as real platforms do. Throws where no answer comes. */
function ask(method: string, body?: string): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open(method, AT, false);
  request.send(body);
  return request;
}

/** Whether the server took the values. */
function post(values: Values): boolean {
  return ask("POST", JSON.stringify(values)).status === 204;
}

function beacon(values: Values): void {
  navigator.sendBeacon(AT, JSON.stringify(values));
}

function working(kind: string, name: string, standard: Standard, values: Values): Api {
  if (MANNERS[kind]) return mannered(MANNERS[kind], standard, values, post, beacon);
  return kind === "engine" ? foreign(name, values) : memory(standard, values);
}

/** What is on record for this learner, as the platform says it at the start of a session. */
function standing(standard: Standard, kind: string): Values {
  const record = MANNERS[kind] ? (JSON.parse(ask("GET").responseText) as Values) : kept<Values>(RECORD, {});
  const values: Values = { ...record, [standard.learner]: learner };
  const given = Object.keys(record).length > 0;
  if (given) values[standard.entry] = values[standard.exit] === "suspend" ? "resume" : "";
  if (given && values[standard.exit] !== "suspend") {
    // Any other exit ends the attempt: its place and its data are gone, its result stays.
    delete values["cmi.suspend_data"];
    delete values[standard.location];
  }
  for (const written of Object.keys(values)) {
    if (/exit$|session_time$|nav\.request$/.test(written)) delete values[written];
  }
  for (const [element, value] of query) if (element.startsWith("cmi.")) values[element] = value;
  return values;
}

function launch(): void {
  const name = query.get("standard") ?? "scorm12";
  const standard = STANDARDS[name]!;
  const session: Call[] = [];
  const sessions = [...kept<Call[][]>(SESSIONS, []), session];
  let waiting: Values = {};

  const heard = (call: Call): void => {
    session.push(call);
    keep(SESSIONS, sessions);
    if (call.result !== "true") return;
    const { set, commit, terminate } = standard.methods;
    if (call.method === set) waiting[call.arguments[0]!] = call.arguments[1]!;
    if (call.method === commit || call.method === terminate) {
      keep(RECORD, { ...kept<Values>(RECORD, {}), ...waiting });
      waiting = {};
    }
  };

  const fault = query.get("fault") ?? "";
  const kind = query.get("api") ?? "memory";
  const api = BROKEN[fault] ? BROKEN[fault](standard) : working(kind, name, standard, standing(standard, kind));
  if (api) {
    const place = (): void => {
      const methods = Object.values(standard.methods);
      (window as unknown as Record<string, Api>)[standard.object] = recorded(
        api,
        methods,
        standard.methods.error,
        heard,
      );
    };
    if (fault === "late") setTimeout(place, Number(query.get("after")));
    else place();
  }
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
  const frame = document.createElement("iframe");
  frame.title = "Course";
  frame.src = "course/index.html";
  document.body.append(frame);
}

launch();
