// One scene at a time; a choice is played out, and leads on or lets the learner choose again.

import type { Verdict } from "../../player/attempt";
import { all, fill, make, one, onPress, words } from "../../player/dom";
import type { Lead, Said } from "../../player/lead";
import { printOf } from "../../player/state";
import { Stopwatch } from "../../player/stopwatch";
import { AnswerEvent, StepEvent, TaskElement } from "../../player/task";
import { plainCopy } from "../../player/terms";
import { say } from "../../player/words";

const KEYS = "abcdefghijklmnopqrstuvwxyz";

interface Step {
  readonly node: string;
  readonly key: string;
}

customElements.define(
  "sp-scenario",
  class extends TaskElement {
    private path: Step[] = [];
    private next: Step[] | null = null; // where the choice that was made leads
    private played: (() => void) | null = null; // what comes after a choice that was played out
    private finished = false;
    private isAsked = false; // to choose first
    private readonly situation = new Stopwatch(); // since it is the one that is shown
    private readonly stage = make("div", "", "stage"); // the picture, and how far the story is
    private readonly scenesLeft = new Map<string, Set<number>>(); // from each node, on all ways from there

    connectedCallback(): void {
      this.count();
      for (const button of all<HTMLButtonElement>(this, ".choice")) {
        button.disabled = false;
        onPress(button, () => this.choose(button.closest("li")!));
      }
      one(this, ".scenario-bar").hidden = false;
      onPress(one(this, ".step-back"), () => this.go(this.path.slice(0, -1)));
      onPress(one(this, ".restart"), () => this.go([]));
      this.draw();
    }

    task(): ReturnType<TaskElement["task"]> {
      return {
        id: this.id,
        correct: null,
        critical: false,
        optional: false,
        credit: () => 0,
        print: this.print(),
        fits: (response) => this.follow(parse(response)) !== null,
        done: (response) => this.follow(parse(response))?.classList.contains("ending") ?? false,
      };
    }

    show(response: string, _verdict: Verdict, fresh: boolean): void {
      this.path = parse(response);
      this.draw();
      this.finished ||= this.atTheEnd;
      if (fresh) this.see(this.here);
    }

    override recall(_verdict: Verdict, isDone: boolean): void {
      this.finished ||= isDone;
    }

    /** Of the story: where its choices lead, and what they say. */
    private print(): string {
      const choices = (node: HTMLElement): unknown =>
        all(node, ".choices > li").map((choice) => [words(one(choice, ".choice")), choice.dataset.next]);
      return printOf(this.nodes.map((node) => [node.dataset.node, choices(node)]));
    }

    recorded(): null {
      return null; // a story is told step by step where a platform has room for it; the state keeps the path
    }

    /** Whoever has chosen and read what came of it has gone on, with the button or without. */
    override leave(): void {
      if (this.next) this.go(this.next);
    }

    override appear(): void {
      super.appear();
      this.situation.restart();
    }

    /** After a choice it leads on, or back to choose again; while there is one to make, it waits. */
    override get lead(): Lead | null {
      const { played } = this;
      if (played) return { words: say(this.next ? "w.scenario_on" : "w.scenario_choose_again"), press: played };
      if (this.finished || this.atTheEnd) return null;
      return { words: say("w.scenario_on"), press: () => this.ask(true), isReady: false, mayWait: true };
    }

    override get says(): Said | null {
      return this.isAsked ? { kind: "plain", heading: say("w.choose_first"), lines: [] } : null;
    }

    /** Ask for a choice, or no more. */
    private ask(isAsked: boolean): void {
      this.isAsked = isAsked;
      this.changed();
    }

    private choose(choice: HTMLElement): void {
      const situation = choice.closest<HTMLElement>(".situation")!;
      const choices = all(situation, ".choices > li");
      this.tell(situation, choices, choice);
      const step = { node: situation.dataset.node!, key: KEYS[choices.indexOf(choice)]! };
      this.next = choice.dataset.next ? [...this.path, step] : null;
      one(situation, ".telling").hidden = true;
      for (const each of choices) each.hidden = each !== choice;
      this.play(choice);
    }

    /** What was chosen, what follows and why, and the way on or back. */
    private play(choice: HTMLElement): void {
      const button = one(choice, ".choice");
      const outcome = one(choice, ".outcome");
      const mine = make("p", "", "bubble mine");
      mine.append(make("span", `${say("w.scenario_you")}:`, "who"), ` ${words(button)}`);
      outcome.prepend(mine);
      this.played = () => this.goOn(button);
      button.hidden = true;
      outcome.hidden = false;
      outcome.tabIndex = -1;
      this.see(outcome);
      this.ask(false);
    }

    private goOn(button: HTMLElement): void {
      if (this.next) {
        this.go(this.next);
        return;
      }
      this.draw();
      button.focus();
    }

    /** Each choice is told, the ones that lead nowhere too. None is right or wrong. */
    private tell(situation: HTMLElement, choices: HTMLElement[], choice: HTMLElement): void {
      const offered = choices.map((each, index) => ({ key: KEYS[index]!, label: words(one(each, ".choice")) }));
      const chosen = offered[choices.indexOf(choice)]!;
      const answer = {
        id: `${this.id}/${situation.dataset.node!}`,
        kind: "choice",
        name: this.dataset.title ?? "",
        prompt: words(one(situation, ".telling")),
        rating: choice.dataset.rating ?? "",
        response: [[chosen]],
        correct: null,
        offered: [offered],
        right: null,
        seconds: this.situation.seconds,
      } as const;
      this.situation.restart();
      this.dispatchEvent(new StepEvent(answer));
    }

    private close(choice: HTMLElement): void {
      one(choice, ".outcome").hidden = true;
      one(choice, ".choice").hidden = false;
      choice.hidden = false;
      for (const made of all(choice, ".mine")) made.remove();
    }

    /** The focus goes to what is new; its picture, or else itself, comes into sight. */
    private see(what: HTMLElement): void {
      what.focus({ preventScroll: true });
      (this.stage.isConnected ? this.stage : what).scrollIntoView({ block: "start" });
    }

    /** Once the story has ended, looking at other ways takes nothing back: only a new ending is an answer. */
    private go(path: Step[]): void {
      this.next = null;
      this.path = path;
      this.situation.restart();
      if (this.finished && !this.atTheEnd) {
        this.draw();
        this.see(this.here);
        return;
      }
      const response = path.map((step) => `${step.node}.${step.key}`).join("_");
      this.dispatchEvent(new AnswerEvent(this.id, response, this.stopwatch.seconds));
      this.stopwatch.restart();
    }

    private draw(): void {
      const { here, atTheEnd } = this;
      this.played = null;
      for (const node of all(this, "[data-node]")) node.hidden = node !== here;
      for (const choice of all(this, ".choices > li")) this.close(choice);
      for (const telling of all(this, ".telling")) telling.hidden = false;
      for (const onPaper of all(this, ".leads, .nth, .situation > .scene")) onPaper.hidden = true;
      one(this, ".origin").hidden = this.path.length > 0;
      one(this, "h3").classList.toggle("unseen", this.path.length > 0 && !atTheEnd);
      one(this, ".step-back").hidden = this.path.length === 0 || atTheEnd;
      one(this, ".restart").hidden = !atTheEnd;
      if (atTheEnd) this.stage.remove();
      else this.set(here);
      this.lookBack(atTheEnd);
      this.ask(false);
    }

    /** The stage for a situation: what can be seen, and how far the story is; some ways can be shorter. */
    private set(here: HTMLElement): void {
      const number = this.path.length + 1;
      const left = this.scenesLeft.get(here.dataset.node!)!;
      const count = this.path.length + Math.max(...left);
      const said = say(left.size > 1 ? "w.scenario_situation_about" : "w.scenario_situation_of", { number, count });
      const seen = this.seen(here);
      this.classList.toggle("pictured", seen.length > 0);
      fill(this.stage, ...seen, make("h4", said, "count"));
      here.prepend(this.stage);
    }

    /** The situation's own picture, or the last one on the way here, whose words were heard then. */
    private seen(here: HTMLElement): HTMLElement[] {
      const way = [...this.path.map((step) => this.node(step.node)!), here];
      const scenes = way.map((node) => node.querySelector(":scope > .scene"));
      const scene = scenes.reverse().find(Boolean)?.cloneNode(true) as HTMLElement | undefined;
      if (!scene) return [];
      scene.hidden = false;
      if (!scenes[0]) one<HTMLImageElement>(scene, "img").alt = "";
      return [scene];
    }

    /** Choices lead forward only, so the nodes are counted from the last to the first. */
    private count(): void {
      for (const node of this.nodes.reverse()) {
        const next = all(node, ".choices > li").flatMap((choice) => choice.dataset.next || []);
        const left = next.flatMap((name) => [...this.scenesLeft.get(name)!].map((scenes) => scenes + 1));
        this.scenesLeft.set(node.dataset.node!, new Set(next.length ? left : [0]));
      }
    }

    /** At the end: each choice on the way, what it was worth, and a way back to it. */
    private lookBack(ended: boolean): void {
      const holder = one(this, ".scenario-path");
      holder.hidden = !ended;
      if (!ended) return;
      fill(one(holder, "ol"), ...this.path.map((step, index) => this.stepBack(this.choice(step)!, index)));
    }

    private stepBack(choice: HTMLElement, index: number): HTMLElement {
      const again = make("button", say("w.scenario_try", { number: index + 1 }), "again");
      again.type = "button";
      onPress(again, () => this.go(this.path.slice(0, index)));
      const item = make("li");
      item.dataset.rating = choice.dataset.rating;
      item.append(make("p", words(one(choice, ".choice"))), plainCopy(one(choice, ".worth")), again);
      return item;
    }

    private get here(): HTMLElement {
      return this.follow(this.path) ?? this.nodes[0]!;
    }

    private get atTheEnd(): boolean {
      return this.here.classList.contains("ending");
    }

    private get nodes(): HTMLElement[] {
      return all(this, "[data-node]");
    }

    private node(name: string): HTMLElement | undefined {
      return this.nodes.find((node) => node.dataset.node === name);
    }

    private choice(step: Step): HTMLElement | null {
      const node = this.node(step.node);
      return node ? (all(node, ".choices > li")[KEYS.indexOf(step.key)] ?? null) : null;
    }

    /** Where a path leads, or null where it is none of this story's. */
    private follow(path: readonly Step[]): HTMLElement | null {
      let here: HTMLElement | undefined = this.nodes[0];
      for (const step of path) {
        const next = this.choice(step)?.dataset.next;
        if (!next || here?.dataset.node !== step.node) return null;
        here = this.node(next);
      }
      return here ?? null;
    }
  },
);

function parse(response: string): Step[] {
  return response ? response.split("_").map((step) => ({ node: step.slice(0, -2), key: step.slice(-1) })) : [];
}
