// Small helpers for the document.

/** The one element in `root` that the template promises. */
export function one<E extends Element = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

export function all<E extends Element = HTMLElement>(root: ParentNode, selector: string): E[] {
  return [...root.querySelectorAll<E>(selector)];
}

/** A new element with this text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  text = "",
  className = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

/** Put these, and nothing else, into an element. `replaceChildren` came to phones only with iOS 14. */
export function fill(element: Element, ...children: (Node | string)[]): void {
  element.textContent = "";
  element.append(...children);
}

/** Act at a press of a button; the second click of a double click, and a key that is held down, are no further press. */
export function onPress(button: HTMLElement, act: () => void): void {
  button.addEventListener("click", ({ detail }) => detail < 2 && act());
  button.addEventListener("keydown", (event) => event.repeat && event.preventDefault());
}

/** The words of an element as one line. */
export function words(element: Element | null): string {
  return (element?.textContent ?? "").replace(/\s+/g, " ").trim();
}
