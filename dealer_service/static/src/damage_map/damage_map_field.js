import { Component, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { ARROWS, clampPercent, isSameDamage, KINDS, pointerPercent, ZONES } from "./damage_kinds";
import { chosenPhoto, isPicture, photoUrl } from "./photo";
import { UndoSteps } from "./undo_steps";

const BODIES = ["sedan", "suv", "van", "pickup"];
const VALUES = ["zone", "x", "y", "kind", "severity", "note", "photo"];
/** Pixels a pointer may tremble before a tap becomes a drag. */
const TREMBLE = 6;
/** A second tap at once and at the same place is the same tap. */
const DOUBLE_TAP = { milliseconds: 400, percent: 3 };

/**
 * The car from five sides; a tap marks a damage. The marks are the rows of a one2many
 * and are saved with the form. Read-only, it shows what was signed.
 */
export class DamageMapField extends Component {
    static template = "dealer_service.DamageMapField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.photoInput = useRef("photo");
        this.state = useState({
            selected: null,
            zoomed: null,
            drag: null,
            showPrevious: true,
            previous: [],
            announcement: "",
            last: { kind: "scratch", severity: "light" },
        });
        this.lastTap = null;
        this.steps = useState(new UndoSteps());
        onWillStart(() => this.loadPrevious(this.props.record));
        onWillUpdateProps(async ({ record }) => {
            if (record.resId !== this.props.record.resId) {
                this.steps.clear();
                this.state.selected = null;
                await this.loadPrevious(record);
            }
        });
    }

    // ------------------------------------------------------------------
    // WHAT IS SHOWN
    // ------------------------------------------------------------------

    get list() {
        return this.props.record.data[this.props.name];
    }

    get zones() {
        const labels = Object.fromEntries(this.list.fields.zone.selection);
        const body = this.props.record.data.drawing_body;
        const file = BODIES.includes(body) ? body : "sedan";
        return Object.entries(ZONES).map(([name, zone]) => ({
            ...zone,
            name,
            label: labels[name],
            src: `/dealer_service/static/src/img/car_${file}_${zone.view}.svg`,
            isZoomed: this.state.zoomed === name,
        }));
    }

    get kinds() {
        return this.list.fields.kind.selection.map(([name, label]) => ({
            ...KINDS[name],
            name,
            label,
        }));
    }

    get severities() {
        return this.list.fields.severity.selection;
    }

    /** The marks as they are numbered on the paper: side by side, then by age. */
    get marks() {
        const records = [...this.list.records];
        records.sort((a, b) =>
            a.data.zone < b.data.zone ? -1 : a.data.zone > b.data.zone ? 1 : 0
        );
        return records.map((record, index) => ({ ...this.describe(record), number: index + 1 }));
    }

    get selectedMark() {
        return this.marks.find((mark) => mark.id === this.state.selected);
    }

    get previousMarks() {
        return this.state.showPrevious ? this.state.previous : [];
    }

    describe(record) {
        const { zone, kind, severity, note } = record.data;
        const drag = this.state.drag;
        const isDragged = drag && drag.isMoving && drag.id === record.id;
        const { x, y } = isDragged ? drag : record.data;
        const label = (field, value) =>
            Object.fromEntries(this.list.fields[field].selection)[value];
        const known = this.state.previous.find((mark) => isSameDamage({ zone, kind, x, y }, mark));
        return {
            id: record.id,
            record,
            zone,
            kind,
            severity,
            note,
            x,
            y,
            known,
            isNew: Boolean(this.state.previous.length && !known),
            colour: KINDS[kind].colour,
            icon: KINDS[kind].icon,
            kindLabel: label("kind", kind),
            severityLabel: label("severity", severity),
            zoneLabel: label("zone", zone),
            photoUrl: photoUrl(record),
            isSelected: this.state.selected === record.id,
        };
    }

    markLabel(mark) {
        return _t("Mark %(number)s: %(kind)s, %(severity)s, %(zone)s", {
            number: mark.number,
            kind: mark.kindLabel,
            severity: mark.severityLabel,
            zone: mark.zoneLabel,
        });
    }

    previousLabel(mark) {
        const labels = Object.fromEntries(this.list.fields.kind.selection);
        return _t("%(kind)s, seen on %(date)s. Tap if it is still there.", {
            kind: labels[mark.kind],
            date: mark.date,
        });
    }

    get previousCountLabel() {
        return _t("Known damage (%(count)s)", { count: this.state.previous.length });
    }

    knownLabel(previous) {
        return _t("Known since %(date)s", { date: previous.date });
    }

    async loadPrevious(record) {
        this.state.previous = record.resId
            ? await this.orm.call(record.resModel, "get_previous_marks", [[record.resId]])
            : [];
    }

    // ------------------------------------------------------------------
    // CHANGES, EACH WITH THE WAY BACK
    // ------------------------------------------------------------------

    async addMark(values) {
        const context = {};
        for (const [name, value] of Object.entries({ ...this.state.last, ...values })) {
            context[`default_${name}`] = value;
        }
        const record = await this.list.addNewRecord({ position: "bottom", context });
        this.state.selected = record.id;
        return record;
    }

    async changeMark(record, changes, { isStep = true } = {}) {
        const before = Object.fromEntries(
            Object.keys(changes).map((name) => [name, record.data[name]])
        );
        if (isStep) {
            this.steps.push(this.list, () => this.steps.resolve(record).update(before));
        }
        await record.update(changes);
    }

    async removeMark(record) {
        const values = Object.fromEntries(VALUES.map((name) => [name, record.data[name]]));
        if (values.photo && !isPicture(values.photo)) {
            // only its size is here; without the picture the way back would lose it
            const [stored] = await this.orm.read(record.resModel, [record.resId], ["photo"]);
            values.photo = stored.photo;
        }
        await this.list.delete(record);
        this.state.selected = null;
        this.announce(_t("Mark removed"));
        this.steps.push(this.list, async () => {
            const { photo, ...rest } = values;
            const added = await this.addMark(rest);
            this.steps.replace(record, added);
            if (photo) {
                await added.update({ photo });
            }
        });
    }

    get canUndo() {
        return this.steps.isOpen(this.list);
    }

    async undo() {
        const back = this.steps.pop();
        if (back) {
            await back();
            this.announce(_t("Undone"));
        }
    }

    announce(text) {
        this.state.announcement = text;
    }

    // ------------------------------------------------------------------
    // POINTER
    // ------------------------------------------------------------------

    async onTapDrawing(zone, ev) {
        if (this.props.readonly || ev.target.closest(".o_damage_mark, .o_damage_previous")) {
            return;
        }
        const place = pointerPercent(ev.currentTarget, ev);
        const now = Date.now();
        const last = this.lastTap;
        this.lastTap = { zone, ...place, now };
        if (
            last &&
            last.zone === zone &&
            now - last.now < DOUBLE_TAP.milliseconds &&
            Math.hypot(last.x - place.x, last.y - place.y) < DOUBLE_TAP.percent
        ) {
            return;
        }
        await this.addAt(zone, place);
    }

    async addAt(zone, place, values = {}) {
        const record = await this.addMark({ zone, ...place, ...values });
        this.steps.push(this.list, async () => {
            await this.list.delete(this.steps.resolve(record));
            this.state.selected = null;
        });
        this.announce(this.markLabel(this.marks.find((mark) => mark.id === record.id)));
        await this.beginWalkAround();
    }

    /** The mark is saved with the form; when it was made is kept at once. */
    async beginWalkAround() {
        const { resId, resModel } = this.props.record;
        if (resId && this.begun !== resId) {
            this.begun = resId;
            try {
                await this.orm.silent.call(resModel, "action_begin_walk_around", [[resId]]);
            } catch {
                // without a network: it begins when the sheet is saved
            }
        }
    }

    async onTapPrevious(mark) {
        if (!this.props.readonly) {
            const { zone, x, y, kind, severity, note } = mark;
            await this.addAt(zone, { x, y }, { kind, severity, note });
        }
    }

    isStillThere(previous) {
        return this.marks.some((mark) => isSameDamage(mark, previous));
    }

    onPointerDownMark(mark, ev) {
        this.state.selected = mark.id;
        if (this.props.readonly || ev.button) {
            return;
        }
        ev.currentTarget.setPointerCapture(ev.pointerId);
        this.state.drag = {
            id: mark.id,
            startX: ev.clientX,
            startY: ev.clientY,
            x: mark.x,
            y: mark.y,
            isMoving: false,
        };
    }

    onPointerMoveMark(mark, ev) {
        const drag = this.state.drag;
        if (!drag || drag.id !== mark.id) {
            return;
        }
        if (
            drag.isMoving ||
            Math.hypot(ev.clientX - drag.startX, ev.clientY - drag.startY) > TREMBLE
        ) {
            const drawing = ev.currentTarget.closest(".o_damage_drawing");
            Object.assign(drag, pointerPercent(drawing, ev), { isMoving: true });
        }
    }

    async onPointerUpMark(mark) {
        const drag = this.state.drag;
        if (drag && drag.id === mark.id && drag.isMoving) {
            await this.changeMark(mark.record, { x: drag.x, y: drag.y });
        }
        this.state.drag = null;
    }

    onPointerCancelMark() {
        this.state.drag = null;
    }

    toggleZoom(zone) {
        this.state.zoomed = this.state.zoomed === zone ? null : zone;
    }

    // ------------------------------------------------------------------
    // KEYBOARD
    // ------------------------------------------------------------------

    async onKeydownMark(mark, ev) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            ev.stopPropagation();
            this.state.selected = mark.id;
            return;
        }
        if (this.props.readonly) {
            return;
        }
        if (ev.key in ARROWS) {
            ev.preventDefault();
            ev.stopPropagation();
            const [right, down] = ARROWS[ev.key];
            const step = ev.shiftKey ? 5 : 1;
            await this.changeMark(mark.record, {
                x: clampPercent(mark.record.data.x + right * step),
                y: clampPercent(mark.record.data.y + down * step),
            });
        } else if (ev.key === "Delete" || ev.key === "Backspace") {
            ev.preventDefault();
            ev.stopPropagation();
            await this.removeMark(mark.record);
        }
    }

    // ------------------------------------------------------------------
    // THE EDITOR OF ONE MARK
    // ------------------------------------------------------------------

    async setKind(kind) {
        this.state.last.kind = kind;
        await this.changeMark(this.selectedMark.record, { kind });
    }

    async setSeverity(severity) {
        this.state.last.severity = severity;
        await this.changeMark(this.selectedMark.record, { severity });
    }

    async setNote(ev) {
        await this.changeMark(this.selectedMark.record, { note: ev.target.value.trim() });
    }

    takePhoto() {
        this.photoInput.el.click();
    }

    async onPhoto(ev) {
        const mark = this.selectedMark;
        const photo = await chosenPhoto(ev, this.notification);
        if (photo && mark) {
            await this.changeMark(mark.record, { photo }, { isStep: !mark.photoUrl });
        }
    }

    async removePhoto() {
        await this.changeMark(this.selectedMark.record, { photo: false }, { isStep: false });
    }
}

export const damageMapField = {
    component: DamageMapField,
    displayName: _t("Damage on a drawing of the car"),
    supportedTypes: ["one2many"],
    useSubView: true,
    fieldDependencies: [{ name: "drawing_body", type: "char", readonly: true }],
    extractProps: () => ({}),
};

registry.category("fields").add("dealer_damage_map", damageMapField);
