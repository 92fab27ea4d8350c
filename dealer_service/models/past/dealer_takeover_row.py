from odoo import api, fields, models

from ..orders.sale_order import DEALER_PAYERS

#: What a file says of the visit: once is enough, in any of its rows.
HEAD = (
    "license_plate",
    "vin",
    "customer_name",
    "customer_phone",
    "date_arrived",
    "date_delivered",
    "odometer",
    "advisor",
    "visit_kind",
    "concern",
)
#: What it says of one line.
LINE = (
    "line_kind",
    "code",
    "description",
    "quantity",
    "unit",
    "price",
    "amount",
    "payer",
    "technician",
    "system",
    "is_declined",
    "reason",
)
#: What a person may say of a row, in a file or in the list.
_SAID = frozenset({"number", *HEAD, *LINE})


class DealerTakeoverRow(models.Model):
    """A row of a file of the old system, as it stands there: text, not yet judged.

    The number of the old system says which rows are one visit. Head and lines may come
    in one file or in two.
    """

    _name = "dealer.takeover.row"
    _description = "Row of a Take-over"
    _inherit = ["dealer.recorded.mixin"]
    _order = "takeover_id desc, number, source, line, id"
    _rec_name = "number"
    #: Where a row stands is where it stood when it came.
    _CHOSEN_FIELDS = frozenset({"line", "source", "takeover_id"})
    _RECORDED_FIELDS = frozenset(
        {
            "amount_read",
            "customer_key",
            "date",
            "payer_meant",
            "problem",
            "state",
            *_CHOSEN_FIELDS,
        }
    )

    takeover_id = fields.Many2one(
        "dealer.takeover", "Take-over", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="takeover_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    # where it stands
    source = fields.Char("File", help="The file it came in.")
    line = fields.Integer(
        "Row",
        aggregator=None,
        help="Its row in the file. Imported again, a row replaces itself.",
    )

    # the visit
    number = fields.Char(
        "Order Number",
        default="",
        help="The number of the visit in the old system, in each of its rows.",
    )
    license_plate = fields.Char("Plate")
    vin = fields.Char("VIN")
    customer_name = fields.Char(
        "Customer",
        help="Empty: whoever owned the car on that day.",
    )
    customer_phone = fields.Char("Phone")
    date_arrived = fields.Char("Date of Arrival")
    date_delivered = fields.Char("Date of Handover")
    odometer = fields.Char("Odometer (km)")
    advisor = fields.Char("Service Advisor")
    visit_kind = fields.Char("Kind of Visit")
    concern = fields.Char("Customer's Words")

    # the line
    line_kind = fields.Char("Kind of Line")
    code = fields.Char("Part or Labour Number")
    description = fields.Char("Work or Part")
    quantity = fields.Char()
    unit = fields.Char()
    price = fields.Char("Unit Price")
    amount = fields.Char()
    payer = fields.Char()
    technician = fields.Char()
    system = fields.Char("Vehicle System")
    is_declined = fields.Char(
        "Declined", help="Yes: it was offered and the customer did not want it."
    )
    reason = fields.Char("Reason for Declining")

    customer_key = fields.Char(
        "Phone (Key)",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="By it the rows of somebody who is to be forgotten are found.",
    )

    # what was found
    state = fields.Selection(
        [
            ("unread", "Not Checked"),
            ("ready", "Ready to Take Over"),
            ("known", "Known Already"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="unread",
        copy=False,
    )
    problem = fields.Text(
        "Why It Is Refused", readonly=True, copy=False, help="And what to do."
    )
    date = fields.Date("Day", readonly=True, copy=False)
    payer_meant = fields.Selection(DEALER_PAYERS, "Who Paid", readonly=True, copy=False)
    amount_read = fields.Monetary("Amount as Read", readonly=True, copy=False)

    _work_idx = models.Index("(takeover_id, state, number)")
    _number_idx = models.Index("(takeover_id, number)")
    _place_uniq = models.UniqueIndex(
        "(takeover_id, source, line) WHERE source IS NOT NULL",
        "This row of the file is loaded already.",
    )

    @api.depends("number", "line")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._(
                "%(number)s, row %(row)s", number=row.number or "?", row=row.line
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._keep_keys()
        rows.takeover_id._reopen()
        return rows

    def write(self, vals):
        """Whoever mends a row has it checked again."""
        if self._is_by_method() or not _SAID & vals.keys():
            return super().write(vals)
        takeovers = self.takeover_id
        takeovers._check_idle()
        if "number" in vals:
            vals = {**vals, "number": (vals["number"] or "").strip()}
        result = super().write(vals)
        takeovers._reopen()
        self._write_by_method({"state": "unread", "problem": False})
        self._keep_keys()
        return result

    def _keep_keys(self):
        for row in self:
            key = self.env["res.partner"]._phone_to_key(row.customer_phone)
            if key != row.customer_key:
                row._write_by_method({"customer_key": key})

    def unlink(self):
        if not self._is_by_method():
            self.takeover_id._check_idle()
        return super().unlink()
