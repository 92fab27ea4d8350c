from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import groups
from ...tools.arguments import TEXT, arguments
from ...tools.refusal import NamedRefusal

#: Letters of a reason that stands on the visit.
_MAX_REASON = 500


class KeyHeld(NamedRefusal):
    """The customer has still to pay: the key stays in the shop."""


class DealerReception(models.Model):
    """Paid before the key (先结后放): what the customer owes holds the car.

    What insurance, manufacturer and the shop itself pay never does. A customer with
    credit drives away up to the limit; else a service manager may release the key, and
    says why.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    key_release = fields.Selection(
        [("credit", "On Account"), ("unpaid", "Released Unpaid")],
        "Key Without Payment",
        copy=False,
        readonly=True,
        tracking=True,
        groups=groups.ADVISOR,
        help="On what the key was handed over although the customer had not paid all.",
    )
    key_release_amount = fields.Monetary(
        "Owed at the Handover", copy=False, readonly=True, groups=groups.ADVISOR
    )
    key_release_reason = fields.Char(
        "Reason for the Release", copy=False, readonly=True, groups=groups.ADVISOR
    )
    key_release_user_id = fields.Many2one(
        "res.users", "Released By", copy=False, readonly=True, groups=groups.ADVISOR
    )
    key_release_date = fields.Datetime(
        "Released On", copy=False, readonly=True, groups=groups.ADVISOR
    )

    _key_release_idx = models.Index(
        "(company_id, key_release) WHERE key_release IS NOT NULL"
    )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_ask_release(self):
        """Ask why the key is handed over although the customer has not paid."""
        self.ensure_one()
        self._check_may_release()
        return self.env["dealer.reason.wizard"]._open("release_key", self)

    @arguments(reason=TEXT)
    def action_release_key(self, reason=None):
        """The key may be handed over although the customer has not paid.

        :param str reason: why
        :raise AccessError: for everybody but a service manager
        :raise UserError: without a reason, and when nothing is owed
        """
        self._check_may_release()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the key is released unpaid."))
        if len(reason) > _MAX_REASON:
            raise UserError(
                self.env._(
                    "Say in %(most)s letters at most why the key is released.",
                    most=_MAX_REASON,
                )
            )
        for visit in self:
            owed = visit._owed_by_customer()
            if visit.currency_id.compare_amounts(owed, 0.0) <= 0:
                raise UserError(
                    self.env._(
                        "%(visit)s: the customer owes nothing. The key can be handed "
                        "over.",
                        visit=visit.name,
                    )
                )
            visit._record_release("unpaid", owed, reason)
            visit._message_log(
                body=self.env._(
                    "Key released with %(amount)s unpaid: %(reason)s",
                    amount=visit.currency_id.format(owed),
                    reason=reason,
                )
            )
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_may_release(self):
        """:raise AccessError: for everybody but a service manager"""
        self.check_access("write")
        self._check_move("delivered")
        if not (self.env.su or self.env.user.has_group(groups.MANAGER)):
            raise AccessError(
                self.env._(
                    "Only a service manager releases a key that is not paid for."
                )
            )

    def _release_keys(self, _target):
        """Of what is about to leave: paid, on account, or released.

        :raise KeyHeld: naming what is still to be paid
        """
        if self.env.su:
            # an import of what is past has nobody to ask
            return
        for visit in self.filtered("company_id.dealer_pay_first"):
            owed = visit._owed_by_customer()
            if visit._is_free_to_go(owed):
                visit._forget_release(owed)
                continue
            debtor = visit._debtor()
            # the second car of the customer waits for the first
            self.env.cr.execute(
                "UPDATE res_partner SET id = id WHERE id = %s", (debtor.id or 0,)
            )
            words = visit._no_credit_words(debtor, owed)
            if words:
                raise KeyHeld(words)
            visit._record_release("credit", owed)

    def _is_key_held(self):
        return super()._is_key_held() or self._key_words()[1]

    def _is_free_to_go(self, owed):
        """Whether nothing is owed, or the manager has released at least as much."""
        self.ensure_one()
        money = self.currency_id
        return money.compare_amounts(owed, 0.0) <= 0 or (
            self.key_release == "unpaid"
            and money.compare_amounts(owed, self.key_release_amount) <= 0
        )

    def _owed_by_customer(self):
        """What the customer has still to pay, in company currency."""
        self.ensure_one()
        return self._left_to_pay(self._settlement_due())

    def _debtor(self):
        """The one who owes the customer's share; empty if several do."""
        self.ensure_one()
        bills = self._living_invoices().filtered(
            lambda move: move.dealer_payer == "customer"
        )
        debtor = bills.commercial_partner_id or self.partner_id.commercial_partner_id
        return debtor if len(debtor) == 1 else debtor.browse()

    def _no_credit_words(self, debtor, owed):
        """Why the key stays here, in words; empty for a customer with enough credit."""
        self.ensure_one()
        # the limit is the manager's; that it is reached is told to whoever asks
        known = debtor.sudo().with_company(self.company_id)
        limit = known.dealer_credit_limit
        money = self.currency_id
        # who owns the car, and who brings it, is on record; who pays is only said
        visit = self.sudo()
        theirs = visit.vehicle_id.owner_id | visit.contact_id
        if limit and known not in theirs.commercial_partner_id:
            return self.env._(
                "%(car)s stays here: %(customer)s buys on account for the own cars, "
                "and this one belongs to somebody else. Let the customer pay, or ask a "
                "service manager to release the key.",
                car=self.license_plate or self.name,
                customer=known.name,
            )
        if not limit:
            return self.env._(
                "%(car)s stays here: the customer has still to pay %(amount)s. Please "
                "go to the cashier, or ask a service manager to release the key.",
                car=self.license_plate or self.name,
                amount=money.format(owed),
            )
        used = sum(known._dealer_open_on_account(self._living_invoices().ids).values())
        if money.compare_amounts(used + owed, limit) <= 0:
            return ""
        return self.env._(
            "%(car)s stays here: %(customer)s drives away on account up to "
            "%(limit)s. %(used)s is open, and %(amount)s would be added. Let the "
            "customer pay, or ask a service manager to release the key.",
            car=self.license_plate or self.name,
            customer=known.name,
            limit=money.format(limit),
            used=money.format(used),
            amount=money.format(owed),
        )

    def _key_words(self):
        """What is said about the key before it is handed over.

        :return: tuple of text and whether the key is held; no text: nothing is owed
        """
        self.ensure_one()
        owed = self._owed_by_customer()
        money = self.currency_id
        if money.compare_amounts(owed, 0.0) <= 0:
            return "", False
        text = self.env._(
            "The customer has still to pay %(amount)s.", amount=money.format(owed)
        )
        if not self.company_id.dealer_pay_first:
            return text, False
        if self._is_free_to_go(owed):
            return self.env._(
                "%(amount)s is not paid. Released by %(user)s: %(reason)s",
                amount=money.format(owed),
                user=self.key_release_user_id.name,
                reason=self.key_release_reason,
            ), False
        words = self._no_credit_words(self._debtor(), owed)
        if words:
            return words, True
        return self.env._(
            "%(amount)s goes on the customer's account.", amount=money.format(owed)
        ), False

    def _forget_release(self, owed):
        """Who has paid since drives away like everybody else; the chatter remembers."""
        if self.key_release and self.currency_id.compare_amounts(owed, 0.0) <= 0:
            self._write_by_method(
                {
                    "key_release": False,
                    "key_release_amount": 0.0,
                    "key_release_reason": False,
                    "key_release_user_id": False,
                    "key_release_date": False,
                }
            )

    def _record_release(self, kind, owed, reason=False):
        self._write_by_method(
            {
                "key_release": kind,
                "key_release_amount": owed,
                "key_release_reason": reason,
                "key_release_user_id": self.env.uid,
                "key_release_date": fields.Datetime.now(),
            }
        )
