"""Questionnaires and invitations go through the one queue since this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_NEW = ("survey", "invitation", "activity_moved", "activity_cancelled")
_CARE = (
    "unreached",
    "next_service",
    "inspection",
    "warranty_end",
    "insurance",
    "birthday",
    "car_birthday",
    "festival",
)


def migrate(cr, version):
    """Shops that are at work have the occasions; their mails stay as they are."""
    create_new_rows(
        cr,
        version,
        "dealer_followup",
        *(f"sms_template_{name}" for name in _NEW),
        *(f"dealer_message_occasion_{name}" for name in _NEW),
        *(f"mail_template_care_{name}" for name in _CARE),
        *(f"sms_template_care_{name}" for name in _CARE),
        *(f"dealer_message_occasion_care_{name}" for name in _CARE),
    )
