// Brings attempt, pages and platform together; the only file that knows all three.

import { Attempt, RESULT } from "./attempt";
import { CARDS, MyCards } from "./cards";
import { Certificate } from "./certificate";
import { all, one, words } from "./dom";
import type { Answer, Bookmark, Connect, CourseFacts, Driver, Keeper, Standing } from "./driver";
import { Foot, type Onward } from "./foot";
import { Listen } from "./listen";
import { seedOf } from "./mix";
import { comeIntoSight, Navigation, type Traveller } from "./navigation";
import { Notes } from "./notes";
import { printWhole } from "./paper";
import { Question } from "./question";
import { readAsOneLikes } from "./reading";
import { showResult } from "./result";
import { Stopwatch } from "./stopwatch";
import { AnswerEvent, StepEvent, TaskElement } from "./task";
import { say } from "./words";

class Player implements Traveller {
  private readonly course = one(document, "sp-course");
  private readonly elements = all<TaskElement>(this.course, "*").filter((element) => element instanceof TaskElement);
  private readonly questions = this.elements.filter((element): element is Question => element instanceof Question);
  private readonly tasks = this.elements.map((element) => ({
    ...element.task(),
    page: element.closest(".page")!.id,
  }));
  private readonly attempt: Attempt;
  private readonly navigation: Navigation;
  private readonly foot: Foot;
  private readonly voice: Listen;
  private readonly cards = new MyCards(this.course);
  private readonly certificate = new Certificate(this.course);
  private driver: Driver | null = null;
  private waiting: ((driver: Driver) => void)[] = []; // what was done before the platform was found
  private standing: Standing = "saving";
  private isRecorded = false; // that all is done
  private moved = false;
  private ended = false;
  private readonly reading = new Stopwatch(); // of the page that is shown

  constructor() {
    const data = this.course.dataset;
    const rules = { passMark: Number(data.passMark), attempts: Number(data.attempts) };
    this.navigation = new Navigation(this.course, this);
    this.foot = new Foot(this.course);
    this.attempt = new Attempt(this.navigation.pages, this.tasks, rules);
    this.voice = new Listen(one(document, ".listen"), () => [
      document.getElementById(this.navigation.current)!,
      one(this.course, ".says"),
    ]);
    readAsOneLikes(one(document, ".aids"));
    printWhole();
    // Where tries are limited nothing is checked before it is known how many were used on an earlier visit.
    this.holdChecks(rules.attempts > 0);
    this.listen();
    this.navigation.begin();
  }

  async connect(connect: Connect): Promise<void> {
    this.sign("connecting");
    const driver = await connect(this.facts());
    this.driver = driver;
    for (const element of all(this.course, "*")) if (element instanceof Notes) void element.open(driver.who);
    void seedOf(driver.who).then((seed) => {
      for (const question of this.questions) question.mix(seed);
    });
    this.holdChecks(false);
    try {
      if (driver.bookmark) this.takeUp(driver);
    } catch (error) {
      console.error(error); // an old browser lacks something; what follows is needed all the same
    }
    const keeps = driver.keeper === "platform";
    const exit = one(this.course, ".exit");
    exit.hidden = !keeps && !driver.goBack;
    if (!keeps && driver.goBack) exit.textContent = say("w.exit_looking");
    this.redraw();
    this.course.classList.toggle("tracked", keeps);
    // Films have captions; a recording is nothing but sound, and plays only when asked.
    if (driver.isQuiet) for (const film of all<HTMLVideoElement>(this.course, "video")) film.muted = true;
    for (const tell of this.waiting) tell(driver);
    this.waiting = [];
    if (this.moved) this.save();
    driver.watch({ stand: (standing) => this.stand(standing), recall: (bookmark) => this.recall(bookmark) });
    if (this.ended) driver.end(this.attempt.progress(), "gone");
  }

  /** Tell the driver, as soon as there is one. */
  private tell(what: (driver: Driver) => void): void {
    if (this.driver) what(this.driver);
    else this.waiting.push(what);
  }

  /** What the platform has made of it. */
  private stand(standing: Standing): void {
    this.standing = standing;
    const { keeper, counts } = this.driver!;
    const isSaved = standing === "saved";
    this.isRecorded ||= isSaved && counts && KEEPERS.includes(keeper) && this.attempt.isFinished;
    if (this.ended) this.sayGoodbye();
    else this.sign(keeper === "platform" && (counts || !isSaved) ? standing : SIGN_OF[keeper](isSaved));
    this.redraw();
  }

  private facts(): CourseFacts {
    const {
      module = "",
      version = "",
      provider = "",
      providerName = "",
      passedStatus,
      completedWhen,
      exit,
      activity = "",
      title,
      language,
    } = this.course.dataset;
    const practised = all(this.course, "#about [data-objective]");
    return {
      module,
      version,
      provider,
      providerName,
      passedStatus: passedStatus === "completed" ? "completed" : "passed",
      completedWhen: completedWhen === "done" ? "done" : "passed",
      exit: exit === "normal" ? "normal" : "suspend",
      activity,
      title: title || document.title,
      language: language || document.documentElement.lang,
      pages: this.navigation.pages,
      tasks: this.tasks,
      objectives: Object.fromEntries(practised.map((each) => [each.dataset.objective!, words(each)])),
    };
  }

