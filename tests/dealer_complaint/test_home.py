"""The home of the complaint desk shows each person what the rules let them see."""

from odoo.tests import users

from ..complaint_common import DealerComplaintCase


class TestHome(DealerComplaintCase):
    def tiles(self, user, app="complaint"):
        home = self.env["dealer.home"].with_user(user).get_home(app)
        return {
            section["app"]: {tile["key"]: tile["count"] for tile in section["tiles"]}
            for section in home["sections"]
        }

    def test_handler_counts_own_complaints_and_the_officer_all(self):
        self.make_complaint()
        self.make_complaint(user_id=self.colleague.id)
        self.assertEqual(self.tiles(self.handler)["complaint"]["contact"], 1)
        self.assertEqual(self.tiles(self.officer)["complaint"]["contact"], 2)

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
