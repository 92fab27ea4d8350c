from odoo import fields, models


class DealerReasonWizard(models.TransientModel):
    """The reasons that the complaint desk is asked for."""

    _name = "dealer.reason.wizard"
    _inherit = "dealer.reason.wizard"

    kind = fields.Selection(
        selection_add=[("refuse_pause", "Refuse the Pause")],
        ondelete={"refuse_pause": "cascade"},
    )

    def _actions(self):
        return super()._actions() | {
            "refuse_pause": ("dealer.complaint.pause.request", "action_refuse")
        }
