from odoo import models

#: So many notices fit beside who calls; the page of the caller has all of them.
MOST = 3


class DealerCallRecord(models.Model):
    """Who calls about a car with an open recall is told of it by who answers."""

    _name = "dealer.call.record"
    _inherit = "dealer.call.record"

    def _caller_words(self, people):
        notices = filter(None, people.vehicle_ids.mapped("campaign_notice"))
        return [*super()._caller_words(people), *list(dict.fromkeys(notices))[:MOST]]
