"""The home of the complaint desk shows each person what the rules let them see."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form, users

from ...complaint_common import DealerComplaintCase, cn


class TestHome(DealerComplaintCase):
    def tiles(self, user, app="complaint"):
        home = self.env["dealer.home"].with_user(user).get_home(app)
        return {
            section["app"]: {tile["key"]: tile["count"] for tile in section["tiles"]}
            for section in home["sections"]
        }

    def test_work_begins_with_what_a_customer_says(self):
        home = self.env["dealer.home"].with_user(self.handler).get_home("complaint")
        [way] = home["ways"]
        action = self.env["ir.actions.actions"]._for_xml_id(way["action"])
        form = Form(self.env[action["res_model"]].with_user(self.handler))
        form.subject = "Brake noise"
        form.partner_id = self.customer
        self.assertEqual(form.customer_phone, self.customer.phone)
        self.assertEqual(form.save().user_id, self.handler)

    def test_handler_counts_own_complaints_and_the_officer_all(self):
        self.make_complaint()
        self.make_complaint(user_id=self.colleague.id)
        self.assertEqual(self.tiles(self.handler)["complaint"]["contact"], 1)
        self.assertEqual(self.tiles(self.officer)["complaint"]["contact"], 2)

    def test_what_expires_today_and_tomorrow_is_counted(self):
        with freeze_time(cn(2, 9)):
            self.make_complaint()
            self.assertEqual(self.tiles(self.handler)["complaint"]["due_tomorrow"], 1)
        with freeze_time(cn(6, 17)):  # Friday: two hours of work end on Saturday
            self.make_complaint()
            self.assertEqual(self.tiles(self.handler)["complaint"]["due_tomorrow"], 1)
        with freeze_time(cn(7, 17)):  # Saturday: they end on Monday
            self.make_complaint()
            self.assertEqual(self.tiles(self.handler)["complaint"]["due_tomorrow"], 0)

    def test_complaint_without_a_responsible_person_calls_the_officer(self):
        complaint = self.make_complaint()
        complaint.user_id = False
        self.assertEqual(self.tiles(self.officer)["complaint"]["unassigned"], 1)
        self.assertNotIn("unassigned", self.tiles(self.handler)["complaint"])

    def test_offered_complaint_calls_the_one_it_is_offered_to(self):
        complaint = self.make_complaint()
        complaint.with_user(self.handler).action_handover(self.colleague.id)
        self.assertEqual(self.tiles(self.colleague)["complaint"]["handover"], 1)
        self.assertEqual(self.tiles(self.handler)["complaint"]["handover"], 0)

    def test_user_of_both_apps_sees_both_on_either_home(self):
        self.handler.group_ids += self.env.ref(
            "dealer_service.group_dealer_service_user"
        )
        for app in ("service", "complaint"):
            self.assertEqual(
                list(self.tiles(self.handler, app))[0], app, "the own app comes first"
            )
            self.assertEqual(
                set(self.tiles(self.handler, app)), {"service", "complaint"}
            )

    def test_officer_without_the_service_is_not_shown_its_month(self):
        home = self.env["dealer.home"].with_user(self.officer).get_home("complaint")
        self.assertEqual([month["app"] for month in home["months"]], ["complaint"])

    @users("officer")
    def test_month_counts_received_closed_and_limits(self):
        before = self.figures()
        complaint = self.make_complaint()
        self.make_contact(complaint)
        after = self.figures()
        self.assertEqual(after["received"] - before["received"], 1)
        self.assertEqual(after["met"], 100.0)

    @users("officer")
    def test_missed_limit_counts_while_its_clock_still_runs(self):
        with freeze_time(cn(2, 9)):
            met = self.make_complaint()
            self.make_complaint()
        with freeze_time(cn(2, 10)):
            self.make_contact(met)
        with freeze_time(cn(2, 15)):
            figure = self.figures()["met"]
            # what the click opens says the same
            action = (
                self.env["dealer.home"]
                .with_user(self.officer)
                .open_report("complaint", "met")
            )
            [[good, bad]] = (
                self.env["dealer.sla.report"]
                .with_user(self.officer)
                ._read_group(action["domain"], [], ["met:sum", "missed:sum"])
            )
        self.assertEqual((good, bad), (1, 1))
        self.assertEqual(figure, 50.0)

    def test_digest_counts_what_is_missed_and_still_runs(self):
        self.company.dealer_calendar_id = self.make_calendar(days=7)
        now = fields.Datetime.now()
        self.env["digest.digest"].search([]).company_id = self.company
        digest = self.env["digest.digest"].create(
            {"name": "Desk", "kpi_dealer_limits": True, "company_id": self.company.id}
        )
        # the feedback of three days is not due yet, whatever the hour of the test
        with freeze_time(now - timedelta(days=2)):
            met = self.make_complaint()
            self.make_complaint()
            self.make_contact(met)
        figures = digest.with_context(
            start_datetime=now - timedelta(days=7), end_datetime=now
        ).with_user(self.complaint_manager)
        self.assertEqual(figures.sudo(False).kpi_dealer_limits_value, 50.0)

    def test_clock_of_a_finished_complaint_that_still_runs_is_on_the_lists(self):
        with freeze_time(cn(2, 9)):
            rejected = self.make_complaint(reject_reason="Wear", recourse="12315")
            rejected.action_reject()
        with freeze_time(cn(2, 9, 30)):
            tiles = self.tiles(self.handler)["complaint"]
            self.assertEqual((tiles["contact"], tiles["missed"]), (1, 0))
        with freeze_time(cn(2, 12)):
            tiles = self.tiles(self.handler)["complaint"]
            self.assertEqual((tiles["contact"], tiles["missed"]), (1, 1))
            # the customer is phoned, and told
            self.make_contact(rejected, kind="decision")
            tiles = self.tiles(self.handler)["complaint"]
            self.assertEqual((tiles["contact"], tiles["missed"]), (0, 0))

    def figures(self):
        months = self.env["dealer.home"].with_user(self.officer).get_home("complaint")
        return {f["key"]: f["value"] for f in months["months"][0]["figures"]}

    @users("officer")
    def test_every_tile_and_report_opens(self):
        home = self.env["dealer.home"]
        data = home.get_home("complaint")
        for tile in data["sections"][0]["tiles"]:
            action = home.open_tile("complaint", tile["key"])
            self.env[action["res_model"]].search_count(action["domain"])
        for item in data["months"][0]["figures"] + data["months"][0]["charts"]:
            action = home.open_report("complaint", item["key"])
            self.env[action["res_model"]].search_count(action["domain"])
