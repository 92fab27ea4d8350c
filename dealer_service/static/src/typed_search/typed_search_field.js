import { registry } from "@web/core/registry";
import { useDebounced } from "@web/core/utils/timing";
import { CharField, charField } from "@web/views/fields/char/char_field";
import { useEffect } from "@odoo/owl";

/** A pause after which somebody has typed what he wanted to. */
const PAUSE_MS = 400;
/** Less fits too many: province and city stand on every other plate. */
const LEAST_LETTERS = 4;

/** Marks a form whose answer belongs to what stood in the box before. */
const OUTDATED = "o_dealer_typing";

/**
 * A search box of a dialog: it searches as one types, without a key or a button. What was
 * found for the words before is out of sight until the new ones are answered.
 */
export class TypedSearchField extends CharField {
    setup() {
        super.setup();
        const search = useDebounced(() => this.search(), PAUSE_MS);
        // a Chinese word is not finished while its sound is being typed
        const onInput = (ev) => {
            this.markOutdated();
            return ev.isComposing || search();
        };
        useEffect(
            (box) => {
                box?.addEventListener("input", onInput);
                box?.addEventListener("compositionend", search);
                return () => {
                    box?.removeEventListener("input", onInput);
                    box?.removeEventListener("compositionend", search);
                };
            },
            () => [this.input.el]
        );
        useEffect(
            () => this.markOutdated(),
            () => [this.props.record.data[this.props.name]]
        );
    }

    /** The answer is that to the words of the record, which may be older than the box. */
    markOutdated() {
        const box = this.input.el;
        const answered = (this.props.record.data[this.props.name] || "").trim();
        box?.closest(".o_form_view")?.classList.toggle(OUTDATED, box.value.trim() !== answered);
    }

    /** What stands in the box is told to the form, as leaving the box would. */
    search() {
        const box = this.input.el;
        if (box?.value.trim().length >= LEAST_LETTERS) {
            box.dispatchEvent(new Event("change", { bubbles: true }));
        }
    }
}

registry.category("fields").add("dealer_typed_search", {
    ...charField,
    component: TypedSearchField,
});
