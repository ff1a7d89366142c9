// cmi5: a token that is given once, what the platform says of the launch, and a session with a first and a last word.

import type { Connect, CourseFacts, Driver } from "../../player/driver";
import { checksum } from "../../player/state";
import { NOBODY } from "../nobody";
import { nameOf } from "../record_store/agent";
import { type Dialect, keyOf, RecordDriver, type Visit } from "../record_store/record_driver";
import {
  extension,
  type Fields,
  type Json,
  launched,
  moment,
  provider,
  type Scene,
  type Statement,
  setting,
  type Verb,
  within,
} from "../record_store/statements";
import { FOREIGN, ok, parse, type Reply, request, Store } from "../record_store/store";
import { browser, type Shelf, shelf, type World } from "../record_store/world";

const CMI5 = "https://w3id.org/xapi/cmi5/context";
const SESSION = `${CMI5}/extensions/sessionid`;
const MASTERY = `${CMI5}/extensions/masteryscore`;
const DEFINED: readonly Verb[] = ["initialized", "completed", "passed", "failed", "terminated"];
const JUDGED = ["completed", "passed", "failed"];
export const STATE = "scormpack";
const TRIES = 3;
const PAUSE = 1_500; // milliseconds

/** The window that the course stands in. */
export interface Place {
  readonly query: string;
  readonly session: Shelf; // kept as long as this window, across reloads
  go(address: string): void;
}

/** What a session has to remember when its page is loaded again. */
interface Session {
  readonly token?: string;
  readonly data?: Record<string, unknown>; // LMS.LaunchData
  readonly isQuiet?: boolean;
  readonly began?: number;
  readonly before?: number; // seconds in earlier sessions
  readonly ended?: boolean;
}

/** What the address of the launch says. */
interface Launch {
  readonly endpoint: string;
  readonly fetch: string;
  readonly actor: Fields;
  readonly registration: string;
  readonly activityId: string;
}

/** What the platform gives to a session. */
interface Terms {
  readonly store: Store;
  readonly data: Record<string, unknown>;
  readonly isQuiet: boolean;
}

export async function open(world: World, place: Place, course: CourseFacts): Promise<Driver> {
  const launch = read(place.query);
  if (!launch) return NOBODY;
  const opened = world.now();
  const memory = new Memory(place.session, launch);
  const isOver = memory.now?.ended; // nothing may follow the last word: where it came from it is launched again
  if (isOver) leave(place, memory.now?.data?.returnURL);
  const terms = isOver ? null : await enter(world, memory, launch);
  const { store, data, isQuiet } = terms ?? {
    store: new Store(world, launch.endpoint, ""),
    data: {},
    isQuiet: false,
  };
  const began = memory.now?.began ?? opened;
  const scene: Scene = {
    ...setting(course, launch.activityId),
    actor: launch.actor,
    context: context(launch, data, course),
  };
  const visit: Visit = {
    scene,
    store,
    document: { stateId: STATE, ...about(launch) },
    key: keyOf(launch.registration, launch.activityId, launch.actor),
    session: terms ? sessionOf(scene.context) : "shut",
    began: terms ? began : opened,
    isLooking: ["Browse", "Review"].includes(String(data.launchMode)),
    goesOn: memory.now?.began !== undefined,
    isShut: !terms,
    before: memory.now?.before ?? null,
    passMark: masteryOf(data) === null ? null : masteryOf(data)! * 100,
    learner: nameOf(launch.actor),
    goesBack: isPage(data.returnURL),
    isQuiet,
  };
  const words = {
    begun: (before?: number) => memory.keep({ began, ...(before === undefined ? {} : { before }) }),
    ended: () => memory.keep({ ended: true }),
    leave: () => leave(place, data.returnURL),
  };
  return new RecordDriver(world, visit, { ...dialect(scene, data), ...words }, course).start();
}

/** What a session needs, as far as it is not known from before a reload; null where the platform does not give it. */
async function enter(world: World, memory: Memory, launch: Launch): Promise<Terms | null> {
  const token = memory.now?.token ?? (await fetchToken(world, launch.fetch));
  if (!token) return null;
  memory.keep({ token });
  const store = new Store(world, launch.endpoint, `Basic ${token}`);
  const data = memory.now?.data ?? (await launchData(world, store, launch));
  if (!data) return null;
  memory.keep({ data });
  const isQuiet = memory.now?.isQuiet ?? (await prefersQuiet(world, store, launch));
  if (isQuiet === null) return null;
  memory.keep({ isQuiet });
  return { store, data, isQuiet };
}

function read(query: string): Launch | null {
  const given = new URLSearchParams(query);
  const param = (name: string): string => given.get(name) ?? "";
  const actor = parse(param("actor")) as Fields | null;
  const [endpoint, fetch, registration, activityId] = [
    param("endpoint"),
    param("fetch"),
    param("registration"),
    param("activityId"),
  ];
  if (!/^https?:/.test(endpoint) || !fetch || !actor || !registration || !activityId) return null;
  return { endpoint: endpoint.endsWith("/") ? endpoint : `${endpoint}/`, fetch, actor, registration, activityId };
}

/** The session, kept in the window's own storage: a reload goes on with it. */
class Memory {
  private readonly key: string;
  private session: Session | null;

  constructor(
    private readonly kept: Shelf,
    launch: Launch,
  ) {
    this.key = `scormpack/cmi5/${launch.registration}/${checksum(launch.fetch)}`;
    this.session = parse(kept.get(this.key)) as Session | null;
  }

  get now(): Session | null {
    return this.session;
  }

  keep(more: Partial<Session>): void {
    this.session = { ...this.session, ...more };
    this.kept.set(this.key, JSON.stringify(this.session));
  }
}

