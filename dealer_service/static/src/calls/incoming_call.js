import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const RINGS = "dealer_service.incoming_call";

/** Says who calls, on the screen of the colleague whose telephone rings. */
export const incomingCallService = {
    dependencies: ["action", "bus_service", "notification", "orm"],

    start(env, { action, bus_service: bus, notification, orm }) {
        const told = new Set();
        bus.subscribe(RINGS, async ({ id }) => {
            // that it rings, and that it was answered
            if (told.has(id)) {
                return;
            }
            told.add(id);
            const caller = await orm.call("dealer.call.record", "get_caller", [[id]]);
            const close = notification.add(caller.words, {
                title: _t("Incoming call: %s", caller.title),
                type: "info",
                sticky: true,
                className: "o_dealer_incoming_call",
                buttons: [
                    {
                        name: _t("Who Is Calling"),
                        icon: "fa-phone",
                        primary: true,
                        onClick: async () => {
                            close();
                            action.doAction(
                                await orm.call("dealer.call.record", "action_open_caller", [[id]])
                            );
                        },
                    },
                ],
            });
        });
    },
};

registry.category("services").add("dealer_incoming_call", incomingCallService);
