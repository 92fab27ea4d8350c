import { onWillUnmount, useEffect } from "@odoo/owl";

/** Pixels that a finger may tremble before a tap becomes a drag. */
const THRESHOLD = 8;

/**
 * Drag of blocks by pointer events: one code for mouse, pen and finger.
 *
 * While a block is dragged, `state.drag` is `{ id, rowId, minute, label, x, y }`; a row
 * of `null` is the tray. Elements tell what they are by data attributes: a block by
 * `data-job-id`, a row's time line by `data-row-id`, the tray by `data-tray`.
 *
 * @param {Object} options
 * @param {Object} options.root ref of the board
 * @param {Object} options.state the board's state: reads `data`, writes `drag`
 * @param {(jobId: number, rowId: number|null, minute: number|null) => void} options.onDrop
 */
export function useBlockDrag({ root, state, onDrop }) {
    let started = null;

    function onPointerDown(ev) {
        const block = ev.target.closest("[data-job-id]");
        if (!block || ev.button !== 0 || block.dataset.fixed !== undefined) {
            return;
        }
        // a finger on a card of the tray scrolls the tray; its handle drags
        if (ev.pointerType === "touch" && block.dataset.handle !== undefined) {
            if (!ev.target.closest(".o_drag_handle")) {
                return;
            }
        }
        const box = block.getBoundingClientRect();
        started = {
            id: Number(block.dataset.jobId),
            label: block.dataset.plate,
            pointerId: ev.pointerId,
            x: ev.clientX,
            y: ev.clientY,
            // a block keeps its grip under the finger, a card of the tray starts there
            grip: block.dataset.planned !== undefined ? ev.clientX - box.left : 0,
        };
        addEventListener("pointermove", onPointerMove);
        addEventListener("pointerup", onPointerUp);
        addEventListener("pointercancel", stop);
        addEventListener("keydown", onKey, true);
    }

    function target(ev) {
        const below = document.elementFromPoint(ev.clientX, ev.clientY);
        if (below?.closest("[data-tray]")) {
            return { rowId: null, minute: null };
        }
        const line = below?.closest("[data-row-id]");
        if (!line) {
            return null;
        }
        const { range, slot } = state.data;
        const box = line.getBoundingClientRect();
        const share = (ev.clientX - started.grip - box.left) / box.width;
        const minute = Math.round((range[0] + share * (range[1] - range[0])) / slot) * slot;
        return {
            rowId: Number(line.dataset.rowId),
            minute: Math.max(range[0], Math.min(range[1] - slot, minute)),
        };
    }

    function onPointerMove(ev) {
        if (ev.pointerId !== started?.pointerId) {
            return;
        }
        const moved = Math.hypot(ev.clientX - started.x, ev.clientY - started.y);
        if (!state.drag && moved < THRESHOLD) {
            return;
        }
        ev.preventDefault();
        state.drag = {
            id: started.id,
            label: started.label,
            x: ev.clientX,
            y: ev.clientY,
            ...(target(ev) || { rowId: undefined, minute: null }),
        };
    }

    function onPointerUp(ev) {
        if (ev.pointerId !== started?.pointerId) {
            return;
        }
        const drag = state.drag;
        const drop = drag && target(ev);
        stop();
        if (drag) {
            state.droppedAt = Date.now();
        }
        if (drop) {
            onDrop(drag.id, drop.rowId, drop.minute);
        }
    }

    function onKey(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            stop();
            state.droppedAt = Date.now();
        }
    }

    function stop() {
        started = null;
        state.drag = null;
        removeEventListener("pointermove", onPointerMove);
        removeEventListener("pointerup", onPointerUp);
        removeEventListener("pointercancel", stop);
        removeEventListener("keydown", onKey, true);
    }

    useEffect(
        (el) => {
            el?.addEventListener("pointerdown", onPointerDown);
            return () => el?.removeEventListener("pointerdown", onPointerDown);
        },
        () => [root.el]
    );
    onWillUnmount(stop);
}
