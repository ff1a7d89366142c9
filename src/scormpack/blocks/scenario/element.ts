// One situation at a time; a choice leads on, or explains and lets the learner choose again.

import type { Verdict } from "../../player/attempt";
import { all, fill, make, one, words } from "../../player/dom";
import { printOf } from "../../player/state";
import { Stopwatch } from "../../player/stopwatch";
import { AnswerEvent, StepEvent, TaskElement } from "../../player/task";
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
    private finished = false;
    private readonly situation = new Stopwatch(); // since it is the one that is shown

    connectedCallback(): void {
      for (const button of all<HTMLButtonElement>(this, ".choice")) {
        button.disabled = false;
        button.addEventListener("click", () => this.choose(button.closest("li")!));
      }
      one(this, ".scenario-bar").hidden = false;
      one(this, ".step-back").addEventListener("click", () => this.go(this.path.slice(0, -1)));
      one(this, ".restart").addEventListener("click", () => this.go([]));
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
      if (fresh) this.here.focus({ preventScroll: true });
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

    private choose(choice: HTMLElement): void {
      const situation = choice.closest<HTMLElement>(".situation")!;
      const choices = all(situation, ".choices > li");
      this.tell(situation, choices, choice);
      for (const each of choices) this.close(each);
      const outcome = one(choice, ".outcome");
      outcome.hidden = false;
      choice.classList.add("chosen");
      const leadsOn = choice.dataset.next !== "";
      const onward = make(
        "button",
        say(leadsOn ? "w.scenario_on" : "w.scenario_choose_again"),
        leadsOn ? "main-action on" : "on",
      );
      onward.type = "button";
      const next = [...this.path, { node: situation.dataset.node!, key: KEYS[choices.indexOf(choice)]! }];
      this.next = leadsOn ? next : null;
      onward.addEventListener("click", () => {
        if (leadsOn) this.go(next);
        else this.draw();
        if (!leadsOn) one(choice, ".choice").focus();
      });
      outcome.append(onward);
      for (const each of choices) each.hidden = each !== choice;
      outcome.tabIndex = -1;
      outcome.focus({ preventScroll: true });
    }

    /** Each choice is told, the ones that lead nowhere too. None is right or wrong. */
    private tell(situation: HTMLElement, choices: HTMLElement[], choice: HTMLElement): void {
      const offered = choices.map((each, index) => ({ key: KEYS[index]!, label: words(one(each, ".choice")) }));
      const chosen = offered[choices.indexOf(choice)]!;
      const answer = {
        id: `${this.id}/${situation.dataset.node!}`,
        kind: "choice",
        name: this.dataset.title ?? "",
        prompt: told(situation),
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
      const outcome = one(choice, ".outcome");
      outcome.hidden = true;
      choice.hidden = false;
      choice.classList.remove("chosen");
      outcome.querySelector(".on")?.remove();
    }

    /** Once the story has ended, looking at other ways takes nothing back: only a new ending is an answer. */
    private go(path: Step[]): void {
      this.next = null;
      this.path = path;
      this.situation.restart();
      if (this.finished && !this.atTheEnd) {
        this.draw();
        this.here.focus({ preventScroll: true });
        return;
      }
      const response = path.map((step) => `${step.node}.${step.key}`).join("_");
      this.dispatchEvent(new AnswerEvent(this.id, response, this.stopwatch.seconds));
      this.stopwatch.restart();
    }

    private draw(): void {
      const here = this.here;
      for (const node of all(this, "[data-node]")) node.hidden = node !== here;
      for (const choice of all(this, ".choices > li")) this.close(choice);
      for (const leads of all(this, ".leads")) leads.hidden = true;
      const ended = this.atTheEnd;
      one(this, ".step-back").hidden = this.path.length === 0;
      one(this, ".restart").hidden = !ended;
      this.drawPath(ended);
    }

    private drawPath(ended: boolean): void {
      const holder = one(this, ".scenario-path");
      holder.hidden = !ended;
      if (!ended) return;
      const list = document.createElement("ol");
      for (const step of this.path) list.append(make("li", words(one(this.choice(step)!, ".choice"))));
      fill(holder, make("h4", say("w.scenario_path")), list);
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

    private choice(step: Step): HTMLElement | null {
      const node = this.nodes.find((each) => each.dataset.node === step.node);
      return node ? (all(node, ".choices > li")[KEYS.indexOf(step.key)] ?? null) : null;
    }

    /** Where a path leads, or null where it is none of this story's. */
    private follow(path: readonly Step[]): HTMLElement | null {
      let here: HTMLElement | undefined = this.nodes[0];
      for (const step of path) {
        const next = this.choice(step)?.dataset.next;
        if (!next || here?.dataset.node !== step.node) return null;
        here = this.nodes.find((node) => node.dataset.node === next);
      }
      return here ?? null;
    }
  },
);

/** What happens in a situation, without its heading and what can be chosen. */
function told(situation: HTMLElement): string {
  const parts = [...situation.children].filter((part) => !part.matches("h4, .choices"));
  return parts.map((part) => words(part)).join(" ");
}

function parse(response: string): Step[] {
  return response ? response.split("_").map((step) => ({ node: step.slice(0, -2), key: step.slice(-1) })) : [];
}
