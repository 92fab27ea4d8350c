"""The guests of the demo dealership: first visitors, and customers who wait."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..models.common.dealer_reception_states import IN_HOUSE_STATES

#: Minutes after the arrival, what was done, and how often of ten.
CARES = (
    (12, "drink", 9),
    (35, "progress", 8),
    (50, "workshop_visit", 3),
    (52, "workshop_offer", 3),
    (75, "progress", 6),
)


class DealerReception(models.Model):
    """Loading of what was done for guests."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    @api.model
    def _demo_guests(self):
        """Tasks for the first visitors who are here, care of those who wait."""
        shop = self.env.company
        shop.dealer_first_visit_user_id = self.env.ref(
            "dealer_service.demo_user_manager"
        )
        here = Domain("state", "in", IN_HOUSE_STATES)
        first = here & Domain("is_first_visit", "=", True)
        self.search(first, limit=2)._give_first_care()
        waiting = self.search(
            Domain("is_waiting", "=", True) & Domain("date_arrived", "!=", False)
        )
        waiting._demo_care()

    def _demo_care(self):
        now = fields.Datetime.now()
        rows = []
        for number, visit in enumerate(self):
            end = visit.date_ready or now
            for place, (minutes, kind, often) in enumerate(CARES):
                date = visit.date_arrived + timedelta(minutes=minutes)
                is_inside = kind.startswith("workshop")
                begun = visit.date_started and visit.date_started < date
                if date < end and (begun or not is_inside):
                    if (number * 7 + place * 3) % 10 < often:
                        rows.append(
                            {
                                "reception_id": visit.id,
                                "kind": kind,
                                "date": date,
                                "user_id": visit.advisor_id.id,
                            }
                        )
        self.env["dealer.waiting.care"].create(rows)
