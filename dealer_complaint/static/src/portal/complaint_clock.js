import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { describe } from "@dealer_complaint/sla_clock/sla_countdown";

/** How often a page in front asks whether there is something new, in milliseconds. */
const ASK_EVERY = 60 * 1000;

/**
 * What happens next, until when: one line that counts by itself.
 *
 * The clock of the phone is never believed: the page brings the server's time, and asks
 * for it again when it comes back to the front.
 */
export class ComplaintClock extends Interaction {
    static selector = ".o_dealer_complaint_clock";

    setup() {
        this.clock = JSON.parse(this.el.dataset.clock);
        this.anchor(this.clock.now);
        this.asked = performance.now();
    }

    start() {
        this.tick();
        this.timer = setInterval(() => this.tick(), 1000);
        this.registerCleanup(() => clearInterval(this.timer));
        this.addListener(document, "visibilitychange", () => {
            if (!document.hidden) {
                this.ask();
            }
        });
    }

    anchor(now) {
        this.server = now;
        this.monotonic = performance.now();
    }

    tick() {
        if (document.hidden) {
            return;
        }
        const line = this.el.querySelector(".o_dealer_countdown");
        if (line) {
            const now = Math.floor(this.server + (performance.now() - this.monotonic) / 1000);
            line.textContent = describe(this.clock, now);
            const isLate = now > this.clock.deadline;
            line.classList.toggle("text-danger", isLate);
            this.el.querySelector(".o_dealer_late").classList.toggle("d-none", !isLate);
        }
        if (performance.now() - this.asked > ASK_EVERY) {
            this.ask();
        }
    }

    async ask() {
        this.asked = performance.now();
        try {
            const response = await fetch(this.el.dataset.url, { cache: "no-store" });
            if (!response.ok) {
                return;
            }
            const { now, news, clock } = await response.json();
            this.anchor(now);
            const isSame =
                news === this.el.dataset.news &&
                Boolean(clock) &&
                clock.deadline === this.clock.deadline;
            document.querySelector(".o_dealer_news").classList.toggle("d-none", isSame);
        } catch {
            // without a network the clock goes on; it asks again later
        }
    }
}

registry.category("public.interactions").add("dealer_complaint.clock", ComplaintClock);
