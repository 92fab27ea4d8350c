import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Component, onWillUnmount, useState } from "@odoo/owl";
import { formatSeconds } from "./sla_countdown";

/** One line above complaints when the engine is late, off, or puts timers off. */
export class SlaHealthLine extends Component {
    static template = "dealer_complaint.SlaHealthLine";
    static props = { "*": true };

    setup() {
        const service = useService("dealer_sla_clock");
        this.clock = useState(service.clock);
        onWillUnmount(service.join({ id: null, reload: () => {} }));
    }

    get message() {
        const { health } = this.clock;
        if (!health) {
            return "";
        }
        if (health.state === "off") {
            return _t("Notices of time limits are switched off on this server.");
        }
        if (health.state === "late") {
            return _t("Notices of time limits are %s late.", formatSeconds(health.late_seconds));
        }
        return health.failing
            ? _t("%s time limits could not be processed and will be tried again.", health.failing)
            : "";
    }

    get isBad() {
        return ["off", "late"].includes(this.clock.health?.state);
    }
}

registry.category("view_widgets").add("dealer_sla_health", { component: SlaHealthLine });
