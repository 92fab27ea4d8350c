import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import {
    many2ManyCheckboxesField,
    Many2ManyCheckboxesField,
} from "@web/views/fields/many2many_checkboxes/many2many_checkboxes_field";

/** The warning lamps as tiles that are switched on and off with a finger. */
export class LampTilesField extends Many2ManyCheckboxesField {
    static template = "dealer_service.LampTilesField";

    isLit(item) {
        return (
            (this.isSelected(item) && !this.idsToRemove.has(item[0])) || this.idsToAdd.has(item[0])
        );
    }

    toggle(item) {
        this.onChange(item[0], !this.isLit(item));
        this.render();
    }
}

export const lampTilesField = {
    ...many2ManyCheckboxesField,
    component: LampTilesField,
    displayName: _t("Warning lamps as tiles"),
};

registry.category("fields").add("dealer_lamp_tiles", lampTilesField);
