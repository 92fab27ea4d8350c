import json
from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.actions import open_form
from ...tools.calls.signature import is_signed

#: Seconds since 1970 beyond which a number is milliseconds.
_MILLISECONDS = 10**11
#: Who has the keys of services: they are no business of whom the calls measure.
ADMIN = "base.group_system"
#: A refusal is written down at most so often: whoever knocks fills no disk.
_REFUSAL_EVERY = timedelta(minutes=1)


class Refused(Exception):
    """The delivery is not taken; says why, to the shop and not to its sender."""


class DealerCallExchange(models.Model):
    """The telephone exchange of a shop: it tells of each call, and signs what it says.

    Without a link and a secret it is off.
    """

    _name = "dealer.call.exchange"
    _description = "Telephone Exchange"
    _inherit = ["dealer.recorded.mixin", "dealer.keys.mixin"]
    _order = "name, id"
    _RECORDED_FIELDS = frozenset(
        {"access_token", "date_heard", "date_refused", "refusal"}
    )

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    adapter_id = fields.Many2one(
        "dealer.call.adapter", "Format", required=True, ondelete="restrict"
    )
    skew_minutes = fields.Integer(
        "Clocks Apart At Most (min)",
        default=5,
        required=True,
        help="What was signed longer ago, or further ahead, is refused.",
    )
    access_token = fields.Char(
        "Key of the Exchange", copy=False, readonly=True, groups=ADMIN
    )
    url = fields.Char(
        "Address for the Exchange",
        compute="_compute_url",
        groups=ADMIN,
        exportable=False,
    )
    secret = fields.Char(
        copy=False,
        groups=ADMIN,
        exportable=False,
        help="With it the exchange signs what it sends.",
    )
    date_heard = fields.Datetime("Last Call Received On", copy=False, readonly=True)
    date_refused = fields.Datetime("Last Refused On", copy=False, readonly=True)
    refusal = fields.Char("Refused Because", copy=False, readonly=True)

    _access_token_uniq = models.UniqueIndex(
        "(access_token) WHERE access_token IS NOT NULL"
    )
    _check_skew = models.Constraint(
        "CHECK(skew_minutes > 0 AND skew_minutes <= 1440)",
        "Clocks may be apart for 1 to 1440 minutes.",
    )

    @api.depends("access_token")
    def _compute_url(self):
        for exchange in self:
            exchange.url = exchange._key_url("access_token", "/dealer/calls/")

    @api.constrains("secret")
    def _check_secret(self):
        for exchange in self:
            if exchange.secret and len(exchange.secret) < 16:
                raise ValidationError(
                    self.env._("A secret that protects has at least 16 characters.")
                )

    # ------------------------------------------------------------------
    # THE LINK
    # ------------------------------------------------------------------

    def action_renew_link(self):
        """Make a new address; the old one is dead at once."""
        self._renew_key("access_token")
        for exchange in self.filtered(lambda exchange: not exchange.secret):
            exchange.secret = self._new_key(32)
        return open_form(self[:1])

    def action_revoke_link(self):
        """The exchange is heard no more."""
        self._revoke_key("access_token")
        return open_form(self[:1])

    def _check_keeper(self):
        """:raise AccessError: for everybody but a system administrator: the exchange
        proves what service managers have done, too"""
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group(ADMIN)):
            raise AccessError(
                self.env._("Only a system administrator may connect the exchange.")
            )

    def _write_key(self, name, key):
        self._write_by_method({name: key})

    @api.model
    def _by_link(self, token):
        """The exchange whose address it is; empty for a wrong or revoked one."""
        exchange = self._by_key("access_token", token)
        if not (exchange.active and exchange.secret):
            return self.browse()
        return exchange.with_context(lang=exchange.company_id.partner_id.lang, tz=False)

    # ------------------------------------------------------------------
    # A DELIVERY
    # ------------------------------------------------------------------

    def _receive(self, body, signature, timestamp):
        """Keep what the exchange tells of its calls; what they are about is found
        afterwards.

        :param bytes body: as it came
        :param str signature: the header with the signature
        :param str timestamp: the header with the time
        :raise Refused: for what is not the exchange's, or not to be understood
        """
        self.ensure_one()
        if not body:
            raise Refused(
                self.env._(
                    "Nothing in it: calls are sent as application/json, not as a form."
                )
            )
        self._check_signature(body, signature, timestamp)
        told, why = self._read_delivery(body)
        if why and not told:
            raise Refused(why)
        calls = self.env["dealer.call.record"]
        for item in told:
            calls |= calls._hear(self, item)
        calls._match_soon()
        calls._announce()
        self._heard()
        if why:
            self._note_refusal(why)
        return calls

    def _read_delivery(self, body):
        """What is said of each call; one that is not understood loses no other.

        :return: list of what is of interest; why one, or all, is not understood
        """
        adapter, told, bad = self.adapter_id, [], None
        try:
            items = adapter._items(json.loads(body))
        except (ValueError, RecursionError) as error:
            items, bad = [], error
        for item in items:
            try:
                told.append(adapter._read_item(item, self.company_id))
            except ValueError as error:
                bad = error
        why = bad and self.env._("Not understood: %(why)s", why=str(bad)[:200])
        return [item for item in told if item], why

    def _check_signature(self, body, signature, timestamp):
        if not is_signed(
            signature or "", self.secret, timestamp or "", body, self.adapter_id.signed
        ):
            raise Refused(self.env._("Wrong signature: compare the secret."))
        try:
            moment = float(timestamp)
        except ValueError:
            moment = float("nan")
        moment = moment / 1000 if moment > _MILLISECONDS else moment
        now = fields.Datetime.now().replace(tzinfo=UTC).timestamp()
        apart = abs(now - moment)
        # written so that what is no number is refused as well
        if not apart <= self.skew_minutes * 60:
            raise Refused(
                self.env._(
                    "Signed at another time (%(time)s): compare the clocks.",
                    time=(timestamp or "–")[:30],
                )
            )

    def _heard(self):
        """The exchange is alive: told to the minute, or each call would wait for the
        one before."""
        now = fields.Datetime.now()
        if not self.date_heard or now - self.date_heard > _REFUSAL_EVERY:
            self._write_by_method({"date_heard": now})

    def _note_refusal(self, why):
        """Somebody of the shop has to see that calls are lost."""
        now = fields.Datetime.now()
        if not self.date_refused or now - self.date_refused > _REFUSAL_EVERY:
            self._write_by_method({"date_refused": now, "refusal": str(why)})
