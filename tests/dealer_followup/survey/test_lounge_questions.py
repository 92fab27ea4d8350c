"""The waiting area is rated by those who wait: once a visit, and heard at once."""

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import html2plaintext

from .survey_case import SurveyCase

ATTRIBUTES = ("time", "clean", "comfort", "offer")


class LoungeCase(SurveyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.with_user(cls.manager).action_renew_public_link()
        cls.lounge = cls.env.ref("dealer_followup.survey_lounge")
        cls.company.dealer_lounge_survey_id = cls.lounge
        cls.visit = cls.make_reception(state="arrived", is_waiting=True)
        cls.plate = cls.visit.vehicle_id.license_plate

    def rate(self, plate=None, wish=False, **scores):
        given = {self.attribute(name).id: str(value) for name, value in scores.items()}
        if wish:
            given[self.attribute("wish").id] = wish
        self.company._lounge_answered(self.plate if plate is None else plate, given)
        return self.answers_of(self.visit)

    def attribute(self, name):
        return self.env.ref(f"dealer_followup.survey_lounge_{name}")

    def answers_of(self, visit):
        return self.env["survey.user_input"].search(
            [("dealer_visit_id", "=", visit.id)]
        )

    def complaints(self):
        return self.env["dealer.complaint"].search(
            [("reception_id", "=", self.visit.id)]
        )


class TestWhoIsAsked(LoungeCase):
    def test_a_waiting_customer_rates_the_four_attributes(self):
        answer = self.rate(time=8, clean=9, comfort=7, offer=6)
        self.assertRecordValues(
            answer,
            [
                {
                    "state": "done",
                    "dealer_company_id": self.company.id,
                    "partner_id": self.visit.partner_id.id,
                    "dealer_has_index": False,
                }
            ],
        )
        self.assertEqual(answer.dealer_score_ids.factor_id.code, "in_service")
        self.assertEqual(answer.dealer_score_ids.score, 7.5)
        self.assertEqual(answer.dealer_score_ids.question_count, 4)

    def test_the_plate_may_be_typed_in_any_way(self):
        self.assertTrue(self.rate(f" {self.plate.lower().replace('·', ' ')} ", time=9))

    def test_who_does_not_wait_is_not_counted(self):
        self.visit.is_waiting = False
        self.assertFalse(self.rate(time=9))

    def test_a_car_that_is_not_here_is_not_counted(self):
        self.assertFalse(self.rate("皖B·Z9999", time=9))
        self.assertFalse(self.rate("", time=9))
        self.visit._write_by_method({"state": "cancelled"})
        self.assertFalse(self.rate(time=9))

    def test_another_shop_does_not_hear_it(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        other.dealer_lounge_survey_id = self.lounge
        other._lounge_answered(self.plate, {self.attribute("time").id: "1"})
        self.assertFalse(self.answers_of(self.visit))

    def test_a_visit_is_rated_once(self):
        first = self.rate(time=9)
        self.assertEqual(self.rate(time=1), first)
        self.assertEqual(first.dealer_score_ids.score, 9)

    def test_the_end_of_the_plate_will_do_where_one_car_has_it(self):
        tail = self.plate[-5:]
        other = self.make_vehicle(license_plate=f"皖C·{tail}")
        second = self.make_reception(
            state="arrived", is_waiting=True, vehicle_id=other.id
        )
        self.assertFalse(self.rate(tail, time=9), "two cars end like that")
        second.is_waiting = False
        self.assertFalse(self.rate(tail[-3:], time=9), "too short to be a plate")
        self.assertTrue(self.rate(tail, time=9))

    def test_words_of_a_further_paper_are_heard_and_counted_by_nothing(self):
        first = self.rate(time=9, clean=9, comfort=9, offer=9)
        self.assertFalse(self.visit.activity_ids)
        self.assertEqual(self.rate(time=1, wish="等了两小时 a<b 没人理"), first)
        self.assertEqual(first.dealer_score_ids.score, 9)
        self.assertIn("a<b 没人理", html2plaintext(self.visit.activity_ids.note))

    def test_numbers_beyond_the_scale_are_not_kept(self):
        self.assertFalse(self.rate(time=11, clean="x"))
        answer = self.rate(time=11, clean=8)
        self.assertEqual(answer.dealer_score_ids.score, 8)

    def test_words_alone_send_the_advisor_and_accuse_nobody(self):
        answer = self.rate(wish="请把空调调高一点")
        self.assertEqual(answer._dealer_words(), "请把空调调高一点")
        self.assertFalse(answer.dealer_score_ids)
        self.assertEqual(self.visit.activity_ids.user_id, self.visit.advisor_id)
        self.assertFalse(
            self.env["dealer.complaint"].search([("reception_id", "=", self.visit.id)])
        )

    def test_nobody_types_for_which_visit_it_is(self):
        answer = self.rate(time=9)
        with self.assertRaises(UserError):
            answer.with_user(self.manager).write({"dealer_visit_id": False})

    def test_its_score_is_that_of_the_advisor_and_the_car(self):
        self.rate(time=9, clean=9)
        row = self.env["dealer.satisfaction.report"].search(
            [("user_input_id", "=", self.answers_of(self.visit).id)]
        )
        self.assertEqual(row.person_id, self.visit.advisor_id)
        self.assertEqual(row.model_id, self.visit.vehicle_id.model_id)


class TestRoomsReport(LoungeCase):
    def test_ratings_stand_beside_what_the_round_found(self):
        rounds = self.env["dealer.facility.round"].with_user(self.advisor)
        walk = rounds.browse(rounds.action_begin()["res_id"])
        for line in walk.line_ids:
            line.action_bad() if line.area == "waiting" else line.action_good()
            line.note = "地面有水"
        self.rate(time=6, clean=4, comfort=8, offer=9)
        report = self.env["dealer.facility.report"]
        before = report._read_group([], ["area"], ["good:avg"])
        self.assertFalse(dict(before).get("toilet"))
        walk.action_finish()
        rows = report._read_group([], ["area"], ["good:avg", "score:avg"])
        found = {area: (good, score) for area, good, score in rows}
        self.assertEqual(found["waiting"], (0, 6))
        self.assertEqual(found["offer"], (100, 9))

    def test_the_weakest_attribute_becomes_an_improvement(self):
        self.rate(time=6, clean=4, comfort=8, offer=9)
        report = self.env["dealer.facility.report"].with_user(self.manager)
        action = report.sudo().action_propose_improvement([])
        self.assertEqual(
            action["context"]["default_question_id"], self.attribute("clean").id
        )
        self.assertEqual(action["context"]["default_subject"], "attribute")

    def test_an_attribute_is_measured_by_its_answers(self):
        self.rate(time=6, clean=4)
        today = self.company._dealer_today()
        improvement = self.env["dealer.improvement"].new(
            {
                "subject": "attribute",
                "question_id": self.attribute("clean").id,
                "company_id": self.company.id,
            }
        )
        sample = improvement._sample(today, today)
        self.assertEqual((sample.count, sample.mean), (1, 4.0))

    def test_nothing_rated_is_nothing_to_pick(self):
        with self.assertRaises(UserError):
            self.env["dealer.facility.report"].action_propose_improvement([])


class TestUnhappyWhileWaiting(LoungeCase):
    def test_content_customers_give_nobody_anything_to_do(self):
        self.rate(time=8, clean=9, comfort=8, offer=8)
        self.assertFalse(self.complaints())
        self.assertFalse(self.visit.activity_ids)

    def test_an_unhappy_answer_becomes_a_complaint_and_sends_the_advisor(self):
        self.rate(time=2, clean=3, comfort=3, offer=2, wish="空调太冷,没有热水")
        complaint = self.complaints()
        self.assertEqual(complaint.subject, "空调太冷,没有热水")
        self.assertEqual(complaint.partner_id, self.visit.partner_id)
        self.assertEqual(complaint.vehicle_id, self.visit.vehicle_id)
        activity = self.visit.activity_ids
        self.assertEqual(activity.user_id, self.visit.advisor_id)

    def test_a_shop_that_calls_instead_plans_a_call(self):
        self.company.dealer_unhappy_action = "callback"
        self.rate(time=2, clean=3, comfort=3, offer=2)
        self.assertFalse(self.complaints())
        task = self.env["dealer.followup"].search([("visit_id", "=", self.visit.id)])
        self.assertEqual(
            task.rule_id.source_id if "source_id" in task.rule_id else task.rule_id,
            self.env.ref("dealer_followup.care_rule_unhappy"),
        )


@tagged("standard", "post_install", "-at_install")
class TestShippedSets(TransactionCase):
    def test_every_factor_of_a_shipped_set_is_asked_by_a_shipped_question(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "dealer_followup"), ("model", "=", "dealer.csi.factor")]
        )
        self.assertGreaterEqual(len(data), 22)
        questions = self.env["ir.model.data"].search(
            [("module", "=", "dealer_followup"), ("model", "=", "survey.question")]
        )
        asked = self.env["survey.question"].browse(questions.mapped("res_id"))
        for row in data:
            factor = self.env["dealer.csi.factor"].browse(row.res_id)
            self.assertIn(factor, asked.dealer_factor_id, row.name)

    def test_a_set_without_weights_has_scores_and_no_total(self):
        for code in ("servqual", "service_seven"):
            model = self.env.ref(f"dealer_followup.csi_model_{code}")
            scores = dict.fromkeys(model.factor_ids, 9)
            self.assertIsNone(model._index(scores), code)

    def test_weights_of_the_shop_give_a_total(self):
        model = self.env.ref("dealer_followup.csi_model_servqual")
        model.factor_ids.weight = 20
        self.assertEqual(model._index(dict.fromkeys(model.factor_ids, 9)), 900)


