// A learner's answers and what follows from them.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { Attempt, RESULT, type Task } from "../../src/scormpack/player/attempt";

const PAGES = ["one", "two", "three"];

function question(id: string, more: Partial<Task> = {}): Task {
  const fits = (response: string): boolean => /^[a-d]+$/.test(response);
  return { id, page: "two", correct: "a", critical: false, fits, done: () => true, ...more };
}

/** A story is done where its way ends in `end`. */
function story(id: string, more: Partial<Task> = {}): Task {
  const fits = (response: string): boolean => response === "" || /^[a-z._]+$/.test(response);
  return question(id, { correct: null, fits, done: (response) => response.endsWith("end"), ...more });
}

function attempt(tasks: Task[], rules: { passMark?: number; attempts?: number } = {}, pages = PAGES): Attempt {
  return new Attempt(pages, tasks, { passMark: 80, attempts: 0, ...rules });
}

function seeAll(it: Attempt): void {
  for (const page of PAGES) it.see(page);
}

const FIVE = ["q1", "q2", "q3", "q4", "q5"].map((id) => question(id));

// Score

test("at the beginning nothing is known", () => {
  assert.deepEqual(attempt(FIVE).progress(), {
    location: "one",
    state: attempt(FIVE).progress().state,
    complete: false,
    success: "unknown",
    scored: true,
    score: null,
    measure: 0,
  });
});

test("the score is the share of right answers, once all are given", () => {
  const it = attempt(FIVE);
  for (const id of ["q1", "q2", "q3"]) it.answer(id, "a");
  it.answer("q4", "b");
  assert.equal(it.progress().score, null);
  it.answer("q5", "b");
  assert.equal(it.progress().score, 60);
  assert.equal(it.progress().success, "unknown");
  it.answer("q5", "a");
  assert.equal(it.progress().score, 80);
  assert.equal(it.progress().success, "passed");
});

test("a score has two decimals at most", () => {
  const it = attempt(["q1", "q2", "q3"].map((id) => question(id)));
  it.answer("q1", "a");
  it.answer("q2", "b");
  it.answer("q3", "b");
  assert.equal(it.progress().score, 33.33);
});

test("an answer is right when it is all that is right and no more", () => {
  const it = attempt([question("q", { correct: "ac" })]);
  assert.equal(it.answer("q", "a").right, false);
  assert.equal(it.answer("q", "abc").right, false);
  assert.equal(it.answer("q", "ac").right, true);
});

test("a course without questions has no score and is never passed", () => {
  const it = attempt([story("s")]);
  seeAll(it);
  it.answer("s", "start.a_end");
  const { scored, score, success, complete } = it.progress();
  assert.deepEqual({ scored, score, success, complete }, { scored: false, score: null, success: "unknown", complete: true });
});

test("a story counts for completion, not for the score", () => {
  const it = attempt([question("q"), story("s")]);
  it.answer("q", "a");
  assert.equal(it.progress().score, 100);
  it.answer("s", "start.a");
  assert.equal(it.progress().score, 100);
});

test("any mix of answers scores what is right in it", () => {
  const answers = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(answers, fc.integer({ min: 60, max: 100 }), (given, passMark) => {
      const it = attempt(given.map((_, index) => question(`q${index}`)), { passMark });
      given.forEach((response, index) => it.answer(`q${index}`, response));
      const share = (100 * given.filter((response) => response === "a").length) / given.length;
      assert.ok(Math.abs(it.progress().score! - share) <= 0.005);
      assert.equal(it.passed, it.score >= passMark);
    }),
  );
});

// Critical questions

test("with a critical question wrong, no score is enough", () => {
  const it = attempt([question("must", { critical: true }), ...FIVE.slice(1)]);
  it.answer("must", "b");
  for (const { id } of FIVE.slice(1)) it.answer(id, "a");
  assert.equal(it.progress().score, 80);
  assert.equal(it.progress().success, "unknown");
  it.answer("must", "a");
  assert.equal(it.progress().success, "passed");
});

test("with every critical question right, the score decides", () => {
  const it = attempt([question("must", { critical: true }), ...FIVE.slice(1)]);
  it.answer("must", "a");
  for (const { id } of FIVE.slice(1)) it.answer(id, "b");
  assert.equal(it.passed, false);
});

test("the platform's own pass mark counts", () => {
  const it = attempt(FIVE);
  for (const { id } of FIVE.slice(0, 4)) it.answer(id, "a");
  it.setPassMark(100);
  it.answer("q5", "b");
  assert.equal(it.passed, false);
  assert.equal(it.passMark, 100);
  it.setPassMark(80);
  assert.equal(it.passed, true);
});

// Tries

