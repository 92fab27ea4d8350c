"""The month's sheets of the staff came with this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

#: What is shown, and what has a weight and five bands.
_SHOWN = ("visits", "executed", "jobs", "hours")
_JUDGED = (
    "promise",
    "punctual",
    "proven",
    "supplements",
    "rating",
    "efficiency",
    "first_right",
    "comeback",
)


def migrate(cr, version):
    """Shops that are at work have its measures, too."""
    create_new_rows(
        cr,
        version,
        "dealer_service",
        *(f"dealer_staff_measure_{name}" for name in _SHOWN + _JUDGED),
        *(f"dealer_staff_scale_{name}" for name in _JUDGED),
        *(f"dealer_staff_band_{name}_{n}" for name in _JUDGED for n in range(1, 6)),
    )
