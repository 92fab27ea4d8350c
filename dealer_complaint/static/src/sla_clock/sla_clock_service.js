import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { reactive } from "@odoo/owl";

/** How often the server's time is asked for again, in milliseconds. */
const RESYNC_EVERY = 5 * 60 * 1000;
/** The same, while the engine is not well. */
const RESYNC_WHEN_LATE = 30 * 1000;
/** The two clocks of the browser apart by this much: it slept, or its time was set. */
const DRIFT = 2000;
const BUS_EVENT = "dealer_complaint/sla";

/**
 * The server's time on this page: one ticker for all countdowns.
 *
 * The time of the computer is never believed. The anchor is the server's answer plus
 * what the monotonic clock has counted since; when that clock stood still (sleep) or
 * the page comes back to the front, the server is asked again.
 */
class SlaClock {
    constructor(orm) {
        this.orm = orm;
        this.clock = reactive({ now: Date.now() / 1000, health: null });
        this.listeners = new Set();
        this.poked = new Map();
        this.anchor = null;
        this.ticker = null;
    }

    /** A countdown appears; the page ticks as long as there is one. */
    join(listener) {
        if (!this.listeners.size) {
            this.synchronise();
            this.ticker = setInterval(() => this.tick(), 1000);
        }
        this.listeners.add(listener);
        return () => {
            this.listeners.delete(listener);
            if (!this.listeners.size) {
                clearInterval(this.ticker);
            }
        };
    }

    /** A countdown has reached zero: tell the server, once for each deadline. */
    async poke(id, deadline) {
        if (!this.anchor || this.poked.get(id) === deadline) {
            return;
        }
        this.poked.set(id, deadline);
        await this.orm.silent.call("dealer.complaint", "action_sla_poke", [[id]]);
    }

    /** Ask for the time; without an answer the page counts on, and asks again. */
    async synchronise() {
        const asked = performance.now();
        let answer;
        try {
            answer = await rpc("/dealer_complaint/sla_clock", {}, { silent: true });
        } catch {
            return;
        }
        const arrived = performance.now();
        this.anchor = {
            server: answer.now + (arrived - asked) / 2,
            monotonic: arrived,
            wall: Date.now(),
        };
        this.clock.health = answer.health;
        this.tick();
    }

    tick() {
        if (!this.anchor) {
            return;
        }
        const { server, monotonic, wall } = this.anchor;
        const passed = performance.now() - monotonic;
        const slept = Math.abs(Date.now() - wall - passed) > DRIFT;
        this.clock.now = Math.floor((server + passed) / 1000);
        const isWell = !this.clock.health || this.clock.health.state === "ok";
        if (slept || passed > (isWell ? RESYNC_EVERY : RESYNC_WHEN_LATE)) {
            this.anchor.wall = Date.now() - passed;
            this.synchronise();
        }
    }

    /** These complaints (or all) have changed: read them where they are counted down. */
    reload(ids) {
        for (const listener of [...this.listeners]) {
            if (!ids || ids.includes(listener.id)) {
                listener.reload();
            }
        }
    }
}

export const slaClockService = {
    dependencies: ["bus_service", "orm"],

    start(env, { bus_service: bus, orm }) {
        const slaClock = new SlaClock(orm);
        bus.subscribe(BUS_EVENT, ({ ids }) => slaClock.reload(ids));
        document.addEventListener("visibilitychange", () => {
            if (!document.hidden && slaClock.listeners.size) {
                slaClock.synchronise();
            }
        });
        return slaClock;
    },
};

registry.category("services").add("dealer_sla_clock", slaClockService);
