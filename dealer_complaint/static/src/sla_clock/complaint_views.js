import { registry } from "@web/core/registry";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { PhoneColumns } from "@dealer_service/board/phone_columns";
import { SlaHealthLine } from "./sla_health_line";

class ComplaintListController extends ListController {
    static template = "dealer_complaint.ListView";
    static components = { ...ListController.components, SlaHealthLine };
}

class ComplaintKanbanController extends KanbanController {
    static template = "dealer_complaint.KanbanView";
    static components = { ...KanbanController.components, SlaHealthLine };
}

registry.category("views").add("dealer_complaint_list", {
    ...listView,
    Controller: ComplaintListController,
});
registry.category("views").add("dealer_complaint_kanban", {
    ...kanbanView,
    Controller: ComplaintKanbanController,
    SearchModel: PhoneColumns,
});
