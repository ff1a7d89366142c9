// Looks at a page of a course as a learner does, and says what she could press next. It presses nothing itself: what is
// pressed here by a script opens no window and starts no film.

interface Thing {
  readonly key: string; // what it is known by, as long as the page shows it
  readonly words: string;
  readonly worth: number; // the more, the likelier it leads on
}

interface Sight {
  readonly screen: string; // another one for every other screen
  readonly title: string;
  readonly isDone: boolean; // the course says itself that this is its end
  readonly trouble: string; // what it says of something that went wrong; empty if it says nothing
  readonly things: readonly Thing[];
}

const QUESTIONS = "sp-single, sp-multiple, sp-true-false, sp-order, sp-sort, sp-match";
const PRESSABLE = [
  ...["button", "a[href]", "area[href]", "summary", "input", "[onclick]", "[ng-click]", "[tabindex]"],
  ...["button", "link", "radio", "checkbox", "option", "menuitem", "tab"].map((role) => `[role="${role}"]`),
].join();
const MOST = 300;
// What people write on what leads on, in the languages of the courses that are about; the first that fits counts.
const WORTH: readonly [RegExp, number][] = [
  [/\b(back|prev(ious)?|restart|replay|home|menu|print|help|glossary|mute|zurück|précédent|anterior)\b/i, 1],
  [/\b(exit|close|quit|leave|log ?out|schließen|beenden|quitter|fermer|salir|cerrar)\b/i, 2],
  [/\b(start|begin|launch|enter|resume|play|starten|beginnen|commencer|démarrer|empezar|iniciar)\b/i, 7],
  [/\b(next|continue|proceed|forward|go on|weiter|suivant|continuer|siguiente|continuar)\b|[›»→❯]/i, 6],
  [/\b(submit|check|confirm|answer|ok|done|finish|got it|prüfen|absenden|valider|terminer|enviar)\b/i, 5],
];
const TROUBLE =
  /[^.!?\n]*\b(not (been )?saved|saving failed|offline|no (signal|connection)|connection|could not|error)\b[^.!?\n]*/i;
const USUAL = 3;
const ANSWER = 8;

let found: Element[] = [];

function isShown(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 3 && height > 3 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}

function shown(selector: string, inside: ParentNode = document): HTMLElement[] {
  return [...inside.querySelectorAll<HTMLElement>(selector)].filter(isShown);
}

/** The words that can be read there: not those that are hidden. */
function readable(element: Element | null | undefined): string {
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is no part of the screen
  return (element as HTMLElement | null | undefined)?.innerText ?? "";
}

/** A short number for a text of any length. */
function digest(text: string): string {
  let sum = 5381;
  for (let at = 0; at < text.length; at++) sum = (sum * 33 + text.charCodeAt(at)) | 0;
  return (sum >>> 0).toString(36);
}

function wordsOf(element: Element): string {
  const { title = "", id, className, value, alt } = element as HTMLInputElement;
  const said =
    element.getAttribute("aria-label") ||
    readable(element) ||
    (element.matches("input") ? value : "") ||
    title ||
    alt;
  return (said || `${id} ${className}`).replace(/\s+/g, " ").trim().slice(0, 80);
}

function keyOf(element: Element): string {
  return `${element.localName}#${element.id}.${element.getAttribute("class") ?? ""} ${wordsOf(element)}`.slice(
    0,
    200,
  );
}

// Any course ------------------------------------------------------------------------------------------

function isAnswer(element: Element): boolean {
  return element.matches("input[type=radio], input[type=checkbox], [role=radio], [role=checkbox], [role=option]");
}

/** Whether somebody has answered here already: what is chosen needs no second choice. */
function isAnswered(element: Element): boolean {
  const group = element.closest("fieldset, form, [role=radiogroup], [role=listbox], ul, ol, table, body")!;
  return (
    group.querySelector(":checked:is([type=radio], [type=checkbox]), [aria-checked=true], [aria-selected=true]") !==
    null
  );
}

function worthOf(element: Element, words: string): number {
  if (isAnswer(element)) return isAnswered(element) ? 0 : ANSWER;
  const more = `${words} ${element.id} ${element.getAttribute("class") ?? ""}`.replace(/[_-]/g, " ");
  return (WORTH.find(([say]) => say.test(words)) ?? WORTH.find(([say]) => say.test(more)) ?? [/./, USUAL])[1];
}

