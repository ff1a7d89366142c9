import { Notes } from "../../player/notes";

customElements.define("sp-checklist", class extends Notes {});
