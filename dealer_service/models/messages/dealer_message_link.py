import re
import secrets
import string
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, consteq, hmac

#: Letters and digits that no keyboard and no provider changes.
LETTERS = string.digits + string.ascii_letters
#: 71 bits: nobody guesses one while it is good.
SIZE = 12
TOKEN = re.compile(rf"[{LETTERS}]{{{SIZE}}}")


class DealerMessageLink(models.Model):
    """A short way to a customer's page, for text messages.

    A provider takes neither an address nor anything long as a variable, so the text
    that it approves ends with ``https://shop/r/`` and the variable is the token. It
    opens what it was made for as long as that is there and its own link is the same:
    whoever withdraws or renews the link of a page has withdrawn the short one, too.
    """

    _name = "dealer.message.link"
    _description = "Short Link of a Message"
    _rec_name = "res_model"

    token = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    digest = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Fingerprint of the link that it stands for.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )

    _token_uniq = models.UniqueIndex("(token) WHERE token IS NOT NULL")
    _record_idx = models.Index("(res_model, res_id)")

    @api.model
    def _token_of(self, record, company):
        """The token that leads to the page of ``record`` as its link is now."""
        digest = self._digest(record._link_path())
        known = self.search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("digest", "=", digest),
            ],
            limit=1,
        )
        if known:
            return known.token
        made = self.create(
            {
                "token": "".join(secrets.choice(LETTERS) for _letter in range(SIZE)),
                "res_model": record._name,
                "res_id": record.id,
                "digest": digest,
                "company_id": company.id,
            }
        )
        return made.token

    @api.model
    def _path_of(self, token):
        """Where a short link leads to; ``None`` for one that is wrong or has ended.

        Changes nothing, however often it is asked. Nobody is shut out for wrong ones:
        carriers share an address among thousands of phones, and whoever guesses for a
        hundred years finds none.
        """
        if not TOKEN.fullmatch(token or ""):
            return None
        # who comes by it is nobody: the link itself is the permission
        link = self.sudo().search([("token", "=", token)], limit=1)
        if not link or link.res_model not in self.env:
            return None
        record = link.env[link.res_model].browse(link.res_id or ()).exists()
        path = record and record._link_path()
        if not path or not consteq(link.digest, self._digest(path)):
            return None
        return path

    @api.model
    def _digest(self, path):
        return hmac(self.env(su=True), "dealer-message-link", path)

    @api.autovacuum
    def _gc_links(self):
        """A link goes with the messages of its time."""
        self.env.cr.execute(
            SQL(
                """DELETE FROM dealer_message_link link USING res_company company
                    WHERE company.id = link.company_id AND link.create_date
                        < %s - make_interval(months => company.dealer_message_months)
                """,
                fields.Datetime.now() - timedelta(days=1),
            )
        )


class DealerLinkMixin(models.AbstractModel):
    """What customers open from a text message: ``{{ object._link_start() }}`` is the
    part of the address that the provider approves with the words, and
    ``{{ object._link_token() }}`` the variable."""

    _name = "dealer.link.mixin"
    _description = "Record with Short Links"

    def _link_start(self):
        """The address up to the token, the same for every message of a shop."""
        self.ensure_one()
        return self.env["dealer.customer.message"]._company_of(self)._link_start()

    def _link_token(self):
        """The short token of the page of this record."""
        self.ensure_one()
        self._ensure_link()
        company = self.env["dealer.customer.message"]._company_of(self)
        # nobody reads a token; who may have the link is asked by _ensure_link
        record = self.sudo()
        return record.env["dealer.message.link"]._token_of(record, company)

    # ------------------------------------------------------------------
    # WHAT THE MODEL SAYS
    # ------------------------------------------------------------------

    def _ensure_link(self):
        """Make the link of the page, if there is none yet.

        :raise AccessError: for who may not hand it out
        """
        self.check_access("write")

    def _link_path(self):
        """The path of the page with its own key, as it is now; empty where there is
        none (any more). Makes and changes nothing."""
        raise NotImplementedError
