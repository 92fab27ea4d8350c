from odoo import fields, models


class DealerStatutoryWarranty(models.Model):
    """A set of statutory rules for cars (三包), by the day the car was sold.

    The numbers are the law's; a new law is a new row, so that older cars keep theirs.
    It is the law of a country, and holds for the shops there.
    """

    _name = "dealer.statutory.warranty"
    _description = "Statutory Warranty Rules"
    _inherit = ["dealer.group.mixin"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, translate=True)
    date_from = fields.Date("Cars Sold From", required=True)
    country_id = fields.Many2one(
        "res.country", help="Whose law it is. Empty: for shops in every country."
    )
    active = fields.Boolean(default=True)

    # exchange or refund
    exchange_months = fields.Integer("Exchange Period (months)", default=24)
    exchange_km = fields.Integer("Exchange Period (km)", default=50000)
    max_repair_days = fields.Integer(
        "Repair Days", default=30, help="Limit for the total number of days in repair."
    )
    max_same_fault = fields.Integer(
        "Repairs of One Fault",
        default=4,
        help="Limit for the number of repairs of the same fault.",
    )
    max_same_assembly = fields.Integer(
        "Replacements of One Assembly",
        default=1,
        help="Limit for the number of replacements of the same main assembly.",
    )
    warn_repair_days = fields.Integer("Warn From (days)", default=20)
    warn_same_fault = fields.Integer("Warn From (repairs)", default=3)
    first_days = fields.Integer(
        default=7,
        help="Days within which a replaced engine, gearbox, battery or motor "
        "entitles to exchange or refund.",
    )
    early_days = fields.Integer(default=60)
    early_km = fields.Integer("Early Kilometres", default=3000)

    # free repair
    free_months = fields.Integer("Free Repair (months)", default=36)
    free_km = fields.Integer("Free Repair (km)", default=60000)

    legal_basis = fields.Text(translate=True)

    _date_uniq = models.UniqueIndex(
        "(date_from, COALESCE(country_id, 0)) WHERE active",
        "Other rules already begin on this day.",
    )
    _check_thresholds = models.Constraint(
        "CHECK(max_repair_days > 0 AND max_same_fault > 0 AND max_same_assembly > 0"
        " AND warn_repair_days <= max_repair_days"
        " AND warn_same_fault <= max_same_fault)",
        "The warning must come before the limit.",
    )
