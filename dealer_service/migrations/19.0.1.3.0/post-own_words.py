"""What the catalogue has no entry for is sold in own words from this release on."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows


def migrate(cr, version):
    """Have the product that such lines are of."""
    create_new_rows(cr, version, "dealer_service", "product_own_words")
