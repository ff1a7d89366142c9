// What the platform knows: the data model, the saved state and the result.

import { fill, make, one } from "../../player/dom";
import type { Run } from "./news";
import { resultWords, sizeWords } from "./words";

const NOTHING = { completion: null, success: null, score: null, seconds: null, page: null };

/** Shows what has changed since, and nothing else. */
class Changing<T> {
  private last = "";

  constructor(private readonly draw: (value: T) => void) {}

  show(value: T): void {
    const now = JSON.stringify(value);
    if (now === this.last) return;
    this.last = now;
    this.draw(value);
  }
}

export class Standing {
  private readonly data: Changing<NonNullable<Run["data"]>>;
  private readonly state: Changing<NonNullable<Run["state"]>>;
  private readonly result: Changing<[string, string][]>;
  private known = new Map<string, string>();

  constructor(panels: Readonly<Record<"data" | "state" | "result", HTMLElement>>) {
    this.data = new Changing((data) => this.drawData(panels.data, data));
    this.state = new Changing((state) => drawState(panels.state, state));
    this.result = new Changing((rows) => fill(one(panels.result, "dl"), ...pairs(rows)));
  }

  show({ data, state, result, open }: Run): void {
    this.data.show(data ?? []);
    this.state.show(state ?? { text: "", size: 0, limit: null });
    this.result.show(resultWords(result ?? NOTHING, !!open));
  }

  private drawData(panel: HTMLElement, data: NonNullable<Run["data"]>): void {
    const isFirst = !this.known.size;
    const rows = data.map(([name, value]) => row(name, value, !isFirst && this.known.get(name) !== value));
    this.known = new Map(data);
    fill(one(panel, "tbody"), ...rows);
    one(panel, ".none").hidden = !!data.length;
    one(panel, "table").hidden = !data.length;
  }
}

function row(name: string, value: string, isNew: boolean): HTMLElement {
  const made = make("tr", "", isNew ? "is-new" : "");
  const head = make("th", name);
  head.scope = "row";
  made.append(head, make("td", value));
  return made;
}

function drawState(panel: HTMLElement, { text, size, limit }: NonNullable<Run["state"]>): void {
  const meter = one<HTMLMeterElement>(panel, "meter");
  meter.hidden = limit === null;
  meter.max = limit ?? 1;
  meter.high = meter.max * 0.8;
  meter.value = size;
  one(panel, ".size").textContent = sizeWords(size, limit);
  one(panel, ".size").hidden = !text;
  one(panel, "pre").textContent = text;
  one(panel, "pre").hidden = !text;
  one(panel, ".none").hidden = !!text;
}

function pairs(values: readonly (readonly [string, string])[]): HTMLElement[] {
  return values.flatMap(([name, value]) => [make("dt", name), make("dd", value)]);
}
