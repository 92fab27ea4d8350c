"""The list by which new cars are handed over."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_POINTS = (
    "pdi",
    "recall",
    "clean",
    "energy_full",
    "fuel_full",
    "invoice",
    "insurance",
    "keys",
    "manual",
    "tools",
    "cable",
    "controls",
    "assist",
    "app",
    "charging",
    "runin",
    "service",
)


def migrate(cr, version):
    """Create the points that this version ships for the first time."""
    create_new_rows(
        cr, version, "dealer_followup", *(f"new_car_point_{name}" for name in _POINTS)
    )
