"""The gate of the demo dealership: a guard's phone, a road test, and sublet work."""

from odoo import api, models

#: State of the visit, why its car goes out, and whether the guard has seen it.
SENT_OUT = (("quality", "road_test", True), ("working", "sublet", False))


class DealerGateDevice(models.Model):
    """Loading of the demo gate."""

    _name = "dealer.gate.device"
    _inherit = "dealer.gate.device"

    @api.model
    def _load_demo(self):
        """A gate with a link, and cars that were sent out today. Loads once."""
        if self.search_count([]):
            return
        shop = self.env.company
        shop.dealer_gate_pass = True
        gate = self.create({"name": "北门"})
        gate.action_renew_link()
        for state, reason, is_out in SENT_OUT:
            visit = self.env["dealer.reception"].search(
                [
                    ("state", "=", state),
                    ("company_id", "=", shop.id),
                    ("is_away", "=", False),
                ],
                limit=1,
            )
            if visit:
                gate_pass = visit.with_user(visit.advisor_id).action_send_out(reason)
                if is_out:
                    # the guard has the link of the gate, and no rights
                    gate_pass.sudo()._let_out(gate)
