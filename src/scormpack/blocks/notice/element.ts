// The way past a page with hard content.

import { one } from "../../player/dom";

customElements.define(
  "sp-skip",
  class extends HTMLElement {
    connectedCallback(): void {
      this.hidden = false;
      one(this, "button").addEventListener("click", () =>
        this.dispatchEvent(new Event("sp-skip", { bubbles: true })),
      );
    }
  },
);
