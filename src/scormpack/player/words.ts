// The player's words, in the course's language; the page carries them.

let words: Map<string, string> | null = null;

function load(): Map<string, string> {
  const template = document.querySelector<HTMLTemplateElement>("template.words");
  const spans = template ? [...template.content.querySelectorAll<HTMLElement>("[data-word]")] : [];
  return new Map(spans.map((span) => [span.dataset["word"]!, span.textContent!]));
}

/** The word called `name`, with its {places} filled in. */
export function say(name: string, places: Record<string, string | number> = {}): string {
  words ??= load();
  return Object.entries(places).reduce(
    (text, [place, value]) => text.replace(`{${place}}`, () => String(value)),
    words.get(name) ?? name,
  );
}
