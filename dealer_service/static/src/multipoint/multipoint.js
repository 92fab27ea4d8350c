import {
    Component,
    onWillDestroy,
    onWillStart,
    onWillUpdateProps,
    status,
    useRef,
    useState,
} from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { imageUrl, url } from "@web/core/utils/urls";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { chosenPhoto } from "../damage_map/photo";
import * as texts from "./texts";
import { badFirst, colourOf } from "./judging";

/** Milliseconds without a tap after which the taps are sent. */
const PAUSE = 700;
/** Milliseconds after which what could not be sent is tried again. */
const RETRY = 5000;
const MODEL = "dealer.multipoint.sheet";
const FINDING = "dealer.multipoint.finding";

const base64 = (file) =>
    new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.split(",")[1] || "");
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(file);
    });

/**
 * The items of an inspection, a tap each: a colour, or a value of the scale whose limits
 * give the colour. Every tap is one item; there is no button for all of them.
 *
 * Taps are shown at once and sent together. What the network did not take waits on this
 * device, under the number of the sheet, until it is sent.
 */
export class Multipoint extends Component {
    static template = "dealer_service.Multipoint";
    static props = { ...standardWidgetProps };

    setup() {
        Object.assign(this, { ...texts, colourOf, colours: texts.colours() });
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.photoInput = useRef("photo");
        this.videoInput = useRef("video");
        this.state = useState({
            sheet: null,
            // the item whose words, photo and guide are open
            openId: null,
            isWaiting: false,
            isBusy: false,
        });
        // judgements that are not sent yet, by id of the item
        this.waiting = new Map();
        this.timer = null;
        this.sending = Promise.resolve();
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps(async ({ record }) => {
            const isOther = record.resId !== this.state.sheet?.id;
            if (isOther || record.data.state !== this.state.sheet?.state) {
                await this.load(record.resId);
            }
        });
        this.onLeave = () => this.send();
        window.addEventListener("pagehide", this.onLeave);
        onWillDestroy(() => {
            window.removeEventListener("pagehide", this.onLeave);
            clearTimeout(this.timer);
            this.send();
        });
    }

    // ---------------------------------------------------------------------
    // What is shown
    // ---------------------------------------------------------------------

    async load(id) {
        clearTimeout(this.timer);
        if (!id) {
            this.state.sheet = null;
            return;
        }
        this.state.sheet = await this.orm.call(MODEL, "get_sheet", [[id]]);
        this.waiting.clear();
        this.takeUp();
    }

    get areas() {
        const { areas, state } = this.state.sheet;
        return state === "done" ? badFirst(areas) : areas;
    }

    get items() {
        return this.state.sheet.areas.flatMap((area) => area.items);
    }

    get counts() {
        const found = this.items.map((item) => item.finding?.colour);
        const count = (colour) => found.filter((one) => one === colour).length;
        return {
            judged: found.filter(Boolean).length,
            all: found.length,
            green: count("green"),
            amber: count("amber"),
            red: count("red"),
        };
    }

    photoUrl(item) {
        const { id, stamp } = item.finding;
        return imageUrl(FINDING, id, "photo", { unique: stamp });
    }

    videoUrl(item) {
        const { id, stamp } = item.finding;
        return url(`/web/content/${FINDING}/${id}/video`, { mimetype: "video/mp4", unique: stamp });
    }

    isPressed(item, colour) {
        return item.finding?.colour === colour;
    }

    // ---------------------------------------------------------------------
    // Taps
    // ---------------------------------------------------------------------

    judge(item, colour, value = null) {
        if (!this.state.sheet.can_judge || item.finding?.is_offered) {
            return;
        }
        const shown = value === null ? colour : colourOf(item, value);
        item.finding = {
            id: 0,
            note: "",
            user: "",
            ...item.finding,
            colour: shown,
            value,
            is_bad: shown === "amber" || shown === "red",
        };
        this.waiting.set(item.id, { item_id: item.id, colour, value: value ?? false });
        if (item.finding.is_bad) {
            // the photo is a tap away
            this.state.openId = item.id;
        }
        this.keep();
        this.sendSoon(PAUSE);
    }

    /** Worse than its value says: a tyre that is worn on one side. */
    judgeWorse(item, colour) {
        const value = item.finding?.value ?? null;
        if (value !== null) {
            this.judge(item, colour, value);
            item.finding.colour = colour;
            item.finding.is_bad = true;
        }
    }

    /** The colours that are worse than what the value says. */
    worseColours(item) {
        if (item.finding?.value === null || item.finding?.value === undefined) {
            return [];
        }
        const order = ["green", "amber", "red"];
        const least = order.indexOf(colourOf(item, item.finding.value));
        return this.colours.filter(({ key }) => order.indexOf(key) > least);
    }

