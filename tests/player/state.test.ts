// The saved state: what is written is read, and what was cut or changed is told from it.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { checksum, decode, encode, type Given, type State } from "../../src/scormpack/player/state";

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const word = fc.string({ unit: fc.constantFrom(...letters, ..."0123456789"), minLength: 1, maxLength: 6 });
const slug = fc
  .tuple(fc.constantFrom(...letters), fc.array(word, { minLength: 1, maxLength: 3 }))
  .map(([first, words]) => first + words.join("-"));
const choice = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 });
const way = fc.array(fc.tuple(slug, fc.constantFrom(...letters)), { maxLength: 4 });
const response = fc.oneof(
  choice,
  way.map((steps) => steps.map(([node, key]) => `${node}.${key}`).join("_")),
);
const print = fc.oneof(fc.constant(""), fc.string({ unit: fc.constantFrom(..."az09"), minLength: 3, maxLength: 3 }));
const given: fc.Arbitrary<Given> = fc
  .record(
    { response, tries: fc.integer({ min: 0, max: 9 }), print, worth: fc.nat({ max: 35 }).map((steps) => steps / 35) },
    { noNullPrototype: true },
  )
  .map((one) => (one.print ? one : { ...one, worth: 0 }));
const answers = fc.uniqueArray(fc.tuple(slug, given), { selector: ([id]) => id, maxLength: 12 });
const state: fc.Arbitrary<State> = fc.record(
  {
    page: slug,
    seen: fc.uniqueArray(slug, { maxLength: 12 }),
    answers: answers.map((pairs) => new Map(pairs)),
    complete: fc.boolean(),
    passed: fc.boolean(),
    doneOn: fc.option(fc.integer({ min: 0, max: 46_655 }), { nil: null }), // until the year 2097: three letters
  },
  { noNullPrototype: true },
);

const SMALL: State = {
  page: "story",
  seen: ["start", "questions"],
  answers: new Map([
    ["who-first", { response: "b", tries: 0, print: "", worth: 0 }],
    ["what-helps", { response: "ac", tries: 2, print: "x0z", worth: 1 }],
    ["the-story", { response: "start.b_call.a", tries: 0, print: "abc", worth: 0 }],
  ]),
  complete: true,
  passed: false,
  doneOn: null,
};

test("a state as it is saved", () => {
  const body = "sp2|story|start,questions|who-first=b,what-helps=ac*2~x0zz,the-story=start.b_call.a~abc0|c";
  assert.equal(encode(SMALL), `${body}|${checksum(body)}`);
});

test("the day on which all was done is saved with it", () => {
  const body = "sp2|story|start,questions|who-first=b,what-helps=ac*2~x0zz,the-story=start.b_call.a~abc0|cp.fys";
  const done: State = { ...SMALL, passed: true, doneOn: 20_692 };
  assert.equal(encode(done), `${body}|${checksum(body)}`);
  assert.deepEqual(decode(encode(done)), done);
  assert.equal(encode({ ...done, doneOn: 46_655 }).length, encode(done).length);
});

test("a state that was saved before days were noted is read as it was", () => {
  for (const [flags, complete, passed] of [
    ["", false, false],
    ["c", true, false],
    ["p", false, true],
    ["cp", true, true],
  ] as const) {
    const body = `sp2|story|start|who-first=b|${flags}`;
    assert.deepEqual(decode(`${body}|${checksum(body)}`), {
      page: "story",
      seen: ["start"],
      answers: new Map([["who-first", { response: "b", tries: 0, print: "", worth: 0 }]]),
      complete,
      passed,
      doneOn: null,
    });
  }
});

test("a checksum is six letters, the same for ever", () => {
  assert.equal(checksum(""), "ztntfp"); // FNV-1a: 0x811c9dc5
  assert.equal(checksum("a"), "r9wi7g"); // 0xe40c292c
  fc.assert(fc.property(fc.string(), (text) => assert.match(checksum(text), /^[0-9a-z]{6}$/)));
});

test("what is written is read", () => {
  fc.assert(fc.property(state, (saved) => assert.deepEqual(decode(encode(saved)), saved)));
});

test("what is written is plain ASCII on one line", () => {
  fc.assert(fc.property(state, (saved) => assert.match(encode(saved), /^[a-z0-9.,|=*_~-]+$/)));
});

test("what was cut anywhere is nothing", () => {
  fc.assert(
    fc.property(state, fc.nat(), (saved, at) => {
      const text = encode(saved);
      assert.equal(decode(text.slice(0, at % text.length)), null);
    }),
  );
});

test("what lost its beginning is nothing", () => {
  fc.assert(
    fc.property(state, fc.nat(), (saved, at) => {
      const text = encode(saved);
      assert.equal(decode(text.slice(1 + (at % text.length))), null);
    }),
  );
});

test("what was changed in one sign is nothing", () => {
  const sign = fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom(..."|,=*_.-cp"));
  fc.assert(
    fc.property(state, fc.nat(), sign, (saved, at, other) => {
      const text = encode(saved);
      const place = at % text.length;
      fc.pre(text[place] !== other);
      assert.equal(decode(text.slice(0, place) + other + text.slice(place + 1)), null);
    }),
    { numRuns: 1000 },
  );
});

test("every change of one sign in one text", () => {
  const text = encode(SMALL);
  for (let place = 0; place < text.length; place++) {
    assert.equal(decode(text.slice(0, place) + text.slice(place + 1)), null, `without sign ${place}`);
    for (const other of "az09|,=*_.-~ é") {
      if (other === text[place]) continue;
      assert.equal(decode(text.slice(0, place) + other + text.slice(place + 1)), null, `${place} is ${other}`);
      assert.equal(decode(text.slice(0, place) + other + text.slice(place)), null, `${other} before ${place}`);
    }
  }
});

test("any other text is nothing, and no text breaks it", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."sp2|,=*_.-abc") }),
    fc.array(fc.string(), { maxLength: 8 }).map((parts) => ["sp2", ...parts].join("|")),
  );
  fc.assert(fc.property(text, (given) => assert.equal(decode(given), null)));
});

test("a right checksum under any body breaks nothing", () => {
  const body = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."|,=*_.-abc1") }).map((rest) => `sp2|${rest}`),
  );
  fc.assert(
    fc.property(body, (text) => {
      const read = decode(`${text}|${checksum(text)}`);
      const fits = text.startsWith("sp2|") && text.split("|").length === 5;
      assert.equal(read !== null, fits);
    }),
  );
});

test("another version is nothing", () => {
  const body = "sp1|story|start||c";
  assert.equal(decode(`${body}|${checksum(body)}`), null);
});
