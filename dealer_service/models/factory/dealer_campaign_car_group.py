from odoo import api, fields, models


class DealerFactoryCampaignCar(models.Model):
    """What a shop records of its own cars in a list of the group (decision 0035).

    The list and who stands on it are the group's. That a car is done, and that the
    manufacturer knows it, is known to the shop that looks after the car.
    """

    _name = "dealer.factory.campaign.car"
    _inherit = "dealer.factory.campaign.car"

    may_record = fields.Boolean(compute="_compute_may_record")

    @api.depends("vin_key", "done_company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_may_record(self):
        may = self.browse()
        if self.browse().has_access("write"):
            may = self._filtered_access("write")
            may += (self - may)._of_own_shops()
        for row in self:
            row.may_record = row in may

    def _check_may_record(self):
        """:raise AccessError: for who may not record what was done to these cars"""
        self.browse().check_access("write")
        self.check_access("read")
        own = (self - self._filtered_access("write"))._of_own_shops()
        (self - own).check_access("write")

    def _of_own_shops(self):
        """Those of these rows whose car a shop of the user looks after."""
        mine = self.env.user.company_ids
        shops = self.vehicle_id._dealer_shops()

        def is_ours(row):
            if row.done_company_id:
                return row.done_company_id in mine
            car = row.vehicle_id
            return bool((car.company_id | shops.get(car, mine.browse())) & mine)

        return self.filtered(is_ours)
