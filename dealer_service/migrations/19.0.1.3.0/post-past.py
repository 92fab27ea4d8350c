"""The past is taken over from files since this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

#: How many words of the old systems mean what.
_WORDS = {
    "payer_customer": 7,
    "payer_warranty": 7,
    "payer_insurance": 5,
    "payer_internal": 5,
    "payer_goodwill": 5,
    "line_labour": 6,
    "line_part": 6,
    "line_sundry": 8,
    "visit_maintenance": 9,
    "visit_other": 16,
}


def migrate(cr, version):
    """Shops that are at work have the usual words explained, too."""
    create_new_rows(
        cr,
        version,
        "dealer_service",
        *(
            f"dealer_takeover_word_{name}_{number}"
            for name, count in _WORDS.items()
            for number in range(1, count + 1)
        ),
    )
