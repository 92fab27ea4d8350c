"""The owner opts out between planning and dialling; the recall still reaches him."""

from datetime import date

from odoo.exceptions import UserError

from .care_story import CareStory


class TestOptedOutButRecalled(CareStory):
    codes = ("insurance", "season")

    def test_marketing_stops_the_recall_does_not(self):
        self.consent()
        self.vehicle.insurance_expiry = date(2026, 4, 20)
        self.night(6)
        with self.at(6, 9):
            sheet = self.next_call()
            insurance = self.task("insurance")
            self.assertEqual(sheet.followup_ids, insurance)

            # While the caller reads the sheet the customer writes to the shop.
            self.withdraw()
            self.assertEqual(insurance.state, "suppressed")
            self.assertEqual(insurance.close_reason, "withdrawn")
            with self.assertRaises(UserError):
                sheet.action_dial()

        # Nothing of the kind is planned again, in a round neither.
        with self.at(7, 9):
            self.rules["season"].with_user(self.care_manager).action_start_round()
        self.assertFalse(self.task("season").filtered(lambda t: t.state == "todo"))

        # The manufacturer calls the car back: that is not marketing.
        with self.at(9, 9):
            recall = self.env.ref("dealer_followup.care_rule_recall")
            recall.with_user(self.care_manager).action_start_round()
            sheet = self.next_call()
            self.assertEqual(sheet.followup_ids, self.task("recall"))
            self.assertIn("free of charge", sheet.script)
            self.save(sheet, "appointment", note="周六上午来")
        self.assertEqual(self.task("recall").state, "done")

    def withdraw(self):
        """The withdrawal as reception records it, with its proof."""
        self.env["dealer.consent"].with_user(self.other_caller).create(
            {
                "phone": "138-0553-1234",
                "purpose": "marketing",
                "decision": "withdrawn",
                "evidence": "微信：别再打广告电话",
            }
        )
