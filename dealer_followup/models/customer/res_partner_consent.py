import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.dealer_service.tools.access import NOBODY
from odoo.addons.dealer_service.tools.refusal import NamedRefusal

from ..call.dealer_consent import CONSENT_PURPOSES
from ..rule.dealer_care_rule import CHANNELS

TOKEN_BYTES = 18
#: So often a number is given a consent within a day; it is withdrawn at any time.
MAX_GIVEN_A_DAY = 10


class TooManyDecisions(NamedRefusal):
    """The ledger is no game of yes and no."""


class ResPartner(models.Model):
    """The customer decides on his own page what his number may be used for.

    The page belongs to whoever has the link, or the login, of this card. The login
    is no proof of a number that somebody else has too: for that one only the link,
    which is sent to the number, decides. What is
    decided is written into the ledger by number, and never changed there.
    """

    _name = "res.partner"
    _inherit = "res.partner"

    # who knows it decides as the customer
    consent_token = fields.Char(copy=False, readonly=True, groups=NOBODY)

    _consent_token_uniq = models.UniqueIndex(
        "(consent_token) WHERE consent_token IS NOT NULL"
    )

    def action_consent_link(self):
        """The link by which this customer gives or withdraws consent: to be copied.

        Callers have no rights on cards; the link is all they make.

        :raise AccessError: for a customer whom only other shops know
        """
        self.ensure_one()
        self.check_access("read")
        self.env["dealer.consent"].check_access("create")
        self._check_link_from_here()
        # callers have no rights on cards; who had the link could have decided himself
        self.sudo()._message_log(
            body=self.env._(
                "The link for consent was shown. Whoever has it decides as the "
                "customer."
            ),
            author_id=self.env.user.partner_id.id,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "sticky": True,
                "title": self.env._("Link for %s", self.name),
                "message": self._consent_url(),
            },
        }

    def _check_link_from_here(self):
        """The link decides for every shop of the customer: his own shops hand it out.

        :raise AccessError: for a customer whom only other shops know
        """
        shops = self._dealer_shops()
        if shops and not shops & self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "%(customer)s is a customer of %(shops)s. The link for consent "
                    "is made there, or here once the customer has been to this shop.",
                    customer=self.display_name,
                    shops=", ".join(shops.mapped("name")),
                )
            )

    def _consent_url(self):
        """The unguessable address of the consent page of this customer."""
        self.ensure_one()
        # whoever sends the link need not be allowed to edit the card
        card = self.sudo()
        if not card.consent_token:
            card.consent_token = secrets.token_urlsafe(TOKEN_BYTES)
        return f"{card.get_base_url()}/consent/{card.consent_token}"

    def _is_number_of_another(self):
        """Whether somebody else is known by the number that this card names.

        A customer who signs in may have typed it himself. Asked with all rights.
        """
        self.ensure_one()
        if not self.phone_key:
            return False
        family = self.commercial_partner_id
        cards = self.with_context(active_test=False)
        if cards.search_count(
            [
                ("phone_key", "=", self.phone_key),
                ("commercial_partner_id", "!=", family.id),
            ],
            limit=1,
        ):
            return True
        # whoever decided for it before may have another number by now
        return bool(
            self.env["dealer.consent"].search_count(
                [
                    ("phone", "=", self.phone_key),
                    ("partner_id", "!=", False),
                    ("partner_id.commercial_partner_id", "!=", family.id),
                ],
                limit=1,
            )
        )

    @api.model
    def _by_consent_token(self, token):
        """The card behind a link; empty for any other text. Asked with all rights."""
        if not token or not isinstance(token, str) or len(token) > 64:
            return self.browse()
        return self.search([("consent_token", "=", token)], limit=1)

    def _consent_shops(self):
        """The shops that know this number; the first shop when none does."""
        self.ensure_one()
        shops = self.company_id
        if self.phone_key:
            groups = self.env["dealer.consent"]._read_group(
                [("phone", "=", self.phone_key)], ["company_id"]
            )
            shops |= self.env["res.company"].union(*(shop for [shop] in groups))
        visits = self.env["dealer.reception"]._read_group(
            ["|", ("partner_id", "=", self.id), ("contact_id", "=", self.id)],
            ["company_id"],
        )
        shops |= self.env["res.company"].union(*(shop for [shop] in visits))
        invited = self.env["dealer.activity.invitee"]._read_group(
            [("partner_id", "=", self.id)], ["company_id"]
        )
        shops |= self.env["res.company"].union(*(shop for [shop] in invited))
        return shops or self.env["res.company"].search([], order="id", limit=1)

    def _consent_values(self, by_link=True):
        """What the page shows: a masked number and the decisions, nothing else.

        :param bool by_link: or by login, which shows nothing of a number that
            somebody else has too
        :return: dict of ``phone``, ``needs_link`` and ``shops``: name and purposes
            with what holds
        """
        self.ensure_one()
        needs_link = not by_link and self._is_number_of_another()
        ledger = self.env["dealer.consent"]
        labels = dict(ledger._fields["purpose"]._description_selection(self.env))
        phone = self.phone_key or ""
        return {
            "phone": f"{phone[:-8]}****{phone[-4:]}" if len(phone) > 8 else "",
            "needs_link": needs_link,
            "shops": [
                {
                    "id": shop.id,
                    "name": shop.name,
                    "purposes": [
                        {
                            "code": code,
                            "label": labels[code],
                            "wording": self._consent_wording(shop, code),
                            "version": self._consent_version(shop, code),
                            "decision": self._consent_state(shop, code),
                        }
                        for code, _label in CONSENT_PURPOSES
                    ],
                }
                for shop in (self._consent_shops() if phone and not needs_link else ())
            ],
        }

    def _consent_wording(self, shop, purpose):
        """What the customer agrees to, in his language."""
        words = {
            "satisfaction": self.env._(
                "%(shop)s may ask me by phone, message or letter how satisfied I am.",
                shop=shop.name,
            ),
            "marketing": self.env._(
                "%(shop)s may inform me about offers, services and activities by "
                "phone, message or letter.",
                shop=shop.name,
            ),
            "greeting": self.env._(
                "%(shop)s may send me greetings on holidays and my birthday.",
                shop=shop.name,
            ),
        }
        return words[purpose]

    def _consent_version(self, shop, purpose):
        """Names the words: others have another version."""
        words = self._consent_wording(shop, purpose).encode()
        return hashlib.sha256(words).hexdigest()[:12]

    def _consent_state(self, shop, purpose):
        """What holds for the number, whichever way it is reached.

        :return: ``given``, ``withdrawn``, ``partly`` when calls and messages differ,
            ``False`` when nothing was ever decided
        """
        lines = self.env["dealer.consent"].search(
            [
                ("phone", "=", self.phone_key),
                ("company_id", "=", shop.id),
                ("purpose", "=", purpose),
            ],
            order="date desc, id desc",
        )
        holds = {
            next((one.decision for one in lines if one.channel in ("any", way)), False)
            for way, _label in CHANNELS
        }
        return holds.pop() if len(holds) == 1 else "partly"

    def _decide_consent(self, shop_id, purpose, decision, evidence, version=None):
        """Add a line to the ledger; the same decision again adds none.

        :param version: of the words that were shown; consent to words that have
            changed since is none
        :raise TooManyDecisions: for a consent that is given and taken back all day
        :return: whether there was anything to record
        """
        self.ensure_one()
        shop = self._consent_shops().filtered(lambda shop: shop.id == shop_id)
        purposes = [code for code, _label in CONSENT_PURPOSES]
        if (
            not shop
            or not self.phone_key
            or purpose not in (*purposes, "all")
            or decision not in ("given", "withdrawn")
            or (purpose == "all" and decision == "given")
        ):
            return False
        if decision == "given" and version not in (
            None,
            self._consent_version(shop, purpose),
        ):
            return False
        wanted = [
            code
            for code in (purposes if purpose == "all" else [purpose])
            if self._consent_state(shop, code) != decision
        ]
        if not wanted:
            return False
        # one decision about a number at a time: the second waits, fails, is run again
        # by Odoo and finds what the first has recorded
        self.env.cr.execute(
            "UPDATE res_partner SET id = id WHERE phone_key = %s OR id = %s",
            (self.phone_key or "", self.id),
        )
        if decision == "given":
            self._check_not_too_many_given()
        self.env["dealer.consent"].create(
            [
                {
                    "phone": self.phone_key,
                    "partner_id": self.id,
                    "company_id": shop.id,
                    "purpose": code,
                    "channel": "any",
                    "decision": decision,
                    "origin": self.env._("Own Page"),
                    "evidence": evidence,
                    "wording": self._consent_wording(shop, code),
                    "wording_version": self._consent_version(shop, code),
                }
                for code in wanted
            ]
        )
        return True

    def _check_not_too_many_given(self):
        """Withdrawing is never refused, and ends what goes to and fro."""
        given = self.env["dealer.consent"].search_count(
            [
                ("phone", "=", self.phone_key),
                ("decision", "=", "given"),
                ("date", ">", fields.Datetime.now() - timedelta(days=1)),
            ],
            limit=MAX_GIVEN_A_DAY,
        )
        if given >= MAX_GIVEN_A_DAY:
            raise TooManyDecisions(
                self.env._(
                    "You have changed this very often today. Please agree again"
                    " tomorrow, or tell your service advisor."
                )
            )
