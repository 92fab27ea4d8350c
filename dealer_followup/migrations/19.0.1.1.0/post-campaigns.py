"""Owners of cars that are recalled are called since this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows


def migrate(cr, version):
    """Create the rule that this version ships for the first time."""
    create_new_rows(cr, version, "dealer_followup", "care_rule_campaign")
