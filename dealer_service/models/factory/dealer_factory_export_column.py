from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Records whose fields may stand in a file for the manufacturer.
OPEN_MODELS = {
    "dealer.factory.campaign",
    "dealer.factory.campaign.car",
    "dealer.health.record",
    "dealer.old.part",
    "dealer.old.part.return",
    "dealer.reception",
    "dealer.warranty.claim",
    "dealer.warranty.claim.line",
    "fleet.vehicle",
    "fleet.vehicle.model",
    "fleet.vehicle.model.brand",
    "product.product",
    "res.company",
    "res.partner",
}
#: What no cell holds.
_NO_CELL = {"binary", "html", "json", "properties", "reference", "serialized"}


class DealerFactoryExportColumn(models.Model):
    """A column of a file for the manufacturer: a heading, and what stands below."""

    _name = "dealer.factory.export.column"
    _description = "Column of a File for the Manufacturer"
    _inherit = "dealer.group.mixin"
    _order = "sequence, id"

    export_id = fields.Many2one(
        "dealer.factory.export", "File", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="export_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Heading", required=True)
    path = fields.Char(
        "Field",
        help="Technical name of a field, through others where dots stand between them, "
        "such as “claim_id.vehicle_id.vin_sn”.",
    )
    fixed_text = fields.Char(
        help="What stands in every row, such as the shop's number at the manufacturer."
    )

    @api.constrains("path", "fixed_text", "export_id")
    def _check_path(self):
        for column in self:
            if not column.path and not column.fixed_text:
                # a heading of which the manufacturer fills in the rest
                continue
            if column.path and not column._last_field():
                raise ValidationError(
                    self.env._(
                        "“%(column)s”: %(path)s is no field that can stand in this "
                        "file.",
                        column=column.name,
                        path=column.path,
                    )
                )

    def _last_field(self):
        """The field at the end of the path; ``None`` where it leads nowhere."""
        self.ensure_one()
        model = self.env[self.export_id.subject]
        field = None
        for name in self.path.split("."):
            if model is None or model._name not in OPEN_MODELS:
                return None
            field = model._fields.get(name)
            if field is None or field.type in _NO_CELL:
                return None
            model = self.env[field.comodel_name] if field.relational else None
        return field

    def _value_of(self, record):
        """What stands in this column for a record, as the user may read it."""
        self.ensure_one()
        if not self.path:
            return self.fixed_text or ""
        *way, last = self.path.split(".")
        for name in way:
            record = record[name]
        if not record:
            return ""
        field = record._fields[last]
        if field.relational:
            return ", ".join(record.mapped(last).mapped("display_name"))
        values = record.mapped(last) if len(record) > 1 else [record[last]]
        cells = [self._cell(record[:1], field, value) for value in values]
        return cells[0] if len(cells) == 1 else ", ".join(map(str, cells))

    def _cell(self, record, field, value):
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return labels.get(value) or ""
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if field.type == "datetime":
            shop = self.env.company
            return value and shop._dealer_day(value)
        if field.type == "monetary":
            currency = record[field.get_currency_field(record)]
            return currency.round(value) if currency else value
        return "" if value is False or value is None else value
