// A SCORM session with platforms that lose what they call saved: whatever is cut, the record comes to be right.

import assert from "node:assert/strict";
import { test } from "node:test";

import { memory, STANDARDS, type Values } from "../../src/scormpack/lms/scorm/engine";
import { MANNERS, mannered } from "../../src/scormpack/lms/scorm/manners";
import { Attempt } from "../../src/scormpack/player/attempt";
import type { Answer, CourseFacts, Driver, Leaving, Standing } from "../../src/scormpack/player/driver";
import { decode } from "../../src/scormpack/player/state";
import { type Api, type Found, Session } from "../../src/scormpack/targets/scorm/api";
import { openScorm } from "../../src/scormpack/targets/scorm/scorm_driver";
import type { Reach, World } from "../../src/scormpack/targets/scorm/world";
import { DIALECT as DIALECT_12 } from "../../src/scormpack/targets/scorm12/driver";
import { DIALECT as DIALECT_2004 } from "../../src/scormpack/targets/scorm2004/driver";
import { TASKS, COURSE as WHOLE } from "./course";
import { Clock } from "./fake_store";

const PAGES = ["one", "two"];
const ORIGIN = "https://lms.example";

const COURSE: CourseFacts = { ...WHOLE, pages: PAGES };
const DIALECTS = { scorm12: DIALECT_12, scorm2004: DIALECT_2004 };
type Standard = keyof typeof DIALECTS;
const NAMES: Standard[] = ["scorm12", "scorm2004"];

/** A phone, a platform and its server; `cuts` says which of the saves, counted from 1, get lost on the way. */
class Scene {
  readonly clock = new Clock();
  readonly record: Values = {};
  readonly device = new Map<string, string>();
  readonly standard;
  cuts: (save: number) => boolean = () => false;
  saves = 0;
  isOnline = true;
  isVisible = true;
  reachable: Reach = "there";
  status = 503; // of what is lost: null is no answer at all
  signal: () => void = () => undefined;
  said: string[] = []; // every call
  results: string[] = []; // what the record said, after each save

  constructor(
    readonly name: Standard,
    readonly manner: string,
    readonly who = "ada",
  ) {
    this.standard = STANDARDS[name]!;
  }

  /** What a request of the platform comes to: a status, or null where no answer comes. */
  hear(values: Values): number | null {
    if (!this.isOnline) return null;
    if (this.cuts(++this.saves)) return this.status || null;
    Object.assign(this.record, values);
    this.results.push(this.result);
    return 204;
  }

  get world(): World {
    return {
      isOnline: () => this.isOnline,
      isVisible: () => this.isVisible,
      now: () => this.clock.time,
      inSight: () => 60,
      later: this.clock.later,
      reach: () => Promise.resolve(this.isOnline ? this.reachable : "away"),
      onSignal: (run) => (this.signal = run),
      onHidden: () => undefined,
      device: {
        kept: (key) => Promise.resolve(this.device.get(key) ?? null),
        keep: (key, value) => Promise.resolve(Boolean(this.device.set(key, value))),
        forget: (key) => Promise.resolve(this.device.delete(key)),
      },
    };
  }

  /** The learner opens the course. */
  async launch(api = this.api(), hasServer = true): Promise<Visit> {
    const session = new Session({ api, place: this.place }, DIALECTS[this.name].names);
    return new Visit(this, await openScorm(this.world, session, DIALECTS[this.name], COURSE), hasServer);
  }

  api(more: Values = {}): Api {
    const values = { ...this.record, [this.standard.learner]: this.who, ...more };
    const post = (news: Values): boolean => {
      const request = new this.place.XMLHttpRequest();
      request.open("POST", "/record", false);
      request.send(JSON.stringify(news));
      return request.status === 204;
    };
    const fling = (news: Values): boolean => this.place.navigator.sendBeacon("/record", JSON.stringify(news));
    const line = { post, fling, isClosing: () => false };
    const made = mannered(() => MANNERS[this.manner]!, this.standard, memory(this.standard, values), values, line);
    return this.heard(made as Api);
  }

