// What no script can say: `tsc` complains of a line below that it takes.

import { say } from "../../src/scormpack/player/words";

export function refused(anything: string, last: boolean): void {
  // @ts-expect-error no such word
  say("w.nxet");
  // @ts-expect-error a name without its prefix would not be found in the bundle
  say("next");
  // @ts-expect-error any text
  say(anything);
  // @ts-expect-error a name that is put together from any text
  say(`w.sign_${anything}`);
  // @ts-expect-error a place that is not filled in
  say("w.page_of", { page: 2 });
  // @ts-expect-error a word with places, without them
  say("w.page_of");
  // @ts-expect-error a place that the word does not have
  say("w.page_of", { page: 2, pages: 9, of: 1 });
  // @ts-expect-error a word without places
  say("w.next", { page: 2 });
  // @ts-expect-error a word that changes with a number, without the number
  say("w.minutes");
  // @ts-expect-error places of one word, where the other needs more
  say(last ? "w.welcome_where" : "w.page_of", { page: "Hands" });
}
