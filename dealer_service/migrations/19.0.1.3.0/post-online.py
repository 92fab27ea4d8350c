"""Customers book alone since this release, and are told of it."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_NEW = ("code", "confirmed", "moved", "cancelled")


def migrate(cr, version):
    """Shops that are at work have the occasions with their texts, too."""
    create_new_rows(
        cr,
        version,
        "dealer_service",
        *(f"mail_template_booking_{name}" for name in _NEW[1:]),
        *(f"sms_template_booking_{name}" for name in _NEW),
        *(f"dealer_message_occasion_booking_{name}" for name in _NEW),
    )
