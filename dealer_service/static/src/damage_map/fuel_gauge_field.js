import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Percent from one stop of the needle to the next. */
const STEP = 5;
const KEYS = {
    ArrowLeft: -STEP,
    ArrowDown: -STEP,
    ArrowRight: STEP,
    ArrowUp: STEP,
    PageDown: -25,
    PageUp: 25,
    Home: -100,
    End: 100,
};

/** The fuel gauge from E to F, or the charge of an electric car, set with a finger, the
 * mouse or the arrow keys. */
export class FuelGaugeField extends Component {
    static template = "dealer_service.FuelGaugeField";
    static props = { ...standardFieldProps };

    setup() {
        this.bar = useRef("bar");
        this.state = useState({ dragged: null });
    }

    get value() {
        return this.state.dragged ?? this.props.record.data[this.props.name] ?? 0;
    }

    get isElectric() {
        return this.props.record.data.is_electric;
    }

    get label() {
        return this.isElectric ? _t("Charge") : _t("Fuel level");
    }

    get segments() {
        return [1, 2, 3, 4, 5, 6, 7, 8].map((number) => ({
            number,
            isFull: this.value >= number * 12.5 - 6.25,
        }));
    }

    /** No car comes without a drop: nothing is what nobody has read. */
    get reading() {
        return this.value ? `${this.value}%` : _t("not recorded");
    }

    get valueText() {
        return this.value ? _t("%(percent)s percent", { percent: this.value }) : _t("not recorded");
    }

    async set(value) {
        const stop = Math.round(Math.min(100, Math.max(0, value)) / STEP) * STEP;
        await this.props.record.update({ [this.props.name]: stop });
    }

    at(ev) {
        const box = this.bar.el.getBoundingClientRect();
        const percent = ((ev.clientX - box.left) / box.width) * 100;
        return Math.round(Math.min(100, Math.max(0, percent)) / STEP) * STEP;
    }

    onPointerDown(ev) {
        if (this.props.readonly || ev.button) {
            return;
        }
        ev.currentTarget.setPointerCapture(ev.pointerId);
        this.state.dragged = this.at(ev);
    }

    onPointerMove(ev) {
        if (this.state.dragged !== null) {
            this.state.dragged = this.at(ev);
        }
    }

    async onPointerUp() {
        if (this.state.dragged !== null) {
            await this.set(this.state.dragged);
            this.state.dragged = null;
        }
    }

    onPointerCancel() {
        this.state.dragged = null;
    }

    async onKeydown(ev) {
        if (!this.props.readonly && ev.key in KEYS) {
            ev.preventDefault();
            await this.set(this.value + KEYS[ev.key]);
        }
    }
}

export const fuelGaugeField = {
    component: FuelGaugeField,
    displayName: _t("Fuel gauge"),
    supportedTypes: ["integer"],
    isEmpty: () => false,
    extractProps: () => ({}),
};

registry.category("fields").add("dealer_fuel_gauge", fuelGaugeField);
