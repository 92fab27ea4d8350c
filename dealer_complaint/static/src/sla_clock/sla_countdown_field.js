import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component, onWillUnmount, useEffect, useState } from "@odoo/owl";
import { describe, stateAt } from "./sla_countdown";

const DECORATIONS = {
    ok: "text-bg-success",
    warning: "text-bg-warning",
    breached: "text-bg-danger",
    paused: "text-bg-info",
    met: "text-bg-light",
};
const ICONS = {
    ok: "fa-clock-o",
    warning: "fa-hourglass-half",
    breached: "fa-exclamation-triangle",
    paused: "fa-pause",
    met: "fa-check",
};

/** The time left of the nearest clock of a complaint, counting by itself. */
export class SlaCountdownField extends Component {
    static template = "dealer_complaint.SlaCountdownField";
    static props = { ...standardFieldProps };

    setup() {
        this.service = useService("dealer_sla_clock");
        this.clock = useState(this.service.clock);
        this.metrics = Object.fromEntries(this.props.record.fields.sla_metric?.selection || []);
        const leave = this.service.join({
            id: this.props.record.resId,
            reload: () => this.reload(),
        });
        onWillUnmount(leave);
        useEffect(
            (ended) => {
                if (ended) {
                    this.service.poke(this.props.record.resId, this.data.deadline);
                }
            },
            () => [Boolean(this.data.deadline && this.clock.now > this.data.deadline)]
        );
    }

    get data() {
        return this.props.record.data[this.props.name] || { state: "none" };
    }

    get text() {
        return describe(this.data, this.clock.now);
    }

    get metric() {
        return this.data.deadline ? this.metrics[this.data.metric] || "" : "";
    }

    get decoration() {
        return DECORATIONS[stateAt(this.data, this.clock.now)] || "";
    }

    get icon() {
        return ICONS[stateAt(this.data, this.clock.now)] || "";
    }

    async reload() {
        const { record } = this.props;
        if (record.resId && !(await record.isDirty?.())) {
            await record.load();
        }
    }
}

export const slaCountdownField = {
    component: SlaCountdownField,
    supportedTypes: ["json", "jsonb"],
    fieldDependencies: [{ name: "sla_metric", type: "selection" }],
};

registry.category("fields").add("dealer_sla_countdown", slaCountdownField);
