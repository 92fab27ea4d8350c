import { NameAndSignature } from "@web/core/signature/name_and_signature";

/**
 * A pad on which somebody signs by hand.
 *
 * Odoo's own also typesets the name, and takes a file: a signature that the customer
 * has never seen. Here there are strokes, or there is no signature.
 */
export class DrawnSignature extends NameAndSignature {
    static template = "dealer_service.DrawnSignature";

    setup() {
        super.setup();
        this.state.signMode = "draw";
        this.state.showSignatureArea = true;
    }

    setMode(mode, reset) {
        super.setMode("draw", reset);
    }
}
