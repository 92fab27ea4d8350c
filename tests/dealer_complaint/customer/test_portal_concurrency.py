"""Two phones, two taps, at the same instant, over real connections."""

from uuid import uuid4

from psycopg2 import errors

from odoo.tools import mute_logger

from odoo.addons.dealer_complaint.models.customer.dealer_complaint_answer import (
    AnswerRefused,
)

from ...complaint_processes import MARK, SlaProcessCase


class TestPortalConcurrency(SlaProcessCase):
    def setUp(self):
        super().setUp()
        with self.cursor() as env:
            partner = env["res.partner"].create({"name": MARK})
            complaint = env["dealer.complaint"].create(
                {
                    "subject": MARK,
                    "partner_id": partner.id,
                    "user_id": env.ref("base.user_admin").id,
                }
            )
            complaint.action_investigate()
            complaint.proposal = "免费更换"
            complaint.action_propose()
            self.partner_id, self.complaint_id = partner.id, complaint.id
            self.version = complaint._proposal_version()
        self.addCleanup(self.drop_ratings)

    def drop_ratings(self):
        with self.cursor() as env:
            env["rating.rating"].search(
                [
                    ("res_model", "=", "dealer.complaint"),
                    ("res_id", "=", self.complaint_id),
                ]
            ).unlink()

    def retried(self, call):
        """``call`` with an environment, again where the web server would."""
        for _attempt in range(8):
            try:
                with self.cursor() as env:
                    return call(env)
            except (errors.SerializationFailure, errors.DeadlockDetected):
                continue
        raise AssertionError("never came through")

    def answer(self, env, answer):
        complaint = env["dealer.complaint"].browse(self.complaint_id)
        complaint._answer_by_customer(answer, self.version, "太少了")

    @mute_logger("odoo.sql_db")
    def test_two_devices_give_one_answer(self):
        self.run_together(
            *(
                lambda answer=answer: self.retried(lambda env: self.answer(env, answer))
                for answer in ("accepted", "refused", "accepted", "refused")
            )
        )
        with self.cursor() as env:
            complaint = env["dealer.complaint"].browse(self.complaint_id)
            self.assertEqual(len(complaint.contact_ids), 1)
            self.assertEqual(len(complaint.activity_ids), 1)
            agreed = complaint.decision_answer == "accepted"
            self.assertEqual(complaint.state, "proposed" if agreed else "investigating")
            self.assertEqual(bool(complaint.date_decision), agreed)

    @mute_logger("odoo.sql_db")
    def test_message_that_is_tapped_twice_is_written_once(self):
        def write(env):
            complaint = env["dealer.complaint"].browse(self.complaint_id)
            complaint._write_of_customer("还是响")

        self.run_together(*[lambda: self.retried(write)] * 3)
        with self.cursor() as env:
            complaint = env["dealer.complaint"].browse(self.complaint_id)
            written = complaint.message_ids.filtered(lambda m: "还是响" in m.body)
            self.assertEqual(len(written), 1)

    @mute_logger("odoo.sql_db")
    def test_proposal_that_is_changed_at_that_moment_is_not_agreed_to(self):
        def change(env):
            env["dealer.complaint"].browse(self.complaint_id).proposal = "改为赠送机油"

        def agree(env):
            try:
                self.answer(env, "accepted")
            except AnswerRefused:
                return

        self.run_together(lambda: self.retried(change), lambda: self.retried(agree))
        with self.cursor() as env:
            complaint = env["dealer.complaint"].browse(self.complaint_id)
            if complaint.decision_answer:
                # it was there first: what was agreed to is on record as it was
                self.assertEqual(complaint.decision, "免费更换")
            self.assertEqual(complaint.proposal, "改为赠送机油")

    @mute_logger("odoo.sql_db")
    def test_five_taps_on_one_form_make_one_complaint(self):
        key = str(uuid4())

        def file(env):
            partner = env["res.partner"].browse(self.partner_id)
            env["dealer.complaint"]._file_by_customer(
                key, partner, env.company, {"text": MARK}
            )

        self.run_together(*[lambda: self.retried(file)] * 5)
        with self.cursor() as env:
            filed = env["dealer.complaint"].search(
                [("partner_id", "=", self.partner_id), ("source", "=", "portal")]
            )
            self.assertEqual(len(filed), 1)

    @mute_logger("odoo.sql_db")
    def test_two_taps_rate_once(self):
        with self.cursor() as env:
            # only the state counts here, not what else follows from it
            env.cr.execute(
                "UPDATE dealer_complaint SET state = 'resolved' WHERE id = %s",
                (self.complaint_id,),
            )

        def rate(env):
            env["dealer.complaint"].browse(self.complaint_id)._rate_by_customer(4)

        self.run_together(*[lambda: self.retried(rate)] * 4)
        with self.cursor() as env:
            complaint = env["dealer.complaint"].browse(self.complaint_id)
            self.assertEqual(len(complaint.rating_ids), 1)
            self.assertEqual(complaint.rated_cycle, 1)
