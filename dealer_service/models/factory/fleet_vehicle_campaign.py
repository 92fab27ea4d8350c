from odoo import api, fields, models


class FleetVehicle(models.Model):
    """What the manufacturer wants done to a car."""

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    campaign_notice = fields.Char(
        "Open Recalls",
        compute="_compute_campaign_notice",
        compute_sudo=True,
        help="Recalls and campaigns that name the car and are not done.",
    )

    @api.depends("vin_key")
    @api.depends_context("allowed_company_ids")
    def _compute_campaign_notice(self):
        rows = self.env["dealer.factory.campaign.car"]._open_for(
            self.mapped("vin_key"), self.env.company
        )
        by_key = rows.grouped("vin_key")
        for vehicle in self:
            mine = by_key.get(vehicle.vin_key, rows.browse())
            words = " · ".join(row._notice_words() for row in mine)
            vehicle.campaign_notice = words or False

    def _open_campaigns(self):
        """The open rows of the car in the current shop."""
        return self.env["dealer.factory.campaign.car"]._open_for(
            # whoever sees the car knows its number
            self.sudo().mapped("vin_key"),
            self.env.company,
        )

    def _arrival_notices(self):
        """A recall comes before everything else."""
        notices = super()._arrival_notices()
        # whoever receives the car is told, whosever list it is
        for row in reversed(self._open_campaigns().sudo()):
            level = "danger" if row.kind == "recall" else "warning"
            notices.insert(0, (level, row._notice_words()))
        return notices


class DealerFactoryCampaignCar(models.Model):
    """How an open row is told."""

    _name = "dealer.factory.campaign.car"
    _inherit = "dealer.factory.campaign.car"

    def _notice_words(self):
        self.ensure_one()
        campaign = self.campaign_id
        values = {"campaign": campaign.display_name}
        if campaign.is_stop:
            return self.env._("Recall, do not drive: %(campaign)s", **values)
        if campaign.kind == "recall":
            return self.env._("Open recall: %(campaign)s", **values)
        return self.env._("Open campaign: %(campaign)s", **values)
