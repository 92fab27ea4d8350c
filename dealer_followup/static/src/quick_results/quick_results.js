import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Results that end most calls: one click, or Alt, Shift and the number, saves the call and opens
 * the sheet of the next customer. What was typed is saved with it.
 */
export class QuickResults extends Component {
    static template = "dealer_followup.QuickResults";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.isBusy = false;
    }

    get results() {
        return (this.props.record.data[this.props.name] || []).map((result, index) => ({
            ...result,
            key: index < 9 ? `shift+${index + 1}` : undefined,
        }));
    }

    async choose(result) {
        const { record } = this.props;
        // a key that is held down saves one call, not several
        if (this.isBusy) {
            return;
        }
        this.isBusy = true;
        try {
            if (await record.save()) {
                const next = await this.orm.call(record.resModel, "action_quick", [
                    [record.resId],
                    result.id,
                ]);
                await this.action.doAction(next);
            }
        } finally {
            this.isBusy = false;
        }
    }
}

registry.category("fields").add("dealer_quick_results", {
    component: QuickResults,
    supportedTypes: ["json"],
});
