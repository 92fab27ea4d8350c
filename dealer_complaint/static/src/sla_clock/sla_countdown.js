import { _t } from "@web/core/l10n/translation";

const DAY = 86400;

/**
 * Seconds left until a deadline. In working time when there are spans: between them,
 * when the house is closed, the number stands still.
 */
export function secondsLeft(data, now) {
    if (!data.spans || now >= data.deadline) {
        return data.deadline - now;
    }
    return data.spans.reduce((left, [from, to]) => left + Math.max(0, to - Math.max(from, now)), 0);
}

/** Whether the house is closed at this moment, so that nothing is counted. */
export function isClosed(data, now) {
    return Boolean(
        data.spans &&
        now < data.deadline &&
        !data.spans.some(([from, to]) => from <= now && now < to)
    );
}

/** The state at this second; the same rule as on the server. */
export function stateAt(data, now) {
    if (!data.deadline) {
        return data.state;
    }
    if (now > data.deadline) {
        return "breached";
    }
    return data.warning && now >= data.warning ? "warning" : "ok";
}

function pad(number) {
    return String(number).padStart(2, "0");
}

/** ``1:05:09``, or days and hours beyond a day. */
export function formatSeconds(seconds) {
    const whole = Math.abs(Math.trunc(seconds));
    const hours = Math.floor((whole % DAY) / 3600);
    const minutes = Math.floor((whole % 3600) / 60);
    if (whole >= DAY) {
        return _t("%(days)s d %(time)s", {
            days: Math.floor(whole / DAY),
            time: `${hours}:${pad(minutes)}`,
        });
    }
    return `${hours}:${pad(minutes)}:${pad(whole % 60)}`;
}

/** What is said beside the colour. */
export function describe(data, now) {
    const state = stateAt(data, now);
    if (data.deadline) {
        const time = formatSeconds(secondsLeft(data, now));
        if (state === "breached") {
            return _t("Missed by %s", time);
        }
        if (isClosed(data, now)) {
            return _t("%s left (closed now)", time);
        }
        return _t("%s left", time);
    }
    return {
        paused: _t("Paused"),
        met: _t("Met"),
        breached: _t("Missed"),
        none: "",
    }[state];
}
