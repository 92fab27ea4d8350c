import { _t } from "@web/core/l10n/translation";
import { clock } from "../board/shop_time";

/** Colour says it at a glance, words say it to everybody. */
export function blockClass(block) {
    return {
        o_block_late: block.is_late || block.is_overdue,
        o_block_at_risk: block.promise === "at_risk",
        o_block_working: block.state === "working",
        o_block_paused: block.state === "paused",
        o_block_done: block.state === "done",
        o_block_conflict: block.is_conflict,
    };
}

/** What is to be known of a job at a glance: words, and how urgent they are. */
export function badges(card) {
    const found = [];
    const add = (text, kind) => found.push({ text, kind });
    if (card.is_late) {
        add(card.promise_label, "danger");
    } else if (card.promise === "at_risk") {
        add(card.promise_label, "warning");
    } else if (card.promised) {
        add(card.promise_label, "success");
    }
    if (card.is_overdue) {
        add(_t("Over planned hours"), "danger");
    }
    if (card.is_waiting) {
        add(_t("Customer waiting"), "info");
    }
    if (card.is_rework) {
        add(_t("Rework"), "danger");
    }
    if (card.is_conflict) {
        add(_t("Double-booked"), "warning");
    }
    if (card.state === "paused") {
        add(card.pause_label || card.state_label, "secondary");
    } else if (card.state !== "pending") {
        add(card.state_label, card.state === "done" ? "success" : "primary");
    }
    return found;
}

/** What a screen reader says, and what the mouse shows. */
export function describe(card) {
    return [
        card.plate,
        card.car,
        card.name,
        card.start === undefined ? null : `${clock(card.start)}–${clock(card.stop)}`,
        card.bay,
        card.technician,
        card.promised && _t("Promised for %(time)s", { time: card.promised }),
        ...badges(card).map((badge) => badge.text),
    ]
        .filter(Boolean)
        .join(", ");
}
