// What a script may say, and what the learner then reads.

import assert from "node:assert/strict";
import { test } from "node:test";

import { say } from "../../src/scormpack/player/words";

const CARRIED = carried({
  "w.next": { textContent: "Weiter" },
  "w.page_of": { textContent: "{pages} Seiten, hier ist {page}" },
  "w.welcome_where": { textContent: "Zuletzt: {page}" },
  "w.moved": { textContent: "{item}: {place} von {places}" },
  "w.minutes": {
    textContent: "{minutes} minuty",
    dataset: { by: "minutes", one: "minuta", many: "{minutes} minut" },
  },
});

function carried(words: Record<string, { textContent: string; dataset?: Record<string, string> }>): object {
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, { dataset: {}, ...word }]));
}

// The page, as far as `say` looks at it; where a bundle has a number, there still is the name.
const template = { content: { children: CARRIED } };
Object.assign(globalThis, { document: { documentElement: { lang: "pl" }, querySelector: () => template } });

test("a word is the page's own, with its places filled in", () => {
  assert.equal(say("w.next"), "Weiter");
  assert.equal(say("w.page_of", { page: 2, pages: 9 }), "9 Seiten, hier ist 2");
});

test("what is filled in is left as it is", () => {
  assert.equal(say("w.welcome_where", { page: "$& und {page}" }), "Zuletzt: $& und {page}");
  assert.equal(
    say("w.moved", { item: "Den {place} {places} $1", place: 2, places: 3 }),
    "Den {place} {places} $1: 2 von 3",
  );
});

test("a word has the form that its language uses with a number", () => {
  const said = [1, 3, 5, 22, 112].map((minutes) => say("w.minutes", { minutes }));
  assert.deepEqual(said, ["minuta", "3 minuty", "5 minut", "22 minuty", "112 minut"]);
});
