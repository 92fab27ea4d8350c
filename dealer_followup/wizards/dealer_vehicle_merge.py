import re

from odoo import models

from ..models.dealer_followup import OPEN_STATES

#: Causes that carry the id of their car.
_BY_CAR = re.compile(r"^(sale|insurance|inspection|warranty):(\d+)(:|$)")


class DealerVehicleMerge(models.TransientModel):
    """Two cards of one car had one cause each: one follow-up stays."""

    _name = "dealer.vehicle.merge"
    _inherit = "dealer.vehicle.merge"

    def _merge(self, kept, others):
        owners = (kept + others).owner_id
        self._merge_followups(kept, others)
        result = super()._merge(kept, others)
        # the visits of the others are its own now
        kept._update_life_cycle()
        owners._update_life_cycle()
        return result

    def _merge_followups(self, kept, others):
        """Name every cause as the kept car would, before the cars become one.

        Of two follow-ups for the same cause the one that went further stays; the other
        keeps its history under a key of its own.
        """
        # follow-ups of every caller and shop move with the car
        tasks = self.env["dealer.followup"].sudo()
        tasks = tasks.search([("vehicle_id", "in", (kept + others).ids)])
        taken = set()
        for task in tasks.sorted(
            lambda t: (t.state in OPEN_STATES, t.vehicle_id != kept)
        ):
            key = _BY_CAR.sub(rf"\g<1>:{kept.id}\g<3>", task.anchor_key)
            if (task.rule_id, key) in taken:
                key = f"{key}:merged:{task.id}"
                task._close("cancelled", "merged")
            taken.add((task.rule_id, key))
            if key != task.anchor_key:
                task._write_by_method({"anchor_key": key})
        tasks.flush_recordset()
