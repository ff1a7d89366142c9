// A small course for the drivers' tests: two questions on its second page.

import type { Task } from "../../src/scormpack/player/attempt";
import type { CourseFacts } from "../../src/scormpack/player/driver";

/** A question whose right answer is `a`. */
function question(id: string): Task {
  const fits = (response: string): boolean => /^[a-d]$/.test(response);
  const credit = (response: string): number => (response === "a" ? 1 : 0);
  return {
    id,
    page: "two",
    correct: "a",
    critical: false,
    optional: false,
    print: "abc",
    fits,
    done: () => true,
    credit,
  };
}

export const TASKS = [question("q1"), question("q2")];

export const COURSE: CourseFacts = {
  module: "coming-in",
  version: "1.2.0",
  provider: "ours",
  providerName: "Our Care",
  passedStatus: "passed",
  completedWhen: "passed",
  exit: "suspend",
  activity: "https://training.example/modules/coming-in",
  title: "Coming in",
  language: "en",
  pages: ["one", "two", "three"],
  tasks: TASKS,
  objectives: { "who-to-call": "Say who you call first." },
};
