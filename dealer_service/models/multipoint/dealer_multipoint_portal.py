from odoo import models

from .dealer_multipoint_finding import BAD


class DealerMultipointSheet(models.Model):
    """What the customer sees of an inspection: values, and nothing to walk on from."""

    _name = "dealer.multipoint.sheet"
    _inherit = "dealer.multipoint.sheet"

    def _portal_values(self):
        """The last finished inspection of a visit, as plain values.

        What is in order is counted; what is not is shown with its value, its limit,
        earlier values and plain words. Who looked at it is not the customer's.
        """
        self.ensure_one()
        bad = self.finding_ids.filtered(lambda finding: finding.colour in BAD)
        before = self._values_before(bad.item_id)
        return {
            "date": self.company_id._dealer_format(self.date_done),
            "odometer": self.odometer,
            "counts": [
                (kind, words)
                for kind, count, words in (
                    (
                        "success",
                        self.green_count,
                        self.env._("%s in order", self.green_count),
                    ),
                    (
                        "warning",
                        self.amber_count,
                        self.env._("%s soon", self.amber_count),
                    ),
                    (
                        "danger",
                        self.red_count,
                        self.env._("%s at once", self.red_count),
                    ),
                )
                if count
            ],
            "findings": [
                finding._portal_values(before.get(finding.code, []))
                for finding in bad.sorted(
                    lambda finding: (finding.colour != "red", finding.sequence)
                )
            ],
        }


class DealerMultipointFinding(models.Model):
    """One finding in the customer's words."""

    _name = "dealer.multipoint.finding"
    _inherit = "dealer.multipoint.finding"

    def _portal_values(self, before=()):
        self.ensure_one()
        labels = dict(self._fields["colour"]._description_selection(self.env))
        return {
            "id": self.id,
            "name": self.item_id.name,
            "colour": self.colour,
            "label": labels[self.colour],
            "measured": self._measured_words(),
            "words": self.item_id.customer_words or "",
            "note": self.note or "",
            "has_photo": self.has_photo,
            "has_video": self.has_video,
            "before": self._words_before(before),
            "outlook": self._outlook_words(list(before)),
        }

    def _measured_words(self):
        """The value beside its limit; nothing where nothing was measured."""
        if not self.is_measured:
            return ""
        known = {
            "value": self._value_text(),
            "limit": self._with_unit(self.limit_red),
        }
        if self.worse == "low":
            return self.env._("Measured: %(value)s (at least %(limit)s)", **known)
        return self.env._("Measured: %(value)s (at most %(limit)s)", **known)

    def _words_before(self, before):
        """The values of earlier visits, the newest first."""
        values = [
            f"{row['date']} {self._with_unit(row['value'])}"
            for row in before
            if row["value"] is not None
        ]
        return values and self.env._("Before: %(values)s", values=" · ".join(values))

    def _outlook_words(self, before):
        km = self._km_left(before)
        return km and self.env._(
            "If it wears on like this, it is at the limit in about %(km)s km. This is "
            "an estimate.",
            km=km,
        )
