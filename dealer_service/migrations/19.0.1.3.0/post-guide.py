"""Shops that were at work before the guide came are not asked by it."""


def migrate(cr, version):
    """Close the guide of shops with visits; their zone is known by their hours."""
    if not version:
        return
    cr.execute(
        """UPDATE res_company SET dealer_guide_closed = TRUE
            WHERE id IN (SELECT company_id FROM dealer_reception)"""
    )
