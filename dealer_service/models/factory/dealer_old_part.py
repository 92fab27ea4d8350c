from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import groups
from ...tools.arguments import TEXT, arguments

PART_STATES = [
    ("kept", "In the Store"),
    ("listed", "On a Return List"),
    ("returned", "Returned"),
    ("scrapped", "Scrapped"),
]


class DealerOldPart(models.Model):
    """A replaced warranty part (旧件): tagged, kept, and sent back or scrapped.

    Without its old part a claim is not paid, and the manufacturer asks for it months
    later.
    """

    _name = "dealer.old.part"
    _description = "Old Part"
    _inherit = ["dealer.process.mixin", "dealer.numbered.mixin"]
    _order = "date_kept_until, id"
    _check_company_auto = True
    _COMPLETIONS = ("_number",)
    _RECORDED_FIELDS = frozenset(
        {
            "claim_id",
            "company_id",
            "date_kept_until",
            "date_out",
            "line_id",
            "name",
            "out_reason",
            "out_user_id",
            "quantity",
            "return_id",
        }
    )
    _transitions = frozenset(
        {
            ("kept", "listed"),
            ("listed", "kept"),
            ("listed", "returned"),
            ("kept", "scrapped"),
        }
    )

    name = fields.Char("Tag")
    company_id = fields.Many2one(
        "res.company", "Shop", required=True, readonly=True, index=True
    )
    line_id = fields.Many2one(
        "dealer.warranty.claim.line",
        "Line of the Claim",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    claim_id = fields.Many2one(
        "dealer.warranty.claim",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    vehicle_id = fields.Many2one(related="claim_id.vehicle_id", string="Car")
    license_plate = fields.Char(related="claim_id.license_plate")
    partner_id = fields.Many2one(
        related="claim_id.partner_id", store=True, index=True, string="Manufacturer"
    )
    product_id = fields.Many2one(
        related="line_id.product_id", store=True, string="Part"
    )
    part_code = fields.Char(related="line_id.operation_code", string="Part Number")
    quantity = fields.Float(readonly=True, digits="Product Unit")
    place = fields.Char("Shelf", help="Where the part lies.")
    state = fields.Selection(
        PART_STATES,
        required=True,
        readonly=True,
        default="kept",
        copy=False,
        index=True,
    )
    date_kept_until = fields.Date("Keep Until", required=True, readonly=True)
    return_id = fields.Many2one(
        "dealer.old.part.return",
        "Return List",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    date_out = fields.Datetime("Sent or Scrapped On", readonly=True, copy=False)
    out_user_id = fields.Many2one(
        "res.users", "Given Out By", readonly=True, copy=False, ondelete="restrict"
    )
    out_reason = fields.Char("Scrapped Because", readonly=True, copy=False)

    _kept_idx = models.Index(
        "(company_id, date_kept_until) WHERE state IN ('kept', 'listed')"
    )

    @api.depends("name", "product_id")
    def _compute_display_name(self):
        for part in self:
            part.display_name = " ".join(
                filter(None, (part.name, part.product_id.name))
            )

    @api.model
    def _keep_for(self, lines):
        """Tag what was replaced for these lines of claims."""
        return self._create_by_method(
            [
                {
                    "company_id": line.company_id.id,
                    "claim_id": line.claim_id.id,
                    "line_id": line.id,
                    "quantity": line.quantity,
                    "date_kept_until": line.claim_id.date_repair
                    + timedelta(days=line.company_id.dealer_old_part_days),
                }
                for line in lines
            ]
        )

    def action_put_on_list(self):
        """Put them on a new list of parts that go back to the manufacturer."""
        self.check_access("write")
        for part in self:
            part._check_move("listed")
        lists = self.env["dealer.old.part.return"]
        for (shop, partner), parts in self.grouped(
            lambda part: (part.company_id, part.partner_id)
        ).items():
            new = lists.create({"company_id": shop.id, "partner_id": partner.id})
            parts._write_by_method({"state": "listed", "return_id": new.id})
            lists |= new
        return lists._get_records_action(name=self.env._("Return Lists"))

    def action_take_off_list(self):
        """They stay here for now."""
        self.check_access("write")
        for part in self:
            part._check_move("kept")
        return self._write_by_method({"state": "kept", "return_id": False})

    def action_ask_scrapping(self):
        """Ask why it is scrapped, then do it."""
        self.ensure_one()
        self._check_move("scrapped")
        return self.env["dealer.reason.wizard"]._open("scrap_old_part", self)

    @arguments(reason=TEXT)
    def action_scrap(self, reason=None):
        """The manufacturer does not want it.

        :raise UserError: for everybody but a service manager while the part is to be
            kept, and without a reason
        """
        self.check_access("write")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the part is scrapped."))
        for part in self:
            part._check_move("scrapped")
            part._check_may_scrap()
        return self._write_by_method(
            {"state": "scrapped", "out_reason": reason, **self._out_now()}
        )

    def _check_may_scrap(self):
        """:raise UserError: while the manufacturer may still ask for the part"""
        self.ensure_one()
        is_over = self.date_kept_until < self.company_id._dealer_today()
        is_settled = self.claim_id.state == "settled"
        if is_over and is_settled:
            return
        if not (self.env.su or self.env.user.has_group(groups.MANAGER)):
            raise UserError(
                self.env._(
                    "%(part)s is kept until %(day)s and until its claim is settled. "
                    "Only a service manager scraps it before.",
                    part=self.display_name,
                    day=fields.Date.to_string(self.date_kept_until),
                )
            )

    @api.model
    def _out_now(self):
        return {"date_out": fields.Datetime.now(), "out_user_id": self.env.uid}
