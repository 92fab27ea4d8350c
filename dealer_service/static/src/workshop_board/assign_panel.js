import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { clock } from "../board/shop_time";

/**
 * Who does a job, where and when, beside the board. Enter saves, Escape closes.
 */
export class AssignPanel extends Component {
    static template = "dealer_service.AssignPanel";
    static props = {
        card: Object,
        people: Array,
        bays: Array,
        minute: Number,
        save: Function,
        close: Function,
        openVisit: Function,
    };

    setup() {
        const { card, minute } = this.props;
        this.first = useRef("first");
        this.state = useState({
            technician_id: card.technician_id,
            bay_id: card.bay_id,
            time: clock(minute),
        });
        // what has begun lies where it runs: its time is not asked for
        this.isTimed = card.state === "pending";
        this.before = card.is_planned ? clock(minute) : null;
        onMounted(() => this.first.el.focus());
    }

    save() {
        const { technician_id, bay_id, time } = this.state;
        const [hour, minute] = time.split(":").map(Number);
        const isMoved = this.isTimed && time && time !== this.before;
        return this.props.save({
            minute: isMoved ? hour * 60 + minute : null,
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
