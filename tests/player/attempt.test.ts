// A learner's answers and what follows from them.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { Attempt, RESULT, type Task } from "../../src/scormpack/player/attempt";
import { checksum, decode, printOf } from "../../src/scormpack/player/state";

const PAGES = ["one", "two", "three"];

function question(id: string, more: Partial<Task> = {}): Task {
  const fits = (response: string): boolean => /^[a-d]+$/.test(response);
  const usual = { id, page: "two", correct: "a", critical: false, optional: false, print: "" };
  const task = { ...usual, fits, done: () => true, ...more };
  return { credit: (response) => (response === task.correct ? 1 : 0), ...task };
}

/** A story is done where its way ends in `end`. */
function story(id: string, more: Partial<Task> = {}): Task {
  const fits = (response: string): boolean => response === "" || /^[a-z._]+$/.test(response);
  return question(id, {
    correct: null,
    credit: () => 0,
    fits,
    done: (response) => response.endsWith("end"),
    ...more,
  });
}

/** Of four options these are right; what is chosen earns its part, what is chosen wrongly takes it away again. */
function several(id: string, correct: string, more: Partial<Task> = {}): Task {
  const credit = (response: string): number => {
    const right = [...response].filter((key) => correct.includes(key)).length;
    return Math.max(right - (response.length - right), 0) / correct.length;
  };
  return question(id, { correct, credit, ...more });
}

/** How sure somebody feels: kept, never marked, never asked for. */
function feeling(id: string, more: Partial<Task> = {}): Task {
  return question(id, {
    correct: null,
    optional: true,
    credit: () => 0,
    fits: (response) => /^[1-4]$/.test(response),
    ...more,
  });
}

let today = 20_000; // days since 1970

function attempt(tasks: Task[], rules: { passMark?: number; attempts?: number } = {}, pages = PAGES): Attempt {
  return new Attempt(pages, tasks, { passMark: 80, attempts: 0, ...rules }, () => today);
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
  assert.deepEqual(
    { scored, score, success, complete },
    { scored: false, score: null, success: "unknown", complete: true },
  );
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
      const it = attempt(
        given.map((_, index) => question(`q${index}`)),
        { passMark },
      );
      for (const [index, response] of given.entries()) it.answer(`q${index}`, response);
      const share = (100 * given.filter((response) => response === "a").length) / given.length;
      assert.ok(Math.abs(it.progress().score! - share) <= 0.005);
      assert.equal(it.passed, it.score >= passMark);
    }),
  );
});

// Partial marks

test("an answer that is partly right earns its part", () => {
  const scores = ["a", "ab", "abc", "abcd", "ad", "d", "abd", "cd"].map((response) => {
    const it = attempt([several("q", "abc")]);
    it.answer("q", response);
    return it.progress().score;
  });
  assert.deepEqual(scores, [33.33, 66.67, 100, 66.67, 0, 0, 33.33, 0]);
});

test("partial marks add up to a score with two decimals at most", () => {
  const credits = fc.array(fc.constantFrom("a", "ab", "abc", "abd", "d"), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(credits, (given) => {
      const tasks = given.map((_, index) => several(`q${index}`, "abc"));
      const it = attempt(tasks);
      for (const [index, response] of given.entries()) it.answer(`q${index}`, response);
      const thirds = given.reduce((sum, response) => sum + { a: 1, ab: 2, abc: 3, abd: 1, d: 0 }[response]!, 0);
      assert.equal(it.progress().score, Number(((100 * thirds) / 3 / given.length).toFixed(2)));
      assert.match(String(it.score), /^\d+(\.\d{1,2})?$/);
      assert.equal(
        it.progress().score === 100,
        given.every((response) => response === "abc"),
      );
    }),
  );
});

test("partial marks can pass, and leave something to look at again", () => {
  const it = attempt([several("q1", "abc"), ...FIVE.slice(1)]);
  for (const { id } of FIVE.slice(1)) it.answer(id, "a");
  const verdict = it.answer("q1", "ab");
  assert.equal(verdict.right, false);
  assert.deepEqual([it.progress().score, it.progress().success], [93.33, "passed"]);
  assert.deepEqual(
    it.gaps().filter((gap) => gap.reason !== "unseen"),
    [{ page: "two", task: "q1", reason: "wrong", isNeeded: false }],
  );
});

