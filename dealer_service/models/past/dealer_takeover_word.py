from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.text_key import half_width, spelling_key
from ..orders.sale_order import DEALER_PAYERS
from .dealer_past_line import LINE_KINDS

#: Of each topic the field that says what a word means.
MEANINGS = {"payer": "payer", "line": "line_kind", "visit": "visit_kind"}


class DealerTakeoverWord(models.Model):
    """What a word of the old system means here, said once for all rows."""

    _name = "dealer.takeover.word"
    _description = "Word of the Old System"
    _inherit = ["dealer.group.mixin"]
    _order = "is_open desc, topic, word"
    _rec_name = "word"

    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    topic = fields.Selection(
        [("payer", "Payer"), ("line", "Kind of Line"), ("visit", "Kind of Visit")],
        required=True,
        default="payer",
    )
    word = fields.Char(required=True)
    key = fields.Char(compute="_compute_key", store=True, precompute=True)
    payer = fields.Selection(DEALER_PAYERS, "Who Paid")
    line_kind = fields.Selection(LINE_KINDS)
    visit_kind = fields.Selection(
        [("maintenance", "Regular Service"), ("other", "Other Work")],
        "Service or Other Work",
        help="The next service is reckoned from the last regular one.",
    )
    is_open = fields.Boolean(
        "Not Explained", compute="_compute_is_open", store=True, precompute=True
    )

    _word_uniq = models.UniqueIndex(
        "(topic, key, COALESCE(company_id, 0))", "This word is explained already."
    )

    @api.depends("word")
    def _compute_key(self):
        for row in self:
            row.key = spelling_key(row.word)

    @api.depends("topic", "payer", "line_kind", "visit_kind")
    def _compute_is_open(self):
        for row in self:
            row.is_open = not row._meaning()

    def _meaning(self):
        self.ensure_one()
        name = MEANINGS.get(self.topic)
        return name and self[name]

    @api.model
    def _meanings(self, company):
        """What is known in a shop.

        :return: dict of meanings by (topic, key); ``False`` for a word that is listed
            and not explained. The shop's own goes before the group's.
        """
        words = self.search(Domain("company_id", "in", [False, company.id]))
        own_last = words.sorted(lambda row: bool(row.company_id))
        return {(row.topic, row.key): row._meaning() for row in own_last}

    @api.model
    def _list_unknown(self, company, wanted):
        """Ask once what these words mean.

        :param wanted: pairs of topic and word, as they stand in the files
        """
        known = self._meanings(company)
        new = {(topic, spelling_key(word)): half_width(word) for topic, word in wanted}
        return self.create(
            [
                {"company_id": company.id, "topic": topic, "word": word}
                for (topic, key), word in new.items()
                if key and (topic, key) not in known
            ]
        )
