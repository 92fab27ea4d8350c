from odoo import models

#: What a page asks for that shows a live board. The server answers it with a channel
#: for each shop of the user: a page cannot listen to another shop.
BOARDS_CHANNEL = "dealer_service.boards"
#: A car has moved, or what is known of it has changed.
LANE_NOTIFICATION = "dealer_service.lane_board"
#: One visit has changed: whoever has it open reads it again.
VISIT_NOTIFICATION = "dealer_service.visit"


class ResCompany(models.Model):
    """The boards of a shop are live: every open one is told of a change."""

    _name = "res.company"
    _inherit = "res.company"

    def _send_board_change(self, notification):
        """Tell the open boards of these shops that they are out of date.

        Once in a transaction, with nothing but the shop: each board then reads what
        its own user may see.

        :param str notification: which boards
        """
        told = self.env.cr.precommit.data.setdefault(notification, set())
        for company in self:
            if company.id in told:
                continue
            told.add(company.id)
            self.env["bus.bus"]._sendone(
                (company, BOARDS_CHANNEL), notification, {"company_id": company.id}
            )

    def _send_visit_changes(self, visit_ids):
        """Tell who has one of these visits of the shop open that it has changed.

        :param visit_ids: nothing but the numbers is sent, theirs and that of whoever
            changed them, whose own screen knows already
        """
        self.ensure_one()
        told = self.env.cr.precommit.data.setdefault(VISIT_NOTIFICATION, set())
        for visit_id in visit_ids:
            if visit_id in told:
                continue
            told.add(visit_id)
            self.env["bus.bus"]._sendone(
                (self, BOARDS_CHANNEL),
                VISIT_NOTIFICATION,
                {"company_id": self.id, "visit_id": visit_id, "by": self.env.uid},
            )
