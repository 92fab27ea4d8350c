from odoo import api, models


class DealerSlaReplanMixin(models.AbstractModel):
    """Rows that working time is made of: when one is entered, edited or removed, the
    running timers that depend on it are counted anew."""

    _name = "dealer.sla.replan.mixin"
    _description = "Part of Working Time"

    def _dealer_replan_keys(self):
        """:return: ``(calendar id, company id)`` of each row; a falsy one means all"""
        return []

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._dealer_replan()
        return rows

    def write(self, vals):
        self._dealer_replan()
        result = super().write(vals)
        self._dealer_replan()
        return result

    @api.ondelete(at_uninstall=False)
    def _dealer_replan_on_unlink(self):
        self._dealer_replan()

    def _dealer_replan(self):
        self.env["dealer.sla.replan"]._queue_calendars(self._dealer_replan_keys())
