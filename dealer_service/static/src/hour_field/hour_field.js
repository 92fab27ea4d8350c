import { registry } from "@web/core/registry";
import { FloatTimeField, floatTimeField } from "@web/views/fields/float_time/float_time_field";
import { useInputField } from "@web/views/fields/input_field_hook";
import { useNumpadDecimal } from "@web/views/fields/numpad_decimal_hook";
import { parseFloatTime } from "@web/views/fields/parsers";

/** An hour of the day that is empty where none is entered, instead of 00:00. */
export class HourField extends FloatTimeField {
    setup() {
        this.inputFloatTimeRef = useInputField({
            getValue: () => this.formattedValue,
            refName: "numpadDecimal",
            parse: (text) => (text.trim() ? parseFloatTime(text) : 0),
        });
        useNumpadDecimal();
    }

    get formattedValue() {
        return this.props.record.data[this.props.name] ? super.formattedValue : "";
    }
}

registry.category("fields").add("dealer_hour", { ...floatTimeField, component: HourField });
