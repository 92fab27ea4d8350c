import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Component, onMounted, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useLiveBoard } from "../live_board/live_board";
import { useBlockDrag } from "./block_drag";

const NOTIFICATION = "dealer_service.workshop_board";
const MINUTE = 60_000;

/** "08:15" for 495; days before and after are not told apart, the board shows one. */
export function clock(minute) {
    const inDay = ((minute % 1440) + 1440) % 1440;
    const two = (number) => String(number).padStart(2, "0");
    return `${two(Math.floor(inDay / 60))}:${two(Math.floor(inDay % 60))}`;
}

/** Province and city of a Chinese plate, which a narrow block leaves out. */
export function plateHead(plate) {
    return plate.match(/^[\u4e00-\u9fff][A-Z][·\s-]?(?=.{5,6}$)/)?.[0] || "";
}

/** The day `offset` days after `day`, both as YYYY-MM-DD. */
export function shiftDay(day, offset) {
    const date = luxon.DateTime.fromISO(day, { zone: "utc" });
    return date.plus({ days: offset }).toISODate();
}

/**
 * The controller's board: bays (or technicians) against the hours of one day.
 *
 * All times are minutes on the shop's clock; see `dealer.job.get_board_data`.
 */
export class WorkshopBoard extends Component {
    static template = "dealer_service.WorkshopBoard";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.planRef = useRef("plan");
        this.state = useState({ data: null, by: "bay", date: null, now: null, drag: null });

        useLiveBoard(
            NOTIFICATION,
            () => this.load(),
            (companyId) => !this.state.data || companyId === this.state.data.company_id
        );

