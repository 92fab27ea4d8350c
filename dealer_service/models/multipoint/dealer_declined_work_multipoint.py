from odoo import api, fields, models

from ...tools.inspection.multipoint import COLOURS


class DealerDeclinedWork(models.Model):
    """Declined work of an inspection keeps its colour, and the value behind it."""

    _name = "dealer.declined.work"
    _inherit = "dealer.declined.work"

    colour = fields.Selection(
        [("amber", "Amber"), ("red", "Red")],
        "Found As",
        readonly=True,
        help="How the inspection by item had found it when it was declined last.",
    )
    finding_id = fields.Many2one(
        "dealer.multipoint.finding",
        "Found by Inspection",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    item_code = fields.Char(
        related="finding_id.code", store=True, index="btree_not_null"
    )

    @api.model
    def _create_from_line(self, line, reason, declined_by, quantity=None):
        work = super()._create_from_line(line, reason, declined_by, quantity)
        work._keep_colour(line)
        return work

    def _declined_again(self, line, reason, declined_by, quantity=None):
        result = super()._declined_again(line, reason, declined_by, quantity)
        self._keep_colour(line)
        return result

    def _keep_colour(self, line):
        """What was red, on a system on which safety hangs, is a matter of safety."""
        # the customer decides on his link, without rights on the shop's lists
        findings = line.sudo().multipoint_finding_ids.filtered(
            lambda finding: finding.colour in COLOURS
        )
        if not findings:
            return
        worst = max(findings, key=lambda finding: COLOURS.index(finding.colour))
        vals = {"colour": worst.colour, "finding_id": worst.id}
        if worst.colour == "red" and worst.item_id.system_id.is_safety:
            vals.update(
                is_safety=True,
                remind_date=self._next_remind_date(self.company_id, True),
            )
        if not self.system_id:
            vals["system_id"] = worst.item_id.system_id.id
        self._write_by_method(vals)
