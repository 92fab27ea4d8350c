"""What the desk decides and answers has activity types of its own, words are kept
ready, and periods and figures are data."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_ROWS = (
    "mail_activity_type_pause",
    "mail_activity_type_answer",
    "authority_term_12315_2020",
    "published_figure_new_customer",
    "published_figure_one_for_twelve",
    "published_figure_buy_less",
    "published_figure_people_told",
    "published_figure_loyalty_profit",
)
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
        create_new_rows(cr, version, "dealer_complaint", *_ROWS, *replies)
