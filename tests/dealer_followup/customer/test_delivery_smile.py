"""A smiley on the tablet when the key is handed over: once, and beside the rating."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import users

from odoo.addons.dealer_service.models.common.dealer_reception_states import STAMPS

from ...common import DealerServiceCase
from ...signature import SIGNATURE


class TestDeliverySmile(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.bring_to(cls.make_reception(state="arrived"), "settled")
        cls.tick(cls.visit)
        cls.visit._sign_delivery(SIGNATURE, "王建国")

    def hand_over(self):
        """The dialog that comes after the hand-over."""
        action = self.visit.with_env(self.env).action_open_delivery()
        self.assertEqual(self.visit.state, "delivered")
        self.assertEqual(
            action["views"][0][0],
            self.env.ref("dealer_followup.dealer_delivery_view_form_smile").id,
        )
        dialog = self.env[action["res_model"]].with_context(action["context"])
        return dialog.create({})

    @users("advisor")
    def test_customer_says_how_it_went(self):
        self.hand_over().action_smile_good()
        self.assertEqual(self.visit.smile, "5")
        self.assertTrue(self.visit.date_smile)

    @users("advisor")
    def test_it_is_no_rating_and_the_customer_may_still_rate(self):
        self.hand_over().action_smile_good()
        self.assertFalse(self.visit.rating)
        self.assertTrue(self.visit._is_rating_open())

    @users("advisor")
    def test_second_one_and_a_late_one_are_refused(self):
        dialog = self.hand_over()
        dialog.action_smile_fair()
        with self.assertRaisesRegex(UserError, "given once"):
            dialog.action_smile_good()
        self.visit._write_by_method(
            {
                "smile": False,
                **{
                    name: self.visit[name] - timedelta(hours=2)
                    for name in STAMPS
                    if self.visit[name]
                },
            }
        )
        with self.assertRaisesRegex(UserError, "given once"):
            dialog.action_smile_good()

    @users("advisor")
    def test_sad_one_is_followed_like_a_low_rating(self):
        self.company.dealer_complaint_on_low_rating = "propose"
        self.hand_over().action_smile_bad()
        self.assertIn("complaint", self.visit.activity_ids.summary)

    @users("advisor")
    def test_nobody_types_it(self):
        with self.assertRaisesRegex(UserError, "recorded by the process"):
            self.visit.with_env(self.env).write({"smile": "5"})

    @users("advisor")
    def test_who_does_not_want_to_say_is_let_go(self):
        action = self.hand_over().action_no_smile()
        self.assertEqual(action["params"]["method"], "action_undo_delivery")
        self.assertFalse(self.visit.smile)
