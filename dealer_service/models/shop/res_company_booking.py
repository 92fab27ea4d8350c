from datetime import timedelta
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ...tools import groups
from ...tools.capacity import Book, Day, hours_of, intersect, sellable, slots
from ...tools.work_time import day_span
from ..common.dealer_cached_mixin import KEPT_FOR

#: How far ahead free slots are looked for, and how long one job may take, in days.
HORIZON_DAYS = 60


class ResCompany(models.Model):
    """Opening hours, technicians and advisors of a shop, as a book of slots."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_default_hours = fields.Float(
        "Default Planned Hours",
        default=1.0,
        help="Technician-hours of an appointment without a service package.",
    )
    dealer_advisor_ids = fields.Many2many(
        "res.users",
        "res_company_dealer_advisor_rel",
        string="Receiving Advisors",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="The advisors who receive customers. Their number limits the "
        "receptions per slot. Empty: all service advisors who are not managers.",
    )

    @api.constrains(
        "dealer_slot_minutes",
        "dealer_receptions_per_advisor",
        "dealer_utilisation",
        "dealer_default_hours",
        "dealer_reserve_walkin_hours",
        "dealer_reserve_supplement_hours",
        "dealer_grace_minutes",
        "dealer_reminder_hours_before",
    )
    def _check_dealer_booking(self):
        for company in self:
            if not 5 <= company.dealer_slot_minutes <= 480:
                raise ValidationError(
                    self.env._(
                        "%(shop)s: a booking slot must last between 5 minutes and 8 "
                        "hours.",
                        shop=company.name,
                    )
                )
            if company.dealer_receptions_per_advisor < 1:
                raise ValidationError(
                    self.env._(
                        "%(shop)s: an advisor must receive at least one customer "
                        "per slot.",
                        shop=company.name,
                    )
                )
            if not 0 < company.dealer_utilisation <= 150:
                raise ValidationError(
                    self.env._(
                        "%(shop)s: the utilisation must be a percentage between 1 "
                        "and 150.",
                        shop=company.name,
                    )
                )
            if (
                min(
                    company.dealer_default_hours,
                    company.dealer_reserve_walkin_hours,
                    company.dealer_reserve_supplement_hours,
                    company.dealer_grace_minutes,
                    company.dealer_reminder_hours_before,
                )
                < 0
            ):
                raise ValidationError(
                    self.env._(
                        "%(shop)s: the hours and minutes in the booking settings "
                        "cannot be negative.",
                        shop=company.name,
                    )
                )

    @api.constrains("dealer_calendar_id")
    def _check_dealer_calendar(self):
        for company in self:
            if company.dealer_calendar_id.flexible_hours:
                raise ValidationError(
                    self.env._(
                        "%(shop)s: “%(calendar)s” has flexible hours and does not say"
                        " when the shop is open. Choose fixed working hours.",
                        shop=company.name,
                        calendar=company.dealer_calendar_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # PEOPLE
    # ------------------------------------------------------------------

    @ormcache("self.id", "advisor_ids", KEPT_FOR)
    def _dealer_kept_staff(self, advisor_ids):
        """Whose hours make the capacity of the shop.

        :return: ids of the technicians; id of the resource of each of the advisors who
            is one, and so can be on leave; ids of all of them by id of their calendar
        """
        # capacity counts everybody, also whom the user may not see
        staff = (
            self.env["resource.resource"]
            .sudo()
            .search(
                Domain("company_id", "=", self.id)
                & (
                    Domain("dealer_role", "=", "technician")
                    | Domain("user_id", "in", advisor_ids)
                ),
                order="id",
            )
        )
        technicians = staff.filtered(lambda r: r.dealer_role == "technician")
        desks = staff.filtered(lambda r: r.user_id.id in advisor_ids)
        return (
            technicians._ids,
            {resource.user_id.id: resource.id for resource in reversed(desks)},
            {
                calendar.id: group._ids
                for calendar, group in staff.grouped("calendar_id").items()
            },
        )

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {"dealer_advisor_ids", "user_ids"}

    def _dealer_advisors(self):
        """Users who receive customers in this shop."""
        # capacity counts everybody, also whom the user may not see
        return self.env["res.users"].sudo().browse(self._dealer_kept_advisor_ids())

    @ormcache("self.id", KEPT_FOR)
    def _dealer_kept_advisor_ids(self):
        # see _dealer_advisors
        company = self.sudo()
        chosen = company.dealer_advisor_ids.filtered("active")
        if chosen:
            return chosen._ids
        group = self.env["ir.model.data"]._xmlid_to_res_id(groups.ADVISOR)
        users = company.env["res.users"].search(
            [
                ("all_group_ids", "in", group),
                ("share", "=", False),
                ("company_ids", "in", self.ids),
            ],
            order="name, id",
        )
        manager = groups.MANAGER
        users = users.filtered(lambda user: not user.has_group(manager)) or users
        return users._ids

    # ------------------------------------------------------------------
    # THE BOOK
    # ------------------------------------------------------------------

    def _dealer_book(self, first, last, without=(), only_opening=False, visits=None):
        """Days and slots of the shop with what is booked in them.

        :param date first: first day, in the time zone of the shop
        :param date last: last day
        :param without: ids of visits that are left out
        :param bool only_opening: nothing but the opening hours of the days
        :param visits: :meth:`~.DealerReception._of_the_book` of these days, if it was
            read already
        :rtype: odoo.addons.dealer_service.tools.capacity.Book
        """
        self.ensure_one()
        tz = self._dealer_tz()
        span = [first + timedelta(days=i) for i in range((last - first).days + 1)]
        bounds = {day: day_span(day, tz) for day in span}
        start, end = bounds[first][0], bounds[last][1]
        if only_opening:
            opening = self._dealer_opening(start, end)
            return Book(
                [
                    Day(day, begin, stop, intersect(opening, [(begin, stop)]))
                    for day, (begin, stop) in bounds.items()
                ],
                [],
            )
        if visits is None:
            visits = self.env["dealer.reception"]._of_the_book(self, start, end)
        advisor_ids = self._dealer_kept_advisor_ids()
        technician_ids, desks, staff = self._dealer_kept_staff(advisor_ids)
        opening = self._dealer_opening(start, end)
        at_work = self._dealer_at_work(staff, start, end)
        walkin = visits._walkin_hours(start, end)
        days = []
        for day, (begin, stop) in bounds.items():
            presence = sum(
                hours_of(intersect(intervals, [(begin, stop)]))
                for intervals in map(at_work.get, technician_ids)
            )
            days.append(
                Day(
                    day,
                    begin,
                    stop,
                    intersect(opening, [(begin, stop)]),
                    capacity=self._dealer_sellable(presence, walkin.get(day, 0.0))
                    if technician_ids
                    else None,
                    presence=presence,
                    walkin=walkin.get(day, 0.0),
                )
            )
        receiving = {
            user_id: at_work[desks[user_id]] if user_id in desks else opening
            for user_id in advisor_ids
        }
        book = Book(
            days,
            slots(opening, self.dealer_slot_minutes),
            limit=self.dealer_receptions_per_advisor if receiving else None,
            presence=receiving or None,
        )
        for visit in visits._booked_between(start, end):
            if visit.id not in without:
                book.add(
                    visit.date_appointment,
                    visit.date_appointment_end or visit.date_appointment,
                    visit.advisor_id.id or None,
                )
        return book

    def _dealer_free_slots(self, after, hours, advisor=None, without=(), limit=4):
        """Starts of the next slots (UTC) that can take a visit of ``hours``.

        :param res.users advisor: who must be free; empty: anybody
        """
        first = self._dealer_day(after)
        book = self._dealer_book(
            first, first + timedelta(days=HORIZON_DAYS), without=without
        )
        free = book.free(after, hours, advisor.id if advisor else None)
        return list(islice(free, limit))

    def _dealer_sellable(self, presence, walkin):
        return sellable(
            presence,
            self.dealer_utilisation,
            self.dealer_reserve_walkin_hours,
            self.dealer_reserve_supplement_hours,
            walkin,
        )

    # ------------------------------------------------------------------
    # FOR THE SCREENS
    # ------------------------------------------------------------------

    def _dealer_capacity_values(self, day):
        """Technician-hours of a day, as a bar shows them.

        :param day: :class:`~odoo.addons.dealer_service.tools.capacity.Day`
        """
        return {
            "is_limited": day.capacity is not None,
            "presence": day.presence,
            "sellable": day.presence * self.dealer_utilisation / 100.0,
            "bookable": day.capacity or 0.0,
            "booked": day.booked,
            "walkin": day.walkin,
            "walkin_reserve": max(self.dealer_reserve_walkin_hours, day.walkin),
            "supplement_reserve": self.dealer_reserve_supplement_hours,
        }

    def _dealer_booking_warnings(self, day):
        """What a user should know about the capacity of a day, in full sentences."""
        warnings = []
        if day.capacity is None:
            warnings.append(
                self.env._(
                    "No technicians are set up yet, so the hours of the workshop are"
                    " not limited. A service manager sets them up under Configuration."
                )
            )
        elif not day.opening:
            warnings.append(self.env._("The shop is closed on this day."))
        elif not day.capacity:
            warnings.append(
                self.env._(
                    "Nothing can be booked: the technicians are at work for "
                    "%(presence)s hours, but utilisation and reserved hours leave "
                    "none of them free. Lower the reserved hours in the settings.",
                    presence=f"{day.presence:g}",
                )
            )
        return warnings
