from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

STATES = [
    ("planned", "Date Agreed"),
    ("delivered", "Handed Over"),
    ("cancelled", "Called Off"),
]
TRANSITIONS = frozenset({("planned", "delivered"), ("planned", "cancelled")})
#: What the customer has signed for, or what measures the hand-over.
SIGNED = (
    "vehicle_id",
    "partner_id",
    "company_id",
    "user_id",
    "advisor_id",
    "date_promised",
    "odometer",
    "first_service",
)


class DealerNewCarDelivery(models.Model):
    """A new car is handed over to its buyer (新车交付).

    The day care begins with: the promised time kept, the list signed, the service
    advisor introduced, the first service offered. The showroom and its sale are not
    ours.
    """

    _name = "dealer.new.car.delivery"
    _description = "New Car Delivery"
    _inherit = [
        "dealer.process.mixin",
        "dealer.numbered.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_promised desc, id desc"
    _rec_names_search = ["name", "license_plate", "vin"]
    _check_company_auto = True
    _is_sealed = True
    _transitions = TRANSITIONS
    _RECORDED_FIELDS = frozenset(
        {
            "state",
            "date_promised_first",
            "date_delivered",
            "date_introduced",
            "signature",
            "signed_by",
            "unsigned_reason",
            "cancel_reason",
        }
    )
    _COMPLETIONS = ("_number", "_keep_first_promise")
    _INTAKE = ("_give_out_list", "_ask_advisor")
    _GUARDS = ((SIGNED, "_check_open"),)
    _CONSEQUENCES = (
        (("vehicle_id",), "_give_out_list_anew"),
        (("advisor_id", "date_promised"), "_ask_advisor_anew"),
    )

    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_customer_vehicle', '=', True)]",
        tracking=True,
    )
    license_plate = fields.Char(related="vehicle_id.license_plate")
    vin = fields.Char(related="vehicle_id.vin_sn")
    partner_id = fields.Many2one(
        "res.partner",
        "Buyer",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    phone = fields.Char(related="partner_id.phone")
    user_id = fields.Many2one(
        "res.users",
        "Handed Over By",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
        tracking=True,
    )
    advisor_id = fields.Many2one(
        "res.users",
        "Service Advisor",
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
        tracking=True,
        help="Who looks after the car from now on, and is introduced at the delivery.",
    )

    # the promise
    date_promised = fields.Datetime(
        "Delivery Promised For", required=True, index=True, tracking=True
    )
    date_promised_first = fields.Datetime("First Promise", readonly=True, copy=False)
    date_delivered = fields.Datetime("Handed Over On", readonly=True, copy=False)
    is_on_time = fields.Boolean(
        "On Time",
        compute="_compute_is_on_time",
        store=True,
        help="Handed over no later than was promised first.",
    )
    on_time_rate = fields.Float(
        "On Time (%)",
        compute="_compute_is_on_time",
        store=True,
        aggregator="avg",
        digits=(16, 1),
    )
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_late")

    # the hand-over
    odometer = fields.Integer("Odometer (km)")
    check_ids = fields.One2many("dealer.new.car.check", "delivery_id", "Delivery List")
    check_open_count = fields.Integer(
        "Open Points", compute="_compute_check_open_count"
    )
    date_introduced = fields.Datetime(
        "Advisor Introduced On", readonly=True, copy=False
    )
    first_service = fields.Selection(
        [
            ("booked", "Booked"),
            ("later", "Will Be Called"),
            ("declined", "Goes Elsewhere"),
        ],
        copy=False,
        tracking=True,
        help="What the customer said when the first service was offered.",
    )
    next_service_date = fields.Date(related="vehicle_id.next_service_date")
    signature = fields.Image(max_width=1024, max_height=1024, copy=False, readonly=True)
    signed_by = fields.Char("Received By", copy=False, readonly=True)
    unsigned_reason = fields.Char("Reason for No Signature", copy=False, readonly=True)
    state = fields.Selection(
        STATES,
        required=True,
        default="planned",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    cancel_reason = fields.Char("Why It Was Called Off", readonly=True, copy=False)
    note = fields.Text("Remarks")

    _open_uniq = models.UniqueIndex(
        "(vehicle_id) WHERE state = 'planned'",
        "This car is already planned to be handed over.",
    )
    _check_odometer = models.Constraint(
        "CHECK(odometer BETWEEN 0 AND 9999)",
        "A new car has driven from 0 to 9,999 km.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("name", "license_plate", "vin")
    def _compute_display_name(self):
        for delivery in self:
            car = delivery.license_plate or delivery.vin
            delivery.display_name = " ".join(filter(None, (delivery.name, car)))

    @api.depends("date_delivered", "date_promised_first")
    def _compute_is_on_time(self):
        for delivery in self:
            delivered = delivery.date_delivered
            kept = bool(delivered and delivered <= delivery.date_promised_first)
            delivery.is_on_time = kept
            delivery.on_time_rate = 100.0 * kept

    @api.depends("state", "date_promised")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for delivery in self:
            promised = delivery.date_promised
            delivery.is_late = bool(
                delivery.state == "planned" and promised and promised < now
            )

    def _search_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = [("state", "=", "planned"), ("date_promised", "<", "now")]
        return late if True in value else ["!", "&", *late]

    @api.depends("check_ids.is_done", "check_ids.is_mandatory")
    def _compute_check_open_count(self):
        for delivery in self:
            delivery.check_open_count = len(delivery._open_checks())

    def _open_checks(self):
        return self.check_ids.filtered(lambda c: c.is_mandatory and not c.is_done)

    # ------------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------------

    @api.constrains("vehicle_id", "partner_id", "state")
    def _check_not_sold(self):
        """The car is in stock, or already entered for its buyer, and not sold yet.

        Whoever plans a delivery gives nobody the car of another customer.
        """
        for delivery in self.filtered(lambda d: d.state == "planned"):
            # whose car it is, whichever shop may read it
            car = delivery.sudo().vehicle_id
            if car.sale_date and car.owner_id == delivery.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(car)s was handed over to %(name)s on %(day)s. A used car is "
                        "not handed over by this list.",
                        car=car.display_name,
                        name=car.owner_id.name,
                        day=car.sale_date,
                    )
                )
            if car.owner_id - delivery.company_id.partner_id - delivery.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(car)s is not in stock, it is the car of a customer. A new "
                        "owner is entered on the card of the car.",
                        car=car.display_name,
                    )
                )
            if delivery.partner_id == delivery.company_id.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(car)s: the buyer is the customer, not the shop itself.",
                        car=car.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _keep_first_promise(self, vals_list):
        """What was promised first is what the hand-over is measured by."""
        yesterday = fields.Datetime.now() - timedelta(days=1)
        for vals in vals_list:
            promised = fields.Datetime.to_datetime(vals.get("date_promised"))
            if promised and promised < yesterday and not self.env.su:
                raise UserError(
                    self.env._(
                        "“%(field)s” is a day of the past. A new car is planned before "
                        "it is handed over.",
                        field=self._field_label("date_promised"),
                    )
                )
            vals["date_promised_first"] = promised

    def _check_open(self, vals):
        """:raise UserError: for what was signed, or what measures the hand-over"""
        for name in SIGNED:
            changed = self._would_change(vals, name) if name in vals else self.browse()
            ended = changed.filtered(lambda d: d.state != "planned")
            if ended:
                raise UserError(
                    self.env._(
                        "%(delivery)s is “%(state)s”: “%(field)s” stays as it is.",
                        delivery=ended[0].display_name,
                        state=ended[0]._state_label(),
                        field=self._field_label(name),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_planned(self):
        for delivery in self:
            if delivery.state == "delivered":
                raise UserError(
                    self.env._(
                        "%s is part of the history of the car and stays.",
                        delivery.display_name,
                    )
                )
