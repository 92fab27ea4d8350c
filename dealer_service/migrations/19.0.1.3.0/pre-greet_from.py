"""Whoever came while the shop was closed is greeted from its opening on."""


def migrate(cr, version):
    """Have the column; what was measured before is not measured anew."""
    if version:
        cr.execute(
            "ALTER TABLE dealer_reception"
            " ADD COLUMN IF NOT EXISTS date_greet_from timestamp"
        )
        cr.execute(
            """UPDATE dealer_reception SET date_greet_from = date_arrived
                WHERE date_arrived IS NOT NULL AND date_greet_from IS NULL"""
        )
