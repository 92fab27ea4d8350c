from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import groups

#: The technician's part of a concern. The customer's words are not among it.
_TECHNICIAN_FIELDS = {"cause", "correction", "fault_code", "is_solved", "system_id"}
#: What the customer sees of it on the sheet.
_SIGNED_FIELDS = ("name", "reception_id")


class DealerReceptionConcern(models.Model):
    """What the customer reports, in the customer's own words (客户诉求)."""

    _name = "dealer.reception.concern"
    _description = "Concern"
    _order = "reception_id, sequence, id"

    reception_id = fields.Many2one(
        "dealer.reception", "Visit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    vehicle_id = fields.Many2one(
        related="reception_id.vehicle_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Text(
        "Customer's Words",
        required=True,
        help="As the customer said it, not as the workshop would put it.",
    )
    system_id = fields.Many2one(
        "dealer.vehicle.system",
        index="btree_not_null",
        help="System of the car. A second visit for the same system counts as a "
        "comeback.",
    )
    fault_code = fields.Char()
    cause = fields.Text(help="What the technician found.")
    correction = fields.Text(help="What was done to fix it.")
    is_solved = fields.Boolean("Resolved")

    @api.model_create_multi
    def create(self, vals_list):
        concerns = super().create(vals_list)
        concerns._check_not_handed_over()
        return concerns

    def write(self, vals):
        if (
            not self.env.su
            and not _TECHNICIAN_FIELDS.issuperset(vals)
            and not self.env.user.has_group(groups.ADVISOR)
        ):
            raise AccessError(
                self.env._(
                    "Technicians add the cause and the correction of a concern. "
                    "Only the advisor writes down the customer's words."
                )
            )
        self._check_not_handed_over()
        for concern in self:
            if any(
                concern._fields[name].convert_to_write(concern[name], concern)
                != vals[name]
                for name in _SIGNED_FIELDS
                if name in vals
            ):
                concern._check_unsigned()
        result = super().write(vals)
        if "reception_id" in vals:
            self._check_not_handed_over()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_over(self):
        self._check_not_handed_over()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self._check_unsigned()

    def _check_unsigned(self):
        """:raise UserError: when the customer has signed the sheet that shows them"""
        if not self.env.su:
            # signed is signed, whoever may open the sheet
            self.sudo().reception_id.inspection_id._check_open()

    def _check_not_handed_over(self):
        """:raise UserError: when the customer has signed for the car, or has it"""
        if self.env.su:
            return
        over = self.reception_id.filtered(lambda visit: visit._is_handed_over())
        if over:
            raise UserError(
                self.env._(
                    "%(visits)s: the delivery checklist shows the concerns as they "
                    "were when the car was handed over. Post anything learned since "
                    "then as a message on the visit.",
                    visits=", ".join(over.mapped("name")),
                )
            )
