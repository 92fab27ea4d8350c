from odoo import api, models

#: What a page asks for that shows a live board. The server answers it with a channel
#: for each shop of the user: a page cannot listen to another shop.
BOARDS_CHANNEL = "dealer_service.boards"
#: What has changed in a shop, told once for each transaction.
NEWS = "dealer_service.news"
#: A car has moved, or what is known of it has changed.
LANE = "lane"
#: A job has.
WORKSHOP = "workshop"
#: So many visits are told by number; of more, every open one is read again.
MOST_TOLD = 100


class ResCompany(models.Model):
    """The boards of a shop are live: every open one is told of a change."""

    _name = "res.company"
    _inherit = "res.company"

    def _send_board_change(self, board):
        """Tell the open boards of these shops that they are out of date.

        :param str board: ``LANE`` or ``WORKSHOP``
        """
        for company in self:
            company._news()["boards"].add(board)

    def _send_visit_changes(self, visit_ids):
        """Tell who has one of these visits of the shop open that it has changed."""
        visits = self._news()["visits"]
        for visit_id in visit_ids:
            visits.setdefault(visit_id, self.env.uid)

    def _news(self):
        """What is to be told of the shop when the transaction ends."""
        self.ensure_one()
        precommit = self.env.cr.precommit
        if NEWS not in precommit.data:
            precommit.data[NEWS] = {}
            precommit.add(self.env["res.company"]._send_news)
        told = precommit.data[NEWS]
        return told.setdefault(self.id, {"boards": set(), "visits": {}})

    @api.model
    def _send_news(self):
        """Tell each shop its news, with nothing but numbers: each board then reads
        what its own user may see. The screen of whoever changed a visit knows it."""
        for company_id, news in self.env.cr.precommit.data.pop(NEWS, {}).items():
            visits = [
                {"id": visit_id, "by": user_id}
                for visit_id, user_id in news["visits"].items()
            ]
            self.env["bus.bus"]._sendone(
                (self.browse(company_id), BOARDS_CHANNEL),
                NEWS,
                {
                    "company_id": company_id,
                    "boards": sorted(news["boards"]),
                    "visits": visits if len(visits) <= MOST_TOLD else None,
                },
            )
