"""How customers are came with this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_NEW = ("hurried", "thorough", "thrifty", "cautious", "personal", "decided")


def migrate(cr, version):
    """Shops that are at work have its rows, too."""
    create_new_rows(
        cr,
        version,
        "dealer_service",
        *(f"dealer_customer_manner_{name}" for name in _NEW),
    )
