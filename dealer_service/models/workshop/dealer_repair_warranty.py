from odoo import api, fields, models

from ...tools.work_time import local_date


class DealerRepairWarranty(models.Model):
    """How long the shop answers for its own work, by kind of work (维修质量保证期)."""

    _name = "dealer.repair.warranty"
    _description = "Repair Warranty"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("Kind of Work", required=True, translate=True)
    km = fields.Integer("Kilometres", required=True, aggregator=None)
    days = fields.Integer(
        required=True,
        aggregator=None,
        help="The warranty ends after this many kilometres or days, whichever comes "
        "first. The last kilometre and the last day are still covered.",
    )
    legal_basis = fields.Char(translate=True, help="The rule behind the figures.")
    is_default = fields.Boolean(
        "Default Kind of Work",
        help="Used for work of no known kind. If several are marked, the first one "
        "applies.",
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    active = fields.Boolean(default=True)

    _check_limits = models.Constraint(
        "CHECK(km >= 0 AND days >= 0)",
        "Kilometres and days of a repair warranty cannot be negative.",
    )

    @api.depends("name", "km", "days")
    def _compute_display_name(self):
        for warranty in self:
            warranty.display_name = self.env._(
                "%(kind)s (%(km)s km / %(days)s d)",
                kind=warranty.name,
                km=warranty.km,
                days=warranty.days,
            )

    @api.model
    def _default_for(self, company):
        """The warranty of work whose kind nobody has told."""
        warranties = self.search([("company_id", "in", [False, company.id])])
        defaults = warranties.filtered("is_default")
        # what the shop itself promises goes first
        own_first = defaults.sorted(lambda warranty: not warranty.company_id)
        return own_first[:1] or warranties[-1:]

    def _covers(self, left_on, left_km, back_on, back_km, tz):
        """Whether a car that comes back is still inside the warranty.

        Days are counted by the calendar from the day on which the car left. A reading
        that is unknown, or lower than the one at departure, excludes nothing.

        :param datetime left_on: when the car left the shop, UTC
        :param int left_km: mileage at departure, 0 if unknown
        :param datetime back_on: when it came back, UTC
        :param int back_km: mileage on coming back, 0 if unknown
        :param tz: time zone of the shop (``pytz``)
        """
        self.ensure_one()
        days = (local_date(back_on, tz) - local_date(left_on, tz)).days
        if not 0 <= days <= self.days:
            return False
        if not left_km or not back_km or back_km < left_km:
            return True
        return back_km - left_km <= self.km