function canBePressed(element: Element): boolean {
  const { origin = location.origin, protocol = "" } = element as HTMLAnchorElement;
  if (origin !== location.origin && protocol !== "javascript:") return false; // it leads away, or to another program
  const isField = element.matches(
    "input:not([type=button], [type=submit], [type=image], [type=radio], [type=checkbox])",
  );
  return !isField && !element.matches(":disabled, [aria-disabled=true], [tabindex='-1']:not(button, a)");
}

function anything(): Element[] {
  return shown(PRESSABLE).slice(0, MOST).filter(canBePressed);
}

// Our own -----------------------------------------------------------------------------------------------

/** What gives the right answer to a question, one press after the other; nothing where it stands there. */
function answer(question: HTMLElement): HTMLElement | undefined {
  const correct = question.dataset.correct ?? "";
  if (question.matches("sp-order")) {
    const placed = shown(".steps > li", question).map(({ dataset }) => dataset.key ?? ""); // "" where there is room
    const wrong = placed.find((key, at) => key && key !== correct[at]);
    const next = [...correct].find((key, at) => placed[at] !== key);
    return shown(`[data-key="${wrong ?? next}"] .choice`, question)[0];
  }
  if (question.matches("sp-sort, sp-match")) {
    const thing = shown(".item.alone", question)[0];
    return thing && shown(`[data-key="${correct[Number(thing.dataset.key)]}"]`, thing)[0];
  }
  const fields = [...question.querySelectorAll<HTMLInputElement>("input")];
  return fields.find(({ checked, value }) => checked !== correct.includes(value));
}

/** What the learner presses who knows every answer: the one main button, as soon as all is answered. */
function ahead(): HTMLElement | undefined {
  const screen = shown("main > section")[0] ?? document;
  const open = shown(QUESTIONS, screen).filter(({ classList }) => !classList.contains("is-right"));
  const scale = shown("sp-confidence", screen).find((each) => !each.querySelector(":checked"));
  return (
    open.map(answer).find(Boolean) ??
    scale?.querySelector<HTMLElement>('input[value="3"]') ??
    shown('sp-scenario .situation li[data-rating="best"]:not([data-next=""]) > .choice', screen)[0] ??
    shown(".bar .next")[0]
  );
}

function away(): HTMLElement | undefined {
  if (shown("#ended").length) return undefined;
  return shown(".exit")[0] ?? shown(".to-contents")[0];
}

function ours(isLeaving: boolean): Element[] {
  const welcome = shown('.welcome-back[open] [value="on"]')[0];
  const next = welcome ?? (isLeaving ? away() : ahead());
  return next ? [next] : [];
}

// What is asked of it -------------------------------------------------------------------------------------

/** What can be seen; of a course of ours only what leads to its end, or out of it. */
function look(isOurs: boolean, isLeaving: boolean): Sight {
  found = isOurs ? ours(isLeaving) : anything();
  const things = found.map((element) => {
    const words = wordsOf(element);
    return { key: keyOf(element), words, worth: isOurs ? ANSWER : worthOf(element, words) };
  });
  const text = readable(document.body);
  return {
    screen: digest(`${location.pathname}${location.hash} ${text.slice(0, 20_000)}`),
    title: (readable(shown("h1, h2")[0]) || document.title).slice(0, 80),
    isDone: isOurs && shown("#result").length > 0,
    trouble: (TROUBLE.exec(text)?.[0] ?? "").trim().slice(0, 120),
    things,
  };
}

/** The middle of what was seen, on the whole page around all frames; null if it has gone. */
function aim(index: number): [number, number] | null {
  const element = found[index];
  if (!element?.isConnected) return null;
  const label = element.matches("input") ? (element as HTMLInputElement).labels?.[0] : undefined;
  const target = label && !isShown(element) ? label : element;
  target.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  const box = target.getBoundingClientRect();
  let [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  for (let frame = window.frameElement; frame; frame = frame.ownerDocument.defaultView?.frameElement ?? null) {
    const around = frame.getBoundingClientRect();
    x += around.left + frame.clientLeft;
    y += around.top + frame.clientTop;
  }
  return [x, y];
}

Object.assign(window, { scormpackGuide: { look, aim } });
