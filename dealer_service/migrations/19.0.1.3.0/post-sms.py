"""Text messages by providers in China came with this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows


def migrate(cr, version):
    """Have the text by which colleagues are told, too."""
    create_new_rows(cr, version, "dealer_service", "sms_template_staff")