/** The address works once. Where no answer came, or one of trouble, it may never have been reached: then once more. */
async function fetchToken(world: World, address: string): Promise<string | null> {
  const fits = (text: string): boolean => parse(text) !== null; // an error has the status 200, too
  const reply = await insist(world, () => request(world, address, { method: "POST" }, fits), isTrouble);
  const token = ok(reply) ? parse(reply!.text)?.["auth-token"] : null;
  return typeof token === "string" && token ? token : null;
}

async function launchData(world: World, store: Store, launch: Launch): Promise<Record<string, unknown> | null> {
  const query = { stateId: "LMS.LaunchData", ...about(launch) };
  const fits = (text: string): boolean => typeof parse(text)?.contextTemplate === "object";
  const reply = await insist(world, () => store.get("activities/state", query, fits), isTrouble);
  return ok(reply) ? parse(reply!.text) : null;
}

/** Whether the learner wants no sound; null where no answer came, because nothing may be said before one. */
async function prefersQuiet(world: World, store: Store, { actor }: Launch): Promise<boolean | null> {
  const query = { profileId: "cmi5LearnerPreferences", agent: JSON.stringify(actor) };
  const fits = (text: string): boolean => parse(text) !== null;
  const reply = await insist(world, () => store.get("agents/profile", query, fits), isTrouble);
  if (!reply || reply.status === FOREIGN) return null;
  return ok(reply) && parse(reply.text)?.audioPreference === "off";
}

/** An answer of trouble, or one that is not the platform's. */
function isTrouble({ status }: Reply): boolean {
  return status >= 500 || status === FOREIGN;
}

/** Ask again a few times, where no answer came or one that may change. */
async function insist(
  world: World,
  run: () => Promise<Reply | null>,
  passing: (reply: Reply) => boolean,
): Promise<Reply | null> {
  let reply = await run();
  for (let turn = 1; turn < TRIES && (!reply || passing(reply)); turn++) {
    await new Promise<void>((wake) => world.later(PAUSE * turn, wake));
    reply = await run();
  }
  return reply;
}

function about({ activityId, actor, registration }: Launch): Record<string, string> {
  return { activityId, agent: JSON.stringify(actor), registration };
}

/** The platform's template as it is, and what it leaves open. */
function context(launch: Launch, data: Record<string, unknown>, { language, version }: CourseFacts): Fields {
  const own: Fields = { ...(language ? { language } : {}), ...(version ? { revision: version } : {}) };
  return { ...own, ...((data.contextTemplate ?? {}) as Fields), registration: launch.registration };
}

/** The platform's pass mark: a share of one. */
function masteryOf({ masteryScore }: Record<string, unknown>): number | null {
  return typeof masteryScore === "number" && masteryScore >= 0 && masteryScore <= 1 ? masteryScore : null;
}

function sessionOf(context: Fields): string {
  return String((context.extensions as Fields | undefined)?.[SESSION] ?? "");
}

function dialect(scene: Scene, data: Record<string, unknown>): Omit<Dialect, "begun" | "ended" | "leave"> {
  const mastery = masteryOf(data);
  return {
    context: ({ verb }) => {
      if (!DEFINED.includes(verb)) return scene.context;
      const context = within(scene.context, { category: categories(verb) });
      if (mastery === null || !["passed", "failed"].includes(verb)) return context;
      return { ...context, extensions: { ...(context.extensions as Fields | undefined), [MASTERY]: mastery } };
    },
    module: () => launched(scene), // what it is called is for the platform to say
    last: () => "terminated",
    // A course can be failed by one question that has to be right, whatever the score: then the score is left out.
    allows: (scaled, passed) => mastery === null || scaled >= mastery === passed,
    inTurn: true,
    adopt: (left, now) => adopt(scene, left, now),
  };
}

function categories(verb: Verb): Fields[] {
  const names = JUDGED.includes(verb) ? ["cmi5", "moveon"] : ["cmi5"];
  return names.map((name) => ({ objectType: "Activity", id: `${CMI5}/categories/${name}` }));
}

/**
 * A session that was broken off takes nothing more: its answers go into this one, and are said after it has begun; an
 * extension has the time at which they were given. Judgements are made anew.
 */
function adopt(scene: Scene, left: Statement, now: number): Statement | null {
  const verb = left.verb.id.slice(left.verb.id.lastIndexOf("/") + 1) as Verb;
  if (DEFINED.includes(verb)) return null;
  const { parent, other = [] } = (left.context?.contextActivities ?? {}) as Record<string, Fields[]>;
  const around = { ...(parent ? { parent: [launched(scene)] } : {}), ...(other.length ? { other } : {}) };
  const context = within(scene.context, { ...around, grouping: [provider(scene)] });
  const happened = extension(scene, "happened");
  const extensions = { [happened]: left.timestamp, ...pick(left.context?.extensions, happened) };
  return {
    ...left,
    timestamp: moment(now),
    actor: scene.actor,
    object: parent ? left.object : launched(scene),
    context: { ...context, extensions: { ...(context.extensions as Fields | undefined), ...extensions } },
  };
}

/** One of the fields, if it is there. */
function pick(fields: Json | undefined, name: string): Fields {
  const value = (fields as Fields | undefined)?.[name];
  return value === undefined ? {} : { [name]: value };
}

/** Back to where the learner came from: only to a page, never to what runs as a script. */
function leave(place: Place, address: unknown): void {
  if (isPage(address)) place.go(address);
}

function isPage(address: unknown): address is string {
  return typeof address === "string" && /^https?:\/\//i.test(address);
}

export const connect: Connect = (course) => {
  const go = (address: string): void => location.assign(address);
  const place = { query: location.search, session: shelf(() => sessionStorage), go };
  return open(browser(), place, course);
};
