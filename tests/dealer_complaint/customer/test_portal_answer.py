"""The customer answers the proposal, writes and rates: once, about what he saw."""

import base64
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dealer_complaint.models.customer.dealer_complaint_answer import (
    AnswerRefused,
)
from odoo.addons.dealer_complaint.models.customer.dealer_complaint_filing import (
    MAX_MESSAGES,
)

from ...portal_common import ComplaintPortalCase

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


@tagged("standard", "post_install", "-at_install")
class TestPortalAnswer(ComplaintPortalCase):
    def page(self):
        return self.get(token=self.token)

    def answer(self, page, answer, words="", **form):
        return self.post(page, "/answer", answer=answer, words=words, **form)

    # ------------------------------------------------------------------
    # AGREED
    # ------------------------------------------------------------------

    def test_customer_agrees_on_the_link(self):
        self.propose()
        reply = self.answer(self.page(), "accepted")
        self.assertEqual(reply.status_code, 303)
        complaint = self.complaint
        self.assertEqual(complaint.decision_answer, "accepted")
        self.assertEqual(complaint.decision, "免费更换刹车片")
        self.assertTrue(complaint.date_answered)
        self.assertTrue(complaint.date_decision)
        # it is agreed on, not done yet
        self.assertEqual(complaint.state, "proposed")
        self.assertEqual(self.timer(complaint, "feedback").state, "met")
        todo = complaint.activity_ids.filtered(lambda a: a.user_id == self.handler)
        self.assertIn("agreed", todo.summary)
        self.assertIn("You agreed", self.page().text)

    def test_answer_is_no_phone_call(self):
        self.propose()
        self.answer(self.page(), "accepted")
        self.assertEqual(self.timer(self.complaint, "contact").state, "running")

    def test_customer_agrees_with_a_login(self):
        self.propose()
        self.sign_in("owner")
        self.answer(self.get(), "accepted")
        self.assertEqual(self.complaint.decision_answer, "accepted")

    # ------------------------------------------------------------------
    # NOT AGREED
    # ------------------------------------------------------------------

    def test_refusal_with_a_reason_sends_it_back_to_work(self):
        self.propose()
        self.answer(self.page(), "refused", "我要<b>换车</b>")
        complaint = self.complaint
        self.assertEqual(complaint.state, "investigating")
        self.assertEqual(complaint.decision_answer, "refused")
        self.assertEqual(complaint.answer_words, "我要<b>换车</b>")
        self.assertFalse(complaint.date_decision)
        # the customer still waits for a result
        self.assertEqual(self.timer(complaint, "feedback").state, "running")
        todo = complaint.activity_ids.filtered(lambda a: a.user_id == self.handler)
        self.assertIn("did not agree", todo.summary)
        self.assertNotIn("<b>", todo.note)

    def test_refusal_without_a_reason_is_asked_for_one_and_changes_nothing(self):
        self.propose()
        reply = self.answer(self.page(), "refused", "  ")
        self.assertFalse(self.complaint.decision_answer)
        page = self.url_open(reply.headers["Location"])
        self.assertIn("Please tell us why", page.text)
        # shown once, and not to be put into a link
        self.assertNotIn("Please tell us why", self.page().text)
        self.assertNotIn("message", reply.headers["Location"])

    def test_next_proposal_asks_again(self):
        self.propose()
        self.answer(self.page(), "refused", "不够")
        self.propose("更换并赠送保养")
        complaint = self.complaint
        self.assertFalse(complaint.decision_answer)
        self.assertFalse(complaint.date_answered)
        self.answer(self.page(), "accepted")
        self.assertEqual(complaint.decision_answer, "accepted")
        # what was said about the first one stays on record
        self.assertIn("不够", complaint.contact_ids.mapped("summary"))

    def test_next_step_ends_what_the_answer_gave_to_do(self):
        self.propose()
        self.answer(self.page(), "refused", "不够")
        other = self.complaint.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.handler.id, summary="Ask Li"
        )
        self.assertEqual(len(self.complaint.activity_ids), 2)
        self.propose("更换并赠送保养")
        self.assertEqual(self.complaint.activity_ids, other)
        self.answer(self.page(), "accepted")
        self.assertEqual(len(self.complaint.activity_ids), 2)
        self.complaint.with_user(self.officer).action_resolve()
        self.assertEqual(self.complaint.activity_ids, other)

    # ------------------------------------------------------------------
    # ONCE, AND ABOUT WHAT WAS SEEN
    # ------------------------------------------------------------------

    def test_second_tap_and_second_device_change_nothing(self):
        self.propose()
        page, other_device = self.page(), self.page()
        self.answer(page, "accepted")
        answered, count = self.complaint.date_answered, len(self.complaint.contact_ids)
        self.answer(page, "accepted")
        self.answer(other_device, "refused", "还是不行")
        self.assertEqual(self.complaint.decision_answer, "accepted")
        self.assertEqual(self.complaint.date_answered, answered)
        self.assertEqual(len(self.complaint.contact_ids), count)
        self.assertEqual(len(self.complaint.activity_ids), 1)

    def test_stale_proposal_is_refused_with_the_new_one_shown(self):
        self.propose()
        page = self.page()
        self.complaint.proposal = "改为补偿机油一桶"
        reply = self.answer(page, "accepted")
        self.assertFalse(self.complaint.decision_answer)
        shown = self.url_open(reply.headers["Location"]).text
        self.assertIn("has changed since", shown)
        self.assertIn("改为补偿机油一桶", shown)

    def test_same_words_proposed_again_are_another_proposal(self):
        with freeze_time(fields.Datetime.now() - timedelta(minutes=5)):
            self.propose()
        old = self.page()
        self.answer(old, "refused", "再想想")
        self.propose()
        self.answer(old, "accepted")
        self.assertFalse(self.complaint.decision_answer, "the old page decided")
        self.answer(self.page(), "accepted")
        self.assertEqual(self.complaint.decision_answer, "accepted")

    def test_nothing_to_answer_before_a_proposal_and_after_the_phone(self):
        page = self.page()
        self.answer(page, "accepted", version="x")
        self.assertFalse(self.complaint.decision_answer)
        self.propose()
        page = self.page()
        self.complaint.decision_answer = "refused"
        self.answer(page, "accepted")
        self.assertEqual(self.complaint.decision_answer, "refused")

    @mute_logger("odoo.http")
    def test_get_and_forged_forms_decide_nothing(self):
        self.propose()
        hidden = self.hidden(self.page())
        query = "&".join(f"{k}={v}" for k, v in hidden.items())
        path = f"/my/complaints/{self.complaint.id}/answer"
        answer = self.url_open(f"{path}?answer=accepted&{query}", allow_redirects=False)
        self.assertIn(answer.status_code, (404, 405))
        answer = self.url_open(
            path, data={**hidden, "answer": "accepted", "csrf_token": "0" * 40}
        )
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.complaint.decision_answer)

    def test_answer_needs_the_same_proof_as_the_page(self):
        self.propose()
        hidden = self.hidden(self.page())
        for token in ("", "wrong"):
            answer = self.post(
                self.page(),
                "/answer",
                **{**hidden, "access_token": token},
                answer="accepted",
            )
            self.assertEqual(answer.status_code, 404)
        self.sign_in("stranger")
        page = self.url_open("/my/complaints/new")
        answer = self.url_open(
            f"/my/complaints/{self.complaint.id}/answer",
            data={
                "csrf_token": self.hidden(page)["csrf_token"],
                "version": hidden["version"],
                "answer": "accepted",
            },
        )
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.complaint.decision_answer)

    def test_other_answers_than_the_two_are_refused(self):
        self.propose()
        version = self.complaint._proposal_version()
        with self.assertRaises(AnswerRefused):
            self.complaint._answer_by_customer("closed", version)

    def test_staff_on_the_page_answers_for_nobody(self):
        self.propose()
        customers_page = self.page()
        self.authenticate("handler", "handlerx")
        page = self.get()
        self.assertNotIn('value="accepted"', page.text)
        self.assertIn("Only the customer can answer here", page.text)
        for answer in ("accepted", "refused"):
            reply = self.url_open(
                f"/my/complaints/{self.complaint.id}/answer",
                data={
                    "csrf_token": self.hidden(page)["csrf_token"],
                    "version": self.hidden(customers_page)["version"],
                    "answer": answer,
                    "words": "我同意",
                },
            )
            self.assertIn("Record on the complaint", reply.text)
            self.assertFalse(self.complaint.decision_answer)
        self.assertFalse(self.complaint.contact_ids)

    def test_customer_reads_when_staff_entered_the_answer(self):
        self.propose()
        for answer in ("accepted", "refused"):
            self.complaint.with_user(self.handler).decision_answer = answer
            page = self.page().text
            self.assertIn("Our staff recorded", page)
            self.assertNotIn("You agreed", page)

    def test_answer_to_an_unassigned_complaint_makes_nobody_responsible(self):
        self.complaint.sudo().user_id = False
        self.propose()
        self.answer(self.page(), "accepted")
        self.assertFalse(self.complaint.user_id)
        self.assertIn(self.officer, self.complaint.activity_ids.user_id)

    def test_what_the_customer_answered_is_written_by_nobody_else(self):
        for name in ("answer_words", "date_answered", "answer_version"):
            with self.assertRaises(UserError):
                self.complaint.with_user(self.complaint_manager).write(
                    {name: "2026-03-02 10:00:00"}
                )

    # ------------------------------------------------------------------
    # WRITING
    # ------------------------------------------------------------------

    def write_message(self, text="配件到了吗", files=None, page=None):
        return self.post(page or self.page(), "/message", text=text, files=files)

    def messages(self):
        return self.complaint.message_ids.filtered(
            lambda m: m.author_id == self.customer
        )

    def test_message_reaches_the_thread_and_the_responsible(self):
        self.write_message("配件<b>到了吗")
        message = self.messages()
        self.assertIn("配件&lt;b&gt;到了吗", message.body)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertEqual(self.complaint.activity_ids.user_id, self.handler)
        self.assertIn("配件&lt;b&gt;到了吗", self.page().text)

    def test_photo_is_kept_as_a_plain_picture_and_shown_to_the_customer_alone(self):
        self.write_message("", files={"photos": ("../../x.png", PIXEL, "image/png")})
        photo = self.messages().attachment_ids
        self.assertEqual(photo.mimetype, "image/jpeg")
        path = f"/photo/{photo.id}"
        shown = self.get(token=self.token, suffix=path)
        self.assertEqual(shown.status_code, 200)
        self.assertEqual(shown.headers["Content-Type"], "image/jpeg")
        self.assertEqual(self.get(suffix=path).status_code, 404)

    def test_other_files_of_the_complaint_are_not_to_be_had(self):
        secret = self.env["ir.attachment"].create(
            {
                "name": "internal.png",
                "raw": PIXEL,
                "res_model": "dealer.complaint",
                "res_id": self.complaint.id,
            }
        )
        answer = self.get(token=self.token, suffix=f"/photo/{secret.id}")
        self.assertEqual(answer.status_code, 404)

    def test_only_photos_are_taken(self):
        for name, content in (
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
            ("a.jpg", b"<html><script>x()</script>"),
            ("a.png", PIXEL[:40]),
            ("a.pdf", b"%PDF-1.7"),
        ):
            with self.subTest(name):
                self.write_message("", files={"photos": (name, content, "image/png")})
                self.assertFalse(self.messages())

    def test_same_message_twice_is_one_and_too_many_are_refused(self):
        page = self.page()
        self.write_message(page=page)
        self.write_message(page=page)
        self.assertEqual(len(self.messages()), 1)
        for number in range(MAX_MESSAGES + 3):
            self.write_message(f"第 {number} 条", page=page)
        self.assertEqual(len(self.messages()), MAX_MESSAGES)

    def test_refused_words_are_not_lost(self):
        page = self.page()
        for number in range(MAX_MESSAGES):
            self.write_message(f"第 {number} 条", page=page)
        reply = self.write_message("一大段话", page=page)
        self.assertIn("一大段话", self.url_open(reply.headers["Location"]).text)

    # ------------------------------------------------------------------
    # RATING
    # ------------------------------------------------------------------

    def rate(self, stars, feedback="", page=None):
        return self.post(page or self.page(), "/rate", stars=stars, feedback=feedback)

    def test_customer_rates_once_when_it_is_settled(self):
        self.rate("5")
        self.assertFalse(self.complaint.rating_ids, "rated before the end")
        self.settle()
        page = self.page()
        self.assertIn("How did we handle it?", page.text)
        self.rate("4", "谢谢")
        self.rate("1", "改主意了", page=page)
        rating = self.complaint.rating_ids.filtered("consumed")
        self.assertEqual(rating.rating, 4)
        self.assertEqual(rating.feedback, "谢谢")
        self.assertEqual(self.complaint.state, "resolved")
        self.assertIn("Thank you for your rating", self.page().text)

    def test_nonsense_is_no_rating(self):
        self.settle()
        for stars in ("", "0", "6", "12", "five", "-1", "９９"):
            self.rate(stars)
        self.assertFalse(self.complaint.rated_cycle)

    def test_one_star_reopens_where_the_company_wants_it(self):
        self.company.dealer_complaint_on_low_rating = "auto"
        self.settle()
        self.rate("1", "根本没解决")
        self.assertEqual(self.complaint.state, "investigating")
        self.assertEqual(self.complaint.cycle, 2)
        self.assertTrue(self.timer(self.complaint, "feedback").state == "running")
        self.assertIn("根本没解决", self.complaint.activity_ids[-1:].note)

    def test_one_star_asks_the_responsible_where_the_company_decides_itself(self):
        self.company.dealer_complaint_on_low_rating = "propose"
        self.settle()
        self.rate("1")
        self.assertEqual(self.complaint.state, "resolved")
        summaries = self.complaint.activity_ids.mapped("summary")
        self.assertIn("Rated with one star: reopen it?", summaries)

    def test_one_star_does_nothing_where_the_company_says_so(self):
        self.company.dealer_complaint_on_low_rating = "none"
        self.settle()
        self.rate("1")
        self.assertEqual(self.complaint.cycle, 1)
        self.assertFalse(self.complaint.activity_ids)

    def test_second_end_is_rated_again(self):
        self.company.dealer_complaint_on_low_rating = "auto"
        self.settle()
        self.rate("1")
        self.settle()
        self.rate("5", "这次好了")
        ratings = self.complaint.rating_ids.filtered("consumed")
        self.assertEqual(sorted(ratings.mapped("rating")), [1, 5])
        self.assertEqual(self.complaint.state, "resolved")
