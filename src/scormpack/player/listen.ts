// The page read aloud by the device's own voice, one sentence at a time; the sentence that is read is marked.

import { all, one } from "./dom";
import { say } from "./words";

const SILENT =
  "[hidden], button:not(.choice), textarea, .unseen, .change, .tools, script, template, .sign, details:not([open]) > :not(summary)";
const SENTENCE = /[^.!?…]+[.!?…]*["”’)]*\s*/g;
const MARK = "sp-read"; // the name of the highlight, and the class where a browser has no highlights

/** A sentence: its words, and where they stand. */
interface Sentence {
  readonly text: string;
  readonly range: Range;
  readonly block: Element;
}

interface Highlights {
  set(name: string, highlight: unknown): void;
  delete(name: string): void;
}

export class Listen {
  private sentences: Sentence[] = [];
  private next = 0;
  private reading = false;

  /** `parts` gives what is shown now: the page, and what is said of an answer. */
  constructor(
    private readonly button: HTMLButtonElement,
    private readonly parts: () => HTMLElement[],
  ) {
    if (!("speechSynthesis" in window)) return;
    this.offer();
    speechSynthesis.addEventListener?.("voiceschanged", () => this.offer());
    button.addEventListener("click", () => (this.reading ? this.pause() : this.read()));
    window.addEventListener("pagehide", () => this.stop());
  }

  /** Another page is shown: what was read of the last one is over. */
  stop(): void {
    this.pause();
    this.sentences = [];
    this.next = 0;
  }

  private offer(): void {
    this.button.hidden = this.voice === null;
  }

  /** A voice of the device itself: one from the network would send away what is read. */
  private get voice(): SpeechSynthesisVoice | null {
    const language = document.documentElement.lang.toLowerCase();
    const ours = speechSynthesis.getVoices().filter((voice) => voice.localService);
    const spoken = (voice: SpeechSynthesisVoice): string => voice.lang.replace("_", "-").toLowerCase();
    const [root = ""] = language.split("-");
    return (
      ours.find((voice) => spoken(voice) === language) ??
      ours.find((voice) => spoken(voice).split("-")[0] === root) ??
      null
    );
  }

  private read(): void {
    if (this.next >= this.sentences.length) {
      this.sentences = this.parts().flatMap(sentencesOf);
      this.next = 0;
    }
    this.reading = true;
    this.draw();
    this.speak();
  }

  /** Each sentence is an utterance of its own: some browsers fall silent in the middle of a long one. */
  private speak(): void {
    this.keepUp();
    const sentence = this.sentences[this.next];
    if (!sentence) {
      this.stop();
      return;
    }
    mark(sentence);
    const utterance = new SpeechSynthesisUtterance(sentence.text);
    utterance.voice = this.voice;
    utterance.lang = document.documentElement.lang;
    utterance.onend = () => {
      if (!this.reading || this.sentences[this.next] !== sentence) return;
      this.next++;
      this.speak();
    };
    utterance.onerror = () => {
      if (this.sentences[this.next] === sentence) this.pause();
    };
    speechSynthesis.speak(utterance);
  }

  /** Where what comes next is no longer shown, go on with what has come in its place. */
  private keepUp(): void {
    if (this.sentences.slice(this.next).every(({ block }) => block.getClientRects().length)) return;
    const read = new Set(this.sentences.slice(0, this.next).map(({ block }) => block));
    this.sentences = this.parts().flatMap(sentencesOf);
    this.next = this.sentences.findIndex(({ block }) => !read.has(block));
  }

  /** Stop where we are; the next tap goes on with this sentence. */
  private pause(): void {
    if (!this.reading) return;
    this.reading = false;
    speechSynthesis.cancel();
    unmark();
    this.draw();
  }

  private draw(): void {
    one(this.button, ".word").textContent = say(this.reading ? "w.listen_stop" : "w.listen");
    this.button.setAttribute("aria-pressed", String(this.reading));
  }
}

/** The sentences that are shown, in the order of the page. */
function sentencesOf(page: HTMLElement): Sentence[] {
  const texts = new Map<Element, Text[]>();
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement!;
    if (parent.closest(SILENT) || !parent.getClientRects().length) continue;
    const block = lineOf(parent);
    const before = texts.get(block) ?? [];
    if (before.length || node.nodeValue!.trim()) texts.set(block, [...before, node as Text]);
  }
  return [...texts].flatMap(([block, nodes]) => split(block, nodes));
}

/** What holds the whole line of text that an element is a part of. */
function lineOf(element: Element): Element {
  const inline = getComputedStyle(element).display.startsWith("inline");
  return inline && element.parentElement ? lineOf(element.parentElement) : element;
}

function split(block: Element, nodes: Text[]): Sentence[] {
  const whole = nodes.map((node) => node.data).join("");
  return [...whole.matchAll(SENTENCE)]
    .filter((found) => /[\p{L}\p{N}]/u.test(found[0]))
    .map((found) => {
      const range = document.createRange();
      range.setStart(...at(nodes, found.index));
      range.setEnd(...at(nodes, found.index + found[0].trimEnd().length));
      return { text: found[0].replace(/\s+/g, " ").trim(), range, block };
    });
}

/** The text node, and the place in it, of a place in all of them together. */
function at(nodes: Text[], place: number): [Text, number] {
  let left = place;
  for (const node of nodes) {
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  const last = nodes[nodes.length - 1]!;
  return [last, last.length];
}

function mark(sentence: Sentence): void {
  unmark();
  const highlights = (CSS as unknown as { highlights?: Highlights }).highlights;
  const { Highlight } = window as unknown as { Highlight: new (range: Range) => unknown };
  if (highlights) highlights.set(MARK, new Highlight(sentence.range));
  else sentence.block.classList.add(MARK);
  const box = sentence.range.getBoundingClientRect();
  if (box.top < 0 || box.bottom > window.innerHeight * 0.8) sentence.block.scrollIntoView({ block: "center" });
}

function unmark(): void {
  (CSS as unknown as { highlights?: Highlights }).highlights?.delete(MARK);
  for (const block of all(document, `.${MARK}`)) block.classList.remove(MARK);
}
