// What becomes of the requests that a platform makes while it commits. Some answer "true" whatever becomes of them.

/** `unseen`: it made none that can be seen from here, so nobody knows. */
export type Fate = "arrived" | "lost" | "unseen";

type Realm = Window & typeof globalThis;
type Note = (fate: Promise<Fate>) => void;

/** Run `commit` in the window of the platform and watch what it sends there; `said` is what it gave back. */
export function witness<T>(place: Window, commit: () => T): { readonly said: T; readonly fate: Promise<Fate> } {
  const fates: Promise<Fate>[] = [];
  const restore = watch(place as Realm, (fate) => fates.push(fate));
  try {
    const said = commit();
    // A platform may have tried again by itself: its last request counts.
    return { said, fate: fates.pop() ?? Promise.resolve("unseen") };
  } finally {
    restore();
  }
}

function watch(place: Realm, note: Note): () => void {
  const restore = [watchRequests(place, note), watchFetch(place, note)];
  return () => {
    for (const each of restore) each();
  };
}

function watchRequests({ XMLHttpRequest: { prototype }, location }: Realm, note: Note): () => void {
  const { open, send } = prototype;
  const asked = new WeakMap<XMLHttpRequest, URL>();
  prototype.open = function (this: XMLHttpRequest, ...given: unknown[]) {
    asked.set(this, new URL(String(given[1]), location.href));
    (open as (...given: unknown[]) => void).apply(this, given);
  };
  prototype.send = function (this: XMLHttpRequest, ...given) {
    const url = asked.get(this);
    let settle: (fate: Fate) => void = () => undefined;
    if (url?.origin === location.origin) note(new Promise((resolve) => (settle = resolve)));
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

function watchFetch(place: Realm, note: Note): () => void {
  const { fetch } = place;
  place.fetch = (...given) => {
    const reply = fetch.apply(place, given);
    const [asked] = given;
    const url = new URL(typeof asked === "object" && "url" in asked ? asked.url : String(asked), place.location.href);
    if (url.origin === place.location.origin) {
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

/** A login page that answers in place of the platform stands at another address. */
function isTaken({ status, responseURL }: XMLHttpRequest, asked: URL | undefined): boolean {
  return status >= 200 && status < 300 && new URL(responseURL).pathname === asked?.pathname;
}
