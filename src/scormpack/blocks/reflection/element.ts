import { Notes } from "../../player/notes";

customElements.define("sp-reflection", class extends Notes {});
