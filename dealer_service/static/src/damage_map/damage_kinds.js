/**
 * What a mark looks like: colour and icon of each kind of damage, on a 16 × 16 grid.
 * The colours are those of tools/car_drawing.py.
 */
export const KINDS = {
    scratch: { colour: "#c2410c", icon: "M3 13 13 3M8 13.5 13.5 8" },
    dent: { colour: "#1d4ed8", icon: "M2 5C4.5 13.5 11.5 13.5 14 5" },
    crack: { colour: "#b91c1c", icon: "M9.5 1.5 5.5 6.5 10.5 9 6 14.5" },
    chip: { colour: "#7e22ce", icon: "M5 5h.01M11 6h.01M8 11h.01" },
    rust: { colour: "#854d0e", icon: "M8 4a4 4 0 1 0 .01 0M8 7.9h.01" },
    missing: { colour: "#111827", icon: "M4 4 12 12M12 4 4 12" },
    other: { colour: "#475569", icon: "M8 3.5v5.5M8 12.5h.01" },
};

/** Which way a key moves a mark. */
export const ARROWS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
};

/** The five sides, in the order in which one walks round: file, and if it is mirrored. */
export const ZONES = {
    left: { view: "side", isMirrored: false, ratio: "400 / 170" },
    right: { view: "side", isMirrored: true, ratio: "400 / 170" },
    front: { view: "front", isMirrored: false, ratio: "180 / 170" },
    top: { view: "top", isMirrored: false, ratio: "400 / 180" },
    rear: { view: "rear", isMirrored: false, ratio: "180 / 170" },
};

/** Marks of the same kind, nearer to each other than this (percent), are one damage. */
export const SAME_PLACE = 6;

/** Percent inside the drawing, with one decimal. */
export function clampPercent(value) {
    return Math.round(Math.min(100, Math.max(0, value)) * 10) / 10;
}

/** Where on an element (percent) a pointer is. */
export function pointerPercent(element, { clientX, clientY }) {
    const box = element.getBoundingClientRect();
    return {
        x: clampPercent(((clientX - box.left) / box.width) * 100),
        y: clampPercent(((clientY - box.top) / box.height) * 100),
    };
}

/** Whether the mark `a` shows the damage that the earlier mark `b` showed. */
export function isSameDamage(a, b) {
    return a.zone === b.zone && a.kind === b.kind && Math.hypot(a.x - b.x, a.y - b.y) <= SAME_PLACE;
}
