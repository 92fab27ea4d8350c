from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import ormcache

from ..common.dealer_cached_mixin import KEPT_FOR

#: What a new shop is asked for, in this order.
GUIDE_STEPS = [
    ("zone", "Time Zone"),
    ("hours", "Opening Hours"),
    ("holidays", "Public Holidays"),
    ("staff", "Staff"),
    ("bays", "Bays"),
    ("payments", "Ways to Pay"),
]


class ResCompany(models.Model):
    """What a new shop has still to say about itself.

    A step is done by its fact, wherever that was entered: in the guide, the settings or
    the lists of the configuration.
    """

    _name = "res.company"
    _inherit = "res.company"

    dealer_guide_closed = fields.Boolean(
        "Setup Finished", readonly=True, help="The home page no longer lists its steps."
    )

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {
            "dealer_guide_closed",
            "dealer_holidays_until",
        }

    @ormcache("self.id", KEPT_FOR)
    def _dealer_open_steps(self):
        """The keys of the steps that are not done, in their order; none once the guide
        was closed."""
        # whether the shop is set up does not depend on who asks
        company = self.sudo()
        if company.dealer_guide_closed:
            return ()
        resources = company.env["resource.resource"]
        mine = Domain("company_id", "=", company.id)
        roles = {
            role
            for [role] in resources._read_group(
                mine & Domain("dealer_role", "!=", False), ["dealer_role"]
            )
        }
        done = {
            "zone": bool(company.dealer_tz),
            "hours": bool(company.dealer_calendar_id),
            "holidays": company.dealer_holidays_until > 0,
            "staff": "technician" in roles,
            "bays": "bay" in roles,
            "payments": company._dealer_has_payments(),
        }
        return tuple(key for key, _label in GUIDE_STEPS if not done[key])
