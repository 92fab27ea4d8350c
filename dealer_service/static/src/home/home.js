import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { Component, onWillStart, useState } from "@odoo/owl";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useLiveBoard } from "../board/live_board";
import { longDate } from "../board/shop_time";
import { HomeChart } from "./home_chart";

/** Not every figure has somebody who tells of its change. */
const REFRESH_MS = 60_000;

/**
 * The home of an app: what needs me now, and the month of a manager.
 *
 * Every figure opens the list, board or report that it counts. See `dealer.home`.
 */
export class DealerHome extends Component {
    static template = "dealer_service.Home";
    static components = { HomeChart };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.app = this.props.action.params.app;
        this.doneLabel = _t("done");
        this.openLabel = _t("not done yet");
        this.state = useState({ data: null, mine: null });
        this.live = useLiveBoard({
            boards: ["lane"],
            every: REFRESH_MS,
            read: () =>
                this.orm.silent.call("dealer.home", "get_home", [this.app], {
                    mine: this.state.mine,
                }),
            show: (data) => {
                this.state.data = data;
            },
        });
        onWillStart(() => this.live.reload());
    }

    setMine(mine) {
        this.state.mine = mine;
        return this.live.reload();
    }

    // ---------------------------------------------------------------------
    // Display
    // ---------------------------------------------------------------------

    get dayTitle() {
        return longDate(this.state.data.date);
    }

    /** The own app with every tile; of the others only what asks for somebody. */
    get sections() {
        return this.state.data.sections
            .map((section, index) => ({
                ...section,
                isOwn: !index,
                tiles: index
                    ? section.tiles.filter((tile) => tile.count && tile.kind !== "muted")
                    : section.tiles,
            }))
            .filter((section) => section.tiles.length);
    }

    get isAllDone() {
        const [own] = this.state.data.sections;
        return (
            !this.state.data.guide &&
            own.tiles.every((tile) => !tile.count || tile.kind === "muted")
        );
    }

    number(value) {
        return formatInteger(value);
    }

    value(figure, value) {
        if (value === null || value === undefined) {
            return "–";
        }
        if (figure.unit === "%") {
            return `${formatFloat(value, { digits: [16, 1] })}\u00a0%`;
        }
        return formatInteger(Math.round(value));
    }

    /** What the figure was on the same days of last month. */
    previous(figure) {
        return _t("Last month: %(value)s", { value: this.value(figure, figure.previous) });
    }

    /** By how much it is better or worse; no number without a comparison. */
    trend(figure) {
        const { value, previous, better } = figure;
        if (value === null || previous === null) {
            return { kind: "muted", icon: "fa-minus", text: _t("no comparison"), difference: "" };
        }
        if (value === previous) {
            return { kind: "muted", icon: "fa-minus", text: _t("as before"), difference: "" };
        }
        const isUp = value > previous;
        const isBetter = isUp === (better === "up");
        return {
            kind: isBetter ? "success" : "danger",
            icon: isUp ? "fa-arrow-up" : "fa-arrow-down",
            text: isBetter ? _t("better") : _t("worse"),
            difference: this.difference(figure, Math.abs(value - previous)),
        };
    }

    /** A share changes by points: from 50 % to 75 % is no change of 25 %. */
    difference(figure, difference) {
        if (figure.unit === "%") {
            const points = formatFloat(difference, { digits: [16, 1] });
            return _t("%(points)s points", { points });
        }
        return formatInteger(Math.round(difference));
    }

    // ---------------------------------------------------------------------
    // Events
    // ---------------------------------------------------------------------

    /** What the work begins with; the tiles count anew when the dialog is closed. */
    openWay(way) {
        return this.action.doAction(way.action, { onClose: () => this.live.reload() });
    }

    async openTile(section, tile) {
        const mine = this.state.data.mine;
        this.action.doAction(
            await this.orm.call("dealer.home", "open_tile", [section.app, tile.key], { mine })
        );
    }

    /** The dialog that asks a new shop, at one of its steps. */
    openGuide(step) {
        return this.action.doAction("dealer_service.dealer_shop_guide_action", {
            additionalContext: { default_step: step },
            onClose: () => this.live.reload(),
        });
    }

    async openReport(month, item) {
        this.action.doAction(
            await this.orm.call("dealer.home", "open_report", [month.app, item.key])
        );
    }
}

registry.category("actions").add("dealer_service.home", DealerHome);
