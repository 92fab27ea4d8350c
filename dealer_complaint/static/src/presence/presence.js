import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const CHANNEL = "dealer_complaint.open";
const NEWS = "dealer_complaint.open";
/** As long as there is somebody else, each page says so this often. */
const SAY_EVERY_MS = 30000;
/** Who was not heard of for so long has closed the lid of the computer. */
const GONE_AFTER_MS = 75000;

/** Who else has the complaint open. Nothing is sent by whoever is alone, but once. */
export class Presence extends Component {
    static template = "dealer_complaint.Presence";
    static props = { ...standardWidgetProps };

    setup() {
        this.bus = useService("bus_service");
        this.orm = useService("orm");
        this.others = useState({ byId: {} });
        this.hear = this.hear.bind(this);
        const leave = () => this.leaveAtOnce();
        onWillStart(() => this.bus.subscribe(NEWS, this.hear));
        useRecordObserver((record) => this.look(record.resId));
        browser.addEventListener("pagehide", leave);
        const timer = browser.setInterval(() => this.sayAgain(), SAY_EVERY_MS);
        onWillUnmount(() => {
            browser.clearInterval(timer);
            browser.removeEventListener("pagehide", leave);
            this.leave();
            this.bus.unsubscribe(NEWS, this.hear);
        });
    }

    get names() {
        return Object.values(this.others.byId)
            .map((other) => other.name)
            .sort()
            .join(", ");
    }

    look(id) {
        if (id === this.id) {
            return;
        }
        this.leave();
        this.id = id;
        if (id) {
            this.bus.addChannel(`${CHANNEL}_${id}`);
            this.say("open");
        }
    }

    leave() {
        if (this.id) {
            this.bus.deleteChannel(`${CHANNEL}_${this.id}`);
            this.say("left");
        }
        this.id = false;
        this.others.byId = {};
    }

    /** The window is closed: what is sent in the usual way would be cut off. */
    leaveAtOnce() {
        if (this.id) {
            const params = {
                model: "dealer.complaint",
                method: "tell_open",
                args: [[this.id]],
                kwargs: { said: "left" },
            };
            browser.navigator.sendBeacon(
                "/web/dataset/call_kw/dealer.complaint/tell_open",
                new Blob([JSON.stringify({ jsonrpc: "2.0", method: "call", params })], {
                    type: "application/json",
                })
            );
        }
    }

    /** What nobody hears is no reason for an error on the screen. */
    say(said) {
        this.orm.silent
            .call("dealer.complaint", "tell_open", [[this.id]], { said })
            .catch(() => {});
    }

    hear({ complaint_id: id, user_id: userId, name, kind }) {
        if (id !== this.id || userId === user.userId) {
            return;
        }
        if (kind === "left") {
            delete this.others.byId[userId];
            return;
        }
        this.others.byId[userId] = { name, at: Date.now() };
        if (kind === "open") {
            this.say("here");
        }
    }

    sayAgain() {
        for (const [userId, other] of Object.entries(this.others.byId)) {
            if (Date.now() - other.at > GONE_AFTER_MS) {
                delete this.others.byId[userId];
            }
        }
        if (this.names) {
            this.say("here");
        }
    }
}

registry.category("view_widgets").add("dealer_complaint_presence", { component: Presence });
