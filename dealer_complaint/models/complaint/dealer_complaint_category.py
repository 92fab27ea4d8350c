import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from odoo.addons.dealer_service.models.common.dealer_cached_mixin import KEPT_FOR


class DealerComplaintCategory(models.Model):
    """What complaints are about: a tree that each dealer may extend."""

    _name = "dealer.complaint.category"
    _description = "Complaint Category"
    _inherit = ["dealer.group.mixin", "dealer.cached.mixin"]
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
    child_ids = fields.One2many(
        "dealer.complaint.category", "parent_id", "Sub-Categories"
    )
    complete_name = fields.Char(
        compute="_compute_complete_name", recursive=True, store=True, index="trigram"
    )
    is_safety = fields.Boolean(
        "Safety",
        help="Complaints of this category are about safety and therefore major.",
    )
    alarm_words = fields.Text(
        help="Separated by commas; * stands for a few characters between two parts. "
        "A complaint that contains one of these words is treated as a safety matter.",
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

    @api.model
    def _alarms(self, texts):
        """The words of ``texts`` that make a matter of safety of them.

        :param texts: what customers wrote
        :return: list, for each text the words that were found, else ``None``
        """
        alarm = self._alarm_pattern()
        found = [alarm and alarm.search(text or "") for text in texts]
        return [match and match.group() for match in found]

    @api.model
    @ormcache(KEPT_FOR)
    def _alarm_pattern(self):
        """What finds the alarm words; ``None`` where no category has any.

        They change once a year and are asked for with every complaint.
        """
        # the words belong to whoever manages the desk, reading them to all
        lists = self.sudo().search_fetch(
            [("alarm_words", "!=", False)], ["alarm_words"]
        )
        words = [
            ".{0,12}".join(map(re.escape, map(str.strip, word.split("*"))))
            for text in lists.mapped("alarm_words")
            for word in re.split(r"[,，;；、\n]+", text)
            if word.strip(" *")
        ]
        return re.compile("|".join(words), re.IGNORECASE) if words else None

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A category cannot be below itself; choose another parent.")
            )
