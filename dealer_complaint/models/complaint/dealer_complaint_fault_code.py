import re

from odoo import api, fields, models

_LETTERS = re.compile(r"^[A-Z]+")


class DealerComplaintFaultCode(models.Model):
    """What a code of a consumer site means in our categories.

    A row holds a whole code (``H134``) or the letters that codes begin with (``H``);
    the whole code goes first.
    """

    _name = "dealer.complaint.fault.code"
    _description = "Fault Code"
    _inherit = ["dealer.group.mixin"]
    _order = "code"
    _rec_name = "code"

    code = fields.Char(required=True)
    category_id = fields.Many2one(
        "dealer.complaint.category", required=True, index=True, ondelete="restrict"
    )
    note = fields.Char(translate=True)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex(
        "(upper(code)) WHERE active", "This fault code is already in the table."
    )

    @api.model
    def _split(self, text):
        """``"H101,I294,"`` → ``["H101", "I294"]``"""
        parts = re.split(r"[\s,，;；、]+", (text or "").upper())
        return [part for part in parts if part]

    @api.model
    def _categories_of(self, texts):
        """The categories of each text of codes, the gravest first.

        Safety goes before all else, then the order of the list of categories.

        :return: dict of lists of category ids by text; missing where nothing is known
        """
        # the table belongs to whoever manages the desk, reading it to all who import
        rows = self.sudo().search_fetch([], ["code", "category_id"])
        known = {row.code.upper(): row.category_id.id for row in rows}
        order = rows.category_id.sorted(lambda c: (not c.is_safety, c.sequence, c.id))
        rank = {category_id: place for place, category_id in enumerate(order.ids)}
        result = {}
        for text in texts:
            found = set()
            for code in self._split(text):
                letters = _LETTERS.match(code)
                found.add(known.get(code) or known.get(letters and letters.group()))
            found.discard(None)
            if found:
                result[text] = sorted(found, key=rank.get)
        return result
