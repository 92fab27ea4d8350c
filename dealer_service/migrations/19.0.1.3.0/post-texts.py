"""Occasions of messages came with this release; the mails that they name are there by
now (post-parts_here.py)."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_NEW = ("reminder_day", "reminder_hour", "parts_here", "ready", "delay", "rating")
_ORDERS = ("estimate", "supplement")
_MAILS = ("ready", "delay", *_ORDERS)


def migrate(cr, version):
    """Shops that are at work have its rows, too."""
    create_new_rows(
        cr,
        version,
        "dealer_service",
        *(f"mail_template_{name}" for name in _MAILS),
        *(f"sms_template_{name}" for name in _NEW + _ORDERS),
        *(f"dealer_message_occasion_{name}" for name in _NEW + _ORDERS),
    )
