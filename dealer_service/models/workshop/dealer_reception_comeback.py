from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..common.dealer_reception_states import OPEN_STATES


class DealerReception(models.Model):
    """A car that comes back with the same trouble while the repair warranty runs."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    comeback_candidate_id = fields.Many2one(
        "dealer.reception",
        "Suspected Comeback Of",
        compute="_compute_comeback_candidate_id",
        store=True,
        precompute=True,
        copy=False,
        index="btree_not_null",
        help="The last visit of this car whose work on the same system is still under"
        " repair warranty.",
    )
    comeback_decision = fields.Selection(
        [("confirmed", "Confirmed"), ("rejected", "Rejected")],
        copy=False,
        readonly=True,
        tracking=True,
    )
    comeback_decided_of_id = fields.Many2one(
        "dealer.reception",
        "Comeback Decided About",
        copy=False,
        readonly=True,
        index="btree_not_null",
    )
    comeback_user_id = fields.Many2one(
        "res.users", "Comeback Decided By", copy=False, readonly=True
    )
    comeback_date = fields.Datetime("Comeback Decided On", copy=False, readonly=True)
    is_comeback_proposed = fields.Boolean(
        "Comeback?",
        compute="_compute_is_comeback_proposed",
        store=True,
        precompute=True,
        help="The advisor has not decided yet whether this is a comeback.",
    )
    # a visit that is new has none: nobody asks the database for them
    comeback_ids = fields.One2many(
        "dealer.reception", "comeback_of_id", "Came Back As", readonly=True
    )
    is_second_failure = fields.Boolean(
        "Second Failed Repair",
        compute="_compute_is_second_failure",
        store=True,
        precompute=True,
        copy=False,
        help="The same fault was repaired twice without success: another repairer "
        "must be found, at the shop's expense.",
    )

    _comeback_proposed_idx = models.Index("(company_id) WHERE is_comeback_proposed")

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends(
        "vehicle_id",
        "odometer",
        "date_planned",
        "concern_ids.system_id",
    )
    def _compute_comeback_candidate_id(self):
        asking = self.filtered(lambda r: r.vehicle_id and r._concerned_systems())
        (self - asking).comeback_candidate_id = False
        if not asking:
            return
        # one look at the delivered visits of all these cars, newest first
        former = self.search(
            [
                ("vehicle_id", "in", asking.vehicle_id.ids),
                ("company_id", "in", asking.company_id.ids),
                ("state", "=", "delivered"),
                ("date_delivered", "!=", False),
            ],
            order="date_delivered desc, id desc",
        ).grouped("vehicle_id")
        for reception in asking:
            reception.comeback_candidate_id = next(
                (
                    visit
                    for visit in former.get(reception.vehicle_id, self.browse())
                    if visit != reception._origin
                    and visit.company_id == reception.company_id
                    and visit._still_answers_for(reception)
                ),
                False,
            )

    @api.depends(
        "comeback_candidate_id",
        "comeback_decided_of_id",
        "is_comeback",
        "state",
    )
    def _compute_is_comeback_proposed(self):
        for reception in self:
            candidate = reception.comeback_candidate_id
            reception.is_comeback_proposed = (
                bool(candidate)
                and not reception.is_comeback
                and candidate != reception.comeback_decided_of_id
                and reception.state in OPEN_STATES
            )

    @api.depends(
        "is_comeback",
        "comeback_of_id.is_comeback",
        "comeback_of_id.concern_ids.system_id",
        "comeback_of_id.job_ids.system_id",
        "concern_ids.system_id",
    )
    def _compute_is_second_failure(self):
        for reception in self:
            former = reception.comeback_of_id
            now, then = reception._concerned_systems(), former._treated_systems()
            reception.is_second_failure = (
                reception.is_comeback
                and former.is_comeback
                # a system that nobody has told cannot show that it is another fault
                and (not now or not then or bool(now & then))
            )

    # ------------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------------

    @api.constrains("comeback_of_id")
    def _check_comeback_of(self):
        """A car comes back about its own earlier visit, and no other car's."""
        for reception in self.filtered("comeback_of_id"):
            former = reception.comeback_of_id
            if former == reception or former.vehicle_id != reception.vehicle_id:
                raise ValidationError(
                    self.env._(
                        "%(visit)s cannot be a comeback of %(former)s: choose an "
                        "earlier visit of the same car.",
                        visit=reception.name,
                        former=former.name,
                    )
                )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_confirm_comeback(self):
        """The advisor agrees: the same trouble is back, within the warranty."""
        for reception in self:
            candidate = reception._comeback_to_decide()
            reception._write_by_method(
                {"is_comeback": True, "comeback_of_id": candidate.id}
            )
            reception._decide_comeback("confirmed", candidate)
        return True

    def action_reject_comeback(self):
        """The advisor disagrees: another trouble. It is not proposed again."""
        for reception in self:
            candidate = reception._comeback_to_decide()
            # what was recorded as a comeback is not the measured one's to take back
            reception.filtered("is_comeback")._check_second_person("is_comeback")
            reception._write_by_method({"is_comeback": False, "comeback_of_id": False})
            reception._decide_comeback("rejected", candidate)
        return True

    def _comeback_to_decide(self):
        self.ensure_one()
        candidate = self.comeback_candidate_id
        if not candidate:
            raise UserError(
                self.env._(
                    "%(visit)s: no earlier repair of the same system is under "
                    "repair warranty, so there is no comeback to decide on.",
                    visit=self.display_name,
                )
            )
        return candidate

    def _decide_comeback(self, decision, candidate):
        self._write_by_method(
            {
                "comeback_decision": decision,
                "comeback_decided_of_id": candidate.id,
                "comeback_user_id": self.env.uid,
                "comeback_date": fields.Datetime.now(),
            }
        )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _concerned_systems(self):
        """The systems that the customer complains about in this visit."""
        return self.concern_ids.system_id

    def _treated_systems(self):
        """The systems that were worked on, or at least complained about."""
        return self.concern_ids.system_id | self.job_ids.system_id

    def _still_answers_for(self, reception):
        """Whether the shop's warranty on this delivered visit covers ``reception``.

        Same system, and within the kilometres and days of the work done on it; where
        several jobs were done, the longest warranty counts.
        """
        self.ensure_one()
        systems = reception._concerned_systems() & self._treated_systems()
        if not systems:
            return False
        tz = self.company_id._dealer_tz()
        back_on = (
            reception.date_arrived
            or reception.date_appointment
            or fields.Datetime.now()
        )
        return any(
            warranty._covers(
                self.date_delivered,
                self._mileage_at_departure(),
                back_on,
                reception.odometer and reception.odometer_total,
                tz,
            )
            for warranty in self._warranties(systems)
        )

    def _warranties(self, systems):
        """The repair warranties of the work that this visit did on ``systems``."""
        jobs = self.job_ids.filtered(lambda job: job.system_id in systems)
        warranties = jobs.warranty_id
        if not warranties or any(not job.warranty_id for job in jobs):
            warranties |= self.env["dealer.repair.warranty"]._default_for(
                self.company_id
            )
        return warranties

    def _mileage_at_departure(self):
        """The mileage after the road test, else on arrival; 0 if it was never read."""
        self.ensure_one()
        # readings of other shops count, whoever asks
        car = self.vehicle_id.sudo()
        after_tests = [
            car._odometer_total(
                check.odometer_out, self.company_id._dealer_day(check.date)
            )
            for check in self.quality_check_ids
            if check.odometer_out
        ]
        return max([self.odometer and self.odometer_total, *after_tests])
