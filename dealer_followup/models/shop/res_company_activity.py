from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.dealer_service.tools.capacity import hours_of, intersect
from odoo.addons.dealer_service.tools.work_time import day_span, from_wall

from ...tools import groups

#: Nobody plans further ahead than a year.
MAX_OUTLOOK_DAYS = 366


class ResCompany(models.Model):
    """What a shop reckons with when it plans its care."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_minutes_per_call = fields.Float(
        "Minutes per Call",
        default=4.0,
        help="Average, including unanswered calls. Used to estimate the workload in "
        "the care calendar.",
    )
    dealer_outlook_days = fields.Integer(
        "Calls to Come (days)",
        default=60,
        help="So many days ahead the care calendar shows the calls that the care "
        "rules will bring. 0: none.",
    )

    @api.constrains("dealer_outlook_days")
    def _check_dealer_outlook_days(self):
        for company in self:
            if not 0 <= company.dealer_outlook_days <= MAX_OUTLOOK_DAYS:
                raise ValidationError(
                    self.env._(
                        "%(shop)s: the calls to come are shown for 0 to %(days)s days.",
                        shop=company.name,
                        days=MAX_OUTLOOK_DAYS,
                    )
                )

    def _dealer_callers(self):
        """Users who may be given the calls of this shop."""
        self.ensure_one()
        # everybody counts, also whom the user may not see
        shop = self.sudo()
        return shop.env.ref(groups.CALLER).all_user_ids.filtered(
            lambda user: (
                user.active
                and not user.share
                and not user._is_superuser()
                and shop in user.company_ids
            )
        )

    def _dealer_caller_hours(self, days):
        """When callers are there while customers may be called.

        :param days: ascending
        :return: dict of day to (number of callers, their hours in all); of a shop
            without fixed hours nothing
        """
        self.ensure_one()
        tz, callers = self._dealer_tz(), self._dealer_callers()
        # managers assign calls; they make them where nobody else does
        callers = callers.filtered(lambda u: not u.has_group(groups.MANAGER)) or callers
        start, end = day_span(days[0], tz)[0], day_span(days[-1], tz)[1]
        try:
            opening = self._dealer_opening(start, end)
        except UserError:
            return {}
        # whoever plans the calls need not see the calendars of colleagues
        resources = self.sudo().env["resource.resource"]
        desks = {
            resource.user_id: resource
            for resource in resources.search(
                [("user_id", "in", callers.ids), ("company_id", "=", self.id)]
            )
        }
        staff = {}
        for resource in desks.values():
            staff.setdefault(resource.calendar_id.id, []).append(resource.id)
        presence = self._dealer_at_work(staff, start, end)
        # who has no calendar works by the hours of the shop
        shifts = [
            presence[desks[caller].id] if caller in desks else opening
            for caller in callers
        ]
        hours = {}
        for day in days:
            calling = [
                (from_wall(day, begin, tz), from_wall(day, stop, tz))
                for begin, stop in self._dealer_call_spans()
            ]
            there = [hours_of(intersect(shift, calling)) for shift in shifts]
            hours[day] = (sum(map(bool, there)), sum(there))
        return hours


class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = "res.config.settings"

    dealer_minutes_per_call = fields.Float(
        related="company_id.dealer_minutes_per_call", readonly=False
    )
    dealer_outlook_days = fields.Integer(
        related="company_id.dealer_outlook_days", readonly=False
    )
