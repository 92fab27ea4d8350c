from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..tools import groups

#: The most days of one holiday.
MAX_DAYS = 31
#: The group that gives a role; the later ones have the earlier ones.
ROLES = {
    "technician": groups.TECHNICIAN,
    "advisor": groups.ADVISOR,
    "manager": groups.MANAGER,
}


class DealerShopGuideHoliday(models.TransientModel):
    """One holiday of a shop in a country whose holidays are entered by hand."""

    _name = "dealer.shop.guide.holiday"
    _description = "Holiday in the Shop Setup"

    guide_id = fields.Many2one("dealer.shop.guide", required=True, ondelete="cascade")
    name = fields.Char("Holiday", required=True)
    date_from = fields.Date("First Day", required=True)
    date_to = fields.Date("Last Day", required=True)

    @api.onchange("date_from")
    def _onchange_date_from(self):
        if self.date_from and (not self.date_to or self.date_to < self.date_from):
            self.date_to = self.date_from

    def _names_by_day(self):
        names = {}
        for holiday in self:
            count = (holiday.date_to - holiday.date_from).days + 1
            if not 0 < count <= MAX_DAYS:
                raise UserError(
                    self.env._(
                        "%(holiday)s: the last day cannot be before the first, and a "
                        "holiday lasts %(days)s days at most.",
                        holiday=holiday.name,
                        days=MAX_DAYS,
                    )
                )
            for number in range(count):
                names[holiday.date_from + timedelta(days=number)] = holiday.name
        return names


class DealerShopGuideStaff(models.TransientModel):
    """One person of the shop, and what he or she does there."""

    _name = "dealer.shop.guide.staff"
    _description = "Person in the Shop Setup"

    guide_id = fields.Many2one("dealer.shop.guide", required=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", domain="[('share', '=', False)]")
    name = fields.Char(
        "Or a Name", help="A technician who does not sign in needs no user."
    )
    role = fields.Selection(
        [
            ("technician", "Technician"),
            ("advisor", "Service Advisor"),
            ("manager", "Service Manager"),
        ],
        required=True,
        default="technician",
    )

    def _give_roles(self):
        """
        :raise UserError: for a role that the user of the guide may not give, for a
            user of another shop, and for an advisor without a user
        """
        company = self.env.company
        may_give = self.env.user.has_group("base.group_erp_manager")
        for row in self:
            if not row.user_id and (row.role != "technician" or not row.name):
                raise UserError(
                    self.env._(
                        "Choose a user in each line; only technicians can be entered "
                        "by name."
                    )
                )
            if not row.user_id:
                continue
            # who has which role in which shop is not hidden from managers
            user, group = row.user_id.sudo(), self.env.ref(ROLES[row.role])
            if company not in user.company_ids:
                raise UserError(
                    self.env._(
                        "%(user)s does not work in %(shop)s. Add the company to the "
                        "user first.",
                        user=user.name,
                        shop=company.name,
                    )
                )
            if group in user.all_group_ids:
                continue
            if not may_give:
                raise UserError(
                    self.env._(
                        "Roles are given by an administrator: ask for “%(role)s” for "
                        "%(user)s.",
                        role=group.name,
                        user=user.name,
                    )
                )
            row.user_id.group_ids = [Command.link(group.id)]

    def _add_technicians(self):
        """Whoever works on cars is counted in the capacity, each once."""
        technicians = self.env["resource.resource"]
        present = technicians.search(
            Domain("dealer_role", "=", "technician")
            & Domain("company_id", "=", self.env.company.id)
        )
        users, names = present.user_id, set(present.mapped("name"))
        technicians.create(
            [
                {
                    "name": row.user_id.name or row.name,
                    "user_id": row.user_id.id,
                    "dealer_role": "technician",
                    "company_id": self.env.company.id,
                    # by the hours of the shop
                    "calendar_id": False,
                }
                for row in self
                if (row.user_id not in users if row.user_id else row.name not in names)
            ]
        )
