from odoo import api, fields, models


class SaleOrder(models.Model):
    """Who pays for an order of a visit, and whose sale it is."""

    _name = "sale.order"
    _inherit = "sale.order"

    dealer_payer_missing = fields.Boolean(
        compute="_compute_dealer_payer_missing",
        help="Someone else should pay, but the invoice would go to the customer.",
    )
    dealer_state = fields.Selection(
        [
            ("offer", "Estimate"),
            ("sent", "Sent to the Customer"),
            ("agreed", "Work Order"),
            ("cancelled", "Cancelled"),
        ],
        "Stage",
        compute="_compute_dealer_state",
        help="An estimate or supplement becomes a work order with the customer's"
        " consent.",
    )

    @api.depends("dealer_payer", "partner_id", "partner_invoice_id", "reception_id")
    def _compute_dealer_payer_missing(self):
        for order in self:
            invoiced = order.partner_invoice_id.commercial_partner_id
            # the car may be the shop's own
            shop = order._dealer_payer_partner().commercial_partner_id
            is_own = order.dealer_payer in ("internal", "goodwill") and invoiced == shop
            order.dealer_payer_missing = (
                bool(order.reception_id)
                and order.dealer_payer != "customer"
                and not is_own
                and invoiced == order.partner_id.commercial_partner_id
            )

    @api.depends("dealer_payer", "reception_id.insurance_partner_id")
    def _compute_partner_invoice_id(self):
        """Each payer gets the invoice of his own part."""
        # whoever was named to the customer stays the payer
        agreed = self.filtered(lambda o: o.consent_date and o.partner_invoice_id)
        for order in agreed:
            order.partner_invoice_id = order.partner_invoice_id
        result = super(SaleOrder, self - agreed)._compute_partner_invoice_id()
        for order in self - agreed:
            payer = order._dealer_payer_partner()
            if payer:
                order.partner_invoice_id = payer.address_get(["invoice"])["invoice"]
        return result

    @api.depends("dealer_payer", "partner_invoice_id")
    def _compute_payment_term_id(self):
        """Whoever gets the invoice has his own terms: manufacturers have an account."""
        agreed = self.filtered("consent_date")
        for order in agreed:
            order.payment_term_id = order.payment_term_id
        result = super(SaleOrder, self - agreed)._compute_payment_term_id()
        for order in self - agreed:
            if order.reception_id and order.dealer_payer != "customer":
                payer = order.partner_invoice_id.with_company(order.company_id)
                order.payment_term_id = payer.property_payment_term_id
        return result

    def _dealer_payer_partner(self):
        """Who pays instead of the customer; empty when nobody is known."""
        self.ensure_one()
        company = self.company_id
        if not self.reception_id:
            return self.env["res.partner"]
        return {
            "warranty": company.dealer_warranty_partner_id,
            "insurance": self.reception_id.insurance_partner_id,
            "internal": company.dealer_internal_partner_id or company.partner_id,
            "goodwill": company.dealer_goodwill_partner_id or company.partner_id,
        }.get(self.dealer_payer, self.env["res.partner"])

    def _compute_currency_rate(self):
        """The rate agreed to stays: confirming the order moves its date."""
        agreed = self.filtered("consent_date")
        for order in agreed:
            order.currency_rate = order.currency_rate
        return super(SaleOrder, self - agreed)._compute_currency_rate()

    @api.depends("reception_id")
    def _compute_team_id(self):
        """The sales of the workshop are those of its own team."""
        others = self
        for order in self.filtered("reception_id"):
            team = order.company_id._dealer_team()
            if team:
                order.team_id = team
                others -= order
        return super(SaleOrder, others)._compute_team_id()

    @api.depends("state")
    def _compute_dealer_state(self):
        stages = {"draft": "offer", "sent": "sent", "sale": "agreed"}
        for order in self:
            order.dealer_state = stages.get(order.state, "cancelled")

    @api.depends("reception_id", "dealer_kind")
    def _compute_type_name(self):
        ours = self.filtered("reception_id")
        for order in ours:
            if order.state == "sale":
                order.type_name = self.env._("Work Order")
            else:
                order.type_name = order._selection_label("dealer_kind")
        return super(SaleOrder, self - ours)._compute_type_name()

    def _measuring_user(self):
        visits = self.reception_id._measuring_user()
        return self.filtered(lambda order: order.reception_id in visits)

    def _with_kept_tasks(self):
        visits = self.reception_id._with_kept_tasks()
        return self.filtered(lambda order: order.reception_id in visits)

    # asked before being billed: nobody, unless a wing that knows the payer says so

    def _is_billed_at_settlement(self):
        """Hook: whether the settlement makes the invoice of this order."""
        self.ensure_one()
        return True

    def _ask_payer_first(self):
        """Hook: what becomes of orders that the settlement does not bill."""

    def _waits_for_answer(self):
        """Hook: whether the payer was, or is to be, asked what is paid."""
        self.ensure_one()
        return False

    def _asked_for(self):
        """Hook: what the payer is asked for by the settlement, taxes included, in the
        currency of the order."""
        self.ensure_one()
        return 0.0


class SaleOrderLine(models.Model):
    """For how much of a line a payer is asked before it is billed."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    def _asked_qty(self):
        """Hook: for how much of the line the payer is asked."""
        self.ensure_one()
        return 0.0
