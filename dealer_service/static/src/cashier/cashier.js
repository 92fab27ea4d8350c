import { _t } from "@web/core/l10n/translation";
import { downloadFile } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { formatMonetary } from "@web/views/fields/formatters";
import { parseMonetary } from "@web/views/fields/parsers";
import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useLiveBoard } from "../board/live_board";
import { CashierDeposit } from "./cashier_deposit";
import { iconOfWay } from "./ways";

/** Not everything that changes a bill is told to the boards. */
const REFRESH_MS = 60_000;

/** What is typed and what is read compare without dots, spaces and case. */
const key = (text) => text.replace(/[\s·.-]/g, "").toUpperCase();

/**
 * The counter: find the car by its plate, choose how it is paid, take the money.
 *
 * Who works with the keyboard types the end of a plate, `Enter`, the digit of the way it
 * is paid, and `Enter`. See `account.move.get_cashier_board`.
 */
export class Cashier extends Component {
    static template = "dealer_service.Cashier";
    static components = { CashierDeposit };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.search = useAutofocus({ refName: "search" });
        this.state = useState({
            data: null,
            query: "",
            marked: 0,
            carId: null,
            payer: null,
            methodId: null,
            amount: "",
            reference: "",
            isBusy: false,
            // what was taken last: its words, and the invoices it was taken for
            taken: null,
            // whether money is taken before there is a bill
            isDeposit: false,
            // Odoo's payment link of the bill, as a code for the customer's phone
            code: null,
        });
        this.live = useLiveBoard({
            boards: ["lane"],
            every: REFRESH_MS,
            read: () => this.orm.silent.call("account.move", "get_cashier_board", []),
            show: (data) => {
                this.state.data = data;
            },
        });
        onWillStart(() => this.live.reload());
        this.useFocus();
    }

    /** The hand goes on where the next step is. */
    useFocus() {
        const find = (selector) => this.root.el?.querySelector(selector);
        useEffect(
            (carId) => {
                if (carId) {
                    (find(".o_cashier_method") || find(".o_cashier_invoice"))?.focus();
                }
            },
            () => [this.state.carId, this.state.payer]
        );
        useEffect(
            (methodId) => {
                if (methodId) {
                    find(".o_cashier_take")?.focus();
                }
            },
            () => [this.state.methodId]
        );
    }

    // ---------------------------------------------------------------------
    // Display
    // ---------------------------------------------------------------------

    /** The cars that fit what was typed. */
    get cars() {
        const asked = key(this.state.query);
        return this.state.data.cars.filter((car) =>
            [car.plate, car.visit, car.customer, ...car.bills.flatMap((bill) => bill.names)].some(
                (text) => key(text).includes(asked)
            )
        );
    }

    get car() {
        return this.state.data.cars.find((car) => car.id === this.state.carId);
    }

    get bill() {
        return this.car?.bills.find((bill) => this.billKey(bill) === this.state.payer);
    }

    billKey(bill) {
        return `${bill.payer}/${bill.ids.join()}`;
    }

    get methods() {
        const isRefund = this.bill?.is_refund;
        return this.state.data.methods.filter(
            (way) => way.company_id === this.car.company_id && (way.gives || !isRefund)
        );
    }

    get method() {
        return this.methods.find((way) => way.id === this.state.methodId);
    }

    /** A bill of nothing: what a voucher has paid, for instance. */
    get isFree() {
        return Boolean(this.bill && !this.bill.is_refund && !this.bill.due);
    }

    /** A credit note that accounting has not confirmed yet. */
    get isUnconfirmed() {
        return Boolean(this.bill && this.bill.is_refund && this.bill.is_draft);
    }

    /** What the button gives back, as money. */
    get toGive() {
        const { due, currency_id: currencyId } = this.bill;
        return formatMonetary(Math.abs(due), { currencyId });
    }

    /** The amount that the button takes, as money; what is no amount, as it was typed. */
    get toTake() {
        const { amount } = this.state;
        try {
            return formatMonetary(parseMonetary(amount), { currencyId: this.bill.currency_id });
        } catch {
            return amount;
        }
    }

    /** Whether a provider takes money for the shop, which in China is rare. */
    get canPayOnline() {
        return this.state.data.link_shops.includes(this.car.company_id);
    }

    icon(way) {
        return iconOfWay(way);
    }

    payerLabel(bill) {
        return this.state.data.payers.find(({ key: payer }) => payer === bill.payer).label;
    }

    /** What the customer of the car pays; a car of others shows what they pay. */
    owed(car) {
        const own = car.bills.filter((bill) => bill.payer === "customer");
        return (own.length ? own : car.bills).map((bill) => bill.due_text).join(" + ");
    }

    /** What is still to come in, by payer and currency; what goes out stands apart. */
    get totals() {
        const sums = new Map();
        for (const bill of this.cars.flatMap((car) => car.bills)) {
            const payer = this.payerLabel(bill);
            const known = `${bill.payer}/${bill.currency_id}/${bill.is_refund}`;
            const sum = sums.get(known) || {
                key: known,
                label: bill.is_refund ? _t("To Give Back: %(payer)s", { payer }) : payer,
                due: 0,
            };
            sum.due += Math.abs(bill.due);
            sum.text = formatMonetary(sum.due, { currencyId: bill.currency_id });
            sums.set(known, sum);
        }
        return [...sums.values()];
    }

    // ---------------------------------------------------------------------
    // Events
    // ---------------------------------------------------------------------

    toggleDeposit() {
        this.leaveCar();
        Object.assign(this.state, { isDeposit: !this.state.isDeposit, taken: null });
    }

    /** Who searches has left the car: nobody pays the bill of the one before. */
    onSearchInput(ev) {
        this.leaveCar();
        this.state.query = ev.target.value;
    }

    onSearchKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        if (step) {
            ev.preventDefault();
            const last = this.cars.length - 1;
            this.state.marked = Math.max(0, Math.min(last, this.state.marked + step));
        } else if (ev.key === "Enter" && this.cars.length) {
            ev.preventDefault();
            this.openCar(this.cars[this.state.marked]);
        } else if (ev.key === "Escape") {
            this.close();
        }
    }

    /** The digit of a way of paying; Escape goes back to the search. */
    onPanelKeydown(ev) {
        if (ev.key === "Escape") {
            this.close();
        } else if (ev.target.tagName !== "INPUT" && /^[1-9]$/.test(ev.key)) {
            const way = this.methods[Number(ev.key) - 1];
            if (way && this.bill && !this.isUnconfirmed) {
                ev.preventDefault();
                this.chooseMethod(way);
            }
        }
    }

    openCar(car) {
        const bill = car.bills.find((mine) => mine.payer === "customer") || car.bills[0];
        Object.assign(this.state, { carId: car.id, taken: null });
        this.chooseBill(bill);
    }

    chooseBill(bill) {
        Object.assign(this.state, {
            payer: this.billKey(bill),
            methodId: null,
            code: null,
            reference: "",
            amount: formatMonetary(bill.due, { currencyId: bill.currency_id, noSymbol: true }),
        });
    }

    chooseMethod(way) {
        this.state.methodId = way.id;
    }

    onAmount(ev) {
        this.state.amount = ev.target.value;
    }

    onReference(ev) {
        this.state.reference = ev.target.value;
    }

    leaveCar() {
        Object.assign(this.state, { carId: null, payer: null, methodId: null, marked: 0 });
    }

    /** Back to the search, for the next customer. */
    close() {
        this.leaveCar();
        this.state.query = "";
        this.search.el?.focus();
    }

    async take() {
        const { bill, car, method } = this;
        if (this.isFree) {
            return this.closeFree();
        }
        const amount = this.readAmount();
        if (!method || !bill || amount === null || this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            const { due } = await this.live.change(() =>
                this.orm.call("account.move", "action_take_payment", [bill.ids, method.id], {
                    amount,
                    reference: this.state.reference,
                })
            );
            const money = formatMonetary(amount, { currencyId: bill.currency_id });
            const said = { plate: car.plate || car.visit, money, method: method.label, due };
            this.state.taken = {
                ids: bill.ids,
                due,
                text: due
                    ? _t("Taken: %(money)s %(method)s · %(plate)s, %(due)s still due", said)
                    : _t("Taken: %(money)s %(method)s · %(plate)s", said),
            };
        } finally {
            this.state.isBusy = false;
        }
        this.goOn();
    }

    /** What the credit note says goes out, all of it. */
    async giveBack() {
        const { bill, car, method } = this;
        if (!method || !bill || this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        const said = { plate: car.plate || car.visit, money: this.toGive, method: method.label };
        try {
            await this.live.change(() =>
                this.orm.call("account.move", "action_give_back", [bill.ids, method.id], {
                    reference: this.state.reference,
                })
            );
            const text = _t("Given back: %(money)s %(method)s · %(plate)s", said);
            this.state.taken = { ids: bill.ids, due: false, text };
        } finally {
            this.state.isBusy = false;
        }
        this.goOn();
    }

    /** The customer scans, and pays on the own phone; the board tells when it is paid. */
    async showCode() {
        const { bill } = this;
        const code = await this.orm.call("account.move", "action_show_payment_link", [bill.ids]);
        await this.live.reload();
        this.state.code = code;
    }

    /** Nothing is due: the invoice is posted, and the car may go. */
    async closeFree() {
        const { bill, car } = this;
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await this.live.change(() =>
                this.orm.call("account.move", "action_take_payment", [bill.ids])
            );
            const text = _t("Nothing was due: %(plate)s", { plate: car.plate || car.visit });
            this.state.taken = { ids: bill.ids, due: false, text };
        } finally {
            this.state.isBusy = false;
        }
        this.goOn();
    }

    /** What is still due of the car comes next; else the next car. */
    goOn() {
        const rest = this.car?.bills.find((bill) => bill.payer === "customer");
        if (rest) {
            this.chooseBill(rest);
        } else {
            this.close();
        }
    }

    readAmount() {
        try {
            return parseMonetary(this.state.amount);
        } catch {
            this.notification.add(_t("“%s” is no amount.", this.state.amount), {
                type: "danger",
            });
            return null;
        }
    }

    /** The settlement sheet of what was taken last, for the customer. */
    async printSettlement() {
        const { name, pdf } = await this.orm.call("account.move", "get_settlement_sheet", [
            this.state.taken.ids,
        ]);
        const bytes = Uint8Array.from(atob(pdf), (letter) => letter.charCodeAt(0));
        downloadFile(new Blob([bytes]), name, "application/pdf");
    }

    openInvoice(bill) {
        const [id] = bill.ids;
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "account.move",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("dealer_service.cashier", Cashier);
