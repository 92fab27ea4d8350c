"""A first visitor is cared for, watches the repair, and says how the waiting was."""

from odoo import fields

from .story import StoryCase


class TestGuests(StoryCase):
    def arrive(self):
        visit = self.arrive_by_plate("A1234")
        visit.is_waiting = True
        return visit

    def test_a_first_visitor(self):
        self.company.dealer_first_visit_plan_id = self.env.ref(
            "dealer_service.activity_plan_first_visit"
        )
        self.company.dealer_first_visit_user_id = self.manager
        visit = self.arrive()
        self.assertTrue(visit.is_first_visit)

        # The manager greets; the advisor shows the shop and hands over the gift.
        todo = visit.sudo().first_care_ids.sorted("id")
        self.assertEqual(todo[0].user_id, self.manager)
        todo[0].with_user(self.manager).action_feedback(feedback="已迎接")
        for task in todo[1:3]:
            task.with_user(self.advisor).action_feedback()
        self.walk_around(visit, 5_000)
        self.agree(visit, self.oil)
        self.authorize_visit(visit)
        self.work(visit)
        self.finish(visit)

        # The next day there is one call left to make.
        [call] = visit.sudo().activity_ids & todo
        tomorrow = fields.Date.add(self.company._dealer_today(), days=1)
        self.assertEqual(call.date_deadline, tomorrow)

        # The second time nobody is shown around.
        with self.later(days=90):
            self.assertFalse(self.arrive().sudo().first_care_ids)

    def test_a_watched_repair(self):
        self.company.write({"dealer_watch_from": 0, "dealer_watch_until": 24})
        visit = self.arrive()
        self.walk_around(visit, 20_000)
        self.agree(visit, self.pads_labour)
        self.authorize_visit(visit)

        # The customer asks on the phone, the advisor finds it on the list.
        visit.sudo()._ask_to_watch()
        self.assertIn(
            "watch the repair", visit.activity_ids.mapped("summary")[-1] or ""
        )

        # Two taps: the words of safety, and they go.
        context = visit.action_ask_watch()["context"]
        dialog = (
            self.env["dealer.watch"]
            .with_user(self.advisor)
            .create({"reception_id": context["default_reception_id"]})
        )
        dialog.action_go_in()
        [care] = visit.care_ids
        self.assertTrue(care.is_done and care.is_stamped)
        self.work(visit)
        self.tick(visit)
        visit.action_finish()
        self.assertEqual(
            visit.check_ids.filtered(lambda c: c.evidence == "watch_offered").result,
            "proven",
        )

    def test_a_lounge_answer_that_becomes_a_complaint(self):
        self.company.with_user(self.manager).action_renew_public_link()
        self.company.dealer_lounge_survey_id = self.env.ref(
            "dealer_followup.survey_lounge"
        )
        visit = self.arrive()
        asked = self.company._lounge_questions()
        answers = {q["id"]: "2" for q in asked if q["kind"] == "scale"}
        words = {q["id"]: "空调太冷，没有热水。" for q in asked if q["kind"] != "scale"}
        self.company._lounge_answered("皖B·A1234", answers | words)

        # The advisor is sent there while the customer still waits; the desk has it.
        complaint = self.env["dealer.complaint"].search(
            [("reception_id", "=", visit.id)]
        )
        self.assertEqual(complaint.description.splitlines()[0], "空调太冷，没有热水。")
        self.assertIn("go there now", visit.sudo().activity_ids[-1].summary)
        # and the factor has its score
        row = self.env["dealer.satisfaction.report"].search(
            [("company_id", "=", self.company.id), ("measure", "=", "factor")]
        )
        self.assertEqual((row.factor_id.code, row.value), ("in_service", 2.0))
