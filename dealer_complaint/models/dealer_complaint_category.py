from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerComplaintCategory(models.Model):
    """What complaints are about: a tree that each dealer may extend."""

    _name = "dealer.complaint.category"
    _description = "Complaint Category"
    _parent_store = True
    _parent_name = "parent_id"
    _order = "sequence, complete_name, id"
    _rec_names_search = ["complete_name", "name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(index="btree_not_null", help="Fixed name for imports.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one(
        "dealer.complaint.category", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("dealer.complaint.category", "parent_id", "Below")
    complete_name = fields.Char(
        compute="_compute_complete_name", recursive=True, store=True, index="trigram"
    )
    is_safety = fields.Boolean(
        "Safety",
        help="A complaint of this kind is about safety and therefore major.",
    )

    _code_uniq = models.UniqueIndex("(code)", "Two categories have the same code.")

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for category in self:
            above = category.parent_id.complete_name
            category.complete_name = (
                f"{above} / {category.name}" if above else category.name
            )

    @api.depends("name", "complete_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """In the reader's language, which the stored name cannot be."""
        for category in self:
            names = []
            above = category
            while above:
                names.insert(0, above.name or "")
                above = above.parent_id
            category.display_name = " / ".join(names)

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A category cannot be below itself; choose another parent.")
            )
