// The order in which a learner is shown what a question offers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { mixed, seedOf } from "../../src/scormpack/player/mix";

const LETTERS = ["a", "b", "c", "d"];

function order(seed: string, letters = LETTERS): string {
  return mixed(letters, seed, (letter) => letter).join("");
}

test("a learner sees the same order whenever she comes, and loses nothing", () => {
  assert.equal(order("who-first/ada"), order("who-first/ada"));
  assert.equal([...order("who-first/ada")].sort().join(""), "abcd");
  assert.notEqual(order("who-first/ada"), order("who-first/bo"));
  assert.deepEqual(LETTERS, ["a", "b", "c", "d"]);
});

test("the order hangs neither on the one written nor on what else is offered", () => {
  assert.equal(order("who-first/ada", ["d", "b", "a", "c"]), order("who-first/ada"));
  assert.equal(order("who-first/ada", ["a", "b", "d"]), order("who-first/ada").replace("c", ""));
});

/** How far counts are from being the same: chi squared. */
function unevenness(orders: string[], possible: number): number {
  const expected = orders.length / possible;
  const counts = new Map<string, number>();
  for (const each of orders) counts.set(each, (counts.get(each) ?? 0) + 1);
  const squares = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return squares + (possible - counts.size) * expected;
}

// Platforms number their learners: colleagues are called almost the same.
const COLLEAGUES = ["", "worker-", "s-10"].map((name) =>
  Array.from({ length: 2_400 }, (_, number) => order(`what-helps/${name}${number}`)),
);

test("every order is as likely as any other", () => {
  for (const found of COLLEAGUES) assert.ok(unevenness(found, 24) < 49.7); // chance is above it once in a thousand times
});

test("who is called almost the same sees another order", () => {
  for (const found of COLLEAGUES) {
    assert.ok(found.filter((each, at) => each === found[at - 1]).length < 150); // 100 are to be expected
  }
});

test("a learner with a name is known by it, and nobody is where nothing is kept", async () => {
  assert.equal(await seedOf("ada"), "ada");
  assert.equal(await seedOf(""), ""); // Node has no storage of this kind: the order is the author's
});
