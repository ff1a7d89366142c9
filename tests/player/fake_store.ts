// A record store, a browser and a clock that tests hold in their hands. The store is strict where drivers could go wrong.

import { type Shelf, shelf, type World } from "../../src/scormpack/targets/record_store/world";

/** `page` and `away` are what a sign-on in front of a store does: a page to log in with 200, or another address. */
export type Fault = "fine" | "lost" | "unheard" | "silent" | "page" | "away" | 404 | 429 | 500 | 503;

/** A statement, as far as tests look into it. */
export interface Told {
  readonly id: string;
  readonly timestamp: string;
  readonly actor: object;
  readonly verb: { readonly id: string };
  readonly object: {
    readonly id: string;
    readonly definition: {
      readonly type: string;
      readonly name: object;
      readonly description: object;
      readonly extensions: Record<string, unknown>;
    };
  };
  readonly result: {
    readonly response: string;
    readonly success: boolean;
    readonly score: { readonly scaled: number };
    readonly duration: string;
    readonly extensions: Record<string, unknown>;
  };
  readonly context: {
    readonly registration: string;
    readonly revision: string;
    readonly contextActivities: Record<string, { readonly id: string }[]>;
    readonly extensions: Record<string, unknown>;
  };
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly keepalive: boolean;
}

/** Time that passes only when somebody waits for it. */
export class Clock {
  time = Date.UTC(2026, 4, 5, 9, 0, 0);
  private timers: { at: number; run: () => void }[] = [];

  later = (milliseconds: number, run: () => void): (() => void) => {
    const timer = { at: this.time + milliseconds, run };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((each) => each !== timer));
  };

  /** Let so much time pass, and everything happen that belongs to it. */
  async pass(seconds: number): Promise<void> {
    const end = this.time + seconds * 1000;
    for (;;) {
      await new Promise((wake) => setImmediate(wake));
      const next = this.timers.sort((one, other) => one.at - other.at)[0];
      if (!next || next.at > end) break;
      this.timers.shift();
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = end;
  }
}

export class FakeStore {
  readonly asked: Asked[] = [];
  readonly told: Told[] = [];
  readonly documents = new Map<string, string>();
  faults: Fault[] = []; // of the next requests
  launchData: Record<string, unknown> = {};
  tags = true;
  conditions = true; // whether pages may send If-Match
  bad: (statement: Told) => number = () => 0; // a status for a statement that is not taken
  allowed = true;
  inTurn = false; // whether it keeps to the order of a cmi5 session, as the CATAPULT player does
  broken = ""; // how the order was broken: nothing is taken any more
  fetched = 0;

  fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { origin, pathname, searchParams: query } = new URL(url);
    const headers = (init.headers ?? {}) as Record<string, string>;
    const { method = "GET", keepalive = false } = init;
    const asked = {
      method,
      path: pathname.replace(/^.*\/lrs\//, ""),
      query,
      headers,
      body: String(init.body ?? ""),
      keepalive,
    };
    if (origin.replace(/^http:/, "https:") !== "https://lrs.example") throw new TypeError("nobody is there");
    this.asked.push(asked);
    const next = this.faults.shift() ?? "fine";
    // To a question about the state, 404 is an answer: there is none.
    const fault = next === 404 && method === "GET" ? "fine" : next;
    if (fault === "lost") throw new TypeError("no signal");
    if (fault === "page") return new Response("<!doctype html><title>Log in</title>", { status: 200 });
    if (fault === "away") return away("https://login.example/?to=lrs");
    if (fault === "silent") {
      await new Promise((_, give) => init.signal!.addEventListener("abort", () => give(new Error("too late"))));
    }
    if (typeof fault === "number")
      return new Response("", { status: fault, headers: fault === 429 ? { "Retry-After": "7" } : {} });
    const response = this.answer(asked);
    if (fault === "unheard") throw new TypeError("the answer was lost");
    return response;
  };

  private answer(asked: Asked): Response {
    if (asked.path.endsWith("fetch")) return this.token();
    if (!this.allowed) return new Response("", { status: 403 });
    if (asked.path === "agents/profile") return new Response("", { status: 404 });
    return asked.path === "statements" ? this.take(asked) : this.document(asked);
  }

  private token(): Response {
    return Response.json(this.fetched++ ? { "error-code": "1", "error-text": "used" } : { "auth-token": "dG9rZW4=" });
  }

  private take({ method, query, body }: Asked): Response {
    if (method === "GET") return this.find(query);
    const batch = JSON.parse(body) as Told[];
    if (!batch.length) return new Response("empty", { status: 400 });
    if (this.inTurn) {
      const isAgain = batch.every(({ id }) => this.told.some((each) => each.id === id));
      if (!isAgain) this.broken ||= this.outOfTurn(batch);
      if (isAgain || this.broken) return new Response(this.broken, { status: 403 });
    }
    for (const each of batch) {
      const before = this.told.find(({ id }) => id === each.id);
      if (before && JSON.stringify(before) !== JSON.stringify(each)) return new Response("", { status: 409 });
      if (this.bad(each)) return new Response("not taken", { status: this.bad(each) });
    }
    for (const each of batch) if (!this.told.some(({ id }) => id === each.id)) this.told.push(each);
    return Response.json(batch.map(({ id }) => id));
  }

