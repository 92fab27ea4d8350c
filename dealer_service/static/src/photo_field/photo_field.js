import { Component, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { photoUrl, shrinkPhoto } from "../damage_map/photo";

/** A picture taken with the camera of the phone, made smaller before it is sent. */
export class PhotoField extends Component {
    static template = "dealer_service.PhotoField";
    static props = { ...standardFieldProps };

    setup() {
        this.input = useRef("input");
        this.notification = useService("notification");
    }

    get url() {
        const { record, name } = this.props;
        return photoUrl({ ...record, data: { photo: record.data[name] } });
    }

    async onPhoto(ev) {
        const [file] = ev.target.files;
        ev.target.value = "";
        if (!file) {
            return;
        }
        let photo;
        try {
            photo = await shrinkPhoto(file);
        } catch {
            this.notification.add(_t("This file is not a picture."), { type: "danger" });
            return;
        }
        await this.props.record.update({ [this.props.name]: photo });
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
