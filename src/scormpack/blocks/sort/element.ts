import { PairingQuestion } from "../../player/pairing";

customElements.define("sp-sort", class extends PairingQuestion {});
