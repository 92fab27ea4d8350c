"""The plan for first visits came with this release."""

from odoo import SUPERUSER_ID, api

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_NEW = ("", "_greet", "_tour", "_gift", "_call")


def migrate(cr, version):
    """Shops that are at work have it, too, until they change or empty it."""
    names = (f"activity_plan_first_visit{name}" for name in _NEW)
    create_new_rows(cr, version, "dealer_service", *names)
    if version:
        api.Environment(cr, SUPERUSER_ID, {})["res.company"]._plan_first_visits()
