import { loadBundle } from "@web/core/assets";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";

/** A colour of the page, by the name of its variable. */
function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);
}

/** The monthly figures of an improvement as a line, with baseline and target. */
export class ImprovementChart extends Component {
    static template = "dealer_service.ImprovementChart";
    static props = { ...standardWidgetProps };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [JSON.stringify(this.lines), this.canvas.el]
        );
        onWillUnmount(() => this.drawn?.destroy());
    }

    get figures() {
        return this.props.record.data.figure_ids.records.map((record) => record.data);
    }

    get lines() {
        const { baseline_value, target_value, baseline_count } = this.props.record.data;
        const flat = (value) => this.figures.map(() => value);
        return [
            { label: _t("Target"), kind: "success", dash: [6, 4], data: flat(target_value) },
            ...(baseline_count
                ? [
                      {
                          label: _t("Baseline"),
                          kind: "gray-500",
                          dash: [2, 3],
                          data: flat(baseline_value),
                      },
                  ]
                : []),
            {
                label: _t("Measured"),
                kind: "primary",
                dash: [],
                data: this.figures.map((figure) => (figure.count ? figure.value : null)),
            },
        ];
    }

    /** What a screen reader says instead of the lines. */
    get summary() {
        return this.figures
            .filter((figure) => figure.count)
            .map((figure) => `${formatDate(figure.date_from)}: ${figure.value.toFixed(1)}`)
            .join(", ");
    }

    draw() {
        this.drawn?.destroy();
        this.drawn = null;
        if (!this.canvas.el) {
            return;
        }
        this.drawn = new Chart(this.canvas.el, {
            type: "line",
            data: {
                labels: this.figures.map((figure) => figure.date_from.toFormat("yyyy-MM")),
                datasets: this.lines.map((line) => ({
                    label: line.label,
                    data: line.data,
                    borderColor: colour(line.kind),
                    backgroundColor: colour(line.kind),
                    borderDash: line.dash,
                    pointRadius: line.dash.length ? 0 : 4,
                })),
            },
            options: {
                animation: false,
                responsive: true,
                maintainAspectRatio: false,
                scales: {
                    x: { grid: { display: false } },
                    y: {
                        title: { display: true, text: this.props.record.data.unit },
                    },
                },
                plugins: {
                    legend: { position: "bottom", labels: { boxWidth: 24 } },
                },
            },
        });
    }
}

export const improvementChart = {
    component: ImprovementChart,
    fieldDependencies: [
        { name: "baseline_value", type: "float" },
        { name: "baseline_count", type: "integer" },
        { name: "target_value", type: "float" },
        { name: "unit", type: "char" },
    ],
};

registry.category("view_widgets").add("dealer_improvement_chart", improvementChart);
