// The drivers that talk with a record store: what arrives there, whatever happens on the way.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { Attempt, RESULT } from "../../src/scormpack/player/attempt";
import type { Answer, Bookmark, Driver, Standing } from "../../src/scormpack/player/driver";
import { decode, encode, type Given, type State } from "../../src/scormpack/player/state";
import { unite } from "../../src/scormpack/player/unite";
import { open as openCmi5 } from "../../src/scormpack/targets/cmi5/driver";
import { agent } from "../../src/scormpack/targets/record_store/agent";
import { duration } from "../../src/scormpack/targets/record_store/statements";
import { claimed, shelf } from "../../src/scormpack/targets/record_store/world";
import { credentials, open as openXapi } from "../../src/scormpack/targets/xapi/driver";
import { COURSE, TASKS } from "./course";
import { Clock, Device, FakeStorage, FakeStore, type Fault, type Told } from "./fake_store";

const PAGES = COURSE.pages;
const ACTOR = { objectType: "Agent", account: { homePage: "https://work.example", name: "ada" } };
const REGISTRATION = "5d4b8b52-1f5f-4a3b-9a44-0c5d7b5c9d01";
const ACTIVITY = COURSE.activity;
const SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid";
const CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/";

/** A learner with a course before them, as main.ts brings the two together. */
class Learner {
  readonly signs: Standing[] = [];
  readonly attempt: Attempt;

  constructor(
    readonly driver: Driver,
    readonly clock: Clock,
    attempts = 0,
  ) {
    this.attempt = new Attempt(PAGES, TASKS, { passMark: 80, attempts }, () => 20_000);
    if (driver.bookmark) this.takeUp(driver.bookmark);
    if (driver.passMark !== null) this.attempt.setPassMark(driver.passMark);
    driver.watch({
      stand: (standing) => this.signs.push(standing),
      recall: (bookmark) => {
        this.takeUp(bookmark);
        driver.save(this.attempt.progress());
      },
    });
  }

  private takeUp(bookmark: Bookmark): void {
    this.attempt.restore(bookmark.state);
    this.attempt.honour(bookmark.complete, bookmark.success === "passed", bookmark.score);
  }

  see(...pages: string[]): this {
    for (const page of pages) {
      this.attempt.see(page);
      this.driver.see?.({ page, title: `Page ${page}`, seconds: 7.5, at: this.clock.time });
      this.driver.save(this.attempt.progress());
    }
    return this;
  }

  answer(id: string, key: string): this {
    const { right } = this.attempt.answer(id, key);
    this.driver.record(choice(id, key, right));
    this.driver.save(this.attempt.progress());
    return this;
  }

  leave(how: "button" | "gone" = "button"): void {
    this.driver.end(this.attempt.progress(), how);
  }

  get sign(): Standing {
    return this.signs[this.signs.length - 1]!;
  }
}

function choice(id: string, key: string, right: boolean | null): Answer {
  const items = [..."abcd"].map((each) => ({ key: each, label: `Option ${each}` }));
  const chosen = items.filter((item) => item.key === key);
  return {
    id,
    kind: "choice",
    prompt: "Which?",
    response: [chosen],
    correct: [[items[0]!]],
    offered: [items],
    right,
    seconds: 3.456,
  };
}

/** All that a test holds in its hands. */
class Scene {
  readonly clock = new Clock();
  readonly store = new FakeStore();
  device = new Device(this.clock, this.store);
  went: string[] = [];
  actor: object = ACTOR;
  page = this.device.page();

  async xapi(more: Record<string, string> = {}, device = this.device, course = COURSE): Promise<Learner> {
    this.page = device.page();
    const query = {
      endpoint: "https://lrs.example/lrs",
      auth: "abc",
      actor: JSON.stringify(this.actor),
      registration: REGISTRATION,
      ...more,
    };
    return this.until(openXapi(this.page, `?${new URLSearchParams(query).toString()}`, course));
  }

  async cmi5(
    data: object = {},
    session = "s1",
    attempts = 0,
    activityId = "https://lms.example/activity/7",
  ): Promise<Learner> {
    this.page = this.device.page();
    this.store.launchData = {
      contextTemplate: {
        extensions: { [SESSION]: session },
        contextActivities: { grouping: [{ id: "https://lms.example/publisher" }] },
      },
      launchMode: "Normal",
      moveOn: "CompletedAndPassed",
      returnURL: "https://lms.example/back",
      ...data,
    };
    const query = new URLSearchParams({
      endpoint: "https://lrs.example/lrs/",
      fetch: `https://lrs.example/lrs/fetch?${session}`,
      actor: JSON.stringify(this.actor),
      registration: REGISTRATION,
      activityId,
    });
    const place = {
      query: `?${query.toString()}`,
      session: this.device.session,
      go: (address: string) => void this.went.push(address),
    };
    return this.until(openCmi5(this.page, place, COURSE), attempts);
  }

  private async until(connecting: Promise<Driver>, attempts = 0): Promise<Learner> {
    let driver: Driver | null = null;
    void connecting.then((made) => (driver = made));
    for (let turn = 0; !driver && turn < 200; turn++) await this.clock.pass(1);
    return new Learner(driver!, this.clock, attempts);
  }

  get state(): State {
    return decode((JSON.parse(this.store.documents.get("scormpack")!) as { state: string }).state)!;
  }
}

function last<T>(list: readonly T[]): T {
  return list[list.length - 1]!;
}

// Tin Can

/** One who has answered nothing yet, and a score that a platform could ask for. */
function scored(learner: Learner, score: number): void {
  learner.driver.save({ ...learner.attempt.progress(), success: "passed", score });
}

test("a whole visit leaves its statements, in order, and the state", async () => {
  const scene = new Scene();
  const learner = await scene.xapi();
  learner.see("one").answer("q1", "b").answer("q1", "a").answer("q2", "a").see("two", "three", "one");
  await scene.clock.pass(5);
  assert.equal(learner.sign, "saved");
  learner.leave();
  await scene.clock.pass(5);
  assert.deepEqual(scene.store.verbs, [
    ..."initialized experienced progressed answered progressed answered answered progressed passed".split(" "),
    ..."experienced progressed experienced progressed completed terminated".split(" "),
  ]);
  assert.equal(scene.state.passed && scene.state.complete, true);
  assert.equal(learner.sign, "saved");
  const [kept = "", ...more] = scene.device.storage.texts.keys();
  assert.match(kept, new RegExp(`^scormpack/store/${REGISTRATION}/[^/]+/copy$`));
  assert.deepEqual(more, []);
});

test("what a visit judged is not judged again", async () => {
  const scene = new Scene();
  (await scene.xapi())
    .answer("q1", "a")
    .answer("q2", "a")
    .see(...PAGES)
    .leave();
  await scene.clock.pass(5);
  for (const device of [scene.device, new Device(scene.clock, scene.store, "b")]) {
    const again = await scene.xapi({}, device);
    assert.deepEqual([again.driver.bookmark!.complete, again.driver.bookmark!.success], [true, "passed"]);
    again
      .answer("q1", "b")
      .see(...PAGES)
      .leave();
    await scene.clock.pass(5);
  }
  const judged = scene.store.verbs.filter((verb) => ["passed", "completed", "failed"].includes(verb));
  assert.deepEqual(judged.sort(), ["completed", "passed"]);
});

test("left half-way is suspended", async () => {
  const scene = new Scene();
  (await scene.xapi()).see("one").leave("gone");
  await scene.clock.pass(1);
  assert.equal(last(scene.store.verbs), "suspended");
});

test("progress is told only when it has grown", async () => {
  const scene = new Scene();
  const learner = await scene.xapi();
  learner.see("one", "one", "one").answer("q1", "b").answer("q1", "a").leave();
  await scene.clock.pass(5);
  const told = scene.store.told.filter(({ verb }) => verb.id.endsWith("progressed"));
  const values = told.map(
    ({ result }) => result.extensions["https://w3id.org/xapi/cmi5/result/extensions/progress"] as number,
  );
  assert.deepEqual(values, [20, 40]);
});

