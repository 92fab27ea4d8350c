import { Component, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { chosenPhoto, photoUrl } from "../damage_map/photo";

/** A picture taken with the camera of the phone, made smaller before it is sent. */
export class PhotoField extends Component {
    static template = "dealer_service.PhotoField";
    static props = { ...standardFieldProps };

    setup() {
        this.input = useRef("input");
        this.notification = useService("notification");
    }

    get url() {
        return photoUrl(this.props.record, this.props.name);
    }

    async onPhoto(ev) {
        const photo = await chosenPhoto(ev, this.notification);
        if (photo) {
            await this.props.record.update({ [this.props.name]: photo });
        }
    }

    remove() {
        return this.props.record.update({ [this.props.name]: false });
    }
}

export const photoField = {
    component: PhotoField,
    displayName: _t("Photo from the camera"),
    supportedTypes: ["binary"],
    isEmpty: () => false,
    extractProps: () => ({}),
};

registry.category("fields").add("dealer_photo", photoField);
