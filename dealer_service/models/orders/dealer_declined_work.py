from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import groups


class DealerDeclinedWork(models.Model):
    """Work that was offered and not wanted: offered again at the next visit."""

    _name = "dealer.declined.work"
    _description = "Declined Work"
    _inherit = ["dealer.recorded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "is_safety desc, date_declined desc, id desc"
    _check_company_auto = True
    # what was offered to whom, and what became of it
    _RECORDED_FIELDS = frozenset(
        {
            "name",
            "product_id",
            "quantity",
            "amount",
            "currency_id",
            "company_id",
            "vehicle_id",
            "partner_id",
            "reception_id",
            "order_line_id",
            "date_declined",
            "declined_by",
            "times_declined",
            # by which inspection by item
            "colour",
            "finding_id",
            "state",
        }
    )

    # what
    name = fields.Char("Description", required=True, readonly=True)
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", readonly=True, ondelete="restrict"
    )
    system_id = fields.Many2one(
        "dealer.vehicle.system",
        index="btree_not_null",
        ondelete="restrict",
        compute="_compute_system_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    is_safety = fields.Boolean(
        "Safety",
        compute="_compute_is_safety",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="It is unsafe to drive the car without this work.",
    )
    quantity = fields.Float(digits="Product Unit", default=1.0, readonly=True)
    amount = fields.Monetary(readonly=True, help="Offered price, taxes included.")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)

    # whose, where and when
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        index="btree_not_null",
        check_company=True,
        readonly=True,
        help="The visit in which it was declined last.",
    )
    order_line_id = fields.Many2one(
        "sale.order.line", index="btree_not_null", readonly=True, ondelete="set null"
    )
    date_declined = fields.Datetime("Declined On", required=True, readonly=True)
    declined_by = fields.Char(readonly=True)
    reason = fields.Char(tracking=True)
    times_declined = fields.Integer(default=1, readonly=True, aggregator="max")
    remind_date = fields.Date("Remind On", tracking=True, index="btree_not_null")
    state = fields.Selection(
        [
            ("open", "Open"),
            ("offered", "Offered Again"),
            ("done", "Done"),
            ("dropped", "No Longer Offered"),
        ],
        required=True,
        default="open",
        readonly=True,
        tracking=True,
    )
    offer_line_ids = fields.One2many(
        "sale.order.line", "dealer_declined_work_id", "Offers", readonly=True
    )

    _open_idx = models.Index("(vehicle_id) WHERE state IN ('open', 'offered')")

    @api.depends("product_id")
    def _compute_system_id(self):
        for work in self:
            work.system_id = work.system_id or work.product_id.system_id

    @api.depends("system_id")
    def _compute_is_safety(self):
        for work in self:
            # another system makes nothing safe
            work.is_safety = work.is_safety or work.system_id.is_safety

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _check_direct_write(self, vals):
        if not self.env.su:
            if "is_safety" in vals:
                self._would_change(vals, "is_safety")._check_safety_stays()
            if not vals.get("remind_date", True):
                self._check_reminded()
        return super()._check_direct_write(vals)

    def _check_safety_stays(self):
        """:raise AccessError: for what would be safe, unless a manager says so"""
        if self.env.user.has_group(groups.MANAGER):
            return
        for work in self.filtered("is_safety"):
            raise AccessError(
                self.env._(
                    "“%(work)s” is a matter of safety. Only a service manager may say "
                    "that it is not.",
                    work=work.name,
                )
            )

    def _check_reminded(self):
        """:raise UserError: for work of which the customer would never hear again"""
        for work in self.filtered(lambda work: work.state in ("open", "offered")):
            raise UserError(
                self.env._(
                    "“%(work)s” is still open. Enter another day to remind the "
                    "customer, or press “No Longer Offer”.",
                    work=work.name,
                )
            )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_offer(self):
        """Put the work on the estimate, or the supplement, of the running visit.

        The visit is the one of the context key ``reception_id``, or the open visit
        of the car.
        """
        order = self.env["sale.order"]
        for work in self:
            if work.state not in ("open", "offered"):
                raise UserError(
                    self.env._("“%(work)s” is already closed.", work=work.name)
                )
            reception = work._offer_reception()
            order = reception._draft_order()
            if work.offer_line_ids & order.order_line:
                continue
            self.env["sale.order.line"].create(work._prepare_offer(order))
            work._write_by_method({"state": "offered"})
        return order._get_records_action() if len(self) == 1 and order else True

    def _prepare_offer(self, order):
        """Values of the line that offers it; what has no price yet is a note there."""
        self.ensure_one()
        vals = {
            "order_id": order.id,
            "name": self.name,
            "dealer_declined_work_id": self.id,
        }
        if not self.product_id:
            return {**vals, "display_type": "line_note"}
        return {
            **vals,
            "product_id": self.product_id.id,
            "product_uom_qty": self.quantity,
        }

    def action_drop(self):
        """The customer does not want to hear of it any more."""
        self._end("dropped")
        return True

    def action_done(self):
        """It was carried out, here or elsewhere."""
        self._end("done")
        return True

    def _end(self, state):
        wanted = self.filtered(lambda work: work.state in ("open", "offered"))
        wanted._write_by_method({"state": state})

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _offer_reception(self):
        """The visit to offer it in. :raise UserError: when the car is not here"""
        self.ensure_one()
        receptions = self.env["dealer.reception"]
        reception = receptions.browse(self.env.context.get("reception_id")).exists()
        if reception.vehicle_id != self.vehicle_id:
            reception = receptions.search(
                [
                    ("vehicle_id", "=", self.vehicle_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("state", "in", receptions._states_open_to_work()),
                ],
                limit=1,
            )
        if not reception:
            raise UserError(
                self.env._(
                    "%(car)s has no visit in progress in which “%(work)s” could be "
                    "offered.",
                    car=self.vehicle_id.display_name,
                    work=self.name,
                )
            )
        return reception

    @api.model
    def _create_from_line(self, line, reason, declined_by, quantity=None):
        order = line.order_id
        system = line.product_id.system_id
        quantity, amount = self._missing(line, quantity)
        vals = {
            "name": line.name,
            "product_id": line.product_id.id,
            "system_id": system.id,
            "quantity": quantity,
            "amount": amount,
            "currency_id": order.currency_id.id,
            "company_id": order.company_id.id,
            "vehicle_id": order.reception_id.vehicle_id.id,
            "partner_id": order.partner_id.id,
            "reception_id": order.reception_id.id,
            "order_line_id": line.id,
            "date_declined": fields.Datetime.now(),
            "declined_by": declined_by,
            "reason": reason,
            "remind_date": self._next_remind_date(order.company_id, system.is_safety),
        }
        if order.dealer_urgency == "safety":
            vals.update(self._as_safety(order))
        return self._create_by_method([vals])

    @api.model
    def _create_from_finding(self, order, reason, declined_by):
        """What a technician has found, and nobody has put a price to."""
        visit = order.reception_id
        vals = {
            "name": order.dealer_reason,
            "currency_id": order.currency_id.id,
            "company_id": order.company_id.id,
            "vehicle_id": visit.vehicle_id.id,
            "partner_id": visit.partner_id.id,
            "reception_id": visit.id,
            "date_declined": fields.Datetime.now(),
            "declined_by": declined_by,
            "reason": reason,
            **self._as_safety(order),
        }
        return self._create_by_method([vals])

    @api.model
    def _as_safety(self, order):
        """What whoever found it called a matter of safety is one."""
        return {
            "is_safety": True,
            "remind_date": self._next_remind_date(order.company_id, True),
        }

    @api.model
    def _missing(self, line, quantity=None):
        """How much of a line, all unless given, and what it was offered for."""
        ordered = line.product_uom_qty
        if quantity is None or not ordered:
            return ordered, line.price_total
        share = line.price_total * quantity / ordered
        return quantity, line.currency_id.round(share)

    @api.model
    def _next_remind_date(self, company, is_safety):
        days = (
            company.dealer_remind_safety_days
            if is_safety
            else company.dealer_remind_days
        )
        return fields.Date.context_today(self) + timedelta(days=days)

    def _reopen(self):
        """Offers that were taken back: the work is open again."""
        for work in self.filtered(lambda work: work.state == "offered"):
            if not any(
                line.state in ("draft", "sent") and line.dealer_decision == "pending"
                for line in work.offer_line_ids
            ):
                work._write_by_method({"state": "open"})

    def _declined_again(self, line, reason, declined_by, quantity=None):
        """Offered once more and declined once more: one record, counted."""
        self.ensure_one()
        quantity, amount = self._missing(line, quantity)
        self._write_by_method(
            {
                "state": "open",
                "times_declined": self.times_declined + 1,
                "date_declined": fields.Datetime.now(),
                "declined_by": declined_by,
                "reason": reason or self.reason,
                "quantity": quantity,
                "amount": amount,
                "reception_id": line.reception_id.id,
                "remind_date": self._next_remind_date(self.company_id, self.is_safety),
            }
        )

    def _with_kept_tasks(self):
        """Nobody in particular answers for it, so a manager gives the tasks."""
        if self.env.user.has_group(groups.MANAGER):
            return super()._with_kept_tasks()
        return self