        useBlockDrag({
            root: this.root,
            state: this.state,
            onDrop: (jobId, rowId, minute) => this.plan(jobId, rowId, minute),
        });
        onWillStart(() => this.load());
        onMounted(() => {
            this.scrollToNow();
            this.ticker = setInterval(() => this.tick(), MINUTE / 4);
        });
        onWillUnmount(() => {
            clearInterval(this.ticker);
        });
    }

    // ---------------------------------------------------------------------
    // Data
    // ---------------------------------------------------------------------

    async load() {
        const asked = [this.state.date, this.state.by].join();
        const data = await this.orm.call("dealer.job", "get_board_data", [], {
            date: this.state.date,
            by: this.state.by,
        });
        if (asked !== [this.state.date, this.state.by].join()) {
            return; // the day was changed meanwhile, its own answer is on the way
        }
        this.loadedAt = Date.now();
        this.state.data = data;
        this.tick();
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
            this.load();
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

    async plan(jobId, rowId, minute) {
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
            await this.orm.call("dealer.job", "action_plan_on_board", [[jobId]], {
                date: this.state.data.date,
                minute,
                by: this.state.by,
                resource_id: minute === null ? null : rowId,
            });
        } finally {
            await this.load();
            this.focusBlock(jobId);
        }
    }

    card(jobId) {
        const { blocks, tray } = this.state.data;
        return [...blocks, ...tray].find((card) => card.id === jobId);
    }

    // ---------------------------------------------------------------------
    // Display
    // ---------------------------------------------------------------------

    get rows() {
        const { rows, blocks } = this.state.data;
        const known = new Set(rows.map((row) => row.id));
        const homeless = blocks.some((block) => !known.has(block.row_id));
        const none = {
            id: 0,
            name: this.state.by === "bay" ? _t("No bay yet") : _t("No technician yet"),
            away: [],
        };
        return homeless ? [none, ...rows] : rows;
    }

    blocksOf(row) {
        const known = new Set(this.state.data.rows.map((r) => r.id));
        return this.state.data.blocks.filter(
            (block) => (known.has(block.row_id) ? block.row_id : 0) === row.id
        );
    }

    get hours() {
        const [first, last] = this.state.data.range;
        const hours = [];
        for (let minute = first; minute < last; minute += 60) {
            hours.push(minute);
        }
        return hours;
    }

    /** Percent of the width of the day. */
    percent(minutes) {
        const [first, last] = this.state.data.range;
        return (100 * minutes) / (last - first);
    }

    span(start, stop) {
        const [first, last] = this.state.data.range;
        const from = Math.max(first, start);
        const to = Math.min(last, stop);
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
        return `min-height:${lanes * 76}px`;
    }

    get closedSpans() {
        const { opening, range } = this.state.data;
        const closed = [];
        let from = range[0];
        for (const [start, stop] of opening) {
            if (start > from) {
                closed.push([from, start]);
            }
            from = Math.max(from, stop);
        }
        if (from < range[1]) {
            closed.push([from, range[1]]);
        }
        return closed;
    }

    get nowStyle() {
        const [first, last] = this.state.data.range;
        const { now } = this.state;
        return now !== null && now >= first && now <= last
            ? `left:${this.percent(now - first)}%`
            : null;
    }

    /** Colour says it at a glance, words say it to everybody. */
    blockClass(block) {
        return {
            o_block_late: block.is_late || block.is_overdue,
            o_block_at_risk: block.promise === "at_risk",
            o_block_working: block.state === "working",
            o_block_paused: block.state === "paused",
            o_block_done: block.state === "done",
            o_block_conflict: block.is_conflict,
            o_block_dragged: this.state.drag?.id === block.id,
        };
    }

    badges(card) {
        const badges = [];
        const add = (text, kind) => badges.push({ text, kind });
        if (card.is_late) {
            add(card.promise_label, "danger");
        } else if (card.promise === "at_risk") {
            add(card.promise_label, "warning");
        } else if (card.promised) {
            add(card.promise_label, "success");
        }
        if (card.is_overdue) {
            add(_t("Over planned hours"), "danger");
        }
        if (card.is_waiting) {
            add(_t("Customer waiting"), "info");
        }
        if (card.is_rework) {
            add(_t("Rework"), "danger");
        }
        if (card.is_conflict) {
            add(_t("Double-booked"), "warning");
        }
        if (card.state === "paused") {
            add(card.pause_label || card.state_label, "secondary");
        } else if (card.state !== "pending") {
            add(card.state_label, card.state === "done" ? "success" : "primary");
        }
        return badges;
    }

    /** What a screen reader says, and what the mouse shows. */
    describe(card) {
        return [
            card.plate,
            card.car,
            card.name,
            card.start === undefined ? null : `${clock(card.start)}–${clock(card.stop)}`,
            card.bay,
            card.technician,
            card.promised && _t("Promised for %(time)s", { time: card.promised }),
            ...this.badges(card).map((badge) => badge.text),
        ]
            .filter(Boolean)
            .join(", ");
    }

    who(card) {
        return this.state.by === "bay" ? card.technician : card.bay;
    }

    clock(minute) {
        return clock(minute);
    }

    plateHead(plate) {
        return plateHead(plate);
    }

    plateTail(plate) {
        return plate.slice(plateHead(plate).length);
    }

    get dayTitle() {
        const date = luxon.DateTime.fromISO(this.state.data.date);
        return date.toLocaleString({ ...luxon.DateTime.DATE_MED_WITH_WEEKDAY });
    }

    // ---------------------------------------------------------------------
    // Events
    // ---------------------------------------------------------------------

    setBy(by) {
        this.state.by = by;
        return this.load();
    }

    setDay(day) {
        this.state.date = day === this.state.data.today ? null : day || null;
        return this.load();
    }

    moveDay(offset) {
        return this.setDay(shiftDay(this.state.data.date, offset));
    }

    open(card) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dealer.reception",
            res_id: card.reception_id,
            views: [[false, "form"]],
        });
    }

    onClick(card) {
        if (!this.state.drag && !this.justDropped()) {
            this.open(card);
        }
    }

    justDropped() {
        return Date.now() - (this.state.droppedAt || 0) < 300;
    }

    onKeydown(ev, card) {
        const { slot, range } = this.state.data;
        const rows = this.rows;
        const index = rows.findIndex((row) => row.id === card.row_id);
        const isPlanned = card.start !== undefined;
        const start = isPlanned ? card.start : this.nextSlot();
        let rowId = isPlanned ? card.row_id : rows[0]?.id || 0;
        let minute = start;
        switch (ev.key) {
            case "Enter":
            case " ":
                ev.preventDefault();
                this.open(card);
                return;
            case "Delete":
            case "Backspace":
                minute = null;
                break;
            case "ArrowLeft":
                minute = isPlanned ? start - slot : start;
                break;
            case "ArrowRight":
                minute = isPlanned ? start + slot : start;
                break;
            case "ArrowUp":
                rowId = isPlanned ? rows[Math.max(0, index - 1)].id : rowId;
                break;
            case "ArrowDown":
                rowId = isPlanned ? rows[Math.min(rows.length - 1, index + 1)].id : rowId;
                break;
            default:
                return;
        }
        ev.preventDefault();
        if (card.state === "done" || (minute === null && !isPlanned)) {
            return;
        }
        if (minute !== null) {
            minute = Math.max(0, Math.min(range[1] - slot, Math.round(minute / slot) * slot));
        }
        this.plan(card.id, rowId, minute);
    }

    /** Where a job goes that the keyboard takes out of the tray. */
    nextSlot() {
        const { slot, range, opening } = this.state.data;
        const from = this.state.now ?? opening[0]?.[0] ?? range[0];
        return Math.ceil(from / slot) * slot;
    }

    focusBlock(jobId) {
        requestAnimationFrame(() => {
            this.root.el?.querySelector(`[data-job-id="${jobId}"]`)?.focus();
        });
    }
}

registry.category("actions").add("dealer_service.workshop_board", WorkshopBoard);
