import { registry } from "@web/core/registry";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { useLiveBoard } from "../board/live_board";
import { PhoneColumns } from "../board/phone_columns";

/** The lane at a glance: the visits by step, as they are now on every screen. */
export class LaneBoardController extends KanbanController {
    setup() {
        super.setup();
        useLiveBoard({
            boards: ["lane"],
            read: () => this.model.load(),
        });
    }
}

registry.category("views").add("dealer_lane_board", {
    ...kanbanView,
    Controller: LaneBoardController,
    SearchModel: PhoneColumns,
});
