import { _t } from "@web/core/l10n/translation";

export const colours = () => [
    { key: "green", label: _t("In order"), icon: "fa-check", kind: "success" },
    { key: "amber", label: _t("Soon"), icon: "fa-exclamation", kind: "warning" },
    { key: "red", label: _t("At once"), icon: "fa-times", kind: "danger" },
];

export const kindOf = (colour) => colours().find(({ key }) => key === colour)?.kind || "secondary";

export const decisionText = ({ decision }) =>
    ({ pending: _t("Undecided"), approved: _t("Approved"), declined: _t("Declined") })[decision];

export const valueText = (item, value) => `${value} ${item.unit}`.trim();

export function limitsText(item) {
    const limits = {
        amber: valueText(item, item.limit_amber),
        red: valueText(item, item.limit_red),
    };
    return item.worse === "low"
        ? _t("Amber below %(amber)s, red below %(red)s", limits)
        : _t("Amber above %(amber)s, red above %(red)s", limits);
}

export const judgedText = ({ finding }) => _t("Judged by %(user)s", { user: finding.user });

export const worseText = ({ label }) => _t("Worse than its value: %(colour)s", { colour: label });

/** Whether earlier findings say more than that all was in order. */
export const hasHistory = ({ before }) =>
    before.some(({ value, colour }) => value !== null || colour !== "green");

export function beforeText(item) {
    const labels = Object.fromEntries(colours().map(({ key, label }) => [key, label]));
    const values = item.before.map(
        ({ date, value, colour }) =>
            `${date} ${value === null ? labels[colour] || "–" : valueText(item, value)}`
    );
    return _t("Before: %(values)s", { values: values.join(" · ") });
}