test("a critical question needs all that is right, whatever its part earns", () => {
  const it = attempt([several("must", "abc", { critical: true }), ...FIVE.slice(1)]);
  for (const { id } of FIVE.slice(1)) it.answer(id, "a");
  it.answer("must", "ab");
  assert.deepEqual([it.progress().score, it.passed, it.criticalRight], [93.33, false, false]);
  it.answer("must", "abc");
  assert.deepEqual([it.progress().score, it.passed, it.criticalRight], [100, true, true]);
});

test("a question with partial marks is failed only when its tries are used", () => {
  const it = attempt([several("q", "ab")], { attempts: 2 });
  it.answer("q", "a");
  assert.deepEqual([it.failed, it.progress().success], [false, "unknown"]);
  it.answer("q", "a");
  assert.deepEqual([it.failed, it.progress().success, it.progress().score], [true, "failed", 50]);
});

// How sure somebody feels

test("nothing waits for how sure somebody feels, and nothing is scored by it", () => {
  const it = attempt([question("q"), feeling("sure")]);
  seeAll(it);
  it.answer("q", "a");
  const { complete, success, score, measure } = it.progress();
  assert.deepEqual(
    { complete, success, score, measure },
    { complete: true, success: "passed", score: 100, measure: 1 },
  );
  assert.deepEqual([it.isFinished, it.isDone("sure")], [true, false]);
  assert.deepEqual(it.gaps(), []);
  it.answer("sure", "1");
  assert.deepEqual([it.progress().score, it.progress().measure, it.isDone("sure")], [100, 1, true]);
});

test("how sure somebody feels is no question and no part of the measure", () => {
  const it = attempt([feeling("sure")], { attempts: 2 });
  assert.equal(it.isScored, false);
  assert.deepEqual(it.answer("sure", "3"), { right: false, triesLeft: 2 });
  assert.deepEqual([it.progress().measure, it.progress().score, it.complete], [0, null, false]);
  assert.deepEqual(
    it.gaps().map((gap) => gap.reason),
    ["unseen", "unseen", "unseen"],
  );
  it.see("one");
  assert.equal(it.progress().measure, 0.3333);
});

