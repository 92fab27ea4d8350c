from odoo import api, fields, models


class DealerReasonWizard(models.TransientModel):
    """The reason for which a sold car is not handed over after all."""

    _name = "dealer.reason.wizard"
    _inherit = "dealer.reason.wizard"

    kind = fields.Selection(
        selection_add=[("cancel_new_car", "Call the Delivery Off")],
        ondelete={"cancel_new_car": "cascade"},
    )

    @api.model
    def _actions(self):
        return {
            **super()._actions(),
            "cancel_new_car": ("dealer.new.car.delivery", "action_cancel"),
        }
