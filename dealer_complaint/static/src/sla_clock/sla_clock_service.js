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
export const slaClockService = {
    dependencies: ["bus_service", "orm"],

    start(env, { bus_service: bus, orm }) {
        const clock = reactive({ now: Date.now() / 1000, health: null });
        const listeners = new Set();
        const poked = new Map();
        let anchor = null;
        let users = 0;
        let ticker = null;

        async function synchronise() {
            const asked = performance.now();
            const answer = await rpc("/dealer_complaint/sla_clock", {}, { silent: true });
            const arrived = performance.now();
            anchor = {
                server: answer.now + (arrived - asked) / 2,
                monotonic: arrived,
                wall: Date.now(),
            };
            clock.health = answer.health;
            tick();
        }

        function tick() {
            if (!anchor) {
                return;
            }
            const passed = performance.now() - anchor.monotonic;
            const slept = Math.abs(Date.now() - anchor.wall - passed) > DRIFT;
            clock.now = Math.floor((anchor.server + passed) / 1000);
            const isWell = !clock.health || clock.health.state === "ok";
            if (slept || passed > (isWell ? RESYNC_EVERY : RESYNC_WHEN_LATE)) {
                anchor.wall = Date.now() - passed;
                synchronise().catch(() => {});
            }
        }

        document.addEventListener("visibilitychange", () => {
            if (!document.hidden && users) {
                synchronise().catch(() => {});
            }
        });
        bus.subscribe(BUS_EVENT, ({ ids }) => {
            for (const listener of [...listeners]) {
                if (!ids || ids.includes(listener.id)) {
                    listener.reload();
                }
            }
        });

        return {
            clock,
            /** A countdown appears; the page ticks as long as there is one. */
            join(listener) {
                listeners.add(listener);
                if (!users++) {
                    synchronise().catch(() => {});
                    ticker = setInterval(tick, 1000);
                }
                return () => {
                    listeners.delete(listener);
                    if (!--users) {
                        clearInterval(ticker);
                    }
                };
            },
            /** A countdown has reached zero: tell the server, once for each deadline. */
            async poke(id, deadline) {
                if (!anchor || poked.get(id) === deadline) {
                    return;
                }
                poked.set(id, deadline);
                await orm.silent.call("dealer.complaint", "action_sla_poke", [[id]]);
            },
        };
    },
};

registry.category("services").add("dealer_sla_clock", slaClockService);
