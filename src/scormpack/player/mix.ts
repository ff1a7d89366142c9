// The order in which a learner is shown what a question offers: another one than her colleague's, and the same whenever she comes.
//
// It follows from the name by which the platform knows her, so it is kept nowhere and is the same on all her devices.

import { keep, kept } from "./device";
import { checksum } from "./state";

const KEY = "scormpack/mix";

/** What her order follows from; where nobody is named, what this device keeps for it; "" where it keeps nothing. */
export async function seedOf(who: string): Promise<string> {
  if (who) return who;
  const found = await kept(KEY);
  if (found) return found;
  const made = Math.random().toString(36).slice(2);
  return (await keep(KEY, made)) ? made : "";
}

/** `things` in the order that follows from `seed`; each has a name of its own among them. */
export function mixed<T>(things: readonly T[], seed: string, nameOf: (thing: T) => string): T[] {
  // A checksum of names that differ in their last letter only differs too little: taken twice, it does not.
  const ranked = things.map((thing) => ({ thing, rank: checksum(checksum(`${nameOf(thing)}/${seed}`)) }));
  return ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1)).map(({ thing }) => thing);
}
