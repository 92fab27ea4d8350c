"""Customers are told of their complaints by text message, too, since this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_NEW = ("received", "feedback", "proposal", "closed")


def migrate(cr, version):
    """Shops that are at work have the occasions; their mails stay as they are."""
    create_new_rows(
        cr,
        version,
        "dealer_complaint",
        "mail_template_complaint_feedback",
        *(f"sms_template_complaint_{name}" for name in _NEW),
        *(f"dealer_message_occasion_complaint_{name}" for name in _NEW),
    )
