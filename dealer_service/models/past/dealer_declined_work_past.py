from datetime import timedelta

from odoo import api, fields, models

from ...tools.past.verdict import QUIET


class DealerDeclinedWork(models.Model):
    """What was declined before the shop came to this program."""

    _name = "dealer.declined.work"
    _inherit = "dealer.declined.work"
    _RECORDED_FIELDS = frozenset({"past_number"})

    past_number = fields.Char(
        "Number in the Old System",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    @api.model
    def _create_past(self, verdicts, company, visits):
        """Declined work of the old system, open until it is offered again.

        :param verdicts: see :class:`.Verdict`
        :param visits: those in which it was declined, by their number; none where
            nothing else was done
        """
        systems = self.env["dealer.vehicle.system"]
        return self.with_context(**QUIET)._create_by_method(
            [
                {
                    "name": line["name"],
                    "past_number": verdict.number,
                    "product_id": line["product_id"],
                    "system_id": line["system_id"],
                    "quantity": line["quantity"],
                    "amount": line["amount"],
                    "currency_id": company.currency_id.id,
                    "company_id": company.id,
                    "vehicle_id": verdict.vals["vehicle_id"],
                    "partner_id": verdict.vals["partner_id"],
                    "reception_id": verdict.number in visits
                    and visits[verdict.number].id,
                    "date_declined": verdict.vals["date_delivered"],
                    "reason": line["reason"],
                    "remind_date": self._past_remind_date(
                        company,
                        verdict.day,
                        systems.browse(line["system_id"] or []).is_safety,
                    ),
                }
                for verdict in verdicts
                for line in verdict.declined
            ]
        )

    @api.model
    def _past_remind_date(self, company, day, is_safety):
        """As if it had been declined here on that day: whoever was to be reminded
        years ago is not reminded tomorrow, but told when the car comes."""
        days = (
            company.dealer_remind_safety_days
            if is_safety
            else company.dealer_remind_days
        )
        return day + timedelta(days=days)
