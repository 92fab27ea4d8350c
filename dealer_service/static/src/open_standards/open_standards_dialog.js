import { Dialog } from "@web/core/dialog/dialog";
import { standardErrorDialogProps } from "@web/core/errors/error_dialogs";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Component, useState } from "@odoo/owl";

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
