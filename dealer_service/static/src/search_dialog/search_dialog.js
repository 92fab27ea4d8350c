import { onMounted } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { patch } from "@web/core/utils/patch";
import { KanbanController } from "@web/views/kanban/kanban_controller";

/**
 * On a phone, a field that chooses a car or a customer opens a page of cards. It is opened
 * to look for one: the search box is there at once, ready to be typed into.
 */
patch(KanbanController.prototype, {
    setup() {
        super.setup();
        const { isSmall, showSearchBar, toggleSearchBar } = this.searchBarToggler.props;
        if (this.env.inDialog && isSmall) {
            if (!showSearchBar) {
                toggleSearchBar();
            }
            // a dialog over a dialog takes the focus to its first button when it is there
            onMounted(() => browser.setTimeout(() => this.focusSearch()));
        }
    },

    focusSearch() {
        this.rootRef.el?.querySelector(".o_searchview_input")?.focus();
    },
});
