from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import groups
from ...tools.actions import open_form
from ...tools.plate import mask_plate
from ...tools.work_time import local_date
from ..common.dealer_reception_states import CAR_IS_HERE

#: How far a car has come, in percent, by state.
PROGRESS = {
    "arrived": 10,
    "inspected": 25,
    "authorized": 40,
    "working": 60,
    "quality": 85,
    "ready": 100,
    "settled": 100,
}
#: Rows of prices on one sheet of the screen.
ROWS_ON_A_SHEET = 8
#: More cars than this are not shown: fourteen pages on the screen.
MAX_CARS = 98


class ResCompany(models.Model):
    """The lounge screen of a shop: a page behind a link that cannot be guessed."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_lounge_token = fields.Char(
        "Key of the Lounge Screen", copy=False, readonly=True, groups=groups.MANAGER
    )
    dealer_lounge_url = fields.Char(
        "Link of the Lounge Screen",
        compute="_compute_dealer_lounge_url",
        groups=groups.MANAGER,
        help="Anyone who has the link can see the screen. Renew it if it has leaked.",
    )

    _dealer_lounge_token_uniq = models.UniqueIndex(
        "(dealer_lounge_token) WHERE dealer_lounge_token IS NOT NULL"
    )

    @api.depends("dealer_lounge_token")
    def _compute_dealer_lounge_url(self):
        for company in self:
            company.dealer_lounge_url = company._key_url(
                "dealer_lounge_token", "/lounge/"
            )

    # ------------------------------------------------------------------
    # THE LINK
    # ------------------------------------------------------------------

    def action_renew_lounge_link(self):
        """Make a new link; the old one is dead at once."""
        self._renew_key("dealer_lounge_token")
        return self.action_lounge_settings()

    def action_revoke_lounge_link(self):
        """Close the screen: no link leads to it any more."""
        self._revoke_key("dealer_lounge_token")
        return self.action_lounge_settings()

    def action_open_lounge(self):
        """Open the screen in a tab of its own."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self.dealer_lounge_url,
            "target": "new",
        }

    @api.model
    def action_lounge_settings(self):
        """The link of the current company, to be copied, renewed or revoked."""
        # the manager presses its buttons and writes none of the company
        return open_form(
            self.env.company,
            self.env._("Lounge Screen"),
            view="dealer_service.res_company_view_form_lounge",
            target="new",
        )

    # ------------------------------------------------------------------
    # THE SCREEN
    # ------------------------------------------------------------------

    @api.model
    def _lounge_company(self, token):
        """The shop whose screen a link opens; empty for a wrong or revoked one.

        :param str token: the secret part of the link
        """
        return self._by_key("dealer_lounge_token", token)

    def _lounge_cars(self):
        """The cars in the house as everybody may see them, those who wait first.

        Costs the same number of queries for any number of cars.

        :return: list of dicts ``plate`` (masked), ``step``, ``progress`` (percent),
            ``promise`` (time), ``words``, ``tone`` (ok, soon, late, ready),
            ``is_waiting``
        """
        self.ensure_one()
        receptions = (
            self.env["dealer.reception"]
            # for nobody, by the link: only the masked values below leave the server
            .sudo()
            .search_fetch(
                CAR_IS_HERE & Domain("company_id", "=", self.id),
                [
                    "license_plate",
                    "state",
                    "date_promised",
                    "promise_state",
                    "is_waiting",
                ],
                order="is_waiting DESC, date_promised, date_arrived, id",
                limit=MAX_CARS,
            )
        )
        tz = self._dealer_tz()
        today = local_date(fields.Datetime.now(), tz)
        return [self._lounge_car(reception, tz, today) for reception in receptions]

    def _lounge_sheets(self):
        """What everybody may know of the shop, in sheets of a few rows: the screen
        turns them after the cars.

        :return: list of dicts ``title`` and ``rows``, each ``name``, ``value``
        """
        self.ensure_one()
        if not self.dealer_public_token:
            return []
        posting = self.env["dealer.public.posting"].search(
            [("company_id", "=", self.id), ("date_to", "=", False)], limit=1
        )
        sheets = posting._in_parts() if posting else []
        return [
            {"title": title, "rows": rows[start : start + ROWS_ON_A_SHEET]}
            for title, rows in sheets
            for start in range(0, len(rows), ROWS_ON_A_SHEET)
        ]

    def _lounge_codes(self):
        """What whoever waits opens on the own phone: the page of the shop, and what
        else it links. Dicts of ``name`` and ``url``.
        """
        self.ensure_one()
        if not self.dealer_public_token:
            return []
        page = {"name": self.env._("Prices and rights"), "url": self.dealer_public_url}
        return [page, *self._public_links()]

    def _lounge_car(self, reception, tz, today):
        tone, words = self._lounge_promise(reception)
        return {
            "plate": mask_plate(reception.license_plate) or self.env._("No plate yet"),
            "step": self._lounge_step(reception.state),
            "progress": PROGRESS[reception.state],
            "promise": self._lounge_time(reception.date_promised, tz, today),
            "words": words,
            "tone": tone,
            "is_waiting": reception.is_waiting,
        }

    def _lounge_step(self, state):
        """The step in the customer's words."""
        return {
            "arrived": self.env._("Being checked in"),
            "inspected": self.env._("Estimate awaiting approval"),
            "authorized": self.env._("Waiting for the workshop"),
            "working": self.env._("In the workshop"),
            "quality": self.env._("Quality check"),
            "ready": self.env._("Ready for you"),
            "settled": self.env._("Ready for you"),
        }[state]

    def _lounge_promise(self, reception):
        """Tone and words: colour alone says nothing to a colour-blind customer."""
        if reception.state in ("ready", "settled"):
            return "ready", self.env._("Please see your advisor")
        return {
            "on_time": ("ok", self.env._("On time")),
            "at_risk": ("soon", self.env._("Soon due")),
            "late": ("late", self.env._("Later than promised")),
        }.get(reception.promise_state, ("ok", ""))

    def _lounge_time(self, date, tz, today):
        if not date:
            return ""
        local = fields.Datetime.context_timestamp(self.with_context(tz=tz.zone), date)
        if local.date() == today:
            return local.strftime("%H:%M")
        day = format_date(self.env, local.date(), date_format="MM-dd")
        return f"{day} {local:%H:%M}"
