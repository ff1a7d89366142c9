import { PairingQuestion } from "../../player/pairing";

customElements.define("sp-match", class extends PairingQuestion {});
