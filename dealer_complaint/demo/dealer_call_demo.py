"""Telephones of the complaint desk, and the calls behind its latest talks."""

from datetime import timedelta

from odoo import api, fields, models

#: Of the talks of so many days the exchange knows the calls.
DAYS = 6


class DealerComplaintContact(models.Model):
    """Loading of the demo calls to those who complained."""

    _name = "dealer.complaint.contact"
    _inherit = "dealer.complaint.contact"

    @api.model
    def _load_demo_calls(self):
        """Most talks by phone are proven; every fifth was made from a mobile.

        Loads once.
        """
        exchange = self.env["dealer.call.exchange"].search([], limit=1)
        if not exchange or self.search_count([("call_id", "!=", False)], limit=1):
            return
        since = fields.Datetime.now() - timedelta(days=DAYS)
        talks = self.search(
            [
                ("channel", "=", "call"),
                ("date", ">=", since),
                ("call_id", "=", False),
                ("complaint_id.partner_id.phone_key", "!=", False),
                ("company_id", "=", exchange.company_id.id),
            ],
            order="date",
        )
        people = talks.user_id.filtered(lambda user: not user.dealer_extension)
        for number, user in enumerate(people.sorted("login"), 8101):
            user.dealer_extension = str(number)
        for number, talk in enumerate(talks):
            if number % 5 == 4:
                continue
            phone = talk.complaint_id.partner_id.phone_key
            exchange._demo_call(
                f"c{talk.id}",
                talk.date - timedelta(seconds=40 + talk.id % 60),
                70 + talk.id * 31 % 200 if talk.is_connected else 0,
                talk.user_id.dealer_extension,
                phone.replace("+86", ""),
            )
        self.env["dealer.call.record"]._new_calls()._match_each()
