import { ChoiceQuestion } from "../../player/choice";

customElements.define("sp-multiple", class extends ChoiceQuestion {});
