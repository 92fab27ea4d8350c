from contextlib import contextmanager
from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.base.models.res_partner import _tz_get


class ResCompany(models.Model):
    """The time zone of a shop: that of its opening hours, once somebody has chosen it.

    Odoo gives the working hours of a new company the zone of whoever creates it, UTC
    where it knows none. So UTC is nobody's choice, unless it was chosen here, nor is a
    clock that a new company has and its country has not. What reads a clock asks
    :meth:`_dealer_has_zone` first.
    """

    _name = "res.company"
    _inherit = "res.company"

    dealer_tz = fields.Selection(
        _tz_get,
        "Time Zone of the Shop",
        compute="_compute_dealer_tz",
        inverse="_inverse_dealer_tz",
        store=True,
        help="Opening hours, appointments, promises and time limits are counted in it. "
        "Empty: not chosen yet.",
    )

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {"dealer_tz"}

    @api.depends("dealer_calendar_id.tz", "resource_calendar_id.tz")
    def _compute_dealer_tz(self):
        for company in self:
            tz = company._dealer_calendar().tz
            is_chosen = tz != "UTC" or company.dealer_tz == "UTC"
            company.dealer_tz = is_chosen and tz

    def _inverse_dealer_tz(self):
        for company in self.filtered("dealer_tz"):
            # whoever may choose the zone of the shop need not keep working hours
            shop = company.sudo()
            hours = shop._dealer_own_calendar()
            # other hours of the shop were left in UTC by the same default
            hours |= shop.resource_calendar_ids.filtered_domain([("tz", "=", "UTC")])
            hours.tz = shop.dealer_tz

    def _dealer_own_calendar(self):
        """The opening hours, as a copy when another shop is open by them as well."""
        self.ensure_one()
        calendar = self._dealer_calendar()
        others = (
            Domain("dealer_calendar_id", "=", calendar.id)
            | Domain("resource_calendar_id", "=", calendar.id)
        ) & Domain("id", "!=", self.id)
        if calendar and not self.search_count(others, limit=1):
            return calendar
        if calendar:
            values = {"company_id": self.id, "name": f"{calendar.name} ({self.name})"}
            self.dealer_calendar_id = calendar.copy(values)
        else:
            self._create_resource_calendar()
        return self._dealer_calendar()

    def _dealer_has_zone(self):
        """Whether anything may be counted by the clock of the shop."""
        return self._dealer_kept_hours()[3]

    # ------------------------------------------------------------------
    # ONCE IT IS CHOSEN
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._forget_foreign_zone()
        return companies

    def _forget_foreign_zone(self):
        """What a new shop was given is no choice where nobody goes by that clock."""
        for company in self:
            if company.dealer_tz and not company._goes_by(company.dealer_tz):
                company.dealer_tz = False

    def _goes_by(self, tz):
        """Whether the clock of a zone is one of the country, as far as it is known."""
        zones = pytz.country_timezones.get(self.country_id.code or "")
        if not zones:
            return True
        clock, *clocks = (
            datetime.now(pytz.timezone(zone)).utcoffset() for zone in (tz, *zones)
        )
        return clock in clocks

    def write(self, vals):
        decisive = {"dealer_tz", "dealer_calendar_id", "resource_calendar_id"}
        if not decisive & vals.keys():
            return super().write(vals)
        with self._dealer_zone_watched():
            return super().write(vals)

    @contextmanager
    def _dealer_zone_watched(self):
        """Whatever gives a shop its zone, what has waited for it begins."""
        # the zone of a shop is no secret to who changes its hours
        waiting = self.sudo().filtered(lambda company: not company.dealer_tz)
        yield
        chosen = waiting.filtered("dealer_tz")
        if chosen:
            chosen._on_zone_chosen()

    def _on_zone_chosen(self):
        """Hook: the shops of ``self`` (with all rights) now have a time zone."""
        self.env["dealer.workday"]._fill_published(self)
