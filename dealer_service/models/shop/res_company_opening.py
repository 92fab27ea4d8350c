import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, ormcache

from ...tools.capacity import intersect, merge, subtract
from ...tools.work_time import local_date
from ..common.dealer_cached_mixin import KEPT_FOR


class ResCompany(models.Model):
    """When a shop is open, and who is there meanwhile."""

    _name = "res.company"
    _inherit = "res.company"

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {
            "dealer_calendar_id",
            "resource_calendar_id",
        }

    @ormcache("self.id", KEPT_FOR)
    def _dealer_kept_hours(self):
        """What every booking asks of the opening hours.

        :return: id of the calendar, name of its time zone, whether its hours are fixed,
            whether the zone was chosen
        """
        # the hours of a shop are no secret, its calendar may belong to any company
        company = self.sudo()
        calendar = company._dealer_calendar()
        is_fixed = bool(calendar) and not calendar.flexible_hours
        return calendar.id, calendar.tz or "UTC", is_fixed, bool(company.dealer_tz)

    def _dealer_tz(self):
        """The time zone of the shop: that of its opening hours."""
        return pytz.timezone(self._dealer_kept_hours()[1])

    def _dealer_day(self, moment):
        """The day of the shop a moment (naive UTC) belongs to."""
        return local_date(moment, self._dealer_tz())

    def _dealer_today(self):
        """Today, as the calendar on the wall of the shop shows it."""
        self.ensure_one()
        return self._dealer_day(fields.Datetime.now())

    def _dealer_format(self, moment):
        """A moment as the shop reads it, whatever the time zone of the user."""
        local = pytz.utc.localize(moment).astimezone(self._dealer_tz())
        day = format_date(self.env, local.date(), date_format="medium")
        return f"{day} {local:%H:%M}"

    # ------------------------------------------------------------------
    # OPENING HOURS
    # ------------------------------------------------------------------

    def _dealer_opening(self, start, end):
        """Opening hours between two moments (naive UTC), without lunch and holidays.

        :return: merged intervals
        :raise UserError: when the shop has no fixed opening hours
        """
        calendar_id, _tz, is_fixed, _has_zone = self._dealer_kept_hours()
        if not is_fixed:
            raise UserError(
                self.env._(
                    "%(shop)s has no fixed opening hours, so nothing can be booked."
                    " Choose the service hours in the settings of the service"
                    " department.",
                    shop=self.name,
                )
            )
        return self._dealer_kept_opening(calendar_id, start, end)

    @ormcache("self.id", "calendar_id", "start", "end", KEPT_FOR)
    def _dealer_kept_opening(self, calendar_id, start, end):
        """Every booking, board and promise asks for the hours of the same few days.

        ``dealer.cached.mixin`` on the calendar, its lines and holidays drops them.
        """
        # see _dealer_kept_hours
        calendar = self.env["resource.calendar"].sudo().browse(calendar_id)
        return tuple(self._dealer_intervals(calendar, start, end)[False])

    def _dealer_intervals(self, calendar, start, end, resources=None):
        """Resource id → merged working intervals; ``False``: the calendar itself.

        The time zone is always that of the shop: a technician whose resource says
        UTC still works in the shop. Holidays are those of this shop only – Odoo does
        not filter them by company when it runs as superuser.
        """
        hours = calendar.with_context(dealer_workdays_of=self.id)
        batch = hours._work_intervals_batch(
            pytz.utc.localize(start),
            pytz.utc.localize(end),
            resources=resources,
            domain=list(self._dealer_leave_domain()),
            tz=self._dealer_tz(),
        )
        return {
            key: merge(
                tuple(
                    moment.astimezone(pytz.utc).replace(tzinfo=None)
                    for moment in (begin, stop)
                )
                for begin, stop, _attendance in intervals
            )
            for key, intervals in batch.items()
        }

    def _dealer_leave_domain(self):
        """Holidays and leaves that count in this shop."""
        return Domain("time_type", "=", "leave") & Domain(
            "company_id", "in", [self.id, False]
        )

    # ------------------------------------------------------------------
    # WHO IS THERE
    # ------------------------------------------------------------------

    def _dealer_at_work(self, staff, start, end):
        """When each resource is at work while the shop is open.

        :param dict staff: ids of the resources by id of their calendar
        :return: dict of resource id to merged intervals
        """
        opening = self._dealer_opening(start, end)
        shop_calendar_id = self._dealer_kept_hours()[0]
        presence = {}
        for calendar_id, resource_ids in staff.items():
            # whoever has no hours of his own works by those of the shop
            if calendar_id in (False, shop_calendar_id):
                away = self._dealer_away(shop_calendar_id, resource_ids, start, end)
                for resource_id in resource_ids:
                    presence[resource_id] = subtract(opening, away[resource_id])
                continue
            # see _dealer_kept_hours
            everything = self.sudo().env
            calendar = everything["resource.calendar"].browse(calendar_id)
            resources = everything["resource.resource"].browse(resource_ids)
            found = self._dealer_intervals(calendar, start, end, resources)
            for resource_id in resource_ids:
                presence[resource_id] = intersect(found[resource_id], opening)
        return presence

    def _dealer_away(self, calendar_id, resource_ids, start, end):
        """Leaves of those who work by the hours of the shop.

        :return: dict of resource id to merged intervals
        """
        # see _dealer_kept_hours
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search_fetch(
                self._dealer_leave_domain()
                & Domain("resource_id", "in", resource_ids)
                & Domain("calendar_id", "in", [False, calendar_id])
                & Domain("date_from", "<", end)
                & Domain("date_to", ">", start),
                ["resource_id", "date_from", "date_to"],
            )
            .grouped(lambda leave: leave.resource_id.id)
        )
        return {
            resource_id: merge(
                (leave.date_from, leave.date_to)
                for leave in leaves.get(resource_id, ())
            )
            for resource_id in resource_ids
        }
