// A private note. It is kept in this browser and sent nowhere.

import { stored, store } from "../../player/device";

customElements.define(
  "sp-reflection",
  class extends HTMLElement {
    connectedCallback(): void {
      const note = this.querySelector("textarea");
      if (!note) return;
      const { module = "", provider = "" } = this.closest<HTMLElement>("sp-course")?.dataset ?? {};
      const key = `scormpack/note/${provider}/${module}/${this.id}`;
      note.value = stored(key) ?? "";
      note.addEventListener("input", () => store(key, note.value));
    }
  },
);
