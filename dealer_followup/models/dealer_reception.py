from odoo import models

from .dealer_followup import OPEN_STATES


class DealerReception(models.Model):
    """A visit that ends makes its callbacks, and settles what invited to it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    _delivered_idx = models.Index("(date_delivered) WHERE state = 'delivered'")

    def _after_enter(self):
        result = super()._after_enter()
        delivered = self.filtered(lambda visit: visit.state == "delivered")
        if delivered:
            delivered._convert_followups()
            # the advisor who delivers has no rights on follow-ups
            rules = self.env["dealer.care.rule"].sudo()
            rules.search([("source", "=", "visit")])._run(delivered.ids)
        return result

    def _convert_followups(self):
        """The customer came by himself: nobody needs to invite him any more.

        Only a service settles the reminder of a service: after a tyre was mended it
        is as due as before.
        """
        # the advisor has no rights on follow-ups; other shops may have invited
        tasks = self.env["dealer.followup"].sudo()
        tasks = tasks.search(
            [
                ("vehicle_id", "in", self.vehicle_id.ids),
                ("state", "in", OPEN_STATES),
                ("rule_id.converts_on_visit", "=", True),
            ]
        )
        result = self.env.ref("dealer_followup.result_converted")
        for visit in self:
            for task in tasks.filtered(
                lambda t, car=visit.vehicle_id: t.vehicle_id == car
            ):
                source = task.rule_id.source
                if source == "next_service" and not visit.is_maintenance:
                    continue
                task._close(
                    "done", "converted", reception_id=visit.id, result_id=result.id
                )
