import re
import unicodedata

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

#: A digital invoice has twenty digits, one of the former systems eight.
_NUMBER = re.compile(r"[0-9]{20}|[0-9]{8}")
#: How people group it: blanks and dashes.
_BETWEEN = re.compile(r"[\s\-\u200b]+")


def tidy_number(text):
    """A number as the tax platform writes it, however it was typed or pasted.

    >>> tidy_number(" ２６３４ 2000-0000 1234 5678 ")
    '26342000000012345678'
    >>> tidy_number(False), tidy_number(" ")
    (False, False)
    """
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text or "")) or False


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
        index="btree_not_null",
        tracking=True,
        help="Of the red-letter invoice by which the tax invoice was taken back.",
    )

    @api.constrains("dealer_einvoice_number", "dealer_red_number")
    def _check_tax_invoice_numbers(self):
        for move in self:
            for name in ("dealer_einvoice_number", "dealer_red_number"):
                number = tidy_number(move[name])
                if number and not _NUMBER.fullmatch(number):
                    raise ValidationError(
                        self.env._(
                            "“%s” is no number of a tax invoice: a digital invoice "
                            "has 20 digits.",
                            move[name],
                        )
                    )
                if move[name] != number:
                    # asked anew with the number as it is kept
                    move[name] = number
            if move.dealer_red_number and not move.dealer_einvoice_number:
                raise ValidationError(
                    self.env._(
                        "%s: without a tax invoice there is none to take back.",
                        move.display_name,
                    )
                )
        self._check_tax_invoice_twins()

    def _check_tax_invoice_twins(self):
        """One tax invoice serves the bills of one visit, as customers ask for it; a
        red-letter invoice is another one."""
        mine = self.filtered("dealer_einvoice_number")
        numbers = {
            number
            for move in mine
            for number in (move.dealer_einvoice_number, move.dealer_red_number)
            if number
        }
        if not numbers:
            return
        domain = Domain("dealer_einvoice_number", "in", numbers) | Domain(
            "dealer_red_number", "in", numbers
        )
        domain &= Domain("company_id", "in", mine.company_id.ids)
        kinds = ("dealer_einvoice_number", "dealer_red_number")
        known = {}
        for move in self.search(domain):
            for kind in kinds:
                known.setdefault((move[kind], move.company_id), []).append((kind, move))
        for move in mine:
            for kind in kinds:
                for other_kind, other in known.get((move[kind], move.company_id), ()):
                    of_visit = move.reception_id == other.reception_id
                    is_shared = kind == other_kind and (
                        move == other or (move.reception_id and of_visit)
                    )
                    if move[kind] and not is_shared:
                        raise ValidationError(
                            self.env._(
                                "Tax invoice %(number)s was issued for %(other)s "
                                "already.",
                                number=move[kind],
                                other=other.display_name,
                            )
                        )
