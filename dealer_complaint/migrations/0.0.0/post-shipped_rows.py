"""At each upgrade: rows that a shop left as they were shipped follow the release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import mend_untouched_rows


def migrate(cr, version):
    """Mend what nobody has changed."""
    mend_untouched_rows(cr, version, "dealer_complaint")