  /** The same, with every call kept. */
  heard(made: Api): Api {
    return Object.fromEntries(
      Object.entries(made).map(([method, run]) => [
        method,
        (...given: string[]) => {
          this.said.push([method.replace("LMS", ""), ...given].join(" "));
          return run(...given);
        },
      ]),
    );
  }

  readonly place = windowOf((body) => this.hear(JSON.parse(body) as Values)) as Found["place"] & typeof globalThis;

  /** What the record says of the result. */
  get result(): string {
    const names =
      this.name === "scorm12" ? ["cmi.core.lesson_status"] : ["cmi.completion_status", "cmi.success_status"];
    const score = this.record[this.name === "scorm12" ? "cmi.core.score.raw" : "cmi.score.raw"];
    return [...names.map((name) => this.record[name] ?? ""), score ?? ""].join(" ");
  }

  get passed(): string {
    return this.name === "scorm12" ? "passed 100" : "completed passed 100";
  }
}

const PAGE = 299; // a status that stands for a page in place of an answer

/** The platform's window, whose beacons all get lost, and whose requests end before `send` comes back. */
function windowOf(hear: (body: string) => number | null): unknown {
  class Request {
    status = 0;
    responseURL = "";
    private readonly ended: (() => void)[] = [];
    private url = "";
    private method = "";
    readonly responseType = "";
    responseText = "";

    open(method: string, url: string): void {
      this.method = method;
      this.url = new URL(url, ORIGIN).href;
    }

    addEventListener(_name: string, run: () => void): void {
      this.ended.push(run);
    }

    send(body: string): void {
      const status = this.method === "GET" ? 200 : hear(body);
      if (status === null) throw new Error("NetworkError");
      this.status = status;
      this.responseURL = status === 303 ? `${ORIGIN}/login` : this.url;
      if (status === 303 || status === PAGE) this.status = 200;
      if (status === PAGE) this.responseText = "<!DOCTYPE html><title>Log in</title>";
      for (const run of this.ended) run();
    }
  }
  return {
    XMLHttpRequest: Request,
    fetch: () => undefined,
    navigator: { sendBeacon: () => true },
    location: { href: `${ORIGIN}/player`, origin: ORIGIN },
  };
}

/** A learner with a course before them, as main.ts brings the two together. */
class Visit {
  readonly signs: Standing[] = [];
  private isBegun = false; // there is something to have
  readonly attempt = new Attempt(PAGES, TASKS, { passMark: 80, attempts: 0 }, () => 20_000);

  /** `hasServer`: what is saved can be looked up there. */
  constructor(
    private readonly scene: Scene,
    readonly driver: Driver,
    private readonly hasServer = true,
  ) {
    const bookmark = driver.bookmark!;
    this.attempt.restore(bookmark.state);
    this.attempt.honour(bookmark.complete, bookmark.success === "passed", bookmark.score);
    driver.watch({ stand: (standing) => this.stand(standing), recall: () => this.save() });
  }

  /** Whenever a platform with a server is said to have it, it has it. */
  private stand(standing: Standing): void {
    this.signs.push(standing);
    if (standing !== "saved" || !this.isBegun || !this.hasServer) return;
    const { state, success } = this.attempt.progress();
    assert.equal(this.scene.record["cmi.suspend_data"], state);
    if (success === "passed" && this.attempt.complete) assert.equal(this.scene.result, this.scene.passed);
  }

  get sign(): Standing {
    return this.signs.at(-1)!;
  }

  see(page: string): void {
    this.attempt.see(page);
    this.save();
  }

  answer(id: string): void {
    this.attempt.answer(id, "a");
    this.driver.record(answered(id));
    this.save();
  }

  save(): void {
    this.isBegun = true;
    this.driver.save(this.attempt.progress());
  }

