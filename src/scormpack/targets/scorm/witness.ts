// What becomes of the requests that a platform makes while it is told something. Some answer "true" whatever becomes of them.

/** `unseen`: it made none that carries anything, or none that can be seen from here, so nobody knows. */
export type Fate = "arrived" | "lost" | "unseen";

type Realm = Window & typeof globalThis;
type Note = (fate: Promise<Fate>) => void;

/** Run `talk` and watch what the window of the platform sends meanwhile; `said` is what it gave back. */
export function witness<T>(place: Window, talk: () => T): { readonly said: T; readonly fate: Promise<Fate> } {
  const fates: Promise<Fate>[] = [];
  const note: Note = (fate) => fates.push(fate);
  const realm = place as Realm;
  const restore = [watchRequests(realm, note), watchFetch(realm, note), watchBeacons(realm, note)];
  try {
    return { said: talk(), fate: whole(fates) };
  } finally {
    for (const each of restore) each();
  }
}

/** All has arrived only if each part has. */
async function whole(fates: Promise<Fate>[]): Promise<Fate> {
  if (!fates.length) return "unseen";
  return (await Promise.all(fates)).every((fate) => fate === "arrived") ? "arrived" : "lost";
}

/** Whether a request carries something to the platform: others fetch a table of contents, and the like. */
function carries(method: unknown, url: URL, { location }: Realm): boolean {
  return /^(post|put)$/i.test(String(method)) && url.origin === location.origin;
}

function watchRequests(place: Realm, note: Note): () => void {
  const { prototype } = place.XMLHttpRequest;
  const { open, send } = prototype;
  const carriers = new WeakMap<XMLHttpRequest, URL>();
  prototype.open = function (this: XMLHttpRequest, ...given: unknown[]) {
    const url = new URL(String(given[1]), place.location.href);
    if (carries(given[0], url, place)) carriers.set(this, url);
    (open as (...given: unknown[]) => void).apply(this, given);
  };
  prototype.send = function (this: XMLHttpRequest, ...given) {
    const url = carriers.get(this);
    let settle: (fate: Fate) => void = () => undefined;
    if (url) note(new Promise((resolve) => (settle = resolve)));
    this.addEventListener("loadend", () => settle(isTaken(this, url) ? "arrived" : "lost"));
    try {
      send.apply(this, given);
    } catch (error) {
      settle("lost"); // a request that is waited for throws where there is no signal
      throw error;
    }
  };
  return () => Object.assign(prototype, { open, send });
}

/** A page in place of an answer, there or at another address, is a login. */
function isTaken(request: XMLHttpRequest, asked: URL | undefined): boolean {
  const { status, responseURL, responseType } = request;
  if (status < 200 || status >= 300 || new URL(responseURL).pathname !== asked?.pathname) return false;
  return (responseType !== "" && responseType !== "text") || !/^\s*<(!doctype html|html)/i.test(request.responseText);
}

function watchFetch(place: Realm, note: Note): () => void {
  const { fetch } = place;
  place.fetch = (...given) => {
    const reply = fetch.apply(place, given);
    const [asked, init] = given;
    const request = typeof asked === "object" && "url" in asked ? asked : null;
    const url = new URL(request?.url ?? String(asked), place.location.href);
    if (carries(init?.method ?? request?.method, url, place)) {
      note(
        reply.then(
          (found) => (found.ok && !found.redirected ? "arrived" : "lost"),
          () => "lost",
        ),
      );
    }
    return reply;
  };
  return () => {
    place.fetch = fetch;
  };
}

/** Nobody ever hears what becomes of a beacon. */
function watchBeacons({ navigator }: Realm, note: Note): () => void {
  const { sendBeacon } = navigator;
  if (!sendBeacon) return () => undefined;
  navigator.sendBeacon = (...given) => {
    note(Promise.resolve("lost"));
    return sendBeacon.apply(navigator, given);
  };
  return () => {
    navigator.sendBeacon = sendBeacon;
  };
}
