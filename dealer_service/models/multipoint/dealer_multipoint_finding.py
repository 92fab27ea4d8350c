from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.picture import check_picture
from .dealer_multipoint_item import WORSE

COLOURS = [
    ("green", "In Order"),
    ("amber", "Soon"),
    ("red", "At Once"),
    ("none", "Not on This Car"),
]
#: What is to be done about.
BAD = ("amber", "red")


class DealerMultipointFinding(models.Model):
    """How one item was found: the value, the limits it was judged by, who and when."""

    _name = "dealer.multipoint.finding"
    _description = "Finding of an Inspection"
    _inherit = ["dealer.recorded.mixin"]
    _order = "sheet_id desc, sequence, id"
    _rec_name = "item_id"
    # judging is the only way to a finding
    _is_sealed = True
    _RECORDED_FIELDS = frozenset(
        {
            "sheet_id",
            "item_id",
            "colour",
            "is_measured",
            "value",
            "unit",
            "worse",
            "limit_amber",
            "limit_red",
            "note",
            "photo",
            "has_photo",
            "video",
            "has_video",
            "user_id",
            "date",
            "former",
            "date_offered",
            "decision",
            "order_line_ids",
        }
    )

    sheet_id = fields.Many2one(
        "dealer.multipoint.sheet",
        "Inspection",
        required=True,
        index=True,
        ondelete="cascade",
    )
    reception_id = fields.Many2one(
        related="sheet_id.reception_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="sheet_id.company_id", store=True, precompute=True, index=True
    )
    vehicle_id = fields.Many2one(
        related="sheet_id.vehicle_id",
        string="Car",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    car_model_id = fields.Many2one(
        related="vehicle_id.model_id",
        string="Model",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    odometer = fields.Integer(related="sheet_id.odometer", aggregator=None)
    state = fields.Selection(
        related="sheet_id.state", string="Inspection State", store=True, precompute=True
    )
    item_id = fields.Many2one(
        "dealer.multipoint.item", required=True, index=True, ondelete="restrict"
    )
    code = fields.Char(related="item_id.code", store=True, precompute=True)
    sequence = fields.Integer(related="item_id.sequence", store=True, precompute=True)
    area = fields.Selection(related="item_id.area", store=True, precompute=True)

    # how it was found
    colour = fields.Selection(COLOURS, "Result", required=True, readonly=True)
    is_measured = fields.Boolean("Measured", readonly=True)
    value = fields.Float(digits=(8, 2), readonly=True, aggregator="avg")
    note = fields.Char("What Was Seen", readonly=True)
    photo = fields.Image(max_width=1920, max_height=1920, readonly=True)
    has_photo = fields.Boolean("With a Photo", readonly=True)
    video = fields.Binary(attachment=True, readonly=True)
    has_video = fields.Boolean("With a Video", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Judged By",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    date = fields.Datetime("Judged On", required=True, readonly=True)
    former = fields.Json(
        "Former Judgements",
        readonly=True,
        help="Colour, value, person and time of each judgement that was replaced.",
    )
    is_changed = fields.Boolean(
        "Judged Again", compute="_compute_is_changed", store=True
    )

    # what it was judged by
    unit = fields.Char(readonly=True)
    worse = fields.Selection(WORSE, "Direction", readonly=True)
    limit_amber = fields.Float("Amber Limit", digits=(8, 2), readonly=True)
    limit_red = fields.Float("Red Limit", digits=(8, 2), readonly=True)

    # what became of it
    date_offered = fields.Datetime("Offered On", readonly=True)
    decision = fields.Selection(
        [
            ("pending", "Undecided"),
            ("approved", "Approved"),
            ("declined", "Declined"),
        ],
        "Customer's Decision",
        readonly=True,
        help="About the work that was offered for it.",
    )

    _item_uniq = models.UniqueIndex(
        "(sheet_id, item_id)", "An item is judged once in an inspection."
    )
    _trend_idx = models.Index("(vehicle_id, code)")
    _report_idx = models.Index("(company_id, date) WHERE colour IN ('amber', 'red')")

    @api.depends("former")
    def _compute_is_changed(self):
        for finding in self:
            finding.is_changed = bool(finding.former)

    @api.depends("item_id.name")
    def _compute_display_name(self):
        for finding in self:
            finding.display_name = finding.item_id.name

    @api.constrains("photo")
    def _check_photo(self):
        check_picture(self, "photo")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sheet(self):
        """A finding is of the history of the car.

        :raise UserError: for whoever takes one off
        """
        if self and not self.env.su:
            # a colleague is no secret, whoever may read users
            person = self[0].sudo().user_id.name
            raise UserError(
                self.env._(
                    "“%(item)s” was judged by %(person)s and stays on the sheet. Judge "
                    "it again instead; the former judgement is kept.",
                    item=self[0].display_name,
                    person=person,
                )
            )

    def _to_offer(self):
        """What the customer has not been offered yet."""
        return self.filtered(
            lambda finding: finding.colour in BAD and not finding.date_offered
        )

    def _value_text(self):
        """The value as people read it: 1.5 mm, 12.4 V."""
        self.ensure_one()
        if not self.is_measured:
            return ""
        return self._with_unit(self.value)

    def _with_unit(self, value):
        return f"{value:g} {self.unit or ''}".strip()
