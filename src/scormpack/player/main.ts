// Brings attempt, pages and platform together; the only file that knows all three.

import { Attempt, RESULT } from "./attempt";
import { Certificate } from "./certificate";
import { all, one } from "./dom";
import type { Answer, Connect, CourseFacts, Driver } from "./driver";
import { Listen } from "./listen";
import { Navigation } from "./navigation";
import { readAsOneLikes } from "./reading";
import { showResult } from "./result";
import { AnswerEvent, TaskElement } from "./task";
import { explainTerms } from "./terms";
import { say } from "./words";

const PAINT_FIRST = 30; // milliseconds: a platform's slow save must not hold back what the learner sees

class Player {
  private readonly course = one(document, "sp-course");
  private readonly elements = all<TaskElement>(this.course, "*").filter((element) => element instanceof TaskElement);
  private readonly attempt: Attempt;
  private readonly navigation: Navigation;
  private readonly voice: Listen;
  private readonly certificate = new Certificate(this.course);
  private driver: Driver | null = null;
  private waiting: Answer[] = []; // answered before the platform was found
  private timer = 0;
  private moved = false;
  private ended = false;

  constructor() {
    const tasks = this.elements.map((element) => ({ ...element.task(), page: element.closest(".page")!.id }));
    const data = this.course.dataset;
    const rules = { passMark: Number(data["passMark"]), attempts: Number(data["attempts"]) };
    this.navigation = new Navigation(this.course, (from, to) => this.turn(from, to));
    this.attempt = new Attempt(this.navigation.pages, tasks, rules);
    this.voice = new Listen(one(this.course, ".listen"), () => document.getElementById(this.navigation.current)!);
    readAsOneLikes(one(this.course, ".aids"));
    explainTerms(this.course);
    // Where tries are limited nothing is checked before it is known how many were used on an earlier visit.
    this.holdChecks(rules.attempts > 0);
    this.listen();
  }

  async connect(connect: Connect): Promise<void> {
    this.sign("connecting");
    const driver = await connect(facts(this.course));
    this.driver = driver;
    this.holdChecks(false);
    try {
      if (driver.bookmark) this.takeUp(driver);
    } catch (error) {
      console.error(error); // an old browser lacks something; what follows is needed all the same
    }
    const keeps = driver.keeper === "platform";
    one(this.course, ".bar .exit").hidden = !keeps;
    this.course.classList.toggle("tracked", keeps);
    const kept = this.waiting.map((answer) => driver.record(answer));
    this.waiting = [];
    if (kept.length || this.moved) this.flush();
    else this.sign(driver.ready ? STANDING[driver.keeper] : "unsaved");
    if (this.ended) driver.end(this.attempt.progress(), "gone");
  }

  private holdChecks(hold: boolean): void {
    for (const button of all<HTMLButtonElement>(this.course, ".check")) button.disabled = hold;
  }

  private takeUp(driver: Driver): void {
    const bookmark = driver.bookmark!;
    const resumed = this.attempt.restore(bookmark.state);
    this.attempt.honour(bookmark.complete, bookmark.success === "passed", bookmark.score);
    if (driver.passMark !== null) this.attempt.setPassMark(driver.passMark);
    for (const element of this.elements) {
      const response = this.attempt.response(element.id);
      if (response !== null) element.show(response, this.attempt.verdict(element.id), false);
    }
    this.navigation.tick((page) => this.attempt.isSeen(page));
    if (resumed && !this.moved && this.attempt.page !== this.navigation.pages[0]) this.welcomeBack(this.attempt.page);
    else this.attempt.page = this.navigation.current;
  }

