// Talking with a record store over HTTP. No method throws: no answer at all is null.

import type { Statement } from "./statements";
import type { World } from "./world";

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly etag: string | null;
  readonly pause: number | null; // milliseconds: how long the store asks us to wait
}

/** Whether a text can be the answer to what was asked: a sign-on shows its page to log in with the status 200, too. */
export type Fits = (text: string, status: number) => boolean;

/** What came of asking for something to be kept. */
export interface Outcome {
  readonly word: "done" | "later" | "refused";
  readonly pause: number | null;
}

export const DONE: Outcome = { word: "done", pause: null };
export const LATER: Outcome = { word: "later", pause: null };

type Query = Record<string, string>;

/** What goes with a request. */
interface Sent {
  readonly body?: string;
  readonly headers?: Query;
}

export const FOREIGN = 0; // the status of an answer that is not the store's
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

  /** Read something; `query` names it. */
  get(path: string, query: Query, fits: Fits): Promise<Reply | null> {
    return this.ask("GET", path, query, {}, fits);
  }

  /** Have a document kept. The specification asks for 204; stores that give 200 say what they like, but show no page. */
  put(path: string, query: Query, body: string, headers: Query): Promise<Reply | null> {
    return this.ask("PUT", path, query, { body, headers }, (text) => !isPage(text));
  }

  /** Have statements kept: the store names each that it has. To those that it had before ralph answers 204. */
  post(statements: readonly Statement[]): Promise<Reply | null> {
    const body = JSON.stringify(statements);
    return this.ask("POST", "statements", {}, { body }, (text, status) => {
      return status === 204 || names(text, statements);
    });
  }

  /** Parameters of the launch that are not ours go back with everything. */
  private async ask(method: string, path: string, query: Query, sent: Sent, fits: Fits): Promise<Reply | null> {
    const reply = await this.request(method, path, { ...this.more, ...query }, sent, fits);
    if (reply?.status !== 400 || !Object.keys(this.more).length) return reply;
    // Some launchers need their own parameters back, and strict stores refuse what they do not know.
    const plain = await this.request(method, path, query, sent, fits);
    if (plain && plain.status !== 400) this.more = {};
    return plain;
  }

  /** How much more may be sent that outlives the page. */
  get room(): number {
    return MOST_BYTES - this.underWay;
  }

  private request(method: string, path: string, query: Query, sent: Sent, fits: Fits): Promise<Reply | null> {
    const { body, headers: more } = sent;
    const url = `${this.endpoint}${path}${search(query, this.endpoint)}`;
    const headers: Query = { Authorization: this.auth, "X-Experience-API-Version": VERSION, ...more };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    return this.send(url, { method, headers, ...(body === undefined ? {} : { body }) }, fits);
  }

  /** What is under way when the page goes away is kept alive, as far as browsers allow. */
  private async send(url: string, init: RequestInit & { body?: string }, fits: Fits): Promise<Reply | null> {
    const size = bytes(init.body ?? "");
    const keepalive = this.stopped < SURE && size <= this.room;
    if (!keepalive) return request(this.world, url, init, fits);
    this.underWay += size;
    const reply = await request(this.world, url, { ...init, keepalive }, fits);
    this.underWay -= size;
    if (reply) this.livesOn = true;
    if (this.livesOn) return reply;
    // Chrome before version 81 keeps no request alive that asks another origin for leave.
    const plain = await request(this.world, url, init, fits);
    if (plain) this.stopped++;
    return plain;
  }
}

/** One request, with an end to waiting. An answer that does not fit has no status of its own. */
export async function request(world: World, url: string, init: RequestInit, fits: Fits): Promise<Reply | null> {
  const controller = new AbortController();
  const calm = world.later(PATIENCE, () => controller.abort());
  try {
    const response = await world.fetch(url, { ...init, cache: "no-store", signal: controller.signal });
    const { headers } = response;
    const text = await response.text();
    const isOwn = !response.ok || (!isElsewhere(response, url) && fits(text, response.status));
    const status = isOwn ? response.status : FOREIGN;
    return { status, text, etag: headers.get("ETag"), pause: pause(headers.get("Retry-After"), world.now()) };
  } catch {
    return null; // no signal, no answer in time, or not allowed from this page: a browser does not say which
  } finally {
    calm();
  }
}

/** Whether another address has answered than the one that was asked; `https` for `http` is the same. */
function isElsewhere(response: Response, asked: string): boolean {
  return response.redirected && place(response.url) !== place(asked);
}

function place(url: string): string {
  const { host, pathname, search } = new URL(url);
  return host + pathname + search;
}

function isPage(text: string): boolean {
  return /^\s*</.test(text);
}

/** Whether a text lists the ids of these statements. */
function names(text: string, statements: readonly Statement[]): boolean {
  const listed = data(text);
  if (!Array.isArray(listed)) return false;
  const ids = listed.map((id) => String(id).toLowerCase());
  return statements.every(({ id }) => ids.includes(id.toLowerCase()));
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
  const read = data(text ?? "");
  return typeof read === "object" && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : null;
}

function data(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
