from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import groups
from ...tools.actions import open_dialog, open_form
from ..common.dealer_reception_states import OPEN_STATES
from .sale_order_consent import CLOSED_TO_WORK


class DealerReception(models.Model):
    """The orders of the visit, and the authorization of the work."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    order_ids = fields.One2many(
        "sale.order", "reception_id", "Estimates and Supplements", groups=groups.ADVISOR
    )
    order_count = fields.Integer(
        "Orders", compute="_compute_order_counts", groups=groups.ADVISOR
    )
    order_pending_count = fields.Integer(
        "Waiting for a Decision", compute="_compute_order_counts", groups=groups.ADVISOR
    )
    insurance_partner_id = fields.Many2one(
        "res.partner",
        "Insurer",
        index="btree_not_null",
        groups=groups.ADVISOR,
        help="Receives the invoice for what the insurance pays.",
    )
    declined_work_ids = fields.Many2many(
        "dealer.declined.work",
        string="Declined Before",
        compute="_compute_declined_work_ids",
        groups=groups.ADVISOR,
        help="Declined at this or an earlier visit, and still open.",
    )
    supplement_state = fields.Selection(
        [
            ("pending", "Waiting for a Decision"),
            ("approved", "Approved"),
            ("partial", "Approved in Part"),
            ("declined", "Declined"),
        ],
        "Supplements",
        compute="_compute_supplement_state",
        store=True,
        help="State of all supplements of the visit together. Empty: no additional "
        "work was offered.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("order_ids.state", "order_ids.consent_date")
    def _compute_order_counts(self):
        ours = Domain("reception_id", "in", self.ids)
        living = ours & Domain("state", "!=", "cancel")
        undecided = Domain("state", "in", ("draft", "sent")) & Domain(
            "consent_date", "=", False
        )
        counts, pending = (
            dict(
                self.env["sale.order"]._read_group(
                    domain, ["reception_id"], ["__count"]
                )
            )
            for domain in (living, living & undecided)
        )
        for reception in self:
            reception.order_count = counts.get(reception._origin, 0)
            reception.order_pending_count = pending.get(reception._origin, 0)

    @api.depends("vehicle_id", "partner_id")
    def _compute_declined_work_ids(self):
        groups = dict(
            self.env["dealer.declined.work"]._read_group(
                [
                    ("vehicle_id", "in", self.vehicle_id.ids),
                    ("company_id", "in", self.company_id.ids),
                    ("state", "in", ("open", "offered")),
                ],
                ["vehicle_id"],
                ["id:recordset"],
            )
        )
        none = self.env["dealer.declined.work"]
        for reception in self:
            works = groups.get(reception.vehicle_id, none)
            # the former owner's papers are not the new owner's
            reception.declined_work_ids = works.filtered(
                lambda work, visit=reception: work.partner_id == visit.partner_id
            )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_open_estimate(self):
        """Open the estimate of the visit; the first time, write it."""
        self.ensure_one()
        orders = self.order_ids.filtered(lambda o: o.state != "cancel")
        pending = orders.filtered(lambda o: o.state in ("draft", "sent"))
        order = pending[:1] or orders[:1] or self._create_estimate()
        return self._order_action(order)

    def action_add_supplement(self):
        """Offer extra work: a new draft order that needs its own consent (增项)."""
        self.ensure_one()
        self._check_open_to_work()
        return self._order_action(self._create_order(dealer_kind="supplement"))

    def action_add_payer(self):
        """A further order, for another payer of the same visit."""
        self.ensure_one()
        self.check_access("read")
        self._check_open_to_work()
        action = self._order_action(self.env["sale.order"])
        action["context"] = {
            "default_reception_id": self.id,
            "default_partner_id": self.partner_id.id,
            "default_dealer_kind": self._next_order_kind(),
            "default_dealer_payer": "warranty",
        }
        return action

    def action_view_orders(self):
        """Every estimate and supplement of the visit."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.sale_order_action_dealer"
        )
        action["domain"] = [("reception_id", "=", self.id)]
        action["context"] = {"default_reception_id": self.id}
        return action

    def action_ask_consent(self):
        """Open the dialog that records what the customer decided."""
        self.ensure_one()
        self.check_access("read")
        return open_dialog(
            self.env["dealer.consent.wizard"],
            self.env._("The Customer's Decision"),
            reception_id=self.id,
        )

    def action_ask_authorization(self):
        """Let the work begin; where nothing is promised yet, ask for the time first."""
        self.ensure_one()
        self.check_access("write")
        if self.date_promised or self.state != "inspected":
            return self.action_authorize()
        return open_dialog(
            self.env["dealer.promise"],
            self.env._("Promised Time"),
            reception_id=self.id,
        )

    def action_authorize(self):
        """The work may begin: agreed to, to exactly its amount, with a promise.

        :raise UserError: when there is no estimate, no promised time, or when an
            order is not covered by a consent
        """
        for reception in self:
            reception._check_move("authorized")
            # the record of the process, whoever may see prices
            orders = reception._living_orders()
            if not orders:
                raise UserError(
                    self.env._(
                        "%(visit)s has no estimate yet. Write one even if nothing "
                        "is charged: the customer must agree to the work on the car.",
                        visit=reception.name,
                    )
                )
            if not reception.date_promised:
                raise UserError(
                    self.env._(
                        "%(visit)s: tell the customer when the car will be ready, and"
                        " enter the promised time.",
                        visit=reception.name,
                    )
                )
            # refuses what the customer has not agreed to
            orders.filtered(lambda o: o.state in ("draft", "sent")).action_confirm()
        return super().action_authorize()

    def action_cancel(self):
        """Cancel the visit, and with it what was offered and agreed to."""
        result = super().action_cancel()
        for reception in self:
            reception._living_orders().action_cancel_agreement(
                self.env._("the visit was cancelled")
            )
        return result

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    @api.constrains("company_id")
    def _check_orders_company(self):
        """What was offered by one shop is neither owed nor invoiced by another.

        :raise ValidationError: naming the order that holds the visit
        """
        for reception in self:
            # the orders of the other shop may not be the user's to see
            for order in reception.sudo().order_ids:
                if order.company_id != reception.company_id:
                    raise ValidationError(
                        self.env._(
                            "%(visit)s has an order of %(company)s, %(order)s, and "
                            "cannot be moved to another shop.",
                            visit=reception.name,
                            order=order.name,
                            company=order.company_id.name,
                        )
                    )

    def _living_orders(self):
        return self.order_ids.filtered(lambda order: order.state != "cancel")

    def _is_authorized(self):
        """Whether the customer has let the work begin."""
        self.ensure_one()
        return bool(self.date_authorized)

    def _next_order_kind(self):
        """What the next order of the visit is."""
        self.ensure_one()
        return "supplement" if self._is_authorized() else "estimate"

    @api.model
    def _states_open_to_work(self):
        """States in which work can still be offered and agreed to."""
        return [state for state in OPEN_STATES if state not in CLOSED_TO_WORK]

    def _check_open_to_work(self):
        """:raise UserError: when no further work can be taken on"""
        for reception in self:
            if reception.state not in self._states_open_to_work():
                raise UserError(
                    self.env._(
                        "%(visit)s is “%(state)s”: the work on the car is over.",
                        visit=reception.name,
                        state=reception._state_label(),
                    )
                )

    def _create_order(self, **values):
        self.ensure_one()
        self._check_open_to_work()
        return self.env["sale.order"].create({"reception_id": self.id, **values})

    def _create_estimate(self):
        """The first estimate, filled with the package the customer has booked."""
        order = self._create_order()
        if self.package_id:
            order.sale_order_template_id = self.package_id
            order._onchange_sale_order_template_id()
        return order

    def _draft_order(self):
        """The order to which the customer's next wish is added."""
        self.ensure_one()
        order = self._living_orders().filtered(
            lambda o: (
                o.state in ("draft", "sent")
                and not o.consent_date
                and o.dealer_payer == "customer"
            )
        )
        return order[:1] or self._create_order()

    def _order_action(self, order):
        view = "dealer_service.sale_order_view_form_dealer"
        # by the action in its address, the page is the same when it is loaded again
        known = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.sale_order_action_dealer"
        )
        return {
            **open_form(order, self.env._("Estimate"), view=view),
            "id": known["id"],
            "path": known["path"],
        }

    def _refresh_estimate_total(self):
        """``estimate_total``: what the customer agreed to, all payers together."""
        for reception in self:
            # a sum of the process, also when the customer decides on his link
            orders = reception.sudo()._living_orders().filtered("consent_date")
            total = sum(
                reception._in_company_currency(order, order.consent_amount)
                for order in orders
            )
            # as above: recorded by the process, not by who decides
            reception.sudo()._write_by_method({"estimate_total": total})

    def _with_supplement(self):
        """The visits during which extra work was offered."""
        # asked for by the process, also when a technician moves the visit on
        orders = self.sudo().order_ids
        offered = orders.filtered(lambda order: order.dealer_kind == "supplement")
        return self & offered.reception_id

    @api.depends(
        "order_ids.dealer_kind",
        "order_ids.state",
        "order_ids.consent_date",
        "order_ids.order_line.dealer_decision",
    )
    def _compute_supplement_state(self):
        for reception in self:
            # no price is told, and a technician has to know as well
            orders = reception.sudo().order_ids.filtered(
                lambda order: order.dealer_kind == "supplement"
            )
            waiting = orders.filtered(
                lambda order: (
                    order.state in ("draft", "sent")
                    and not order.consent_date
                    and order._decidable_lines()
                )
            )
            decisions = set(orders.order_line.mapped("dealer_decision")) - {"pending"}
            if waiting:
                reception.supplement_state = "pending"
            elif len(decisions) == 2:
                reception.supplement_state = "partial"
            else:
                reception.supplement_state = next(iter(decisions), False)
