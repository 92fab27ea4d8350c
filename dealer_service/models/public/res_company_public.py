from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_amount, groupby

from ...tools import groups
from ...tools.actions import open_form
from ...tools.work_time import clock_time, days_together
from .dealer_public_price import KINDS


class ResCompany(models.Model):
    """What a shop tells everybody (公开信息), on a page behind a link of its own."""

    _name = "res.company"
    _inherit = ["res.company", "dealer.keys.mixin"]

    dealer_hotline = fields.Char(
        "Service Hotline", help="Empty: the telephone number of the shop."
    )
    dealer_public_token = fields.Char(
        "Key of the Public Page", copy=False, readonly=True, groups=groups.MANAGER
    )
    dealer_public_url = fields.Char(
        "Link of the Public Page",
        compute="_compute_dealer_public_url",
        groups=groups.MANAGER,
        help="For posters, and for whoever asks what something costs.",
    )

    _dealer_public_token_uniq = models.UniqueIndex(
        "(dealer_public_token) WHERE dealer_public_token IS NOT NULL"
    )

    @api.depends("dealer_public_token")
    def _compute_dealer_public_url(self):
        for company in self:
            company.dealer_public_url = company._key_url(
                "dealer_public_token", "/dealer/"
            )

    # ------------------------------------------------------------------
    # THE LINK
    # ------------------------------------------------------------------

    def action_renew_public_link(self):
        """Make a new link; the old one is dead at once."""
        # short: it stands on posters, as a code
        self._renew_key("dealer_public_token", 18)
        for company in self.sudo():  # who may was asked above
            company._public_posting()
        return self.action_public_settings()

    def action_revoke_public_link(self):
        """Close the page: no link leads to it any more."""
        self._revoke_key("dealer_public_token")
        return self.action_public_settings()

    def action_open_public(self):
        """Open the page in a tab of its own."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self.dealer_public_url,
            "target": "new",
        }

    def action_print_public(self):
        """The poster of what is posted now."""
        self.ensure_one()
        self.env["dealer.public.posting"].check_access("read")
        self.check_access("read")
        # what is shown is kept by the process, whoever prints it
        posting = self.sudo()._public_posting().with_env(self.env)
        return self.env.ref("dealer_service.action_paper_public").report_action(posting)

    @api.model
    def action_public_settings(self):
        """The link of the current company, to be copied, renewed or revoked."""
        self.env.company._check_keeper()
        # the manager presses its buttons and writes none of the company
        return open_form(
            self.env.company,
            self.env._("Public Page"),
            view="dealer_service.res_company_view_form_public",
            target="new",
        )

    def _write_key(self, name, key):
        # companies are written by system administrators only; these keys are the
        # service manager's
        self.sudo()[name] = key

    def _check_keeper(self):
        """:raise AccessError: for who does not run the service department here"""
        is_manager = self.env.user.has_group(groups.MANAGER)
        if not is_manager or self - self.env.user.company_ids:
            raise AccessError(
                self.env._("Only a service manager may manage this link of the shop.")
            )

    @api.model
    def _public_company(self, token):
        """The shop whose page a link opens; empty for a wrong or revoked one.

        :param str token: the secret part of the link
        """
        company = self._by_key("dealer_public_token", token)
        return company.with_context(lang=company._public_lang(), tz=False)

    # ------------------------------------------------------------------
    # WHAT IS POSTED
    # ------------------------------------------------------------------

    def _public_lang(self):
        return self.partner_id.lang or self.env.lang or "en_US"

    def _public_posting(self):
        """What the shop posts now; kept, when it is something else than before."""
        self.ensure_one()
        company = self.with_context(lang=self._public_lang()).with_company(self)
        if not company.dealer_public_token:
            raise UserError(
                self.env._(
                    "%s has no public page. A service manager creates its link under "
                    "Configuration → Public Page.",
                    self.name,
                )
            )
        return company.env["dealer.public.posting"]._post(
            company, company._public_content()
        )

    @api.model
    def _cron_post(self):
        """What changed since somebody looked last is posted, for the lounge screen."""
        for company in self.search([("dealer_public_token", "!=", False)]):
            company._public_posting()

    def _public_content(self):
        """All that is told to everybody, in words: what is shown is what is kept."""
        self.ensure_one()
        today = self._dealer_today()
        notices = self.env["dealer.public.notice"]._shown(self, today)
        return {
            "name": self.name,
            "address": self._public_address(),
            "phone": self.phone or "",
            "hotline": self.dealer_hotline or self.phone or "",
            "hours": self._public_hours(),
            "prices": self._public_prices(),
            "warranties": self._public_warranties(),
            "terms": self._public_terms(),
            "notices": self._public_notices(notices),
        }

    def _public_address(self):
        partner = self.partner_id
        if partner.country_code != "CN":
            address = partner._display_address(without_company=True)
            return " ".join(address.split())
        parts = (partner.state_id.name, partner.city, partner.street, partner.street2)
        return "".join(part.strip() for part in parts if part)

    def _public_hours(self):
        """Opening hours in words, days with the same hours together."""
        calendar = self._dealer_calendar()
        rows = calendar.attendance_ids.filtered(
            lambda row: row.day_period != "lunch" and row.dayofweek
        )
        labels = dict(rows._fields["dayofweek"]._description_selection(self.env))
        spans = {}
        for row in rows.sorted("hour_from"):
            span = f"{clock_time(row.hour_from)}–{clock_time(row.hour_to)}"
            spans.setdefault(int(row.dayofweek), []).append(span)
        return [
            {
                "days": "–".join(labels[str(day)] for day in dict.fromkeys(ends)),
                "hours": ", ".join(dict.fromkeys(times)),
            }
            for ends, times in days_together(spans)
        ]

    def _public_prices(self):
        """Published prices by kind, as an estimate asks them today."""
        rows = self.env["dealer.public.price"].search([("company_id", "=", self.id)])
        labels = dict(rows._fields["kind"]._description_selection(self.env))
        order = [kind for kind, _label in KINDS]
        rows = rows.sorted(lambda row: (order.index(row.kind), row.sequence, row.id))
        return [
            {"label": labels[kind], "rows": [row._posted() for row in mine]}
            for kind, mine in groupby(rows, lambda row: row.kind)
        ]

    def _public_warranties(self):
        warranties = self.env["dealer.repair.warranty"].search(
            [("company_id", "in", [False, self.id])]
        )
        return [
            {
                "name": row.name,
                "term": self.env._(
                    "%(km)s km or %(days)s days", km=row.km, days=row.days
                ),
            }
            for row in warranties
        ]

    def _public_terms(self):
        """By when the shop answers a complaint, in sentences. Hook."""
        return []

    def _public_notices(self, notices):
        labels = dict(notices._fields["kind"]._description_selection(self.env))
        return [
            {
                "kind": notice.kind,
                "label": labels[notice.kind],
                "name": notice.name,
                "text": notice.text or "",
                "phone": notice.phone or "",
                "source": notice.source or "",
            }
            for notice in notices
        ]

    def _public_links(self):
        """What else the page leads to: dicts of ``name`` and ``url``. Hook."""
        return []

    def _public_money(self, amount):
        return format_amount(self.env, amount, self.currency_id)
