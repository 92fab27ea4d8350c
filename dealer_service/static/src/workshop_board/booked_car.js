import { Component } from "@odoo/owl";
import { plateParts } from "../board/plate";
import { clock } from "../board/shop_time";

/** A car that is expected: it stands where it is reserved, and is not moved here. */
export class BookedCar extends Component {
    static template = "dealer_service.BookedCar";
    static props = { car: Object, style: String, open: Function };

    get plate() {
        return plateParts(this.props.car.plate);
    }

    get hours() {
        return `${clock(this.props.car.start)}–${clock(this.props.car.stop)}`;
    }

    /** What a screen reader says, and what the mouse shows. */
    get words() {
        const { plate, car, name, technician, bay, state_label } = this.props.car;
        const words = [plate, car, name, this.hours, bay, technician, state_label];
        return words.filter(Boolean).join(", ");
    }

    onKeydown(ev) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            this.props.open();
        }
    }
}
