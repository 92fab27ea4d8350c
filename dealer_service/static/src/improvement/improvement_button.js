import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
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
            const { resModel } = this.props.model.metaData;
            const action = await this.orm.call(resModel, "action_propose_improvement", [
                this.env.searchModel.domain,
            ]);
            await this.actions.doAction(action);
        }
    };

registry.category("views").add("dealer_improve_pivot", {
    ...pivotView,
    Renderer: improving(PivotRenderer),
    buttonTemplate: "dealer_service.ImprovePivotButtons",
});
registry.category("views").add("dealer_improve_graph", {
    ...graphView,
    Renderer: improving(GraphRenderer),
    buttonTemplate: "dealer_service.ImproveGraphButtons",
});
