// Talking with a record store over HTTP. No method throws: no answer at all is null.

import type { World } from "./world";

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly etag: string | null;
  readonly pause: number | null; // milliseconds: how long the store asks us to wait
}

/** What came of asking for something to be kept. */
export interface Outcome {
  readonly word: "done" | "later" | "refused";
  readonly pause: number | null;
}

export const DONE: Outcome = { word: "done", pause: null };

type Query = Record<string, string>;

const PATIENCE = 20_000; // milliseconds: on a poor signal an answer takes long; without an end it may never come
const VERSION = "1.0.3";

const SURE = 3; // times: one may have been a gap in the signal

/** How much may be under way when a page goes away: browsers stop at 64 KiB, for all requests together. */
const MOST_BYTES = 60_000;

export class Store {
  private more: Query;
  private underWay = 0;
  private livesOn = false; // a request that can outlive the page has been answered
  private stopped = 0; // how often such a one was not, where another was

  constructor(
    private readonly world: World,
    private readonly endpoint: string,
    private readonly auth: string,
    more: Query = {},
  ) {
    this.more = more;
  }

  /** `query` names what is meant; parameters of the launch that are not ours go back with it. */
  async ask(method: string, path: string, query: Query, body?: string, headers: Query = {}): Promise<Reply | null> {
    const reply = await this.request(method, path, { ...this.more, ...query }, body, headers);
    if (reply?.status !== 400 || !Object.keys(this.more).length) return reply;
    // Some launchers need their own parameters back, and strict stores refuse what they do not know.
    const plain = await this.request(method, path, query, body, headers);
    if (plain && plain.status !== 400) this.more = {};
    return plain;
  }

  /** How much more may be sent that outlives the page. */
  get room(): number {
    return MOST_BYTES - this.underWay;
  }

  private request(
    method: string,
    path: string,
    query: Query,
    body: string | undefined,
    more: Query,
  ): Promise<Reply | null> {
    const url = `${this.endpoint}${path}${search(query, this.endpoint)}`;
    const headers: Query = { Authorization: this.auth, "X-Experience-API-Version": VERSION, ...more };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    return this.send(url, { method, headers, ...(body === undefined ? {} : { body }) });
  }

  /** What is under way when the page goes away is kept alive, as far as browsers allow. */
  private async send(url: string, init: RequestInit & { body?: string }): Promise<Reply | null> {
    const size = bytes(init.body ?? "");
    const keepalive = this.stopped < SURE && size <= this.room;
    if (!keepalive) return request(this.world, url, init);
    this.underWay += size;
    const reply = await request(this.world, url, { ...init, keepalive });
    this.underWay -= size;
    if (reply) this.livesOn = true;
    if (this.livesOn) return reply;
    // Chrome before version 81 keeps no request alive that asks another origin for leave.
    const plain = await request(this.world, url, init);
    if (plain) this.stopped++;
    return plain;
  }
}

/** One request, with an end to waiting. */
export async function request(world: World, url: string, init: RequestInit): Promise<Reply | null> {
  const controller = new AbortController();
  const calm = world.later(PATIENCE, () => controller.abort());
  try {
    const response = await world.fetch(url, { ...init, cache: "no-store", signal: controller.signal });
    const { status, headers } = response;
    const text = await response.text();
    return { status, text, etag: headers.get("ETag"), pause: pause(headers.get("Retry-After"), world.now()) };
  } catch {
    return null; // no signal, no answer in time, or not allowed from this page: a browser does not say which
  } finally {
    calm();
  }
}

/** What an answer means. `wrong`: the store is well, and what was sent is not. */
export function judge(reply: Reply | null): "stored" | "wrong" | "later" | "refused" {
  const status = reply?.status ?? 0;
  if (status >= 200 && status < 300) return "stored";
  if (status === 401 || status === 403) return "refused";
  // 404: the store is not there (any more, yet): a statement cannot be missing.
  return status < 400 || status >= 500 || [404, 408, 425, 429].includes(status) ? "later" : "wrong";
}

export function ok(reply: Reply | null): boolean {
  return judge(reply) === "stored";
}

export function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function search(query: Query, endpoint: string): string {
  const parts = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join("="));
  return parts.length ? (endpoint.includes("?") ? "&" : "?") + parts.join("&") : "";
}

/** `Retry-After` is a number of seconds or a date. */
function pause(header: string | null, now: number): number | null {
  if (!header) return null;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(wait, 0) : null;
}

/** An object in a JSON text, or null. */
export function parse(text: string | null): Record<string, unknown> | null {
  try {
    const data: unknown = JSON.parse(text ?? "");
    return typeof data === "object" && data !== null && !Array.isArray(data)
      ? (data as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
