from odoo import api, models
from odoo.fields import Domain


class DealerHome(models.AbstractModel):
    """Rules of the manufacturer that the user has not confirmed yet."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    @api.model
    def _home_tiles(self, app):
        tiles = super()._home_tiles(app)
        # once, whatever apps somebody has
        if app == next(iter(self._my_apps()), None):
            tiles.append(
                {
                    "key": "rules",
                    "label": self.env._("Rules to Read"),
                    "help": self.env._(
                        "Rules of the manufacturer: read them, then confirm."
                    ),
                    "kind": "info",
                    "model": "dealer.factory.rule",
                    "domain": Domain("is_to_read", "=", True),
                    "action": "dealer_service.dealer_factory_rule_action",
                }
            )
        return tiles