test("no statement has nothing in it, and every one says who, when and in which launch", async () => {
  const scene = new Scene();
  (await scene.xapi())
    .see(...PAGES)
    .answer("q1", "a")
    .answer("q2", "b")
    .leave();
  await scene.clock.pass(5);
  const empty = (value: unknown): boolean =>
    value === null ||
    value === undefined ||
    (typeof value === "object" && (!Object.keys(value).length || Object.values(value).some(empty)));
  assert.ok(scene.store.told.length > 8);
  for (const each of scene.store.told) {
    assert.equal(empty(each), false, JSON.stringify(each));
    assert.deepEqual(each.actor, ACTOR);
    assert.match(each.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(each.context.registration, REGISTRATION);
    assert.equal(each.context.revision, "1.2.0");
    if (each.result?.duration) assert.match(each.result.duration, /^PT\d+(\.\d{1,2})?S$/);
  }
  assert.equal(new Set(scene.store.told.map(({ id }) => id)).size, scene.store.told.length);
});

test("the launch's activity is the module, and pages and tasks stay below our own", async () => {
  const scene = new Scene();
  (await scene.xapi({ activity_id: "https://lms.example/a" })).see("one").answer("q1", "a").leave();
  await scene.clock.pass(5);
  const ids = new Set(scene.store.told.map(({ object }) => object.id as string));
  assert.deepEqual([...ids], ["https://lms.example/a", `${ACTIVITY}/pages/one`, `${ACTIVITY}/tasks/q1`]);
  assert.deepEqual(scene.store.told[1]!.context.contextActivities.parent, [
    { objectType: "Activity", id: "https://lms.example/a" },
  ]);
});

test("a launch's own parameters go back, and not to a store that refuses them", async () => {
  const scene = new Scene();
  const fetch = scene.store.fetch;
  await scene.xapi({ extra: "1" });
  assert.equal(scene.store.asked[0]!.query.get("extra"), "1");
  scene.store.fetch = async (url, init) =>
    url.includes("extra") ? new Response("", { status: 400 }) : fetch(url, init);
  const learner = await scene.xapi({ extra: "1" });
  await scene.clock.pass(5);
  assert.equal(learner.sign, "saved");
});

test("without a store, somebody to name or an activity nobody keeps anything", async () => {
  const scene = new Scene();
  for (const more of [
    { endpoint: "" },
    { actor: "" },
    { actor: "{}" },
    { actor: "[" },
    { endpoint: "javascript:1" },
  ]) {
    assert.equal((await scene.xapi(more)).driver.keeper, "nobody");
  }
  assert.equal(scene.store.asked.length, 0);
});

test("an actor in any form becomes one in today's", () => {
  const forms = [
    { objectType: "Agent", name: "Ada", account: { homePage: "https://h.example", name: "ada" } },
    { name: ["Ada"], account: [{ accountServiceHomePage: "https://h.example", accountName: "ada" }] },
    { objectType: "Person", name: ["Ada"], account: [{ homePage: "https://h.example", name: "ada" }] },
  ];
  for (const form of forms) assert.deepEqual(agent(JSON.stringify(form)), { ...forms[0], objectType: "Agent" });
  const mail = { objectType: "Agent", mbox: "mailto:a@b.example" };
  for (const mbox of ["mailto:a@b.example", ["mailto:a@b.example"], "a@b.example"]) {
    assert.deepEqual(agent(JSON.stringify({ mbox })), mail);
  }
  for (const none of ["", "null", "{}", "7", '{"mbox":[]}', '{"account":[{}]}']) assert.equal(agent(none), null);
  const account = (name: unknown, homePage: unknown = "https://h.example"): object | null =>
    agent(JSON.stringify({ account: { homePage, name } }));
  assert.deepEqual(account(7), { objectType: "Agent", account: { homePage: "https://h.example", name: "7" } });
  for (const none of [{}, [], { id: "ada" }, ["ada"], true, null]) assert.equal(account(none), null);
  for (const none of [{}, ["https://h.example"], true]) assert.equal(account("ada", none), null);
});

test("credentials are whole, whatever an address has made of them", () => {
  assert.deepEqual(["abc", "Basic abc", "Basic a b=", "Bearer x", ""].map(credentials), [
    "Basic abc",
    "Basic abc",
    "Basic a+b=",
    "Bearer x",
    "",
  ]);
});

test("a duration has two decimals at most", () => {
  assert.deepEqual([0, 1, 61.239, 3600.5, -3].map(duration), ["PT0S", "PT1S", "PT61.24S", "PT3600.5S", "PT0S"]);
});

// Trouble

const fault = fc.constantFrom<Fault>("fine", "fine", "lost", "unheard", "silent", "page", "away", 404, 429, 500, 503);
const step = fc.oneof(
  fc.record({ see: fc.constantFrom(...PAGES) }),
  fc.record({ id: fc.constantFrom("q1", "q2"), key: fc.constantFrom("a", "b") }),
  fc.record({ wait: fc.integer({ min: 0, max: 30 }) }),
  fc.constant({ reload: true }),
  fc.constant({ wake: true }),
);

test("whatever goes wrong, everything arrives once and in order when it is over", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.array(fault, { maxLength: 25 }),
      fc.boolean(),
      async (steps, faults, tags) => {
        const scene = new Scene();
        scene.store.tags = tags;
        scene.store.faults = [...faults];
        let learner = await scene.xapi();
        const made: string[] = [];
        for (const each of steps) {
          if ("see" in each) learner.see(each.see);
          else if ("id" in each) {
            made.push(each.id + each.key);
            learner.answer(each.id, each.key);
          } else if ("wait" in each) await scene.clock.pass(each.wait);
          else if ("wake" in each) scene.page.wake();
          else {
            scene.page.close(); // a crash: nothing is said
            learner = await scene.xapi();
          }
        }
        await scene.clock.pass(3600);
        learner.driver.save(learner.attempt.progress()); // as the next page that is turned
        await scene.clock.pass(3600);
        assert.equal(learner.sign, "saved");
        const { told } = scene.store;
        const answers = told.filter(({ verb }) => verb.id.endsWith("answered"));
        assert.deepEqual(
          answers.map(({ object, result }) => (object.id as string).slice(-2) + (result.response as string)),
          made,
        );
        assert.equal(new Set(told.map(({ id }) => id)).size, told.length);
        const times = told.map(({ timestamp }) => timestamp as string);
        assert.deepEqual(times, [...times].sort());
        for (const verb of ["passed", "completed"]) {
          assert.ok(scene.store.verbs.filter((each) => each === verb).length <= 1);
        }
        assert.equal(scene.store.verbs.includes("passed"), learner.attempt.passed);
        const progress = learner.attempt.progress();
        if (steps.some((each) => "see" in each || "id" in each))
          assert.deepEqual(scene.state, decode(progress.state));
      },
    ),
    { numRuns: 150 },
  );
});

test("without signal it says so, keeps all on the device, and sends it on the next visit", async () => {
  const scene = new Scene();
  const learner = await scene.xapi();
  await scene.clock.pass(2);
  scene.store.faults = Array<Fault>(50).fill("lost");
  learner.see("one").answer("q1", "a");
  await scene.clock.pass(10);
  assert.equal(learner.sign, "waiting");
  learner.leave();
  await scene.clock.pass(1);
  assert.equal(learner.sign, "waiting");
  scene.page.close();
  scene.store.faults = [];
  await scene.xapi();
  await scene.clock.pass(5);
  assert.deepEqual(scene.store.verbs.slice(-5), "answered progressed suspended initialized resumed".split(" "));
  assert.deepEqual([scene.state.seen, scene.state.answers.get("q1")?.response], [["one"], "a"]);
});

