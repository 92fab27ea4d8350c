from odoo import api, fields, models


class DealerWaitingCare(models.Model):
    """What was done for a customer who waits here (等待关怀)."""

    _name = "dealer.waiting.care"
    _description = "Care While Waiting"
    _inherit = ["dealer.label.mixin"]
    _order = "date desc, id desc"
    _rec_name = "kind"

    reception_id = fields.Many2one(
        "dealer.reception", "Visit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    kind = fields.Selection(
        [
            ("progress", "Progress Report"),
            ("drink", "Drink or Snack"),
            ("workshop_visit", "Workshop Visit"),
            ("other", "Other"),
        ],
        required=True,
        default="progress",
    )
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        "By",
        default=lambda self: self.env.user,
        help="The person who informed or served the customer, or accompanied the "
        "customer into the workshop.",
    )
    is_done = fields.Boolean("Done", default=True)
    note = fields.Char()

    @api.model_create_multi
    def create(self, vals_list):
        cares = super().create(vals_list)
        cares.reception_id._refresh_progress_due()
        return cares

    def write(self, vals):
        visits = self.reception_id
        result = super().write(vals)
        (visits | self.reception_id)._refresh_progress_due()
        return result

    def unlink(self):
        """A report that was not made after all: the customer waits for it again."""
        visits = self.reception_id
        result = super().unlink()
        visits._refresh_progress_due()
        return result