test("tries are told and counted where they are limited", () => {
  const it = attempt([question("q"), story("s")], { attempts: 2 });
  assert.deepEqual(it.verdict("q"), { right: false, triesLeft: 2 });
  assert.deepEqual(it.answer("q", "b"), { right: false, triesLeft: 1 });
  assert.deepEqual(it.answer("q", "a"), { right: true, triesLeft: 0 });
  it.answer("s", "start.a");
  assert.equal(it.verdict("s").triesLeft, 2);
  assert.deepEqual(attempt([question("q")]).answer("q", "b"), { right: false, triesLeft: null });
});

test("failed is said only when no try is left that could change it", () => {
  const it = attempt([question("q1"), question("q2")], { attempts: 2 });
  const says: string[] = [];
  for (const [id, response] of [["q1", "b"], ["q1", "b"], ["q2", "b"], ["q2", "c"]] as const) {
    it.answer(id, response);
    says.push(it.progress().success);
  }
  assert.deepEqual(says, ["unknown", "unknown", "unknown", "failed"]);
});

test("a question that is right needs no more tries to count as tried", () => {
  const it = attempt([question("q1"), question("q2")], { attempts: 2 });
  it.answer("q1", "a");
  it.answer("q2", "b");
  assert.equal(it.failed, false);
  it.answer("q2", "b");
  assert.equal(it.failed, true);
});

test("without a limit nobody fails", () => {
  const it = attempt(FIVE);
  for (let round = 0; round < 20; round++) for (const { id } of FIVE) it.answer(id, "b");
  assert.equal(it.progress().success, "unknown");
});

test("a try that was used stays used after a restart", () => {
  const before = attempt([question("q")], { attempts: 2 });
  before.answer("q", "b");
  const after = attempt([question("q")], { attempts: 2 });
  after.restore(before.progress().state);
  assert.equal(after.verdict("q").triesLeft, 1);
  after.answer("q", "c");
  assert.equal(after.failed, true);
});

// Complete

test("complete is every page seen and every task done", () => {
  const it = attempt([question("q"), story("s")]);
  it.answer("q", "b");
  it.answer("s", "start.a");
  seeAll(it);
  assert.equal(it.complete, false);
  it.answer("s", "start.a_end");
  assert.equal(it.complete, true);
});

test("a page that is not of this course counts for nothing", () => {
  const it = attempt([]);
  it.see("elsewhere");
  assert.equal(it.isSeen("elsewhere"), false);
  assert.equal(it.progress().measure, 0);
});

test("complete and passed are never taken back", () => {
  const it = attempt([question("q"), story("s")]);
  seeAll(it);
  it.answer("s", "end");
  it.answer("q", "a");
  assert.deepEqual([it.complete, it.passed], [true, true]);
  it.answer("q", "b");
  it.answer("s", "start.a");
  it.setPassMark(100);
  assert.deepEqual([it.complete, it.passed, it.failed], [true, true, false]);
  const later = attempt([question("q"), story("s"), question("new")]);
  later.restore(it.progress().state);
  assert.deepEqual([later.complete, later.passed, later.progress().measure], [true, true, 1]);
});

test("what the platform has on record is honoured", () => {
  const it = attempt([question("q")]);
  it.honour(true, false, null);
  assert.deepEqual([it.complete, it.passed], [true, false]);
  it.honour(false, true, 70);
  assert.deepEqual([it.complete, it.passed], [true, true]);
});

test("no order of steps takes a result back", () => {
  const step = fc.oneof(
    fc.record({ see: fc.constantFrom(...PAGES) }),
    fc.record({ id: fc.constantFrom("q1", "q2"), response: fc.constantFrom("a", "b") }),
    fc.record({ id: fc.constant("s"), response: fc.constantFrom("start.a", "end") }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 0, max: 3 }), (steps, attempts) => {
      const tasks = [question("q1"), question("q2"), story("s")];
      let it = attempt(tasks, { attempts });
      let [complete, passed] = [false, false];
      for (const each of steps) {
        if ("see" in each) it.see(each.see);
        else it.answer(each.id, each.response);
        const now = it.progress();
        assert.ok(now.complete || !complete);
        assert.ok(now.success === "passed" || !passed);
        assert.ok(now.measure >= 0 && now.measure <= 1 && (now.measure === 1) === now.complete);
        [complete, passed] = [now.complete, now.success === "passed"];
        const next = attempt(tasks, { attempts });
        assert.equal(next.restore(now.state), true);
        assert.deepEqual(next.progress(), now);
        it = next;
      }
    }),
  );
});

// Restore

