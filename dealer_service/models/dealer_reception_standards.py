from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerReception(models.Model):
    """The standards of each step: asked for on entering it, judged on leaving it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    check_ids = fields.One2many(
        "dealer.reception.check", "reception_id", "Executed Standards"
    )
    check_open_count = fields.Integer("Open Standards", compute="_compute_check_counts")
    check_done_count = fields.Integer("Done Standards", compute="_compute_check_counts")
    check_lapse_count = fields.Integer("Lapses", compute="_compute_check_counts")

    @api.depends("check_ids.is_done", "check_ids.is_lapse")
    def _compute_check_counts(self):
        counts = {
            (reception, is_done, is_lapse): count
            for reception, is_done, is_lapse, count in self.env[
                "dealer.reception.check"
            ]._read_group(
                [("reception_id", "in", self.ids)],
                ["reception_id", "is_done", "is_lapse"],
                ["__count"],
            )
        }
        for reception in self:
            origin = reception._origin
            lapsed = counts.get((origin, False, True), 0)
            late = counts.get((origin, True, True), 0)
            reception.check_open_count = counts.get((origin, False, False), 0)
            reception.check_done_count = counts.get((origin, True, False), 0) + late
            reception.check_lapse_count = lapsed + late

    # ------------------------------------------------------------------
    # ENTERING AND LEAVING A STEP
    # ------------------------------------------------------------------

    def _after_enter(self):
        super()._after_enter()
        self._create_checks()

    def _before_leave(self, target):
        super()._before_leave(target)
        if target not in ("cancelled", "no_show"):
            self._judge_checks(target)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("is_waiting"):
            self._create_checks()
        return result

    def _create_checks(self):
        """Create the missing checks of the step each visit is in now.

        Running it again adds only what has begun to apply since.
        """
        if not self:
            # an order without a visit, perhaps by somebody who may see no standards
            return
        standards = self.env["dealer.service.standard"].search(
            [
                ("step_id.active", "=", True),
                ("step_id.state", "in", list(set(self.mapped("state")))),
                ("company_id", "in", [False, *self.company_id.ids]),
            ]
        )
        if not standards:
            return
        # a check row is the record of the process, not something a user creates
        checks = self.env["dealer.reception.check"].sudo()
        existing = {
            (reception, standard)
            for reception, standard in checks._read_group(
                [("reception_id", "in", self.ids)], ["reception_id", "standard_id"]
            )
        }
        checks.create(
            [
                {
                    "reception_id": reception.id,
                    "standard_id": standard.id,
                    "step_id": standard.step_id.id,
                    "sequence": standard.step_id.sequence * 100 + standard.sequence,
                    "is_mandatory": standard.is_mandatory,
                    "is_blocking": standard.is_blocking,
                }
                for reception in self.sudo()
                for standard in standards
                if standard.step_id.state == reception.state
                and standard.company_id
                in (reception.company_id, standard.company_id[:0])
                and reception._standard_applies(standard)
                and (reception, standard) not in existing
            ]
        )

    def _standard_applies(self, standard):
        """Whether a standard is asked for in this visit, by kind of customer."""
        self.ensure_one()
        return {
            "all": True,
            "appointment": bool(self.date_appointment),
            "first_visit": self.is_first_visit,
            "waiting": self.is_waiting,
            "supplement": self._has_supplement(),
        }[standard.applies_to]

    def _judge_checks(self, target):
        """Blocking standards stop the move, mandatory ones become lapses.

        A car that stands in the lane is never turned away: on arrival even a
        blocking standard of the preparation is only a lapse.

        :raise UserError: naming the blocking standards that are open
        """
        open_checks = self.env["dealer.reception.check"].search(
            [
                ("reception_id", "in", self.ids),
                ("is_done", "=", False),
                ("is_mandatory", "=", True),
                ("is_lapse", "=", False),
            ]
        )
        open_checks = open_checks.filtered(
            lambda check: check.step_id.state == check.reception_id.state
        )
        blocking = open_checks.filtered("is_blocking")
        if blocking and target != "arrived":
            reception = blocking[0].reception_id
            raise UserError(
                self.env._(
                    "%(visit)s: the standard asks for this before the step is left:"
                    "\n%(standards)s\nTick it on the page “Standards” once it is done.",
                    visit=reception.name,
                    standards="\n".join(
                        f"• {check.standard_id.name}"
                        for check in blocking
                        if check.reception_id == reception
                    ),
                )
            )
        # a lapse is recorded by the process, nobody can write it
        open_checks.sudo().write({"is_lapse": True})
