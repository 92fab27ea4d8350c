import { registry } from "@web/core/registry";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";
import { ListRenderer } from "@web/views/list/list_renderer";

/**
 * A list in a form whose rows are written in place. The row that is being left asks the
 * server; when the answer comes, Odoo puts the focus back into it, although the user is
 * typing into another field of the form by then. Here he stays where he has gone.
 */
export class SteadyListRenderer extends ListRenderer {
    focusCell(column, forward) {
        const active = document.activeElement;
        const isTyping = active?.matches("input, textarea, select, [contenteditable='true']");
        if (isTyping && !this.tableRef.el.contains(active)) {
            return;
        }
        return super.focusCell(column, forward);
    }
}

export class SteadyListField extends X2ManyField {
    static components = { ...X2ManyField.components, ListRenderer: SteadyListRenderer };
}

registry.category("fields").add("dealer_steady_list", {
    ...x2ManyField,
    component: SteadyListField,
});
