"""Warranty work waits as a claim in shops that decide so."""


def migrate(cr, version):
    """Shops that are at work go on as before; new ones begin with claims."""
    if version:
        cr.execute(
            "ALTER TABLE res_company"
            " ADD COLUMN IF NOT EXISTS dealer_warranty_claims boolean"
        )
        cr.execute(
            "UPDATE res_company SET dealer_warranty_claims = FALSE"
            " WHERE dealer_warranty_claims IS NULL"
        )
