"""When the visits of the demo took place: their times, invoices and payments."""

from datetime import timedelta

from odoo import api, fields, models

from ..models.common.dealer_reception_states import STAMPS, STEP_MOMENTS

#: Minutes after the arrival at which a visit reaches each of its steps.
STEP_MINUTES = {
    "date_arrived": 0,
    "date_greeted": 2,
    "date_consulted": 6,
    "date_walk_begun": 7,
    "date_walk_signed": 13,
    "date_inspected": 14,
    "date_authorized": 24,
    "date_started": 38,
    "date_finished": 125,
    "date_passed": 137,
    "date_ready": 152,
    "date_settlement_opened": 156,
    "date_settled": 163,
    "date_delivered": 170,
}
#: How customers pay, in turn: the journals of ``res_company_demo.xml``.
JOURNALS = ("wechat", "alipay", "card")


class DealerReception(models.Model):
    """Moving the demo visits in time."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    @api.model
    def _demo_clock(self, moment, minutes):
        """``minutes`` of opening hours after ``moment``, or before it (both UTC).

        The shop of the demo works when it is open: whatever the hour at which the demo
        is loaded, its board is full, and no car came in the middle of the night.
        """
        calendar = self.env.company._dealer_calendar()
        found = calendar.plan_hours(minutes / 60.0, moment, compute_leaves=True)
        return found or moment + timedelta(minutes=minutes)

    @api.model
    def _demo_is_open(self, moment):
        """Whether somebody is in the shop; opening hours are told to the minute."""
        minute = timedelta(minutes=1)
        return bool(self.env.company._dealer_opening(moment - minute, moment + minute))

    @api.model
    def _demo_day(self, moment):
        """The moment, or the middle of the last day before it that was no holiday."""
        if self._demo_is_open(moment):
            return moment
        return self._demo_clock(moment, -240)

    @api.model
    def _demo_times(self, arrived, pace):
        """When a car that came at ``arrived`` (UTC) would reach each step, by stamp."""
        now = fields.Datetime.now()
        return {
            stamp: min(self._demo_clock(arrived, minutes * pace + 0.1), now)
            for stamp, minutes in STEP_MINUTES.items()
        }

    def _demo_move(self, times, dice):
        """Move all times of a visit to where they belong."""
        moved = {
            stamp: times[stamp]
            for stamp in (*STAMPS, *STEP_MOMENTS)
            if stamp in times and self[stamp]
        }
        if self.date_inspected:
            # the words of the customer were there before the car was
            moved["date_consulted"] = times["date_consulted"]
        if self.date_untold_to:
            # nobody told this customer how far the work is
            moved["date_untold_from"] = times["date_arrived"]
            moved["date_untold_to"] = times["date_ready"]
        self._write_by_method(moved)
        if self.date_promised:
            promised = self._demo_clock(
                times["date_arrived"], dice.choice([150, 180, 180, 210])
            )
            self._write_by_method(
                {"date_promised": promised, "date_promised_first": promised}
            )
            self._demo_judge_promise()
        self._demo_move_jobs(times)
        for order in self.order_ids:
            order._write_by_method(
                {
                    "date_order": times["date_inspected"],
                    "consent_date": order.consent_date and times["date_authorized"],
                }
            )
        if not self.date_delivered:
            return
        if self.id % 4:
            # three of four had an appointment, and kept it
            self._write_by_method(
                {
                    "date_appointment": times["date_arrived"],
                    "date_booked": self._demo_clock(times["date_arrived"], -900),
                }
            )
        self.vehicle_id.write(
            {
                "last_reception_date": False,
                "next_service_date": False,
                "next_service_odometer": 0,
            }
        )
        self._tell_car()

    def _demo_judge_promise(self):
        """Whether it was kept follows from the times to which the visit was moved."""
        for check in self.check_ids.filtered(lambda c: c.evidence == "promise_kept"):
            if self.date_ready and self.date_ready > self.date_promised_first:
                check._record_proof(None, self.env.user)
                check.write({"is_lapse": True})

    def _demo_move_jobs(self, times):
        planned = self._demo_clock(fields.Datetime.now(), 15)
        for job in self.job_ids:
            started = job.date_started and times["date_started"]
            finished = job.date_done and times["date_finished"]
            job._write_by_method(
                {
                    "date_started": started,
                    "date_done": finished,
                    "date_planned_start": started or planned,
                }
            )
            job.log_ids._write_by_method({"date_start": started, "date_stop": finished})

    def _demo_bill(self):
        """The invoices go out; who takes the car with him has paid, others when due."""
        today = self.env.company._dealer_today()
        for invoice in self.invoice_ids:
            invoice.invoice_date = self.env.company._dealer_day(self.date_settled)
            invoice.action_post()
            if invoice.dealer_payer == "customer":
                if self.date_delivered:
                    journal = JOURNALS[self.id % len(JOURNALS)]
                    # the shift of today is counted by whoever has taken the money
                    is_today = invoice.invoice_date == today
                    cashier = self.env.ref("dealer_service.demo_user_cashier")
                    till = invoice.with_user(cashier) if is_today else invoice
                    till._demo_pay(invoice.invoice_date, journal)
            elif invoice.invoice_date_due < today:
                invoice._demo_pay(invoice.invoice_date_due, "card")
