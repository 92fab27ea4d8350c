import hashlib
from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import groups
from ...tools.actions import open_form
from ...tools.capacity import Book
from ...tools.work_time import day_span
from ..shop.res_company_booking import HORIZON_DAYS

#: A month: an appointment that is further away is changed whenever its customer likes.
MOST_HOURS = 720

#: Work of the last day that is open goes on in the next days.
OVERNIGHT_DAYS = 14
#: What a customer's booking asks of the share that is open to customers.
SHARED = ("slot", "hours")


class ResCompany(models.Model):
    """What of a shop customers book alone, on a page behind a link of its own."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_online_booking = fields.Boolean(
        "Online Booking",
        help="Customers book on a page of the shop, on their phones.",
    )
    dealer_online_token = fields.Char(
        "Key of the Booking Page", copy=False, readonly=True, groups=groups.MANAGER
    )
    dealer_online_url = fields.Char(
        "Link of the Booking Page",
        compute="_compute_dealer_online_url",
        groups=groups.MANAGER,
        help="For posters, the website and messages.",
    )
    dealer_online_days = fields.Integer(
        "Open Ahead (days)", default=14, help="How many days ahead customers may book."
    )
    dealer_online_notice = fields.Float(
        "Earliest Notice (hours)",
        default=2.0,
        help="The first slot a customer is offered lies at least so far ahead.",
    )
    dealer_online_share = fields.Integer(
        "Share of the Capacity (%)",
        default=50,
        help="So much of each day's hours, and of each slot, customers may take on the "
        "page. At least one reception of a slot is open to them.",
    )
    dealer_online_change_hours = fields.Float(
        "Changed until (hours before)",
        default=2.0,
        help="So long before the appointment customers may move or cancel it by the "
        "link. Later they call.",
    )
    dealer_online_package_ids = fields.Many2many(
        "sale.order.template",
        "res_company_dealer_online_package_rel",
        string="Packages Offered Online",
        check_company=True,
        help="With their price and time. Customers may always use their own words "
        "instead.",
    )
    dealer_online_user_id = fields.Many2one(
        "res.users",
        "Looks at Online Bookings",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Is told of bookings without an advisor. Empty: they show on the home.",
    )
    dealer_online_privacy = fields.Text(
        "Privacy Notice",
        translate=True,
        help="Agreed to before a telephone number is taken. What each customer agreed "
        "to is kept with the booking. Empty: the notice of the suite.",
    )
    dealer_icp_number = fields.Char(
        "ICP Filing Number",
        help="Number of the website's registration in China, at the foot of public "
        "pages.",
    )

    _dealer_online_token_uniq = models.UniqueIndex(
        "(dealer_online_token) WHERE dealer_online_token IS NOT NULL"
    )

    @api.depends("dealer_online_token")
    def _compute_dealer_online_url(self):
        for company in self:
            company.dealer_online_url = company._key_url(
                "dealer_online_token", "/book/"
            )

    @api.constrains(
        "dealer_online_days",
        "dealer_online_notice",
        "dealer_online_share",
        "dealer_online_change_hours",
    )
    def _check_dealer_online(self):
        for company in self:
            if not 1 <= company.dealer_online_days <= HORIZON_DAYS:
                raise ValidationError(
                    self.env._(
                        "%(shop)s: customers may book between 1 and %(days)s days "
                        "ahead.",
                        shop=company.name,
                        days=HORIZON_DAYS,
                    )
                )
            if not 1 <= company.dealer_online_share <= 100:
                raise ValidationError(
                    self.env._(
                        "%(shop)s: the share of the capacity that customers book must "
                        "be a percentage between 1 and 100.",
                        shop=company.name,
                    )
                )
            hours = (company.dealer_online_notice, company.dealer_online_change_hours)
            if not 0 <= min(hours) <= max(hours) <= MOST_HOURS:
                raise ValidationError(
                    self.env._(
                        "%(shop)s: the hours in the settings of online booking lie "
                        "between 0 and %(most)s.",
                        shop=company.name,
                        most=MOST_HOURS,
                    )
                )

    # ------------------------------------------------------------------
    # THE LINK
    # ------------------------------------------------------------------

    def action_renew_online_link(self):
        """Make a new link; the old one is dead at once."""
        # short: it stands on posters, as a code
        self._renew_key("dealer_online_token", 18)
        return self.action_online_settings()

    def action_revoke_online_link(self):
        """Close the page: no link leads to it any more."""
        self._revoke_key("dealer_online_token")
        return self.action_online_settings()

    def action_open_online(self):
        """Open the page in a tab of its own."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self.dealer_online_url,
            "target": "new",
        }

    def action_print_online(self):
        """The poster with the code of the page."""
        self.ensure_one()
        self._check_keeper()
        return self.env.ref("dealer_service.action_paper_online").report_action(self)

    @api.model
    def action_online_settings(self):
        """The link of the current company, to be copied, renewed or revoked."""
        self.env.company._check_keeper()
        # the manager presses its buttons and writes none of the company
        return open_form(
            self.env.company,
            self.env._("Booking Page"),
            view="dealer_service.res_company_view_form_online",
            target="new",
        )

    @api.model
    def _online_company(self, token):
        """The shop whose page a link opens; empty for a wrong one, and while customers
        may not book.

        :param str token: the secret part of the link
        """
        return self._by_key("dealer_online_token", token).filtered(
            "dealer_online_booking"
        )

    def _online_address(self):
        """Where customers book, in this shop; empty while they may not."""
        self.ensure_one()
        # the link stands on posters, for everybody
        company = self.sudo()
        return company.dealer_online_booking and company.dealer_online_url or ""

    def _public_links(self):
        links = super()._public_links()
        if address := self._online_address():
            links.append({"name": self.env._("Book Your Service"), "url": address})
        return links

    @api.model
    def _online_shops(self):
        """Where whoever is signed in may book: dicts of ``name`` and ``url``."""
        # the customer has no rights on shops, whose page everybody may open
        shops = self.env.user.company_ids.sudo()
        return [
            {"name": shop.name, "url": f"/book/{shop.dealer_online_token}"}
            for shop in shops
            if shop._online_address()
        ]

    # ------------------------------------------------------------------
    # WHAT IS OFFERED
    # ------------------------------------------------------------------

    def _online_packages(self):
        """The packages that are offered, with their prices of today.

        :return: list of dicts ``id``, ``name``, ``price``, ``minutes``
        """
        self.ensure_one()
        packages = self.dealer_online_package_ids.filtered("active")
        rows = self.env["dealer.public.price"].browse()
        for package in packages:
            rows |= rows.new({"company_id": self.id, "package_id": package.id})
        # the price that is posted, and asked by an estimate
        prices = rows._estimate_prices()
        return [
            {
                "id": row.package_id._origin.id,
                "name": row.package_id.name,
                "price": self._public_money(prices[row]),
                "minutes": round(row.package_id.dealer_hours * 60),
            }
            for row in rows
        ]

    def _online_notice(self):
        """The privacy notice in the language of the context."""
        self.ensure_one()
        return self.dealer_online_privacy or self.env._(
            "%(shop)s stores your telephone number, your name, the plate of your car "
            "and what you write here to make this appointment, to remind you of it and "
            "to service your car. They are not passed on to others and are deleted "
            "when no law requires us to keep them. You may see, correct or delete them "
            "at any time: %(phone)s.",
            shop=self.name,
            phone=self.dealer_hotline or self.phone or self.name,
        )

    def _online_notice_version(self):
        """Changes whenever the notice changes."""
        return hashlib.sha256(self._online_notice().encode()).hexdigest()[:12]

    # ------------------------------------------------------------------
    # SLOTS
    # ------------------------------------------------------------------

    def _online_slots(self, hours, advisor=None, without=()):
        """Starts of the slots that customers may take, by day of the shop.

        :param float hours: what the visit needs
        :param res.users advisor: who must be free; empty: anybody
        :param without: ids of visits that are left out
        :rtype: dict
        """
        self.ensure_one()
        now = fields.Datetime.now()
        last = self._dealer_day(now) + timedelta(days=self.dealer_online_days)
        book, share = self._online_books(self._dealer_day(now), last, without)
        earliest = now + timedelta(hours=self.dealer_online_notice)
        by_day = {}
        for start in book.free(earliest, hours, advisor.id if advisor else None):
            day = self._dealer_day(start)
            if day > last:
                break
            if not share.refusal(start, hours, None, SHARED):
                by_day.setdefault(day, []).append(start)
        return by_day

    def _online_books(self, first, last, without):
        """The book of the shop, and that of the share which is open to customers."""
        tz = self._dealer_tz()
        end = last + timedelta(days=OVERNIGHT_DAYS)
        span = day_span(first, tz)[0], day_span(end, tz)[1]
        visits = self.env["dealer.reception"]._of_the_book(self, *span)
        book = self._dealer_book(first, end, without=without, visits=visits)
        part = self.dealer_online_share / 100.0
        share = Book(
            [
                replace(
                    day,
                    capacity=None if day.capacity is None else day.capacity * part,
                    booked=0.0,
                )
                for day in book.days
            ],
            [(slot.start, slot.end) for slot in book.slots],
        )
        for mine, slot in zip(share.slots, book.slots, strict=True):
            mine.limit = slot.limit and max(1, int(slot.limit * part))
        for visit in visits._booked_between(*span):
            if visit.is_by_customer and visit.id not in without:
                share.add(visit.date_appointment, visit.date_appointment_end)
        return book, share
