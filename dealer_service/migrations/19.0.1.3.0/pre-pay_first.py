"""Keys are held until the customer has paid in shops that decide so."""


def migrate(cr, version):
    """Shops that are at work go on as before; new ones begin with the rule."""
    if version:
        cr.execute(
            "ALTER TABLE res_company ADD COLUMN IF NOT EXISTS dealer_pay_first boolean"
        )
        cr.execute(
            "UPDATE res_company SET dealer_pay_first = FALSE"
            " WHERE dealer_pay_first IS NULL"
        )
