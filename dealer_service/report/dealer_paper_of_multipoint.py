from odoo import models


class DealerMultipointSheet(models.Model):
    """What the sheet of an inspection by item shows. Called by its template."""

    _name = "dealer.multipoint.sheet"
    _inherit = ["dealer.multipoint.sheet", "dealer.paper.mixin"]

    def _paper_lang(self):
        # the customer is handed it, whoever prints it
        partner = self.sudo().reception_id.partner_id
        return partner.lang or super()._paper_lang()

    def _paper_rows(self):
        """The findings in the order of the list, with the value before, in words.

        :return: dicts with ``area`` (of the first row of each), ``name``, ``value``,
            ``limit``, ``before``, ``label``, ``is_bad`` and ``note``
        """
        findings = self.finding_ids.sorted("sequence")
        colours = dict(findings._fields["colour"]._description_selection(self.env))
        areas = dict(findings._fields["area"]._description_selection(self.env))
        before = self._values_before(findings.item_id)
        rows, shown = [], None
        for finding in findings:
            earlier = [row for row in before.get(finding.code, []) if row["value"]]
            rows.append(
                {
                    "area": areas[finding.area] if finding.area != shown else "",
                    "name": finding.item_id.name,
                    "value": finding._value_text(),
                    "limit": finding.is_measured
                    and finding._with_unit(finding.limit_red),
                    "before": earlier and finding._with_unit(earlier[0]["value"]),
                    "label": colours[finding.colour],
                    "is_bad": finding.colour in ("amber", "red"),
                    "note": finding.note,
                }
            )
            shown = finding.area
        return rows
