// A card that turns. It works as well for those who have asked for less movement: then it does not move.

import { one } from "../../player/dom";
import { type Lead, Leading } from "../../player/lead";
import { say } from "../../player/words";

customElements.define(
  "sp-card",
  class extends Leading {
    private isTurned = false;

    connectedCallback(): void {
      const again = one(this, ".turn");
      again.hidden = false;
      again.addEventListener("click", () => {
        this.turn(false);
        one(this, "h3").focus({ preventScroll: true });
      });
      this.turn(false);
    }

    override get lead(): Lead | null {
      if (this.isTurned) return null;
      return { words: say("w.card_turn"), press: () => this.turnOver() };
    }

    private turnOver(): void {
      this.turn(true);
      one(this, ".card-back").focus({ preventScroll: true });
    }

    private turn(over: boolean): void {
      this.isTurned = over;
      this.classList.toggle("turned", over);
      one(this, ".card-front").hidden = over;
      one(this, ".card-back").hidden = !over;
      this.changed();
    }
  },
);
