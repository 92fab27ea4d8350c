from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import groups
from ...tools.customer_words import MAX_CODE, MAX_LINE, check_length
from .product_template_claim import CLAIM_KINDS

CLAIM_STATES = [
    ("draft", "To Claim"),
    ("submitted", "Submitted"),
    ("answered", "Answer Received"),
    ("settled", "Claim Settled"),
]
#: What is claimed: fixed once the manufacturer has it.
CLAIMED = (
    "causal_line_id",
    "cause",
    "fault_code",
    "fault_text",
    "kind",
    "odometer",
    "photo_ids",
)


class DealerWarrantyClaim(models.Model):
    """Warranty work of one order, until the manufacturer has paid or refused it (索赔).

    Made by the settlement, and by nobody else. It names what failed and why; the
    manufacturer answers line by line; what was approved is invoiced, and a service
    manager decides who bears the rest. See decision 0034.
    """

    _name = "dealer.warranty.claim"
    _description = "Warranty Claim"
    _inherit = [
        "dealer.process.mixin",
        "dealer.numbered.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _COMPLETIONS = ("_number",)
    _GUARDS = ((CLAIMED, "_check_draft"), (("factory_number",), "_check_not_settled"))
    _CONSEQUENCES = ((("photo_ids",), "_bind_photos"),)
    _RECORDED_FIELDS = frozenset(
        {
            "asked_total",
            "company_id",
            "date_answered",
            "date_deadline",
            "date_repair",
            "date_settled",
            "date_submitted",
            "given_up_reason",
            "name",
            "order_id",
            "partner_id",
            "reception_id",
            "submit_user_id",
            "vehicle_id",
        }
    )
    _transitions = frozenset(
        {
            ("draft", "submitted"),
            ("draft", "answered"),
            ("submitted", "draft"),
            ("submitted", "answered"),
            ("answered", "submitted"),
            ("answered", "settled"),
        }
    )

    company_id = fields.Many2one(
        "res.company", "Shop", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        CLAIM_STATES,
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    kind = fields.Selection(CLAIM_KINDS, required=True, default="repair", tracking=True)

    # of what
    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    campaign_code = fields.Char(
        "Campaign", related="order_id.dealer_campaign_car_ids.campaign_id.code"
    )
    vin = fields.Char("VIN", related="vehicle_id.vin_sn")
    license_plate = fields.Char(related="reception_id.license_plate")
    first_sale_date = fields.Date(related="vehicle_id.first_sale_date")
    date_repair = fields.Date(
        "Repaired On", required=True, readonly=True, help="The day of the settlement."
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Manufacturer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )

    # what failed
    odometer = fields.Integer("Reading (km)", aggregator=None, tracking=True)
    fault_code = fields.Char(tracking=True)
    fault_text = fields.Text("Fault", help="What the customer noticed.")
    cause = fields.Text(help="What the technician found.")
    causal_line_id = fields.Many2one(
        "dealer.warranty.claim.line",
        "Causal Part",
        index="btree_not_null",
        domain="[('claim_id', '=', id), ('line_kind', '=', 'part')]",
        help="The part whose failure made the repair necessary.",
    )
    photo_ids = fields.Many2many(
        "ir.attachment",
        "dealer_warranty_claim_photo_rel",
        string="Photos",
        copy=False,
        bypass_search_access=True,
    )

    # how much
    line_ids = fields.One2many("dealer.warranty.claim.line", "claim_id", "Lines")
    old_part_ids = fields.One2many("dealer.old.part", "claim_id", "Old Warranty Parts")
    asked_total = fields.Monetary(
        "Settled At",
        readonly=True,
        currency_field="order_currency_id",
        help="What the settlement of the visit says, taxes included.",
    )
    order_currency_id = fields.Many2one(
        related="order_id.currency_id", string="Currency of the Order"
    )
    amount_claimed = fields.Monetary(compute="_compute_amounts", store=True)
    amount_approved = fields.Monetary(compute="_compute_amounts", store=True)
    amount_refused = fields.Monetary(
        "Cut or Refused",
        compute="_compute_amounts",
        store=True,
        help="What of the claim the manufacturer does not pay.",
    )

    # the way
    date_deadline = fields.Date("Claim Until", readonly=True, index=True)
    is_late = fields.Boolean(
        "Past the Deadline", compute="_compute_is_late", search="_search_is_late"
    )
    age = fields.Integer(
        "Age (days)",
        compute="_compute_age",
        help="Since the repair, or since the manufacturer has had the claim.",
    )
    date_submitted = fields.Datetime("Submitted On", readonly=True, copy=False)
    submit_user_id = fields.Many2one(
        "res.users", "Submitted By", readonly=True, copy=False, ondelete="restrict"
    )
    factory_number = fields.Char(
        "Number of the Manufacturer", index="btree_not_null", tracking=True
    )
    date_answered = fields.Datetime("Answer Received On", readonly=True, copy=False)
    date_settled = fields.Datetime("Claim Settled On", readonly=True, copy=False)
    given_up_reason = fields.Char("Not Claimed Because", readonly=True, copy=False)
    invoice_state = fields.Selection(
        [
            ("none", "To Invoice"),
            ("draft", "Draft Invoice"),
            ("posted", "Invoiced"),
            ("paid", "Paid"),
        ],
        "Invoice",
        compute="_compute_invoice_state",
        store=True,
        compute_sudo=True,
        help="Of what was approved. Empty: nothing is to be invoiced.",
    )

    _open_idx = models.Index(
        "(company_id, date_deadline) WHERE state IN ('draft', 'submitted', 'answered')"
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("name", "license_plate")
    def _compute_display_name(self):
        for claim in self:
            claim.display_name = " ".join(
                filter(None, (claim.license_plate, claim.name))
            )

    @api.depends("line_ids.amount_claimed", "line_ids.amount_approved", "state")
    def _compute_amounts(self):
        for claim in self:
            lines = claim.line_ids
            claim.amount_claimed = sum(lines.mapped("amount_claimed"))
            claim.amount_approved = sum(lines.mapped("amount_approved"))
            is_known = claim.state in ("answered", "settled")
            rest = claim.amount_claimed - claim.amount_approved
            claim.amount_refused = rest if is_known else 0.0

    @api.depends("date_deadline", "state")
    def _compute_is_late(self):
        for claim in self:
            claim.is_late = bool(
                claim.state == "draft"
                and claim.date_deadline
                and claim.date_deadline < claim.company_id._dealer_today()
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain.OR(
            Domain("company_id", "=", shop.id)
            & Domain("date_deadline", "<", shop._dealer_today())
            for shop in self.env.companies
        )
        late &= Domain("state", "=", "draft")
        return late if True in value else ~late

    @api.depends("state", "date_repair", "date_submitted")
    def _compute_age(self):
        for claim in self:
            shop = claim.company_id
            since = claim.date_repair
            if claim.date_submitted:
                since = shop._dealer_day(claim.date_submitted)
            is_over = claim.state == "settled" and claim.date_settled
            until = (
                shop._dealer_day(claim.date_settled)
                if is_over
                else shop._dealer_today()
            )
            claim.age = max((until - since).days, 0) if since else 0

    @api.depends(
        "state",
        "amount_approved",
        "line_ids.move_line_ids.parent_state",
        "line_ids.move_line_ids.move_id.payment_state",
    )
    def _compute_invoice_state(self):
        for claim in self:
            bills = claim._factory_bills()
            is_known = claim.state in ("answered", "settled")
            if not bills:
                is_owed = is_known and claim.amount_approved
                claim.invoice_state = "none" if is_owed else False
            elif any(bill.state == "draft" for bill in bills):
                claim.invoice_state = "draft"
            elif any(bill.payment_state != "paid" for bill in bills):
                claim.invoice_state = "posted"
            else:
                claim.invoice_state = "paid"

    def _factory_bills(self):
        """The living invoices to the manufacturer."""
        # whoever looks after claims need not have rights on invoices
        moves = self.sudo().line_ids.move_line_ids.move_id
        return moves.filtered(
            lambda move: (
                move.move_type == "out_invoice"
                and move.dealer_payer == "warranty"
                and move.state != "cancel"
                and move.payment_state != "reversed"
            )
        )

    # ------------------------------------------------------------------
    # CONSTRAINTS AND GUARDS
    # ------------------------------------------------------------------

    @api.constrains("fault_code", "fault_text", "cause", "factory_number")
    def _check_words(self):
        check_length(self, "fault_code", "factory_number", most=MAX_CODE)
        check_length(self, "fault_text", "cause", most=MAX_LINE)

    @api.constrains("odometer")
    def _check_odometer(self):
        for claim in self:
            if claim.odometer < 0:
                raise ValidationError(
                    self.env._("%s: a reading cannot be negative.", claim.name)
                )

    @api.constrains("causal_line_id")
    def _check_causal_line(self):
        for claim in self:
            line = claim.causal_line_id
            if line and (line.claim_id != claim or line.line_kind != "part"):
                raise ValidationError(
                    self.env._(
                        "%s: the causal part is one of the parts of the claim.",
                        claim.name,
                    )
                )

    def _bind_photos(self, _change):
        """Photos are seen with the claim: nobody shows what he may not see himself."""
        for claim in self:
            claim.photo_ids.check_access("read")
            loose = claim.photo_ids.filtered(lambda photo: not photo.res_id)
            loose.write({"res_model": self._name, "res_id": claim.id})

    def _check_draft(self, _vals=None):
        """:raise UserError: for what the manufacturer has in hand"""
        for claim in self:
            if claim.state != "draft":
                raise UserError(
                    self.env._(
                        "%(claim)s is “%(state)s”, and what was claimed stays as it "
                        "is. If the manufacturer has sent it back, use “Sent Back”.",
                        claim=claim.name,
                        state=claim._state_label(),
                    )
                )

    def _check_not_settled(self, _vals=None):
        """:raise UserError: for a claim that is over"""
        for claim in self:
            if claim.state == "settled":
                raise UserError(
                    self.env._("%s is settled, and stays as it is.", claim.name)
                )

    def _check_decides(self):
        """:raise UserError: for who may not decide about the shop's own money"""
        if not (self.env.su or self.env.user.has_group(groups.MANAGER)):
            raise UserError(
                self.env._(
                    "Only a service manager decides what becomes of work that the "
                    "manufacturer does not pay."
                )
            )

    @api.model
    def _deadline(self, shop, day):
        return day + timedelta(days=shop.dealer_claim_days)

    def _claim_row(self):
        """Have the claims to oneself: nothing is invoiced or decided twice."""
        self.env.cr.execute(
            "UPDATE dealer_warranty_claim SET id = id WHERE id = ANY(%s)", (self.ids,)
        )
        self.invalidate_recordset(["state"])
