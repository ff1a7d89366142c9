// What a platform's page does at a launch, wherever the record lies: it works out what is said at the start, and puts the API
// in its place, whole or broken.

import { STANDARDS, type Standard, type Values } from "./engine";
import { BROKEN } from "./faults";
import { type Api, type Call, recorded } from "./recorder";

export interface Launch {
  /** `scorm12` or `scorm2004`. */
  readonly standard: string;
  readonly learner: string;
  /** What is on record for this learner. */
  readonly record: Values;
  /** What the platform says at the start, whatever is on record. */
  readonly elements: Values;
  /** How the API is broken, and after how many milliseconds one appears that is late. */
  readonly fault: string;
  readonly after: number;
}

/** The API made by scorm-again, whose script is on the page, with `values` in it. */
export function foreign(name: string, values: Values): Api {
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

/** What the platform says at the start of a session. */
export function standing({ learner, record, elements }: Launch, standard: Standard): Values {
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
  return { ...values, ...elements };
}

/** Put the course into the page, in a frame. */
export function frame(title: string, address: string): HTMLIFrameElement {
  const made = document.createElement("iframe");
  made.title = title;
  made.allow = "autoplay; fullscreen; clipboard-write";
  made.src = address;
  document.body.append(made);
  return made;
}

/** Put the API in its place; `make` makes a working one, and every call is given to `heard`. */
export function place(
  launch: Launch,
  make: (standard: Standard, values: Values) => Api,
  heard: (call: Call) => void,
): void {
  const standard = STANDARDS[launch.standard]!;
  const broken = BROKEN[launch.fault];
  const api = broken ? broken(standard) : make(standard, standing(launch, standard));
  if (!api) return;
  const { error } = standard.methods;
  const put = (): void => {
    const watched = recorded(api, Object.values(standard.methods), error, heard);
    (window as unknown as Record<string, Api>)[standard.object] = watched;
  };
  if (launch.fault === "late") setTimeout(put, launch.after);
  else put();
}
