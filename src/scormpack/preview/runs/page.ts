// The platform's page in a preview: the course in a frame and, for SCORM, an API beside it.

import type { Standard, Values } from "../../lms/scorm/engine";
import { MANNERS, type Manner, mannered } from "../../lms/scorm/manners";
import { foreign, frame, type Launch, place } from "../../lms/scorm/platform";
import type { Api } from "../../lms/scorm/recorder";
import { ask, server } from "../../lms/scorm/server";
import { Channel } from "./channel";
import { follow } from "./where";

/** A SCORM launch, and how its platform keeps what is saved. */
interface Scorm extends Launch {
  readonly manner: string;
}

interface Facts {
  /** The origin of the preview's own page. */
  readonly desk: string;
  readonly title: string;
  /** Where the course begins. */
  readonly course: string;
  readonly session: number;
  /** Who is learning: what is left of another's visit is not for the record. */
  readonly by: string;
  readonly scorm: Scorm | null;
  /** Whose progress the browser keeps by itself; empty where a platform keeps it. */
  readonly owner: string;
}

// Asked for here, and not with the page: by now a page that was here before has said its last word.
const facts = JSON.parse(ask("POST", "launch").responseText) as Facts;
const visit = new URLSearchParams({ session: String(facts.session), by: facts.by });
const channel = new Channel(`calls?${visit}`);

/** Put the API beside the frame. Its manner may change at any time. */
function begin(scorm: Scorm): void {
  let last = scorm.manner;
  let isClosing = false; // the page or the course in it: browsers forbid to wait for an answer then
  const manner = (): Manner => {
    try {
      last = ask("GET", "manner").responseText;
      isClosing = false;
    } catch {
      isClosing = true; // no trouble ever strikes this request
    }
    return MANNERS[last]!;
  };
  const line = { ...server(() => `record?${visit}&call=${channel.count}`), isClosing: () => isClosing };
  const make = (standard: Standard, values: Values): Api =>
    mannered(manner, standard, foreign(scorm.standard, values), values, line);
  place(scorm, make, (call) => channel.add(call));
}

/** What another learner has left in this browser would be taken for this one's. */
async function welcome(owner: string): Promise<void> {
  const key = `preview${location.pathname}`;
  const before = owner && localStorage.getItem(key);
  if (owner) localStorage.setItem(key, owner);
  if (!before || before === owner) return;
  localStorage.clear();
  localStorage.setItem(key, owner);
  await new Promise((done) => {
    const gone = indexedDB.deleteDatabase("scormpack");
    gone.onsuccess = gone.onerror = gone.onblocked = done;
  });
}

function open(): void {
  const course = frame(facts.title, facts.course + location.hash);
  follow(course, facts.desk);
  const end = (): void => {
    course.remove();
    channel.close();
  };
  window.addEventListener("message", ({ origin, data }: MessageEvent<{ scormpack?: string } | null>) => {
    if (origin === facts.desk && data?.scormpack === "close") end();
  });
  window.addEventListener("pagehide", () => channel.close());
  window.addEventListener("hashchange", () => location.reload());
}

if (facts.scorm) begin(facts.scorm);
void welcome(facts.owner).then(open, open);
