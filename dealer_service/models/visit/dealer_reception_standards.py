from odoo import api, fields, models

from ...tools.refusal import NamedRefusal


class StandardsOpen(NamedRefusal):
    """Blocking standards are open. The screen shows them, to be ticked right there."""

    def __init__(self, message, checks):
        super().__init__(message)
        self.context = {
            **self.context,
            "checks": [
                {
                    "id": check.id,
                    "name": check.standard_id.name,
                    "proof": check._proof_label(),
                }
                for check in checks
            ],
        }


class DealerReception(models.Model):
    """The standards of each step: asked for on entering it, judged on leaving it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    check_ids = fields.One2many(
        "dealer.reception.check", "reception_id", "Executed Standards"
    )
    check_open_count = fields.Integer("Open Standards", compute="_compute_check_counts")
    check_done_count = fields.Integer("Done Standards", compute="_compute_check_counts")
    check_lapse_count = fields.Integer(
        "Missed Standards", compute="_compute_check_counts"
    )

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

    def _renew_checks(self, _change):
        """Other standards are asked for now."""
        self._drop_checks()
        self._create_checks()

    def _drop_checks(self, _target=None):
        """Forget open standards that are not asked for any more.

        The customer does not wait after all, or the shop has given the standard up.
        """
        # see _create_checks
        receptions = self.sudo()
        standards = self.env["dealer.service.standard"]
        steps = self.env["dealer.service.step"]
        for reception in receptions:
            open_checks = reception.check_ids.filtered(
                lambda check: (
                    not check.is_done
                    and not check.is_lapse
                    and steps._state_of(check.step_id.id) == check.reception_id.state
                )
            )
            if open_checks:
                asked = standards._asked_for(reception.state, reception.company_id.id)
                kinds = {point.id: point.applies_to for point in asked}
                open_checks.filtered(
                    lambda check, kinds=kinds: (
                        check.standard_id.id not in kinds
                        or not check.reception_id._asking(kinds[check.standard_id.id])
                    )
                ).unlink()

    def _create_checks(self):
        """Create the missing checks of the step each visit is in now.

        Running it again adds only what has begun to apply since.
        """
        # a check row is the record of the process, not something a user creates
        receptions = self.sudo()
        standards = self.env["dealer.service.standard"]
        missing = []
        for reception in receptions:
            asked = standards._asked_for(reception.state, reception.company_id.id)
            known = set(reception.check_ids.standard_id.ids) if asked else ()
            missing += [(reception, point) for point in asked if point.id not in known]
        if not missing:
            return
        kinds = {point.applies_to for _reception, point in missing}
        asking = {kind: set(receptions._asking(kind)._ids) for kind in kinds}
        # see above
        self.env["dealer.reception.check"].sudo().create(
            [
                {
                    "reception_id": reception.id,
                    "company_id": reception.company_id.id,
                    "standard_id": point.id,
                    "step_id": point.step_id,
                    "sequence": point.sequence,
                    "is_mandatory": point.is_mandatory,
                    "is_blocking": point.is_blocking,
                    "evidence": point.evidence,
                }
                for reception, point in missing
                if reception.id in asking[point.applies_to]
            ]
        )

    def _asking(self, kind):
        """The visits in which a kind of standards is asked for.

        :param str kind: a value of ``applies_to`` of the standards
        """
        if kind == "supplement":
            return self._with_supplement()
        condition = {
            "all": lambda visit: True,
            "appointment": lambda visit: visit.date_appointment,
            "first_visit": lambda visit: visit.is_first_visit,
            "waiting": lambda visit: visit.is_waiting,
        }
        return self.filtered(condition[kind])

    def _judge_checks(self, target):
        """Blocking standards stop the move, mandatory ones become lapses.

        A car that stands in the lane is never turned away: on arrival even a
        blocking standard of the preparation is only a lapse.

        :raise StandardsOpen: naming the blocking standards that are open
        """
        steps = self.env["dealer.service.step"]
        # a car that goes back to the workshop will be inspected once more
        judged = self.filtered(lambda r: (r.state, target) != ("quality", "working"))
        # the process judges every check, whichever of them the mover may see
        open_checks = judged.sudo().check_ids.filtered(
            lambda check: (
                not check.is_done
                and check.is_mandatory
                and not check.is_lapse
                and steps._state_of(check.step_id.id) == check.reception_id.state
            )
        )
        blocking = open_checks.filtered("is_blocking")
        if blocking and target != "arrived":
            reception = blocking[0].reception_id
            mine = blocking.filtered(lambda check: check.reception_id == reception)
            raise StandardsOpen(
                self.env._(
                    "%(visit)s: these standards must be met before the visit moves "
                    "on:\n%(standards)s\nTick on the page “Standards” what is done. "
                    "What stands in brackets is not ticked, the system sees it.",
                    visit=reception.name,
                    standards="\n".join(
                        f"• {check.standard_id.name}"
                        + (f" ({proof})" if (proof := check._proof_label()) else "")
                        for check in mine
                    ),
                ),
                mine,
            )
        if open_checks:
            # a lapse is recorded by the process, nobody can write it
            open_checks.write({"is_lapse": True})