test("an empty, cut or strange text restores nothing", () => {
  const before = attempt(FIVE);
  before.answer("q1", "a");
  const { state } = before.progress();
  for (const text of ["", state.slice(0, -1), state.replace("q1=a", "q1=b"), "sp1||||", "null"]) {
    const it = attempt(FIVE);
    assert.equal(it.restore(text), false);
    assert.deepEqual(it.progress(), attempt(FIVE).progress());
  }
});

test("a changed course keeps what still fits", () => {
  const before = attempt([question("kept"), question("gone"), question("changed"), story("tale")]);
  before.page = "two";
  before.see("one");
  before.see("three");
  before.answer("kept", "a");
  before.answer("gone", "a");
  before.answer("changed", "d");
  before.answer("tale", "start.a");
  const tasks = [
    question("new"),
    question("kept"),
    question("changed", { fits: (response) => response === "a" || response === "b" }),
    story("tale", { fits: () => false }),
  ];
  const after = attempt(tasks, {}, ["one", "renamed", "two"]);
  assert.equal(after.restore(before.progress().state), true);
  assert.equal(after.page, "two");
  assert.deepEqual(["one", "renamed", "two", "three"].map((page) => after.isSeen(page)), [true, false, false, false]);
  assert.deepEqual(["new", "kept", "changed", "tale", "gone"].map((id) => after.response(id)), [null, "a", null, null, null]);
});

test("a learner whose page is gone begins at the first", () => {
  const before = attempt([]);
  before.page = "three";
  const after = attempt([], {}, ["one", "two"]);
  after.restore(before.progress().state);
  assert.equal(after.page, "one");
});

test("the result page is a place to come back to", () => {
  const before = attempt([]);
  before.page = RESULT;
  const after = attempt([]);
  after.restore(before.progress().state);
  assert.equal(after.page, RESULT);
});

test("what was answered while the platform was sought counts more", () => {
  const before = attempt([question("q1"), question("q2")]);
  before.answer("q1", "a");
  before.answer("q2", "a");
  const after = attempt([question("q1"), question("q2")]);
  after.answer("q1", "c");
  after.restore(before.progress().state);
  assert.deepEqual([after.response("q1"), after.response("q2")], ["c", "a"]);
});

test("pages and tasks may be taken away, renamed and put in another order", () => {
  const ids = fc.uniqueArray(fc.constantFrom("q1", "q2", "q3", "q4"), { maxLength: 4 });
  const pages = fc.uniqueArray(fc.constantFrom("one", "two", "three", "four"), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(ids, ids, pages, pages, (idsBefore, idsAfter, pagesBefore, pagesAfter) => {
      const before = attempt(idsBefore.map((id) => question(id)), {}, pagesBefore);
      for (const page of pagesBefore) before.see(page);
      for (const id of idsBefore) before.answer(id, "b");
      const after = attempt(idsAfter.map((id) => question(id)), {}, pagesAfter);
      assert.equal(after.restore(before.progress().state), true);
      for (const page of pagesAfter) assert.equal(after.isSeen(page), pagesBefore.includes(page));
      for (const id of idsAfter) assert.equal(after.response(id), idsBefore.includes(id) ? "b" : null);
    }),
  );
});

// Gaps and measure

test("what is left is in the order of the pages, with its reason", () => {
  const it = attempt([
    question("late", { page: "three" }),
    question("wrong", { page: "one", critical: true }),
    question("right", { page: "one" }),
    story("tale", { page: "two" }),
  ]);
  it.see("one");
  it.see("three");
  it.answer("wrong", "b");
  it.answer("right", "a");
  it.answer("tale", "start.a");
  assert.deepEqual(it.gaps(), [
    { page: "one", reason: "wrong", critical: true },
    { page: "two", reason: "unseen", critical: false },
    { page: "two", reason: "undone", critical: false },
    { page: "three", reason: "undone", critical: false },
  ]);
});

test("nothing is left when all is seen and right", () => {
  const it = attempt([question("q"), story("s")]);
  seeAll(it);
  it.answer("q", "a");
  it.answer("s", "end");
  assert.deepEqual(it.gaps(), []);
});

test("the measure is the share of pages seen and tasks done", () => {
  const it = attempt([question("q"), story("s"), story("t")]);
  const measures = [it.progress().measure];
  it.see("one");
  measures.push(it.progress().measure);
  it.answer("q", "b");
  measures.push(it.progress().measure);
  it.answer("s", "start.a");
  measures.push(it.progress().measure);
  it.see("two");
  it.see("three");
  it.answer("s", "end");
  measures.push(it.progress().measure);
  it.answer("t", "end");
  measures.push(it.progress().measure);
  assert.deepEqual(measures, [0, 0.1667, 0.3333, 0.3333, 0.8333, 1]);
});
