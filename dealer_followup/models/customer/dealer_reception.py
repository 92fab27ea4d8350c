from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from ..call.dealer_followup import OPEN_STATES


class DealerReception(models.Model):
    """A visit that ends makes its callbacks, and settles what invited to it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"
    _CONSEQUENCES = ((("state",), "_withdraw_callbacks"),)
    _ENTER_STEPS = (
        (("delivered",), "_convert_followups"),
        (("delivered", "left"), "_make_callbacks"),
    )

    _delivered_idx = models.Index("(date_delivered) WHERE state = 'delivered'")
    # how often a car came for its service, and when it did last
    _service_idx = models.Index(
        "(vehicle_id, date_arrived DESC) WHERE state = 'delivered' AND is_maintenance"
    )
    _left_idx = models.Index("(date_left) WHERE state = 'left'")

    def _make_callbacks(self):
        # the advisor who delivers has no rights on follow-ups
        rules = self.env["dealer.care.rule"].sudo()
        rules.search([("source", "in", ("visit", "left"))])._run(self.ids)

    def _withdraw_callbacks(self, change):
        """Who has no car back after all is asked how it went once he has it."""
        back = self.filtered(lambda visit: change.was(visit, "state") == "delivered")
        if back:
            # as above
            tasks = self.env["dealer.followup"].sudo()
            tasks.search(
                [
                    ("visit_id", "in", back.ids),
                    ("rule_id.source", "=", "visit"),
                    ("state", "in", OPEN_STATES),
                ]
            )._close("cancelled", "cause_gone")

    def _convert_followups(self):
        """The customer came: by himself, and nobody needs to invite him any more; or
        because he was called, and the call has led to a visit.

        Only a service settles the reminder of a service: after a tyre was mended it
        is as due as before.
        """
        # the advisor has no rights on follow-ups; other shops may have invited
        tasks = self.env["dealer.followup"].sudo()
        called = Domain("state", "in", ("done", "failed")) & Domain(
            "attempt_ids.is_connected", "=", True
        )
        tasks = tasks.search(
            Domain("vehicle_id", "in", self.vehicle_id.ids)
            & Domain("rule_id.converts_on_visit", "=", True)
            & Domain("reception_id", "=", False)
            & (Domain("state", "in", OPEN_STATES) | called)
        )
        result = self.env.ref("dealer_followup.result_converted")
        for visit in self:
            for task in tasks.filtered(
                lambda t, car=visit.vehicle_id: t.vehicle_id == car
            ):
                source = task.rule_id.source
                if source == "next_service" and not visit.is_maintenance:
                    continue
                if source == "campaign" and not task._is_campaign_done():
                    continue
                if task.state in OPEN_STATES:
                    task._close(
                        "done", "converted", reception_id=visit.id, result_id=result.id
                    )
                elif task._has_led_to(visit):
                    task._write_by_method({"reception_id": visit.id})


class DealerFollowup(models.Model):
    """What a call has led to."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    def _is_campaign_done(self):
        """Whether what the manufacturer wants done to the car was done."""
        self.ensure_one()
        _cause, _mark, number = (self.anchor_key or "").partition(":")
        # whoever calls need not have rights on the lists of the manufacturer
        row = self.env["dealer.factory.campaign.car"].sudo().browse(int(number or 0))
        return row.exists().state == "done"

    def _has_led_to(self, visit):
        """Whether the car came after the last call, and soon enough."""
        self.ensure_one()
        wait = visit.date_arrived - self.date_closed
        limit = timedelta(days=self.company_id.dealer_conversion_days)
        return timedelta(0) <= wait <= limit
