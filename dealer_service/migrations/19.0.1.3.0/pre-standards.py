"""Standards that were asked for before nothing could prove them are ticked."""


def migrate(cr, version):
    """Have the column, so that it is not reckoned for each check there ever was."""
    if version:
        cr.execute(
            "ALTER TABLE dealer_reception_check"
            " ADD COLUMN IF NOT EXISTS evidence varchar"
        )
