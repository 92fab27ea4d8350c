import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { clamp } from "@web/core/utils/numbers";
import { Component, onMounted, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useBoardDrag } from "../board/board_drag";
import { useLiveBoard } from "../board/live_board";
import { plateParts } from "../board/plate";
import { clock, longDate, shiftDay } from "../board/shop_time";
import { offerUndo } from "../board/undo";
import { AssignPanel } from "./assign_panel";
import { ARROWS } from "./board_keys";
import { BookedCar } from "./booked_car";
import { closedSpans, fullHours, nextStart } from "./board_hours";
import { badges, blockClass, describe } from "./workshop_card";

const MINUTE = 60_000;
/** Pixels of a row with one lane: nine bays are seen on a screen of 800. */
const LANE = 64;
/**
 * The controller's board: bays (or technicians) against the hours of one day.
 *
 * All times are minutes on the shop's clock; see `dealer.job.get_board_data`.
 */
export class WorkshopBoard extends Component {
    static template = "dealer_service.WorkshopBoard";
    static components = { AssignPanel, BookedCar };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.planRef = useRef("plan");
        this.state = useState({
            data: null,
            by: "bay",
            date: null,
            now: null,
            drag: null,
            panel: null,
        });

        Object.assign(this, { clock, badges, blockClass, describe });
        this.useLive();
        this.useDrag();
        onWillStart(() => this.live.reload());
        onMounted(() => {
            this.scrollToNow();
            this.ticker = setInterval(() => this.tick(), MINUTE / 4);
        });
        onWillUnmount(() => clearInterval(this.ticker));
    }

    // ---------------------------------------------------------------------
    // Data
    // ---------------------------------------------------------------------

    useLive() {
        this.live = useLiveBoard({
            boards: ["workshop"],
            isShown: (companyId) => !this.state.data || companyId === this.state.data.company_id,
            isHeld: () => this.state.drag,
            read: () =>
                this.orm.call("dealer.job", "get_board_data", [], {
                    date: this.state.date,
                    by: this.state.by,
                }),
            show: (data) => {
                this.loadedAt = Date.now();
                this.state.data = data;
                this.tick();
            },
        });
    }

    /** A block is dragged at once, also by a finger; so is a card of the tray by its
     * handle. The card itself is where a finger scrolls the tray: there it has to rest. */
    useDrag() {
        const drag = (params) =>
            useBoardDrag({
                ref: this.root,
                state: this.state,
                places: "[data-row-id], [data-tray]",
                hold: ({ dataset }) => ({
                    id: Number(dataset.jobId),
                    label: dataset.plate,
                    isPlanned: dataset.planned !== undefined,
                }),
                aim: (place, at) => this.aim(place, at),
                put: ({ id, rowId, minute }) => this.drop(id, rowId, minute),
                ...params,
            });
        drag({
            elements: ".o_board_block:not([data-fixed])",
            scroller: this.planRef,
            touchDelay: 0,
        });
        const tray = { elements: ".o_tray_card", edgeScrolling: { enabled: false } };
        drag({ ...tray, handle: ".o_drag_handle", touchDelay: 0 });
        drag({ ...tray, ignore: ".o_drag_handle" });
    }

    /** The tray is a row of `null`; no place at all is `undefined`. */
    aim(place, { x, left }) {
        const rowId = place?.dataset.rowId;
        if (rowId === undefined) {
            return { rowId: place && null, minute: null };
        }
        const { range, slot } = this.state.data;
        const box = place.getBoundingClientRect();
        // a block keeps its grip under the finger, a card of the tray starts there
        const edge = this.state.drag.isPlanned ? left : x;
        const share = (edge - box.left) / box.width;
        const minute = Math.round((range[0] + share * (range[1] - range[0])) / slot) * slot;
        return {
            rowId: Number(rowId),
            minute: clamp(minute, range[0], range[1] - slot),
        };
    }

    /** Move the now-line; at midnight of the shop, the board of today moves on. */
    tick() {
        const { data } = this.state;
        if (!data || data.now === null) {
            this.state.now = null;
            return;
        }
        this.state.now = data.now + (Date.now() - this.loadedAt) / MINUTE;
        if (this.state.now >= 1440 && !this.state.date) {
            this.live.reload();
        }
    }

    /** Where the board is wider than the screen, it opens at the present hour. */
    scrollToNow() {
        const plan = this.planRef.el;
        if (plan && this.state.now !== null) {
            const [first, last] = this.state.data.range;
            const share = (this.state.now - first) / (last - first);
            plan.scrollLeft = plan.scrollWidth * share - plan.clientWidth / 2;
        }
    }

    async plan(jobId, rowId, minute, date) {
        const card = this.card(jobId);
        if (!card) {
            return;
        }
        // at once on this screen, whatever the network does
        if (minute === null) {
            this.state.data.blocks = this.state.data.blocks.filter((b) => b.id !== jobId);
        } else if (card.stop !== undefined) {
            Object.assign(card, {
                stop: minute + card.stop - card.start,
                start: minute,
                row_id: rowId,
            });
        }
        try {
            await this.send(jobId, this.placeOnBoard(rowId, minute, date));
            await this.showDay(date);
        } finally {
            this.focusBlock(jobId);
        }
    }

    /** A place as the server is told it; `null` minutes are the tray. */
    placeOnBoard(rowId, minute, date = this.state.data.date) {
        return {
            date,
            minute,
            by: this.state.by,
            resource_id: minute === null ? null : rowId,
        };
    }

    send(jobId, place) {
        return this.live.change(() =>
            this.orm.call("dealer.job", "action_plan_on_board", [[jobId]], place)
        );
    }

    /** A hand slips: what was dragged goes back where it was, on whatever board. */
    async drop(jobId, rowId, minute) {
        const card = this.card(jobId);
        if (!card) {
            return;
        }
        const before = this.placeOnBoard(card.row_id, card.start ?? null);
        await this.plan(jobId, rowId, minute);
        const text = _t("%(plate)s was moved.", { plate: card.plate });
        offerUndo(this.notification, text, () => this.send(jobId, before));
    }

    card(jobId) {
        const { blocks, tray } = this.state.data;
        return [...blocks, ...tray].find((card) => card.id === jobId);
    }

    // ---------------------------------------------------------------------
    // Display
    // ---------------------------------------------------------------------

    /** Jobs, and the cars that are expected. */
    get blocks() {
        return [...this.state.data.blocks, ...this.state.data.bookings];
    }

    get rows() {
        const { rows } = this.state.data;
        const none = {
            id: 0,
            name: this.state.by === "bay" ? _t("No bay yet") : _t("No technician yet"),
            away: [],
        };
        return this.blocksOf(none).length ? [none, ...rows] : rows;
    }

    blocksOf(row) {
        const known = new Set(this.state.data.rows.map(({ id }) => id));
        const home = ({ row_id }) => (known.has(row_id) ? row_id : 0);
        return this.blocks.filter((block) => home(block) === row.id);
    }

    get hours() {
        return fullHours(this.state.data.range);
    }

    /** Percent of the width of the day. */
    percent(minutes) {
        const [first, last] = this.state.data.range;
        return (100 * minutes) / (last - first);
    }

    span(start, stop) {
        const [first, last] = this.state.data.range;
        const [from, to] = [Math.max(first, start), Math.min(last, stop)];
        return `left:${this.percent(from - first)}%;width:${this.percent(Math.max(0, to - from))}%`;
    }

    blockStyle(block) {
        const height = 100 / block.lanes;
        return (
            `${this.span(block.start, block.stop)};` +
            `top:calc(${block.lane * height}% + 2px);height:calc(${height}% - 4px)`
        );
    }

    rowStyle(row) {
        const lanes = Math.max(1, ...this.blocksOf(row).map((block) => block.lanes));
        return `min-height:${lanes * LANE}px`;
    }

    get closedSpans() {
        const { opening, range } = this.state.data;
        return closedSpans(opening, range);
    }

    get nowStyle() {
        const [first, last] = this.state.data.range;
        const { now } = this.state;
        return now !== null && now >= first && now <= last
            ? `left:${this.percent(now - first)}%`
            : null;
    }

    plate({ plate }) {
        return plateParts(plate);
    }

    get dayTitle() {
        return longDate(this.state.data.date);
    }

    // ---------------------------------------------------------------------
    // Events
    // ---------------------------------------------------------------------

    setBy(by) {
        this.state.by = by;
        return this.live.reload();
    }

    setDay(day) {
        this.state.date = day === this.state.data.today ? null : day || null;
        return this.live.reload();
    }

    /** Where a job was put on another day, the board goes there. */
    showDay(day) {
        return day && day !== this.state.data.date && this.setDay(day);
    }

    moveDay(offset) {
        return this.setDay(shiftDay(this.state.data.date, offset));
    }

    /** Who does it, where and when: beside the board, which stays in sight. */
    open(card) {
        if (card.state === "done") {
            return this.openVisit(card);
        }
        this.state.panel = card;
    }

    get panelProps() {
        const card = this.state.panel;
        const { people, bays, openings, date } = this.state.data;
        const place = card.start === undefined ? this.nextPlace() : { date, minute: card.start };
        return {
            ...place,
            card,
            people,
            bays,
            openings,
            save: (chosen) => this.assign(card, chosen),
            close: () => this.closePanel(),
            openVisit: () => this.openVisit(card),
        };
    }

    closePanel() {
        this.focusBlock(this.state.panel?.id);
        this.state.panel = null;
    }

    async assign(card, place) {
        await this.live.change(() =>
            this.orm.call("dealer.job", "action_assign_on_board", [[card.id]], {
                ...place,
            })
        );
        await this.showDay(place.minute !== null && place.date);
        this.closePanel();
    }

    openVisit(card) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dealer.reception",
            res_id: card.reception_id,
            views: [[false, "form"]],
        });
    }

    onKeydown(ev, card) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            this.open(card);
            return;
        }
        const target = this.keyTarget(ev.key, card);
        if (target) {
            ev.preventDefault();
            if (card.state !== "done") {
                this.plan(card.id, target.rowId, target.minute, target.date);
            }
        }
    }

    /** Where a key moves a job to; an arrow takes it out of the tray. */
    keyTarget(key, card) {
        const isPlanned = card.start !== undefined;
        if (key === "Delete" || key === "Backspace") {
            return isPlanned ? { rowId: card.row_id, minute: null } : null;
        }
        if (!(key in ARROWS)) {
            return null;
        }
        const { slot, range } = this.state.data;
        const { rows } = this;
        const [right, down] = ARROWS[key];
        if (!isPlanned) {
            return { rowId: rows[0]?.id || 0, ...this.nextPlace() };
        }
        const start = card.start + right * slot;
        const minute = clamp(Math.round(start / slot) * slot, 0, range[1] - slot);
        const index = rows.findIndex((row) => row.id === card.row_id) + down;
        return { rowId: down ? rows[clamp(index, 0, rows.length - 1)].id : card.row_id, minute };
    }

    /** Where a job goes that is taken out of the tray: when the shop works next. */
    nextPlace() {
        return nextStart(this.state.data, this.state.now);
    }

    focusBlock(jobId) {
        requestAnimationFrame(() => {
            const block = this.root.el?.querySelector(`[data-job-id="${jobId}"]`);
            block?.focus();
            block?.scrollIntoView({ block: "nearest", inline: "center" });
        });
    }
}

registry.category("actions").add("dealer_service.workshop_board", WorkshopBoard);
