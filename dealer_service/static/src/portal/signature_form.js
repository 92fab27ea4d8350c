import { registry } from "@web/core/registry";
import { SignatureForm } from "@portal/signature_form/signature_form";
import { DrawnSignature } from "../signature/drawn_signature";

/** The customer signs on the own phone, by hand. */
export class DrawnSignatureForm extends SignatureForm {
    static components = { NameAndSignature: DrawnSignature };
}

registry.category("public_components").add("dealer_service.signature_form", DrawnSignatureForm);
