// A unit made of a library by others: what becomes of it shows whether our launcher is right.
// What it does after its start stands in the launch parameters, such as "progress pass complete terminate".
import Cmi5 from "@xapi/cmi5";

const unit = new Cmi5();
const choices = [
  { id: "a", description: { en: "First" } },
  { id: "b", description: { en: "Second" } },
];

const steps = {
  progress: () => unit.progress(50),
  answer: () => unit.interactionChoice("test", "q1", ["a"], ["a"], choices, { en: "Question" }),
  match: () => unit.interactionMatching("test", "q2", { a: "b" }, { a: "b" }, choices, choices),
  order: () => unit.interactionSequencing("test", "q3", ["b", "a"], ["a", "b"], choices),
  number: () => unit.interactionNumeric("test", "q4", 4, { min: 3, max: 5 }),
  judge: () => unit.interactionTrueFalse("test", "q5", true, false),
  pass: () => unit.pass({ scaled: 0.9, raw: 9, min: 0, max: 10 }),
  fail: () => unit.fail({ scaled: 0.1 }),
  complete: () => unit.complete(),
  terminate: () => unit.terminate(),
};

async function take() {
  await unit.initialize();
  for (const step of unit.getLaunchData().launchParameters.split(" ")) {
    await steps[step]();
  }
}

take().then(
  () => { document.title = "done"; },
  (error) => { document.title = `failed: ${error.message}`; },
);
