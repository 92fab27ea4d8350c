from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import groups
from ..rule.dealer_care_rule import CHANNELS

#: A withdrawal never stops calls that the service itself needs.
CONSENT_PURPOSES = [
    ("satisfaction", "Satisfaction"),
    ("marketing", "Marketing"),
    ("greeting", "Greetings"),
]

#: How long the form may stay open while the customer speaks.
_WHILE_ENTERED = timedelta(hours=1)


class DealerConsent(models.Model):
    """The ledger of what a number may be used for. Lines are added, never changed:
    the last one counts, all of them are the proof."""

    _name = "dealer.consent"
    _description = "Consent"
    _order = "date desc, id desc"
    _rec_name = "phone"

    phone = fields.Char(
        required=True, help="International format. Any spelling may be entered."
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", index="btree_not_null", ondelete="set null"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    purpose = fields.Selection(CONSENT_PURPOSES, required=True, default="marketing")
    channel = fields.Selection(
        [("any", "Any Channel"), *CHANNELS], required=True, default="any"
    )
    decision = fields.Selection(
        [("given", "Given"), ("withdrawn", "Withdrawn")], required=True
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now, copy=False)
    origin = fields.Char("Where", help="Form, call, counter, website …")
    evidence = fields.Text(
        required=True, help="The customer's words, or the document the customer signed."
    )
    wording = fields.Text(readonly=True, help="The wording the customer saw.")
    wording_version = fields.Char(
        readonly=True, help="Changes whenever the wording changes."
    )
    user_id = fields.Many2one(
        "res.users",
        "Recorded By",
        required=True,
        readonly=True,
        index="btree_not_null",
        default=lambda self: self.env.user,
        ondelete="restrict",
    )

    _last_idx = models.Index("(phone, company_id, purpose, date DESC, id DESC)")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            partner = self.env["res.partner"].browse(vals.get("partner_id"))
            phone = vals.get("phone") or partner.phone
            vals["phone"] = partner._phone_to_key(phone) or phone
            if not self.env.su:
                vals["user_id"] = self.env.uid
                self._check_said(partner, vals)
                if not self.env.user.has_group(groups.MANAGER):
                    vals["date"] = self._date_of_entry(vals.get("date"))
        consents = super().create(vals_list)
        consents._tell_followups()
        return consents

    @api.model
    def _check_said(self, partner, vals):
        """:raise UserError: without what the customer said, and for what would be said
        for somebody else's number"""
        if not (vals.get("evidence") or "").strip():
            raise UserError(
                self.env._(
                    "Enter as evidence what the customer said, or the document that "
                    "the customer signed."
                )
            )
        if not partner or partner.phone_key == vals["phone"]:
            return
        # the customers whom the user does not see have numbers as well
        family = partner.sudo().commercial_partner_id
        owners = family.search(
            [
                ("phone_key", "=", vals["phone"]),
                ("commercial_partner_id", "!=", family.id),
            ],
            limit=1,
        )
        if owners:
            raise UserError(
                self.env._(
                    "%(phone)s is not a number of %(customer)s, but of another "
                    "customer, who decides for it.",
                    phone=vals["phone"],
                    customer=partner.display_name,
                )
            )

    @api.model
    def _date_of_entry(self, date):
        """Now: callers record what is being decided.

        :raise UserError: for a decision of former days
        """
        now = fields.Datetime.now()
        date = fields.Datetime.to_datetime(date) or now
        if date < now - _WHILE_ENTERED:
            raise UserError(
                self.env._(
                    "%(date)s is over: callers record consent with the date on which "
                    "they enter it. A manager of follow-ups enters a decision of "
                    "former days.",
                    date=self.env.company._dealer_format(date),
                )
            )
        # one that is yet to come is refused for everybody
        return max(date, now)

    @api.constrains("date")
    def _check_date(self):
        if any(consent.date > fields.Datetime.now() for consent in self):
            raise UserError(
                self.env._("Consent cannot be recorded with a future date.")
            )

    def write(self, vals):
        if self:
            raise UserError(
                self.env._(
                    "The consent register cannot be changed. Add a line that states "
                    "what applies from now on."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._("The consent register is evidence: its lines cannot be deleted.")
        )

    def _tell_followups(self):
        """A withdrawal stops what has been planned already."""
        withdrawn = self.filtered(lambda line: line.decision == "withdrawn")
        if withdrawn:
            # tasks of colleagues stop as well
            self.env["dealer.followup"].sudo()._suppress_blocked(
                [("contact_phone", "in", withdrawn.mapped("phone"))]
            )

    @api.model
    def _current(self, company, purpose, channel, phones):
        """What holds now.

        :return: dict of ``given`` or ``withdrawn`` by number; without the numbers
            that never decided
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (phone) phone, decision FROM dealer_consent
                WHERE phone IN %(phones)s AND company_id = %(company)s
                AND purpose = %(purpose)s AND channel IN ('any', %(channel)s)
                ORDER BY phone, date DESC, id DESC""",
                phones=tuple(phones) or (None,),
                company=company.id,
                purpose=purpose,
                channel=channel,
            )
        )
        return dict(rows)
