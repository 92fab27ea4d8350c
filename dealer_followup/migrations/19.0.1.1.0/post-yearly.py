"""Festivals, and the rules that greet on them and on the birthday of a car."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_FESTIVALS = (
    "new_year",
    "spring",
    "lantern",
    "labour",
    "dragon_boat",
    "mid_autumn",
    "double_ninth",
    "national",
)
_RULES = ("car_birthday", "spring_festival", "mid_autumn")


def migrate(cr, version):
    """Create the rows that this version ships for the first time."""
    create_new_rows(
        cr,
        version,
        "dealer_followup",
        *(f"festival_{name}" for name in _FESTIVALS),
        *(f"care_rule_{name}" for name in _RULES),
    )
