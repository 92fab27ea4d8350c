from odoo import models
from odoo.exceptions import UserError

from ...tools import groups


class DealerReception(models.Model):
    """The money of a customer who drives away: what was done is billed (离店结清).

    Whoever lets the car go decides line by line; what is proposed is what somebody has
    worked on, with the parts that go with it. The rest is cancelled with the reason,
    and what is a matter of safety is kept as declined work.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    # ------------------------------------------------------------------
    # WHAT IS OWED
    # ------------------------------------------------------------------

    def _agreed_lines(self):
        """The lines that were agreed to, and still stand."""
        orders = self._living_orders().filtered(lambda order: order.consent_date)
        return orders.order_line.filtered(
            lambda line: (
                not line.display_type
                and not line.is_downpayment
                and line.dealer_decision == "approved"
                and not line.dealer_not_supplied
            )
        )

    def _done_lines(self):
        """Those of the agreed lines that were carried out, as far as one can see."""
        self.ensure_one()
        agreed = self._agreed_lines().filtered(lambda line: line.state == "sale")
        done = agreed.filtered(lambda line: line._is_owed() or line._is_supplied())
        is_worked_on = bool(done) or self._is_worked_on()
        for order in agreed.order_id:
            labour = (agreed & order.order_line).filtered(
                lambda line: line.dealer_kind == "labour"
            )
            for piece in order._pieces_of_work():
                piece &= agreed
                # parts that go with no labour were fitted with whatever was done
                with_it = (piece & labour) or labour
                if with_it & done or (not with_it and is_worked_on):
                    done |= piece.filtered(lambda line: line._follows_labour())
            work = (agreed & order.order_line).filtered(
                lambda line: not line._is_reduction()
            )
            if work and work <= done:
                # a discount was given on the whole
                done |= agreed & order.order_line
        return done

    def _is_worked_on(self):
        """Hook: whether somebody has carried out anything on the car."""
        self.ensure_one()
        return False

    # ------------------------------------------------------------------
    # BILLED AND CANCELLED
    # ------------------------------------------------------------------

    def _settle_left(self, billed=None):
        """What was done is billed at once, so that the counter knows of it."""
        result = super()._settle_left(billed)
        for visit in self:
            agreed = visit._agreed_lines().filtered(lambda line: line.state == "sale")
            done = visit._done_lines() if billed is None else agreed.browse(billed)
            visit._check_billed(agreed, done)
            # what was invoiced or issued is billed, whoever forgot to say so
            done |= agreed.filtered(lambda line: line._is_owed())
            reason = visit._leaving_words()
            for order in visit._living_orders():
                if done & order.order_line:
                    for line in agreed & order.order_line:
                        if line not in done or line._is_supplied_in_part():
                            line._leave_out(reason)
                else:
                    order._keep_safety(reason)
                    order._cancel_by_method(reason, is_consent_kept=True)
            visit._create_settlement_invoices()
        self._refresh_settled_total()
        return result

    def _check_billed(self, agreed, done):
        """:raise UserError: for what nobody has agreed to, or has not been handed out,
        for labour that was not begun, and for less than nothing"""
        self.ensure_one()
        if done - agreed:
            raise UserError(
                self.env._(
                    "%(visit)s: only what the customer has agreed to can be billed. "
                    "Open “Customer Left” again.",
                    visit=self.name,
                )
            )
        for line in done:
            is_begun = line.dealer_kind != "labour" or line._is_supplied()
            if not is_begun and not groups.keeps_books(self.env):
                raise UserError(
                    self.env._(
                        "%(order)s: nobody has begun “%(line)s”. Cancel it, or ask a "
                        "service manager to bill it.",
                        order=line.order_id.name,
                        line=line.name,
                    )
                )
            if line._is_undelivered() and not line._is_supplied_in_part():
                raise UserError(
                    self.env._(
                        "%(order)s: “%(line)s” has not been issued yet. Issue it, or "
                        "cancel it.",
                        order=line.order_id.name,
                        line=line.name,
                    )
                )
        for order, lines in done.grouped("order_id").items():
            if order.currency_id.compare_amounts(order._amount_of(lines), 0.0) < 0:
                raise UserError(
                    self.env._(
                        "%(order)s: without the work there is nothing to give a "
                        "discount on. Cancel the discount as well.",
                        order=order.name,
                    )
                )


class SaleOrder(models.Model):
    """An order of which nothing was done."""

    _name = "sale.order"
    _inherit = "sale.order"

    def _keep_safety(self, reason):
        """What it is unsafe to drive without is offered again: nobody forgets it."""
        self.ensure_one()
        visit = self.reception_id
        person = self.consent_by or (visit.contact_id or visit.partner_id).name
        is_found = self.dealer_urgency == "safety"
        lines = self._decidable_lines()
        for line in lines:
            if is_found or line.product_id.system_id.is_safety:
                line._keep_declined(reason, person)
        if is_found and not lines and self._has_reason():
            # whoever cancels the offer has no rights on the shop's lists
            works = self.env["dealer.declined.work"].sudo()
            works._create_from_finding(self, reason, person)


class SaleOrderLine(models.Model):
    """What of a line is owed when the customer leaves."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    def _is_owed(self):
        """Whether it was invoiced or issued already, and is not cancelled any more."""
        self.ensure_one()
        return bool(self.qty_invoiced or self.qty_delivered)

    def _follows_labour(self):
        """Whether it is proposed as done with the labour it belongs to."""
        self.ensure_one()
        return self.dealer_kind != "labour" and not self._is_undelivered()
