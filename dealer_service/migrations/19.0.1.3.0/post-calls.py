"""Telephone exchanges came with this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows


def migrate(cr, version):
    """Shops that are at work have the plain format to connect theirs with, too."""
    create_new_rows(cr, version, "dealer_service", "dealer_call_adapter_plain")
