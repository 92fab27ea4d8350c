import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Many2One } from "@web/views/fields/many2one/many2one";
import { buildM2OFieldDescription, Many2OneField } from "@web/views/fields/many2one/many2one_field";
import { Many2XAutocomplete } from "@web/views/fields/relational_utils";

/** What was typed is not “created”: a car that nobody knows yet is entered as a new one. */
class BookingCarAutocomplete extends Many2XAutocomplete {
    buildCreateSuggestion(request) {
        return {
            ...super.buildCreateSuggestion(request),
            label: _t("New car “%(typed)s”", { typed: request }),
        };
    }
}

class BookingCar extends Many2One {
    static components = { ...Many2One.components, Many2XAutocomplete: BookingCarAutocomplete };
}

/**
 * The car of a booking: what is typed for one that nobody knows yet is offered as a new
 * one, and goes into the fields for it. With the car goes whoever came with it.
 */
export class BookingCarField extends Many2OneField {
    static components = { ...Many2OneField.components, Many2One: BookingCar };

    get m2oProps() {
        const props = super.m2oProps;
        return {
            ...props,
            canQuickCreate: !props.readonly,
            update: (value, options) => this.choose(value, options),
        };
    }

    choose(value, options) {
        const { name, record } = this.props;
        if (!value) {
            return record.update({ [name]: false, partner_id: false, contact_id: false });
        }
        return value.id
            ? record.update({ [name]: value }, options)
            : record.update({ typed: value.display_name });
    }
}

registry.category("fields").add("dealer_booking_car", {
    ...buildM2OFieldDescription(BookingCarField),
});
