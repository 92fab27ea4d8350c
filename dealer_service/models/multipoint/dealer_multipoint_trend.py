from odoo import fields, models

from ...tools.inspection.multipoint import km_left

#: Earlier inspections of a car that are shown beside a value.
BEFORE = 3


class DealerMultipointSheet(models.Model):
    """How the values of a car went on, from visit to visit."""

    _name = "dealer.multipoint.sheet"
    _inherit = "dealer.multipoint.sheet"

    def _sheets_before(self):
        """The last finished inspections of the car in this shop, the newest first."""
        self.ensure_one()
        # a technician sees the own visits; a value of the car is no secret of another
        return self.sudo().search(
            [
                ("vehicle_id", "=", self.vehicle_id.id),
                ("vehicle_id", "!=", False),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "done"),
                ("id", "!=", self.id),
                ("date_begun", "<=", self.date_begun),
            ],
            limit=BEFORE,
        )

    def _values_before(self, items):
        """Earlier findings of the car, by code of the item, the newest first."""
        sheets = self._sheets_before()
        rows = {}
        for sheet in sheets:
            day = fields.Date.to_string(sheet.company_id._dealer_day(sheet.date_begun))
            for finding in sheet.finding_ids:
                rows.setdefault(finding.code, []).append(
                    {
                        "date": day,
                        "odometer": sheet.odometer,
                        "colour": finding.colour,
                        "value": finding.value if finding.is_measured else None,
                    }
                )
        return {code: rows[code] for code in items.mapped("code") if code in rows}


class DealerMultipointFinding(models.Model):
    """What the values before say about the one of today."""

    _name = "dealer.multipoint.finding"
    _inherit = "dealer.multipoint.finding"

    def _km_left(self, before):
        """In how many km the value comes to its limit, at the wear until now; or None.

        :param list before: earlier values, as :meth:`_values_before` has them
        """
        self.ensure_one()
        measured = [
            row for row in before if row["value"] is not None and row["odometer"]
        ]
        if not (self.is_measured and measured and self.sheet_id.odometer):
            return None
        first = measured[-1]
        return km_left(
            (first["odometer"], first["value"]),
            (self.sheet_id.odometer, self.value),
            self.limit_red,
        )
