from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..rule.dealer_segment import CLASSES


class DealerClub(models.Model):
    """A car club of the shop (车友会): who belongs to it, and who leads it."""

    _name = "dealer.club"
    _description = "Car Club"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        index="btree_not_null",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
    )
    customer_class = fields.Selection(
        CLASSES,
        "Open To Class",
        help="Customers of this class are proposed as members. Empty: nobody is.",
    )
    note = fields.Text("Rules of the Club")
    member_ids = fields.One2many("dealer.club.member", "club_id", "Members")
    member_count = fields.Integer("Current Members", compute="_compute_member_count")
    activity_ids = fields.One2many("dealer.activity", "club_id", "Activities")

    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE active",
        "The shop already has a club with this name.",
    )

    @api.depends("member_ids.date_left")
    def _compute_member_count(self):
        counts = dict(
            self.env["dealer.club.member"]._read_group(
                [("club_id", "in", self.ids), ("date_left", "=", False)],
                ["club_id"],
                ["__count"],
            )
        )
        for club in self:
            club.member_count = counts.get(club._origin, 0)

    def action_add_class(self):
        """Customers of the class the club is open to become members.

        :raise UserError: when the club is open to no class, or all are members
        """
        self.check_access("write")
        for club in self:
            if not club.customer_class:
                raise UserError(
                    self.env._("%s: choose the class it is open to first.", club.name)
                )
            members = club.member_ids.filtered(lambda row: not row.date_left)
            cars = self.env["fleet.vehicle"].search(
                [
                    ("is_customer_vehicle", "=", True),
                    ("customer_class", "=", club.customer_class),
                    ("owner_id", "!=", False),
                    ("owner_id", "not in", members.partner_id.ids),
                    ("company_id", "in", [club.company_id.id, False]),
                ],
                order="id",
            )
            firsts = {car.owner_id: car for car in reversed(cars)}
            if not firsts:
                raise UserError(
                    self.env._(
                        "%s: all customers of this class are members.", club.name
                    )
                )
            self.env["dealer.club.member"].create(
                [
                    {"club_id": club.id, "partner_id": owner.id, "vehicle_id": car.id}
                    for owner, car in sorted(firsts.items(), key=lambda p: p[1].id)
                ]
            )
        return True


class DealerClubMember(models.Model):
    """One customer in a club, from the day of joining to the day of leaving."""

    _name = "dealer.club.member"
    _description = "Club Member"
    _inherit = "dealer.recorded.mixin"
    _order = "club_id, number, id"
    _rec_name = "partner_id"
    _check_company_auto = True
    # the number is that of one customer in one club
    _RECORDED_FIELDS = frozenset({"number", "club_id", "partner_id"})
    _CHOSEN_FIELDS = frozenset({"club_id", "partner_id"})

    club_id = fields.Many2one(
        "dealer.club", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="club_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        index="btree_not_null",
        ondelete="set null",
        domain="[('is_customer_vehicle', '=', True)]",
    )
    customer_class = fields.Selection(related="vehicle_id.customer_class")
    phone = fields.Char(related="partner_id.phone")
    number = fields.Integer("Member Number", readonly=True, aggregator=None)
    date_joined = fields.Date(
        "Joined On",
        required=True,
        default=lambda self: self.env.company._dealer_today(),
    )
    date_left = fields.Date("Left On")
    note = fields.Char("Remark")

    _once = models.UniqueIndex(
        "(club_id, partner_id) WHERE date_left IS NULL",
        "This customer is a member already.",
    )
    _number_uniq = models.UniqueIndex("(club_id, number)")
    _check_days = models.Constraint(
        "CHECK(date_left >= date_joined)", "Nobody leaves before joining."
    )

    @api.constrains("date_joined", "partner_id")
    def _check_member(self):
        for member in self:
            shop = member.company_id
            if member.date_joined > shop._dealer_today():
                raise ValidationError(
                    self.env._(
                        "%(customer)s: “%(field)s” cannot be in the future.",
                        customer=member.partner_id.name,
                        field=member._field_label("date_joined"),
                    )
                )
            if member.partner_id == shop.partner_id:
                raise ValidationError(
                    self.env._("The shop itself is no member of its club.")
                )

    @api.model
    def _complete(self, vals_list):
        """Each member has the next number of the club; numbers are not used again."""
        super()._complete(vals_list)
        clubs = self.env["dealer.club"].browse(
            {vals["club_id"] for vals in vals_list if vals.get("club_id")}
        )
        if not clubs:
            return
        # two who enter members at once do so one after the other
        self.env.cr.execute(
            "SELECT id FROM dealer_club WHERE id IN %s ORDER BY id FOR UPDATE",
            (tuple(clubs.ids),),
        )
        self.flush_model(["club_id", "date_left", "number"])
        # members of every shop count
        last = dict(
            self.sudo()._read_group(
                [("club_id", "in", clubs.ids)], ["club_id"], ["number:max"]
            )
        )
        last = {club.id: number for club, number in last.items()}
        for vals in vals_list:
            club = vals.get("club_id")
            last[club] = vals["number"] = (last.get(club) or 0) + 1


class DealerActivity(models.Model):
    """A tour of a club is for its members."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    club_id = fields.Many2one(
        "dealer.club",
        "Car Club",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Only its current members are invited.",
    )

    def _club_domain(self):
        """Cars of the members, where the activity is the tour of a club."""
        if self.kind != "club" or not self.club_id:
            return Domain.TRUE
        members = self.env["dealer.club.member"].search(
            [("club_id", "=", self.club_id.id), ("date_left", "=", False)]
        )
        return Domain("owner_id", "in", members.partner_id.ids) | Domain(
            "id", "in", members.vehicle_id.ids
        )
