import { _t } from "@web/core/l10n/translation";

/** The colour of a value of the scale, before it is tapped. */
export function colourOf(item, value) {
    const sign = item.worse === "low" ? 1 : -1;
    const far = (limit) => Math.round(sign * (value - limit) * 10000) < 0;
    if (far(item.limit_red)) {
        return "red";
    }
    return far(item.limit_amber) ? "amber" : "green";
}

/** What is to be talked about comes before all that was in order. */
export function badFirst(areas) {
    const isBad = ({ finding }) => finding?.is_bad;
    const isRed = ({ finding }) => finding.colour === "red";
    const bad = areas.flatMap(({ items }) => items).filter(isBad);
    bad.sort((one, other) => isRed(other) - isRed(one));
    return [
        { key: "bad", name: _t("Amber and Red"), items: bad },
        ...areas.map((area) => ({ ...area, items: area.items.filter((item) => !isBad(item)) })),
    ].filter(({ items }) => items.length);
}