  end(leaving: Leaving): void {
    this.isBegun = true;
    this.driver.end(this.attempt.progress(), leaving);
  }

  /** The steps of the whole course. */
  get steps(): (() => void)[] {
    return [() => this.see("one"), () => this.answer("q1"), () => this.answer("q2"), () => this.see("two")];
  }

  async take(): Promise<void> {
    for (const step of this.steps) {
      step();
      await this.scene.clock.pass(1);
    }
  }
}

function answered(id: string): Answer {
  const item = { key: "a", label: "Yes" };
  const whole = {
    prompt: "Well?",
    response: [[item]],
    correct: [[item]],
    offered: [[item]],
    right: true,
    seconds: 3,
  };
  return { id, kind: "choice", ...whole };
}

const MANNER_NAMES = Object.keys(MANNERS);
const STATUSES = [503, 0]; // refused for a moment; lost on the way

/** Every platform, with every save cut in turn, in both ways. */
async function everyCut(run: (scene: Scene, cut: number) => Promise<void>): Promise<void> {
  for (const name of NAMES) {
    for (const manner of MANNER_NAMES) {
      for (const status of STATUSES) {
        for (let cut = 1; cut <= 7; cut++) {
          const scene = new Scene(name, manner);
          scene.status = status;
          scene.cuts = (save) => save === cut;
          await run(scene, cut);
        }
      }
    }
  }
}

test("whichever save is cut, the record is right after the next step", async () => {
  await everyCut(async (scene, cut) => {
    const visit = await scene.launch();
    await visit.take();
    visit.save(); // one more step
    await scene.clock.pass(1);
    assert.equal(scene.result, scene.passed, `${scene.name} ${scene.manner} ${scene.status} ${cut}`);
    await scene.clock.pass(5); // the last save may be the one that is cut
    assert.equal(visit.sign, "saved");
    assert.equal(scene.device.size, 0);
  });
});

test("whichever save is cut, the record is right after Exit, and Done is said only then", async () => {
  await everyCut(async (scene, cut) => {
    const visit = await scene.launch();
    for (const step of visit.steps) step(); // all between two saves
    visit.end("button");
    await scene.clock.pass(10);
    assert.equal(visit.sign, "saved", `${scene.name} ${scene.manner} ${scene.status} ${cut}`);
    assert.equal(scene.said.filter((call) => /^(Finish|Terminate)/.test(call)).length, 1);
  });
});

test("whichever save is cut, the record is right after a closed tab and a new launch", async () => {
  await everyCut(async (scene, cut) => {
    const visit = await scene.launch();
    await visit.take();
    visit.end("gone");
    const again = await scene.launch();
    await scene.clock.pass(5);
    assert.equal(scene.result, scene.passed, `${scene.name} ${scene.manner} ${scene.status} ${cut}`);
    assert.equal(again.sign, "saved");
  });
});

test("while there is no signal nothing is said to the platform, and all of it when there is", async () => {
  for (const name of NAMES) {
    for (const manner of MANNER_NAMES) {
      const scene = new Scene(name, manner);
      const visit = await scene.launch();
      await scene.clock.pass(1);
      scene.isOnline = false;
      const before = scene.said.filter((call) => call.startsWith("Commit")).length;
      await visit.take();
      assert.equal(visit.sign, "waiting");
      assert.equal(scene.said.filter((call) => call.startsWith("Commit")).length, before);
      scene.isOnline = true;
      scene.signal();
      await scene.clock.pass(0);
      assert.equal(scene.result, scene.passed);
      assert.equal(visit.sign, "saved");
    }
  }
});

