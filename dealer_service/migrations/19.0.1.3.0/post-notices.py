"""What customers have a right to know came with this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_NEW = ("complaint", "parts", "sanbao", "12315", "12328", "12345")


def migrate(cr, version):
    """Shops that are at work have the notices, too."""
    create_new_rows(
        cr,
        version,
        "dealer_service",
        *(f"dealer_public_notice_{name}" for name in _NEW),
    )
