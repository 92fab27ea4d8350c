import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** A slip is noticed after a moment, not at once. */
const UNDO_MS = 10_000;

/**
 * A hand slips: what was done is said, with a button that takes it back.
 *
 * @param {Object} notification the service
 * @param {string} text what was done
 * @param {() => Promise<any>} undo takes it back
 */
export function offerUndo(notification, text, undo) {
    const close = notification.add(text, {
        type: "success",
        autocloseDelay: UNDO_MS,
        buttons: [
            {
                name: _t("Undo"),
                onClick: () => {
                    close();
                    return undo();
                },
            },
        ],
    });
}

/** What a method of the server has done, as `tools/actions.py` says it. */
function undoable(env, { params: { text, model, id, method, next } }) {
    offerUndo(env.services.notification, text, async () => {
        await env.services.orm.call(model, method, [[id]]);
        await env.services.action.doAction("soft_reload");
    });
    return next;
}

registry.category("actions").add("dealer_service.undoable", undoable);
