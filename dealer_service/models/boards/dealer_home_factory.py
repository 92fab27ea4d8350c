from odoo import api, models
from odoo.fields import Domain

from ...tools import groups

CLAIMS = "dealer_service.dealer_warranty_claim_action"
CARS = "dealer_service.dealer_factory_campaign_car_action"
FILES = "dealer_service.dealer_health_record_action"


class DealerHome(models.AbstractModel):
    """What the manufacturer and the authority wait for, and what they owe."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    @api.model
    def _home_tiles(self, app):
        tiles = super()._home_tiles(app)
        if app != "service":
            return tiles
        # no secrets; with the user's rights the rules of companies would be read anew
        shops = self.env.companies.sudo()
        if any(shop.dealer_warranty_claims for shop in shops):
            tiles += self._claim_tiles() + self._campaign_tiles()
        if any(shop.dealer_health_file for shop in shops):
            tiles += self._health_tiles()
        return tiles

    def _claim_tiles(self):
        """Of nobody in particular: whoever looks after claims does it."""
        shared = {"model": "dealer.warranty.claim", "action": CLAIMS}
        return [
            {
                **shared,
                "key": "claims_late",
                "domain": Domain("is_late", "=", True),
                "label": self.env._("Claims Too Late"),
                "help": self.env._(
                    "The last day to claim is over. Ask the manufacturer, or decide "
                    "who bears it."
                ),
                "kind": "danger",
            },
            {
                **shared,
                "key": "claims_draft",
                "domain": Domain("state", "=", "draft") & Domain("is_late", "=", False),
                "label": self.env._("Work to Claim"),
                "help": self.env._(
                    "Warranty work that is settled and not submitted to the "
                    "manufacturer."
                ),
                "kind": "warning",
            },
            {
                **shared,
                "key": "claims_invoice",
                "domain": Domain("invoice_state", "=", "none"),
                "label": self.env._("Approved, Not Invoiced"),
                "help": self.env._("The manufacturer has approved it: invoice it."),
                "kind": "success",
                "group": groups.MANAGER,
            },
            {
                **shared,
                "key": "claims_rest",
                "domain": Domain("state", "=", "answered")
                & Domain("amount_refused", "!=", 0),
                "label": self.env._("Refused, Not Decided"),
                "help": self.env._(
                    "The manufacturer has cut or refused it: decide who bears the rest."
                ),
                "kind": "danger",
                "group": groups.MANAGER,
            },
        ]

    def _campaign_tiles(self):
        """What the manufacturer was not told yet."""
        return [
            {
                "model": "dealer.factory.campaign.car",
                "action": CARS,
                "key": "campaign_report",
                "domain": Domain("state", "=", "done")
                & Domain("date_reported", "=", False)
                & Domain("done_company_id", "in", self.env.companies.ids),
                "label": self.env._("Recalls to Report"),
                "help": self.env._(
                    "Recalls and campaigns that are done: report them to the "
                    "manufacturer."
                ),
                "kind": "info",
                "group": groups.MANAGER,
            },
        ]

    def _health_tiles(self):
        """What the transport authority was not told yet."""
        return [
            {
                "model": "dealer.health.record",
                "action": FILES,
                "key": "health",
                "domain": Domain("state", "!=", "uploaded"),
                "label": self.env._("Health Files to Upload"),
                "help": self.env._(
                    "Settled repairs that the transport authority does not know of."
                ),
                "kind": "warning",
            },
        ]