  private outOfTurn(batch: readonly Told[]): string {
    const said = [...this.told, ...batch].filter((each) => sessionOf(each) === sessionOf(batch[0]!));
    const verbs = said.map(({ verb }) => verb.id.split("/").pop());
    if (batch.length > 1 && batch.some(({ verb }) => verb.id.endsWith("/initialized"))) return "bundled";
    if (sessionOf(batch[0]!) !== sessionOf({ context: this.launchData.contextTemplate as Told["context"] }))
      return "over";
    if (verbs[0] !== "initialized" || verbs.lastIndexOf("initialized") > 0) return "not begun, or twice";
    if (verbs.slice(0, -1).includes("terminated")) return "after the last word";
    return said.some(({ timestamp }) => timestamp < said[0]!.timestamp) ? "before it began" : "";
  }

  private find(query: URLSearchParams): Response {
    const id = query.get("statementId");
    const one = this.told.find((each) => each.id === id);
    if (id) return one ? Response.json(one) : new Response("", { status: 404 });
    return Response.json({ statements: this.told.filter((each) => asksFor(query, each)) });
  }

  private document({ method, query, headers, body }: Asked): Response {
    const stateId = query.get("stateId")!;
    if (stateId === "LMS.LaunchData") return Response.json(this.launchData);
    const there = this.documents.get(stateId);
    const mark = there === undefined ? null : `"${Buffer.from(there).toString("base64url")}"`;
    const marks: Record<string, string> = this.tags && mark ? { ETag: mark } : {};
    if (method === "GET")
      return new Response(there ?? "", { status: there === undefined ? 404 : 200, headers: marks });
    if (!this.conditions && (headers["If-Match"] || headers["If-None-Match"]))
      throw new TypeError("refused by the browser");
    const fits = headers["If-None-Match"]
      ? there === undefined
      : !headers["If-Match"] || headers["If-Match"] === mark;
    if (!fits) return new Response("", { status: 412 });
    this.documents.set(stateId, body);
    return new Response(null, { status: 204 });
  }

  /** The statements with this verb. */
  said(verb: string): Told[] {
    return this.told.filter((each) => each.verb.id.endsWith(`/${verb}`));
  }

  /** What was sent, request by request, as verbs. */
  get sent(): string[][] {
    const posts = this.asked.filter(({ method, path }) => method === "POST" && path === "statements");
    return posts.map(({ body }) => (JSON.parse(body) as Told[]).map(({ verb }) => verb.id.split("/").pop()!));
  }

  get verbs(): string[] {
    return this.told.map(({ verb }) => verb.id.split("/").pop()!);
  }
}

function sessionOf({ context }: Pick<Told, "context">): string {
  return String(context.extensions["https://w3id.org/xapi/cmi5/context/extensions/sessionid"]);
}

/** An answer of success, from an address that was not asked. */
function away(url: string): Response {
  return Object.defineProperties(new Response("", { status: 200 }), {
    redirected: { value: true },
    url: { value: url },
  });
}

/** Whether a statement is among those that a query asks for. */
function asksFor(query: URLSearchParams, { context, verb, object }: Told): boolean {
  const parts: [string, unknown][] = [
    ["registration", context.registration],
    ["verb", verb.id],
    ["activity", object.id],
  ];
  return parts.every(([name, value]) => !query.has(name) || query.get(name) === value);
}

/** Storage as a browser has it; `full` forbids to write. */
export class FakeStorage {
  readonly texts = new Map<string, string>();
  full = false;
  get length(): number {
    return this.texts.size;
  }
  key = (index: number): string | null => [...this.texts.keys()][index] ?? null;
  getItem = (key: string): string | null => this.texts.get(key) ?? null;
  removeItem = (key: string): void => void this.texts.delete(key);
  setItem = (key: string, value: string): void => {
    if (this.full) throw new Error("full");
    this.texts.set(key, value);
  };
}

/** One device: its storage outlives its pages. */
export class Device {
  readonly storage = new FakeStorage();
  readonly windowStorage = new FakeStorage();
  private readonly locks = new Set<string>();
  private count = 0;

  constructor(
    private readonly clock: Clock,
    private readonly store: FakeStore,
    private readonly name = "0",
  ) {}

  get session(): Shelf {
    return shelf(() => this.windowStorage);
  }

  /** A page on it. `alive` ends when the page does: nothing that it waited for happens any more. */
  page(): World & { wake: () => void; close: () => void } {
    let open = true;
    let changed = (): void => undefined;
    const { clock, locks, store } = this;
    const opened = clock.time;
    const forever = new Promise<never>(() => undefined);
    return {
      fetch: async (url, init) => {
        if (!open) return forever;
        const answer = await store.fetch(url, init).catch((error: Error) => (open ? Promise.reject(error) : forever));
        return open ? answer : forever;
      },
      shelf: shelf(() => this.storage),
      now: () => clock.time,
      inSight: () => (clock.time - opened) / 1000,
      later: (milliseconds, run) => clock.later(milliseconds, () => open && run()),
      random: () => 0.5,
      uuid: () => `${this.name.padStart(8, "0")}-0000-4000-8000-${(this.count++).toString(16).padStart(12, "0")}`,
      async alone(name, run) {
        if (locks.has(name)) return null;
        locks.add(name);
        try {
          return await run();
        } finally {
          locks.delete(name);
        }
      },
      onChange: (run) => (changed = run),
      wake: () => open && changed(),
      close: () => {
        open = false;
        locks.clear(); // as a browser frees what a page held
      },
    };
  }
}
