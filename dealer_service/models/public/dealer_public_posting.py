from odoo import api, fields, models


class DealerPublicPosting(models.Model):
    """What a shop had posted from when until when, as everybody could read it.

    Nobody writes or deletes one: it answers the customer who says that the wall said
    something else.
    """

    _name = "dealer.public.posting"
    _description = "What Was Posted"
    _inherit = ["dealer.recorded.mixin"]
    _order = "date_from desc, id desc"
    _rec_name = "date_from"
    _is_sealed = True
    _RECORDED_FIELDS = frozenset({"company_id", "date_from", "date_to", "content"})

    company_id = fields.Many2one(
        "res.company", "Shop", required=True, index=True, ondelete="cascade"
    )
    date_from = fields.Datetime("Posted From", required=True)
    date_to = fields.Datetime("Posted Until", help="Empty: it is posted now.")
    content = fields.Json(required=True)
    page = fields.Html("As It Was Read", compute="_compute_page", sanitize=False)

    _current_uniq = models.UniqueIndex("(company_id) WHERE date_to IS NULL")

    @api.depends("content")
    def _compute_page(self):
        for posting in self:
            posting.page = self.env["ir.qweb"]._render(
                "dealer_service.public_content", {"posted": posting.content}
            )

    def action_print(self):
        """The poster, as it hung."""
        return self.env.ref("dealer_service.action_paper_public").report_action(self)

    @api.model
    def _post(self, company, content):
        """Keep what is shown from now on, if it is something else than before."""
        current = self.search(
            [("company_id", "=", company.id), ("date_to", "=", False)], limit=1
        )
        if current and current.content == content:
            return current
        now = fields.Datetime.now()
        current._write_by_method({"date_to": now})
        current.flush_recordset()
        return self._create_by_method(
            [{"company_id": company.id, "date_from": now, "content": content}]
        )

    def _in_parts(self):
        """Its tables as a screen shows them: pairs of a title and its rows."""
        self.ensure_one()
        content = self.content
        parts = [
            (group["label"], [self._as_line(row) for row in group["rows"]])
            for group in content["prices"]
        ]
        warranties = [
            {"name": row["name"], "value": row["term"]} for row in content["warranties"]
        ]
        phones = [
            {"name": notice["name"], "value": notice["phone"]}
            for notice in content["notices"]
            if notice["phone"]
        ]
        hotline = {"name": self.env._("Our hotline"), "value": content["hotline"]}
        if content["hotline"]:
            phones.insert(0, hotline)
        hours = [
            {"name": row["days"], "value": row["hours"]} for row in content["hours"]
        ]
        parts += [
            (self.env._("Opening hours"), hours),
            (self.env._("Repair warranty"), warranties),
            (self.env._("Where to complain"), phones),
        ]
        return [(title, rows) for title, rows in parts if rows]

    def _as_line(self, row):
        details = " · ".join(filter(None, (self._hours_words(row), row["origin"])))
        return {"name": row["name"], "details": details, "value": row["price"]}

    def _hours_words(self, row):
        return row["hours"] and self.env._("%s h", row["hours"])
