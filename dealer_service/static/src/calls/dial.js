import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { session } from "@web/session";
import { patch } from "@web/core/utils/patch";
import { PhoneField } from "@web/views/fields/phone/phone_field";

/**
 * What dials a number: the address of the shop's exchange, or the telephone of the
 * computer.
 *
 * @param {string} number
 * @returns {string}
 */
export function dialAddress(number) {
    const digits = number.replace(/\s+/g, "");
    const { addresses = {}, extension = "" } = session.dealer_dial || {};
    const address = addresses[user.activeCompany?.id];
    if (!address) {
        return `tel:${digits}`;
    }
    return address
        .replaceAll("{number}", encodeURIComponent(digits))
        .replaceAll("{extension}", encodeURIComponent(extension));
}

patch(PhoneField.prototype, {
    get phoneHref() {
        return dialAddress(this.props.record.data[this.props.name]);
    },
});

/**
 * Hands a number to the telephone and stays on the page. Odoo's own action for
 * addresses knows pages only: it makes /tel:... of it, which nobody finds.
 */
registry.category("actions").add("dealer_service.dial", (env, action) => {
    const address = dialAddress(action.params.phone);
    if (address.startsWith("https:")) {
        browser.open(address, "dealer_dial");
    } else {
        browser.location.assign(address);
    }
    // read again: the page shows that it was dialled
    return { type: "ir.actions.act_window_close" };
});
