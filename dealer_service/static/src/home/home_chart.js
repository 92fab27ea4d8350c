import { loadBundle } from "@web/core/assets";
import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";

/** The colour of a kind, as on the tiles: a variable of the page. */
function colour(kind) {
    const name = kind === "muted" ? "gray-500" : kind;
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);
}

/** Stacked bars of one month, by day; a click opens the report behind them. */
export class HomeChart extends Component {
    static template = "dealer_service.HomeChart";
    static props = { chart: Object, onOpen: Function };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify(this.props.chart)]
        );
        onWillUnmount(() => this.drawn?.destroy());
    }

    get isEmpty() {
        return this.props.chart.datasets.every((set) => set.data.every((value) => !value));
    }

    /** What a screen reader says instead of the bars. */
    get summary() {
        const sum = (values) => values.reduce((total, value) => total + value, 0);
        return this.props.chart.datasets.map((set) => `${set.label}: ${sum(set.data)}`).join(", ");
    }

    draw() {
        this.drawn?.destroy();
        this.drawn = null;
        if (this.isEmpty) {
            return;
        }
        const { days, datasets } = this.props.chart;
        this.drawn = new Chart(this.canvas.el, {
            type: "bar",
            data: {
                labels: days,
                datasets: datasets.map((set) => ({
                    label: set.label,
                    data: set.data,
                    stack: set.stack || "all",
                    backgroundColor: colour(set.kind),
                    maxBarThickness: 26,
                })),
            },
            options: {
                animation: false,
                responsive: true,
                maintainAspectRatio: false,
                onClick: () => this.props.onOpen(),
                scales: {
                    x: { stacked: true, grid: { display: false } },
                    y: { stacked: true, beginAtZero: true, ticks: { precision: 0 } },
                },
                plugins: {
                    legend: { position: "bottom", labels: { boxWidth: 12 } },
                },
            },
        });
    }
}
