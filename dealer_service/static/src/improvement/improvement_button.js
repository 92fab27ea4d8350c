import { onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";

/** A report whose weakest row is one click away from an improvement. */
const improving = (Renderer) =>
    class extends Renderer {
        setup() {
            super.setup();
            this.orm = useService("orm");
            this.actions = useService("action");
        }

        async onImprove() {
            await this.improve(this.env.searchModel.domain);
        }

        async improve(domain) {
            const { resModel } = this.props.model.metaData;
            const action = await this.orm.call(resModel, "action_propose_improvement", [domain]);
            await this.actions.doAction(action);
        }
    };

/** In a table each row begins an improvement of what the row is about. */
class ImprovePivotRenderer extends improving(PivotRenderer) {
    static template = "dealer_service.ImprovePivotRenderer";

    async onImproveRow(row) {
        const group = { rowValues: row.groupId[0], colValues: [] };
        await this.improve(this.model.getGroupDomain(group));
    }
}

/** The report of the steps also names the weakest one. */
const naming = (Renderer) =>
    class extends Renderer {
        setup() {
            super.setup();
            this.weakest = useState({ text: "" });
            onWillStart(() => this.nameWeakest());
            onWillUpdateProps(() => this.nameWeakest());
        }

        async nameWeakest() {
            const { resModel } = this.props.model.metaData;
            const weakest = await this.orm.call(resModel, "get_weakest_step", [
                this.env.searchModel.domain,
            ]);
            this.weakest.text = weakest.step
                ? _t(
                      "Weakest step: %(step)s, %(share)s of its standards executed (visits: %(visits)s)",
                      {
                          step: weakest.step,
                          share: `${formatFloat(weakest.compliance, { digits: [16, 1] })} %`,
                          visits: weakest.visits,
                      }
                  )
                : "";
        }
    };

registry.category("views").add("dealer_improve_pivot", {
    ...pivotView,
    Renderer: ImprovePivotRenderer,
    buttonTemplate: "dealer_service.ImprovePivotButtons",
});
registry.category("views").add("dealer_improve_graph", {
    ...graphView,
    Renderer: improving(GraphRenderer),
    buttonTemplate: "dealer_service.ImproveGraphButtons",
});
registry.category("views").add("dealer_weak_link_pivot", {
    ...pivotView,
    Renderer: naming(ImprovePivotRenderer),
    buttonTemplate: "dealer_service.ImprovePivotButtons",
});
registry.category("views").add("dealer_weak_link_graph", {
    ...graphView,
    Renderer: naming(improving(GraphRenderer)),
    buttonTemplate: "dealer_service.ImproveGraphButtons",
});
