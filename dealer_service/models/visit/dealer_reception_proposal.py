from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import groups
from ..shop.res_company_booking import HORIZON_DAYS


class DealerReception(models.Model):
    """The time that can be promised, and how the customer is told."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    promise_text = fields.Text(
        "Message to the Customer",
        compute="_compute_promise_text",
        groups=groups.ADVISOR,
        help="When the car will be ready, for WeChat or a text message.",
    )

    @api.depends("date_promised", "date_ready", "date_left", "partner_id", "contact_id")
    def _compute_promise_text(self):
        for reception in self:
            date = reception.date_promised
            is_over = reception.date_ready or reception.date_left
            reception.promise_text = (
                date and not is_over and reception._promise_text(date)
            )

    def _promise_text(self, date):
        """The message in the language of whoever gets it.

        :param date: UTC
        """
        self.ensure_one()
        person = self.contact_id or self.partner_id
        told = self.with_context(lang=person.lang or self.env.lang)
        return told.env._(
            "Hello %(name)s, your car %(plate)s will be ready on %(time)s. If anything "
            "changes we will tell you at once. – %(shop)s",
            name=person.name,
            plate=self.license_plate or self.name,
            time=self.company_id._dealer_format(date),
            shop=self.company_id.name,
        )

    def _propose_promise(self):
        """When the car can be ready, reckoned from now within the opening hours.

        The wait until somebody is free, the hours of the work, and the target times of
        the steps that follow it. A proposal for the advisor, who knows more.

        :return: UTC, full minutes; ``False`` when the shop has no opening hours
        """
        self.ensure_one()
        now = fields.Datetime.now().replace(second=0)
        today = self.company_id._dealer_day(now)
        try:
            book = self.company_id._dealer_book(
                today, today + timedelta(days=HORIZON_DAYS), only_opening=True
            )
        except UserError:
            return False
        return book.end_of_work(now, sum(self._promise_hours())) or False

    def _promise_hours(self):
        """Hook: what the proposed promise is made of.

        :return: tuple of hours: until somebody is free, of the work, of the check
        """
        self.ensure_one()
        steps = self.env["dealer.service.step"].search([("state", "=", "quality")])
        check = sum(steps.mapped("target_minutes")) / 60.0
        return 0.0, self.planned_hours, check

    def _promise_after(self, minutes):
        """The promise of this visit, so many ``minutes`` of opening time later.

        A promise that is over already counts from now. One for a time at which the
        shop is closed was made in the knowledge of it, and stays on the clock.

        :return: UTC
        """
        self.ensure_one()
        start = max(self.date_promised, fields.Datetime.now().replace(second=0))
        on_the_clock = start + timedelta(minutes=minutes)
        today = self.company_id._dealer_day(start)
        try:
            book = self.company_id._dealer_book(
                today, today + timedelta(days=HORIZON_DAYS), only_opening=True
            )
        except UserError:
            return on_the_clock
        if not book.is_open(start):
            return on_the_clock
        return book.end_of_work(start, minutes / 60) or on_the_clock
