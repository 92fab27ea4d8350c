from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools import groups
from ..common.dealer_reception_states import IN_HOUSE_STATES
from .fleet_vehicle_group import VOID_STATES

#: Who a customer is, how he is reached, and to whom he belongs.
IDENTITY = ("email", "name", "parent_id", "phone", "vat")


class ResPartner(models.Model):
    """A customer whom several shops know: the card has no company."""

    _name = "res.partner"
    _inherit = "res.partner"

    def write(self, vals):
        if {"active", "company_id"} & set(vals):
            self._check_known_here()
        if vals.get("company_id"):
            self.env["res.company"].browse(vals["company_id"])._check_own_shop()
        if not vals.get("active", True):
            self._check_no_car_here()
        names = [name for name in IDENTITY if name in vals]
        if names and not self.env.su:
            changed = (self._would_change(vals, name) for name in names)
            self.browse().union(*changed)._check_dealt_with_here()
        if vals.get("parent_id") and not self.env.su:
            moved = self._would_change(vals, "parent_id")
            moved._check_belongs_to(self.browse(vals["parent_id"]))
        return super().write(vals)

    def _check_dealt_with_here(self):
        """Who a customer is, is written by the shops that have dealings with him.

        :raise AccessError: when only other shops know one of them
        """
        mine = self.env.user.company_ids
        if not self.ids or self.env.user._dealer_keeps_group():
            return
        if self._dealer_shops() <= mine:
            return
        # one by one only for whom another shop knows
        for customer in self:
            shops = customer._dealer_shops()
            if shops and not shops & mine:
                raise AccessError(
                    self.env._(
                        "%(customer)s is a customer of %(shops)s. Name, phone, e-mail "
                        "and company are changed there, or here once the customer has "
                        "been to this shop.",
                        customer=customer.display_name,
                        shops=", ".join(shops.mapped("name")),
                    )
                )

    def _check_belongs_to(self, company):
        """Who logs in for a company sees the visits of all who belong to it.

        :raise UserError: for a customer who would belong to another person
        :raise AccessError: for whoever does not look after customers
        """
        known = self.filtered(lambda customer: customer._dealer_shops())
        if not known or not company:
            return
        # who belongs to whom is known to whoever may write it
        if not company.sudo().is_company:
            raise UserError(
                self.env._(
                    "%(customers)s: a customer with visits, complaints or calls "
                    "belongs to a company, not to another person, who would see all "
                    "of them.",
                    customers=", ".join(known[:3].mapped("display_name")),
                )
            )
        if not self.env.user.has_group(groups.ADVISOR):
            raise AccessError(
                self.env._(
                    "%(customers)s: whoever logs in for the company will see the "
                    "visits of this customer. Ask a service advisor to enter it.",
                    customers=", ".join(known[:3].mapped("display_name")),
                )
            )

    def _is_reckoned(self, field):
        # what is shown to whoever logs in hangs on it
        return super()._is_reckoned(field) or (
            bool(field) and field.name == "commercial_partner_id"
        )

    def _check_known_here(self):
        """Nobody takes a customer away from the shops that know him.

        :raise AccessError: when other shops have dealings with one of them
        """
        if self.env.su or not self.ids:
            return
        others = self._dealer_shops() - self.env.user.company_ids
        if others and not self.env.user._dealer_keeps_group():
            raise AccessError(
                self.env._(
                    "%(customers)s: also a customer of %(shops)s. Ask someone with "
                    "the role “Group Management” to archive or anonymise this "
                    "record, or to assign it to one shop.",
                    customers=", ".join(self[:3].mapped("display_name")),
                    shops=", ".join(others.mapped("name")),
                )
            )

    def _check_no_car_here(self):
        """:raise UserError: for a customer whose car is in the workshop"""
        if self.env.su or not self.ids:
            return
        # the visits that the user does not see count as well
        visits = self.env["dealer.reception"].sudo()
        here = visits.search(
            [
                ("state", "in", IN_HOUSE_STATES),
                "|",
                ("partner_id", "in", self.ids),
                ("contact_id", "in", self.ids),
            ],
            limit=1,
        )
        if here:
            raise UserError(
                self.env._(
                    "%(customer)s: the car of %(visit)s is still in the workshop. A "
                    "customer is archived once the car is back.",
                    customer=", ".join(self[:3].mapped("display_name")),
                    visit=here.name,
                )
            )

    def _dealer_shops(self):
        """The shops that have dealings with these customers. Hook: others add theirs.

        :return: ``res.company``, with all rights: the names of colleagues' shops
        """
        # the shops that the user does not see count most
        visits = self.env["dealer.reception"].sudo().with_context(active_test=False)
        rows = visits._read_group(
            [
                ("state", "not in", VOID_STATES),
                "|",
                ("partner_id", "in", self.ids),
                ("contact_id", "in", self.ids),
            ],
            ["company_id"],
        )
        return visits.company_id.union(*(shop for [shop] in rows))
