from odoo import fields, models

from ...tools import groups


class ResCompany(models.Model):
    """Whether the public holidays of a shop are known, and who is asked for them."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_holidays_until = fields.Integer(
        readonly=True, help="The last year whose public holidays have been entered."
    )

    def _dealer_holidays_known(self, year):
        # entering the holidays is part of keeping the opening hours
        for company in self.sudo():
            if year > company.dealer_holidays_until:
                company.dealer_holidays_until = year
                company.partner_id.activity_ids.filtered(
                    lambda activity: activity.activity_type_id == self._holiday_task()
                ).action_done()

    def _holiday_task(self):
        return self.env.ref("dealer_service.mail_activity_type_holidays")

    def _dealer_ask_for_holidays(self, year):
        """Ask the managers for the holidays of ``year`` while they are missing."""
        self.ensure_one()
        if self.dealer_holidays_until >= year:
            return
        manager = self.env.ref(groups.MANAGER)
        task = self._holiday_task()
        for user in manager.all_user_ids.filtered(lambda u: self in u.company_ids):
            asked = self.partner_id.activity_ids.filtered(
                lambda a, user=user: a.user_id == user and a.activity_type_id == task
            )
            if not asked and not user.share:
                words = self.with_context(lang=user.lang).env
                self.partner_id.activity_schedule(
                    "dealer_service.mail_activity_type_holidays",
                    summary=words._("Enter the holidays of %(year)s", year=year),
                    note=words._(
                        "Service → Configuration → Make-up Workdays: paste the notice"
                        " of the State Council. Without them bookings, promises and"
                        " time limits count the holidays as ordinary days."
                    ),
                    user_id=user.id,
                )
