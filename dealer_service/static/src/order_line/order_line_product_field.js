import {
    ProductLabelSectionAndNoteField,
    productLabelSectionAndNoteField,
} from "@account/components/product_label_section_and_note_field/product_label_section_and_note_field";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useEffect, useExternalListener, useRef } from "@odoo/owl";

/** What is offered for the words that are being typed. */
const OFFERS = ".o-autocomplete--dropdown-menu";

/**
 * Labour or part of an order, and what its line says, in one column. Words that the
 * catalogue has no entry for are a line all the same: nothing that was typed is lost.
 */
export class OrderLineProductField extends ProductLabelSectionAndNoteField {
    static template = "dealer_service.OrderLineProductField";

    setup() {
        super.setup();
        this.notification = useService("notification");
        this.box = useRef("box");
        // to choose what is offered is not to leave the box
        useExternalListener(
            window,
            "pointerdown",
            (ev) => (this.isChoosing = Boolean(ev.target.closest?.(OFFERS))),
            { capture: true }
        );
        const hands = {
            input: (ev) => this.isBox(ev) && (this.words = ev.target.value.trim()),
            keydown: (ev) => ev.key === "Escape" && (this.words = ""),
            focusout: (ev) => this.isBox(ev) && this.keepWords(),
        };
        useEffect(
            (box) => {
                for (const [kind, hear] of Object.entries(hands)) {
                    box?.addEventListener(kind, hear);
                }
                return () => {
                    for (const [kind, hear] of Object.entries(hands)) {
                        box?.removeEventListener(kind, hear);
                    }
                };
            },
            () => [this.box.el]
        );
    }

    isBox(ev) {
        return ev.target.matches(".o-autocomplete input");
    }

    get ownWords() {
        return this.props.record.evalContext.parent.dealer_own_words_id;
    }

    get isOwnWords() {
        return this.ownWords && this.props.record.data.product_id?.id === this.ownWords;
    }

    /** Of a line in own words, only these are read. */
    get label() {
        const { name } = this.props.record.data;
        return this.isOwnWords && name !== this.productName ? name : super.label;
    }

    parseLabel(value) {
        return this.isOwnWords ? value || this.productName : super.parseLabel(value);
    }

    get m2oProps() {
        return {
            ...super.m2oProps,
            placeholder: _t("Labour or part, or own words"),
            otherSources: this.ownWords ? [{ options: (words) => this.offer(words) }] : [],
        };
    }

    offer(words) {
        if (!words) {
            return [];
        }
        return [
            {
                label: _t("In own words: “%(words)s”", { words }),
                cssClass: "o_dealer_own_words",
                onSelect: () => this.sayInOwnWords(words),
            },
        ];
    }

    async sayInOwnWords(words) {
        const { record, name } = this.props;
        await record.update({ [name]: { id: this.ownWords } });
        // the product has a name of its own, which is not what was typed
        await record.update({ name: words });
    }

    /** Words that nothing was chosen for, when somebody goes on: the box is empty then. */
    keepWords() {
        const words = this.words;
        if (!words || this.isChoosing || this.props.record.data.product_id) {
            return;
        }
        this.words = "";
        if (this.ownWords) {
            this.sayInOwnWords(words);
        } else {
            this.notification.add(
                _t("“%(words)s” is no labour or part. Choose one of the list.", { words }),
                { type: "warning" }
            );
        }
    }
}

registry.category("fields").add("dealer_order_line_product", {
    ...productLabelSectionAndNoteField,
    component: OrderLineProductField,
    // a tablet shows what the customer answered beside it
    listViewWidth: [120, 400],
});
