from odoo import fields, models


class FleetVehicle(models.Model):
    """What the owner declined the last time, for whoever receives the car."""

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    def _arrival_notices(self):
        """Work declined earlier: safety first."""
        notices = super()._arrival_notices()
        works = self.env["dealer.declined.work"]
        if not works.has_access("read"):
            return notices
        # the former owner's papers are not the new owner's
        for work in works.search(
            [
                ("vehicle_id", "=", self.id),
                ("company_id", "in", self.env.companies.ids),
                ("partner_id", "in", (self.owner_id | self.contact_id).ids),
                ("state", "in", ("open", "offered")),
            ]
        ):
            text = self.env._(
                "Declined on %(date)s: %(work)s (%(amount)s). Offer it again.",
                date=fields.Date.to_string(
                    work.company_id._dealer_day(work.date_declined)
                ),
                work=work.name,
                amount=work.currency_id.format(work.amount),
            )
            notices.insert(0, ("danger" if work.is_safety else "warning", text))
        return notices
