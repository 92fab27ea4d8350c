"""A shop brings ten years along: everything is on record, and nobody is woken."""

import csv
import io
from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import new_test_user

from ..followup_common import DealerFollowupCase, cn

#: What a person would notice of a row that woke somebody.
SIGNS = (
    "mail.mail",
    "mail.activity",
    "mail.notification",
    "sms.sms",
    "dealer.followup",
    "dealer.sla.notice",
)
JOBS = (
    "dealer_service.ir_cron_dealer_service_no_show",
    "dealer_service.ir_cron_dealer_service_remind",
    "dealer_followup.ir_cron_dealer_followup_generate",
)
NOW = cn(2, 9)
ROWS = 40


class TestPastFromFiles(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = new_test_user(
            cls.env,
            "boss",
            groups="dealer_service.group_dealer_service_manager,"
            "dealer_complaint.group_dealer_complaint_manager,"
            "dealer_followup.group_dealer_followup_manager",
            company_ids=[Command.set(cls.company.ids)],
            tz="Asia/Shanghai",
        )
        # all that is shipped, as in a new database
        cls.Rule.with_context(active_test=False).search([]).active = True

    def load(self, model, columns, rows):
        text = io.StringIO()
        csv.writer(text).writerows([columns, *rows])
        wizard = (
            self.env["base_import.import"]
            .with_user(self.boss)
            .with_context(default_is_customer_vehicle=True)
            .create(
                {
                    "res_model": model,
                    "file": text.getvalue().encode("gb18030"),
                    "file_name": "past.csv",
                    "file_type": "text/csv",
                }
            )
        )
        options = {"has_headers": True, "quoting": '"', "separator": ","}
        with freeze_time(NOW):
            result = wizard.execute_import(columns, columns, options)
        self.assertEqual(result["messages"], [])
        self.env.invalidate_all()
        return self.env[model].browse(result["ids"])

    def signs(self):
        self.env.flush_all()
        return {model: self.env[model].search_count([]) for model in SIGNS}

    def live(self, days):
        """The scheduled jobs of the next days."""
        for day in range(days):
            moment = NOW + timedelta(days=day, hours=1)
            for job in JOBS:
                self.run_job(job, moment)
            self.run_engine(moment)

    def run_job(self, name, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref(name).method_direct_trigger()

    def test_nobody_is_woken(self):
        before = self.signs()
        today = NOW.date()

        def day(number):
            return f"{today - timedelta(days=120 + 90 * number):%Y/%m/%d}"

        people = [(f"客户{n}", f"1391234{n:04d}") for n in range(ROWS)]
        cars = self.load(
            "fleet.vehicle",
            ["brand_name", "model_name", "license_plate", "owner_name", "owner_phone"]
            + ["sale_date"],
            [
                ["奇瑞", "瑞虎8", f"皖B·P{n:04d}", *person, day(n)]
                for n, person in enumerate(people)
            ],
        )
        for car in cars:
            car.owner_id.email = f"{car.id}@example.cn"
        visits = self.load(
            "dealer.reception",
            ["vehicle_id", "date_appointment", "planned_hours", "concern_ids/name"],
            [
                [car.license_plate, f"{day(n)} 10:00", "1", "保养"]
                for n, car in enumerate(cars)
            ],
        )
        states = ("信息审核", "厂家受理", "处理反馈", "用户评分")
        complaints = self.load(
            "dealer.complaint",
            ["source_reference", "brand_name", "model_name", "subject", "fault_codes"]
            + ["date_received", "source_status", "customer_name", "customer_phone"],
            [
                [str(n), "奇瑞", "瑞虎8", "发动机自燃", "H40", day(n), states[n % 4]]
                + list(person)
                for n, person in enumerate(people)
            ],
        )
        self.assertEqual(self.signs(), before)
        self.live(days=3)
        self.assertEqual(self.signs(), before)

        # the facts are on record
        self.assertEqual(len(cars.owner_id), ROWS)
        self.assertFalse(any(visits.mapped("is_overdue")))
        open_ones = complaints.filtered(lambda c: c.state in ("new", "investigating"))
        missed = open_ones.timer_ids.filtered("is_breached")
        self.assertEqual(missed.complaint_id, open_ones)
        self.assertEqual(set(open_ones.mapped("grade")), {"major"})

    def test_what_becomes_late_after_the_import_is_told(self):
        [complaint] = self.load(
            "dealer.complaint",
            ["subject", "date_received", "customer_name", "customer_phone"],
            [["空调不制冷", "2026-03-02 08:30", "王伟", "13900000901"]],
        )
        before = self.signs()
        self.run_engine(cn(2, 11))
        self.assertEqual(self.timer(complaint).is_breached, True)
        self.assertGreater(self.signs()["mail.activity"], before["mail.activity"])

    def test_booking_that_was_known_in_time_is_missed(self):
        past, kept = self.load(
            "dealer.reception",
            ["vehicle_id", "partner_id", "date_appointment", "planned_hours"],
            [
                ["皖BA1234", "王建国", "2026-02-02 10:00", "1"],
                ["皖BA1234", "王建国", "2026-03-02 10:00", "1"],
            ],
        )
        self.run_job(JOBS[0], cn(2, 12))
        with freeze_time(cn(2, 12)):
            self.assertEqual(
                self.env["dealer.reception"].search([("is_overdue", "=", True)]), kept
            )
            self.assertTrue(kept.is_overdue)
            self.assertFalse(past.is_overdue)
        self.assertTrue(kept.activity_ids)
        self.assertFalse(past.activity_ids)
