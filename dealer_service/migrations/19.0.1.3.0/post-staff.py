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
_EXPORTED = ("date_from", "name", "role", "points", "cover", "is_small", "state")


def migrate(cr, version):
    """Shops that are at work have its measures, too."""
    create_new_rows(
        cr,
        version,
        "dealer_service",
        *(f"dealer_staff_measure_{name}" for name in _SHOWN + _JUDGED),
        *(f"dealer_staff_scale_{name}" for name in _JUDGED),
        *(f"dealer_staff_band_{name}_{n}" for name in _JUDGED for n in range(1, 6)),
        "ir_exports_dealer_staff_payroll",
        *(f"ir_exports_line_dealer_staff_{name}" for name in _EXPORTED),
    )
