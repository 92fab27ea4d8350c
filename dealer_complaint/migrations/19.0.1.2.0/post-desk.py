"""What the desk decides has an activity type of its own, and words are kept ready."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_REPLIES = (
    "contact_first",
    "contact_safety",
    "contact_waiting",
    "feedback_parts",
    "feedback_diagnosis",
    "feedback_factory",
    "feedback_nothing",
    "decision_told",
    "callback_content",
    "proposal_repair",
    "proposal_price",
    "proposal_attitude",
    "rejection_recourse",
)


def migrate(cr, version):
    """Ship them."""
    if version:
        replies = [f"complaint_reply_{name}" for name in _REPLIES]
        create_new_rows(
            cr, version, "dealer_complaint", "mail_activity_type_pause", *replies
        )