test("what becomes of two saves may be known in another order", async () => {
  const scene = new Scene("scorm12", "careful");
  const waiting: (() => void)[] = [];
  const unseen = { api: memory(scene.standard, {}) as Api, place: scene.place };
  const world = { ...scene.world, reach: () => new Promise<Reach>((settle) => waiting.push(() => settle("there"))) };
  const session = new Session(unseen, DIALECT_12.names);
  const visit = new Visit(scene, await openScorm(world, session, DIALECT_12, COURSE), false);
  visit.see("one");
  await scene.clock.pass(1);
  visit.end("button");
  await scene.clock.pass(1);
  assert.equal(waiting.length, 3); // the beginning, the page, Exit
  for (const settle of waiting.reverse()) {
    assert.equal(visit.sign, "saving");
    settle();
    await scene.clock.pass(0);
  }
  assert.equal(visit.sign, "saved");
});

test("it tries again by itself, less often each time", async () => {
  const scene = new Scene("scorm12", "careful");
  const visit = await scene.launch();
  await scene.clock.pass(1);
  scene.cuts = () => true;
  scene.reachable = "away";
  visit.see("one");
  await scene.clock.pass(1);
  const commits = (): number => scene.said.filter((call) => call.startsWith("Commit")).length;
  const tries: number[] = [];
  let last = commits();
  for (let second = 1; second <= 130; second++) {
    await scene.clock.pass(1);
    if (commits() > last) tries.push(second);
    last = commits();
  }
  assert.deepEqual(tries, [2, 6, 14, 30, 62, 122]);
  scene.cuts = () => false;
  scene.reachable = "there";
  await scene.clock.pass(61);
  assert.equal(visit.sign, "saved");
});

test("a platform that goes on refusing is asked again at the next step only", async () => {
  const scene = new Scene("scorm12", "careful");
  const visit = await scene.launch();
  await scene.clock.pass(1);
  scene.cuts = () => true;
  visit.see("one");
  await scene.clock.pass(600);
  assert.equal(visit.sign, "refused");
  const { saves } = scene;
  await scene.clock.pass(600);
  assert.equal(scene.saves, saves);
  scene.cuts = () => false;
  visit.see("two");
  await scene.clock.pass(5);
  assert.equal(visit.sign, "saved");
});

test("the learner's own steps make no pause longer", async () => {
  const scene = new Scene("scorm12", "careful");
  const visit = await scene.launch();
  await scene.clock.pass(1);
  scene.cuts = () => true;
  scene.reachable = "away";
  for (let step = 0; step < 20; step++) {
    visit.see("one");
    await scene.clock.pass(1);
  }
  scene.cuts = () => false;
  scene.reachable = "there";
  await scene.clock.pass(2);
  assert.equal(visit.sign, "saved");
});

test("a request that fetches something else says nothing of the save", async () => {
  for (const [cut, sign] of [
    [true, "waiting"],
    [false, "saved"],
  ] as const) {
    const scene = new Scene("scorm12", "marking");
    const api = scene.api();
    const { LMSCommit } = api;
    api.LMSCommit = (...given) => {
      const answer = LMSCommit!(...given);
      const contents = new scene.place.XMLHttpRequest();
      contents.open("GET", "/contents");
      contents.send();
      return answer;
    };
    const visit = await scene.launch(api);
    await scene.clock.pass(1);
    scene.cuts = () => cut;
    visit.see("one");
    await scene.clock.pass(1);
    assert.equal(visit.sign, sign);
  }
});

test("nobody believes a beacon", async () => {
  const scene = new Scene("scorm12", "marking");
  const api = scene.api();
  const { LMSCommit } = api;
  let isFlung = false;
  api.LMSCommit = (...given) => {
    if (!isFlung) return LMSCommit!(...given);
    scene.place.navigator.sendBeacon("/record", "{}"); // and nothing else
    return "true";
  };
  const visit = await scene.launch(api);
  await scene.clock.pass(1);
  isFlung = true;
  visit.see("one");
  await scene.clock.pass(1);
  assert.equal(visit.sign, "waiting");
  isFlung = false;
  await scene.clock.pass(3);
  assert.equal(visit.sign, "saved");
});