test("a bookmark has what is on record, and a judgement that waits is made once all the same", async () => {
  const scene = new Scene();
  const learner = await scene.xapi();
  await scene.clock.pass(2);
  scene.store.faults = Array<Fault>(99).fill("lost");
  learner
    .answer("q1", "a")
    .answer("q2", "a")
    .see(...PAGES);
  scene.page.close();
  const again = await scene.xapi();
  assert.deepEqual([again.driver.bookmark!.complete, again.driver.bookmark!.success], [false, "unknown"]);
  assert.deepEqual([again.attempt.complete, again.attempt.passed], [true, true]);
  again.see("one");
  scene.store.faults = [];
  await scene.clock.pass(120);
  assert.deepEqual([again.driver.bookmark!.complete, again.driver.bookmark!.success], [true, "passed"]);
  assert.deepEqual([scene.store.said("passed").length, scene.store.said("completed").length], [1, 1]);
});

test("signal that comes back is used at once", async () => {
  const scene = new Scene();
  const learner = await scene.xapi();
  scene.store.faults = Array<Fault>(99).fill("lost");
  learner.see("one");
  await scene.clock.pass(100);
  scene.store.faults = [];
  const before = scene.store.asked.length;
  scene.page.wake();
  await scene.clock.pass(1);
  assert.ok(scene.store.asked.length > before);
  assert.equal(learner.sign, "saved");
});

test("a store that asks for time gets it before it is asked again", async () => {
  const scene = new Scene();
  const learner = await scene.xapi();
  await scene.clock.pass(2);
  scene.store.faults = [429];
  learner.see("one");
  await scene.clock.pass(6);
  assert.equal(learner.sign, "waiting");
  await scene.clock.pass(2);
  assert.equal(learner.sign, "saved");
});

test("a store that asks for time gets it, also when the learner comes back", async () => {
  const scene = new Scene();
  const learner = await scene.xapi();
  await scene.clock.pass(2);
  scene.store.faults = [429];
  learner.see("one");
  await scene.clock.pass(1);
  const before = scene.store.asked.length;
  scene.page.wake();
  await scene.clock.pass(4);
  assert.equal(scene.store.asked.length, before);
  await scene.clock.pass(4);
  assert.equal(learner.sign, "saved");
});

test("a browser that keeps no request alive sends all the same", async () => {
  const scene = new Scene();
  const { fetch } = scene.store;
  scene.store.fetch = (url, init) =>
    init.keepalive ? Promise.reject(new TypeError("not supported")) : fetch(url, init);
  const learner = await scene.xapi();
  learner.see("one").answer("q1", "a");
  await scene.clock.pass(1);
  assert.deepEqual([learner.sign, scene.store.verbs.includes("answered")], ["saved", true]);
});

test("an answer counts only if it can be the store's", async () => {
  const said = (text: string | null, status = 200) => new Response(text, { status });
  const answers: [method: string, path: string, make: (ids: string[]) => Response, isKept: boolean][] = [
    ["POST", "statements", (ids) => said(JSON.stringify(ids)), true],
    ["POST", "statements", (ids) => said(JSON.stringify(ids.map((id) => id.toUpperCase()))), true],
    ["POST", "statements", (ids) => said(JSON.stringify(ids.slice(1))), false],
    ["POST", "statements", () => said('{"message": "Please log in"}'), false],
    ["POST", "statements", () => said("<html><body>Log in</body></html>"), false],
    ["POST", "statements", () => said("", 200), false],
    ["POST", "statements", () => said(null, 204), true], // no page has no content; ralph says so of what it has
    ["PUT", "activities/state", () => said(null, 204), true],
    ["PUT", "activities/state", () => said(""), true],
    ["PUT", "activities/state", () => said("OK"), true],
    ["PUT", "activities/state", () => said("\n<!DOCTYPE html><html></html>"), false],
    ["GET", "activities/state", () => said(null, 404), true],
    ["GET", "activities/state", () => said("<html><body>404</body></html>", 404), true],
    ["GET", "activities/state", () => said('{"state": "", "kept": "", "percent": 0}'), true],
    ["GET", "activities/state", () => said("{}"), false],
    ["GET", "activities/state", () => said('{"error": "session"}'), false],
    ["GET", "activities/state", () => said("<html></html>"), false],
  ];
  for (const [method, path, make, isKept] of answers) {
    const scene = new Scene();
    const { fetch } = scene.store;
    scene.store.fetch = async (url, init) => {
      if (init.method !== method || !url.includes(`/${path}`)) return fetch(url, init);
      return make(method === "POST" ? (JSON.parse(String(init.body)) as Told[]).map(({ id }) => id) : []);
    };
    const learner = await scene.xapi();
    learner.see("one");
    await scene.clock.pass(60);
    assert.equal(learner.sign, isKept ? "saved" : "waiting", `${method} ${path} ${make(["x"]).status}`);
    const waits = [...scene.device.storage.texts.keys()].filter((key) => !key.endsWith("/copy"));
    assert.equal(waits.length > 0, !isKept);
  }
});

test("another address than the one that was asked is not the store", async () => {
  for (const [answering, isKept] of [
    ["https://lrs.example/lrs/statements", true],
    ["https://login.example/lrs/statements", false],
    ["https://lrs.example/login", false],
  ] as const) {
    const scene = new Scene();
    const { fetch } = scene.store;
    scene.store.fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (!url.endsWith("/statements")) return response;
      return Object.defineProperties(response, { redirected: { value: true }, url: { value: answering } });
    };
    const learner = await scene.xapi({ endpoint: "http://lrs.example/lrs" });
    learner.see("one");
    await scene.clock.pass(60);
    assert.equal(learner.sign, isKept ? "saved" : "waiting", answering);
  }
});

test("a store that has a statement already has it, whatever it was and however it says so", async () => {
  for (const [verb, status] of ["initialized", "experienced", "answered", "progressed", "passed"].flatMap((verb) =>
    [403, 409].map((status) => [verb, status] as const),
  )) {
    const scene = new Scene();
    const isIt = (each: { verb: { id: string } }): boolean => each.verb.id.endsWith(`/${verb}`);
    scene.store.bad = (each) => (isIt(each) && scene.store.told.some(({ id }) => id === each.id) ? status : 0);
    const { fetch } = scene.store;
    let heard = false;
    scene.store.fetch = async (url, init) => {
      const response = await fetch(url, init);
      const isFirst = !heard && init.method === "POST" && String(init.body).includes(`/${verb}"`);
      heard ||= isFirst;
      if (isFirst) throw new TypeError("the answer was lost");
      return response;
    };
    const learner = await scene.cmi5();
    learner.see("one").answer("q1", "a").answer("q2", "a");
    await scene.clock.pass(30);
    assert.equal(learner.sign, "saved", `${verb} ${status}`);
    assert.deepEqual([heard, scene.store.said(verb).length > 0], [true, true]);
    assert.equal(new Set(scene.store.told.map(({ id }) => id)).size, scene.store.told.length);
  }
});

test("a store that shows another statement under an id has not taken ours", async (t) => {
  const warned = t.mock.method(console, "warn", () => undefined);
  for (const [verb, sign] of [
    ["answered", "saved"],
    ["passed", "unsaved"],
  ] as const) {
    const scene = new Scene();
    scene.store.bad = (each) => {
      if (!each.verb.id.endsWith(`/${verb}`)) return 0;
      scene.store.told.push({ ...each, object: { ...each.object, id: "https://other.example/thing" } });
      return 409;
    };
    const learner = await scene.xapi();
    learner.answer("q1", "a");
    if (verb === "passed") learner.answer("q2", "a");
    await scene.clock.pass(10);
    assert.equal(learner.sign, sign);
    assert.equal(scene.store.documents.get("scormpack")!.includes('"kept":"p"'), false);
  }
  assert.equal(warned.mock.callCount(), 2);
});

