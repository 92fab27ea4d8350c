from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.care_days import birthday_key
from .dealer_followup import OPEN_STATES


class ResPartner(models.Model):
    """The customer as somebody who is called, or does not want to be."""

    _name = "res.partner"
    _inherit = "res.partner"

    birthday = fields.Date(groups="base.group_user", help="The year need not be right.")
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
        help="Nobody answered for days. Asked for at the next reception.",
    )
    no_care = fields.Boolean(
        "No Calls",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Deceased, or wants to hear nothing. Recalls and complaints still call.",
    )
    no_care_reason = fields.Char(copy=False, groups="base.group_user")

    @api.depends("birthday")
    def _compute_birthday_key(self):
        for partner in self:
            day = partner.birthday
            partner.birthday_key = birthday_key(day) if day else False

    @api.depends("phone")
    def _compute_verify_phone(self):
        self.verify_phone = False

    def write(self, vals):
        result = super().write(vals)
        if "phone" in vals or "country_id" in vals:
            self._renumber_followups()
        if vals.get("no_care"):
            # whoever edits the card has no rights on follow-ups
            self.env["dealer.followup"].sudo()._suppress_blocked(
                [("partner_id", "in", self.ids)]
            )
        return result

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

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_anonymise_customer(self):
        """Forget who this was; what happened stays counted.

        :raise AccessError: for anybody but a follow-up manager
        :raise UserError: as long as something is open with the customer
        """
        if not self.env.user.has_group("dealer_followup.group_dealer_followup_manager"):
            raise AccessError(self.env._("Only a follow-up manager anonymises."))
        for partner in self:
            partner._check_anonymise()
            # reaches the calls of every caller and shop
            partner.sudo()._anonymise()
        return True

    def _check_anonymise(self):
        # what is open in any shop counts
        everywhere = self.sudo()
        visits = everywhere.env["dealer.reception"].search_count(
            [
                "|",
                ("partner_id", "=", self.id),
                ("contact_id", "=", self.id),
                ("state", "not in", ("delivered", "no_show", "cancelled")),
            ],
            limit=1,
        )
        complaints = everywhere.env["dealer.complaint"].search_count(
            [
                ("partner_id", "=", self.id),
                ("state", "in", ("new", "investigating", "proposed", "resolved")),
            ],
            limit=1,
        )
        if visits or complaints or self.with_context(active_test=False).user_ids:
            raise UserError(
                self.env._(
                    "%(name)s still has an open visit, an open complaint or a login."
                    " Finish that first.",
                    name=self.display_name,
                )
            )

    def _anonymise(self):
        self.ensure_one()
        alias = f"anonymous-{self.id}"
        tasks = self.env["dealer.followup"].with_context(active_test=False)
        tasks = tasks.search([("partner_id", "=", self.id)])
        tasks._close("cancelled", "no_care")
        tasks._write_by_method(
            {"contact_name": alias, "contact_phone": False, "note": False}
        )
        tasks.survey_input_id._dealer_anonymise(alias)
        calls = self.env["dealer.followup.attempt"]
        calls.search([("partner_id", "=", self.id)])._anonymise(alias)
        self._own_consents()._anonymise(alias)
        self.write(
            {
                "name": alias,
                "phone": False,
                "email": False,
                "street": False,
                "street2": False,
                "zip": False,
                "city": False,
                "vat": False,
                "comment": False,
                "birthday": False,
                "habits": False,
                "drink": False,
                "image_1920": False,
                "no_care": True,
                "no_care_reason": False,
            }
        )
        self.message_ids.unlink()

    def _own_consents(self):
        """Lines of this card, and of its number as long as nobody shares it."""
        lines = Domain("partner_id", "=", self.id)
        others = self.with_context(active_test=False).search_count(
            [("phone_key", "=", self.phone_key), ("id", "!=", self.id)], limit=1
        )
        if self.phone_key and not others:
            lines |= Domain("partner_id", "=", False) & Domain(
                "phone", "=", self.phone_key
            )
        return self.env["dealer.consent"].search(lines)
