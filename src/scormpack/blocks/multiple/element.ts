import { ChoiceQuestion } from "../../player/choice";

customElements.define(
  "sp-multiple",
  class extends ChoiceQuestion {
    /** With partial marks: right choices less wrong ones, of all that are right. */
    protected override credit(response: string): number {
      if (this.dataset.marks !== "partial") return super.credit(response);
      const right = [...response].filter((key) => this.correct.includes(key)).length;
      return Math.max(right - (response.length - right), 0) / this.correct.length;
    }
  },
);