  private welcomeBack(page: string): void {
    const dialog = one<HTMLDialogElement>(this.course, ".welcome-back");
    one(dialog, "p").textContent = say("welcome_where", { page: this.navigation.titleOf(page) });
    const choose = (target: string) => () => {
      if (typeof dialog.close === "function") dialog.close();
      else dialog.removeAttribute("open");
      this.open(target);
    };
    one(dialog, '[value="on"]').addEventListener("click", choose(page));
    one(dialog, '[value="start"]').addEventListener("click", choose(this.navigation.pages[0]!));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      choose(page)();
    });
    if (typeof dialog.showModal === "function") dialog.showModal();
    else dialog.setAttribute("open", ""); // before iOS 15.4
  }

  /** Put a page before the learner without ticking the one that happened to be there. */
  private open(page: string): void {
    this.attempt.page = page;
    if (page === RESULT) this.drawResult();
    this.navigation.current = page;
    this.navigation.go(page);
  }

  private turn(from: string, to: string): void {
    this.moved = true;
    this.voice.stop();
    this.attempt.see(from);
    if (this.navigation.isPlace(to)) this.attempt.page = to;
    if (to === RESULT) this.drawResult();
    this.navigation.tick((page) => this.attempt.isSeen(page));
    this.saveSoon();
  }

  private answer(event: AnswerEvent): void {
    const { id, response, seconds } = event.detail;
    const element = event.target as TaskElement;
    const verdict = this.attempt.answer(id, response);
    element.show(response, verdict, true);
    const answer = element.recorded(response, verdict.right, seconds);
    if (answer && this.driver) this.driver.record(answer);
    else if (answer) this.waiting.push(answer);
    this.moved = true;
    this.saveSoon();
  }

  private drawResult(): void {
    showResult(one(this.course, ".result"), this.attempt, (page) => this.navigation.titleOf(page));
    this.certificate.draw(this.attempt, this.driver?.learner ?? "");
  }

  private saveSoon(): void {
    if (!this.driver || !KEEPERS.includes(this.driver.keeper)) return;
    this.sign("saving");
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.flush(), PAINT_FIRST);
  }

  private flush(): void {
    clearTimeout(this.timer);
    if (!this.driver || this.ended) return;
    if (!KEEPERS.includes(this.driver.keeper)) this.sign(STANDING[this.driver.keeper]);
    else this.sign(this.driver.save(this.attempt.progress()) ? STANDING[this.driver.keeper] : "unsaved");
  }

  /** Close the session: once, whichever way the learner leaves. */
  private end(leaving: "button" | "gone"): void {
    if (this.ended) return;
    this.ended = true;
    this.voice.stop();
    clearTimeout(this.timer);
    const kept = this.driver?.end(this.attempt.progress(), leaving) ?? false;
    if (leaving === "button") this.sayGoodbye(kept);
  }

  private sayGoodbye(kept: boolean): void {
    const words = this.driver?.keeper === "looking" ? "ended_looking" : kept ? "ended_saved" : "ended_unsaved";
    for (const element of all(this.course, ".page, .bar, .side")) element.hidden = true;
    one(this.course, ".ended-words").textContent = say(words);
    one(this.course, "#ended").hidden = false;
    one(this.course, '[id="ended.title"]').focus();
  }

  private listen(): void {
    this.course.addEventListener(AnswerEvent.NAME, (event) => this.answer(event as AnswerEvent));
    one(this.course, ".bar .exit").addEventListener("click", () => this.end("button"));
    one(this.course, ".print-all").addEventListener("click", () => window.print());
    // Mobile browsers send no `unload`; "hidden" may be the last that we hear.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush();
    });
    window.addEventListener("pagehide", () => this.end("gone"));
    // A session that has ended cannot be opened again, so a page from the browser's cache starts anew.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
  }

  /** The quiet line that says what is true; only bad news and its end are also spoken. */
  private sign(name: string): void {
    const sign = one(this.course, ".sign");
    const said = one(document, ".said");
    const text = say(`sign_${name}`);
    if (name === "unsaved" || name === "alone" || sign.dataset["sign"] === "unsaved") said.textContent = text;
    sign.textContent = text;
    sign.dataset["sign"] = name;
  }
}

const KEEPERS: readonly string[] = ["platform", "device"];
const STANDING = { platform: "saved", device: "device", nobody: "alone", looking: "looking" } as const;

function facts(course: HTMLElement): CourseFacts {
  const { module = "", version = "", provider = "", passedStatus, exit } = course.dataset;
  return {
    module,
    version,
    provider,
    passedStatus: passedStatus === "completed" ? "completed" : "passed",
    exit: exit === "normal" ? "normal" : "suspend",
  };
}

export function start(connect: Connect): void {
  void new Player().connect(connect);
}
