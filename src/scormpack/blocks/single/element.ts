import { ChoiceQuestion } from "../../player/choice";

customElements.define("sp-single", class extends ChoiceQuestion {});
