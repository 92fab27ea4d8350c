from odoo import models
from odoo.exceptions import AccessError, UserError

from ..common.dealer_reception_states import IN_HOUSE_STATES
from .fleet_vehicle_group import VOID_STATES


class ResPartner(models.Model):
    """A customer whom several shops know: the card has no company."""

    _name = "res.partner"
    _inherit = "res.partner"

    def write(self, vals):
        if {"active", "company_id"} & set(vals):
            self._check_known_here()
        if not vals.get("active", True):
            self._check_no_car_here()
        return super().write(vals)

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
