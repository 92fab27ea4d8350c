from odoo import models

#: How far an invitation went: of two for one car the one that went further stays.
_RANK = (
    "attended",
    "coming",
    "waiting",
    "maybe",
    "declined",
    "no_show",
    "invited",
    "listed",
    "excluded",
)


class DealerVehicleMerge(models.TransientModel):
    """Two cards of one car were invited to one activity: one invitation stays."""

    _name = "dealer.vehicle.merge"
    _inherit = "dealer.vehicle.merge"

    def _merge(self, kept, others):
        self._merge_invitees(kept + others)
        self._merge_effects(kept + others)
        return super()._merge(kept, others)

    def _merge_invitees(self, cars):
        # lists of every shop move with the car
        rows = self.env["dealer.activity.invitee"].sudo()
        rows = rows.search([("vehicle_id", "in", cars.ids)])
        for _activity, mine in rows.grouped("activity_id").items():
            mine = mine.sorted(lambda row: _RANK.index(row.state))
            # a person who came stays counted, with one car only
            mine[1:]._write_by_method({"vehicle_id": False})
            mine[1:].filtered(lambda row: row.state in ("listed", "excluded")).unlink()
        rows.exists().flush_recordset()

    def _merge_effects(self, cars):
        """Days that both cards claim stay with the earlier claim."""
        # as above
        claims = self.env["dealer.activity.effect"].sudo()
        claims = claims.search([("vehicle_id", "in", cars.ids)], order="date_from, id")
        last = None
        for claim in claims:
            if last and claim.date_from <= last:
                claim.unlink()
            else:
                last = claim.date_to
