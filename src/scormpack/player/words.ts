// The player's words, in the course's language; the page carries them.
//
// A script names a word as templates do, `w.page_of`, and writes the name out: the page carries the words whose names
// hatch_build.py finds in the bundles, where it puts instead of each name the place that the word has in the page.
// A word that changes with a number has a form for each kind of number, and a name for the place of that number.

import type { English } from "../bundles/english";
import { one } from "./dom";

type Name = keyof English;

/** The {places} of a text, or of all forms of a text that changes with the number in the place `by`. */
type Place<Text> = Text extends `${string}{${infer First}}${infer Rest}`
  ? First | Place<Rest>
  : Text extends { by: infer By extends string; other: infer Other }
    ? By | Place<Other>
    : never;

/** What has to be filled in: nothing where a word has no places. */
type Filling<Key extends Name> = [Place<English[Key]>] extends [never]
  ? []
  : [Record<Place<English[Key]>, string | number>];

/** The word called `name`, with its {places} filled in. */
export function say<Key extends Name>(name: `w.${Key}`, ...filling: Filling<Key>): string {
  const { content } = one<HTMLTemplateElement>(document, "template.words");
  const at = name as unknown as number; // in a bundle
  const places: Record<string, string | number> = filling[0] ?? {};
  const word = content.children[at] as HTMLElement;
  return form(word, places).replace(/\{(\w+)\}/g, (_, place: string) => String(places[place]));
}

function form(word: HTMLElement, places: Record<string, string | number>): string {
  const { by, ...forms } = word.dataset;
  const kind = by && new Intl.PluralRules(document.documentElement.lang).select(Number(places[by]));
  return (kind && forms[kind]) || word.textContent!;
}
