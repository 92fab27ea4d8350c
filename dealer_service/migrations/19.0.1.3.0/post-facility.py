"""The daily round through the rooms came with this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_NEW = (
    "waiting_clean",
    "waiting_comfort",
    "waiting_time",
    "toilet_clean",
    "toilet_paper",
    "offer_drinks",
    "offer_snacks",
    "network",
    "charging",
    "workshop_tidy",
    "workshop_safe",
    "outside",
)


def migrate(cr, version):
    """Shops that are at work have its points, too."""
    create_new_rows(
        cr,
        version,
        "dealer_service",
        *(f"dealer_facility_point_{name}" for name in _NEW),
    )