test("a page that answers in place of the platform is no answer", async () => {
  const scene = new Scene("scorm12", "trusting");
  const visit = await scene.launch();
  await scene.clock.pass(1);
  scene.cuts = () => true;
  scene.status = PAGE;
  visit.see("one");
  await scene.clock.pass(1);
  assert.equal(visit.sign, "waiting");
});

test("in the background nothing is said otherwise, for nobody knows what arrives last", async () => {
  const scene = new Scene("scorm12", "marking");
  const visit = await scene.launch();
  await scene.clock.pass(1);
  scene.cuts = () => true;
  visit.see("one");
  await scene.clock.pass(1);
  scene.isVisible = false;
  scene.cuts = () => false;
  const { saves } = scene;
  await scene.clock.pass(60);
  assert.deepEqual([scene.saves, visit.sign], [saves, "waiting"]);
  scene.isVisible = true;
  scene.signal();
  await scene.clock.pass(1);
  assert.equal(visit.sign, "saved");
});

test("what is surely on record takes no step back, whatever gets lost later", async () => {
  await everyCut(async (scene, cut) => {
    const visit = await scene.launch();
    const { cuts } = scene;
    scene.cuts = () => false;
    await visit.take();
    assert.equal(scene.result, scene.passed);
    const before = scene.results.length;
    const first = scene.saves;
    scene.cuts = (save) => cuts(save - first);
    for (let step = 0; step < 4; step++) {
      visit.answer("q1");
      await scene.clock.pass(5);
    }
    visit.end("gone");
    assert.deepEqual(
      [...new Set(scene.results.slice(before))],
      [scene.passed],
      `${scene.name} ${scene.manner} ${cut}`,
    );
  });
});

test("one save waits for another, where they travel at different speeds", async () => {
  const scene = new Scene("scorm12", "careful");
  const api = scene.api();
  const set: Values = {};
  const { LMSSetValue } = api;
  const travel = [5, 5, 5, 5, 600, 5, 5]; // milliseconds; the fourth is lost, and the one after it is slow
  scene.cuts = (save) => save === 4;
  let count = 0;
  scene.place.fetch = (_url, init) =>
    new Promise((settle) => {
      const values = JSON.parse(String(init!.body)) as Values;
      const arrive = (): void => settle({ ok: scene.hear(values) === 204, redirected: false } as Response);
      scene.clock.later(travel[count++] ?? 5, arrive);
    });
  api.LMSSetValue = (element, value) => {
    set[element!] = value!;
    return LMSSetValue!(element!, value!);
  };
  api.LMSCommit = () => {
    void scene.place.fetch("/record", { method: "POST", body: JSON.stringify(set) });
    return "true";
  };
  const visit = await scene.launch(api);
  await scene.clock.pass(1);
  await visit.take();
  await scene.clock.pass(20);
  assert.equal(visit.sign, "saved");
  assert.equal(scene.result, scene.passed);
});

test("a platform that sends while it is told, and nothing when it is asked to save, is watched as well", async () => {
  const scene = new Scene("scorm12", "careful");
  const api = scene.api();
  const sent: Values = {};
  api.LMSSetValue = (element, value) => {
    if (element !== "cmi.core.lesson_status" || sent[element] === value) return "true";
    sent[element] = value!; // once, whatever becomes of it
    const request = new scene.place.XMLHttpRequest();
    request.open("POST", "/record", false);
    request.send(JSON.stringify({ [element]: value }));
    return "true";
  };
  api.LMSCommit = () => "true";
  const visit = await scene.launch(api, false);
  await scene.clock.pass(1);
  scene.cuts = (save) => save === 2; // the pass
  await visit.take();
  assert.equal(scene.saves, 2);
  assert.notEqual(visit.sign, "saved");
  await scene.clock.pass(600);
  assert.equal(visit.sign, scene.result.startsWith("passed") ? "saved" : "refused");
});

