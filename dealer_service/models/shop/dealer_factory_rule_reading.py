from odoo import api, fields, models


class DealerFactoryRuleReading(models.Model):
    """Somebody has read and understood a rule of the manufacturer. Stays as it is."""

    _name = "dealer.factory.rule.reading"
    _description = "Confirmation of a Manufacturer's Rule"
    _order = "date desc, id desc"
    _rec_name = "rule_id"

    rule_id = fields.Many2one(
        "dealer.factory.rule", required=True, index=True, ondelete="restrict"
    )
    version = fields.Integer(required=True)
    is_current = fields.Boolean(
        "As It Is Now",
        compute="_compute_is_current",
        store=True,
        help="The rule has not changed since.",
    )
    user_id = fields.Many2one(
        "res.users", "Read By", required=True, index=True, ondelete="restrict"
    )
    date = fields.Datetime(
        "Read On", required=True, default=lambda self: fields.Datetime.now()
    )
    company_id = fields.Many2one("res.company", "Shop", required=True, index=True)

    _once = models.UniqueIndex(
        "(rule_id, version, user_id)",
        "This version of the rule was confirmed already.",
    )

    @api.depends("version", "rule_id.version")
    def _compute_is_current(self):
        for reading in self:
            reading.is_current = reading.version == reading.rule_id.version
