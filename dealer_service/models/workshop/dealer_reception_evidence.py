from odoo import fields, models

from ..visit.dealer_reception_proof import Evidence

#: Minutes from the arrival, or from the appointment, within which one is greeted.
GREETING = 3

EVIDENCE_NAMES = [
    ("reminded", "The reminder went out before the day of the appointment"),
    ("reserved", "A bay and a technician were reserved before the car came"),
    ("parts_here", "Every listed part was here before the day of the appointment"),
    ("greeted", "Greeted within three minutes of the arrival"),
    ("received", "Greeted within three minutes of the appointment"),
    ("own_words", "A concern was written down before the walk-around ended"),
    ("sheet_signed", "The customer signed the walk-around sheet before it ended"),
    ("readings_signed", "Odometer and fuel stand on the sheet that was signed"),
    ("estimate_agreed", "Every estimate was agreed to before the work was authorized"),
    ("promised", "A time was promised before the work was authorized"),
    ("drink", "A drink was recorded when it was served"),
    ("watch_offered", "The customer was asked into the workshop"),
    ("only_agreed", "No job was started that was not agreed to before"),
    ("clocked", "The clock ran for every job and was not corrected"),
    ("progress", "No longer without a report than the shop allows"),
    ("delay_told", "Told before the first promised time was over"),
    ("supplement_agreed", "Supplements were begun after the customer had agreed"),
    ("three_levels", "All three checks are signed since the last work"),
    ("self_first", "Whoever worked on the car signed before the final inspection"),
    ("final_by_another", "The final inspection is by somebody who did not work on it"),
    ("promise_kept", "Ready before the first promised time was over"),
    ("compared", "The settlement was opened beside the estimate and then agreed"),
    ("next_service", "It stands on the settlement that was shown"),
    (
        "delivery_signed",
        "The customer signed for the car before he had the key",
    ),
]

# What the expressions read, so that it is in the database when they do.
_ACTIVITIES = (
    "mail.activity",
    ("res_model", "res_id", "date_deadline", "activity_type_id"),
)
_SHEETS = (
    "dealer.inspection",
    ("reception_id", "state", "date_signed", "odometer", "fuel_level"),
)
_ORDERS = ("sale.order", ("reception_id", "state", "consent_date", "dealer_kind"))
_LINES = ("sale.order.line", ("order_id",))
_JOBS = ("dealer.job", ("reception_id", "sale_line_id", "kind", "date_started"))
_LOGS = (
    "dealer.work.log",
    (
        "reception_id",
        "job_id",
        "technician_user_id",
        "date_stop",
        "is_cut",
        "is_corrected",
    ),
)
_CARE = (
    "dealer.waiting.care",
    ("reception_id", "kind", "is_done", "is_stamped", "date"),
)
_CHECKS = (
    "dealer.quality.check",
    ("reception_id", "result", "round", "level", "user_id", "date"),
)

_SIGNED_SHEET = """SELECT MAX(sheet.date_signed) FROM dealer_inspection sheet
    WHERE sheet.reception_id = v.id AND sheet.state = 'signed'
        AND sheet.date_signed >= v.date_arrived"""
_SOLD_JOBS = """FROM dealer_job j
    LEFT JOIN sale_order_line l ON l.id = j.sale_line_id
    LEFT JOIN sale_order o ON o.id = l.order_id
    WHERE j.reception_id = v.id"""
_PASSED = """FROM dealer_quality_check q WHERE q.reception_id = v.id
    AND q.result = 'pass' AND q.round = v.round"""
#: Whoever worked on the car.
_WORKERS = """SELECT log.technician_user_id FROM dealer_work_log log
    WHERE log.reception_id = v.id AND log.technician_user_id IS NOT NULL"""
#: The moments at which a waiting customer was told, between the arrival and now.
_REPORTS = """SELECT care.date AS told FROM dealer_waiting_care care
    WHERE care.reception_id = v.id AND care.kind = 'progress' AND care.is_done
        AND care.is_stamped"""
_ALLOWED = "v.progress_minutes * INTERVAL '1 minute'"
_LIVING = """FROM sale_order o WHERE o.reception_id = v.id AND o.state <> 'cancel'"""
_DECIDED = """FROM sale_order o WHERE o.reception_id = v.id
    AND o.dealer_kind = 'supplement'
    AND (o.consent_date IS NOT NULL OR o.state = 'cancel')"""
_PARTS = "FROM dealer_part_need part WHERE part.reception_id = v.id"


def _local_day(moment):
    return f"({moment} AT TIME ZONE 'UTC' AT TIME ZONE v.tz)::date"