test("a session whose end is refused is ended once more", async () => {
  const scene = new Scene("scorm2004", "careful");
  const api = scene.api();
  const { Terminate } = api;
  let refuses = 1;
  api.Terminate = (...given) => (refuses-- > 0 ? "false" : Terminate!(...given));
  const visit = await scene.launch(api);
  visit.end("button");
  await scene.clock.pass(5);
  assert.equal(visit.sign, "saved");
  assert.equal(scene.said.filter((call) => call.startsWith("Terminate")).length, 1);
});

test("a platform that has forgotten the learner is named, and what she did is there when she is back", async () => {
  for (const name of NAMES) {
    const scene = new Scene(name, "trusting");
    const visit = await scene.launch();
    await scene.clock.pass(1);
    scene.cuts = () => true;
    scene.status = 303; // to the login page, which answers with 200
    scene.reachable = "closed";
    await visit.take();
    assert.equal(visit.sign, "expired");
    visit.end("gone");
    scene.cuts = () => false;
    scene.reachable = "there";
    const again = await scene.launch();
    await scene.clock.pass(5);
    assert.equal(scene.result, scene.passed);
    assert.equal(again.sign, "saved");
  }
});

test("what one learner could not send is never another's", async () => {
  const scene = new Scene("scorm12", "careful");
  scene.cuts = () => true;
  await (await scene.launch()).take();
  const other = new Scene("scorm12", "careful", "bola");
  for (const [key, value] of scene.device) other.device.set(key, value);
  const visit = await other.launch();
  await other.clock.pass(5);
  assert.equal(visit.attempt.progress().score, null);
  assert.equal(other.result, "incomplete ");
});

test("where nobody is named nothing is kept on the device, and the sign says so", async () => {
  const scene = new Scene("scorm12", "careful", "");
  scene.cuts = () => true;
  const visit = await scene.launch();
  await visit.take();
  assert.equal(scene.device.size, 0);
  assert.equal(visit.sign, "unsaved");
});

test("what was left more than a month ago comes up no more", async () => {
  const scene = new Scene("scorm12", "careful");
  scene.cuts = () => true;
  const visit = await scene.launch();
  await visit.take();
  visit.end("gone");
  scene.clock.time += 31 * 86_400_000;
  const again = await scene.launch();
  assert.equal(again.attempt.progress().score, null);
});

test("a tab that is closed with all on record leaves nothing on the device", async () => {
  const scene = new Scene("scorm12", "careful");
  const visit = await scene.launch();
  await visit.take();
  visit.end("gone");
  await scene.clock.pass(1);
  assert.equal(scene.device.size, 0);
});

test("complete and not passed is not completed, unless the library wants it so", async () => {
  for (const completedWhen of ["passed", "done"] as const) {
    const scene = new Scene("scorm2004", "careful");
    const session = new Session({ api: scene.api(), place: scene.place }, DIALECT_2004.names);
    const driver = await openScorm(scene.world, session, DIALECT_2004, { ...COURSE, completedWhen });
    const visit = new Visit(scene, driver);
    for (const page of PAGES) visit.attempt.see(page);
    for (const task of TASKS) visit.attempt.answer(task.id, "b");
    visit.save();
    await scene.clock.pass(1);
    assert.equal(scene.result, `${completedWhen === "done" ? "completed" : "incomplete"}  0`);
  }
});

test("passed is said only of a complete course", async () => {
  const scene = new Scene("scorm2004", "careful");
  const visit = await scene.launch();
  visit.answer("q1");
  visit.answer("q2");
  await scene.clock.pass(1);
  assert.equal(scene.result, "incomplete  100");
});

test("every session says incomplete first, unless the record is complete", async () => {
  for (const [name, element] of [
    ["scorm12", "cmi.core.lesson_status"],
    ["scorm2004", "cmi.completion_status"],
  ] as const) {
    const scene = new Scene(name, "careful");
    await scene.launch();
    await scene.launch();
    const begun = scene.said.filter((call) => call === `SetValue ${element} incomplete`);
    assert.equal(begun.length, 2);
    await (await scene.launch()).take();
    scene.said.length = 0;
    await scene.launch();
    assert.deepEqual(
      scene.said.filter((call) => call.startsWith(`SetValue ${element}`)),
      [],
    );
  }
});

