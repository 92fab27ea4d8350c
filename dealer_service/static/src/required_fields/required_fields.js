import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

/**
 * Which fields are missing is said by name. The sentence of Odoo names none, and has no
 * Chinese translation.
 */
patch(Record.prototype, {
    _displayInvalidFieldNotification() {
        const names = [...this._invalidFields].map((name) => this.fields[name].string);
        if (!names.length) {
            return super._displayInvalidFieldNotification();
        }
        return this.model.notification.add(_t("Enter or correct: %s.", names), {
            type: "danger",
        });
    },
});
