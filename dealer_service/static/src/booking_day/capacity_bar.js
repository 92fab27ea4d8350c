import { Component } from "@odoo/owl";

/** Technician-hours of a day: booked, free, kept for walk-ins and supplements. */
export class CapacityBar extends Component {
    static template = "dealer_service.CapacityBar";
    static props = { capacity: Object };

    get total() {
        const c = this.props.capacity;
        return Math.max(c.sellable, c.booked + c.walkin_reserve + c.supplement_reserve, 0.01);
    }

    get isOver() {
        return this.props.capacity.booked > this.props.capacity.bookable + 0.01;
    }

    get free() {
        return Math.max(0, this.props.capacity.bookable - this.props.capacity.booked);
    }

    /** Reserves never show more hours than the technicians have. */
    get kept() {
        const c = this.props.capacity;
        return Math.max(0, c.sellable - c.bookable);
    }

    width(hours) {
        return `width: ${(100 * hours) / this.total}%`;
    }

    hours(value) {
        return Math.round(value * 10) / 10;
    }
}
