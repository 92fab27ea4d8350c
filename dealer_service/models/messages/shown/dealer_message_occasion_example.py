from datetime import datetime, time, timedelta

import pytz

from odoo import models

from ....tools.messages.example import Example


class DealerMessageOccasion(models.Model):
    """Made-up data, for who may see a text and not the records that it is about."""

    _name = "dealer.message.occasion"
    _inherit = "dealer.message.occasion"

    def _example(self, company):
        """Something to say the texts about, in the language of the context."""
        self.ensure_one()
        company = company.with_env(self.env)
        return Example(self.env[self.model].browse(), self._example_values(company))

    def _example_values(self, company):
        """What is known of the example. Hook.

        :return: dict by name of a model, ``None`` for every other one; each a dict by
            name of a field, or of a method
        """
        tomorrow = company._dealer_today() + timedelta(days=1)
        local = company._dealer_tz().localize(datetime.combine(tomorrow, time(9, 30)))
        moment = local.astimezone(pytz.utc).replace(tzinfo=None)
        return {
            None: {
                "company_id": company,
                "currency_id": company.currency_id,
                "appointment_text": company._dealer_format(moment),
                "code": "384712",
                "date_promised": moment,
                "survey_deadline": moment,
                "contact_name": self.env._("Ms. Lin"),
                "license_plate": "皖B·A8866",
                "url": "#",
                "get_base_url": "",
                "get_portal_url": "#",
                "_link_start": company._link_start(),
                "_link_token": "k7Rw2LpV9sQd",
            },
            "res.partner": {"name": self.env._("Ms. Lin")},
            "res.users": {"name": self.env._("Advisor Zhang")},
            "sale.order": {
                "name": "S00688",
                "amount_total": 680.0,
                "dealer_reason": self.env._("Front brake pads worn"),
            },
            "dealer.reception": {"name": "WX-000688"},
        }
