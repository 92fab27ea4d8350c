import { Component, onMounted, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { ConfirmationDialog, AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useBoardDrag } from "../board/board_drag";
import { useLiveBoard } from "../board/live_board";
import { plateParts } from "../board/plate";
import { clock, shiftDay } from "../board/shop_time";
import { offerUndo } from "../board/undo";
import { CapacityBar } from "./capacity_bar";
import { REFUSALS } from "./slot_picker";

const { DateTime } = luxon;
/** What time alone changes: who is overdue, which slots are past. */
const REFRESH_MS = 60000;
/** Smallest width of a slot and height of a visit: a finger. */
const TOUCH = 44;
const LANE = 48;

/** The day of the shop: advisors × slots, what is booked, what is left. */
export class BookingDay extends Component {
    static template = "dealer_service.BookingDay";
    static components = { CapacityBar };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.actionService = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.grid = useRef("grid");
        this.state = useState({ data: null, error: "", width: TOUCH, drag: null });
        // empty: today, also after midnight
        this.day = this.props.action.params?.day || this.props.action.context?.booking_day;
        this.useLive();
        this.useDrag();
        onWillStart(() => this.live.reload());
        onMounted(() => {
            this.fit();
            this.scrollToNow();
            this.observer = new ResizeObserver(() => this.fit());
            this.observer.observe(this.grid.el);
        });
        onWillUnmount(() => this.observer.disconnect());
    }

    useLive() {
        this.live = useLiveBoard({
            boards: ["lane"],
            isShown: (companyId) => companyId === user.activeCompany.id,
            isHeld: () => this.state.drag,
            every: REFRESH_MS,
            read: () => this.read(),
            show: (answer) => {
                Object.assign(this.state, answer);
                this.fit();
            },
        });
    }

    useDrag() {
        useBoardDrag({
            ref: this.grid,
            state: this.state,
            elements: ".o_dealer_visit[data-movable]",
            places: ".o_dealer_cell",
            hold: ({ dataset }) => ({ visit: this.visit(Number(dataset.visit)) }),
            aim: (cell) => ({
                target: cell ? `${cell.dataset.row}/${cell.dataset.column}` : null,
                utc: cell?.dataset.utc,
                advisorId: Number(cell?.dataset.advisor) || false,
            }),
            put: ({ visit, utc, advisorId }) => this.put(visit, utc, advisorId),
        });
    }

    /** The day, or why it is not shown. */
    async read() {
        try {
            const data = await this.orm.silent.call("dealer.reception", "get_booking_day", [
                this.day || false,
            ]);
            return { data, error: "" };
        } catch (error) {
            if (!error.data?.message) {
                throw error;
            }
            return { error: error.data.message };
        }
    }

    show(day) {
        this.day = day;
        return this.live.reload();
    }

    /** Slots fill the width, and never get narrower than a finger. */
    fit() {
        const grid = this.grid.el;
        if (!grid || !this.state.data) {
            return;
        }
        const label = parseFloat(getComputedStyle(grid).getPropertyValue("--label-width")) || 120;
        const count = (this.axis.end - this.axis.start) / this.state.data.slot_minutes || 1;
        this.state.width = Math.max(TOUCH, Math.floor((grid.clientWidth - label - 2) / count));
    }

    /** On a narrow screen the present hour comes first, not the morning. */
    scrollToNow() {
        if (this.state.data && this.nowLeft !== null) {
            this.grid.el.scrollLeft = Math.max(0, this.nowLeft - this.grid.el.clientWidth / 4);
        }
    }

    // ------------------------------------------------------------------
    // Geometry: minutes of the shop's day → pixels
    // ------------------------------------------------------------------

    /** From the first opening (or visit) to the last closing, in whole slots. */
    get axis() {
        const { opening, visits, slot_minutes: step } = this.state.data;
        const starts = opening.map(([start]) => start);
        const ends = opening.map(([, end]) => end);
        for (const visit of visits.filter((v) => v.start >= 0 && v.start < 1440)) {
            starts.push(Math.floor(visit.start / step) * step);
            ends.push(Math.ceil((visit.start + step) / step) * step);
        }
        return starts.length
            ? { start: Math.min(...starts), end: Math.max(...ends) }
            : { start: 8 * 60, end: 18 * 60 };
    }

    px(minutes) {
        return (minutes * this.state.width) / this.state.data.slot_minutes;
    }

    left(minute) {
        return this.px(minute - this.axis.start);
    }

    get trackWidth() {
        return this.px(this.axis.end - this.axis.start);
    }

    get hours() {
        const { start, end } = this.axis;
        const first = Math.ceil(start / 60);
        const count = Math.max(0, Math.ceil(end / 60) - first);
        return Array.from({ length: count }, (_, i) => ({
            label: `${String((first + i) % 24).padStart(2, "0")}:00`,
            left: this.left((first + i) * 60),
        }));
    }

    get nowLeft() {
        const now = this.state.data.now;
        const { start, end } = this.axis;
        return now === null || now < start || now > end ? null : this.left(now);
    }

    /** One row per advisor; visits of the same time lie in lanes below each other. */
    get rows() {
        const { advisors, visits } = this.state.data;
        const known = new Set(advisors.map((advisor) => advisor.id));
        return advisors.map((advisor) => {
            const ends = [];
            const bars = visits
                .filter(
                    (visit) =>
                        (known.has(visit.advisor_id) ? visit.advisor_id : false) === advisor.id
                )
                .map((visit) => {
                    const start = Math.max(visit.start, this.axis.start);
                    const end = Math.min(visit.end, this.axis.end);
                    const width = Math.max(this.px(end - start), this.state.width, TOUCH);
                    const left = this.left(start);
                    let lane = ends.findIndex((edge) => edge <= left + 1);
                    lane = lane === -1 ? ends.length : lane;
                    ends[lane] = left + width;
                    return { visit, left, width: width - 2, top: lane * LANE + 2 };
                });
            // a free lane below: the slots under the visits can be tapped, too
            return { advisor, bars, height: (ends.length + 1) * LANE + 4 };
        });
    }

    barStyle(bar) {
        return `left: ${bar.left}px; width: ${bar.width}px; top: ${bar.top}px; height: ${LANE - 4}px`;
    }

    plate({ plate, customer }) {
        return plateParts(plate || customer);
    }

    barTitle(visit) {
        return [
            `${clock(visit.start)} ${visit.plate} ${visit.customer}`,
            `${visit.state_label}, ${visit.hours} h`,
            visit.wish,
        ]
            .filter(Boolean)
            .join("\n");
    }

    barClass(visit) {
        return {
            [`o_dealer_state_${visit.state}`]: true,
            o_dealer_overdue: visit.is_overdue,
            o_dealer_overbooked: visit.is_overbooked,
        };
    }

    cellTitle(slot, code) {
        const reason = slot.is_past ? REFUSALS.past : code ? REFUSALS[code] : _t("Book");
        return `${clock(slot.start)} ${reason}`;
    }

    // ------------------------------------------------------------------
    // The day
    // ------------------------------------------------------------------

    get dayLabel() {
        return formatDate(DateTime.fromISO(this.state.data.day));
    }

    get weekday() {
        return DateTime.fromISO(this.state.data.day).toFormat("cccc");
    }

    shift(days) {
        return this.show(shiftDay(this.state.data.day, days));
    }

    onDateInput(ev) {
        if (ev.target.value) {
            this.show(ev.target.value);
        }
    }

    // ------------------------------------------------------------------
    // Booking, opening, moving
    // ------------------------------------------------------------------

    async book(slot, advisor, code) {
        const free = slot && !code;
        const action = await this.orm.call("dealer.reception", "action_new_booking", [], {
            date_appointment: free ? slot.utc : false,
            advisor_id: advisor?.id || false,
            day: this.state.data?.day || false,
        });
        await this.actionService.doAction(action, {
            additionalContext: { dealer_booking_stay: true },
            onClose: () => this.live.reload(),
        });
    }

    open(visit) {
        this.actionService.doAction({
            type: "ir.actions.act_window",
            res_model: "dealer.reception",
            res_id: visit.id,
            views: [[false, "form"]],
        });
    }

    visit(id) {
        return this.state.data.visits.find((visit) => visit.id === id);
    }

    /** Where a visit was let go; where it was is no move. */
    put(visit, utc, advisorId) {
        const isMoved = utc !== this.slotOf(visit)?.utc || advisorId !== visit.advisor_id;
        if (isMoved) {
            this.move(visit, utc, advisorId);
        }
    }

    /** Move a visit; the server decides, the answer offers an undo. */
    async move(visit, utc, advisorId, overbook = false) {
        const before = this.slotOf(visit);
        try {
            await this.live.change(() =>
                this.orm.call("dealer.reception", "action_reschedule", [[visit.id]], {
                    date_appointment: utc,
                    advisor_id: advisorId,
                    overbook,
                })
            );
        } catch (error) {
            if (!error.data?.message) {
                throw error;
            }
            this.refused(visit, utc, advisorId, error.data.message, overbook);
            return;
        }
        const text = _t("%(plate)s was moved.", { plate: visit.plate || visit.customer });
        if (before) {
            const undo = () => this.move(visit, before.utc, visit.advisor_id);
            offerUndo(this.notification, text, undo);
        } else {
            this.notification.add(text, { type: "success" });
        }
    }

    refused(visit, utc, advisorId, message, overbook) {
        if (!this.state.data.can_overbook || overbook) {
            this.dialog.add(AlertDialog, {
                title: _t("This slot is not available"),
                body: message,
            });
            return;
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("This slot is not available"),
            body: message,
            confirmLabel: _t("Book beyond Capacity"),
            confirm: () => this.move(visit, utc, advisorId, true),
            cancel: () => {},
        });
    }

    slotOf(visit) {
        return this.state.data.slots.find(
            (slot) => slot.start <= visit.start && visit.start < slot.end
        );
    }

    // ------------------------------------------------------------------
    // Keyboard
    // ------------------------------------------------------------------

    onGridKeydown(ev) {
        const step = {
            ArrowLeft: [0, -1],
            ArrowRight: [0, 1],
            ArrowUp: [-1, 0],
            ArrowDown: [1, 0],
        }[ev.key];
        const cell = ev.target.closest("[data-row]");
        if (!step || !cell || ev.ctrlKey || ev.altKey) {
            return;
        }
        const row = Number(cell.dataset.row) + step[0];
        const column = Number(cell.dataset.column) + step[1];
        const next = this.grid.el.querySelector(
            `.o_dealer_cell[data-row="${row}"][data-column="${column}"]`
        );
        if (next) {
            ev.preventDefault();
            next.focus();
        }
    }

    /** Ctrl and an arrow move the focused visit by a slot or to the next advisor. */
    onVisitKeydown(ev, visit, row) {
        if (!ev.ctrlKey || !visit.can_move) {
            return;
        }
        const { slots, advisors } = this.state.data;
        const here = slots.indexOf(this.slotOf(visit));
        let slot = slots[here];
        let advisor = advisors[row];
        if (ev.key === "ArrowLeft") {
            slot = slots[here - 1];
        } else if (ev.key === "ArrowRight") {
            slot = slots[here + 1];
        } else if (ev.key === "ArrowUp") {
            advisor = advisors[row - 1];
        } else if (ev.key === "ArrowDown") {
            advisor = advisors[row + 1];
        } else {
            return;
        }
        ev.preventDefault();
        if (slot && advisor) {
            this.move(visit, slot.utc, advisor.id);
        }
    }
}

registry.category("actions").add("dealer_service.booking_day", BookingDay);
