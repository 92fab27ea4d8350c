"""The demo gate: passes of each reason, a shift, a customer who pays by the month."""

from datetime import timedelta

from odoo import api, models

#: State of the visit, why its car goes out, and whether the guard has seen it.
SENT_OUT = (
    ("quality", "road_test", True),
    ("working", "sublet", False),
    ("authorized", "towed", False),
)
#: State of the visit whose car leaves for good, and whether the guard has seen it.
LEFT = (("delivered", True), ("left", False))
#: Up to what the customer on account drives away.
LIMIT = 5000.0


class DealerGateDevice(models.Model):
    """Loading of the demo gate."""

    _name = "dealer.gate.device"
    _inherit = "dealer.gate.device"

    @api.model
    def _load_demo(self):
        """A gate with a link, and cars that were sent out today. Loads once."""
        if self.search_count([]):
            return
        shop = self.env.company
        shop.dealer_gate_pass = True
        gate = self.create({"name": "北门"})
        gate.action_renew_link()
        for state, reason, is_out in SENT_OUT:
            visit = self.env["dealer.reception"].search(
                [
                    ("state", "=", state),
                    ("company_id", "=", shop.id),
                    ("is_away", "=", False),
                ],
                limit=1,
            )
            if visit:
                gate_pass = visit.with_user(visit.advisor_id).action_send_out(reason)
                if is_out:
                    # the guard has the link of the gate, and no rights
                    gate_pass.sudo()._let_out(gate)
        self._demo_leaving(gate)
        self.env["dealer.cash.closing"]._load_demo()
        self.env["dealer.account.statement"]._load_demo()

    @api.model
    def _demo_leaving(self, gate):
        """The latest car that was handed over has gone; one that left waits."""
        for state, is_out in LEFT:
            visit = self.env["dealer.reception"].search(
                [("state", "=", state), ("company_id", "=", gate.company_id.id)],
                order="id desc" if state == "left" else "date_delivered desc",
                limit=1,
            )
            if visit:
                gate_pass = visit.action_issue_leaving_pass()
                if is_out:
                    gate_pass._let_out(gate)


class DealerCashClosing(models.Model):
    """Loading of the demo shift."""

    _name = "dealer.cash.closing"
    _inherit = "dealer.cash.closing"

    @api.model
    def _load_demo(self):
        """The cashier has counted the morning, and five yuan are missing."""
        tills = self.with_user(self.env.ref("dealer_service.demo_user_cashier"))
        closing = tills.browse(tills.action_count()["res_id"])
        closing.cash_start = 500.0
        for line in closing.line_ids:
            line.counted = line.expected
            if line.is_cash:
                line.write({"counted": line.expected - 5.0, "reason": "找零多付"})
        # a shop whose books know no cash has no till, either
        cash = sum(closing.line_ids.filtered("is_cash").mapped("counted"))
        closing.cash_left = min(400.0, cash)
        closing.action_close()
        self._demo_deposit(tills.env.user)
        # what is taken since is counted at the end of the day
        tills.action_count()

    def _demo_deposit(self, cashier):
        """A part was ordered: who has booked pays something in advance."""
        moves = self.env["account.move"].with_user(cashier)
        ways = moves.get_cashier_board()["methods"]
        booked = self.env["dealer.reception"].search(
            [
                ("state", "=", "booked"),
                ("company_id", "=", self.env.company.id),
                ("partner_id", "!=", False),
                ("is_by_customer", "=", False),
            ],
            order="date_appointment",
            limit=1,
        )
        if ways and booked:
            self.env["account.payment"].with_user(cashier).action_take_deposit(
                booked.id, ways[-1]["id"], 200.0
            )


class DealerAccountStatement(models.Model):
    """Loading of the demo statement."""

    _name = "dealer.account.statement"
    _inherit = "dealer.account.statement"

    @api.model
    def _load_demo(self):
        """The customer of the last month with the largest bill buys on account."""
        shop = self.env.company
        begin, end = self._last_month()
        bills = self.env["account.move"].search(
            [
                ("company_id", "=", shop.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("dealer_payer", "=", "customer"),
                ("invoice_date", ">=", begin - timedelta(days=31)),
                ("invoice_date", "<=", end),
            ],
            order="amount_total desc",
            limit=1,
        )
        customer = bills.commercial_partner_id
        if customer:
            customer.dealer_credit_limit = LIMIT
            statement = self.create(
                {
                    "partner_id": customer.id,
                    "date_from": bills.invoice_date.replace(day=1),
                    "date_to": end,
                }
            )
            manager = self.env.ref("dealer_service.demo_user_manager")
            statement._write_by_method({"user_id": manager.id})
