import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { parseMonetary } from "@web/views/fields/parsers";
import { Component, onWillStart, useState } from "@odoo/owl";
import { iconOfWay } from "./ways";

/** As long as somebody types without a pause, nothing is asked. */
const TYPING_MS = 250;

/**
 * Deposits at the counter: taken before there is a bill, given back when there is none.
 *
 * See `account.payment.get_deposit_board`.
 */
export class CashierDeposit extends Component {
    static template = "dealer_service.CashierDeposit";
    static props = { methods: Array };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.search = useAutofocus({ refName: "search" });
        this.latest = new KeepLast();
        this.state = useState({
            visits: [],
            words: "",
            visitId: null,
            methodId: null,
            amount: "",
            reference: "",
            // the deposit that is given back, and why
            returnId: null,
            reason: "",
            isBusy: false,
            said: "",
            // the payment that was entered last, to print its receipt
            paymentId: null,
        });
        this.reloadSoon = useDebounced(() => this.reload(), TYPING_MS);
        onWillStart(() => this.reload());
    }

    async reload() {
        const call = this.orm.call("account.payment", "get_deposit_board", [], {
            words: this.state.words,
        });
        this.state.visits = await this.latest.add(call);
    }

    // ---------------------------------------------------------------------
    // Display
    // ---------------------------------------------------------------------

    get visit() {
        return this.state.visits.find((visit) => visit.id === this.state.visitId);
    }

    get methods() {
        return this.props.methods.filter((way) => way.company_id === this.visit.company_id);
    }

    icon(way) {
        return iconOfWay(way);
    }

    // ---------------------------------------------------------------------
    // Events
    // ---------------------------------------------------------------------

    onSearchInput(ev) {
        Object.assign(this.state, { words: ev.target.value, visitId: null });
        this.reloadSoon();
    }

    async onSearchKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            await this.reload();
            if (this.state.visits.length) {
                this.openVisit(this.state.visits[0]);
            }
        }
    }

    openVisit(visit) {
        Object.assign(this.state, {
            visitId: visit.id,
            methodId: null,
            amount: "",
            reference: "",
            returnId: null,
            reason: "",
        });
    }

    chooseMethod(way) {
        this.state.methodId = way.id;
    }

    /** Nothing is given back without a reason. */
    askWhy(deposit) {
        Object.assign(this.state, { returnId: deposit.id, reason: "" });
    }

    close() {
        this.state.visitId = null;
        this.search.el?.focus();
    }

    /** Runs one change at a time; what is shown afterwards is what is there. */
    async change(call, said) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            this.state.paymentId = await call();
            this.state.said = said;
            Object.assign(this.state, { amount: "", reference: "", returnId: null, reason: "" });
        } finally {
            this.state.isBusy = false;
            await this.reload();
        }
    }

    async take() {
        const { visit } = this;
        let amount;
        try {
            amount = parseMonetary(this.state.amount);
        } catch {
            this.notification.add(_t("“%s” is no amount.", this.state.amount), {
                type: "danger",
            });
            return;
        }
        await this.change(
            () =>
                this.orm.call("account.payment", "action_take_deposit", [visit.id], {
                    method_id: this.state.methodId,
                    amount,
                    reference: this.state.reference,
                }),
            _t("Deposit taken: %s", visit.plate)
        );
    }

    async giveBack() {
        const { visit } = this;
        await this.change(
            () =>
                this.orm.call("account.payment", "action_return_deposit", [[this.state.returnId]], {
                    reason: this.state.reason,
                }),
            _t("Deposit given back: %s", visit.plate)
        );
    }

    /** Odoo's own receipt of the payment, for the customer. */
    printReceipt(paymentId) {
        return this.action.doAction("account.action_report_payment_receipt", {
            additionalContext: { active_id: paymentId, active_ids: [paymentId] },
        });
    }
}
