import { Component } from "@odoo/owl";
import { deserializeDate, deserializeDateTime, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { CapacityBar } from "./capacity_bar";

export const REFUSALS = {
    past: _t("Past"),
    closed: _t("Closed"),
    slot_full: _t("All receptions are taken"),
    advisor_away: _t("Advisor is not at work"),
    advisor_full: _t("Advisor is receiving a customer"),
    hours: _t("Not enough technician-hours"),
    endless: _t("Would not end before closing"),
};

/** Free slots of the chosen day as chips, and the next days that have room. */
export class SlotPicker extends Component {
    static template = "dealer_service.SlotPicker";
    static components = { CapacityBar };
    static props = { ...standardFieldProps };

    get data() {
        return this.props.record.data[this.props.name] || null;
    }

    get chosen() {
        const date = this.props.record.data.date_appointment;
        return date ? serializeDateTime(date) : "";
    }

    get isOverbooking() {
        return this.props.record.data.is_overbooked;
    }

    get hasFree() {
        return this.data.slots.some((slot) => !slot.refusal);
    }

    /** The slot was free when it was chosen, and is not any more. */
    get isChosenLost() {
        const chosen = this.data.slots.find((slot) => slot.utc === this.chosen);
        return Boolean(chosen) && !this.isOpen(chosen);
    }

    isOpen(slot) {
        return !slot.refusal || (this.isOverbooking && slot.refusal !== "past");
    }

    title(slot) {
        return slot.refusal ? REFUSALS[slot.refusal].toString() : "";
    }

    async choose(slot) {
        await this.props.record.update({ date_appointment: deserializeDateTime(slot.utc) });
    }

    async chooseDay(day) {
        await this.props.record.update({ day: deserializeDate(day.date) });
    }
}

registry.category("fields").add("dealer_slot_picker", {
    component: SlotPicker,
    supportedTypes: ["json"],
    fieldDependencies: [
        { name: "date_appointment", type: "datetime" },
        { name: "day", type: "date" },
        { name: "is_overbooked", type: "boolean" },
    ],
});
