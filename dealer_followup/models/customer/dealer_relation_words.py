from odoo import models
from odoo.tools import format_date


class DealerRelation(models.AbstractModel):
    """The lines of the story, each of them whole: what is unknown leaves no hole."""

    _name = "dealer.relation"
    _inherit = "dealer.relation"

    def _relation_car_line(self, car):
        """What is known of a car, one fact a sentence."""
        since = format_date(self.env, car.life_cycle_date)
        visit = format_date(self.env, car.last_reception_date)
        facts = (
            since and self.env._("since %(date)s", date=since),
            car.leave_reason_id.name,
            car.last_odometer and self.env._("%(km)s km", km=car.last_odometer),
            visit and self.env._("last visit on %(date)s", date=visit),
        )
        return [fact for fact in facts if fact]

    def _relation_visit_line(self, visit):
        """The reading, who received the car, and why the customer came."""
        facts = (
            visit.odometer and self.env._("%(km)s km", km=visit.odometer),
            visit.advisor_id.name,
            *visit.concern_ids[:2].mapped("name"),
        )
        return " · ".join(filter(None, facts))

    def _relation_task_line(self, task):
        """When somebody is to be called, and by whom."""
        due = self.env._("due on %(date)s", date=format_date(self.env, task.due_date))
        return " · ".join(filter(None, (due, task.user_id.name)))
