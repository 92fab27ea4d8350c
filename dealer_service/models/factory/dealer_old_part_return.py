from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.actions import open_dialog


class DealerOldPartReturn(models.Model):
    """Old parts that go back to the manufacturer in one parcel (旧件返回清单)."""

    _name = "dealer.old.part.return"
    _description = "Return List of Old Parts"
    _inherit = ["dealer.process.mixin", "dealer.numbered.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _COMPLETIONS = ("_number",)
    _GUARDS = (
        (
            ("carrier", "company_id", "partner_id", "waybill"),
            "_check_open",
        ),
    )
    _RECORDED_FIELDS = frozenset({"date_sent", "name", "send_user_id"})
    _transitions = frozenset({("open", "sent")})

    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        "res.partner", "Manufacturer", required=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("open", "Being Packed"), ("sent", "Shipped")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
    )
    carrier = fields.Char()
    waybill = fields.Char("Waybill No.")
    part_ids = fields.One2many("dealer.old.part", "return_id", "Parts", readonly=True)
    date_sent = fields.Datetime("Shipped On", readonly=True, copy=False)
    send_user_id = fields.Many2one(
        "res.users", "Shipped By", readonly=True, copy=False, ondelete="restrict"
    )

    def _check_open(self, _vals=None):
        """:raise UserError: for a parcel that has left"""
        for parcel in self:
            if parcel.state != "open":
                raise UserError(
                    self.env._("%s was sent, and stays as it is.", parcel.name)
                )

    def action_send(self):
        """The parcel has left.

        :raise UserError: for one with nothing in it
        """
        self.check_access("write")
        for parcel in self:
            parcel._check_move("sent")
            if not parcel.part_ids:
                raise UserError(
                    self.env._("There is no part on the list %s.", parcel.name)
                )
        parts = self.part_ids
        parts._write_by_method({"state": "returned", **parts._out_now()})
        return self._write_by_method(
            {
                "state": "sent",
                "date_sent": fields.Datetime.now(),
                "send_user_id": self.env.uid,
            }
        )

    def action_open_file(self):
        """Write the list into a file for the manufacturer."""
        self.ensure_one()
        self.check_access("read")
        return open_dialog(
            self.env["dealer.factory.file"],
            self.env._("File for the Manufacturer"),
            return_id=self.id,
        )

    def action_print(self):
        """The list on paper, to be put into the parcel."""
        self.check_access("read")
        report = self.env.ref("dealer_service.action_paper_old_parts")
        return report.report_action(self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filled(self):
        for parcel in self:
            parcel._check_open()
            if parcel.part_ids:
                raise UserError(
                    self.env._(
                        "Take the parts off the list %s before it is deleted.",
                        parcel.name,
                    )
                )
