"""No visit of before has a deposit: none of them is worked out."""


def migrate(cr, version):
    """Have the column; empty is nothing."""
    if version:
        cr.execute(
            "ALTER TABLE dealer_reception"
            " ADD COLUMN IF NOT EXISTS deposit_amount numeric"
        )
