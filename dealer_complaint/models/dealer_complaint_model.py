from odoo import api, fields, models


class DealerComplaint(models.Model):
    """About which kind of car: told also when the car itself is not known."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    model_id = fields.Many2one(
        "fleet.vehicle.model",
        "Car Model",
        compute="_compute_model_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    trim = fields.Char(help="Model year, engine and equipment.")

    @api.depends("vehicle_id")
    def _compute_model_id(self):
        for complaint in self:
            if complaint.vehicle_id:
                complaint.model_id = complaint.vehicle_id.model_id
