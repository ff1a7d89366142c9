// The shapes that pass between the player and a platform. A standard's words live in its own driver.

import type { Task } from "./attempt";

/** Where the learner stands. Completion and success are separate; each standard has its own words for them. */
export interface Progress {
  readonly location: string; // a page's id
  readonly state: string; // what brings the learner back; compact ASCII
  readonly complete: boolean; // every page seen and every task done
  readonly success: "passed" | "failed" | "unknown";
  readonly scored: boolean; // whether there is anything to score at all
  readonly score: number | null; // the best so far, 0 to 100, once every question has been answered
  readonly measure: number; // 0 to 1: how much is seen and done
}

/** One thing that can be chosen, placed or paired: its letter in the saved answer, and its words. */
export interface Item {
  readonly key: string;
  readonly label: string;
}

/** An answer's parts: one item each where things are chosen or ordered, a pair where they are matched. */
export type Parts = readonly (readonly Item[])[];

/** One checked answer. */
export interface Answer {
  readonly id: string;
  readonly kind: "choice" | "true-false" | "sequencing" | "matching" | "likert";
  readonly prompt: string;
  readonly response: Parts;
  readonly correct: Parts | null; // null: there is no right answer
  readonly offered: Parts; // all there was: one list, and where things are matched one of things and one of matches
  readonly right: boolean | null;
  readonly seconds: number; // from seeing the question to checking it
  readonly at?: number; // when it was given: milliseconds since 1970
  readonly name?: string; // what the task is called, where that is not what it asks
  readonly objective?: string; // what it practises
  readonly rating?: string; // how good the choice is, where none is right
}

/** A page that was read. */
export interface PageVisit {
  readonly page: string;
  readonly title: string;
  readonly seconds: number; // from coming to leaving
  readonly at: number; // when it was left: milliseconds since 1970
}

/** What the platform kept from earlier visits. */
export interface Bookmark {
  readonly state: string;
  readonly complete: boolean;
  readonly success: "passed" | "failed" | "unknown";
  readonly score: number | null;
}

/** Who keeps the progress: the platform, this device, nobody though somebody should, or nobody on purpose. */
export type Keeper = "platform" | "device" | "nobody" | "looking";

/** How a course is left: by its own button, or because the page goes away. */
export type Leaving = "button" | "gone";

/**
 * Where what was done stands: with the platform, on its way, on this device until there is signal, on this device because the
 * platform does not take it, or has forgotten the learner, or nowhere.
 */
export type Standing = "saved" | "saving" | "waiting" | "refused" | "expired" | "unsaved";

/** Who hears from a driver, as soon as it knows. */
export interface Watcher {
  stand(standing: Standing): void;
  /** The platform knew more than this page: another device, or another tab. */
  recall(bookmark: Bookmark): void;
}

/** A platform, in the player's words. No method ever throws; what was kept is told to the watcher. */
export interface Driver {
  readonly keeper: Keeper;
  readonly counts: boolean; // whether a result of this visit goes on record
  readonly bookmark: Bookmark | null;
  readonly passMark: number | null; // where the platform has one of its own, 0 to 100
  readonly learner: string; // the name that the platform gives; "" where it gives none
  readonly who: string; // what the platform knows the learner by; "" where it does not say
  readonly goBack?: (() => void) | null; // where Exit leads back to the platform, also where nothing is kept
  readonly isQuiet?: boolean; // the learner has told the platform that she wants no sound
  /** Say where things stand, now and from now on. Called once. */
  watch(watcher: Watcher): void;
  record(answer: Answer): void;
  save(progress: Progress): void;
  end(progress: Progress, leaving: Leaving): void; // safe to call twice
  /** A page was seen. */
  see?(visit: PageVisit): void;
  /** A choice on the way through a story. */
  step?(answer: Answer): void;
}

/** What a driver needs to know about the course. */
export interface CourseFacts {
  readonly module: string;
  readonly version: string;
  readonly provider: string;
  readonly providerName: string;
  readonly passedStatus: "passed" | "completed";
  readonly completedWhen: "passed" | "done";
  readonly exit: "suspend" | "normal";
  readonly activity: string; // the module's own address, where the target has one
  readonly title: string;
  readonly language: string;
  readonly pages: readonly string[];
  readonly tasks: readonly Task[];
  readonly objectives: { readonly [id: string]: string };
}

export type Connect = (course: CourseFacts) => Promise<Driver>;
