import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/**
 * Hands a number to the telephone and stays on the sheet. Odoo's own action for
 * addresses knows pages only: it makes /tel:... of it, which nobody finds.
 */
registry.category("actions").add("dealer_followup.dial", (env, action) => {
    browser.location.assign(`tel:${action.params.phone}`);
    // read again: the sheet shows that it was dialled
    return { type: "ir.actions.act_window_close" };
});