test("other ways to say true are true, and an empty answer is judged by its error code", async () => {
  for (const [answer, error, sign] of [
    ["1", "0", "saved"],
    [1, "0", "saved"],
    ["True", "0", "saved"],
    [true, "0", "saved"],
    ["", "0", "saved"],
    [undefined, "0", "saved"],
    ["", "101", "waiting"],
    ["false", "0", "waiting"],
    ["no", "0", "waiting"],
    [0, "0", "waiting"],
  ] as const) {
    const scene = new Scene("scorm12", "careful");
    const api = scene.api();
    const { LMSCommit } = api;
    api.LMSCommit = (...given) => (LMSCommit!(...given) === "true" ? answer : "false");
    api.LMSGetLastError = () => error;
    const visit = await scene.launch(api);
    visit.see("one");
    await scene.clock.pass(1);
    assert.equal(visit.sign, sign, `${String(answer)} ${error}`);
  }
});

test("a status that is null is none", async () => {
  for (const none of [null, "null", "undefined", undefined]) {
    const scene = new Scene("scorm12", "careful");
    const api = scene.api();
    const { LMSGetValue } = api;
    api.LMSGetValue = (element) => (element === "cmi.core.lesson_status" ? none : LMSGetValue!(element!));
    const visit = await scene.launch(api);
    assert.deepEqual([visit.driver.bookmark!.complete, visit.driver.bookmark!.success], [false, "unknown"]);
    assert.ok(scene.said.includes("SetValue cmi.core.lesson_status incomplete"));
  }
});

test("what is cut to a length is cut between signs", async () => {
  for (let letters = 246; letters <= 251; letters++) {
    const scene = new Scene("scorm2004", "careful");
    const visit = await scene.launch();
    visit.driver.record({ ...answered("q1"), prompt: `${"a".repeat(letters)}👩 what?` });
    const written = scene.said
      .find((call) => call.includes(".description "))!
      .split(" ")
      .slice(2)
      .join(" ");
    assert.ok(written.length <= 250);
    assert.doesNotThrow(() => encodeURIComponent(written), `${letters}`);
  }
});

test("answers whose save was lost are entered again", async () => {
  const scene = new Scene("scorm12", "marking");
  const visit = await scene.launch();
  await scene.clock.pass(1);
  scene.cuts = (save) => save === 2;
  scene.status = 0;
  visit.answer("q1");
  await scene.clock.pass(10);
  const entered = Object.entries(scene.record).filter(
    ([name, value]) => name.endsWith(".id") && value.endsWith("q1"),
  );
  assert.equal(entered.length, 1);
});

test("the state that stands there for a moment is still ours", () => {
  const scene = new Scene("scorm12", "careful");
  const api = memory(scene.standard, {}) as Api;
  const visit = new Attempt(PAGES, TASKS, { passMark: 80, attempts: 0 });
  visit.see("one");
  const { state } = visit.progress();
  api.LMSSetValue!("cmi.suspend_data", `${state} `);
  assert.deepEqual(decode(`${state} `), decode(state));
  assert.equal(decode(`${state}x`), null);
});

test("an answer has the time at which it was given, also where the platform is found later", () => {
  const at = new Date(2026, 4, 5, 9, 0, 7).getTime();
  const times = NAMES.map((name) => DIALECTS[name].interaction({ ...answered("q1"), at }, 0, COURSE)).map(
    (writes) => writes.find(({ element }) => /\.time(stamp)?$/.test(element))!.value,
  );
  assert.deepEqual(times, ["09:00:07", `${new Date(at).toISOString().slice(0, 19)}.00Z`]);
});
