"""Files for the manufacturer came with this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

#: Files, and their columns.
_NEW = {
    "lines": (
        "claim",
        "number",
        "vin",
        "sold",
        "repaired",
        "odometer",
        "fault",
        "cause",
        "kind",
        "code",
        "name",
        "quantity",
        "hours",
        "amount",
        "approved",
        "reason",
    ),
    "claims": (
        "claim",
        "vin",
        "model",
        "plate",
        "km",
        "day",
        "fault",
        "text",
        "part",
        "total",
    ),
    "parts": (
        "tag",
        "claim",
        "vin",
        "code",
        "part",
        "quantity",
        "fault",
        "list",
        "waybill",
    ),
    "health": (
        "shop",
        "plate",
        "vin",
        "arrived",
        "km",
        "settled",
        "number",
        "fault",
        "work",
        "parts",
    ),
    "campaign": (
        "code",
        "vin",
        "state",
        "day",
        "km",
        "visit",
        "reason",
    ),
}


def migrate(cr, version):
    """Shops that are at work have their shapes, too."""
    for name, columns in _NEW.items():
        file = f"dealer_factory_export_{name}"
        rows = (f"{file}_{column}" for column in columns)
        create_new_rows(cr, version, "dealer_service", file, *rows)
    create_new_rows(cr, version, "dealer_service", "dealer_retention_recall")
