// The preview's page: what its address means, and how it says what is on record.

import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, askedFor, choiceOf, sizeOf } from "../../src/scormpack/preview/page/choice";
import type { Finding } from "../../src/scormpack/preview/page/news";
import { clock, counted, resultWords, savedWords, sizeWords, spent } from "../../src/scormpack/preview/page/words";

const SHARED = "/m/may-have-died?provider=willow-lane&target=xapi&frame=tablet&turned=1&scheme=dark&large=1";

test("an address and a choice stand for each other", () => {
  const choice = choiceOf(...(SHARED.split("?") as [string, string]));
  assert.deepEqual(
    [choice.subject, choice.provider, choice.frame, choice.turned, choice.scheme, choice.large, choice.calm],
    ["may-have-died", "willow-lane", "tablet", true, "dark", true, false],
  );
  assert.equal(addressOf(choice), SHARED);
  assert.equal(addressOf(choiceOf("/zip", "")), "/zip");
  assert.equal(addressOf(choiceOf("/", "provider=a%26b")), "/?provider=a%26b");
});

test("what an address says that cannot be meant is as usual", () => {
  const choice = choiceOf("/m/hands", "frame=cinema&scheme=pink&mode=exam&turned=yes&unknown=1&subject=other");
  assert.equal(addressOf(choice), "/m/hands");
  assert.equal(choiceOf("/m/%E0%A4%A", "").subject, "");
});

test("the server is asked for what the learner meets, not for the frame around it", () => {
  const { provider, target, ...rest } = askedFor(choiceOf("/m/hands", "frame=wide&forced=1&mode=review")) as Record<
    string,
    unknown
  >;
  assert.deepEqual([provider, target], ["", ""]);
  assert.deepEqual(rest, {
    subject: "hands",
    learner: "",
    mode: "review",
    platform: "",
    appearance: { scheme: "light", forced: true, calm: false, large: false },
  });
});

test("a frame that is turned is as wide as it was high", () => {
  assert.deepEqual(sizeOf({ frame: "phone", turned: false }), [375, 667]);
  assert.deepEqual(sizeOf({ frame: "phone", turned: true }), [667, 375]);
});

test("times are said as people say them", () => {
  assert.deepEqual([0, 7.25, 59.96, 247.3].map(clock), ["0:00.0", "0:07.3", "1:00.0", "4:07.3"]);
  assert.deepEqual([0, 1, 125, 3600, 3725].map(spent), [
    "0 seconds",
    "1 second",
    "2 minutes 5 seconds",
    "1 hour",
    "1 hour 2 minutes 5 seconds",
  ]);
  assert.deepEqual([counted(1, "call"), counted(1200, "call")], ["1 call", "1,200 calls"]);
});

test("a result is said in plain words, and so is that there is none", () => {
  const nothing = { completion: null, success: null, score: null, seconds: null, page: null };
  assert.deepEqual(resultWords(nothing, false), [
    ["Completion", "Nothing recorded yet"],
    ["Success", "Nothing recorded yet"],
    ["Score", "None recorded yet"],
    ["Time in all", "None recorded yet"],
    ["Place", "None recorded yet"],
    ["Session", "Closed"],
  ]);
  const passed = { completion: "completed", success: "passed", score: 0.835, seconds: 90, page: "result" };
  const said = resultWords(passed, true).map(([, value]) => value);
  assert.deepEqual(said, ["Completed", "Passed", "83.5 %", "1 minute 30 seconds", "result", "Open"]);
});

test("a saved state is held against what the standard allows", () => {
  assert.equal(sizeWords(820, 4096), "820 of 4,096 characters, 20 %");
  assert.equal(sizeWords(1, null), "1 character; there is no limit");
});

test("after a save it is said once what is wrong, without what somebody has waived", () => {
  const found = (severity: Finding["severity"], waived = false): Finding => ({
    ...{ code: "ACC-02", severity, message: "", hint: "", excerpt: "", reason: "", waived },
    place: { path: "", line: 0, column: 0 },
  });
  assert.equal(savedWords([]), "Saved. Nothing is wrong.");
  assert.equal(savedWords([found("info"), found("warning", true)]), "Saved. Nothing is wrong.");
  assert.equal(savedWords([found("error"), found("error"), found("warning")]), "Saved. 2 errors, 1 warning.");
});
