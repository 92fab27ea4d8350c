"""Cars are inspected item by item since this release: lists for three energies."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_ITEMS = (
    "horn",
    "lamps_front",
    "lamps_rear",
    "wipers",
    "belts",
    "warnings",
    "climate",
    "cabin_filter",
    "windows",
    "parking_brake",
    "oil",
    "coolant_level",
    "coolant_freeze",
    "brake_fluid",
    "battery_volts",
    "battery_health",
    "charging",
    "air_filter",
    "drive_belt",
    "leaks_front",
    "traction_health",
    "cell_difference",
    "insulation",
    "hv_cables",
    "charge_port",
    "hv_coolant",
    "pack_case",
    "tread_fl",
    "tread_fr",
    "tread_rl",
    "tread_rr",
    "tyre_damage",
    "tyre_age",
    "tyre_pressure",
    "spare",
    "pads_front",
    "pads_rear",
    "discs",
    "brake_lines",
    "leaks_below",
    "boots",
    "joints",
    "shocks",
    "exhaust",
    "undershield",
    "straight",
    "brake_test",
)


def migrate(cr, version):
    """Shops that are at work have the items, and then the lists of them."""
    create_new_rows(
        cr,
        version,
        "dealer_service",
        *(f"dealer_multipoint_item_{name}" for name in _ITEMS),
        *(
            f"dealer_multipoint_template_{key}"
            for key in ("petrol", "hybrid", "electric")
        ),
    )