  private holdChecks(hold: boolean): void {
    for (const question of this.questions) question.hold(hold);
  }

  private takeUp(driver: Driver): void {
    if (driver.passMark !== null) this.attempt.setPassMark(driver.passMark);
    const { complete, success } = driver.bookmark!;
    this.isRecorded = complete && (success === "passed" || !this.attempt.isScored);
    const resumed = this.restore(driver.bookmark!, this.elements);
    const isElsewhere = resumed && !this.moved && this.attempt.page !== this.navigation.pages[0];
    if (isElsewhere && !this.navigation.isAsked) this.welcomeBack(this.attempt.page);
    else this.attempt.page = this.navigation.current;
  }

  private restore(bookmark: Bookmark, elements: TaskElement[]): boolean {
    const resumed = this.attempt.restore(bookmark.state);
    this.attempt.honour(bookmark.complete, bookmark.success === "passed", bookmark.score);
    for (const element of elements) {
      const response = this.attempt.response(element.id);
      if (response !== null) element.show(response, this.attempt.verdict(element.id), false);
      else if (this.attempt.isOld(element.id)) {
        element.recall(this.attempt.verdict(element.id), this.attempt.isDone(element.id));
      }
    }
    this.tick();
    return resumed;
  }

  /** Another device had got further: what was done there is done, and nothing here is taken away. */
  private recall(bookmark: Bookmark): void {
    const { page } = this.attempt;
    this.restore(
      bookmark,
      this.elements.filter((element) => this.attempt.response(element.id) === null),
    );
    this.attempt.page = page;
    this.redraw();
    this.save();
  }

  private welcomeBack(page: string): void {
    const dialog = one<HTMLDialogElement>(this.course, ".welcome-back");
    one(dialog, "p").textContent = say("w.welcome_where", { page: this.navigation.titleOf(page) });
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
    comeIntoSight(one(document, "header")); // below which the dialog stands in a frame
  }

  /** Put a page before the learner without ticking the one that happened to be there. */
  private open(page: string): void {
    this.attempt.page = page;
    if (page === RESULT) this.drawResult();
    this.navigation.open(page);
  }

  appear(screen: HTMLElement, onward: string | null): void {
    for (const element of this.on(screen)) element.appear();
    this.foot.show(screen, onward === null ? this.wayOut : { words: onward, press: () => this.navigation.next() });
  }

  /** From the result the way leads to the first thing that is left; or else out, where the course knows a way; or to the cards. */
  private get wayOut(): Onward | null {
    if (this.navigation.current !== RESULT) return null;
    const left = this.course.querySelector<HTMLElement>("#result .left-to-do a");
    if (left) return { words: say("w.welcome_on"), press: () => left.click() };
    const exit = one(this.course, ".exit");
    if (!exit.hidden) return { words: exit.textContent ?? "", press: () => this.end("button") };
    const cards = this.course.querySelector<HTMLElement>("#result .when-done:not([hidden]) a");
    return cards && { words: say("w.cards"), press: () => cards.click() };
  }

  leave(screen: HTMLElement): void {
    this.voice.stop();
    for (const element of this.on(screen)) element.leave();
  }

  private on(screen: HTMLElement): TaskElement[] {
    return this.elements.filter((element) => screen.contains(element));
  }

  private tick(): void {
    this.navigation.tick((page) => this.attempt.isPageDone(page));
  }

  turn(from: string, to: string, isSeen: boolean): void {
    this.moved = true;
    if (isSeen) this.attempt.see(from);
    const visit = { page: from, title: this.navigation.titleOf(from), seconds: this.reading.seconds, at: Date.now() };
    this.reading.restart();
    if (this.attempt.isSeen(from)) this.tell((driver) => driver.see?.(visit));
    if (this.navigation.isPlace(to)) this.attempt.page = to;
    this.tick();
    this.save();
    if (to === RESULT) this.drawResult(); // once it is known whether all is kept
    if (to === CARDS) this.cards.draw((page) => this.attempt.isSeen(page));
  }

  private answer(event: AnswerEvent): void {
    const { id, response, seconds } = event.detail;
    const element = event.target as TaskElement;
    const verdict = this.attempt.answer(id, response);
    element.show(response, verdict, true);
    const answer = element.recorded(response, verdict.right, seconds);
    if (answer) {
      const told = this.placed(element, answer);
      this.tell((driver) => driver.record(told));
    }
    this.moved = true;
    this.tick();
    this.save();
  }

  private step(event: StepEvent): void {
    const told = this.placed(event.target as TaskElement, event.detail);
    this.tell((driver) => driver.step?.(told));
  }

