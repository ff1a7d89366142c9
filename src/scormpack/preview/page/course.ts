// One course on its platform: how it is shown, what the learner does, and the record of it.

import { all, one, onPress } from "../../player/dom";
import { addressOf, askedFor, type Choice } from "./choice";
import { Comments } from "./comments";
import { Findings } from "./findings";
import { Frame } from "./frame";
import { type News, type Run, type Seen, say, type Trouble } from "./news";
import { copy, offer } from "./parts";
import { EntryList } from "./record";
import { Standing } from "./standing";
import { Tabs } from "./tabs";
import { Troubles } from "./trouble";
import { savedWords } from "./words";

export class CoursePage {
  private run: Run | null = null;
  private isAsking = false;
  private isUnheard = false; // what was asked for, because the server had ended
  private keepsPlace = true; // at the next launch; not where another learner or another manner begins
  private readonly frame: Frame;
  private readonly tabs: Tabs;
  private readonly entries: EntryList;
  private readonly standing: Standing;
  private readonly findings: Findings;
  private readonly troubles: Troubles;
  private readonly comments: Comments;

  constructor(
    private readonly root: HTMLElement,
    private readonly choice: Choice,
    private readonly seen: Seen,
    private readonly lookAgain: () => void,
  ) {
    root.hidden = false;
    this.frame = new Frame(one(root, ".stage"), (page) => this.comments.turn(page));
    this.entries = new EntryList(this.panel("entries"), this.tab("entries"));
    this.standing = new Standing({
      data: this.panel("data"),
      state: this.panel("state"),
      result: this.panel("result"),
    });
    this.findings = new Findings(
      this.panel("findings"),
      one(root, ".over"),
      this.tab("findings"),
      one(root, ".aside"),
    );
    this.troubles = new Troubles(
      one<HTMLButtonElement>(root, ".make-trouble"),
      one(root, ".troubles"),
      one(root, ".on-purpose"),
      (trouble, on) => void this.turn(trouble, on),
    );
    this.comments = new Comments(this.panel("comments"), this.tab("comments"), {
      add: (said) => say(this.review, said),
      resolve: (id, resolved) => void say(this.review, { id, resolved }),
      go: (page) => this.launch({ page, screen: 0 }),
    });
    this.tabs = new Tabs(one(root, "[role=tablist]"), (name) => name === "entries" && this.entries.shown());
    this.listen();
    this.frame.show(choice);
    void this.ask();
  }

  show({ library, run, review }: News): void {
    for (const name of ["provider", "target"] as const) {
      const field = this.field(name);
      field.parentElement!.hidden = !!library.zip;
      offer(field, library[`${name}s`], this.choice[name]);
    }
    one(this.root, ".back").hidden = !!library.zip;
    if (run) this.showRun(run, !!review);
    const isGone = !run && !!this.seen.run; // the server was started again
    if ((isGone || this.isUnheard) && !this.isAsking) void this.ask();
  }

  private showRun(run: Run, mayComment: boolean): void {
    const before = this.run;
    this.run = run;
    if (before?.id !== run.id) this.entries.clear();
    else if (before.record !== run.record) this.beginAnew();
    else this.announce(before, run);
    this.head(run);
    this.entries.name(run.kind);
    this.add(run);
    this.standing.show(run);
    this.findings.show(run);
    this.troubles.show(run.troubles ?? []);
    this.comments.show(run, mayComment);
    if (before?.stamp !== run.stamp || before.url !== run.url) this.launch(this.keepsPlace ? this.frame.where : null);
  }

  /** Somebody has begun anew, here or in another browser: all that is on record now has to be asked for. */
  private beginAnew(): void {
    this.entries.clear();
    this.keepsPlace = false;
    Object.assign(this.seen, { version: 0, entries: 0 });
  }

  /** Add the entries that follow on the last one. */
  private add({ entries = [] }: Run): void {
    if (entries[0]?.number === this.entries.last + 1) this.entries.add(entries);
    this.seen.entries = this.entries.last;
  }

  private head({ title, version, guide, url, platforms = [] }: Run): void {
    document.title = `${title} – preview`;
    one(this.root, "h1").textContent = title;
    one(this.root, ".version").textContent = version;
    link(one<HTMLAnchorElement>(this.root, ".guide"), guide);
    link(one<HTMLAnchorElement>(this.root, ".alone"), url);
    const platform = this.field("platform");
    platform.parentElement!.hidden = platforms.length < 2;
    offer(platform, platforms, this.choice.platform);
  }