test("what is asked of the store about a refusal is waited for", async () => {
  for (const status of [403, 409]) {
    const scene = new Scene();
    const learner = await scene.xapi();
    await scene.clock.pass(2);
    scene.store.bad = ({ verb }) => (verb.id.endsWith("/experienced") ? status : 0);
    const { fetch } = scene.store;
    scene.store.fetch = (url, init) =>
      url.includes("statementId") ? Promise.resolve(new Response("", { status: 503 })) : fetch(url, init);
    learner.see("one");
    await scene.clock.pass(10);
    assert.equal(learner.sign, "waiting");
    scene.store.bad = () => 0;
    await scene.clock.pass(60);
    assert.deepEqual([learner.sign, scene.store.said("experienced").length], ["saved", 1]);
  }
});

test("one statement that is wrong holds up no other", async (t) => {
  const warned = t.mock.method(console, "warn", () => undefined);
  const scene = new Scene();
  const learner = await scene.xapi();
  scene.store.bad = ({ object }) => ((object as { id: string }).id.endsWith("/q1") ? 400 : 0);
  learner.see("one").answer("q1", "a").answer("q2", "a").see("two");
  await scene.clock.pass(10);
  assert.deepEqual(scene.store.verbs.filter((verb) => verb === "answered").length, 1);
  assert.equal(scene.store.verbs.filter((verb) => verb === "experienced").length, 2);
  assert.deepEqual([learner.sign, warned.mock.callCount()], ["saved", 1]);
});

test("a judgement that is refused is never called saved", async (t) => {
  t.mock.method(console, "warn", () => undefined);
  const scene = new Scene();
  const learner = await scene.xapi();
  scene.store.bad = ({ verb }) => (verb.id.endsWith("passed") ? 400 : 0);
  learner.answer("q1", "a").answer("q2", "a");
  await scene.clock.pass(10);
  assert.equal(learner.sign, "unsaved");
});

test("a store that refuses the launch is left alone, and everything waits", async () => {
  const scene = new Scene();
  const learner = await scene.xapi();
  await scene.clock.pass(2);
  scene.store.allowed = false;
  learner.see("one");
  await scene.clock.pass(2);
  const before = scene.store.asked.length;
  learner.see("two");
  await scene.clock.pass(600);
  assert.equal(scene.store.asked.length, before);
  assert.equal(learner.sign, "refused");
  scene.store.allowed = true;
  scene.page.close();
  await scene.xapi();
  await scene.clock.pass(5);
  assert.equal(scene.store.verbs.filter((verb) => verb === "experienced").length, 2);
});

test("a judgement that a platform has already, and takes once only, counts as taken", async () => {
  const scene = new Scene();
  (await scene.cmi5())
    .answer("q1", "a")
    .answer("q2", "a")
    .see(...PAGES)
    .leave();
  await scene.clock.pass(5);
  scene.store.documents.delete("scormpack"); // as if the phone had gone dead before it was noted
  const once = new Set(["completed", "passed"]);
  scene.store.bad = ({ verb, id }) =>
    once.has(verb.id.split("/").pop()!) && !scene.store.told.some((each) => each.id === id) ? 403 : 0;
  scene.device = new Device(scene.clock, scene.store, "b");
  scene.store.fetched = 0;
  const again = await scene.cmi5({}, "s2");
  again
    .answer("q1", "a")
    .answer("q2", "a")
    .see(...PAGES);
  await scene.clock.pass(5);
  assert.equal(again.sign, "saved");
  again.leave();
  await scene.clock.pass(5);
  assert.equal(last(scene.store.verbs), "terminated");
  assert.equal(scene.store.verbs.filter((verb) => once.has(verb)).length, 2);
});

test("without storage everything works from memory, and is not called kept", async () => {
  const scene = new Scene();
  scene.device.storage.full = true;
  const learner = await scene.xapi();
  scene.store.faults = Array<Fault>(9).fill("lost");
  learner.see("one").answer("q1", "a");
  await scene.clock.pass(1);
  assert.equal(learner.sign, "unsaved");
  await scene.clock.pass(600);
  assert.equal(learner.sign, "saved");
  assert.equal(scene.store.verbs.includes("answered"), true);
});

test("a page that may not send conditions saves all the same", async () => {
  const scene = new Scene();
  scene.store.conditions = false;
  const learner = await scene.xapi();
  learner.see("one");
  await scene.clock.pass(5);
  learner.see("two");
  await scene.clock.pass(5);
  assert.equal(learner.sign, "saved");
  assert.deepEqual(scene.state.seen, ["one", "two"]);
});

test("two devices lose nothing of each other", async () => {
  const scene = new Scene();
  const phone = await scene.xapi();
  const tablet = await scene.xapi({}, new Device(scene.clock, scene.store, "b"));
  phone.see("one").answer("q1", "a");
  await scene.clock.pass(5);
  tablet.see("three").answer("q2", "b");
  await scene.clock.pass(5);
  phone.see("two");
  await scene.clock.pass(5);
  assert.deepEqual([...scene.state.seen], PAGES);
  assert.deepEqual([...scene.state.answers.keys()], ["q1", "q2"]);
  assert.equal(tablet.attempt.isSeen("one"), true);
});

