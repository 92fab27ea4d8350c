import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { onWillDestroy } from "@odoo/owl";
import { useLiveBoard } from "./live_board";

/** Milliseconds after which a form that was being written in is looked at again. */
const LATER_MS = 3000;
/** Where somebody writes. */
const WRITTEN_IN = "input, textarea, select, [contenteditable='true']";

/** The jobs and cars of whoever works on them, as the controller gives them out. */
export class LiveCardsController extends KanbanController {
    setup() {
        super.setup();
        useLiveBoard({
            boards: ["workshop"],
            // not the model's own way, see LiveVisitController
            read: () => this.model.root.load(),
        });
    }
}

/**
 * The form of a visit, or of one of its orders, while others move it: the customer looks
 * at the offer and decides, the workshop gets on. What is being written stays.
 */
export class LiveVisitController extends FormController {
    setup() {
        super.setup();
        this.ui = useService("ui");
        this.live = useLiveBoard({
            isShown: (_companyId, news) => this.isChanged(news.visits),
            read: () => this.readAgain(),
        });
        onWillDestroy(() => clearTimeout(this.later));
    }

    get visitId() {
        // news may come before the form has read its record
        const { resId, resModel, data } = this.model.root || {};
        return resModel === "dealer.reception" ? resId : data?.reception_id?.id;
    }

    /** Of very many visits at once none is told by number. */
    isChanged(visits) {
        const isMine = ({ id, by }) => id === this.visitId && by !== user.userId;
        return !visits || visits.some(isMine);
    }

    get isWrittenIn() {
        const active = document.activeElement;
        return (
            this.model.root.dirty ||
            this.formInDialog > 0 ||
            (active?.matches(WRITTEN_IN) && this.rootRef.el?.contains(active))
        );
    }

    async readAgain() {
        clearTimeout(this.later);
        if (this.isWrittenIn) {
            this.later = setTimeout(() => this.live.reload(), LATER_MS);
            return;
        }
        // not the model's own way of loading: of two of these at once, the first never
        // ends, and the button that waits for it stays dead
        const { root } = this.model;
        // what is opened meanwhile would belong to a record that is no longer there
        this.ui.block({ delay: LATER_MS });
        try {
            await root.load();
            if (root !== this.model.root) {
                await this.model.root.load();
            }
        } finally {
            this.ui.unblock();
        }
    }
}

registry.category("views").add("dealer_live_cards", {
    ...kanbanView,
    Controller: LiveCardsController,
});
registry.category("views").add("dealer_live_visit", {
    ...formView,
    Controller: LiveVisitController,
});