  /** Say once what has become of a save. */
  private announce(before: Run, run: Run): void {
    const isSaved = before.stamp !== run.stamp || JSON.stringify(before.findings) !== JSON.stringify(run.findings);
    if (isSaved && this.keepsPlace) one(document, ".heard").textContent = savedWords(run.findings);
  }

  private launch(where: Frame["where"]): void {
    this.keepsPlace = true;
    if (!where) this.frame.where = null;
    if (this.run?.url) this.frame.launch(this.run.url, where);
    else this.frame.empty();
  }

  /** Ask for the run of what is chosen. */
  private async ask(): Promise<void> {
    this.isAsking = true;
    try {
      const { run } = await say<{ run: string }>("/api/runs", askedFor(this.choice));
      if (run !== this.seen.run) Object.assign(this.seen, { run, entries: 0 });
      this.seen.version = 0;
      this.isUnheard = false;
      this.tell("");
      this.lookAgain();
    } catch (error) {
      this.isUnheard = error instanceof TypeError;
      this.tell(this.isUnheard ? "" : (error as Error).message);
    } finally {
      this.isAsking = false;
    }
  }

  private async turn({ name, kind }: Trouble, on: boolean): Promise<void> {
    await say(`${this.at}/trouble`, { name, on });
    if (kind === "launch") this.launch(null);
  }

  private async forget(): Promise<void> {
    await say(`${this.at}/forget`, {});
    this.beginAnew();
    this.lookAgain();
  }

  // What the reader chooses and presses ----------------------------------------------------------

  private listen(): void {
    this.root.addEventListener("change", ({ target }) => this.changed(target as HTMLInputElement));
    const acts: Record<string, () => void> = {
      ".come-back": () => this.launch(null),
      ".close-tab": () => this.close(),
      ".open-again": () => this.launch(null),
      ".new-learner": () => void this.forget(),
    };
    for (const [selector, act] of Object.entries(acts)) onPress(one(this.root, selector), act);
    for (const each of all(this.root, ".copy")) onPress(each, () => void this.copy(each));
    this.setFields();
  }

  private close(): void {
    this.frame.close();
    one(this.root, ".open-again").focus();
  }

  private setFields(): void {
    for (const field of all<HTMLInputElement>(this.root, "[data-choice]")) {
      const value = this.choice[field.name as keyof Choice];
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = isOn(field, value);
      else field.value = String(value);
    }
  }

  private changed(field: HTMLInputElement): void {
    if (field.dataset.choice === undefined) return;
    const value = field.type === "checkbox" ? valueIn(field) : field.value;
    Object.assign(this.choice, { [field.name]: value });
    history.replaceState(null, "", addressOf(this.choice));
    this.frame.show(this.choice);
    if (["frame", "turned"].includes(field.name)) return;
    this.keepsPlace = !["mode", "platform"].includes(field.name);
    void this.ask();
  }

  private async copy(pressed: HTMLElement): Promise<void> {
    await copy(JSON.stringify(this.shownIn(this.tabs.current), null, 2));
    pressed.textContent = "Copied";
    pressed.addEventListener("blur", () => (pressed.textContent = "Copy as JSON"), { once: true });
  }

  /** What a tab shows, as data. */
  private shownIn(tab: string): unknown {
    if (tab === "entries") return this.entries.entries;
    if (tab === "data") return Object.fromEntries(this.run?.data ?? []);
    return this.run?.[tab as keyof Run] ?? null;
  }

  // Where things are -----------------------------------------------------------------------------

  private get at(): string {
    return `/api/runs/${this.seen.run}`;
  }

  private get review(): string {
    return `/api/review/${encodeURIComponent(this.choice.subject)}`;
  }

  private panel(name: string): HTMLElement {
    return one(this.root, `#panel-${name}`);
  }

  private tab(name: string): HTMLElement {
    return one(this.root, `[data-tab="${name}"]`);
  }

  private field(name: string): HTMLSelectElement {
    return one<HTMLSelectElement>(this.root, `select[name=${name}]`);
  }

  private tell(words: string): void {
    const problem = one(this.root, ".problem");
    problem.textContent = words;
    problem.hidden = !words;
  }
}

/** A box stands for yes and no, or for one of two words: `data-on` and `data-off`. */
function isOn({ dataset }: HTMLInputElement, value: unknown): boolean {
  return dataset.on ? value === dataset.on : value === true;
}

function valueIn({ dataset, checked }: HTMLInputElement): boolean | string {
  return dataset.on ? (checked ? dataset.on : dataset.off!) : checked;
}

function link(anchor: HTMLAnchorElement, address: string | null): void {
  anchor.hidden = !address;
  if (address) anchor.href = address;
}