test("two tabs send nothing twice and lose nothing", async () => {
  const scene = new Scene();
  const one = await scene.xapi();
  const other = await scene.xapi();
  one.see("one").answer("q1", "a");
  other.see("three").answer("q2", "a");
  await scene.clock.pass(30);
  const ids = scene.store.asked
    .filter(({ path }) => path === "statements")
    .flatMap(({ body }) => (JSON.parse(body) as { id: string }[]).map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual([one.sign, other.sign, scene.state.seen], ["saved", "saved", ["one", "three"]]);
});

test("tabs and devices together lose nothing and say nothing twice, whatever goes wrong", async () => {
  const deed = fc.tuple(
    fc.integer({ min: 0, max: 2 }),
    fc.oneof(
      fc.constantFrom(...PAGES),
      fc.constantFrom("q1", "q2").map((id) => `${id}=a`),
      fc.constant(""),
    ),
    fc.integer({ min: 0, max: 5 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { maxLength: 14 }),
      fc.array(fault, { maxLength: 25 }),
      fc.boolean(),
      async (deeds, faults, conditions) => {
        const scene = new Scene();
        scene.store.conditions = conditions;
        const learners = [
          await scene.xapi(),
          await scene.xapi(),
          await scene.xapi({}, new Device(scene.clock, scene.store, "b")),
        ];
        scene.store.faults = [...faults];
        for (const [who, what, wait] of deeds) {
          const [id = "", key] = what.split("=");
          if (key) learners[who]!.answer(id, key);
          else if (what) learners[who]!.see(what);
          await scene.clock.pass(wait);
        }
        await scene.clock.pass(3600);
        const { told, verbs } = scene.store;
        const done = deeds.map(([, what]) => what);
        assert.deepEqual(
          learners.map(({ sign }) => sign),
          ["saved", "saved", "saved"],
        );
        assert.equal(new Set(told.map(({ id }) => id)).size, told.length);
        assert.equal(
          verbs.filter((verb) => verb === "answered").length,
          done.filter((what) => what.includes("=")).length,
        );
        if (!conditions || !done.some(Boolean)) return; // then the last one who writes is right, as on any platform
        assert.deepEqual(
          scene.state.seen,
          PAGES.filter((page) => done.includes(page)),
        );
        assert.deepEqual(
          [...scene.state.answers.keys()],
          ["q1", "q2"].filter((id) => done.includes(`${id}=a`)),
        );
      },
    ),
    { numRuns: 100 },
  );
});

test("without locks a claim in the storage does, until its owner is gone", async () => {
  const one = new FakeStorage();
  const both = shelf(() => one);
  let now = 0;
  const inner = await claimed(
    both,
    "lock",
    () =>
      claimed(
        both,
        "lock",
        () => Promise.resolve(1),
        "b",
        () => now,
      ),
    "a",
    () => now,
  );
  assert.equal(inner, null);
  assert.equal(
    await claimed(
      both,
      "lock",
      () => Promise.resolve(2),
      "b",
      () => now,
    ),
    2,
  );
  one.setItem("lock", "a 60000");
  now = 60_001;
  assert.equal(
    await claimed(
      both,
      "lock",
      () => Promise.resolve(3),
      "b",
      () => now,
    ),
    3,
  );
});

// cmi5

test("a session begins as the standard wants it", async () => {
  const scene = new Scene();
  await scene.cmi5();
  await scene.clock.pass(2);
  const asked = scene.store.asked.map(({ method, path, query }) =>
    `${method} ${path} ${query.get("stateId") ?? query.get("profileId") ?? ""}`.trim(),
  );
  assert.deepEqual(asked, [
    "POST fetch",
    "GET activities/state LMS.LaunchData",
    "GET agents/profile cmi5LearnerPreferences",
    "POST statements",
    "GET activities/state scormpack",
  ]);
  const [first] = scene.store.told;
  assert.equal(first!.verb.id, "http://adlnet.gov/expapi/verbs/initialized");
  assert.equal(first!.object.id, "https://lms.example/activity/7");
  assert.deepEqual(first!.context.contextActivities, {
    grouping: [
      { id: "https://lms.example/publisher" },
      {
        objectType: "Activity",
        id: "https://training.example/providers/ours",
        definition: { type: "http://activitystrea.ms/schema/1.0/organization", name: { en: "Our Care" } },
      },
    ],
    category: [{ objectType: "Activity", id: `${CATEGORY}cmi5` }],
  });
  assert.equal(scene.store.asked[1]!.headers.Authorization, "Basic dG9rZW4=");
});

test("a session says each word once, in its category, and nothing after the last", async () => {
  const scene = new Scene();
  const learner = await scene.cmi5({ masteryScore: 0.8 });
  learner
    .answer("q1", "b")
    .answer("q1", "a")
    .answer("q2", "a")
    .see(...PAGES);
  learner.leave();
  await scene.clock.pass(5);
  learner.see("one").answer("q1", "b");
  learner.leave("gone");
  await scene.clock.pass(60);
  const { told, verbs } = scene.store;
  assert.equal(verbs[0], "initialized");
  assert.equal(last(verbs), "terminated");
  for (const each of told) {
    const verb = each.verb.id.split("/").pop()!;
    const categories = ((each.context.contextActivities.category ?? []) as { id: string }[]).map(({ id }) =>
      id.slice(CATEGORY.length),
    );
    const judged = ["completed", "passed", "failed"].includes(verb);
    assert.deepEqual(
      categories,
      judged ? ["cmi5", "moveon"] : ["initialized", "terminated"].includes(verb) ? ["cmi5"] : [],
      verb,
    );
    assert.equal(each.context.extensions[SESSION], "s1");
    assert.equal(
      each.context.extensions["https://w3id.org/xapi/cmi5/context/extensions/masteryscore"],
      verb === "passed" ? 0.8 : undefined,
    );
    if (categories.length) assert.equal(each.object.id, "https://lms.example/activity/7");
    if (["completed", "passed", "terminated"].includes(verb)) assert.match(each.result.duration as string, /^PT/);
    for (const word of ["score", "success", "completion"]) {
      const belongs = { score: ["passed"], success: ["passed", "answered"], completion: ["completed"] }[word]!;
      assert.equal(word in (each.result ?? {}), belongs.includes(verb), `${verb} ${word}`);
    }
  }
  const requests = scene.store.asked.map(({ method, body }) =>
    method === "PUT" ? "state" : body.includes("/terminated") ? "last" : "",
  );
  assert.ok(requests.lastIndexOf("state") < requests.indexOf("last"));
  assert.equal(requests.length - 1, requests.indexOf("last"));
  assert.deepEqual(scene.went, ["https://lms.example/back"]);
});

test("a score that is equal to the mark is at the mark, whatever the decimals", async () => {
  const marks = Array.from({ length: 10_001 }, (_, index) => index);
  for (const mark of marks.filter((each) => each % 97 === 0 || each === 5_700 || each === 8_100)) {
    const scene = new Scene();
    scored(await scene.cmi5({ masteryScore: mark / 10_000 }), mark / 100);
    await scene.clock.pass(2);
    assert.deepEqual(
      scene.store.said("passed").map(({ result }) => result.score.scaled),
      [mark / 10_000],
    );
  }
});

test("a pass mark that is no share of one is none", async () => {
  for (const masteryScore of [80, -1, "0.8", null]) {
    assert.equal((await new Scene().cmi5({ masteryScore })).driver.passMark, null);
  }
});

test("a judgement says how long all sessions took, and the last word how long this one", async () => {
  for (const begin of ["xapi", "cmi5"] as const) {
    const scene = new Scene();
    const opened = scene.clock.time;
    const first = begin === "xapi" ? await scene.xapi() : await scene.cmi5();
    await scene.clock.pass(60);
    first.see("one").answer("q1", "a");
    await scene.clock.pass(40);
    first.leave();
    const before = (scene.clock.time - opened) / 1000;
    await scene.clock.pass(1000);
    scene.page.close();
    scene.store.fetched = 0;
    const began = scene.clock.time;
    const second = begin === "xapi" ? await scene.xapi() : await scene.cmi5({}, "s2");
    await scene.clock.pass(30);
    const again = begin === "xapi" ? second : await reload(scene, second);
    await scene.clock.pass(20);
    again.answer("q2", "a").see("two", "three");
    again.leave();
    const closed = begin === "xapi" ? 0 : 1; // the second in which it was loaded again
    const seconds = (scene.clock.time - began) / 1000 - closed;
    await scene.clock.pass(5);
    const durations = ["passed", "completed", begin === "xapi" ? "suspended" : "terminated", "terminated"].map(
      (verb) => scene.store.said(verb).map(({ result }) => Number(result.duration.slice(2, -1))),
    );
    const last =
      begin === "xapi"
        ? [[before], [seconds]]
        : [
            [before, seconds],
            [before, seconds],
          ];
    assert.deepEqual(durations, [[before + seconds], [before + seconds], ...last]);
  }
});

test("hours in the background are no time of learning", async () => {
  for (const begin of ["xapi", "cmi5"] as const) {
    const scene = new Scene();
    const learner = begin === "xapi" ? await scene.xapi() : await scene.cmi5();
    await scene.clock.pass(9 * 3600);
    scene.page.inSight = () => 42;
    learner.see("one", "two", "three").answer("q1", "a").answer("q2", "a");
    learner.leave();
    await scene.clock.pass(5);
    const said = ["completed", "passed", "terminated"].flatMap((verb) => scene.store.said(verb));
    assert.deepEqual(
      said.map(({ result }) => result.duration),
      ["PT42S", "PT42S", "PT42S"],
    );
  }
});

test("a name that is too long is cut between two signs", async () => {
  const scene = new Scene();
  const learner = await scene.xapi();
  learner.driver.record({ ...choice("q1", "a", true), prompt: `${"a".repeat(198)}👩👩👩` });
  await scene.clock.pass(5);
  const [answered] = scene.store.said("answered") as unknown as { object: { definition: { name: object } } }[];
  assert.deepEqual(Object.values(answered!.object.definition.name), [`${"a".repeat(198)}👩…`]);
});

async function reload(scene: Scene, learner: Learner): Promise<Learner> {
  learner.see("one");
  learner.leave("gone");
  await scene.clock.pass(1);
  scene.page.close();
  return scene.cmi5({}, "s2");
}

test("two tabs pass once", async () => {
  for (const seconds of [0, 1, 5]) {
    for (const lost of [0, 9]) {
      const scene = new Scene();
      const [one, other] = [await scene.xapi(), await scene.xapi()];
      await scene.clock.pass(seconds);
      scene.store.faults = Array<Fault>(lost).fill("lost");
      for (const tab of [one, other]) {
        tab
          .answer("q1", "a")
          .answer("q2", "a")
          .see(...PAGES);
        await scene.clock.pass(seconds);
      }
      await scene.clock.pass(200);
      const judged = scene.store.verbs.filter((verb) => ["passed", "completed"].includes(verb));
      assert.deepEqual(judged.sort(), ["completed", "passed"]);
    }
  }
});

test("what was done while connecting keeps its own time", async () => {
  for (const begin of ["xapi", "cmi5"] as const) {
    const scene = new Scene();
    scene.store.faults = Array<Fault>(2).fill("lost");
    const opened = scene.clock.time;
    const learner = await (begin === "xapi" ? scene.xapi() : scene.cmi5());
    const at = opened + 500;
    learner.driver.record({ ...choice("q1", "a", true), at });
    learner.driver.step!({ ...choice("story/start", "a", null), at: at + 100 });
    learner.driver.see!({ page: "one", title: "", seconds: 0.6, at: at + 200 });
    await scene.clock.pass(10);
    const times = scene.store.told.slice(0, 4).map(({ timestamp }) => Date.parse(timestamp) - opened);
    assert.deepEqual(times, [0, 500, 600, 700]);
  }
});

// What reports are made from

const HOME = "https://training.example";

test("an answer says what was asked, what it practises, which try it was, and how much hangs on it", async () => {
  const scene = new Scene();
  const course = { ...COURSE, tasks: [{ ...TASKS[0]!, critical: true }, TASKS[1]!] };
  const learner = await scene.xapi({}, scene.device, course);
  learner.answer("q1", "b").answer("q1", "a").answer("q2", "a");
  learner.leave();
  await scene.clock.pass(5);
  const again = await scene.xapi({}, new Device(scene.clock, scene.store, "b"), course);
  again.driver.record({ ...choice("q1", "a", true), objective: "who-to-call", prompt: "W".repeat(300) });
  again.driver.step!({ ...choice("story/start", "a", null), name: "At the door", rating: "unsafe" });
  await scene.clock.pass(5);
  const told = scene.store.said("answered");
  assert.deepEqual(
    told.map(({ result }) => result.extensions),
    [1, 2, 1, 3, null].map((number) =>
      number ? { [`${HOME}/extensions/try`]: number } : { [`${HOME}/extensions/rating`]: "unsafe" },
    ),
  );
  assert.deepEqual(
    told.map(({ object }) => object.definition.extensions?.[`${HOME}/extensions/critical`]),
    [true, true, undefined, true, undefined],
  );
  assert.deepEqual(
    told.map(({ object }) => object.definition.name),
    ["Which?", "Which?", "Which?", `${"W".repeat(199)}…`, "At the door"].map((en) => ({ en })),
  );
  assert.deepEqual(
    told.map(({ context }) => context.contextActivities.other),
    [
      undefined,
      undefined,
      undefined,
      [
        {
          objectType: "Activity",
          id: `${ACTIVITY}/objectives/who-to-call`,
          definition: {
            type: "http://adlnet.gov/expapi/activities/objective",
            name: { en: "Say who you call first." },
          },
        },
      ],
      undefined,
    ],
  );
});

test("every statement names the provider, and the first one says who that is", async () => {
  for (const begin of ["xapi", "cmi5"] as const) {
    const scene = new Scene();
    const learner =
      begin === "xapi" ? await scene.xapi({ grouping: "https://lms.example/course" }) : await scene.cmi5();
    learner.see("one").answer("q1", "a").leave();
    await scene.clock.pass(5);
    const groups = scene.store.told.map(({ context }) => context.contextActivities.grouping!);
    assert.ok(groups.length > 3 && groups.every(([first]) => first!.id.startsWith("https://lms.example/")));
    const [described, ...named] = groups.map(([, provider]) => provider);
    assert.deepEqual(described, {
      objectType: "Activity",
      id: `${HOME}/providers/ours`,
      definition: { type: "http://activitystrea.ms/schema/1.0/organization", name: { en: "Our Care" } },
    });
    for (const each of named) assert.deepEqual(each, { objectType: "Activity", id: `${HOME}/providers/ours` });
  }
});

test("a visit that goes on says so, and one that only looks again does not", async () => {
  for (const begin of ["xapi", "cmi5"] as const) {
    const scene = new Scene();
    const sessions: ((learner: Learner) => Learner)[] = [
      (learner) => learner,
      (learner) => learner.see("one"),
      (learner) => learner.answer("q1", "a").answer("q2", "a").see("two", "three"),
      (learner) => learner.see("one"),
    ];
    for (const [index, take] of sessions.entries()) {
      scene.store.fetched = 0;
      take(begin === "xapi" ? await scene.xapi() : await scene.cmi5({}, `s${index}`)).leave();
      await scene.clock.pass(5);
      scene.page.close();
    }
    const words = scene.store.verbs.filter((verb) => ["initialized", "resumed"].includes(verb));
    assert.deepEqual(words, "initialized initialized resumed initialized resumed initialized".split(" "), begin);
  }
});

test("a page says how long it was read", async () => {
  const scene = new Scene();
  (await scene.xapi()).see("one");
  await scene.clock.pass(2);
  const [seen] = scene.store.said("experienced");
  assert.deepEqual([seen!.result.duration, seen!.object.definition.name], ["PT7.5S", { en: "Page one" }]);
});

test("small steps of progress add up, also over visits, and the last one is told where it is the end", async () => {
  const scene = new Scene();
  for (const measure of [0.06, 0.12, 0.18, 0.24, 0.95, 1]) {
    const learner = await scene.xapi();
    learner.driver.save({ ...learner.attempt.progress(), measure });
    learner.driver.end({ ...learner.attempt.progress(), measure }, "button");
    await scene.clock.pass(5);
    scene.page.close();
  }
  const told = scene.store.said("progressed");
  const values = told.map(({ result }) => Object.values(result.extensions)[0]);
  assert.deepEqual(values, [12, 24, 95, 100]);
});

test("only a page is gone back to", async () => {
  const scene = new Scene();
  (await scene.cmi5({ returnURL: "javascript:alert(1)" })).leave();
  await scene.clock.pass(5);
  assert.deepEqual([scene.went, last(scene.store.verbs)], [[], "terminated"]);
});

test("a session has one verdict, and the next one may have a better", async () => {
  const scene = new Scene();
  const learner = await scene.cmi5();
  const progress = { ...learner.attempt.progress(), score: 40 };
  learner.driver.save({ ...progress, success: "failed" });
  learner.driver.save({ ...progress, success: "passed", score: 100 }); // what another device knew
  learner.leave();
  await scene.clock.pass(5);
  assert.deepEqual(scene.store.verbs, ["initialized", "failed", "terminated"]);
  scene.store.fetched = 0;
  const again = await scene.cmi5({}, "s2");
  again.driver.save({ ...progress, success: "passed", score: 100 });
  await scene.clock.pass(5);
  assert.deepEqual(scene.store.verbs.slice(3), ["initialized", "resumed", "passed"]);
});

test("before the first word is heard nothing else is said, and nothing is bundled with it", async () => {
  for (const fault of ["silent", "lost"] as const) {
    const scene = new Scene();
    scene.store.faults = Array<Fault>(3).fill("fine"); // token, launch data, preferences
    scene.store.faults.push(...Array<Fault>(20).fill(fault));
    const learner = await scene.cmi5();
    learner.see("one").answer("q1", "a").answer("q2", "a");
    await scene.clock.pass(2);
    scene.store.faults = [];
    learner.leave("gone");
    await scene.clock.pass(30);
    scene.page.close();
    assert.deepEqual(scene.store.verbs, fault === "lost" ? ["initialized"] : []);
    assert.ok(scene.store.sent.every((verbs) => verbs.join() === "initialized"));
    assert.equal(scene.store.documents.size, 0);
    scene.store.fetched = 0;
    await scene.cmi5({}, "s2"); // all of it was kept
    await scene.clock.pass(10);
    const later = scene.store.verbs.slice(scene.store.verbs.lastIndexOf("initialized"));
    assert.deepEqual(later, [
      ..."initialized experienced progressed answered progressed answered progressed resumed passed".split(" "),
    ]);
  }
});

test("the learner's name is what the launch gives as one, or nothing", async () => {
  for (const [name, shown] of [
    ["Ada Bello", "Ada Bello"],
    [{ first: "Ada" }, ""],
    [7, ""],
    [undefined, ""],
  ]) {
    const scene = new Scene();
    scene.actor = { ...ACTOR, name };
    assert.equal((await scene.cmi5()).driver.learner, shown);
    assert.equal((await scene.xapi()).driver.learner, shown);
  }
});

test("who looks around begins and ends, and nothing else", async () => {
  for (const launchMode of ["Browse", "Review"]) {
    const scene = new Scene();
    const learner = await scene.cmi5({ launchMode });
    assert.equal(learner.driver.keeper, "looking");
    learner
      .see(...PAGES)
      .answer("q1", "a")
      .answer("q2", "a")
      .leave();
    await scene.clock.pass(5);
    assert.deepEqual(scene.store.verbs, ["initialized", "terminated"]);
    assert.equal(scene.store.documents.size, 0);
    assert.deepEqual(scene.went, ["https://lms.example/back"]);
  }
});

test("a page that is loaded again goes on with its session", async () => {
  const scene = new Scene();
  (await scene.cmi5()).see("one");
  await scene.clock.pass(5);
  scene.page.close();
  const again = await scene.cmi5();
  assert.deepEqual(again.driver.bookmark!.state.includes("one"), true);
  again.see("two").leave();
  await scene.clock.pass(5);
  assert.equal(scene.store.fetched, 1);
  assert.equal(scene.store.verbs.filter((verb) => verb === "initialized").length, 1);
  const over = await scene.cmi5(); // it has ended
  assert.deepEqual([over.sign, scene.store.fetched], ["refused", 1]);
  assert.deepEqual(scene.went, ["https://lms.example/back", "https://lms.example/back"]);
});

test("a judgement that arrived as the page went away is not made again", async () => {
  const scene = new Scene();
  const learner = await scene.cmi5();
  await scene.clock.pass(2);
  learner
    .answer("q1", "a")
    .answer("q2", "a")
    .see(...PAGES);
  learner.leave("gone");
  scene.page.close(); // nobody hears that it was taken
  await scene.clock.pass(2);
  assert.equal(scene.store.verbs.filter((verb) => verb === "passed").length, 1);
  scene.store.fetched = 0;
  const again = await scene.cmi5({}, "s2");
  again.answer("q1", "a").leave();
  await scene.clock.pass(5);
  const judged = scene.store.verbs.filter((verb) => ["passed", "completed"].includes(verb));
  assert.deepEqual(judged.sort(), ["completed", "passed"]);
  const sent = scene.store.asked.flatMap(({ path, method, body }) =>
    path === "statements" && method === "POST" ? (JSON.parse(body) as { id: string }[]).map(({ id }) => id) : [],
  );
  assert.equal(new Set(sent).size, sent.length);
});

test("no trouble brings a cmi5 session out of its order, and every answer arrives once", async () => {
  const more = fc.oneof(step, fc.constant({ gone: true }), fc.constant({ relaunch: true }));
  await fc.assert(
    fc.asyncProperty(fc.array(more, { maxLength: 12 }), fc.array(fault, { maxLength: 25 }), async (steps, faults) => {
      const scene = new Scene();
      scene.store.inTurn = true;
      scene.store.faults = [...faults];
      let session = 1;
      let learner = await scene.cmi5({}, `s${session}`);
      const launch = async (): Promise<void> => {
        scene.page.close();
        scene.store.fetched = 0;
        learner = await scene.cmi5({}, `s${++session}`);
      };
      const made: string[] = [];
      for (const each of steps) {
        if ("see" in each) learner.see(each.see);
        else if ("id" in each) {
          made.push(each.id + each.key);
          learner.answer(each.id, each.key);
        } else if ("wait" in each) await scene.clock.pass(each.wait);
        else if ("wake" in each) scene.page.wake();
        else if ("relaunch" in each) await launch();
        else {
          if ("gone" in each) learner.leave("gone");
          await scene.clock.pass(1);
          scene.page.close();
          learner = await scene.cmi5({}, `s${session}`);
        }
      }
      await scene.clock.pass(3600);
      scene.store.faults = [];
      if (learner.sign === "refused") await launch();
      await scene.clock.pass(3600);
      learner.leave();
      await scene.clock.pass(3600);
      const { told, verbs, broken } = scene.store;
      assert.equal(broken, "");
      assert.deepEqual([learner.sign, last(verbs)], ["saved", "terminated"]);
      const answers = scene.store.said("answered");
      const arrived = answers.map(({ object, result }) => object.id.slice(-2) + result.response);
      assert.deepEqual(arrived.sort(), made.sort());
      assert.equal(new Set(told.map(({ id }) => id)).size, told.length);
      for (const verb of ["passed", "completed"]) assert.ok(scene.store.said(verb).length <= 1);
      assert.equal(scene.store.said("passed").length === 1, learner.attempt.passed);
    }),
    { numRuns: 150 },
  );
});

test("a page that is loaded again goes on with its session, also where it heard that it goes", async () => {
  for (const returnURL of ["https://lms.example/back", undefined]) {
    const scene = new Scene();
    for (const page of PAGES) {
      const learner = await scene.cmi5({ returnURL });
      await scene.clock.pass(2);
      learner.see(page);
      learner.leave("gone"); // no page knows whether it is loaded again
      await scene.clock.pass(1);
      scene.page.close();
    }
    (await scene.cmi5({ returnURL })).leave();
    await scene.clock.pass(5);
    assert.equal(scene.store.fetched, 1);
    assert.deepEqual(
      scene.store.verbs.filter((verb) => verb !== "progressed"),
      "initialized experienced experienced experienced terminated".split(" "),
    );
    assert.deepEqual([scene.state.seen, scene.went.length], [PAGES, returnURL ? 1 : 0]);
  }
});

test("a page that goes right after Exit has its last word only where nothing can come after it", async () => {
  for (const [seconds, hasLast] of [
    [0, false],
    [2, true],
  ] as const) {
    const scene = new Scene();
    const learner = await scene.cmi5();
    await scene.clock.pass(2);
    learner.see("one");
    await scene.clock.pass(seconds);
    scene.store.faults = seconds ? ["fine", "lost"] : []; // the state, and the last word
    learner.leave();
    if (seconds) await scene.clock.pass(0.5);
    learner.leave("gone");
    scene.page.close();
    await scene.clock.pass(1);
    assert.deepEqual([last(scene.store.verbs) === "terminated", scene.state.seen], [hasLast, ["one"]]);
  }
});

test("where there is no session all is kept on the device, and goes into the next one", async () => {
  const kinds: Fault[] = ["page", "away", "lost"];
  const begin = [0, 1, 2]; // token, launch data, preferences
  const troubles = begin.flatMap((well) => kinds.map((kind) => ({ well, kind })));
  for (const trouble of [null, ...troubles]) {
    const scene = new Scene();
    if (!trouble)
      scene.store.fetched = 1; // by the page before, in a window that has forgotten its token
    else scene.store.faults = [...Array<Fault>(trouble.well).fill("fine"), ...Array<Fault>(9).fill(trouble.kind)];
    const learner = await scene.cmi5();
    assert.equal(learner.sign, "refused");
    learner.answer("q1", "a").answer("q2", "a").see("one");
    assert.equal(learner.sign, "refused");
    learner.leave();
    await scene.clock.pass(600);
    scene.page.close();
    assert.deepEqual([scene.store.verbs, scene.store.documents.size], [[], 0]);
    scene.store.fetched = 0;
    scene.store.faults = [];
    const later = await scene.cmi5({}, "s2");
    await scene.clock.pass(10);
    assert.deepEqual([later.sign, later.attempt.passed], ["saved", true]);
    assert.deepEqual(
      [...scene.store.verbs].sort(),
      "answered answered experienced initialized passed progressed progressed progressed resumed".split(" "),
    );
    assert.equal(scene.state.answers.size, 2);
  }
});

test("failed waits until no try is left, and is said once", async () => {
  const scene = new Scene();
  const learner = await scene.cmi5({ masteryScore: 0.8 }, "s1", 2);
  learner.answer("q1", "b").answer("q2", "a");
  await scene.clock.pass(5);
  assert.equal(scene.store.verbs.includes("failed"), false);
  learner.answer("q1", "b");
  await scene.clock.pass(5);
  learner.see("one").leave();
  await scene.clock.pass(5);
  const failed = scene.store.told.filter(({ verb }) => verb.id.endsWith("failed"));
  assert.deepEqual(
    failed.map(({ result }) => [result.success, result.score]),
    [[false, { scaled: 0.5, raw: 50, min: 0, max: 100 }]],
  );
});

test("the platform's pass mark counts, and no score speaks against a verdict", async () => {
  const scene = new Scene();
  const learner = await scene.cmi5({ masteryScore: 0.5 }, "s1", 1);
  assert.equal(learner.driver.passMark, 50);
  learner.answer("q1", "a").answer("q2", "b");
  await scene.clock.pass(5);
  assert.deepEqual(scene.store.told.find(({ verb }) => verb.id.endsWith("passed"))!.result.score.scaled, 0.5);
});

test("what a session without signal left goes into the next one", async () => {
  const scene = new Scene();
  const learner = await scene.cmi5();
  await scene.clock.pass(2);
  scene.store.faults = Array<Fault>(60).fill("lost");
  const done = scene.clock.time;
  learner.answer("q1", "a").answer("q2", "a").see("one");
  learner.leave("gone");
  await scene.clock.pass(5);
  scene.page.close();
  scene.store.faults = [];
  scene.store.fetched = 0;
  const again = await scene.cmi5({}, "s2"); // she only opens it
  await scene.clock.pass(5);
  assert.equal(again.attempt.passed, true);
  const [first, ...later] = scene.store.told.slice(1);
  assert.deepEqual(
    later.map(({ context }) => context.extensions[SESSION] as string),
    later.map(() => "s2"),
  );
  assert.deepEqual(scene.store.verbs.slice(0, 4), ["initialized", "initialized", "answered", "progressed"]);
  assert.ok(later.slice(0, 5).every(({ timestamp }) => timestamp > first!.timestamp));
  const happened = (later as Told[]).map(
    ({ context }) => context.extensions["https://training.example/extensions/happened"],
  );
  const then = new Date(done).toISOString();
  assert.deepEqual(happened, [then, then, then, then, then, then, undefined, undefined]);
  assert.equal(scene.store.verbs.filter((verb) => verb === "passed").length, 1);
});

test("a session that is over leaves alone what a later one has to say", async () => {
  const scene = new Scene();
  await scene.cmi5();
  await scene.clock.pass(5);
  const forgotten = scene.page; // in another tab
  scene.store.fetched = 0;
  const learner = await scene.cmi5({}, "s2");
  await scene.clock.pass(5);
  scene.store.faults = Array<Fault>(60).fill("lost");
  learner
    .answer("q1", "a")
    .answer("q2", "a")
    .see(...PAGES);
  await scene.clock.pass(5);
  scene.store.faults = [];
  forgotten.wake();
  await scene.clock.pass(120);
  assert.deepEqual(
    scene.store.verbs.filter((verb) => ["initialized", "passed", "completed"].includes(verb)),
    [..."initialized initialized passed completed".split(" ")],
  );
  const later = scene.store.told.slice(1);
  assert.deepEqual(
    later.map(({ context }) => context.extensions[SESSION] as string),
    later.map(() => "s2"),
  );
});

test("leaving sends what fits, state first, and no more than a browser lets live on", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 90 }), async (count) => {
      const scene = new Scene();
      const learner = await scene.cmi5();
      await scene.clock.pass(2);
      for (let turn = 0; turn < count; turn++) learner.answer("q1", turn % 2 ? "a" : "b");
      const before = scene.store.asked.length;
      learner.leave("gone");
      const sent = scene.store.asked.slice(before);
      assert.ok(sent.every(({ keepalive }) => keepalive));
      assert.ok(sent.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0) < 65_536);
      await scene.clock.pass(1);
      assert.equal(scene.store.verbs.includes("terminated"), false); // it may be loaded again
      if (count)
        assert.deepEqual(
          sent.map(({ method }) => method),
          ["PUT", "POST"],
        );
    }),
    { numRuns: 20 },
  );
});

