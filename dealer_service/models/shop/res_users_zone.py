from odoo import models

#: An object of this process: no remote caller can put it into a context.
SIGNS_IN = object()


class ResUsers(models.Model):
    """Odoo gives the working hours the zone of the browser that first signs in."""

    _name = "res.users"
    _inherit = "res.users"

    def write(self, vals):
        """See ``base``; the hours of a shop ask whether its country has that clock."""
        if not vals.get("tz"):
            return super().write(vals)
        return super(ResUsers, self.with_context(dealer_signs_in=SIGNS_IN)).write(vals)
