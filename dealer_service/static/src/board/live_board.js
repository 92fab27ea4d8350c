import { useBus, useService } from "@web/core/utils/hooks";
import { user } from "@web/core/user";
import { debounce } from "@web/core/utils/timing";
import { onWillDestroy, status, useComponent, useEffect, useExternalListener } from "@odoo/owl";

/** The server answers it with the shops of the user; see `res.company`. */
const BOARDS_CHANNEL = "dealer_service.boards";
const NEWS = "dealer_service.news";
/** Changes that come within this time of each other are one. */
const BURST_MS = 150;
let openBoards = 0;

/** Hear of the changes of the shops' boards while the component is there. */
function useBoardNews(onNews) {
    const bus = useService("bus_service");
    if (!openBoards++) {
        bus.addChannel(BOARDS_CHANNEL);
    }
    bus.subscribe(NEWS, onNews);
    // a board that is left before it was ever shown is never unmounted
    onWillDestroy(() => {
        bus.unsubscribe(NEWS, onNews);
        if (!--openBoards) {
            bus.deleteChannel(BOARDS_CHANNEL);
        }
    });
    return bus;
}

/** Whether the board is gone, and what it would ask for refused. */
function useIsLeft() {
    const component = useComponent();
    return () => status(component) === "destroyed";
}

/**
 * Read the board again when the server says that what it shows has changed.
 *
 * Changes that come together are read once. Nothing is read while the user holds
 * something of the board, nor while a change of their own is on its way: that would
 * take it out of the hand. Nor is it while the page is not in front. It is read when
 * the hand is empty, the page is back or the connection is.
 *
 * @param {Object} board
 * @param {string[]} [board.boards] what outdates it: "lane", "workshop"; by default all
 * @param {() => Promise<any>} board.read asks the server
 * @param {(answer: any) => void} [board.show] shows the answer to the last question
 * @param {(companyId: number, news: Object) => boolean} [board.isShown] whether the board
 *     shows a shop; by default the companies that the user has switched on
 * @param {() => boolean} [board.isHeld] whether the user holds something, from the
 *     state of the component
 * @param {number} [board.every] milliseconds after which it is read in any case
 * @returns {{ reload: () => Promise<void>, change: (work: () => Promise<T>) => Promise<T> }}
 *     to read now; to do what changes the board, and read what came of it
 */
export function useLiveBoard({ boards, read, show, isShown, isHeld, every }) {
    const isLeft = useIsLeft();
    const isOurs = isShown || ((id) => user.context.allowed_company_ids.includes(id));
    const isOfBoard = (news) => !boards || boards.some((board) => news.boards.includes(board));
    let isOutdated = false;
    let questions = 0;
    let newest;
    let changes = 0;
    const isBusy = () => Boolean(changes || isHeld?.());

    function reload() {
        isOutdated = false;
        newest = ask(++questions);
        return newest;
    }

    async function ask(question) {
        const answer = await read();
        if (question !== questions) {
            return newest; // asked again meanwhile: whoever waits, waits for that answer
        }
        if (isBusy()) {
            isOutdated = true;
        } else {
            show?.(answer);
        }
    }

    async function change(work) {
        changes++;
        try {
            return await work();
        } finally {
            if (!--changes && !isLeft()) {
                await reload();
            }
        }
    }

    const catchUp = () => isOutdated && !isBusy() && !document.hidden && reload();
    const catchUpSoon = debounce(catchUp, BURST_MS);
    const outdate = () => {
        isOutdated = true;
        catchUpSoon();
    };
    const bus = useBoardNews(
        (news) => isOfBoard(news) && isOurs(news.company_id, news) && outdate()
    );
    useBus(bus, "BUS:RECONNECT", outdate);
    useExternalListener(document, "visibilitychange", catchUp);
    useEffect(
        () => void catchUp(),
        () => [isBusy()]
    );
    const clock = every && setInterval(outdate, every);
    onWillDestroy(() => clearInterval(clock));
    onWillDestroy(() => catchUpSoon.cancel());
    return { reload, change };
}