test("two modules of one registration do not mix on a device", async () => {
  const scene = new Scene();
  const first = await scene.cmi5();
  await scene.clock.pass(2);
  scene.store.faults = Array<Fault>(60).fill("lost");
  first
    .answer("q1", "a")
    .answer("q2", "a")
    .see(...PAGES);
  await scene.clock.pass(5);
  scene.page.close();
  scene.store.faults = [];
  scene.store.fetched = 0;
  scene.store.documents.clear();
  scene.store.told.length = 0;
  const second = await scene.cmi5({}, "s2", 0, "https://lms.example/activity/8");
  await scene.clock.pass(5);
  assert.deepEqual(scene.store.verbs, ["initialized"]);
  assert.equal(second.attempt.passed, false);
  assert.equal(second.driver.bookmark!.state, "");
});

// Two states made one

const given = fc.record(
  {
    response: fc.constantFrom("a", "b", "c"),
    tries: fc.integer({ min: 0, max: 3 }),
    print: fc.constantFrom("abc", "old"),
    worth: fc.constantFrom(0, 7 / 35, 1),
  },
  { noNullPrototype: true },
);
const answers = fc.uniqueArray(fc.tuple(fc.constantFrom("q1", "q2", "old"), given), { selector: ([id]) => id });
const state = fc
  .record({
    page: fc.constantFrom(...PAGES, RESULT),
    seen: fc.subarray([...PAGES, "gone"]),
    answers: answers.map((pairs): ReadonlyMap<string, Given> => new Map(pairs)),
    complete: fc.boolean(),
    passed: fc.boolean(),
    doneOn: fc.option(fc.integer({ min: 0, max: 40_000 }), { nil: null }),
  })
  .map(encode);
