from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.files.tables_out import as_csv, as_workbook

#: What can be written into a file for the factory: model, and how people call it.
SUBJECTS = [
    ("dealer.warranty.claim", "Claims"),
    ("dealer.warranty.claim.line", "Lines of Claims"),
    ("dealer.old.part", "Old Warranty Parts"),
    ("dealer.factory.campaign.car", "Cars of a Campaign"),
    ("dealer.health.record", "Electronic Health Files"),
]


class DealerFactoryExport(models.Model):
    """The shape of a file that a manufacturer takes: its columns are data.

    No manufacturer publishes an interface, and each asks for other columns: the file is
    uploaded by hand to its dealer system. The same profile says under which headings
    the answer comes back.
    """

    _name = "dealer.factory.export"
    _description = "File for the Manufacturer"
    _inherit = "dealer.group.mixin"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Shop",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    subject = fields.Selection(
        SUBJECTS,
        "One Row for Each",
        required=True,
        default="dealer.warranty.claim.line",
    )
    file_format = fields.Selection(
        [("xlsx", "Workbook (xlsx)"), ("csv", "Text (CSV)")],
        required=True,
        default="xlsx",
    )
    encoding = fields.Selection(
        [("gb18030", "GBK"), ("utf-8-sig", "UTF-8")],
        "Character Set",
        required=True,
        default="gb18030",
        help="Of a text: older programs read GBK only.",
    )
    separator = fields.Selection(
        [(",", "Comma"), (";", "Semicolon"), ("tab", "Tab")], required=True, default=","
    )
    column_ids = fields.One2many(
        "dealer.factory.export.column", "export_id", "Columns", copy=True
    )

    # how the answer is read back
    answer_claim = fields.Char(
        "Heading of the Claim Number",
        help="Our number, or that of the manufacturer.",
    )
    answer_line = fields.Char(
        "Heading of the Line Number",
        help="Empty: an answer is for the whole claim.",
    )
    answer_amount = fields.Char("Heading of the Approved Amount")
    answer_reason = fields.Char("Heading of the Reason")

    @api.constrains("answer_claim", "answer_amount")
    def _check_answer_headings(self):
        for profile in self:
            if bool(profile.answer_claim) != bool(profile.answer_amount):
                raise ValidationError(
                    self.env._(
                        "%s: to read an answer, its headings of the claim number and "
                        "of the approved amount are both needed.",
                        profile.name,
                    )
                )

    def _write_file(self, records):
        """The file for some records of the subject.

        :return: tuple: its name, its bytes
        :raise UserError: for a profile without columns, and for nothing to write
        """
        self.ensure_one()
        records.check_access("read")
        if not records or records._name != self.subject:
            raise UserError(self.env._("There is nothing to write into the file."))
        if not self.column_ids:
            raise UserError(self.env._("“%s” has no columns yet.", self.name))
        headings = self.column_ids.mapped("name")
        rows = [
            [column._value_of(record) for column in self.column_ids]
            for record in records
        ]
        name = f"{self.name} {fields.Date.context_today(self)}.{self.file_format}"
        if self.file_format == "xlsx":
            return name, as_workbook(headings, rows, self.name)
        mark = "\t" if self.separator == "tab" else self.separator
        return name, as_csv(headings, rows, self.encoding, mark)
