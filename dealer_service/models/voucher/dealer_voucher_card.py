from odoo import fields, models
from odoo.tools import SQL

#: Odoo's gift cards, where its Coupons & Loyalty is installed.
CARDS, PROGRAMS = "loyalty.card", "loyalty.program"


class DealerVoucher(models.Model):
    """An amount on a voucher is a gift card too, where Odoo has gift cards.

    The card is of the shop's gift-card program, so that every counter of Odoo takes it.
    Whichever takes it first has it: what was used up there is not taken off here.
    """

    _name = "dealer.voucher"
    _inherit = "dealer.voucher"
    _INTAKE = ("_make_card",)
    _CONSEQUENCES = ((("state",), "_charge_card"),)
    _RECORDED_FIELDS = frozenset({"card_model", "card_ref", "card_taken"})

    card_model = fields.Char(readonly=True, copy=False)
    card_ref = fields.Many2oneReference(
        "Gift Card", model_field="card_model", readonly=True, copy=False
    )
    card_taken = fields.Monetary("Taken From the Card", readonly=True, copy=False)

    def _make_card(self):
        """A card for each amount, if the shop has a program of gift cards."""
        if CARDS not in self.env:
            return
        for voucher in self.filtered(lambda voucher: voucher.kind == "value"):
            program = voucher._card_program()
            if program:
                # the process makes the card; mails to the customer are the shop's
                cards = self.env[CARDS].sudo().with_context(loyalty_no_mail=True)
                card = cards.create(
                    {
                        "program_id": program.id,
                        "partner_id": voucher.partner_id.id,
                        "points": voucher.amount,
                        "expiration_date": voucher.date_until,
                    }
                )
                voucher._write_by_method({"card_model": CARDS, "card_ref": card.id})

    def _card_program(self):
        """The gift-card program of the shop, else one of all shops, in its currency."""
        self.ensure_one()
        # whoever issues vouchers need not see programs
        programs = self.env[PROGRAMS].sudo()
        return programs.search(
            [
                ("program_type", "=", "gift_card"),
                ("company_id", "in", (self.company_id.id, False)),
                ("currency_id", "=", self.currency_id.id),
            ],
            order="company_id, id",
            limit=1,
        )

    def _card(self):
        """The card, with all rights; empty without one, or once it was deleted."""
        self.ensure_one()
        if CARDS not in self.env:
            return None
        # whoever redeems the voucher need not see cards
        cards = self.env[CARDS].sudo()
        return cards.browse(self.card_ref if self.card_model else []).exists()

    def _claim(self):
        claimed = super()._claim()
        card = self._card()
        if card:
            self.env.cr.execute(
                SQL("UPDATE loyalty_card SET id = id WHERE id = %s", card.id)
            )
            card.invalidate_recordset(["points"])
        return claimed

    def _amount_left(self):
        card = self._card()
        left = super()._amount_left()
        return max(min(left, card.points), 0.0) if card else left

    def _charge_card(self, _change):
        """A voucher that is redeemed or withdrawn leaves nothing on its card; one that
        is given back has again what was taken."""
        for voucher in self:
            card = voucher._card()
            if not card:
                continue
            if voucher.state == "issued":
                voucher._book_card(card, -voucher.card_taken)
            elif voucher.state in ("redeemed", "withdrawn"):
                voucher._book_card(card, card.points)

    def _book_card(self, card, amount):
        """Take this much from the card; less than nothing is given back."""
        if self.currency_id.is_zero(amount):
            return
        card.points -= amount
        card.history_ids.create(
            {
                "card_id": card.id,
                "description": self.display_name,
                "used": max(amount, 0.0),
                "issued": max(-amount, 0.0),
            }
        )
        self._write_by_method({"card_taken": max(amount, 0.0)})
