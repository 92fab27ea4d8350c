from odoo import api, models

from ...tools import groups


class DealerHome(models.AbstractModel):
    """What a new shop has still to say about itself, on the homes of its people."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    @api.model
    def _home_guide(self, app):
        company = self.env.company
        is_manager = self.env.user.has_group(groups.MANAGER)
        # the steps are those of the service department, the zone is everybody's
        asks = is_manager and app == "service"
        missing = company._dealer_open_steps() if asks else ()
        has_zone = company._dealer_has_zone()
        if has_zone and not missing:
            return None
        return {
            "has_zone": has_zone,
            "is_manager": is_manager,
            "steps": [
                {**step, "done": step["key"] not in missing}
                for step in (self._guide_steps() if missing else ())
                # Odoo's own ways to pay do elsewhere
                if step["key"] != "payments"
                or step["key"] in missing
                or company.dealer_payments_known
            ],
        }

    @api.model
    def _guide_steps(self):
        """The steps in words, in their order."""
        steps = self.env["dealer.shop.guide"]._fields["step"]
        words = {
            "zone": self.env._("By which clock the shop is open."),
            "hours": self.env._("When customers are booked and promised a time."),
            "holidays": self.env._("Days on which the shop is closed."),
            "staff": self.env._("Who advises customers, and who works on the cars."),
            "bays": self.env._("Where the cars are worked on."),
            "payments": self.env._("How customers pay, and into which journal."),
        }
        return [
            {"key": key, "label": label, "help": words[key]}
            for key, label in steps._description_selection(self.env)
        ]
