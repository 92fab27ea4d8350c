import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component, useState } from "@odoo/owl";
import { DrawnSignature } from "../signature/drawn_signature";

/** The pad in a form, below what is signed: what is drawn is the field's value. */
export class DrawnSignatureField extends Component {
    static template = "dealer_service.DrawnSignatureField";
    static components = { DrawnSignature };
    static props = { ...standardFieldProps };

    setup() {
        this.signature = useState({ name: "", isSignatureEmpty: true });
    }

    onSignatureChange() {
        const { name, record } = this.props;
        const drawn = this.signature.isSignatureEmpty
            ? false
            : this.signature.getSignatureImage().split(",")[1];
        if (drawn !== (record.data[name] || false)) {
            record.update({ [name]: drawn });
        }
    }
}

registry.category("fields").add("dealer_signature", {
    component: DrawnSignatureField,
    supportedTypes: ["binary"],
});