const some = fc.oneof(state, fc.constant(""), fc.string());
const both = (one: string, other: string): string => unite(COURSE, one, other);

test("two states make the same whichever comes first, and once is enough", () => {
  fc.assert(
    fc.property(some, some, some, (one, other, third) => {
      const made = both(one, other);
      assert.equal(made, both(other, one) || made);
      assert.deepEqual(decode(made), decode(both(other, one)));
      if (decode(one) && decode(other)) {
        assert.equal(both(made, one), made);
        assert.equal(both(made, made), made);
      }
      assert.deepEqual(
        decode(both(both(one, other), third))?.answers,
        decode(both(one, both(other, third)))?.answers,
      );
    }),
  );
});

test("two states made one lose nothing of either", () => {
  fc.assert(
    fc.property(state, some, (one, other) => {
      const [made, whole] = [decode(both(one, other))!, new Attempt(PAGES, TASKS, { passMark: 80, attempts: 0 })];
      whole.restore(both(one, other));
      for (const part of [one, other]) {
        const before = decode(part);
        if (!before) continue;
        assert.ok(before.seen.every((page) => made.seen.includes(page)));
        for (const [id, { tries }] of before.answers) assert.ok(made.answers.get(id)!.tries >= tries);
        assert.ok((made.complete || !before.complete) && (made.passed || !before.passed));
        const half = new Attempt(PAGES, TASKS, { passMark: 80, attempts: 0 });
        half.restore(part);
        assert.ok(whole.score >= half.score && whole.progress().measure >= half.progress().measure);
      }
    }),
  );
});
