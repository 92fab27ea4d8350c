import { useBus } from "@web/core/utils/hooks";
import { user } from "@web/core/user";
import { debounce } from "@web/core/utils/timing";
import { onWillUnmount, useEnv } from "@odoo/owl";

/** The server answers it with the shops of the user; see `res.company`. */
const BOARDS_CHANNEL = "dealer_service.boards";
let openBoards = 0;

/**
 * Reload when the server says that what a board shows has changed.
 *
 * Changes that come together are read once. What happened while the connection was
 * away is read when it is back.
 *
 * @param {string} notification which board, e.g. "dealer_service.lane_board"
 * @param {() => any} reload reads the board again
 * @param {(companyId: number) => boolean} [isShown] whether the board shows a shop;
 *     by default the companies that the user has switched on
 */
export function useLiveBoard(notification, reload, isShown) {
    const bus = useEnv().services.bus_service;
    const soon = debounce(reload, 150);
    const isOurs = isShown || ((id) => user.context.allowed_company_ids.includes(id));
    const onNotification = ({ company_id }) => {
        if (isOurs(company_id)) {
            soon();
        }
    };
    if (!openBoards++) {
        bus.addChannel(BOARDS_CHANNEL);
    }
    bus.subscribe(notification, onNotification);
    useBus(bus, "BUS:RECONNECT", soon);
    onWillUnmount(() => {
        soon.cancel();
        bus.unsubscribe(notification, onNotification);
        if (!--openBoards) {
            bus.deleteChannel(BOARDS_CHANNEL);
        }
    });
}
