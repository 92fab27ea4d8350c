import { Dialog } from "@web/core/dialog/dialog";
import { standardErrorDialogProps } from "@web/core/errors/error_dialogs";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Component, useState } from "@odoo/owl";

/** The button that was refused: nobody should have to press it twice. */
let refused = null;
document.addEventListener(
    "click",
    (ev) => {
        const button = ev.target.closest?.("button[name]");
        if (button && !button.closest(".o_dealer_open_standards")) {
            refused = button;
        }
    },
    { capture: true }
);

/** The button itself, or the one that was drawn anew in its place. */
function buttonAgain() {
    if (!refused || refused.isConnected) {
        return refused;
    }
    const twins = document.querySelectorAll(`.o_form_view button[name="${refused.name}"]`);
    return twins.length === 1 ? twins[0] : null;
}

/**
 * A visit cannot move on because of standards that are not ticked: here they are, to be
 * ticked where one stands, instead of on another page.
 */
export class OpenStandardsDialog extends Component {
    static template = "dealer_service.OpenStandardsDialog";
    static components = { Dialog };
    static props = { ...standardErrorDialogProps };

    setup() {
        this.orm = useService("orm");
        const { checks } = this.props.data.context;
        this.state = useState({ checks: checks.map((check) => ({ ...check, done: false })) });
    }

    get isDone() {
        return this.state.checks.every((check) => check.done);
    }

    /** The way on, when all is ticked: what was refused is asked for once more. */
    goOn() {
        const button = buttonAgain();
        this.props.close();
        button?.click();
    }

    /** What the record proves is not ticked: it says what is missing. */
    get isTicked() {
        return this.state.checks.some((check) => !check.proof);
    }

    /** Ticked at once, with who and when; a tick by mistake is taken back the same way. */
    async tick(check) {
        const done = !check.done;
        await this.orm.write("dealer.reception.check", [check.id], { is_done: done });
        check.done = done;
    }
}

registry
    .category("error_dialogs")
    .add(
        "odoo.addons.dealer_service.models.visit.dealer_reception_standards.StandardsOpen",
        OpenStandardsDialog
    );
