// How the page is read: text size and less movement, kept on this device for every course.

import { store, stored } from "./device";
import { all, one } from "./dom";

const SIZE = "scormpack/reading/size";
const CALM = "scormpack/reading/calm";
const BIG = 2; // of four sizes, above which a phone has two rows at the bottom

export function readAsOneLikes(aids: HTMLElement): void {
  const root = document.documentElement;
  const sizes = all<HTMLInputElement>(aids, '[name="reading-size"]');
  const calm = one<HTMLInputElement>(aids, '[name="reading-calm"]');

  const apply = (size: string, still: boolean): void => {
    root.dataset.size = size;
    root.classList.toggle("big", Number(size) > BIG);
    root.classList.toggle("calm", still);
  };
  const size = stored(SIZE) ?? "1";
  for (const input of sizes) input.checked = input.value === size;
  calm.checked = stored(CALM) === "yes";
  apply(size, calm.checked);

  aids.addEventListener("change", () => {
    const chosen = sizes.find((input) => input.checked)?.value ?? "1";
    apply(chosen, calm.checked);
    store(SIZE, chosen);
    store(CALM, calm.checked ? "yes" : "");
  });
}
