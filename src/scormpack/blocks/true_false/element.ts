import { ChoiceQuestion } from "../../player/choice";

customElements.define(
  "sp-true-false",
  class extends ChoiceQuestion {
    protected override readonly kind = "true-false";
  },
);
