import { Component } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** In the bar above every screen: whoever hears a customer complain records it. */
export class HeardButton extends Component {
    static template = "dealer_complaint.HeardButton";
    static props = {};

    setup() {
        this.action = useService("action");
    }

    open() {
        return this.action.doAction("dealer_complaint.dealer_complaint_heard_action");
    }
}

registry
    .category("systray")
    .add("dealer_complaint.heard", { Component: HeardButton }, { sequence: 110 });