  /** An answer with its time, which is not that of being told, and what it practises. */
  private placed(element: TaskElement, answer: Answer): Answer {
    const { objective } = element.dataset;
    return { ...answer, at: Date.now(), ...(objective ? { objective } : {}) };
  }

  private drawResult(): void {
    const counts = this.driver?.counts ?? true;
    showResult(one(this.course, "#result"), this.attempt, counts || this.isRecorded);
    this.certificate.draw(this.attempt, this.isRecorded, this.driver?.learner ?? "");
  }

  /** What is known has changed while the learner looks at the result. */
  private redraw(): void {
    if (this.navigation.current !== RESULT) return;
    this.drawResult();
    this.foot.show(this.navigation.screen, this.wayOut);
  }

  private save(): void {
    if (!this.ended) this.driver?.save(this.attempt.progress());
  }

  /** Close the session: once, whichever way the learner leaves. */
  private end(leaving: "button" | "gone"): void {
    const isFirst = !this.ended;
    if (isFirst) {
      this.leave(this.navigation.screen);
      this.standing = "saving"; // until the driver knows more
    }
    this.ended = true;
    this.navigation.close();
    // After the button a page may still be sending; when it goes away too, there is no more time.
    this.driver?.end(this.attempt.progress(), leaving);
    if (!isFirst || leaving === "gone") return;
    this.sayGoodbye();
    for (const element of all(document, ".page, .past, .says, .to-contents, .next, .contents, .back, .aids"))
      element.hidden = true;
    one(document, ".said").textContent = "";
    one(this.course, "#ended").hidden = false;
    one(this.course, '[id="ended.title"]').focus();
  }

  private sayGoodbye(): void {
    const { keeper = "platform", counts = true, goBack } = this.driver ?? {};
    const { standing } = this;
    const end = keeper === "looking" ? "looking" : standing === "saved" && !counts ? "uncounted" : standing;
    one(this.course, ".ended-words").textContent = say(GOODBYE[end]);
    one(this.course, ".go-back").hidden = !goBack || !LEFT_HERE.includes(standing);
  }

  private listen(): void {
    this.course.addEventListener(AnswerEvent.NAME, (event) => this.answer(event as AnswerEvent));
    this.course.addEventListener(StepEvent.NAME, (event) => this.step(event as StepEvent));
    one(this.course, ".exit").addEventListener("click", () => this.end("button"));
    one(this.course, ".go-back").addEventListener("click", () => this.driver?.goBack?.());
    one(this.course, ".print-all").addEventListener("click", () => window.print());
    // Mobile browsers send no `unload`; "hidden" may be the last that we hear.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.moved) this.save();
    });
    window.addEventListener("pagehide", () => this.end("gone"));
    // A session that has ended cannot be opened again, so a page from the browser's cache starts anew.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
  }

  /** The quiet line that says what is true; only bad news and its end are also spoken. */
  private sign(name: keyof typeof SIGNS): void {
    const sign = one(document, ".sign");
    const said = one(document, ".said");
    const text = say(SIGNS[name]);
    const bad = BAD.includes(name);
    if (bad || sign.dataset.sign === "unsaved") said.textContent = text;
    sign.textContent = text;
    sign.dataset.sign = name;
    document.body.classList.toggle("warned", text.length > SHORT);
  }
}

const SHORT = 24; // characters: what fits into the header of a phone
const KEEPERS: readonly Keeper[] = ["platform", "device"];
/** What the quiet line says where the standing alone does not tell. */
const SIGN_OF: { readonly [keeper in Keeper]: (isSaved: boolean) => keyof typeof SIGNS } = {
  platform: () => "uncounted",
  device: (isSaved) => (isSaved ? "device" : "unsaved"),
  nobody: () => "alone",
  looking: () => "looking",
};
const SIGNS = {
  connecting: "w.sign_connecting",
  saving: "w.sign_saving",
  saved: "w.sign_saved",
  uncounted: "w.sign_uncounted",
  device: "w.sign_device",
  waiting: "w.sign_waiting",
  refused: "w.sign_refused",
  expired: "w.sign_expired",
  unsaved: "w.sign_unsaved",
  alone: "w.sign_alone",
  looking: "w.sign_looking",
} as const;
const GOODBYE = {
  saved: "w.ended_saved",
  uncounted: "w.ended_uncounted",
  saving: "w.ended_saving",
  waiting: "w.ended_waiting",
  refused: "w.ended_refused",
  expired: "w.ended_expired",
  unsaved: "w.ended_unsaved",
  looking: "w.ended_looking",
} as const;
const BAD: readonly string[] = ["unsaved", "refused", "expired", "alone"];
const LEFT_HERE: readonly Standing[] = ["refused", "expired", "unsaved"]; // nothing more is to come: the learner goes back herself

export function start(connect: Connect): void {
  void new Player().connect(connect);
}
