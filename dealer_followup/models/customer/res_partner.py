from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import groups
from ...tools.care_days import birthday_key, lunar_birthday_key
from ...tools.lunar import is_available
from ..call.dealer_followup import OPEN_STATES

LUNAR_MONTHS = [
    ("1", "1st Lunar Month"),
    ("2", "2nd Lunar Month"),
    ("3", "3rd Lunar Month"),
    ("4", "4th Lunar Month"),
    ("5", "5th Lunar Month"),
    ("6", "6th Lunar Month"),
    ("7", "7th Lunar Month"),
    ("8", "8th Lunar Month"),
    ("9", "9th Lunar Month"),
    ("10", "10th Lunar Month"),
    ("11", "11th Lunar Month"),
    ("12", "12th Lunar Month"),
]
LUNAR_DAYS = [
    ("1", "1st Lunar Day"),
    ("2", "2nd Lunar Day"),
    ("3", "3rd Lunar Day"),
    ("4", "4th Lunar Day"),
    ("5", "5th Lunar Day"),
    ("6", "6th Lunar Day"),
    ("7", "7th Lunar Day"),
    ("8", "8th Lunar Day"),
    ("9", "9th Lunar Day"),
    ("10", "10th Lunar Day"),
    ("11", "11th Lunar Day"),
    ("12", "12th Lunar Day"),
    ("13", "13th Lunar Day"),
    ("14", "14th Lunar Day"),
    ("15", "15th Lunar Day"),
    ("16", "16th Lunar Day"),
    ("17", "17th Lunar Day"),
    ("18", "18th Lunar Day"),
    ("19", "19th Lunar Day"),
    ("20", "20th Lunar Day"),
    ("21", "21st Lunar Day"),
    ("22", "22nd Lunar Day"),
    ("23", "23rd Lunar Day"),
    ("24", "24th Lunar Day"),
    ("25", "25th Lunar Day"),
    ("26", "26th Lunar Day"),
    ("27", "27th Lunar Day"),
    ("28", "28th Lunar Day"),
    ("29", "29th Lunar Day"),
    ("30", "30th Lunar Day"),
]


class ResPartner(models.Model):
    """The customer as somebody who is called, or does not want to be."""

    _name = "res.partner"
    _inherit = "res.partner"

    birthday = fields.Date(groups="base.group_user", help="The year may be inexact.")
    birthday_lunar_month = fields.Selection(
        LUNAR_MONTHS,
        "Lunar Birthday",
        groups="base.group_user",
        help="For a birthday that is kept by the lunar calendar. It goes before the "
        "other one, and is kept in the ordinary month where there is a leap month.",
    )
    birthday_lunar_day = fields.Selection(
        LUNAR_DAYS,
        "Day of the Lunar Birthday",
        groups="base.group_user",
        help="The 30th is kept on the 29th where the month has no more days.",
    )
    birthday_key = fields.Integer(
        compute="_compute_birthday_key",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
        aggregator=None,
    )
    verify_phone = fields.Boolean(
        "Check the Number",
        compute="_compute_verify_phone",
        store=True,
        readonly=False,
        copy=False,
        groups="base.group_user",
        help="Nobody has answered for days. Staff will ask for the number at the "
        "next reception.",
    )
    no_care = fields.Boolean(
        "No Calls",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Deceased, or wants no contact. Calls about recalls and complaints are "
        "still made.",
    )
    no_care_reason = fields.Char(copy=False, groups="base.group_user")

    @api.depends("birthday", "birthday_lunar_month", "birthday_lunar_day")
    def _compute_birthday_key(self):
        for partner in self:
            month, day = partner.birthday_lunar_month, partner.birthday_lunar_day
            key = False
            if month and day:
                key = lunar_birthday_key(int(month), int(day))
            elif partner.birthday:
                key = birthday_key(partner.birthday)
            partner.birthday_key = key

    @api.constrains("birthday_lunar_month", "birthday_lunar_day")
    def _check_birthday_lunar(self):
        for partner in self:
            month, day = partner.birthday_lunar_month, partner.birthday_lunar_day
            if bool(month) != bool(day):
                raise ValidationError(
                    self.env._(
                        "%(name)s: a lunar birthday needs its month and its day.",
                        name=partner.name,
                    )
                )
            if month and not is_available():
                raise ValidationError(
                    self.env._(
                        "%(name)s: the Python library “borax”, which knows the lunar "
                        "calendar, is not installed on the server.",
                        name=partner.name,
                    )
                )

    @api.depends("phone")
    def _compute_verify_phone(self):
        self.verify_phone = False

    def write(self, vals):
        is_renumbered = "phone" in vals or "country_id" in vals
        former = {card: card.phone_key for card in self} if is_renumbered else {}
        result = super().write(vals)
        if is_renumbered:
            for card, phone in former.items():
                card._carry_withdrawals(phone)
            self._renumber_followups()
        if vals.get("no_care"):
            # whoever edits the card has no rights on follow-ups
            self.env["dealer.followup"].sudo()._suppress_blocked(
                [("partner_id", "in", self.ids)]
            )
        return result

    def _carry_withdrawals(self, former=False):
        """What the customer wants none of holds for the new number too.

        Given consent stays with the number for which it was given.

        :param str former: the number until now; default: whichever he decided for
        """
        if not self.phone_key or self.phone_key == former:
            return
        # see write
        ledger = self.env["dealer.consent"].sudo()
        own = Domain("partner_id", "=", self.id)
        nobody = Domain("partner_id", "=", False) & Domain("phone", "=", former)
        lines = ledger.search(own | nobody, order="date desc, id desc")
        last = {}
        for line in lines:
            last.setdefault((line.company_id, line.purpose, line.channel), line)
        ledger.create(
            [
                {
                    "phone": self.phone_key,
                    "partner_id": self.id,
                    "company_id": shop.id,
                    "purpose": purpose,
                    "channel": channel,
                    "date": line.date,
                    "decision": "withdrawn",
                    "origin": self.env._("New Number"),
                    "evidence": self.env._(
                        "Withdrawn for %(phone)s on %(date)s: %(words)s",
                        phone=line.phone,
                        date=fields.Date.to_string(shop._dealer_day(line.date)),
                        words=line.evidence,
                    ),
                }
                for (shop, purpose, channel), line in last.items()
                if line.decision == "withdrawn" and line.phone != self.phone_key
            ]
        )

    def _renumber_followups(self):
        """Open follow-ups call the number that is known now; consent is asked anew."""
        # see write
        tasks = self.env["dealer.followup"].sudo()
        tasks = tasks.search(
            [("partner_id", "in", self.ids), ("state", "in", OPEN_STATES)]
        )
        for partner, mine in tasks.grouped("partner_id").items():
            mine.filtered(
                lambda task, key=partner.phone_key: task.contact_phone != key
            )._write_by_method({"contact_phone": partner.phone_key})
        tasks._suppress_blocked([("id", "in", tasks.ids)])

    def _may_anonymise(self):
        return super()._may_anonymise() or self.env.user.has_group(groups.MANAGER)

    def _anonymise(self):
        """Nobody calls any more; then forget who it was."""
        tasks = self.env["dealer.followup"].search(
            [("partner_id", "in", self._forgotten_people().ids)]
        )
        tasks._close("cancelled", "no_care")
        return super()._anonymise()

    def _refusal_line(self):
        """That this customer wants no calls, and why."""
        self.ensure_one()
        if not self.no_care_reason:
            return self.env._("Wants no calls.")
        return self.env._("Wants no calls: %(reason)s", reason=self.no_care_reason)