class DealerReception(models.Model):
    """What proves which standard. Only what methods stamp, and nobody types, counts."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"
    _RECORDED_FIELDS = frozenset({"date_delay_told"})
    _EVIDENCES = (
        # ------------------------------------------------------- appointment
        Evidence(
            "reminded",
            f"""CASE WHEN {_local_day("v.date_reminded_day")}
                    < {_local_day("v.date_appointment")}
                AND NOT EXISTS (
                    -- it could not be sent, somebody was asked to call
                    SELECT FROM mail_activity a WHERE a.res_id = v.id
                    AND a.res_model = 'dealer.reception' AND a.date_deadline
                        >= {_local_day("v.date_reminded_day")}
                    AND a.activity_type_id = (SELECT d.res_id FROM ir_model_data d
                        WHERE d.module = 'dealer_service'
                        AND d.name = 'mail_activity_type_reminder'))
                THEN v.date_reminded_day END""",
            # who books for today needs no reminder
            f"""v.date_booked IS NULL OR {_local_day("v.date_booked")}
                < {_local_day("v.date_appointment")}""",
            reads=(_ACTIVITIES,),
        ),
        Evidence(
            "reserved",
            """CASE WHEN v.prepared_bay_id IS NOT NULL
                AND v.prepared_technician_id IS NOT NULL THEN v.now END""",
        ),
        Evidence(
            "parts_here",
            f"""(SELECT MAX(part.date_here) {_PARTS}
                HAVING BOOL_AND(part.state IN ('here', 'laid_out'))
                AND BOOL_AND({_local_day("part.date_here")}
                    < {_local_day("v.date_appointment")}))""",
            f"EXISTS (SELECT {_PARTS})",
            reads=(("dealer.part.need", ("reception_id", "state", "date_here")),),
        ),
        # ------------------------------------------------------------- arrival
        Evidence(
            "greeted",
            # nobody is greeted while the shop is closed
            f"""CASE WHEN v.date_greeted <= GREATEST(v.date_arrived, v.date_greet_from)
                + INTERVAL '{GREETING} minutes' AND v.date_arrived IS NOT NULL
                THEN v.date_greeted END""",
        ),
        Evidence(
            "received",
            f"""CASE WHEN v.date_greeted
                <= GREATEST(v.date_arrived, v.date_greet_from, v.date_appointment)
                + INTERVAL '{GREETING} minutes' AND v.date_arrived IS NOT NULL
                THEN v.date_greeted END""",
        ),
        Evidence(
            "own_words",
            """(SELECT MIN(c.create_date) FROM dealer_reception_concern c
                WHERE c.reception_id = v.id AND TRIM(COALESCE(c.name, '')) <> '')""",
            reads=(("dealer.reception.concern", ("reception_id", "name")),),
        ),
        Evidence("sheet_signed", f"({_SIGNED_SHEET})", reads=(_SHEETS,)),
        Evidence(
            "readings_signed",
            f"({_SIGNED_SHEET} AND sheet.odometer > 0 AND sheet.fuel_level > 0)",
            reads=(_SHEETS,),
        ),
        # ------------------------------------------------------------ estimate
        Evidence(
            "estimate_agreed",
            f"""(SELECT v.now {_LIVING} HAVING COUNT(*) > 0
                AND BOOL_AND(o.consent_date IS NOT NULL))""",
            reads=(_ORDERS,),
        ),
        Evidence("promised", "CASE WHEN v.date_promised_first > v.now THEN v.now END"),
        Evidence(
            "drink",
            """(SELECT MIN(care.date) FROM dealer_waiting_care care
                WHERE care.reception_id = v.id AND care.kind = 'drink'
                AND care.is_done AND care.is_stamped)""",
            reads=(_CARE,),
        ),
        Evidence(
            "watch_offered",
            """(SELECT MIN(care.date) FROM dealer_waiting_care care
                WHERE care.reception_id = v.id AND care.is_done AND care.is_stamped
                AND care.kind IN ('workshop_visit', 'workshop_offer'))""",
            reads=(_CARE,),
        ),
        # ---------------------------------------------------------------- work
        Evidence(
            "only_agreed",
            f"""(SELECT MAX(j.date_started) {_SOLD_JOBS}
                AND j.date_started IS NOT NULL AND j.kind = 'sold'
                HAVING BOOL_AND(o.state = 'sale' AND o.consent_date IS NOT NULL
                    AND o.consent_date <= j.date_started))""",
            f"EXISTS (SELECT {_SOLD_JOBS} AND j.kind = 'sold')",
            reads=(_JOBS, _ORDERS, _LINES),
        ),
        Evidence(
            "clocked",
            """(SELECT MAX(log.date_stop) FROM dealer_job j
                LEFT JOIN dealer_work_log log ON log.job_id = j.id
                WHERE j.reception_id = v.id HAVING COUNT(*) > 0 AND BOOL_AND(
                    log.date_stop IS NOT NULL AND NOT COALESCE(log.is_cut, FALSE)
                    AND NOT COALESCE(log.is_corrected, FALSE)))""",
            "EXISTS (SELECT FROM dealer_job j WHERE j.reception_id = v.id)",
            reads=(_JOBS, _LOGS),
        ),
        Evidence(
            "progress",
            f"""(SELECT MAX(told) FROM (
                    SELECT told, told - LAG(told) OVER (ORDER BY told) AS gap FROM (
                        SELECT v.date_arrived AS told UNION ALL {_REPORTS}
                        UNION ALL SELECT v.now) moments
                ) gaps HAVING MAX(gap) <= {_ALLOWED} AND COUNT(told) = COUNT(*))""",
            f"v.date_arrived IS NULL OR v.now - v.date_arrived > {_ALLOWED}",
            reads=(_CARE,),
        ),
        Evidence(
            "delay_told",
            """CASE WHEN v.date_delay_told <= v.date_promised_first
                THEN v.date_delay_told END""",
            """v.date_promised_first < v.now OR v.date_delay_told IS NOT NULL
                OR v.date_promised > v.date_promised_first""",
        ),
        Evidence(
            "supplement_agreed",
            f"""(SELECT v.now {_DECIDED} HAVING COUNT(*) > 0 AND BOOL_AND(
                NOT EXISTS (SELECT FROM dealer_job j
                    JOIN sale_order_line l ON l.id = j.sale_line_id
                    WHERE l.order_id = o.id AND j.date_started < o.consent_date)))""",
            # what is still asked for keeps nobody from finishing his own work
            f"EXISTS (SELECT {_DECIDED})",
            reads=(_JOBS, _ORDERS, _LINES),
        ),
        # ------------------------------------------------------------- quality
        Evidence(
            "three_levels",
            f"(SELECT MAX(q.date) {_PASSED} HAVING COUNT(DISTINCT q.level) = 3)",
            reads=(_CHECKS,),
        ),
        Evidence(
            "self_first",
            f"""(SELECT MIN(q.date) {_PASSED} AND q.level = 'self'
                AND q.user_id IN ({_WORKERS})
                AND NOT EXISTS (SELECT FROM dealer_quality_check final
                    WHERE final.reception_id = v.id AND final.round = v.round
                    AND final.level = 'final' AND final.date < q.date))""",
            reads=(_CHECKS, _LOGS),
        ),
        Evidence(
            "final_by_another",
            f"""(SELECT MAX(q.date) {_PASSED} AND q.level = 'final'
                AND q.user_id NOT IN ({_WORKERS}))""",
            reads=(_CHECKS, _LOGS),
        ),
        Evidence(
            "promise_kept",
            "CASE WHEN v.now <= v.date_promised_first THEN v.now END",
        ),
        # ---------------------------------------------------------- settlement
        Evidence("compared", "v.date_settlement_opened"),
        Evidence(
            "next_service",
            "v.date_settlement_opened",
            """EXISTS (SELECT FROM fleet_vehicle car WHERE car.id = v.vehicle_id
                AND (car.next_service_date IS NOT NULL
                    OR car.next_service_odometer > 0))""",
            reads=(("fleet.vehicle", ("next_service_date", "next_service_odometer")),),
        ),
        Evidence("delivery_signed", "v.date_delivery_signed"),
    )

    date_delay_told = fields.Datetime("Told of the Delay On", copy=False, readonly=True)
    date_settlement_opened = fields.Datetime(
        "Settlement Shown On", copy=False, readonly=True
    )

    def action_tell_delay(self):
        """Record that the customer was told about the delay, and when."""
        untold = self.filtered(lambda visit: not visit.is_delay_notified)
        result = super().action_tell_delay()
        untold._write_by_method({"date_delay_told": fields.Datetime.now()})
        return result

    def action_open_settlement(self):
        """Open the settlement beside the estimate; the first time is kept."""
        action = super().action_open_settlement()
        # whoever only reads it does not explain it to the customer
        if not self.date_settlement_opened and self.has_access("write"):
            self._write_by_method({"date_settlement_opened": fields.Datetime.now()})
        return action

    def _sign_delivery(self, signature, signed_by):
        result = super()._sign_delivery(signature, signed_by)
        self._prove_known()
        return result


class DealerServiceStandard(models.Model):
    """A standard that is proven by what the record shows."""

    _name = "dealer.service.standard"
    _inherit = "dealer.service.standard"

    evidence = fields.Selection(
        EVIDENCE_NAMES,
        "Proven By",
        help="The fact that proves it; nobody ticks it then. Empty: it is ticked, one "
        "by one, by whoever carries it out.",
    )