test("how sure somebody felt is there again on the next visit", () => {
  const before = attempt([feeling("sure"), feeling("other")]);
  before.answer("sure", "4");
  const after = attempt([feeling("sure"), feeling("other")]);
  assert.equal(after.restore(before.progress().state), true);
  assert.deepEqual([after.response("sure"), after.response("other")], ["4", null]);
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

test("a score that is equal to the platform's pass mark passes, whatever the decimals", () => {
  const shares = Array.from({ length: 10_001 }, (_, index) => index / 10_000);
  const missed = shares.filter((share) => {
    const it = attempt([question("q1", { credit: () => share })]);
    it.setPassMark(share * 100); // as a driver makes it of a share
    it.answer("q1", "b");
    return !it.passed;
  });
  assert.deepEqual(missed, []);
});

test("a score that comes back from the platform has two decimals, too", () => {
  const it = attempt([question("q1")]);
  it.honour(false, false, 0.57 * 100);
  assert.equal(it.bestScore, 57);
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
  for (const [id, response] of [
    ["q1", "b"],
    ["q1", "b"],
    ["q2", "b"],
    ["q2", "c"],
  ] as const) {
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

// The day on which all was done

test("the day is noted when the last thing is done, and stays", () => {
  today = 20_000;
  const it = attempt([question("q"), story("s")]);
  assert.deepEqual([it.isFinished, it.done], [false, null]);
  seeAll(it);
  it.answer("s", "end");
  assert.deepEqual([it.complete, it.isFinished, it.done], [false, false, null]);
  today = 20_001;
  it.answer("q", "a");
  assert.deepEqual([it.isFinished, it.done], [true, 20_001]);
  today = 20_050;
  it.answer("q", "b");
  it.see("one");
  assert.equal(it.done, 20_001);
  const later = attempt([question("q"), story("s")]);
  later.restore(it.progress().state);
  later.see("two");
  assert.deepEqual([later.isFinished, later.done], [true, 20_001]);
});

test("a course without questions is done when it is complete", () => {
  today = 20_002;
  const it = attempt([story("s")]);
  it.answer("s", "end");
  assert.equal(it.done, null);
  seeAll(it);
  assert.deepEqual([it.isFinished, it.done], [true, 20_002]);
});

test("complete but not passed, and passed but not complete, have no day", () => {
  const complete = attempt([question("q")]);
  seeAll(complete);
  complete.answer("q", "b");
  const passed = attempt([question("q")]);
  passed.answer("q", "a");
  assert.deepEqual([complete.complete, complete.isFinished, complete.done], [true, false, null]);
  assert.deepEqual([passed.passed, passed.isFinished, passed.done], [true, false, null]);
  for (const it of [complete, passed]) assert.equal(decode(it.progress().state)!.doneOn, null);
});

test("what was done before days were noted has none until the next visit", () => {
  const body = "sp2|one|one,two,three|q=a|cp";
  const it = attempt([question("q")]);
  assert.equal(it.restore(`${body}|${checksum(body)}`), true);
  assert.deepEqual([it.isFinished, it.done], [true, null]);
  today = 20_100;
  it.see("one");
  assert.equal(it.done, 20_100);
});

test("what only the platform knows of is dated on the next visit", () => {
  today = 20_200;
  const it = attempt([question("q")]);
  it.honour(true, true, 90);
  assert.deepEqual([it.isFinished, it.done], [true, null]);
  it.see("one");
  assert.equal(it.done, 20_200);
});

test("the first day counts, not that of what was done while the platform was sought", () => {
  today = 20_300;
  const before = attempt([story("s")]);
  seeAll(before);
  before.answer("s", "end");
  today = 20_400;
  const after = attempt([story("s")]);
  seeAll(after);
  after.answer("s", "end");
  assert.equal(after.done, 20_400);
  after.restore(before.progress().state);
  assert.equal(after.done, 20_300);
});

test("a day is the learner's own", () => {
  const it = new Attempt(["one"], [], { passMark: 80, attempts: 0 });
  it.see("one");
  const now = new Date();
  const midnight = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86_400_000;
  assert.ok(it.done === midnight || it.done === midnight - 1, `${it.done} is not ${midnight}`); // midnight may have passed
});

// Restore

test("an empty, cut or strange text restores nothing", () => {
  const before = attempt(FIVE);
  before.answer("q1", "a");
  const { state } = before.progress();
  for (const text of ["", state.slice(0, -1), state.replace("q1=a", "q1=b"), "sp2||||", "null"]) {
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
  assert.deepEqual(
    ["one", "renamed", "two", "three"].map((page) => after.isSeen(page)),
    [true, false, false, false],
  );
  assert.deepEqual(
    ["new", "kept", "changed", "tale", "gone"].map((id) => after.response(id)),
    [null, "a", null, null, null],
  );
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
      const before = attempt(
        idsBefore.map((id) => question(id)),
        {},
        pagesBefore,
      );
      for (const page of pagesBefore) before.see(page);
      for (const id of idsBefore) before.answer(id, "b");
      const after = attempt(
        idsAfter.map((id) => question(id)),
        {},
        pagesAfter,
      );
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
    { page: "one", task: "wrong", reason: "critical", isNeeded: true },
    { page: "two", task: null, reason: "unseen", isNeeded: true },
    { page: "three", task: "late", reason: "undone", isNeeded: true },
  ]);
});

test("nothing is left when all is seen and right", () => {
  const it = attempt([question("q"), story("s")]);
  seeAll(it);
  it.answer("q", "a");
  it.answer("s", "end");
  assert.deepEqual(it.gaps(), []);
});

test("a page is done when the result asks for nothing on it", () => {
  const it = attempt([question("must", { page: "one", critical: true }), ...FIVE]);
  const done = (): string[] => PAGES.filter((page) => it.isPageDone(page));
  seeAll(it);
  assert.deepEqual(done(), ["three"]);
  it.answer("must", "b");
  for (const { id } of FIVE) it.answer(id, id === "q1" ? "b" : "a");
  assert.deepEqual(done(), ["two", "three"]); // one wrong of six is few enough
  it.answer("must", "a");
  assert.deepEqual(done(), PAGES);
});

test("good pages are those on which all was answered rightly, in their order", () => {
  const it = attempt([
    question("late", { page: "three" }),
    question("q1", { page: "one" }),
    question("q2", { page: "one" }),
    story("tale", { page: "two" }),
    feeling("sure", { page: "one" }),
  ]);
  const good = [it.goodPages()];
  it.answer("late", "a");
  it.answer("q1", "a");
  good.push(it.goodPages());
  it.answer("q2", "a");
  good.push(it.goodPages());
  it.answer("tale", "end");
  it.answer("late", "b");
  good.push(it.goodPages());
  assert.deepEqual(good, [[], ["three"], ["one", "three"], ["one"]]);
});

test("a page with a part of the marks is not among the good", () => {
  const it = attempt([several("q", "ab", { page: "one" })]);
  it.answer("q", "a");
  assert.deepEqual(it.goodPages(), []);
});

/** What all is done only with: the names of pages and tasks. */
function needed(it: Attempt): string[] {
  return it.gaps().flatMap(({ task, page, isNeeded }) => (isNeeded ? (task ?? page) : []));
}

test("of the answers that are wrong as few are left as are enough", () => {
  const it = attempt(FIVE);
  seeAll(it);
  for (const { id } of FIVE) it.answer(id, "b");
  assert.deepEqual(needed(it), ["q1", "q2", "q3", "q4"]); // of five, at 80
  for (const { id } of FIVE.slice(0, 3)) it.answer(id, "a");
  assert.deepEqual(needed(it), ["q4"]);
  it.answer("q4", "a");
  assert.deepEqual([needed(it), it.isFinished], [[], true]);
  assert.deepEqual(it.gaps(), [{ page: "two", task: "q5", reason: "wrong", isNeeded: false }]);
});

test("of answers with a part of the marks those that would earn most are counted first", () => {
  const it = attempt([several("q1", "abc"), ...FIVE.slice(1)]);
  seeAll(it);
  for (const { id } of FIVE.slice(3)) it.answer(id, "a");
  for (const id of ["q2", "q3"]) it.answer(id, "b");
  it.answer("q1", "ab"); // two thirds
  assert.deepEqual(needed(it), ["q2", "q3"]); // 53 and 20 are not 80
});

test("an answer without a further try is not left, and can keep somebody from passing", () => {
  const it = attempt([question("must", { critical: true }), ...FIVE], { attempts: 1 });
  seeAll(it);
  it.answer("must", "b");
  assert.deepEqual(needed(it), ["q1", "q2", "q3", "q4", "q5"]);
  for (const { id } of FIVE) it.answer(id, "a");
  assert.deepEqual([needed(it), it.failed, it.gaps().map((gap) => gap.reason)], [[], true, ["spent"]]);
});

test("what a platform has for complete is not to be read again, and its questions are still to be answered", () => {
  const it = attempt([question("q"), story("tale")]);
  it.honour(true, false, null);
  assert.deepEqual(needed(it), ["q"]);
  it.honour(true, true, null);
  assert.deepEqual([needed(it), it.isFinished], [[], true]);
});

test("something is left until all is done, and nothing then, as long as there are tries", () => {
  const acts = fc.array(
    fc.tuple(fc.constantFrom(...PAGES, "q1", "q2", "q3", "q4", "q5", "must", "tale"), fc.boolean()),
    {
      maxLength: 25,
    },
  );
  fc.assert(
    fc.property(acts, fc.constantFrom(0, 50, 80, 100), (done, passMark) => {
      const it = attempt([...FIVE, question("must", { critical: true }), story("tale")], { passMark });
      for (const [name, well] of done) {
        if (PAGES.includes(name)) it.see(name);
        else it.answer(name, well ? (name === "tale" ? "end" : "a") : "b");
        assert.equal(needed(it).length === 0, it.isFinished);
      }
    }),
  );
});

test("a page is good, or has something wrong or undone, or nothing to answer", () => {
  const pages = fc.array(fc.constantFrom(...PAGES), { maxLength: 6 });
  const given = fc.array(fc.constantFrom("a", "b", null), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(pages, given, (places, responses) => {
      const it = attempt(places.map((page, index) => question(`q${index}`, { page })));
      seeAll(it);
      for (const index of places.keys()) if (responses[index]) it.answer(`q${index}`, responses[index]);
      const gaps = new Set(
        it
          .gaps()
          .filter((gap) => gap.reason !== "unseen")
          .map((gap) => gap.page),
      );
      const asked = PAGES.filter((page) => places.includes(page));
      assert.deepEqual(
        it.goodPages(),
        asked.filter((page) => !gaps.has(page)),
      );
    }),
  );
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

// A new version of the course

interface Option {
  readonly words: string;
  readonly isRight: boolean;
}

/** A question as the page would offer it: option n is the n-th letter. */
function offering(options: readonly Option[]): Task {
  const letters = options.map((_, place) => "abcdefgh"[place]!);
  const correct = letters.filter((_, place) => options[place]!.isRight).join("");
  const fits = (response: string): boolean => [...response].every((key) => letters.includes(key));
  return several("q", correct, { fits, print: printOf([options.map(({ words }) => words), correct]) });
}

const words = fc.uniqueArray(fc.string({ unit: fc.constantFrom(..."abc "), minLength: 1, maxLength: 6 }), {
  minLength: 2,
  maxLength: 6,
});
const options = words.chain((texts) =>
  fc.tuple(...texts.map((text) => fc.boolean().map((isRight) => ({ words: text, isRight })))),
);

/** Options moved, taken away, added and corrected. */
function changed(before: readonly Option[]): fc.Arbitrary<readonly Option[]> {
  return fc
    .tuple(fc.shuffledSubarray([...before], { minLength: 1 }), options, fc.boolean())
    .map(([kept, added, isCorrected]) => [
      ...kept.map((each) => (isCorrected ? { ...each, words: `${each.words}!` } : each)),
      ...added.filter((each) => !before.some(({ words: text }) => text === each.words)).slice(0, 2),
    ]);
}

test("after options are moved, added, removed or corrected, right stays right and wrong stays wrong", () => {
  const versions = options
    .filter((all) => all.some(({ isRight }) => isRight))
    .chain((before) =>
      fc.tuple(
        fc.constant(before),
        changed(before).filter((all) => all.some(({ isRight }) => isRight)),
        fc.subarray([..."abcdef"].slice(0, before.length), { minLength: 1 }),
      ),
    );
  fc.assert(
    fc.property(versions, ([before, after, chosen]) => {
      const old = attempt([offering(before)]);
      old.answer("q", chosen.join(""));
      const fresh = attempt([offering(after)]);
      fresh.restore(old.progress().state);
      assert.equal(fresh.verdict("q").right, old.verdict("q").right);
      assert.equal(fresh.isDone("q"), true);
      assert.ok(fresh.score <= old.score && fresh.score >= old.score - 100 / 35, `${fresh.score} ${old.score}`);
      if (old.score === 100) assert.equal(fresh.score, 100);
      const again = attempt([offering(before)]);
      again.restore(old.progress().state);
      assert.deepEqual([again.response("q"), again.score], [chosen.join(""), old.score]);
    }),
    { numRuns: 500 },
  );
});

test("a story that was ended stays ended when it is told in another way", () => {
  const [ended, begun] = ["start.a_end", "start.a"].map((way) => {
    const before = attempt([story("tale", { print: "abc" })]);
    before.answer("tale", way);
    const after = attempt([story("tale", { print: "xyz", fits: () => false })]);
    after.restore(before.progress().state);
    return after;
  });
  assert.deepEqual([ended!.isDone("tale"), ended!.response("tale")], [true, null]);
  assert.deepEqual([begun!.isDone("tale"), begun!.response("tale")], [false, null]);
});

test("tries that were used stay used when the question has changed", () => {
  const before = attempt([question("q", { print: "abc" })], { attempts: 1 });
  before.answer("q", "b");
  const after = attempt([question("q", { print: "xyz" })], { attempts: 1 });
  after.restore(before.progress().state);
  assert.deepEqual(after.verdict("q"), { right: false, triesLeft: 0 });
  assert.equal(after.failed, true);
});
