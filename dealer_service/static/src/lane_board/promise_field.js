import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component, onMounted, onWillRender, onWillUnmount, useState } from "@odoo/owl";

const MINUTE = 60_000;
const COLOURS = {
    on_time: "success",
    at_risk: "warning",
    late: "danger",
    kept: "success",
    broken: "danger",
};

/**
 * The promise by colour and words, and how long there is until then.
 *
 * The server says how many minutes are left; from there the browser counts on, so that
 * a computer whose clock is wrong shows the same. The field is `promise_state`, with
 * `date_promised`, `date_promise_risk` and `promise_minutes` in the same view.
 */
export class PromiseField extends Component {
    static template = "dealer_service.PromiseField";
    static props = { ...standardFieldProps };

    setup() {
        this.state = useState({ passed: 0 });
        onWillRender(() => {
            const { promise_minutes } = this.props.record.data;
            const key = `${this.props.record.data.promise_state}/${promise_minutes}`;
            if (key !== this.key) {
                this.key = key;
                this.readAt = performance.now();
                this.state.passed = 0;
            }
        });
        onMounted(() => {
            this.ticker = setInterval(() => {
                this.state.passed = (performance.now() - this.readAt) / MINUTE;
            }, MINUTE / 4);
        });
        onWillUnmount(() => clearInterval(this.ticker));
    }

    get isOpen() {
        return ["on_time", "at_risk", "late"].includes(this.stored);
    }

    get stored() {
        return this.props.record.data[this.props.name] || "none";
    }

    get left() {
        return Math.floor(this.props.record.data.promise_minutes - this.state.passed);
    }

    /** What was read, moved on by the time that has passed since. */
    get value() {
        if (!this.isOpen) {
            return this.stored;
        }
        if (this.left < 0) {
            return "late";
        }
        const { date_promised, date_promise_risk } = this.props.record.data;
        const warn = date_promise_risk
            ? date_promised.diff(date_promise_risk, "minutes").minutes
            : 0;
        return this.left <= warn ? "at_risk" : "on_time";
    }

    get label() {
        const options = this.props.record.fields[this.props.name].selection;
        return Object.fromEntries(options)[this.value];
    }

    get colour() {
        return COLOURS[this.value] || "secondary";
    }

    get time() {
        const promised = this.props.record.data.date_promised;
        if (!promised) {
            return "";
        }
        const isToday = promised.hasSame(luxon.DateTime.local(), "day");
        return promised.toFormat(isToday ? "HH:mm" : "MM-dd HH:mm");
    }

    get remaining() {
        if (!this.isOpen) {
            return "";
        }
        const minutes = Math.abs(this.left);
        const hours = Math.floor(minutes / 60);
        const values = { hours, minutes: minutes % 60, days: Math.floor(hours / 24) };
        const isLate = this.left < 0;
        if (hours >= 48) {
            return isLate ? _t("%(days)s days overdue", values) : _t("%(days)s days left", values);
        }
        if (hours) {
            return isLate
                ? _t("%(hours)s h %(minutes)s min overdue", values)
                : _t("%(hours)s h %(minutes)s min left", values);
        }
        return isLate ? _t("%(minutes)s min overdue", values) : _t("%(minutes)s min left", values);
    }
}

export const promiseField = {
    component: PromiseField,
    displayName: _t("Promise"),
    supportedTypes: ["selection"],
    fieldDependencies: [
        { name: "date_promised", type: "datetime" },
        { name: "date_promise_risk", type: "datetime" },
        { name: "promise_minutes", type: "integer" },
    ],
};

registry.category("fields").add("dealer_promise", promiseField);
