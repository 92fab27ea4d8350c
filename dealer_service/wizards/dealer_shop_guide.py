from datetime import date

import pytz

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.base.models.res_partner import _tz_get

from ..models.shop.res_company_guide import GUIDE_STEPS
from ..models.shop.res_company_payments import JOURNALS
from ..tools.actions import open_dialog
from .dealer_shop_guide_lines import ROLES

#: The most bays that are entered in one step.
MAX_BAYS = 60
WEEKDAYS = (
    "on_monday",
    "on_tuesday",
    "on_wednesday",
    "on_thursday",
    "on_friday",
    "on_saturday",
    "on_sunday",
)


class DealerShopGuide(models.TransientModel):
    """Asks a new shop what Odoo cannot know: zone, hours, holidays, staff and bays.

    It is about the current company. Each step is saved by itself and may be left: the
    home lists those that are not done. ``dealer_shop_guide_lines.py`` has the rows of
    holidays and staff.
    """

    _name = "dealer.shop.guide"
    _description = "Shop Setup"

    step = fields.Selection(
        GUIDE_STEPS, required=True, default=lambda self: self._first_step()
    )
    # zone
    country_id = fields.Many2one(
        "res.country", default=lambda self: self._proposed_country()
    )
    tz = fields.Selection(
        _tz_get, "Time Zone", default=lambda self: self._proposed_zone()
    )
    local_time = fields.Char("Time There Now", compute="_compute_local_time")
    # opening hours
    has_own_hours = fields.Boolean("Hours Differ by Day")
    keeps_hours = fields.Boolean("Keep the Hours as They Are")
    on_monday = fields.Boolean("Monday")
    on_tuesday = fields.Boolean("Tuesday")
    on_wednesday = fields.Boolean("Wednesday")
    on_thursday = fields.Boolean("Thursday")
    on_friday = fields.Boolean("Friday")
    on_saturday = fields.Boolean("Saturday")
    on_sunday = fields.Boolean("Sunday")
    open_from = fields.Float("Opens At")
    open_to = fields.Float("Closes At")
    has_break = fields.Boolean("Closed at Noon")
    break_from = fields.Float()
    break_to = fields.Float("Break Until")
    # holidays
    is_published = fields.Boolean(compute="_compute_is_published")
    holiday_ids = fields.One2many(
        "dealer.shop.guide.holiday",
        "guide_id",
        default=lambda self: self._proposed_holidays(),
    )
    # staff
    gives_roles = fields.Boolean(compute="_compute_gives_roles")
    staff_ids = fields.One2many(
        "dealer.shop.guide.staff",
        "guide_id",
        default=lambda self: self._proposed_staff(),
    )
    # bays
    bay_count = fields.Integer(
        "Number of Bays", default=lambda self: len(self._bays()) or 4
    )

    # ways to pay
    pays_cash = fields.Boolean("Cash", default=True)
    pays_wechat = fields.Boolean("WeChat Pay", default=lambda self: self._is_in_china())
    pays_alipay = fields.Boolean("Alipay", default=lambda self: self._is_in_china())
    pays_card = fields.Boolean("Bank Card", default=True)

    # ------------------------------------------------------------------
    # PROPOSALS
    # ------------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """:raise AccessError: for all who do not set up the shop"""
        self.check_access("create")
        proposed = self._proposed_hours()
        hours = {name: proposed[name] for name in fields if name in proposed}
        return {**hours, **super().default_get(fields)}

    @api.model
    def _first_step(self):
        return next(iter(self.env.company._dealer_open_steps()), "zone")

    @api.model
    def _proposed_country(self):
        """That of the company, else the one in whose zone the browser is."""
        company = self.env.company
        codes = [
            code
            for code, zones in pytz.country_timezones.items()
            if self.env.user.tz in zones
        ]
        # a zone of several countries tells none of them
        code = codes[0] if len(codes) == 1 else False
        found = self.env["res.country"].search([("code", "=", code)], limit=1)
        return company.country_id or found

    @api.model
    def _proposed_zone(self):
        return self.env.company.dealer_tz or self._zone_of(self._proposed_country())

    @api.model
    def _zone_of(self, country):
        """The zone of the browser where that country has it, else its first one."""
        zones = pytz.country_timezones.get(country.code or "", [])
        mine = self.env.user.tz
        return mine if mine and (not zones or mine in zones) else zones and zones[0]

    @api.onchange("country_id")
    def _onchange_country_id(self):
        zones = pytz.country_timezones.get(self.country_id.code or "", [])
        if zones and self.tz not in zones:
            self.tz = self._zone_of(self.country_id)

    @api.depends("tz")
    def _compute_local_time(self):
        for guide in self:
            there = self.with_context(tz=guide.tz or "UTC")
            now = fields.Datetime.context_timestamp(there, fields.Datetime.now())
            guide.local_time = f"{now:%H:%M}"

    @api.model
    def _proposed_hours(self):
        """The opening hours as they are, by field."""
        # the hours of a shop are no secret, its calendar may belong to any company
        calendar = self.env.company.sudo()._dealer_calendar()
        lines = calendar.attendance_ids.filtered(
            lambda line: not line.display_type and line.day_period != "lunch"
        )
        by_day = {
            day: sorted((line.hour_from, line.hour_to) for line in day_lines)
            for day, day_lines in lines.grouped("dayofweek").items()
        } or dict.fromkeys("01234", [(8.0, 12.0), (13.0, 17.0)])
        usual = next(iter(by_day.values()))
        has_break = len(usual) > 1
        differs = (
            calendar.two_weeks_calendar
            or len(usual) > 2
            or any(spans != usual for spans in by_day.values())
        )
        return {
            **{name: str(day) in by_day for day, name in enumerate(WEEKDAYS)},
            "has_own_hours": differs,
            "keeps_hours": differs,
            "open_from": usual[0][0],
            "open_to": usual[-1][1],
            "has_break": has_break,
            "break_from": usual[0][1] if has_break else 12.0,
            "break_to": usual[1][0] if has_break else 13.0,
        }

    def _compute_is_published(self):
        self.is_published = self._is_in_china()

    @api.model
    def _is_in_china(self):
        return self.env.company.country_id.code == "CN"

    @api.model
    def _proposed_holidays(self):
        if self.env.company.dealer_holidays_until:
            return []
        today = fields.Date.context_today(self)
        day = date(today.year + 1, 1, 1)
        name = self.env._("New Year's Day")
        return [Command.create({"name": name, "date_from": day, "date_to": day})]

    def _compute_gives_roles(self):
        self.gives_roles = self.env.user.has_group("base.group_erp_manager")

    @api.model
    def _proposed_staff(self):
        """Those who have a role in the shop already, each with the highest."""
        company = self.env.company
        rows = {}
        for role, group in ROLES.items():
            # who has which role is not hidden from managers
            users = self.env.ref(group).sudo().all_user_ids
            found = users.filtered(lambda u: not u.share and company in u.company_ids)
            rows.update(dict.fromkeys(found.ids, role))
        return [
            Command.create({"user_id": user_id, "role": role})
            for user_id, role in rows.items()
            if user_id != SUPERUSER_ID
        ]

    @api.model
    def _bays(self):
        return self.env["resource.resource"].search(
            Domain("dealer_role", "=", "bay")
            & Domain("company_id", "=", self.env.company.id)
        )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_save(self):
        """Enter what this step asks for, and go on to the next that is open.

        :raise UserError: for what cannot be right
        """
        self.ensure_one()
        self.check_access("write")
        getattr(self, f"_save_{self.step}")()
        return self._go_on()

    def action_skip(self):
        """Leave this step open and go on."""
        self.ensure_one()
        return self._go_on()

    def action_finish(self):
        """The shop needs no more: the home lists the steps no longer.

        :raise UserError: while the zone is not chosen
        """
        self.ensure_one()
        self.check_access("write")
        company = self.env.company
        if not company._dealer_has_zone():
            raise UserError(
                self.env._(
                    "Choose the time zone of %(shop)s first: no time limit runs "
                    "without it.",
                    shop=company.name,
                )
            )
        # only administrators write companies; managers set up their shop
        company.sudo().dealer_guide_closed = True
        return {"type": "ir.actions.act_window_close"}

    def _go_on(self):
        """The next open step after this one, if there is any."""
        keys = [key for key, _label in GUIDE_STEPS]
        later = keys[keys.index(self.step) + 1 :]
        missing = self.env.company._dealer_open_steps()
        following = next((key for key in later if key in missing), None)
        if not following:
            return {"type": "ir.actions.act_window_close"}
        return open_dialog(self.browse(), self.env._("Shop Setup"), step=following)

    # ------------------------------------------------------------------
    # STEPS
    # ------------------------------------------------------------------

    def _save_zone(self):
        if not self.tz:
            raise UserError(self.env._("Choose a time zone."))
        # only administrators write companies; managers set up their shop
        company = self.env.company.sudo()
        if self.country_id and not company.country_id:
            company.country_id = self.country_id
        company.dealer_tz = self.tz

    def _save_hours(self):
        # only administrators write working hours; managers set up their shop
        company = self.env.company.sudo()
        lines = [] if self.keeps_hours else self._attendances()
        if not company.dealer_calendar_id:
            # the company's own hours are those of all its employees
            values = {"name": self.env._("Service Hours"), "company_id": company.id}
            company.dealer_calendar_id = company._dealer_calendar().copy(values)
        if lines:
            company._dealer_own_calendar().write(
                {
                    "flexible_hours": False,
                    "two_weeks_calendar": False,
                    "attendance_ids": [Command.clear(), *lines],
                }
            )

    def _attendances(self):
        """The lines of the working hours."""
        days = [day for day, name in enumerate(WEEKDAYS) if self[name]]
        if not days:
            raise UserError(self.env._("Tick the days on which the shop is open."))
        spans = [("morning", self.open_from, self.open_to)]
        if self.has_break:
            spans = [
                ("morning", self.open_from, self.break_from),
                ("lunch", self.break_from, self.break_to),
                ("afternoon", self.break_to, self.open_to),
            ]
        if not all(0 <= low < high <= 24 for _period, low, high in spans):
            raise UserError(
                self.env._(
                    "These hours cannot be right: the shop must close after it opens, "
                    "and the break must lie between."
                )
            )
        weekday = self.env["resource.calendar.attendance"]._fields["dayofweek"]
        labels = dict(weekday._description_selection(self.env))
        return [
            Command.create(
                {
                    "name": labels[str(day)],
                    "dayofweek": str(day),
                    "day_period": period,
                    "hour_from": low,
                    "hour_to": high,
                }
            )
            for day in days
            for period, low, high in spans
        ]

    def _save_holidays(self):
        workdays = self.env["dealer.workday"]
        workdays.check_access("create")
        company = self.env.company
        names = self.holiday_ids._names_by_day()
        # entering the company's holidays is part of entering its make-up workdays
        workdays.sudo()._fill_holidays(names, company)
        workdays.sudo()._fill_published(company)
        this_year = fields.Date.context_today(self).year
        company._dealer_holidays_known(max([day.year for day in names] or [this_year]))

    def _save_staff(self):
        self.staff_ids._give_roles()
        self.staff_ids.filtered(lambda row: row.role == "technician")._add_technicians()

    def _save_bays(self):
        if not 0 < self.bay_count <= MAX_BAYS:
            raise UserError(
                self.env._(
                    "Enter a number of bays between 1 and %(most)s.", most=MAX_BAYS
                )
            )
        self.env["resource.resource"].create(
            [
                {
                    "name": self.env._("Bay %(number)s", number=number + 1),
                    "dealer_role": "bay",
                    "company_id": self.env.company.id,
                    "calendar_id": False,
                }
                for number in range(len(self._bays()), self.bay_count)
            ]
        )

    def _save_payments(self):
        # only accountants make journals; managers set up their shop
        company = self.env.company.sudo()
        if not company.chart_template:
            raise UserError(
                self.env._(
                    "%(shop)s has no chart of accounts yet. Choose one in the settings "
                    "of Invoicing first.",
                    shop=company.name,
                )
            )
        company._dealer_enter_payments([way for way in JOURNALS if self[f"pays_{way}"]])
