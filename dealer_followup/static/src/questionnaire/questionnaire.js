import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The questions of a follow-up, asked on the telephone: one tap an answer.
 *
 * The field holds the answers, by id of the question; the questions themselves are in
 * the field named by the option `form`.
 */
export class Questionnaire extends Component {
    static template = "dealer_followup.Questionnaire";
    static props = { ...standardFieldProps, formField: String };

    setup() {
        // A caller taps faster than the server answers: what was tapped is kept here,
        // and each update carries all of it.
        this.state = useState({ answers: this.stored(this.props) });
        onWillUpdateProps((props) => {
            if (props.record.resId !== this.props.record.resId) {
                this.state.answers = this.stored(props);
            }
        });
    }

    stored(props) {
        return { ...(props.record.data[props.name] || {}) };
    }

    get form() {
        return this.props.record.data[this.props.formField] || { questions: [] };
    }

    get answers() {
        return this.state.answers;
    }

    /** Questions that an answer has called up, or that are asked anyway. */
    get questions() {
        const chosen = new Set(Object.values(this.answers).flat());
        return this.form.questions.filter(
            (question) =>
                !question.triggers.length || question.triggers.some((id) => chosen.has(id))
        );
    }

    get count() {
        return this.questions.filter((question) => this.answers[question.id] !== undefined).length;
    }

    get countText() {
        return _t("%(count)s of %(total)s answered", {
            count: this.count,
            total: this.questions.length,
        });
    }

    scale(question) {
        const length = question.max - question.min + 1;
        return Array.from({ length }, (_, index) => String(question.min + index));
    }

    isChosen(question, value) {
        const answer = this.answers[question.id];
        return Array.isArray(answer) ? answer.includes(value) : answer === value;
    }

    inputType(question) {
        return { numerical_box: "number", date: "date" }[question.type] || "text";
    }

    save(question, value) {
        const answers = { ...this.answers };
        if (value === undefined || value === "" || value.length === 0) {
            delete answers[question.id];
        } else {
            answers[question.id] = value;
        }
        this.state.answers = answers;
        return this.props.record.update({ [this.props.name]: answers });
    }

    /** Tapped again, the answer is taken back. */
    onChoose(question, value) {
        if (this.props.readonly) {
            return;
        }
        if (question.type === "multiple_choice") {
            const chosen = this.answers[question.id] || [];
            return this.save(
                question,
                chosen.includes(value) ? chosen.filter((id) => id !== value) : [...chosen, value]
            );
        }
        return this.save(question, this.isChosen(question, value) ? undefined : value);
    }

    onWrite(question, ev) {
        return this.save(question, ev.target.value.trim());
    }
}

registry.category("fields").add("dealer_questionnaire", {
    component: Questionnaire,
    displayName: _t("Questionnaire"),
    supportedTypes: ["json"],
    extractProps: ({ options }) => ({ formField: options.form || "survey_form" }),
});
