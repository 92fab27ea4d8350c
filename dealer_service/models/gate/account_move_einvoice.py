import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: A digital invoice has twenty digits, one of the former systems eight.
_NUMBER = re.compile(r"\d{20}|\d{8}")


class AccountMove(models.Model):
    """The tax invoice (数电票) of a bill, as the tax platform has issued it.

    It is issued outside of Odoo; here stands to whom, and under which number.
    """

    _name = "account.move"
    _inherit = "account.move"

    dealer_buyer_title = fields.Char(
        "Buyer's Title",
        copy=False,
        help="To whom the tax invoice is issued. Empty: the customer of the invoice.",
    )
    dealer_buyer_tax_number = fields.Char(
        "Buyer's Tax Number", copy=False, help="Empty: that of the customer."
    )
    dealer_einvoice_number = fields.Char(
        "Tax Invoice Number",
        copy=False,
        index="btree_not_null",
        tracking=True,
        help="Twenty digits of the digital invoice; eight of one of the former "
        "systems.",
    )
    dealer_red_number = fields.Char(
        "Red-Letter Number",
        copy=False,
        tracking=True,
        help="Of the red-letter invoice by which the tax invoice was taken back.",
    )

    @api.constrains("dealer_einvoice_number", "dealer_red_number")
    def _check_tax_invoice_numbers(self):
        for move in self:
            for number in (move.dealer_einvoice_number, move.dealer_red_number):
                if number and not _NUMBER.fullmatch(number):
                    raise ValidationError(
                        self.env._(
                            "“%s” is no number of a tax invoice: a digital invoice "
                            "has 20 digits.",
                            number,
                        )
                    )
            if move.dealer_red_number and not move.dealer_einvoice_number:
                raise ValidationError(
                    self.env._(
                        "%s: without a tax invoice there is none to take back.",
                        move.display_name,
                    )
                )
        self._check_tax_invoice_twins()

    def _check_tax_invoice_twins(self):
        """One tax invoice serves the bills of one visit, as customers ask for it."""
        numbered = self.filtered("dealer_einvoice_number")
        if not numbered:
            return
        users = {}
        for move in self.search(
            [
                (
                    "dealer_einvoice_number",
                    "in",
                    numbered.mapped("dealer_einvoice_number"),
                ),
                ("company_id", "in", numbered.company_id.ids),
            ]
        ):
            key = move.dealer_einvoice_number, move.company_id
            users[key] = users.get(key, self.browse()) | move
        for move in numbered:
            key = move.dealer_einvoice_number, move.company_id
            others = users.get(key, self.browse()) - move
            twin = others.filtered(
                lambda other, visit=move.reception_id: (
                    not visit or other.reception_id != visit
                )
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "Tax invoice %(number)s was issued for %(other)s already.",
                        number=move.dealer_einvoice_number,
                        other=twin[:1].display_name,
                    )
                )
