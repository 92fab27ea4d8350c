import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { clock } from "../board/shop_time";
import { isShut } from "./board_hours";

/**
 * Who does a job, where and when, beside the board. Enter saves, Escape closes.
 */
export class AssignPanel extends Component {
    static template = "dealer_service.AssignPanel";
    static props = {
        card: Object,
        people: Array,
        bays: Array,
        date: String,
        minute: Number,
        openings: Object,
        save: Function,
        close: Function,
        openVisit: Function,
    };

    setup() {
        const { card, date, minute } = this.props;
        this.first = useRef("first");
        this.state = useState({
            technician_id: card.technician_id,
            bay_id: card.bay_id,
            date,
            time: clock(minute),
        });
        // what has begun lies where it runs: its time is not asked for
        this.isTimed = card.state === "pending";
        this.before = card.is_planned ? clock(minute) : null;
        onMounted(() => this.first.el.focus());
    }

    get minute() {
        const [hour, minute] = this.state.time.split(":").map(Number);
        return hour * 60 + minute;
    }

    /** Nobody is there to begin at that time. */
    get isShut() {
        return isShut(this.props.openings, this.state.date, this.minute);
    }

    save() {
        const { technician_id, bay_id, date, time } = this.state;
        const isOther = time !== this.before || date !== this.props.date;
        const isMoved = this.isTimed && date && time && isOther;
        return this.props.save({
            date: date || this.props.date,
            minute: isMoved ? this.minute : null,
            technician_id: Number(technician_id),
            bay_id: Number(bay_id),
        });
    }

    onKeydown(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            this.props.close();
        } else if (ev.key === "Enter" && ev.target.tagName !== "BUTTON") {
            ev.preventDefault();
            this.save();
        }
    }
}
