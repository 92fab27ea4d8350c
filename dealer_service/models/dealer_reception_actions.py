from odoo import fields, models
from odoo.exceptions import UserError


class DealerReception(models.Model):
    """The way of a visit through its steps: one action each.

    The other files of the visit extend these methods. This one is loaded first, right
    after the record itself.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    # ------------------------------------------------------------------
    # ACTIONS: one for each step
    # ------------------------------------------------------------------

    def action_prepare(self):
        """Parts, bay, technician and history are at hand (履约准备)."""
        return self._set_state("prepared")

    def action_arrive(self):
        """The car is in the lane.

        :raise UserError: when the booking does not say which car it is for
        """
        for reception in self:
            if not reception.vehicle_id:
                raise UserError(
                    self.env._(
                        "%(visit)s has no car yet. Enter the car first, then mark "
                        "it as arrived.",
                        visit=reception.name,
                    )
                )
        return self._set_state("arrived")

    def action_greet(self):
        """The advisor has spoken to the customer first (迎接). Stamped once."""
        now = fields.Datetime.now()
        for reception in self:
            if reception.state != "arrived":
                raise UserError(
                    self.env._(
                        "%(visit)s is “%(state)s”: customers are greeted on arrival.",
                        visit=reception.name,
                        state=reception._state_label(),
                    )
                )
        self.filtered(lambda r: not r.date_greeted)._write_by_method(
            {"date_greeted": now}
        )
        return True

    def action_inspect(self):
        """The walk-around with the customer is done (环检)."""
        return self._set_state("inspected")

    def action_authorize(self):
        """The customer has consented to the estimate and knows the promised time."""
        return self._set_state("authorized")

    def action_start(self):
        """The workshop begins."""
        return self._set_state("working")

    def action_finish(self):
        """The workshop is done; the car goes to the quality check."""
        return self._set_state("quality")

    def action_pass(self):
        """The final inspection was passed. The car may be prepared for delivery."""
        now = fields.Datetime.now()
        for reception in self:
            if reception.state != "quality":
                raise UserError(
                    self.env._(
                        "%(visit)s is “%(state)s”: only a car in the quality check can"
                        " pass it.",
                        visit=reception.name,
                        state=reception._state_label(),
                    )
                )
        self.filtered(lambda r: not r.date_passed)._write_by_method(
            {"date_passed": now}
        )
        return True

    def action_fail(self):
        """The quality check was failed: back to the workshop, counted as rework."""
        for reception in self:
            reception._check_move("working")
            reception._write_by_method(
                {"rework_count": reception.rework_count + 1, "date_passed": False}
            )
        return self._set_state("working")

    def action_ready(self):
        """Washed, settings as found, papers complete; the customer may be called."""
        for reception in self:
            reception._check_move("ready")
            if not reception.date_passed:
                raise UserError(
                    self.env._(
                        "%(visit)s has not passed the final inspection yet.",
                        visit=reception.name,
                    )
                )
        return self._set_state("ready")

    def action_settle(self):
        """The settlement was explained and agreed to (结算解释)."""
        return self._set_state("settled")

    def action_deliver(self, unsigned_reason=None):
        """The key is handed over (交车送行).

        :param str unsigned_reason: why the customer has not signed for the car
        """
        return self._set_state("delivered")

    def action_no_show(self):
        """The customer did not come."""
        return self._set_state("no_show")

    def action_cancel(self):
        """The visit does not take place."""
        return self._set_state("cancelled")
