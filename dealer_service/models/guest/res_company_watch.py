from datetime import timedelta

from odoo import fields, models

from ...tools import work_time


class ResCompany(models.Model):
    """The rule by which customers come into the workshop."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_watch_at_once = fields.Integer(
        "Customers in the Workshop at Once",
        default=2,
        help="0: customers do not come into the workshop.",
    )
    dealer_watch_from = fields.Float("Watching From", default=9.0)
    dealer_watch_until = fields.Float("Watching Until", default=17.0)
    dealer_watch_minutes = fields.Integer(
        "Minutes of One Visit",
        default=15,
        help="So long a customer counts as being in the workshop.",
    )
    dealer_watch_by = fields.Char(
        "Accompanied By",
        translate=True,
        help="Who goes in with the customer. Empty: the service advisor.",
    )
    dealer_watch_words = fields.Text(
        "Safety Words",
        translate=True,
        help="What the customer is told before going in. Empty: our words.",
    )

    _check_dealer_watch = models.Constraint(
        "CHECK(dealer_watch_at_once >= 0 AND dealer_watch_minutes > 0"
        " AND dealer_watch_from >= 0 AND dealer_watch_until <= 24"
        " AND dealer_watch_from <= dealer_watch_until)",
        "Customers watch within the hours of one day, for at least a minute.",
    )

    def _watch_words(self):
        """What the customer is told before going in."""
        return self.dealer_watch_words or self.env._(
            "Please stay beside the person who accompanies you and between the yellow"
            " lines. Do not touch tools, cars or lifts, do not walk under a lifted car,"
            " and do not smoke. In rooms with high voltage you watch from the door."
        )

    def _watch_guide(self):
        return self.dealer_watch_by or self.env._("the service advisor")

    def _is_watch_time(self, moment):
        tz = self._dealer_tz()
        minutes = work_time.to_wall(moment, work_time.local_date(moment, tz), tz)
        return self.dealer_watch_from <= minutes / 60 < self.dealer_watch_until

    def _watching_visits(self):
        """The visits whose customers are in the workshop now."""
        since = fields.Datetime.now() - timedelta(minutes=self.dealer_watch_minutes)
        found = self.env["dealer.waiting.care"].search(
            [
                ("company_id", "=", self.id),
                ("kind", "=", "workshop_visit"),
                ("is_done", "=", True),
                ("date", ">=", since),
            ]
        )
        return found.reception_id