@tagged("post_install", "-at_install")
class TestLoungePage(LoungeCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.url = f"/dealer/{self.company.dealer_public_token}/lounge"

    def send(self, plate, **scores):
        self.authenticate(None, None)
        data = {f"question_{self.attribute(n).id}": str(v) for n, v in scores.items()}
        data |= {"plate": plate, "csrf_token": self.csrf_token()}
        return self.url_open(f"{self.url}/answer", data=data)

    def csrf_token(self):
        from odoo import http  # noqa: PLC0415

        return http.Request.csrf_token(self)

    def test_the_page_asks_the_four_attributes(self):
        page = self.url_open(self.url)
        for name in ATTRIBUTES:
            self.assertIn(self.attribute(name).title, page.text)

    def test_whoever_presses_nought_sends_nought(self):
        page = html.fromstring(self.url_open(self.url).content)
        steps = [str(step) for step in range(11)]
        for name in ATTRIBUTES:
            given = page.xpath(f"//input[@name='question_{self.attribute(name).id}']")
            self.assertEqual([button.get("value") for button in given], steps)
        self.send(self.plate, **dict.fromkeys(ATTRIBUTES, 0))
        self.assertEqual(self.answers_of(self.visit).dealer_score_ids.score, 0)
        self.assertTrue(self.complaints())

    def test_everybody_is_thanked_in_the_same_words(self):
        here = self.send(self.plate, time=8, clean=8).text
        away = self.send("皖B·Z9999", time=8, clean=8).text
        blank = self.send("", time=8).text
        strip = self.strip
        self.assertEqual(strip(here), strip(away))
        self.assertEqual(strip(here), strip(blank))
        self.assertEqual(len(self.answers_of(self.visit)), 1)

    def strip(self, text):
        return text[text.index("<main") : text.index("</main")]

    def test_a_shop_that_asks_nobody_has_no_page(self):
        self.company.dealer_lounge_survey_id = False
        self.assertEqual(self.url_open(self.url).status_code, 404)
        page = self.url_open(f"/dealer/{self.company.dealer_public_token}")
        self.assertNotIn("/lounge", page.text)
