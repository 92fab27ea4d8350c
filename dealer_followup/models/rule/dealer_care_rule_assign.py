import heapq

from odoo import models


class DealerCareRule(models.Model):
    """Who gets a follow-up."""

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    def _callers(self, company):
        """Who may be given follow-ups of a shop, in a steady order."""
        self.ensure_one()
        callers = company._dealer_callers()
        return self.user_ids & callers if self.user_ids else callers

    def _assign(self, rows):
        """Set ``user_id`` of each row; who cannot be assigned is for whoever calls
        next. A customer who has open tasks stays with the same caller."""
        shops = self.env["res.company"].browse({row["company_id"] for row in rows})
        if self.assignment == "pool":
            return
        for shop in shops:
            mine = [row for row in rows if row["company_id"] == shop.id]
            callers = self._callers(shop).sorted("id").ids
            known = self._current_callers(mine, callers)
            loads = self._loads(callers) if self.assignment == "least_loaded" else []
            for number, row in enumerate(mine):
                row["user_id"] = known.get(row["partner_id"]) or self._caller_of(
                    row, number, callers, loads
                )
                known[row["partner_id"]] = row["user_id"]

    def _caller_of(self, row, number, callers, loads):
        """The caller of one row by the rule's assignment; ``False`` for the pool."""
        if self.assignment == "advisor":
            return row["advisor_id"] in callers and row["advisor_id"]
        if self.assignment == "seller":
            return row["seller_id"] in callers and row["seller_id"]
        if not callers:
            return False
        if self.assignment == "least_loaded":
            load, user_id = heapq.heappop(loads)
            heapq.heappush(loads, (load + 1, user_id))
            return user_id
        # in turn, without a counter that two deliveries at once would fight for
        return callers[
            ((row["vehicle_id"] or row["partner_id"]) + number) % len(callers)
        ]

    def _current_callers(self, rows, callers):
        groups = self.env["dealer.followup"]._read_group(
            [
                ("partner_id", "in", [row["partner_id"] for row in rows]),
                ("user_id", "in", callers),
                ("state", "in", ("todo", "waiting")),
            ],
            ["partner_id"],
            ["user_id:array_agg"],
        )
        return {partner.id: user_ids[0] for partner, user_ids in groups}

    def _loads(self, callers):
        """A heap of (open tasks, caller)."""
        counts = dict(
            self.env["dealer.followup"]._read_group(
                [("user_id", "in", callers), ("state", "in", ("todo", "waiting"))],
                ["user_id"],
                ["__count"],
            )
        )
        users = self.env["res.users"].browse(callers)
        loads = [(counts.get(user, 0), user.id) for user in users]
        heapq.heapify(loads)
        return loads
