// A card that turns. It works as well for those who have asked for less movement: then it does not move.

import { one } from "../../player/dom";
import { say } from "../../player/words";

customElements.define(
  "sp-card",
  class extends HTMLElement {
    connectedCallback(): void {
      const button = one<HTMLButtonElement>(this, ".turn");
      const back = one(this, ".card-back");
      const turn = (over: boolean): void => {
        back.hidden = !over;
        this.classList.toggle("turned", over);
        button.setAttribute("aria-expanded", String(over));
        button.textContent = say(over ? "w.card_back_again" : "w.card_turn");
      };
      button.hidden = false;
      button.addEventListener("click", () => {
        turn(back.hidden === true);
        if (!back.hidden) back.focus({ preventScroll: true });
      });
      turn(false);
    }
  },
);
