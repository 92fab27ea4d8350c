"""The shipped rules of the statutory warranty are the law of China."""


def migrate(cr, version):
    """Say so of the rows that are there; those of the shop hold wherever it is."""
    if not version:
        return
    cr.execute(
        """UPDATE dealer_statutory_warranty
              SET country_id = (SELECT res_id FROM ir_model_data
                                 WHERE module = 'base' AND name = 'cn')
            WHERE country_id IS NULL
              AND id IN (SELECT res_id FROM ir_model_data
                          WHERE module = 'dealer_complaint'
                            AND model = 'dealer.statutory.warranty')"""
    )
