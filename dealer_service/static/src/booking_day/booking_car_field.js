import { registry } from "@web/core/registry";
import { buildM2OFieldDescription, Many2OneField } from "@web/views/fields/many2one/many2one_field";

/**
 * The car of a booking: what is typed for one that nobody knows yet is offered as a new
 * one, and goes into the fields for it.
 */
export class BookingCarField extends Many2OneField {
    get m2oProps() {
        const props = super.m2oProps;
        return {
            ...props,
            canQuickCreate: !props.readonly,
            update: (value, options) =>
                value && !value.id
                    ? this.props.record.update({ typed: value.display_name })
                    : props.update(value, options),
        };
    }
}

registry.category("fields").add("dealer_booking_car", {
    ...buildM2OFieldDescription(BookingCarField),
});
