import { useRef } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { registry } from "@web/core/registry";
import {
    BadgeSelectionField,
    badgeSelectionField,
} from "@web/views/fields/badge_selection/badge_selection_field";

/** The keys of the first choices, together with Alt. */
const DIGITS = "1234567890";

/**
 * One of a few choices, each a button: by mouse, finger, tabulator or screen reader.
 *
 * The option `keys` gives the first ten a digit; who chooses by key goes on writing in the
 * field that the option `then` names.
 */
export class ChoiceField extends BadgeSelectionField {
    static template = "dealer_service.ChoiceField";
    static props = {
        ...BadgeSelectionField.props,
        hasKeys: { type: Boolean, optional: true },
        then: { type: String, optional: true },
    };

    setup() {
        super.setup();
        this.root = useRef("root");
        if (this.props.hasKeys) {
            [...DIGITS].forEach((digit, index) => {
                // the menus above have the digits, too: registered keys come first
                useHotkey(`alt+${digit}`, () => this.chooseByKey(index), {
                    bypassEditableProtection: true,
                    isAvailable: () => Boolean(this.buttonAt(index)),
                    withOverlay: () => this.buttonAt(index),
                });
            });
        }
    }

    get label() {
        return this.props.record.fields[this.props.name].string;
    }

    keyOf(index) {
        return this.props.hasKeys ? DIGITS[index] : undefined;
    }

    buttonAt(index) {
        return this.root.el?.querySelectorAll("button")[index];
    }

    chooseByKey(index) {
        this.buttonAt(index).click();
        const next = this.props.then;
        const form = this.root.el.closest(".o_form_view");
        form.querySelector(`[name="${next}"] :is(input, textarea)`)?.focus();
    }
}

registry.category("fields").add("dealer_choice", {
    ...badgeSelectionField,
    component: ChoiceField,
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...badgeSelectionField.extractProps(fieldInfo, dynamicInfo),
        hasKeys: Boolean(fieldInfo.options.keys),
        then: fieldInfo.options.then,
    }),
});
