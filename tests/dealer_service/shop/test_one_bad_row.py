"""A record that cannot be written stops a nightly job for itself alone."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..workshop.workshop_case import NINE, WorkshopCase

QUIET = mute_logger("odoo.sql_db", "odoo.addons.dealer_service.tools.savepoints")


@tagged("post_install", "-at_install")
class TestOneBadRow(WorkshopCase):
    def spoil(self, table, condition, event="UPDATE"):
        """Have the database refuse a row from now on."""
        self.env.flush_all()
        self.cr.execute(
            SQL(
                """CREATE FUNCTION refuse_%(name)s() RETURNS trigger AS $$
                BEGIN RAISE EXCEPTION 'bad row'; END $$ LANGUAGE plpgsql;
                CREATE TRIGGER refuse_%(name)s BEFORE %(event)s ON %(name)s
                FOR EACH ROW WHEN (%(condition)s) EXECUTE FUNCTION refuse_%(name)s()""",
                name=SQL(table),
                event=SQL(event),
                condition=SQL(condition),
            )
        )

    def run_job(self, name, now):
        with freeze_time(now), self.enter_registry_test_mode():
            self.env.ref(f"dealer_service.{name}").method_direct_trigger()
        self.env.invalidate_all()

    @QUIET
    def test_clocks_of_the_others_are_cut(self):
        jobs = [
            self.make_job(
                self.make_visit(),
                technician_id=self.make_technician(
                    self.make_user(f"night_{number}", "technician")
                ).id,
            )
            for number in range(3)
        ]
        with freeze_time(NINE):
            for job in jobs:
                job.action_start()
        logs = self.env["dealer.work.log"].union(*(job.log_ids for job in jobs))
        self.spoil("dealer_work_log", f"OLD.id = {logs[1].id}")
        self.run_job("ir_cron_dealer_service_cut_logs", datetime(2026, 3, 3, 1))
        self.assertEqual(logs.filtered("is_cut"), logs - logs[1])

    @QUIET
    def test_other_shops_get_their_holidays(self):
        china = self.env.ref("base.cn")
        shops = self.env["res.company"].create(
            [{"name": f"Shop {n}", "country_id": china.id} for n in range(3)]
        )
        shops.dealer_calendar_id = self.calendar.copy()
        # as if they had chosen their zone before the year was published
        self.env["dealer.workday"].search([("company_id", "in", shops.ids)]).unlink()
        shops.dealer_holidays_until = 0
        self.spoil("res_company", f"OLD.id = {shops[0].id}")
        self.run_job("ir_cron_dealer_service_workdays", datetime(2026, 3, 3, 1))
        known = shops.filtered(lambda shop: shop.dealer_holidays_until == 2026)
        self.assertEqual(known, shops[1:])

    @QUIET
    def test_other_people_are_forgotten(self):
        people = self.env["res.partner"].create(
            [{"name": f"Forget {n}", "comment": "Secret"} for n in range(3)]
        )
        people.anonymised_on = fields.Datetime.now() - timedelta(hours=1)
        self.spoil("res_partner", f"OLD.id = {people[0].id}")
        self.run_job("ir_cron_dealer_service_forget", fields.Datetime.now())
        self.assertEqual(people.filtered("comment"), people[0])

    @QUIET
    def test_other_advisors_hear_of_a_late_car(self):
        visits = self.env["dealer.reception"].union(
            *(self.make_visit() for _number in range(3))
        )
        with freeze_time(NINE):
            visits.write({"date_promised": NINE + timedelta(hours=3)})
            self.env.flush_all()
        self.spoil("mail_activity", f"NEW.res_id = {visits[1].id}", "INSERT")
        self.run_job("ir_cron_dealer_service_promise", NINE + timedelta(hours=4))
        told = visits.filtered("activity_ids")
        self.assertEqual(told, visits - visits[1])
