from odoo import api, models


class DealerReasonWizard(models.TransientModel):
    """A shop says of its own cars what was done, also in a list of the group."""

    _name = "dealer.reason.wizard"
    _inherit = "dealer.reason.wizard"

    @api.model
    def _check_may(self, kind, record):
        if kind in ("campaign_elsewhere", "campaign_not_done"):
            return record._check_may_record()
        return super()._check_may(kind, record)
