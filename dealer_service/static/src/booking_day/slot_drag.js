const MOUSE_SLACK = 6;
const TOUCH_SLACK = 10;
/** A finger that rests this long drags; one that moves at once scrolls. */
const TOUCH_HOLD_MS = 350;

/**
 * Drag of a visit to another slot, by mouse, pen or finger.
 *
 * `owner.state.drag` is what the screen shows: {visit, x, y, target}, `target` being the
 * element of the cell under the pointer. Dropping calls `owner.move()`.
 */
export class SlotDrag {
    constructor(owner) {
        this.owner = owner;
        this.justDropped = false;
        this.onMove = this.onMove.bind(this);
        this.onUp = this.onUp.bind(this);
        this.stop = this.stop.bind(this);
        this.blockScroll = (ev) => ev.preventDefault();
    }

    start(ev, visit) {
        if (!visit.can_move || ev.button) {
            return;
        }
        this.visit = visit;
        this.origin = { x: ev.clientX, y: ev.clientY };
        this.isTouch = ev.pointerType === "touch";
        document.addEventListener("pointermove", this.onMove);
        document.addEventListener("pointerup", this.onUp);
        document.addEventListener("pointercancel", this.stop);
        if (this.isTouch) {
            this.hold = setTimeout(() => this.begin(this.origin), TOUCH_HOLD_MS);
        }
    }

    begin({ x, y }) {
        this.owner.state.drag = { visit: this.visit, x, y, target: null };
        document.addEventListener("touchmove", this.blockScroll, { passive: false });
    }

    onMove(ev) {
        const distance = Math.hypot(ev.clientX - this.origin.x, ev.clientY - this.origin.y);
        if (!this.owner.state.drag) {
            if (this.isTouch && distance > TOUCH_SLACK) {
                this.stop();
            } else if (!this.isTouch && distance > MOUSE_SLACK) {
                this.begin({ x: ev.clientX, y: ev.clientY });
            }
            return;
        }
        const cell = document
            .elementsFromPoint(ev.clientX, ev.clientY)
            .find((element) => element.classList.contains("o_dealer_cell"));
        Object.assign(this.owner.state.drag, {
            x: ev.clientX,
            y: ev.clientY,
            target: cell ? `${cell.dataset.row}/${cell.dataset.column}` : null,
            utc: cell?.dataset.utc,
            advisorId: Number(cell?.dataset.advisor) || false,
        });
    }

    onUp() {
        const drag = this.owner.state.drag && { ...this.owner.state.drag };
        this.stop();
        if (!drag) {
            return;
        }
        // the click that follows the drop must not open the visit
        this.justDropped = true;
        setTimeout(() => (this.justDropped = false), 0);
        const here = this.owner.slotOf(drag.visit);
        const isMoved =
            drag.utc && (drag.utc !== here?.utc || drag.advisorId !== drag.visit.advisor_id);
        if (isMoved) {
            this.owner.move(drag.visit, drag.utc, drag.advisorId);
        }
    }

    stop() {
        clearTimeout(this.hold);
        document.removeEventListener("pointermove", this.onMove);
        document.removeEventListener("pointerup", this.onUp);
        document.removeEventListener("pointercancel", this.stop);
        document.removeEventListener("touchmove", this.blockScroll);
        this.owner.state.drag = null;
    }
}