    onTyped(item, ev) {
        // a Chinese keyboard writes wide digits
        const text = ev.target.value.normalize("NFKC").replace(",", ".").trim();
        const value = Number(text);
        if (text && Number.isFinite(value)) {
            this.judge(item, "green", value);
        } else if (text) {
            this.notification.add(_t("“%s” is no number.", text), { type: "warning" });
        }
    }

    toggle(item) {
        this.state.openId = this.state.openId === item.id ? null : item.id;
    }

    // ---------------------------------------------------------------------
    // Sending
    // ---------------------------------------------------------------------

    get place() {
        return `dealer_multipoint_${this.state.sheet.id}`;
    }

    /** What is not sent survives a reload and a dead spot of the network. */
    keep() {
        this.state.isWaiting = this.waiting.size > 0;
        try {
            if (this.waiting.size) {
                localStorage.setItem(this.place, JSON.stringify([...this.waiting.values()]));
            } else {
                localStorage.removeItem(this.place);
            }
        } catch {
            // a browser that keeps nothing still sends
        }
    }

    takeUp() {
        let rows = [];
        try {
            rows = JSON.parse(localStorage.getItem(this.place) || "[]");
        } catch {
            rows = [];
        }
        for (const { item_id, colour, value } of rows) {
            const item = this.items.find(({ id }) => id === item_id);
            if (item && this.state.sheet.can_judge) {
                this.judge(item, colour, value === false ? null : value);
            }
        }
        this.keep();
    }

    sendSoon(after) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.send(), after);
    }

    /** Send what waits, one call after the other. */
    send() {
        clearTimeout(this.timer);
        const sent = this.sending.then(() => this.sendNow());
        // what was refused is told once, and holds up nothing that follows
        this.sending = sent.catch(() => {});
        return sent;
    }

    async sendNow() {
        const rows = [...this.waiting.values()];
        if (!rows.length || !this.state.sheet) {
            return;
        }
        let found;
        try {
            // goes on when the page is left, so that what was sent is not sent again
            const { orm } = this.env.services;
            found = await orm.silent.call(MODEL, "action_judge", [[this.state.sheet.id], rows]);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.sendSoon(RETRY);
                return;
            }
            // refused: what is true stands on the server
            this.waiting.clear();
            this.keep();
            if (status(this) !== "destroyed") {
                await this.load(this.state.sheet.id);
            }
            throw error;
        }
        for (const row of rows) {
            if (this.waiting.get(row.item_id) === row) {
                this.waiting.delete(row.item_id);
                const item = this.items.find(({ id }) => id === row.item_id);
                if (item) {
                    item.finding = found[row.item_id];
                }
            }
        }
        this.keep();
    }

    async finish() {
        await this.send();
        if (this.waiting.size) {
            this.notification.add(_t("No network: what you tapped is kept here, and sent later."), {
                type: "warning",
            });
            return;
        }
        this.state.isBusy = true;
        try {
            await this.orm.call(MODEL, "action_finish", [[this.state.sheet.id]]);
        } finally {
            this.state.isBusy = false;
        }
        await this.props.record.load();
        await this.load(this.props.record.resId);
    }

    /** To the first item that nobody has judged. */
    goOn() {
        const next = this.items.find(({ finding }) => !finding);
        document.getElementById(`o_multipoint_${next?.id}`)?.scrollIntoView({ block: "center" });
    }

    // ---------------------------------------------------------------------
    // Words, photo, video
    // ---------------------------------------------------------------------

    get open() {
        return this.items.find(({ id }) => id === this.state.openId);
    }

    async change(item, method, ...args) {
        await this.send();
        this.state.isBusy = true;
        try {
            item.finding = await this.orm.call(MODEL, method, [
                [this.state.sheet.id],
                item.id,
                ...args,
            ]);
        } finally {
            this.state.isBusy = false;
        }
    }

    onNote(item, ev) {
        return this.change(item, "action_note", ev.target.value);
    }

    async onPhoto(ev) {
        const item = this.open;
        const photo = await chosenPhoto(ev, this.notification);
        if (photo && item) {
            await this.change(item, "action_photo", photo);
        }
    }

    async onVideo(ev) {
        const item = this.open;
        const [file] = ev.target.files;
        ev.target.value = "";
        if (file && item) {
            await this.change(item, "action_video", await base64(file));
        }
    }

    remove(item, method) {
        return this.change(item, method, false);
    }
}

export const multipoint = {
    component: Multipoint,
    fieldDependencies: [{ name: "state", type: "selection" }],
};

registry.category("view_widgets").add("dealer_multipoint", multipoint);
