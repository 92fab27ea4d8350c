import re
from datetime import date

from odoo import models

from ..models.call.dealer_followup import OPEN_STATES

#: Causes that carry the id of their car, and the period unless it is the first.
_BY_CAR = re.compile(r"^(sale|insurance|inspection|warranty):(\d+)(?::(\d+))?(?=:|$)")


class DealerVehicleMerge(models.TransientModel):
    """Two cards of one car had one cause each: one follow-up stays."""

    _name = "dealer.vehicle.merge"
    _inherit = "dealer.vehicle.merge"

    def _merge(self, kept, others):
        owners = (kept + others).owner_id
        periods, offsets = kept._align_periods(others)
        # the next service hangs on the last one
        last = (kept + others).sorted(
            lambda car: car.last_reception_date or date.min, reverse=True
        )[0]
        periods["service"] = last.service_period
        self._merge_followups(kept, others, offsets)
        result = super()._merge(kept, others)
        kept._write_by_method(
            {f"{kind}_period": count for kind, count in periods.items()}
        )
        # the visits of the others are its own now
        kept._update_life_cycle()
        owners._update_life_cycle()
        return result

    def _merge_followups(self, kept, others, offsets):
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
            key = _BY_CAR.sub(
                lambda match: self._key_of_kept(kept, offsets, *match.groups()),
                task.anchor_key,
            )
            if (task.rule_id, key) in taken:
                key = f"{key}:merged:{task.id}"
                task._close("cancelled", "merged")
            taken.add((task.rule_id, key))
            if key != task.anchor_key:
                task._write_by_method({"anchor_key": key})
        tasks.flush_recordset()

    @staticmethod
    def _key_of_kept(kept, offsets, kind, car, period):
        """The cause that a card named, as the kept one names it."""
        count = int(period or 1) + offsets.get((kind, int(car)), 0)
        is_first = count == 1 and period is None
        return f"{kind}:{kept.id}" if is_first else f"{kind}:{kept.id}:{count}"
