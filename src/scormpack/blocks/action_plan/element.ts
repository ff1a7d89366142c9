import { Notes } from "../../player/notes";

customElements.define("sp-action-plan", class extends Notes {});
